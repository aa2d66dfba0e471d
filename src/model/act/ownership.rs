//! Ownership: whether the change is felt to be one's own.
//!
//! involvement = nor(participation x time for it, piloting, clinicians in the lead, a superior who enables);
//! imposition = autonomy x nor(sanctions, directive style, outsiders who are not endorsed, paperwork) x (1 - half the
//! involvement lever);
//! resentment = credit given to a few, for the rest; ownership O relaxes to
//! nor(involvement, what colleagues' example does) x (1 - imposition) x (1 - resentment). Who is passed over also cares
//! less: motivation crowded out = nor(crowding, passed_over x recognition x (1 - breadth) x live), outside the team.
//! Source: the review, challenge 6; patterns P03, P19, P32, P36-P39.

use crate::{
    math::{Pace, nor, nor4},
    model::{
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Ownership: whether the change is felt to be one's own.
    pub struct Ownership {
        /// Time to gain ownership.
        gain_weeks = 15.0, "week", 6.0..52.0, Assumption, "chosen with pattern P08 in view";
        /// Time to lose it.
        loss_weeks = 27.0, "week", 10.0..156.0, Assumption, "chosen with pattern P42 in view";
        /// Ownership from piloting.
        pilot = 0.35, "share", 0.1..0.7, Assumption, "the review, challenge 2";
        /// Ownership of clinicians in a programme led by clinicians.
        clinician_led = 0.40, "share", 0.1..0.8, Assumption, "pattern P32";
        /// Ownership from a superior who enables.
        facilitation = 0.40, "share", 0.1..0.8, Assumption, "pattern P37";
        /// Ownership from colleagues' visible example.
        heard = 0.35, "share", 0.1..0.7, Assumption, "judgement";
        /// What participation is worth without time for it.
        untimed = 0.35, "share", 0.1..0.8, Assumption, "pattern P19";
        /// How imposed sanctions feel.
        imposed_sanction = 0.70, "share", 0.2..1.0, Assumption, "pattern P38";
        /// How imposed a directive style feels.
        imposed_directive = 0.60, "share", 0.2..1.0, Assumption, "pattern P37";
        /// How much of that a facilitative style takes away.
        facilitation_softens = 0.6, "share", 0.0..1.0, Assumption, "judgement";
        /// How imposed a programme led by others feels to clinicians.
        imposed_outsiders = 0.50, "share", 0.1..0.9, Assumption, "pattern P32";
        /// How much of that the endorsement of their own bodies takes away; 0 is neutral.
        endorsed = 0.8, "share", 0.0..1.0, Assumption, "pattern P32: endorsed by their own body, a programme is no outsider's",
            neutral 0.0;
        /// How imposed paperwork feels.
        imposed_paperwork = 0.48, "share", 0.1..0.9, Assumption, "chosen with pattern P09 in view";
        /// How much of the imposition involvement takes away.
        involvement_softens = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Resentment of credit that goes to a few.
        resentment = 0.5, "share", 0.0..0.7, Assumption, "chosen with patterns P14 and P39 in view";
        /// Motivation of the rest that is crowded out where credit goes to a few; 0 is neutral.
        passed_over = 0.3, "share", 0.0..0.7, Assumption, "direction: equity (Adams 1965); an award took 8 % of their other work from those who had done well without it (Gubler, Larkin & Pierce 2016); size assumed",
            neutral 0.0;
    }
}

/// What involves each person, and what takes the feeling of ownership away.
#[inline(always)]
pub fn involve(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels) {
    make_involvement(
        context,
        course,
        around,
        &channels.paperwork,
        &channels.time,
        &mut channels.involvement,
        &mut channels.own_freely,
    );
}

#[inline(always)]
fn make_involvement(
    context: &Context,
    course: &Course,
    around: &Surroundings,
    paperwork: &[f32],
    time: &[f32],
    involvement: &mut [f32],
    own_freely: &mut [f32],
) {
    let Context { model, levers, organisation, .. } = *context;
    let n = involvement.len();
    let p = &model.parameters.ownership;
    let engagement = &levers.engagement;
    let softened = 1.0 - model.parameters.incentive.peer_audit_softens * levers.incentives.peer_audit;
    let stick = p.imposed_sanction * levers.incentives.sanction * softened;
    let directive =
        p.imposed_directive * engagement.directive * (1.0 - p.facilitation_softens * engagement.facilitative);
    let outsiders =
        p.imposed_outsiders * (1.0 - engagement.clinician_led) * (1.0 - p.endorsed * engagement.professional_bodies);
    let credit_to_few = p.resentment * levers.incentives.recognition * (1.0 - levers.reach.breadth);
    let pilot = p.pilot * levers.persuasion.pilot;
    let peer_led = p.clinician_led * engagement.clinician_led;
    let enabling = p.facilitation * engagement.facilitative;
    let (dose, champion, involved) = (&course.dose[..n], &course.champion[..n], &course.involved[..n]);
    let (autonomy, clinical) = (&organisation.autonomy[..n], &organisation.clinical[..n]);
    let frontline = &organisation.frontline[..n];
    let (contact, live, resourced) = (&around.contact[..n], &around.live[..n], &around.resourced[..n]);
    let (in_force, superior) = (&around.sanction_in_force[..n], &around.superior[..n]);
    let (paperwork, time) = (&paperwork[..n], &time[..n]);
    let own_freely = &mut own_freely[..n];
    for i in 0..n {
        let taught = contact[i] * dose[i];
        let imposed = autonomy[i]
            * nor4(
                stick * in_force[i],
                directive * live[i],
                outsiders * live[i] * clinical[i],
                p.imposed_paperwork * paperwork[i] * resourced[i],
            )
            * (1.0 - p.involvement_softens * involved[i]);
        let resented = credit_to_few * live[i] * frontline[i] * (1.0 - champion[i]);
        involvement[i] = nor4(
            involved[i] * (p.untimed + (1.0 - p.untimed) * time[i]) * taught,
            pilot * taught,
            peer_led * taught * clinical[i],
            enabling * superior[i] * contact[i],
        );
        own_freely[i] = (1.0 - imposed) * (1.0 - resented);
    }
}

/// Those who are passed over when credit is given care less.
#[inline(always)]
pub fn pass_over(context: &Context, course: &Course, around: &Surroundings, crowding: &mut [f32]) {
    let Context { model, levers, organisation, .. } = *context;
    let passed_over = model.parameters.ownership.passed_over;
    let credit_to_few = passed_over * levers.incentives.recognition * (1.0 - levers.reach.breadth);
    if credit_to_few == 0.0 {
        return;
    }
    let n = crowding.len();
    let (frontline, champion, live) = (&organisation.frontline[..n], &course.champion[..n], &around.live[..n]);
    for i in 0..n {
        let one_of_the_rest = frontline[i] * (1.0 - champion[i]);
        crowding[i] = nor(crowding[i], credit_to_few * live[i] * one_of_the_rest);
    }
}

/// Ownership follows involvement and colleagues' example, as far as it is free.
#[inline(always)]
pub fn settle(p: &Ownership, present: &[f32], channels: &Channels, example: &[f32], ownership: &mut [f32]) {
    let n = ownership.len();
    let pace = Pace::weeks(p.gain_weeks, p.loss_weeks);
    let (present, example) = (&present[..n], &example[..n]);
    let (involvement, own_freely) = (&channels.involvement[..n], &channels.own_freely[..n]);
    for i in 0..n {
        let target = nor(involvement[i], p.heard * example[i]) * own_freely[i];
        ownership[i] += present[i] * pace.step(ownership[i], target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn what_is_imposed_is_never_wholly_owned() {
        let p = Ownership::default();
        let mut channels = Channels::none(2);
        let mut ownership = [0.0, 0.0];
        channels.involvement.fill(0.8);
        channels.own_freely.copy_from_slice(&[1.0, 0.5]);
        for _ in 0..1000 {
            settle(&p, &[1.0; 2], &channels, &[0.0; 2], &mut ownership);
        }
        assert!((ownership[0] - 0.8).abs() < 1e-4 && (ownership[1] - 0.4).abs() < 1e-4);
    }

    #[test]
    fn only_the_rest_are_passed_over_and_only_where_credit_goes_to_a_few() {
        let crowded = |passed_over: f32, breadth: f32, champion: f32| {
            let Stage { place, mut course, mut around, mut strain, .. } = Stage::with(|scenario| {
                scenario.parameters.ownership.passed_over = passed_over;
                let levers = &mut scenario.programmes[0].levers;
                (levers.incentives.recognition, levers.reach.breadth) = (0.8, breadth);
            });
            let post = place.model.layout.member(0, 3);
            around.live.fill(0.5);
            course.champion[post] = champion;
            pass_over(&place.context(), &course, &around, &mut strain.crowding);
            assert_eq!(strain.crowding[place.model.layout.leader(0)], 0.0);
            strain.crowding[post]
        };
        close([crowded(0.5, 0.25, 0.0)], [0.5 * 0.8 * 0.75 * 0.5]);
        assert_eq!([crowded(0.5, 0.25, 1.0), crowded(0.5, 1.0, 0.0), crowded(0.0, 0.25, 0.0)], [0.0; 3]);
    }
}
