//! What is asked at the door of every experiment: whether there can be an answer at all.
//!
//! A question that has none is refused with the reason and what would be right, before anything is simulated where that
//! can be known. So no command ends well with an empty table.
use super::{Stopped, unknown::no_metric};
use crate::{
    metrics::{self, Window},
    phrase::{counted, thousands},
    scenario::Scenario,
};

/// Refuses fewer runs than `least`: without two runs there is no interval, and so nothing that an experiment could say.
///
/// # Errors
///
/// When there are fewer.
pub fn enough_runs(runs: u64, least: u64) -> Result<(), Stopped> {
    if runs >= least {
        return Ok(());
    }
    let some = counted(runs, "run");
    Err(Stopped::Question(format!(
        "{some} cannot tell a difference from luck: there is no interval; ask for {least} or more with --runs"
    )))
}

/// Bytes of outcomes that an experiment may keep: what many machines have to spare.
const MOST_BYTES: f64 = 4e9;

/// Refuses more runs of scenarios like `scenario` than can be kept in memory.
///
/// # Errors
///
/// When their outcomes alone would take more than 4 GB.
pub fn can_be_kept(scenario: &Scenario, runs: u64) -> Result<(), Stopped> {
    let numbers = scenario.programmes.len() * metrics::outcomes(scenario).len();
    let bytes = runs as f64 * (numbers * size_of::<f64>()) as f64;
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let most = (MOST_BYTES / (numbers * size_of::<f64>()) as f64) as u64;
    Err(Stopped::Question(format!(
        "{} runs in all would keep {:.0} GB of outcomes; {} are the most that are kept ({:.0} GB): ask for fewer runs, points \
         or designs",
        thousands(runs),
        bytes / 1e9,
        thousands(most),
        MOST_BYTES / 1e9
    )))
}

/// Refuses a programme that reaches nobody: there is nobody whose gain could be looked at.
///
/// # Errors
///
/// When it reaches nobody.
pub fn reaches_somebody(scenario: &Scenario, programme: usize) -> Result<(), Stopped> {
    metrics::reaches_nobody(scenario, programme).map_or(Ok(()), |why| Err(Stopped::Question(why)))
}

/// Refuses a window that is not simulated.
///
/// # Errors
///
/// When less than half of it is simulated.
pub fn is_simulated(scenario: &Scenario, programme: usize, window: Window) -> Result<(), Stopped> {
    window.missing(scenario, programme).map_or(Ok(()), |why| Err(Stopped::Question(why)))
}

/// Refuses a metric that does not exist, or whose weeks are not simulated.
///
/// # Errors
///
/// In these cases.
pub fn is_asked_well(scenario: &Scenario, programme: usize, metric: &str) -> Result<(), Stopped> {
    let outcomes = metrics::outcomes(scenario);
    let Some(outcome) = outcomes.iter().find(|outcome| outcome.name == metric) else {
        return Err(Stopped::Question(no_metric(metric)));
    };
    outcome.metric.window().map_or(Ok(()), |window| is_simulated(scenario, programme, window))
}

/// Refuses to answer with a metric of which no run has a value.
///
/// # Errors
///
/// When all `values` are NaN, with the reason where one is known.
pub fn is_defined<'a>(
    scenario: &Scenario,
    programme: usize,
    metric: &str,
    values: impl IntoIterator<Item = &'a f64>,
) -> Result<(), Stopped> {
    if values.into_iter().any(|value| value.is_finite()) {
        return Ok(());
    }
    reaches_somebody(scenario, programme)?;
    is_asked_well(scenario, programme, metric)?;
    Err(Stopped::Question(format!(
        "{metric} is undefined in every run: dewpoint metrics says when it is not; choose another with --metric"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::tests::small_scenario;

    fn said(answer: Result<(), Stopped>) -> String {
        match answer {
            Err(Stopped::Question(what)) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_has_no_answer_is_refused_with_what_would_be_right() {
        assert!(can_be_kept(&small_scenario(), 1_000_000).is_ok());
        let much = said(can_be_kept(&small_scenario(), 100_000_000));
        assert!(much.starts_with("100,000,000 runs in all would keep"), "{much}");
        assert!(said(enough_runs(1, 2)).starts_with("1 run cannot") && enough_runs(2, 2).is_ok());
        let mut scenario = small_scenario();
        assert!(is_asked_well(&scenario, 0, "net_gain_24_months_after").is_ok());
        assert!(said(is_asked_well(&scenario, 0, "net_gain")).contains("no metric"));
        let undefined = [f64::NAN; 3];
        assert!(said(is_defined(&scenario, 0, "net_gain_at_end", &undefined)).contains("undefined in every run"));
        assert!(is_defined(&scenario, 0, "net_gain_at_end", &[f64::NAN, 0.1]).is_ok());
        scenario.run.follow_up = 60;
        for metric in ["net_gain_24_months_after", "retained_share_24", "reported_minus_true_24_months_after"] {
            assert!(said(is_asked_well(&scenario, 0, metric)).contains("run.follow_up=108"), "{metric}");
        }
        scenario.programmes[0].levers.reach.share = 0.01;
        assert!(said(is_defined(&scenario, 0, "net_gain_at_end", &undefined)).contains("reaches nobody"));
    }
}
