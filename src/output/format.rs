//! In which format the tables of a results folder are written.
//!
//! Whatever the format, the digest is that of the numbers as CSV: the same answer has the same digest.
use super::{
    csv::{Digester, File, columns_table, csv_bytes, csv_files, digest},
    parquet::parquet_bytes,
};
use crate::table::Table;

/// Tables with a row for each run, week, unit or point, which alone can be large.
const LARGE: [&str; 5] = ["outcomes", "weekly", "units", "points", "runs"];

/// How files of Parquet end.
pub const PARQUET: &str = ".parquet";

/// A format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Every table as CSV.
    #[default]
    Csv,
    /// Large tables as Parquet, all others as CSV.
    Parquet,
}

impl Format {
    /// The format called `text`.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn named(text: &str) -> Result<Self, String> {
        match text {
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            _ => Err("csv or parquet".into()),
        }
    }

    /// Whether files of these names are of this format.
    pub fn is_of(self, files: &[String]) -> bool {
        files.iter().any(|name| name.ends_with(PARQUET)) == (self == Self::Parquet)
    }

    /// Whether the table called `name` is written as Parquet.
    pub fn is_large(self, name: &str) -> bool {
        self == Self::Parquet && LARGE.contains(&name)
    }

    /// What the file of the table called `name` is called.
    fn file(self, name: &str) -> String {
        format!("{name}{}", if self.is_large(name) { PARQUET } else { ".csv" })
    }

    /// `text` with the files called what they are called in this format.
    pub fn in_words(self, text: String) -> String {
        match self {
            Self::Csv => text,
            Self::Parquet => {
                LARGE.iter().fold(text, |text, name| text.replace(&format!("{name}.csv"), &format!("{name}{PARQUET}")))
            }
        }
    }

    /// `tables` as files, with `columns.csv` and `others` after them, and the digest of their numbers.
    ///
    /// # Errors
    ///
    /// When a row does not fit its columns.
    pub fn files(self, tables: &[&Table], others: Vec<File>) -> Result<(Vec<File>, String), String> {
        if self == Self::Csv {
            let mut files = csv_files(tables)?;
            files.extend(others);
            let digest = digest(&files);
            return Ok((files, digest));
        }
        let (mut digester, mut files) = (Digester::default(), Vec::new());
        for table in tables {
            digester.table(table)?;
            let bytes = if self.is_large(&table.name) { parquet_bytes(table) } else { csv_bytes(table) }?;
            files.push((self.file(&table.name), bytes));
        }
        let columns = columns_table(tables, |name| self.file(name));
        files.push((self.file(&columns.name), csv_bytes(&columns)?));
        others.iter().for_each(|file| digester.file(file));
        files.extend(others);
        Ok((files, digester.digest()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    #[test]
    fn the_digest_is_that_of_the_numbers_whatever_the_format() {
        let mut runs = Table::new("runs", &[("point", "", "The point."), ("gain", "points", "Its gain.")]);
        runs.rows.push(vec!["present".into(), 0.5.into()]);
        runs.rows.push(vec![Cell::Count(1), f64::NAN.into()]);
        let mut steps = Table::new("steps", &[("gain", "points", "A gain.")]);
        steps.rows.push(vec![(-0.0).into()]);
        let tables = [&runs, &Table { name: "summary".into(), ..steps.clone() }, &steps];
        let others = || vec![("ensemble.csv".to_owned(), b"1\n".to_vec()), ("page.md".to_owned(), b"2\n".to_vec())];
        let (as_csv, digest) = Format::Csv.files(&tables, others()).unwrap();
        let (as_parquet, same) = Format::Parquet.files(&tables, others()).unwrap();
        assert_eq!(digest, same);
        let names = |files: &[File]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&as_csv), ["runs.csv", "summary.csv", "steps.csv", "columns.csv", "ensemble.csv", "page.md"]);
        assert_eq!(names(&as_parquet)[..3], ["runs.parquet", "summary.csv", "steps.csv"]);
        assert!(Format::Parquet.is_of(&names(&as_parquet)) && !Format::Csv.is_of(&names(&as_parquet)));
        let columns = String::from_utf8(as_parquet[3].1.clone()).unwrap();
        assert!(columns.contains("runs.parquet,gain,points,Its gain.\n"), "{columns}");
        let bytes = &as_parquet[0].1;
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }
}
