//! Validation: does the model show what evaluations of real programmes have shown, and for the right reason?
//!
//! Every pattern is a comparison of conditions (arms), declared in `validation/patterns.toml`. It passes when
//!
//! - each comparison it claims is, over paired runs, greater than nothing by its 95 % interval and by at least 0.2
//!   standard deviations, and
//! - keeps its sign in at least 80 % of 50 plausible draws of all parameters from their ranges (Latin hypercubes, without
//!   the draws in which an ordinary programme does what no trial has seen), and
//! - its main claim is gone once the micro-mechanism that should bring it about is knocked out: an effect that survives
//!   may be built in, and is called *not emergent*.
//!
//! A shape (`none < some > heavy`) holds when each of its steps does; it is gone when one of the steps of an optimum is,
//! or, where all steps point the same way, when the whole way from end to end is.
//!
//! Signs are one thing and sizes another: published figures with the bands in which the model should lie are declared in
//! `validation/targets.toml`, and counted apart ([`Target`]).

mod document;
mod draw;
mod expression;
mod judge;
mod pattern;
mod pictures;
mod plausible;
mod target;
mod without;
mod words;

use serde::Serialize;

use self::{
    draw::Draw,
    expression::{Combination, Relation, Step},
    judge::Columns,
    plausible::{Drawn, drawn},
};
pub use self::{
    judge::{Judged, Measured, Verdict},
    pattern::{Arm, BUNDLED, Claim, Knockout, Pattern, Support, patterns},
    plausible::{Condition, Plausible},
    target::{
        BUNDLED_TARGETS, Columned, Found, Held, Role, Standing, Statistic, Target, columned, jobs as target_jobs,
        targets,
    },
    without::{Ablation, BUNDLED_MECHANISMS, Mechanism, mechanisms, without},
};
use super::{Job, Simulator, Stopped, door, sample::sample};
use crate::stats::{self, Estimate};

/// What counts as held, and how much is simulated to find out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rules {
    /// Whether these are the relaxed rules for a quick look.
    pub quick: bool,
    /// Paired runs of each arm.
    pub runs: u64,
    /// Plausible draws of the parameters.
    pub draws: usize,
    /// Paired runs of each arm in each draw.
    pub runs_a_draw: u64,
    /// Smallest difference that counts, in standard deviations between runs.
    pub smallest_size: f64,
    /// Smallest share of draws in which the sign must hold.
    pub share_held: f64,
    /// Half the interval that must leave nothing out, as a multiple of the 95 % one.
    pub interval: f64,
    /// An effect of which less than this share is left is abolished.
    pub abolished: f64,
    /// Settings over which the median of a published figure is taken.
    pub contexts: usize,
    /// Paired runs of each arm in each of them.
    pub runs_a_context: u64,
}

impl Rules {
    /// The rules of the patterns.
    pub fn full() -> Self {
        Self {
            quick: false,
            runs: 200,
            draws: 50,
            runs_a_draw: 10,
            smallest_size: 0.2,
            share_held: 0.8,
            interval: 1.0,
            abolished: 0.25,
            contexts: 100,
            runs_a_context: 10,
        }
    }

    /// A fifth of the runs and a quarter of the draws; an interval of about 80 % and a sign held in 70 % of the draws
    /// will do.
    pub fn quick() -> Self {
        Self {
            quick: true,
            runs: 40,
            draws: 12,
            runs_a_draw: 5,
            share_held: 0.7,
            interval: 0.65,
            contexts: 30,
            runs_a_context: 4,
            ..Self::full()
        }
    }
}

/// A pattern put to the test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// Its place among the patterns asked for.
    pub place: usize,
    /// What became of it.
    pub verdict: Verdict,
    /// Mean of every arm, for each metric that is looked at: arm, metric, plain, knocked out.
    pub arms: Vec<(String, String, Estimate, Estimate)>,
    /// Its claims, in order, each with its comparisons.
    pub claims: Vec<Vec<Judged>>,
    /// Whether the knock-out abolishes the main claim.
    pub abolished: bool,
}

/// All patterns asked for, put to the test.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// What became of each.
    pub tested: Vec<Tested>,
    /// The rules they were held against.
    pub rules: Rules,
    /// How many draws of the parameters it took to find the plausible ones.
    pub drawn: usize,
    /// The published figures.
    pub targets: Vec<Target>,
    /// What the model gives for each.
    pub held: Vec<Held>,
}

