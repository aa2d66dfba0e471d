//! Which columns of a file are meant, where their names do not tell.
use clap::Args;

use crate::chart::read::{Named, Wanted};

/// Columns of a file of one's own.
#[derive(Clone, Debug, Args)]
pub struct Columns {
    /// Sheet of an Excel workbook [default: the first].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Column of dates, weeks or months [default: found by its name or content].
    #[arg(long, value_name = "COLUMN")]
    pub date: Option<String>,
    /// Column of how often it was done, of a proportion.
    #[arg(long, value_name = "COLUMN")]
    pub numerator: Option<String>,
    /// Column of how often it should have been.
    #[arg(long, value_name = "COLUMN")]
    pub denominator: Option<String>,
    /// Column of how often something happened, of a rate or a count.
    #[arg(long, value_name = "COLUMN")]
    pub events: Option<String>,
    /// Column of how much there was for it to happen in, e.g. bed days.
    #[arg(long, value_name = "COLUMN")]
    pub exposure: Option<String>,
    /// Column of plain values: percentages, waiting times, cases from one event to the next.
    #[arg(long, value_name = "COLUMN")]
    pub value: Option<String>,
    /// Column that tells units apart, e.g. wards; each has a chart. Repeatable.
    #[arg(long, value_name = "COLUMN")]
    pub unit: Vec<String>,
    /// Draw this unit alone. Repeatable.
    #[arg(long, value_name = "NAME", requires = "unit")]
    pub only: Vec<String>,
    /// Add all units up.
    #[arg(long, requires = "unit")]
    pub together: bool,
}

impl Columns {
    /// What is wanted of a file.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            named: Named {
                date: self.date.clone(),
                numerator: self.numerator.clone(),
                denominator: self.denominator.clone(),
                events: self.events.clone(),
                exposure: self.exposure.clone(),
                value: self.value.clone(),
                unit: self.unit.clone(),
            },
            only: self.only.clone(),
            together: self.together,
        }
    }
}
