//! Stage: what the test of a mechanism stands on, a place before its first week on a day on which nothing happens.

use super::{
    Model, begin,
    state::{Course, Moment, Nation, People, World},
    weekly::{Channels, Context, Elsewhere, Inspected, Strain, Surroundings, Week},
    who::Organisation,
};
use crate::{programme::Levers, rng::Luck, scenario::Scenario};

/// The luck of every stage.
pub const LUCK: Luck = Luck { seed: 1, replicate: 0 };

/// One organisation with one programme, which reaches all its units, and what the steps of a week read and write there.
/// A test takes out what it needs: `let Stage { place, mut course, .. } = Stage::plain();`.
pub struct Stage {
    /// What a step is told and may only read.
    pub place: Place,
    /// The first holders of every post.
    pub people: People,
    /// The course of the programme.
    pub course: Course,
    /// Nothing around anybody.
    pub around: Surroundings,
    /// Nothing reaches anybody.
    pub channels: Channels,
    /// No strain on anybody.
    pub strain: Strain,
}

/// What a step is told and may only read; a test sets what the step looks at.
pub struct Place {
    pub model: Model,
    pub organisation: Organisation,
    pub moment: Moment,
    pub elsewhere: Elsewhere,
    pub sponsor: f32,
}

impl Stage {
    /// The default scenario, in which the programme does nothing.
    pub fn plain() -> Self {
        Self::of(&Scenario::default())
    }

    /// The default scenario, changed.
    pub fn with(change: impl FnOnce(&mut Scenario)) -> Self {
        Self::changed(Scenario::default(), change)
    }

    /// The scenario with everything off that can be off, changed.
    pub fn core(change: impl FnOnce(&mut Scenario)) -> Self {
        Self::changed(Scenario::core(), change)
    }

    fn changed(mut scenario: Scenario, change: impl FnOnce(&mut Scenario)) -> Self {
        change(&mut scenario);
        Self::of(&scenario)
    }

    /// The whole world, in which the programme happens.
    pub fn world(&self) -> World {
        let care = vec![1.0; self.place.model.layout.units];
        World { people: self.people.clone(), courses: vec![self.course.clone()], care, mandate: 0.0, on: true }
    }

    fn of(scenario: &Scenario) -> Self {
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, LUCK, 0);
        let people = begin::people(&model, &organisation);
        let course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        let posts = model.layout.posts;
        let (moment, elsewhere) = (Moment::default(), Elsewhere::default());
        Self {
            place: Place { model, organisation, moment, elsewhere, sponsor: 0.0 },
            people,
            course,
            around: Surroundings::none(posts),
            channels: Channels::none(posts),
            strain: Strain::none(posts),
        }
    }
}

impl Place {
    /// The levers of the programme, to set after it has begun.
    pub fn levers(&mut self) -> &mut Levers {
        &mut self.model.programmes[0].levers
    }

    /// What a step is told.
    pub fn context(&self) -> Context<'_> {
        const QUIET: &Week = &Week {
            number: 0,
            tide: 0.0,
            surge: 0.0,
            exodus: 1.0,
            inspected: Inspected { severity: 0.0, set_aside: 0.0, ever: false },
            moments: &[],
            nation: &Nation { policy_changes: Vec::new(), alignment: Vec::new() },
            elsewhere: &[],
            scatter: &[],
            misreport: &[],
            chance: &[],
        };
        let programme = &self.model.programmes[0];
        Context {
            model: &self.model,
            organisation: &self.organisation,
            week: QUIET,
            number: 0,
            programme,
            levers: &programme.levers,
            moment: &self.moment,
            alignment: 0.0,
            elsewhere: self.elsewhere,
            sponsor: self.sponsor,
        }
    }
}

/// Fails unless the numbers are as expected, up to rounding.
#[track_caller]
pub fn close<const N: usize>(found: [f32; N], expected: [f32; N]) {
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?}, not {expected:?}");
}
