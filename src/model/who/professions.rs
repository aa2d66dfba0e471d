//! The professions of a model, with those found that have a special part.

use crate::world::{
    Profession,
    profession::{Roles, Traits},
};

/// The professions with their special parts found.
#[derive(Clone, Debug, PartialEq)]
pub struct Professions {
    /// What is known of each.
    pub traits: Vec<Traits>,
    /// Which one leads units.
    pub unit_leader: usize,
    /// Which one manages.
    pub manager: usize,
    cumulative: Vec<f32>,
}

impl Professions {
    /// Finds the roles; a resolved scenario has them.
    pub fn new(professions: &[Profession], roles: &Roles) -> Self {
        let find = |name: &str| professions.iter().position(|profession| profession.name == name).unwrap_or(0);
        let mut total = 0.0;
        let cumulative = professions.iter().map(|profession| {
            total += profession.traits.share;
            total
        });
        Self {
            cumulative: cumulative.collect(),
            traits: professions.iter().map(|profession| profession.traits.clone()).collect(),
            unit_leader: find(&roles.unit_leader),
            manager: find(&roles.manager),
        }
    }

    /// The profession of a frontline post, from a number in [0, 1).
    pub fn drawn(&self, uniform: f32) -> usize {
        let total = self.cumulative.last().copied().unwrap_or(1.0);
        self.cumulative.iter().position(|cumulative| uniform * total < *cumulative).unwrap_or(0)
    }

    /// Share of the unit leaders' profession among frontline posts; all of them where it has none there.
    pub fn share_of_unit_leader(&self) -> f32 {
        let share = self.traits[self.unit_leader].share;
        if share > 0.0 { share } else { 1.0 }
    }
}
