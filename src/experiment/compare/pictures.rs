//! A comparison in pictures.
use super::{Comparison, Difference};
use crate::{
    experiment::headline::{HEADLINES, headline, unit},
    picture::{Chart, Dot, Dots, Mark, Measure, Picture, Point, Role, Scatter, Unit, exactly},
    programme::price::CURRENCY,
};

/// Differences, gains against costs: the pictures of a comparison.
pub fn pictures(comparison: &Comparison) -> Vec<Picture> {
    let mut pictures = vec![gains(comparison)];
    pictures.extend(differences(comparison));
    pictures.push(costs(comparison));
    pictures
}

fn role(candidate: usize) -> Role {
    if candidate == 0 { Role::Without } else { Role::Choice((candidate - 1).min(250) as u8) }
}

fn gains(comparison: &Comparison) -> Picture {
    let rows = comparison.candidates.iter().enumerate().map(|(place, candidate)| Dot {
        label: candidate.name.clone(),
        estimate: comparison.gain(place),
        role: role(place),
    });
    let dots = Dots {
        measure: Measure::new("Gain 24 months after support ends", Unit::Points),
        reference: Some(Mark { at: 0.0, label: "nothing done".into() }),
        rows: rows.collect(),
    };
    let caption = format!(
        "Dots with 95 % intervals, {} runs of each. Runs share their luck, so designs can differ clearly although their \
         intervals overlap: see the differences.",
        comparison.runs
    );
    Picture::new("gains", "What is left of each design.", caption, Chart::Dots(dots))
}

/// Every share among the headline metrics, each pair in a row of its own; none where there is one design.
fn differences(comparison: &Comparison) -> Option<Picture> {
    let name = |place: usize| comparison.candidates.get(place).map_or("", |candidate| &candidate.name);
    let row = |difference: &Difference| {
        let headline = HEADLINES.get(difference.headline).filter(|row| unit(row.metric) == "share")?;
        let role = match () {
            () if difference.estimate.excludes(0.0) => Role::With,
            () => Role::Neutral,
        };
        let label = format!("{}: {} minus {}", headline.label, name(difference.of), name(difference.from));
        Some(Dot { label, estimate: difference.estimate, role })
    };
    let pairs = comparison.headline_differences().count();
    // Of many pairs the metric that decides; of one everything.
    let shown = |difference: &&Difference| pairs == 1 || difference.headline == headline();
    let rows: Vec<Dot> = comparison.differences.iter().filter(shown).filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let dots = Dots {
            measure: Measure::new("Difference under the same luck", Unit::Points),
            reference: Some(Mark { at: 0.0, label: "no difference".into() }),
            rows,
        };
        let caption = "Dots with 95 % intervals of paired differences; a dot in grey may be nothing.";
        Picture::new("differences", "How the designs differ.", caption, Chart::Dots(dots))
    })
}

fn costs(comparison: &Comparison) -> Picture {
    let points = comparison.candidates.iter().enumerate().map(|(place, candidate)| Point {
        label: candidate.name.clone(),
        across: exactly(candidate.money),
        up: comparison.gain(place),
        role: role(place),
    });
    let scatter = Scatter {
        across: Measure::new("Cost for one organisation", Unit::Money(CURRENCY)),
        up: Measure::new("Gain 24 months after support ends", Unit::Points),
        points: points.collect(),
    };
    let caption = "Points with 95 % intervals; costs include 24 months after support.";
    Picture::new("costs", "What is left against what it costs.", caption, Chart::Scatter(scatter))
}
