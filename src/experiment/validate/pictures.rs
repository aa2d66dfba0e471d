//! The arms of a pattern as bars, with and without its mechanism.

use super::{Pattern, Tested};
use crate::{
    metrics::REGISTRY,
    picture::{BarRow, Bars, Chart, Measure, Picture, Role, Unit},
};

/// A picture for each metric of a pattern.
pub fn pictures(pattern: &Pattern, tested: &Tested) -> Vec<Picture> {
    let mut metrics: Vec<&str> = Vec::new();
    for (_, metric, ..) in &tested.arms {
        if !metrics.contains(&metric.as_str()) {
            metrics.push(metric);
        }
    }
    let mut made = Vec::new();
    for metric in metrics {
        let declared = metric.split(' ').next().and_then(|name| REGISTRY.iter().find(|row| row.name == name));
        // Metrics of a profession are declared once for all of them, and are shares.
        let unit = declared.map_or("share", |row| row.unit);
        let unit = if unit == "share" { Unit::Share } else { Unit::Plain(unit) };
        let mut parts = vec![("as it is".to_owned(), Role::With)];
        if pattern.knockout.is_some() {
            parts.push(("knocked out".to_owned(), Role::Neutral));
        }
        let rows = tested.arms.iter().filter(|row| row.1 == metric).map(|(arm, _, mean, gone)| BarRow {
            label: arm.replace('_', " "),
            estimates: [*mean, *gone].into_iter().take(parts.len()).collect(),
        });
        let rows = rows.collect();
        let what = metric.replace('_', " ");
        let name = format!("{}_{}", pattern.id, metric).to_lowercase().replace([' ', '(', ')'], "_");
        let title = format!("{} {}: {what} in each condition.", pattern.id, pattern.name);
        let knocked_out =
            pattern.knockout.as_ref().map_or_else(String::new, |knockout| format!(" Knocked out: {}.", knockout.what));
        let caption = format!(
            "Means over runs with 95 % intervals. Conditions share their luck, so differences between them are known better \
             than the intervals of the bars suggest.{knocked_out}"
        );
        made.push(Picture::new(
            &name,
            title,
            caption,
            Chart::Bars(Bars { measure: Measure::new(what, unit), parts, rows }),
        ));
    }
    made
}
