//! What unfinished work lies in on disk: the sibling of a results folder, the files of shards in it, locks, and files that are
//! there whole or not at all.
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// Where everything unfinished lives that is meant for `target`.
pub(super) fn sibling(target: &Path) -> Option<PathBuf> {
    let name = target.file_name()?.to_string_lossy().into_owned();
    Some(target.with_file_name(format!(".{name}.partial")))
}

/// The name of a file of shard `number`.
pub(super) fn name(number: u64, what: &str) -> String {
    format!("shard-{number}.{what}")
}

/// Numbers of the shards that left something in `partial`.
pub(super) fn numbers(partial: &Path) -> Vec<u64> {
    let number = |entry: io::Result<fs::DirEntry>| {
        let name = entry.ok()?.file_name();
        let (number, what) = name.to_str()?.strip_prefix("shard-")?.split_once('.')?;
        ["journal", "json"].contains(&what).then(|| number.parse().ok())?
    };
    let mut numbers: Vec<u64> = fs::read_dir(partial).into_iter().flatten().filter_map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Paths of the journals in `partial`.
pub(super) fn journals(partial: &Path) -> impl Iterator<Item = PathBuf> {
    numbers(partial).into_iter().map(|number| partial.join(name(number, "journal")))
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

/// How a lock is held.
#[derive(Clone, Copy)]
pub(super) enum Hold {
    /// By one.
    Alone,
    /// By any number, unless one holds it alone.
    Together,
}

pub(super) fn lock(path: &Path, how: Hold) -> Result<fs::File, fs::TryLockError> {
    loop {
        // Over a network a lock held together needs a file that can be read.
        let opened = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = opened.map_err(fs::TryLockError::Error)?;
        match how {
            Hold::Alone => file.try_lock()?,
            Hold::Together => file.try_lock_shared()?,
        }
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

/// What cannot be done with `path`, why, and what helps.
pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> String {
    let help = match error.kind() {
        io::ErrorKind::StorageFull => "; make room and run the same command again",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "; choose another place with --out",
        _ => "",
    };
    format!("cannot {what} {}: {error}{help}", path.display())
}
