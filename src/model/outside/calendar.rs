//! The calendar: where a programme stands in its life, the same in every organisation.
//!
//! Full strength is reached over `ramp_weeks` from the first action on, which waits until those who define the problem
//! together have agreed (see `coalition`); resources fade out or go on after the end; cuts in the budget take from both, not from
//! what has come to pay for itself.
//! A definition, not a mechanism: the parameters stand where their meaning is.

use super::outer;
use crate::{
    math::{clip, larger},
    model::{Model, state::Moment},
    programme::{Phase, Programme},
};

/// The moment of `programme` in `week`.
pub fn moment(model: &Model, programme: &Programme, week: usize) -> Moment {
    let p = &model.parameters;
    let (clock, now) = (&programme.clock, week as f32);
    let (live, end) = (clock.live() as f32, clock.end() as f32);
    let phase = clock.phase(week);
    let active = phase == Phase::Active;
    // Who defines the problem together first, acts later.
    let agreeing = p.coalition.weeks * programme.levers.engagement.coalition;
    let when_active = |number: f32| if active { number } else { 0.0 };
    let mut moment = Moment {
        planning: if phase == Phase::Planning || (active && now < live + agreeing) { 1.0 } else { 0.0 },
        strength: when_active(clip((now - live - agreeing + 1.0) / p.exposure.ramp_weeks, 0.0, 1.0)),
        continued: if phase == Phase::After { programme.levers.sustain.continuation } else { 0.0 },
        fading: if phase == Phase::After { clock.fading(now - end) } else { 0.0 },
        rewards: 0.0,
        sanctioned: 1.0,
        sanctions: if phase == Phase::After { programme.levers.sustain.sanction_after } else { 0.0 },
        time_left: clip((end - now) / p.permanence.horizon_weeks, 0.0, 1.0),
        share_of_time: when_active(clip((now - live) / larger(1.0, clock.active), 0.0, 1.0)),
        weeks_live: larger(0.0, now - live),
        weeks_since_end: if phase == Phase::After { now - end } else { f32::INFINITY },
        begun: phase != Phase::Before,
        after: phase == Phase::After,
    };
    outer::cut(model, week, &mut moment);
    moment.rewards = larger(moment.strength, larger(moment.continued, moment.fading));
    if moment.after {
        // What pays for itself is neither cut nor paid out as rewards.
        moment.continued = larger(moment.continued, p.exposure.redesigned * programme.levers.sustain.redesign);
    }
    go_on(model, programme, week, &mut moment);
    moment
}

/// Support and incentives go on after the end of `programme`, each by itself.
fn go_on(model: &Model, programme: &Programme, week: usize, moment: &mut Moment) {
    let spared = &model.spared;
    let ended = moment.after && programme.clock.end() >= spared.from;
    let [support, incentives] = [spared.support, spared.incentives].map(|what| ended && spared.holds(what, week));
    if !(support || incentives) {
        return;
    }
    let last = self::moment(model, programme, programme.clock.end().saturating_sub(1));
    let (meant, before) = (moment.sanctions, moment.rewards);
    let (rewards, sanctions) = if incentives { (larger(before, last.rewards), last.strength) } else { (before, 0.0) };
    if support {
        let sanctioned = if incentives { 1.0 } else { 0.0 };
        *moment = Moment { after: true, sanctioned, ..last };
    }
    // What had been meant to stay in force for good is so whatever ends.
    (moment.rewards, moment.sanctions) = (rewards, larger(sanctions, meant));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::Scenario,
        world::{NamedShock, Shock, shock::BudgetCut},
    };

    #[test]
    fn a_programme_ramps_up_runs_and_stops() {
        let model = Scenario::default().to_model();
        let programme = &model.programmes[0];
        let (live, end) = (programme.clock.live(), programme.clock.end());
        let at = |week| moment(&model, programme, week);
        assert_eq!((at(live - 1).planning, at(live - 1).strength), (1.0, 0.0));
        assert_eq!(at(live).strength, 0.125);
        assert_eq!((at(live + 7).strength, at(end - 1).strength, at(end).strength), (1.0, 1.0, 0.0));
        assert!(at(end).after && at(end).time_left == 0.0 && at(end).weeks_since_end == 0.0);
    }

    #[test]
    fn what_pays_for_itself_goes_on_when_money_is_cut() {
        let mut scenario = Scenario::default();
        let sustain = &mut scenario.programmes[0].levers.sustain;
        (sustain.redesign, sustain.continuation) = (0.8, 0.5);
        let end = scenario.programmes[0].clock.end();
        let after = |scenario: &Scenario| {
            let model = scenario.to_model();
            let moment = moment(&model, &model.programmes[0], end + 30);
            (moment.continued, moment.rewards, model.parameters.exposure.redesigned * 0.8)
        };
        let (continued, rewards, _) = after(&scenario);
        assert_eq!((continued, rewards), (0.5, 0.5), "money does more as long as it is there");
        let cut = Shock::BudgetCut(BudgetCut { at: end as f32 + 10.0, left: 0.0 });
        scenario.shocks.push(NamedShock { name: "cut".into(), shock: cut });
        let (continued, rewards, redone) = after(&scenario);
        assert_eq!((continued, rewards), (redone, 0.0), "and work that was redone does without");
    }
}
