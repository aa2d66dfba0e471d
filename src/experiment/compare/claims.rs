//! What a comparison concludes, to be held against other choices of assumed parameters.
use super::{Comparison, pairs};
use crate::experiment::{
    assumptions::{Claim, Concluded, Term, of_programme},
    headline::{HEADLINE, HEADLINES, headline},
};

/// Conclusions about each design: it gains, something is left, something is lost.
const OF_A_DESIGN: usize = 3;

/// The conclusions of a comparison: which of two designs keeps more, clear or not, then what each does where that is clear.
pub(super) fn concluded(comparison: &Comparison) -> Concluded {
    let name = |place: usize| comparison.candidates.get(place + 1).map_or("", |candidate| candidate.name.as_str());
    let column = |design: usize, metric: &str| {
        let place = HEADLINES.iter().position(|row| row.metric == metric);
        let columns = comparison.runs_of.get(design);
        place.and_then(|place| columns?.get(place)).cloned().unwrap_or_default()
    };
    let programme = |design: usize| comparison.designs.get(design).map_or(0, |design| design.programme);
    let mut found: Vec<Claim> = pairs(comparison.runs_of.len())
        .into_iter()
        .map(|(from, of)| {
            let metric = HEADLINES.get(headline()).map_or(HEADLINE, |row| row.metric);
            let term = |scenario: usize, weight| Term {
                scenario,
                programme: programme(scenario),
                metric: metric.into(),
                weight,
            };
            let own = column(of, metric).iter().zip(&column(from, metric)).map(|(of, from)| of - from).collect();
            let words = |more: usize, less: usize| {
                format!("{} keeps more than {} two years after support ends", name(more), name(less))
            };
            Claim {
                above: words(of, from),
                below: words(from, of),
                terms: vec![term(of, 1.0), term(from, -1.0)],
                own,
                concludes: true,
            }
        })
        .collect();
    for design in 0..comparison.runs_of.len() {
        let about = format!("{}: ", name(design));
        found.extend(of_programme(&about, (design, programme(design)), OF_A_DESIGN, |metric| column(design, metric)));
    }
    Concluded { scenarios: comparison.designs.iter().map(|design| design.scenario.clone()).collect(), claims: found }
}
