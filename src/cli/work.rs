//! How every command that simulates goes about it: take hold of the results folder, go on from the journal, do the work,
//! put the files in place.
use std::io::Write;

use super::{
    Failure,
    cluster::Estimate,
    laboratory::Laboratory,
    options::Options,
    progress::Progress,
    results::{Made, Results, json_bytes},
};
use crate::{
    ensemble::Engine,
    experiment::Stopped,
    output::{
        csv::File,
        journal::{Held, Journal},
        manifest::BUILD,
        shards::{Shard, Shards, Share},
    },
    phrase::counted,
};

/// What a shard says once there is nothing left to simulate for any of them.
pub(super) const ALL_THERE: &str = "all runs are there";

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
    if options.estimate {
        let mut laboratory = Laboratory::new(engine, options.threads(), BUILD, None, None, 1.0, true);
        laboratory.estimate = Some(Estimate::default());
        let asked = work(&mut laboratory);
        return match (laboratory.estimate, asked) {
            (Some(estimate), _) if estimate.runs > 0 => {
                let json = serde_json::to_string(&estimate).map_err(|error| Failure::Failed(error.to_string()))?;
                Ok(writeln!(out, "{json}")?)
            }
            (_, asked) => asked.map(drop),
        };
    }
    if let Some(shard) = options.shard {
        return match results.share(shard)? {
            Some(share) => share_in(out, options, share, shard, engine, work),
            None => says(out, options, shard, 0),
        };
    }
    let Some(folder) = results.hold()? else {
        note(&results.show_again(out, options.json)?);
        return Ok(());
    };
    let shards = match Shards::left(&folder, &results.share_of(Shard { number: 1, of: 1 })) {
        Ok(shards) => shards,
        Err(what) => {
            folder.release();
            return Err(Failure::Failed(what));
        }
    };
    if shards.as_ref().is_some_and(|shards| shards.lost() > 0) {
        note("a shard's journal was cut short or is damaged, and what cannot be read of it is simulated again");
    }
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
    let mut laboratory = Laboratory::new(engine, options.threads(), BUILD, journal, shards, seconds, options.quiet);
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

/// Does the `share` of the work that is `shard`'s, and says what there is then.
fn share_in<E: Engine>(
    out: &mut dyn Write,
    options: &Options,
    share: Share,
    shard: Shard,
    engine: E,
    work: impl FnOnce(&mut Laboratory<E>) -> Result<(Vec<File>, Made), Failure>,
) -> Result<(), Failure> {
    let path = share.journal_path();
    // What a shard does not keep is lost.
    let (journal, _) =
        Journal::open(&path).map_err(|error| Failure::Failed(format!("cannot keep {}: {error}", path.display())))?;
    let journal = (journal, Held { known: share.begun(), lost: 0 });
    let (shards, seconds) = (Some(share.shards()), options.checkpoint_seconds);
    let mut laboratory =
        Laboratory::new(engine, options.threads(), BUILD, Some(journal), shards, seconds, options.quiet);
    let made = work(&mut laboratory);
    laboratory.finish();
    let awaited = laboratory.awaited;
    drop(laboratory);
    match made {
        Ok(_) => says(out, options, shard, 0),
        Err(_) if awaited > 0 => says(out, options, shard, awaited),
        Err(failure) => {
            share.release();
            Err(failure)
        }
    }
}

/// Says that the share of `shard` is done, of a work that lacks the runs that others are to make.
fn says(out: &mut dyn Write, options: &Options, shard: Shard, awaited: u64) -> Result<(), Failure> {
    let text = match awaited {
        0 => format!("{shard}: {ALL_THERE}; the same command without --shard gives the answer"),
        _ => format!(
            "{shard}: its share is done, and {} of other shards are missing; when they are there, start all shards again \
             in case another stage is needed, or give the same command without --shard for the answer",
            counted(awaited, "run")
        ),
    };
    if options.json {
        out.write_all(&json_bytes(&serde_json::json!({ "shard": shard, "missing": awaited, "says": text })))?;
    } else {
        writeln!(out, "{text}")?;
    }
    Ok(())
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
