//! Scenario files on disk: the only place that reads them.

use std::{
    fs,
    io::{self, Read},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use super::host;
use crate::scenario::{self, Loaded, Problems, Source};

/// Largest scenario file; a larger one is something else.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How long a pipe may take to come to its end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The files of this machine, seen from the working directory, and those that the program around this one has in memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Source for Disk {
    fn text(&self, path: &str) -> Result<Option<String>, String> {
        if let Some(text) = host::here().and_then(|host| host.text(path)) {
            return Ok(Some(text));
        }
        let path = Path::new(path);
        match fs::metadata(path) {
            // A folder may share its name with a bundled scenario.
            Ok(about) if about.is_dir() => Ok(None),
            Ok(about) => text(path, about.is_file()).map(Some),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error.to_string()),
            // Not there, or a name no file can have.
            Err(_) => Ok(None),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }
}

/// The text of the file at `path`, no longer than a scenario can be. What is no plain file, a pipe for instance, is waited
/// for as long as somebody takes to write a scenario, and no longer, whatever it goes on to send.
///
/// # Errors
/// When it cannot be read, is too large, is no text, or never ends.
pub(super) fn text(path: &Path, is_plain: bool) -> Result<String, String> {
    let path = path.to_path_buf();
    let read = move || {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(|error| error.to_string())?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > LARGEST {
            return Err("larger than any scenario file".into());
        }
        String::from_utf8(bytes).map_err(|_| "not a text file in UTF-8".into())
    };
    if is_plain {
        return read();
    }
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(read()));
    let never = || format!("still not at its end after {} seconds; write it to a file first", PATIENCE.as_secs());
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(never()))
}

/// Reads the scenario called `name`: a file, or a bundled scenario.
///
/// # Errors
/// Everything that is wrong with it; see [`scenario::load`].
pub fn load(name: &str) -> Result<Loaded, Problems> {
    scenario::load(&Disk, name)
}
