//! What is wrong with a scenario, said so that the reader can put it right.

use std::fmt;

/// Problems of one file that are told one by one; of a file with more the rest is counted.
pub(super) const MOST_PROBLEMS: usize = 20;

/// Longest piece of a source line that is shown.
const SHOWN: usize = 100;

/// One fault of a scenario file or of a change: where, what, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File as the user knows it, or `--set` for a change by path.
    pub file: String,
    /// Line, counted from 1; 0 where the fault belongs to no line.
    pub line: usize,
    /// Column in characters, counted from 1; 0 where the fault belongs to no line.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right; may be empty.
    pub help: String,
    /// The line as written and the width to underline; empty where the fault belongs to no line.
    pub excerpt: (String, usize),
}

impl Problem {
    /// A problem that belongs to no line.
    pub fn whole(file: &str, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
            what: what.into(),
            help: help.into(),
            excerpt: Default::default(),
        }
    }
}

impl Problem {
    /// That there are so many more than are told.
    pub(super) fn more(file: &str, count: usize) -> Self {
        let what = format!("{count} more problems, after the first {MOST_PROBLEMS}");
        Self::whole(file, what, "put these right first")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.what)?;
        } else {
            write!(out, "{}: {}", self.file, self.what)?;
        }
        for line in self.help.lines() {
            write!(out, "\n  {line}")?;
        }
        let (text, width) = &self.excerpt;
        if self.line > 0 && !text.trim().is_empty() {
            // A long line is shown from a little before the fault.
            let before = if self.column > SHOWN { self.column - 20 } else { 0 };
            let shown: String =
                text.chars().skip(before).take(SHOWN).map(|c| if c == '\t' { ' ' } else { c }).collect();
            let margin = self.line.to_string().len();
            let room = SHOWN.saturating_sub(self.column - 1 - before).max(1);
            write!(out, "\n  {} | {}", self.line, shown.trim_end())?;
            write!(
                out,
                "\n  {:margin$} | {:indent$}{}",
                "",
                "",
                "^".repeat((*width).clamp(1, room)),
                indent = self.column - 1 - before
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// Everything that is wrong, in the order of the files and their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str("\n\n")?;
            }
            write!(out, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

/// Bytes between two places at which characters are counted.
const BLOCK: usize = 1024;

/// Where the lines of a text begin, and how many characters come before every so many bytes: looking up a place takes no
/// longer in a long file, or on a long line, than in a short one.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    /// The lines of `text`.
    pub fn of(text: &str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place + 1);
        let mut before = 0;
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            before += begun(block);
            characters.push(before);
        }
        Self { starts: std::iter::once(0).chain(after).collect(), characters }
    }

    /// The bytes of a line, counted from 0, of `text`, without its end.
    fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let from = self.starts.get(line).copied().unwrap_or(text.len());
        let to = self.starts.get(line + 1).copied().unwrap_or(text.len());
        text.get(from..to).unwrap_or_default().trim_end_matches('\n').trim_end_matches('\r')
    }

    /// Line and column of a byte of `text` where a character begins, both counted from 0.
    fn place(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        (line, self.before(text, byte) - self.before(text, start))
    }

    /// Characters of `text` before a byte.
    fn before(&self, text: &str, byte: usize) -> usize {
        let block = byte / BLOCK;
        let counted = self.characters.get(block).copied().unwrap_or(0);
        counted + text.as_bytes().get(block * BLOCK..byte).map_or(0, begun)
    }
}

/// How many characters begin in `bytes` of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A file's name and text, in which byte ranges become lines and columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub lines: &'a Lines,
}

impl Sheet<'_> {
    /// A problem at a byte range of the text.
    pub fn problem(&self, span: std::ops::Range<usize>, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end.max(span.start));
        let (line, column) = self.place(start);
        let excerpt = self.line(line);
        let stop = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline);
        Problem {
            file: self.name.into(),
            line,
            column,
            what: what.into(),
            help: help.into(),
            excerpt: (excerpt.into(), self.text[start..end.min(stop).max(start)].chars().count()),
        }
    }

    /// Line and column of a byte, counted from 1.
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let (line, column) = self.lines.place(self.text, self.boundary(byte));
        (line + 1, column + 1)
    }

    /// The text of a line, counted from 1.
    pub fn line(&self, line: usize) -> &str {
        self.lines.line(self.text, line.saturating_sub(1))
    }

    /// The nearest place at or before `byte` where a character begins.
    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_any_order() {
        let text = "a = 1\nä = \"é\"\r\n\nlast";
        let lines = Lines::of(text);
        let sheet = Sheet { name: "x", text, lines: &lines };
        let of = |what: &str| sheet.place(text.find(what).unwrap());
        for (what, place) in
            [("last", (4, 1)), ("a", (1, 1)), ("é", (2, 6)), ("=", (1, 3)), ("1", (1, 5)), ("ä", (2, 1))]
        {
            assert_eq!(of(what), place, "{what}");
        }
        assert_eq!([1, 2, 3, 4, 5].map(|line| sheet.line(line)), ["a = 1", "ä = \"é\"", "", "last", ""]);
        // Beyond the first counted characters, on one line.
        let long = format!("{}x", "éa".repeat(3000));
        let lines = Lines::of(&long);
        let sheet = Sheet { name: "x", text: &long, lines: &lines };
        assert_eq!((sheet.place(long.len() - 1), sheet.place(2048)), ((1, 6001), (1, 1366)));
        let lines = Lines::of(text);
        let sheet = Sheet { name: "x", text, lines: &lines };
        assert_eq!(sheet.problem(text.len()..text.len() + 9, "x", "").column, 5);
    }
}
