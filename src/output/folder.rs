//! The results folder: written beside its place and moved there, whole or not at all; never over what is not ours.
//!
//! Everything unfinished lives in a hidden sibling, `.<name>.partial/`: the lock, the checkpoint, and the new folder
//! until it is complete. A process that dies at any moment leaves either the old results or the new ones, and a sibling
//! from which the next run goes on.
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    csv::{File, digest, hexadecimal},
    manifest::{MANIFEST, Manifest},
};

/// A results folder that this process alone may write to, until dropped.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    partial: PathBuf,
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
        return if target.exists() { Existing::Foreign("is a file, not a folder".into()) } else { Existing::Nothing };
    };
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    if names.is_empty() {
        return Existing::Nothing;
    }
    let manifest =
        fs::read(target.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(manifest) = manifest else {
        return Existing::Foreign(format!("is a folder that dewpoint did not write (it holds {})", some_of(names)));
    };
    let mut added: Vec<String> =
        names.into_iter().filter(|name| name != MANIFEST && !manifest.files.contains(name)).collect();
    if !added.is_empty() {
        added.sort();
        return Existing::Foreign(format!("holds results to which something was added ({})", some_of(added)));
    }
    let read = |name: &String| fs::read(target.join(name)).map(|bytes| (name.clone(), bytes));
    match manifest.files.iter().map(read).collect::<io::Result<Vec<File>>>() {
        Ok(files) if digest(&files) == manifest.digest => Existing::Results(Box::new(manifest)),
        _ => Existing::Foreign("holds results that were changed after dewpoint wrote them".into()),
    }
}

/// The first few of `names` as a list in words.
fn some_of(mut names: Vec<String>) -> String {
    names.sort();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let list = names.join(", ");
    if more > 0 { format!("{list} and {more} more") } else { list }
}

/// Text of one file of a results folder.
pub fn read_text(target: &Path, name: &str) -> Option<String> {
    fs::read_to_string(target.join(name)).ok()
}

/// SHA-256 of the running program, empty where it cannot read itself. Versions and commits stay the same while someone
/// works on the model; this does not.
pub fn program_digest() -> String {
    let program = std::env::current_exe().and_then(fs::read);
    program.map_or_else(|_| String::new(), |bytes| hexadecimal(&Sha256::digest(bytes)))
}

/// Whether something unfinished is there beside `target`.
pub fn has_leftovers(target: &Path) -> bool {
    let Some(name) = target.file_name() else { return false };
    target.with_file_name(format!(".{}.partial", name.to_string_lossy())).is_dir()
}

impl Folder {
    /// Lets go, and leaves nothing unfinished behind.
    pub fn discard(self) {
        // What cannot be removed is in nobody's way.
        let _ = fs::remove_dir_all(&self.partial);
    }

    /// Takes hold of `target`.
    ///
    /// # Errors
    ///
    /// When the place cannot be written to, or another process holds it.
    pub fn hold(target: &Path) -> Result<Self, String> {
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
        let name =
            name.ok_or_else(|| format!("{} cannot be a results folder; name another with --out", target.display()))?;
        let partial = target.with_file_name(format!(".{name}.partial"));
        fs::create_dir_all(&partial).map_err(|error| cannot("write results to", target, &error))?;
        let lock = lock(&partial.join("lock")).map_err(|error| match error {
            fs::TryLockError::WouldBlock => format!(
                "another dewpoint is writing {} at this moment; wait for it or choose another place with --out",
                target.display()
            ),
            fs::TryLockError::Error(error) => cannot("lock", target, &error),
        })?;
        let folder = Self { target: target.into(), partial, _lock: lock };
        // Died between moving the old results away and the new ones in: the old ones come back.
        let replaced = folder.partial.join("replaced");
        if replaced.exists() && !target.exists() {
            fs::rename(&replaced, target).map_err(|error| cannot("put back", target, &error))?;
        }
        Ok(folder)
    }

    /// Where the checkpoint lives.
    pub fn checkpoint_path(&self) -> PathBuf {
        self.partial.join("checkpoint")
    }

    /// Where the journal of an experiment lives.
    pub fn journal_path(&self) -> PathBuf {
        self.partial.join("journal")
    }

    /// Puts `files` in place of whatever stands there, and cleans up.
    ///
    /// # Errors
    ///
    /// When something cannot be written; then nothing has changed at the target.
    pub fn finish(self, files: &[File]) -> Result<(), String> {
        let (finished, replaced) = (self.partial.join("finished"), self.partial.join("replaced"));
        let placed = (|| {
            remove(&finished)?;
            remove(&replaced)?;
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
            // Half a folder is worth nothing and may be what fills the disk; the checkpoint stays.
            let _ = remove(&finished);
            let message = cannot("write results to", &self.target, &error);
            self.release();
            return Err(message);
        }
        if let Some(parent) = self.target.parent() {
            sync_folder(parent);
        }
        // What is left of the sibling is of no use to anybody; failing to remove it harms nobody.
        let _ = remove(&self.partial);
        Ok(())
    }

    /// Lets go without results, and without a sibling unless it holds a checkpoint or a journal.
    pub fn release(self) {
        let holds = |path: &Path| fs::metadata(path).is_ok_and(|about| about.len() > 0);
        if !holds(&self.checkpoint_path()) && !holds(&self.journal_path()) {
            let _ = remove(&self.partial);
        }
    }
}

/// Writes `bytes` to a new file and waits until the disk has them.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes renames in `folder` last; on systems that cannot, they last a little later.
pub(super) fn sync_folder(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn lock(path: &Path) -> Result<fs::File, fs::TryLockError> {
    loop {
        let file = fs::File::create(path).map_err(fs::TryLockError::Error)?;
        file.try_lock()?;
        // Whoever held it before may have removed the file between our opening and locking it.
        if same_file(&file, path) {
            return Ok(file);
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(fs::TryLockError::Error)?;
        }
    }
}

#[cfg(unix)]
fn same_file(file: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(held), Ok(there)) if identity(held.clone()) == identity(there.clone()))
}

#[cfg(not(unix))]
fn same_file(_file: &fs::File, path: &Path) -> bool {
    path.exists()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> String {
    let help = match error.kind() {
        io::ErrorKind::StorageFull => "; make room and run the same command again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "; choose another place with --out",
        _ => "",
    };
    format!("cannot {what} {}: {error}{help}", path.display())
}
