//! A scenario laid beside data: on whose clock they lie, and what it makes plausible of them.
use super::{
    super::{
        Failure, about,
        options::{changed, pair},
        saving::quietly,
        work::{failure, note},
    },
    Every, Options,
};
use crate::{
    chart::{
        day::Day,
        drawn::{Charted, Drawn},
        lay::{Clock, NO_SHARE},
        read::{Data, Measured},
    },
    ensemble::{Engine, STAFF_WEEKS_A_SECOND, staff_weeks},
    experiment::{
        beside::{self, Beside, Time},
        door,
        harm::{PLAUSIBLE, PREVENTED},
    },
    scenario::Scenario,
};

/// The clock of data on which the programme begins at `start`, and a step of whose axis lasts so many `days`.
pub(in super::super) fn clock(scenario: &Scenario, programme: usize, start: Day, days: f64) -> Clock {
    let begins = scenario.programmes.get(programme).map_or(0.0, |programme| f64::from(programme.clock.start));
    Clock { begins, start, days }
}

/// A scenario laid beside the data.
pub(super) struct Laid {
    pub(super) scenario: Scenario,
    programme: usize,
    /// What it is, with what was changed in it.
    pub(super) about: String,
    /// Days of one step of the time axis of the data.
    days: f64,
    /// What the values of the data are multiplied with to be shares.
    pub(super) share: f64,
    /// Ends of the share of harm that the practice prevents, where the data are events of it.
    prevented: Option<(f64, f64)>,
}

impl Laid {
    /// Reads the scenario called `file`, and refuses data that it cannot lie beside.
    pub(super) fn new(file: &str, options: &Options, data: &Data) -> Result<Self, Failure> {
        let (loaded, before) = changed(file, &options.changes)?;
        let slot = loaded.scenario.locate(PREVENTED).map_err(|problem| Failure::Input(problem.to_string()))?;
        let is_given = loaded.origins.contains_key(&slot.address)
            || options.changes.iter().any(|change| pair(change).is_ok_and(|(path, _)| path == PREVENTED));
        let own = f64::from(loaded.scenario.incidents.prevented);
        let mut scenario = loaded.ready().map_err(|problems| Failure::Input(problems.to_string()))?;
        scenario.run.seed = options.seed;
        let programme = about::programme(&scenario, options.programme.as_deref())?;
        door::reaches_somebody(&scenario, programme).map_err(|stopped| failure(stopped, 0))?;
        let share = if data.is_events() { Some(1.0) } else { data.share() };
        let share = share.ok_or_else(|| Failure::Input(format!("--scenario: {NO_SHARE}")))?;
        let days = data.days_a_step(options.every.and_then(Every::days));
        let days = days.map_err(|what| Failure::Input(format!("{}: {what}", options.data)))?;
        let about = about::about(&before, &scenario, &options.changes, Some(programme));
        let prevented = data.is_events().then_some(if is_given { (own, own) } else { PLAUSIBLE });
        Ok(Self { scenario, programme, about, days, share, prevented })
    }

    /// What the scenario makes plausible of each chart.
    pub(super) fn beside(
        &self,
        data: &Data,
        charts: &[Charted],
        options: &Options,
        engine: &impl Engine,
    ) -> Result<Vec<Beside>, Failure> {
        let seconds = staff_weeks(&self.scenario) * options.draws as f64 * charts.len() as f64 / STAFF_WEEKS_A_SECOND;
        if seconds > 20.0 {
            note(options.quiet, &format!("the scenario takes about {seconds:.0} seconds of one core"));
        }
        let made: Vec<Beside> =
            charts.iter().map(|charted| self.one(data, charted, options, engine)).collect::<Result<_, Failure>>()?;
        match made.as_slice() {
            [one] => {
                one.too_few_events().map_or(Ok(made.clone()), |what| Err(Failure::Input(format!("--scenario: {what}"))))
            }
            _ => Ok(made),
        }
    }

    fn one(&self, data: &Data, charted: &Charted, options: &Options, engine: &impl Engine) -> Result<Beside, Failure> {
        let clock = clock(&self.scenario, self.programme, charted.start.unwrap_or_default(), self.days);
        let week = |at: i64| clock.week(at);
        let time = |(place, point): (usize, &Drawn)| Time {
            from: week(point.read.at),
            to: week(data.end_of(point.read.at, charted.points.get(place + 1).map(|next| next.read.at))),
            found: point.read.value * self.share,
            of: if data.measured == Measured::Proportion || data.is_events() { point.read.size } else { f64::NAN },
            counts: point.ghost.is_empty(),
        };
        let times: Vec<Time> = charted.points.iter().enumerate().map(time).collect();
        let spread = if charted.own_limits { 1.0 } else { charted.spread().max(1.0) };
        let asked = beside::Asked {
            scenario: &self.scenario,
            programme: self.programme,
            draws: options.draws,
            times: &times,
            harm: self.prevented.map(|prevented| beside::Harm { prevented, spread }),
        };
        quietly(|| beside::beside(engine, &asked)).map_err(|stopped| failure(stopped, 0))
    }
}
