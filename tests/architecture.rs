//! The shape of the house, read off the sources: imports point one way, the engine is pure, nothing lies about unused.
//!
//! Each rule is a table below with its reason, and each exception stands there with its own. Tests inside the sources may
//! do as they like: they are cut off before anything is looked at.

mod rooms;
mod tree;

use std::collections::BTreeSet;

use tree::File;

/// The layers, the lowest first: who stands in one line may know each other and all lines above it.
const LAYERS: &[&[&str]] = &[
    &["params", "math", "rng", "table", "stats", "phrase", "picture"],
    &["chart"],
    &["world"],
    &["programme"],
    &["model"],
    &["scenario"],
    &["metrics"],
    &["ensemble"],
    &["experiment"],
    &["output"],
    &["web"],
    &["cli"],
    &["lib", "main"],
];

/// Lines of a file beyond which nobody finds anything.
const LONGEST: usize = 450;

/// What the engine may not touch: kind, words, and what would go wrong.
const IMPURE: &[(&str, &[&str], &str)] = &[
    (
        "files",
        &["std::fs", "std::net", "std::path", "std::io"],
        "files belong to output and cli, so that a browser can run the engine",
    ),
    ("surroundings", &["std::env", "std::process"], "results may depend on nothing but scenario and seed"),
    ("clock", &["std::time", "Instant", "SystemTime"], "a clock makes two runs differ"),
    ("printing", &["println!", "eprintln!", "print!", "eprint!", "dbg!"], "the engine returns what it has to say"),
    ("order", &["HashMap", "HashSet"], "their order differs from run to run; BTreeMap keeps one"),
    (
        "state",
        &["static mut", "thread_local!", "OnceLock", "LazyLock", "Mutex", "RwLock", "RefCell", "Cell<", "Atomic"],
        "hidden state lets one run leave traces in the next",
    ),
    ("threads", &["std::thread", "rayon"], "only the ensemble knows threads; everything else is told by it"),
    ("machine", &["is_x86_feature_detected", "available_parallelism"], "results may not depend on the machine"),
    (
        "luck",
        &["thread_rng", "rand::rng", "from_os_rng", "getrandom"],
        "luck comes from src/rng.rs, by seed and meaning",
    ),
];

/// Who may touch something all the same: beginning of the path, kind (`*` for all), reason.
const MAY: &[(&str, &str, &str)] = &[
    ("src/cli/", "*", "the command line is where the outside comes in"),
    ("src/main.rs", "*", "it hands the exit code to the system"),
    ("src/ensemble/", "threads", "the one place that knows threads"),
    (
        "src/experiment/uncertain/posterior.rs",
        "state",
        "the file compiled in, read once; nothing is ever written to it",
    ),
    ("src/output/folder.rs", "*", "the one place that opens results"),
    ("src/output/journal.rs", "files", "keeps what was run, beside the results"),
    ("src/output/disk.rs", "files", "locks, and files written whole, for those who keep results and work"),
    ("src/output/shards.rs", "files", "keeps who shares the work from getting into each other's way"),
    ("src/output/manifest.rs", "clock", "the manifest says when; nothing else in the folder depends on it"),
    ("src/output/manifest.rs", "machine", "and on what machine"),
    ("src/output/manifest.rs", "surroundings", "and under what system"),
    ("src/output/manifest.rs", "threads", "and on how many threads"),
    ("src/model/simulate.rs", "machine", "wider vectors do the same operations, and a test holds both paths together"),
    ("src/model/simulate.rs", "state", "lets that test force the narrow path; it changes no result"),
];

/// Arithmetic that differs from system to system, which `src/math.rs` replaces.
const INEXACT: &[&str] = &[
    ".exp()",
    ".ln()",
    ".log2()",
    ".log10()",
    ".powf(",
    ".sin()",
    ".cos()",
    ".tanh()",
    ".exp_m1()",
    ".ln_1p()",
    ".mul_add(",
];