/// Puts `patterns` to the test, and holds the model against the published figures in `targets`.
///
/// # Errors
///
/// When the work was broken off, or an arm cannot be made.
pub fn validate(
    simulator: &mut dyn Simulator,
    patterns: &[Pattern],
    targets: &[Target],
    rules: Rules,
) -> Result<Validation, Stopped> {
    door::enough_runs(rules.runs, 2)?;
    let beside = targets.iter().map(|target| target::runs_for(target, &rules)).sum::<u64>();
    let runs = |draws| beside + patterns.iter().map(|pattern| runs_for(pattern, &rules, draws)).sum::<u64>();
    if let Some(first) = patterns.iter().find(|pattern| pattern.missing.is_none()) {
        door::can_be_kept(first.base(), runs(rules.draws))?;
    }
    simulator.expect(runs(rules.draws));
    let mut drawn_of_all = Drawn::default();
    if let Some(first) = patterns.iter().find(|pattern| pattern.missing.is_none()) {
        // All patterns of a file look at the same draws.
        drawn_of_all = drawn(simulator, first.plausible.as_ref(), first.base(), &rules)?;
        simulator.expect(runs(drawn_of_all.draws.len()) + screening(first, &rules, &drawn_of_all));
    }
    let tested =
        patterns.iter().enumerate().map(|(place, pattern)| test(simulator, place, pattern, &rules, &drawn_of_all));
    let tested = tested.collect::<Result<Vec<Tested>, _>>()?;
    let held = targets.iter().enumerate().map(|(place, target)| target::measure(simulator, place, target, &rules));
    let held = held.collect::<Result<Vec<Held>, _>>()?;
    says_something(patterns, &tested, targets, &held)?;
    let (patterns, targets) = (patterns.to_vec(), targets.to_vec());
    Ok(Validation { tested, patterns, rules, drawn: drawn_of_all.draws.len(), targets, held })
}

/// Refuses to judge where nothing that was looked at is defined, as with changes that simulate too few weeks for it.
fn says_something(patterns: &[Pattern], tested: &[Tested], targets: &[Target], held: &[Held]) -> Result<(), Stopped> {
    let steps = tested.iter().flat_map(|tested| tested.claims.iter().flatten());
    let effects = steps.map(|step| step.found.effect.value);
    let figures = held.iter().filter_map(|held| held.found.as_ref());
    let values: Vec<f64> = effects.chain(figures.map(|found| found.estimate.value)).collect();
    let claims = patterns.iter().flat_map(|pattern| pattern.claims.iter().map(move |claim| (pattern, claim)));
    let first = claims
        .filter(|(pattern, _)| pattern.missing.is_none())
        .find_map(|(pattern, claim)| {
            let (_, metric) = claim.steps.first()?.difference.columns().next()?;
            Some((pattern.base(), claim.programme, metric.clone()))
        })
        .or_else(|| {
            let target = targets.iter().find(|target| target.missing.is_none())?;
            let (_, metric) = target.terms().next()?;
            Some((target.base(), 0, metric.clone()))
        });
    match first {
        Some((scenario, programme, metric)) => door::is_defined(scenario, programme, &metric, &values),
        None => Ok(()),
    }
}

/// Runs that it took to tell plausible draws from others: whole batches.
fn screening(pattern: &Pattern, rules: &Rules, drawn: &Drawn) -> u64 {
    let batches = drawn.draws.len().div_ceil(rules.draws.max(1)) as u64;
    if pattern.plausible.is_some() { batches * rules.draws as u64 * rules.runs_a_draw } else { 0 }
}

/// Runs that a pattern takes with so many draws of the parameters.
fn runs_for(pattern: &Pattern, rules: &Rules, draws: usize) -> u64 {
    if pattern.missing.is_some() {
        return 0;
    }
    let worlds = if pattern.knockout.is_some() { 2 } else { 1 };
    pattern.arms.len() as u64 * (worlds * rules.runs + draws as u64 * rules.runs_a_draw)
}

