//! What to say of a metric that does not exist.

use super::Stopped;
use crate::{metrics, scenario::Scenario, scenario::nearest::nearest};

/// That no metric is called `name`, and which one was probably meant.
pub fn no_metric(name: &str) -> String {
    let columns = metrics::outcomes(&Scenario::default());
    let meant = nearest(name, columns.iter().map(|column| column.name.as_str()));
    let meant = meant.map_or_else(String::new, |meant| format!("did you mean {meant}? "));
    format!("no metric is called {name}; {meant}see dewpoint metrics")
}

/// Nothing, where `scenario` has a metric called `name`: to be asked before anything is simulated.
///
/// # Errors
///
/// When it has none.
pub fn known(scenario: &Scenario, name: &str) -> Result<(), Stopped> {
    let there = metrics::outcomes(scenario).iter().any(|column| column.name == name);
    if there { Ok(()) } else { Err(Stopped::Question(no_metric(name))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        assert_eq!(
            no_metric("net_gane_at_end"),
            "no metric is called net_gane_at_end; did you mean net_gain_at_end? see dewpoint metrics"
        );
        assert_eq!(no_metric("xyz"), "no metric is called xyz; see dewpoint metrics");
    }
}
