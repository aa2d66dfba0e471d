//! A posterior: rows of parameters, drawn together, that are plausible in the light of published figures.
//!
//! A file of it is plain text: lines of provenance that begin with `#`, a line of names, and a line of numbers for each
//! row: its number among the candidates of the calibration, what the model gave there for each figure (`figure N01`), and every
//! parameter by its path. All rows count alike; one that counts for more comes more than once, or, in a file of `dewpoint fit`,
//! has a larger `weight` after its candidate; such a file also moves what it found out of the place. The one that comes with the
//! program was made by `dewpoint calibrate` and is renewed whenever what is declared changes (a test of `dewpoint calibrate`
//! holds its digest).

use std::sync::LazyLock;

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::{
    experiment::weights::worth_of,
    scenario::{Declared, Scenario, Slot},
};

/// The file that comes with the program.
pub const BUNDLED: &str = include_str!("../../../validation/posterior.csv");

/// What the first column is called.
const CANDIDATE: &str = "candidate";

/// What the column of weights is called, where rows count for more or less.
const WEIGHT: &str = "weight";

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
    /// A weight for each row, adding up to 1; empty where all count alike.
    pub weights: Vec<f64>,
}

/// A row of a posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number among the candidates, which says under which luck it was simulated.
    pub candidate: usize,
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

    /// What its rows are what is left of, in words.
    pub fn source(&self) -> &'static str {
        if self.weights.is_empty() { "what published figures leave" } else { "what your own figures leave" }
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
        let known: Vec<Slot> = Scenario::default().slots().into_iter().filter(is_parameter).collect();
        Self::read_of(text, &known)
    }

    /// Reads the text of a file whose paths may be any of `known`.
    ///
    /// # Errors
    ///
    /// Line, what is wrong, and what would be right.
    pub fn read_of(text: &str, known: &[Slot]) -> Result<Self, String> {
        let mut read = Self::default();
        let mut names: Vec<&str> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let wrong = |what: String| format!("line {number}: {what}");
            if let Some(says) = line.strip_prefix('#') {
                let (what, says) = says.split_once(':').unwrap_or((says, ""));
                read.provenance.push((what.trim().into(), says.trim().into()));
            } else if names.is_empty() {
                names = line.split(',').collect();
                if names.first() != Some(&CANDIDATE) {
                    return Err(wrong(format!("the first column must be {CANDIDATE}")));
                }
                for name in names.iter().skip(1) {
                    match name.strip_prefix(FIGURE) {
                        _ if *name == WEIGHT && read.paths.is_empty() => {}
                        Some(figure) if read.paths.is_empty() => read.figures.push(figure.into()),
                        _ if known.iter().any(|slot| slot.path == *name) => {
                            read.paths.push((*name).into());
                        }
                        _ => return Err(wrong(format!("{name} is no parameter of this version of the model"))),
                    }
                }
            } else {
                let (row, weight) = read.row(&names, line).map_err(wrong)?;
                read.rows.push(row);
                read.weights.extend(weight);
            }
        }
        let total: f64 = read.weights.iter().sum();
        if !read.weights.is_empty() && total <= 0.0 {
            return Err("no row has a weight above 0".into());
        }
        read.weights.iter_mut().for_each(|weight| *weight /= total);
        if read.rows.is_empty() { Err("there is no row".into()) } else { Ok(read) }
    }

    fn row(&self, names: &[&str], line: &str) -> Result<(Row, Option<f64>), String> {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() != names.len() {
            return Err(format!("{} numbers where there are {} columns", cells.len(), names.len()));
        }
        let candidate =
            cells[0].parse().map_err(|_| format!("{CANDIDATE}: {:?} is no number of a candidate", cells[0]))?;
        let mut numbers = Vec::with_capacity(cells.len());
        for (name, cell) in names.iter().zip(cells).skip(1) {
            let number = if cell.is_empty() { Ok(f64::NAN) } else { cell.parse::<f64>() };
            let number = number.map_err(|_| format!("{name}: {cell:?} is no number"))?;
            if number.is_nan() && !name.starts_with(FIGURE) || number.is_infinite() || (*name == WEIGHT && number < 0.0)
            {
                return Err(format!("{name}: {cell:?} cannot be"));
            }
            numbers.push(number);
        }
        let mut numbers = numbers.into_iter();
        let weight = if names.get(1) == Some(&WEIGHT) { numbers.next() } else { None };
        let answers = numbers.by_ref().take(self.figures.len()).collect();
        Ok((Row { candidate, answers, values: numbers.collect() }, weight))
    }

    /// The text of a file.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for (what, says) in &self.provenance {
            text += &format!("# {what}: {says}\n");
        }
        let figures = self.figures.iter().map(|figure| format!("{FIGURE}{figure}"));
        let weight = (!self.weights.is_empty()).then(|| WEIGHT.into());
        let names: Vec<String> =
            std::iter::once(CANDIDATE.into()).chain(weight).chain(figures).chain(self.paths.iter().cloned()).collect();
        text += &names.join(",");
        text.push('\n');
        for (place, row) in self.rows.iter().enumerate() {
            text += &row.candidate.to_string();
            self.weights.get(place).iter().for_each(|weight| text += &format!(",{}", written(**weight)));
            row.answers.iter().chain(&row.values).for_each(|number| text += &format!(",{}", written(*number)));
            text.push('\n');
        }
        text
    }

    /// Rows dealt before any is dealt again for another reason than its weight.
    pub fn a_deal(&self) -> usize {
        if self.weights.is_empty() { self.rows.len().max(1) } else { self.rows.len().max(FEWEST_DEALT) }
    }

    /// How many independent rows these are worth: some come more than once, or are heavier than others.
    pub fn worth(&self) -> f64 {
        let weight = |place: usize| self.weights.get(place).copied().unwrap_or(1.0);
        worth_of(self.rows.iter().enumerate().map(|(place, row)| (row.candidate, weight(place)))).round()
    }

    /// Places of all rows, in an order by `seed`; where rows have weights, as many as there are rows, each as often as its
    /// weight asks for (systematic resampling, Kitagawa 1996).
    pub fn dealt(&self, seed: u64) -> Vec<usize> {
        let mut dealt: Vec<usize> = (0..self.rows.len()).collect();
        if !self.weights.is_empty() {
            dealt = as_often(&self.weights, self.a_deal());
        }
        dealt.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        dealt
    }
}

