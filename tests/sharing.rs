//! Sharing: designs that are simulated together give the bits of each by itself, whatever it is in which they differ.
//!
//! What worlds are taken to be the same stands in `src/model/same.rs`. Whoever leaves out of that key something that
//! matters fails here: designs are drawn at random, each off the one before by a few levers, dates, shocks, questions or
//! parameters, some of them to the ends of their ranges.

use dewpoint::{
    ensemble::{Engine, Job, Keep, Simulation, run_many},
    model::{History, Pair, Parameters, Spared, family::Family},
    params::Quantities,
    programme::{Levers, Target},
    scenario::{Scenario, load},
    world::{NamedShock, Shock},
};
use proptest::{prelude::*, test_runner::Config};

/// The base case, which does a little of everything, in two small hospitals of a rough place, so that everything has
/// something to act on.
fn place(programmes: usize) -> Scenario {
    let mut scenario = load(&(), "base").unwrap().scenario;
    let setting = &mut scenario.setting;
    (setting.organisations, setting.units, setting.staff, setting.span) = (2.0, 2.0, 7.0, 2.0);
    (setting.turnover, setting.policy_churn, setting.variety, setting.blame) = (2.0, 4.0, 0.5, 0.4);
    (setting.improvement_skill, setting.workload, setting.workload_spread) = (0.3, 0.2, 0.2);
    scenario.run.follow_up = 40;
    let clock = &mut scenario.programmes[0].clock;
    (clock.start, clock.planning, clock.active) = (9.0, 8.0, 30.0);
    for number in 1..programmes {
        let mut other = scenario.programmes[0].clone();
        other.name = format!("other {number}");
        other.clock.start = 5.0;
        scenario.programmes.push(other);
    }
    scenario
}

/// What one design does otherwise than another: a kind, where, and how much of the range.
type Change = (usize, usize, usize, f32);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let size = prop_oneof![Just(0.0f32), Just(1.0f32), 0.0f32..1.0];
    prop::collection::vec((0..20usize, 0..4096usize, 0..4usize, size), 1..4)
}

fn change(scenario: &mut Scenario, &(kind, place, number, size): &Change) {
    let number = number % scenario.programmes.len();
    let programme = &mut scenario.programmes[number];
    match kind {
        // Mostly levers, since the key lets most of them differ.
        0..=8 => programme.levers.set(place % Levers::DECLARED.len(), size),
        9 => programme.target = [Target::Random, Target::Receptive, Target::Neediest][place % 3],
        10 => programme.clock.start = (20.0 * size).round(),
        11 => programme.clock.planning = (1.0 + 15.0 * size).round(),
        12 => {
            let (key, ..) = Shock::KINDS[place % Shock::KINDS.len()];
            let mut shock = Shock::of_kind(key).unwrap();
            shock.settings_mut().set(0, (70.0 * size).round());
            scenario.shocks.push(NamedShock { name: key.into(), shock });
        }
        13 => {
            scenario.shocks.pop();
        }
        14 => {
            let bit = |bit: usize| place & (1 << bit) != 0;
            scenario.spared = Spared {
                from: (60.0 * size).round() as usize,
                turnover: bit(0),
                leaders: bit(1),
                policy: bit(2),
                fatigue: bit(3),
                cynicism: bit(4),
                support: bit(5),
                incentives: bit(6),
                misfit: bit(7) && bit(8),
            };
        }
        15 => programme.clock.active = (4.0 + 40.0 * size).round(),
        16 => scenario.run.follow_up = (10.0 + 60.0 * size).round() as u32,
        17 => {
            scenario.change("profession.nurse.autonomy", &size.to_string()).unwrap();
        }
        18 => {
            // How many there are of what decides how long a test takes.
            let counts = ["organisations", "units", "staff", "span"];
            let setting = &mut scenario.setting;
            let declared = setting.declared();
            let free: Vec<usize> = (0..declared.len()).filter(|i| !counts.contains(&declared[*i].name)).collect();
            let index = free[place % free.len()];
            let (low, high) = (declared[index].low as f32, declared[index].high as f32);
            setting.set(index, low + size * (high - low));
        }
        _ => {
            let mut groups = scenario.parameters.groups_mut();
            let many: usize = groups.iter().map(|(_, group)| group.declared().len()).sum();
            let mut place = place % many;
            for (_, group) in &mut groups {
                let declared = group.declared();
                match declared.get(place) {
                    Some(quantity) => {
                        let (low, high) = (quantity.low as f32, quantity.high as f32);
                        return group.set(place, low + size * (high - low));
                    }
                    None => place -= declared.len(),
                }
            }
        }
    }
}

