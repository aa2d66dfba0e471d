//! Changing by path and writing back.

use dewpoint::{
    params::decimal,
    scenario::{Declared, Extent, Scenario, Value, load},
};
use proptest::prelude::*;

fn spi1() -> Scenario {
    load(&(), "spi1").unwrap().ready().unwrap()
}

/// What the file made of `scenario` loads to.
fn reread(scenario: &Scenario, extent: Extent) -> Scenario {
    let text = scenario.to_toml(extent);
    match load(&[("written.toml", text.as_str())], "written.toml") {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{problems}\n{text}"),
    }
}

#[test]
fn a_value_is_changed_by_number_or_name() {
    let mut scenario = spi1();
    for (path, value) in [
        ("programme.0.incentives.sanction", "0.6"),
        ("programme.Safer Patients Initiative.incentives.payment", "0.25"),
        ("programme.0.reach.target", "neediest"),
        ("programme.0.start", "10"),
        ("profession.nurse.leaving", "0.2"),
        ("profession.0.autonomy", "1"),
        ("setting.turnover", "2"),
        ("setting.unit_leader", "allied"),
        ("parameters.practice.will_weight", "3"),
        ("run.seed", "9007199254740991"),
        ("title", "Another"),
    ] {
        scenario.change(path, value).unwrap_or_else(|problem| panic!("{problem}"));
        let slot = scenario.locate(path).unwrap();
        assert_eq!(scenario.value(slot.address).unwrap().to_string(), value, "{path}");
    }
    scenario.check().unwrap();
    assert_eq!(scenario.programmes[0].levers.incentives.sanction, 0.6);
    assert_eq!(scenario.run.seed, 9_007_199_254_740_991);
    assert_eq!(reread(&scenario, Extent::All), scenario);
}

#[test]
fn every_path_is_found_and_takes_both_ends_of_its_range() {
    let mut scenario = spi1();
    for slot in scenario.slots() {
        assert_eq!(scenario.locate(&slot.path).unwrap(), slot);
        if let Some((low, high)) = slot.declared.range() {
            for end in [low, high] {
                scenario.change(&slot.path, &end.to_string()).unwrap_or_else(|problem| panic!("{problem}"));
            }
            assert!(scenario.change(&slot.path, "nan").is_err());
            assert!(scenario.change(&slot.path, &(high + 1.0).to_string()).is_err());
            assert!(scenario.change(&slot.path, &(low - 1.0).to_string()).is_err());
        }
    }
}

#[test]
fn numbers_are_written_as_a_person_would() {
    let mut scenario = spi1();
    scenario.change("programme.0.incentives.sanction", "0.1").unwrap();
    let text = scenario.to_toml(Extent::Changed);
    assert!(text.contains("\nsanction = 0.1\n"), "{text}");
    assert!(!text.contains("\nagency = 0.05\n"), "a default was written\n{text}");
}

/// Mechanisms are switched off by path like anything else, all of them at once, and the file says of each that it is off.
#[test]
fn every_mechanism_that_can_be_off_is_switched_off_by_its_path() {
    let mut off = Scenario::default();
    let mut switched = 0;
    for slot in off.slots() {
        let Declared::Quantity(quantity) = slot.declared else { continue };
        let Some(neutral) = quantity.neutral else { continue };
        assert!(slot.path.starts_with("parameters."), "{}", slot.path);
        off.change(&slot.path, &neutral.to_string()).unwrap();
        assert_eq!(off.value(slot.address), Some(Value::Number(neutral)), "{}", slot.path);
        switched += 1;
    }
    assert!(switched > 30, "{switched}");
    let text = off.to_toml(Extent::Changed);
    let (_, written) = text.split_once("\n[parameters").unwrap();
    assert_eq!(written.lines().filter(|line| line.contains(" = ")).count(), switched, "{text}");
    assert_eq!((reread(&off, Extent::All), reread(&off, Extent::Changed)), (off.clone(), off));
}

