//! When shocks strike and when their toll is taken.
use super::Stopped;
use crate::scenario::Scenario;

/// Weeks after support ends around which the gain is looked at.
const AFTER: usize = 104;

/// Weeks in a month.
pub const WEEKS_A_MONTH: f64 = 52.0 / 12.0;

/// The weeks of a design in which shocks strike: from the first week of support until the gain is looked at, two years
/// after support ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First week of support.
    pub live: usize,
    /// First week in which the gain is looked at: nothing that happens from then on matters much.
    pub look: usize,
    /// First week after that.
    pub look_end: usize,
}

impl Window {
    /// The window of a programme of `scenario`, by place.
    ///
    /// # Errors
    ///
    /// When the scenario has no such programme.
    pub fn of(scenario: &Scenario, programme: usize) -> Result<Self, Stopped> {
        let Some(looked_at) = scenario.programmes.get(programme) else {
            return Err(Stopped::Question(format!("{}: no programme to put under stress", scenario.title)));
        };
        let end = looked_at.clock.end();
        Ok(Self { live: looked_at.clock.live(), look: end + AFTER - 4, look_end: end + AFTER + 4 })
    }

    /// The week at `place`, from 0 for the first week of support to 1 for the look at the gain.
    pub fn week(&self, place: f64) -> usize {
        let last = self.look.saturating_sub(self.live + 1);
        self.live + (place.clamp(0.0, 1.0) * last as f64).round() as usize
    }

    /// Months from the start of support to `week`.
    pub fn months(&self, week: f64) -> f64 {
        (week - self.live as f64) / WEEKS_A_MONTH
    }

    /// `scenario` simulated until the gain has been looked at and no longer: later weeks change nothing before them.
    pub fn trimmed(&self, scenario: &Scenario) -> Scenario {
        let mut trimmed = scenario.clone();
        let ends = trimmed.programmes.iter().map(|programme| programme.clock.end());
        trimmed.run.follow_up = self.look_end.saturating_sub(ends.max().unwrap_or(0)) as u32;
        let weeks = trimmed.weeks();
        trimmed.shocks.retain(|named| named.shock.week() < weeks);
        trimmed
    }
}

/// How a number of a scenario is shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// As it is.
    Plain,
    /// A share in percent.
    Percent,
    /// What is left, shown as what is cut, in percent.
    Cut,
    /// A multiplier of leaving rates, as leavers per 100 frontline posts a year by those rates alone.
    Leavers,
    /// A week, as months from the start of support.
    Months,
}

impl Measure {
    /// `value` of a number of `scenario` as it is shown.
    pub fn shown(self, scenario: &Scenario, window: &Window, value: f64) -> f64 {
        match self {
            Self::Plain => value,
            Self::Percent => 100.0 * value,
            Self::Cut => 100.0 * (1.0 - value),
            Self::Leavers => {
                let traits = scenario.professions.iter().map(|profession| &profession.traits);
                100.0 * value * traits.map(|traits| f64::from(traits.share * traits.leaving)).sum::<f64>()
            }
            Self::Months => window.months(value),
        }
    }

    /// Whether more of it is shown as less.
    pub fn is_turned(self) -> bool {
        self == Self::Cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::tests::small_scenario;

    #[test]
    fn shocks_strike_between_the_start_of_support_and_the_look() {
        let window = Window::of(&small_scenario(), 0).unwrap();
        assert_eq!(window, Window { live: 10, look: 120, look_end: 128 });
        assert_eq!([0.0, 0.5, 1.0].map(|place| window.week(place)), [10, 65, 119]);
        assert_eq!(window.months(62.0), 12.0);
        assert_eq!(window.trimmed(&small_scenario()).weeks(), 128);
        let nothing = Scenario { programmes: vec![], ..small_scenario() };
        assert!(matches!(Window::of(&nothing, 0), Err(Stopped::Question(_))));
    }

    #[test]
    fn numbers_are_shown_as_people_say_them() {
        let (scenario, window) = (small_scenario(), Window::of(&small_scenario(), 0).unwrap());
        let shown = |measure: Measure, value| measure.shown(&scenario, &window, value);
        // 0.10 x 0.08 + 0.10 x 2 + 0.44 x 0.12 + 0.12 x 0.12 + 0.24 x 0.14 = 0.3088
        assert!((shown(Measure::Leavers, 2.0) - 61.76).abs() < 1e-4);
        assert_eq!((shown(Measure::Cut, 0.25), shown(Measure::Percent, 0.25)), (75.0, 25.0));
        assert_eq!(shown(Measure::Months, 62.0), 12.0);
    }
}
