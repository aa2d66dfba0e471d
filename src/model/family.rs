//! Families: designs that are simulated together, so that no week of theirs is lived twice.
//!
//! The worlds of a family form a tree of strands. A strand begins in the first week, or parts from another in the first week
//! in which the two may differ (see [`same`]), with a copy of its state; a world that never differs from another
//! has no strand of its own. What comes out are the same bits as from each design by itself (tested).
//!
//! Memory beyond that of one design: a state of each strand, about 60 numbers a post, for one organisation at a time (for all
//! of them where they see each other), and the histories of each strand.

use super::{Model, Pair, same, simulate, strands::Strands};
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
