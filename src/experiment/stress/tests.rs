//! Stress on fakes whose answer is known, and one look at the real model.
use super::*;
use crate::{
    ensemble::ensemble_of,
    experiment::{
        Study,
        assumptions::{self, Verdict},
        fake::{fake, luck},
    },
    metrics::tests::small_scenario,
    table::Cell,
    world::Shock,
};

fn design(name: &str) -> Design {
    Design { name: name.into(), programme: 0, scenario: Scenario { title: name.into(), ..small_scenario() } }
}

/// Alone and in pairs only, of these shocks.
fn plan(shocks: &[&str]) -> Plan {
    let shocks = shocks.iter().map(|name| Stressor::called(name).unwrap()).collect();
    Plan { shocks, break_evens: false, points: 0, ..Plan::usual(1) }
}

fn count(scenario: &Scenario, key: &str) -> f64 {
    scenario.shocks.iter().filter(|named| named.shock.key() == key).count() as f64
}

/// Gain 0.2 with luck; each loss of leaders costs 0.02, each of the sponsor 0.01, both together 0.03 more in the design
/// called fragile. The robust design gains 0.05 less and loses nothing.
fn gain(scenario: &Scenario, replicate: u64) -> f64 {
    let (leaders, sponsors) = (count(scenario, "leaders_leave"), count(scenario, "sponsor_leaves"));
    let wobble = 0.02 * (luck(replicate) - 0.5);
    match scenario.title.as_str() {
        "robust" => 0.15 + wobble,
        _ => 0.2 + wobble - 0.02 * leaders - 0.01 * sponsors - 0.03 * f64::from(leaders * sponsors > 0.0),
    }
}

fn of(tested: &Tested, shocks: &[&str], severity: Severity) -> Strike {
    let found = tested.strikes.iter().find(|strike| strike.shocks == shocks && strike.severity == severity);
    found.unwrap().clone()
}

fn close(left: f64, right: f64, tolerance: f64) {
    assert!((left - right).abs() <= tolerance, "{left} is not {right}");
}

#[test]
fn losses_pairs_and_regrets_are_those_of_the_formula() {
    let mut simulator = fake(|scenario, replicate, _, _| gain(scenario, replicate));
    let designs = [design("fragile"), design("robust")];
    // At one time, the middle one, a second blow may come too late; with one severity all is known.
    let mild = Plan { severities: vec![Severity::Mild], ..plan(&["leaders_leave", "sponsor_leaves", "winter_surge"]) };
    let stress = stress(&mut simulator, &designs, &mild).unwrap();
    let labels: Vec<String> = stress.numbers().into_iter().map(|number| number.label).collect();
    assert_eq!(labels.len(), 2);
    assert_eq!(labels[0], "left with fragile after the worst tried: leaders leave and sponsor leaves (mild)");
    let fragile = &stress.designs[0];
    close(fragile.undisturbed.value, 0.2, 0.002);
    close(fragile.fails_below, fragile.undisturbed.value / 2.0, 1e-12);
    assert_eq!((fragile.strikes.len(), fragile.failing_undisturbed.value), (6, 0.0));

    let leaders = of(fragile, &["leaders_leave"], Severity::Mild);
    assert_eq!(leaders.times.len(), 4);
    // Paired: the luck cancels, so that the interval is nothing but rounding.
    close(leaders.loss.value, 0.02, 1e-12);
    close(leaders.loss.half_width(), 0.0, 1e-12);
    close(leaders.share.value, 0.9, 1e-3);
    assert_eq!(leaders.beyond, None);
    assert!(leaders.times.iter().all(|struck| (struck.loss.value - 0.02).abs() < 1e-12));

    let pair = of(fragile, &["leaders_leave", "sponsor_leaves"], Severity::Mild);
    close(pair.loss.value, 0.06, 1e-12);
    close(pair.beyond.unwrap().value, 0.03, 1e-12);
    assert_eq!((pair.loss.count, pair.times.len()), (20, 2));
    assert_eq!(fragile.worst().unwrap().shocks, ["leaders_leave", "sponsor_leaves"]);
    close(of(fragile, &["leaders_leave", "winter_surge"], Severity::Mild).beyond.unwrap().value, 0.0, 1e-12);

    // Struck by both, the robust design keeps 0.01 more; by nothing that counts, the fragile one 0.05 more.
    assert_eq!((pair.best, of(fragile, &["winter_surge"], Severity::Mild).best), (1, 0));
    close(pair.regret.value, 0.01, 1e-12);
    close(of(&stress.designs[1], &["winter_surge"], Severity::Mild).regret.value, 0.05, 1e-12);
    assert_eq!(of(&stress.designs[1], &["leaders_leave", "sponsor_leaves"], Severity::Mild).regret.value, 0.0);

    let answer = stress.answer();
    assert!(
        answer.title.contains("shock: fragile by up to 1.0 points")
            && answer.title.contains("robust by up to 5.0 points")
    );
    assert_eq!(answer.tables[0].rows.len(), 4);
    assert_eq!(answer.tables[0].rows[3].last(), Some(&Cell::Text("fragile".into())));
}

