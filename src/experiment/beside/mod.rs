//! Beside one's own numbers: what a scenario makes plausible of them.
//!
//! Draw `d` takes a row of the posterior ([`Draws`]) and luck of its own, and lives the scenario with and without its programme. At
//! each time of the data, practice *as reported* is averaged over the weeks of that time. Where the data say out of how many a
//! point is counted, as many are counted of each draw, so that the band holds what chance in counting does:
//!
//! ```text
//! band at a time    = the middle 80 % of the mixture over draws of binomial(n, reported of the draw), or of the draws themselves
//! before and after  = mean reported over the times from the start on, minus over those before it, in each draw
//! net               = mean practice with minus without the programme over the times from the start on, in each draw
//! ```
//!
//! The model gives shares of reliability; what data count must be the same: how often something was done, of how often it
//! should have been.
mod words;

pub use super::assumptions::SHARE_PLAUSIBLE as MIDDLE;
use super::{Stopped, uncertain::draws::Draws};
use crate::{
    ensemble::{Engine, caught, each},
    model::{Pair, Series},
    scenario::Scenario,
    stats,
};

/// Draws where nobody says how many.
pub const USUAL_DRAWS: u64 = 256;

/// Counts up to which a mixture of binomials is added up exactly; beyond, the normal curve is as good.
const EXACT: f64 = 400.0;

/// One time of the data on the clock of the scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    /// Week in which it begins.
    pub from: f64,
    /// Week in which it ends.
    pub to: f64,
    /// What was found then, a share; NaN in a gap.
    pub found: f64,
    /// Of how many; NaN where the data do not say.
    pub of: f64,
    /// Whether it counts: ghosts do not.
    pub counts: bool,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The programme, by place.
    pub programme: usize,
    /// Draws.
    pub draws: u64,
    /// The times of the data, in order.
    pub times: &'a [Time],
}

/// The middle of what is plausible, and its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plausible {
    /// Lower end of the middle 80 %.
    pub low: f64,
    /// Median.
    pub middle: f64,
    /// Upper end.
    pub high: f64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// Draws that could be simulated.
    pub draws: u64,
    /// Draws that failed.
    pub failed: u64,
    /// At each time what is plausible; NaN where the scenario has no such week.
    pub band: Vec<Plausible>,
    /// The programme, by place.
    pub programme: usize,
    /// The first week of the programme.
    pub start: f64,
    /// Weeks simulated.
    pub weeks: f64,
    /// What a before-and-after reading of these times would give under the scenario.
    pub before_and_after: Plausible,
    /// What of that the programme itself does.
    pub net: Plausible,
    /// The same reading of the data.
    pub found: f64,
    times: Vec<Time>,
}

/// What one draw gives at each time.
struct Drawn {
    reported: Vec<f64>,
    net: Vec<f64>,
}

/// Simulates what is asked with `engine`.
///
/// # Errors
///
/// When the scenario has none of the weeks of the data, or no draw can be simulated.
pub fn beside(engine: &impl Engine, asked: &Asked) -> Result<Beside, Stopped> {
    let Asked { scenario, programme, draws, times } = *asked;
    let weeks = scenario.weeks();
    let begin = scenario.programmes.get(programme).map_or(0.0, |programme| f64::from(programme.clock.start));
    let spans: Vec<(usize, usize)> = times.iter().map(|time| span(*time, weeks)).collect();
    if spans.iter().all(|(from, to)| from == to) {
        let (first, last) = (times.first().map_or(0.0, |time| time.from), times.last().map_or(0.0, |time| time.to));
        return Err(Stopped::Question(format!(
            "the data lie in weeks {first:.0} to {last:.0} of the scenario, which has weeks 0 to {weeks}: --start is the day on which its \
             programme begins, week {begin:.0}"
        )));
    }
    let deck = Draws::new(scenario.run.seed);
    let worlds: Vec<(Scenario, u64)> = (0..draws).map(|draw| (deck.of(scenario, draw, &[]), deck.luck(draw))).collect();
    let one = |place: usize| {
        let (world, seed) = &worlds[place];
        let simulate = || {
            let alone = [world];
            engine.ready(&alone)(*seed, 0).swap_remove(0)
        };
        caught(simulate).ok().map(|pair| of_pair(&pair, programme, &spans))
    };
    let made: Vec<Drawn> = each(worlds.len(), one).into_iter().flatten().collect();
    if made.is_empty() {
        return Err(Stopped::Failed("no draw of the scenario could be simulated".into()));
    }
    let band = times
        .iter()
        .enumerate()
        .map(|(place, time)| {
            // Of a gap nobody knows out of how many it would have been counted.
            if !time.found.is_finite() {
                return plausible(&[]);
            }
            let shares: Vec<f64> =
                made.iter().map(|drawn| drawn.reported[place]).filter(|share| share.is_finite()).collect();
            plausible_of(&shares, time.of)
        })
        .collect();
    // As many as were counted, so that the data read as their own words have it.
    let read = |values: &[f64], after: bool| {
        let there = times.iter().zip(values).filter(|(time, value)| {
            time.counts && time.found.is_finite() && value.is_finite() && (time.from >= begin - 1e-9) == after
        });
        let (sum, size) = there.fold((0.0, 0.0), |(sum, size), (time, value)| {
            let weight = if time.of.is_finite() { time.of } else { 1.0 };
            (sum + weight * value, size + weight)
        });
        sum / size
    };
    let changes: Vec<f64> =
        made.iter().map(|drawn| read(&drawn.reported, true) - read(&drawn.reported, false)).collect();
    let nets: Vec<f64> = made.iter().map(|drawn| read(&drawn.net, true)).collect();
    // The data, at the times that the scenario has too.
    let own: Vec<f64> =
        times.iter().zip(&spans).map(|(time, (from, to))| if from < to { time.found } else { f64::NAN }).collect();
    Ok(Beside {
        draws: made.len() as u64,
        failed: draws - made.len() as u64,
        band,
        programme,
        start: begin,
        weeks: weeks as f64,
        before_and_after: plausible(&changes),
        net: plausible(&nets),
        found: read(&own, true) - read(&own, false),
        times: times.to_vec(),
    })
}

