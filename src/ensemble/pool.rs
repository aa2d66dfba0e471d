//! Threads, where there are any: the only ones of all that simulates.
use std::{
    ops::ControlFlow,
    sync::mpsc::{Sender, channel},
};

#[cfg(feature = "cli")]
use rayon::prelude::*;

/// Threads, or the lack of them.
pub(super) struct Pool {
    #[cfg(feature = "cli")]
    threads: Option<rayon::ThreadPool>,
}

#[cfg(feature = "cli")]
impl Pool {
    /// `threads` of its own, or the ones all share for 0.
    pub(super) fn new(threads: usize) -> Result<Self, String> {
        let own = || rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let own = (threads > 0).then(own).transpose();
        own.map(|threads| Self { threads }).map_err(|error| format!("cannot start {threads} threads: {error}"))
    }

    pub(super) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.threads {
            Some(threads) => threads.install(work),
            None => work(),
        }
    }

    /// Does `work` on the threads, and hands over here what it tells of, until that breaks off; then nobody listens.
    pub(super) fn as_they_come<'scope, T: Send + 'scope>(
        &self,
        work: impl FnOnce(&Sender<T>) + Send + 'scope,
        mut take: impl FnMut(T) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (tell, told) = channel();
        let here = |scope: &rayon::Scope<'scope>| {
            scope.spawn(move |_| work(&tell));
            told.into_iter().try_for_each(&mut take)
        };
        match &self.threads {
            Some(threads) => threads.in_place_scope(here),
            None => rayon::in_place_scope(here),
        }
    }

    /// `one` of each number from `first` to `last` - 1, in order.
    pub(super) fn run<T: Send>(&self, first: u64, last: u64, one: impl Fn(u64) -> T + Sync) -> Vec<T> {
        // Counted from 0 as usize: only such ranges keep their order when collected.
        let count = (last - first) as usize;
        let one = |place: usize| one(first + place as u64);
        self.install(|| (0..count).into_par_iter().with_max_len(1).map(one).collect())
    }
}

#[cfg(not(feature = "cli"))]
impl Pool {
    pub(super) fn new(_threads: usize) -> Result<Self, String> {
        Ok(Self {})
    }

    pub(super) fn install<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }

    pub(super) fn as_they_come<T>(
        &self,
        work: impl FnOnce(&Sender<T>),
        take: impl FnMut(T) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (tell, told) = channel();
        work(&tell);
        drop(tell);
        told.into_iter().try_for_each(take)
    }

    pub(super) fn run<T>(&self, first: u64, last: u64, one: impl Fn(u64) -> T) -> Vec<T> {
        (first..last).map(one).collect()
    }
}
