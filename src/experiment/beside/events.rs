//! Events of harm beside a scenario: their level from before the programme, their course from practice.
use super::{Drawn, Harm, Plausible, Time};
use crate::experiment::harm::{FEWEST_EVENTS, events, left, plausible_counts, tells};

/// What events are under the scenario.
pub(super) struct Read {
    /// At each time what is plausible of the rate.
    pub(super) band: Vec<Plausible>,
    /// In each draw the rate after as a part of that before.
    pub(super) changes: Vec<f64>,
    /// In each draw the rate after as a part of what it would be without the programme.
    pub(super) nets: Vec<f64>,
    /// The rate of the data after as a part of that before.
    pub(super) found: f64,
    /// Events before the programme.
    pub(super) events: f64,
}

/// Steps through what is plausible as evenly as may be, whatever the number of draws: parts of the golden section.
const STEP: f64 = 0.618_033_988_749_894_9;

/// Links the practice of draws to `times`, the programme beginning in week `begin`.
///
/// Of too few events before it nothing is said: no band, no reading.
pub(super) fn read(made: &[Drawn], times: &[Time], begin: f64, harm: Harm) -> Read {
    let is_after = |time: &Time| time.from >= begin - 1e-9;
    let first = made.first().map_or(&[][..], |drawn| &drawn.done[..]);
    // Of all draws the same weeks are simulated.
    let there = |after: bool| -> Vec<usize> {
        let known = |place: &usize| first.get(*place).is_some_and(|done| tells(&times[*place], *done));
        (0..times.len()).filter(|place| is_after(&times[*place]) == after).filter(known).collect()
    };
    let (before, after) = (there(false), there(true));
    let counted = |places: &[usize]| places.iter().map(|place| events(&times[*place])).sum::<f64>();
    let exposed = |places: &[usize]| places.iter().map(|place| times[*place].of).sum::<f64>();
    let all = counted(&before);
    if all < FEWEST_EVENTS {
        let band = vec![super::plausible(&[]); times.len()];
        return Read { band, changes: Vec::new(), nets: Vec::new(), found: f64::NAN, events: all };
    }
    let variance = harm.spread * harm.spread;
    let (mut expected, mut changes, mut nets) = (vec![Vec::with_capacity(made.len()); times.len()], vec![], vec![]);
    for (number, drawn) in made.iter().enumerate() {
        let along = ((number as f64 + 0.5) * STEP).fract();
        let prevented = harm.prevented.0 + along * (harm.prevented.1 - harm.prevented.0);
        let own = |place: usize, done: f64| times[place].of * left(prevented, done);
        let sum = |places: &[usize], done: &dyn Fn(usize) -> f64| {
            places.iter().map(|place| own(*place, done(*place))).sum::<f64>()
        };
        let with = |place: usize| drawn.done[place];
        let without = |place: usize| drawn.done[place] - drawn.net[place];
        let level = all / sum(&before, &with);
        for (place, list) in expected.iter_mut().enumerate() {
            let mean = level * own(place, with(place));
            list.push((mean, (mean + mean * mean / all) * variance));
        }
        changes.push(sum(&after, &with) / exposed(&after) / (sum(&before, &with) / exposed(&before)));
        nets.push(sum(&after, &with) / sum(&after, &without));
    }
    let band = |(time, expected): (&Time, &Vec<(f64, f64)>)| {
        if !time.found.is_finite() {
            return super::plausible(&[]);
        }
        let Plausible { low, middle, high } = plausible_counts(expected);
        Plausible { low: low / time.of, middle: middle / time.of, high: high / time.of }
    };
    let found = counted(&after) / exposed(&after) / (all / exposed(&before));
    Read { band: times.iter().zip(&expected).map(band).collect(), changes, nets, found, events: all }
}
