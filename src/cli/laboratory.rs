//! Whoever simulates for experiments on a command line: on all cores, with progress, remembered, and kept on disk so that
//! a killed experiment goes on where it was.
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    progress::{Progress, stop_request},
    saving::{Saver, quietly},
};
use crate::{
    ensemble::{Ensemble, Job, run_many},
    experiment::{Simulator, Stopped},
    model::Pair,
    output::{checkpoint::Key, journal::Journal},
    scenario::Scenario,
};

/// A simulator with a memory.
pub struct Laboratory<E> {
    engine: E,
    threads: usize,
    build: String,
    known: BTreeMap<Key, Ensemble>,
    journal: Option<Journal>,
    saver: Saver,
    progress: Progress,
    stop: Arc<AtomicBool>,
    /// Runs simulated by this process.
    pub simulated: u64,
    /// Runs found in the journal when it was opened.
    pub found: u64,
    /// Runs that failed, of all ensembles handed out.
    failed: BTreeMap<Key, u64>,
    expected: u64,
}

impl<S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync> Laboratory<E> {
    /// A laboratory that simulates with `engine` on `threads` (0: one for each core), as the program whose digest is
    /// `build`. What `journal` (with what it holds) knows is not simulated again; what is new goes into it every `checkpoint_seconds`.
    pub fn new(
        engine: E,
        threads: usize,
        build: &str,
        journal: Option<(Journal, BTreeMap<Key, Ensemble>)>,
        checkpoint_seconds: f64,
        quiet: bool,
    ) -> Self {
        let (journal, known) = journal.map_or((None, BTreeMap::new()), |(journal, known)| (Some(journal), known));
        let found = known.values().map(|ensemble| ensemble.runs).sum();
        let progress = Progress::new(quiet, 0, 0);
        if found > 0 {
            progress.note(&format!("continuing: {found} runs are already there"));
        }
        Self {
            engine,
            threads,
            build: build.into(),
            known,
            journal,
            saver: Saver::new(checkpoint_seconds),
            progress,
            stop: stop_request(),
            simulated: 0,
            found,
            failed: BTreeMap::new(),
            expected: 0,
        }
    }

    /// Runs that failed in all ensembles handed out.
    pub fn failed(&self) -> u64 {
        self.failed.values().sum()
    }

    /// Says something that is not a result.
    pub fn note(&self, text: &str) {
        self.progress.note(text);
    }

    /// Takes the progress bar away.
    pub fn finish(&self) {
        self.progress.finish();
    }

    fn key(&self, job: &Job) -> Key {
        // Debug text has every digit of every number, and is quicker than TOML where there are thousands of scenarios.
        let mut scenario = job.scenario.clone();
        (scenario.run.runs, scenario.run.seed) = (0, 0);
        Key::of(&[&format!("{scenario:?}"), &format!("{:?} {} {}", job.keep, job.seed, job.first), &self.build])
    }

    /// Simulates `jobs`, no two of which have the same key, from what is known of them.
    fn simulate(&mut self, jobs: &[Job], keys: &[Key]) -> Result<Vec<Ensemble>, Stopped> {
        let begun = jobs.iter().zip(keys).map(|(job, key)| match self.known.get(key) {
            Some(state) if state.runs <= job.runs && state.same_shape(&job.empty()) => state.clone(),
            _ => job.empty(),
        });
        let begun: Vec<Ensemble> = begun.collect();
        let before: u64 = begun.iter().map(|state| state.runs).sum();
        let (saver, journal, progress, stop) = (&mut self.saver, &mut self.journal, &self.progress, &self.stop);
        let already = self.found.max(self.simulated);
        let mut unsaved: BTreeSet<usize> = BTreeSet::new();
        let watch = |grown: &[usize], states: &[Ensemble]| {
            unsaved.extend(grown);
            progress.done(already + states.iter().map(|state| state.runs).sum::<u64>() - before);
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
        let engine = |scenario: &Scenario| {
            let simulate = (self.engine)(scenario);
            move |seed, replicate| quietly(|| simulate(seed, replicate))
        };
        let made = run_many(jobs, begun, self.threads, engine, watch).map_err(Stopped::Failed)?;
        self.simulated += made.iter().map(|state| state.runs).sum::<u64>() - before;
        if made.iter().zip(jobs).any(|(state, job)| state.runs < job.runs) {
            return Err(Stopped::OnRequest);
        }
        // Of single runs, as with parameters drawn anew for each, one may fail like any run of many.
        let fails = |state: &&Ensemble| state.runs > 0 && state.failures.len() as u64 == state.runs;
        let of_many = made.iter().filter(fails).find(|state| state.runs > 1 || made.iter().all(|state| fails(&state)));
        if let Some(first) = of_many.and_then(|state| state.failures.first()) {
            return Err(Stopped::Failed(format!(
                "every run of a scenario failed, the first because: {}",
                first.reason
            )));
        }
        Ok(made)
    }
}

impl<S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync> Simulator for Laboratory<E> {
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
        for (key, state) in wanted_keys.iter().zip(self.simulate(&wanted, &wanted_keys)?) {
            self.failed.insert(*key, state.failures.len() as u64);
            self.known.insert(*key, state);
        }
        let mut answers = Vec::with_capacity(jobs.len());
        for (job, key) in jobs.iter().zip(&keys) {
            match self.known.get(key).and_then(|state| state.first(job.runs)) {
                Some(state) => answers.push(state),
                // Fewer runs than known, with bands, which cannot be taken apart: afresh, beside what is known.
                None => answers.extend(self.simulate(std::slice::from_ref(job), &[Key::of(&["alone"])])?),
            }
        }
        Ok(answers)
    }

    fn expect(&mut self, runs: u64) {
        self.expected += runs;
        self.progress.expect(self.expected, self.found);
    }
}
