//! Shares: work that is cut into blocks of replicates, which shards make apart and one command puts together.
//!
//! A block is sixteen replicates of one job, counted from the job's first, and is kept under a key of its own. What a shard
//! is dealt depends on what is asked alone, so nobody needs to be told; and since a block is found by what is in it, one
//! that is lost, short or made twice costs time and changes no bit.
use std::collections::BTreeMap;

use super::laboratory::{Laboratory, digest_of};
use crate::{
    ensemble::{Engine, Ensemble, Job, Keep},
    experiment::Stopped,
    output::{
        key::Key,
        shards::{Shard, Shards},
    },
    phrase::{counted, thousands},
};

/// Replicates of a block.
const BLOCK: u64 = 16;

/// Blocks with weekly series that are in memory at once.
const MOST_WITH_WEEKS: usize = 64;

/// Blocks of scenarios that have much in common and so are dealt to one shard, at most.
const MOST_TOGETHER: usize = 32;

/// Stretches of blocks that each shard is at least dealt, where there are enough, so that none waits long for another.
const STRETCHES: usize = 4;

/// A block to be made.
struct Block {
    /// Of which job, by its place.
    place: usize,
    /// Number of its first replicate in the job.
    from: u64,
    /// So many of its replicates.
    job: Job,
    key: Key,
}

impl Block {
    /// The ensemble of none of it yet: it keeps units of those runs of which the whole does.
    fn empty(&self, whole: &Ensemble) -> Ensemble {
        let runs_with_units = whole.runs_with_units.saturating_sub(self.from).min(BLOCK);
        Ensemble { runs_with_units, ..self.job.empty() }
    }
}

impl<E: Engine> Laboratory<E> {
    /// Up to which run an ensemble at `runs` that is to come to `next` goes on at once: no further than memory holds the weeks
    /// of each run by itself.
    pub(super) fn at_once(&self, runs: u64, next: u64) -> u64 {
        let most = (runs / BLOCK + MOST_WITH_WEEKS as u64) * BLOCK;
        if self.shards.is_some() { next.min(most) } else { next }
    }

    /// A shard's share of one `job` that is looked at every so many runs, where that is asked for, of which `next` is the next
    /// part, after `runs`: all of it, or twice as much as there is, so that a few stages are enough.
    pub(super) fn share_ahead(
        &mut self,
        job: &Job,
        look_every: Option<u64>,
        next: &Job,
        runs: u64,
    ) -> Result<(), Stopped> {
        let Some(own) = self.shards.as_ref().and_then(|shards| shards.own) else { return Ok(()) };
        let whole = std::slice::from_ref(next);
        if self.lacking(&self.blocks(whole, &[runs])) == 0 {
            return Ok(());
        }
        let ahead = look_every.map_or(job.runs, |every| (every * own.of).max(2 * runs));
        let ahead = Job { runs: ahead.max(next.runs).min(job.runs), ..job.clone() };
        self.share(own, &[ahead], &[next.empty()], &[runs])
    }

    /// Puts `jobs` together of blocks, each from where `begun` left it. What is missing is simulated; a shard simulates its
    /// share of it and stops there, unless the others have made theirs.
    pub(super) fn put_together(&mut self, jobs: &[Job], begun: Vec<Ensemble>) -> Result<Vec<Ensemble>, Stopped> {
        let from: Vec<u64> = begun.iter().map(|state| state.runs).collect();
        let own = self.shards.as_ref().and_then(|shards| shards.own);
        let blocks = self.blocks(jobs, &from);
        let mut made = BTreeMap::new();
        match own {
            Some(own) => {
                if self.lacking(&blocks) > 0 {
                    self.share(own, jobs, &begun, &from)?;
                }
                self.awaited = self.lacking(&blocks);
                if self.awaited > 0 {
                    return Err(Stopped::OnRequest);
                }
            }
            None => {
                let missing: Vec<&Block> = blocks.iter().filter(|block| self.there(block) < block.job.runs).collect();
                let text = self.what_is_missing(&blocks);
                made = self.simulate_blocks(&missing, &begun, text)?;
            }
        }
        let mut states = begun;
        for block in &blocks {
            let state = &mut states[block.place];
            let cut = |held: &Ensemble| held.between(state.runs - block.from, block.job.runs);
            let piece = made.get(&block.key).map_or_else(|| cut(&self.held(block)?), cut);
            let whole = std::mem::replace(state, jobs[block.place].empty());
            let grown = piece.and_then(|piece| whole.followed_by(&piece));
            *state = grown.ok_or_else(|| {
                Stopped::Failed("a journal of a shard changed while it was read; run the same command again".into())
            })?;
        }
        Ok(states)
    }

