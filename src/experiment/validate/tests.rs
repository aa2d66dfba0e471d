//! Made-up patterns whose outcome is known.
use super::*;
use crate::experiment::{
    Study,
    fake::{fake, luck, noise},
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
    assert_eq!(made.tested[0].claims[0][0].held(), 1.0);
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
    // Of a ladder the lower step is gone, and yet most of the height is left; that step alone is gone with its mechanism.
    let climbed = |expect: &str| {
        let mut simulator = fake(|scenario, replicate, _, _| {
            let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
            let works = scenario.parameters.motivation.sanction_crowding > 0.0;
            sanction - f64::from(u8::from(!works && sanction == 0.5)) * 0.5 + 0.01 * luck(replicate)
        });
        validate(&mut simulator, &made_up(expect, CROWDING), &[], Rules::quick()).unwrap()
    };
    let ladder = climbed("none < some < much");
    assert!(!ladder.tested[0].abolished && ladder.rules.quick, "{:?}", ladder.tested[0]);
    assert!(climbed("none < some").tested[0].abolished);
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

/// The sign turns with how much will weighs, which the posterior leaves open: where it does in about half of the draws the
/// claim fails, and where it is close to the share asked for each draw has more runs until there may be no more.
fn weighed(from: f64) -> (Validation, u64) {
    let mut simulator = fake(|scenario, _, _, _| {
        let will = f64::from(scenario.parameters.practice.will_weight);
        let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
        if will > from { 0.3 * sanction } else { -0.1 * sanction }
    });
    let rules = Rules { draws: 64, ..Rules::full() };
    (validate(&mut simulator, &made_up("none < some", CROWDING), &[], rules).unwrap(), simulator.runs)
}

/// What a part of the posterior's rows have less of.
fn quantile(part: f64) -> f64 {
    let posterior = Posterior::bundled();
    let place = posterior.paths.iter().position(|path| path == "parameters.practice.will_weight").unwrap();
    let values: Vec<f64> = posterior.rows.iter().map(|row| row.values[place]).collect();
    stats::quantile(&values, part)
}

#[test]
fn a_sign_must_hold_in_most_draws_of_the_posterior() {
    let (made, runs) = weighed(quantile(0.5));
    let step = &made.tested[0].claims[0][0];
    assert_eq!((made.tested[0].verdict, made.tested[0].draws), (Verdict::Fail, 64));
    assert!((step.held() - 0.5).abs() < 0.15 && step.because.contains("of the draws only"), "{step:?}");
    // Three arms, two runs of each draw, plain and knocked out, and eight for signs that luck might have turned.
    assert_eq!((runs, made.tested[0].runs_a_draw), (3 * 2 * 2 * 64 + 3 * 8 * 64, 8));
}

#[test]
fn what_is_close_is_looked_at_again_and_then_called_undecided() {
    let (made, runs) = weighed(quantile(0.2));
    let step = &made.tested[0].claims[0][0];
    assert_eq!((made.tested[0].verdict, made.tested[0].draws), (Verdict::Undecided, 64), "{step:?}");
    assert!((step.found.held.low..step.found.held.high).contains(&0.8) && step.found.held.count == 64, "{step:?}");
    assert_eq!(runs, 3 * (2 * (64 + 64) + (8 + 32) * 64));
    assert!(made.document("0").contains("undecided: the sign holds in") && made.title().ends_with(": undecided."));
    let (made, _) = weighed(quantile(0.02));
    assert_eq!((made.tested[0].claims[0][0].decision, made.tested[0].draws), (Decision::Holds, 64));
}

/// A draw in which luck is as large as what is claimed shows the sign more often the more runs it has; parameters that turn it
/// go on doing so.
#[test]
fn luck_is_not_counted_against_a_sign() {
    let held = |spread: f64| {
        let mut simulator = fake(|scenario, replicate, _, _| {
            let sanction = scenario.programmes[0].levers.incentives.sanction;
            let crowding = f64::from(scenario.parameters.motivation.sanction_crowding > 0.0);
            let own = noise(replicate ^ (u64::from(sanction.to_bits()) << 32)) - 0.5;
            f64::from(sanction) * 0.1 * crowding + spread * own
        });
        validate(&mut simulator, &made_up("none < some", CROWDING), &[], Rules::full()).unwrap().tested.remove(0)
    };
    let (sure, lucky) = (held(0.05), held(0.25));
    assert_eq!((sure.verdict, sure.runs_a_draw), (Verdict::Pass, 2));
    assert_eq!((lucky.verdict, lucky.runs_a_draw), (Verdict::Pass, 8), "{:?}", lucky.claims);
}

/// Without sanctions the arms are one simulation: nothing is shown by that the effect is gone.
#[test]
fn a_knock_out_that_leaves_one_simulation_shows_nothing() {
    let made = verdict("some > much", "programme.0.incentives.sanction", Rules::quick());
    assert_eq!(made.tested[0].verdict, Verdict::Tautology);
    assert!(made.document("0").contains("the arms are the same simulation when it is switched off"));
    assert!(
        made.set_apart().starts_with("Of 0 that are neither tautologies nor trivial 0 pass"),
        "{}",
        made.set_apart()
    );
}

#[test]
fn trivial_patterns_and_those_built_with_are_set_apart() {
    let text = text("some > much", CROWDING).replacen("support =", "trivial = \"so it is\"\nsupport =", 1);
    let other = text.split_once("[[pattern]]").unwrap().1.replace("X1", "P15").replace("trivial = \"so it is\"", "");
    let both = patterns(&format!("{text}[[pattern]]{other}")).unwrap();
    assert!(both[0].built_with().is_empty() && both[1].built_with().iter().any(|path| path.contains("aspiration")));
    let mut simulator = fake(|scenario, _, _, _| -f64::from(scenario.programmes[0].levers.incentives.sanction));
    let made = validate(&mut simulator, &both, &[], Rules::quick()).unwrap();
    let said = made.set_apart();
    assert!(
        said.contains("Of 1 that are neither") && said.contains("show them: X1") && said.contains("of the 0 others"),
        "{said}"
    );
}

/// What was chosen with a result in view is said of the pattern, and counted where it passes.
#[test]
fn what_was_chosen_with_the_result_in_view_is_said_and_counted() {
    let text = text("some > much", CROWDING).replacen(
        "support =",
        "in_view = \"its arms; less came out before\"\nsupport =",
        1,
    );
    let mut simulator = fake(|scenario, _, _, _| {
        let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
        let crowding = f64::from(u8::from(scenario.parameters.motivation.sanction_crowding > 0.0));
        sanction - 2.0 * crowding * sanction * sanction
    });
    let made = validate(&mut simulator, &patterns(&text).unwrap(), &[], Rules::quick()).unwrap();
    assert_eq!(made.tested[0].verdict, Verdict::Pass);
    let said = made.set_apart();
    assert!(
        said.ends_with(" Of X1, which passes, the experiment itself was chosen in part with its result in view."),
        "{said}"
    );
    assert!(made.document("0").contains("\nChosen with the result in view: its arms; less came out before.\n"));
}

/// Hours and heads have no scale of their own: what matters of them is said.
#[test]
fn what_matters_is_said_where_a_metric_has_a_unit_of_its_own() {
    let text = text("some > much", CROWDING).replace("net_gain_at_end", "leavers_active");
    let wrong = patterns(&text).unwrap_err();
    assert!(
        wrong.contains("leavers_active is in per 100 posts a year") && wrong.contains("smallest = NUMBER"),
        "{wrong}"
    );
    let with = |smallest: &str| patterns(&text.replace("expect =", &format!("smallest = {smallest}, expect =")));
    assert_eq!(with("1.5").unwrap()[0].claims[0].smallest, Some(1.5));
    assert!(with("-1").unwrap_err().contains("a number from 0 on"));
}

#[test]
fn work_is_counted_before_it_is_done() {
    let patterns = made_up("some > much", CROWDING);
    let rules = Rules { draws: 3, ..Rules::quick() };
    let mut simulator = fake(|_, replicate, _, _| luck(replicate));
    validate(&mut simulator, &patterns, &[], rules).unwrap();
    assert_eq!(simulator.runs, runs_for(&patterns[0], &rules));
    assert_eq!(simulator.runs, 3 * 2 * (3 + 3));
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
    assert_eq!(read["failure"][0]["result"].as_str(), Some("fail"));
    assert!(!verdict("some > much", CROWDING, Rules::full()).known_failures().contains("[[failure]]"));
}
