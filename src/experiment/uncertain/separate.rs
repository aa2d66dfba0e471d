//! What of the variance is luck, and what is parameters: several runs of each draw.
//!
//! Draw `d` of the parameters lives through [`LUCKS`] runs `r`, each draw with luck of its own (nested). With `y[d,r]` an
//! outcome, `m[d]` its mean over the runs of a draw and `n` their number, one-way random effects:
//!
//! ```text
//! mean        mean of m[d], interval by Student's t on the draws: a cluster each
//! luck        mean over d of the variance of y[d,r] over r
//! parameters  variance of m[d] over d, less luck / n; not below 0
//! ```
//!
//! The range over draws is that of the means without luck: `m[d]` drawn together around their mean until their variance is
//! that of the parameters.
use serde::Serialize;

use crate::{
    ensemble::{Ensemble, Job, Keep},
    experiment::{
        Simulator, Stopped,
        headline::unit,
        sensitivity::resample::{Resampled, resampled},
        uncertain::{Drawn, draws::Draws},
    },
    metrics::{self, Pooling, scale_of, scale_of_difference},
    phrase::{counted, points, signed},
    scenario::Scenario,
    stats::{Estimate, mean, moments, quantile, ratio_of_means},
    table::{Cell, PART, Table},
};

/// Runs of each draw.
pub const LUCKS: u64 = 4;

/// Metrics that sentences are about, the first that is defined.
const HEADLINES: [(&str, &str); 2] =
    [("net_gain_24_months_after", "the gain 24 months after"), ("net_gain_at_end", "the gain at the end of support")];

/// Runs that [`separate`] asks for.
pub fn runs(scenarios: usize, draws: u64) -> u64 {
    scenarios as u64 * draws * LUCKS
}

/// One metric of one programme under uncertain parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Scenario, by place.
    pub scenario: usize,
    /// Programme, by place.
    pub programme: usize,
    /// Metric.
    pub metric: String,
    /// Whether it is the difference to the first scenario, under the same draws and luck.
    pub is_difference: bool,
    /// Mean over draws and luck, a cluster for each draw.
    pub mean: Estimate,
    /// Between these lie the means of 95 % of the draws, luck left out; NaN where the metric is a ratio.
    pub range: (f64, f64),
    /// Standard deviation of a run that is luck; NaN where the metric is a ratio.
    pub luck: f64,
    /// Standard deviation of a run that is parameters.
    pub parameters: f64,
    /// Share of the variance of a run that is parameters, the rest luck.
    pub share: Estimate,
}

/// Everything under uncertain parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Separation {
    /// What the scenarios are called, their titles if nothing else, with the names of their programmes.
    pub names: Vec<(String, Vec<String>)>,
    /// Draws of the parameters.
    pub draws: u64,
    /// Metric by metric.
    pub parts: Vec<Part>,
}

/// Simulates `scenarios` with the draws of `drawn`, the same draws and luck for all that share a seed.
///
/// # Errors
///
/// When the simulator stops.
pub fn separate(simulator: &mut dyn Simulator, scenarios: &[Scenario], drawn: Drawn) -> Result<Separation, Stopped> {
    let draws = drawn.draws;
    let mut jobs = Vec::new();
    for scenario in scenarios {
        jobs.extend(self::jobs(scenario, drawn));
    }
    let ensembles = simulator.ensembles(&jobs)?;
    let of_scenario: Vec<&[Ensemble]> = ensembles.chunks(draws.max(1) as usize).collect();
    let mut parts = Vec::new();
    for (place, (scenario, ensembles)) in scenarios.iter().zip(&of_scenario).enumerate() {
        let columns = metrics::outcomes(scenario);
        for programme in 0..scenario.programmes.len() {
            let outcome = |name: &str| outcomes(scenario, ensembles, programme, name);
            for column in &columns {
                let part = |is_difference, values: &[Vec<f64>]| {
                    one(values, Part { is_difference, ..empty(place, programme, &column.name) })
                };
                match column.metric.pooling {
                    Pooling::RatioOf(over, under) => {
                        let means = |name| outcome(name).iter().map(|runs| plain_mean(runs)).collect::<Vec<f64>>();
                        let mean = ratio_of_means(&means(over), &means(under)).within(column.metric.scale());
                        parts.push(Part { mean, ..empty(place, programme, &column.name) });
                    }
                    Pooling::Mean => {
                        let own = outcome(&column.name);
                        parts.push(part(false, &own));
                        let first = scenarios.first().zip(of_scenario.first()).filter(|(first, _)| {
                            place > 0 && programme < first.programmes.len() && first.run.seed == scenario.run.seed
                        });
                        if let Some((first, ensembles)) = first {
                            let base = outcomes(first, ensembles, programme, &column.name);
                            let less = |(own, base): (&Vec<f64>, &Vec<f64>)| {
                                own.iter().zip(base).map(|(own, base)| own - base).collect()
                            };
                            parts.push(part(true, &own.iter().zip(&base).map(less).collect::<Vec<_>>()));
                        }
                    }
                }
            }
        }
    }
    let names = scenarios.iter().map(|scenario| {
        (scenario.title.clone(), scenario.programmes.iter().map(|programme| programme.name.clone()).collect())
    });
    Ok(Separation { names: names.collect(), draws, parts })
}

