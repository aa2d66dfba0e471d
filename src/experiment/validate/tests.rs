//! Made-up patterns whose outcome is known.
use super::*;
use crate::experiment::{
    Study,
    fake::{fake, luck},
};

/// Patterns around the sanction lever: `KNOCKOUT` is filled in by each test.
fn made_up(expect: &str, knockout: &str) -> Vec<Pattern> {
    patterns(&text(expect, knockout)).unwrap()
}

fn text(expect: &str, knockout: &str) -> String {
    format!(
        r#"
        [base]
        ward = "[setting]\norganisations = 1\nunits = 1\n[[programme]]\nname = \"it\"\n"
        [[pattern]]
        id = "X1"
        name = "Made up"
        place = "nowhere"
        support = "stated"
        base = "ward"
        arms = [
            {{ name = "none", programme.0.incentives.sanction = 0.0 }},
            {{ name = "some", programme.0.incentives.sanction = 0.5 }},
            {{ name = "much", programme.0.incentives.sanction = 1.0 }},
        ]
        claims = [{{ says = "It is so.", metric = "net_gain_at_end", expect = "{expect}" }}]
        knockout = {{ what = "it is switched off", set = {{ {knockout} = 0 }} }}
        "#
    )
}

/// A fake in which sanctions work through crowding: up at first, and down by as much as crowding is strong.
fn verdict(expect: &str, knockout: &str, rules: Rules) -> Validation {
    let mut simulator = fake(|scenario, replicate, _, _| {
        let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
        let crowding = f64::from(scenario.parameters.motivation.sanction_crowding);
        // 0 knocked out, and always well above 0 in draws.
        sanction - 2.0 * f64::from(u8::from(crowding > 0.0)) * sanction * sanction + 0.1 * luck(replicate)
    });
    validate(&mut simulator, &made_up(expect, knockout), &[], rules).unwrap()
}

const CROWDING: &str = "parameters.motivation.sanction_crowding";
const SOMETHING_ELSE: &str = "parameters.fatigue.ambition";

#[test]
fn a_pattern_that_its_mechanism_brings_about_passes() {
    let made = verdict("none < some > much", CROWDING, Rules::full());
    assert_eq!(made.tested[0].verdict, Verdict::Fail, "0.5 gives nothing: {:?}", made.tested[0].claims);
    let made = verdict("some > much", CROWDING, Rules::full());
    assert_eq!(made.tested[0].verdict, Verdict::Pass);
    assert_eq!(made.tested[0].claims[0][0].held, 1.0);
    assert!(made.title().contains("X1 Made up: pass."));
}

#[test]
fn the_wrong_way_round_fails_and_says_so() {
    let made = verdict("some < much", CROWDING, Rules::full());
    assert_eq!(made.tested[0].verdict, Verdict::Fail);
    assert_eq!(made.tested[0].claims[0][0].because, "the other way round");
    assert!(made.document("0").contains("the other way round"));
}

#[test]
fn what_survives_its_knock_out_is_not_emergent() {
    let made = verdict("some > much", SOMETHING_ELSE, Rules::full());
    assert_eq!(made.tested[0].verdict, Verdict::NotEmergent);
    assert!(!made.tested[0].abolished && made.tested[0].claims[0][0].left() == 1.0);
    assert!(made.document("0").contains("100 % of the effect is left when it is switched off"));
}

#[test]
fn an_optimum_is_gone_with_one_flank_and_a_ladder_with_its_whole_height() {
    // Knocked out, sanctions do nothing but good: the right flank is gone.
    let made = verdict("some > much", CROWDING, Rules::full());
    assert!(made.tested[0].abolished);
    let ladder = verdict("much < some", CROWDING, Rules::quick());
    assert!(ladder.tested[0].abolished && ladder.rules.quick);
    assert!(ladder.answer().sentences[0].starts_with("A quick look by relaxed rules"));
}

#[test]
fn a_pattern_without_what_it_needs_is_counted_apart_and_costs_nothing() {
    let text = "[base]\n[[pattern]]\nid = \"X2\"\nname = \"Later\"\nplace = \"nowhere\"\nsupport = \"stated\"\nmissing = \"a lever\"\n";
    let mut simulator = fake(|_, _, _, _| 0.0);
    let made = validate(&mut simulator, &patterns(text).unwrap(), &[], Rules::full()).unwrap();
    assert_eq!((made.tested[0].verdict, simulator.runs), (Verdict::NotTestable, 0));
    assert!(made.document("0").contains("needs a lever"));
}

