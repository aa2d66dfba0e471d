//! From what the candidates of all stages together are drawn.
use super::propose::{Candidate, Proposal};

/// What all stages together are drawn from, at each candidate.
#[derive(Debug, Default)]
pub(super) struct Mixture {
    stages: Vec<(usize, Option<Proposal>)>,
    /// Sum over stages of their candidates times their density over the prior's, at each candidate.
    sums: Vec<f64>,
}

impl Mixture {
    /// Adds a stage of `new` candidates, drawn from `proposal` or else the prior, to those that are `there`.
    pub(super) fn grow(&mut self, there: &[Candidate], new: &[Candidate], proposal: Option<Proposal>) {
        self.stages.push((new.len(), proposal));
        let density = |(count, proposal): &(usize, Option<Proposal>), candidate: &Candidate| {
            *count as f64 * proposal.as_ref().map_or(1.0, |proposal| proposal.density(candidate))
        };
        if let Some((count, Some(last))) = self.stages.last() {
            for (number, (sum, candidate)) in self.sums.iter_mut().zip(there).enumerate() {
                *sum += *count as f64 * last.density_without(candidate, number);
            }
        }
        let all = |candidate: &Candidate| self.stages.iter().map(|stage| density(stage, candidate)).sum::<f64>();
        self.sums.extend(new.iter().map(all));
    }

    pub(super) fn prior_count(&self) -> usize {
        self.stages.first().map_or(0, |(count, _)| *count)
    }

    /// Logarithms of proposal over prior.
    pub(super) fn logs(&self) -> Vec<f64> {
        let all: usize = self.stages.iter().map(|(count, _)| count).sum();
        self.sums.iter().map(|sum| libm::log(sum / all as f64)).collect()
    }
}
