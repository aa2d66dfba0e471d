//! Many scenarios at once: what experiments ask for.
//!
//! An experiment is many short ensembles. They share the threads, replicate by replicate across scenarios, so that
//! neither a few long ensembles nor thousands of short ones leave a core idle.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
    sync::mpsc::Sender,
};

#[cfg(feature = "cli")]
use rayon::prelude::*;

use super::{Ensemble, Pool, Replicate, caught, measure};
use crate::{
    metrics::{self, Outcome},
    model::Pair,
    scenario::Scenario,
};

/// What is kept of each replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The outcomes, a number for each metric and programme: little enough for thousands of scenarios.
    Outcomes,
    /// Weekly bands and units too, as for a single scenario.
    Everything,
}

/// An ensemble to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Of what.
    pub scenario: Scenario,
    /// Seed of all luck: jobs of one seed share it replicate by replicate.
    pub seed: u64,
    /// How many replicates.
    pub runs: u64,
    /// The first of them: the ensemble's run 0 is this replicate.
    pub first: u64,
    /// What is kept.
    pub keep: Keep,
}

impl Job {
    /// The outcomes of `runs` replicates of `scenario`, with the scenario's own seed.
    pub fn outcomes(scenario: Scenario, runs: u64) -> Self {
        Self { seed: scenario.run.seed, scenario, runs, first: 0, keep: Keep::Outcomes }
    }

    /// An ensemble of no runs yet.
    pub fn empty(&self) -> Ensemble {
        Ensemble::keeping(&self.scenario, self.keep)
    }
}

/// Staff-weeks that one replicate of `scenario` takes, both worlds together: what its time is proportional to.
pub fn staff_weeks(scenario: &Scenario) -> f64 {
    let staff = metrics::unit_count(scenario) as f64 * f64::from(scenario.setting.staff);
    2.0 * staff * scenario.weeks() as f64 * scenario.programmes.len().max(1) as f64
}

/// Staff-weeks between two calls of `watch`, for each thread: about half a second.
const STAFF_WEEKS_A_ROUND: f64 = 10e6;

/// Replicates of a round whose weekly series are kept, at most, unless there are more threads.
const MOST_WITH_WEEKS: u64 = 64;

/// A stretch of one job's replicates.
struct Part {
    job: usize,
    first: u64,
    last: u64,
}

/// What a replicate gave, with the place of its part and its number among the runs of the job.
type Done = (usize, u64, Result<Replicate, String>);

/// Runs all `jobs`, each from where `begun` left it (one for each job), and returns an ensemble for each, in their order.
///
/// `engine` makes of a scenario a function of seed and replicate. `watch` sees, after each round and within one whenever
/// another half second's work of a thread is done, which jobs (by place) have grown, and all ensembles; it may break off,
/// which leaves them unfinished. So what takes a minute a run can be saved run by run. `threads` (0: one for each core),
/// rounds and the order in which replicates come to an end change no result.
///
/// # Errors
///
/// When the threads cannot be started.
pub fn run_many<S: Fn(u64, u64) -> Pair + Sync>(
    jobs: &[Job],
    begun: Vec<Ensemble>,
    threads: usize,
    engine: impl Fn(&Scenario) -> S + Sync,
    mut watch: impl FnMut(&[usize], &[Ensemble]) -> ControlFlow<()>,
) -> Result<Vec<Ensemble>, String> {
    let pool = Pool::new(threads)?;
    let budget = STAFF_WEEKS_A_ROUND * pool.install(width) as f64;
    let mut ensembles = begun;
    for (job, ensemble) in jobs.iter().zip(&mut ensembles) {
        ensemble.make_room(job.runs)?;
    }
    loop {
        let parts = next_round(jobs, &ensembles, budget);
        if parts.is_empty() {
            return Ok(ensembles);
        }
        let with_units: Vec<u64> = parts.iter().map(|part| ensembles[part.job].runs_with_units).collect();
        let work = |tell: &Sender<Done>| {
            let one = |(place, part): (usize, &Part)| {
                run_part(&jobs[part.job], part, with_units[place], &engine, |run, gave| {
                    tell.send((place, run, gave)).is_ok()
                })
            };
            in_parallel(parts.iter().enumerate().collect(), one);
        };
        // What is done out of turn waits until it is next of its job.
        let mut waiting: Vec<BTreeMap<u64, Result<Replicate, String>>> =
            parts.iter().map(|_| BTreeMap::new()).collect();
        let mut unfolded = 0.0;
        let take = |(place, run, gave): Done| {
            let job = parts[place].job;
            waiting[place].insert(run, gave);
            unfolded += staff_weeks(&jobs[job].scenario);
            if unfolded < STAFF_WEEKS_A_ROUND {
                return ControlFlow::Continue(());
            }
            unfolded = 0.0;
            let grown = fold_those_next(&parts, &mut waiting, &mut ensembles);
            if grown.is_empty() { ControlFlow::Continue(()) } else { watch(&grown, &ensembles) }
        };
        let flow = pool.as_they_come(work, take);
        let grown = fold_those_next(&parts, &mut waiting, &mut ensembles);
        if flow.is_break() || (!grown.is_empty() && watch(&grown, &ensembles).is_break()) {
            return Ok(ensembles);
        }
    }
}

