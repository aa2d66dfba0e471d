//! Pieces of ensembles: cut off, kept apart, and put together again with the bits of one that was never cut.
//!
//! Whatever is pooled over runs adds floating-point numbers in their order, so that sums of two halves are other bits than
//! the sum of all. A piece therefore keeps its weekly series run by run ([`Keep::EachWeek`](super::Keep::EachWeek)), and
//! whoever puts pieces together folds them in order.
use super::{Ensemble, Failure};
use crate::metrics::UNIT_MEASURES;

impl Ensemble {
    /// The first `runs` of these runs, where no more than outcomes is kept of each; `None` where more is, or fewer were
    /// run: bands cannot be taken apart again.
    pub fn first(&self, runs: u64) -> Option<Self> {
        if runs == self.runs {
            return Some(self.clone());
        }
        if runs > self.runs || self.runs_with_units > 0 || self.bands.weeks() > 0 {
            return None;
        }
        let mut first = Self { runs, outcomes: Vec::new(), failures: Vec::new(), ..self.clone() };
        first.outcomes.extend_from_slice(&self.outcomes[..runs as usize * self.programmes * self.metrics]);
        first.weekly.truncate(runs as usize * self.weekly_a_run);
        first.failures.extend(self.failures.iter().filter(|failure| failure.replicate < runs).cloned());
        Some(first)
    }

    /// What was added after the first `runs` of these runs, to be kept: [`Self::grown_by`] puts it back. Bands, which cannot
    /// be taken apart, are in it whole.
    pub fn since(&self, runs: u64) -> Self {
        let of_units = runs.min(self.runs_with_units) as usize * self.of_units_a_run();
        let outcomes = runs as usize * self.programmes * self.metrics;
        Self {
            outcomes: self.outcomes.get(outcomes..).unwrap_or_default().to_vec(),
            unit_rows: self.unit_rows.get(of_units..).unwrap_or_default().to_vec(),
            bands: self.bands.clone(),
            weekly: self.weekly.get(runs as usize * self.weekly_a_run..).unwrap_or_default().to_vec(),
            failures: self.failures.iter().filter(|failure| failure.replicate >= runs).cloned().collect(),
            ..*self
        }
    }

    /// This ensemble with what was added to it `since`; `None` where the two do not fit.
    pub fn grown_by(mut self, since: Self) -> Option<Self> {
        if !self.same_shape(&since) {
            return None;
        }
        self.outcomes.extend(since.outcomes);
        self.unit_rows.extend(since.unit_rows);
        self.weekly.extend(since.weekly);
        self.failures.extend(since.failures);
        (self.bands, self.runs) = (since.bands, since.runs);
        self.is_whole().then_some(self)
    }

    /// Whether `other` could be a later or earlier state of the same ensemble.
    pub fn same_shape(&self, other: &Self) -> bool {
        let shape = |ensemble: &Self| {
            let of_runs = (ensemble.programmes, ensemble.metrics, ensemble.units, ensemble.runs_with_units);
            (of_runs, ensemble.bands.weeks(), ensemble.weekly_a_run)
        };
        shape(self) == shape(other)
    }

    /// Whether the state holds as many numbers as it says, as every state made here does.
    pub fn is_whole(&self) -> bool {
        let units = self.runs.min(self.runs_with_units) as usize * self.of_units_a_run();
        self.outcomes.len() as u64 == self.runs * (self.programmes * self.metrics) as u64
            && self.unit_rows.len() == units
            && self.weekly.len() as u64 == self.runs * self.weekly_a_run as u64
            && self.bands.is_whole()
    }

    /// The runs from number `from` up to number `to` of what was kept run by run, as an ensemble by itself; `None` where there
    /// are not so many, or some of it is pooled.
    pub fn between(&self, from: u64, to: u64) -> Option<Self> {
        if from > to || to > self.runs || self.bands.weeks() > 0 {
            return None;
        }
        let of_runs = |a_run: usize, most: u64| from.min(most) as usize * a_run..to.min(most) as usize * a_run;
        let within = |failure: &&Failure| (from..to).contains(&failure.replicate);
        let apart = |failure: &Failure| Failure { replicate: failure.replicate - from, ..failure.clone() };
        Some(Self {
            runs: to - from,
            outcomes: self.outcomes.get(of_runs(self.programmes * self.metrics, to))?.to_vec(),
            unit_rows: self.unit_rows.get(of_runs(self.of_units_a_run(), self.runs_with_units))?.to_vec(),
            runs_with_units: self.runs_with_units.saturating_sub(from).min(to - from),
            bands: self.bands.clone(),
            weekly: self.weekly.get(of_runs(self.weekly_a_run, to))?.to_vec(),
            failures: self.failures.iter().filter(within).map(apart).collect(),
            ..*self
        })
    }

