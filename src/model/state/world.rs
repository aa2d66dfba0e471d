//! The world: everybody in one organisation of one world, column by column.

use super::{course::Course, ties::Ties};

/// The people who hold the posts.
#[derive(Clone, Debug)]
pub struct People {
    /// 1 where the post is held, 0 where it is empty.
    pub present: Vec<f32>,
    /// Usual practice [log odds] without tide or programme.
    pub usual_log_odds: Vec<f32>,
    /// Usual practice this week; for leaders, usual backing.
    pub usual: Vec<f32>,
    /// Intrinsic motivation.
    pub intrinsic: Vec<f32>,
    /// Motivation.
    pub motivation: Vec<f32>,
    /// Fatigue.
    pub fatigue: Vec<f32>,
    /// Cynicism.
    pub cynicism: Vec<f32>,
    /// What is left of the person's will: 1, or less for a blocker.
    pub will_factor: Vec<f32>,
    /// 1 for those who are against the change.
    pub hostile: Vec<f32>,
    /// 1 for opinion leaders.
    pub opinion_leader: Vec<f32>,
    /// How many people have held the post before.
    pub holder: Vec<u32>,
    /// Empty posts with the weeks they still stay so.
    pub empty: Vec<(u16, u16)>,
    /// Who looks to whom.
    pub ties: Ties,
}

/// One organisation in one world: programmes on, or off.
#[derive(Clone, Debug)]
pub struct World {
    /// Everybody.
    pub people: People,
    /// The course of each programme.
    pub courses: Vec<Course>,
    /// Other care, by unit.
    pub care: Vec<f32>,
    /// Mandates in force.
    pub mandate: f32,
    /// Whether the programmes happen.
    pub on: bool,
}
