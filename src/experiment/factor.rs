//! A factor: one number of a scenario, by path, and the range over which an experiment moves it.
use super::Stopped;
use crate::scenario::{Address, Declared, Scenario, Slot, Value};

/// One number of a scenario and how far it is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The number.
    pub slot: Slot,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Factor {
    /// The number at `path` of `scenario`, from `low` to `high`; where either is not given, as far as is plausible in the
    /// scenario's model ([`Quantity::plausible`](crate::params::Quantity::plausible)).
    ///
    /// # Errors
    ///
    /// When there is no such path, it holds no number, or the range goes beyond what is accepted there.
    pub fn new(scenario: &Scenario, path: &str, low: Option<f64>, high: Option<f64>) -> Result<Self, Stopped> {
        let slot = scenario.locate(path).map_err(|problem| Stopped::Question(problem.to_string()))?;
        let Some((lowest, highest)) = slot.declared.range() else {
            return Err(Stopped::Question(format!("{}: not a number, so it has no range", slot.path)));
        };
        let plausible = match slot.declared {
            Declared::Quantity(quantity) => quantity.plausible(scenario.model),
            _ => (lowest, highest),
        };
        let (low, high) = (low.unwrap_or(plausible.0), high.unwrap_or(plausible.1));
        if !(lowest <= low && low < high && high <= highest) {
            let accepted = format!("a range within {lowest}..{highest}, the lower end first");
            return Err(Stopped::Question(format!("{}: {low}..{high} is not {accepted}", slot.path)));
        }
        Ok(Self { slot, low, high })
    }

    /// Whether only whole numbers make sense.
    pub fn is_whole(&self) -> bool {
        matches!(self.slot.declared, Declared::Quantity(quantity) if quantity.is_whole())
    }

    /// The value at `place`, from 0 at the lower end to 1 at the upper.
    pub fn value(&self, place: f64) -> f64 {
        let value = self.low + place.clamp(0.0, 1.0) * (self.high - self.low);
        if self.is_whole() {
            value.round()
        } else {
            // Six digits are more than anyone knows, and read well.
            let scale = 10f64.powi(6);
            (value * scale).round() / scale
        }
    }

    /// Whether moving it moves the weeks that are simulated or looked at.
    pub fn moves_weeks(&self) -> bool {
        matches!(self.slot.address, Address::Clock { .. } | Address::Run(_))
    }

    /// The value that `scenario` has now.
    pub fn present(&self, scenario: &Scenario) -> f64 {
        match scenario.value(self.slot.address) {
            Some(Value::Number(number)) => number,
            _ => f64::NAN,
        }
    }

    /// Moves the number in `scenario` to `place`, from 0 at the lower end to 1 at the upper.
    ///
    /// # Errors
    ///
    /// When the scenario has no such number.
    pub fn put(&self, scenario: &mut Scenario, place: f64) -> Result<(), Stopped> {
        scenario.assign(&self.slot, self.value(place)).map_err(|problem| Stopped::Question(problem.to_string()))
    }
}

/// `scenario` with every factor moved to its coordinate of `point`, checked as a whole.
///
/// # Errors
///
/// When a number is missing, or the numbers do not go together.
pub fn at(scenario: &Scenario, factors: &[Factor], point: &[f64]) -> Result<Scenario, Stopped> {
    let mut moved = scenario.clone();
    factors.iter().zip(point).try_for_each(|(factor, &place)| factor.put(&mut moved, place))?;
    moved.check().map_err(|problems| Stopped::Question(problems.to_string()))?;
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_moves_its_number_and_no_other() {
        let scenario = Scenario::default();
        let factor = Factor::new(&scenario, "programme.0.incentives.sanction", Some(0.2), Some(0.6)).unwrap();
        let moved = at(&scenario, std::slice::from_ref(&factor), &[0.5]).unwrap();
        assert_eq!(factor.present(&moved), 0.4);
        let whole = Factor::new(&scenario, "programme.0.active", Some(10.0), Some(13.0)).unwrap();
        assert_eq!([0.0, 0.5, 1.0].map(|place| whole.value(place)), [10.0, 12.0, 13.0]);
    }

    #[test]
    fn a_wrong_range_says_what_is_right() {
        let wrong = Factor::new(&Scenario::default(), "programme.0.incentives.sanction", Some(0.5), Some(2.0));
        assert!(matches!(wrong, Err(Stopped::Question(what)) if what.contains("0..1")));
        assert!(matches!(
            Factor::new(&Scenario::default(), "programme.0.incentives.sanktion", None, None),
            Err(Stopped::Question(what)) if what.contains("sanction")
        ));
    }
}
