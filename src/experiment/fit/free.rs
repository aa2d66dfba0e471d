//! What of a place is not known, and how far it may lie.
use std::collections::BTreeSet;

use crate::{
    experiment::harm::{PLAUSIBLE, PREVENTED},
    scenario::{Address, Declared, Scenario, Slot, Value},
};

/// What is uncertain of most places unless the scenario says it: path, ends of what is plausible before any data.
///
/// The ends are narrower than what a file may say: they leave out what nobody would run a programme in. All assumptions.
pub const USUAL: [(&str, f64, f64); 8] = [
    ("setting.baseline", 0.1, 0.95),
    ("setting.baseline_spread", 0.02, 0.2),
    ("setting.rising_tide", -0.1, 0.3),
    ("setting.culture", 0.1, 0.9),
    ("setting.measurement_capability", 0.0, 0.8),
    ("setting.authenticity", 0.3, 1.0),
    ("setting.workload", -0.1, 0.4),
    ("setting.turnover", 0.4, 2.5),
];

/// Paths that may be freed beyond the usual ones, at most.
const MOST: usize = 40;

/// A value that the data may say something about.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Where it stands.
    pub slot: Slot,
    /// What is plausible before the data, evenly: from here.
    pub low: f64,
    /// To here.
    pub high: f64,
    /// What the scenario has.
    pub own: f64,
}

impl Free {
    /// The value at a place from 0 to 1 of what is plausible.
    pub fn at(&self, place: f64) -> f64 {
        self.low + place * (self.high - self.low)
    }

    /// What it is, without its table: `baseline spread`.
    pub fn name(&self) -> String {
        if self.slot.path == PREVENTED {
            return "share of the harm that the practice prevents".into();
        }
        let path = self.slot.path.trim_start_matches("setting.").trim_start_matches("parameters.");
        path.replace('_', " ")
    }
}

/// What is uncertain of `scenario`: the usual, and of events of `harm` the share that is prevented, less what its files give (`given`) and what was changed by path (`known`), and
/// what is `freed` as `PATH` or `PATH=LOW..HIGH`.
///
/// # Errors
///
/// When a path is none, or holds no number that could be uncertain.
pub fn uncertain(
    scenario: &Scenario,
    given: &BTreeSet<Address>,
    known: &[String],
    freed: &[String],
    harm: bool,
) -> Result<Vec<Free>, String> {
    let mut found: Vec<Free> = Vec::new();
    let of_harm = harm.then_some((PREVENTED, PLAUSIBLE.0, PLAUSIBLE.1));
    for (path, low, high) in USUAL.into_iter().chain(of_harm) {
        let slot = scenario.locate(path).map_err(|problem| problem.to_string())?;
        if !given.contains(&slot.address) && !known.contains(&slot.path) {
            found.push(free(scenario, slot, Some((low, high)))?);
        }
    }
    for text in freed {
        let (path, range) = text.split_once('=').map_or((text.as_str(), None), |(path, range)| (path, Some(range)));
        let wrong = |what: &str| format!("--free {text}: {what}");
        let slot =
            scenario.locate(path.trim()).map_err(|problem| problem.to_string().replacen("--set", "--free", 1))?;
        if known.contains(&slot.path) {
            return Err(wrong("is given by --know or --set too; leave one of them away"));
        }
        if slot.path == PREVENTED && !harm {
            return Err(wrong(
                "is about events of harm, and the data are shares of what is done: they say nothing of it",
            ));
        }
        let range = match range {
            None => USUAL.iter().find(|(usual, ..)| *usual == slot.path).map(|(_, low, high)| (*low, *high)),
            Some(range) => {
                let ends = range
                    .split_once("..")
                    .and_then(|(low, high)| Some((low.trim().parse::<f64>().ok()?, high.trim().parse::<f64>().ok()?)));
                let within = |(low, high): &(f64, f64)| {
                    let (least, most) = slot.declared.range().unwrap_or((f64::NAN, f64::NAN));
                    *low >= least && *high <= most && low < high
                };
                let (least, most) = slot.declared.range().unwrap_or((0.0, 1.0));
                let right = format!("write PATH=LOW..HIGH with numbers from {least} to {most}, the lower first");
                Some(ends.filter(within).ok_or_else(|| wrong(&right))?)
            }
        };
        found.retain(|other| other.slot.address != slot.address);
        found.push(free(scenario, slot, range).map_err(|what| wrong(&what))?);
    }
    if found.len() > MOST {
        return Err(format!("--free: {} values are free; {MOST} are the most", found.len()));
    }
    Ok(found)
}

