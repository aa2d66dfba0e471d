//! The command as it was typed, and the command that gives the same again.
//!
//! Both are read off what clap understood, not off options one by one: a new option is in them without further care, and
//! a test pastes them into an empty folder.
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, Error, FromArgMatches, Id, parser::ValueSource};

/// Options that change no byte of a result, by the names of their fields.
const CHANGES_NOTHING: [&str; 8] =
    ["threads", "out", "shard", "quiet", "json", "estimate", "checkpoint_seconds", "document"];

/// Options that make more or less of an answer, but not another one; and the programme, which has a name and a number: the
/// question has its place.
const NO_OTHER_QUESTION: [&str; 6] = ["runs", "seed", "changes", "no_report", "no_assumptions", "programme"];

/// What was typed after the name of a command: for each argument its occurrences, each with its values. It stands first
/// among the fields of a command's options, because what follows takes its values out of clap's hands.
#[derive(Clone, Debug, Default)]
pub struct Typed(Vec<(String, Vec<Vec<String>>)>);

impl FromArgMatches for Typed {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let typed = matches.ids().filter(|id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine));
        let values = |id: &Id| {
            let occurrences = matches.try_get_raw_occurrences(id.as_str()).ok()??;
            let words = occurrences.map(|values| values.map(|value| value.to_string_lossy().into_owned()).collect());
            Some((id.to_string(), words.collect()))
        };
        Ok(Self(typed.filter_map(values).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Typed {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}

impl Typed {
    /// The command called `name` that gives the same bytes in any folder, with `seed` whether it was typed or not.
    pub fn command(&self, name: &str, seed: u64) -> String {
        format!("dewpoint {}{} --seed {seed}", name, self.words(name, &["seed"]))
    }

    /// The command that simulates one replicate of what was typed.
    pub fn replay(&self, name: &str, seed: u64, replicate: u64) -> String {
        let words = self.words(name, &["seed", "runs", "precision", "uncertain", "no_report", "no_assumptions"]);
        format!("dewpoint {name}{words} --seed {seed} --replicate {replicate}")
    }

    /// What is asked, in a line: with the scenarios it decides the answer, apart from seed and runs.
    pub fn question(&self, name: &str) -> String {
        format!("{name}{}", self.words(name, &NO_OTHER_QUESTION))
    }

    /// The programme that was typed, by name or number.
    pub fn programme(&self) -> Option<&str> {
        let (_, occurrences) = self.0.iter().find(|(id, _)| id == "programme")?;
        occurrences.iter().flatten().next().map(String::as_str)
    }

    /// What was typed apart from `left_out`, in the order of the declarations, each word with a blank before it.
    fn words(&self, name: &str, left_out: &[&str]) -> String {
        let program = super::Arguments::command();
        let Some(command) = program.find_subcommand(name) else { return String::new() };
        let counts = |argument: &&Arg| {
            let id = argument.get_id().as_str();
            !CHANGES_NOTHING.contains(&id) && !left_out.contains(&id)
        };
        let (first, last): (Vec<&Arg>, Vec<&Arg>) =
            command.get_arguments().filter(counts).partition(|argument| argument.is_positional());
        first.into_iter().chain(last).map(|argument| self.of(argument)).collect()
    }

    fn of(&self, argument: &Arg) -> String {
        let typed = self.0.iter().find(|(id, _)| argument.get_id() == id.as_str());
        let occurrences = typed.map_or(&[][..], |(_, occurrences)| occurrences);
        let usual: Vec<&str> = argument.get_default_values().iter().filter_map(|value| value.to_str()).collect();
        if occurrences.len() == 1 && !usual.is_empty() && occurrences.iter().flatten().eq(usual.iter()) {
            return String::new();
        }
        let Some(long) = argument.get_long() else {
            return occurrences.iter().flatten().map(|value| format!(" {}", quoted(value))).collect();
        };
        let one = |values: &Vec<String>| {
            if matches!(argument.get_action(), ArgAction::SetTrue) {
                return format!(" --{long}");
            }
            let between = argument.get_value_delimiter().map_or(' ', |delimiter| delimiter);
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            let is = if argument.is_require_equals_set() { '=' } else { ' ' };
            format!(" --{long}{is}{}", values.join(&between.to_string()))
        };
        occurrences.iter().map(one).collect()
    }
}

/// What is wrong with the `option` that was given as `text`: a path in it that is wrong is said to be wrong there, not in
/// `--set`, which takes the same paths.
pub(super) fn of_option(option: &str, text: &str, what: &str) -> String {
    match what.strip_prefix("--set") {
        Some(rest) if text.is_empty() => format!("{option}{rest}"),
        Some(rest) => format!("{option} {text}{rest}"),
        None if what.starts_with(option) => what.into(),
        None => format!("{option} {text}: {what}"),
    }
}

/// `text` as one word of a command line.
pub fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-=+:,@".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text.into() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_wrong_where_it_was_given() {
        assert_eq!(of_option("--vary", "a.b=1..2", "--set: a.b: no such path"), "--vary a.b=1..2: a.b: no such path");
        assert_eq!(of_option("--vary", "a=2..1", "a: 2..1 is wrong"), "--vary a=2..1: a: 2..1 is wrong");
        assert_eq!(of_option("--vary", "a", "--vary a: no values"), "--vary a: no values");
        assert_eq!(of_option("--over", "", "--set: a: no such path"), "--over: a: no such path");
    }

    #[test]
    fn a_word_survives_the_shell() {
        for (text, word) in [("spi1", "spi1"), ("", "''"), ("a b", "'a b'"), ("it's $x", "'it'\\''s $x'")] {
            assert_eq!(quoted(text), word);
        }
    }

    /// Every command that simulates has the same ids behind the same options, or the line would leave some out.
    #[test]
    fn every_option_that_changes_nothing_exists() {
        let program = super::super::Arguments::command();
        let ids: Vec<String> = program
            .get_subcommands()
            .flat_map(|command| command.get_arguments().map(|argument| argument.get_id().to_string()))
            .collect();
        for id in CHANGES_NOTHING.iter().chain(&NO_OTHER_QUESTION) {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }
}
