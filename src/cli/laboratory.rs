//! Whoever simulates for experiments on a command line: on all cores, with progress, remembered, and kept on disk so that
//! a killed experiment goes on where it was.
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
    time::{Duration, Instant},
};

use super::{
    cluster::Estimate,
    memory,
    progress::{Progress, about, stop_request},
    saving::{Saver, quietly},
};
use crate::{
    ensemble::{Engine, Ensemble, Job, STAFF_WEEKS_A_SECOND, run_many, staff_weeks},
    experiment::{Simulator, Stopped},
    model::Pair,
    output::{
        journal::{Held, Journal},
        key::Key,
        manifest::Machine,
        shards::Shards,
    },
    phrase::{counted, thousands},
    scenario::Scenario,
};

/// Work that takes longer is announced.
const LONG: Duration = Duration::from_secs(60);

/// A run that takes longer is not waited for before that is said.
const AT_ONCE: Duration = Duration::from_secs(10);

/// How long it is watched before the rest is estimated.
const ENOUGH_TO_TELL: Duration = Duration::from_secs(1);

/// Bytes of outcomes that are simulated at once where they are not to be remembered; so few in tests that they meet the border.
const BYTES_AT_ONCE: f64 = if cfg!(test) { 40_000.0 } else { 32e6 };

/// How a failure begins when no run of a scenario has come to an end.
pub(super) const EVERY_RUN: &str = "every run of a scenario failed";

/// An engine that keeps quiet about replicates that fail.
pub(super) struct Quiet<'e, E>(pub &'e E);

impl<E: Engine> Engine for Quiet<'_, E> {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let simulate = self.0.ready(scenarios);
        move |seed, replicate| quietly(|| simulate(seed, replicate))
    }

    fn family(&self, scenario: &Scenario) -> Option<u64> {
        self.0.family(scenario)
    }
}

/// A simulator with a memory.
pub struct Laboratory<E> {
    engine: E,
    threads: usize,
    build: String,
    pub(super) known: BTreeMap<Key, Ensemble>,
    journal: Option<Journal>,
    /// What shards hold, where the work is shared.
    pub(super) shards: Option<Shards>,
    /// Runs that others are to make before a shard can go on.
    pub(super) awaited: u64,
    /// Set where nothing is to be simulated, but said what it would take.
    pub(super) estimate: Option<Estimate>,
    saver: Saver,
    progress: Progress,
    stop: Arc<AtomicBool>,
    /// Runs that the answer is made of so far, whoever simulated them and when: the most asked for of each scenario.
    used: BTreeMap<Key, u64>,
    /// Runs that there are of what is asked for, finished ensembles or not.
    reached: u64,
    /// What was found in the journal, until that is said.
    found: BTreeSet<Key>,
    /// Runs that failed, of all ensembles handed out.
    failed: BTreeMap<Key, u64>,
    expected: u64,
    /// Whether it was said how long this takes.
    estimated: bool,
    /// Whether it was said that this takes more memory than is free.
    warned: bool,
}

impl<E: Engine> Laboratory<E> {
    /// A laboratory that simulates with `engine` on `threads` (0: one for each core), as the program whose digest is
    /// `build`. What `journal` (with what it holds) and `shards` know is not simulated again; what is new goes into the
    /// journal every `checkpoint_seconds`.
    pub fn new(
        engine: E,
        threads: usize,
        build: &str,
        journal: Option<(Journal, Held)>,
        shards: Option<Shards>,
        checkpoint_seconds: f64,
        quiet: bool,
    ) -> Self {
        let (journal, known) = journal.map_or((None, BTreeMap::new()), |(journal, held)| (Some(journal), held.known));
        let found = known.keys().copied().collect();
        Self {
            engine,
            threads,
            build: build.into(),
            known,
            journal,
            shards,
            awaited: 0,
            estimate: None,
            saver: Saver::new(checkpoint_seconds),
            progress: Progress::new(quiet, 0, 0),
            stop: stop_request(),
            used: BTreeMap::new(),
            reached: 0,
            found,
            failed: BTreeMap::new(),
            expected: 0,
            estimated: false,
            warned: false,
        }
    }

    /// Runs that failed in all ensembles handed out.
    pub fn failed(&self) -> u64 {
        self.failed.values().sum()
    }

    /// Runs that what was handed out so far is made of.
    pub fn runs(&self) -> u64 {
        self.used.values().sum()
    }