/// Everything that is left of a replicate, to the bit.
fn bits(pair: &Pair) -> Vec<String> {
    let history = |history: &History| {
        let of = |series: &[f32]| series.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
        let all: Vec<_> = history.series.iter().chain(&history.by_profession).map(|series| of(series)).collect();
        format!("{all:?} {:?} {:?} {:?}", of(&history.units), history.reached, history.staff)
    };
    pair.with.iter().chain(&pair.without).map(history).collect()
}

proptest! {
    #![proptest_config(Config { cases: 150, ..Config::default() })]

    #[test]
    fn designs_together_are_what_each_is_alone(
        programmes in 1..3usize, first in changes(), others in prop::collection::vec(changes(), 1..4), luck in 0..1000u64,
    ) {
        let mut designs = vec![place(programmes)];
        first.iter().for_each(|one| change(&mut designs[0], one));
        for steps in &others {
            // From any of those before, so that several share one and some share nothing.
            let from = steps[0].1 % designs.len();
            let mut design = designs[from].clone();
            steps.iter().for_each(|one| change(&mut design, one));
            designs.push(design);
        }
        let family = Family::new(designs.iter().map(Scenario::to_model).collect());
        let together = family.pairs(luck, 1);
        prop_assert_eq!(together.len(), designs.len());
        for (design, pair) in designs.iter().zip(&together) {
            // Whoever watches sees each world lived by itself, from the first week.
            let alone = design.to_model().watch(luck, 1, |_| ());
            prop_assert!(bits(pair) == bits(&alone), "{:?}", (first, others));
        }
    }
}

/// A world without programmes that was another design's for its first weeks is no beginning for one with programmes.
#[test]
fn a_programme_does_not_begin_with_what_another_design_would_have_done() {
    let design = |size: &str, spared: Spared| {
        let mut scenario = place(1);
        for lever in ["resources.training", "design.fit", "persuasion.hard_data", "engagement.participation"] {
            scenario.change(&format!("programme.0.{lever}"), size).unwrap();
        }
        Scenario { spared, ..scenario }
    };
    let turnover = Spared { from: 5, turnover: true, ..Spared::default() };
    let support = Spared { support: true, ..turnover.clone() };
    let designs = [design("0", Spared::default()), design("1", support), design("1", turnover)];
    let together = Family::new(designs.iter().map(Scenario::to_model).collect()).pairs(3, 1);
    for (design, pair) in designs.iter().zip(&together) {
        assert!(bits(pair) == bits(&design.to_model().watch(3, 1, |_| ())));
    }
}

/// How many weeks are left to live, worked out by hand.
#[test]
fn what_is_the_same_is_lived_once() {
    let base = place(1);
    let weeks = base.weeks() as f64;
    let work = |designs: &[Scenario]| Family::new(designs.iter().map(Scenario::to_model).collect()).work();
    // Both worlds are one until planning begins in week 9.
    let alone = (2.0 * weeks - 9.0) / (2.0 * weeks);
    assert!((work(std::slice::from_ref(&base)) - alone).abs() < 1e-9);
    let lever = |path: &str, value: &str| {
        let mut other = base.clone();
        other.change(path, value).unwrap();
        other
    };
    let five: Vec<Scenario> =
        ["0.1", "0.3", "0.5", "0.7", "0.9"].map(|value| lever("programme.0.resources.training", value)).to_vec();
    assert!((work(&five) - (6.0 * weeks - 9.0) / (10.0 * weeks)).abs() < 1e-9);
    // A harder practice is picked up less from colleagues even where nobody asks for it.
    let harder = [base.clone(), lever("programme.0.design.difficulty", "0.9")];
    assert!((work(&harder) - alone).abs() < 1e-9);
    let mut struck = base.clone();
    let mut shock = Shock::of_kind("staff_exodus").unwrap();
    shock.settings_mut().set(0, 50.0);
    struck.shocks.push(NamedShock { name: "exodus".into(), shock });
    assert!((work(&[base, struck]) - (4.0 * weeks - 9.0 - 2.0 * 50.0) / (4.0 * weeks)).abs() < 1e-9);
}

