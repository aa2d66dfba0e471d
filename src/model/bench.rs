//! Room to work in: what a week keeps at hand between its steps.

use crate::model::{
    Model,
    count::{counted::Counts, moves::Moves},
    pushes::{carryover::Elsewhen, hours},
    weekly::{Channels, Heard, Strain, Surroundings},
};

/// Room to work in, reused from week to week; nothing in it outlives a week.
#[derive(Clone, Debug)]
pub struct Bench {
    /// What is written down of the week.
    pub counts: Counts,
    /// What surrounds everybody in the programme at hand.
    pub(super) around: Surroundings,
    /// What the programme at hand pushes everybody to.
    pub(super) channels: Channels,
    /// What everybody hears from colleagues.
    pub(super) heard: Heard,
    /// How far colleagues' lift is an example to follow, by post.
    pub(super) example: Vec<f32>,
    /// What everybody brings from the other programmes.
    pub(super) elsewhen: Elsewhen,
    /// What the week asks of everybody, over all programmes.
    pub(super) strain: Strain,
    /// Pressure of workload and mandates, by post.
    pub(super) pressure: Vec<f32>,
    /// What the place itself asks of each unit, then of the management.
    pub(super) pressed: Vec<f32>,
    /// Other care displaced, by unit.
    pub(super) displaced: Vec<f32>,
    /// Other care watched, by unit.
    pub(super) watched: Vec<f32>,
    /// 1 for who leaves this week, by post.
    pub(super) leaves: Vec<u8>,
    /// Hours that the week has to spare.
    pub(super) hours: hours::Spare,
    /// What moves everybody in each programme, where somebody watches.
    pub moves: Option<Vec<Moves>>,
}

impl Bench {
    /// Room for one organisation of `model`.
    pub fn new(model: &Model) -> Self {
        let (posts, units) = (model.layout.posts, model.layout.units);
        let column = || vec![0.0; posts];
        Self {
            counts: Counts::none(model),
            around: Surroundings::none(posts),
            channels: Channels::none(posts),
            heard: Heard::nothing(posts),
            example: column(),
            elsewhen: Elsewhen::none(model),
            strain: Strain::none(posts),
            pressure: column(),
            pressed: vec![0.0; units + 1],
            displaced: vec![0.0; units],
            watched: vec![0.0; units],
            leaves: vec![0; posts],
            hours: hours::Spare::none(units),
            moves: None,
        }
    }
}
