//! Spared: what a what-if leaves as it is from one week on, so that an experiment can say what it would have changed.
//!
//! Nothing is spared unless an experiment asks, and no file can: these are questions put to the model, no design that
//! anybody could choose. Everything before the week is the same to the bit, and no draw of luck changes; what is spared
//! is spared in both worlds. A definition, not a mechanism: it adds no equation, so it has no source but the question.

use crate::programme::{Clock, Phase};

/// What is left as it is, from one week on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spared {
    /// First week in which anything is spared.
    pub from: usize,
    /// Frontline staff who are on no project team stay, and no exodus brings agency staff.
    pub turnover: bool,
    /// Unit leaders, managers, sponsors and members of project teams stay.
    pub leaders: bool,
    /// Policy does not change, and nobody is reorganised.
    pub policy: bool,
    /// Nobody's fatigue changes.
    pub fatigue: bool,
    /// Nobody's cynicism changes.
    pub cynicism: bool,
    /// Support goes on as in its last week, incentives apart, of every programme that ends in this week or later.
    pub support: bool,
    /// Sanctions, recognition and payment go on after support as in its last week, of the same programmes.
    pub incentives: bool,
    /// Designs suit every unit, from the beginning and whatever the week.
    pub misfit: bool,
}

impl Spared {
    /// Whether `what` is spared in `week`.
    pub fn holds(&self, what: bool, week: usize) -> bool {
        what && week >= self.from
    }

    /// The phase of a programme's life that `week` is lived as: support that goes on is support.
    pub fn phase(&self, clock: &Clock, week: usize) -> Phase {
        match clock.phase(week) {
            Phase::After if self.holds(self.support, week) && clock.end() >= self.from => Phase::Active,
            phase => phase,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Pair, Series, outside::calendar},
        scenario::Scenario,
        world::{NamedShock, Shock},
    };

    fn scenario() -> Scenario {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 2.0;
        scenario.setting.units = 3.0;
        scenario.setting.policy_churn = 2.0;
        let end = scenario.programmes[0].clock.end() as f32;
        for kind in ["leaders_leave", "sponsor_leaves", "champions_leave", "staff_exodus", "policy_change"] {
            let mut shock = Shock::of_kind(kind).unwrap();
            shock.settings_mut().set(0, end + 10.0);
            scenario.shocks.push(NamedShock { name: kind.into(), shock });
        }
        scenario
    }

    fn everything(from: usize) -> Spared {
        Spared {
            from,
            turnover: true,
            leaders: true,
            policy: true,
            fatigue: true,
            cynicism: true,
            support: true,
            incentives: true,
            misfit: false,
        }
    }

    fn pair(spared: Spared) -> Pair {
        Scenario { spared, ..scenario() }.to_model().pair(3, 1)
    }

    fn until(pair: &Pair, week: usize) -> Vec<Vec<u32>> {
        let histories = pair.with.iter().chain(&pair.without);
        let bits = |series: &Vec<f32>| series[..week].iter().map(|number| number.to_bits()).collect();
        histories.flat_map(|history| history.series.iter().map(bits)).collect()
    }

    #[test]
    fn nothing_changes_before_the_week_and_much_after_it() {
        let end = scenario().programmes[0].clock.end();
        let (plain, spared) = (pair(Spared::default()), pair(everything(end)));
        assert!(until(&plain, end) == until(&spared, end));
        assert!(until(&plain, end + 5) != until(&spared, end + 5));
        // As text, since NaN stands for a profession without anybody.
        assert!(format!("{plain:?}") == format!("{:?}", pair(everything(usize::MAX))), "never spared, never changed");
    }

    #[test]
    fn nobody_leaves_from_the_week_on_but_whoever_is_not_spared() {
        let end = scenario().programmes[0].clock.end();
        let left = |spared| pair(spared).with[0].of(Series::Leavers)[end..].iter().sum::<f32>();
        assert_eq!(left(Spared { from: end, turnover: true, leaders: true, ..Spared::default() }), 0.0);
        let all = left(Spared::default());
        let team = left(Spared { from: end, turnover: true, ..Spared::default() });
        let others = left(Spared { from: end, leaders: true, ..Spared::default() });
        assert!(0.0 < team && team < others && others < all, "{team} {others} {all}");
    }

    #[test]
    fn support_and_incentives_go_on_by_themselves() {
        let at = |spared| {
            let model = Scenario { spared, ..scenario() }.to_model();
            let programme = &model.programmes[0];
            let end = programme.clock.end();
            assert_eq!(programme.clock.phase(end), Phase::After);
            let moment = calendar::moment(&model, programme, end);
            let in_force = moment.in_force(moment.strength, 1.0);
            (moment.strength, moment.rewards, in_force, model.spared.phase(&programme.clock, end) == Phase::Active)
        };
        let end = scenario().programmes[0].clock.end();
        assert_eq!(at(Spared::default()), (0.0, 0.0, 0.0, false));
        let (support, incentives) = (true, true);
        assert_eq!(at(Spared { from: end, support, ..Spared::default() }), (1.0, 0.0, 0.0, true));
        assert_eq!(at(Spared { from: end, incentives, ..Spared::default() }), (0.0, 1.0, 1.0, false));
        assert_eq!(at(Spared { from: end, support, incentives, ..Spared::default() }), (1.0, 1.0, 1.0, true));
        assert_eq!(at(Spared { from: end + 1, support, ..Spared::default() }), (0.0, 0.0, 0.0, false));
    }

    #[test]
    fn what_is_spared_of_feelings_stays_as_it_is() {
        let mut quiet = scenario();
        quiet.shocks.clear();
        quiet.spared = Spared { from: 0, fatigue: true, cynicism: true, turnover: true, ..Spared::default() };
        let pair = quiet.to_model().pair(3, 1);
        for series in [Series::Fatigue, Series::Cynicism] {
            let week = pair.with[0].of(series);
            assert!(week.iter().all(|now| (now - week[0]).abs() < 1e-5), "{series:?}");
        }
    }
}
