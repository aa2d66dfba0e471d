//! How fast the engine is, how far that is from hand-written code, and whether it stays so as things grow.
//!
//! ```text
//! cargo bench --bench engine              everything, about a minute
//! cargo bench --bench engine -- --test    a smoke test: everything once, for the figures to be meaningless
//! cargo bench --bench engine -- --experiments  what experiments add, alone
//! benches/count.sh                        instructions for each staff-week, the same on every run
//! ```
//!
//! A *staff-week* is one person (frontline, unit leader, manager or sponsor) in one week of one world. A replicate of SPI 1
//! has 465 people in each of 4 organisations, for 273 weeks, with the programme and without: 1.0 million staff-weeks.
//! The kernel does the core of the model only: it is held against the engine in the same hospitals for as long, but with
//! every mechanism beyond the core off and an ordinary programme in all units (`tests/docking/core.toml`).
//!
//! What is printed:
//!
//! - the usual table of divan: one replicate of the engine and of the [`kernel`], with staff-weeks a second as "items";
//! - **speed**: both again, with the whole model in the same hospitals and in those of a workload on which other frameworks
//!   were measured, in turns within one run, so that a busy machine slows all; the ratio engine/kernel is the
//!   median over turns, with its quartiles. A ratio of 1 would say that generality costs nothing. The engine's time
//!   includes drawing the organisations; how much that is, and the ratio without it, stand beside it. `agreement` is the
//!   largest difference between the mean practice of both over all weeks: it says that they do the same work;
//! - **experiments**: what a comparison takes beyond its bare runs (bar: below 3 %), how well it shares the cores, and
//!   how many runs shared luck saves;
//! - **scaling**: nanoseconds for each staff-week and processor core as one thing grows at a time. Flat is linear. Rounds
//!   go over all sizes in turn and the median round is shown. Small sizes pay more for what each organisation and unit
//!   costs once; rows of frontline posts are rounded up to a multiple of 8, so that 8 staff (7 and a leader) fill theirs,
//!   and 23 (22 and a leader) leave 2 of 24 empty.
//!
//! Nothing here fails because of a time: machines differ. Instructions do not, hence `count.sh`.

// A bench prints its figures.
#![allow(clippy::print_stdout)]

#[cfg(target_arch = "x86_64")]
// The yardstick is intrinsics from end to end; nothing else in the project may be.
#[allow(unsafe_code, clippy::undocumented_unsafe_blocks)]
mod kernel;

#[cfg(target_arch = "x86_64")]
#[path = "../tests/twin/mod.rs"]
mod twin;

#[cfg(feature = "cli")]
mod experiments;

use std::{env, hint::black_box, time::Instant};

use dewpoint::{model::Model, scenario::Scenario};
use divan::{Bencher, counter::ItemsCount};

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let given = |name: &str| arguments.iter().position(|argument| argument == name);
    if let Some(at) = given("--count") {
        let number = |offset: usize| arguments.get(at + offset).map_or("", String::as_str);
        return count(number(1), number(2).parse().unwrap_or(1));
    }
    if given("--experiments").is_some() {
        return experiments_report(11, 20);
    }
    divan::main();
    if given("--list").is_some() {
        return;
    }
    // Cargo says `--bench` when it benchmarks and nothing when it tests.
    let smoke = given("--test").is_some() || given("--bench").is_none();
    speed(if smoke { 2 } else { 60 });
    scaling(if smoke { 1 } else { 5 });
    let (turns, runs) = if smoke { (1, 2) } else { (11, 20) };
    experiments_report(turns, runs);
}

#[cfg(feature = "cli")]
fn experiments_report(turns: usize, runs: u64) {
    experiments::report(turns, runs);
}

#[cfg(not(feature = "cli"))]
fn experiments_report(_: usize, _: u64) {
    println!("\nexperiments: they need the command line's threads and files (feature cli)");
}

/// The scenario that figures are quoted for.
fn spi1() -> Scenario {
    dewpoint::scenario::load(&(), "spi1").unwrap_or_else(|problems| panic!("{problems}")).scenario
}

/// The hospitals and the time of SPI 1 with no more than the kernel does: the core of the model, and the twin's programme.
#[cfg(target_arch = "x86_64")]
fn core() -> Model {
    let mut scenario = spi1();
    scenario.programmes[0].levers = dewpoint::programme::Levers::default();
    twin::put(&mut scenario);
    scenario.to_model()
}

