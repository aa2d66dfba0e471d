//! Measurement: what the unit can know about itself, what it reports, and the results people see.
//!
//! capability D grows with investment,
//! `D += lever x support x (unaided + (1 - unaided) nor(sponsor, outside help)) (1 - D) / gain`,
//! and slips back to its starting point when resources end, unless embedded;
//! feedback F = D x (1 - theatre x ritual) x lever x max(resourced, embedded_feedback x embedding x reached);
//! results V = (F x clip(reported lift / result_scale) + bystander x clip(true lift / result_scale)) x reached x begun,
//! both clips within [-1, 1], begun 1 from the first week of planning on;
//! visible gap = clip((no_problem - reported) / plain_problem): what is reported, so that good units, and units whose
//! numbers are theatre, see none.
//! Source: the review, challenge 3; patterns P01, P09, P10.

use crate::{
    math::{clip, larger, nor},
    model::{state::Course, weekly::Context},
    quantities,
};

quantities! {
    /// Measurement: what the unit can know about itself, reports, and sees.
    pub struct Measurement {
        /// Time to build the means to measure.
        gain_weeks = 18.0, "week", 8.0..104.0, Assumption, "the review: systems took a year and more to build; chosen with N01 in view";
        /// Time in which they slip back without resources.
        loss_weeks = 80.0, "week", 26.0..208.0, Assumption, "judgement";
        /// Share of the build-up that needs neither sponsor nor outside help.
        unaided = 0.4, "share", 0.1..0.8, Assumption, "judgement";
        /// How much of the means embedding keeps.
        embedded = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How much ritual compliance takes away from feedback: people know when numbers are theatre.
        theatre = 0.8, "share", 0.2..1.0, Assumption, "pattern P10";
        /// Feedback that goes on in an embedded programme without resources.
        embedded_feedback = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Result that everybody notices without feedback.
        bystander = 0.15, "share", 0.0..0.5, Assumption, "judgement";
        /// Gain that counts as a clear result.
        result_scale = 0.10, "share", 0.08..0.4, Assumption, "about what a year of a single lever gains (N05, N08)";
        /// Weekly scatter of the reported number (standard deviation).
        report_noise = 0.02, "share", 0.0..0.1, Assumption, "judgement";
        /// How much of the distance to the best unit is talked away at each level on the way up; 0 is neutral.
        upward_filter = 0.3, "share", 0.0..0.9, Assumption, "pattern P12: good news travels up; size assumed",
            neutral 0.0;
    }
}

/// One week of building and losing the means to measure.
#[inline(always)]
pub fn build(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, sponsor, .. } = *context;
    let p = &model.parameters.measurement;
    let start = model.setting.measurement_capability;
    let help = p.unaided + (1.0 - p.unaided) * nor(sponsor, levers.resources.external_support);
    let growth = levers.measurement.capability * help / p.gain_weeks;
    let units = course.capability.len();
    let (resourced, reached) = (&course.sight.resourced[..units], &course.reached[..units]);
    let embedding = &course.embedding[..units];
    for unit in 0..units {
        let support = larger(resourced[unit], moment.planning * reached[unit]);
        let mut capability = course.capability[unit];
        capability += growth * support * (1.0 - capability);
        let kept = start + p.embedded * embedding[unit] * (1.0 - start);
        let slipping = larger(capability - kept, 0.0);
        course.capability[unit] = capability - (1.0 - support) * slipping / p.loss_weeks;
    }
}

/// What people in each unit can see this week: the visible gap, lifts, feedback and results.
#[inline(always)]
pub fn look(context: &Context, usual: &[f32], course: &mut Course) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.measurement;
    let belief = &model.parameters.belief;
    let units = course.capability.len();
    let begun = if moment.begun { 1.0 } else { 0.0 };
    let (usual, reached, capability) = (&usual[..units], &course.reached[..units], &course.capability[..units]);
    let (ritual, embedding) = (&course.ritual[..units], &course.embedding[..units]);
    let (reported, truth) = (&course.reported[..units], &course.true_practice[..units]);
    let sight = &mut course.sight;
    for unit in 0..units {
        let routine = p.embedded_feedback * embedding[unit] * reached[unit];
        let feedback = capability[unit]
            * (1.0 - p.theatre * ritual[unit])
            * levers.measurement.feedback
            * larger(sight.resourced[unit], routine);
        let reported_lift = reported[unit] - usual[unit];
        let true_lift = truth[unit] - usual[unit];
        let results = feedback * clip(reported_lift / p.result_scale, -1.0, 1.0)
            + p.bystander * clip(true_lift / p.result_scale, -1.0, 1.0);
        sight.capability[unit] = capability[unit];
        sight.feedback[unit] = feedback;
        sight.reported_lift[unit] = reported_lift;
        sight.true_lift[unit] = true_lift;
        sight.results[unit] = results * reached[unit] * begun;
        sight.gap[unit] = clip((belief.no_problem - reported[unit]) / belief.plain_problem, 0.0, 1.0);
    }
}

/// What the unit reports: the true number, what ritual compliance adds, and scatter.
#[inline(always)]
pub fn report(p: &Measurement, truth: f32, ritual: f32, normal: f32) -> f32 {
    clip(truth + ritual * (1.0 - truth) + p.report_noise * normal, 0.0, 1.0)
}

/// What is heard of a unit that shows `own` when the best shows `best`, `levels` above it: at each level
/// `upward_filter` of the distance is talked away.
#[inline(always)]
pub fn heard_above(p: &Measurement, own: f32, best: f32, levels: i32) -> f32 {
    let mut left = 1.0;
    for _ in 0..levels {
        left *= 1.0 - p.upward_filter;
    }
    own + (1.0 - left) * (best - own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_talks_away_its_part_of_the_distance_to_the_best() {
        let filtered = Measurement { upward_filter: 0.5, ..Measurement::default() };
        assert_eq!([0, 1, 2].map(|levels| heard_above(&filtered, 0.0, 0.4, levels)), [0.0, 0.2, 0.3]);
        assert_eq!(
            heard_above(&Measurement { upward_filter: 0.0, ..filtered }, 0.1, 0.4, 2),
            0.1,
            "neutral: what is reported is what is heard"
        );
    }

    #[test]
    fn ritual_fills_the_gap_between_truth_and_perfection() {
        let p = Measurement::default();
        assert_eq!(report(&p, 0.5, 0.0, 0.0), 0.5);
        assert_eq!(report(&p, 0.5, 1.0, 0.0), 1.0);
        assert_eq!(report(&p, 0.5, 0.5, 0.0), 0.75);
    }
}
