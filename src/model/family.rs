//! Families: designs that are simulated together, so that no week of theirs is lived twice.
//!
//! The worlds of a family form a tree of strands. A strand begins in the first week, or parts from another in the first week
//! in which the two may differ (see [`same`](super::same)), with a copy of its state; a world that never differs from another
//! has no strand of its own. What comes out are the same bits as from each design by itself (tested).
//!
//! Memory beyond that of one design: a state of each strand, about 60 numbers a post, for one organisation at a time (for all
//! of them where they see each other), and the histories of each strand.

use super::{
    Model, Pair,
    same::{self, Side},
    simulate,
};
use crate::rng::Luck;

/// Designs that are simulated together.
#[derive(Clone, Debug)]
pub struct Family {
    branches: Vec<Branch>,
    members: usize,
}

/// Designs that meet the same organisations.
#[derive(Clone, Debug)]
struct Branch {
    places: Vec<usize>,
    models: Vec<Model>,
    strands: Strands,
}

impl Family {
    /// Designs that may be of any kind; those share most that differ least.
    pub fn new(models: Vec<Model>) -> Self {
        let (mut branches, members) = (Vec::<Branch>::new(), models.len());
        for (place, model) in models.into_iter().enumerate() {
            let relatives =
                branches.iter_mut().find(|branch| branch.models.first().is_some_and(|one| same::people(one, &model)));
            match relatives {
                Some(branch) => {
                    branch.places.push(place);
                    branch.models.push(model);
                }
                None => {
                    let strands = Strands { all: Vec::new(), of: Vec::new() };
                    branches.push(Branch { places: vec![place], models: vec![model], strands });
                }
            }
        }
        for branch in &mut branches {
            branch.strands = Strands::shared(&branch.models.iter().collect::<Vec<_>>());
        }
        Self { branches, members }
    }

    /// One replicate of each design, in their order: the bits of [`Model::pair`].
    pub fn pairs(&self, seed: u64, replicate: u64) -> Vec<Pair> {
        let mut pairs: Vec<Option<Pair>> = (0..self.members).map(|_| None).collect();
        for Branch { places, models, strands } in &self.branches {
            let models: Vec<&Model> = models.iter().collect();
            let organisations = 0..models.first().map_or(0, |model| model.organisations);
            let made = simulate::together(&models, strands, Luck { seed, replicate }, organisations, None);
            for (place, pair) in places.iter().zip(made) {
                pairs[*place] = Some(pair);
            }
        }
        pairs.into_iter().flatten().collect()
    }

    /// Weeks that a replicate takes, over those that all its worlds have: what sharing leaves of the work.
    pub fn work(&self) -> f64 {
        let [mut lived, mut all] = [0, 0];
        for Branch { models, strands, .. } in &self.branches {
            let weeks = models.first().map_or(0, |model| model.weeks);
            lived += strands.all.iter().map(|strand| weeks - strand.from).sum::<usize>();
            all += 2 * models.len() * weeks;
        }
        lived as f64 / (all as f64).max(1.0)
    }
}

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
        for (number, strand) in self.all.iter().enumerate() {
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
