//! Journal: every ensemble of unfinished work on disk, from which the same command goes on.
//!
//! Records are appended, each with what is new since the one before of its key, and what a kill left torn at the end is
//! cut off. A record is `key (32 bytes), length of the payload (8), SHA-256 of key and payload (32), payload`, the payload
//! the number of runs before it and what was added to them. Weekly bands are kept whole each time; once more than half of
//! the file is bands that newer ones replace, it is written anew without them.
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{disk::sync_folder, key::Key};
use crate::ensemble::Ensemble;

/// Bytes of a record before its payload.
const HEAD: usize = 72;

/// Bytes of replaced records that are not worth writing the file anew.
const NOT_WORTH_IT: u64 = 4 << 20;

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: fs::File,
    kept: Kept,
    /// Bytes of the records that count.
    counts: u64,
}

/// Runs that a file holds of each key, and its records that count: where they begin, and how long they are.
type Kept = BTreeMap<Key, (u64, Vec<(u64, u64)>)>;

/// What a journal held when it was opened.
#[derive(Debug, Default)]
pub struct Held {
    /// The ensembles.
    pub known: BTreeMap<Key, Ensemble>,
    /// Bytes at its end that could not be read and were cut off: it was torn by a kill, or is damaged.
    pub lost: u64,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    /// Runs of the key before this record; 0 where it replaces them all.
    before: u64,
    added: Ensemble,
}

impl Journal {
    /// Opens the journal at `path`, or begins one, and reads what it holds.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written.
    pub fn open(path: &Path) -> io::Result<(Self, Held)> {
        let mut file = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut journal = Self { path: path.into(), file, kept: BTreeMap::new(), counts: 0 };
        let (mut held, mut rest) = (Held::default(), &bytes[..]);
        while let Some((key, payload, after)) = record(rest) {
            let known = held.known.remove(&key);
            let (before, added) = (payload.before, payload.added);
            let state = match known {
                _ if before == 0 => Some(added).filter(Ensemble::is_whole),
                Some(known) if known.runs == before => known.grown_by(added),
                _ => None,
            };
            let Some(state) = state else { break };
            let (place, length) = ((bytes.len() - rest.len()) as u64, (rest.len() - after.len()) as u64);
            journal.keep(key, before, state.runs, (place, length));
            held.known.insert(key, state);
            rest = after;
        }
        held.lost = rest.len() as u64;
        let whole = bytes.len() as u64 - held.lost;
        journal.file.set_len(whole)?;
        journal.file.seek(SeekFrom::Start(whole))?;
        Ok((journal, held))
    }

    /// Adds what is new of `state` under `key`.
    ///
    /// # Errors
    ///
    /// When it cannot be written; what stood there before still counts.
    pub fn add(&mut self, key: Key, state: &Ensemble) -> io::Result<()> {
        let kept = self.kept.get(&key).map_or(0, |(runs, _)| *runs);
        // Bands stand whole in every record, so the newest alone would do; without bands, only what is new is added.
        let before = if kept > state.runs || state.bands.weeks() > 0 { 0 } else { kept };
        if kept == state.runs && kept > 0 {
            return Ok(());
        }
        let payload = Payload { before, added: state.since(before) };
        let payload = postcard::to_stdvec(&payload).map_err(io::Error::other)?;
        let mut bytes = Vec::with_capacity(HEAD + payload.len());
        bytes.extend_from_slice(key.bytes());
        bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&checksum(key.bytes(), &payload));
        bytes.extend_from_slice(&payload);
        let place = self.file.stream_position()?;
        self.file.write_all(&bytes).inspect_err(|_| {
            // Half a record would hide those after it.
            let _ = self.file.set_len(place).and_then(|()| self.file.seek(SeekFrom::Start(place)));
        })?;
        self.keep(key, before, state.runs, (place, bytes.len() as u64));
        let replaced = (place + bytes.len() as u64).saturating_sub(self.counts);
        if replaced > self.counts + NOT_WORTH_IT { self.write_anew() } else { Ok(()) }
    }

    /// Remembers a record. What counts is kept as a sum: there may be a hundred thousand keys.
    fn keep(&mut self, key: Key, before: u64, runs: u64, record: (u64, u64)) {
        self.counts += record.1;
        self.counts -= keep(&mut self.kept, key, before, runs, record);
    }

    /// Waits until the disk has it all.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Writes the records that count to a file of their own, which takes the place of the journal once it is whole.
    fn write_anew(&mut self) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut file = fs::OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&fresh)?;
        let (mut kept, mut end) = (self.kept.clone(), 0);
        let written = (|| {
            for (place, length) in kept.values_mut().flat_map(|(_, records)| records) {
                self.file.seek(SeekFrom::Start(*place))?;
                io::copy(&mut (&self.file).take(*length), &mut file)?;
                (*place, end) = (end, end + *length);
            }
            file.sync_all()?;
            fs::rename(&fresh, &self.path)
        })();
        if let Err(error) = written {
            let _ = fs::remove_file(&fresh);
            self.file.seek(SeekFrom::End(0))?;
            return Err(error);
        }
        self.path.parent().into_iter().for_each(sync_folder);
        (self.file, self.kept) = (file, kept);
        Ok(())
    }
}