fn free(scenario: &Scenario, slot: Slot, range: Option<(f64, f64)>) -> Result<Free, String> {
    let counts = matches!(slot.declared, Declared::Quantity(quantity) if quantity.unit == "count");
    let place = matches!(slot.address, Address::Setting(_) | Address::Parameter { .. } | Address::Lever { .. })
        || slot.path == PREVENTED;
    let (Some((low, high)), Some(Value::Number(own)), false, true) =
        (range.or(slot.declared.range()), scenario.value(slot.address), counts, place)
    else {
        return Err("can be a number of setting, parameters or a lever of a programme, and no whole number".into());
    };
    Ok(Free { slot, low, high, own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::tests::small_scenario;

    fn paths(given: &[&str], known: &[&str], freed: &[&str]) -> Result<Vec<String>, String> {
        let scenario = small_scenario();
        let given = given.iter().map(|path| scenario.locate(path).unwrap().address).collect();
        let text = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let found = uncertain(&scenario, &given, &text(known), &text(freed), false)?;
        Ok(found.iter().map(|free| format!("{}={}..{}", free.slot.path, free.low, free.high)).collect())
    }

    #[test]
    fn what_a_file_gives_is_known_and_what_is_freed_is_not() {
        assert_eq!(paths(&[], &[], &[]).unwrap().len(), USUAL.len());
        let some = paths(&["setting.culture"], &["setting.turnover"], &["setting.agency=0..0.3"]).unwrap();
        assert_eq!((some.len(), some.last().unwrap().as_str()), (USUAL.len() - 1, "setting.agency=0..0.3"));
        // A file's own value is freed by name, with the usual ends.
        assert_eq!(
            paths(&["setting.culture"], &[], &["setting.culture"]).unwrap().last().unwrap(),
            "setting.culture=0.1..0.9"
        );
        let narrow = paths(&[], &[], &["setting.baseline=0.4..0.6", "parameters.fatigue.rest"]).unwrap();
        assert_eq!(narrow.len(), USUAL.len() + 1);
    }

    #[test]
    fn of_harm_the_share_prevented_is_uncertain_too() {
        let scenario = small_scenario();
        let of = |known: &[String], freed: &[String], harm| {
            let found = uncertain(&scenario, &BTreeSet::new(), known, freed, harm)?;
            Ok::<_, String>(found.last().map(|free| (free.slot.path.clone(), free.low, free.high)))
        };
        assert_eq!(of(&[], &[], true).unwrap(), Some((PREVENTED.into(), 0.0, 1.0)));
        assert_ne!(of(&[PREVENTED.into()], &[], true).unwrap().unwrap().0, PREVENTED);
        let freed = ["incidents.prevented=0.2..0.6".to_owned()];
        assert_eq!(of(&[], &freed, true).unwrap(), Some((PREVENTED.into(), 0.2, 0.6)));
        assert!(of(&[], &freed, false).unwrap_err().contains("the data are shares of what is done"));
    }

    #[test]
    fn what_cannot_be_free_is_refused_with_what_can() {
        for (known, freed, what) in [
            ("", "setting.culturee", "--free"),
            ("", "setting.units", "no whole number"),
            ("", "programme.0.name", "no whole number"),
            ("", "setting.culture=0.9..0.1", "with numbers from 0 to 1, the lower first"),
            ("", "setting.culture=0.2..3", "with numbers from 0 to 1"),
            ("setting.culture", "setting.culture", "is given by --know"),
        ] {
            let said = paths(&[], &[known], &[freed]).unwrap_err();
            assert!(said.contains(what), "{freed}: {said}");
        }
    }
}
