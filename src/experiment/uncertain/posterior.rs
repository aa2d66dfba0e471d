//! A posterior: rows of parameters, drawn together, that are plausible in the light of published figures.
//!
//! A file of it is plain text: lines of provenance that begin with `#`, a line of names, and a line of numbers for each
//! row: its weight, what the model gave there for each figure (`figure N01`), and every parameter by its path. The one that comes
//! with the program was made by `dewpoint calibrate` and is renewed whenever the model changes (`tests/posterior.rs`).

use std::sync::LazyLock;

use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::scenario::{Declared, Scenario, Slot};

/// The file that comes with the program.
pub const BUNDLED: &str = include_str!("../../../validation/posterior.csv");

/// What a column of answers is called, before the figure's short name.
const FIGURE: &str = "figure ";

/// The one that comes with the program, read once; a test reads it too, and sees whether it can be.
static READ: LazyLock<Posterior> = LazyLock::new(|| Posterior::read(BUNDLED).unwrap_or_default());

/// A posterior.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Posterior {
    /// Where it comes from: what each line of provenance is about, and what it says.
    pub provenance: Vec<(String, String)>,
    /// Short names of the figures fitted.
    pub figures: Vec<String>,
    /// Paths of the parameters.
    pub paths: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its weight; all add up to 1.
    pub weight: f64,
    /// What the model gave there for each figure, in the unit published.
    pub answers: Vec<f64>,
    /// The parameters, in the order of the paths.
    pub values: Vec<f64>,
}

impl Posterior {
    /// The one that comes with the program.
    pub fn bundled() -> &'static Self {
        &READ
    }

    /// What a line of provenance says.
    pub fn about(&self, what: &str) -> Option<&str> {
        self.provenance.iter().find(|(name, _)| name == what).map(|(_, says)| says.as_str())
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// Line, what is wrong, and what would be right.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut read = Self::default();
        let mut names: Vec<&str> = Vec::new();
        let known = Scenario::default().slots();
        for (number, line) in (1..).zip(text.lines()) {
            let wrong = |what: String| format!("line {number}: {what}");
            if let Some(says) = line.strip_prefix('#') {
                let (what, says) = says.split_once(':').unwrap_or((says, ""));
                read.provenance.push((what.trim().into(), says.trim().into()));
            } else if names.is_empty() {
                names = line.split(',').collect();
                if names.first() != Some(&"weight") {
                    return Err(wrong("the first column must be the weight of each row".into()));
                }
                for name in names.iter().skip(1) {
                    match name.strip_prefix(FIGURE) {
                        Some(figure) if read.paths.is_empty() => read.figures.push(figure.into()),
                        _ if known.iter().any(|slot| slot.path == *name && is_parameter(slot)) => {
                            read.paths.push((*name).into());
                        }
                        _ => return Err(wrong(format!("{name} is no parameter of this version of the model"))),
                    }
                }
            } else {
                read.rows.push(read.row(&names, line).map_err(wrong)?);
            }
        }
        let total: f64 = read.rows.iter().map(|row| row.weight).sum();
        if read.rows.is_empty() || !(total > 0.0 && total.is_finite()) {
            return Err("there is no row with a weight above 0".into());
        }
        read.rows.iter_mut().for_each(|row| row.weight /= total);
        Ok(read)
    }

    fn row(&self, names: &[&str], line: &str) -> Result<Row, String> {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() != names.len() {
            return Err(format!("{} numbers where there are {} columns", cells.len(), names.len()));
        }
        let mut numbers = Vec::with_capacity(cells.len());
        for (name, cell) in names.iter().zip(cells) {
            let number = if cell.is_empty() { Ok(f64::NAN) } else { cell.parse::<f64>() };
            let number = number.map_err(|_| format!("{name}: {cell:?} is no number"))?;
            if number.is_nan() && !name.starts_with(FIGURE)
                || number.is_infinite()
                || (*name == "weight" && number < 0.0)
            {
                return Err(format!("{name}: {cell:?} cannot be"));
            }
            numbers.push(number);
        }
        let mut numbers = numbers.into_iter();
        let weight = numbers.next().unwrap_or(f64::NAN);
        let answers = numbers.by_ref().take(self.figures.len()).collect();
        Ok(Row { weight, answers, values: numbers.collect() })
    }

    /// The text of a file.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (what, says) in &self.provenance {
            text += &format!("# {what}: {says}\n");
        }
        let figures = self.figures.iter().map(|figure| format!("{FIGURE}{figure}"));
        let names: Vec<String> =
            std::iter::once("weight".into()).chain(figures).chain(self.paths.iter().cloned()).collect();
        text += &names.join(",");
        text.push('\n');
        for row in &self.rows {
            let numbers = std::iter::once(&row.weight).chain(&row.answers).chain(&row.values);
            let number = |number: &f64| if number.is_nan() { String::new() } else { number.to_string() };
            text += &numbers.map(number).collect::<Vec<_>>().join(",");
            text.push('\n');
        }
        text
    }

    /// Places of as many rows as there are, each as often as its weight asks for (Kitagawa 1996), in an order by `seed`.
    pub fn dealt(&self, seed: u64) -> Vec<usize> {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let (count, start) = (self.rows.len(), luck.random::<f64>());
        let (mut reached, mut place) = (self.rows.first().map_or(1.0, |row| row.weight), 0);
        let mut dealt: Vec<usize> = (0..count)
            .map(|number| {
                while reached < (number as f64 + start) / count as f64 && place + 1 < count {
                    place += 1;
                    reached += self.rows[place].weight;
                }
                place
            })
            .collect();
        dealt.shuffle(&mut luck);
        dealt
    }
}

