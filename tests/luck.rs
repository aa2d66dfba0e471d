//! Luck: keyed draws that are sound, frozen, and shared by every design.

use dewpoint::{
    model::{Pair, Series},
    rng::{Luck, NATION, Process, fill_normals, fill_uniforms},
    scenario::{Scenario, load},
};
use rayon::prelude::*;

const LUCK: Luck = Luck { seed: 1, replicate: 0 };

/// The base case, which does a little of everything, in two small hospitals.
fn small() -> Scenario {
    let mut scenario = load(&(), "base").unwrap().scenario;
    scenario.setting.organisations = 2.0;
    scenario.setting.units = 3.0;
    scenario.run.follow_up = 60;
    scenario
}

fn words(luck: Luck, process: Process, organisation: u32, who: u32, when: u64, many: usize) -> Vec<u32> {
    let mut words = vec![0; many];
    luck.words(process, organisation, who, when, &mut words);
    words
}

/// The first words of some streams, written down when the contract was made: a change here changes every result ever
/// published.
#[test]
fn streams_are_frozen() {
    let first = |luck, process, organisation, who, when| words(luck, process, organisation, who, when, 3);
    assert_eq!(first(LUCK, Process::Practice, 0, 0, 0), KNOWN[0]);
    assert_eq!(first(LUCK, Process::Practice, 3, 1, 77), KNOWN[1]);
    assert_eq!(
        first(Luck { seed: u64::MAX, replicate: 12_345_678_901 }, Process::Leaving, NATION, 5, 1 << 40),
        KNOWN[2]
    );
}

/// ChaCha itself, against a published vector: 8 rounds, key and nonce all zero (Strombergson, test vector TC1).
#[test]
fn the_cipher_is_chacha8() {
    use rand::{Rng, SeedableRng};
    let mut cipher = rand_chacha::ChaCha8Rng::from_seed([0; 32]);
    let mut bytes = [0; 16];
    cipher.fill_bytes(&mut bytes);
    assert_eq!(bytes, [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6, 0x7f, 0x5b, 0xb8, 0xe8, 0x1f, 0x09, 0xa5, 0xa1]);
}

#[test]
fn successive_draws_are_successive_words() {
    // Over several blocks of the cipher, with numbers that need both halves of a long word, all apart.
    for luck in [LUCK, Luck { seed: 0x0123_4567_89ab_cdef, replicate: 0xfedc_ba98_7654_3210 }] {
        for when in [4, (7 << 32) | 5] {
            let bulk = words(luck, Process::Person, 2, 9, when, 100);
            let mut draws = luck.draws(Process::Person, 2, 9, when);
            assert_eq!((0..100).map(|_| draws.word()).collect::<Vec<_>>(), bulk);
        }
    }
}

/// Mean and variance within five standard errors, no serial correlation, sixteen classes filled evenly.
#[test]
fn uniforms_pass_the_battery() {
    for who in 0..4 {
        let words = words(LUCK, Process::Leaving, who, 0, 3, 1 << 18);
        let mut numbers = vec![0.0; words.len()];
        fill_uniforms(&words, &mut numbers);
        let n = numbers.len() as f64;
        let mean = numbers.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
        let variance = numbers.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / n;
        assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12.0 / n).sqrt(), "mean {mean}");
        assert!((variance - 1.0 / 12.0).abs() < 5.0 * (1.0 / 180.0 / n).sqrt(), "variance {variance}");
        for lag in [1, 2, 7, 16, 64] {
            assert!(correlation(&numbers[lag..], &numbers[..numbers.len() - lag]).abs() < 5.0 / n.sqrt(), "lag {lag}");
        }
        let mut classes = [0u32; 16];
        numbers.iter().for_each(|x| classes[(x * 16.0) as usize] += 1);
        let expected = n / 16.0;
        let chi_square: f64 = classes.iter().map(|many| (f64::from(*many) - expected).powi(2) / expected).sum();
        // 15 degrees of freedom: beyond 50 once in a hundred thousand.
        assert!(chi_square < 50.0, "{chi_square}");
    }
}

