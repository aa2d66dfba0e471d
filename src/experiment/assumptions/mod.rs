//! Assumptions: which conclusions would other parameters overturn that are as plausible?
//!
//! All parameters are drawn anew together, from the posterior ([`draws`](super::uncertain::draws)); draw `d` lives through the
//! luck of run `d`. Where the runs of the answer draw their parameters themselves, they are the draws, and the first of them are
//! lived through once more with the parameters as given; where they do not, it is the other way round. With `y[d]` a
//! conclusion's number in draw `d` and `x[d]` the same number with the parameters as given:
//!
//! ```text
//! z[d]   = y[d] - b (x[d] - mean of x)    b = cov(x, y) / var(x) over the draws: what luck alone explains is taken off
//! holds  = share of the draws in which z[d] has the sign of the mean of x, with Wilson's interval
//! ```
//!
//! [`Plausible`] is where the middle of the `z[d]` lies. [`Verdict::RULE`] says what is *firm*, *leans on assumptions* or is *open*, and where the draws are too few to tell. What
//! luck is left in `z` makes conclusions look rather less firm than they are, never more.
mod claims;
mod plausible;
mod ranks;
mod words;

use serde::Serialize;

pub use claims::{Claim, Concluded, GAINS, LESS_THAN_HALF, PART_LOST, Term, about, gains_of, of_programme};
pub use plausible::{Number, PLAUSIBLE, Plausible, SHARE_PLAUSIBLE};

use super::{
    Job, Simulator, Stopped,
    headline::unit,
    sensitivity::choice::standing,
    uncertain::{
        Drawn,
        draws::{Draws, parameters},
    },
};
use crate::{
    scenario::{Address, Scenario, Slot, Value},
    stats::{Estimate, mean, proportion},
};

/// Draws at least, where there are as many runs.
const FEWEST: u64 = 64;

/// Draws at most.
const MOST: u64 = 256;

/// Draws where so many scenarios go into the conclusions that these draws would cost more than the answer itself.
const FEW: u64 = 32;

/// Scenarios from which on that is so.
const MANY_SCENARIOS: usize = 100;

/// Draws below which nothing could be called firm, even if all agreed.
pub const FEWEST_TO_TELL: u64 = 16;

/// Share of the draws above which the interval of a firm conclusion lies.
pub const FIRM: f64 = 0.8;

/// Parameters kept of each conclusion, those on which it hangs most first.
const KEPT: usize = 10;

/// Draws that go with `runs` runs of each of `scenarios` scenarios: a tenth as many, but enough to tell; none where that
/// is too few to tell anything.
pub fn draws_for(runs: u64, scenarios: usize) -> u64 {
    let fewest = if scenarios < MANY_SCENARIOS { FEWEST } else { FEW };
    let draws = (runs / 10).clamp(fewest, MOST).min(runs);
    if draws < FEWEST_TO_TELL { 0 } else { draws }
}

/// How far a conclusion may be relied on when assumptions are in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Holds over clearly more than [`FIRM`] of the draws.
    Firm,
    /// Holds in clearly more than half of the draws, but in fewer than [`FIRM`] of them.
    Leaning,
    /// Cannot be told from a toss of a coin, or not from luck to begin with.
    Open,
    /// The draws are too few to tell which of these it is.
    TooFew,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Leaning => "leans on assumptions",
            Self::Open => "open",
            Self::TooFew => "too few draws to tell",
        }
    }

    /// What is added where a sentence elsewhere says what was concluded: nothing where that is firm.
    pub fn aside(self) -> &'static str {
        match self {
            Self::Firm => "",
            Self::Leaning => ", which leans on assumptions",
            Self::Open => ", which other assumptions may turn round",
            Self::TooFew => ", though the draws are too few to tell how firm that is",
        }
    }

    /// How a verdict is reached. More draws of the same share never turn one verdict into another, only `too few draws to
    /// tell` into one of them.
    pub const RULE: &str = "By the share of draws in which a conclusion holds, with its 95 % interval. Firm: the interval \
        lies above 80 %. Leans on assumptions: the share is below 80 %, its interval above 50 %. Open: the interval reaches \
        down to 50 % and not up to 80 %, or the conclusion cannot be told from luck as it is. Too few draws to tell: \
        otherwise.";

    fn of(own: &Estimate, holds: &Estimate) -> Self {
        match () {
            () if !own.excludes(0.0) || holds.low.is_nan() => Self::Open,
            () if holds.low > FIRM => Self::Firm,
            () if holds.value < FIRM && holds.low > 0.5 => Self::Leaning,
            () if holds.low <= 0.5 && holds.high < FIRM => Self::Open,
            () => Self::TooFew,
        }
    }
}

/// How a conclusion goes with one parameter over the draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hang {
    /// Path of the parameter.
    pub path: String,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// How well it is known, in a word.
    pub standing: &'static str,
    /// Rank correlation of the parameter with the conclusion: above 0 where more of it makes it surer.
    pub correlation: Estimate,
    /// Whether it is beyond what the luckiest of all parameters would show by chance (family-wise 5 %).
    pub clear: bool,
}

