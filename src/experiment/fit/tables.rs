//! A fit in tables.
use super::{Fitted, forward::Range, likelihood};
use crate::{
    experiment::headline::unit,
    phrase::signed,
    table::{Cell, PART, SHARE, Table},
};

fn cells(range: Range) -> [Cell; 3] {
    [range.middle, range.low, range.high].map(Cell::from)
}

impl Fitted {
    pub(super) fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.learned_table(), self.points_table()];
        // Of too few candidates nothing is said of the future, in files either.
        if self.says_something() {
            tables.extend([self.outlook_table(), self.next_table()]);
        }
        tables
    }

    /// What is learned, as people read it.
    pub(super) fn shown(&self) -> Table {
        let mut table = Table::new(
            "learned",
            &[
                ("what", "", "What it is."),
                ("before", "", "Median before the data, and the middle 90 %."),
                ("after", "", "The same after the data."),
                ("spread_left", PART, "Standard deviation after the data as a part of that before."),
            ],
        );
        for one in self.learned() {
            let is_gain = !one.what.contains('.');
            let said = |range: Range| {
                let Range { middle, low, high, .. } = range;
                if is_gain {
                    return format!("{} ({} to {})", signed(middle), signed(low), signed(high));
                }
                format!("{middle:.2} ({low:.2} to {high:.2})")
            };
            let name: Cell = if is_gain {
                format!("{}, points", one.name.trim_start_matches("the ")).into()
            } else {
                one.name.as_str().into()
            };
            table.rows.push(vec![name, said(one.before).into(), said(one.after).into(), one.ratio.into()]);
        }
        table
    }

    fn learned_table(&self) -> Table {
        let mut table = Table::new(
            "learned",
            &[
                ("path", "", "What it is: a path of the scenario, or a metric."),
                ("unit", "", "Its unit."),
                ("before", "see unit", "Median before the data."),
                ("before_low", "see unit", "5 % lie below this before the data."),
                ("before_high", "see unit", "5 % lie above this before the data."),
                ("after", "see unit", "Median after the data."),
                ("after_low", "see unit", "5 % lie below this after the data."),
                ("after_high", "see unit", "5 % lie above this after the data."),
                ("spread_left", PART, "Standard deviation after the data as a part of that before."),
            ],
        );
        for one in self.learned() {
            // A path has the numbers that a file would give it.
            let of_path = if one.unit == SHARE { "0 to 1" } else { one.unit };
            let unit = if one.what.contains('.') { of_path } else { unit(&one.what) };
            let mut row: Vec<Cell> = vec![one.what.as_str().into(), unit.into()];
            row.extend(cells(one.before).into_iter().chain(cells(one.after)));
            row.push(one.ratio.into());
            table.rows.push(row);
        }
        table
    }

    fn outlook_table(&self) -> Table {
        let mut table = Table::new(
            "outlook",
            &[
                ("plan", "", "The present plan, or a design."),
                ("gain_at_end", SHARE, "Median gain at the end of support."),
                ("gain_at_end_low", SHARE, "5 % lie below."),
                ("gain_at_end_high", SHARE, "5 % lie above."),
                ("gain_24_months_after", SHARE, "Median gain 24 months after."),
                ("gain_24_low", SHARE, "5 % lie below."),
                ("gain_24_high", SHARE, "5 % lie above."),
                (
                    "half_kept",
                    PART,
                    "How plausible it is that there is a gain of a point or more and half of it is still there.",
                ),
                ("half_kept_low95", PART, "Lower end of its 95 % interval, by the effective sample size."),
                ("half_kept_high95", PART, "Upper end of its 95 % interval."),
                (
                    "more_than_present",
                    SHARE,
                    "Median difference to the present plan 24 months after, future by future.",
                ),
                ("more_low", SHARE, "5 % lie below."),
                ("more_high", SHARE, "5 % lie above."),
                (
                    "other_past",
                    SHARE,
                    "How far its reported practice lies from the present plan's at the times of the data.",
                ),
                ("futures", "count", "Futures followed."),
            ],
        );
        for plan in &self.outlook {
            let mut row: Vec<Cell> = vec![plan.name.as_str().into()];
            row.extend(cells(plan.at_end).into_iter().chain(cells(plan.later)));
            row.extend([plan.kept.value, plan.kept.low, plan.kept.high].map(Cell::from));
            row.extend(cells(plan.more));
            row.extend([Cell::from(plan.other_past), plan.futures.into()]);
            table.rows.push(row);
        }
        table
    }

    fn next_table(&self) -> Table {
        let mut table = Table::new(
            "next",
            &[
                ("datum", "", "What could be measured."),
                ("explains", PART, "Part of the variance of the gain 24 months after that it would explain."),
                ("width_now", SHARE, "Width of the middle 90 % of that gain now."),
                ("width_after", SHARE, "Width to be expected once it is measured."),
            ],
        );
        for one in &self.next {
            table.rows.push(vec![one.what.as_str().into(), one.explains.into(), one.now.into(), one.after.into()]);
        }
        table
    }

    fn points_table(&self) -> Table {
        let (of, doc) = if self.harm {
            ("", "Over how much exposure; `found` and `fitted` are events for each of it.")
        } else {
            ("count", "Of how many; empty where the data do not say.")
        };
        let own = if self.harm { "events for each of the exposure" } else { SHARE };
        let mut table = Table::new(
            "points",
            &[
                ("time", "", "When."),
                ("week", "week", "Week of the scenario in which it begins."),
                ("found", own, "What was found."),
                ("out_of", of, doc),
                ("fitted", own, "Median of what the fitted runs make plausible."),
                ("fitted_low", own, "Lower end of its middle 80 %, chance in counting included."),
                ("fitted_high", own, "Upper end."),
                ("used", "0 or 1", "Whether the fit uses it: it is no gap and lies in the weeks of the scenario."),
            ],
        );
        for (place, (time, band)) in self.times.iter().zip(&self.band).enumerate() {
            let used = likelihood::says(time) && band.low.is_finite();
            let called = self.called.get(place).map_or("", String::as_str);
            let mut row: Vec<Cell> = vec![called.into(), time.from.into(), time.found.into(), time.of.into()];
            row.extend([band.middle, band.low, band.high].map(Cell::from));
            row.push(u64::from(used).into());
            table.rows.push(row);
        }
        table
    }
}