    /// Runs that there are of what was asked for, those of unfinished ensembles too.
    pub fn reached(&self) -> u64 {
        self.reached.max(self.runs())
    }

    /// Says something that is not a result.
    pub fn note(&self, text: &str) {
        self.progress.note(text);
    }

    /// Takes the progress bar away.
    pub fn finish(&self) {
        self.progress.finish();
    }

    /// The ensemble of one job, looked at every so many runs, where that is asked for, and broken off once it is `enough`.
    /// `apart` tells it from the same job under other conditions. It is not remembered: with weekly bands it is large, and
    /// nobody asks for it again.
    ///
    /// # Errors
    ///
    /// As [`Simulator::ensembles`].
    pub fn ensemble(
        &mut self,
        job: &Job,
        apart: &str,
        look_every: Option<u64>,
        enough: impl Fn(&Ensemble) -> bool,
    ) -> Result<Ensemble, Stopped> {
        let key = Key::of(&[&self.key(job).in_words(), apart]);
        self.say_what_is_there(&[key]);
        // Whoever asks for fewer runs than there are begins again: bands cannot be taken apart.
        let fits = |state: &Ensemble| state.runs <= job.runs && state.same_shape(&job.empty());
        let mut state = self.known.remove(&key).filter(fits).unwrap_or_else(|| job.empty());
        while state.runs < job.runs {
            let looked_at = look_every.filter(|every| state.runs > 0 && state.runs.is_multiple_of(*every));
            if looked_at.is_some() && enough(&state) {
                break;
            }
            let next = look_every.map_or(job.runs, |every| (state.runs / every + 1) * every).min(job.runs);
            let part = Job { runs: next, ..job.clone() };
            self.share_ahead(job, look_every, &part, state.runs)?;
            let part = Job { runs: self.at_once(state.runs, next), ..part };
            state = self.make(&[part], &[key], vec![state])?.pop().unwrap_or_else(|| job.empty());
        }
        self.count(key, state.runs, &state);
        Ok(state)
    }

    /// Notes what a handed out ensemble was made of, whether it was simulated now or found: an interrupted experiment is
    /// made of as many runs as an uninterrupted one.
    fn count(&mut self, key: Key, runs: u64, state: &Ensemble) {
        let used = self.used.entry(key).or_default();
        *used = runs.max(*used);
        let failed = self.failed.entry(key).or_default();
        *failed = (state.failures.len() as u64).max(*failed);
    }

    /// Says once that work goes on which was broken off, when the first of what was found is asked for.
    fn say_what_is_there(&mut self, keys: &[Key]) {
        let runs = |key: &Key| self.known.get(key).map_or(0, |state| state.runs);
        let there: u64 = keys.iter().filter(|key| self.found.contains(key)).map(runs).sum();
        if there > 0 {
            self.found.clear();
            self.progress.note(&format!("continuing after {there} runs that are already there"));
        }
    }

