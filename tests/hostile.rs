//! Hostile scenarios, in every command that simulates: whatever is asked, the answer is whole or is refused.
//!
//! No file, text, JSON or page holds a number that is none, a zero with a sign, a gap where a number should stand, or an
//! interval beyond its scale; nobody is told "done" over an empty answer, and who is refused is told why. Everything is
//! simulated in two units of a handful of people, so that the whole matrix takes seconds.
#![cfg(feature = "cli")]
mod scales;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
    sync::Mutex,
    thread,
};

/// Two units of four, planned in weeks 8 and 9, supported in weeks 10 to 21.
const TINY: &str = r#"
title = "Tiny"
[setting]
organisations = 1
units = 2
staff = 4
[[programme]]
name = "Small"
start = 8
planning = 2
active = 12
[programme.persuasion]
hard_data = 0.7
[programme.measurement]
feedback = 0.7
[programme.incentives]
sanction = 0.4
[run]
runs = 3
follow_up = 108
"#;

/// A second programme in the same weeks as the first, or after it.
fn another(name: &str, start: u32) -> String {
    format!("{TINY}[[programme]]\nname = \"{name}\"\nstart = {start}\nplanning = 2\nactive = 12\n")
}

/// A case: its name, the scenario, and changes.
type Case = (&'static str, String, Vec<String>);

fn cases() -> Vec<Case> {
    let set = |changes: &[&str]| changes.iter().map(ToString::to_string).collect::<Vec<String>>();
    let tiny = |name, changes: &[&str]| (name, TINY.to_owned(), set(changes));
    let harmful = [
        "programme.0.incentives.sanction=1",
        "programme.0.measurement.burden=1",
        "programme.0.design.scope=1",
        "programme.0.design.ambition=1",
        "programme.0.resources.protected_time=0",
    ];
    let removes = "[shocks.flood.staff_exodus]\nat = 12\nweeks = 100\nmultiplier = 50\n[shocks.heads.leaders_leave]\nat = 12\n\
                   [shocks.team.champions_leave]\nat = 12\n";
    let cut = "[shocks.cut.budget_cut]\nat = 0\nleft = 0\n";
    vec![
        tiny("plain", &[]),
        tiny("reach 0", &["programme.0.reach.share=0"]),
        tiny("reach of less than a unit", &["programme.0.reach.share=0.01"]),
        tiny("reach of one unit", &["programme.0.reach.share=0.5"]),
        tiny("harmful", &harmful),
        ("several", another("Later", 40), vec![]),
        ("overlapping", another("Beside", 8), vec![]),
        ("one of two reaches nobody", another("Beside", 8), set(&["programme.1.reach.share=0"])),
        tiny("a unit of three", &["setting.staff=3", "setting.units=1"]),
        tiny("no follow-up", &["run.follow_up=0"]),
        tiny("follow-up 103", &["run.follow_up=103"]),
        tiny("follow-up 104", &["run.follow_up=104"]),
        tiny("follow-up 107", &["run.follow_up=107"]),
        tiny("from week 0", &["programme.0.start=0", "programme.0.planning=0", "programme.0.active=1"]),
        ("everybody leaves", format!("{TINY}{removes}"), vec![]),
        ("no money from the start", format!("{TINY}{cut}"), vec![]),
        tiny("certain practice", &["setting.baseline=0.95", "incidents.rate=100", "incidents.prevented=1"]),
    ]
}

/// Every number that organisations can be described by, at either end of its range; sizes that take long stay as they are.
fn extremes() -> Vec<Case> {
    let settings = dewpoint::world::Setting::DECLARED;
    let sizes = ["organisations", "units", "staff"];
    let of = |quantity: &dewpoint::params::Quantity| {
        [quantity.low, quantity.high].map(|end| (quantity.name, format!("setting.{}={end}", quantity.name)))
    };
    let ends = settings.iter().filter(|quantity| !sizes.contains(&quantity.name)).flat_map(of);
    ends.map(|(name, change)| (name, TINY.to_owned(), vec![change])).collect()
}

/// The commands that simulate, each with the smallest question, for so many runs.
fn commands(runs: u64) -> Vec<Vec<String>> {
    let runs = format!("--runs {runs}");
    [
        format!("run FILE {runs}"),
        format!("explain FILE {runs} --only lost"),
        format!("compare FILE --with other:setting.turnover=2 {runs}"),
        format!("sweep FILE --vary setting.turnover=1,3 {runs}"),
        format!("sensitivity FILE --paths setting.turnover setting.culture --trajectories 2 --base 8 {runs}"),
        format!("stress FILE --shocks winter_surge,budget_cut --severity severe --times 1 --points 64 --runs-a-point 1 {runs}"),
        format!("validate --patterns PATTERNS --quick {runs}"),
        "story FILE".into(),
    ]
    .map(|line| line.split(' ').map(ToString::to_string).collect())
    .into()
}

/// One pattern over the scenario.
fn pattern(scenario: &str) -> String {
    format!(
        "[base]\ntiny = '''{scenario}'''\n\n[[pattern]]\nid = \"P1\"\nname = \"Turnover\"\nplace = \"made up\"\nseen_in = \"nowhere\"\n\
         support = \"stated\"\nbase = \"tiny\"\n\
         arms = [{{ name = \"quiet\", setting.turnover = 0.5 }}, {{ name = \"busy\", setting.turnover = 3 }}]\n\
         claims = [{{ says = \"It wears.\", metric = \"net_gain_24_months_after\", expect = \"busy < quiet\" }}]\n\
         knockout = {{ what = \"none\", set = {{ setting.turnover = 0 }} }}\n"
    )
}

/// What is wrong with one answer: nothing, where all is well.
fn ask(case: &Case, command: &[String], folder: &Path) -> Vec<String> {
    let (name, scenario, changes) = case;
    fs::create_dir_all(folder).unwrap();
    let (file, patterns, out) = (folder.join("tiny.toml"), folder.join("patterns.toml"), folder.join("out"));
    fs::write(&file, scenario).unwrap();
    fs::write(&patterns, pattern(scenario)).unwrap();
    let put = |word: &String| match word.as_str() {
        "FILE" => file.display().to_string(),
        "PATTERNS" => patterns.display().to_string(),
        _ => word.clone(),
    };
    let mut asked = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    asked.args(command.iter().map(put)).args(["--out", &out.display().to_string()]).env("RAYON_NUM_THREADS", "1");
    asked.args(["--quiet", "--no-assumptions"]);
    asked.args(changes.iter().flat_map(|change| ["--set", change]));
    let said = format!("{name}: dewpoint {} {changes:?}", command.join(" "));
    let Output { status, stdout, stderr } = asked.output().unwrap();
    let (text, errors) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    let mut faults = Vec::new();
    match status.code() {
        Some(0) if text.trim().is_empty() => faults.push("an empty answer".into()),
        Some(0) => {}
        Some(2) if errors.starts_with("error: ") && errors.len() > 40 && text.is_empty() => {
            if out.exists() {
                faults.push("refused, but left a folder".into());
            }
        }
        other => faults.push(format!("ended with {other:?}: {errors}")),
    }
    faults.extend(unclean("stdout", &text));
    faults.extend(unclean("stderr", &errors));
    let texts = texts(&out);
    faults.extend(scales::beyond_scale(&texts));
    for (name, text) in texts {
        faults.extend(unclean(&name, &text));
        if name.ends_with(".json") && serde_json::from_str::<serde_json::Value>(&text).is_err() {
            faults.push(format!("{name} is no JSON"));
        }
    }
    faults.iter().map(|fault| format!("{said}\n    {fault}")).collect()
}

/// Every file of a folder, the page without its style and scripts.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
        let mut text = fs::read_to_string(entry.path()).unwrap_or_default();
        for tag in ["style", "script"] {
            while let Some(begin) = text.find(&format!("<{tag}")) {
                let end =
                    text[begin..].find(&format!("</{tag}>")).map_or(text.len(), |end| begin + end + tag.len() + 3);
                text.replace_range(begin..end, "");
            }
        }
        found.insert(entry.file_name().to_string_lossy().into_owned(), text);
    }
    found
}