#[test]
fn the_finding_about_several_designs_is_which_is_never_behind() {
    let title = |names: &[&str]| {
        let designs: Vec<Design> = names.iter().map(|name| design(name)).collect();
        let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
            gain(scenario, replicate) + if scenario.title == "better" { 0.1 } else { 0.0 }
        };
        stress(&mut fake(formula), &designs, &plan(&["leaders_leave", "winter_surge"])).unwrap().answer().title
    };
    assert_eq!(title(&["fragile", "alike"]), "A tie: no design is clearly behind another under any of the shocks.");
    let one = title(&["fragile", "better"]);
    assert!(
        one.starts_with(
            "better is never clearly behind another design; fragile is, by up to 10.0 points (10.0 to 10.0)"
        ),
        "{one}"
    );
}

#[test]
fn a_shock_that_does_nothing_is_not_called_harmful() {
    let mut simulator = fake(|scenario, replicate, _, _| gain(scenario, replicate));
    let stress = stress(&mut simulator, &[design("robust")], &plan(&["leaders_leave", "winter_surge"])).unwrap();
    let harm = stress.numbers().into_iter().find(|number| number.label.contains("clearly do harm")).unwrap();
    assert_eq!((harm.value.as_str(), harm.unit.as_str()), ("0", "of 4"));
    assert!(stress.designs[0].strikes.iter().all(|strike| strike.loss.value == 0.0));
    let answer = stress.answer();
    assert!(answer.title.starts_with("0 of 4 shocks alone clearly cost robust"), "{}", answer.title);
    assert!(answer.tables[0].rows[1..].iter().all(|row| row.last() == Some(&Cell::Text("no change".into()))));
}

