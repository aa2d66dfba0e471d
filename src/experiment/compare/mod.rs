//! Designs under the same luck: what each keeps, how sure that is, what it costs, and how often it would be the best.
//!
//! Replicate by replicate every design meets the same people and the same events, so a difference of two designs is the
//! mean of differences within replicates. "Nothing done" is always among the candidates: its gain is 0 and costs nothing.

mod answer;
mod best;
mod claims;
mod numbers;
mod pictures;
mod setting;
mod tables;

use super::{
    Ensemble, Job, Simulator, Stopped,
    design::Design,
    door,
    headline::{HEADLINE, HEADLINES, headline},
    sample::sample,
};
use crate::{
    metrics::{self, Window, scale_of},
    stats::{self, Estimate},
};

/// Name of the candidate without any programme.
pub const NOTHING: &str = "nothing done";

/// Designs up to which all pairs are compared; more are compared with the first.
pub const MOST_FOR_ALL_PAIRS: usize = 4;

/// Runs between two looks at the precision: fixed numbers of runs keep the result independent of threads and interruptions.
pub const LOOK_EVERY: u64 = 100;

/// How a comparison is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Runs of each design, at most.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Stop once half the interval of the difference in [`HEADLINE`] is below this, for all pairs of designs compared
    /// (of the gain itself where there is one design).
    pub precision: Option<f64>,
}

/// One candidate in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Name.
    pub name: String,
    /// Name of the programme asked about; empty for nothing done.
    pub programme: String,
    /// [`HEADLINES`], in their order.
    pub estimates: Vec<Estimate>,
    /// Share of runs in which it has the largest [`HEADLINE`] of all candidates, ties split.
    pub best: Estimate,
    /// Mean distance of its [`HEADLINE`] from that of the best candidate of each run.
    pub regret: Estimate,
    /// Money for one organisation, 24 months after support included, in GBP.
    pub money: f64,
    /// Money for one organisation for each percentage point of [`HEADLINE`]; undefined without a clear gain, in GBP.
    pub per_point: Estimate,
    /// [`HEADLINE`] times the organisations that the money of the dearest design would reach with this one, for each that
    /// the dearest reaches.
    pub at_equal_budget: Estimate,
    /// [`HEADLINE`] in each run.
    gains: Vec<f64>,
}

/// One metric of one design minus that of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Place of the candidate that is taken away.
    pub from: usize,
    /// Place of the candidate it is taken away from.
    pub of: usize,
    /// Place in [`HEADLINES`].
    pub headline: usize,
    /// The paired difference.
    pub estimate: Estimate,
    /// Variance of an unpaired difference over that of the paired one: how many times the runs would be needed without
    /// shared luck. NaN where the difference does not vary.
    pub variance_ratio: f64,
}

/// Designs compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The candidates: nothing done, then the designs in their order.
    pub candidates: Vec<Candidate>,
    /// Every metric of every pair compared.
    pub differences: Vec<Difference>,
    /// What of their surroundings differs from the first design's: name of the design, paths.
    pub surroundings: Vec<(String, Vec<String>)>,
    /// Whether some design has several programmes.
    pub several_programmes: bool,
    /// Headline metrics in each run of each design, in the order of [`HEADLINES`].
    runs_of: Vec<Vec<Vec<f64>>>,
    /// The designs as they were compared.
    designs: Vec<Design>,
    /// Runs of each design.
    pub runs: u64,
    /// Runs that failed in some design.
    pub failed: u64,
    /// How it was made.
    pub plan: Plan,
    /// Largest half interval of the differences that the precision is about.
    pub reached: f64,
}

/// Compares `designs` as `plan` says.
///
/// # Errors
///
/// When there is no design, two have the same name, 24 months after support are not simulated, or the work stops.
pub fn compare(simulator: &mut dyn Simulator, designs: &[Design], plan: Plan) -> Result<Comparison, Stopped> {
    check(designs, plan)?;
    let step = if plan.precision.is_some() { LOOK_EVERY.min(plan.runs) } else { plan.runs };
    let mut runs = step;
    simulator.expect(designs.len() as u64 * runs);
    loop {
        let ensembles = simulate(simulator, designs, plan, runs)?;
        let runs_of = runs_of(designs, &ensembles)?;
        let reached = widest(&runs_of);
        let precise = plan.precision.is_none_or(|precision| reached < precision);
        if precise || runs >= plan.runs {
            let failed = ensembles.iter().map(|ensemble| ensemble.failures.len() as u64).sum();
            return Ok(measured(designs, plan, runs, runs_of, failed, reached));
        }
        let more = LOOK_EVERY.min(plan.runs - runs);
        simulator.expect(designs.len() as u64 * more);
        runs += more;
    }
}

