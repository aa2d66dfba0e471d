//! What is wrong with a scenario, said so that the reader can put it right.

use std::fmt;

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

/// A file's name and text, in which byte ranges become lines and columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Sheet<'_> {
    /// A problem at a byte range of the text.
    pub fn problem(&self, span: std::ops::Range<usize>, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end.max(span.start));
        let begin = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let (line, column) = self.place(start);
        let stop = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline);
        Problem {
            file: self.name.into(),
            line,
            column,
            what: what.into(),
            help: help.into(),
            excerpt: (
                self.text[begin..stop].trim_end_matches('\r').into(),
                self.text[start..end.min(stop).max(start)].chars().count(),
            ),
        }
    }

    /// Line and column of a byte, counted from 1.
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let before = &self.text[..self.boundary(byte)];
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[begin..].chars().count() + 1)
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