#[test]
fn break_evens_are_where_the_formula_passes_half() {
    // Half of the gain is gone when 0.4 of the money is left, when turnover is three times the usual, never by winters.
    let formula = |scenario: &Scenario, replicate: u64| {
        let left = scenario.shocks.iter().find_map(|named| match &named.shock {
            Shock::BudgetCut(cut) => Some(f64::from(cut.left)),
            _ => None,
        });
        let cut = (1.0 - left.unwrap_or(1.0)) / 1.2;
        let turnover = (f64::from(scenario.setting.turnover) - 1.0) / 4.0;
        0.2 * (1.0 - cut - turnover) + 0.01 * (luck(replicate) - 0.5)
    };
    let mut simulator = fake(|scenario, replicate, _, _| formula(scenario, replicate));
    let asked = Plan { break_evens: true, pairs: false, ..plan(&["staff_exodus", "winter_surge", "budget_cut"]) };
    let stress = stress(&mut simulator, &[design("one")], &asked).unwrap();
    let [exodus, winter, budget] = stress.designs[0].break_evens.as_slice() else { panic!() };
    assert_eq!([exodus.shock, winter.shock, budget.shock], ["staff_exodus", "winter_surge", "budget_cut"]);
    close(budget.at, 60.0, 0.1);
    assert!(budget.low <= budget.at && budget.at <= budget.high && budget.high - budget.low < 2.0, "{budget:?}");
    // 30.88 leavers per 100 posts a year as it is.
    close(exodus.at, 3.0 * 30.88, 0.2);
    assert_eq!((winter.at, winter.low, winter.high), (f64::INFINITY, f64::INFINITY, f64::INFINITY));
    assert_eq!((exodus.curve.len(), budget.present, budget.worst), (6, 0.0, 100.0));
    let sentences = stress.answer().sentences.join("\n");
    assert!(
        sentences.contains("up to 93 leavers per 100 frontline posts a year (92 to 93; 31 as it is)"),
        "{sentences}"
    );
    assert!(sentences.contains("even at the worst tried: 100 % more work for 20 weeks."), "{sentences}");
    let picture = stress.pictures().into_iter().find(|picture| picture.name == "break_even").unwrap();
    assert!(picture.title.starts_with("In 2 of 3 cases less than"), "{}", picture.title);
    let churn = BreakEven { unit: "changes of policy a year", ..winter.clone() };
    assert_eq!(
        [1.0, 0.5].map(|times| churn.in_words(times)),
        ["1 change of policy a year", "0.5 changes of policy a year"]
    );
}

#[test]
fn the_circumstances_of_failure_are_found_and_said() {
    // It fails when turnover passes twice the usual and the sponsor leaves within 20 months.
    let formula = |scenario: &Scenario, replicate: u64| {
        let month = |week: usize| (week as f64 - 10.0) / (52.0 / 12.0);
        let soon = scenario
            .shocks
            .iter()
            .any(|named| matches!(named.shock, Shock::SponsorLeaves(_)) && month(named.shock.week()) < 20.0);
        let fails = soon && scenario.setting.turnover > 2.0;
        0.2 - 0.19 * f64::from(fails) + 0.001 * luck(replicate)
    };
    let mut simulator = fake(|scenario, replicate, _, _| formula(scenario, replicate));
    let asked = Plan { points: 512, runs_a_point: 2, pairs: false, ..plan(&["inspection"]) };
    let stress = stress(&mut simulator, &[design("one")], &asked).unwrap();
    let discovery = stress.designs[0].discovery.as_ref().unwrap();
    let [found] = discovery.boxes.as_slice() else { panic!("{:?}", discovery.boxes) };
    assert!(found.holds && found.failing && found.conditions.len() == 2, "{found:?}");
    for condition in &found.conditions {
        match discovery.axes[condition.axis].path.as_str() {
            "setting.turnover" => close(condition.above.unwrap(), 61.76, 2.0),
            _ => close(condition.below.unwrap(), 20.0, 1.0),
        }
    }
    assert!(found.measured.density.value > 0.9 && found.measured.coverage.value > 0.9, "{found:?}");
    assert_eq!((discovery.points.len(), discovery.sought), (768, 512));
    let said = stress.answer().sentences.into_iter().find(|sentence| sentence.contains("fails when")).unwrap();
    assert!(said.contains("turnover passes 6") && said.contains("the sponsor leaves within "), "{said}");
    assert!(said.ends_with("Found with 512 points x 2 runs, measured on 256 fresh points."), "{said}");
}

