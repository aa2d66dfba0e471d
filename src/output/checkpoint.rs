//! Checkpoints: the state of an unfinished ensemble on disk, from which the same command goes on.
use std::{fs, io, path::Path};

use sha2::{Digest, Sha256};

use super::folder::{sync_folder, write_whole};
use crate::ensemble::Ensemble;

/// What a checkpoint belongs to: resolved scenario, seed, precision and program. The number of runs is no part of it, so
/// an interrupted run may be continued to another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of `parts`, in this order.
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The key as bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key whose bytes these are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// A checkpoint as found.
#[derive(Debug)]
pub enum Found {
    /// There is none.
    Nothing,
    /// There is one that cannot be used, and why.
    Unusable(&'static str),
    /// The state to go on from.
    State(Box<Ensemble>),
}

/// Writes `state` so that at any moment either the last checkpoint or this one is there, whole.
///
/// # Errors
///
/// When it cannot be written; the last checkpoint is still there.
pub fn save(path: &Path, key: Key, state: &Ensemble) -> io::Result<()> {
    let payload = postcard::to_stdvec(state).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(64 + payload.len());
    bytes.extend_from_slice(&key.0);
    bytes.extend_from_slice(&Sha256::digest(&payload));
    bytes.extend_from_slice(&payload);
    let fresh = path.with_extension("new");
    let written = write_whole(&fresh, &bytes).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    path.parent().into_iter().for_each(sync_folder);
    written
}

/// Reads the checkpoint at `path`, if it belongs to `key`, is undamaged and fits `empty`, a fresh ensemble of the
/// scenario, and does not go beyond `runs`.
pub fn load(path: &Path, key: Key, empty: &Ensemble, runs: u64) -> Found {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
        Err(_) => return Found::Unusable("cannot be read"),
    };
    let Some(((owner, checksum), payload)) = bytes.split_at_checked(64).map(|(head, rest)| (head.split_at(32), rest))
    else {
        return Found::Unusable("is damaged");
    };
    if owner != key.0 {
        return Found::Unusable("belongs to another scenario, seed, precision or build");
    }
    if checksum != Sha256::digest(payload).as_slice() {
        return Found::Unusable("is damaged");
    }
    match postcard::from_bytes::<Ensemble>(payload) {
        Ok(state) if state.runs > runs => Found::Unusable("holds more runs than asked for"),
        Ok(state) if state.is_whole() && state.same_shape(empty) => Found::State(Box::new(state)),
        _ => Found::Unusable("is damaged"),
    }
}