#[test]
fn layers_hand_down_parameters_and_the_upper_one_has_the_last_word() {
    let below = "[parameters.rollout]\nwaits = 0.0\n[parameters.urgency]\ndeadline = 0.1\n";
    let above = "extends = \"below.toml\"\n[parameters.aspiration]\nidle = 0.1\n[parameters.urgency]\ndeadline = 0.2\n";
    let scenario = load(&[("above.toml", above), ("below.toml", below)], "above.toml").unwrap().scenario;
    let mut expected = Scenario::default().parameters;
    (expected.rollout.waits, expected.urgency.deadline, expected.aspiration.idle) = (0.0, 0.2, 0.1);
    assert_eq!(scenario.parameters, expected);
    assert_eq!(reread(&scenario, Extent::Changed), scenario);
}

#[test]
fn there_is_no_model_to_choose_by_path() {
    let problem = spi1().change("model", "full").unwrap_err().to_string();
    assert!(problem.contains("model: no such path in this scenario"), "{problem}");
}

proptest! {
    #[test]
    fn whatever_is_changed_is_read_back_the_same(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0.0..=1.0_f64), 0..40),
        title in "\\PC{0,20}",
        name in "[a-z \"\\\\é.#]{0,8}x",
    ) {
        let mut scenario = load(&(), "spi1").unwrap().scenario;
        scenario.change("title", &title).unwrap();
        scenario.change("programme.0.name", name.trim()).unwrap();
        let slots = scenario.slots();
        for (index, share) in changes {
            let slot = index.get(&slots);
            let Some((low, high)) = slot.declared.range() else { continue };
            let mut value = low + share * (high - low);
            if matches!(slot.declared, Declared::Quantity(quantity) if quantity.is_whole()) {
                value = value.floor();
            }
            // Shares must go on adding up, the simulation must stay short enough, and budgets pay for what is asked.
            if slot.path.ends_with(".share")
                || matches!(slot.key, "start" | "planning" | "active" | "follow_up" | "budget")
            {
                continue;
            }
            scenario.assign(slot, value).unwrap();
        }
        for extent in [Extent::All, Extent::Changed] {
            prop_assert_eq!(&reread(&scenario, extent), &scenario);
        }
    }

    #[test]
    fn numbers_survive_being_written(bits in any::<u32>()) {
        let value = f32::from_bits(bits);
        prop_assume!(value.is_finite());
        #[allow(clippy::cast_possible_truncation)]
        let back = Value::Number(decimal(value)).to_string().parse::<f64>().unwrap() as f32;
        prop_assert_eq!(back, value);
    }
}

/// Adding and changing shocks by path, as a file would have them.
#[test]
fn shocks_are_added_and_changed_by_path() {
    let mut scenario = spi1();
    let before = scenario.shocks.len();
    scenario.change("shocks.winter.winter_surge.at", "60").unwrap();
    scenario.change("shocks.winter.winter_surge.size", "0.4").unwrap();
    scenario.change("shocks.winter.weeks", "8").unwrap();
    scenario.change("shocks.leaders", "leaders_leave").unwrap();
    assert_eq!(scenario.shocks.len(), before + 2);
    let at = |path: &str| scenario.value(scenario.locate(path).unwrap().address).unwrap().to_string();
    assert_eq!(
        ["winter.at", "winter.size", "winter.weeks", "leaders.at"].map(|path| at(&format!("shocks.{path}"))),
        ["60", "0.4", "8", "104"]
    );
    assert_eq!(reread(&scenario, Extent::All).shocks, scenario.shocks);
    for (path, value, part) in [
        ("shocks.x.winter_serge.at", "3", "did you mean winter_surge?"),
        ("shocks.x", "flood", "kinds of shock are "),
        ("shocks.x.winter_surge.left", "0.5", "winter_surge has no left"),
        ("shocks.winter.budget_cut.at", "3", "winter is a winter_surge already"),
        ("shocks.a b.budget_cut.at", "3", "cannot name a shock"),
        ("shocks.x.at", "3", "shocks.NAME.KIND.at=WEEK"),
        ("shocks.winter.att", "3", "did you mean shocks.winter.at?"),
        ("shocks.x.winter_surge.at", "soon", "a number is wanted"),
    ] {
        let wrong = scenario.clone().change(path, value).unwrap_err().to_string();
        assert!(wrong.contains(part), "{path}={value}: {wrong}");
    }
}
