//! Stress in pictures: designs x shocks, and which pairs of shocks are worse than both alone.
use super::{Severity, Stress, Strike, Tested, strikes::is_clear};
use crate::{
    phrase::{Change, amount, capital, listed, read, turned},
    picture::{Chart, Dot, Dots, HeatMap, Measure, Picture, Role, Unit},
    stats::Estimate,
};

/// Pictures of `stress`, the most important first.
pub(super) fn pictures(stress: &Stress) -> Vec<Picture> {
    std::iter::once(survival(stress))
        .chain(break_evens(stress))
        .chain(stress.designs.iter().filter_map(|design| pairs(stress, design)))
        .collect()
}

fn spoken(shock: &str) -> String {
    shock.replace('_', " ")
}

fn alone<'a>(design: &'a Tested, shock: &str, severity: Severity) -> Option<&'a Strike> {
    design.alone().find(|strike| strike.severity == severity && strike.shocks.first() == Some(&shock))
}

fn survival(stress: &Stress) -> Picture {
    let mut shocks: Vec<&'static str> = Vec::new();
    for strike in stress.designs.iter().flat_map(Tested::alone) {
        shocks.extend(strike.shocks.iter().filter(|shock| !shocks.contains(*shock)).copied().collect::<Vec<_>>());
    }
    let columns: Vec<(&Tested, Severity)> = stress
        .designs
        .iter()
        .flat_map(|design| stress.plan.severities.iter().map(move |severity| (design, *severity)))
        .collect();
    let kept = |shock: &str, (design, severity): &(&Tested, Severity)| {
        alone(design, shock, *severity).map_or(Estimate::UNDEFINED, |strike| strike.kept)
    };
    let first: Vec<Estimate> = columns.iter().map(|(design, _)| design.undisturbed).collect();
    let cells: Vec<Vec<Estimate>> = std::iter::once(first)
        .chain(shocks.iter().map(|shock| columns.iter().map(|column| kept(shock, column)).collect()))
        .collect();
    let fails = |row: &Vec<Estimate>| {
        row.iter().zip(&columns).map(|(cell, (design, _))| cell.value < design.fails_below).collect()
    };
    let outlined: Vec<Vec<bool>> = cells.iter().map(fails).collect();
    let failing = outlined.iter().skip(1).flatten().filter(|fails| **fails).count();
    let worst = stress.designs.iter().flat_map(|design| design.alone().map(move |strike| (design, strike)));
    let worst = worst.max_by(|left, right| left.1.loss.value.total_cmp(&right.1.loss.value));
    let title = match worst {
        Some((design, strike)) if Change::of(strike.loss) == Change::Gain => {
            let of = if stress.designs.len() > 1 { format!(" of {}", design.name) } else { String::new() };
            let shocks: Vec<String> = strike.shocks.iter().map(|shock| spoken(shock)).collect();
            format!(
                "{} ({}) costs most{of}: {}{}.",
                capital(&listed(&shocks)),
                strike.severity.name(),
                amount(strike.loss),
                // Where nothing was gained there is no gain to take it from.
                if Change::of(design.undisturbed) == Change::Gain { " of the gain" } else { "" }
            )
        }
        _ => "No single shock takes anything that can be told from luck.".into(),
    };
    let name = |(design, severity): &(&Tested, Severity)| match (stress.designs.len(), stress.plan.severities.len()) {
        (1, _) => severity.name().to_owned(),
        (_, 1) => design.name.clone(),
        _ => format!("{}, {}", design.name, severity.name()),
    };
    let map = HeatMap {
        measure: Measure::new("Net gain 24 months after", Unit::Points),
        row_label: String::new(),
        column_label: if stress.designs.len() > 1 { "Designs".into() } else { "Severity".into() },
        rows: std::iter::once("undisturbed".into()).chain(shocks.iter().map(|shock| spoken(shock))).collect(),
        columns: columns.iter().map(name).collect(),
        cells,
        turns_at: Some(0.0),
        outlined: if failing > 0 { outlined } else { vec![] },
        outline: if failing > 0 { "less left than the design may fall to".into() } else { String::new() },
    };
    let caption = "What is left of the gain when one shock strikes, mean over the times struck, with its 95 % interval; in \
                   brackets where that holds zero. The first row is the same with no shock of the battery.";
    Picture::new("survival", title, caption, Chart::HeatMap(map))
}

