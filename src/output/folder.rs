//! The results folder: written beside its place and moved there, whole or not at all; never over what is not ours.
//!
//! Everything unfinished lives in a hidden sibling, `.<name>.partial/`: the lock, the journal, and the new folder until it
//! is complete. Several that share the work are there together, see [`shards`](super::shards). A process that dies at any moment leaves either the old results or the new ones, and a sibling
//! from which the next run goes on.
use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::{
    csv::{File, checksum_of, digest},
    disk::{Hold, cannot, journals, lock, sibling, sync_folder, write_whole},
    format::Format,
    manifest::{MANIFEST, Manifest},
};

/// A results folder that this process alone may write to, until dropped.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    partial: PathBuf,
    /// Folders above it that were made for it, the innermost first.
    made: Vec<PathBuf>,
    _lock: fs::File,
}

/// What stands where results are to go.
#[derive(Debug)]
pub enum Existing {
    /// Nothing, or an empty folder.
    Nothing,
    /// Results as this program left them.
    Results(Box<Manifest>),
    /// Something else, and what.
    Foreign(String),
}

/// What stands at `target`.
pub fn existing(target: &Path) -> Existing {
    let Ok(entries) = fs::read_dir(target) else {
        return match fs::symlink_metadata(target) {
            Ok(about) if about.is_symlink() => Existing::Foreign("is a symbolic link that leads to no folder".into()),
            Ok(about) if about.is_dir() => Existing::Foreign("is a folder that cannot be read".into()),
            Ok(_) => Existing::Foreign("is a file, not a folder".into()),
            Err(_) => Existing::Nothing,
        };
    };
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    if names.is_empty() {
        return Existing::Nothing;
    }
    let manifest = plain(target, MANIFEST).and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(manifest) = manifest else {
        return Existing::Foreign(format!("is a folder that dewpoint did not write (it holds {})", some_of(names)));
    };
    let mut added: Vec<String> =
        names.into_iter().filter(|name| name != MANIFEST && !manifest.files.contains(name)).collect();
    if !added.is_empty() {
        added.sort();
        return Existing::Foreign(format!("holds results to which something was added ({})", some_of(added)));
    }
    let read: Vec<(&String, Option<Vec<u8>>)> = manifest.files.iter().map(|name| (name, plain(target, name))).collect();
    let differs = |(name, bytes): &(&String, Option<Vec<u8>>)| match (bytes, manifest.checksums.get(*name)) {
        (Some(bytes), Some(checksum)) => checksum_of(bytes) != *checksum,
        (Some(_), None) => !manifest.checksums.is_empty(),
        (None, _) => true,
    };
    let changed: Vec<String> = read.iter().filter(|file| differs(file)).map(|(name, _)| (*name).clone()).collect();
    if !changed.is_empty() {
        return Existing::Foreign(format!(
            "holds results that were changed after dewpoint wrote them ({})",
            some_of(changed)
        ));
    }
    let files: Vec<File> = read.into_iter().filter_map(|(name, bytes)| Some((name.clone(), bytes?))).collect();
    // The digest is of the numbers as CSV. Where they are not, every file has a checksum that was looked at.
    let by_checksums = Format::Parquet.is_of(&manifest.files) && !manifest.checksums.is_empty();
    if by_checksums || digest(&files) == manifest.digest {
        Existing::Results(Box::new(manifest))
    } else {
        Existing::Foreign("holds results that were changed after dewpoint wrote them".into())
    }
}

/// The bytes of the file called `name` in `folder` itself, where there is such a file: no path out of it, no link, no
/// device, whatever a manifest says.
fn plain(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let mut parts = Path::new(name).components();
    let inside = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    let path = folder.join(name);
    let is_file = inside && fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
    is_file.then(|| fs::read(&path).ok()).flatten()
}

/// Where results meant for `target` go: a symbolic link to a folder is written through, not replaced.
pub fn led_to(target: PathBuf) -> PathBuf {
    let is_link = fs::symlink_metadata(&target).is_ok_and(|about| about.is_symlink());
    if is_link { fs::canonicalize(&target).unwrap_or(target) } else { target }
}

/// The first few of `names` as a list in words.
fn some_of(mut names: Vec<String>) -> String {
    names.sort();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let list = names.join(", ");
    if more > 0 { format!("{list} and {more} more") } else { list }
}

/// Whether something unfinished is there beside `target`.
pub fn has_leftovers(target: &Path) -> bool {
    sibling(target).is_some_and(|sibling| sibling.is_dir())
}

/// Text of one file of a results folder.
pub fn read_text(target: &Path, name: &str) -> Option<String> {
    String::from_utf8(plain(target, name)?).ok()
}

