//! Strain: what all programmes together do to each person this week.

use crate::model::state::columns;

columns! {
    /// What all programmes together do to each person this week: columns over posts.
    Strain
    /// Load of programmes.
    load,
    /// Load of the programme whose turn it is.
    own_load,
    /// What lets people down.
    letdown,
    /// Vitality from results and encouragement.
    vitality,
    /// Motivation crowded out.
    crowding,
}

impl Strain {
    /// Back to none.
    pub fn clear(&mut self) {
        for column in [&mut self.load, &mut self.letdown, &mut self.vitality, &mut self.crowding] {
            column.fill(0.0);
        }
    }

    /// The load of the programme whose turn it was joins that of all others.
    pub fn add_own_load(&mut self) {
        for (load, own) in self.load.iter_mut().zip(&self.own_load) {
            *load += own;
        }
    }
}