/// What became of a conclusion over the draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The conclusion, as the runs of the answer have it.
    pub conclusion: String,
    /// Its number over these runs, positive, with its interval.
    pub own: Estimate,
    /// Share of single runs with the parameters as given that show it.
    pub by_luck: f64,
    /// Share of the draws in which it holds.
    pub holds: Estimate,
    /// Unit of [`Judged::own`].
    pub unit: &'static str,
    /// The metric that it is, or is a difference of; none where it is made of several.
    pub metric: Option<String>,
    /// Its number over the draws, above nothing where the conclusion holds.
    pub plausible: Plausible,
    /// What follows.
    pub verdict: Verdict,
    /// The parameters on which it hangs most.
    pub hangs: Vec<Hang>,
}

/// All conclusions over the draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumptions {
    /// Draws.
    pub draws: u64,
    /// Whether the runs of the answer are these draws themselves.
    pub in_runs: bool,
    /// Parameters drawn.
    pub parameters: usize,
    /// What they were drawn from, in words.
    pub source: &'static str,
    /// The conclusions.
    pub conclusions: Vec<Judged>,
    /// Numbers that are shown with what is plausible of them, without a conclusion.
    pub numbers: Vec<Number>,
}

impl Assumptions {
    /// What is added to a sentence that says `conclusion`, as [`of_programme`] has it; nothing where that is none.
    pub fn aside(&self, conclusion: &str) -> &'static str {
        let judged = self.conclusions.iter().find(|judged| judged.conclusion == conclusion);
        judged.map_or("", |judged| judged.verdict.aside())
    }
}

/// Draws the parameters of `scenarios` (of one seed) `draws` times and holds `claims` against them.
///
/// # Errors
///
/// When the simulator stops.
pub fn assumptions(
    simulator: &mut dyn Simulator,
    scenarios: &[Scenario],
    claims: &[Claim],
    draws: u64,
) -> Result<Assumptions, Stopped> {
    let held = not_shared(scenarios);
    let mut jobs = Vec::new();
    for scenario in scenarios {
        let drawn = Draws::new(scenario.run.seed);
        jobs.extend((0..draws).map(|draw| Job { first: draw, ..Job::outcomes(drawn.of(scenario, draw, &held), 1) }));
    }
    let drawn = values_of(simulator, claims, &jobs, draws)?;
    let values: Vec<Vec<f64>> =
        claims.iter().zip(&drawn).map(|(claim, drawn)| without_luck(drawn, &claim.own)).collect();
    let as_given = claims.iter().map(|claim| claim.own.as_slice());
    Ok(judged(scenarios, claims, (&values, as_given), &held, draws.into()))
}

/// Holds `claims` against the runs they are made of, which drew all parameters themselves, run `r` draw `r` of `rows`: as many
/// of them as that says are made once more with the parameters as given, to tell what luck did.
///
/// # Errors
///
/// When the simulator stops.
pub fn of_drawn_runs(
    simulator: &mut dyn Simulator,
    scenarios: &[Scenario],
    claims: &[Claim],
    rows: Drawn,
) -> Result<Assumptions, Stopped> {
    let held = not_shared(scenarios);
    let mut jobs = Vec::new();
    for scenario in scenarios {
        let deck = Draws::from(scenario.run.seed, rows.posterior);
        jobs.extend((0..rows.draws).map(|draw| Job { seed: deck.luck(draw), ..Job::outcomes(scenario.clone(), 1) }));
    }
    let given = values_of(simulator, claims, &jobs, rows.draws)?;
    let values: Vec<Vec<f64>> = claims
        .iter()
        .zip(&given)
        .map(|(claim, given)| without_luck(claim.own.get(..given.len()).unwrap_or(&claim.own), given))
        .collect();
    let as_given = given.iter().map(Vec::as_slice);
    let found = judged(scenarios, claims, (&values, as_given), &held, rows);
    Ok(Assumptions { in_runs: true, ..found })
}

/// The number of each of `claims` in each of `draws` jobs of every scenario.
fn values_of(
    simulator: &mut dyn Simulator,
    claims: &[Claim],
    jobs: &[Job],
    draws: u64,
) -> Result<Vec<Vec<f64>>, Stopped> {
    simulator.expect(jobs.len() as u64);
    let ensembles = simulator.ensembles(jobs)?;
    let outcome = |scenario: usize, draw: usize, programme: usize, metric: &str| {
        let place = scenario * draws as usize + draw;
        let (job, ensemble) = (jobs.get(place)?, ensembles.get(place)?);
        ensemble.outcomes_of(&job.scenario, programme, metric)?.first().copied()
    };
    let of = |claim: &Claim| {
        let value = |draw| claim.value(|scenario, programme, metric| outcome(scenario, draw, programme, metric));
        (0..draws as usize).map(value).collect()
    };
    Ok(claims.iter().map(of).collect())
}

/// The parameters that scenarios give different values: that is what is asked about, so that they are not drawn.
fn not_shared(scenarios: &[Scenario]) -> Vec<Address> {
    let all = parameters(&Scenario::default());
    all.iter().filter(|slot| !is_shared(slot, scenarios)).map(|slot| slot.address).collect()
}

