//! Adverse events: what a ward's practice means for its patients, as a team on that ward would count it.
//!
//! ```text
//! events over some weeks ~ Poisson(rate x (1 - prevented x practice) x thousands of bed days)
//! ```
//!
//! Over runs, events are looked at as they are expected, in the mean of the wards reached: a rate that is linear in
//! practice, and so as sure as practice is. Single counts belong to one ward of one run, for a chart like those that teams
//! keep.
//!
//! The model knows practice, not patients. This is a mapping laid over one simulated ward, with the numbers of the scenario's
//! [`Incidents`], and used by no mechanism: nothing else depends on it. The luck of a period is the same with and without the programme, so that two
//! counts differ only where practice does. Assumption: events follow practice at once and in proportion, and their number is that
//! of inpatient falls. Sources: 3-14 falls per 1,000 bed days (Healey and others 2008); 20-30 % fewer where a team
//! assesses and treats risks (Morris and O'Riordan 2017).

use super::{Observation, UNIT_MEASURES, WEEKS_A_YEAR, Window, at};
use crate::{
    math::exp,
    model::{History, Series},
    rng::{Luck, Process},
};

pub use crate::world::Incidents;

/// Weeks counted together.
pub const WEEKS_A_POINT: usize = 4;

/// Adverse events of one ward in one run, in both worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Ward {
    /// Place of the unit among all units.
    pub unit: usize,
    /// Its net gain at end.
    pub gain: f64,
    /// Bed days of each point (thousand).
    pub exposure: Vec<f64>,
    /// Events of each point, programmes on.
    pub with: Vec<f64>,
    /// Events of each point, programmes off.
    pub without: Vec<f64>,
    /// Points before support begins.
    pub baseline: usize,
}

/// The ward in the middle: of the units reached in this run, the one whose net gain at end is the median. `in_organisation`
/// is the number of units in each organisation. `None` where no unit was reached.
pub fn typical_ward(
    observation: &Observation,
    incidents: &Incidents,
    luck: Luck,
    in_organisation: usize,
) -> Option<Ward> {
    let gain = UNIT_MEASURES.iter().find(|measure| measure.name == "net_gain_at_end")?;
    let reached = observation.with.reached.iter().enumerate().filter(|(_, reached)| **reached);
    let mut gains: Vec<(usize, f64)> = reached.map(|(unit, _)| (unit, (gain.of)(observation, unit))).collect();
    gains.retain(|(_, gain)| !gain.is_nan());
    gains.sort_by(|left, right| left.1.total_cmp(&right.1));
    let &(unit, gain) = gains.get(gains.len().saturating_sub(1) / 2)?;
    let points = observation.weeks() / WEEKS_A_POINT;
    let exposure = f64::from(incidents.beds) * 7.0 * WEEKS_A_POINT as f64 / 1000.0;
    let count = |history: &History, point: usize| {
        let first = point * WEEKS_A_POINT;
        let weeks = first..first + WEEKS_A_POINT;
        let practice = weeks.map(|week| at(&history.units, week * history.reached.len() + unit)).sum::<f64>()
            / WEEKS_A_POINT as f64;
        let expected = f64::from(incidents.rate) * (1.0 - f64::from(incidents.prevented) * practice) * exposure;
        let (organisation, place) = (unit / in_organisation.max(1), unit % in_organisation.max(1));
        let draw = luck.draws(Process::Incident, organisation as u32, place as u32, first as u64).uniform();
        poisson(expected as f32, draw)
    };
    Some(Ward {
        unit,
        gain,
        exposure: vec![exposure; points],
        with: (0..points).map(|point| count(observation.with, point)).collect(),
        without: (0..points).map(|point| count(observation.without, point)).collect(),
        baseline: Window::Active
            .weeks(observation.clock, observation.weeks())
            .map_or(points, |weeks| weeks.start / WEEKS_A_POINT),
    })
}

/// Events expected for each thousand bed days over `window`, on the wards reached.
fn expected(observation: &Observation, window: Window) -> f64 {
    let Incidents { rate, prevented, .. } = observation.incidents;
    f64::from(*rate) * (1.0 - f64::from(*prevented) * observation.with(Series::Practice, window))
}

/// Events expected without the programme minus those with it, for each thousand bed days over `window`.
fn avoided(observation: &Observation, window: Window) -> f64 {
    let Incidents { rate, prevented, .. } = observation.incidents;
    f64::from(*rate) * f64::from(*prevented) * observation.difference(Series::Practice, window)
}

