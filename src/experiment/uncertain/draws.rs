//! Draws of all parameters together, from a posterior.
//!
//! Draw `d` is a row of the posterior ([`Posterior`]); each row comes as often as its weight asks for before any comes again,
//! in an order that depends on the seed. What published figures say of parameters together is thereby kept: of two that make up
//! for each other, one is small where the other is large. A parameter that the scenario itself gives another value than
//! the declared one is known to whoever gave it, and stays. The rows of a file of `dewpoint fit` also move what was found out
//! of the place; whatever the scenario no longer has as it was when that was found out, stays too.
use super::posterior::Posterior;
use crate::{
    programme::Programme,
    scenario::{Address, Declared, Scenario, Slot, Value},
};

/// Sets the stream of draws apart from other uses of a seed.
const STREAM: u64 = 0x7061_7261_6D65_7465;

/// All draws of one seed.
#[derive(Clone, Debug)]
pub struct Draws<'p> {
    seed: u64,
    posterior: &'p Posterior,
    /// Slot, its place in a row, and the value that a scenario must have for it to be drawn.
    slots: Vec<(Slot, usize, f64)>,
}

impl Draws<'static> {
    /// The draws of `seed` from the posterior that comes with the program.
    pub fn new(seed: u64) -> Self {
        Self::from(seed, Posterior::bundled())
    }
}

impl<'p> Draws<'p> {
    /// The draws of `seed` from `posterior`.
    pub fn from(seed: u64, posterior: &'p Posterior) -> Self {
        let of = |slot: Slot| {
            let place = posterior.paths.iter().position(|path| *path == slot.path)?;
            let usual = match slot.declared {
                Declared::Quantity(quantity) => quantity.default,
                _ => f64::NAN,
            };
            let own = posterior.about(&format!("{FOUND_WITH}{}", slot.path)).and_then(|says| says.parse().ok());
            Some((slot, place, own.unwrap_or(usual)))
        };
        let all = if posterior.weights.is_empty() { parameters(&Scenario::default()) } else { places() };
        Self { seed, posterior, slots: all.into_iter().filter_map(of).collect() }
    }

    /// The slots that are drawn.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().map(|(slot, ..)| slot)
    }

    /// Seed of the luck that goes with a draw: draws have each their own.
    pub fn luck(&self, draw: u64) -> u64 {
        scattered(scattered(self.seed ^ STREAM).wrapping_add(draw))
    }

    /// `scenario` with the parameters of `draw`, those at `held` left as they are. Where the numbers do not go together,
    /// halfway back to the scenario's own, as often as it takes.
    pub fn of(&self, scenario: &Scenario, draw: u64, held: &[Address]) -> Scenario {
        self.row(draw).map_or_else(|| scenario.clone(), |row| self.of_row(scenario, row, held))
    }

    /// The posterior's row that a draw is.
    fn row(&self, draw: u64) -> Option<usize> {
        let (seed, posterior, rows) = (self.seed, self.posterior, self.posterior.a_deal() as u64);
        let block = draw / rows;
        // Dealt anew for each draw, which takes less than the copy of the scenario that follows.
        let dealt = posterior.dealt(scattered(seed.wrapping_add(block)) ^ STREAM);
        dealt.get((draw % rows) as usize).copied()
    }

    /// `scenario` with the parameters of the posterior's `row`, those at `held` left as they are, as in [`Self::of`].
    pub fn of_row(&self, scenario: &Scenario, row: usize, held: &[Address]) -> Scenario {
        let Some(row) = self.posterior.rows.get(row) else { return scenario.clone() };
        let mut reach = 1.0;
        // The scenario's own numbers go together, so that this comes to an end; it is not needed with today's checks.
        for _ in 0..16 {
            let mut drawn = scenario.clone();
            for (slot, place, usual) in self.slots.iter().filter(|(slot, ..)| !held.contains(&slot.address)) {
                let Some(Value::Number(own)) = scenario.value(slot.address) else { continue };
                if is(own, *usual) {
                    // In the declared range, hence accepted.
                    let _ = drawn.assign(slot, own + reach * (row.values[*place] - own));
                }
            }
            if drawn.check().is_ok() {
                return drawn;
            }
            reach /= 2.0;
        }
        scenario.clone()
    }
}

