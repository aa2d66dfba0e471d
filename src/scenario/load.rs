//! From the name of a scenario to the scenario: its file, the files it builds on, and the checks on the whole.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::{
    Scenario,
    accept::meant_number,
    bundled::{self, stem},
    layer::{Layer, kind_of},
    loaded::Loaded,
    nearest::nearest,
    problem::{Lines, MOST_PROBLEMS, Problem, Problems, Sheet},
    slot::{Address, EXTENDS},
};

/// Files that build on each other may be stacked this high.
const DEEPEST: usize = 32;

/// Where the texts of scenario files come from. The program reads them from disk, the browser and the tests from memory.
pub trait Source {
    /// The text at `path`, or `None` if there is no such file.
    ///
    /// # Errors
    /// If there is one but it cannot be read, why.
    fn text(&self, path: &str) -> Result<Option<String>, String>;

    /// Whether `path` is a folder, which has no text of its own.
    fn is_folder(&self, _path: &str) -> bool {
        false
    }
}

/// No files: only bundled scenarios are found.
impl Source for () {
    fn text(&self, _: &str) -> Result<Option<String>, String> {
        Ok(None)
    }
}

/// Files in memory: (path, text).
impl Source for [(&str, &str)] {
    fn text(&self, path: &str) -> Result<Option<String>, String> {
        Ok(self.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_string()))
    }
}

impl<const N: usize> Source for [(&str, &str); N] {
    fn text(&self, path: &str) -> Result<Option<String>, String> {
        self.as_slice().text(path)
    }
}

/// Reads the scenario called `name`: a path that `source` knows, or else a bundled scenario by its short name (`spi1`) or
/// its path (`settings/england.toml`).
///
/// # Errors
/// Everything that is wrong with the file and the files it builds on, in the order of the files and lines.
pub fn load<S: Source + ?Sized>(source: &S, name: &str) -> Result<Loaded, Problems> {
    let empty = Scenario { programmes: Vec::new(), ..Scenario::default() };
    let mut loader = Loader {
        source,
        loaded: Loaded { scenario: empty, origins: BTreeMap::new(), files: Vec::new(), story: String::new() },
        chain: Vec::new(),
        texts: Vec::new(),
        problems: Vec::new(),
    };
    let file = loader.find_asked(name)?;
    loader.read(file);
    let Loader { mut loaded, mut problems, texts, .. } = loader;
    if !loaded.origins.contains_key(&Address::Title) {
        loaded.scenario.title = stem(name).into();
    }
    if problems.is_empty() {
        let file = loaded.files.last().map_or(name, String::as_str);
        let sheets: Vec<Sheet> =
            texts.iter().map(|file| Sheet { name: &file.path, text: &file.text, lines: &file.lines }).collect();
        problems =
            loaded.scenario.faults().into_iter().map(|fault| fault.placed(file, &loaded.origins, &sheets)).collect();
    }
    if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems)) }
}

/// A file that was found.
struct File {
    /// As the user knows it; for a bundled file its path below `scenarios/`.
    path: String,
    text: String,
    lines: Lines,
    bundled: bool,
}

impl File {
    fn new(path: impl Into<String>, text: impl Into<String>, bundled: bool) -> Self {
        let (path, text) = (path.into(), text.into());
        Self { path, lines: Lines::of(&text), text, bundled }
    }
}

struct Loader<'s, S: ?Sized> {
    source: &'s S,
    loaded: Loaded,
    /// Files being read, the one asked for first.
    chain: Vec<String>,
    /// Files that were read.
    texts: Vec<File>,
    problems: Vec<Problem>,
}