fn check(designs: &[Design], plan: Plan) -> Result<(), Stopped> {
    let wrong = |what: String| Err(Stopped::Question(what));
    if designs.is_empty() {
        return wrong("nothing to compare: name at least one design".into());
    }
    for (place, design) in designs.iter().enumerate() {
        if design.name == NOTHING || designs.iter().take(place).any(|other| other.name == design.name) {
            return wrong(format!("two designs are called \"{}\": give each a name of its own", design.name));
        }
        let (scenario, programme) = (&design.scenario, design.programme);
        let fault = metrics::reaches_nobody(scenario, programme).or(Window::YEAR_2.missing(scenario, programme));
        if let Some(what) = fault {
            return wrong(format!("{}: {what}", design.name));
        }
    }
    door::enough_runs(plan.runs, 2)?;
    let scenario = &designs[0].scenario;
    door::can_be_kept(scenario, plan.runs.saturating_mul(designs.len() as u64))?;
    match plan.precision {
        Some(precision) if !(precision > 0.0 && precision < 1.0) => {
            wrong(format!("--precision {precision}: a share above 0 and below 1, e.g. 0.005"))
        }
        _ => Ok(()),
    }
}

fn simulate(
    simulator: &mut dyn Simulator,
    designs: &[Design],
    plan: Plan,
    runs: u64,
) -> Result<Vec<Ensemble>, Stopped> {
    let job = |design: &Design| Job { seed: plan.seed, ..Job::outcomes(design.scenario.clone(), runs) };
    simulator.ensembles(&designs.iter().map(job).collect::<Vec<_>>())
}

fn runs_of(designs: &[Design], ensembles: &[Ensemble]) -> Result<Vec<Vec<Vec<f64>>>, Stopped> {
    let one = |(design, ensemble): (&Design, &Ensemble)| {
        HEADLINES.iter().map(|row| sample(&design.scenario, ensemble, design.programme, row.metric)).collect()
    };
    designs.iter().zip(ensembles).map(one).collect()
}

/// Pairs of places that are compared: all of a few, else each with the first.
fn pairs(count: usize) -> Vec<(usize, usize)> {
    let firsts = if count <= MOST_FOR_ALL_PAIRS { count } else { 1 };
    (0..firsts).flat_map(|from| (from + 1..count).map(move |of| (from, of))).collect()
}

/// Largest half interval of a difference in [`HEADLINE`]; infinite where there is none yet.
fn widest(runs_of: &[Vec<Vec<f64>>]) -> f64 {
    let gains: Vec<&[f64]> = runs_of.iter().filter_map(|design| design.get(headline())).map(Vec::as_slice).collect();
    let half = |estimate: Estimate| if estimate.low.is_nan() { f64::INFINITY } else { estimate.half_width() };
    match gains.as_slice() {
        [only] => half(stats::mean(only.iter().copied())),
        _ => {
            let difference = |(from, of): (usize, usize)| half(stats::paired_difference(gains[of], gains[from]));
            pairs(gains.len()).into_iter().map(difference).fold(0.0, f64::max)
        }
    }
}

fn measured(
    designs: &[Design],
    plan: Plan,
    runs: u64,
    runs_of: Vec<Vec<Vec<f64>>>,
    failed: u64,
    reached: f64,
) -> Comparison {
    let nothing: Vec<f64> = vec![0.0; runs as usize];
    let gains =
        |place: usize| runs_of.get(place).and_then(|design| design.get(headline())).cloned().unwrap_or_default();
    let all: Vec<Vec<f64>> = std::iter::once(nothing).chain((0..designs.len()).map(gains)).collect();
    let ranks = best::ranks(&all);
    let money: Vec<f64> = designs.iter().map(Design::money_an_organisation).collect();
    let dearest = money.iter().copied().fold(0.0, f64::max);
    let mut candidates = Vec::with_capacity(all.len());
    for (place, (gains, (best, regret))) in all.into_iter().zip(ranks).enumerate() {
        let design = place.checked_sub(1).and_then(|place| designs.get(place));
        let money = place.checked_sub(1).and_then(|place| money.get(place)).copied().unwrap_or(0.0);
        let estimates: Vec<Estimate> = match place.checked_sub(1).and_then(|place| runs_of.get(place)) {
            Some(columns) => {
                let rows = columns.iter().zip(HEADLINES);
                rows.map(|(column, row)| stats::mean(column.iter().copied()).within(scale_of(row.metric))).collect()
            }
            None => HEADLINES.iter().map(|row| certain(row.nothing, runs)).collect(),
        };
        let gain = estimates.get(headline()).copied().unwrap_or(Estimate::UNDEFINED);
        candidates.push(Candidate {
            name: design.map_or(NOTHING, |design| &design.name).into(),
            programme: design.map_or("", Design::programme_name).into(),
            per_point: if design.is_some() { per_point(money, gain) } else { Estimate::UNDEFINED },
            at_equal_budget: if money > 0.0 { times(gain, dearest / money) } else { Estimate::UNDEFINED },
            estimates,
            best,
            regret,
            money,
            gains,
        });
    }
    Comparison {
        differences: differences(&runs_of),
        candidates,
        surroundings: setting::differing(designs),
        several_programmes: designs.iter().any(|design| design.scenario.programmes.len() > 1),
        runs_of,
        designs: designs.to_vec(),
        runs,
        failed,
        plan,
        reached,
    }
}

