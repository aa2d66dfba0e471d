//! `compare`: designs under the same luck.
use std::io::Write;

use clap::Args;

use super::{
    Failure, about,
    fitted::Fitted,
    options::{self, Given},
    results::stem,
    study::{Asked, Brought, study},
    typed::Typed,
};
use crate::{
    ensemble::Engine,
    experiment::{
        Stopped,
        compare::{Plan, compare},
        design::Design,
    },
    phrase::{listed, named},
    scenario::Scenario,
};

/// Most runs of each design made for a precision when `--runs` does not say.
const RUNS_FOR_PRECISION: u64 = 10_000;

/// Arguments of `compare`.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Designs: scenario files, or names of bundled ones.
    #[arg(required = true)]
    pub files: Vec<String>,
    /// A further design: the first with changes, e.g. "no stick: programme.0.incentives.sanction=0, run.follow_up=208".
    /// Repeatable.
    #[arg(long = "with", value_name = "NAME: PATH=VALUE, ...")]
    pub with: Vec<String>,
    /// The programme asked about, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    /// Run until the difference in gain 24 months after is known to +-X for each pair (a share: 0.005 is half a point);
    /// at most --runs, or 10,000.
    #[arg(long, value_name = "X", value_parser = options::precision, allow_negative_numbers = true)]
    pub precision: Option<f64>,
    /// What all experiments have in common.
    #[command(flatten)]
    pub study: options::Options,
    #[command(flatten)]
    fitted: Fitted,
}

/// Compares designs with `engine`, writes the results folder, and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written or the work was stopped.
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let (designs, given) = designs(options)?;
    let Some(first) = designs.first() else { return Err(Failure::Input("name at least one design".into())) };
    let most = match options.precision {
        Some(_) => options.study.runs.unwrap_or(RUNS_FOR_PRECISION),
        None => first.scenario.run.runs,
    };
    let plan = Plan { runs: most, seed: first.scenario.run.seed, precision: options.precision };
    let scenarios: Vec<Scenario> = designs.iter().map(|design| design.scenario.clone()).collect();
    let rows = options.fitted.rows(&scenarios)?;
    let asked = Asked {
        name: "compare",
        typed: &options.typed,
        about: about(options, &designs, &given),
        scenarios: &scenarios,
        called: designs.iter().map(|design| design.name.clone()).collect(),
        folder: folder(&designs),
        runs: plan.runs,
        seed: plan.seed,
        brought: Brought { rows, ..Brought::default() },
        fixed: false,
    };
    study(out, &options.study, &asked, engine, |simulator| compare(simulator, &designs, plan))
}

/// The designs asked for, in the order of the command line: files, then changes of the first; and what the files hold.
fn designs(options: &Options) -> Result<(Vec<Design>, Vec<Given>), Failure> {
    let chosen = options.programme.as_deref();
    let design = |name: String, scenario: Scenario| {
        Design::new(name.as_str(), scenario, chosen).map_err(|stopped| match stopped {
            Stopped::Question(what) => Failure::Input(format!("{name}: {what}")),
            Stopped::Failed(what) => Failure::Failed(what),
            Stopped::OnRequest => Failure::Failed("stopped".into()),
        })
    };
    let (mut designs, mut all) = (Vec::new(), Vec::new());
    for file in &options.files {
        // Files of one name in two folders are told apart by their paths.
        let same = options.files.iter().filter(|other| stem(other) == stem(file)).count() > 1;
        let given = options.study.given(file)?;
        designs.push(design(if same { file.clone() } else { stem(file) }, given.scenario.clone())?);
        all.push(given);
    }
    for text in &options.with {
        let Some(base) = designs.first() else { break };
        let (name, scenario) = changed(&base.scenario, text)?;
        designs.push(design(name, scenario)?);
    }
    // Without the same seed there is no shared luck.
    let seed = designs.first().map_or(1, |first| first.scenario.run.seed);
    designs.iter_mut().for_each(|design| design.scenario.run.seed = seed);
    Ok((designs, all))
}

/// What is compared: every file with the changes to all of them, then what each further design changes in the first.
fn about(options: &Options, designs: &[Design], given: &[Given]) -> String {
    let of_files = given.iter().zip(designs).map(|(given, design)| options.study.about(given, Some(design.programme)));
    let mut told: Vec<String> = of_files.collect();
    let Some(first) = designs.first() else { return String::new() };
    for (text, design) in options.with.iter().zip(designs.iter().skip(given.len())) {
        let (_, changes) = split(text);
        let changed = changes.split(',').map(|change| about::in_words(&first.scenario, &design.scenario, change));
        told.push(format!(
            "{}: {} with {}.",
            named(&design.name),
            named(&first.name),
            listed(&changed.collect::<Vec<_>>())
        ));
    }
    told.join(" ")
}

