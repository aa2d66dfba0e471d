//! A chart in plain characters: a few weekly series, at most 100 columns wide, readable without colour.

use crate::{
    picture::{Role, Unit, Weeks},
    programme::{Clock, Phase},
};

/// Columns of the plot; with axis and labels the chart stays below 100.
const WIDTH: usize = 72;

/// Characters of a label that are written.
const LABEL: usize = 15;

/// Rows of the plot.
const HEIGHT: usize = 13;

/// A line of the chart.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The character it is drawn with.
    pub mark: char,
    /// What it is, the first 15 characters of which are written at its right end.
    pub label: &'a str,
    /// Its values by week, shares; NaN where there are none.
    pub values: Vec<f64>,
}

/// Draws `lines` over the weeks, later ones on top of earlier ones, with the phases of `clock` below.
/// Empty if there is nothing to draw.
pub fn chart(lines: &[Line], clock: &Clock) -> String {
    let name = |week: usize| match clock.phase(week) {
        Phase::Before => "before",
        Phase::Planning => "planning",
        Phase::Active => "support",
        Phase::After => "after",
    };
    phased(lines, name)
}

/// Draws a picture over weeks, panel by panel; empty if its numbers are no shares.
pub fn drawn(weeks: &Weeks) -> String {
    if !matches!(weeks.measure.unit, Unit::Share | Unit::Points) {
        return String::new();
    }
    let name = |week: usize| {
        let phase = weeks.phases.iter().find(|phase| (phase.from..phase.to).contains(&week));
        phase.map_or("", |phase| phase.label.as_str())
    };
    let panel = |panel: &crate::picture::Panel| {
        let line = |line: &'_ crate::picture::Line| (mark(line.role), line.label.clone(), line.values.clone());
        let lines: Vec<(char, String, Vec<f64>)> = panel.lines.iter().map(line).collect();
        let lines: Vec<Line> =
            lines.iter().map(|(mark, label, values)| Line { mark: *mark, label, values: values.clone() }).collect();
        let title = if panel.title.is_empty() { String::new() } else { format!("{}\n", panel.title) };
        title + &phased(&lines, name)
    };
    weeks.panels.iter().map(panel).collect::<Vec<_>>().join("\n")
}

/// The character that stands for a role.
fn mark(role: Role) -> char {
    match role {
        Role::With | Role::Gain => '*',
        Role::Without => '.',
        Role::Reported => 'o',
        Role::Loss => '-',
        Role::Neutral => '+',
        Role::Choice(place) => char::from(b'a' + place % 26),
    }
}

/// Draws `lines` over weeks whose phases go by `name`.
fn phased<'a>(lines: &[Line], name: impl Fn(usize) -> &'a str) -> String {
    let weeks = lines.iter().map(|line| line.values.len()).max().unwrap_or(0);
    let columns = WIDTH.min(weeks);
    let drawn: Vec<Vec<f64>> = lines.iter().map(|line| columns_of(&line.values, weeks, columns)).collect();
    let all = || drawn.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) =
        all().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if columns == 0 || low > high {
        return String::new();
    }
    let axis = Axis::holding(low, high);
    let mut grid = vec![vec![' '; columns]; HEIGHT];
    for (line, values) in lines.iter().zip(&drawn) {
        for (column, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            grid[axis.row(*value)][column] = line.mark;
        }
    }
    let labels = labels(lines, &drawn, &axis);
    let mut text = String::new();
    for (row, (cells, label)) in grid.iter().zip(labels).enumerate() {
        let line: String = cells.iter().collect();
        text.push_str(format!("{} |{line}{label}", axis.label(row)).trim_end());
        text.push('\n');
    }
    text.push_str(&format!("{:6} +{}\n", "", "-".repeat(columns)));
    text.push_str(&below(name, weeks, columns));
    text
}

/// Mean of each column's weeks.
fn columns_of(values: &[f64], weeks: usize, columns: usize) -> Vec<f64> {
    let column = |column: usize| {
        let weeks = column * weeks / columns..(column + 1) * weeks / columns;
        let values: Vec<f64> =
            weeks.filter_map(|week| values.get(week).copied()).filter(|value| value.is_finite()).collect();
        if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
    };
    (0..columns).map(column).collect()
}

/// The vertical axis: whole steps in percentage points.
struct Axis {
    /// Value of the lowest row.
    low: f64,
    /// Rise from row to row.
    step: f64,
}

impl Axis {
    fn holding(low: f64, high: f64) -> Self {
        let rows = (HEIGHT - 1) as f64;
        let steps = [0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1];
        let fits = |step: &&f64| (low / **step).floor() * **step + rows * **step >= high;
        let step = steps.iter().find(fits).copied().unwrap_or((high - low) / rows);
        Self { low: (low / step).floor() * step, step }
    }