/// The jobs of one scenario, one for each draw.
fn jobs(scenario: &Scenario, drawn: Drawn) -> Vec<Job> {
    let deck = Draws::from(scenario.run.seed, drawn.posterior);
    let job = |draw| Job {
        scenario: deck.of(scenario, draw, &[]),
        seed: deck.luck(draw),
        runs: LUCKS,
        first: 0,
        keep: Keep::Outcomes,
    };
    (0..drawn.draws).map(job).collect()
}

/// A row for each draw, a column for each of its runs; rows without numbers where there is no such metric.
fn outcomes(scenario: &Scenario, ensembles: &[Ensemble], programme: usize, name: &str) -> Vec<Vec<f64>> {
    ensembles.iter().map(|ensemble| ensemble.outcomes_of(scenario, programme, name).unwrap_or_default()).collect()
}

fn empty(scenario: usize, programme: usize, metric: &str) -> Part {
    Part {
        scenario,
        programme,
        metric: metric.into(),
        is_difference: false,
        mean: Estimate::UNDEFINED,
        range: (f64::NAN, f64::NAN),
        luck: f64::NAN,
        parameters: f64::NAN,
        share: Estimate::UNDEFINED,
    }
}

fn plain_mean(runs: &[f64]) -> f64 {
    moments(runs.iter().copied()).mean()
}

/// Fills in `part` from outcomes; draws of which a run is undefined are left out.
fn one(outcomes: &[Vec<f64>], part: Part) -> Part {
    let whole = |runs: &&Vec<f64>| runs.len() > 1 && runs.iter().all(|outcome| outcome.is_finite());
    let outcomes: Vec<&Vec<f64>> = outcomes.iter().filter(whole).collect();
    let Some(runs) = outcomes.first().map(|runs| runs.len() as f64) else { return part };
    let means: Vec<f64> = outcomes.iter().map(|runs| plain_mean(runs)).collect();
    let within: Vec<f64> = outcomes
        .iter()
        .map(|runs| {
            let sd = moments(runs.iter().copied()).sd();
            sd * sd
        })
        .collect();
    let scale = if part.is_difference { scale_of_difference(&part.metric) } else { scale_of(&part.metric) };
    let pooled = mean(means.iter().copied());
    // Of weights of draws: variance that is luck, variance that is parameters.
    let components = |weights: &[f64]| -> (f64, f64) {
        let total: f64 = weights.iter().sum();
        let average =
            |values: &[f64]| weights.iter().zip(values).map(|(weight, value)| weight * value).sum::<f64>() / total;
        let (luck, centre) = (average(&within), average(&means));
        let squares: f64 =
            weights.iter().zip(&means).map(|(weight, mean)| weight * (mean - centre) * (mean - centre)).sum();
        let freedom = total - weights.iter().map(|weight| weight * weight).sum::<f64>() / total;
        (luck, (squares / freedom - luck / runs).max(0.0))
    };
    let (luck, parameters) = components(&vec![1.0; means.len()]);
    let found: Vec<Resampled> = resampled(means.len(), 1, means.len() as u64, |weights, _| {
        let (luck, parameters) = components(weights);
        vec![parameters / (luck + parameters)]
    });
    let share = found.first().map_or(Estimate::UNDEFINED, |found| found.estimate);
    let shrink = if pooled.sd > 0.0 { (parameters.sqrt() / pooled.sd).min(1.0) } else { 0.0 };
    let shrunk: Vec<f64> = means.iter().map(|mean| pooled.value + shrink * (mean - pooled.value)).collect();
    Part {
        mean: pooled.within(scale),
        range: (quantile(&shrunk, 0.025), quantile(&shrunk, 0.975)),
        luck: luck.sqrt(),
        parameters: parameters.sqrt(),
        share: Estimate { low: share.low.max(0.0), high: share.high.min(1.0), ..share },
        ..part
    }
}

