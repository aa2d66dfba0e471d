//! Fits whose truth is known: candidates taken out, their own series as data, the rest as the ensemble.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::{
    ensemble::{Simulation, run_many},
    experiment::fit::{forward::Range, free::uncertain},
    metrics::tests::small_scenario,
    phrase::signed,
};

/// The model itself, on all cores, remembering nothing.
struct Model;

impl Simulator for Model {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let begun = jobs.iter().map(Job::empty).collect();
        run_many(jobs, begun, 0, Simulation, |_, _| std::ops::ControlFlow::Continue(())).map_err(Stopped::Failed)
    }
}

/// A place with eight months before its programme, ten weeks of support and two years after.
fn place() -> Scenario {
    let mut scenario = small_scenario();
    scenario.programmes[0].clock.start = 24.0;
    scenario.programmes[0].clock.active = 26.0;
    scenario.run.follow_up = 108;
    scenario
}

/// What is not known of it: few things, evenly plausible in ranges that so few candidates can fill.
fn unknown(scenario: &Scenario) -> Vec<Free> {
    let known = ["baseline_spread", "authenticity", "measurement_capability", "workload", "rising_tide"];
    let known: Vec<String> = known.iter().map(|name| format!("setting.{name}")).collect();
    uncertain(scenario, &Default::default(), &known, &["setting.baseline=0.35..0.75".into()], false).unwrap()
}

/// Points of four weeks from the first week on, of which nothing is known yet.
fn months(many: usize) -> Vec<Time> {
    let time = |place: usize| Time {
        from: 4.0 * place as f64,
        to: 4.0 * (place + 1) as f64,
        found: f64::NAN,
        of: 25.0,
        counts: true,
    };
    (0..many).map(time).collect()
}

/// Candidates of the prior, the first life of each.
struct Lake {
    scenario: Scenario,
    free: Vec<Free>,
    candidates: Vec<Candidate>,
    runs: Vec<Lived>,
}

fn lake(many: usize, times: &[Time]) -> Lake {
    let scenario = place();
    let free = unknown(&scenario);
    lake_of(many, times, scenario, free, false)
}

fn lake_of(many: usize, times: &[Time], scenario: Scenario, free: Vec<Free>, harm: bool) -> Lake {
    let deck = Deck::new(&scenario, &free);
    let candidates = deck.dealt(many, 11);
    let made = deck.simulated(&mut Model, &scenario, &candidates, 0).unwrap();
    let runs = made
        .iter()
        .enumerate()
        .flat_map(|(number, ensemble)| {
            let prevented = harm.then(|| deck.prevented(&scenario, &candidates[number]));
            runs_of(ensemble.as_ref().unwrap(), &scenario, 0, number, times, prevented)
        })
        .filter(|run| run.luck == 0)
        .collect();
    drop(deck);
    Lake { scenario, free, candidates, runs }
}

/// What would be counted of a run: beta-binomial with a correlation of 0.01.
fn counted(run: &Lived, times: &[Time], luck: &mut ChaCha8Rng) -> Vec<Time> {
    let one = |(time, share): (&Time, &f64)| {
        let moved = (share + (share * (1.0 - share) * 0.01).sqrt() * gauss(luck)).clamp(0.001, 0.999);
        let done = (0..time.of as u64).filter(|_| luck.random::<f64>() < moved).count();
        Time { found: done as f64 / time.of, ..*time }
    };
    times.iter().zip(&run.reported).map(one).collect()
}

fn gauss(luck: &mut ChaCha8Rng) -> f64 {
    f64::from(crate::math::normals(luck.random(), luck.random()).0)
}

impl Lake {
    /// Weights of all runs but those of candidate `truth` in the light of `data`.
    fn weights(&self, truth: usize, data: &[Time]) -> Vec<f64> {
        let log = |run: &Lived| {
            let own = likelihood::mean_of_logs(&likelihood::logs(data, &run.reported[..data.len()]));
            if run.candidate == truth { f64::NEG_INFINITY } else { own }
        };
        weights::from_logs(&self.runs.iter().map(log).collect::<Vec<_>>())
    }
}