/// Files that only tests have, by what stands in the folder above: `#[cfg(test)] mod NAME;`.
fn for_tests(files: &[File]) -> BTreeSet<String> {
    let declared = |File { path, text }: &File| {
        let folder = path.trim_end_matches("mod.rs").trim_end_matches("lib.rs").replace(".rs", "/");
        let modules = text.split("#[cfg(test)]\n").skip(1).filter_map(|after| after.lines().next()?.strip_suffix(';'));
        let names = modules.filter_map(|line| line.rsplit_once("mod ")).map(|(_, name)| name);
        names.map(|name| format!("{folder}{name}.rs")).collect::<Vec<_>>()
    };
    files.iter().flat_map(declared).collect()
}

/// Sources without comments and tests, so that only code is looked at.
fn sources() -> Vec<File> {
    let files: Vec<File> = tree::files("src").into_iter().filter(|file| file.path.ends_with(".rs")).collect();
    let for_tests = for_tests(&files);
    files
        .into_iter()
        .filter(|file| !for_tests.contains(&file.path))
        .map(|file| {
            let code = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
            File { text: lines.collect::<Vec<_>>().join("\n"), path: file.path }
        })
        .collect()
}

/// The top module a file belongs to.
fn top(path: &str) -> &str {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').next().unwrap_or(path)
}

fn layer(name: &str) -> Option<usize> {
    // Macros stand at the top of the crate, whatever module declares them.
    let name = if name == "quantities" { "params" } else { name };
    LAYERS.iter().position(|layer| layer.contains(&name))
}

/// Every path that `use` brings in, written out: `std::{fs, io::Write}` is `std::fs` and `std::io::Write`.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, _) in code.match_indices("use ") {
        let starts = code[..place].chars().next_back().is_none_or(|before| before.is_whitespace() || before == ')');
        if let Some((tree, _)) = code[place + 4..].split_once(';').filter(|_| starts) {
            write_out("", &tree.split_whitespace().collect::<String>(), &mut found);
        }
    }
    found
}

fn write_out(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let Some((before, rest)) = tree.split_once('{') else {
        found.push(format!("{prefix}{tree}"));
        return;
    };
    let (inner, prefix) = (rest.trim_end_matches(',').strip_suffix('}').unwrap_or(rest), format!("{prefix}{before}"));
    let (mut depth, mut start) = (0, 0);
    for (place, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if place > start {
                    write_out(&prefix, &inner[start..place], found);
                }
                start = place + 1;
            }
            _ => {}
        }
    }
}

/// Modules of this crate that `code` names, by `use` or in passing.
fn modules_named(code: &str) -> BTreeSet<String> {
    let in_passing = code.match_indices("crate::").map(|(place, word)| code[place + word.len()..].to_string());
    let used = imports(code).into_iter().filter_map(|path| path.strip_prefix("crate::").map(String::from));
    let first =
        |path: String| path.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().map(String::from);
    used.chain(in_passing).filter_map(first).filter(|name| !name.is_empty()).collect()
}

