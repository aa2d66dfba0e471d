//! The context: what every mechanism is told of the week at hand, and may only read.

use crate::model::state::{Moment, Nation};

/// What the week brings, the same in every world of a replicate.
#[derive(Clone, Debug)]
pub struct Week<'a> {
    /// Number of the week.
    pub number: usize,
    /// Where each programme stands.
    pub moments: &'a [Moment],
    /// What happens nationally.
    pub nation: &'a Nation,
    /// What other organisations show of each programme.
    pub elsewhere: &'a [Elsewhere],
    /// Scatter of practice, standard normal, by programme and post.
    pub scatter: &'a [Vec<f32>],
    /// Scatter of reported numbers, standard normal, by programme and unit.
    pub misreport: &'a [Vec<f32>],
    /// Chance against which leaving is held, by post.
    pub chance: &'a [f32],
}

/// What the other organisations show of one programme.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Elsewhere {
    /// Mean reported lift in the units reached.
    pub lift: f32,
    /// Mean fit of the design there.
    pub fit: f32,
}

/// What inspections do this week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inspected {
    /// Pressure of being looked at.
    pub severity: f32,
    /// Work of preparing, beyond what staff can absorb.
    pub work: f32,
    /// Share of protected time that goes into preparing.
    pub set_aside: f32,
    /// Whether there is an inspection at all, in this week or another.
    pub ever: bool,
}
