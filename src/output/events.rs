//! What the programme means for patients of a ward, in a sentence.
use crate::{ensemble::ProgrammeSummary, phrase::Change, scenario::Scenario, stats::Estimate};

/// Half of a tenth of an event: what is smaller is shown as 0.0.
const SMALLEST: f64 = 0.05;

/// Adverse events spared by the programme or added by it, with what they are of; none where nobody is reached.
pub fn sentence(scenario: &Scenario, programme: &ProgrammeSummary) -> Option<String> {
    let a_year = programme.estimate("adverse_events_avoided_a_year_active");
    if !a_year.low.is_finite() {
        return None;
    }
    let ward = format!("a ward of {} beds", scenario.incidents.beds);
    let size = |a_year: Estimate| {
        let (least, most) = (a_year.low.abs().min(a_year.high.abs()), a_year.low.abs().max(a_year.high.abs()));
        format!("{:.1} adverse events a year of support ({least:.1} to {most:.1})", a_year.value.abs())
    };
    Some(match Change::beyond(a_year, SMALLEST) {
        Change::Gain => format!("It spares {ward} {}.", size(a_year)),
        Change::Loss => format!("It costs {ward} {} more.", size(a_year)),
        _ => format!("Adverse events on {ward} do not clearly change."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::{Plan, run_ensemble, summarise, tests::wobbling},
        metrics::tests::small_scenario,
    };
    use std::ops::ControlFlow;

    fn programme() -> ProgrammeSummary {
        let scenario = small_scenario();
        let simulate = |replicate| wobbling(&scenario, replicate);
        let ensemble = run_ensemble(&scenario, &Plan::of(20), None, simulate, |_| ControlFlow::Continue(())).unwrap();
        summarise(&scenario, 1, &ensemble).programmes.remove(0)
    }

    #[test]
    fn a_sign_that_is_not_clear_is_no_change() {
        let mut programme = programme();
        let mut said = |low: f64, high: f64| {
            let estimate = Estimate { value: (low + high) / 2.0, low, high, sd: 1.0, count: 20 };
            for (name, found) in &mut programme.estimates {
                if name == "adverse_events_avoided_a_year_active" {
                    *found = estimate;
                }
            }
            sentence(&small_scenario(), &programme).unwrap()
        };
        assert!(
            said(1.0, 3.0).starts_with("It spares a ward of 24 beds 2.0 adverse events a year of support (1.0 to 3.0)")
        );
        assert!(
            said(-3.0, -1.0)
                .starts_with("It costs a ward of 24 beds 2.0 adverse events a year of support (1.0 to 3.0)")
        );
        // Nor is one that is shown as 0.0.
        for (low, high) in [(-1.0, 3.0), (0.01, 0.03), (-0.03, -0.01), (0.02, 3.0)] {
            assert!(said(low, high).contains("do not clearly change"), "{low} to {high}");
        }
    }
}