/// Places where a number is none, is a zero with a sign, or is missing before its unit.
fn unclean(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let part_of_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    for (wrong, ends_in_digits) in
        [("NaN", false), ("inf", false), ("Infinity", false), ("- points", false), ("-0.0", true), ("-0 %", false)]
    {
        for (place, _) in text.match_indices(wrong) {
            let before = text[..place].chars().next_back();
            let after = text[place + wrong.len()..].chars().next();
            // `-0.04` is a number, and `10-0.0` a range.
            let is_longer = if ends_in_digits {
                after.is_some_and(|letter| letter.is_ascii_digit() || letter == '.') || part_of_word(before)
            } else {
                part_of_word(before) || part_of_word(after)
            };
            if !is_longer {
                let (from, to) = (place.saturating_sub(60), (place + 60).min(text.len()));
                let from = (0..=from).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let to = (to..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
                faults.push(format!("{name}: \"{wrong}\" in \"{}\"", text[from..to].replace('\n', " ")));
            }
        }
    }
    faults.truncate(2);
    faults
}

/// Asks all questions, on all cores, and returns what is wrong.
fn ask_all(questions: Vec<(Case, Vec<String>)>) -> Vec<String> {
    let temporary = tempfile::tempdir().unwrap();
    let (left, faults) = (Mutex::new(questions.into_iter().enumerate()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((number, (case, command))) = {
                    let mut left = left.lock().unwrap();
                    left.next()
                } {
                    let found = ask(&case, &command, &temporary.path().join(number.to_string()));
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    faults.into_inner().unwrap()
}

#[test]
fn every_command_answers_or_refuses_whatever_is_simulated() {
    let mut questions = Vec::new();
    for case in cases() {
        for command in commands(4) {
            questions.push((case.clone(), command));
        }
    }
    // Few runs, where all else is usual.
    for runs in [1, 2, 3] {
        questions.extend(commands(runs).into_iter().map(|command| (cases()[0].clone(), command)));
    }
    let faults = ask_all(questions);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_setting_at_the_end_of_its_range_breaks_a_run() {
    let run = |case: Case| (case, commands(2)[0].clone());
    let faults = ask_all(extremes().into_iter().map(run).collect());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The exit code and the words of one question about the tiny scenario.
fn answered(line: &str, change: &str) -> (Option<i32>, String) {
    let temporary = tempfile::tempdir().unwrap();
    let file = temporary.path().join("tiny.toml");
    fs::write(&file, TINY).unwrap();
    let out = temporary.path().join("out").display().to_string();
    let words = line.split(' ').map(|word| if word == "FILE" { file.display().to_string() } else { word.into() });
    let words: Vec<String> = words.collect();
    let asked = Command::new(env!("CARGO_BIN_EXE_dewpoint"))
        .args(words)
        .args(["--set", change, "--quiet", "--no-assumptions", "--out", &out])
        .output()
        .unwrap();
    let text = [asked.stdout, asked.stderr].concat();
    (asked.status.code(), String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A programme has a name and a number, and one of them is meant when nothing is said: however it is asked for, it is one
/// question, and its answer is there already.
#[test]
fn a_programme_by_name_and_by_number_is_one_question() {
    let temporary = tempfile::tempdir().unwrap();
    let file = temporary.path().join("tiny.toml");
    fs::write(&file, another("Later", 40)).unwrap();
    for command in commands(4).iter().filter(|command| command[0] != "validate") {
        let out = temporary.path().join(&command[0]);
        let asked = |programme: &[&str]| {
            let words =
                command.iter().map(|word| if word == "FILE" { file.display().to_string() } else { word.clone() });
            let mut asked = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
            asked.args(words).args(programme).args(["--no-assumptions", "--out"]).arg(&out);
            asked.args(["--set", "programme.0.persuasion.hard_data=0.8"]);
            asked.output().unwrap()
        };
        let answers = [&["--programme", "0"][..], &["--programme", "Small"]].map(asked);
        let said = String::from_utf8_lossy(&answers[1].stderr).into_owned();
        assert!(answers.iter().all(|answer| answer.status.success()), "{command:?}: {said}");
        assert!(said.contains("already holds") && answers[0].stdout == answers[1].stdout, "{command:?}: {said}");
        let other = asked(&["--programme", "Later"]);
        let said = String::from_utf8_lossy(&other.stderr).into_owned();
        assert!(!other.status.success() && said.contains("--out"), "{command:?}: {said}");
    }
}

const QUESTIONS: [&str; 5] = [
    "explain FILE --only lost",
    "compare FILE",
    "sweep FILE --vary setting.turnover=1,3",
    "sensitivity FILE --paths setting.turnover --base 8",
    "run FILE --precision 0.01",
];

#[test]
fn one_run_is_refused_with_the_reason() {
    for line in QUESTIONS.iter().take(4).chain(&["validate P38 --quick", "stress FILE"]) {
        let (code, said) = answered(&format!("{line} --runs 1"), "setting.turnover=1.5");
        assert!(code == Some(2) && said.contains("interval"), "{line}: {code:?} {said}");
    }
}

#[test]
fn every_command_gives_the_same_advice_on_weeks_that_are_not_simulated() {
    for line in QUESTIONS {
        let (code, said) = answered(&format!("{line} --runs 4"), "run.follow_up=60");
        let advice = "24 months after support ends (the 8 weeks around week 104 after) is not simulated with a follow-up of 60 \
                      weeks; give 108, or 104 at the least: --set run.follow_up=108";
        assert!(code == Some(2) && said.contains(advice), "{line}: {code:?} {said}");
    }
}

#[test]
fn weeks_that_are_half_simulated_are_used_and_named() {
    for line in QUESTIONS.iter().take(3).chain(&["run FILE"]) {
        let (code, said) = answered(&format!("{line} --runs 4"), "run.follow_up=104");
        let weeks = "looked at over the 4 weeks simulated of its 8: weeks 100 to 103 after support.";
        assert!(code == Some(0) && said.contains(weeks), "{line}: {code:?} {said}");
    }
}

#[test]
fn a_programme_that_reaches_nobody_is_said_to_and_costs_nothing() {
    for line in QUESTIONS.iter().take(4).chain(&["stress FILE --points 0"]) {
        let (code, said) = answered(&format!("{line} --runs 4"), "programme.0.reach.share=0.01");
        assert!(
            code == Some(2) && said.contains("\"Small\" reaches nobody: 0.01 of 2 units"),
            "{line}: {code:?} {said}"
        );
    }
    let (code, said) = answered("run FILE --runs 4", "programme.0.reach.share=0.01");
    assert!(code == Some(0) && said.contains("reaches nobody") && said.contains("costs nothing"), "{said}");
}

#[test]
fn a_number_beyond_its_scale_is_found_wherever_it_stands() {
    let texts = |number: &str| -> BTreeMap<String, String> {
        let columns =
            "file,column,unit,meaning\nsummary.csv,metric,,M.\nsummary.csv,unit,,U.\nsummary.csv,low95,see unit,L.\n";
        let page = format!(
            "<div role=\"region\" aria-label=\"points\"><table><thead><tr><th>metric</th><th>value<span class=\"unit\"> %</span></th>\
             </tr></thead><tbody><tr><td class=\"n\">practice_at_end</td><td>{number}</td></tr></tbody></table></div>"
        );
        let table = format!(
            "{{\"tables\": [{{\"name\": \"points\", \"columns\": [{{\"name\": \"metric\", \"unit\": \"\"}}, {{\"name\": \"low\", \
             \"unit\": \"%\"}}], \"rows\": [[\"practice_at_end\", {number}]]}}]}}"
        );
        let metric = format!(
            "{{\"programmes\": [{{\"metrics\": {{\"practice_at_end\": {{\"unit\": \"%\", \"value\": 50, \"low95\": 40, \"high95\": \
             {number}}}}}}}]}}"
        );
        let csv = format!("metric,unit,low95\npractice_at_end,%,{number}\n");
        [("columns.csv", columns.to_owned()), ("summary.csv", csv)]
            .into_iter()
            .chain([("summary.json", table), ("other.json", metric), ("report.html", page)])
            .map(|(name, text)| (name.to_owned(), text))
            .collect()
    };
    assert_eq!(scales::beyond_scale(&texts("99.5")), [""; 0]);
    for place in ["summary.csv", "summary.json", "other.json", "report.html"] {
        let mut one = texts("99.5");
        one.insert(place.into(), texts("100.1")[place].clone());
        let faults = scales::beyond_scale(&one);
        assert!(
            faults.len() == 1 && faults[0].starts_with(place) && faults[0].contains("100.1"),
            "{place}: {faults:?}"
        );
    }
    // Nothing is found where nothing can be read.
    let mut empty = texts("99.5");
    empty.insert("summary.json".into(), "{}".into());
    assert_eq!(scales::beyond_scale(&empty).len(), 1);
}
