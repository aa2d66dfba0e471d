//! Draws of all parameters from their declared ranges: does a sign depend on how people are taken to be?

use crate::{
    experiment::{Stopped, factor::Factor, points::latin_hypercube},
    scenario::{Address, Scenario},
};

/// One draw of every parameter.
#[derive(Clone, Debug)]
pub struct Draw {
    places: Vec<(Factor, f64)>,
}

impl Draw {
    /// Moves every parameter of `scenario` to its place.
    ///
    /// # Errors
    ///
    /// When the scenario lacks one of them.
    pub fn apply(&self, scenario: &mut Scenario) -> Result<(), String> {
        let put = |(factor, place): &(Factor, f64)| factor.put(scenario, *place);
        self.places.iter().try_for_each(put).map_err(|stopped| format!("{stopped:?}"))
    }
}

/// A Latin hypercube of `draws` draws of every parameter over its whole declared range.
pub fn draws(scenario: &Scenario, draws: usize, seed: u64) -> Result<Vec<Draw>, Stopped> {
    let slots = scenario.slots().into_iter().filter(|slot| matches!(slot.address, Address::Parameter { .. }));
    let factors: Vec<Factor> =
        slots.map(|slot| Factor::new(scenario, &slot.path, None, None)).collect::<Result<_, _>>()?;
    let points = latin_hypercube(draws, factors.len(), seed);
    Ok(points.into_iter().map(|point| Draw { places: factors.iter().cloned().zip(point).collect() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_moves_every_parameter_and_nothing_else() {
        let scenario = Scenario::default();
        let mut drawn = scenario.clone();
        draws(&scenario, 3, 1).unwrap()[0].apply(&mut drawn).unwrap();
        let moved =
            scenario.slots().iter().filter(|slot| scenario.value(slot.address) != drawn.value(slot.address)).count();
        let parameters = scenario.slots().iter().filter(|slot| slot.path.starts_with("parameters.")).count();
        assert!(moved > parameters * 9 / 10, "{moved} of {parameters}");
        drawn.parameters = scenario.parameters.clone();
        assert_eq!(drawn, scenario);
    }
}