/// Whether all scenarios give a parameter the same value.
fn is_shared(slot: &Slot, scenarios: &[Scenario]) -> bool {
    let mut values = scenarios.iter().map(|scenario| scenario.value(slot.address));
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// `drawn` less what the luck of the runs explains of it.
fn without_luck(drawn: &[f64], own: &[f64]) -> Vec<f64> {
    let pairs: Vec<(f64, f64)> =
        own.iter().copied().zip(drawn.iter().copied()).filter(|(own, drawn)| (own + drawn).is_finite()).collect();
    let (middle, level) = (mean(pairs.iter().map(|pair| pair.0)).value, mean(pairs.iter().map(|pair| pair.1)).value);
    let squares: f64 = pairs.iter().map(|(own, _)| (own - middle) * (own - middle)).sum();
    let products: f64 = pairs.iter().map(|(own, drawn)| (own - middle) * (drawn - level)).sum();
    let slope = if squares > 0.0 { products / squares } else { 0.0 };
    let all = mean(own.iter().copied()).value;
    drawn.iter().zip(own).map(|(drawn, own)| drawn - slope * (own - all)).collect()
}

/// Judges `claims` by their `values` over the draws; `as_given` are those of single runs with the parameters as given.
fn judged<'v>(
    scenarios: &[Scenario],
    claims: &[Claim],
    (values, as_given): (&[Vec<f64>], impl Iterator<Item = &'v [f64]>),
    held: &[Address],
    rows: Drawn,
) -> Assumptions {
    let slots: Vec<Slot> = parameters(&Scenario::default());
    let slots: Vec<Slot> = slots.into_iter().filter(|slot| !held.contains(&slot.address)).collect();
    let given = scenarios.first().cloned().unwrap_or_default();
    let drawn = Draws::from(given.run.seed, rows.posterior);
    let worlds: Vec<Scenario> = (0..rows.draws).map(|draw| drawn.of(&given, draw, held)).collect();
    let drawn_value = |scenario: &Scenario, slot: &Slot| match scenario.value(slot.address) {
        Some(Value::Number(number)) => number,
        _ => f64::NAN,
    };
    let columns: Vec<Vec<f64>> =
        slots.iter().map(|slot| worlds.iter().map(|world| drawn_value(world, slot)).collect()).collect();
    let mut chance = ranks::Chance::new(&columns, given.run.seed);
    let one = |((claim, values), as_given): ((&Claim, &Vec<f64>), &[f64])| {
        let own = mean(claim.own.iter().copied());
        let sign = if own.value < 0.0 { -1.0 } else { 1.0 };
        let signed: Vec<f64> = values.iter().map(|value| sign * value).collect();
        let share = |values: &mut dyn Iterator<Item = f64>| {
            let (mut held, mut count) = (0u64, 0u64);
            for value in values.filter(|value| value.is_finite()) {
                (held, count) = (held + u64::from(value > 0.0), count + 1);
            }
            if count == 0 { Estimate::UNDEFINED } else { proportion(held as f64 / count as f64, count) }
        };
        let holds = share(&mut signed.iter().copied());
        let mut hangs: Vec<Hang> = slots
            .iter()
            .zip(chance.correlations(&signed))
            .map(|(slot, (correlation, clear))| Hang {
                path: slot.path.clone(),
                meaning: slot.declared.doc(),
                standing: standing(slot),
                correlation,
                clear,
            })
            .filter(|hang| hang.correlation.value.is_finite())
            .collect();
        hangs.sort_by(|left, right| right.correlation.value.abs().total_cmp(&left.correlation.value.abs()));
        hangs.truncate(KEPT);
        let turned = Estimate { value: own.value.abs(), low: sign * own.low, high: sign * own.high, ..own };
        let turned = Estimate { low: turned.low.min(turned.high), high: turned.low.max(turned.high), ..turned };
        Judged {
            conclusion: if sign > 0.0 { claim.above.clone() } else { claim.below.clone() },
            own: turned,
            by_luck: share(&mut as_given.iter().map(|value| sign * value)).value,
            holds,
            unit: claim.terms.first().map_or("", |term| unit(&term.metric)),
            metric: claim.metric().map(str::to_owned),
            plausible: Plausible::of(&signed),
            verdict: Verdict::of(&own, &holds),
            hangs,
        }
    };
    let number = |(claim, values): (&Claim, &Vec<f64>)| {
        let Term { programme, metric, .. } = claim.terms.first()?;
        Some(Number { programme: *programme, metric: metric.clone(), plausible: Plausible::of(values) })
    };
    let all = || claims.iter().zip(values);
    let conclusions = all().zip(as_given).filter(|((claim, _), _)| claim.concludes).map(one).collect();
    let numbers = all().filter(|(claim, _)| !claim.concludes).filter_map(number).collect();
    let (parameters, source) = (slots.len(), rows.posterior.source());
    Assumptions { draws: rows.draws, in_runs: false, parameters, source, conclusions, numbers }
}

#[cfg(test)]
mod tests;