#[test]
fn where_chance_alone_decides_no_circumstances_are_claimed() {
    let mut simulator = fake(|scenario, replicate, _, _| {
        // Luck that depends on the point, as a run's does.
        let point = (scenario.setting.turnover * 1e4) as u64;
        let mixed = (1000 * point + replicate).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        luck((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32)
    });
    let asked = Plan { points: 256, pairs: false, ..plan(&["inspection"]) };
    let stress = stress(&mut simulator, &[design("one")], &asked).unwrap();
    let discovery = stress.designs[0].discovery.as_ref().unwrap();
    assert_eq!(discovery.boxes, []);
    // Undisturbed luck has the mean one half, so that a quarter of runs is below half of it.
    assert!((0.2..0.3).contains(&discovery.base), "{}", discovery.base);
    assert!(stress.answer().sentences.iter().any(|sentence| sentence.starts_with("Nothing among the 8 uncertainties")));
}

#[test]
fn a_gain_that_may_be_nothing_cannot_be_broken() {
    let mut simulator = fake(|_, replicate, _, _| luck(replicate) - 0.5);
    let asked = Plan { break_evens: true, points: 64, ..plan(&["budget_cut"]) };
    let stress = stress(&mut simulator, &[design("nothing")], &asked).unwrap();
    let tested = &stress.designs[0];
    assert!(tested.fails_below.is_nan() && tested.break_evens.is_empty() && tested.discovery.is_none());
    assert!(stress.answer().sentences.iter().any(|sentence| sentence.contains("there is nothing to break")));
}

#[test]
fn wrong_questions_are_answered_with_what_is_wrong() {
    let ask = |designs: &[Design], plan: &Plan| match stress(&mut fake(|_, _, _, _| 0.1), designs, plan) {
        Err(Stopped::Question(what)) => what,
        other => panic!("{other:?}"),
    };
    let usual = plan(&["budget_cut"]);
    assert!(ask(&[design("a"), design("a")], &usual).contains("called a"));
    assert!(ask(&[design("a")], &Plan { runs: 3, ..usual.clone() }).contains("4 or more"));
    assert!(ask(&[design("a")], &Plan { times: 0, ..usual.clone() }).contains("1 to 52"));
    assert!(ask(&[design("a")], &Plan { points: 10, ..usual.clone() }).contains("64"));
    let over = vec![Range { path: "setting.cohesoin".into(), low: None, high: None }];
    assert!(ask(&[design("a")], &Plan { points: 64, over, ..usual }).contains("setting.cohesion"));
}

#[test]
fn the_runs_expected_are_the_runs_asked_for() {
    struct Counting(u64, u64);
    impl Simulator for Counting {
        fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
            self.1 += jobs.iter().map(|job| job.runs).sum::<u64>();
            fake(|_, replicate, _, _| 0.2 + 0.1 * luck(replicate)).ensembles(jobs)
        }
        fn expect(&mut self, runs: u64) {
            self.0 += runs;
        }
    }
    let mut simulator = Counting(0, 0);
    let asked = Plan { break_evens: true, points: 64, ..plan(&["budget_cut", "rival_programme", "sponsor_leaves"]) };
    stress(&mut simulator, &[design("a"), design("b")], &asked).unwrap();
    // For each design: undisturbed 40, alone 3 x 2 x 4 x 40, pairs 3 x 2 x 2 x 20, curves (5 x 2 + 5) x 40, points 96 x 4.
    assert_eq!((simulator.0, simulator.1), (4448, 4448));
}

#[test]
fn the_model_looked_at_no_longer_than_needed_says_the_same() {
    let scenario = Scenario { run: crate::scenario::Run { follow_up: 156, ..Default::default() }, ..small_scenario() };
    let window = Window::of(&scenario, 0).unwrap();
    let trimmed = window.trimmed(&scenario);
    assert!(trimmed.weeks() < scenario.weeks());
    let gains = |scenario: &Scenario| {
        let ensemble = ensemble_of(scenario, 1, 6).unwrap();
        ensemble.outcomes_of(scenario, 0, METRIC).unwrap()
    };
    assert_eq!(gains(&scenario), gains(&trimmed));
    // A rival that starts when the gain has all but been looked at lets the first programme's luck alone.
    let mut late = trimmed.clone();
    BATTERY[Stressor::called("rival_programme").unwrap()].strike(
        &mut late,
        Severity::Severe,
        window.look_end - 1,
        &window,
    );
    assert_eq!(late.programmes.len(), 2);
    let before = gains(&trimmed);
    assert!(gains(&late).iter().zip(&before).all(|(late, before)| (late - before).abs() < 1e-3), "{before:?}");
    // In time, it takes from the same staff.
    let mut early = trimmed.clone();
    BATTERY[Stressor::called("rival_programme").unwrap()].strike(&mut early, Severity::Severe, window.live, &window);
    let loss = crate::stats::paired_difference(&before, &gains(&window.trimmed(&early)));
    assert!(loss.value > 0.0, "{loss:?}");
}

