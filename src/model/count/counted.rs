//! Counted: the frontline staff as they act, for what is written down of the week.

use super::record::Series;
use crate::{
    math::sum,
    model::{
        Model,
        state::{Course, People},
        weekly::{Channels, Context},
    },
};

/// Series of [`Counted`], in its order.
pub(super) const COUNTED: [Series; 10] = [
    Series::Motivation,
    Series::Fatigue,
    Series::Cynicism,
    Series::Habit,
    Series::ProblemBelief,
    Series::SolutionBelief,
    Series::Will,
    Series::Ownership,
    Series::Skill,
    Series::Ritual,
];

/// What a week leaves to be written down.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Usual reliability of each unit.
    pub usual: Vec<f32>,
    /// Who took part in each programme, and how.
    pub of: Vec<Counted>,
    /// How many frontline staff left.
    pub left: u32,
}

impl Counts {
    /// Nothing counted yet.
    pub fn none(model: &Model) -> Self {
        Self { usual: vec![0.0; model.layout.units], of: vec![Counted::none(model); model.programmes.len()], left: 0 }
    }
}

/// The frontline staff of the units reached, counted as they act: with the beliefs and feelings they went into the week
/// with, and with what they then did.
#[derive(Clone, Debug)]
pub struct Counted {
    who: Vec<f32>,
    pub(super) will: Vec<f32>,
    practised: Vec<f32>,
    pub(super) people: f64,
    pub(super) sums: [f64; COUNTED.len()],
    pub(super) by_profession: Vec<(f64, f64)>,
}

impl Counted {
    /// Nobody counted yet.
    pub fn none(model: &Model) -> Self {
        Self {
            who: vec![0.0; model.layout.posts],
            will: vec![0.0; model.layout.posts],
            practised: vec![0.0; model.layout.posts],
            people: 0.0,
            sums: [0.0; COUNTED.len()],
            by_profession: vec![(0.0, 0.0); model.professions.traits.len()],
        }
    }

    /// Counts everybody in one programme.
    #[inline(always)]
    pub fn take(&mut self, context: &Context, people: &People, course: &Course, channels: &Channels) {
        let Context { model, organisation, .. } = *context;
        model.layout.spread_rows(&course.reached, &mut self.who);
        for (who, present) in self.who[model.layout.rows()].iter_mut().zip(&people.present) {
            *who *= present;
        }
        self.will.copy_from_slice(&channels.will[..model.layout.posts]);
        let felt = [&people.motivation, &people.fatigue, &people.cynicism, &course.habit];
        let made =
            [&course.problem, &course.solution, &channels.will, &course.ownership, &course.skill, &channels.ritual];
        let (of_people, of_programme) = self.sums.split_at_mut(felt.len());
        self.people = f64::from(sum(&self.who, &self.who));
        for (total, column) in of_people.iter_mut().zip(felt) {
            *total = f64::from(sum(column, &self.who));
        }
        for (total, column) in of_programme.iter_mut().zip(made) {
            *total = f64::from(sum(column, &self.who));
        }
        for (own, (practice, who)) in self.practised.iter_mut().zip(course.practice.iter().zip(&self.who)) {
            *own = practice * who;
        }
        for (total, members) in self.by_profession.iter_mut().zip(&organisation.members) {
            *total = (f64::from(sum(&self.practised, members)), f64::from(sum(&self.who, members)));
        }
    }
}
