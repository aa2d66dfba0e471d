//! The moment: where a programme stands in its life this week.

use crate::math::larger;

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
    /// Weeks since support began, 0 before.
    pub weeks_live: f32,
    /// Weeks since the end; infinite before it.
    pub weeks_since_end: f32,
    /// Whether planning has begun.
    pub begun: bool,
    /// Whether support has ended.
    pub after: bool,
}

impl Moment {
    /// Sanctions in force where the programme is `live` and reaches people as far as `reached`.
    #[inline(always)]
    pub fn in_force(&self, live: f32, reached: f32) -> f32 {
        larger(self.sanctioned * live, self.sanctions * reached)
    }
}