/// Two hundred candidates, each the truth once: how often the middle 90 % after the data hold it.
#[test]
fn ninety_percent_intervals_hold_the_truth_nine_times_in_ten() {
    let times = months(18);
    let lake = lake(2400, &times);
    let mut luck = ChaCha8Rng::seed_from_u64(5);
    let quantities = lake.free.len() + 2;
    let (mut held, mut asked, mut left) = (vec![0.0; quantities], 0, vec![0.0; quantities]);
    let all = vec![1.0; lake.runs.len()];
    let value = |quantity: usize, run: &Lived| match quantity.checked_sub(lake.free.len()) {
        None => lake.free[quantity].at(lake.candidates[run.candidate].places[quantity]),
        Some(0) => run.at_end,
        Some(_) => run.later,
    };
    let columns: Vec<Vec<f64>> =
        (0..quantities).map(|quantity| lake.runs.iter().map(|run| value(quantity, run)).collect()).collect();
    let before: Vec<f64> = columns.iter().map(|column| Range::of(column, &all).width()).collect();
    for repeat in 0..200 {
        let truth = &lake.runs[repeat * 6];
        let data = counted(truth, &times, &mut luck);
        let weights = lake.weights(truth.candidate, &data);
        asked += 1;
        for (quantity, column) in columns.iter().enumerate() {
            let found = Range::of(column, &weights);
            let there = value(quantity, truth);
            held[quantity] += f64::from(u8::from((found.low..=found.high).contains(&there)));
            left[quantity] += found.width() / before[quantity] / 200.0;
        }
    }
    let shares: Vec<f64> = held.iter().map(|held| held / f64::from(asked)).collect();
    let names: Vec<String> = lake.free.iter().map(Free::name).chain(["at end".into(), "later".into()]).collect();
    assert!(shares.iter().all(|share| (0.85..=0.95).contains(share)), "{names:?} {shares:?}");
    // And not because nothing is learned: of what is learned best, a good part of the width is gone.
    let least = left.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(least < 0.9, "{names:?} {left:?}");
}

/// Continuous ranked probability score of a weighted sample (Gneiting and Raftery 2007): mean |x - y| - half of mean |x - x'|.
fn crps(values: &[f64], weights: &[f64], truth: f64) -> f64 {
    let mut sorted: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
    sorted.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = weights.iter().sum();
    let away: f64 = sorted.iter().map(|(value, weight)| weight * (value - truth).abs()).sum::<f64>() / total;
    let (mut below, mut sum) = (0.0, 0.0);
    for (value, weight) in &sorted {
        // Of each pair the larger comes with a plus, the smaller with a minus.
        sum += weight * value * (2.0 * below + weight - total);
        below += weight;
    }
    away - sum / (total * total)
}

/// The same of a normal distribution.
fn crps_of_normal(mean: f64, sd: f64, truth: f64) -> f64 {
    let z = (truth - mean) / sd;
    let below = 0.5 * libm::erfc(-z / core::f64::consts::SQRT_2);
    let density = libm::exp(-0.5 * z * z) / crate::math::ROOT_TWO_PI;
    sd * (z * (2.0 * below - 1.0) + 2.0 * density - 0.564_189_583_547_756_3)
}

