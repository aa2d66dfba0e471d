//! Progress on stderr, and a stop on request.
use std::{
    cell::Cell,
    io::{self, IsTerminal, Write},
    rc::Rc,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::host::{self, Host};
use crate::phrase::thousands;

/// Time between two lines of progress where there is no terminal to draw a bar in.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// How long work in flight may take to come to an end after a request to stop; then the program ends all the same, and
/// goes on from its last checkpoint.
const GRACE: Duration = Duration::from_millis(1500);

/// Notes and a bar on stderr, or whatever the [`Host`] makes of them; where stderr is no terminal a line every half minute instead of the bar; nothing with `quiet`.
pub struct Progress {
    bar: ProgressBar,
    host: Option<Rc<dyn Host>>,
    quiet: bool,
    lines: Option<Lines>,
}

/// When the work began, with how many runs, and when the last line was written.
struct Lines {
    begun: Cell<(Instant, u64)>,
    last: Cell<Instant>,
}

impl Progress {
    /// A bar for `runs` runs of which `done` are done.
    pub fn new(quiet: bool, runs: u64, done: u64) -> Self {
        let host = host::here();
        let visible = !quiet && host.is_none() && io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        // Without colour, for everybody: NO_COLOR then needs no further care.
        let style = ProgressStyle::with_template("{pos}/{len} runs [{bar:40}] {eta} left")
            .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
        let bar = ProgressBar::with_draw_target(Some(runs), target).with_style(style).with_position(done);
        bar.reset_eta();
        let now = Instant::now();
        let lines = (!quiet && !visible && host.is_none())
            .then(|| Lines { begun: Cell::new((now, done)), last: Cell::new(now) });
        Self { bar, host, quiet, lines }
    }

    /// So many runs are done.
    pub fn done(&self, runs: u64) {
        self.bar.set_position(runs);
        self.host.iter().for_each(|host| host.progress(runs, self.bar.length().unwrap_or(0)));
        if let Some(lines) = self.lines.as_ref().filter(|lines| lines.last.get().elapsed() >= LINE_EVERY) {
            lines.last.set(Instant::now());
            let (begun, before) = lines.begun.get();
            self.note(&line(runs, before, self.bar.length().unwrap_or(0), begun.elapsed()));
        }
    }

    /// So many runs are expected in all, of which `done` need no doing.
    pub fn expect(&self, runs: u64, done: u64) {
        self.bar.set_length(runs.max(done));
        if self.bar.position() == 0 {
            self.bar.set_position(done);
            self.bar.reset_eta();
            self.lines.iter().for_each(|lines| lines.begun.set((Instant::now(), done)));
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Says something that is not a result.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            match &self.host {
                Some(host) => host.note(text),
                // A closed stderr loses notes and nothing else.
                None => self.bar.suspend(|| drop(writeln!(io::stderr(), "note: {text}"))),
            }
        }
    }
}

/// How far the work is: `runs` are done, of which `before` were there when it began, of `all` where that is known.
fn line(runs: u64, before: u64, all: u64, took: Duration) -> String {
    if all <= runs {
        return format!("{} runs are done", thousands(runs));
    }
    let made = runs.saturating_sub(before);
    let left = if made > 0 {
        format!(", about {} left", about(took.mul_f64((all - runs) as f64 / made as f64)))
    } else {
        String::new()
    };
    format!("{} of {} runs are done{left}", thousands(runs), thousands(all))
}

/// A time as one would say it.
pub(super) fn about(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let (number, unit) = match seconds {
        _ if seconds < 90.0 => (seconds.ceil(), "second"),
        _ if seconds < 5400.0 => ((seconds / 60.0).round(), "minute"),
        _ if seconds < 172_800.0 => ((seconds / 3600.0).round(), "hour"),
        _ => ((seconds / 86_400.0).round(), "day"),
    };
    format!("{number} {unit}{}", if number == 1.0 { "" } else { "s" })
}

/// A flag that rises with the first Ctrl-C or request to end. Work in flight then has a moment to come to an end; after
/// that, or with the second Ctrl-C, the program ends at once, which loses what is newer than the last checkpoint. Inside another
/// program the flag is that one's, and nothing ends but the work.
pub fn stop_request() -> Arc<AtomicBool> {
    if let Some(host) = host::here() {
        return host.stop();
    }
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
            thread::spawn(|| {
                thread::sleep(GRACE);
                let what = "stopped; the same command continues from its last checkpoint, if it had come to one";
                drop(writeln!(io::stderr(), "error: {what}"));
                std::process::exit(1);
            });
        });
        flag
    };
    Arc::clone(FLAG.get_or_init(with_handler))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_and_how_long() {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        assert_eq!(line(12_000, 2_000, 42_000, minutes(2)), "12,000 of 42,000 runs are done, about 6 minutes left");
        assert_eq!(line(2_000, 2_000, 42_000, minutes(2)), "2,000 of 42,000 runs are done");
        assert_eq!(line(900, 0, 0, minutes(2)), "900 runs are done");
    }

    #[test]
    fn times_are_said_in_the_unit_one_would_use() {
        for (seconds, said) in
            [(1, "1 second"), (40, "40 seconds"), (200, "3 minutes"), (7200, "2 hours"), (400_000, "5 days")]
        {
            assert_eq!(about(Duration::from_secs(seconds)), said);
        }
    }
}