/// How much each design stands of each thing, from nothing more than now to the worst tried.
fn break_evens(stress: &Stress) -> Option<Picture> {
    let mut shocks: Vec<&'static str> = Vec::new();
    for stands in stress.designs.iter().flat_map(|design| &design.break_evens) {
        if !shocks.contains(&stands.shock) {
            shocks.push(stands.shock);
        }
    }
    let several = stress.designs.len() > 1;
    let mut rows = Vec::new();
    let (mut broken, mut surely, mut perhaps, mut tried) = (0, 0, 0, 0);
    for shock in shocks {
        for (place, design) in stress.designs.iter().enumerate() {
            let Some(stands) = design.break_evens.iter().find(|stands| stands.shock == shock) else { continue };
            // What lies beyond the worst tried lies beyond the edge, wherever that is.
            let share = |severity: f64| match severity.is_finite() {
                true => (severity - stands.present) / (stands.worst - stands.present),
                false => f64::INFINITY,
            };
            tried += 1;
            broken += u32::from(stands.breaks());
            surely += u32::from(stands.high.is_finite());
            perhaps += u32::from(stands.low.is_finite());
            let note = match () {
                () if stands.breaks() => stands.in_words(stands.at),
                () if stands.low.is_finite() => {
                    format!("beyond {}, perhaps from {}", read(stands.worst), read(stands.low))
                }
                () => format!("beyond {}", stands.in_words(stands.worst)),
            };
            let estimate = Estimate {
                value: share(stands.at),
                low: share(stands.low),
                high: share(stands.high),
                sd: f64::NAN,
                count: stress.plan.runs,
            };
            let label = if several { format!("{}, {}", spoken(shock), design.name) } else { spoken(shock) };
            let role = if several { Role::Choice(place as u8) } else { Role::With };
            rows.push(Dot { label, estimate, role, note });
        }
    }
    if rows.is_empty() {
        return None;
    }
    let shown = |place: usize| rows.iter().any(|row: &Dot| row.role == Role::Choice(place as u8));
    let designs = stress.designs.iter().enumerate().filter(|(place, _)| shown(*place));
    let key = designs.map(|(place, design)| (design.name.clone(), Role::Choice(place as u8))).collect();
    let below = match stress.plan.fails_below {
        Some(gain) => format!("its gain is below {} points", crate::phrase::signed(gain).trim_start_matches('+')),
        None => "half of its gain is gone".into(),
    };
    let of = if several { "of its design" } else { "" };
    let title = match broken {
        0 if perhaps > 0 => format!("Up to the worst tried nothing takes so much {of} that {below}, though some may."),
        0 => format!("Up to the worst tried nothing takes so much {of} that {below}."),
        _ if surely == broken => {
            format!("In {broken} of {tried} cases less than the worst tried is enough until {below}.")
        }
        _ => format!(
            "In {broken} of {tried} cases, clearly in {surely}, less than the worst tried is enough until {below}."
        ),
    };
    let title = title.replace("  ", " ");
    let caption = "How far each thing may get worse, from as it is (0) to the worst tried (100 %), before the design falls that low; \
                   beside it the same in its own unit. Whiskers: 95 % interval; an arrow: beyond the worst tried. \
                   Further to the right is sturdier.";
    let dots = Dots {
        reference: None,
        within: Some((0.0, 1.0)),
        key: if several { key } else { vec![] },
        ..Dots::new(Measure::new("Way to the worst tried", Unit::Share), None, rows)
    };
    Some(Picture::new("break_even", title, caption, Chart::Dots(dots)))
}

/// What pairs cost beyond both alone, at the hardest severity tried.
fn pairs(stress: &Stress, design: &Tested) -> Option<Picture> {
    let severity = *stress.plan.severities.last()?;
    let pairs: Vec<(&'static str, &'static str, Estimate)> = design
        .strikes
        .iter()
        .filter(|strike| strike.severity == severity)
        .filter_map(|strike| Some((*strike.shocks.first()?, *strike.shocks.get(1)?, strike.beyond?)))
        .collect();
    let mut shocks: Vec<&'static str> = Vec::new();
    for shock in pairs.iter().flat_map(|(one, other, _)| [*one, *other]) {
        if !shocks.contains(&shock) {
            shocks.push(shock);
        }
    }
    if shocks.len() < 3 {
        return None;
    }
    let cell = |row: &str, column: &str| {
        let here = pairs.iter().find(|(one, other, _)| *one == column && *other == row);
        // A loss is shown as what it does to the gain.
        here.map_or(Estimate::UNDEFINED, |(_, _, beyond)| turned(*beyond))
    };
    let (rows, columns) = (shocks.get(1..)?, shocks.get(..shocks.len() - 1)?);
    let worse = pairs.iter().filter(|(_, _, beyond)| is_clear(beyond)).count();
    let milder = pairs.iter().filter(|(_, _, beyond)| is_clear(&turned(*beyond))).count();
    let title = format!(
        "{}: of {} pairs of {} shocks, {worse} cost clearly more than both alone, {milder} clearly less.",
        design.name,
        pairs.len(),
        severity.name()
    );
    let map = HeatMap {
        measure: Measure::new("Gain beyond both alone", Unit::Points),
        row_label: String::new(),
        column_label: String::new(),
        rows: rows.iter().map(|shock| spoken(shock)).collect(),
        columns: columns.iter().map(|shock| spoken(shock)).collect(),
        cells: rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect(),
        turns_at: Some(0.0),
        outlined: vec![],
        outline: String::new(),
    };
    let caption = format!(
        "Two shocks together, {}, against the sum of both alone at the same times, run by run. Below zero: together they do more than that; \
         in brackets: cannot be told from nothing.",
        severity.name()
    );
    Some(Picture::new(
        &format!("pairs_{}", stress.designs.iter().position(|other| other.name == design.name).unwrap_or(0) + 1),
        title,
        caption,
        Chart::HeatMap(map),
    ))
}
