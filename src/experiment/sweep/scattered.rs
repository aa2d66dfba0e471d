//! Scattered points in pictures: each path against the outcome, whatever the other paths are.
use super::{
    Response, Sweep,
    names::{label, with_interval},
};
use crate::{
    experiment::headline::measure,
    phrase::{counted, turned},
    picture::{Chart, Curve, CurveLine, Mark, Measure, Picture, Role, Unit},
    stats::{Estimate, mean},
};

/// Places at which the running mean is taken.
const PLACES: usize = 13;

/// Share of the points that the running mean is taken over.
const NEAR: f64 = 0.2;

/// Fewest points of a running mean, and of either end.
const FEWEST: usize = 6;

/// Paths drawn, those with the largest differences first.
const MOST: usize = 8;

/// A picture for each path of a sweep of scattered points, those that matter most first.
pub(super) fn pictures(sweep: &Sweep, place: usize, response: &Response) -> Vec<Picture> {
    let mut made: Vec<(f64, Picture)> =
        (0..sweep.varied.len()).filter_map(|path| scattered(sweep, place, response, path)).collect();
    made.sort_by(|left, right| right.0.total_cmp(&left.0));
    made.truncate(MOST);
    made.into_iter().map(|(_, picture)| picture).collect()
}

/// The picture of one path, and how clear its trend is.
fn scattered(sweep: &Sweep, place: usize, response: &Response, path: usize) -> Option<(f64, Picture)> {
    let vary = sweep.varied.get(path)?;
    let of = |(point, estimate): (&Vec<f64>, &Estimate)| Some((*point.get(path)?, estimate.value));
    let mut cloud: Vec<(f64, f64)> = sweep.points.iter().zip(&response.estimates).filter_map(of).collect();
    cloud.retain(|(at, value)| at.is_finite() && value.is_finite());
    cloud.sort_by(|left, right| left.0.total_cmp(&right.0));
    let third = cloud.len() / 3;
    if third < FEWEST {
        return None;
    }
    let values = |points: &[(f64, f64)]| mean(points.iter().map(|point| point.1));
    let (low, high) = (values(cloud.get(..third)?), values(cloud.get(cloud.len() - third..)?));
    let half = (low.half_width().powi(2) + high.half_width().powi(2)).sqrt();
    let value = high.value - low.value;
    let difference = Estimate { value, low: value - half, high: value + half, sd: f64::NAN, count: cloud.len() as u64 };
    let name = sweep.short(vary.path());
    let size = |estimate: Estimate| {
        let up = if estimate.value < 0.0 { turned(estimate) } else { estimate };
        with_interval(&response.metric, up)
    };
    let what = label(&response.metric);
    let title = match () {
        () if difference.excludes(0.0) => {
            let way = if value > 0.0 { "higher" } else { "lower" };
            format!("With more {name}, {what} is {way}: by {} from the lowest third to the highest.", size(difference))
        }
        () => format!("No clear trend of {what} with {name} over the points as a whole."),
    };
    let caption = format!(
        "Each dot is a point: a mean of {}, all other paths somewhere in their ranges. Line: mean of the nearest fifth of the points; band: its 95 % \
         interval. All points share their luck.",
        counted(sweep.plan.runs, "run")
    );
    let marks = sweep.present.get(path).filter(|now| now.is_finite()).map(|now| Mark { at: *now, label: "now".into() });
    let curve = Curve {
        across: Measure::new(name.as_str(), Unit::Plain("")),
        up: measure(&response.metric),
        lines: vec![CurveLine { label: "mean".into(), role: Role::With, points: running(&cloud) }],
        cloud,
        marks: marks.into_iter().collect(),
    };
    let clear = value.abs() / half.max(f64::MIN_POSITIVE);
    let picture = Picture::new(&format!("scatter_{}_{}", place + 1, path + 1), title, caption, Chart::Curve(curve));
    Some((clear, picture))
}

/// The mean of the points nearest to each of a few places, `cloud` being in order.
fn running(cloud: &[(f64, f64)]) -> Vec<(f64, Estimate)> {
    let (Some(first), Some(last)) = (cloud.first(), cloud.last()) else { return Vec::new() };
    let near = ((cloud.len() as f64 * NEAR) as usize).max(FEWEST).min(cloud.len());
    let at = |step: usize| {
        let place = first.0 + (last.0 - first.0) * step as f64 / (PLACES - 1) as f64;
        let mut nearest: Vec<&(f64, f64)> = cloud.iter().collect();
        nearest.sort_by(|left, right| (left.0 - place).abs().total_cmp(&(right.0 - place).abs()));
        (place, mean(nearest.iter().take(near).map(|point| point.1)))
    };
    (0..PLACES).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_mean_follows_a_line_inside_and_stays_short_of_its_ends() {
        let cloud: Vec<(f64, f64)> = (0..101).map(|at| (f64::from(at) / 100.0, f64::from(at) / 50.0)).collect();
        let found = running(&cloud);
        let middle = found[PLACES / 2];
        assert!((middle.0 - 0.5).abs() < 1e-12 && (middle.1.value - 1.0).abs() < 0.02, "{middle:?}");
        assert!((found[0].1.value - 0.19).abs() < 1e-9 && middle.1.low < 1.0 && middle.1.high > 1.0);
    }
}
