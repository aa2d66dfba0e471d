//! Heard: what everybody hears from colleagues this week.

use crate::model::state::Shown;

/// What each person hears from colleagues: their mean lift and what they believe.
#[derive(Clone, Debug)]
pub struct Heard {
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
            total: vec![Shown::ZERO; posts],
            peers: vec![0.0; posts],
            problem: vec![0.0; posts],
            solution: vec![0.0; posts],
        }
    }
}