impl Folder {
    /// Takes hold of `target`.
    ///
    /// # Errors
    ///
    /// When the place cannot be written to, or another process holds it.
    pub fn hold(target: &Path) -> Result<Self, String> {
        let partial = sibling(target)
            .ok_or_else(|| format!("{} cannot be a results folder; name another with --out", target.display()))?;
        let above = partial.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        let made = above.take_while(|above| !above.exists()).map(Path::to_path_buf).collect();
        fs::create_dir_all(&partial).map_err(|error| cannot("write results to", target, &error))?;
        let path = partial.join("lock");
        let lock = lock(&path, Hold::Alone).map_err(|error| match error {
            fs::TryLockError::WouldBlock if lock(&path, Hold::Together).is_ok() => format!(
                "shards of {} are still at work; wait until they have ended, or choose another place with --out",
                target.display()
            ),
            fs::TryLockError::WouldBlock => format!(
                "another dewpoint is writing {} at this moment; wait for it or choose another place with --out",
                target.display()
            ),
            fs::TryLockError::Error(error) => cannot("lock", target, &error),
        })?;
        let folder = Self { target: target.into(), partial, made, _lock: lock };
        // Died between moving the old results away and the new ones in: the old ones come back.
        let replaced = folder.partial.join("replaced");
        if replaced.exists() && !target.exists() {
            fs::rename(&replaced, target).map_err(|error| cannot("put back", target, &error))?;
        }
        folder.clean();
        Ok(folder)
    }

    /// Removes what a kill left behind: half a folder, results that newer ones replaced, and the journal of work whose
    /// results are in place (it is older than they are).
    fn clean(&self) {
        for name in ["finished", "replaced", "old"] {
            let _ = remove(&self.partial.join(name));
        }
        let _ = fs::remove_file(self.partial.join("journal.new"));
        let written = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
        let results = written(&self.target.join(MANIFEST));
        let is_older = |path: &PathBuf| written(path).zip(results).is_some_and(|(journal, results)| journal <= results);
        self.journals().filter(is_older).for_each(|path| {
            let _ = fs::remove_file(&path);
            let _ = fs::remove_file(path.with_extension("json"));
        });
    }

    /// Where unfinished work lives.
    pub(super) fn partial(&self) -> &Path {
        &self.partial
    }

    /// The journal, and those of shards.
    fn journals(&self) -> impl Iterator<Item = PathBuf> {
        std::iter::once(self.journal_path()).chain(journals(&self.partial))
    }

    /// Where the journal lives.
    pub fn journal_path(&self) -> PathBuf {
        self.partial.join("journal")
    }

    /// Puts `files` in place of whatever stands there, and cleans up.
    ///
    /// # Errors
    ///
    /// When something cannot be written; then nothing has changed at the target.
    pub fn finish(self, files: &[File]) -> Result<(), String> {
        let [finished, replaced, old] = ["finished", "replaced", "old"].map(|name| self.partial.join(name));
        let placed = (|| {
            remove(&finished)?;
            remove(&replaced)?;
            remove(&old)?;
            fs::create_dir(&finished)?;
            files.iter().try_for_each(|(name, bytes)| write_whole(&finished.join(name), bytes))?;
            sync_folder(&finished);
            if self.target.exists() {
                fs::rename(&self.target, &replaced)?;
            }
            fs::rename(&finished, &self.target).inspect_err(|_| {
                // Better the old results than none.
                let _ = fs::rename(&replaced, &self.target);
            })
        })();
        if let Err(error) = placed {
            // Half a folder is worth nothing and may be what fills the disk; the journal stays.
            let _ = remove(&finished);
            let message = cannot("write results to", &self.target, &error);
            self.release();
            return Err(message);
        }
        if let Some(parent) = self.target.parent() {
            sync_folder(parent);
        }
        // What is left of the sibling is of no use to anybody; failing to remove it harms nobody. Under this name results
        // half removed are never put back, and the journal goes before the lock.
        let _ = fs::rename(&replaced, &old);
        self.journals().for_each(|path| drop(fs::remove_file(path)));
        let _ = remove(&self.partial);
        Ok(())
    }

    /// Lets go without results, and without a sibling unless it holds a journal, nor the folders that were made for it.
    pub fn release(self) {
        let holds = |path: PathBuf| fs::metadata(path).is_ok_and(|about| about.len() > 0);
        if !self.journals().any(holds) {
            let _ = remove(&self.partial);
            // Only what is empty goes: others may have put something there since.
            self.made.iter().for_each(|above| drop(fs::remove_dir(above)));
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