    /// This ensemble with the runs of `next`, which were kept run by run, after its own; `None` where the two do not fit.
    pub fn followed_by(mut self, next: &Self) -> Option<Self> {
        let shape = |ensemble: &Self| (ensemble.programmes, ensemble.metrics, ensemble.units);
        let units = self.runs_with_units.saturating_sub(self.runs).min(next.runs);
        let pooled = self.bands.weeks() > 0;
        let fits = shape(&self) == shape(next) && next.is_whole() && next.bands.weeks() == 0;
        // Who pools weeks needs those of each run, and who keeps none has no use for them.
        let weeks = if pooled { self.bands.numbers_a_run() } else { self.weekly_a_run };
        if !fits || next.runs_with_units.min(next.runs) < units || next.weekly_a_run != weeks {
            return None;
        }
        self.outcomes.extend_from_slice(&next.outcomes);
        self.unit_rows.extend_from_slice(next.unit_rows.get(..units as usize * self.of_units_a_run())?);
        let later = |failure: &Failure| Failure { replicate: self.runs + failure.replicate, ..failure.clone() };
        self.failures.extend(next.failures.iter().map(later));
        if pooled {
            self.bands.fold_weekly(&next.weekly);
        } else {
            self.weekly.extend_from_slice(&next.weekly);
        }
        self.runs += next.runs;
        self.is_whole().then_some(self)
    }

    /// Numbers of all units a run.
    fn of_units_a_run(&self) -> usize {
        self.programmes * self.units * UNIT_MEASURES.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Job, Keep, run_many, tests::wobbling};
    use super::*;
    use crate::{metrics::tests::small_scenario, scenario::Scenario};
    use std::ops::ControlFlow;

    /// So many runs from the first on, of which every seventh fails.
    fn made(keep: Keep, first: u64, runs: u64, begun: Ensemble) -> Ensemble {
        let job = Job { keep, first, ..Job::outcomes(small_scenario(), runs) };
        let engine = |scenario: &Scenario| {
            let scenario = scenario.clone();
            move |_: u64, replicate: u64| {
                assert!(replicate % 7 != 3, "every seventh");
                wobbling(&scenario, replicate)
            }
        };
        run_many(&[job], vec![begun], 2, engine, |_, _| ControlFlow::Continue(())).unwrap().remove(0)
    }

    fn of(keep: Keep, first: u64, runs: u64) -> Ensemble {
        made(keep, first, runs, Ensemble::keeping(&small_scenario(), keep))
    }

    #[track_caller]
    fn same_bits(left: &Ensemble, right: &Ensemble) {
        // Debug text has NaN and every digit.
        assert!(format!("{left:?}") == format!("{right:?}"));
    }

    #[test]
    fn pieces_put_together_have_the_bits_of_one_that_was_never_cut() {
        for (whole, piece) in [(Keep::Everything, Keep::EachWeek), (Keep::Outcomes, Keep::Outcomes)] {
            let all = of(whole, 0, 40);
            for cuts in [vec![0, 16, 32, 40], vec![0, 1, 39, 40], vec![0, 40]] {
                // Begun as ever, gone on with in pieces.
                let begun = of(whole, 0, cuts[1]);
                let together = cuts[1..]
                    .windows(2)
                    .fold(begun, |state, cut| state.followed_by(&of(piece, cut[0], cut[1] - cut[0])).unwrap());
                same_bits(&together, &all);
                let from_nothing = cuts.windows(2).fold(Ensemble::keeping(&small_scenario(), whole), |state, cut| {
                    state.followed_by(&of(piece, cut[0], cut[1] - cut[0])).unwrap()
                });
                same_bits(&from_nothing, &all);
            }
        }
    }

    #[test]
    fn a_piece_can_be_cut_and_grown() {
        let all = of(Keep::EachWeek, 0, 40);
        assert_eq!(all.weekly.len(), 40 * all.weekly_a_run);
        let (head, tail) = (all.between(0, 18).unwrap(), all.between(18, 40).unwrap());
        let whole = of(Keep::Everything, 0, 0).followed_by(&head).unwrap().followed_by(&tail).unwrap();
        same_bits(&whole, &of(Keep::Everything, 0, 40));
        let begun = of(Keep::EachWeek, 0, 18);
        same_bits(&made(Keep::EachWeek, 0, 40, begun.clone()), &all);
        same_bits(&begun.grown_by(all.since(18)).unwrap(), &all);
        assert_eq!(all.between(30, 41), None);
        assert_eq!(of(Keep::Everything, 0, 9).between(0, 3), None);
    }

    #[test]
    fn what_does_not_fit_is_not_put_together() {
        let (everything, outcomes) = (of(Keep::Everything, 0, 3), of(Keep::Outcomes, 3, 3));
        assert_eq!(everything.clone().followed_by(&outcomes), None);
        assert_eq!(outcomes.clone().followed_by(&of(Keep::EachWeek, 6, 3)), None);
        assert_eq!(everything.clone().followed_by(&of(Keep::Everything, 3, 3)), None);
        // Units of the runs that are to have them.
        let without = Ensemble { runs_with_units: 0, unit_rows: vec![], ..of(Keep::EachWeek, 3, 3) };
        assert_eq!(everything.followed_by(&without), None);
    }
}