/// A sponsor who leaves does good where conscious effort costs more than 0.65, a quarter of the posterior: an assumption, by
/// name.
#[test]
fn conclusions_are_held_against_assumptions() {
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        let relieved = f64::from(scenario.parameters.fatigue.conscious_effort > 0.65);
        gain(scenario, replicate) + 0.03 * relieved * count(scenario, "sponsor_leaves")
    };
    let designs = [design("fragile"), design("robust")];
    let plan = Plan { pairs: false, runs: 100, ..plan(&["leaders_leave", "sponsor_leaves"]) };
    let Concluded { scenarios, claims } = stress(&mut fake(formula), &designs, &plan).unwrap().concluded();
    let found = assumptions::assumptions(&mut fake(formula), &scenarios, &claims, 100).unwrap();
    let told = |judged: &assumptions::Judged| (judged.conclusion.clone(), judged.verdict);
    let expected = [
        ("leaders leave (severe) costs fragile part of its gain", Verdict::Firm),
        ("sponsor leaves (severe) costs fragile part of its gain", Verdict::Leaning),
        ("leaders leave (severe) costs fragile more than sponsor leaves (severe)", Verdict::Firm),
        // The robust design loses nothing, so nothing is concluded of what it loses.
        ("under sponsor leaves (severe) fragile keeps more than robust", Verdict::Firm),
    ];
    assert_eq!(
        found.conclusions.iter().map(told).collect::<Vec<_>>(),
        expected.map(|(text, verdict)| (text.to_owned(), verdict))
    );
    assert_eq!(found.conclusions[1].hangs_on().as_deref(), Some("less fatigue.conscious_effort"));
}

/// A design that only does harm: there is no gain to take a share of, and no loss of 0.0 points is clear.
#[test]
fn without_a_gain_no_share_is_kept_and_nothing_is_said_to_be_lost_of_it() {
    // Less by 1.0 points undisturbed, by 0.08 more under leaders leaving, and by a hair under a winter surge.
    let harm = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        let wobble = 0.002 * (luck(replicate) - 0.5);
        -0.01 - 0.0008 * count(scenario, "leaders_leave") - 1e-5 * count(scenario, "winter_surge") + wobble
    };
    let plan = Plan { severities: vec![Severity::Mild], pairs: false, ..plan(&["leaders_leave", "winter_surge"]) };
    let stressed = stress(&mut fake(harm), &[design("harm")], &plan).unwrap();
    let strikes = &stressed.designs[0].strikes;
    assert!(strikes.iter().all(|strike| strike.share.value.is_nan()));
    let answer = stressed.answer();
    let all = format!("{} {}", answer.title, answer.sentences.join(" "));
    assert!(
        all.starts_with(
            "harm has no clear gain to lose 24 months after support: 1 of 2 shocks alone clearly make it worse"
        ),
        "{all}"
    );
    assert!(
        all.contains("practice is 1.0 points (0.9 to 1.1) lower with harm than without it")
            || all.contains("practice is 1.0 points (1.0 to 1.0) lower with harm"),
        "{all}"
    );
    assert!(!all.contains("may be nothing") && !all.contains("0.0 points (0.0 to 0.0)"), "{all}");
    let shown = answer.tables[0].clone().in_points();
    let verdict = shown.columns.iter().position(|column| column.name == "verdict").unwrap();
    assert_eq!(shown.rows[2][verdict], Cell::Text("no change".into()));
    assert!(!stressed.pictures()[0].title.contains("of the gain"), "{}", stressed.pictures()[0].title);
}
