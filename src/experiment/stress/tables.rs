//! Stress in tables.
use super::{
    Stress, Strike, Tested,
    strikes::{is_clear, name},
};
use crate::{
    phrase::Change,
    stats::Estimate,
    table::{Cell, Column, PART, Table},
};

impl Stress {
    /// A row for each shock alone, the table to look at: of one design what it loses, of several what each keeps.
    pub(super) fn survival(&self) -> Table {
        let mut table = Table::new("survival", &[("shock", "", "What struck, alone."), ("severity", "", "How hard.")]);
        let column = |name: &str, unit: &str, doc: &str| Column::new(name, unit, doc);
        let alone = self.designs.len() == 1;
        for design in &self.designs {
            let name = if alone { "kept" } else { design.name.as_str() };
            let doc = format!("Net gain of {} 24 months after support, of reliability.", design.name);
            table.columns.push(column(name, "share", &doc));
        }
        table.columns.extend(if alone {
            vec![
                column(
                    "share",
                    PART,
                    "Gain kept as a share of that undisturbed, where that is a clear gain and what is kept no loss.",
                ),
                column("loss", "share", "Gain lost to the shock, paired."),
                column("loss_low", "share", "Lower end of its 95 % interval."),
                column("loss_high", "share", "Upper end of its 95 % interval."),
                column("verdict", "", "Whether that is more than luck."),
            ]
        } else {
            vec![column("best", "", "The design that keeps most, with those that luck does not tell from it.")]
        });
        let mut undisturbed: Vec<Cell> = vec!["(none)".into(), "".into()];
        undisturbed.extend(self.designs.iter().map(|design| rounded(design.undisturbed.value)));
        let nothing = |column: &Column| if column.unit.is_empty() { "".into() } else { Cell::Number(f64::NAN) };
        undisturbed.extend(table.columns.iter().skip(undisturbed.len()).map(nothing));
        table.rows.push(undisturbed);
        let strikes: Vec<Vec<&Strike>> = self.designs.iter().map(|design| design.alone().collect()).collect();
        for (place, first) in strikes.first().into_iter().flatten().enumerate() {
            let row = || strikes.iter().filter_map(|strikes| strikes.get(place)).copied();
            let mut cells: Vec<Cell> = vec![first.shocks.concat().into(), first.severity.name().into()];
            cells.extend(row().map(|strike| rounded(strike.kept.value)));
            if alone {
                cells.extend([first.share.value, first.loss.value, first.loss.low, first.loss.high].map(rounded));
                cells.push(verdict(&first.loss).into());
            } else {
                let equals = self.designs.iter().zip(row()).filter(|(_, strike)| !is_clear(&strike.regret));
                cells.push(equals.map(|(design, _)| design.name.as_str()).collect::<Vec<_>>().join(" = ").into());
            }
            table.rows.push(cells);
        }
        table
    }

    /// A row for each design.
    pub(super) fn designs_table(&self) -> Table {
        let mut table =
            Table::new("designs", &[("design", "", "Name of the design."), ("title", "", "Title of its scenario.")]);
        estimate_columns(&mut table, "undisturbed", "share", METRIC_DOC);
        table.columns.push(Column::new("fails_below", "share", "A run with less net gain than this fails."));
        estimate_columns(&mut table, "failing_undisturbed", PART, "Share of undisturbed runs that fail.");
        table.columns.push(Column::new("worst_case", "", "Of all shocks and pairs tried, the one that leaves least."));
        estimate_columns(&mut table, "worst_kept", "share", "What it leaves: net gain 24 months after support.");
        table.columns.push(Column::new(
            "largest_regret_under",
            "",
            "Shock or pair under which another design keeps most more than this one.",
        ));
        estimate_columns(&mut table, "largest_regret", "share", "Gain of that design minus gain of this one, paired.");
        table.rows.extend(self.designs.iter().map(|design| {
            let worst = design.worst();
            let regret = design.most_regretted();
            let mut row: Vec<Cell> = vec![design.name.as_str().into(), design.title.as_str().into()];
            row.extend(cells(design.undisturbed));
            row.push(design.fails_below.into());
            row.extend(cells(design.failing_undisturbed));
            row.push(worst.map_or(String::new(), name).into());
            row.extend(cells(worst.map_or(Estimate::UNDEFINED, |strike| strike.kept)));
            row.push(regret.filter(|strike| strike.regret.value > 0.0).map_or(String::new(), name).into());
            row.extend(cells(regret.map_or(Estimate::UNDEFINED, |strike| strike.regret)));
            row
        }));
        table
    }

