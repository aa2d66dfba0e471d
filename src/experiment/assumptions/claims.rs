//! What a report concludes, as numbers whose sign is the conclusion.
use crate::{
    phrase::{Change, clear},
    scenario::Scenario,
    stats::mean,
};

/// Part of a claim's number: a metric times a weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Scenario, by place.
    pub scenario: usize,
    /// Programme, by place.
    pub programme: usize,
    /// Metric.
    pub metric: String,
    /// What it is multiplied with.
    pub weight: f64,
}

/// A conclusion: that a sum of metrics lies above or below nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What it means to lie above.
    pub above: String,
    /// What it means to lie below.
    pub below: String,
    /// The sum.
    pub terms: Vec<Term>,
    /// Its value in each run as simulated.
    pub own: Vec<f64>,
    /// Whether anything is concluded from its sign, or only the number shown.
    pub concludes: bool,
}

impl Claim {
    /// `above` where `weighted` metrics of a scenario (by place) and programme add up to more than nothing, else `below`.
    pub fn of(
        [above, below]: [String; 2],
        metric: &str,
        programme: usize,
        weighted: impl IntoIterator<Item = (usize, f64)>,
        own: Vec<f64>,
    ) -> Self {
        let term = |(scenario, weight)| Term { scenario, programme, metric: metric.into(), weight };
        Self { above, below, terms: weighted.into_iter().map(term).collect(), own, concludes: true }
    }

    /// The number itself, from which nothing is concluded.
    fn shown((scenario, programme): (usize, usize), metric: &str, own: Vec<f64>) -> Self {
        let terms = vec![Term { scenario, programme, metric: metric.into(), weight: 1.0 }];
        Self { above: metric.into(), below: metric.into(), terms, own, concludes: false }
    }

    /// The metric of all its terms; none where there are several, or parts of one.
    pub(super) fn metric(&self) -> Option<&str> {
        let first = self.terms.first()?.metric.as_str();
        let whole = |term: &Term| term.metric == first && term.weight.abs() == 1.0;
        (self.terms.len() <= 2 && self.terms.iter().all(whole)).then_some(first)
    }

    /// Its value where `outcome` gives the outcome of scenario, programme and metric; NaN where one is missing.
    pub(super) fn value(&self, outcome: impl Fn(usize, usize, &str) -> Option<f64>) -> f64 {
        let term = |term: &Term| outcome(term.scenario, term.programme, &term.metric).unwrap_or(f64::NAN) * term.weight;
        self.terms.iter().map(term).sum()
    }
}

/// All that a study concludes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concluded {
    /// The scenarios that the claims are about, of one seed.
    pub scenarios: Vec<Scenario>,
    /// The conclusions.
    pub claims: Vec<Claim>,
}

impl Concluded {
    /// Where `scenario` is among the scenarios; it becomes one of them if it was none.
    pub fn place(&mut self, scenario: &Scenario) -> usize {
        self.scenarios.iter().position(|other| other == scenario).unwrap_or_else(|| {
            self.scenarios.push(scenario.clone());
            self.scenarios.len() - 1
        })
    }
}

/// A conclusion about one programme.
struct Usual {
    terms: &'static [(&'static str, f64)],
    /// Whether it only makes sense where something was gained.
    of_a_gain: bool,
    above: &'static str,
    below: &'static str,
}

const fn usual(
    terms: &'static [(&'static str, f64)],
    of_a_gain: bool,
    above: &'static str,
    below: &'static str,
) -> Usual {
    Usual { terms, of_a_gain, above, below }
}

const AT_END: &str = "net_gain_at_end";
const LATER: &str = "net_gain_24_months_after";

/// What is concluded where something was lost after support.
pub const PART_LOST: &str = "part of the gain is lost in the two years after support ends";

/// What is concluded where that is most of it.
pub const LESS_THAN_HALF: &str = "less than half of the gain is left two years after support ends";

/// What is concluded of a programme, where it is clear.
#[rustfmt::skip]
const USUAL: [Usual; 8] = [
    usual(&[(AT_END, 1.0)], false,
        "practice is better than without the programme when support ends",
        "practice is worse than without the programme when support ends"),
    usual(&[(LATER, 1.0)], false,
        "some of the gain is left two years after support ends",
        "two years after support ends practice is worse than without the programme"),
    usual(&[(AT_END, 1.0), (LATER, -1.0)], true,
        PART_LOST,
        "the gain goes on growing in the two years after support ends"),
    usual(&[(LATER, 1.0), (AT_END, -0.5)], true,
        "more than half of the gain is left two years after support ends",
        LESS_THAN_HALF),
    usual(&[("naive_bias", 1.0)], false,
        "a before-and-after study without controls claims too much",
        "a before-and-after study without controls claims too little"),
    usual(&[("reported_minus_true_at_end", 1.0)], false,
        "units report more than is true when support ends",
        "units report less than is true when support ends"),
    usual(&[("fatigue_difference_active", 1.0)], false,
        "the programme tires staff while it is supported",
        "the programme relieves staff while it is supported"),
    usual(&[("cynicism_difference_at_end", 1.0)], false,
        "the programme makes staff more cynical by the end of support",
        "the programme makes staff less cynical by the end of support"),
];

/// The first `most` of the usual conclusions about a programme that are clear, `column` giving the outcomes of a metric in
/// each run. `about` goes before each.
pub fn of_programme(
    about: &str,
    (scenario, programme): (usize, usize),
    most: usize,
    column: impl Fn(&str) -> Vec<f64>,
) -> Vec<Claim> {
    let gain = mean(column(AT_END));
    let claim = |usual: &Usual| {
        let columns: Vec<(Vec<f64>, f64)> =
            usual.terms.iter().map(|(metric, weight)| (column(metric), *weight)).collect();
        let runs = columns.iter().map(|(column, _)| column.len()).min().unwrap_or(0);
        let run = |run: usize| {
            columns.iter().map(|(column, weight)| column.get(run).copied().unwrap_or(f64::NAN) * weight).sum()
        };
        let own: Vec<f64> = (0..runs).map(run).collect();
        let term = |(metric, weight): &(&'static str, f64)| Term {
            scenario,
            programme,
            metric: (*metric).into(),
            weight: *weight,
        };
        let words = |what: &str| format!("{about}{what}");
        let terms = usual.terms.iter().map(term).collect();
        Claim { above: words(usual.above), below: words(usual.below), terms, own, concludes: true }
    };
    USUAL
        .iter()
        .take(most)
        .filter(|usual| !usual.of_a_gain || Change::of(gain) == Change::Gain)
        .map(claim)
        .filter(|claim| clear(mean(claim.own.iter().copied())))
        .collect()
}

/// The gains of a programme by time, of which a summary says what is plausible.
pub const GAINS: [&str; 4] = [AT_END, "net_gain_12_months_after", LATER, "net_gain_36_months_after"];

/// [`GAINS`] of a programme, shown and not concluded from; `column` as in [`of_programme`].
pub fn gains_of(of: (usize, usize), column: impl Fn(&str) -> Vec<f64>) -> Vec<Claim> {
    GAINS.iter().map(|metric| Claim::shown(of, metric, column(metric))).collect()
}

/// `about` of a programme in `scenario`: its name where there are several.
pub fn about(scenario: &Scenario, programme: usize) -> String {
    let several = scenario.programmes.len() > 1;
    let name = scenario.programmes.get(programme).filter(|_| several).map(|programme| programme.name.as_str());
    name.map_or_else(String::new, |name| format!("{name}: "))
}