/// More will than half of what is declared, or it is not plausible; the sign of the claim turns with it.
fn plausible(from: f64) -> String {
    let conditions = format!(
        "conditions = [{{ says = \"it works\", metric = \"naive_gain\", from = {from}, to = 9, source = \"a trial\" }}]"
    );
    let section = format!("[plausible]\nbase = \"ward\"\n{conditions}\n[[pattern]]");
    text("none < some", CROWDING).replacen("[[pattern]]", &section, 1)
}

fn weighed(scenario: &crate::scenario::Scenario, metric: &str) -> f64 {
    let will = f64::from(scenario.parameters.practice.will_weight);
    let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
    if metric == "naive_gain" { will } else { (will - 2.75) * sanction }
}

#[test]
fn signs_are_judged_in_draws_that_do_not_contradict_what_is_known() {
    let mut simulator = fake(|scenario, _, _, metric| weighed(scenario, metric));
    let rules = Rules { runs: 8, draws: 20, runs_a_draw: 2, ..Rules::full() };
    let made = validate(&mut simulator, &patterns(&plausible(2.75)).unwrap(), &[], rules).unwrap();
    let step = &made.tested[0].claims[0][0];
    assert_eq!(step.held, 1.0);
    assert!((step.held_in_all - 0.5).abs() < 0.1, "{}", step.held_in_all);
    assert!((35..=45).contains(&made.drawn), "{}", made.drawn);
    assert!(made.document("0").contains("it works (2.75 to 9; a trial)"));
    // Whole batches are screened, and every draw up to the last plausible one is simulated.
    let screened = made.drawn.div_ceil(20) as u64 * 20 * 2;
    assert_eq!(simulator.runs, screened + runs_for(&made.patterns[0], &rules, made.drawn));
}

#[test]
fn where_hardly_any_draw_is_plausible_that_is_said() {
    let mut simulator = fake(|scenario, _, _, metric| weighed(scenario, metric));
    let rules = Rules { runs: 8, draws: 5, runs_a_draw: 2, ..Rules::full() };
    let stopped = validate(&mut simulator, &patterns(&plausible(8.0)).unwrap(), &[], rules);
    assert!(matches!(stopped, Err(Stopped::Question(what)) if what.contains("of 50 draws of the parameters only 0")));
    for (from, to, words) in [
        ("naive_gain", "naive_gane", "plausible: no metric is called naive_gane"),
        ("from = 8", "from = 12", "`from` must be less than `to`"),
        ("[plausible]\nbase = \"ward\"", "[plausible]\nbase = \"wart\"", "plausible:"),
    ] {
        let wrong = patterns(&plausible(8.0).replacen(from, to, 1)).unwrap_err();
        assert!(wrong.contains(words), "{to}: {wrong}");
    }
}

#[test]
fn work_is_counted_before_it_is_done() {
    let patterns = made_up("some > much", CROWDING);
    let rules = Rules { runs: 8, draws: 3, runs_a_draw: 2, ..Rules::quick() };
    let mut simulator = fake(|_, replicate, _, _| luck(replicate));
    validate(&mut simulator, &patterns, &[], rules).unwrap();
    assert_eq!(simulator.runs, runs_for(&patterns[0], &rules, 3));
    simulator.most = simulator.runs + 10;
    assert_eq!(validate(&mut simulator, &patterns, &[], rules), Err(Stopped::OnRequest));
}

#[test]
fn a_failure_is_known_by_the_paths_that_its_arms_vary() {
    let made = verdict("some < much", CROWDING, Rules::full()).known_failures();
    let read: toml::Table = made.parse().unwrap();
    assert_eq!(read["tested"].as_integer(), Some(1));
    assert_eq!(read["failure"][0]["bears_on"][0].as_str(), Some("incentives.sanction"), "{made}");
    assert_eq!(read["failure"][0]["name"].as_str(), Some("Made up"));
    assert_eq!(read["failure"][0]["what"].as_str(), Some("It is so."));
    assert!(!verdict("some > much", CROWDING, Rules::full()).known_failures().contains("[[failure]]"));
}