/// Jobs of several families, of which some have gone on before and some keep all: each is what it is alone.
#[test]
fn jobs_that_share_are_what_each_is_alone_on_any_number_of_threads() {
    let design = |value: &str, baseline: &str| {
        let mut scenario = place(1);
        scenario.change("programme.0.resources.training", value).unwrap();
        scenario.change("setting.baseline", baseline).unwrap();
        scenario
    };
    let all = [("0", "0.5"), ("1", "0.5"), ("0.5", "0.5"), ("0", "0.6"), ("1", "0.6")];
    let mut jobs: Vec<Job> = all.iter().map(|(value, baseline)| Job::outcomes(design(value, baseline), 40)).collect();
    jobs.push(Job { runs: 7, ..jobs[0].clone() });
    jobs.push(Job { keep: Keep::Everything, ..jobs[1].clone() });
    jobs.push(Job { keep: Keep::Everything, ..jobs[2].clone() });
    let empty = || jobs.iter().map(Job::empty).collect::<Vec<_>>();
    let go_on = |_: &[usize], _: &[_]| std::ops::ControlFlow::Continue(());
    let text = |made: &[_]| format!("{made:?}");
    let alone = |scenario: &Scenario| {
        let model = scenario.to_model();
        move |seed, replicate| model.pair(seed, replicate)
    };
    let expected = text(&run_many(&jobs, empty(), 1, alone, go_on).unwrap());
    assert!(expected == text(&run_many(&jobs, empty(), 1, Simulation, go_on).unwrap()));
    let break_off = |_: &[usize], _: &[_]| std::ops::ControlFlow::Break(());
    let begun = run_many(&jobs, empty(), 3, Simulation, break_off).unwrap();
    assert!(expected == text(&run_many(&jobs, begun, 3, Simulation, go_on).unwrap()));
}

/// What nobody could simulate: a model that panics fails alone, and those beside it do not.
#[test]
fn who_fails_beside_others_fails_alone() {
    struct Fragile;
    impl Engine for Fragile {
        fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
            let sound = Simulation.ready(scenarios);
            let fragile = scenarios.iter().any(|scenario| scenario.programmes[0].levers.resources.training == 1.0);
            move |seed, replicate| {
                assert!(!(fragile && replicate == 3), "too much training");
                sound(seed, replicate)
            }
        }

        fn family(&self, scenario: &Scenario) -> Option<u64> {
            Simulation.family(scenario)
        }
    }
    let mut fails = place(1);
    fails.programmes[0].levers.resources.training = 1.0;
    let jobs = [Job::outcomes(place(1), 40), Job::outcomes(fails, 40)];
    let empty = jobs.iter().map(Job::empty).collect();
    let made = run_many(&jobs, empty, 1, Fragile, |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    assert!(made[0].failures.is_empty());
    assert_eq!(made[1].failures.len(), 1);
    assert_eq!((made[1].failures[0].replicate, made[1].failures[0].reason.as_str()), (3, "too much training"));
}

/// Parameters of every group are compared; of each group the first is tried.
#[test]
fn the_first_parameter_of_every_group_tells_families_apart() {
    let base = place(1);
    let groups = Parameters::default().groups().len();
    for group in 0..groups {
        let mut other = base.clone();
        let mut all = other.parameters.groups_mut();
        let (_, parameters) = &mut all[group];
        let value = parameters.get(0);
        parameters.set(0, value + 0.001);
        assert_ne!(Simulation.family(&base), Simulation.family(&other));
        assert!(
            (Family::new(vec![base.to_model(), other.to_model()]).work() - Family::new(vec![base.to_model()]).work())
                .abs()
                < 1e-9
        );
    }
}
