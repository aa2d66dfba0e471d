//! State: everybody in one organisation of one world, column by column.

use super::{
    Model,
    course::Course,
    network::Ties,
    organisation::Organisation,
    people::{self, Newcomer},
};
use crate::math::sigmoid;

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
    /// Share of the person's own motivation that has been worn away.
    pub eroded: Vec<f32>,
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

impl People {
    /// The first holders of every post.
    pub fn first(model: &Model, organisation: &Organisation) -> Self {
        let posts = model.layout.posts;
        let zeros = || vec![0.0; posts];
        let mut people = Self {
            present: zeros(),
            usual_log_odds: zeros(),
            usual: zeros(),
            intrinsic: zeros(),
            motivation: zeros(),
            eroded: zeros(),
            fatigue: zeros(),
            cynicism: zeros(),
            will_factor: zeros(),
            hostile: zeros(),
            opinion_leader: zeros(),
            holder: vec![0; posts],
            empty: Vec::new(),
            ties: Ties::none(posts),
        };
        for (post, level) in model.layout.people() {
            let newcomer = people::newcomer(model, organisation, post, level, 0);
            people.settle_in(model, post, &newcomer);
            people.usual[post] = sigmoid(newcomer.usual_log_odds);
        }
        for (post, level) in model.layout.people() {
            people.ties.draw(model, organisation, &people.opinion_leader, post, level, 0);
        }
        people
    }

    /// Somebody takes up a post, rested.
    pub fn settle_in(&mut self, model: &Model, post: usize, newcomer: &Newcomer) {
        self.present[post] = 1.0;
        self.usual_log_odds[post] = newcomer.usual_log_odds;
        self.intrinsic[post] = newcomer.intrinsic;
        self.motivation[post] = newcomer.intrinsic;
        self.eroded[post] = 0.0;
        self.fatigue[post] = model.parameters.fatigue.rest;
        self.cynicism[post] = model.setting.cynicism;
        self.will_factor[post] = newcomer.will_factor;
        self.hostile[post] = newcomer.hostile;
        self.opinion_leader[post] = newcomer.opinion_leader;
    }
}

/// What all programmes together do to each person this week.
#[derive(Clone, Debug)]
pub struct Strain {
    /// Load of programmes.
    pub load: Vec<f32>,
    /// What lets people down.
    pub letdown: Vec<f32>,
    /// Vitality from results and encouragement.
    pub vitality: Vec<f32>,
    /// Motivation crowded out.
    pub crowding: Vec<f32>,
}

impl Strain {
    /// No strain on anybody.
    pub fn none(posts: usize) -> Self {
        let none = || vec![0.0; posts];
        Self { load: none(), letdown: none(), vitality: none(), crowding: none() }
    }

    /// Back to none.
    pub fn clear(&mut self) {
        for column in [&mut self.load, &mut self.letdown, &mut self.vitality, &mut self.crowding] {
            column.fill(0.0);
        }
    }
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

impl World {
    /// The organisation before the first week. `reached[programme][unit]` says whom each programme will reach.
    pub fn first(model: &Model, organisation: &Organisation, reached: &[&[bool]], on: bool) -> Self {
        let people = People::first(model, organisation);
        let courses = reached
            .iter()
            .enumerate()
            .map(|(number, reached)| Course::before(model, organisation, &people, number, reached))
            .collect();
        Self { people, courses, care: vec![1.0; model.layout.units + 1], mandate: 0.0, on }
    }

    /// The same organisation in the world where no programme happens.
    pub fn without_programmes(&self) -> Self {
        let mut world = self.clone();
        world.on = false;
        world
    }
}