impl<S: Source + ?Sized> Loader<'_, S> {
    fn find_asked(&self, name: &str) -> Result<File, Problem> {
        match self.source.text(name) {
            Ok(Some(text)) => return Ok(File::new(name, text, false)),
            Ok(None) => {}
            Err(why) => return Err(Problem::whole(name, format!("cannot be read: {why}"), "")),
        }
        bundled_file(name).ok_or_else(|| {
            if self.source.is_folder(name) {
                return Problem::whole(name, "is a folder", "give the path of a scenario file in it");
            }
            let help = match nearest(stem(name), bundled::short_names()) {
                Some(near) => format!("did you mean the bundled scenario \"{near}\"?"),
                None => "give the path of a file, or a short name from dewpoint list".into(),
            };
            Problem::whole(name, "no such file, and no bundled scenario of that name", help)
        })
    }

    /// The file that `from` means by `extends = "wanted"`: beside it, or else bundled.
    fn find_below(&self, from: &File, wanted: &str) -> Result<Option<File>, String> {
        let beside = beside(&from.path, wanted);
        if !from.bundled
            && let Some(text) = self.source.text(&beside)?
        {
            return Ok(Some(File::new(beside, text, false)));
        }
        let relative = from.bundled.then(|| bundled::text(&beside)).flatten();
        Ok(match relative {
            Some(text) => Some(File::new(beside, text, true)),
            None => bundled_file(wanted),
        })
    }

    fn read(&mut self, file: File) {
        let sheet = Sheet { name: &file.path, text: &file.text, lines: &file.lines };
        let (tree, errors) = DeTable::parse_recoverable(&file.text);
        if !errors.is_empty() {
            let mut problems: Vec<Problem> = errors
                .iter()
                .take(MOST_PROBLEMS)
                .map(|error| {
                    let message =
                        error.message().lines().collect::<Vec<_>>().join(", ").replace(", expected nothing", "");
                    let problem = sheet.problem(error.span().unwrap_or(0..0), message, "");
                    let written = problem.excerpt.0.split_once('=').map_or("", |(_, value)| value);
                    let help = written.split('#').next().and_then(meant_number).unwrap_or_default();
                    Problem { help, ..problem }
                })
                .collect();
            problems.sort_by_key(|problem| (problem.line, problem.column));
            problems.dedup_by_key(|problem| problem.line);
            // After a slip in a heading the parser often takes what follows for a repetition.
            let repetition = |problem: &Problem| problem.what.starts_with("duplicate");
            if !problems.iter().all(repetition) {
                problems.retain(|problem| !repetition(problem));
            }
            self.problems.extend(problems);
            if let Some(more) = errors.len().checked_sub(MOST_PROBLEMS + 1) {
                self.problems.push(Problem::more(&file.path, more + 1));
            }
            return;
        }
        self.chain.push(file.path.clone());
        let mut problems = self.read_below(&file, &sheet, tree.get_ref());
        if self.chain.len() == 1 {
            self.loaded.story = bundled::story(&file.text).into();
        }
        self.loaded.files.push(file.path.clone());
        let mut layer = Layer { sheet, loaded: &mut self.loaded, problems: Vec::new(), untold: 0 };
        layer.file(tree.get_ref());
        problems.append(&mut layer.problems);
        problems.sort_by_key(|problem| (problem.line, problem.column));
        if layer.untold > 0 {
            problems.push(Problem::more(&file.path, layer.untold));
        }
        self.problems.append(&mut problems);
        self.chain.pop();
        self.texts.push(file);
    }

    /// Reads the file that `file` builds on, if it names one; returns what is wrong with the naming.
    fn read_below(&mut self, file: &File, sheet: &Sheet, tree: &DeTable) -> Vec<Problem> {
        let Some(value) = tree.get(EXTENDS) else { return Vec::new() };
        let say = |what: String, help: String| vec![sheet.problem(value.span(), what, help)];
        let DeValue::String(wanted) = value.get_ref() else {
            let what = format!("{EXTENDS} is {}, where the path of a file is wanted", kind_of(value.get_ref()));
            return say(what, format!("write {EXTENDS} = \"base.toml\""));
        };
        let chain = |last: &str| {
            let links: Vec<&str> = self.chain.iter().map(String::as_str).chain([last]).collect();
            links.join(" -> ")
        };
        match self.find_below(file, wanted) {
            Err(why) => say(format!("{} cannot be read: {why}", beside(&file.path, wanted)), chain(wanted)),
            Ok(None) => {
                let near = nearest(stem(wanted), bundled::short_names());
                let near = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
                let what = format!("{EXTENDS} = \"{}\": no such file", super::accept::repeated(wanted));
                say(what, format!("looked beside the file and among the bundled scenarios: {}{near}", chain(wanted)))
            }
            Ok(Some(below)) if self.chain.contains(&below.path) => {
                say("the files build on each other in a circle".into(), chain(&below.path))
            }
            Ok(Some(_)) if self.chain.len() >= DEEPEST => {
                say(format!("more than {DEEPEST} files build on each other"), chain(wanted))
            }
            Ok(Some(below)) => {
                self.read(below);
                Vec::new()
            }
        }
    }
}

/// A bundled scenario by path or short name.
fn bundled_file(name: &str) -> Option<File> {
    let (path, text) = bundled::find(name)?;
    Some(File::new(path, text, true))
}

/// `wanted` as seen from the folder of `from`, without detours.
fn beside(from: &str, wanted: &str) -> String {
    if wanted.starts_with('/') {
        return wanted.into();
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    let root = if from.starts_with('/') { "/" } else { "" };
    for part in folder.split('/').chain(wanted.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_folder_of_the_file() {
        assert_eq!(beside("programmes/spi1.toml", "../settings/england.toml"), "settings/england.toml");
        assert_eq!(beside("a.toml", "b.toml"), "b.toml");
        assert_eq!(beside("/x/y/a.toml", "../b.toml"), "/x/b.toml");
        assert_eq!(beside("../a.toml", "../b.toml"), "../../b.toml");
        assert_eq!(beside("a.toml", "/b.toml"), "/b.toml");
    }

    #[test]
    fn a_file_without_title_is_titled_by_its_name() {
        let loaded = load(&[("mine/plain.toml", "[run]\nruns = 5\n")], "mine/plain.toml").unwrap();
        assert_eq!(loaded.scenario.title, "plain");
        assert!(loaded.ready().is_err());
    }
}
