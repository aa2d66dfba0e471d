//! What happened to a room, written down line by line: whoever is killed in the middle finds all of it again.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{
    super::Failure,
    room::{Entry, Room},
};

/// Version of the lines.
const VERSION: u32 = 1;

/// Most bytes of the file.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Bytes of these that are kept for whoever leads: whatever telephones write, the lesson goes on.
const LEADS: u64 = 1024 * 1024;

/// What a room has from its beginning, the first line of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// That it is a room, and of which version.
    pub dewpoint_class: u32,
    /// What lets people in.
    pub code: String,
    /// What lets one lead.
    pub key: String,
    /// The luck that all tables of a lesson share.
    pub seed: u32,
}

impl Head {
    pub fn new(code: String, key: String, seed: u32) -> Self {
        Self { dewpoint_class: VERSION, code, key, seed }
    }
}

/// The open file of a room. No other program writes to it meanwhile.
pub struct Journal {
    file: File,
    length: u64,
}

impl Journal {
    /// Opens the file at `path`, which may not be there yet: then there is no head, and [`Journal::begin`] wants one.
    ///
    /// # Errors
    /// When it cannot be read, is in use, or is something else.
    pub fn open(path: &Path) -> Result<(Self, Option<Head>, Room), Failure> {
        let fault = |what: String| Failure::Failed(format!("{}: {what}", path.display()));
        let mut how = OpenOptions::new();
        how.read(true).write(true).create(true).truncate(false);
        // The file holds the key.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
        let file = how.open(path).map_err(|error| fault(format!("cannot be opened: {error}")))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(fault("another program serves this room; choose another file with --room".into()));
            }
            Err(TryLockError::Error(error)) => return Err(fault(format!("cannot be locked: {error}"))),
        }
        let no_room = || fault("is there already and is no classroom; choose another file with --room".into());
        let mut bytes = Vec::new();
        let read = (&file).take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|error| fault(format!("cannot be read: {error}")))?;
        if bytes.len() as u64 > LARGEST {
            return Err(no_room());
        }
        // A line that was being written when the program was killed was told to nobody.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        if whole == 0 && !bytes.is_empty() && !bytes.starts_with(b"{\"dewpoint_class\"") {
            return Err(no_room());
        }
        let text = std::str::from_utf8(&bytes[..whole]).map_err(|_| no_room())?;
        let mut lines = text.lines().enumerate();
        // Nothing is cut off a file before it is known to be a room.
        let kept = || {
            let mut journal = Self { file, length: whole as u64 };
            journal.cut().map_err(|error| fault(format!("cannot be written: {error}"))).map(|()| journal)
        };
        let Some((_, first)) = lines.next() else { return Ok((kept()?, None, Room::default())) };
        let head: Head = serde_json::from_str(first).map_err(|_| no_room())?;
        if head.dewpoint_class != VERSION {
            return Err(fault(format!("is a classroom of another version of dewpoint ({})", head.dewpoint_class)));
        }
        let mut room = Room::default();
        for (place, line) in lines {
            let entry: Entry = serde_json::from_str(line).map_err(|error| {
                fault(format!("line {}: {error}; take the line out, or choose another file with --room", place + 1))
            })?;
            room.apply(entry);
        }
        Ok((kept()?, Some(head), room))
    }

    /// Writes the first line.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn begin(&mut self, head: &Head) -> std::io::Result<()> {
        self.line(head, LARGEST)
    }

    /// Writes something down and waits until the disk has it; where that fails, nothing of it is there.
    ///
    /// # Errors
    /// When the disk or the file is full.
    pub fn write(&mut self, entry: &Entry) -> std::io::Result<()> {
        self.line(entry, if entry.leads() { LARGEST } else { LARGEST - LEADS })
    }

    fn line(&mut self, what: &impl Serialize, most: u64) -> std::io::Result<()> {
        let line = format!("{}\n", serde_json::to_string(what)?);
        if self.length + line.len() as u64 > most {
            return Err(std::io::Error::other("the file of the room is full"));
        }
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            let _ = self.cut();
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Cuts off what is no whole line.
    fn cut(&mut self) -> std::io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length)).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::teach::class::room::Step;

    fn opened(path: &Path) -> Result<(Journal, Option<Head>, Room), String> {
        Journal::open(path).map_err(|failure| match failure {
            Failure::Failed(why) => why,
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn a_room_is_there_again_but_for_a_line_that_was_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("class.room");
        let (mut journal, head, room) = opened(&path).unwrap();
        assert_eq!(head, None);
        let head = Head::new("ABCDE".into(), "key".into(), 7);
        journal.begin(&head).unwrap();
        journal.write(&room.join("token".into()).unwrap()).unwrap();
        journal.write(&room.show("who-leaves".into(), Step::Predict, 5).unwrap()).unwrap();
        assert!(opened(&path).err().unwrap().contains("another program serves this room"));
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole[..], b"{\"predicted\":{\"num"].concat()).unwrap();
        let (_journal, found, room) = opened(&path).unwrap();
        assert_eq!((found, room.person("token")), (Some(head), Ok(1)));
        let seen = serde_json::to_value(room.seen_by(1)).unwrap();
        let shown = serde_json::json!({ "lesson": "who-leaves", "step": "predict", "since": 5 });
        assert_eq!((&seen["shown"], &seen["people"]), (&shown, &1.into()));
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }

    #[test]
    fn what_is_no_room_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thesis.txt");
        for (text, why) in [
            ("my thesis", "is there already and is no classroom"),
            ("my thesis\n", "is there already and is no classroom"),
            ("my thesis\nwithout an end of its last line", "is there already and is no classroom"),
            ("{\"dewpoint_class\":9,\"code\":\"A\",\"key\":\"B\",\"seed\":1}\n", "another version of dewpoint (9)"),
            (
                "{\"dewpoint_class\":1,\"code\":\"A\",\"key\":\"B\",\"seed\":1}\n{\"joined\":{\"number\":1}}\n",
                "line 2: missing field",
            ),
        ] {
            std::fs::write(&path, text).unwrap();
            let said = opened(&path).err().unwrap();
            assert!(said.contains(why), "{said}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        let long = "a line\n".repeat(LARGEST as usize / 7 + 1);
        std::fs::write(&path, &long).unwrap();
        assert!(opened(&path).is_err_and(|said| said.contains("is no classroom")));
        assert_eq!(std::fs::metadata(&path).unwrap().len(), long.len() as u64);
    }

    #[test]
    fn whoever_leads_has_room_left_when_telephones_have_filled_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, ..) = opened(&folder.path().join("class.room")).unwrap();
        journal.length = LARGEST - LEADS;
        let joined = Entry::Joined { number: 1, token: "A".into() };
        assert!(journal.write(&joined).is_err_and(|error| error.to_string().contains("is full")));
        journal.write(&Entry::Door { open: false }).unwrap();
    }
}
