//! Shards: processes that share the work of one results folder, each with a journal of its own.
//!
//! They live in the hidden sibling of the folder, beside the ordinary journal: of shard 2 `shard-2.journal`,
//! `shard-2.json`, which says of what it is a share, and `shard-2.lock`. Whoever shares holds its own lock alone and the folder's
//! together with the others; whoever joins holds the folder's alone, so that nobody joins while a shard is at work.
use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    disk::{Hold, cannot, lock, name, numbers, sibling, write_whole},
    folder::Folder,
    journal::Reading,
    key::Key,
};
use crate::ensemble::Ensemble;

/// Shards of one work, at most.
pub const MOST: u64 = 10_000;

/// One of several that share a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "shard {} of {}", self.number, self.of)
    }
}

/// Of what a journal is a share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Which share of how many.
    pub shard: Shard,
    /// Digest of the program that simulates.
    pub build: String,
    /// Digest of what is asked.
    pub question: String,
}

/// A share of the work for a results folder, held by this process alone until dropped.
#[derive(Debug)]
pub struct Share {
    target: PathBuf,
    partial: PathBuf,
    shard: Shard,
    _locks: [fs::File; 2],
}

impl Share {
    /// Takes hold of the share that `about` says of the work for `target`.
    ///
    /// # Errors
    ///
    /// When the place cannot be written to, the same share is at work already or the folder's results are being written, or
    /// what is there is of another work.
    pub fn hold(target: &Path, about: &About) -> Result<Self, String> {
        let partial = sibling(target)
            .ok_or_else(|| format!("{} cannot be a results folder; name another with --out", target.display()))?;
        fs::create_dir_all(&partial).map_err(|error| cannot("write to", &partial, &error))?;
        let refused = |error: fs::TryLockError, what: String| match error {
            fs::TryLockError::WouldBlock => what,
            fs::TryLockError::Error(error) => cannot("lock", &partial, &error),
        };
        let of_folder = lock(&partial.join("lock"), Hold::Together).map_err(|error| {
            let what = format!("another dewpoint is writing {} at this moment; wait for it", target.display());
            refused(error, what)
        })?;
        let shard = about.shard;
        let own = lock(&partial.join(format!("shard-{}.lock", shard.number)), Hold::Alone).map_err(|error| {
            refused(error, format!("{shard} of {} is at work already; start each shard once", target.display()))
        })?;
        check(&partial, about, true)?;
        let says = serde_json::to_vec(about).map_err(|error| error.to_string())?;
        let (path, fresh) = (partial.join(name(shard.number, "json")), partial.join(name(shard.number, "fresh")));
        // Whole or not at all.
        write_whole(&fresh, &says)
            .and_then(|()| fs::rename(&fresh, &path))
            .map_err(|error| cannot("write", &path, &error))?;
        Ok(Self { target: target.into(), partial, shard, _locks: [of_folder, own] })
    }

    /// Where its journal lives.
    pub fn journal_path(&self) -> PathBuf {
        self.partial.join(name(self.shard.number, "journal"))
    }

    /// What a command that was to do all the work, and was broken off, left of it.
    pub fn begun(&self) -> BTreeMap<Key, Ensemble> {
        Reading::of(&self.partial.join("journal")).map(|journal| journal.all()).unwrap_or_default()
    }

    /// What this share and all others hold by now.
    pub fn shards(&self) -> Shards {
        Shards::of(&self.partial, Some(self.shard))
    }

    /// Lets go after nothing came of it: nothing stays that is of no use.
    pub fn release(self) {
        let target = self.target.clone();
        drop(self);
        if let Ok(folder) = Folder::hold(&target) {
            folder.release();
        }
    }
}

/// What shards hold, read when it is asked for.
#[derive(Debug)]
pub struct Shards {
    /// The one that asks, if it is one.
    pub own: Option<Shard>,
    partial: PathBuf,
    journals: Vec<Reading>,
}

impl Shards {
    fn of(partial: &Path, own: Option<Shard>) -> Self {
        let mut shards = Self { own, partial: partial.into(), journals: Vec::new() };
        shards.look_again();
        shards
    }