impl Separation {
    /// Sentences about the headline of each scenario and programme, and of differences to the first scenario.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        for (place, (title, programmes)) in self.names.iter().enumerate() {
            for (programme, name) in programmes.iter().enumerate() {
                for is_difference in [false, true] {
                    let part = |metric: &str| {
                        let same = |part: &&Part| {
                            (part.scenario, part.programme, part.is_difference) == (place, programme, is_difference)
                                && part.metric == metric
                                && part.mean.value.is_finite()
                        };
                        self.parts.iter().find(same)
                    };
                    let found = HEADLINES.iter().find_map(|(metric, words)| Some((part(metric)?, words)));
                    let Some((part, words)) = found else { continue };
                    let mut about = match (self.names.len(), programmes.len()) {
                        (1, 1) => String::new(),
                        (1, _) => format!(" of \"{name}\""),
                        (_, 1) => format!(" in \"{title}\""),
                        _ => format!(" of \"{name}\" in \"{title}\""),
                    };
                    if is_difference {
                        let first = self.names.first().map_or("", |(title, _)| title);
                        about.push_str(&format!(", less that in \"{first}\","));
                    }
                    sentences.push(sentence(part, &format!("{words}{about}"), self.draws));
                }
            }
        }
        sentences
    }

    /// Everything as a table.
    pub fn table(&self) -> Table {
        let mut table = Table::new(
            "uncertainty",
            &[
                ("scenario", "", "Name of the design, or title of the scenario."),
                ("programme", "", "Name of the programme."),
                ("metric", "", "Metric, with parameters drawn from the posterior."),
                ("unit", "", "Unit of the metric."),
                ("less", "", "Name or title of the one whose value is taken off, under the same draws and luck."),
                ("mean", "see unit", "Mean over draws of the parameters and luck."),
                ("low95", "see unit", "Lower end of its 95 % interval, a cluster for each draw."),
                ("high95", "see unit", "Upper end of its 95 % interval."),
                ("range_low", "see unit", "2.5 % of draws have a mean below this, luck left out."),
                ("range_high", "see unit", "2.5 % of draws have a mean above this, luck left out."),
                ("sd_luck", "see unit", "Standard deviation of a run that is luck."),
                ("sd_parameters", "see unit", "Standard deviation of a run that is parameters."),
                ("share_parameters", PART, "Share of the variance of a run that is parameters, the rest luck."),
                ("share_low95", PART, "Lower end of its 95 % interval."),
                ("share_high95", PART, "Upper end of its 95 % interval."),
                ("draws", "count", "Draws in which it is defined."),
            ],
        );
        for part in &self.parts {
            let (title, programmes) =
                self.names.get(part.scenario).map_or(("", &[][..]), |(title, names)| (title, names));
            let programme = programmes.get(part.programme).map_or("", String::as_str);
            let first = self.names.first().map_or("", |(title, _)| title.as_str());
            let less = if part.is_difference { first } else { "" };
            let mut row: Vec<Cell> =
                [title, programme, &part.metric, unit(&part.metric), less].map(Cell::from).to_vec();
            row.extend([part.mean.value, part.mean.low, part.mean.high, part.range.0, part.range.1].map(Cell::from));
            row.extend([part.luck, part.parameters].map(Cell::from));
            row.extend([part.share.value, part.share.low, part.share.high].map(Cell::from));
            row.push(part.mean.count.into());
            table.rows.push(row);
        }
        table
    }
}

/// A headline in a sentence.
fn sentence(part: &Part, what: &str, draws: u64) -> String {
    let mut text = format!(
        "With parameters drawn from the posterior ({}), {what} is in the mean, in percentage points, {}; luck left out, \
         95 % of the draws lie between {} and {}.",
        counted(draws, "draw"),
        points(part.mean),
        signed(part.range.0),
        signed(part.range.1)
    );
    let Estimate { value, low, high, .. } = part.share;
    if low.is_finite() {
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        text.push_str(&format!(
            " Of the variance of a run {} % is luck and {} % ({} to {}) parameters.",
            percent(1.0 - value),
            percent(value),
            percent(low),
            percent(high)
        ));
    }
    text
}
