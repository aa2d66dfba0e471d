//! Sweeps whose answer is known.
use super::*;
use crate::{
    experiment::{Study, assumptions, fake::fake, fake::luck},
    metrics::tests::small_scenario,
    table::Cell,
};

const GAIN: &str = "net_gain_24_months_after";
const STICK: &str = "programme.0.incentives.sanction";
const CARROT: &str = "programme.0.incentives.recognition";

fn plan(placing: Placing) -> Plan {
    Plan { placing, runs: 60, seed: 1, metrics: vec![GAIN.into()], programme: None, keeps_runs: true }
}

fn vary(texts: &[&str]) -> Vec<Vary> {
    texts.iter().map(|text| Vary::parse(&small_scenario(), text, 5).unwrap()).collect()
}

/// Highest at a stick of 0.4, more carrot always better; luck is shared.
fn hill(scenario: &Scenario, replicate: u64, _: usize, metric: &str) -> f64 {
    let incentives = &scenario.programmes[0].levers.incentives;
    let (stick, carrot) = (f64::from(incentives.sanction), f64::from(incentives.recognition));
    match metric {
        GAIN => 0.2 - 0.3 * (stick - 0.4) * (stick - 0.4) + 0.1 * carrot + 0.1 * luck(replicate),
        "motivation_at_end" => 0.6 - 0.2 * stick + 0.1 * luck(replicate),
        _ => 0.0,
    }
}

fn run(texts: &[&str], plan: Plan) -> Result<Sweep, Stopped> {
    sweep(&mut fake(hill), &small_scenario(), &vary(texts), plan)
}

#[test]
fn one_path_gives_a_curve_with_its_optimum() {
    let plan = Plan { metrics: vec![GAIN.into(), "motivation_at_end".into()], ..plan(Placing::Grid) };
    let made = run(&[&format!("{STICK}=0..1:11")], plan).unwrap();
    let optimum = &made.responses[0].optima[0];
    assert_eq!(made.points[optimum.best], [0.4]);
    assert_eq!(optimum.along[0].side, optimum::Side::Inside);
    assert!((optimum.along[0].above_low_end.value - 0.3 * 0.16).abs() < 1e-6);
    let answer = made.answer();
    assert!(
        answer.title.starts_with("The gain 24 months after is highest at sanction 0.4: 26.9 points"),
        "{}",
        answer.title
    );
    let all = answer.sentences.join("\n");
    assert!(
        all.contains("highest point inside the range") && all.contains("4 raise it clearly and 6 lower it"),
        "{all}"
    );
    let names: Vec<&str> = answer.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["points", "optima", "steps", "runs"]);
    let rows: Vec<usize> = answer.tables.iter().map(|table| table.rows.len()).collect();
    assert_eq!(rows, [2 * 12, 2, 2 * 10, 12 * 60]);
    // The numbers of the sentence are those of the table: the point at 0.4 less the one at 0, over all runs.
    assert!(all.contains("4.8 points (4.8 to 4.8) above the lower end"), "{all}");
    assert_eq!(made.responses[1].optima[0].along[0].side, optimum::Side::LowEnd);
}

#[test]
fn budgets_are_said_as_money_and_none_as_no_limit() {
    let richer = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        0.1 * f64::from(scenario.programmes[0].means.budget).min(4e6) / 4e6 + 0.01 * luck(replicate)
    };
    let made =
        sweep(&mut fake(richer), &small_scenario(), &vary(&["programme.0.budget=1e6,2e6,4e6"]), plan(Placing::Grid))
            .unwrap();
    let answer = made.answer();
    assert!(answer.title.contains("is highest at budget GBP 4,000,000: "), "{}", answer.title);
    let all = answer.sentences.join(" ");
    assert!(all.contains("As the scenario is (no limit) it is") && all.contains("* is the highest point"), "{all}");
    // No mark a thousand million to the right.
    let crate::picture::Chart::Curve(curve) = &made.pictures()[0].chart else { panic!() };
    assert!(curve.marks.is_empty());
}