/// Mean, variance, skewness, excess and tails of the normal numbers.
#[test]
fn normals_pass_the_battery() {
    let words = words(LUCK, Process::Practice, 1, 0, 9, 1 << 20);
    let mut numbers = vec![0.0; words.len()];
    fill_normals(&words, &mut numbers);
    let n = numbers.len() as f64;
    let moment = |power: i32| numbers.iter().map(|x| f64::from(*x).powi(power)).sum::<f64>() / n;
    assert!(moment(1).abs() < 5.0 / n.sqrt());
    assert!((moment(2) - 1.0).abs() < 5.0 * (2.0 / n).sqrt());
    assert!(moment(3).abs() < 5.0 * (15.0 / n).sqrt());
    assert!((moment(4) - 3.0).abs() < 5.0 * (96.0 / n).sqrt());
    for (limit, beyond) in [(1.0, 0.317_310_5), (2.0, 0.045_500_3), (3.0, 0.002_699_8)] {
        let share = numbers.iter().filter(|x| x.abs() > limit).count() as f64 / n;
        assert!((share - beyond).abs() < 5.0 * (beyond / n).sqrt(), "beyond {limit}: {share}");
    }
    for lag in [1, 8, 16] {
        assert!(correlation(&numbers[lag..], &numbers[..numbers.len() - lag]).abs() < 5.0 / n.sqrt(), "lag {lag}");
    }
}

/// Keys that differ in one part only give streams that have nothing to do with each other.
#[test]
fn neighbouring_keys_are_independent() {
    let numbers = |luck, process, organisation, who, when| {
        let words = words(luck, process, organisation, who, when, 1 << 16);
        let mut numbers = vec![0.0; words.len()];
        fill_uniforms(&words, &mut numbers);
        numbers
    };
    let one = numbers(LUCK, Process::Leaving, 0, 0, 0);
    let others = [
        numbers(Luck { seed: 2, ..LUCK }, Process::Leaving, 0, 0, 0),
        numbers(Luck { replicate: 1, ..LUCK }, Process::Leaving, 0, 0, 0),
        numbers(LUCK, Process::Vacancy, 0, 0, 0),
        numbers(LUCK, Process::Leaving, 1, 0, 0),
        numbers(LUCK, Process::Leaving, 0, 1, 0),
        numbers(LUCK, Process::Leaving, 0, 0, 1),
    ];
    for other in others {
        assert!(correlation(&one, &other).abs() < 5.0 / (one.len() as f64).sqrt());
    }
}

fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let n = a.len() as f64;
    let mean = |x: &[f32]| x.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
    let (ma, mb) = (mean(a), mean(b));
    let mut sums = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (f64::from(*a) - ma, f64::from(*b) - mb);
        sums = (sums.0 + a * b, sums.1 + a * a, sums.2 + b * b);
    }
    sums.0 / (sums.1 * sums.2).sqrt()
}

fn bits(pair: &Pair, weeks: std::ops::Range<usize>) -> Vec<u32> {
    let histories = pair.with.iter().chain(&pair.without);
    histories
        .flat_map(|history| &history.series)
        .flat_map(|series| &series[weeks.clone()])
        .map(|x| x.to_bits())
        .collect()
}

/// Two designs share everything until the first week a lever differs, and not afterwards.
#[test]
fn designs_are_the_same_to_the_bit_until_they_differ() {
    let scenario = small();
    let end = scenario.programmes[0].clock.end();
    let cases: [(&str, &str, usize); 3] = [
        ("programme.0.sustain.continuation", "1", end),
        // Staff see in planning already how much time a project has.
        ("programme.0.planning", "30", 26),
        ("programme.0.engagement.participation", "0.9", 26),
    ];
    let base = scenario.to_model().pair(7, 3);
    for (path, value, first) in cases {
        let mut other = scenario.clone();
        other.change(path, value).unwrap();
        let pair = other.to_model().pair(7, 3);
        let all = base.with[0].of(Series::Practice).len();
        assert!(bits(&base, 0..first) == bits(&pair, 0..first), "{path}: differs before week {first}");
        assert!(bits(&base, first..all) != bits(&pair, first..all), "{path}: never differs");
    }
}

/// The counterfactual knows nothing of the programme's design.
#[test]
fn the_world_without_programmes_is_the_same_for_every_design() {
    let base = small().to_model().pair(5, 1);
    let mut other = small();
    for change in [("programme.0.incentives.sanction", "1"), ("programme.0.design.ambition", "0.9")] {
        other.change(change.0, change.1).unwrap();
    }
    let pair = other.to_model().pair(5, 1);
    assert_eq!(base.without[0].of(Series::Motivation), pair.without[0].of(Series::Motivation));
    assert_eq!(base.without[0].of(Series::Practice), pair.without[0].of(Series::Practice));
}

