//! Heard: what everybody hears from colleagues this week.

use crate::model::state::{Shown, WAYS};

/// What each person hears from colleagues: their mean lift and what they believe.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What each post shows, weighed as it counts in each [`Way`](crate::model::state::Way), way by way; a power of two of
    /// them, so that whoever listens need not ask whether a place is one.
    pub said: Vec<Shown>,
    /// The weighted sum of what colleagues show.
    pub total: Vec<Shown>,
    /// Mean lift of colleagues over their usual practice.
    pub peers: Vec<f32>,
    /// Mean problem belief of colleagues.
    pub problem: Vec<f32>,
    /// Mean solution belief of colleagues.
    pub solution: Vec<f32>,
}

impl Heard {
    /// Nothing heard.
    pub fn nothing(posts: usize) -> Self {
        Self {
            said: vec![Shown::default(); (WAYS * posts).next_power_of_two()],
            total: vec![Shown::default(); posts],
            peers: vec![0.0; posts],
            problem: vec![0.0; posts],
            solution: vec![0.0; posts],
        }
    }
}
