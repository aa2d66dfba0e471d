//! Fatigue: load beyond what staff can absorb.
//!
//! Programme load = resourced x dose x (data burden net of administration + ambition + paperwork beyond slack) +
//! resourced x conscious effort (practice ahead of habit), less relief from protected time, summed over programmes;
//! fatigue f relaxes to clip(rest + workload + surge + mandates + vacancies + programme load). Paperwork = max(0,
//! burden net of administration - slack - time for it). Protected time is what superiors really release (see `exposure`
//! and `permission`). Source: patterns P09, P15, P18, P19, P30, P41; NHS Staff Survey for the level at rest.

use crate::{
    math::{Pace, clip, larger},
    model::{
        pushes::distance,
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Fatigue: load beyond what staff can absorb.
    pub struct Fatigue {
        /// Time in which fatigue follows load, up or down.
        weeks = 6.0, "week", 2.0..20.0, Assumption, "judgement";
        /// Fatigue at usual load.
        rest = 0.30, "share", 0.1..0.5, Assumption, "judgement; about one third of NHS staff say that they are burnt out (NHS Staff Survey 2022), which is a share and no level";
        /// Load from collecting data.
        burden = 0.08, "share", 0.04..0.16, Assumption, "chosen with pattern P09 in view; 2.6 h of a physician's week at most (Casalino 2016), 7 % of it, as much load as so much workload; half to twice that";
        /// Load from doing what is not yet habit.
        conscious_effort = 0.35, "share", 0.1..0.8, Assumption, "judgement";
        /// Load from ambition.
        ambition = 0.20, "share", 0.05..0.6, Assumption, "pattern P15";
        /// Load from paperwork beyond what can be absorbed.
        paperwork = 0.32, "share", 0.1..0.8, Assumption, "chosen with pattern P09 in view; 15 h a physician-week as upper anchor (Casalino 2016)";
        /// Paperwork that slack absorbs.
        paperwork_slack = 0.192, "share", 0.05..0.5, Assumption, "chosen with pattern P09 in view";
        /// Paperwork that protected time absorbs.
        paperwork_time = 0.5, "share", 0.1..1.0, Assumption, "judgement";
        /// How much of the burden administration takes over.
        administration_relief = 0.6, "share", 0.2..0.9, Assumption, "pattern P18";
        /// Relief of programme load by protected time.
        time_relief = 0.70, "share", 0.2..1.0, Assumption, "pattern P19";
        /// Share of protected time that is released without the manager's backing.
        time_released = 0.3, "share", 0.0..0.8, Assumption, "pattern P36";
        /// Load from empty posts in the unit, as a multiple of their share of all its posts.
        vacancy = 0.70, "times", 0.2..1.5, Assumption, "judgement";
        /// Load from a mandate.
        mandate = 0.1, "share", 0.02..0.3, Assumption, "pattern P30";
        /// Part of a mandate that reaches frontline staff.
        mandate_frontline = 0.7, "times", 0.2..1.5, Assumption, "judgement";
        /// Part of a mandate that reaches unit leaders.
        mandate_leaders = 1.0, "times", 0.5..2.0, Assumption, "judgement";
        /// Part of a mandate that reaches managers and sponsors.
        mandate_managers = 1.5, "times", 0.5..3.0, Assumption, "judgement";
    }
}

/// Time each person really has for the programme, and paperwork beyond what can be absorbed.
#[inline(always)]
pub fn paperwork(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let (p, levers) = (&context.model.parameters.fatigue, context.levers);
    fill_paperwork(p, levers, &course.dose, &around.released, &mut channels.time, &mut channels.paperwork);
}

#[inline(always)]
fn fill_paperwork(
    p: &Fatigue,
    levers: &Levers,
    dose: &[f32],
    released: &[f32],
    time: &mut [f32],
    paperwork: &mut [f32],
) {
    let n = time.len();
    let burden = net_burden(p, levers);
    let (dose, released, paperwork) = (&dose[..n], &released[..n], &mut paperwork[..n]);
    for i in 0..n {
        time[i] = released[i] * dose[i];
        paperwork[i] = larger(burden * dose[i] - p.paperwork_slack - p.paperwork_time * time[i], 0.0);
    }
}

/// Burden of data collection that administration does not take over.
fn net_burden(p: &Fatigue, levers: &Levers) -> f32 {
    levers.measurement.burden * (1.0 - p.administration_relief * levers.resources.administration)
}

/// Adds the load of one programme to everybody's.
#[inline(always)]
pub fn burden(context: &Context, course: &Course, around: &Surroundings, channels: &Channels, load: &mut [f32]) {
    let (p, levers) = (&context.model.parameters.fatigue, context.levers);
    let n = load.len();
    let attention = p.conscious_effort * distance::attention(levers);
    let constant = p.burden * net_burden(p, levers) + p.ambition * levers.design.ambition;
    let (dose, practice, habit) = (&course.dose[..n], &course.practice[..n], &course.habit[..n]);
    let resourced = &around.resourced[..n];
    let (time, paperwork) = (&channels.time[..n], &channels.paperwork[..n]);
    for i in 0..n {
        let work = constant + p.paperwork * paperwork[i];
        let effort = attention * larger(practice[i] - habit[i], 0.0);
        load[i] += resourced[i] * (dose[i] * work + effort) * (1.0 - p.time_relief * time[i]);
    }
}

/// Fatigue follows load; `pressure` is what the place itself asks: workload, surge, mandates, vacancies.
#[inline(always)]
pub fn settle(p: &Fatigue, present: &[f32], pressure: &[f32], load: &[f32], fatigue: &mut [f32]) {
    let n = fatigue.len();
    let pace = Pace::weeks(p.weeks, p.weeks);
    let (present, pressure, load) = (&present[..n], &pressure[..n], &load[..n]);
    for i in 0..n {
        let target = clip(p.rest + pressure[i] + load[i], 0.0, 1.0);
        fatigue[i] += present[i] * pace.step(fatigue[i], target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paperwork_starts_beyond_slack_and_time() {
        let (p, mut levers) = (Fatigue::default(), Levers::default());
        levers.resources.administration = 0.0;
        levers.measurement.burden = p.paperwork_slack;
        let (mut time, mut paperwork) = ([0.0; 2], [0.0; 2]);
        fill_paperwork(&p, &levers, &[1.0, 1.0], &[0.0, 0.5], &mut time, &mut paperwork);
        assert_eq!(paperwork, [0.0; 2]);
        levers.measurement.burden = p.paperwork_slack + 0.3;
        fill_paperwork(&p, &levers, &[1.0, 1.0], &[0.0, 0.5], &mut time, &mut paperwork);
        assert!((paperwork[0] - 0.3).abs() < 1e-6);
        assert!((paperwork[1] - (0.3 - 0.25)).abs() < 1e-6);
    }

    #[test]
    fn rest_is_a_fixed_point_and_overload_stops_at_one() {
        let p = Fatigue::default();
        let mut fatigue = [p.rest, p.rest];
        for _ in 0..200 {
            settle(&p, &[1.0; 2], &[0.0, 2.0], &[0.0; 2], &mut fatigue);
        }
        assert_eq!(fatigue[0], p.rest);
        assert!((fatigue[1] - 1.0).abs() < 1e-5);
    }
}
