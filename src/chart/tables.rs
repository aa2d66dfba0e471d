//! A chart as tables: every point, the lines of every part, and what is special.
use super::{
    ask::Asked,
    day::{Said, date},
    drawn::{Charted, Part},
    read::{Data, Measured},
    rules::Rule,
    words::{measure, ordered, signal, unit, when},
};
use crate::table::{Cell, Column, Table};

/// Every point of every chart.
pub fn points(data: &Data, charts: &[Charted]) -> Table {
    let of = |charted: &Charted| measure(data, charted.factor);
    let value = format!("{}.", charts.first().map_or_else(String::new, of));
    let own = unit(data);
    let mut table = Table::new("chart", &[]);
    let mut column = |name: &str, unit: &str, doc: &str| table.columns.push(Column::new(name, unit, doc));
    column("unit", "", "Which of several; empty where nothing is told apart.");
    column("time", "", "When, as it is said.");
    column("date", "", "The day on which the time of the point begins; a number where the file has numbers for times.");
    column("line", "count", "Line of the file; 0 where it has none for this time.");
    if matches!(data.measured, Measured::Proportion | Measured::Rate | Measured::Count) {
        column("counted", "count", "What was counted.");
    }
    if matches!(data.measured, Measured::Proportion | Measured::Rate) {
        column("out_of", "", "Of how many, or over how much.");
    }
    column("value", own, &value);
    column("centre", own, "Centre line; the median of run charts and of g charts.");
    column("lower_limit", own, "Lower limit; empty where there is none.");
    column("upper_limit", own, "Upper limit; empty where there is none.");
    column("part", "count", "Which stretch between breaks, from 1.");
    column("special", "", "The rules that make the point part of a special cause.");
    column("left_out", "", "Why the point counts in nothing.");
    column("note", "", "What happened then.");
    // The other half of an XmR chart.
    let has_ranges = charts.iter().any(Charted::has_ranges);
    if has_ranges {
        column("moving_range", own, "How far the point lies from the one before it; empty after a gap.");
        column("moving_range_limit", own, "Upper limit of moving ranges; the lower one is 0.");
    }
    for charted in charts {
        for (place, point) in charted.points.iter().enumerate() {
            let rules: Vec<&str> =
                ordered(charted).iter().filter(|signal| signal.tells(place)).map(|signal| signal.rule.name()).collect();
            let next = charted.points.get(place + 1).map(|next| next.read.at);
            let end = data.end_of(point.read.at, next);
            let notes: Vec<&str> = charted
                .notes
                .iter()
                .filter(|(at, _)| (point.read.at..end).contains(at))
                .map(|(_, text)| text.as_str())
                .collect();
            let (year, month, day) = date(point.read.at);
            let day = if data.said == Said::Number {
                point.read.at.to_string()
            } else {
                format!("{year:04}-{month:02}-{day:02}")
            };
            let mut row: Vec<Cell> = vec![
                charted.unit.as_str().into(),
                data.said.of(point.read.at).into(),
                day.into(),
                (point.read.line as u64).into(),
            ];
            if matches!(data.measured, Measured::Proportion | Measured::Rate | Measured::Count) {
                row.push(point.read.count.into());
            }
            if matches!(data.measured, Measured::Proportion | Measured::Rate) {
                row.push(point.read.size.into());
            }
            let lines = point.lines;
            row.extend([point.value, lines.centre, lines.low, lines.high].map(|number| Cell::Number(shorter(number))));
            row.push((point.part as u64 + 1).into());
            row.extend([rules.join("; "), point.ghost.clone(), notes.join("; ")].map(Cell::Text));
            if has_ranges {
                row.push(shorter(point.range).into());
                row.push(shorter(range_limit(charted, &charted.parts[point.part])).into());
            }
            table.rows.push(row);
        }
    }
    table
}

fn range_limit(charted: &Charted, part: &Part) -> f64 {
    if charted.has_ranges() { part.range_limit() } else { f64::NAN }
}

/// Enough digits, and none that mean nothing.
pub fn shorter(number: f64) -> f64 {
    format!("{number:.6}").parse().unwrap_or(f64::NAN)
}