fn test(
    simulator: &mut dyn Simulator,
    place: usize,
    pattern: &Pattern,
    rules: &Rules,
    drawn: &Drawn,
) -> Result<Tested, Stopped> {
    if pattern.missing.is_some() {
        let verdict = Verdict::NotTestable;
        return Ok(Tested { place, verdict, arms: vec![], claims: vec![], abolished: false });
    }
    let plain = Look::at(simulator, pattern, rules.runs, None, false)?;
    let knocked_out = match pattern.knockout {
        Some(_) => Some(Look::at(simulator, pattern, rules.runs, None, true)?),
        None => None,
    };
    let mut held = vec![[0u64; 2]; pattern.claims.iter().map(|claim| claim.steps.len()).sum()];
    let looks = Look::at_draws(simulator, pattern, rules.runs_a_draw, &drawn.draws)?;
    for (look, plausible) in looks.iter().zip(&drawn.plausible) {
        let steps = pattern.claims.iter().flat_map(|claim| claim.steps.iter().map(move |step| (claim, step)));
        for (held, (claim, step)) in held.iter_mut().zip(steps) {
            let holds = u64::from(look.measure(claim, &step.difference).effect.value > 0.0);
            held[0] += holds * u64::from(*plausible);
            held[1] += holds;
        }
    }
    let share = |part: u64, of: usize| if of == 0 { f64::NAN } else { part as f64 / of as f64 };
    let mut held =
        held.into_iter().map(|[plausible, all]| [share(plausible, drawn.plausible()), share(all, looks.len())]);
    let mut judge = |claim: &Claim, step: &Step| {
        let share = held.next().unwrap_or([f64::NAN; 2]);
        let share = if step.relation == Relation::Greater { share } else { [f64::NAN; 2] };
        let gone = knocked_out.as_ref().map(|look| look.measure(claim, &step.difference));
        Judged::new(step, plain.measure(claim, &step.difference), share, gone, rules)
    };
    let claims: Vec<Vec<Judged>> =
        pattern.claims.iter().map(|claim| claim.steps.iter().map(|step| judge(claim, step)).collect()).collect();
    let main = pattern.claims.iter().zip(&claims).filter(|(claim, _)| claim.main);
    let mut abolished = true;
    for (claim, judged) in main {
        abolished &= is_gone(claim, judged, &plain, knocked_out.as_ref(), rules);
    }
    let judged = || pattern.claims.iter().zip(&claims).filter(|(claim, _)| !claim.open);
    let verdict = if pattern.support == Support::Open || judged().next().is_none() {
        Verdict::Open
    } else if judged().any(|(_, steps)| steps.iter().any(|step| !step.holds)) {
        Verdict::Fail
    } else if !abolished {
        Verdict::NotEmergent
    } else {
        Verdict::Pass
    };
    let arms = plain.means(pattern, knocked_out.as_ref());
    Ok(Tested { place, verdict, arms, claims, abolished })
}

/// Whether a claim is gone under the knock-out.
fn is_gone(claim: &Claim, judged: &[Judged], plain: &Look, knocked_out: Option<&Look>, rules: &Rules) -> bool {
    let Some(knocked_out) = knocked_out else { return false };
    if !claim.goes_one_way() || claim.steps.len() < 2 {
        return judged.iter().any(|step| step.is_abolished(rules));
    }
    let mut whole = Combination::default();
    for step in &claim.steps {
        for (term, coefficient) in &step.difference.terms {
            *whole.terms.entry(term.clone()).or_default() += coefficient;
        }
        whole.constant += step.difference.constant;
    }
    whole.terms.retain(|_, coefficient| *coefficient != 0.0);
    let step = Step { text: claim.expect.clone(), difference: whole, relation: Relation::Greater, upward: false };
    let (found, gone) = (plain.measure(claim, &step.difference), knocked_out.measure(claim, &step.difference));
    Judged::new(&step, found, [1.0; 2], Some(gone), rules).is_abolished(rules)
}

/// What the arms of a pattern give in one world: plain, knocked out, or with other parameters.
struct Look {
    /// Columns for each programme that a claim looks at.
    programmes: Vec<(usize, Columns)>,
}

impl Look {
    fn at(
        simulator: &mut dyn Simulator,
        pattern: &Pattern,
        runs: u64,
        draw: Option<&Draw>,
        knocked_out: bool,
    ) -> Result<Self, Stopped> {
        let jobs = jobs(pattern, runs, draw, knocked_out)?;
        let ensembles = simulator.ensembles(&jobs)?;
        Self::of(pattern, &jobs, &ensembles)
    }