/// The first half of a chart is fitted, the second forecast, against what people draw by hand.
#[test]
fn the_second_half_is_forecast_better_than_by_lines() {
    let times: Vec<Time> = months(24).into_iter().map(|time| Time { of: 100.0, ..time }).collect();
    let (half, repeats) = (12, 100);
    let lake = lake(1800, &times);
    let mut luck = ChaCha8Rng::seed_from_u64(9);
    let mut scores = [0.0; 4];
    let (mut inside, mut all) = (0.0, 0.0);
    for repeat in 0..repeats {
        let truth = &lake.runs[repeat * 9];
        let data = counted(truth, &times, &mut luck);
        let weights = lake.weights(truth.candidate, &data[..half]);
        let found: Vec<f64> = data[..half].iter().map(|time| time.found).collect();
        let mean = found.iter().sum::<f64>() / half as f64;
        let middle = (half as f64 - 1.0) / 2.0;
        let squares: f64 = (0..half).map(|at| (at as f64 - middle).powi(2)).sum();
        let slope = found.iter().enumerate().map(|(at, value)| (at as f64 - middle) * value).sum::<f64>() / squares;
        let rest = |line: &dyn Fn(usize) -> f64, lost: f64| {
            (found.iter().enumerate().map(|(at, value)| (value - line(at)).powi(2)).sum::<f64>() / (half as f64 - lost))
                .sqrt()
        };
        let straight = |at: usize| mean + slope * (at as f64 - middle);
        let (flat_sd, straight_sd) = (rest(&|_| mean, 1.0).max(0.01), rest(&straight, 2.0).max(0.01));
        for (at, time) in data.iter().enumerate().skip(half) {
            let deviates: Vec<f64> = lake
                .runs
                .iter()
                .map(|run| {
                    let share = run.reported[at];
                    share + (share * (1.0 - share) * (1.0 + 99.0 * 0.01) / time.of).sqrt() * gauss(&mut luck)
                })
                .collect();
            let [low, high] = weights::quantiles(&deviates, &weights, [0.05, 0.95]);
            inside += f64::from(u8::from((low..=high).contains(&time.found)));
            all += 1.0;
            scores[0] += crps(&deviates, &weights, time.found);
            scores[1] += crps_of_normal(mean, flat_sd, time.found);
            scores[2] += crps_of_normal(straight(at), straight_sd, time.found);
            scores[3] += crps_of_normal(found[half - 1], flat_sd, time.found);
        }
    }
    let scores = scores.map(|score| score / all * 100.0);
    assert!((0.85..=0.95).contains(&(inside / all)), "{}", inside / all);
    assert!(scores[1..].iter().all(|score| scores[0] < *score), "{scores:?}");
}

#[test]
fn scores_are_those_of_the_book() {
    // Two equal values 0 and 1 around a truth of 0: mean |x - y| 1/2, half of mean |x - x'| 1/4.
    assert!((crps(&[1.0, 0.0], &[1.0, 1.0], 0.0) - 0.25).abs() < 1e-12);
    // Gneiting and Raftery 2007: a standard normal and a truth at its mean, 0.2337.
    assert!((crps_of_normal(0.0, 1.0, 0.0) - 0.233_695).abs() < 1e-5);
}

fn asked<'a>(lake: &'a Lake, times: &'a [Time], called: &'a [String], designs: &'a [Design]) -> Asked<'a> {
    Asked {
        scenario: &lake.scenario,
        programme: 0,
        times,
        called,
        free: &lake.free,
        harm: false,
        measure: ("done", 100.0),
        candidates: 400,
        designs,
        head: "# made by: test\n",
    }
}

