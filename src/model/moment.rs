//! The moment: where a programme stands in its life this week.

use crate::{
    math::{clip, exp, larger},
    model::{Model, spared},
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
    /// Share of resources that is left while they fade out after the end.
    pub fading: f32,
    /// Recognition and payment at work: as far as resources are, unless a what-if parts them.
    pub rewards: f32,
    /// Share of live action that comes with its sanctions: 1, unless a what-if takes them away.
    pub sanctioned: f32,
    /// Sanctions that stay in force after the end.
    pub sanctions: f32,
    /// Time left, against a horizon of two years, from 0 to 1.
    pub time_left: f32,
    /// Share of the active time that has passed, 0 when not active.
    pub share_of_time: f32,
    /// What is left of the programme's novelty, 0 when not active.
    pub novelty: f32,
    /// Weeks since support began, 0 before.
    pub weeks_live: f32,
    /// Share of its budget that cuts have left.
    pub budget_left: f32,
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
        // Who defines the problem together first, acts later.
        let agreeing = p.coalition.weeks * programme.levers.engagement.coalition;
        let when_active = |number: f32| if active { number } else { 0.0 };
        let mut moment = Self {
            planning: if phase == Phase::Planning || (active && now < live + agreeing) { 1.0 } else { 0.0 },
            strength: when_active(clip((now - live - agreeing + 1.0) / p.exposure.ramp_weeks, 0.0, 1.0)),
            continued: if phase == Phase::After { programme.levers.sustain.continuation } else { 0.0 },
            fading: if phase == Phase::After { clock.fading(now - end) } else { 0.0 },
            rewards: 0.0,
            sanctioned: 1.0,
            sanctions: if phase == Phase::After { programme.levers.sustain.sanction_after } else { 0.0 },
            time_left: clip((end - now) / p.permanence.horizon_weeks, 0.0, 1.0),
            share_of_time: when_active(clip((now - live) / larger(1.0, clock.active), 0.0, 1.0)),
            novelty: when_active(exp(-larger(0.0, now - live) / p.motivation.novelty_weeks)),
            weeks_live: larger(0.0, now - live),
            budget_left: 1.0,
            weeks_since_end: if phase == Phase::After { now - end } else { f32::INFINITY },
            begun: phase != Phase::Before,
            after: phase == Phase::After,
        };
        super::outer::cut(model, week, &mut moment);
        moment.rewards = larger(moment.strength, larger(moment.continued, moment.fading));
        spared::go_on(model, programme, week, &mut moment);
        moment
    }

    /// Sanctions in force where the programme is `live` and reaches people as far as `reached`.
    #[inline(always)]
    pub fn in_force(&self, live: f32, reached: f32) -> f32 {
        larger(self.sanctioned * live, self.sanctions * reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn a_programme_ramps_up_runs_and_stops() {
        let model = Model::new(&Scenario::default());
        let programme = &model.programmes[0];
        let (live, end) = (programme.clock.live(), programme.clock.end());
        let at = |week| Moment::of(&model, programme, week);
        assert_eq!((at(live - 1).planning, at(live - 1).strength), (1.0, 0.0));
        assert_eq!(at(live).strength, 0.125);
        assert_eq!((at(live + 7).strength, at(end - 1).strength, at(end).strength), (1.0, 1.0, 0.0));
        assert!(at(end).after && at(end).time_left == 0.0 && at(end).weeks_since_end == 0.0);
        assert_eq!(at(live).novelty, 1.0);
    }
}
