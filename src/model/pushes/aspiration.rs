//! Aspiration: what a great goal does to people while it is new.
//!
//! promise = clip(ambition / great) x what is left of novelty; the case for the solution becomes nor(case, allure x promise x
//! contact) and vitality nor(vitality, elation x promise x live). It fades as novelty does; what was promised is held
//! against the programme later (see cynicism). A small goal moves few: will x (1 - idle x (1 - clip(ambition / reach)) x
//! live), reach being what ordinary support can reach (see attainable), or a clear result where nothing is said of that. With these parameters at 0 (neutral) a goal is only a load and a promise.
//! Source: pattern P15 (over-stretch has the highest enthusiasm at first); the pattern supports about 0.3 for both;
//! Locke & Latham 2002 for the effort that a goal calls forth.

use crate::{
    math::{nor, smaller},
    model::{
        state::Moment,
        weekly::{Channels, Context, Strain, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Aspiration: what a great goal does to people while it is new.
    pub struct Aspiration {
        /// Case for the solution made by a great goal; 0 is neutral.
        allure = 0.3, "share", 0.0..0.8, Assumption, "pattern P15 for the direction",
            neutral 0.0;
        /// Vitality from a great goal; 0 is neutral.
        elation = 0.3, "share", 0.0..0.8, Assumption, "pattern P15 for the direction",
            neutral 0.0;
        /// How much of the will a goal that asks for nothing leaves idle; 0 is neutral.
        idle = 0.5, "share", 0.0..0.9, Assumption, "hard goals against easy ones or none: 0.42 to 0.80 standard deviations of performance (Locke & Latham 2002); pattern P15 (a modest goal moves fewer)",
            neutral 0.0;
        /// Promised improvement that counts as a great goal.
        great = 0.5, "share", 0.1..1.0, Assumption, "half of all adverse events: the goal of the Safer Patients Initiative";
    }
}

fn promise(p: &Aspiration, levers: &Levers, moment: &Moment) -> f32 {
    smaller(1.0, levers.design.ambition / p.great) * moment.novelty
}

/// A great goal makes a case of its own while it is new.
#[inline(never)]
pub fn attract(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.aspiration;
    let allure = p.allure * promise(p, levers, moment);
    if allure > 0.0 {
        for (solution, contact) in channels.solution.iter_mut().zip(&around.contact) {
            *solution = nor(*solution, allure * contact);
        }
    }
}

/// A great goal elates while it is new.
#[inline(never)]
pub fn elate(context: &Context, around: &Surroundings, strain: &mut Strain) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.aspiration;
    let elation = p.elation * promise(p, levers, moment);
    if elation > 0.0 {
        for (vitality, live) in strain.vitality.iter_mut().zip(&around.live) {
            *vitality = nor(*vitality, elation * live);
        }
    }
}

/// A small goal leaves will idle.
#[inline(never)]
pub fn idle(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    let within = model.parameters.attainable.within_reach;
    let reach = if within > 0.0 { within } else { model.parameters.measurement.result_scale };
    let small = 1.0 - smaller(1.0, levers.design.ambition / reach);
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
    use crate::{model::weekly::Context, scenario::Scenario};

    #[test]
    fn a_great_goal_attracts_while_it_is_new_and_a_small_one_less() {
        let mut scenario = Scenario::default();
        (scenario.parameters.aspiration.allure, scenario.parameters.aspiration.elation) = (0.4, 0.2);
        let model = scenario.to_model();
        let (mut around, mut levers) = (Surroundings::none(1), Levers::default());
        (around.contact[0], around.live[0]) = (1.0, 1.0);
        let mut after = |ambition: f32, novelty: f32| {
            levers.design.ambition = ambition;
            let (mut channels, mut strain) = (Channels::none(1), Strain::none(1));
            let moment = Moment { novelty, ..Moment::default() };
            attract(&Context { levers: &levers, moment: &moment, ..Context::of(&model) }, &around, &mut channels);
            elate(&Context { levers: &levers, moment: &moment, ..Context::of(&model) }, &around, &mut strain);
            (channels.solution[0], strain.vitality[0])
        };
        let close = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6;
        assert!(close(after(1.0, 1.0), (0.4, 0.2)) && close(after(0.25, 1.0), (0.2, 0.1)));
        assert!(close(after(1.0, 0.0), (0.0, 0.0)));
    }

    #[test]
    fn a_small_goal_leaves_will_idle_and_a_clear_one_none() {
        let mut scenario = Scenario::default();
        (scenario.parameters.aspiration.idle, scenario.parameters.attainable.within_reach) = (0.4, 0.2);
        let model = scenario.to_model();
        let (mut around, mut levers) = (Surroundings::none(1), Levers::default());
        around.live[0] = 1.0;
        let mut will = |times: f32| {
            levers.design.ambition = times * 0.2;
            let mut channels = Channels::none(1);
            channels.will[0] = 0.5;
            idle(&Context { levers: &levers, ..Context::of(&model) }, &around, &mut channels);
            channels.will[0]
        };
        assert!((will(0.25) - 0.35).abs() < 1e-6 && will(1.0) == 0.5 && will(3.0) == 0.5);
    }
}
