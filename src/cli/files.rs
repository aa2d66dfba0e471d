//! Scenario files on disk: the only place that reads them.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use crate::scenario::{self, Loaded, Problems, Source};

/// Largest scenario file; a larger one is something else.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The files of this machine, seen from the working directory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Source for Disk {
    fn text(&self, path: &str) -> Result<Option<String>, String> {
        let path = Path::new(path);
        match fs::metadata(path) {
            // A folder may share its name with a bundled scenario.
            Ok(about) if about.is_dir() => Ok(None),
            Ok(_) => {
                // Read no more than a scenario can hold, whatever a device or pipe goes on to send.
                let mut bytes = Vec::new();
                let file = fs::File::open(path).map_err(|error| error.to_string())?;
                file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
                if bytes.len() as u64 > LARGEST {
                    return Err("larger than any scenario file".into());
                }
                String::from_utf8(bytes).map(Some).map_err(|_| "not a text file in UTF-8".into())
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error.to_string()),
            // Not there, or a name no file can have.
            Err(_) => Ok(None),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }
}

/// Reads the scenario called `name`: a file, or a bundled scenario.
///
/// # Errors
/// Everything that is wrong with it; see [`scenario::load`].
pub fn load(name: &str) -> Result<Loaded, Problems> {
    scenario::load(&Disk, name)
}
