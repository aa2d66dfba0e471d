//! Which numbers of a scenario are moved, and how far: read off the declarations.
use crate::{
    experiment::{Stopped, factor::Factor},
    params::Standing,
    scenario::{Address, Declared, Scenario, Slot},
};

/// A set of factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// How people are.
    Parameters,
    /// What the programmes do.
    Levers,
    /// What the organisations and their times are like.
    Setting,
    /// All of these.
    All,
}

impl Over {
    fn holds(self, address: Address) -> bool {
        let set = match address {
            Address::Parameter { .. } => Self::Parameters,
            Address::Lever { .. } => Self::Levers,
            Address::Setting(_) => Self::Setting,
            _ => return false,
        };
        self == Self::All || self == set
    }
}

/// The factors of a set, over the ranges declared. Whole numbers, which are the sizes of organisations, are left out.
pub fn of_set(scenario: &Scenario, over: Over) -> Vec<Factor> {
    scenario.slots().into_iter().filter(|slot| over.holds(slot.address)).filter_map(usual).collect()
}

/// The factors at `paths`: a path, a path with a range of its own (`setting.turnover=0.5..2`), or the beginning of several
/// paths (`parameters.fatigue`), of which whole numbers are left out.
///
/// # Errors
///
/// When a path leads nowhere or to something that has no range.
pub fn of_paths(scenario: &Scenario, paths: &[String]) -> Result<Vec<Factor>, Stopped> {
    let slots = scenario.slots();
    let mut factors: Vec<Factor> = Vec::new();
    for written in paths {
        let (path, range) =
            written.split_once('=').map_or((written.as_str(), None), |(path, range)| (path, Some(range)));
        let path = path.trim().trim_end_matches('.');
        let below: Vec<Slot> =
            slots.iter().filter(|slot| slot.path.starts_with(&format!("{path}."))).cloned().collect();
        let found: Vec<Factor> = match range {
            None if !below.is_empty() => below.into_iter().filter_map(usual).collect(),
            None => vec![Factor::new(scenario, path, None, None)?],
            Some(range) => {
                let (low, high) = ends(written, range)?;
                vec![Factor::new(scenario, path, Some(low), Some(high))?]
            }
        };
        for factor in found {
            if matches!(factor.slot.address, Address::Run(_)) {
                return Err(Stopped::Question(format!(
                    "{}: says how to simulate, not what; choose among parameters, programme and setting",
                    factor.slot.path
                )));
            }
            if !factors.iter().any(|known| known.slot.address == factor.slot.address) {
                factors.push(factor);
            }
        }
    }
    if factors.is_empty() {
        return Err(Stopped::Question(format!("nothing at {} is a number that can be moved", paths.join(", "))));
    }
    Ok(factors)
}

fn ends(written: &str, range: &str) -> Result<(f64, f64), Stopped> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let ends = range.split_once("..").and_then(|(low, high)| Some((number(low)?, number(high)?)));
    ends.ok_or_else(|| Stopped::Question(format!("{written}: write PATH=LOW..HIGH, e.g. setting.turnover=0.5..2")))
}

/// A factor over its declared range, unless it has none, holds whole numbers, is a budget (any sum may be one), or says
/// how to run.
fn usual(slot: Slot) -> Option<Factor> {
    let (low, high) = slot.declared.range()?;
    let factor = Factor { slot, low, high };
    let left = matches!(factor.slot.address, Address::Run(_) | Address::Means { .. });
    (!factor.is_whole() && !left).then_some(factor)
}

/// How well the number is known, in a word: `evidence`, `calibrated` or `assumption` for what the model takes to be so,
/// `choice` for levers, clocks and budgets, `scenario` for what the scenario describes.
pub fn standing(slot: &Slot) -> &'static str {
    match (slot.address, slot.declared) {
        (Address::Parameter { .. }, Declared::Quantity(quantity)) => in_a_word(quantity.standing),
        (
            Address::Setting(_) | Address::Profession { .. } | Address::Price(_) | Address::Incident(_),
            Declared::Quantity(quantity),
        ) if quantity.source != "scenario" => in_a_word(quantity.standing),
        (Address::Lever { .. } | Address::Clock { .. } | Address::Means { .. }, _) => "choice",
        _ => "scenario",
    }
}

/// The word for a standing.
pub const ASSUMPTION: &str = "assumption";

fn in_a_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Evidence => "evidence",
        Standing::Calibrated => "calibrated",
        Standing::Assumption => ASSUMPTION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Levers;

    fn paths(given: &[&str]) -> Result<Vec<Factor>, Stopped> {
        of_paths(&Scenario::default(), &given.iter().map(|path| (*path).into()).collect::<Vec<_>>())
    }

    #[test]
    fn sets_come_from_the_declarations() {
        let scenario = Scenario::default();
        let count = |over| of_set(&scenario, over).len();
        assert_eq!(count(Over::Levers), Levers::DECLARED.len());
        assert!(of_set(&scenario, Over::Setting).iter().all(|factor| factor.slot.key != "units"));
        assert_eq!(count(Over::All), count(Over::Parameters) + count(Over::Levers) + count(Over::Setting));
    }

    #[test]
    fn a_beginning_of_paths_takes_what_is_below_and_a_name_takes_whole_numbers_too() {
        let fatigue = paths(&["parameters.fatigue", "parameters.fatigue.weeks"]).unwrap();
        assert!(fatigue.len() > 10 && fatigue.iter().all(|factor| factor.slot.path.starts_with("parameters.fatigue.")));
        assert!(paths(&["setting"]).unwrap().iter().all(|factor| factor.slot.key != "units"));
        let own = paths(&["setting.units", "setting.turnover=0.5..2"]).unwrap();
        assert_eq!((own[0].low, own[1].low, own[1].high), (1.0, 0.5, 2.0));
        assert_eq!(own.iter().map(|factor| standing(&factor.slot)).collect::<Vec<_>>(), ["scenario", "scenario"]);
        assert_eq!(standing(&fatigue[0].slot), "assumption");
    }

    #[test]
    fn wrong_paths_say_what_is_right() {
        for (given, right) in [
            ("setting.turnovr", "setting.turnover"),
            ("setting.turnover=1", "LOW..HIGH"),
            ("setting.turnover=2..1", "0..10"),
            ("run.seed", "not what"),
            ("run", "nothing at run"),
            ("programme.0.name", "not a number"),
        ] {
            assert!(matches!(paths(&[given]), Err(Stopped::Question(what)) if what.contains(right)), "{given}");
        }
    }
}
