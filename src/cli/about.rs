//! What a command is about, in its first sentence: the scenario, what was changed in it, the programme, what "without" means.
use super::Failure;
use crate::{
    experiment::{Stopped, design},
    phrase::listed,
    scenario::Scenario,
};

/// The programme of `scenario` that is asked about: by name or number, else the last to end.
///
/// # Errors
///
/// [`Failure::Input`] when there is none, with those that there are.
pub fn programme(scenario: &Scenario, chosen: Option<&str>) -> Result<usize, Failure> {
    design::programme(scenario, chosen).map_err(|stopped| match (stopped, chosen) {
        (Stopped::Question(what), Some(name)) => Failure::Input(format!("--programme {name}: {what}")),
        (Stopped::Question(what) | Stopped::Failed(what), _) => Failure::Input(what),
        (Stopped::OnRequest, _) => Failure::Failed("stopped".into()),
    })
}

/// `The evaporating ward, with setting.turnover 3 instead of 1.`: `scenario`, made of the one `before` by `changes` (each
/// `PATH=VALUE`); and, of several programmes, which one at place `programme` it is about and what without it means.
pub fn about(before: &Scenario, scenario: &Scenario, changes: &[String], programme: Option<usize>) -> String {
    let title = if scenario.title.is_empty() { "Untitled scenario" } else { scenario.title.trim_end_matches('.') };
    let mut text = title.to_owned();
    let changed: Vec<String> = changes.iter().map(|change| in_words(before, scenario, change)).collect();
    if !changed.is_empty() {
        text.push_str(&format!(", with {}", listed(&changed)));
    }
    text.push('.');
    let count = scenario.programmes.len();
    if let Some(programme) = programme.and_then(|place| scenario.programmes.get(place)).filter(|_| count > 1) {
        text.push_str(&format!(
            " This is about the programme \"{}\", one of {count} (another: --programme); without it means: the same staff \
             under the same luck with none of them.",
            programme.name
        ));
    }
    text
}

/// A change in words: what stands at its path now, and what stood there before.
pub fn in_words(before: &Scenario, after: &Scenario, change: &str) -> String {
    let (path, value) = change.split_once('=').unwrap_or((change, ""));
    let (path, value) = (path.trim(), value.trim());
    let at = |scenario: &Scenario| {
        let slot = scenario.locate(&short_of_kind(path)).ok()?;
        scenario.value(slot.address).map(|value| value.to_string())
    };
    let now = at(after).unwrap_or_else(|| value.into());
    match at(before) {
        Some(then) if then != now => format!("{path} {now} instead of {then}"),
        _ => format!("{path} {now}"),
    }
}

/// `shocks.winter.at` of `shocks.winter.winter_surge.at`, which is how a shock is added.
fn short_of_kind(path: &str) -> String {
    match path.split('.').collect::<Vec<_>>().as_slice() {
        ["shocks", name, _, setting] => format!("shocks.{name}.{setting}"),
        _ => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::files;

    fn scenario(file: &str, changes: &[&str]) -> (Scenario, Vec<String>) {
        let mut scenario = files::load(file).unwrap().scenario;
        for change in changes {
            let (path, value) = change.split_once('=').unwrap();
            scenario.change(path, value).unwrap();
        }
        (scenario, changes.iter().map(|change| (*change).to_owned()).collect())
    }

    #[test]
    fn the_first_sentence_says_what_was_changed() {
        let title = scenario("evaporating_ward", &[]).0.title;
        let said = |changes: &[&str]| {
            let before = scenario("evaporating_ward", &[]).0;
            let (scenario, changes) = scenario("evaporating_ward", changes);
            about(&before, &scenario, &changes, Some(0))
        };
        assert_eq!(said(&[]), format!("{}.", title.trim_end_matches('.')));
        assert!(said(&["setting.agency=0.25", "run.follow_up=208"]).contains(", with setting.agency 0.25 instead of "));
        let shock = said(&["shocks.winter.winter_surge.at=60"]);
        assert!(shock.ends_with(", with shocks.winter.winter_surge.at 60."), "{shock}");
    }

    #[test]
    fn of_several_programmes_it_says_which_and_what_without_means() {
        let (scenario, _) = scenario("change_fatigue", &[]);
        let last = programme(&scenario, None).unwrap();
        let said = about(&scenario, &scenario, &[], Some(last));
        assert!(
            said.contains("about the programme \"Dignity\", one of 3") && said.contains("with none of them"),
            "{said}"
        );
        let wrong = programme(&scenario, Some("Dignite"));
        assert!(
            matches!(&wrong, Err(Failure::Input(what)) if what.contains("--programme Dignite") && what.contains("(Dignity)"))
        );
    }
}