/// Rows dealt at least where rows have weights: few heavy rows would else come in the wrong proportion.
const FEWEST_DEALT: usize = 256;

/// Places of `weights`, `many` in all, each as often as its weight asks for, in their order (systematic resampling, Kitagawa
/// 1996, begun in the middle of the first stretch).
pub fn as_often(weights: &[f64], many: usize) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let (mut reached, mut places) = (0.0, Vec::with_capacity(many));
    for (place, weight) in weights.iter().enumerate() {
        reached += weight / total;
        while places.len() < many && (places.len() as f64 + 0.5) / (many as f64) < reached {
            places.push(place);
        }
    }
    // What rounding leaves out at the end.
    while places.len() < many && !weights.is_empty() {
        places.push(weights.len() - 1);
    }
    places
}

/// A number with six digits, or nothing where it is none.
fn written(number: f64) -> String {
    if number.is_nan() {
        return String::new();
    }
    format!("{number:.5e}").parse::<f64>().map_or_else(|_| String::new(), |rounded| rounded.to_string())
}

fn is_parameter(slot: &Slot) -> bool {
    matches!(slot.address, crate::scenario::Address::Parameter { .. }) && matches!(slot.declared, Declared::Quantity(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        "# made by: hand\ncandidate,figure N01,parameters.fatigue.conscious_effort\n7,4.5,0.2\n9,,0.4\n";

    #[test]
    fn what_is_written_is_read_again() {
        let read = Posterior::read(SMALL).unwrap();
        assert_eq!(read.about("made by"), Some("hand"));
        assert_eq!((read.figures.join(" "), read.paths.len()), ("N01".into(), 1));
        assert_eq!([read.rows[0].candidate, read.rows[1].candidate], [7, 9]);
        assert!(read.rows[0].answers == [4.5] && read.rows[1].answers[0].is_nan());
        assert_eq!(read.rows[1].values, [0.4]);
        assert_eq!(read.write(), SMALL);
    }

    #[test]
    fn every_row_is_dealt_once_in_an_order_by_seed() {
        let rows: String = (10..99).map(|row| format!("{row},0.{row}\n")).collect();
        let read = Posterior::read(&format!("candidate,parameters.fatigue.conscious_effort\n{rows}")).unwrap();
        let mut dealt = read.dealt(3);
        assert!(dealt != read.dealt(4) && dealt == read.dealt(3) && !dealt.is_sorted());
        dealt.sort_unstable();
        assert_eq!(dealt, (0..89).collect::<Vec<_>>());
    }

    #[test]
    fn a_heavy_row_is_dealt_more_often() {
        let text = "candidate,weight,parameters.fatigue.conscious_effort\n1,3,0.2\n2,1,0.4\n3,0,0.6\n";
        let read = Posterior::read(text).unwrap();
        assert_eq!(read.weights, [0.75, 0.25, 0.0]);
        let dealt = read.dealt(1);
        let times = |row: usize| dealt.iter().filter(|place| **place == row).count();
        assert_eq!((dealt.len(), times(0), times(1), times(2)), (256, 192, 64, 0));
        assert_eq!(Posterior::read(&read.write()).unwrap(), read);
        let none = "candidate,weight,parameters.fatigue.conscious_effort\n1,0,0.2\n";
        assert!(Posterior::read(none).unwrap_err().contains("no row has a weight"));
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, says) in [
            ("", "no row"),
            ("candidate,parameters.no.such\n1,2\n", "line 1: parameters.no.such is no parameter"),
            ("parameters.fatigue.conscious_effort\n1\n", "line 1: the first column must be candidate"),
            ("candidate,parameters.fatigue.conscious_effort\n1\n", "line 2: 1 numbers where there are 2 columns"),
            ("candidate,parameters.fatigue.conscious_effort\n1,many\n", "\"many\" is no number"),
            ("candidate,parameters.fatigue.conscious_effort\n1,\n", "cannot be"),
            (
                "candidate,parameters.fatigue.conscious_effort\n-1,0.2\n",
                "candidate: \"-1\" is no number of a candidate",
            ),
            ("candidate,parameters.fatigue.conscious_effort\n0,inf\n", "cannot be"),
        ] {
            let found = Posterior::read(text).unwrap_err();
            assert!(found.contains(says), "{text:?}: {found}");
        }
    }
}
