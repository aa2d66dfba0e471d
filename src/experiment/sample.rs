//! A metric as one number a run whose mean is the metric, so that paired differences work for every metric alike.
use super::{Ensemble, Stopped, column};
use crate::{
    metrics::{self, Pooling, SMALLEST_GAIN},
    scenario::Scenario,
    stats,
};

/// One number for each run of `metric` whose mean, with its interval, is the pooled metric.
///
/// For a mean these are the outcomes. For a ratio of means r = y / x they are r + (y\[i\] - r x\[i\]) / mean x: their mean is r and
/// their spread that of the delta method, so the difference of two such columns is a paired difference of two ratios.
/// All are NaN where the ratio is undefined.
///
/// # Errors
///
/// When there is no such metric.
pub fn sample(scenario: &Scenario, ensemble: &Ensemble, programme: usize, metric: &str) -> Result<Vec<f64>, Stopped> {
    let declared = metrics::outcomes(scenario).into_iter().find(|outcome| outcome.name == metric);
    let outcomes = |name: &str| column(scenario, ensemble, programme, name);
    match declared.map(|outcome| outcome.metric.pooling) {
        Some(Pooling::RatioOf(over, under)) => Ok(linearised(&outcomes(over)?, &outcomes(under)?)),
        _ => outcomes(metric),
    }
}

/// The same of the few runs of one draw of the parameters, which say too little for an interval of their own: of a ratio of
/// means the ratio itself, the same for each run, NaN where what it is taken of is no more than [`SMALLEST_GAIN`].
///
/// # Errors
///
/// When there is no such metric.
pub fn of_draw(scenario: &Scenario, ensemble: &Ensemble, programme: usize, metric: &str) -> Result<Vec<f64>, Stopped> {
    let declared = metrics::outcomes(scenario).into_iter().find(|outcome| outcome.name == metric);
    let outcomes = |name: &str| column(scenario, ensemble, programme, name);
    let Some(Pooling::RatioOf(over, under)) = declared.map(|outcome| outcome.metric.pooling) else {
        return outcomes(metric);
    };
    let (over, under) = (outcomes(over)?, outcomes(under)?);
    let both = || over.iter().zip(&under).filter(|(over, under)| over.is_finite() && under.is_finite());
    let [over_mean, under_mean] = [both().map(|pair| *pair.0).collect(), both().map(|pair| *pair.1).collect()]
        .map(|column: Vec<f64>| stats::mean(column).value);
    let ratio = if under_mean > SMALLEST_GAIN { over_mean / under_mean } else { f64::NAN };
    Ok(vec![ratio; over.len()])
}

fn linearised(over: &[f64], under: &[f64]) -> Vec<f64> {
    let ratio = stats::ratio_of_means(over, under).value;
    let both = over.iter().zip(under).filter(|(over, under)| over.is_finite() && under.is_finite());
    let mean = stats::mean(both.map(|(_, under)| *under)).value;
    over.iter().zip(under).map(|(over, under)| ratio + (over - ratio * under) / mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        experiment::{Job, Simulator, fake::fake},
        metrics::tests::small_scenario,
    };

    #[test]
    fn a_ratio_becomes_numbers_with_its_mean_and_interval() {
        let (over, under) = ([1.0, 2.0, 3.0, f64::NAN], [3.0, 4.0, 5.0, 1.0]);
        let (ratio, mean) = (stats::ratio_of_means(&over, &under), stats::mean(linearised(&over, &under)));
        assert!((ratio.value - mean.value).abs() < 1e-12 && (ratio.half_width() - mean.half_width()).abs() < 1e-12);
        assert!(linearised(&[1.0, 1.0], &[-1.0, 1.0]).iter().all(|value| value.is_nan()));
    }

    #[test]
    fn two_runs_of_a_draw_have_their_ratio_unless_there_is_too_little_to_take_it_of() {
        let job = Job::outcomes(small_scenario(), 2);
        let kept = |gains: [f64; 2]| {
            let mut simulator = fake(move |_, replicate, _, metric| match metric {
                "net_gain_at_end" => gains[replicate as usize],
                "net_gain_24_months_after" => 0.03,
                _ => 9.0,
            });
            let ensemble = simulator.ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
            of_draw(&job.scenario, &ensemble, 0, "retained_share_24").unwrap()
        };
        // Too few for an interval that leaves nothing out, not for a ratio.
        assert!(kept([0.02, 0.1]).iter().all(|share| (share - 0.5).abs() < 1e-12));
        assert!(kept([0.02, -0.02]).iter().all(|share| share.is_nan()));
    }

    #[test]
    fn metrics_are_pooled_as_declared() {
        let job = Job::outcomes(small_scenario(), 8);
        let mut simulator = fake(|_, replicate, _, metric| match metric {
            "net_gain_at_end" => 0.2 + 0.01 * replicate as f64,
            "net_gain_24_months_after" => 0.5 * (0.2 + 0.01 * replicate as f64),
            _ => 9.0,
        });
        let ensemble = simulator.ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
        let of = |metric| sample(&job.scenario, &ensemble, 0, metric);
        let kept = stats::mean(of("retained_share_24").unwrap());
        assert!((kept.value - 0.5).abs() < 1e-12 && kept.half_width() < 1e-12);
        assert_eq!(of("naive_gain").unwrap(), [9.0; 8]);
        assert!(matches!(of("naive"), Err(Stopped::Question(what)) if what.contains("naive")));
    }
}