/// The lines of every part of every chart.
pub fn lines(data: &Data, charts: &[Charted]) -> Table {
    let own = unit(data);
    let mut table = Table::new(
        "lines",
        &[
            ("unit", "", "Which of several."),
            ("chart", "", "Kind of chart."),
            ("from", "", "First time of the stretch."),
            ("to", "", "Last time of it."),
            ("reason", "", "Why its lines begin there."),
            ("points", "count", "Points that count."),
            ("learnt_from", "count", "Points from which its lines come, the first ones of the stretch."),
            ("centre", own, "Centre line."),
            ("lower_limit", own, "Lower limit at the last point."),
            ("upper_limit", own, "Upper limit at the last point."),
            ("mean_moving_range", own, "Mean of what lies between one point and the next."),
            (
                "spread",
                "",
                "How many times as much points vary from one to the next as counting alone would make them; 1 where limits do not go by that.",
            ),
            ("longest_run", "count", "Of a run chart: most points in a row on one side of the median."),
            ("longest_by_luck", "count", "Most that luck makes."),
            ("crossings", "count", "How often the line crosses the median."),
            ("fewest_by_luck", "count", "Fewest that luck makes."),
            ("special_causes", "count", "Special causes that begin in the stretch."),
        ],
    );
    let has_ranges = charts.iter().any(Charted::has_ranges);
    if has_ranges {
        table.columns.push(Column::new("moving_range_limit", own, "Upper limit of moving ranges."));
    }
    for charted in charts {
        for part in &charted.parts {
            let last = charted.last_lines(part);
            let time = |place: usize| Cell::Text(data.said.of(charted.points[place].read.at));
            let begins = |place: &usize| (part.from..part.to).contains(place);
            let special =
                charted.signals.iter().filter(|signal| signal.points.first().map_or(part.from == 0, begins)).count();
            let count =
                |number: Option<usize>| number.map_or(Cell::Number(f64::NAN), |number| Cell::Count(number as u64));
            let runs = part.runs;
            table.rows.push(vec![
                charted.unit.as_str().into(),
                charted.kind.said().into(),
                time(part.from),
                time(part.to - 1),
                part.reason.as_str().into(),
                (part.counted as u64).into(),
                if charted.own_limits { 0_u64.into() } else { (part.base as u64).into() },
                shorter(last.centre).into(),
                shorter(last.low).into(),
                shorter(last.high).into(),
                shorter(part.range).into(),
                shorter(part.spread).into(),
                count(runs.map(|runs| runs.longest)),
                count(runs.map(|runs| runs.most)),
                count(runs.map(|runs| runs.crossings)),
                count(runs.map(|runs| runs.fewest)),
                (special as u64).into(),
            ]);
            if has_ranges && let Some(row) = table.rows.last_mut() {
                row.push(shorter(range_limit(charted, part)).into());
            }
        }
    }
    table
}

/// Every special cause of every chart.
pub fn special(data: &Data, charts: &[Charted], asked: &Asked) -> Table {
    let side = if charts.iter().any(Charted::has_ranges) {
        "Above or below the centre; for a trend or a jump up or down."
    } else {
        "Above or below the centre; for a trend up or down."
    };
    let mut table = Table::new(
        "special_causes",
        &[
            ("unit", "", "Which of several."),
            ("rule", "", "The rule that says so."),
            ("when", "", "Its first and last time."),
            ("points", "count", "Points that it is about."),
            ("side", "", side),
            ("in_words", "", "What it is."),
        ],
    );
    for charted in charts {
        for one in ordered(charted) {
            let side = match (one.rule, one.up) {
                (Rule::FewCrossings, _) => "",
                (Rule::Trend | Rule::Jump, true) => "up",
                (Rule::Trend | Rule::Jump, false) => "down",
                (_, true) => "above",
                (_, false) => "below",
            };
            table.rows.push(vec![
                charted.unit.as_str().into(),
                one.rule.name().into(),
                when(data, charted, one).into(),
                (one.points.len() as u64).into(),
                side.into(),
                signal(data, charted, one, asked.better).into(),
            ]);
        }
    }
    table
}