/// A journal that is only read, and of that only what is asked for; another process may be at work on it.
#[derive(Debug)]
pub struct Reading {
    path: PathBuf,
    kept: Kept,
    /// Bytes at its end that cannot be read.
    pub lost: u64,
}

impl Reading {
    /// Reads what the journal at `path` holds of what.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = fs::File::open(path)?;
        let size = file.metadata()?.len();
        let (mut file, mut kept, mut place) = (io::BufReader::new(file), Kept::new(), 0);
        let mut bytes = vec![0; HEAD];
        while place + HEAD as u64 <= size {
            bytes.resize(HEAD, 0);
            file.read_exact(&mut bytes)?;
            let length = bytes[32..40].first_chunk().map_or(u64::MAX, |length| u64::from_le_bytes(*length));
            if length > size - place - HEAD as u64 {
                break;
            }
            bytes.resize(HEAD + length as usize, 0);
            file.read_exact(&mut bytes[HEAD..])?;
            let Some((key, Payload { before, added }, _)) = record(&bytes) else { break };
            let there = kept.get(&key).map_or(0, |(runs, _)| *runs);
            if if before == 0 { !added.is_whole() } else { there != before } {
                break;
            }
            keep(&mut kept, key, before, added.runs, (place, bytes.len() as u64));
            place += bytes.len() as u64;
        }
        Ok(Self { path: path.into(), kept, lost: size - place })
    }

    /// Runs that there are of `key`.
    pub fn runs(&self, key: &Key) -> u64 {
        self.kept.get(key).map_or(0, |(runs, _)| *runs)
    }

    /// All ensembles.
    pub fn all(&self) -> BTreeMap<Key, Ensemble> {
        self.kept.keys().filter_map(|key| Some((*key, self.get(key)?))).collect()
    }

    /// The ensemble of `key`; `None` where there is none, or it is no longer as it was.
    pub fn get(&self, key: &Key) -> Option<Ensemble> {
        let (_, records) = self.kept.get(key)?;
        let mut file = fs::File::open(&self.path).ok()?;
        let mut state: Option<Ensemble> = None;
        for (place, length) in records {
            let mut bytes = vec![0; *length as usize];
            file.seek(SeekFrom::Start(*place)).ok()?;
            file.read_exact(&mut bytes).ok()?;
            let (_, Payload { before, added }, _) = record(&bytes).filter(|(of, ..)| of == key)?;
            state = match state {
                Some(state) if before > 0 => Some(state.grown_by(added)?),
                _ => Some(added),
            };
        }
        state
    }
}

/// Remembers a record of a key that has `runs` with it, and where it stands; gives the bytes of those that it replaces.
fn keep(kept: &mut Kept, key: Key, before: u64, runs: u64, record: (u64, u64)) -> u64 {
    let (all, records) = kept.entry(key).or_default();
    let mut replaced = 0;
    if before == 0 {
        replaced = records.drain(..).map(|(_, length)| length).sum();
    }
    records.push(record);
    *all = runs;
    replaced
}

fn checksum(key: &[u8], payload: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(key);
    hasher.update(payload);
    hasher.finalize().into()
}