    /// All draws at once, so that no core waits.
    fn at_draws(
        simulator: &mut dyn Simulator,
        pattern: &Pattern,
        runs: u64,
        draws: &[Draw],
    ) -> Result<Vec<Self>, Stopped> {
        let mut all = Vec::new();
        for draw in draws {
            all.extend(jobs(pattern, runs, Some(draw), false)?);
        }
        let ensembles = simulator.ensembles(&all)?;
        let arms = pattern.arms.len().max(1);
        all.chunks(arms).zip(ensembles.chunks(arms)).map(|(jobs, made)| Self::of(pattern, jobs, made)).collect()
    }

    fn of(pattern: &Pattern, jobs: &[Job], ensembles: &[super::Ensemble]) -> Result<Self, Stopped> {
        let mut programmes: Vec<(usize, Columns)> = Vec::new();
        for claim in &pattern.claims {
            let place = match programmes.iter().position(|(programme, _)| *programme == claim.programme) {
                Some(place) => place,
                None => {
                    programmes.push((claim.programme, Columns::new()));
                    programmes.len() - 1
                }
            };
            let Some((_, columns)) = programmes.get_mut(place) else { continue };
            for (arm, metric) in claim.steps.iter().flat_map(|step| step.difference.columns()) {
                let Some(which) = pattern.arms.iter().position(|other| other.name == *arm) else { continue };
                if let (Some(job), Some(ensemble)) = (jobs.get(which), ensembles.get(which)) {
                    let column = sample(&job.scenario, ensemble, claim.programme, metric)?;
                    columns.insert((arm.clone(), metric.clone()), column);
                }
            }
        }
        Ok(Self { programmes })
    }

    fn columns(&self, programme: usize) -> Option<&Columns> {
        self.programmes.iter().find(|(other, _)| *other == programme).map(|(_, columns)| columns)
    }

    fn measure(&self, claim: &Claim, difference: &Combination) -> Measured {
        self.columns(claim.programme).map_or(Measured { effect: Estimate::UNDEFINED, size: f64::NAN }, |columns| {
            Measured::of(difference, columns)
        })
    }

    /// Mean of every arm in every metric, in the order of the claims and arms.
    fn means(&self, pattern: &Pattern, knocked_out: Option<&Self>) -> Vec<(String, String, Estimate, Estimate)> {
        let mut rows: Vec<(String, String, Estimate, Estimate)> = Vec::new();
        for claim in &pattern.claims {
            let mean = |look: &Self, key: &(String, String)| {
                let column = look.columns(claim.programme).and_then(|columns| columns.get(key));
                column.map_or(Estimate::UNDEFINED, |column| stats::mean(column.iter().copied()))
            };
            let named = |metric: &str| match claim.programme {
                0 => metric.to_owned(),
                programme => format!("{metric} (programme {programme})"),
            };
            let mut keys: Vec<&(String, String)> =
                claim.steps.iter().flat_map(|step| step.difference.columns()).collect();
            let place = |arm: &str| pattern.arms.iter().position(|other| other.name == arm);
            keys.sort_by_key(|(arm, metric)| (metric, place(arm)));
            for key in keys {
                let (arm, metric) = (key.0.clone(), named(&key.1));
                if !rows.iter().any(|row| row.0 == arm && row.1 == metric) {
                    let gone = knocked_out.map_or(Estimate::UNDEFINED, |look| mean(look, key));
                    rows.push((arm, metric, mean(self, key), gone));
                }
            }
        }
        rows
    }
}

fn jobs(pattern: &Pattern, runs: u64, draw: Option<&Draw>, knocked_out: bool) -> Result<Vec<Job>, Stopped> {
    let drawn = |scenario: &mut _| draw.map_or(Ok(()), |draw| draw.apply(scenario));
    let job = |arm: &Arm| {
        let scenario = pattern.scenario(arm, drawn, knocked_out);
        let scenario = scenario.map_err(|what| Stopped::Question(format!("{}: {what}", pattern.id)))?;
        Ok(Job::outcomes(scenario, runs))
    };
    pattern.arms.iter().map(job).collect()
}

#[cfg(test)]
mod tests;