/// Name and changes of `NAME: PATH=VALUE, PATH=VALUE`; the name is empty where none is given.
fn split(text: &str) -> (&str, &str) {
    let (before, after) = text.split_once(':').unwrap_or(("", text));
    if before.contains('=') { ("", text) } else { (before.trim(), after) }
}

/// `base` with the changes of `NAME: PATH=VALUE, PATH=VALUE`; without a name the changes are the name.
pub(super) fn changed(base: &Scenario, text: &str) -> Result<(String, Scenario), Failure> {
    let (name, changes) = split(text);
    let mut scenario = base.clone();
    for change in changes.split(',') {
        let (path, value) = change.split_once('=').ok_or_else(|| {
            Failure::Input(format!(
                "--with {text}: write \"NAME: PATH=VALUE, PATH=VALUE\", e.g. \"no stick: programme.0.incentives.sanction=0\""
            ))
        })?;
        let problem = |problem: crate::scenario::Problem| {
            // A change by path speaks of --set, which is not where it stands here.
            Failure::Input(problem.to_string().replacen("--set", &format!("--with {text}"), 1))
        };
        scenario.change(path.trim(), value.trim()).map_err(problem)?;
    }
    scenario.check().map_err(|problems| Failure::Input(format!("--with {text}: {problems}")))?;
    Ok((if name.is_empty() { changes.trim().into() } else { name.into() }, scenario))
}

/// A folder's name from those of the designs.
fn folder(designs: &[Design]) -> String {
    const LONGEST: usize = 80;
    let plain = |letter: char| if letter.is_alphanumeric() || "._".contains(letter) { letter } else { '_' };
    let names = designs.iter().map(|design| design.name.chars().map(plain).collect::<String>());
    let name = names.fold(String::from("compare"), |text, name| format!("{text}-{name}"));
    name.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        options: Options,
    }

    fn parsed(arguments: &[&str]) -> Result<Vec<Design>, Failure> {
        designs(&Arguments::parse_from([&["compare"], arguments].concat()).options).map(|(designs, _)| designs)
    }

    #[test]
    fn changes_derive_designs_from_the_first() {
        let with = "no stick: programme.0.incentives.sanction=0, programme.0.active = 60";
        let made =
            parsed(&["carrots_and_sticks", "--with", with, "--with", "setting.turnover=2", "--seed", "9"]).unwrap();
        let names: Vec<&str> = made.iter().map(|design| design.name.as_str()).collect();
        assert_eq!(names, ["carrots_and_sticks", "no stick", "setting.turnover=2"]);
        let levers = &made[1].scenario.programmes[0].levers.incentives;
        assert_eq!((levers.sanction, made[1].scenario.programmes[0].clock.active), (0.0, 60.0));
        assert_eq!(made[0].scenario.programmes[0].levers.incentives.sanction, 0.6);
        assert!(made.iter().all(|design| design.scenario.run.seed == 9));
        assert_eq!(folder(&made), "compare-carrots_and_sticks-no_stick-setting.turnover_2");
    }

    #[test]
    fn the_last_programme_is_asked_about_unless_another_is_named() {
        let programme = |arguments: &[&str]| parsed(arguments).unwrap()[0].programme_name().to_string();
        assert_eq!(programme(&["change_fatigue"]), "Dignity");
        assert_eq!(programme(&["change_fatigue", "--programme", "Flow"]), "Flow");
    }

    #[test]
    fn wrong_changes_are_bad_input() {
        for (with, part) in [
            ("x: nonsense", "PATH=VALUE"),
            ("x: setting.stafff=3", "--with x: setting.stafff=3"),
            ("x: setting.staff=1e9", "staff"),
            ("x: shocks.none.at=3", "shocks"),
        ] {
            let wrong = parsed(&["carrots_and_sticks", "--with", with]);
            assert!(matches!(&wrong, Err(Failure::Input(what)) if what.contains(part)), "{with}: {wrong:?}");
        }
        let wrong = parsed(&["carrots_and_sticks", "--programme", "Dignity"]);
        assert!(matches!(&wrong, Err(Failure::Input(what)) if what.contains("0 (Target)")), "{wrong:?}");
    }
}
