//! Cynicism: what broken promises, abandonment and mandates leave behind.
//!
//! disappointment = promised improvement not (yet) there, against the number people have in front of them: the true one
//! for frontline staff, the reported one for leaders; abandonment = project status x (1 - permanence) x (1 - what has
//! not faded out yet) in the year after support. Cynicism c relaxes to nor(what people bring, both of these over programmes,
//! mandates), up in half a year, down in years, faster where things go well. Source: patterns P15, P28.

use crate::{
    math::{Pace, clip, larger, nor, nor3, smaller},
    model::{pushes::impatience, state::Course, weekly::Context},
    quantities,
};

quantities! {
    /// Cynicism: what broken promises, abandonment and mandates leave behind.
    pub struct Cynicism {
        /// Time in which cynicism rises.
        gain_weeks = 26.0, "week", 8.0..78.0, Assumption, "judgement";
        /// Time in which it falls.
        loss_weeks = 140.0, "week", 52.0..312.0, Assumption, "chosen with carry-over in pattern P15 in view";
        /// How much faster it falls where things go well.
        vitality_relief = 3.0, "times", 0.0..8.0, Assumption, "judgement";
        /// Cynicism from promises missed.
        disappointment = 0.31, "share", 0.1..0.7, Assumption, "chosen with pattern P15 in view";
        /// Cynicism from a project abandoned.
        abandonment = 0.49, "share", 0.1..0.9, Assumption, "chosen with pattern P15 in view";
        /// Time for which abandonment rankles.
        abandonment_weeks = 52.0, "week", 13.0..104.0, Assumption, "judgement";
        /// Cynicism from mandates.
        mandate = 0.20, "share", 0.05..0.5, Assumption, "pattern P28";
    }
}

/// What lets people down this week, by unit: frontline staff into `letdown`, leaders and managers beside it.
#[inline(always)]
pub fn let_down(context: &Context, course: &mut Course) {
    let Context { model, programme, moment, .. } = *context;
    let (p, levers) = (&model.parameters.cynicism, &programme.levers);
    let scale = model.parameters.measurement.result_scale;
    let promised = levers.design.ambition * moment.share_of_time;
    let due = levers.design.ambition * impatience::due(model, moment);
    let abandons =
        if moment.weeks_since_end < p.abandonment_weeks { p.abandonment * levers.design.project_status } else { 0.0 };
    // Nobody is abandoned as far as support only fades.
    let abandons = abandons * (1.0 - moment.fading);
    let sight = &mut course.sight;
    for place in 0..=model.layout.units {
        let missing = |promised: f32, lift: f32| {
            p.disappointment * clip((promised - larger(lift, 0.0)) / scale, 0.0, 1.0) * sight.reached[place]
        };
        let abandoned = abandons * (1.0 - sight.permanence[place]) * sight.reached[place];
        let (staff, leaders) = (missing(promised, sight.true_lift[place]), missing(due, sight.reported_lift[place]));
        sight.letdown[place] = nor(staff, abandoned);
        sight.letdown_of_leader[place] = nor(leaders, abandoned);
    }
}

/// Adds what one programme lets people down by to what the others do.
#[inline(always)]
pub fn add(letdown: &[f32], all: &mut [f32]) {
    for (all, letdown) in all.iter_mut().zip(letdown) {
        *all = nor(*all, *letdown);
    }
}

/// Cynicism follows what lets people down.
#[inline(always)]
pub fn settle(
    p: &Cynicism,
    brought: f32,
    mandate: f32,
    present: &[f32],
    letdown: &[f32],
    vitality: &[f32],
    cynicism: &mut [f32],
) {
    let n = cynicism.len();
    let mandated = p.mandate * smaller(1.0, mandate);
    let (present, letdown, vitality) = (&present[..n], &letdown[..n], &vitality[..n]);
    let pace = Pace::weeks(p.gain_weeks, p.loss_weeks);
    for i in 0..n {
        let target = nor3(brought, letdown[i], mandated);
        let step = pace.step(cynicism[i], target);
        let relieved = 1.0 + p.vitality_relief * vitality[i];
        let faster = if step < 0.0 { relieved } else { 1.0 };
        cynicism[i] += present[i] * (step * faster);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cynicism_falls_as_the_closed_form_says_and_faster_where_things_go_well() {
        let p = Cynicism::default();
        let mut cynicism = [0.9, 0.9];
        for _ in 0..52 {
            settle(&p, 0.1, 0.0, &[1.0; 2], &[0.0; 2], &[0.0, 1.0], &mut cynicism);
        }
        let left = |rate: f64| 0.1 + 0.8 * (1.0 - rate).powi(52);
        assert!((f64::from(cynicism[0]) - left(1.0 / 140.0)).abs() < 1e-5);
        assert!((f64::from(cynicism[1]) - left(4.0 / 140.0)).abs() < 1e-5);
    }
}
