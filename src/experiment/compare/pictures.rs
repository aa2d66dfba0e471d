//! A comparison in pictures.
use super::{Candidate, Comparison};
use crate::{
    experiment::headline::HEADLINES,
    phrase::{magnitude, signed},
    picture::{BarRow, Bars, Chart, Dot, Dots, Mark, Measure, Picture, Point, Role, Scatter, Unit, exactly},
    programme::price::CURRENCY,
};

/// Pictures of `comparison`, the most important first.
pub(super) fn pictures(comparison: &Comparison) -> Vec<Picture> {
    let designs: Vec<(usize, &Candidate)> = comparison.candidates.iter().enumerate().skip(1).collect();
    let mut found = vec![gains(comparison, &designs)];
    found.extend(differences(comparison));
    found.push(cost(comparison, &designs));
    found.push(best(comparison));
    found
}

fn choice(place: usize) -> Role {
    Role::Choice(place.saturating_sub(1).min(255) as u8)
}

fn gain() -> Measure {
    Measure::new("Gain 24 months after", Unit::Points)
}

fn gains(comparison: &Comparison, designs: &[(usize, &Candidate)]) -> Picture {
    let mut order: Vec<usize> = designs.iter().map(|(place, _)| *place).collect();
    order.sort_by(|left, right| comparison.gain(*right).value.total_cmp(&comparison.gain(*left).value));
    let name = |place: usize| comparison.candidates.get(place).map_or("", |candidate| candidate.name.as_str());
    let title = match order.as_slice() {
        [first, second, ..] => {
            let lead = comparison.gain_difference(*first, *second);
            if lead.low > 0.0 {
                format!("{} keeps most: {} more than {}, the next.", name(*first), magnitude(lead), name(*second))
            } else {
                format!("{} and {} cannot be told apart by what they keep.", name(*first), name(*second))
            }
        }
        [only] => format!("{} keeps {} points.", name(*only), signed(comparison.gain(*only).value)),
        [] => "Nothing is done, and nothing is kept.".into(),
    };
    let rows = order.iter().map(|place| Dot {
        label: name(*place).into(),
        estimate: comparison.gain(*place),
        role: choice(*place),
        note: String::new(),
    });
    let dots = Dots::new(gain(), Some(Mark { at: 0.0, label: "nothing done".into() }), rows.collect());
    let caption = "Gain over the same staff under the same luck with nothing done, and its 95 % interval. Intervals of two designs may \
                   overlap though their paired difference is clear.";
    Picture::new("gains", title, caption, Chart::Dots(dots))
}

fn differences(comparison: &Comparison) -> Option<Picture> {
    let name = |place: usize| comparison.candidates.get(place).map_or("", |candidate| candidate.name.as_str());
    let rows: Vec<Dot> = comparison
        .headline_differences()
        .map(|row| Dot {
            label: format!("{} minus {}", name(row.of), name(row.from)),
            estimate: row.estimate,
            role: match () {
                () if row.estimate.low > 0.0 => Role::Gain,
                () if row.estimate.high < 0.0 => Role::Loss,
                () => Role::Neutral,
            },
            note: String::new(),
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let clear = rows.iter().filter(|row| row.role != Role::Neutral).count();
    let title = format!(
        "Of {} {clear} {} clear, run by run under the same luck.",
        crate::phrase::counted(rows.len() as u64, "difference"),
        if clear == 1 { "is" } else { "are" }
    );
    let measure = Measure::new("Difference of gains kept", Unit::Points);
    let dots = Dots::new(measure, Some(Mark { at: 0.0, label: "no difference".into() }), rows);
    let caption =
        "Paired differences of the gain 24 months after with their 95 % intervals; grey: cannot be told from nothing.";
    Some(Picture::new("differences", title, caption, Chart::Dots(dots)))
}

fn cost(comparison: &Comparison, designs: &[(usize, &Candidate)]) -> Picture {
    let cheapest = designs.iter().filter(|(_, design)| design.per_point.value.is_finite());
    let cheapest = cheapest.min_by(|left, right| left.1.per_point.value.total_cmp(&right.1.per_point.value));
    let title = match cheapest {
        Some((_, design)) => {
            let least = design.per_point.high;
            let clear = designs.iter().all(|(_, other)| {
                // Where no gain is clear there is no price, and nothing to compare with.
                other.name == design.name || other.per_point.low.is_nan() || other.per_point.low > least
            });
            let price = crate::phrase::grouped(design.per_point.value);
            format!(
                "A point still there costs least with {}{}: {CURRENCY} {price} for each organisation.",
                design.name,
                if clear { "" } else { ", though not clearly" },
            )
        }
        None => "No design keeps a clear gain to divide its money by.".into(),
    };
    let point = |(place, design): &(usize, &Candidate)| Point {
        label: design.name.clone(),
        across: exactly(design.money),
        up: comparison.gain(*place),
        role: choice(*place),
    };
    let scatter = Scatter {
        across: Measure::new("Money for one organisation", Unit::Money(CURRENCY)),
        up: gain(),
        points: designs.iter().map(point).collect(),
    };
    let caption = "Gain kept with its 95 % interval over all money, 24 months after support included. Up and to the left is better. Prices \
                   are assumptions: see dewpoint prices.";
    Picture::new("cost", title, caption, Chart::Scatter(scatter))
}

fn best(comparison: &Comparison) -> Picture {
    let most = comparison.candidates.iter().max_by(|left, right| left.best.value.total_cmp(&right.best.value));
    let title = most.map_or_else(String::new, |most| {
        format!("{} is the best in {:.0} % of the runs.", most.name, most.best.value * 100.0)
    });
    let row = |candidate: &Candidate| BarRow { label: candidate.name.clone(), estimates: vec![candidate.best] };
    let bars = Bars {
        measure: Measure::new("Runs in which it keeps most", Unit::Share),
        parts: vec![("best".into(), Role::With)],
        rows: comparison.candidates.iter().map(row).collect(),
    };
    let caption = format!(
        "Share of the runs in which a candidate has the largest {} of all, ties split, with 95 % intervals: how often luck alone would \
         make another design look best.",
        HEADLINES.get(crate::experiment::headline::headline()).map_or("gain", |row| row.label)
    );
    Picture::new("best", title, caption, Chart::Bars(bars))
}
