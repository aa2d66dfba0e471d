//! Aspiration: what a goal calls forth.
//!
//! A small goal moves few: will x (1 - idle x (1 - clip(ambition / result_scale)) x live), so that a goal must be a clear
//! result to move everybody. What was promised is held against the programme later (see cynicism), and getting there is a
//! load (see fatigue). With idle 0 (neutral) a goal is only a load and a promise.
//! Source: Locke & Latham 2002 for the effort that a goal calls forth; pattern P15.

use crate::{
    math::smaller,
    model::weekly::{Channels, Context, Surroundings},
    quantities,
};

quantities! {
    /// Aspiration: what a goal calls forth.
    pub struct Aspiration {
        /// How much of the will a goal that asks for nothing leaves idle; 0 is neutral.
        idle = 0.5, "share", 0.0..0.9, Assumption, "hard goals against easy ones or none: 0.42 to 0.80 standard deviations of performance (Locke & Latham 2002); pattern P15 (a modest goal moves fewer)",
            neutral 0.0;
    }
}

/// A small goal leaves will idle.
#[inline(never)]
pub fn idle(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    let small = 1.0 - smaller(1.0, levers.design.ambition / model.parameters.measurement.result_scale);
    let idle = model.parameters.aspiration.idle * small;
    if idle > 0.0 {
        for (will, live) in channels.will.iter_mut().zip(&around.live) {
            *will *= 1.0 - idle * live;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn a_small_goal_leaves_will_idle_and_a_clear_one_none() {
        let will = |times: f32| {
            let Stage { mut place, mut around, mut channels, .. } = Stage::plain();
            let p = &mut place.model.parameters;
            (p.aspiration.idle, p.measurement.result_scale) = (0.4, 0.2);
            place.levers().design.ambition = times * 0.2;
            (around.live[0], channels.will[0]) = (1.0, 0.5);
            idle(&place.context(), &around, &mut channels);
            channels.will[0]
        };
        close([will(0.25)], [0.35]);
        assert_eq!([will(1.0), will(3.0)], [0.5; 2]);
    }
}