/// A number that does not depend on luck.
fn certain(value: f64, count: u64) -> Estimate {
    Estimate { value, low: value, high: value, sd: 0.0, count }
}

fn times(estimate: Estimate, factor: f64) -> Estimate {
    let Estimate { value, low, high, sd, count } = estimate;
    Estimate { value: value * factor, low: low * factor, high: high * factor, sd: sd * factor, count }
}

/// `money` for each percentage point of `gain`, undefined where the gain's interval holds 0 or less.
fn per_point(money: f64, gain: Estimate) -> Estimate {
    let at = |gain: f64| money / (100.0 * gain);
    if gain.low > 0.0 {
        Estimate { value: at(gain.value), low: at(gain.high), high: at(gain.low), sd: f64::NAN, count: gain.count }
    } else {
        Estimate { count: gain.count, ..Estimate::UNDEFINED }
    }
}

fn differences(runs_of: &[Vec<Vec<f64>>]) -> Vec<Difference> {
    let mut found = Vec::new();
    for (from, of) in pairs(runs_of.len()) {
        let (Some(left), Some(right)) = (runs_of.get(of), runs_of.get(from)) else { continue };
        for (headline, (left, right)) in left.iter().zip(right).enumerate() {
            let scale =
                HEADLINES.get(headline).map_or(metrics::BOUNDLESS, |row| metrics::scale_of_difference(row.metric));
            let estimate = stats::paired_difference(left, right).within(scale);
            let variance = |values: &[f64]| stats::moments(values.iter().copied()).sd().powi(2);
            let paired = estimate.sd.powi(2);
            let variance_ratio = if paired > 0.0 { (variance(left) + variance(right)) / paired } else { f64::NAN };
            // Candidates count from nothing done.
            found.push(Difference { from: from + 1, of: of + 1, headline, estimate, variance_ratio });
        }
    }
    found
}

impl Comparison {
    /// Name of a candidate.
    pub fn name(&self, candidate: usize) -> &str {
        self.candidates.get(candidate).map_or("", |candidate| &candidate.name)
    }

    /// Gain of the candidate at `of` minus that of the candidate at `from`, 24 months after support ends.
    pub fn gain_difference(&self, of: usize, from: usize) -> Estimate {
        match (self.candidates.get(of), self.candidates.get(from)) {
            (Some(of), Some(from)) => stats::paired_difference(&of.gains, &from.gains),
            _ => Estimate::UNDEFINED,
        }
    }

    /// What a point still there costs with the candidate at `of`, as a multiple of what it costs with that at `than`: run by
    /// run, since designs that share their luck vary together. Undefined where one of them keeps no clear gain.
    pub fn price_ratio(&self, of: usize, than: usize) -> Estimate {
        let (Some(this), Some(other)) = (self.candidates.get(of), self.candidates.get(than)) else {
            return Estimate::UNDEFINED;
        };
        if this.per_point.value.is_nan() || other.per_point.value.is_nan() {
            return Estimate::UNDEFINED;
        }
        // (money / gain) / (other money / other gain), as a ratio of two means.
        let by = |gains: &[f64], money: f64| gains.iter().map(|gain| gain * money).collect::<Vec<f64>>();
        stats::ratio_of_means(&by(&other.gains, this.money), &by(&this.gains, other.money))
    }

    /// Candidates with a price for a point still there, the cheapest first.
    pub fn by_price(&self) -> Vec<usize> {
        let priced = self.candidates.iter().enumerate().filter(|(_, candidate)| candidate.per_point.value.is_finite());
        let mut priced: Vec<(usize, f64)> = priced.map(|(place, one)| (place, one.per_point.value)).collect();
        priced.sort_by(|left, right| left.1.total_cmp(&right.1));
        priced.into_iter().map(|(place, _)| place).collect()
    }

    /// Gain of a candidate 24 months after support ends.
    pub fn gain(&self, candidate: usize) -> Estimate {
        let estimates = self.candidates.get(candidate).map(|candidate| candidate.estimates.as_slice());
        estimates.and_then(|estimates| estimates.get(headline())).copied().unwrap_or(Estimate::UNDEFINED)
    }

    /// Differences in [`HEADLINE`], one for each pair.
    pub fn headline_differences(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|row| HEADLINES.get(row.headline).is_some_and(|row| row.metric == HEADLINE))
    }
}

#[cfg(test)]
mod tests;
