//! Many scenarios at once: what experiments ask for.
//!
//! An experiment is many short ensembles. They share the threads, replicate by replicate across scenarios, so that
//! neither a few long ensembles nor thousands of short ones leave a core idle. Scenarios of one family are simulated
//! together, replicate by replicate, since their worlds have much in common.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
    sync::mpsc::Sender,
};

#[cfg(feature = "cli")]
use rayon::prelude::*;

use super::{Engine, Ensemble, Pool, Replicate, bytes_in_flight, caught, measure};
use crate::{
    metrics::{self, Outcome},
    scenario::Scenario,
};

/// What is kept of each replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The outcomes, a number for each metric and programme: little enough for thousands of scenarios.
    Outcomes,
    /// Weekly bands and units too, as for a single scenario.
    Everything,
    /// The same with the weeks of each run by itself instead of bands, so that it can be cut and put together.
    EachWeek,
    /// The outcomes, and of each run the few weekly series that somebody's own figures are about ([`CHARTED`](super::CHARTED)).
    Charted,
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

/// Staff-weeks that a thread usually simulates in a second; small organisations take longer.
pub const STAFF_WEEKS_A_SECOND: f64 = 20e6;

/// Staff-weeks between two calls of `watch`, for each thread: about half a second.
const STAFF_WEEKS_A_ROUND: f64 = STAFF_WEEKS_A_SECOND / 2.0;

/// Replicates of a round whose weekly series are kept, at most, unless there are more threads.
const MOST_WITH_WEEKS: u64 = 64;

/// Bytes that the histories of scenarios simulated together may take on one thread, beyond those of a single one.
pub const BYTES_TOGETHER: usize = 64_000_000;

/// Scenarios simulated together, at most: more share hardly more.
const MOST_TOGETHER: usize = 32;

/// Replicates of each thread that a family is at least cut into, so that no thread waits long for another.
const PIECES_A_THREAD: u64 = 4;

/// A stretch of the replicates of jobs that are simulated together.
struct Part<'a> {
    jobs: &'a [usize],
    first: u64,
    last: u64,
}

/// What a replicate gave for each job of its part, with the place of the part and the replicate's number.
type Done = (usize, u64, Vec<Result<Replicate, String>>);