/// Folds of what waits the replicates that are next, and returns the places of the jobs that grew.
fn fold_those_next(
    parts: &[Part],
    waiting: &mut [BTreeMap<u64, Result<Replicate, String>>],
    ensembles: &mut [Ensemble],
) -> Vec<usize> {
    let mut grown = Vec::new();
    for (part, waiting) in parts.iter().zip(waiting) {
        let state = &mut ensembles[part.job];
        let next = (state.runs..).map_while(|run| waiting.remove(&run)).collect::<Vec<_>>();
        if !next.is_empty() {
            state.fold(next);
            grown.push(part.job);
        }
    }
    grown
}

/// The next replicates to run, in the order of jobs, as many as `budget` holds (at least 16, so that no thread waits long).
fn next_round(jobs: &[Job], ensembles: &[Ensemble], budget: f64) -> Vec<Part> {
    const FEWEST: u64 = 16;
    let (mut parts, mut spent, mut count) = (Vec::new(), 0.0, 0);
    for (job, (asked, ensemble)) in jobs.iter().zip(ensembles).enumerate() {
        let left = asked.runs.saturating_sub(ensemble.runs);
        if left == 0 {
            continue;
        }
        if spent >= budget && count >= FEWEST {
            break;
        }
        let cost = staff_weeks(&asked.scenario).max(1.0);
        let room = ((budget - spent) / cost).max(0.0) as u64;
        // Weekly series of a round are held until they are folded.
        let room = if asked.keep == Keep::Everything { room.min(MOST_WITH_WEEKS.max(width() as u64)) } else { room };
        let take = left.min(room.max(FEWEST.saturating_sub(count)).max(1));
        parts.push(Part { job, first: ensemble.runs, last: ensemble.runs + take });
        (spent, count) = (spent + take as f64 * cost, count + take);
    }
    parts
}

/// Runs the replicates of `part`, begun in their order, and tells of each until nobody listens.
fn run_part<S: Fn(u64, u64) -> Pair + Sync>(
    job: &Job,
    part: &Part,
    runs_with_units: u64,
    engine: &(impl Fn(&Scenario) -> S + Sync),
    tell: impl Fn(u64, Result<Replicate, String>) -> bool + Sync,
) -> bool {
    let columns: Vec<Outcome> = metrics::outcomes(&job.scenario);
    let simulate = match caught(|| engine(&job.scenario)) {
        Ok(simulate) => simulate,
        Err(reason) => return (part.first..part.last).all(|replicate| tell(replicate, Err(reason.clone()))),
    };
    let keep_weeks = job.keep == Keep::Everything;
    let one = |replicate: u64| {
        let keep_units = replicate < runs_with_units;
        let pair = || simulate(job.seed, job.first + replicate);
        tell(replicate, caught(|| measure(&job.scenario, &columns, keep_units, keep_weeks, pair())))
    };
    in_turn(part.first..part.last, one)
}

/// Does `one` of all items until one says no; returns whether none did.
#[cfg(feature = "cli")]
fn in_parallel<I: Send>(items: Vec<I>, one: impl Fn(I) -> bool + Sync + Send) -> bool {
    items.into_par_iter().with_max_len(1).all(one)
}

/// The same with numbers, each begun after those before it.
#[cfg(feature = "cli")]
fn in_turn(numbers: Range<u64>, one: impl Fn(u64) -> bool + Sync + Send) -> bool {
    numbers.par_bridge().all(one)
}

