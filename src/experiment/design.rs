//! A design: a scenario under a name, and which of its programmes is asked about.
use super::Stopped;
use crate::scenario::Scenario;

/// A scenario under a name, and which of its programmes is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Name, as in tables and sentences.
    pub name: String,
    /// Everything that decides its results.
    pub scenario: Scenario,
    /// Place of the programme asked about.
    pub programme: usize,
}

impl Design {
    /// `scenario` under `name`, asked about the programme called `chosen` (see [`programme`]).
    ///
    /// # Errors
    ///
    /// When there is no such programme.
    pub fn new(name: impl Into<String>, scenario: Scenario, chosen: Option<&str>) -> Result<Self, Stopped> {
        let programme = programme(&scenario, chosen)?;
        Ok(Self { name: name.into(), scenario, programme })
    }

    /// Name of the programme asked about.
    pub fn programme_name(&self) -> &str {
        self.scenario.programmes.get(self.programme).map_or("", |programme| &programme.name)
    }

    /// Money that the programme asked about costs in one organisation, 24 months after support included.
    pub fn money_an_organisation(&self) -> f64 {
        let organisations = f64::from(self.scenario.setting.organisations).max(1.0);
        self.scenario.cost(self.programme).total().money() / organisations
    }
}

/// The programme of `scenario` meant by `chosen`, its number (from 0, as in paths) or its name; where nothing is chosen
/// the last to end: what earlier programmes leave behind shows in the one that comes after them.
///
/// # Errors
///
/// When there is no such programme, or the scenario has none.
pub fn programme(scenario: &Scenario, chosen: Option<&str>) -> Result<usize, Stopped> {
    let programmes = &scenario.programmes;
    let names = || {
        let named = programmes.iter().enumerate().map(|(place, programme)| format!("{place} ({})", programme.name));
        named.collect::<Vec<_>>().join(", ")
    };
    let found = match chosen {
        None => (0..programmes.len()).max_by_key(|&place| programmes.get(place).map(|one| one.clock.end())),
        Some(text) => {
            let by_name = programmes.iter().position(|programme| programme.name == text);
            by_name.or_else(|| text.parse().ok().filter(|&place: &usize| place < programmes.len()))
        }
    };
    found.ok_or_else(|| match chosen {
        Some(text) => Stopped::Question(format!("no programme is called {text}; the programmes are {}", names())),
        None => Stopped::Question("the scenario has no programme to ask about".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::tests::small_scenario;

    #[test]
    fn a_programme_goes_by_number_and_name_and_is_else_the_last_to_end() {
        let mut scenario = small_scenario();
        let mut second = scenario.programmes[0].clone();
        scenario.programmes[0].name = "first".into();
        (second.name, second.clock.active) = ("second".into(), 40.0);
        scenario.programmes.insert(0, second);
        assert_eq!(programme(&scenario, None), Ok(0));
        assert_eq!(programme(&scenario, Some("first")), Ok(1));
        assert_eq!(programme(&scenario, Some("1")), Ok(1));
        let wrong = programme(&scenario, Some("third"));
        assert!(matches!(wrong, Err(Stopped::Question(what)) if what.contains("0 (second), 1 (first)")));
    }
}
