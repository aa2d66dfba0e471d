//! How every command that simulates goes about it: take hold of the results folder, go on from the journal, do the work,
//! put the files in place.
use std::io::Write;

use super::{
    Failure,
    laboratory::Laboratory,
    options::Options,
    progress::Progress,
    results::{Made, Results},
};
use crate::{
    ensemble::Engine,
    experiment::Stopped,
    output::{csv::File, journal::Journal, manifest::BUILD},
};

/// Does the `work` that fills `results`, which says what to write; if they are there already, shows them.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written, stand already there for
/// another question, or the work was stopped.
pub(super) fn work<E: Engine>(
    out: &mut dyn Write,
    options: &Options,
    results: &Results,
    engine: E,
    work: impl FnOnce(&mut Laboratory<E>) -> Result<(Vec<File>, Made), Failure>,
) -> Result<(), Failure> {
    let note = |text: &str| note(options.quiet, text);
    let Some(folder) = results.hold()? else {
        note(&results.show_again(out, options.json)?);
        return Ok(());
    };
    let path = folder.journal_path();
    let journal = match Journal::open(&path) {
        Ok((journal, held)) => {
            if held.lost > 0 {
                let what = "was cut short or is damaged, and what cannot be read of it is simulated again";
                note(&format!("the journal {} {what}", path.display()));
            }
            Some((journal, held))
        }
        Err(error) => {
            note(&format!("cannot keep a journal: {error}; the work goes on without"));
            None
        }
    };
    let seconds = options.checkpoint_seconds;
    let mut laboratory = Laboratory::new(engine, options.threads(), BUILD, journal, seconds, options.quiet);
    let made = work(&mut laboratory);
    laboratory.finish();
    drop(laboratory);
    match made {
        Ok((files, made)) => results.finish(out, folder, files, &made)?.iter().for_each(|text| note(text)),
        Err(failure) => {
            folder.release();
            return Err(failure);
        }
    }
    Ok(())
}

/// Says something beside the answer, unless it is to be quiet.
pub(super) fn note(quiet: bool, text: &str) {
    Progress::new(quiet, 0, 0).note(text);
}

/// Why work that made `runs` runs has no answer, as the command says it.
pub(super) fn failure(stopped: Stopped, runs: u64) -> Failure {
    match stopped {
        Stopped::Question(what) => Failure::Input(what),
        Stopped::Failed(what) => Failure::Failed(what),
        Stopped::OnRequest => {
            Failure::Failed(format!("stopped after {runs} runs; the same command continues from there"))
        }
    }
}
