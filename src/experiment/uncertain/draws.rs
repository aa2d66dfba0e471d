//! Draws of all parameters from what is declared of them.
//!
//! A parameter is spread by a triangle around the value that the scenario gives it, which is the best guess: the density
//! is highest there and falls to nothing at the ends, beyond which nobody would go. The ends of a parameter that is only
//! an assumption are those declared, all that the field would call plausible. A calibrated parameter was fitted to what
//! the model must reproduce, and a parameter from evidence was read off a published figure, so less is open; how much less
//! is judgement: their triangles reach one half and one quarter of the way from the value to the declared ends. Parameters
//! are independent of each other: what calibration knows of them together is not used, which errs on the wide side.
//!
//! Draws come in Latin hypercubes of [`BLOCK`]: each parameter visits each of as many equally probable slices once.
use std::collections::BTreeMap;

use crate::{
    experiment::points,
    params::Standing,
    scenario::{Address, Declared, Scenario, Slot, Value},
};

/// Draws in a Latin hypercube.
pub const BLOCK: u64 = 64;

/// Sets the stream of draws apart from other uses of a seed.
const STREAM: u64 = 0x7061_7261_6D65_7465;

/// All draws of one seed.
#[derive(Clone, Debug)]
pub struct Draws {
    seed: u64,
    slots: Vec<Slot>,
    blocks: BTreeMap<u64, Vec<Vec<f64>>>,
}

impl Draws {
    /// The draws of `seed`: they depend on it and on the declarations of parameters alone.
    pub fn new(seed: u64) -> Self {
        Self { seed, slots: parameters(&Scenario::default()), blocks: BTreeMap::new() }
    }

    /// Seed of the luck that goes with a draw: draws have each their own.
    pub fn luck(&self, draw: u64) -> u64 {
        scattered(scattered(self.seed ^ STREAM).wrapping_add(draw))
    }

    /// `scenario` with the parameters of `draw`, those at `held` left as they are. Where the numbers do not go together,
    /// halfway back to the scenario's own, as often as it takes.
    pub fn of(&mut self, scenario: &Scenario, draw: u64, held: &[Address]) -> Scenario {
        let (seed, count) = (self.seed, self.slots.len());
        let block = draw / BLOCK;
        let made = || points::latin_hypercube(BLOCK as usize, count, scattered(seed.wrapping_add(block)) ^ STREAM);
        let places = self.blocks.entry(block).or_insert_with(made).get((draw % BLOCK) as usize);
        let places = places.map_or(&[][..], Vec::as_slice);
        let mut reach = 1.0;
        // The scenario's own numbers go together, so that this comes to an end; it is not needed with today's checks.
        for _ in 0..16 {
            let mut drawn = scenario.clone();
            for (slot, &place) in self.slots.iter().zip(places).filter(|(slot, _)| !held.contains(&slot.address)) {
                if let Some(value) = value(scenario, slot, place, reach) {
                    // In the declared range, hence accepted.
                    let _ = drawn.assign(slot, value);
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

/// The slots of all parameters.
pub fn parameters(scenario: &Scenario) -> Vec<Slot> {
    scenario.slots().into_iter().filter(|slot| matches!(slot.address, Address::Parameter { .. })).collect()
}

/// How far a triangle reaches, from the value towards the declared ends.
fn reach_of(standing: Standing) -> f64 {
    match standing {
        Standing::Assumption => 1.0,
        Standing::Calibrated => 0.5,
        Standing::Evidence => 0.25,
    }
}

/// The value at `place`, from 0 to 1, of the distribution of a parameter.
fn value(scenario: &Scenario, slot: &Slot, place: f64, reach: f64) -> Option<f64> {
    let (Declared::Quantity(quantity), Some(Value::Number(mode))) = (slot.declared, scenario.value(slot.address))
    else {
        return None;
    };
    let reach = reach * reach_of(quantity.standing);
    // A value that was given beyond what is plausible is an end itself.
    let (low, high) = quantity.plausible();
    let (low, high) = (low.min(mode), high.max(mode));
    let value = triangle(mode - reach * (mode - low), mode, mode + reach * (high - mode), place);
    let value = if quantity.is_whole() { value.round() } else { (value * 1e6).round() / 1e6 };
    Some(value.clamp(quantity.low, quantity.high))
}

/// Quantile at `place` of the triangular distribution from `low` to `high` with its peak at `mode`.
fn triangle(low: f64, mode: f64, high: f64, place: f64) -> f64 {
    let width = high - low;
    if place * width < mode - low {
        low + (place * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - place) * width * (high - mode)).max(0.0).sqrt()
    }
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
    fn a_triangle_has_its_quantiles() {
        assert_eq!([0.0, 0.5, 1.0].map(|place| triangle(0.0, 1.0, 2.0, place)), [0.0, 1.0, 2.0]);
        // Density 2 x up to 1: a quarter lies below one half.
        assert!((triangle(0.0, 1.0, 1.0, 0.25) - 0.5).abs() < 1e-12);
        assert_eq!(triangle(3.0, 3.0, 3.0, 0.7), 3.0);
    }

    #[test]
    fn parameters_spread_as_far_as_their_standing_lets_them_and_nothing_else_moves() {
        let scenario = Scenario::default();
        let mut draws = Draws::new(5);
        let drawn: Vec<Scenario> = (0..BLOCK).map(|draw| draws.of(&scenario, draw, &[])).collect();
        for slot in parameters(&scenario) {
            let Declared::Quantity(quantity) = slot.declared else { continue };
            let number = |scenario: &Scenario| match scenario.value(slot.address) {
                Some(Value::Number(number)) => number,
                _ => f64::NAN,
            };
            let values: Vec<f64> = drawn.iter().map(number).collect();
            let (least, most) =
                (values.iter().copied().fold(f64::MAX, f64::min), values.iter().copied().fold(f64::MIN, f64::max));
            let (mode, reach) = (number(&scenario), reach_of(quantity.standing));
            // What can be off is there: its strength lies between half way back and as far beyond.
            let half = quantity.neutral.map_or(f64::INFINITY, |neutral| 0.5 * (mode - neutral).abs());
            let (low, high) = (quantity.low.max(mode - half), quantity.high.min(mode + half));
            let (low, high) = (mode - reach * (mode - low), mode + reach * (high - mode));
            assert!(low - 1e-5 <= least && most <= high + 1e-5, "{}: {least} to {most}", slot.path);
            // Of 64 slices the outermost is reached, which begins some 12 % of the way in.
            assert!(least - low < 0.2 * (high - low) && high - most < 0.2 * (high - low), "{}", slot.path);
        }
        let mut other = drawn[7].clone();
        other.parameters = scenario.parameters.clone();
        assert_eq!(other, scenario);
    }

    #[test]
    fn a_draw_depends_on_seed_and_number_alone() {
        let scenario = Scenario::default();
        let late_first = |seed| {
            let mut draws = Draws::new(seed);
            let late = draws.of(&scenario, 200, &[]);
            (draws.of(&scenario, 0, &[]), late, draws.luck(0), draws.luck(200))
        };
        let mut draws = Draws::new(1);
        let early_first = (draws.of(&scenario, 0, &[]), draws.of(&scenario, 200, &[]), draws.luck(0), draws.luck(200));
        assert_eq!(late_first(1), early_first);
        assert!(late_first(2) != early_first && early_first.2 != early_first.3);
        let held = parameters(&scenario).iter().map(|slot| slot.address).collect::<Vec<_>>();
        assert_eq!(draws.of(&scenario, 3, &held), scenario);
    }
}
