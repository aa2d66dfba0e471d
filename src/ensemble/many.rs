//! Many scenarios at once: what experiments ask for.
//!
//! An experiment is many short ensembles. They share the threads, replicate by replicate across scenarios, so that
//! neither a few long ensembles nor thousands of short ones leave a core idle.

use std::ops::ControlFlow;

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

/// Runs all `jobs`, each from where `begun` left it (one for each job), and returns an ensemble for each, in their order.
///
/// `engine` makes of a scenario a function of seed and replicate. `watch` sees, after each round, which jobs (by place)
/// have grown, and all ensembles; it may break off, which leaves them unfinished. `threads` (0: one for each core) and
/// rounds change no result.
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
        let one = |part: &Part| run_part(&jobs[part.job], part, &ensembles[part.job], &engine);
        let batches = pool.install(|| in_parallel(&parts, one));
        let grown: Vec<usize> = parts.iter().map(|part| part.job).collect();
        for (part, batch) in parts.iter().zip(batches) {
            ensembles[part.job].fold(batch);
        }
        if watch(&grown, &ensembles).is_break() {
            return Ok(ensembles);
        }
    }
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

fn run_part<S: Fn(u64, u64) -> Pair + Sync>(
    job: &Job,
    part: &Part,
    state: &Ensemble,
    engine: &(impl Fn(&Scenario) -> S + Sync),
) -> Vec<Result<Replicate, String>> {
    let columns: Vec<Outcome> = metrics::outcomes(&job.scenario);
    let simulate = match caught(|| engine(&job.scenario)) {
        Ok(simulate) => simulate,
        Err(reason) => return (part.first..part.last).map(|_| Err(reason.clone())).collect(),
    };
    let keep_weeks = job.keep == Keep::Everything;
    let one = |replicate: &u64| {
        let keep_units = *replicate < state.runs_with_units;
        caught(|| measure(&job.scenario, &columns, keep_units, keep_weeks, simulate(job.seed, job.first + *replicate)))
    };
    in_parallel(&(part.first..part.last).collect::<Vec<_>>(), one)
}

#[cfg(feature = "cli")]
fn in_parallel<I: Sync, T: Send>(items: &[I], one: impl Fn(&I) -> T + Sync + Send) -> Vec<T> {
    items.par_iter().with_max_len(1).map(one).collect()
}

#[cfg(not(feature = "cli"))]
fn in_parallel<I, T>(items: &[I], one: impl Fn(&I) -> T) -> Vec<T> {
    items.iter().map(one).collect()
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
}
