//! Moves: what moved each person in one programme this week, kept for an observer.
//!
//! The pushes are the terms of the log-odds gain in [`practice`](crate::model::act::practice), whose source is there.

use crate::{
    math::smaller,
    model::{
        pushes::distance,
        state::{Course, People},
        weekly::{Channels, Context, Heard, Surroundings},
    },
};

/// What moved each person in one programme this week, kept for an observer.
#[derive(Clone, Debug)]
pub struct Moves {
    /// Will to do it, of who held the post as the week began.
    pub will: Vec<f32>,
    /// Effort that went into the number only.
    pub ritual: Vec<f32>,
    /// `pushes[term][post]`: the terms of the log-odds gain, in the order of [`Moves::keep`].
    pub pushes: [Vec<f32>; 8],
}

impl Moves {
    /// Nothing moved anybody.
    pub fn none(posts: usize) -> Self {
        let none = || vec![0.0; posts];
        Self { will: none(), ritual: none(), pushes: std::array::from_fn(|_| none()) }
    }

    /// Keeps the terms of [`practice::act`](crate::model::act::practice::act), which is about to run.
    pub fn keep(
        &mut self,
        context: &Context,
        people: &People,
        course: &Course,
        around: &Surroundings,
        channels: &Channels,
        heard: &Heard,
    ) {
        let Context { model, levers, organisation, .. } = *context;
        let (p, rest) = (&model.parameters.practice, model.parameters.fatigue.rest);
        self.will.copy_from_slice(&channels.will);
        self.ritual.copy_from_slice(&channels.ritual);
        let d = &model.parameters.distance;
        let (difficulty, potential) = (distance::difficulty(d, levers), distance::potential(d, levers));
        for post in 0..self.will.len() {
            let able = around.fit[post] * (1.0 - difficulty * (1.0 - course.skill[post]));
            let peers = heard.peers[post];
            let convinces = p.reinforcement_scale * peers / (peers + p.reinforcement) * able;
            let terms = [
                p.will_weight * potential * channels.will[post] * able,
                organisation.norm[post] * peers * if peers > 0.0 { convinces } else { p.slackening },
                p.habit_weight * (course.habit[post] - people.usual[post]),
                p.embedding_weight * potential * around.embedding[post],
                p.pressure_weight * potential * channels.pressure[post] * (1.0 - channels.ritual[post]),
                -p.fatigue_weight * (people.fatigue[post] - rest),
                p.morale_weight * smaller(0.0, people.motivation[post] - people.intrinsic[post]),
                around.pushed[post] * able,
            ];
            for (push, term) in self.pushes.iter_mut().zip(terms) {
                push[post] = term;
            }
        }
    }
}
