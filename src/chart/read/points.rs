//! Points from rows: what is counted out of how many, and what cannot be right.
use super::{
    Measured, Point,
    date::shortened,
    file::{Row, Sheet},
    number::{self, Cell},
    roles::{What, title},
};
use crate::{chart::day::Day, phrase::listed};

/// Reads the numbers of rows, and remembers how they were written.
pub(super) struct Numbers<'a> {
    sheet: &'a Sheet,
    what: What,
    style: number::Style,
    percent: usize,
    plain: usize,
    hidden: Vec<usize>,
}

impl<'a> Numbers<'a> {
    /// A reader of the columns of `what`.
    pub(super) fn new(sheet: &'a Sheet, what: What, style: number::Style) -> Self {
        Self { sheet, what, style, percent: 0, plain: 0, hidden: Vec::new() }
    }

    /// The point of a row.
    ///
    /// # Errors
    ///
    /// What is wrong with its numbers, and where.
    pub(super) fn point(&mut self, row: &Row, at: Day) -> Result<Point, String> {
        let gap = Point::gap(at, row.line);
        match self.what {
            What::Proportion(numerator, denominator) => {
                let (done, of) = (self.count(row, numerator)?, self.count(row, denominator)?);
                let (Some(done), Some(of)) = (done, of) else { return Ok(gap) };
                if done > of {
                    let what = format!("is more than its denominator {of}; a part cannot be larger than the whole");
                    return Err(self.wrong(row, numerator, &what));
                }
                Ok(if of > 0.0 { Point { count: done, size: of, value: done / of, ..gap } } else { gap })
            }
            What::Rate(events, exposure) => {
                let (events, over) = (self.count(row, events)?, self.number(row, exposure)?);
                let (Some(events), Some(over)) = (events, over) else { return Ok(gap) };
                match () {
                    () if over < 0.0 => Err(self.wrong(row, exposure, "is below 0; an exposure is not")),
                    () if over == 0.0 && events > 0.0 => Err(self.wrong(
                        row,
                        exposure,
                        "is 0, yet something happened; give the exposure, or leave both empty",
                    )),
                    () if over == 0.0 => Ok(gap),
                    () => Ok(Point { count: events, size: over, value: events / over, ..gap }),
                }
            }
            What::Count(column) => {
                let count = self.count(row, column)?;
                Ok(count.map_or(gap, |count| Point { count, size: 1.0, value: count, ..gap }))
            }
            What::Value(column) => {
                let value = self.value(row, column)?;
                Ok(value.map_or(gap, |value| Point { size: 1.0, value, ..gap }))
            }
            What::Dates => Ok(gap),
        }
    }

    /// A count: whole, not below 0.
    fn count(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        let number = self.number(row, column)?;
        match number {
            Some(number) if number < 0.0 => Err(self.wrong(row, column, "is below 0; counts are not")),
            Some(number) if number.fract() != 0.0 => Err(self.wrong(
                row,
                column,
                "is no whole number, as a count is; for percentages or other values name the column with --value",
            )),
            other => Ok(other),
        }
    }

    /// A number that is no percentage.
    fn number(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        match self.cell(row, column)? {
            Cell::Number(_, true) => Err(self.wrong(
                row,
                column,
                "is a percentage where a count is meant; name the column with --value instead",
            )),
            Cell::Number(number, false) => Ok(Some(number)),
            Cell::Gap | Cell::Hidden => Ok(None),
        }
    }

    fn value(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        match self.cell(row, column)? {
            Cell::Number(number, percent) => {
                let (same, other) =
                    if percent { (&mut self.percent, self.plain) } else { (&mut self.plain, self.percent) };
                *same += 1;
                if other > 0 {
                    let is = if percent {
                        "is in percent, and other rows are not"
                    } else {
                        "has no % sign, and other rows have"
                    };
                    return Err(self.wrong(row, column, &format!("{is}: write all in one way")));
                }
                Ok(Some(number))
            }
            Cell::Gap | Cell::Hidden => Ok(None),
        }
    }

    fn cell(&mut self, row: &Row, column: usize) -> Result<Cell, String> {
        let read = number::cell(row.cell(column), self.style);
        let cell =
            read.map_err(|what| self.wrong(row, column, &format!("{what}; leave the cell empty where there is none")))?;
        if cell == Cell::Hidden {
            self.hidden.push(row.line);
        }
        Ok(cell)
    }

    fn wrong(&self, row: &Row, column: usize, what: &str) -> String {
        let (text, title) = (shortened(row.cell(column)), title(self.sheet, column));
        format!("{}: \"{text}\" {what}", self.sheet.source.cell(row.line, column, &title))
    }

    /// What the numbers were.
    pub(super) fn measured(&self) -> Result<Measured, String> {
        Ok(match self.what {
            What::Proportion(..) => Measured::Proportion,
            What::Rate(..) => Measured::Rate,
            What::Count(_) => Measured::Count,
            What::Dates => Measured::Between,
            What::Value(column) => {
                let name = self.sheet.header.cell(column).to_lowercase();
                Measured::Value(self.percent > 0 || name.contains('%') || name.contains("percent"))
            }
        })
    }

    /// What is to be said of them.
    pub(super) fn notes(&self) -> Option<String> {
        let lines: Vec<String> = self.hidden.iter().take(5).map(usize::to_string).collect();
        let more = if self.hidden.len() > 5 { " and others" } else { "" };
        let what = "Small numbers that the file does not tell are gaps";
        (!lines.is_empty()).then(|| format!("{what}: {} {}{more}.", self.sheet.source.row(), listed(&lines)))
    }
}