/// The first record of `bytes`, and what follows it.
fn record(bytes: &[u8]) -> Option<(Key, Payload, &[u8])> {
    let (key, rest) = bytes.split_first_chunk::<32>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<32>()?;
    let (payload, after) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    if checksum(key, payload) != *sum {
        return None;
    }
    Some((Key::from_bytes(*key), postcard::from_bytes(payload).ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::{Job, ensemble_of},
        experiment::{Simulator, fake::fake},
        metrics::tests::small_scenario,
    };

    fn state(runs: u64) -> Ensemble {
        let job = Job::outcomes(small_scenario(), runs);
        fake(|_, replicate, _, _| replicate as f64).ensembles(&[job]).unwrap().remove(0)
    }

    fn journal() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        (folder, path)
    }

    #[test]
    fn what_was_added_is_found_again_and_a_torn_end_is_cut_off() {
        let (_folder, path) = journal();
        let (one, two) = (Key::of(&["one"]), Key::of(&["two"]));
        {
            let (mut journal, held) = Journal::open(&path).unwrap();
            assert!(held.known.is_empty() && held.lost == 0);
            journal.add(one, &state(2)).unwrap();
            journal.add(two, &state(3)).unwrap();
            journal.add(one, &state(5)).unwrap();
        }
        assert_eq!(Journal::open(&path).unwrap().1.known[&one], state(5));
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 7]).unwrap();
        let (mut journal, held) = Journal::open(&path).unwrap();
        assert_eq!((held.known[&one].runs, held.known[&two].runs), (2, 3));
        assert!(held.lost > 0);
        journal.add(one, &state(6)).unwrap();
        let (_, held) = Journal::open(&path).unwrap();
        assert_eq!((&held.known[&one], &held.known[&two]), (&state(6), &state(3)));
    }

    /// What counts is remembered and not summed anew for every record, of which there may be a hundred thousand.
    #[test]
    fn bytes_that_count_are_those_of_the_records_kept() {
        let sum = |journal: &Journal| -> u64 {
            journal.kept.values().flat_map(|(_, records)| records).map(|(_, length)| length).sum()
        };
        let (_folder, path) = journal();
        let (one, two) = (Key::of(&["one"]), Key::of(&["two"]));
        let (mut journal, _) = Journal::open(&path).unwrap();
        // The last has fewer runs than there are and so replaces them.
        for (key, runs) in [(one, 2), (two, 3), (one, 5), (two, 2)] {
            journal.add(key, &state(runs)).unwrap();
            assert_eq!(journal.counts, sum(&journal));
        }
        assert!(journal.counts < fs::metadata(&path).unwrap().len());
        let (again, _) = Journal::open(&path).unwrap();
        assert_eq!((again.counts, sum(&again)), (journal.counts, journal.counts));
    }

    #[test]
    fn what_is_only_read_is_what_was_written_as_far_as_it_can_be_read() {
        let (_folder, path) = journal();
        let (one, two) = (Key::of(&["one"]), Key::of(&["two"]));
        let (mut journal, _) = Journal::open(&path).unwrap();
        [(one, 2), (two, 3), (one, 5)].into_iter().for_each(|(key, runs)| journal.add(key, &state(runs)).unwrap());
        let reading = Reading::of(&path).unwrap();
        assert_eq!((reading.runs(&one), reading.runs(&two), reading.lost), (5, 3, 0));
        assert_eq!((reading.get(&one), reading.get(&two)), (Some(state(5)), Some(state(3))));
        assert_eq!((reading.runs(&Key::of(&["three"])), reading.get(&Key::of(&["three"]))), (0, None));
        let whole = fs::read(&path).unwrap();
        for cut in (1..whole.len()).step_by(7) {
            fs::write(&path, &whole[..cut]).unwrap();
            let reading = Reading::of(&path).unwrap();
            let (_, held) = Journal::open(&path).unwrap();
            assert_eq!(reading.lost, held.lost);
            [one, two].iter().for_each(|key| assert_eq!(reading.get(key), held.known.get(key).cloned()));
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed_and_said() {
        let (_folder, path) = journal();
        Journal::open(&path).unwrap().0.add(Key::of(&["one"]), &state(2)).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let (_, held) = Journal::open(&path).unwrap();
        assert!(held.known.is_empty() && held.lost == bytes.len() as u64);
    }

    #[test]
    fn only_what_is_new_is_written() {
        let (_folder, path) = journal();
        let (mut journal, _) = Journal::open(&path).unwrap();
        let key = Key::of(&["one"]);
        let steps = 40;
        (1..=steps).for_each(|step| journal.add(key, &state(step)).unwrap());
        let many = fs::metadata(&path).unwrap().len();
        let (_other, path) = self::journal();
        Journal::open(&path).unwrap().0.add(key, &state(steps)).unwrap();
        let once = fs::metadata(&path).unwrap().len();
        // A record has a head and the shape of its ensemble; written whole each time it would be twenty times as much.
        assert!(many < once + steps * 200, "{many} bytes in {steps} steps, {once} at once");
    }

    #[test]
    fn replaced_bands_do_not_pile_up() {
        let (_folder, path) = journal();
        let everything = |runs| ensemble_of(&small_scenario(), 1, runs).unwrap();
        let (key, other) = (Key::of(&["one"]), Key::of(&["two"]));
        let (mut journal, _) = Journal::open(&path).unwrap();
        journal.add(other, &state(3)).unwrap();
        let mut largest = 0;
        for runs in 1..=40 {
            let state = everything(runs);
            journal.add(key, &state).unwrap();
            largest = largest.max(postcard::to_stdvec(&state).unwrap().len() as u64);
            let size = fs::metadata(&path).unwrap().len();
            assert!(size <= 3 * largest + 2 * NOT_WORTH_IT, "{size} bytes after {runs} states of at most {largest}");
        }
        let (_, held) = Journal::open(&path).unwrap();
        assert_eq!(held.lost, 0);
        assert_eq!(held.known[&other], state(3));
        assert_eq!(format!("{:?}", held.known[&key]), format!("{:?}", everything(40)));
        assert!(!path.with_extension("new").exists());
    }
}
