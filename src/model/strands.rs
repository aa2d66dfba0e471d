//! Strands: the worlds of designs as a tree, so that no week is lived twice.
//!
//! A strand begins in the first week, or parts from another in the first week in which the two may differ (see
//! [`same`]); a world that never differs from another has no strand of its own.

use super::{
    Model,
    same::{self, Side},
};

/// A world, from the week on in which it parts from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strand {
    /// Place of its design.
    pub model: usize,
    /// Whether the programmes happen.
    pub on: bool,
    /// First week of its own.
    pub from: usize,
    /// The strand it parts from; its own place where it begins in the first week.
    pub parent: usize,
}

/// The worlds of some designs that meet the same organisations.
#[derive(Clone, Debug)]
pub struct Strands {
    /// Every strand; whoever parts from another comes later.
    pub all: Vec<Strand>,
    /// The strands of each design, with its programmes and without.
    pub of: Vec<[usize; 2]>,
}

impl Strands {
    /// As few weeks as give every world of every design.
    pub fn shared(models: &[&Model]) -> Self {
        let mut strands = Self { all: Vec::new(), of: Vec::new() };
        for (place, model) in models.iter().enumerate() {
            let of = [true, false].map(|on| strands.place(models, place, Side { model, on }));
            strands.of.push(of);
        }
        strands
    }

    /// Every world by itself.
    pub fn apart(models: &[&Model]) -> Self {
        let strand =
            |number: usize| Strand { model: number / 2, on: number.is_multiple_of(2), from: 0, parent: number };
        Self {
            all: (0..2 * models.len()).map(strand).collect(),
            of: (0..models.len()).map(|model| [2 * model, 2 * model + 1]).collect(),
        }
    }

    /// The strand of a world, which gets one of its own where none is the same to the last week.
    fn place(&mut self, models: &[&Model], model: usize, side: Side) -> usize {
        let own = self.all.len();
        let (mut parent, mut from) = (own, 0);
        // A world without programmes may have begun as that of another design, with what that one would have done: nothing
        // comes of it there, but much would in a world where the programmes begin.
        let fits = |strand: &Strand| strand.on || !side.on;
        for (number, strand) in self.all.iter().enumerate().filter(|(_, strand)| fits(strand)) {
            let until = same::until(side, Side { model: models[strand.model], on: strand.on });
            if until > from {
                (parent, from) = (number, until);
            }
        }
        if from >= side.model.weeks && parent < own {
            return parent;
        }
        // Whoever had not begun by then was the same as the one it parted from itself.
        while parent < own && from > 0 && self.all[parent].from >= from {
            parent = self.all[parent].parent;
        }
        self.all.push(Strand { model, on: side.on, from, parent });
        own
    }

    /// All weeks in stretches of at most `most`, so that every strand begins with one.
    pub fn stretches(&self, weeks: usize, most: usize) -> Vec<std::ops::Range<usize>> {
        let mut stretches = Vec::new();
        let mut start = 0;
        while start < weeks {
            let begins = self.all.iter().map(|strand| strand.from).filter(|from| *from > start).min();
            let end = (start + most).min(weeks).min(begins.unwrap_or(weeks));
            stretches.push(start..end);
            start = end;
        }
        stretches
    }
}
