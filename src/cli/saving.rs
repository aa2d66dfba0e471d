//! What a long command does besides its work: it saves what it has, and keeps quiet about a replicate that fails.
use std::{
    cell::Cell,
    sync::Once,
    time::{Duration, Instant},
};

/// Saves checkpoints every few seconds, more rarely where saving takes long.
pub(super) struct Saver {
    every: Duration,
    last: Instant,
    took: Duration,
}

impl Saver {
    pub(super) fn new(seconds: f64) -> Self {
        let every = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(3));
        Self { every, last: Instant::now(), took: Duration::ZERO }
    }

    pub(super) fn is_due(&self) -> bool {
        // At most a tenth of the time goes into checkpoints.
        self.last.elapsed() >= self.every.max(self.took * 10)
    }

    /// Times `save`, which writes a checkpoint.
    pub(super) fn save(&mut self, save: impl FnOnce() -> std::io::Result<()>) -> std::io::Result<()> {
        let begun = Instant::now();
        let saved = save();
        (self.took, self.last) = (begun.elapsed(), Instant::now());
        saved
    }
}

thread_local! {
    /// Whether this thread is inside a replicate.
    static IN_REPLICATE: Cell<bool> = const { Cell::new(false) };
}

/// Does `work` without the usual message should it panic: a failed replicate is reported as a row of its own. Panics of
/// everything else are still heard.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IN_REPLICATE.get() {
                usual(panic);
            }
        }));
    });
    struct Inside;
    impl Drop for Inside {
        fn drop(&mut self) {
            IN_REPLICATE.set(false);
        }
    }
    IN_REPLICATE.set(true);
    let _inside = Inside;
    work()
}
