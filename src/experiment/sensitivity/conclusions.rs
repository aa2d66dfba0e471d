//! Conclusions held against one factor at a time: does what the scenario shows still hold over the whole range of a factor?
use crate::{
    ensemble::summarise,
    experiment::{Job, Simulator, Stopped, factor, headline::label},
    scenario::Scenario,
    stats::Estimate,
};

use factor::Factor;

/// Places at which a factor is looked at, both ends included.
const PLACES: usize = 5;

/// Something a summary says: that a metric lies above or below a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// Metric.
    pub metric: String,
    /// What it is held against.
    pub threshold: f64,
    /// What it means to lie above.
    pub above: String,
    /// What it means to lie below.
    pub below: String,
}

/// The conclusions looked at: what a summary of any scenario says first, and the sign of `metric`.
pub fn conclusions(metric: &str) -> Vec<Conclusion> {
    let usual = [
        (
            "net_gain_at_end",
            0.0,
            "there is a gain at the end of support",
            "the programme does harm by the end of support",
        ),
        (
            "net_gain_24_months_after",
            0.0,
            "some of the gain is left after 24 months",
            "after 24 months practice is worse than without the programme",
        ),
        (
            "retained_share_24",
            0.5,
            "more than half of the gain is left after 24 months",
            "less than half of the gain is left after 24 months",
        ),
        ("fatigue_difference_active", 0.0, "the programme tires staff", "the programme relieves staff"),
        (
            "cynicism_difference_at_end",
            0.0,
            "the programme makes staff more cynical",
            "the programme makes staff less cynical",
        ),
        ("naive_bias", 0.0, "a study without controls claims too much", "a study without controls claims too little"),
    ];
    let mut all: Vec<Conclusion> = usual
        .into_iter()
        .map(|(metric, threshold, above, below)| Conclusion {
            metric: metric.into(),
            threshold,
            above: above.into(),
            below: below.into(),
        })
        .collect();
    if !all.iter().any(|conclusion| conclusion.metric == metric) {
        let what = label(metric);
        let (above, below) = (format!("{what} is above 0"), format!("{what} is below 0"));
        all.insert(0, Conclusion { metric: metric.into(), threshold: 0.0, above, below });
    }
    all
}

/// Which side of a threshold an estimate is on, beyond luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The interval lies above.
    Above,
    /// The interval lies below.
    Below,
    /// The interval holds the threshold, or nothing is defined.
    Unclear,
}

impl Side {
    fn of(estimate: Estimate, threshold: f64) -> Self {
        match () {
            () if estimate.low > threshold => Self::Above,
            () if estimate.high < threshold => Self::Below,
            () => Self::Unclear,
        }
    }
}

/// What becomes of a conclusion over the range of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Holds at every place looked at.
    Holds,
    /// At some place the opposite holds.
    Flips,
    /// At some place it cannot be told, and nowhere the opposite.
    Fades,
}

impl Verdict {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Flips => "flips",
            Self::Fades => "fades",
        }
    }
}

/// One conclusion over the range of one factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Path of the factor.
    pub path: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// With the scenario as it is.
    pub now: Estimate,
    /// Which side it is on with the scenario as it is; never unclear.
    pub side: Side,
    /// Values looked at, with the estimate there.
    pub places: Vec<(f64, Estimate)>,
}

impl Check {
    /// What becomes of it.
    pub fn verdict(&self) -> Verdict {
        let sides = || self.places.iter().map(|(_, estimate)| Side::of(*estimate, self.conclusion.threshold));
        match () {
            () if sides().any(|side| side != self.side && side != Side::Unclear) => Verdict::Flips,
            () if sides().any(|side| side == Side::Unclear) => Verdict::Fades,
            () => Verdict::Holds,
        }
    }

    /// The first value, from the low end, at which it does not hold.
    pub fn breaks_at(&self) -> Option<(f64, Estimate)> {
        let wanted = self.verdict();
        let breaks = |(_, estimate): &&(f64, Estimate)| match Side::of(*estimate, self.conclusion.threshold) {
            Side::Unclear => wanted == Verdict::Fades,
            side => side != self.side,
        };
        self.places.iter().find(breaks).copied()
    }

    /// What holds with the scenario as it is, in words.
    pub fn words(&self) -> &str {
        if self.side == Side::Above { &self.conclusion.above } else { &self.conclusion.below }
    }