/// A second programme that reaches nobody changes nobody's luck in the first.
#[test]
fn an_unused_programme_changes_nothing() {
    let scenario = small();
    let mut two = scenario.clone();
    let mut idle = two.programmes[0].clone();
    idle.name = "idle".into();
    idle.levers.reach.share = 0.0;
    two.programmes.push(idle);
    let (one, two) = (scenario.to_model().pair(2, 8), two.to_model().pair(2, 8));
    assert_eq!(one.with[0].series, two.with[0].series);
    assert_eq!(one.without[0].series, two.without[0].series);
    assert!(two.with[1].of(Series::Ownership).iter().all(|x| x.is_nan()), "nobody is reached");
}

/// With the programme's reach at zero, both worlds are the same to the bit.
#[test]
fn a_programme_that_reaches_nobody_does_nothing() {
    let mut scenario = small();
    scenario.programmes[0].levers.reach.share = 0.0;
    let pair = scenario.to_model().pair(4, 4);
    assert_eq!(pair.with[0].units, pair.without[0].units);
}

/// A budget that is not reached changes nothing; one that is reached changes what is done, and nobody's luck.
#[test]
fn budgets_thin_the_programme_and_leave_the_luck_alone() {
    let scenario = small();
    let cost = scenario.cost(0).total().money();
    let pair_at = |budget: f64| {
        let mut limited = scenario.clone();
        limited.change("programme.0.budget", &format!("{budget:.0}")).unwrap();
        limited.check().unwrap();
        (limited.to_model().pair(7, 3), limited)
    };
    let base = scenario.to_model().pair(7, 3);
    let all = base.with[0].of(Series::Practice).len();
    let (enough, _) = pair_at(cost.ceil());
    assert!(bits(&base, 0..all) == bits(&enough, 0..all));
    let (half, limited) = pair_at(cost / 2.0);
    let start = scenario.programmes[0].clock.start as usize;
    assert!(bits(&base, 0..start) == bits(&half, 0..start), "thinned before it begins");
    assert_eq!(base.without[0].of(Series::Practice), half.without[0].of(Series::Practice));
    assert!(half.with[0].of(Series::Practice) != base.with[0].of(Series::Practice));
    // Thinned by hand it is the same programme.
    let settled = limited.settled();
    assert_eq!(settled.programmes[0].means, scenario.programmes[0].means);
    assert!(bits(&half, 0..all) == bits(&settled.to_model().pair(7, 3), 0..all));
}

/// Each programme keeps to its own budget: the first is thinned, the second is not.
#[test]
fn programmes_have_their_own_budgets() {
    let mut two = small();
    let mut second = two.programmes[0].clone();
    second.name = "second".into();
    two.programmes.push(second);
    let wanted = two.cost(1).total().money();
    two.change("programme.0.budget", &format!("{:.0}", wanted / 2.0)).unwrap();
    two.change("programme.second.budget", &format!("{:.0}", wanted / 2.0 * 3.0)).unwrap();
    let budget = (wanted / 2.0).round();
    let spent = two.cost(0).total().money();
    assert!(spent <= budget && spent >= budget - 0.01, "{spent} of {budget}");
    assert_eq!(two.cost(1).total().money(), wanted);
    let model = two.to_model();
    assert!(model.programmes[0].levers.resources.training < two.programmes[0].levers.resources.training);
    assert_eq!(model.programmes[1].levers, two.programmes[1].levers);
}

/// Threads decide who computes a replicate, never what comes out.
#[test]
fn threads_do_not_matter() {
    let model = small().to_model();
    let on = |threads: usize| -> Vec<Vec<u32>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let all = model.weeks;
        pool.install(|| (0..16u64).into_par_iter().map(|replicate| bits(&model.pair(1, replicate), 0..all)).collect())
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(8));
}

/// Wider vectors do the same operations on more numbers at a time: the same bits.
#[cfg(target_arch = "x86_64")]
#[test]
fn the_width_of_vectors_does_not_matter() {
    use dewpoint::model::simulate::width;
    let mut scenario = small();
    scenario.setting.staff = 29.0;
    let model = scenario.to_model();
    let widest = model.pair(3, 0);
    for bits in [128, 256] {
        let narrow = width::at_most(bits, || model.pair(3, 0));
        assert!(self::bits(&narrow, 0..model.weeks) == self::bits(&widest, 0..model.weeks), "{bits} bits");
        assert!(narrow.with[0].units == widest.with[0].units, "{bits} bits");
    }
}

const KNOWN: [[u32; 3]; 3] = [
    [3_991_547_684, 2_548_999_796, 185_383_860],
    [3_530_414_307, 3_249_592_599, 2_460_579_703],
    [3_356_374_081, 2_300_819_250, 2_394_804_159],
];
