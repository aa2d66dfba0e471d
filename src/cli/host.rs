//! Another program that has the commands inside itself, as the Python package has.
//!
//! It brings scenarios from memory, is told of progress, may ask for a stop, and gets what a command found as data besides the
//! files. It stands for stdout, stderr, Ctrl-C and part of the disk, so it is known to whoever would touch those, on the thread
//! that [`call`]s; no answer depends on it.
use std::{
    cell::RefCell,
    rc::Rc,
    sync::{Arc, atomic::AtomicBool},
};

use clap::Parser;

use super::{Arguments, Failure, execute};
use crate::{experiment::Answer, picture::Picture, table::Table};

/// The program around the commands.
pub trait Host {
    /// The text of the scenario file at `path`, where it is in memory; else the disk is looked at.
    fn text(&self, path: &str) -> Option<String>;

    /// So many runs are done, of so many in all where that is known (0 where it is not).
    fn progress(&self, done: u64, all: u64);

    /// Something is said that is not a result.
    fn note(&self, text: &str);

    /// A flag that, once raised, stops the work as Ctrl-C stops a command: what was simulated is kept beside the results
    /// folder, and the same command goes on from there.
    fn stop(&self) -> Arc<AtomicBool>;

    /// What was found. Not called where the results folder holds the answer already.
    fn found(&self, found: Found);
}

/// What a command found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Finding, sentences and the tables to look at.
    pub answer: Answer,
    /// The tables that are written, each a CSV file.
    pub tables: Vec<Table>,
    /// The pictures of the report, the most important first.
    pub pictures: Vec<Picture>,
}

thread_local! {
    /// The host of the command that this thread is at work on.
    static HOST: RefCell<Option<Rc<dyn Host>>> = const { RefCell::new(None) };
}

/// The host of the command that this thread is at work on, if there is one.
pub fn here() -> Option<Rc<dyn Host>> {
    HOST.with_borrow(Clone::clone)
}

/// Does `work` for `host`: whatever would go to stderr or look for a file goes to it, for as long as this thread is at work.
pub fn within<T>(host: Rc<dyn Host>, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Rc<dyn Host>>);
    impl Drop for Before {
        fn drop(&mut self) {
            HOST.set(self.0.take());
        }
    }
    let _before = Before(HOST.replace(Some(host)));
    work()
}

/// Does the command of `words`, those that would follow `dewpoint` in a shell, for `host`, and returns what it would print.
///
/// # Errors
///
/// As the command: [`Failure::Input`] where what is given is wrong, options too, [`Failure::Failed`] where it could not be done.
pub fn call(host: Rc<dyn Host>, words: &[String]) -> Result<Vec<u8>, Failure> {
    let all = std::iter::once("dewpoint").chain(words.iter().map(String::as_str));
    let arguments = match Arguments::try_parse_from(all) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            let text = error.to_string();
            let text = text.strip_prefix("error: ").unwrap_or(&text);
            return Err(Failure::Input(text.trim_end().into()));
        }
        Err(help) => return Ok(help.to_string().into_bytes()),
    };
    let mut out = Vec::new();
    within(host, || execute(&mut out, arguments.command))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, sync::atomic::Ordering};

    #[derive(Default)]
    struct Around {
        stop: Arc<AtomicBool>,
        done: Cell<(u64, u64)>,
        found: RefCell<Vec<Found>>,
        notes: RefCell<Vec<String>>,
    }

    impl Host for Around {
        fn text(&self, path: &str) -> Option<String> {
            (path == "in memory.toml")
                .then(|| "title = \"Kept\"\n[setting]\nunits = 2\n[[programme]]\nname = \"A\"\n".into())
        }
        fn progress(&self, done: u64, all: u64) {
            self.done.set((done, all));
        }
        fn note(&self, text: &str) {
            self.notes.borrow_mut().push(text.into());
        }
        fn stop(&self) -> Arc<AtomicBool> {
            Arc::clone(&self.stop)
        }
        fn found(&self, found: Found) {
            self.found.borrow_mut().push(found);
        }
    }

    fn words(line: &str) -> Vec<String> {
        line.split('|').map(String::from).collect()
    }

    #[test]
    fn a_command_on_a_scenario_in_memory_tells_what_it_found() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("kept");
        let around = Rc::new(Around::default());
        let line = format!("run|in memory.toml|--runs|6|--no-assumptions|--out|{}", out.display());
        let text = String::from_utf8(call(around.clone(), &words(&line)).unwrap()).unwrap();
        assert!(text.starts_with("Kept\n"), "{text}");
        assert_eq!(around.done.get().0, 6);
        let found = around.found.borrow();
        let names: Vec<&str> = found[0].tables.iter().map(|table| table.name.as_str()).collect();
        assert!(names.contains(&"outcomes") && !found[0].pictures.is_empty(), "{names:?}");
        assert!(here().is_none());
    }

    #[test]
    fn a_raised_flag_stops_the_work_and_wrong_words_are_said_to_be_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let around = Rc::new(Around::default());
        around.stop.store(true, Ordering::SeqCst);
        let line = format!("run|in memory.toml|--runs|500|--out|{}", folder.path().join("kept").display());
        let stopped = call(around.clone(), &words(&line));
        assert!(matches!(&stopped, Err(Failure::Failed(what)) if what.starts_with("stopped after")), "{stopped:?}");
        let wrong = call(around, &words("run|spi1|--runs|0"));
        assert!(matches!(&wrong, Err(Failure::Input(what)) if what.starts_with("invalid value '0'")), "{wrong:?}");
    }
}
