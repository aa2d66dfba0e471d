//! Validation: does the model show what evaluations of real programmes have shown, and for the right reason?
//!
//! Every pattern is a comparison of conditions (arms), declared in `validation/patterns.toml`, made in draws of all
//! parameters from the posterior that published figures leave ([`Draws`]), the same draws and the same luck in each arm. It
//! passes when
//!
//! - each comparison it claims is, on average over the draws, greater by its 95 % interval than the smallest difference that
//!   matters (half a point of a share, or what the claim says), and
//! - has the sign claimed in at least 80 % of the draws, by the interval of that share (Wilson 1927), and
//! - its main claim is gone once the micro-mechanism that should bring it about is knocked out: an effect that survives
//!   may be built in, and is called *not emergent*; and where the knock-out leaves arms that are the same simulation, it
//!   proves nothing, and the pattern is called a *tautology*.
//!
//! A sign is one of the parameters and not of luck: where a pattern fails or is undecided by the share of draws alone, each
//! draw is looked at again with more runs, and with more still where an interval reaches to both sides even so; what is open
//! then is *undecided*, which is neither. More draws would deal the posterior's rows once more and say nothing new.
//!
//! A shape (`none < some > heavy`) holds when each of its steps does; it is gone when one of the steps of an optimum is,
//! or, where all steps point the same way, when the whole way from end to end is.
//!
//! Signs are one thing and sizes another: published figures with the bands in which the model should lie are declared in
//! `validation/targets.toml`, and counted apart ([`Target`]).

mod document;
mod expression;
mod judge;
mod pattern;
mod pictures;
mod tables;
mod target;
mod without;
mod words;

use serde::Serialize;

use self::{
    expression::{Combination, Relation, Step},
    judge::Columns,
};
pub use self::{
    judge::{Decision, Judged, Measured, Verdict},
    pattern::{Arm, BUNDLED, Claim, Knockout, Pattern, Support, patterns},
    target::{
        BUNDLED_TARGETS, Columned, Found, Held, Role, Standing, Statistic, Target, columned, jobs as target_jobs,
        targets,
    },
    without::{Ablation, BUNDLED_MECHANISMS, Mechanism, mechanisms, without},
};
use super::{
    Job, Simulator, Stopped, door,
    sample::{of_draw, sample},
    uncertain::{draws::Draws, posterior::Posterior},
};
use crate::{
    model::Parameters,
    stats::{self, Estimate},
};

/// How many times as many runs a draw has where more are needed.
pub const MORE: u64 = 4;

