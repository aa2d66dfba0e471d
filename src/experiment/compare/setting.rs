//! Whether designs are tried in the same surroundings.
use std::collections::BTreeMap;

use crate::{
    experiment::design::Design,
    scenario::{Address, Scenario, Value},
};

/// For each design after the first whose surroundings differ from the first one's: its name, and the paths that differ.
pub fn differing(designs: &[Design]) -> Vec<(String, Vec<String>)> {
    let Some((first, others)) = designs.split_first() else { return Vec::new() };
    let here = surroundings(&first.scenario);
    let one = |design: &Design| {
        let there = surroundings(&design.scenario);
        let paths: Vec<String> = here
            .iter()
            .filter(|(path, value)| there.get(*path) != Some(value))
            .map(|(path, _)| path)
            .chain(there.keys().filter(|path| !here.contains_key(*path)))
            .cloned()
            .collect();
        (design.name.clone(), paths)
    };
    others.iter().map(one).filter(|(_, paths)| !paths.is_empty()).collect()
}

/// Everything that a design does not choose, by path.
fn surroundings(scenario: &Scenario) -> BTreeMap<String, Value> {
    let given = |address: &Address| {
        !matches!(
            address,
            Address::Title
                | Address::ProgrammeName { .. }
                | Address::Clock { .. }
                | Address::Means { .. }
                | Address::Target { .. }
                | Address::Lever { .. }
                | Address::Run(_)
        )
    };
    let slots = scenario.slots().into_iter().filter(|slot| given(&slot.address));
    slots.filter_map(|slot| Some((slot.path, scenario.value(slot.address)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_design_chooses_is_no_difference_of_surroundings() {
        let design = |name: &str, path: &str, value: &str| {
            let mut scenario = Scenario::default();
            scenario.change(path, value).unwrap();
            Design::new(name, scenario, None).unwrap()
        };
        let designs = [
            design("as it is", "programme.0.active", "86"),
            design("longer", "programme.0.active", "104"),
            design("restless", "setting.turnover", "2"),
        ];
        assert_eq!(differing(&designs), [("restless".to_string(), vec!["setting.turnover".to_string()])]);
    }
}