    /// The blocks of `jobs` after the first `from` runs of each, by job and place in it.
    fn blocks(&self, jobs: &[Job], from: &[u64]) -> Vec<Block> {
        let of_job = |(place, (job, from)): (usize, (&Job, &u64))| {
            let keep = if job.keep == Keep::Everything { Keep::EachWeek } else { job.keep };
            let (numbers, scenario) = (from / BLOCK..job.runs.div_ceil(BLOCK), digest_of(&job.scenario));
            let block = |number: u64| {
                let from = number * BLOCK;
                let job = Job { first: job.first + from, runs: BLOCK.min(job.runs - from), keep, ..job.clone() };
                Block { place, from, key: self.key_with(&scenario, &job), job }
            };
            numbers.map(block).collect::<Vec<_>>()
        };
        jobs.iter().zip(from).enumerate().flat_map(of_job).collect()
    }

    /// Runs of `block` that there are.
    fn there(&self, block: &Block) -> u64 {
        let known = self.known.get(&block.key).map_or(0, |state| state.runs);
        known.max(self.shards.as_ref().map_or(0, |shards| shards.runs(&block.key)))
    }

    /// Runs that `blocks` lack.
    fn lacking(&self, blocks: &[Block]) -> u64 {
        blocks.iter().map(|block| block.job.runs.saturating_sub(self.there(block))).sum()
    }

    /// The most that there is of `block`.
    fn held(&self, block: &Block) -> Option<Ensemble> {
        let known = self.known.get(&block.key);
        let of_shards = self.shards.as_ref().filter(|shards| shards.runs(&block.key) > known.map_or(0, |one| one.runs));
        of_shards.map_or_else(|| known.cloned(), |shards| shards.get(&block.key))
    }

    /// Simulates the share of shard `own` of `jobs`, of which each has the shape of `wholes` and needs what comes after `from`.
    fn share(&mut self, own: Shard, jobs: &[Job], wholes: &[Ensemble], from: &[u64]) -> Result<(), Stopped> {
        // Dealt as if there were nothing yet, so that every shard deals the same, whatever it found.
        let all = self.blocks(jobs, &vec![0; jobs.len()]);
        let dealt = dealt(&all, own);
        let needed = |block: &&Block| block.from + BLOCK > from[block.place] && self.there(block) < block.job.runs;
        let share: Vec<&Block> = dealt.iter().copied().filter(needed).collect();
        let there: u64 = dealt.iter().map(|block| self.there(block)).sum();
        let mut text =
            (there > 0).then(|| format!("continuing after {} that are already there", counted(there, "run")));
        let at_once = if jobs.iter().any(|job| job.keep == Keep::Everything) { MOST_WITH_WEEKS } else { usize::MAX };
        // They are in the journal of the shard then, and read from there.
        for blocks in share.chunks(at_once) {
            self.simulate_blocks(blocks, wholes, text.take())?;
        }
        if !share.is_empty() || self.lacking(&all) > 0 {
            self.shards.iter_mut().for_each(Shards::look_again);
        }
        if share.iter().any(|block| self.there(block) < block.job.runs) {
            let what = "what this shard simulated could not be kept; make room on the disk and start it again";
            return Err(Stopped::Failed(what.into()));
        }
        Ok(())
    }

    /// Simulates what is missing of `blocks`, of jobs with the shape of `wholes`, after saying `text`.
    fn simulate_blocks(
        &mut self,
        blocks: &[&Block],
        wholes: &[Ensemble],
        text: Option<String>,
    ) -> Result<BTreeMap<Key, Ensemble>, Stopped> {
        text.iter().for_each(|text| self.note(text));
        // Two jobs may have replicates in common; the more of a block is the one to make.
        let mut most: BTreeMap<Key, u64> = BTreeMap::new();
        for block in blocks {
            let runs = most.entry(block.key).or_default();
            *runs = block.job.runs.max(*runs);
        }
        let (mut jobs, mut keys, mut begun): (Vec<Job>, Vec<Key>, Vec<Ensemble>) = Default::default();
        for block in blocks {
            let Some(runs) = most.remove(&block.key) else { continue };
            let empty = block.empty(&wholes[block.place]);
            begun.push(self.held(block).filter(|held| held.same_shape(&empty)).unwrap_or(empty));
            jobs.push(Job { runs, ..block.job.clone() });
            keys.push(block.key);
        }
        if jobs.is_empty() {
            return Ok(BTreeMap::new());
        }
        let made = self.simulate(&jobs, &keys, begun)?;
        Ok(keys.into_iter().zip(made).collect())
    }