/// Runs all `jobs`, each from where `begun` left it (one for each job), and returns an ensemble for each, in their order.
///
/// `engine` simulates. `watch` sees, after each round and within one whenever another half second's work of a thread is
/// done, which jobs (by place) have grown, and all ensembles; it may break off, which leaves them unfinished. So what takes
/// a minute a run can be saved run by run. `threads` (0: one for each core), rounds, the order in which replicates come to
/// an end, and which jobs are simulated together change no result.
///
/// # Errors
///
/// When the threads cannot be started.
pub fn run_many(
    jobs: &[Job],
    begun: Vec<Ensemble>,
    threads: usize,
    engine: impl Engine,
    mut watch: impl FnMut(&[usize], &[Ensemble]) -> ControlFlow<()>,
) -> Result<Vec<Ensemble>, String> {
    let pool = Pool::new(threads)?;
    let width = pool.install(width);
    let budget = STAFF_WEEKS_A_ROUND * width as f64;
    let mut ensembles = begun;
    for (job, ensemble) in jobs.iter().zip(&mut ensembles) {
        ensemble.make_room(job.runs)?;
    }
    let families = families(jobs, &ensembles, &engine, width as u64);
    loop {
        let parts = next_round(jobs, &families, &ensembles, budget);
        if parts.is_empty() {
            return Ok(ensembles);
        }
        let with_units: Vec<u64> = ensembles.iter().map(|state| state.runs_with_units).collect();
        let work = |tell: &Sender<Done>| {
            let one = |(place, part): (usize, &Part)| {
                run_part(jobs, part, &with_units, &engine, |run, gave| tell.send((place, run, gave)).is_ok())
            };
            in_parallel(parts.iter().enumerate().collect(), one);
        };
        // What is done out of turn waits until it is next of its part.
        let mut waiting: Vec<Waiting> = parts.iter().map(|_| Waiting::new()).collect();
        let mut unfolded = 0.0;
        let take = |(place, run, gave): Done| {
            waiting[place].insert(run, gave);
            unfolded += parts[place].jobs.iter().map(|job| staff_weeks(&jobs[*job].scenario)).sum::<f64>();
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

/// Replicates that have come to an end and are not folded yet, by number: what each job of their part got.
type Waiting = BTreeMap<u64, Vec<Result<Replicate, String>>>;

/// Folds of what waits the replicates that are next, and returns the places of the jobs that grew.
fn fold_those_next(parts: &[Part], waiting: &mut [Waiting], ensembles: &mut [Ensemble]) -> Vec<usize> {
    let mut grown = Vec::new();
    for (part, waiting) in parts.iter().zip(waiting) {
        // The jobs of a part keep step.
        let Some(begun) = part.jobs.first().map(|job| ensembles[*job].runs) else { continue };
        let mut next: Vec<Vec<_>> = part.jobs.iter().map(|_| Vec::new()).collect();
        for gave in (begun..).map_while(|run| waiting.remove(&run)) {
            next.iter_mut().zip(gave).for_each(|(of_job, replicate)| of_job.push(replicate));
        }
        for (job, replicates) in part.jobs.iter().zip(next).filter(|(_, replicates)| !replicates.is_empty()) {
            ensembles[*job].fold(replicates);
            grown.push(*job);
        }
    }
    grown
}

/// The jobs in families that are simulated together, in the order of their first members. Members have the same replicates
/// to go. A family is no larger than leaves every thread several replicates of its like to work on: of all jobs, since with
/// parameters drawn anew for each run families are many, and of one replicate each.
fn families(jobs: &[Job], ensembles: &[Ensemble], engine: &impl Engine, width: u64) -> Vec<Vec<usize>> {
    let (mut families, mut open): (Vec<Vec<usize>>, BTreeMap<_, usize>) = (Vec::new(), BTreeMap::new());
    let unfinished = || jobs.iter().zip(ensembles).enumerate().filter(|(_, (job, state))| state.runs < job.runs);
    let work =
        |(_, (job, state)): (usize, (&Job, &Ensemble))| staff_weeks(&job.scenario) * (job.runs - state.runs) as f64;
    let piece = unfinished().map(work).sum::<f64>() / (PIECES_A_THREAD * width) as f64;
    for (place, (job, state)) in unfinished() {
        let key = engine
            .family(&job.scenario)
            .map(|name| (name, job.seed, job.first, state.runs, job.runs, job.keep != Keep::Outcomes));
        let family = key.and_then(|key| {
            let room = (BYTES_TOGETHER / bytes_in_flight(&job.scenario).max(1)).clamp(1, MOST_TOGETHER);
            let pieces = (piece / staff_weeks(&job.scenario)) as usize;
            open.get(&key).filter(|family| families[**family].len() < room.min(pieces.max(1))).copied()
        });
        match family {
            Some(family) => families[family].push(place),
            None => {
                if let Some(key) = key {
                    open.insert(key, families.len());
                }
                families.push(vec![place]);
            }
        }
    }
    families
}

/// The next replicates to run, in the order of families, as many as `budget` holds (at least 16, so that no thread waits
/// long).
fn next_round<'a>(jobs: &[Job], families: &'a [Vec<usize>], ensembles: &[Ensemble], budget: f64) -> Vec<Part<'a>> {
    const FEWEST: u64 = 16;
    let (mut parts, mut spent, mut count) = (Vec::new(), 0.0, 0);
    for family in families {
        let Some((asked, ensemble)) = family.first().map(|job| (&jobs[*job], &ensembles[*job])) else { continue };
        let left = asked.runs.saturating_sub(ensemble.runs);
        if left == 0 {
            continue;
        }
        if spent >= budget && count >= FEWEST {
            break;
        }
        let cost = (family.len() as f64 * staff_weeks(&asked.scenario)).max(1.0);
        let room = ((budget - spent) / cost).max(0.0) as u64;
        // Weekly series of a round are held until they are folded.
        let with_weeks = MOST_WITH_WEEKS.max(width() as u64).div_ceil(family.len() as u64);
        let room = if asked.keep == Keep::Outcomes { room } else { room.min(with_weeks) };
        let take = left.min(room.max(FEWEST.saturating_sub(count)).max(1));
        parts.push(Part { jobs: family, first: ensemble.runs, last: ensemble.runs + take });
        (spent, count) = (spent + take as f64 * cost, count + take);
    }
    parts
}

/// Runs the replicates of a part, begun in their order, and tells what each gave its jobs until nobody listens.
fn run_part(
    jobs: &[Job],
    part: &Part,
    with_units: &[u64],
    engine: &impl Engine,
    tell: impl Fn(u64, Vec<Result<Replicate, String>>) -> bool + Sync,
) -> bool {
    let columns: Vec<Vec<Outcome>> = part.jobs.iter().map(|job| metrics::outcomes(&jobs[*job].scenario)).collect();
    let scenarios: Vec<&Scenario> = part.jobs.iter().map(|job| &jobs[*job].scenario).collect();
    let together = caught(|| engine.ready(&scenarios));
    let one = |replicate: u64| {
        let luck = |job: &Job| (job.seed, job.first + replicate);
        let measured = |place: usize, pair| {
            let job = &jobs[part.jobs[place]];
            let keep_units = replicate < with_units[part.jobs[place]];
            measure(&job.scenario, &columns[place], keep_units, job.keep != Keep::Outcomes, pair)
        };
        let pairs = together.as_ref().map_err(Clone::clone).and_then(|simulate| {
            let (seed, replicate) = luck(&jobs[part.jobs[0]]);
            caught(|| simulate(seed, replicate))
        });
        let gave = match pairs {
            Ok(pairs) => {
                let each = pairs.into_iter().enumerate();
                each.map(|(place, pair)| caught(|| measured(place, pair))).collect::<Vec<_>>()
            }
            Err(reason) if part.jobs.len() == 1 => vec![Err(reason)],
            // Where one of several fails, each by itself tells which.
            Err(_) => (0..part.jobs.len())
                .map(|place| {
                    let (seed, replicate) = luck(&jobs[part.jobs[place]]);
                    let alone = || engine.ready(&scenarios[place..=place])(seed, replicate).swap_remove(0);
                    caught(|| measured(place, alone()))
                })
                .collect(),
        };
        tell(replicate, gave)
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

    /// With parameters drawn anew for each run every run is a job by itself, and designs of one run have much in common.
    #[test]
    fn designs_of_one_run_are_simulated_together_where_there_are_runs_enough() {
        struct Alike;
        impl Engine for Alike {
            fn ready(&self, _: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<crate::model::Pair> + Sync {
                |_, _| Vec::new()
            }
            fn family(&self, _: &Scenario) -> Option<u64> {
                Some(1)
            }
        }
        let sizes = |draws: u64, threads: u64| {
            let of_draw = |seed| (0..5).map(move |_| Job { seed, ..Job::outcomes(small_scenario(), 1) });
            let jobs: Vec<Job> = (0..draws).flat_map(of_draw).collect();
            let begun: Vec<Ensemble> = jobs.iter().map(Job::empty).collect();
            families(&jobs, &begun, &Alike, threads).iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(sizes(20, 2), [5; 20]);
        // Rather apart than with a thread that waits.
        assert_eq!(sizes(2, 2), [1; 10]);
        assert_eq!(sizes(20, 64), [1; 100]);
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