/// The weeks of a time: those whose middle lies in it, or the one in which it begins; none beyond the scenario.
fn span(time: Time, weeks: usize) -> (usize, usize) {
    let (from, to) = ((time.from - 0.5).ceil(), (time.to - 0.5).ceil());
    let (from, to) = if from < to { (from, to) } else { (time.from.floor(), time.from.floor() + 1.0) };
    if from < 0.0 || to > weeks as f64 || !from.is_finite() || !to.is_finite() {
        return (0, 0);
    }
    (from as usize, to as usize)
}

fn of_pair(pair: &Pair, programme: usize, spans: &[(usize, usize)]) -> Drawn {
    let mean = |on: bool, series: Series, (from, to): (usize, usize)| {
        let history = if on { pair.with.get(programme) } else { pair.without.get(programme) };
        let values = history.and_then(|history| history.of(series).get(from..to)).unwrap_or_default();
        stats::mean(values.iter().map(|value| f64::from(*value))).value
    };
    let net = |span| mean(true, Series::Practice, span) - mean(false, Series::Practice, span);
    Drawn {
        reported: spans.iter().map(|span| mean(true, Series::Reported, *span)).collect(),
        net: spans.iter().map(|span| net(*span)).collect(),
    }
}

/// The middle of what draws give.
fn plausible(values: &[f64]) -> Plausible {
    let there: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let at = |share: f64| if there.is_empty() { f64::NAN } else { stats::quantile(&there, share) };
    Plausible { low: at(0.5 - MIDDLE / 2.0), middle: at(0.5), high: at(0.5 + MIDDLE / 2.0) }
}

/// The middle of what counting `of` many gives where each is done with one of `shares`.
pub(super) fn plausible_of(shares: &[f64], of: f64) -> Plausible {
    if shares.is_empty() || !of.is_finite() || of < 1.0 {
        return plausible(shares);
    }
    let at = |share: f64| if of <= EXACT { counted(shares, of, share) } else { curved(shares, of, share) };
    Plausible { low: at(0.5 - MIDDLE / 2.0), middle: at(0.5), high: at(0.5 + MIDDLE / 2.0) }
}

/// Quantile of a mixture of binomials, added up count by count.
fn counted(shares: &[f64], of: f64, quantile: f64) -> f64 {
    let all = of.round() as usize;
    let mut ways = 0.0;
    let mut chance = 0.0;
    for done in 0..=all {
        let of_one = |share: &f64| {
            let share = share.clamp(1e-9, 1.0 - 1e-9);
            libm::exp(ways + done as f64 * libm::log(share) + (all - done) as f64 * libm::log(1.0 - share))
        };
        chance += shares.iter().map(of_one).sum::<f64>() / shares.len() as f64;
        if chance >= quantile - 1e-9 {
            return done as f64 / all as f64;
        }
        ways += libm::log((all - done) as f64 / (done + 1) as f64);
    }
    1.0
}

/// The same by normal curves, found by halving.
fn curved(shares: &[f64], of: f64, quantile: f64) -> f64 {
    let below = |value: f64| {
        let of_one = |share: &f64| {
            let sigma = libm::sqrt((share * (1.0 - share) / of).max(1e-12));
            0.5 * libm::erfc((share - value) / sigma / core::f64::consts::SQRT_2)
        };
        shares.iter().map(of_one).sum::<f64>() / shares.len() as f64
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if below(middle) < quantile { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests;