#[test]
fn two_paths_give_a_map_and_a_third_one_map_each() {
    let (stick, carrot) = (format!("{STICK}=0..1:6"), format!("{CARROT}=0,0.5,1"));
    let map = run(&[&stick, &carrot], plan(Placing::Grid)).unwrap();
    let table = &map.answer().shown.unwrap();
    assert_eq!((table.name.as_str(), table.rows.len(), table.columns.len()), ("map", 3, 7));
    assert_eq!(table.columns[0].name, "recognition \\ sanction");
    assert_eq!((&table.columns[3].name, &table.rows[0][0]), (&"0.4".to_string(), &Cell::Text("1".into())));
    assert!(matches!(&table.rows[0][3], Cell::Text(text) if text.ends_with('*')), "{table:?}");
    let third = run(&[&stick, &carrot, "setting.turnover=0.5,1"], plan(Placing::Grid)).unwrap();
    assert_eq!((third.panels.len(), third.responses[0].optima.len()), (2, 2));
    assert_eq!(third.answer().shown.unwrap().rows.len(), 6);
    assert!(third.answer().title.starts_with("With turnover 0.5, the gain 24 months after is highest at sanction 0.4"));
    let values = |sweep: &Sweep, place: usize| sweep.points[sweep.responses[0].optima[place].best].clone();
    assert_eq!((values(&third, 0), values(&third, 1)), (vec![0.4, 1.0, 0.5], vec![0.4, 1.0, 1.0]));
    let along = &map.responses[0].optima[0].along;
    assert_eq!([along[0].side, along[1].side], [optimum::Side::Inside, optimum::Side::HighEnd]);
    let falls = |path: usize| {
        let steps = map.responses[0].steps.iter().filter(|step| step.path == path);
        (steps.clone().count(), steps.filter(|step| step.estimate.high < 0.0).count())
    };
    assert_eq!([falls(0), falls(1)], [(15, 9), (12, 0)]);
}

/// Choices have no order: it is said which lies above which, not what lies "inside" or is a "step up".
#[test]
fn of_choices_it_is_said_which_lies_above_which() {
    const TARGET: &str = "programme.0.reach.target";
    let names = vary(&[TARGET])[0].factor.choice().unwrap().names;
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        let programme = &scenario.programmes[0];
        let place = names.iter().position(|name| *name == programme.target.name()).unwrap();
        [0.05, 0.09, 0.05][place] + 0.1 * f64::from(programme.levers.incentives.sanction) + 0.1 * luck(replicate)
    };
    let made =
        |texts: &[&str]| sweep(&mut fake(formula), &small_scenario(), &vary(texts), plan(Placing::Grid)).unwrap();
    let alone = made(&[TARGET]);
    let all = [alone.answer().title, alone.answer().sentences.join(" ")].join(" ");
    let [first, second, third] = [names[0], names[1], names[2]];
    for part in [
        format!("is highest at target {second}"),
        format!(
            "Of target {second} is highest, 4.0 points (4.0 to 4.0) above {first} and 4.0 points (4.0 to 4.0) above {third}."
        ),
        format!("Of target, these lie clearly above each other: {second} above {first} and {second} above {third} "),
    ] {
        assert!(all.contains(&part), "{part} is missing: {all}");
    }
    let stick = format!("{STICK}=0..1:5");
    let map = made(&[&stick, TARGET]);
    let said = map.answer().sentences.join(" ");
    assert!(said.contains(&format!("{second} above {first} in 5 of 5 comparisons")), "{said}");
    assert!(said.contains("12 steps up in sanction 12 raise it"), "{said}");
    for text in [&all, &said] {
        for wrong in ["up in target", "target has its", "target is highest at its", "whether target"] {
            assert!(!text.contains(wrong), "{wrong}: {text}");
        }
    }
    // The table names what it goes to, three pairs at each stick.
    let steps = map.tables().into_iter().find(|table| table.name == "steps").unwrap();
    let of_target: Vec<_> = steps.rows.iter().filter(|row| row.contains(&Cell::Text(TARGET.into()))).collect();
    assert_eq!(of_target.len(), 15);
    let to = steps.columns.iter().position(|column| column.name == "to").unwrap();
    assert!(of_target.iter().all(|row| matches!(&row[to], Cell::Text(name) if names.contains(&name.as_str()))));
}

#[test]
fn points_fill_a_space_of_many_paths() {
    let paths = [STICK, CARROT, "setting.turnover=0.5..2", "programme.0.active=10..40"];
    for placing in [Placing::LatinHypercube(40), Placing::Sobol(40)] {
        let made = run(&paths, plan(placing)).unwrap();
        assert_eq!(made.points.len(), 40);
        assert!(made.points.iter().all(|point| point[2] >= 0.5 && point[2] <= 2.0 && point[3].fract() == 0.0));
        let answer = made.answer();
        let shown = answer.shown.as_ref().unwrap();
        assert_eq!((shown.name.as_str(), shown.rows.len()), ("highest", 10));
        assert!(answer.tables.iter().all(|table| table.name != "steps"));
        assert!(!answer.sentences.join("\n").contains("NaN"));
    }
}

#[test]
fn the_present_state_is_always_there() {
    let made = run(&[&format!("{STICK}=0..1:5")], plan(Placing::Grid)).unwrap();
    let (response, scenario) = (&made.responses[0], small_scenario());
    let present = f64::from(scenario.programmes[0].levers.incentives.sanction);
    assert!((made.present[0] - present).abs() < 1e-6);
    for (point, difference) in made.points.iter().zip(&response.differences) {
        let height = |stick: f64| -0.3 * (stick - 0.4) * (stick - 0.4);
        assert!((difference.value - (height(point[0]) - height(present))).abs() < 1e-6);
    }
}