fn is_parameter(slot: &Slot) -> bool {
    matches!(slot.address, crate::scenario::Address::Parameter { .. }) && matches!(slot.declared, Declared::Quantity(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "# made by: hand\nweight,figure N01,parameters.fatigue.conscious_effort\n1,4.5,0.2\n3,,0.4\n";

    #[test]
    fn what_is_written_is_read_again() {
        let read = Posterior::read(SMALL).unwrap();
        assert_eq!(read.about("made by"), Some("hand"));
        assert_eq!((read.figures.join(" "), read.paths.len()), ("N01".into(), 1));
        assert_eq!([read.rows[0].weight, read.rows[1].weight], [0.25, 0.75], "weights add up to 1");
        assert!(read.rows[0].answers == [4.5] && read.rows[1].answers[0].is_nan());
        assert_eq!(read.rows[1].values, [0.4]);
        let again = Posterior::read(&read.write()).unwrap();
        assert_eq!((again.write(), again.rows.len()), (read.write(), 2));
    }

    #[test]
    fn rows_are_dealt_as_often_as_they_weigh() {
        let rows: String = (0..100).map(|row| format!("{},0.{}\n", row % 4, 10 + row % 80)).collect();
        let read = Posterior::read(&format!("weight,parameters.fatigue.conscious_effort\n{rows}")).unwrap();
        let dealt = read.dealt(3);
        let heavy = dealt.iter().filter(|row| **row % 4 == 3).count();
        assert!(dealt.len() == 100 && (49..=51).contains(&heavy), "half of the weight is theirs: {heavy}");
        assert!(dealt.iter().all(|row| row % 4 != 0) && dealt != read.dealt(4) && dealt == read.dealt(3));
        assert!(!dealt.is_sorted(), "in no order");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, says) in [
            ("", "no row"),
            ("weight,parameters.no.such\n1,2\n", "line 1: parameters.no.such is no parameter"),
            ("parameters.fatigue.conscious_effort\n1\n", "line 1: the first column"),
            ("weight,parameters.fatigue.conscious_effort\n1\n", "line 2: 1 numbers where there are 2 columns"),
            ("weight,parameters.fatigue.conscious_effort\n1,many\n", "\"many\" is no number"),
            ("weight,parameters.fatigue.conscious_effort\n1,\n", "cannot be"),
            ("weight,parameters.fatigue.conscious_effort\n-1,0.2\n", "weight: \"-1\" cannot be"),
            ("weight,parameters.fatigue.conscious_effort\n0,0.2\n", "no row with a weight above 0"),
            ("weight,parameters.fatigue.conscious_effort\ninf,0.2\n", "cannot be"),
        ] {
            let found = Posterior::read(text).unwrap_err();
            assert!(found.contains(says), "{text:?}: {found}");
        }
    }
}