#[test]
fn a_fit_finds_the_place_again_and_says_what_it_does_not_know() {
    let times = months(18);
    let lake = lake(40, &times);
    let truth = &lake.runs[20];
    let data = counted(truth, &times, &mut ChaCha8Rng::seed_from_u64(3));
    let called: Vec<String> = (0..data.len()).map(|at| format!("month {at}")).collect();
    let mut better = lake.scenario.clone();
    better.programmes[0].levers.sustain.embedding = 0.9;
    let designs = [Design { name: "written down".into(), scenario: better, programme: 0 }];
    let asked = asked(&lake, &data, &called, &designs);
    let found = fit(&mut Model, &asked).unwrap();
    assert_eq!((found.candidates.len(), found.from_prior), (400, 120));
    assert!(found.worth > FEWEST && found.worth < 400.0, "{}", found.worth);
    let learned = found.learned();
    let baseline = &learned[lake.free.iter().position(|free| free.slot.path == "setting.baseline").unwrap()];
    assert!(baseline.ratio < 0.85, "{baseline:?}");
    assert_eq!(found.outlook.len(), 2);
    let plan = &found.outlook[1];
    assert!(plan.more.middle >= 0.0 && plan.futures as usize == FUTURES, "{plan:?}");
    assert_eq!(found.outlook[0].more.high, 0.0, "the present plan is not better than itself");
    let answer = crate::experiment::Study::answer(&found);
    let said = answer.sentences.join(" ");
    assert!(answer.title.contains("before the data it was") && said.contains("What to measure next"), "{said}");
    // The sentence and the table say the same of the gain.
    let later = learned.iter().find(|one| one.what == "net_gain_24_months_after").unwrap().after;
    let ends = format!("({} to {}) points (middle", signed(later.low), signed(later.high));
    assert!(said.contains(&ends) || said.contains(&ends.replace('+', "")), "{ends}: {said}");
    // The same again, to the last bit.
    let again = crate::experiment::Study::answer(&fit(&mut Model, &asked).unwrap());
    assert_eq!(format!("{answer:?}"), format!("{again:?}"));
    // What is written is read, and is for this place alone.
    let file = crate::experiment::Study::files(&found).remove(0).1;
    let read = Posterior::read_of(&file, &crate::experiment::uncertain::draws::places()).unwrap();
    assert!((read.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && read.rows.len() > 30);
    let drawn = Draws::from(4, &read);
    let world = drawn.of(&lake.scenario, 0, &[]);
    assert!(world.setting.baseline != lake.scenario.setting.baseline, "the place is drawn too");
    let own: Vec<_> = lake.free.iter().map(|free| (free.slot.clone(), free.own)).collect();
    assert_eq!(
        file::place(&lake.scenario, &own),
        file::place(&world_with_own_parameters(&world, &lake.scenario), &own)
    );
    let mut elsewhere = lake.scenario.clone();
    elsewhere.setting.agency = 0.4;
    assert_ne!(file::place(&lake.scenario, &own), file::place(&elsewhere, &own));
}

fn world_with_own_parameters(world: &Scenario, scenario: &Scenario) -> Scenario {
    Scenario { parameters: scenario.parameters.clone(), ..world.clone() }
}

#[test]
fn data_that_nothing_fits_are_said_to_be_such_and_where() {
    let times = months(18);
    let lake = lake(2, &times);
    let called: Vec<String> = (0..times.len()).map(|at| format!("month {at}")).collect();
    // All done in the months before, nothing later, and back.
    let odd = |(at, time): (usize, &Time)| Time { found: if (6..12).contains(&at) { 0.04 } else { 0.96 }, ..*time };
    let data: Vec<Time> = times.iter().enumerate().map(odd).collect();
    let asked = asked(&lake, &data, &called, &[]);
    let found = fit(&mut Model, &asked).unwrap();
    let answer = crate::experiment::Study::answer(&found);
    let said = format!("{} {}", answer.title, answer.sentences.join(" "));
    assert!(found.fits_badly() && said.contains("Warning: nothing in the scenario fits"), "{said}");
    assert!(said.contains("month 0 (above)"), "{said}");
    // Where too few candidates agree, or with too little of the data, nothing is said of what will last.
    let enough = Fitted { worth: FEWEST, temper: 1.0, ..found };
    let told = |found: &Fitted| {
        let answer = crate::experiment::Study::answer(found);
        let tables: Vec<String> = answer.tables.iter().map(|table| table.name.clone()).collect();
        (answer.title.contains("Too few"), ["outlook", "next"].map(|name| tables.iter().any(|table| table == name)))
    };
    assert_eq!(told(&enough), (false, [true, true]));
    assert_eq!(told(&Fitted { worth: FEWEST - 1.0, ..enough.clone() }), (true, [false, false]));
    assert_eq!(told(&Fitted { temper: LEAST_TEMPER / 2.0, ..enough }), (true, [false, false]));
}

#[test]
fn too_few_points_and_points_elsewhere_are_refused() {
    let times = months(2);
    let lake = Lake { scenario: place(), free: unknown(&place()), candidates: vec![], runs: vec![] };
    let called = vec![String::new(); 2];
    let two: Vec<Time> = times.iter().map(|time| Time { found: 0.5, ..*time }).collect();
    let refused = fit(&mut Model, &asked(&lake, &two, &called, &[]));
    assert!(
        matches!(refused, Err(Stopped::Question(what)) if what.starts_with("2 points in the weeks of the scenario, and 3"))
    );
    let far: Vec<Time> = months(6)
        .iter()
        .map(|time| Time { from: time.from + 900.0, to: time.to + 900.0, found: 0.5, ..*time })
        .collect();
    let refused = fit(&mut Model, &asked(&lake, &far, &called, &[]));
    assert!(
        matches!(refused, Err(Stopped::Question(what)) if what.starts_with("0 points") && what.contains("--start"))
    );
}

/// Months of 3,000 days of exposure, and what is not known: the same, and how much of the harm is prevented.
fn months_of_harm(many: usize) -> (Vec<Time>, Scenario, Vec<Free>) {
    let times = months(many).into_iter().map(|time| Time { of: 3000.0, ..time }).collect();
    let scenario = place();
    let mut free = unknown(&scenario);
    free.extend(uncertain(&scenario, &Default::default(), &[], &[], true).unwrap().pop());
    assert_eq!(free.last().map(|free| free.slot.path.as_str()), Some(harm::PREVENTED));
    (times, scenario, free)
}

/// Events of a run whose place has five for each thousand days where nothing is done.
fn happened(run: &Lived, times: &[Time], luck: &mut ChaCha8Rng) -> Vec<Time> {
    let (done, prevented) = run.harm.as_ref().unwrap();
    let mut poisson = |mean: f64| {
        let (mut events, mut left) = (0.0, luck.random::<f64>());
        while left > libm::exp(-mean) {
            (events, left) = (events + 1.0, left * luck.random::<f64>());
        }
        events
    };
    let one = |(time, done): (&Time, &f64)| {
        let mean = 0.005 * time.of * harm::left(*prevented, *done);
        Time { found: poisson(mean) / time.of, ..*time }
    };
    times.iter().zip(done).map(one).collect()
}

#[test]
fn ninety_percent_intervals_from_events_hold_the_truth_nine_times_in_ten() {
    let (times, scenario, free) = months_of_harm(18);
    let lake = lake_of(1200, &times, scenario, free, true);
    let mut luck = ChaCha8Rng::seed_from_u64(8);
    let of_free = |place: usize| -> Vec<f64> {
        lake.runs.iter().map(|run| lake.free[place].at(lake.candidates[run.candidate].places[place])).collect()
    };
    let mut columns: Vec<Vec<f64>> = (0..lake.free.len()).map(of_free).collect();
    columns.push(lake.runs.iter().map(|run| run.at_end).collect());
    columns.push(lake.runs.iter().map(|run| run.later).collect());
    let mut held = vec![0.0; columns.len()];
    for repeat in 0..200 {
        let truth = repeat * 6;
        let data = happened(&lake.runs[truth], &times, &mut luck);
        let log = |run: &Lived| {
            let (done, prevented) = run.harm.as_ref().unwrap();
            let own = likelihood::mean_of_logs(&harm::logs(&data, done, *prevented));
            if run.candidate == lake.runs[truth].candidate { f64::NEG_INFINITY } else { own }
        };
        let weights = weights::from_logs(&lake.runs.iter().map(log).collect::<Vec<_>>());
        for (held, column) in held.iter_mut().zip(&columns) {
            let found = Range::of(column, &weights);
            *held += f64::from(u8::from((found.low..=found.high).contains(&column[truth]))) / 200.0;
        }
    }
    assert!(held.iter().all(|share| (0.84..=0.96).contains(share)), "{held:?}");
}

#[test]
fn a_fit_to_events_says_how_they_are_linked_and_what_they_tell() {
    let (times, scenario, free) = months_of_harm(18);
    let lake = lake_of(40, &times, scenario, free, true);
    let data = happened(&lake.runs[20], &times, &mut ChaCha8Rng::seed_from_u64(4));
    let called: Vec<String> = (0..data.len()).map(|at| format!("month {at}")).collect();
    let asked = Asked { harm: true, measure: ("falls per 1,000 days", 1000.0), ..asked(&lake, &data, &called, &[]) };
    let found = fit(&mut Model, &asked).unwrap();
    let study = crate::experiment::Study::answer(&found);
    let said = study.sentences.join(" ");
    for part in ["is an assumption of ours", "the share prevented was uncertain before", "points lie in the band"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // What is expected of the months is as much as happened, and most of it lies in the band.
    let inside = found.sides().iter().filter(|(_, side)| *side == 0).count();
    assert!(found.sides().len() == 18 && inside >= 11, "{inside}");
    let names: Vec<String> = crate::experiment::Study::pictures(&found).iter().map(|one| one.name.clone()).collect();
    assert!(names.contains(&"events".into()), "{names:?}");
    assert!(found.turn.as_ref().is_some_and(|turn| turn.points == 6 && turn.low < turn.high), "{:?}", found.turn);
    let few: Vec<Time> = data.iter().map(|time| Time { found: 0.1 / 3000.0, ..*time }).collect();
    let refused = fit(&mut Model, &Asked { times: &few, ..asked });
    assert!(matches!(refused, Err(Stopped::Question(what)) if what.contains("0 events in the weeks")));
}

/// Whatever the data, the mean of prior over proposal is 1, and of no stage much more than of another.
#[test]
fn what_was_drawn_last_counts_no_more_than_what_was_drawn_first() {
    let free = 8;
    let near = |candidate: &Candidate| -> f64 {
        candidate.places.iter().take(4).map(|place| -0.5 * ((place - 0.3) / 0.2) * ((place - 0.3) / 0.2)).sum()
    };
    let places = sobol(300, free, 3);
    let mut candidates: Vec<Candidate> =
        places.into_iter().enumerate().map(|(row, places)| Candidate { row: row % 16, places }).collect();
    let mut mixture = Mixture::default();
    mixture.grow(&[], &candidates, None);
    for stage in 0..5 {
        let logs: Vec<f64> =
            candidates.iter().zip(mixture.logs()).map(|(one, proposed)| near(one) - proposed).collect();
        let proposal = Proposal::around(&candidates, &logs, 60.0, 16);
        let new = proposal.draw(140, stage);
        mixture.grow(&candidates, &new, Some(proposal));
        candidates.extend(new);
    }
    let weights: Vec<f64> = mixture.logs().iter().map(|log| libm::exp(-log)).collect();
    let mean = |from: usize, to: usize| weights[from..to].iter().sum::<f64>() / (to - from) as f64;
    assert!((mean(0, 1000) - 1.0).abs() < 0.1, "{}", mean(0, 1000));
    let (earlier, last) = (mean(300, 860), mean(860, 1000));
    assert!(last < 2.0 * earlier && earlier < 2.0 * last, "{earlier} {last}");
    // Weighted, the first place has the mean of its normal curve cut at 0 and 1: 0.3 + 0.2 (f(-1.5) - f(3.5)) / (F(3.5) - F(-1.5)).
    let logs: Vec<f64> = candidates.iter().zip(mixture.logs()).map(|(one, proposed)| near(one) - proposed).collect();
    let weights = weights::from_logs(&logs);
    let found: f64 = candidates.iter().zip(&weights).map(|(one, weight)| one.places[0] * weight).sum();
    assert!((found - 0.3276).abs() < 0.02 && weights::worth(&weights) > 200.0, "{found} {}", weights::worth(&weights));
}
