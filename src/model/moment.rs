//! The moment: where a programme stands in its life this week.

use crate::{
    math::{clip, exp, larger},
    model::Model,
    programme::{Phase, Programme},
};

/// A programme's week, the same in every organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// 1 while planning, else 0.
    pub planning: f32,
    /// Ramp-up while active, from 0 to 1.
    pub strength: f32,
    /// Share of resources that goes on after the end.
    pub continued: f32,
    /// Time left, against a horizon of two years, from 0 to 1.
    pub time_left: f32,
    /// Share of the active time that has passed, 0 when not active.
    pub share_of_time: f32,
    /// What is left of the programme's novelty, 0 when not active.
    pub novelty: f32,
    /// Weeks since the end; infinite before it.
    pub weeks_since_end: f32,
    /// Whether planning has begun.
    pub begun: bool,
    /// Whether support has ended.
    pub after: bool,
}

impl Moment {
    /// The moment of `programme` in `week`.
    pub fn of(model: &Model, programme: &Programme, week: usize) -> Self {
        let p = &model.parameters;
        let (clock, now) = (&programme.clock, week as f32);
        let (live, end) = (clock.live() as f32, clock.end() as f32);
        let phase = clock.phase(week);
        let active = phase == Phase::Active;
        let when_active = |number: f32| if active { number } else { 0.0 };
        let mut moment = Self {
            planning: if phase == Phase::Planning { 1.0 } else { 0.0 },
            strength: when_active(clip((now - live + 1.0) / p.exposure.ramp_weeks, 0.0, 1.0)),
            continued: if phase == Phase::After { programme.levers.sustain.continuation } else { 0.0 },
            time_left: clip((end - now) / p.permanence.horizon_weeks, 0.0, 1.0),
            share_of_time: when_active(clip((now - live) / larger(1.0, clock.active), 0.0, 1.0)),
            novelty: when_active(exp(-larger(0.0, now - live) / p.motivation.novelty_weeks)),
            weeks_since_end: if phase == Phase::After { now - end } else { f32::INFINITY },
            begun: phase != Phase::Before,
            after: phase == Phase::After,
        };
        super::outer::cut(model, week, &mut moment);
        moment
    }
}
