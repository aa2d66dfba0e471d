//! A comparison in pictures.
use super::{Candidate, Comparison};
use crate::{
    experiment::headline::HEADLINES,
    phrase::{Change, a_gain, amount, clear, grouped, listed, named, percent},
    picture::{BarRow, Bars, Chart, Dot, Dots, Mark, Measure, Picture, Point, Role, Scatter, Unit, exactly},
    programme::price::CURRENCY,
    stats::Estimate,
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
    let name = |place: usize| comparison.name(place);
    let title = match order.as_slice() {
        [first, second, ..] => {
            let lead = comparison.gain_difference(*first, *second);
            let ends = comparison.gain(*first);
            match (clear(lead), Change::of(ends)) {
                (true, Change::Gain) => {
                    format!("{} keeps most: {} more than {}, the next.", name(*first), amount(lead), name(*second))
                }
                (true, _) => format!(
                    "{} ends with {}: {} above {}, the next.",
                    name(*first),
                    a_gain(ends),
                    amount(lead),
                    name(*second)
                ),
                (false, _) => format!(
                    "{} and {} cannot be told apart by what they keep: {}.",
                    name(*first),
                    name(*second),
                    amount(lead)
                ),
            }
        }
        [only] => format!("{} ends with {}, 24 months after support.", name(*only), a_gain(comparison.gain(*only))),
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
    let name = |place: usize| comparison.name(place);
    let rows: Vec<Dot> = comparison
        .headline_differences()
        .map(|row| Dot {
            label: format!("{} minus {}", name(row.of), name(row.from)),
            estimate: row.estimate,
            role: match Change::of(row.estimate) {
                Change::Gain => Role::Gain,
                Change::Loss => Role::Loss,
                _ => Role::Neutral,
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

/// With which design a point still there costs least, and whether that is clear, run by run.
pub(super) fn cheapest(comparison: &Comparison) -> String {
    let order = comparison.by_price();
    let Some((&first, others)) = order.split_first() else {
        return "No design keeps a clear gain to divide its money by.".into();
    };
    let Some(price) = comparison.candidates.get(first).map(|first| grouped(first.per_point.value)) else {
        return String::new();
    };
    let name = named(comparison.name(first));
    let of_first = format!("{CURRENCY} {price} for each organisation");
    let Some(&next) = others.first() else {
        return format!("A point still there costs {of_first} with {name}.");
    };
    let ratios: Vec<Estimate> = others.iter().map(|&other| comparison.price_ratio(first, other)).collect();
    let tied = others.iter().zip(&ratios).filter(|(_, ratio)| !ratio.excludes(1.0));
    let tied: Vec<String> = tied.map(|(&other, _)| named(comparison.name(other))).collect();
    let to_next = ratios.first().copied().unwrap_or(Estimate::UNDEFINED);
    let times = format!("{:.2} ({:.2} to {:.2})", to_next.value, to_next.low, to_next.high);
    if tied.is_empty() {
        let next = named(comparison.name(next));
        return format!(
            "A point still there costs least with {name}: {of_first}, {times} times as much as with {next}, the next."
        );
    }
    format!(
        "A point still there costs {of_first} with {name}, which cannot be told from {}: {times} times as much as with {}, run by run.",
        listed(&tied),
        named(comparison.name(next))
    )
}

fn cost(comparison: &Comparison, designs: &[(usize, &Candidate)]) -> Picture {
    let title = cheapest(comparison);
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
        format!("{} is the best in {} % of the runs.", most.name, percent(most.best.value))
    });
    let row = |candidate: &Candidate| BarRow { label: candidate.name.clone(), estimates: vec![candidate.best] };
    let bars = Bars {
        measure: Measure::new("Runs in which it keeps most", Unit::Share),
        parts: vec![("best".into(), Role::With)],
        rows: comparison.candidates.iter().map(row).collect(),
    };
    let caption = format!(
        "Share of the runs in which a candidate has the largest {} of all, ties split, with 95 % intervals: how often another \
         design would look best in a single run.",
        HEADLINES.get(crate::experiment::headline::headline()).map_or("gain", |row| row.label)
    );
    Picture::new("best", title, caption, Chart::Bars(bars))
}