/// Whether a value is the one declared, which is kept with fewer digits.
fn is(value: f64, declared: f64) -> bool {
    (value - declared).abs() <= 1e-6 * declared.abs().max(1e-6)
}

/// What a line of provenance begins with that says at which value of a path the rest was found.
pub const FOUND_WITH: &str = "found with ";

/// Programmes whose values a file of rows may move, at most.
const MOST_PROGRAMMES: usize = 8;

/// Every slot that a file of rows may move.
pub fn places() -> Vec<Slot> {
    let programmes = vec![Programme::default(); MOST_PROGRAMMES];
    let slots = Scenario { programmes, ..Scenario::default() }.slots();
    slots.into_iter().filter(|slot| matches!(slot.declared, Declared::Quantity(_) | Declared::Lever(_))).collect()
}

/// The slots of all parameters.
pub fn parameters(scenario: &Scenario) -> Vec<Slot> {
    scenario.slots().into_iter().filter(|slot| matches!(slot.address, Address::Parameter { .. })).collect()
}

/// Spreads neighbouring numbers over all (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
fn scattered(number: u64) -> u64 {
    let mut number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_a_row_of_the_posterior_and_nothing_else_moves() {
        let scenario = Scenario::default();
        let posterior = Posterior::bundled();
        assert_eq!(posterior.paths.len(), parameters(&scenario).len(), "every parameter is in the posterior");
        let draws = Draws::new(5);
        for draw in [0, 1, 255, 256, 1000] {
            let drawn = draws.of(&scenario, draw, &[]);
            let value = |slot: &Slot| match drawn.value(slot.address) {
                Some(Value::Number(number)) => number,
                _ => f64::NAN,
            };
            let (slots, values): (Vec<Slot>, Vec<f64>) =
                parameters(&scenario).into_iter().map(|slot| (slot.clone(), value(&slot))).unzip();
            let is_it = |row: &super::super::posterior::Row| {
                let of = |slot: &Slot| posterior.paths.iter().position(|path| *path == slot.path).unwrap();
                slots.iter().zip(&values).all(|(slot, value)| (row.values[of(slot)] - value).abs() < 1e-5)
            };
            assert!(posterior.rows.iter().any(is_it), "draw {draw} is none of the rows");
            let mut other = drawn.clone();
            other.parameters = scenario.parameters.clone();
            assert_eq!(other, scenario);
        }
    }

    #[test]
    fn a_draw_depends_on_seed_and_number_alone() {
        let scenario = Scenario::default();
        let late_first = |seed| {
            let draws = Draws::new(seed);
            let late = draws.of(&scenario, 300, &[]);
            (draws.of(&scenario, 0, &[]), late, draws.luck(0), draws.luck(300))
        };
        let draws = Draws::new(1);
        let early_first = (draws.of(&scenario, 0, &[]), draws.of(&scenario, 300, &[]), draws.luck(0), draws.luck(300));
        assert_eq!(late_first(1), early_first);
        assert!(late_first(2) != early_first && early_first.2 != early_first.3);
        let held = parameters(&scenario).iter().map(|slot| slot.address).collect::<Vec<_>>();
        assert_eq!(draws.of(&scenario, 3, &held), scenario);
    }

    #[test]
    fn what_a_scenario_gives_itself_stays() {
        let mut scenario = Scenario::default();
        scenario.parameters.fatigue.conscious_effort = 0.11;
        let draws = Draws::new(1);
        let drawn = (0..20).map(|draw| draws.of(&scenario, draw, &[]).parameters);
        let drawn: Vec<_> = drawn.collect();
        assert!(drawn.iter().all(|parameters| parameters.fatigue.conscious_effort == 0.11));
        assert!(drawn.iter().any(|parameters| parameters.fatigue.rest != scenario.parameters.fatigue.rest));
    }
}