/// What counts as held, and how much is simulated to find out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rules {
    /// Whether these are the relaxed rules for a quick look.
    pub quick: bool,
    /// Draws of all parameters in which arms are compared: all rows of the posterior by the full rules, since to deal them
    /// again would be to count them twice.
    pub draws: u64,
    /// Paired runs of each arm in each draw; [`MORE`] times as many at a time where luck may have turned the sign of draws.
    pub runs_a_draw: u64,
    /// So many at most.
    pub most_runs_a_draw: u64,
    /// Paired runs of each arm where parameters are as declared: mechanisms switched off, and figures of one setting.
    pub runs: u64,
    /// Smallest difference that matters, of what goes from 0 to 1.
    pub smallest: f64,
    /// Smallest share of draws in which the sign must hold.
    pub share_held: f64,
    /// Intervals that must leave nothing out, as a multiple of the 95 % one.
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
            draws: 256,
            runs_a_draw: 2,
            most_runs_a_draw: 32,
            runs: 200,
            smallest: 0.005,
            share_held: 0.8,
            interval: 1.0,
            abolished: 0.25,
            contexts: 100,
            runs_a_context: 10,
        }
    }

    /// An eighth of the draws, and no more runs of them; intervals of about 80 % will do.
    pub fn quick() -> Self {
        Self {
            quick: true,
            draws: 32,
            most_runs_a_draw: 2,
            runs: 40,
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
    /// Draws of the parameters in which its arms were compared.
    pub draws: u64,
    /// Runs of each arm in each of them.
    pub runs_a_draw: u64,
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
    door::enough_runs(rules.runs.min(rules.draws), 2)?;
    let beside = targets.iter().map(|target| target::runs_for(target, &rules)).sum::<u64>();
    let mut expected = beside + patterns.iter().map(|pattern| runs_for(pattern, &rules)).sum::<u64>();
    if let Some(first) = patterns.iter().find(|pattern| pattern.missing.is_none()) {
        door::can_be_kept(first.base(), expected)?;
    }
    simulator.expect(expected);
    let mut tested = Vec::new();
    for (place, pattern) in patterns.iter().enumerate() {
        tested.push(test(simulator, place, pattern, &rules, &mut expected)?);
    }
    let held = targets.iter().enumerate().map(|(place, target)| target::measure(simulator, place, target, &rules));
    let held = held.collect::<Result<Vec<Held>, _>>()?;
    says_something(patterns, &tested, targets, &held)?;
    Ok(Validation { tested, patterns: patterns.to_vec(), rules, targets: targets.to_vec(), held })
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

/// Runs that a pattern takes at first, in both worlds.
fn runs_for(pattern: &Pattern, rules: &Rules) -> u64 {
    if pattern.missing.is_some() {
        return 0;
    }
    let worlds = if pattern.knockout.is_some() { 2 } else { 1 };
    runs_of(pattern, rules.runs_a_draw, worlds * rules.draws)
}

fn runs_of(pattern: &Pattern, runs_a_draw: u64, draws: u64) -> u64 {
    pattern.arms.len() as u64 * runs_a_draw * draws
}

fn test(
    simulator: &mut dyn Simulator,
    place: usize,
    pattern: &Pattern,
    rules: &Rules,
    expected: &mut u64,
) -> Result<Tested, Stopped> {
    if pattern.missing.is_some() {
        let verdict = Verdict::NotTestable;
        return Ok(Tested { place, verdict, arms: vec![], claims: vec![], abolished: false, draws: 0, runs_a_draw: 0 });
    }
    let (draws, mut runs_a_draw) = (rules.draws, rules.runs_a_draw);
    let mut plain = Look::at_draws(simulator, pattern, draws, runs_a_draw, false)?;
    let knocked_out = match pattern.knockout {
        Some(_) => Some(Look::at_draws(simulator, pattern, draws, runs_a_draw, true)?),
        None => None,
    };
    let claims = loop {
        let judge = |claim: &Claim, step: &Step| {
            let gone = knocked_out.as_ref().map(|look| look.measure(claim, &step.difference));
            Judged::new(step, claim.smallest, plain.measure(claim, &step.difference), gone, rules)
        };
        let of_claim = |claim: &Claim| claim.steps.iter().map(|step| judge(claim, step)).collect();
        let claims: Vec<Vec<Judged>> = pattern.claims.iter().map(of_claim).collect();
        let first = runs_a_draw == rules.runs_a_draw;
        let in_doubt = if first { luck_may_tell(pattern, &claims) } else { undecided(pattern, &claims) };
        if !in_doubt || runs_a_draw >= rules.most_runs_a_draw {
            break claims;
        }
        runs_a_draw = rules.most_runs_a_draw.min(MORE * runs_a_draw);
        *expected += runs_of(pattern, runs_a_draw, draws);
        simulator.expect(*expected);
        plain = Look::at_draws(simulator, pattern, draws, runs_a_draw, false)?;
    };
    let main = pattern.claims.iter().zip(&claims).filter(|(claim, _)| claim.main);
    let (mut abolished, mut tautology) = (true, knocked_out.is_some());
    for (claim, judged) in main {
        abolished &= is_gone(claim, judged, &plain, knocked_out.as_ref(), rules);
        tautology &= judged.iter().all(Judged::is_tautology);
    }
    let judged = || pattern.claims.iter().zip(&claims).filter(|(claim, _)| !claim.open);
    let failing = |(_, steps): (&Claim, &Vec<Judged>)| steps.iter().any(|step| step.decision == Decision::Fails);
    let verdict = match () {
        () if pattern.support == Support::Open || judged().next().is_none() => Verdict::Open,
        () if judged().any(failing) => Verdict::Fail,
        () if undecided(pattern, &claims) => Verdict::Undecided,
        () if tautology => Verdict::Tautology,
        () if !abolished => Verdict::NotEmergent,
        () => Verdict::Pass,
    };
    let arms = plain.means(pattern, knocked_out.as_ref());
    Ok(Tested { place, verdict, arms, claims, abolished, draws, runs_a_draw })
}

/// Whether more runs of each draw could turn what becomes of a pattern: one claim at least does not hold yet, and none fails but
/// by its sign alone.
fn luck_may_tell(pattern: &Pattern, claims: &[Vec<Judged>]) -> bool {
    let judged = || pattern.claims.iter().zip(claims).filter(|(claim, _)| !claim.open).flat_map(|(_, steps)| steps);
    let in_doubt = |step: &Judged| step.decision == Decision::Undecided || step.by_its_sign;
    judged().any(in_doubt) && judged().all(|step| step.decision == Decision::Holds || in_doubt(step))
}

/// Whether nothing is known of a pattern yet: no claim fails, and one is undecided.
fn undecided(pattern: &Pattern, claims: &[Vec<Judged>]) -> bool {
    let judged = || pattern.claims.iter().zip(claims).filter(|(claim, _)| !claim.open).flat_map(|(_, steps)| steps);
    let is = |decision| move |step: &Judged| step.decision == decision;
    !judged().any(is(Decision::Fails)) && judged().any(is(Decision::Undecided))
}

/// Whether a claim is gone under the knock-out.
fn is_gone(claim: &Claim, judged: &[Judged], plain: &Look, knocked_out: Option<&Look>, rules: &Rules) -> bool {
    let Some(knocked_out) = knocked_out else { return false };
    let of_shares = claim.steps.iter().any(|step| step.difference.per.is_some());
    if !claim.goes_one_way() || claim.steps.len() < 2 || of_shares {
        return judged.iter().any(|step| step.is_abolished(claim.smallest, rules));
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
    Judged::new(&step, claim.smallest, found, Some(gone), rules).is_abolished(claim.smallest, rules)
}

/// What the arms of a pattern give in one world, plain or knocked out.
struct Look {
    /// Columns for each programme that a claim looks at, run by run.
    programmes: Vec<(usize, Columns)>,
    /// Runs of each draw of the parameters, which stand together.
    runs_a_draw: u64,
    /// Independent draws that all of them are worth at most.
    worth: f64,
}

impl Look {
    /// The arms with parameters as declared.
    fn at(simulator: &mut dyn Simulator, pattern: &Pattern, runs: u64, knocked_out: bool) -> Result<Self, Stopped> {
        let jobs = jobs(pattern, runs, None, knocked_out)?;
        let ensembles = simulator.ensembles(&jobs)?;
        Self::of(pattern, &jobs, &ensembles, 1)
    }

    /// The arms in some draws, all at once, so that no core waits.
    fn at_draws(
        simulator: &mut dyn Simulator,
        pattern: &Pattern,
        draws: u64,
        runs_a_draw: u64,
        knocked_out: bool,
    ) -> Result<Self, Stopped> {
        let mut all = Vec::new();
        let of = Draws::new(pattern.base().run.seed);
        for draw in 0..draws {
            let parameters = of.of(pattern.base(), draw, &[]).parameters;
            all.extend(jobs(pattern, runs_a_draw, Some((draw, &parameters)), knocked_out)?);
        }
        let ensembles = simulator.ensembles(&all)?;
        let arms = pattern.arms.len().max(1);
        let mut found = Self { programmes: Vec::new(), runs_a_draw, worth: Posterior::bundled().worth() };
        for (jobs, made) in all.chunks(arms).zip(ensembles.chunks(arms)) {
            found.extend(Self::of(pattern, jobs, made, runs_a_draw)?);
        }
        Ok(found)
    }

    /// Puts the runs of `more` behind its own.
    fn extend(&mut self, more: Self) {
        for (programme, columns) in more.programmes {
            let place = self.programmes.iter().position(|(other, _)| *other == programme).unwrap_or_else(|| {
                self.programmes.push((programme, Columns::new()));
                self.programmes.len() - 1
            });
            if let Some((_, own)) = self.programmes.get_mut(place) {
                columns.into_iter().for_each(|(key, runs)| own.entry(key).or_default().extend(runs));
            }
        }
    }

    fn of(pattern: &Pattern, jobs: &[Job], ensembles: &[super::Ensemble], runs_a_draw: u64) -> Result<Self, Stopped> {
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
                    let take = if runs_a_draw > 1 { of_draw } else { sample };
                    let column = take(&job.scenario, ensemble, claim.programme, metric)?;
                    columns.insert((arm.clone(), metric.clone()), column);
                }
            }
        }
        Ok(Self { programmes, runs_a_draw, worth: f64::INFINITY })
    }

    fn columns(&self, programme: usize) -> Option<&Columns> {
        self.programmes.iter().find(|(other, _)| *other == programme).map(|(_, columns)| columns)
    }

    fn measure(&self, claim: &Claim, difference: &Combination) -> Measured {
        let columns = self.columns(claim.programme);
        columns.map_or(Measured::UNDEFINED, |columns| Measured::of(difference, columns, self.runs_a_draw, self.worth))
    }

    /// Mean over draws, each the mean of its runs.
    fn mean(&self, column: &[f64]) -> Estimate {
        let draws = column.chunks(self.runs_a_draw.max(1) as usize);
        let mean = stats::mean(draws.map(|runs| stats::mean(runs.iter().copied()).value));
        mean.as_of(self.worth.min(mean.count as f64))
    }

    /// Mean of every arm in every metric, in the order of the claims and arms.
    fn means(&self, pattern: &Pattern, knocked_out: Option<&Self>) -> Vec<(String, String, Estimate, Estimate)> {
        let mut rows: Vec<(String, String, Estimate, Estimate)> = Vec::new();
        for claim in &pattern.claims {
            let mean = |look: &Self, key: &(String, String)| {
                let column = look.columns(claim.programme).and_then(|columns| columns.get(key));
                column.map_or(Estimate::UNDEFINED, |column| look.mean(column))
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

/// A job for each arm; with a draw, which has its number, with its parameters and luck of its own.
fn jobs(
    pattern: &Pattern,
    runs: u64,
    draw: Option<(u64, &Parameters)>,
    knocked_out: bool,
) -> Result<Vec<Job>, Stopped> {
    let (number, parameters) = draw.unzip();
    let job = |arm: &Arm| {
        let scenario = pattern.scenario(arm, parameters, knocked_out);
        let scenario = scenario.map_err(|what| Stopped::Question(format!("{}: {what}", pattern.id)))?;
        Ok(Job { first: number.unwrap_or(0) * runs, ..Job::outcomes(scenario, runs) })
    };
    pattern.arms.iter().map(job).collect()
}

#[cfg(test)]
mod tests;