/// Whether `word` stands in `code` as a word of its own.
fn says(code: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word).any(|(place, _)| {
        let before = code[..place].chars().next_back().is_some_and(part) && word.starts_with(part);
        let after = code[place + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        // Atomic stands for AtomicBool and its like.
        !before && (!after || word == "Atomic")
    })
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The reader itself: a rule read wrongly would hold whatever is written.
#[test]
fn imports_are_read_as_the_compiler_reads_them() {
    let code =
        "pub use a::b;\nuse crate::{\n    math::{clip, nor},\n    rng::Luck,\n};\nlet house = crate::world::Setting;";
    assert_eq!(imports(code), ["a::b", "crate::math::clip", "crate::math::nor", "crate::rng::Luck"]);
    assert_eq!(imports("use std::{env, fs::{self, File}};"), ["std::env", "std::fs::self", "std::fs::File"]);
    for name in ["math", "rng", "world"] {
        assert!(modules_named(code).contains(name), "{name}");
    }
    assert!(says("let now = Instant::now();", "Instant") && !says("let instantly = 1; InstantCoffee", "Instant"));
    assert!(says("AtomicBool::new(true)", "Atomic") && !says("eprintln!()", "println!"));
}

#[test]
fn imports_point_one_way() {
    let mut faults = Vec::new();
    for File { path, text } in sources() {
        let Some(own) = layer(top(&path)) else {
            faults
                .push(format!("{path}: {} stands in no layer; give it a line in LAYERS and in src/lib.rs", top(&path)));
            continue;
        };
        for name in modules_named(&text) {
            match layer(&name) {
                Some(other) if other > own => {
                    faults.push(format!("{path}: knows {name}, which stands above it; hand in what it needs instead"));
                }
                _ => {}
            }
        }
        let depth = path.trim_end_matches("/mod.rs").matches('/').count();
        if text.contains(&"super::".repeat(depth)) {
            faults
                .push(format!("{path}: climbs to the top by super::; write crate::, so that this test sees where to"));
        }
    }
    none(&faults);
}

#[test]
fn the_engine_touches_nothing_outside() {
    let mut faults = Vec::new();
    for File { path, text } in sources() {
        let written_out = imports(&text).join("\n");
        for (kind, words, reason) in IMPURE {
            if MAY.iter().any(|(start, what, _)| path.starts_with(start) && (what == kind || *what == "*")) {
                continue;
            }
            for word in words.iter().filter(|word| says(&text, word) || says(&written_out, word)) {
                faults.push(format!("{path}: {word}: {reason}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_exception_is_still_needed() {
    let sources = sources();
    let mut faults = Vec::new();
    for (start, kind, _) in MAY.iter().filter(|(_, kind, _)| *kind != "*") {
        let words = IMPURE.iter().find(|(name, ..)| name == kind).map_or(&[][..], |(_, words, _)| words);
        let uses = |source: &File| {
            words.iter().any(|word| says(&source.text, word) || says(&imports(&source.text).join("\n"), word))
        };
        let needed = sources.iter().any(|source| source.path.starts_with(start) && uses(source));
        faults.extend((!needed).then(|| format!("{start} no longer needs {kind}: take the exception away")));
    }
    none(&faults);
}

#[test]
fn the_model_computes_the_same_on_every_system() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|file| ["model", "world", "programme", "rng"].contains(&top(&file.path)))
        .flat_map(|file| INEXACT.iter().filter(|word| file.text.contains(**word)).map(move |word| (file, word)))
        .map(|(file, word)| format!("{}: {word} rounds differently from system to system; use src/math.rs", file.path))
        .collect();
    none(&faults);
}

#[test]
fn no_file_is_dead() {
    let sources = sources();
    let mut faults = Vec::new();
    for path in
        sources.iter().map(|file| file.path.as_str()).filter(|path| !["src/lib.rs", "src/main.rs"].contains(path))
    {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let (folder, name) = module.rsplit_once('/').unwrap_or(("src", module));
        let parents = if folder == "src" {
            ["src/lib.rs".into(), "src/main.rs".into()]
        } else {
            [format!("{folder}/mod.rs"), format!("{folder}.rs")]
        };
        let declared =
            sources.iter().any(|file| parents.contains(&file.path) && says(&file.text, &format!("mod {name};")));
        faults.extend(
            (!declared).then(|| format!("{path}: no mod {name}; in {}: it is not compiled", parents.join(" or "))),
        );
    }
    none(&faults);
}

#[test]
fn files_are_short_enough_to_be_read() {
    let files =
        ["src", "tests", "examples"].into_iter().flat_map(tree::files).filter(|file| file.path.ends_with(".rs"));
    let long = files.filter(|file| file.text.lines().count() > LONGEST);
    none(
        &long
            .map(|file| format!("{}: more than {LONGEST} lines; which part is a thing of its own?", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_mechanism_says_what_it_is_and_where_it_comes_from() {
    let mut faults = Vec::new();
    for File { path, text } in tree::files("src/model") {
        let head: String = text.lines().map_while(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join("\n");
        let first = head.trim_start().lines().next().unwrap_or_default();
        if !first.ends_with('.') {
            faults.push(format!("{path}: begins with no sentence (//! Name: what it is.)"));
        }
        let sourced = ["Source", "source", "ssumption"].iter().any(|word| head.contains(word));
        // What newcomers bring is drawn, row by row with its own source; there is no equation to take from anywhere.
        if text.contains("quantities! {") && !sourced && path != "src/model/who/people.rs" {
            faults.push(format!("{path}: its //! text names no source, nor calls itself an assumption"));
        }
    }
    none(&faults);
}
