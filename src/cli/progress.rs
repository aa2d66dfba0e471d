//! Progress on stderr, and a stop on request.
use std::{
    io::{self, IsTerminal, Write},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Notes and a bar on stderr; both silent with `quiet`, the bar also where stderr is no terminal.
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    /// A bar for `runs` runs of which `done` are done.
    pub fn new(quiet: bool, runs: u64, done: u64) -> Self {
        let visible = !quiet && io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        // Without colour, for everybody: NO_COLOR then needs no further care.
        let style = ProgressStyle::with_template("{pos}/{len} runs [{bar:40}] {eta} left")
            .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
        let bar = ProgressBar::with_draw_target(Some(runs), target).with_style(style).with_position(done);
        bar.reset_eta();
        Self { bar, quiet }
    }

    /// So many runs are done.
    pub fn done(&self, runs: u64) {
        self.bar.set_position(runs);
    }

    /// So many runs are expected in all, of which `done` need no doing.
    pub fn expect(&self, runs: u64, done: u64) {
        self.bar.set_length(runs.max(done));
        if self.bar.position() == 0 {
            self.bar.set_position(done);
            self.bar.reset_eta();
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Says something that is not a result.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            // A closed stderr loses notes and nothing else.
            self.bar.suspend(|| drop(writeln!(io::stderr(), "note: {text}")));
        }
    }
}

/// A flag that rises with the first Ctrl-C; the second ends the program at once, which loses little.
pub fn stop_request() -> Arc<AtomicBool> {
    // One for the whole process: only the first handler counts.
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let with_handler = || {
        let flag = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&flag);
        // Where no handler can be set, Ctrl-C ends the program at once, as ever.
        let _ = ctrlc::set_handler(move || {
            if raised.swap(true, Ordering::SeqCst) {
                std::process::exit(1);
            }
        });
        flag
    };
    Arc::clone(FLAG.get_or_init(with_handler))
}
