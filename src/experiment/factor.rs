//! A factor: one number or choice of a scenario, by path, and the range over which an experiment moves it.
//!
//! A choice counts from 0 in the order declared. The share of a profession is a number like any other, but shares add up to
//! 1: those of the professions that are not moved shrink or grow in proportion.
use super::Stopped;
use crate::scenario::{Address, Choice, Declared, Scenario, Slot, Value};

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
    /// The number at `path` of `scenario`, from `low` to `high`; where either is not given, as far as is plausible
    /// ([`Quantity::plausible`](crate::params::Quantity::plausible)).
    ///
    /// # Errors
    ///
    /// When there is no such path, it holds no number, or the range goes beyond what is accepted there.
    pub fn new(scenario: &Scenario, path: &str, low: Option<f64>, high: Option<f64>) -> Result<Self, Stopped> {
        let slot = scenario.locate(path).map_err(|problem| Stopped::Question(problem.to_string()))?;
        let Some((lowest, highest)) = range(&slot.declared) else {
            return Err(Stopped::Question(format!("{}: not a number, so it has no range", slot.path)));
        };
        let plausible = match slot.declared {
            Declared::Quantity(quantity) => quantity.plausible(),
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
        match self.slot.declared {
            Declared::Quantity(quantity) => quantity.is_whole(),
            Declared::Choice(_) => true,
            _ => false,
        }
    }

    /// What is chosen among, where it is a choice.
    pub fn choice(&self) -> Option<&'static Choice> {
        if let Declared::Choice(choice) = self.slot.declared { Some(choice) } else { None }
    }

    /// The name of a value, where it is a choice.
    pub fn named(&self, value: f64) -> Option<&'static str> {
        self.choice()?.names.get(value.round().max(0.0) as usize).copied()
    }

    /// Unit of its values, as a scenario file has them.
    pub fn unit(&self) -> &'static str {
        match self.slot.declared {
            Declared::Quantity(quantity) if quantity.unit == "share" => "0 to 1",
            Declared::Quantity(quantity) => quantity.unit,
            Declared::Lever(_) => "0 to 1",
            Declared::Choice(_) | Declared::Text(_) => "",
        }
    }

    /// The value at `place`, from 0 at the lower end to 1 at the upper.
    pub fn value(&self, place: f64) -> f64 {
        if self.choice().is_some() {
            // Each choice has the same room.
            let room = place.clamp(0.0, 1.0) * (self.high - self.low + 1.0);
            return (self.low + room.floor()).min(self.high);
        }
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
            Some(Value::Text(name)) => {
                let place = self.choice().and_then(|choice| choice.names.iter().position(|known| *known == name));
                place.map_or(f64::NAN, |place| place as f64)
            }
            None => f64::NAN,
        }
    }

    /// Moves the number in `scenario` to `place`, from 0 at the lower end to 1 at the upper.
    ///
    /// # Errors
    ///
    /// When the scenario has no such number, or shares of professions leave no room for the others.
    pub fn put(&self, scenario: &mut Scenario, place: f64) -> Result<(), Stopped> {
        assign(scenario, [(self, self.value(place))])
    }
}

/// Smallest and largest value of a number; first and last of a choice.
fn range(declared: &Declared) -> Option<(f64, f64)> {
    match declared {
        Declared::Choice(choice) => Some((0.0, choice.names.len().saturating_sub(1) as f64)),
        declared => declared.range(),
    }
}

/// Gives every factor its value in `scenario`. Where shares of professions are among them, those of all other professions
/// change in proportion, so that all still add up to 1.
///
/// # Errors
///
/// When the scenario has no such number, or shares of professions leave no room for the others.
pub fn assign<'f>(scenario: &mut Scenario, values: impl IntoIterator<Item = (&'f Factor, f64)>) -> Result<(), Stopped> {
    let mut moved: Vec<usize> = Vec::new();
    for (factor, value) in values {
        scenario.assign(&factor.slot, value).map_err(|problem| Stopped::Question(problem.to_string()))?;
        if let Address::Profession { profession, .. } = factor.slot.address
            && factor.slot.key == SHARE
        {
            moved.push(profession);
        }
    }
    if moved.is_empty() {
        return Ok(());
    }
    let total = |scenario: &Scenario, wanted: &dyn Fn(usize) -> bool| {
        let rows = scenario.professions.iter().enumerate().filter(|(place, _)| wanted(*place));
        rows.map(|(_, row)| row.traits.share).sum::<f32>()
    };
    let taken = total(scenario, &|place| moved.contains(&place));
    let others = total(scenario, &|place| !moved.contains(&place));
    let left = 1.0 - taken;
    if left < -1e-4 || (others <= 0.0 && left > 1e-4) {
        let names = moved.iter().filter_map(|&place| scenario.professions.get(place)).map(|row| row.name.as_str());
        return Err(Stopped::Question(format!(
            "the shares of {} add up to {taken:.3}, which leaves {left:.3} for the other professions, who have {others:.3}",
            names.collect::<Vec<_>>().join(" and ")
        )));
    }
    if others > 0.0 {
        let rows = scenario.professions.iter_mut().enumerate().filter(|(place, _)| !moved.contains(place));
        rows.for_each(|(_, row)| row.traits.share *= left.max(0.0) / others);
    }
    Ok(())
}

/// Key of a profession's share of the posts.
const SHARE: &str = "share";

/// `scenario` with every factor moved to its coordinate of `point`, checked as a whole.
///
/// # Errors
///
/// When a number is missing, or the numbers do not go together.
pub fn at(scenario: &Scenario, factors: &[Factor], point: &[f64]) -> Result<Scenario, Stopped> {
    let mut moved = scenario.clone();
    assign(&mut moved, factors.iter().zip(point).map(|(factor, &place)| (factor, factor.value(place))))?;
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

    #[test]
    fn a_choice_is_moved_by_name_and_the_share_of_a_profession_at_the_cost_of_all_others() {
        let mut scenario = Scenario::default();
        let target = Factor::new(&scenario, "programme.0.reach.target", None, None).unwrap();
        assert_eq!(
            (target.present(&scenario), target.named(0.0)),
            (0.0, target.choice().unwrap().names.first().copied())
        );
        target.put(&mut scenario, 1.0).unwrap();
        assert_eq!(scenario.value(target.slot.address), Some(Value::Text(target.named(target.high).unwrap().into())));

        let before: Vec<f32> = scenario.professions.iter().map(|row| row.traits.share).collect();
        let path = format!("profession.{}.share", scenario.professions[0].name);
        let share = Factor::new(&scenario, &path, Some(0.0), Some(0.8)).unwrap();
        let moved = at(&scenario, std::slice::from_ref(&share), &[1.0]).unwrap();
        let after: Vec<f32> = moved.professions.iter().map(|row| row.traits.share).collect();
        assert!((after[0] - 0.8).abs() < 1e-6 && (after.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{after:?}");
        // The others keep their proportions: 0.2 of what was 1 less the first one's share.
        for (after, before_it) in after.iter().zip(&before).skip(1) {
            assert!((after - before_it * 0.2 / (1.0 - before[0])).abs() < 1e-5, "{after}");
        }
        let mut both = scenario.clone();
        let second =
            Factor::new(&scenario, &format!("profession.{}.share", scenario.professions[1].name), None, None).unwrap();
        let wrong = assign(&mut both, [(&share, 0.7), (&second, 0.7)]);
        assert!(matches!(&wrong, Err(Stopped::Question(what)) if what.contains("add up to 1.400")), "{wrong:?}");
    }
}