pub(super) fn at_end(observation: &Observation) -> f64 {
    expected(observation, Window::AtEnd)
}

pub(super) fn year_1(observation: &Observation) -> f64 {
    expected(observation, Window::YEAR_1)
}

pub(super) fn year_2(observation: &Observation) -> f64 {
    expected(observation, Window::YEAR_2)
}

pub(super) fn year_3(observation: &Observation) -> f64 {
    expected(observation, Window::YEAR_3)
}

pub(super) fn avoided_at_end(observation: &Observation) -> f64 {
    avoided(observation, Window::AtEnd)
}

pub(super) fn avoided_year_1(observation: &Observation) -> f64 {
    avoided(observation, Window::YEAR_1)
}

pub(super) fn avoided_year_2(observation: &Observation) -> f64 {
    avoided(observation, Window::YEAR_2)
}

pub(super) fn avoided_year_3(observation: &Observation) -> f64 {
    avoided(observation, Window::YEAR_3)
}

/// Events that a year of support spares a ward.
pub(super) fn avoided_a_year(observation: &Observation) -> f64 {
    let bed_days = f64::from(observation.incidents.beds) * 7.0 * WEEKS_A_YEAR / 1000.0;
    avoided(observation, Window::Active) * bed_days
}

/// The number that a Poisson number with this mean is below with probability `uniform`: by going up from zero.
fn poisson(mean: f32, uniform: f32) -> f64 {
    /// No ward counts more in a month.
    const MOST: u32 = 10_000;
    let mean = mean.clamp(0.0, 80.0);
    let (mut count, mut term) = (0, exp(-mean));
    let mut reached = term;
    while reached <= uniform && count < MOST && term > 0.0 {
        count += 1;
        term *= mean / count as f32;
        reached += term;
    }
    f64::from(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::tests::small_pair;

    #[test]
    fn counts_have_the_mean_and_the_spread_of_poisson() {
        let luck = Luck { seed: 1, replicate: 0 };
        let counts = (0..20_000).map(|when| poisson(4.4, luck.draws(Process::Incident, 0, 0, when).uniform()));
        let moments = crate::stats::moments(counts);
        assert!((moments.mean() - 4.4).abs() < 0.06 && (moments.sd() - 4.4f64.sqrt()).abs() < 0.05, "{moments:?}");
        assert_eq!((poisson(0.0, 0.99), poisson(5.0, 0.0)), (0.0, 0.0));
    }

    #[test]
    fn events_expected_follow_practice_in_proportion() {
        let (mut scenario, pair) = small_pair();
        scenario.incidents = Incidents { rate: 8.0, prevented: 0.5, beds: 20.0 };
        let observation = Observation::new(&scenario, &pair, 0).unwrap();
        let close = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-5, "{value} is not {expected}");
        // Practice 0.8 with and 0.6 without: 8 x (1 - 0.5 x 0.8) and 8 x (1 - 0.5 x 0.6) events.
        close(at_end(&observation), 4.8);
        close(avoided_at_end(&observation), 0.8);
        // From week 80 on 0.05 is left of the gain.
        close(avoided_year_2(&observation), 0.2);
        // 20 beds are 7.28 thousand bed days a year.
        close(avoided_a_year(&observation), 0.8 * 7.28);
    }

    #[test]
    fn events_differ_between_the_worlds_only_where_practice_does() {
        let (scenario, pair) = small_pair();
        let observation = Observation::new(&scenario, &pair, 0).unwrap();
        let certain = Incidents { rate: 400.0, prevented: 1.0, ..Incidents::default() };
        let ward = typical_ward(&observation, &certain, Luck { seed: 3, replicate: 0 }, 2).unwrap();
        // Gains are 0 and 0.4; of two the lower is in the middle, and its practice is the same in both worlds.
        assert_eq!((ward.unit, &ward.with, ward.baseline), (1, &ward.without, 2));
        let (scenario, mut pair) = small_pair();
        pair.with[0].reached[1] = false;
        let observation = Observation::new(&scenario, &pair, 0).unwrap();
        let ward = typical_ward(&observation, &certain, Luck { seed: 3, replicate: 0 }, 2).unwrap();
        assert_eq!(ward.unit, 0);
        for (point, (with, without)) in ward.with.iter().zip(&ward.without).enumerate() {
            assert!(if point < 2 { with == without } else { with <= without }, "{point}: {with} {without}");
        }
        assert!(ward.with.iter().sum::<f64>() < 0.8 * ward.without.iter().sum::<f64>());
    }
}