#[cfg(not(feature = "cli"))]
fn in_parallel<I>(items: Vec<I>, one: impl Fn(I) -> bool) -> bool {
    items.into_iter().all(one)
}

#[cfg(not(feature = "cli"))]
fn in_turn(mut numbers: Range<u64>, one: impl Fn(u64) -> bool) -> bool {
    numbers.all(one)
}

#[cfg(feature = "cli")]
fn width() -> usize {
    rayon::current_num_threads()
}

#[cfg(not(feature = "cli"))]
fn width() -> usize {
    1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ensemble::tests::wobbling, metrics::tests::small_scenario};

    fn jobs() -> Vec<Job> {
        let mut other = small_scenario();
        other.run.seed = 2;
        let everything = Job { keep: Keep::Everything, ..Job::outcomes(small_scenario(), 30) };
        vec![Job::outcomes(small_scenario(), 40), Job::outcomes(other, 3), everything]
    }

    fn run(threads: usize, begun: Option<Vec<Ensemble>>, rounds: usize) -> Vec<Ensemble> {
        let jobs = jobs();
        let begun = begun.unwrap_or_else(|| jobs.iter().map(Job::empty).collect());
        let engine = |scenario: &Scenario| {
            let scenario = scenario.clone();
            move |seed: u64, replicate: u64| wobbling(&scenario, replicate + 1000 * seed)
        };
        let mut left = rounds;
        let watch = |_: &[usize], _: &[Ensemble]| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        run_many(&jobs, begun, threads, engine, watch).unwrap()
    }

    #[test]
    fn many_ensembles_are_what_each_would_be_alone() {
        let many = run(2, None, 1000);
        assert_eq!(many.iter().map(|ensemble| ensemble.runs).collect::<Vec<_>>(), [40, 3, 30]);
        let scenario = small_scenario();
        let alone = super::super::run_ensemble(
            &scenario,
            &super::super::Plan::of(30),
            None,
            |replicate| wobbling(&scenario, replicate + 1000),
            |_| ControlFlow::Continue(()),
        )
        .unwrap();
        assert_eq!(format!("{:?}", many[2]), format!("{alone:?}"));
        let bits = |numbers: &[f64]| numbers.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&many[0].outcomes[..alone.outcomes.len()]), bits(&alone.outcomes));
        assert!(many.iter().all(Ensemble::is_whole) && many[0].bands.weeks() == 0 && many[0].unit_rows.is_empty());
    }

    #[test]
    fn threads_and_interruptions_change_no_bit() {
        let whole = format!("{:?}", run(1, None, 1000));
        assert_eq!(whole, format!("{:?}", run(8, None, 1000)));
        let broken_off = run(2, None, 1);
        assert_eq!(whole, format!("{:?}", run(2, Some(broken_off), 1000)));
    }

    /// A round of what takes long is looked at run by run, in their order, and can be broken off within.
    #[test]
    fn what_takes_long_is_looked_at_within_a_round() {
        let mut large = small_scenario();
        large.setting.staff = 1e6;
        let jobs = [Job::outcomes(large.clone(), 12), Job::outcomes(large, 3)];
        let engine = |scenario: &Scenario| {
            let scenario = scenario.clone();
            move |_: u64, replicate: u64| wobbling(&scenario, replicate)
        };
        let alone = |threads: usize, most: usize| {
            let mut seen = Vec::new();
            let watch = |grown: &[usize], states: &[Ensemble]| {
                assert!(!grown.is_empty() && states.iter().all(Ensemble::is_whole));
                seen.push(states.iter().map(|state| state.runs).sum::<u64>());
                if seen.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let made = run_many(&jobs, jobs.iter().map(Job::empty).collect(), threads, engine, watch).unwrap();
            (made, seen)
        };
        let (whole, seen) = alone(1, usize::MAX);
        assert_eq!(seen, (1..=15).collect::<Vec<_>>());
        let (broken_off, seen) = alone(1, 4);
        assert_eq!(seen, [1, 2, 3, 4]);
        assert_eq!(broken_off.iter().map(|state| state.runs).sum::<u64>(), 4);
        for threads in [1, 3] {
            let (begun, _) = alone(threads, 2);
            let go_on = run_many(&jobs, begun, threads, engine, |_, _| ControlFlow::Continue(())).unwrap();
            assert_eq!(format!("{go_on:?}"), format!("{whole:?}"));
        }
    }
}
