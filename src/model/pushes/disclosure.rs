//! Disclosure: whether staff are told beforehand how much work it is.
//!
//! Untold work is easy to say yes to: the case for the solution becomes nor(case, appeal x (1 - disclosure) x (1 - found) x
//! contact), where found = clip(weeks live / weeks) is how far the work has shown itself. It is then held against the
//! programme: what lets people down becomes nor(letdown, dismay x (1 - disclosure) x found x clip(load / heavy)), load being
//! what the programme brings the person this week, net of protected time. With disclosure 1 nothing is found out.
//! Source: patterns P18, P19 (the review, challenge 4: consent to the workload); sizes assumed.

use crate::{
    math::{clip, nor},
    model::{
        state::Moment,
        weekly::{Channels, Context, Strain, Surroundings},
    },
    quantities,
};

quantities! {
    /// Disclosure: whether staff are told beforehand how much work it is.
    pub struct Disclosure {
        /// How much better a programme looks whose work is not spoken of.
        appeal = 0.35, "share", 0.0..0.8, Assumption, "pattern P19: undisclosed work gives higher sign-up";
        /// Time in which the work shows itself.
        weeks = 13.0, "week", 2.0..52.0, Assumption, "judgement";
        /// What lets people down in work that they were not told of, at heavy load.
        dismay = 0.5, "share", 0.0..0.9, Assumption, "pattern P19: and more drop-out once it is known";
        /// Load of a programme that counts as heavy.
        heavy = 0.15, "share", 0.05..0.5, Assumption, "judgement";
    }
}

/// How far the work has shown itself.
fn found(p: &Disclosure, moment: &Moment) -> f32 {
    clip(moment.weeks_live / p.weeks, 0.0, 1.0)
}

/// Work that is not spoken of makes a programme look better, until it is found.
#[inline(never)]
pub fn allure(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, moment, .. } = *context;
    let (p, untold) = (&model.parameters.disclosure, 1.0 - levers.persuasion.disclosure);
    let appeal = p.appeal * untold * (1.0 - found(p, moment));
    if appeal > 0.0 {
        for (solution, contact) in channels.solution.iter_mut().zip(&around.contact) {
            *solution = nor(*solution, appeal * contact);
        }
    }
}

/// What is found lets people down, the more the heavier it is.
#[inline(always)]
pub fn dismay(context: &Context, around: &Surroundings, strain: &mut Strain) {
    let Context { model, levers, moment, .. } = *context;
    let (p, untold) = (&model.parameters.disclosure, 1.0 - levers.persuasion.disclosure);
    let dismay = p.dismay * untold * found(p, moment);
    if dismay > 0.0 {
        find_out(dismay, p.heavy, &strain.own_load, &around.resourced, &mut strain.letdown);
    }
}

#[inline(always)]
fn find_out(dismay: f32, heavy: f32, load: &[f32], resourced: &[f32], letdown: &mut [f32]) {
    let n = letdown.len();
    let (load, resourced) = (&load[..n], &resourced[..n]);
    for i in 0..n {
        letdown[i] = nor(letdown[i], dismay * clip(load[i] / heavy, 0.0, 1.0) * resourced[i]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn untold_work_attracts_first_and_dismays_once_found() {
        let p = Disclosure::default();
        let after = |disclosure: f32, weeks_live: f32| {
            let Stage { mut place, mut around, mut channels, mut strain, .. } = Stage::plain();
            place.levers().persuasion.disclosure = disclosure;
            place.moment.weeks_live = weeks_live;
            (around.contact[0], around.resourced[0], strain.own_load[0]) = (1.0, 1.0, p.heavy);
            allure(&place.context(), &around, &mut channels);
            dismay(&place.context(), &around, &mut strain);
            [channels.solution[0], strain.letdown[0]]
        };
        assert_eq!([after(1.0, 0.0), after(1.0, 30.0)], [[0.0; 2]; 2]);
        close(after(0.0, 0.0), [p.appeal, 0.0]);
        close(after(0.0, 30.0), [0.0, p.dismay]);
        close(after(0.5, p.weeks / 2.0), [p.appeal / 4.0, p.dismay / 4.0]);
    }
}
