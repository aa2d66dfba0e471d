//! Journal: every ensemble of an unfinished experiment on disk, from which the same command goes on.
//!
//! Records are appended, the later one of a key counts, and what a kill left torn at the end is cut off. A record is
//! `key (32 bytes), length of the payload (8), SHA-256 of key and payload (32), payload`.
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

use super::checkpoint::Key;
use crate::ensemble::Ensemble;

/// Bytes of a record before its payload.
const HEAD: usize = 72;

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    file: fs::File,
}

impl Journal {
    /// Opens the journal at `path`, or begins one, and reads what it holds.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written.
    pub fn open(path: &Path) -> io::Result<(Self, BTreeMap<Key, Ensemble>)> {
        let mut file = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (known, whole) = read(&bytes);
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok((Self { file }, known))
    }

    /// Adds `state` under `key`.
    ///
    /// # Errors
    ///
    /// When it cannot be written; what stood there before still counts.
    pub fn add(&mut self, key: Key, state: &Ensemble) -> io::Result<()> {
        let payload = postcard::to_stdvec(state).map_err(io::Error::other)?;
        let mut record = Vec::with_capacity(HEAD + payload.len());
        record.extend_from_slice(key.bytes());
        record.extend_from_slice(&(payload.len() as u64).to_le_bytes());
        record.extend_from_slice(&checksum(key.bytes(), &payload));
        record.extend_from_slice(&payload);
        let place = self.file.stream_position()?;
        self.file.write_all(&record).inspect_err(|_| {
            // Half a record would hide those after it.
            let _ = self.file.set_len(place).and_then(|()| self.file.seek(SeekFrom::Start(place)));
        })
    }

    /// Waits until the disk has it all.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

fn checksum(key: &[u8], payload: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(key);
    hasher.update(payload);
    hasher.finalize().into()
}

/// What `bytes` hold, and how many of them are whole records.
fn read(bytes: &[u8]) -> (BTreeMap<Key, Ensemble>, u64) {
    let (mut known, mut rest) = (BTreeMap::new(), bytes);
    while let Some((key, state, after)) = record(rest) {
        known.insert(key, state);
        rest = after;
    }
    (known, (bytes.len() - rest.len()) as u64)
}

fn record(bytes: &[u8]) -> Option<(Key, Ensemble, &[u8])> {
    let (key, rest) = bytes.split_first_chunk::<32>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<32>()?;
    let (payload, after) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    if checksum(key, payload) != *sum {
        return None;
    }
    let state = postcard::from_bytes::<Ensemble>(payload).ok().filter(Ensemble::is_whole)?;
    Some((Key::from_bytes(*key), state, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::Job,
        experiment::{Simulator, fake::fake},
        metrics::tests::small_scenario,
    };

    fn state(runs: u64) -> Ensemble {
        let job = Job::outcomes(small_scenario(), runs);
        fake(|_, replicate, _, _| replicate as f64).ensembles(&[job]).unwrap().remove(0)
    }

    #[test]
    fn what_was_added_is_found_again_and_a_torn_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (one, two) = (Key::of(&["one"]), Key::of(&["two"]));
        {
            let (mut journal, known) = Journal::open(&path).unwrap();
            assert!(known.is_empty());
            journal.add(one, &state(2)).unwrap();
            journal.add(two, &state(3)).unwrap();
            journal.add(one, &state(5)).unwrap();
        }
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 7]).unwrap();
        let (mut journal, known) = Journal::open(&path).unwrap();
        assert_eq!((known[&one].runs, known[&two].runs), (2, 3));
        journal.add(one, &state(6)).unwrap();
        let (_, known) = Journal::open(&path).unwrap();
        assert_eq!((known[&one].runs, known[&two].runs), (6, 3));
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        Journal::open(&path).unwrap().0.add(Key::of(&["one"]), &state(2)).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(Journal::open(&path).unwrap().1.is_empty());
    }
}
