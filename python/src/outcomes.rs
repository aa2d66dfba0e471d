//! Outcomes alone, of many scenarios under the same luck: what optimisers, samplers and exploratory modelling ask for.
use std::sync::Arc;

use dewpoint::{
    cli::{Failure, host, laboratory::Laboratory},
    ensemble::{Job, Simulation},
    experiment::{Simulator, Stopped, column, design, door},
    metrics::cut_windows,
    output::manifest::BUILD,
};
use pyo3::prelude::*;

use crate::{
    scenario::Scenario,
    tables::buffer,
    worker::{Between, at_work},
};

/// `runs` replicates of each scenario, from `seed`: numbers in a buffer, by scenario, then metric, then run; and what cannot be
/// measured as declared, in sentences. All scenarios share their luck run by run.
#[pyfunction]
#[pyo3(signature = (scenarios, metrics, runs, seed=None, programme=None, threads=0, listener=None))]
#[allow(clippy::too_many_arguments)]
pub fn outcomes<'py>(
    py: Python<'py>,
    scenarios: Vec<PyRef<'py, Scenario>>,
    metrics: Vec<String>,
    runs: u64,
    seed: Option<u64>,
    programme: Option<String>,
    threads: usize,
    listener: Option<Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyAny>, Vec<String>)> {
    let mut jobs = Vec::with_capacity(scenarios.len());
    for scenario in &scenarios {
        let mut scenario = scenario.now.clone();
        scenario.run.seed = seed.unwrap_or(scenario.run.seed);
        jobs.push(Job::outcomes(scenario, runs));
    }
    let between = Arc::new(Between::default());
    let (numbers, said) = at_work(py, between, listener.as_ref(), move |host| {
        host::within(host, || asked(&jobs, &metrics, programme.as_deref(), threads))
    })?;
    let count = numbers.len();
    Ok((buffer(py, count, numbers.into_iter().map(|number| (number + 0.0).to_ne_bytes()))?, said))
}

fn asked(
    jobs: &[Job],
    metrics: &[String],
    programme: Option<&str>,
    threads: usize,
) -> Result<(Vec<f64>, Vec<String>), Failure> {
    let failed = |stopped: Stopped| match stopped {
        Stopped::Question(what) => Failure::Input(what),
        Stopped::Failed(what) => Failure::Failed(what),
        Stopped::OnRequest => Failure::Failed("stopped".into()),
    };
    for job in jobs {
        job.scenario.check().map_err(|problems| Failure::Input(problems.to_string()))?;
    }
    // Everything that can be wrong is found before anything is simulated.
    let places = jobs.iter().map(|job| design::programme(&job.scenario, programme)).collect::<Result<Vec<_>, _>>();
    let places = places.map_err(failed)?;
    for (job, place) in jobs.iter().zip(&places) {
        for metric in metrics {
            column(&job.scenario, &job.empty(), *place, metric).map_err(failed)?;
        }
    }
    let all = jobs.iter().map(|job| job.runs).sum();
    for job in jobs {
        door::can_be_kept(&job.scenario, all).map_err(failed)?;
    }
    let mut laboratory = Laboratory::new(Simulation, threads, BUILD, None, None, 3600.0, false);
    laboratory.expect(all);
    let ensembles = laboratory.ensembles(jobs).map_err(failed)?;
    let mut numbers = Vec::with_capacity(jobs.iter().map(|job| job.runs as usize * metrics.len()).sum());
    for ((job, ensemble), place) in jobs.iter().zip(&ensembles).zip(places) {
        for metric in metrics {
            numbers.extend(column(&job.scenario, ensemble, place, metric).map_err(failed)?);
        }
    }
    let mut said: Vec<String> = jobs.iter().flat_map(|job| cut_windows(&job.scenario)).collect();
    said.dedup();
    Ok((numbers, said))
}