    fn row(&self, value: f64) -> usize {
        let above = ((value - self.low) / self.step).round().clamp(0.0, (HEIGHT - 1) as f64) as usize;
        HEIGHT - 1 - above
    }

    /// Every third row bears its value.
    fn label(&self, row: usize) -> String {
        let above = HEIGHT - 1 - row;
        if above.is_multiple_of(3) {
            format!("{:4.1} %", (self.low + above as f64 * self.step) * 100.0)
        } else {
            " ".repeat(6)
        }
    }
}

/// Labels at the right end of the lines, each in the nearest free row, higher lines first.
fn labels(lines: &[Line], drawn: &[Vec<f64>], axis: &Axis) -> Vec<String> {
    let end = |values: &Vec<f64>| values.iter().rev().copied().find(|value| value.is_finite());
    let mut ends: Vec<(usize, f64)> =
        drawn.iter().enumerate().filter_map(|(line, values)| end(values).map(|value| (line, value))).collect();
    ends.sort_by(|left, right| right.1.total_cmp(&left.1));
    let mut labels = vec![String::new(); HEIGHT];
    for (line, value) in ends {
        let wanted = axis.row(value);
        let free = (0..HEIGHT).filter(|&row| labels[row].is_empty());
        // Downwards on a tie, which keeps the order of the lines.
        if let Some(row) = free.min_by_key(|&row| (row.abs_diff(wanted), HEIGHT - row)) {
            let label: String = lines[line].label.chars().take(LABEL).collect();
            labels[row] = format!("  {label} ({})", lines[line].mark);
        }
    }
    labels
}

/// Phases and weeks below the plot.
fn below<'a>(name: impl Fn(usize) -> &'a str, weeks: usize, columns: usize) -> String {
    let first_week = |column: usize| column * weeks / columns;
    let phase_at = |column: usize| name(first_week(column));
    let mut phases: Vec<char> = Vec::new();
    let mut column = 0;
    while column < columns {
        let phase = phase_at(column);
        let length = (column..columns).take_while(|&other| phase_at(other) == phase).count();
        let fitting = if length > phase.chars().count() { phase } else { "" };
        phases.extend(format!("|{fitting:<width$}", width = length - 1).chars());
        column += length;
    }
    let mut ticks = vec![' '; columns + 8];
    let step = [13, 26, 52, 104, 260, 520].into_iter().find(|step| weeks / step <= 8).unwrap_or(1040);
    for week in (0..weeks).step_by(step) {
        let at = week * columns / weeks;
        for (offset, digit) in week.to_string().chars().enumerate() {
            ticks[at + offset] = digit;
        }
    }
    let line = |name: &str, cells: Vec<char>| {
        format!("{}\n", format!("{name:>6}  {}", cells.into_iter().collect::<String>()).trim_end())
    };
    line("", phases) + &line("week", ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_narrow_labelled_and_marks_the_phases() {
        let clock = Clock { start: 20.0, planning: 30.0, active: 100.0, ..Clock::default() };
        let rising = (0..300).map(|week| 0.5 + f64::from(week) / 1000.0).collect();
        let lines = [
            Line { mark: '.', label: "without", values: vec![0.5; 300] },
            Line { mark: '*', label: "true", values: rising },
        ];
        let text = chart(&lines, &clock);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        for part in ["true (*)", "without (.)", "|support", "|after", "  week  0", "104"] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(text.lines().take(2).any(|line| line.contains('*')), "{text}");
    }

    #[test]
    fn a_picture_over_weeks_is_drawn_with_its_own_phases_and_one_of_money_is_not() {
        use crate::picture::{Line, Measure, Panel, Phase};
        let line = |role, label: &str| Line { label: label.into(), role, values: vec![0.2; 40], bands: vec![] };
        let lines = vec![line(Role::Without, "a world without any of it"), line(Role::With, "with")];
        let phases = vec![Phase { label: "first part".into(), from: 0, to: 20, shaded: false }];
        let mut weeks = Weeks {
            measure: Measure::new("Practice", Unit::Share),
            panels: vec![Panel { title: "Ward".into(), lines }],
            phases,
            events: vec![],
            from_zero: false,
        };
        let text = drawn(&weeks);
        for part in ["Ward\n", "with (*)", "a world without (.)", "|first part"] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        weeks.measure.unit = Unit::Plain("week");
        assert_eq!(drawn(&weeks), "");
    }

    #[test]
    fn whatever_it_is_given_it_draws_or_stays_silent() {
        let clock = Clock::default();
        assert_eq!(chart(&[], &clock), "");
        let line = |values| [Line { mark: '*', label: "true", values }];
        assert_eq!(chart(&line(vec![f64::NAN; 9]), &clock), "");
        for values in [vec![0.5], vec![0.0, 1.0, f64::NAN], vec![-3.0, 1e9]] {
            assert!(chart(&line(values), &clock).contains("true (*)"));
        }
    }
}
