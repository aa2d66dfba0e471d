//! What the model gives beside the bands of what was published.

use super::{super::Validation, Held, Standing, Target};
use crate::{
    picture::{Chart, Dot, Dots, Measure, Picture, Role, Shade, Unit},
    stats::Estimate,
};

/// Answers further from the band than this, in widths of the band, stand at the edge.
const AROUND: f64 = 1.0;

impl Validation {
    /// Every figure that was tested in a row, its band from 0 to 1, so that figures in all units share an axis.
    pub(in super::super) fn picture_of_targets(&self) -> Option<Picture> {
        let dots: Vec<Dot> = self.held().filter_map(|(target, held)| dot(target, held)).collect();
        if dots.is_empty() {
            return None;
        }
        let count = |standing| self.standing(standing);
        let missed = count(Standing::Below) + count(Standing::Above);
        let key = [
            ("met", Role::Gain, count(Standing::Inside)),
            ("missed", Role::Loss, missed),
            ("at the edge", Role::Neutral, count(Standing::Edge)),
        ];
        let key = key.into_iter().filter(|(_, _, count)| *count > 0);
        let key = key.map(|(name, role, count)| (format!("{name} ({count})"), role)).collect();
        let title = format!("The model meets {} of {} published figures.", count(Standing::Inside), dots.len());
        let caption = "What the model gives, with its 95 % interval, beside the band in which it should lie (shaded): 0 is \
                       the lower end of each figure's band, 1 its upper end, and beside each stand the numbers themselves. An \
                       arrow: further off than the band is wide. Bands are proposals.";
        let measure = Measure::new("Place in the band of the published figure", Unit::Plain(""));
        let dots = Dots {
            within: Some((-AROUND, 1.0 + AROUND)),
            key,
            shaded: Some(Shade { from: 0.0, to: 1.0, label: "band".into() }),
            ..Dots::new(measure, None, dots)
        };
        Some(Picture::new("published_figures", title, caption, Chart::Dots(dots)))
    }
}

fn dot(target: &Target, held: &Held) -> Option<Dot> {
    let found = held.found.as_ref()?;
    let place = |value: f64| (value - target.from) / (target.to - target.from);
    let Estimate { value, low, high, count, .. } = found.estimate;
    let estimate = Estimate { value: place(value), low: place(low), high: place(high), sd: f64::NAN, count };
    let role = match found.standing {
        Standing::Inside => Role::Gain,
        Standing::Below | Standing::Above => Role::Loss,
        Standing::Edge => Role::Neutral,
    };
    let note = format!("{} ({} to {})", target.number(value), target.number(target.from), target.number(target.to));
    Some(Dot { label: format!("{} {}", target.id, target.name), estimate, role, note })
}
