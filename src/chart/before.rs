//! Before and after the start of a programme: what a study without controls would say of a chart.
use super::{
    amounts::{apart, number},
    day::Day,
    drawn::Charted,
    read::{Data, Measured},
};
use crate::phrase::counted;

/// What a study without controls would say: the mean before the programme begins, and from then on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeforeAfter {
    /// When it begins.
    pub start: Day,
    /// Points before.
    pub points_before: usize,
    /// Points from then on.
    pub points_after: usize,
    /// Mean before, all counted together, in the units of the chart.
    pub before: f64,
    /// Mean from then on.
    pub after: f64,
}

impl BeforeAfter {
    pub(super) fn sentence(&self, data: &Data, charted: &Charted) -> String {
        let difference = self.after - self.before;
        let more = if difference > 0.0 { "more" } else { "less" };
        let amount = apart(data, difference);
        let same = !amount.bytes().any(|letter| (b'1'..=b'9').contains(&letter));
        let amount = if same { "as much".into() } else { format!("{amount} {more}") };
        format!(
            "{} before the programme begins in {} ({}), {} from then on ({}): {amount}. A study without controls would claim that; how \
             much would have come without the programme these data cannot tell.",
            number(data, self.before),
            data.said.named(charted.start.unwrap_or(self.start)),
            counted(self.points_before as u64, "point"),
            number(data, self.after),
            counted(self.points_after as u64, "point")
        )
    }
}

/// Means before and after the start of the programme, where both are there.
pub fn before_and_after(data: &Data, charted: &Charted) -> Option<BeforeAfter> {
    let start = charted.start?;
    let mean = |after: bool| {
        let points: Vec<_> = charted
            .points
            .iter()
            .filter(|point| !point.read.is_gap() && point.ghost.is_empty() && (point.read.at >= start) == after)
            .collect();
        let pooled = matches!(data.measured, Measured::Proportion | Measured::Rate);
        let (sum, size) = points.iter().fold((0.0, 0.0), |(sum, size), point| {
            if pooled { (sum + point.read.count, size + point.read.size) } else { (sum + point.read.value, size + 1.0) }
        });
        (points.len(), sum / size * charted.factor)
    };
    let ((points_before, before), (points_after, after)) = (mean(false), mean(true));
    (points_before > 0 && points_after > 0).then_some(BeforeAfter { start, points_before, points_after, before, after })
}