#[test]
fn a_wrong_question_says_what_is_right() {
    let question = |made: Result<Sweep, Stopped>, part: &str| {
        assert!(matches!(&made, Err(Stopped::Question(what)) if what.contains(part)), "{part}: {made:?}");
    };
    question(run(&[], plan(Placing::Grid)), "--vary");
    question(run(&[STICK, STICK], plan(Placing::Grid)), "varied twice");
    question(run(&[STICK], Plan { runs: 1_000_000, ..plan(Placing::Grid) }), "fewer values");
    question(run(&[STICK], Plan { metrics: vec!["gain".into()], ..plan(Placing::Grid) }), "dewpoint metrics");
    question(run(&[STICK], Plan { programme: Some("x".into()), ..plan(Placing::Grid) }), "no programme is called x");
}

/// The scenario as it is has no stick, and the best stick is 0.4 only where conscious effort costs less than 0.6, seven
/// tenths of the posterior; beyond, any stick does harm. So the conclusion hangs on that assumption by name.
#[test]
fn conclusions_are_held_against_assumptions() {
    let formula = |scenario: &Scenario, replicate: u64, _: usize, _: &str| {
        let stick = f64::from(scenario.programmes[0].levers.incentives.sanction);
        let effort = f64::from(scenario.parameters.fatigue.conscious_effort);
        (0.6 - effort) * (0.16 - (stick - 0.4) * (stick - 0.4)) + 0.1 * luck(replicate)
    };
    let varied = vary(&[&format!("{STICK}=0..1:11")]);
    let made = sweep(&mut fake(formula), &small_scenario(), &varied, plan(Placing::Grid)).unwrap();
    let concluded = made.concluded();
    let told: Vec<&str> = concluded.claims.iter().map(|claim| claim.above.as_str()).collect();
    let of = |than: &str| format!("the gain 24 months after is higher at sanction 0.4 than {than}");
    assert_eq!(told, [of("in the scenario as it is"), of("at sanction 0"), of("at sanction 1")]);
    assert!((stats::mean(concluded.claims[2].own.iter().copied()).value - 0.25 * 0.36).abs() < 1e-6);
    let found = assumptions::assumptions(&mut fake(formula), &concluded.scenarios, &concluded.claims, 60).unwrap();
    for judged in &found.conclusions {
        assert_eq!(judged.verdict, assumptions::Verdict::Leaning, "{judged:?}");
        assert!(judged.hangs_on().unwrap().contains("less fatigue.conscious_effort"), "{judged:?}");
    }
}

/// Title and picture name one place; the scenario as it is, every point and every run can be found again in the tables.
#[test]
fn sentences_pictures_and_files_tell_the_same() {
    let made = run(&[&format!("{STICK}=0..1:11")], plan(Placing::Grid)).unwrap();
    let answer = made.answer();
    let pictures = made.pictures();
    assert!(pictures[0].title.contains("is highest at sanction 0.4;"), "{}", pictures[0].title);
    let points = &answer.tables[0];
    assert_eq!((&points.rows[0][0], &points.rows[1][0]), (&Cell::Text("present".into()), &Cell::Count(1)));
    let rank = points.columns.iter().position(|column| column.name == "rank").unwrap();
    let highest = points.rows.iter().filter(|row| row[rank] == Cell::Text("highest".into()));
    assert_eq!(highest.map(|row| row[1].clone()).collect::<Vec<_>>(), [Cell::Number(0.4)]);
    // No cell of a file is laid out for the eye.
    for cell in answer.tables.iter().flat_map(|table| &table.rows).flatten() {
        assert!(!matches!(cell, Cell::Text(text) if text.contains(['*', '#', '\\'])), "{cell:?}");
    }
    // The mean of the runs of a point is its value.
    let runs = answer.tables.iter().find(|table| table.name == "runs").unwrap();
    let of_first = runs.rows.iter().filter(|row| row[0] == Cell::Count(1));
    let outcomes = of_first.filter_map(|row| if let Cell::Number(number) = row[2] { Some(number) } else { None });
    assert!((stats::mean(outcomes).value - made.responses[0].estimates[0].value).abs() < 1e-12);
    let without = run(&[STICK], Plan { keeps_runs: false, ..plan(Placing::Grid) }).unwrap();
    assert!(without.answer().tables.iter().all(|table| table.name != "runs"));
}

#[test]
fn where_nothing_differs_neither_title_nor_picture_names_a_place() {
    let flat = |_: &Scenario, replicate: u64, _: usize, _: &str| 0.1 * luck(replicate);
    let made = sweep(&mut fake(flat), &small_scenario(), &vary(&[STICK]), plan(Placing::Grid)).unwrap();
    let same = "The gain 24 months after cannot be told apart between the points";
    assert!(made.answer().title.starts_with(same), "{}", made.answer().title);
    assert!(made.pictures()[0].title.starts_with(same), "{}", made.pictures()[0].title);
}