    /// Says how long runs will take of which a single one takes so long that it cannot be waited for to tell.
    fn say_how_long<'s>(&mut self, runs: impl Iterator<Item = (&'s Scenario, u64)>) {
        let (mut longest, mut all, mut many) = (0.0, 0.0, 0);
        for (scenario, count) in runs {
            let one = staff_weeks(scenario) / STAFF_WEEKS_A_SECOND;
            (longest, all, many) = (one.max(longest), all + one * count as f64, many + count);
        }
        // More threads than cores are no faster.
        let cores = available_parallelism().map_or(1, usize::from);
        let threads = Machine::here(self.threads).threads.min(cores).min(many as usize).max(1);
        let all = Duration::try_from_secs_f64(all / threads as f64).unwrap_or(Duration::MAX);
        if !self.estimated && longest > AT_ONCE.as_secs_f64() && all > LONG {
            let size = thousands((longest * STAFF_WEEKS_A_SECOND) as u64);
            let runs = counted(many, "run");
            self.progress
                .note(&format!("{runs} of up to {size} staff-weeks each, at the usual pace about {}", about(all)));
        }
    }

    fn key(&self, job: &Job) -> Key {
        self.key_with(&digest_of(&job.scenario), job)
    }

    /// The key of `job`, whose scenario has this digest.
    pub(super) fn key_with(&self, scenario: &str, job: &Job) -> Key {
        Key::of(&[scenario, &format!("{:?} {} {}", job.keep, job.seed, job.first), &self.build])
    }

    /// Makes `jobs`, no two of which have the same key, each from where `begun` left it: simulated, or put together of what
    /// shards made.
    fn make(&mut self, jobs: &[Job], keys: &[Key], begun: Vec<Ensemble>) -> Result<Vec<Ensemble>, Stopped> {
        let made = match self.shards {
            Some(_) => self.put_together(jobs, begun)?,
            None => self.simulate(jobs, keys, begun)?,
        };
        // Of single runs, as with parameters drawn anew for each, one may fail like any run of many.
        let fails = |state: &&Ensemble| state.runs > 0 && state.failures.len() as u64 == state.runs;
        let of_many = made.iter().filter(fails).find(|state| state.runs > 1 || made.iter().all(|state| fails(&state)));
        if let Some(first) = of_many.and_then(|state| state.failures.first()) {
            return Err(Stopped::Failed(format!("{EVERY_RUN}, the first because: {}", first.reason)));
        }
        Ok(made)
    }

    /// Simulates `jobs`, no two of which have the same key, each from where `begun` left it.
    pub(super) fn simulate(
        &mut self,
        jobs: &[Job],
        keys: &[Key],
        begun: Vec<Ensemble>,
    ) -> Result<Vec<Ensemble>, Stopped> {
        let left = |(job, state): (&Job, &Ensemble)| job.runs.saturating_sub(state.runs);
        let to_do: u64 = jobs.iter().zip(&begun).map(left).sum();
        if let Some(estimate) = &mut self.estimate {
            let work: f64 = jobs.iter().map(|job| job.runs as f64 * staff_weeks(&job.scenario)).sum();
            let runs = to_do.max(self.expected);
            let seconds = work / STAFF_WEEKS_A_SECOND * runs as f64 / to_do.max(1) as f64;
            *estimate =
                Estimate { runs, seconds, bytes: memory::bytes(jobs, Machine::here(self.threads).threads as f64).1 };
            return Err(Stopped::OnRequest);
        }
        if to_do > 0 {
            let beyond = memory::look_ahead(jobs, self.threads)?.filter(|_| !self.warned);
            self.warned |= beyond.is_some();
            beyond.iter().for_each(|text| self.progress.note(text));
            self.say_how_long(jobs.iter().zip(&begun).map(|(job, state)| (&job.scenario, left((job, state)))));
        }
        // What comes after this belongs to the time it takes.
        let in_all = to_do.max(self.expected.saturating_sub(self.reached()));
        let there: u64 = begun.iter().map(|state| state.runs).sum();
        let started = Instant::now();
        // Runs of other ensembles, and of these as far as they were counted before.
        let counted: u64 = keys.iter().filter_map(|key| self.used.get(key)).sum();
        let beside = self.runs() - counted;
        let (saver, journal, progress, stop) = (&mut self.saver, &mut self.journal, &self.progress, &self.stop);
        let (reached, estimated, mut looked) = (&mut self.reached, &mut self.estimated, false);
        let mut unsaved: BTreeSet<usize> = BTreeSet::new();
        let watch = |grown: &[usize], states: &[Ensemble]| {
            unsaved.extend(grown);
            *reached = beside + states.iter().map(|state| state.runs).sum::<u64>();
            progress.done(*reached);
            let took = started.elapsed();
            let made = states.iter().map(|state| state.runs).sum::<u64>() - there;
            if !*estimated && !looked && took >= ENOUGH_TO_TELL && made > 0 {
                let all = took.mul_f64(in_all as f64 / made as f64);
                looked = true;
                if all > LONG {
                    *estimated = true;
                    progress.note(&format!("{} runs, at this pace about {}", thousands(in_all), about(all)));
                }
            }
            let stopping = stop.load(Ordering::SeqCst);
            let finished = states.iter().zip(jobs).all(|(state, job)| state.runs >= job.runs);
            if (stopping || finished || saver.is_due())
                && let Some(journal) = journal
            {
                let save = || {
                    unsaved.iter().try_for_each(|&place| journal.add(keys[place], &states[place]))?;
                    journal.sync()
                };
                if let Err(error) = saver.save(save) {
                    progress.note(&format!("cannot save a checkpoint: {error}; the work goes on without"));
                }
                unsaved.clear();
            }
            if stopping { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let made = run_many(jobs, begun, self.threads, Quiet(&self.engine), watch).map_err(Stopped::Failed)?;
        if made.iter().zip(jobs).any(|(state, job)| state.runs < job.runs) {
            return Err(Stopped::OnRequest);
        }
        Ok(made)
    }
}

/// What tells `scenario` from every other, its seed and number of runs aside.
pub(super) fn digest_of(scenario: &Scenario) -> String {
    // Debug text has every digit of every number, and is quicker than TOML where there are thousands of scenarios.
    let mut scenario = scenario.clone();
    (scenario.run.runs, scenario.run.seed) = (0, 0);
    Key::of(&[&format!("{scenario:?}")]).in_words()
}

impl<E: Engine> Simulator for Laboratory<E> {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let keys: Vec<Key> = jobs.iter().map(|job| self.key(job)).collect();
        // Of the same scenario asked for twice only the larger is simulated; it holds the smaller.
        let mut largest: BTreeMap<Key, usize> = BTreeMap::new();
        for (place, (job, key)) in jobs.iter().zip(&keys).enumerate() {
            let known = self.known.get(key).is_some_and(|state| state.first(job.runs).is_some());
            if !known && largest.get(key).is_none_or(|&other| jobs[other].runs < job.runs) {
                largest.insert(*key, place);
            }
        }
        // In the order of the jobs, not of their keys: progress and interruptions then make sense to people.
        let mut places: Vec<usize> = largest.into_values().collect();
        places.sort_unstable();
        let wanted: Vec<Job> = places.iter().map(|&place| jobs[place].clone()).collect();
        let wanted_keys: Vec<Key> = places.iter().map(|&place| keys[place]).collect();
        self.say_what_is_there(&keys);
        let begun = wanted.iter().zip(&wanted_keys).map(|(job, key)| match self.known.get(key) {
            Some(state) if state.runs <= job.runs && state.same_shape(&job.empty()) => state.clone(),
            _ => job.empty(),
        });
        let begun = begun.collect();
        for (key, state) in wanted_keys.iter().zip(self.make(&wanted, &wanted_keys, begun)?) {
            self.known.insert(*key, state);
        }
        let mut answers = Vec::with_capacity(jobs.len());
        for (job, key) in jobs.iter().zip(&keys) {
            let state = match self.known.get(key).and_then(|state| state.first(job.runs)) {
                Some(state) => state,
                // Fewer runs than known, with bands, which cannot be taken apart: afresh, beside what is known.
                None => {
                    let alone = Key::of(&["alone", &key.in_words(), &job.runs.to_string()]);
                    let made = self.make(std::slice::from_ref(job), &[alone], vec![job.empty()])?.pop();
                    made.ok_or_else(|| Stopped::Failed("nothing was simulated".into()))?
                }
            };
            self.count(*key, job.runs, &state);
            answers.push(state);
        }
        Ok(answers)
    }

    fn each_ensemble(
        &mut self,
        jobs: &[Job],
        take: &mut dyn FnMut(usize, Ensemble) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        // Shards and estimates look at all of it at once.
        let at_once = if self.shards.is_some() || self.estimate.is_some() { f64::INFINITY } else { BYTES_AT_ONCE };
        let keys: Vec<Key> = jobs.iter().map(|job| self.key(job)).collect();
        self.say_what_is_there(&keys);
        let last: BTreeMap<Key, usize> = keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        let mut began = 0;
        while began < jobs.len() {
            let mut bytes = 0.0;
            let fits = |job: &&Job| {
                let empty = job.empty();
                bytes += job.runs as f64 * (8 * empty.programmes * empty.metrics + 4 * empty.weekly_a_run) as f64;
                bytes <= at_once
            };
            let ended = began + jobs[began..].iter().take_while(fits).count().max(1);
            for (place, ensemble) in (began..ended).zip(self.ensembles(&jobs[began..ended])?) {
                take(place, ensemble)?;
                // A scenario that is asked for again is remembered until then.
                if last.get(&keys[place]) == Some(&place) {
                    self.known.remove(&keys[place]);
                }
            }
            began = ended;
        }
        Ok(())
    }

    fn expect(&mut self, runs: u64) {
        // A shard makes its share of them.
        self.expected += self.shards.as_ref().and_then(|shards| shards.own).map_or(runs, |own| runs.div_ceil(own.of));
        self.progress.expect(self.expected, self.reached());
    }
}