    /// The opposite in words.
    pub fn opposite(&self) -> &str {
        if self.side == Side::Above { &self.conclusion.below } else { &self.conclusion.above }
    }
}

/// Runs that [`check`] asks for, at most, with `factors` factors.
pub fn runs_needed(factors: usize, runs: u64) -> u64 {
    (1 + factors as u64 * PLACES as u64) * runs
}

/// Holds every conclusion that is clear for `scenario` itself against each factor alone, with `runs` runs at each place.
///
/// # Errors
///
/// When the simulator stops.
pub fn check(
    simulator: &mut dyn Simulator,
    scenario: &Scenario,
    programme: usize,
    factors: &[&Factor],
    conclusions: &[Conclusion],
    runs: u64,
) -> Result<Vec<Check>, Stopped> {
    let mut moved: Vec<(usize, f64, Job)> = Vec::new();
    for (number, factor) in factors.iter().enumerate() {
        for step in 0..PLACES {
            let place = step as f64 / (PLACES - 1) as f64;
            // Where numbers do not go together there is nothing to look at.
            if let Ok(scenario) = factor::at(scenario, &[(*factor).clone()], &[place]) {
                moved.push((number, factor.value(place), Job::outcomes(scenario, runs)));
            }
        }
    }
    let mut jobs = vec![Job::outcomes(scenario.clone(), runs)];
    jobs.extend(moved.iter().map(|(_, _, job)| job.clone()));
    let ensembles = simulator.ensembles(&jobs)?;
    let summaries: Vec<_> = jobs
        .iter()
        .zip(&ensembles)
        .map(|(job, ensemble)| summarise(&job.scenario, job.seed, ensemble).programmes.into_iter().nth(programme))
        .collect();
    let estimate = |place: usize, metric: &str| {
        let summary = summaries.get(place).and_then(Option::as_ref);
        summary.map_or(Estimate::UNDEFINED, |summary| summary.estimate(metric))
    };
    let mut checks = Vec::new();
    for (number, factor) in factors.iter().enumerate() {
        for conclusion in conclusions {
            let now = estimate(0, &conclusion.metric);
            let side = Side::of(now, conclusion.threshold);
            if side == Side::Unclear {
                continue;
            }
            let places = moved.iter().enumerate().filter(|(_, (other, ..))| *other == number);
            let places =
                places.map(|(place, (_, value, _))| (*value, estimate(place + 1, &conclusion.metric))).collect();
            let path = factor.slot.path.clone();
            checks.push(Check { path, conclusion: conclusion.clone(), now, side, places });
        }
    }
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{experiment::fake, metrics::tests::small_scenario};

    #[test]
    fn a_conclusion_flips_where_its_number_changes_sides() {
        // Turnover t from 0 to 4: gain 2.5 - t with luck of +-0.5: at 2 it holds, at 3 and 4 it flips.
        let scenario = small_scenario();
        let turnover = Factor::new(&scenario, "setting.turnover", Some(0.0), Some(4.0)).unwrap();
        let agency = Factor::new(&scenario, "setting.agency", None, None).unwrap();
        let formula = |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
            let wobble = fake::luck(replicate) - 0.5;
            match metric {
                "net_gain_24_months_after" => 2.5 - f64::from(scenario.setting.turnover) + wobble,
                "net_gain_at_end" => 1.0 - f64::from(scenario.setting.agency) / 0.9 + wobble,
                _ => wobble,
            }
        };
        let mut simulator = fake::fake(formula);
        let factors = [&turnover, &agency];
        let conclusions = conclusions("net_gain_24_months_after");
        let checks = check(&mut simulator, &scenario, 0, &factors, &conclusions, 100).unwrap();
        assert_eq!(simulator.runs, runs_needed(2, 100));
        let found = |path: &str, metric: &str| {
            let check = checks.iter().find(|check| check.path == path && check.conclusion.metric == metric).unwrap();
            (check.verdict(), check.breaks_at().map(|(value, _)| value))
        };
        assert_eq!(found("setting.turnover", "net_gain_24_months_after"), (Verdict::Flips, Some(3.0)));
        assert_eq!(found("setting.turnover", "net_gain_at_end"), (Verdict::Holds, None));
        assert_eq!(found("setting.agency", "net_gain_at_end"), (Verdict::Fades, Some(0.9)));
        // Nothing is concluded from what is luck alone.
        assert!(!checks.iter().any(|check| check.conclusion.metric == "naive_bias"));
    }
}
