//! Watching: everybody's state, week by week, in both worlds of one replicate.
//!
//! An observer is shown each organisation at the end of each week and can change nothing: it draws no luck, and the
//! histories it leaves are those of [`Model::pair`] to the bit (tested).

use super::{moves::Moves, record::Pair};
use crate::model::{
    Model,
    state::{People, World},
    who::{Level, Organisation},
};

/// One organisation in one world at the end of a week.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Number of the week.
    pub week: usize,
    /// The model.
    pub model: &'a Model,
    /// The organisation.
    pub organisation: &'a Organisation,
    /// The world; `world.on` says which.
    pub world: &'a World,
    /// What moved everybody in each programme.
    pub moves: &'a [Moves],
    /// Who held each post a week ago.
    pub before: &'a Posts,
}

impl Scene<'_> {
    /// Everybody's posts with their ranks.
    pub fn posts(&self) -> impl Iterator<Item = (usize, Level)> + '_ {
        self.model.layout.people()
    }
}

/// An observer of every organisation, week and world.
pub type Observer<'a> = dyn FnMut(&Scene) + 'a;

impl Model {
    /// The same replicate as [`Model::pair`], shown to `observer`: organisation by organisation, week by week, with the
    /// programmes and then without; where organisations see each other, week by week and in each organisation by organisation.
    pub fn watch(&self, seed: u64, replicate: u64, mut observer: impl FnMut(&Scene)) -> Pair {
        self.replicate(seed, replicate, 0..self.organisations, Some(&mut observer))
    }
}

/// Who held each post a week ago, and since when who holds it now.
#[derive(Clone, Debug)]
pub struct Posts {
    present: Vec<f32>,
    holder: Vec<u32>,
    since: Vec<usize>,
}

impl Posts {
    /// As the simulation begins.
    pub fn first(people: &People) -> Self {
        Self { present: people.present.clone(), holder: people.holder.clone(), since: vec![0; people.holder.len()] }
    }

    /// Shows `observer` the end of a week, and remembers it.
    pub fn show(
        &mut self,
        model: &Model,
        organisation: &Organisation,
        week: usize,
        world: &World,
        moves: &[Moves],
        observer: &mut Observer,
    ) {
        observer(&Scene { week, model, organisation, world, moves, before: self });
        let people = &world.people;
        for post in 0..self.since.len() {
            if self.joined(people, post) {
                self.since[post] = week;
            }
        }
        self.present.copy_from_slice(&people.present);
        self.holder.copy_from_slice(&people.holder);
    }

    /// Whether somebody new holds a post since this week.
    pub fn joined(&self, people: &People, post: usize) -> bool {
        people.holder[post] != self.holder[post]
    }

    /// Whether the holder of a post left this week.
    pub fn left(&self, people: &People, post: usize) -> bool {
        self.present[post] > 0.0 && (people.present[post] == 0.0 || self.joined(people, post))
    }

    /// Weeks since the present holder of a post came, or since the simulation began.
    pub fn tenure(&self, people: &People, post: usize, week: usize) -> f32 {
        if self.joined(people, post) { 0.0 } else { (week - self.since[post]) as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn watching_changes_no_bit() {
        let mut scenario = Scenario::ordinary();
        (scenario.setting.organisations, scenario.setting.units, scenario.run.follow_up) = (2.0, 3.0, 30);
        let model = scenario.to_model();
        let mut scenes = 0;
        let watched = model.watch(3, 1, |scene| {
            scenes += 1;
            let practice = &scene.world.courses[0].practice;
            assert!(scene.posts().all(|(post, _)| (0.0..=1.0).contains(&practice[post])));
        });
        assert_eq!(scenes, 2 * 2 * model.weeks);
        let bits = |pair: &Pair| format!("{pair:?}");
        assert!(bits(&watched) == bits(&model.pair(3, 1)));
    }
}
