//! Whole analyses, by a simulator whose answer is known.
use super::*;
use crate::{
    experiment::{Study, fake},
    metrics::tests::small_scenario,
};

/// Three numbers that stand for the coordinates of a known function.
const COORDINATES: [&str; 3] =
    ["parameters.fatigue.conscious_effort", "programme.0.incentives.sanction", "setting.culture"];

fn plan(paths: &[&str]) -> Plan {
    let paths: Vec<String> = paths.iter().map(|path| (*path).into()).collect();
    Plan {
        factors: choice::of_paths(&small_scenario(), &paths).unwrap(),
        metric: "net_gain_24_months_after".into(),
        programme: 0,
        runs: 4,
        trajectories: 10,
        top: 3,
        base: 512,
        keeps_runs: false,
    }
}

/// Where the coordinates stand in `scenario`, from 0 to 1.
fn place(scenario: &Scenario) -> Vec<f64> {
    let effort = (f64::from(scenario.parameters.fatigue.conscious_effort) - 0.1) / 0.7;
    let sanction = scenario.programmes[0].levers.incentives.sanction;
    vec![effort, f64::from(sanction), f64::from(scenario.setting.culture)]
}

#[test]
fn ishigami_is_found_among_idle_factors_through_a_simulator_with_luck() {
    // Luck shifts every point alike and each point a little on its own.
    let formula = |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
        if metric != "net_gain_24_months_after" {
            return 0.0;
        }
        let place = place(scenario);
        let own = fake::luck(replicate * 7919 + (place[0] * 1e6) as u64);
        sobol::tests::ishigami(&place) + 2.0 * fake::luck(replicate) + 0.5 * own
    };
    let mut simulator = fake::fake(formula);
    let paths = [&COORDINATES[..], &["parameters.belief", "setting.agency"]].concat();
    let plan = Plan { base: 4096, ..plan(&paths) };
    let most = plan.most_runs();
    let found = sensitivity(&mut simulator, &small_scenario(), plan).unwrap();
    assert!(simulator.runs <= most && simulator.runs > most / 2, "{} of {most}", simulator.runs);
    let (_, total) = sobol::tests::ishigami_indices();
    let indices = found.indices.as_ref().unwrap();
    for (&kept, index) in found.kept.iter().zip(&indices.total) {
        let path = found.plan.factors[kept].slot.path.as_str();
        let coordinate = COORDINATES.iter().position(|known| *known == path).expect("an idle factor was kept");
        assert!((index.estimate.value - total[coordinate]).abs() < 0.05, "{path}: {index:?}");
    }
    assert_eq!(found.plan.factors[found.kept[0]].slot.path, COORDINATES[0]);
    let answer = found.answer();
    assert!(
        answer.title.contains("3 surely and 0 perhaps") && answer.title.contains(COORDINATES[0]),
        "{}",
        answer.title
    );
    assert!(answer.sentences.iter().any(|said| said.contains("or more: parameters.fatigue.")));
    assert_eq!(answer.tables[0].rows.len(), 3);
    let last = answer.tables[0].rows[0].last().cloned();
    assert_eq!(last, Some(COORDINATES[0].into()));
    assert_eq!(answer.tables[2].rows.len(), found.plan.factors.len());
}

#[test]
fn a_conclusion_that_rests_on_an_assumption_is_named() {
    // The gain is what conscious effort leaves of 0.4; all the rest is luck.
    let formula = |scenario: &Scenario, replicate: u64, _: usize, metric: &str| {
        let effort = f64::from(scenario.parameters.fatigue.conscious_effort);
        let luck = 0.02 * fake::luck(replicate) - 0.01;
        if metric == "net_gain_24_months_after" { 0.4 - effort + luck } else { luck }
    };
    let plan = plan(&[COORDINATES[0], "setting.agency", "setting.culture"]);
    let found = sensitivity(&mut fake::fake(formula), &small_scenario(), plan).unwrap();
    assert!(found.effects.is_empty());
    let said = found.answer().sentences.join(" ");
    assert!(said.contains("flips: with parameters.fatigue.conscious_effort at 0.45, after 24 months"), "{said}");
    assert_eq!(found.influential().len(), 1);
    // Points spread evenly over a range of 0.7, luck over 0.02: shares of variance as the squares.
    let luck = found.indices.unwrap().luck.estimate.value;
    let known = 0.02f64.powi(2) / (0.02f64.powi(2) + 0.7f64.powi(2));
    assert!(luck < 3.0 * known, "{luck} not {known}");
}