/// The sizes of a workload on which other frameworks were measured, with all that this model does: 24 organisations of 8
/// units of 20 staff for 260 weeks, under the programme and the people of SPI 1.
fn workload() -> Model {
    let model = changed(|scenario| {
        let setting = &mut scenario.setting;
        (setting.organisations, setting.units, setting.staff) = (24.0, 8.0, 20.0);
    });
    Model { weeks: 260, ..model }
}

/// Staff-weeks in one replicate.
fn staff_weeks(model: &Model) -> usize {
    model.staff_per_organisation() * model.organisations * model.weeks * 2
}

#[divan::bench(sample_count = 40, sample_size = 1, max_time = 4)]
fn engine(bencher: Bencher) {
    let model = spi1().to_model();
    let mut replicate = 0;
    bencher.counter(ItemsCount::new(staff_weeks(&model))).bench_local(|| {
        replicate += 1;
        model.pair(1, replicate)
    });
}

#[cfg(target_arch = "x86_64")]
#[divan::bench(name = "kernel", sample_count = 40, sample_size = 1, max_time = 4)]
fn by_hand(bencher: Bencher) {
    let model = core();
    if let Some(kernel) = kernel::Kernel::new(&model) {
        let start = kernel.start(1, 0);
        bencher.counter(ItemsCount::new(staff_weeks(&model))).bench_local(|| kernel.run(&start));
    }
}

/// `work`, and the seconds it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let result = black_box(work());
    (result, begun.elapsed().as_secs_f64())
}

/// The share `at` of the way through the sorted numbers.
fn quantile(numbers: &[f64], at: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(at * (sorted.len() - 1) as f64).round() as usize]
}

/// Engine and kernel in turns.
#[cfg(target_arch = "x86_64")]
fn speed(turns: u64) {
    use dewpoint::model::Series;

    let model = core();
    let Some(kernel) = kernel::Kernel::new(&model) else {
        println!("\nspeed: the kernel needs AVX2 and FMA, and the hospitals of SPI 1 in their first shape");
        return;
    };
    let first_week = Model { weeks: 1, ..model.clone() };
    let work = staff_weeks(&model) as f64;
    let (whole_model, workload) = (spi1().to_model(), workload());
    let mut whole_models = [Vec::new(), Vec::new()];
    let (mut engine, mut by_hand, mut drawing) = (Vec::new(), Vec::new(), Vec::new());
    let (mut ratio, mut ratio_of_weeks) = (Vec::new(), Vec::new());
    let mut apart = vec![[0.0; 2]; model.weeks];
    for replicate in 0..turns {
        let start = kernel.start(1, replicate);
        let (pair, whole) = timed(|| model.pair(1, replicate));
        let (records, hand) = timed(|| kernel.run(&start));
        let (_, begin) = timed(|| first_week.pair(1, replicate));
        for (model, times) in [&whole_model, &workload].into_iter().zip(&mut whole_models) {
            let (_, seconds) = timed(|| model.pair(1, replicate));
            times.push(seconds / staff_weeks(model) as f64 * 1e9);
        }
        engine.push(whole / work * 1e9);
        by_hand.push(hand / work * 1e9);
        drawing.push(begin / whole);
        ratio.push(whole / hand);
        ratio_of_weeks.push((whole - begin) / hand);
        for (world, (histories, record)) in [(&pair.with, &records[0]), (&pair.without, &records[1])].iter().enumerate()
        {
            let practice = histories[0].of(Series::Practice);
            for ((apart, practice), by_hand) in apart.iter_mut().zip(practice).zip(record.practice(model.organisations))
            {
                apart[world] += (f64::from(*practice) - by_hand) / turns as f64;
            }
        }
    }
    let agreement = |world: usize| apart.iter().fold(0.0, |most: f64, apart| most.max(apart[world].abs()));
    let (per_engine, per_kernel) = (quantile(&engine, 0.5), quantile(&by_hand, 0.5));
    println!(
        "\nspeed: the core of the model in SPI 1's hospitals, then the whole model, on one thread, {turns} replicates in turns, medians"
    );
    let row = |what: &str, nanoseconds: f64| {
        let rate = 1e3 / nanoseconds;
        println!("  {what:<16} {nanoseconds:6.2} ns a staff-week, {rate:6.1} million staff-weeks a second");
    };
    row("engine", per_engine);
    row("kernel", per_kernel);
    row("whole model", quantile(&whole_models[0], 0.5));
    row("workload", quantile(&whole_models[1], 0.5));
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|at| quantile(&ratio, at));
    println!("  engine / kernel  {middle:6.2} (quartiles {low:.2} to {high:.2})");
    println!(
        "  drawing people   {:5.1} % of the engine's time; engine / kernel without it {:.2}",
        100.0 * quantile(&drawing, 0.5),
        quantile(&ratio_of_weeks, 0.5)
    );
    println!("  agreement        {:.4} with the programme, {:.4} without (mean practice)", agreement(0), agreement(1));
}

