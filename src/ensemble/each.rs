//! The same for each of many things, on all cores.

#[cfg(feature = "cli")]
use rayon::prelude::*;

/// What `one` makes of each number below `count`, in their order, whatever the number of threads.
#[cfg(feature = "cli")]
pub fn each<T: Send>(count: usize, one: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..count).into_par_iter().map(one).collect()
}

/// What `one` makes of each number below `count`, in their order.
#[cfg(not(feature = "cli"))]
pub fn each<T: Send>(count: usize, one: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..count).map(one).collect()
}