#[test]
fn a_screening_alone_ranks_and_claims_nothing_of_what_does_nothing() {
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        f64::from(scenario.setting.culture) * 0.3 + fake::luck(replicate)
    };
    let plan = Plan { top: 0, ..plan(&["setting"]) };
    let found = sensitivity(&mut fake::fake(formula), &small_scenario(), plan).unwrap();
    let answer = found.answer();
    assert!(answer.title.contains(", 1 move"), "{}", answer.title);
    assert!(answer.sentences[0].contains("setting.culture: 30.0 points (30.0 to 30.0)"));
    let nothing = sensitivity(
        &mut fake::fake(|_, replicate, _, _| fake::luck(replicate)),
        &small_scenario(),
        self::plan(&["setting.culture", "setting.agency"]),
    );
    assert!(nothing.unwrap().answer().title.contains("cannot be told at so few points"));
}

#[test]
fn what_cannot_be_asked_is_said() {
    let ask = |plan: Plan| sensitivity(&mut fake::fake(|_, _, _, _| f64::NAN), &small_scenario(), plan);
    let fine = plan(&COORDINATES);
    for (wrong, said) in [
        (Plan { metric: "nonsense".into(), ..fine.clone() }, "no metric"),
        (Plan { metric: "retained_share_24".into(), ..fine.clone() }, "ask for net_gain_24_months_after"),
        (Plan { runs: 1, ..fine.clone() }, "ask for 2 or more"),
        (Plan { programme: 1, ..fine.clone() }, "no programme 1"),
        (Plan { base: 4, ..fine.clone() }, "8 base points"),
        (Plan { factors: vec![], ..fine.clone() }, "--paths"),
        (fine, "undefined"),
    ] {
        let answer = ask(wrong).map(|found| found.answer());
        assert!(matches!(&answer, Err(Stopped::Question(what)) if what.contains(said)), "{said}: {answer:?}");
    }
}

/// With two runs of luck that no point shares, nothing may be claimed, whatever the indices come out at.
#[test]
fn an_interval_that_holds_nothing_claims_nothing() {
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        0.3 * fake::unlike(&place(scenario), replicate) + 0.001 * f64::from(scenario.setting.culture)
    };
    let plan = Plan { runs: 2, trajectories: 3, top: 2, base: 16, ..plan(&["setting"]) };
    let found = sensitivity(&mut fake::fake(formula), &small_scenario(), plan).unwrap();
    let answer = found.answer();
    assert!(answer.title.contains("cannot be told at so few points and runs"), "{}", answer.title);
    let all = answer.sentences.join("\n");
    for claim in ["total index", "Only assumptions", "is luck", "still holds"] {
        assert!(!all.contains(claim), "{claim}: {all}");
    }
    // What is shown is the screening, not indices of nothing.
    assert!(answer.tables[0].columns.iter().any(|column| column.name == "mu_star"));
    assert!(found.influential().is_empty() && found.checks.is_empty() && found.pictures().len() <= 1);
}

#[test]
fn points_and_runs_can_be_fitted_anew() {
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        f64::from(scenario.setting.culture) * 0.3 + 0.01 * fake::luck(replicate)
    };
    let plan =
        Plan { keeps_runs: true, top: 2, base: 16, ..plan(&["setting.culture", "setting.agency", "setting.turnover"]) };
    let found = sensitivity(&mut fake::fake(formula), &small_scenario(), plan).unwrap();
    let answer = found.answer();
    let table = |name: &str| answer.tables.iter().find(|table| table.name == name).unwrap();
    // 10 trajectories of 4 points; 16 base points of 2 + 2 sets; 4 runs each.
    let rows =
        ["screening_points", "screening_runs", "indices_points", "indices_runs"].map(|name| table(name).rows.len());
    assert_eq!(rows, [40, 160, 64, 256]);
    let (points, runs) = (table("screening_points"), table("screening_runs"));
    let culture = points.columns.iter().position(|column| column.name == "setting.culture").unwrap();
    let number =
        |cell: &crate::table::Cell| if let crate::table::Cell::Number(number) = cell { *number } else { f64::NAN };
    for (point, runs) in points.rows.iter().zip(runs.rows.chunks(4)) {
        for (run, row) in runs.iter().enumerate() {
            let known = 0.3 * number(&point[culture]) + 0.01 * fake::luck(run as u64);
            assert!((number(&row[2]) - known).abs() < 1e-6, "{row:?}");
        }
    }
}
