//! A calibration in pictures.

use super::Calibrated;
use crate::{
    picture::{Chart, Dot, Dots, Measure, Picture, Role, Shade, Unit},
    stats::Estimate,
};

/// Answers further from the band than this, in widths of the band, stand at the edge.
const AROUND: f64 = 1.0;

/// Parameters shown, at most.
const MOST: usize = 30;

impl Calibrated {
    /// The figures in their bands, then the parameters in their priors.
    pub(super) fn draw(&self) -> Vec<Picture> {
        let mut drawn = vec![self.figures_drawn()];
        drawn.extend(self.parameters_drawn());
        drawn
    }

    fn figures_drawn(&self) -> Picture {
        let dots = self.targets.iter().enumerate().map(|(figure, target)| {
            let fitted = self.fitted(figure);
            let place = |value: f64| (value - target.from) / (target.to - target.from);
            let [low, high] = fitted.interval.map(place);
            let estimate =
                Estimate { value: place(fitted.mean), low, high, sd: f64::NAN, count: self.found.rows.len() as u64 };
            let role = if fitted.met { Role::Gain } else { Role::Loss };
            let note = format!(
                "{} ({} to {})",
                target.number(fitted.mean),
                target.number(target.from),
                target.number(target.to)
            );
            Dot { label: format!("{} {}", target.id, target.name), estimate, role, note }
        });
        let dots: Vec<Dot> = dots.collect();
        let met = dots.iter().filter(|dot| dot.role == Role::Gain).count();
        let title = format!("The mean over the posterior meets {met} of {} figures that were fitted.", dots.len());
        let caption = "Mean and 95 % interval over the rows of the posterior, beside the band of each published figure (shaded): 0 \
                       is its lower end, 1 its upper end, and beside each stand the numbers themselves. An arrow: further off than \
                       the band is wide. The intervals hold the luck of few runs too.";
        let key = [("met", Role::Gain, met), ("missed", Role::Loss, dots.len() - met)];
        let key = key.into_iter().filter(|(_, _, count)| *count > 0);
        let key = key.map(|(name, role, count)| (format!("{name} ({count})"), role)).collect();
        let measure = Measure::new("Place in the band of the published figure", Unit::Plain(""));
        let dots = Dots {
            within: Some((-AROUND, 1.0 + AROUND)),
            key,
            shaded: Some(Shade { from: 0.0, to: 1.0, label: "band".into() }),
            ..Dots::new(measure, None, dots)
        };
        Picture::new("figures_fitted", title, caption, Chart::Dots(dots))
    }

    fn parameters_drawn(&self) -> Option<Picture> {
        let dots = self.informed().into_iter().take(MOST).map(|input| {
            let places = self.places(input);
            let [low, value, high] = [0.025, 0.5, 0.975].map(|share| super::quantile(&places, share));
            let learned = self.learned(input);
            let [from, median, to] = learned.posterior;
            Dot {
                label: self
                    .inputs
                    .get(input)
                    .map_or_else(String::new, |slot| slot.path.trim_start_matches("parameters.").into()),
                estimate: Estimate { value, low, high, sd: f64::NAN, count: self.found.rows.len() as u64 },
                role: Role::Neutral,
                note: format!("{median} ({from} to {to})"),
            }
        });
        let dots: Vec<Dot> = dots.collect();
        if dots.is_empty() {
            return None;
        }
        let title =
            format!("The figures say something of {} of {} parameters.", self.informed().len(), self.inputs.len());
        let caption = "Median and 95 % interval of the posterior of the parameters that are informed, as places in their priors: 0 is \
                       the lowest value that was thought plausible, 1 the highest.";
        let measure = Measure::new("Place in the prior", Unit::Plain(""));
        let dots = Dots {
            within: Some((0.0, 1.0)),
            shaded: Some(Shade { from: 0.025, to: 0.975, label: "95 % of the prior".into() }),
            ..Dots::new(measure, None, dots)
        };
        Some(Picture::new("parameters_learned", title, caption, Chart::Dots(dots)))
    }
}