    /// What shards left beside the results folder that `folder` holds, where there are any; `about` says what their work is to
    /// be, whatever share it speaks of.
    ///
    /// # Errors
    ///
    /// When one of them is of another work.
    pub fn left(folder: &Folder, about: &About) -> Result<Option<Self>, String> {
        let partial = folder.partial();
        check(partial, about, false)?;
        Ok(Some(Self::of(partial, None)).filter(|shards| !shards.journals.is_empty()))
    }

    /// How many journals there are.
    pub fn count(&self) -> u64 {
        self.journals.len() as u64
    }

    /// Bytes at the ends of journals that cannot be read.
    pub fn lost(&self) -> u64 {
        self.journals.iter().map(|journal| journal.lost).sum()
    }

    /// Looks what has come to the journals.
    pub fn look_again(&mut self) {
        let read = |number: u64| Reading::of(&self.partial.join(name(number, "journal"))).ok();
        self.journals = numbers(&self.partial).into_iter().filter_map(read).collect();
    }

    /// Runs that there are of `key`.
    pub fn runs(&self, key: &Key) -> u64 {
        self.journals.iter().map(|journal| journal.runs(key)).max().unwrap_or(0)
    }

    /// The largest ensemble of `key`.
    pub fn get(&self, key: &Key) -> Option<Ensemble> {
        self.journals.iter().max_by_key(|journal| journal.runs(key))?.get(key)
    }
}

/// Whether what other shards left in `partial` is of the work that `about` says, in as many shares where `alike`.
fn check(partial: &Path, about: &About, alike: bool) -> Result<(), String> {
    for number in numbers(partial) {
        let path = partial.join(name(number, "json"));
        let read = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<About>(&bytes).ok());
        let files = format!("{}/shard-{number}.*", partial.display());
        let Some(other) = read else {
            return Err(format!("{} does not say of what it is a share; remove {files}", path.display()));
        };
        let short = |digest: &str| digest.chars().take(12).collect::<String>();
        let what = match () {
            () if other.question != about.question => {
                "is of another question: use another place with --out, or move it away".to_string()
            }
            () if other.build != about.build => format!(
                "was made by another build of dewpoint ({}, this one is {}), whose runs may be others: use one build for all, \
                 or move it away",
                short(&other.build),
                short(&about.build)
            ),
            () if alike && other.shard.of != about.shard.of => format!(
                "is there, and this is {}, which do not divide the same work: use one number for all, or move it away",
                about.shard
            ),
            () => continue,
        };
        return Err(format!("{}, {files}, {what}", other.shard));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(number: u64, of: u64) -> About {
        About { shard: Shard { number, of }, build: "this".into(), question: "why".into() }
    }

    #[test]
    fn shards_work_side_by_side_and_nobody_joins_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        let one = Share::hold(&target, &about(1, 2)).unwrap();
        let _two = Share::hold(&target, &about(2, 2)).unwrap();
        let again = Share::hold(&target, &about(1, 2)).unwrap_err();
        assert!(again.contains("shard 1 of 2") && again.contains("already"), "{again}");
        let joins = Folder::hold(&target).unwrap_err();
        assert!(joins.contains("shards"), "{joins}");
        drop(one);
        assert!(Share::hold(&target, &about(1, 2)).is_ok());
    }

    #[test]
    fn who_joins_keeps_shards_away() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        let held = Folder::hold(&target).unwrap();
        assert!(Share::hold(&target, &about(1, 2)).unwrap_err().contains("another dewpoint"));
        held.release();
        let share = Share::hold(&target, &about(1, 2)).unwrap();
        share.release();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_of_another_work_is_refused_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        drop(Share::hold(&target, &about(1, 2)).unwrap());
        for (other, says) in [
            (about(2, 3), "shard 2 of 3, which do not divide the same work"),
            (About { build: "that".into(), ..about(2, 2) }, "another build of dewpoint (this, this one is that)"),
            (About { question: "how".into(), ..about(2, 2) }, "another question"),
        ] {
            let refused = Share::hold(&target, &other).unwrap_err();
            assert!(refused.contains(says) && refused.contains("shard-1.*"), "{refused}");
            let held = Folder::hold(&target).unwrap();
            // Who joins takes shares of any size.
            assert_eq!(Shards::left(&held, &other).is_err(), other.shard.of == 2);
        }
        fs::write(sibling(&target).unwrap().join("shard-2.json"), "{").unwrap();
        assert!(Share::hold(&target, &about(1, 2)).unwrap_err().contains("does not say"));
    }
}
