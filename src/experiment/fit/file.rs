//! The fitted candidates as a file that other commands draw from.
//!
//! Rows as those of a posterior ([`Posterior`]), each with its weight: all parameters, and what was found out of the place. Its head
//! says of which program, which place and which data; [`refused`] is why a file is not for a scenario.
use super::{Deck, Fitted};
use crate::{
    experiment::uncertain::{
        draws::{FOUND_WITH, parameters, places},
        posterior::{Posterior, Row},
    },
    scenario::{Scenario, Slot, Value},
};

/// Rows whose weight is below this share of the largest are left out: together they are next to nothing.
const LEAST: f64 = 1e-5;

/// What the lines of the head are called that decide whether a file fits.
pub const VERSION: &str = "version";
/// See [`VERSION`].
pub const DECLARATIONS: &str = "declarations";
/// See [`VERSION`].
pub const PLACE: &str = "place";

/// Everything about a place that a fit takes as given: setting, professions and parameters as they are in `scenario`, but
/// for what was not known, which is as it was when the fit was made. Another text, another place.
pub fn place(scenario: &Scenario, found_with: &[(Slot, f64)]) -> String {
    let mut bare = scenario.clone();
    for (slot, own) in found_with {
        // What is in no such scenario is another place anyway.
        let _ = bare.assign(slot, *own);
    }
    format!("{:?}", (&bare.setting, &bare.roles, &bare.professions, &bare.parameters))
}

/// The values that a file moves, with what they were when it was made.
pub fn found_with(posterior: &Posterior) -> Vec<(Slot, f64)> {
    let own = |slot: Slot| {
        let says = posterior.about(&format!("{FOUND_WITH}{}", slot.path))?;
        Some((slot.clone(), says.parse().ok()?))
    };
    places().into_iter().filter_map(own).collect()
}

/// Why the rows of `posterior` are not for `scenario`, if they are not. `digest` makes a digest of a text.
pub fn refused(
    posterior: &Posterior,
    scenario: &Scenario,
    version: &str,
    declarations: &str,
    digest: impl Fn(&str) -> String,
) -> Option<String> {
    let says = |what: &str| posterior.about(what).unwrap_or("none");
    if posterior.weights.is_empty() {
        return Some("has no weights: it is no ensemble.csv of dewpoint fit".into());
    }
    if says(VERSION) != version {
        return Some(format!("was made by version {} and this is {version}; fit the data anew", says(VERSION)));
    }
    if says(DECLARATIONS) != declarations {
        return Some("was made with other parameters of the model than this program has; fit the data anew".into());
    }
    if says(PLACE) != digest(&place(scenario, &found_with(posterior))) {
        return Some(format!(
            "was fitted to another place than that of \"{}\": setting, professions and parameters must be those of {}; programmes may \
             differ",
            scenario.title,
            says("scenario")
        ));
    }
    None
}

impl Fitted {
    /// The candidates with their weights, the head still to be written.
    pub fn posterior(&self) -> Posterior {
        let deck = Deck::new(&self.scenario, &self.free);
        let bundled = parameters(&self.scenario);
        let fixed = |slot: &Slot| !self.free.iter().any(|free| free.slot.address == slot.address);
        let slots: Vec<Slot> = bundled
            .into_iter()
            .filter(fixed)
            .filter(|slot| Posterior::bundled().paths.contains(&slot.path))
            .chain(self.free.iter().map(|free| free.slot.clone()))
            .collect();
        let largest = self.weights.iter().copied().fold(0.0, f64::max);
        let mut posterior =
            Posterior { paths: slots.iter().map(|slot| slot.path.clone()).collect(), ..Posterior::default() };
        let number = |world: &Scenario, slot: &Slot| match world.value(slot.address) {
            Some(Value::Number(number)) => number,
            _ => f64::NAN,
        };
        for (number_of, (candidate, weight)) in self.candidates.iter().zip(&self.weights).enumerate() {
            if *weight <= LEAST * largest {
                continue;
            }
            let Some(world) = deck.world(&self.scenario, candidate) else { continue };
            let values = slots.iter().map(|slot| number(&world, slot)).collect();
            posterior.rows.push(Row { candidate: number_of, answers: Vec::new(), values });
            posterior.weights.push(*weight);
        }
        let own = self.free.iter().map(|free| (format!("{FOUND_WITH}{}", free.slot.path), free.own.to_string()));
        let worth = format!(
            "{:.0} equal rows of {} candidates, likelihood to the power of {:.3}",
            self.worth,
            self.candidates.len(),
            self.temper
        );
        posterior.provenance.push(("worth".into(), worth));
        posterior.provenance.extend(own);
        posterior
    }
}