    /// What to say of `blocks` where shards have not made all of them.
    fn what_is_missing(&self, blocks: &[Block]) -> Option<String> {
        let (all, lacking): (u64, u64) = (blocks.iter().map(|block| block.job.runs).sum(), self.lacking(blocks));
        let (there, runs) = (thousands(all - lacking), counted(all, "run"));
        let shards = counted(self.shards.as_ref().map_or(0, Shards::count), "shard");
        let text =
            format!("{there} of {runs} are there from {shards}; {} are missing and simulated now", thousands(lacking));
        (lacking > 0).then_some(text)
    }
}

/// The blocks that are dealt to shard `own` of `all`: in turn, by their place in the job and then by job, so that those of
/// scenarios which have much in common stay together, in stretches where there are many.
fn dealt(all: &[Block], own: Shard) -> Vec<&Block> {
    let jobs = all.last().map_or(0, |block| block.place + 1);
    let mut order: Vec<&Block> = all.iter().collect();
    order.sort_by_key(|block| (block.from, block.place));
    // One job that is asked for in parts is dealt alike whatever the part.
    let stretch = if jobs == 1 { 1 } else { (all.len() / (own.of as usize * STRETCHES)).clamp(1, MOST_TOGETHER) };
    // Whoever is first differs from question to question, so that a single run is not always dealt to the same.
    let first = all.first().map_or(0, |block| u64::from(block.key.bytes()[0]));
    let is_dealt = |(number, _): &(usize, &Block)| (first + (number / stretch) as u64) % own.of == own.number - 1;
    order.into_iter().enumerate().filter(is_dealt).map(|(_, block)| block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::tests::wobbling, metrics::tests::small_scenario, output::manifest::BUILD, scenario::Scenario,
    };

    fn laboratory() -> Laboratory<impl Engine> {
        let engine = |scenario: &Scenario| {
            let scenario = scenario.clone();
            move |_: u64, replicate: u64| wobbling(&scenario, replicate)
        };
        Laboratory::new(engine, 1, BUILD, None, None, 1.0, true)
    }

    #[test]
    fn every_block_is_dealt_once_and_no_shard_is_left_out() {
        let of_runs = |runs: u64, count: u64| -> Vec<Job> {
            let job = |seed| Job { seed, ..Job::outcomes(small_scenario(), runs) };
            (0..count).map(job).collect()
        };
        for (jobs, fewest) in [(of_runs(200, 1), 4), (of_runs(100, 2), 4), (of_runs(2, 300), 90), (of_runs(7, 1), 0)] {
            let blocks = laboratory().blocks(&jobs, &vec![0; jobs.len()]);
            let shares: Vec<Vec<&Block>> = (1..=3).map(|number| dealt(&blocks, Shard { number, of: 3 })).collect();
            let mut keys: Vec<Key> = shares.iter().flatten().map(|block| block.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!((keys.len(), shares.iter().map(Vec::len).sum()), (blocks.len(), blocks.len()));
            assert!(shares.iter().all(|share| share.len() >= fewest), "{} blocks", blocks.len());
            let runs: u64 = blocks.iter().map(|block| block.job.runs).sum();
            assert_eq!(runs, jobs.iter().map(|job| job.runs).sum::<u64>());
        }
    }

    #[test]
    fn a_job_that_is_asked_for_in_parts_is_dealt_alike() {
        let dealt_of = |runs: u64| -> Vec<Key> {
            let blocks = laboratory().blocks(&[Job::outcomes(small_scenario(), runs)], &[0]);
            dealt(&blocks, Shard { number: 2, of: 3 }).iter().map(|block| block.key).collect()
        };
        assert!(dealt_of(900).starts_with(&dealt_of(300)) && dealt_of(300).len() >= 6);
    }
}
