//! Aspiration: what a goal calls forth, until it is seen to be missed.
//!
//! A small goal moves few: will x (1 - idle x exp(-called / result_scale) x live), so that more moves the more it is,
//! and each further point less. called = ambition - max(0, ambition x share of the time passed - max(0, lift)): nobody
//! is moved by what should be there already and is not, the front line by what is really there, leaders and managers by
//! what is reported. What was promised is held against the programme besides (see cynicism), and getting there is a
//! load (see fatigue). With idle 0 (neutral) a goal is only a load and a promise.
//! Source: Locke & Latham 2002 for the effort that a goal calls forth, and for commitment that ends where a goal is out
//! of reach; pattern P15.

use crate::{
    math::{exp, larger},
    model::{
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Aspiration: what a goal calls forth, until it is seen to be missed.
    pub struct Aspiration {
        /// How much of the will a goal that asks for nothing leaves idle; 0 is neutral.
        idle = 0.7, "share", 0.0..1.0, Assumption, "hard goals against easy ones or none: 0.42 to 0.80 standard deviations of performance (Locke & Latham 2002); size chosen with pattern P15 in view (a modest goal moves fewer)",
            neutral 0.0;
    }
}

/// A small goal leaves will idle, and so does one that is out of reach.
#[inline(never)]
pub fn idle(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, moment, .. } = *context;
    let idle = model.parameters.aspiration.idle;
    if idle == 0.0 {
        return;
    }
    let (layout, sight) = (&model.layout, &course.sight);
    let (ambition, scale) = (levers.design.ambition, model.parameters.measurement.result_scale);
    let promised = ambition * moment.share_of_time;
    let left = |lift: f32| {
        let overdue = larger(0.0, promised - larger(lift, 0.0));
        idle * exp((overdue - ambition) / scale)
    };
    let mut leave = |posts: std::ops::Range<usize>, left: f32| {
        for (will, live) in channels.will[posts.clone()].iter_mut().zip(&around.live[posts]) {
            *will *= 1.0 - left * live;
        }
    };
    for unit in 0..layout.units {
        let leader = layout.leader(unit);
        leave(layout.row(unit), left(sight.true_lift[unit]));
        leave(leader..leader + 1, left(sight.reported_lift[unit]));
    }
    leave(layout.management(), left(sight.reported_lift[layout.units]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    /// The will of the front line, a leader and a manager, of 0.5, for a goal of so many clear results.
    fn will(times: f32, time: f32, true_lift: f32, reported_lift: f32) -> [f32; 3] {
        let Stage { mut place, mut course, mut around, mut channels, .. } = Stage::plain();
        let p = &mut place.model.parameters;
        (p.aspiration.idle, p.measurement.result_scale) = (0.4, 0.2);
        place.levers().design.ambition = times * 0.2;
        place.moment.share_of_time = time;
        course.sight.true_lift.fill(true_lift);
        course.sight.reported_lift.fill(reported_lift);
        around.live.fill(1.0);
        channels.will.fill(0.5);
        idle(&place.context(), &course, &around, &mut channels);
        let layout = &place.model.layout;
        [layout.member(0, 3), layout.leader(0), layout.manager(0)].map(|post| channels.will[post])
    }

    #[test]
    fn a_small_goal_leaves_will_idle_and_each_further_point_calls_less() {
        close(will(0.0, 0.0, 0.0, 0.0), [0.3; 3]);
        let called = |times: f32| 0.5 * (1.0 - 0.4 * (-times).exp());
        for times in [0.5, 1.0, 3.0] {
            close(will(times, 0.0, 0.0, 0.0), [called(times); 3]);
        }
    }

    #[test]
    fn a_goal_that_is_seen_to_be_missed_calls_nobody_and_leaders_see_what_is_reported() {
        let all = 0.5 * (1.0 - 0.4 * (-3.0_f32).exp());
        close(will(3.0, 1.0, 0.6, 0.6), [all; 3]);
        close(will(3.0, 1.0, 0.0, 0.6), [0.3, all, all]);
        let called = |times: f32| 0.5 * (1.0 - 0.4 * (-times).exp());
        close(will(3.0, 0.5, 0.2, -0.1), [called(2.5), called(1.5), called(1.5)]);
    }
}