#[cfg(not(target_arch = "x86_64"))]
fn speed(_: u64) {
    println!("\nspeed: the kernel is written for x86-64");
}

/// Something that grows, and how to run it at one size.
struct Growth {
    what: &'static str,
    sizes: Vec<usize>,
    /// Model, replicates, threads.
    at: fn(usize) -> (Model, u64, usize),
}

fn scaling(rounds: usize) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let all = [
        Growth { what: "threads", sizes: (1..=threads).collect(), at: |threads| (spi1().to_model(), 4, threads) },
        Growth { what: "replicates", sizes: vec![1, 2, 4, 8, 16], at: |many| (spi1().to_model(), many as u64, 1) },
        Growth {
            what: "organisations",
            sizes: vec![1, 2, 4, 8, 16],
            at: |many| (changed(|scenario| scenario.setting.organisations = many as f32), 2, 1),
        },
        Growth {
            what: "staff of a unit",
            sizes: vec![8, 16, 23, 32, 48, 64],
            at: |many| (changed(|scenario| scenario.setting.staff = many as f32), 2, 1),
        },
    ];
    println!("\nscaling: nanoseconds a staff-week and core, median of {rounds} rounds (flat is linear)");
    for Growth { what, sizes, at } in all {
        let runs: Vec<(Model, u64, usize)> = sizes.iter().map(|size| at(*size)).collect();
        let mut times = vec![Vec::new(); sizes.len()];
        for round in 0..rounds {
            for ((model, replicates, threads), times) in runs.iter().zip(&mut times) {
                let (_, seconds) = timed(|| run(model, round as u64, *replicates, *threads));
                times.push(seconds * 1e9 / (staff_weeks(model) as f64 * *replicates as f64));
            }
        }
        let row = |label: &str, cells: Vec<String>| {
            println!("  {label:<16}{}", cells.iter().map(|cell| format!("{cell:>9}")).collect::<String>());
        };
        row(what, sizes.iter().map(usize::to_string).collect());
        row("  ns", times.iter().map(|times| format!("{:.2}", quantile(times, 0.5))).collect());
    }
}

/// SPI 1 with something changed.
fn changed(change: impl FnOnce(&mut Scenario)) -> Model {
    let mut scenario = spi1();
    change(&mut scenario);
    scenario.to_model()
}

/// `replicates` on each of `threads`.
fn run(model: &Model, seed: u64, replicates: u64, threads: usize) {
    std::thread::scope(|scope| {
        for thread in 0..threads as u64 {
            scope.spawn(move || {
                for replicate in 0..replicates {
                    black_box(model.pair(seed, thread * replicates + replicate));
                }
            });
        }
    });
}

/// Runs `replicates` of `what` and says how many staff-weeks each has; for `count.sh`.
fn count(what: &str, replicates: u64) {
    let model = spi1().to_model();
    println!("{}", staff_weeks(&model));
    match what {
        #[cfg(target_arch = "x86_64")]
        "kernel" => {
            let model = core();
            if let Some(kernel) = kernel::Kernel::new(&model) {
                let start = kernel.start(1, 0);
                (0..replicates).for_each(|_| drop(black_box(kernel.run(&start))));
            }
        }
        #[cfg(target_arch = "x86_64")]
        "core" => {
            let model = core();
            (0..replicates).for_each(|replicate| drop(black_box(model.pair(1, replicate))));
        }
        #[cfg(feature = "cli")]
        "comparison" => experiments::once(replicates),
        #[cfg(feature = "cli")]
        "runs" => experiments::bare(replicates),
        _ => (0..replicates).for_each(|replicate| drop(black_box(model.pair(1, replicate)))),
    }
}