    /// A row for each design and strike, pairs too: what a heat map is drawn from.
    pub(super) fn strikes_table(&self) -> Table {
        let mut table = Table::new(
            "strikes",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What struck."),
                ("with", "", "What else struck; empty for a shock alone."),
                ("severity", "", "How hard."),
            ],
        );
        estimate_columns(&mut table, "kept", "share", METRIC_DOC);
        estimate_columns(&mut table, "share_kept", PART, "That as a share of the gain undisturbed.");
        estimate_columns(&mut table, "loss", "share", "Gain undisturbed minus gain kept, paired.");
        estimate_columns(
            &mut table,
            "beyond",
            "share",
            "Of a pair: loss beyond the sum of both alone at the same times, paired.",
        );
        estimate_columns(
            &mut table,
            "regret",
            "share",
            "Gain of the design that keeps most minus gain of this one, paired.",
        );
        table.columns.push(Column::new("best", "", "The design that keeps most."));
        for (design, strike) in self.each_strike() {
            let [first, second] = both(strike);
            let mut row: Vec<Cell> =
                vec![design.name.as_str().into(), first.into(), second.into(), strike.severity.name().into()];
            for estimate in
                [strike.kept, strike.share, strike.loss, strike.beyond.unwrap_or(Estimate::UNDEFINED), strike.regret]
            {
                row.extend(cells(estimate));
            }
            row.push(self.designs.get(strike.best).map_or("", |best| best.name.as_str()).into());
            table.rows.push(row);
        }
        table
    }

    /// When a shock strikes: a row for each design, shock alone and time.
    pub(super) fn times_table(&self) -> Table {
        let mut table = Table::new(
            "times",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What struck, alone."),
                ("severity", "", "How hard."),
                ("week", "week", "When it struck."),
                ("months", "month", "Months from the start of support until then."),
            ],
        );
        estimate_columns(&mut table, "loss", "share", "Gain undisturbed minus gain kept, paired.");
        for (design, strike) in self.each_strike().filter(|(_, strike)| strike.shocks.len() == 1) {
            for struck in &strike.times {
                let mut row: Vec<Cell> =
                    vec![design.name.as_str().into(), strike.shocks.concat().into(), strike.severity.name().into()];
                row.push(Cell::Count(struck.weeks.first().copied().unwrap_or(0) as u64));
                row.push(struck.months.first().copied().unwrap_or(f64::NAN).into());
                row.extend(cells(struck.loss));
                table.rows.push(row);
            }
        }
        table
    }

    /// How much each design stands of what has a natural measure.
    pub(super) fn break_evens_table(&self) -> Table {
        let mut table = Table::new(
            "break_evens",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What is made worse."),
                ("unit", "", "Unit of the severities."),
                ("present", "", "Severity as the design stands."),
                (
                    "break_even",
                    "",
                    "Severity beyond which the mean gain is below the threshold; empty beyond the worst tried.",
                ),
                ("break_even_low", "", "Lower end of its 95 % interval."),
                ("break_even_high", "", "Upper end of its 95 % interval; empty beyond the worst tried."),
                ("worst_tried", "", "The worst severity tried."),
            ],
        );
        let finite = |value: f64| Cell::Number(if value.is_finite() { value } else { f64::NAN });
        for design in &self.designs {
            table.rows.extend(design.break_evens.iter().map(|row| {
                let numbers = [row.present, row.at, row.low, row.high, row.worst].map(finite);
                [design.name.as_str(), row.shock, row.unit].map(Cell::from).into_iter().chain(numbers).collect()
            }));
        }
        table
    }

    /// The curves that break-evens were read off.
    pub(super) fn curves_table(&self) -> Table {
        let mut table = Table::new(
            "curves",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What is made worse."),
                ("severity", "", "How bad, in the unit of break_evens.csv."),
            ],
        );
        estimate_columns(&mut table, "kept", "share", METRIC_DOC);
        for design in &self.designs {
            for row in &design.break_evens {
                for (severity, kept) in &row.curve {
                    let mut cells_of_row: Vec<Cell> =
                        vec![design.name.as_str().into(), row.shock.into(), (*severity).into()];
                    cells_of_row.extend(cells(*kept));
                    table.rows.push(cells_of_row);
                }
            }
        }
        table
    }

    /// A row for each restriction of each box.
    pub(super) fn boxes_table(&self) -> Table {
        let mut table = Table::new(
            "boxes",
            &[
                ("design", "", "Name of the design."),
                ("box", "number", "Number of the box, in the order found."),
                ("runs", "", "What crowds in it: runs that fail, or, where most do, runs that do not."),
                ("uncertainty", "", "What is restricted."),
                ("unit", "", "Its unit."),
                ("above", "", "Above this; empty where open."),
                ("below", "", "Below this; empty where open."),
                ("chance", "probability", "Probability of so good a restriction by chance."),
                (
                    "holds",
                    "0 or 1",
                    "Whether such runs are more frequent in the box among fresh points too, by more than luck.",
                ),
            ],
        );
        estimate_columns(&mut table, "density", PART, "Share of runs in the box that are such, on fresh points.");
        estimate_columns(&mut table, "coverage", PART, "Share of all such runs that lie in the box, on fresh points.");
        estimate_columns(&mut table, "base", PART, "Share of runs that are such anywhere, on fresh points.");
        for design in &self.designs {
            let Some(discovery) = &design.discovery else { continue };
            for (number, found) in discovery.boxes.iter().enumerate() {
                for condition in &found.conditions {
                    let axis = discovery.axes.get(condition.axis);
                    let text = |of: Option<&String>| Cell::from(of.map_or("", String::as_str));
                    let mut row: Vec<Cell> = vec![design.name.as_str().into(), Cell::Count(number as u64 + 1)];
                    row.push(if found.failing { "fail" } else { "do not fail" }.into());
                    row.extend([text(axis.map(|axis| &axis.name)), text(axis.map(|axis| &axis.unit))]);
                    row.extend([condition.above, condition.below].map(|bound| Cell::from(bound.unwrap_or(f64::NAN))));
                    row.extend([Cell::from(condition.chance), Cell::Count(u64::from(found.holds))]);
                    row.extend(
                        [found.measured.density, found.measured.coverage, found.measured.base]
                            .into_iter()
                            .flat_map(cells),
                    );
                    table.rows.push(row);
                }
            }
        }
        table
    }

    /// Every point of every design.
    pub(super) fn points_table(&self) -> Table {
        let mut table = Table::new(
            "points",
            &[("design", "", "Name of the design."), ("fresh", "0 or 1", "Whether it had no part in finding boxes.")],
        );
        let axes = self.designs.iter().find_map(|design| design.discovery.as_ref()).map(|discovery| &discovery.axes);
        for axis in axes.into_iter().flatten() {
            table.columns.push(Column::new(
                axis.name.replace(' ', "_"),
                axis.unit.clone(),
                format!("{}: {} in this unit.", axis.path, axis.name),
            ));
        }
        table.columns.push(Column::new("failing", PART, "Share of runs that fail."));
        for design in &self.designs {
            for point in design.discovery.iter().flat_map(|discovery| &discovery.points) {
                let mut row: Vec<Cell> = vec![design.name.as_str().into(), Cell::Count(u64::from(point.fresh))];
                row.extend(point.values.iter().map(|&value| Cell::from(value)));
                row.push(point.failing.into());
                table.rows.push(row);
            }
        }
        table
    }

    fn each_strike(&self) -> impl Iterator<Item = (&Tested, &Strike)> {
        self.designs.iter().flat_map(|design| design.strikes.iter().map(move |strike| (design, strike)))
    }
}

const METRIC_DOC: &str = "Net gain 24 months after support ends, mean over the times struck.";

fn estimate_columns(table: &mut Table, name: &str, unit: &str, doc: &str) {
    table.columns.extend([
        Column::new(name, unit, doc),
        Column::new(format!("{name}_low"), unit, "Lower end of its 95 % interval."),
        Column::new(format!("{name}_high"), unit, "Upper end of its 95 % interval."),
    ]);
}

fn cells(estimate: Estimate) -> [Cell; 3] {
    [estimate.value, estimate.low, estimate.high].map(rounded)
}

/// Six decimals are more than a thousand runs can tell.
fn rounded(share: f64) -> Cell {
    Cell::Number((share * 1e6).round() / 1e6)
}

/// Whether a loss is more than luck, in words.
fn verdict(loss: &Estimate) -> &'static str {
    match Change::of(*loss) {
        Change::Gain => "worse",
        Change::Loss => "better",
        Change::Nothing => "no change",
        _ => "no clear change",
    }
}

fn both(strike: &Strike) -> [&'static str; 2] {
    [0, 1].map(|place| strike.shocks.get(place).copied().unwrap_or_default())
}
