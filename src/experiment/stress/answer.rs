//! Stress in sentences and tables.
use super::pictures::pictures;
use super::{BreakEven, Stress, Strike, Tested, battery_table, discovery::Failing, window::read};
use crate::{
    experiment::{Answer, Study},
    phrase::{counted, magnitude, signed},
    picture::Picture,
    stats::Estimate,
    table::{Cell, Column, Table},
};

impl Study for Stress {
    fn answer(&self) -> Answer {
        let mut sentences: Vec<String> = Vec::new();
        if let Some(sentence) = self.regrets() {
            sentences.push(sentence);
        }
        for design in &self.designs {
            sentences.extend(self.about(design));
        }
        sentences.push(self.method());
        let mut tables = vec![self.survival(), self.designs_table(), self.strikes_table(), self.times_table()];
        if self.designs.iter().any(|design| !design.break_evens.is_empty()) {
            tables.extend([self.break_evens_table(), self.curves_table()]);
        }
        if self.plan.points > 0 {
            tables.extend([self.boxes_table(), self.points_table()]);
        }
        tables.push(battery_table());
        Answer { title: self.title(), sentences, tables }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }
}

/// A strike by name: `staff_exodus and sponsor_leaves, severe`.
fn name(strike: &Strike) -> String {
    let shocks: Vec<String> = strike.shocks.iter().map(|shock| shock.replace('_', " ")).collect();
    format!("{} ({})", shocks.join(" and "), strike.severity.name())
}

/// A share with its interval in percent: `83 % (78 to 88)`.
fn percent(share: Estimate) -> String {
    let [value, low, high] = [share.value, share.low, share.high].map(|share| format!("{:.0}", 100.0 * share));
    if share.low.is_nan() { format!("{value} %") } else { format!("{value} % ({low} to {high})") }
}

/// Whether a loss is more than luck.
fn is_clear(loss: &Estimate) -> bool {
    loss.low > 0.0
}

impl Stress {
    fn title(&self) -> String {
        let one = |design: &Tested| {
            let alone: Vec<&Strike> = design.alone().collect();
            let clear = alone.iter().filter(|strike| is_clear(&strike.loss)).count();
            let worst = alone.iter().max_by(|left, right| left.loss.value.total_cmp(&right.loss.value));
            let worst = match worst {
                Some(worst) if is_clear(&worst.loss) => {
                    format!("; {} costs most, {}", name(worst), magnitude(worst.loss))
                }
                _ => String::new(),
            };
            format!(
                "{clear} of {} shocks alone clearly cost {} part of its gain 24 months after support{worst}",
                alone.len(),
                design.name
            )
        };
        let all: Vec<String> = self.designs.iter().map(one).collect();
        format!("{}.", all.join(". "))
    }

    /// Which design has least to regret.
    fn regrets(&self) -> Option<String> {
        if self.designs.len() < 2 {
            return None;
        }
        let of = |design: &Tested| match design.most_regretted() {
            Some(strike) if is_clear(&strike.regret) => {
                let better = self.designs.get(strike.best).map_or("", |best| best.name.as_str());
                format!(
                    "{}: {}, under {}, where {better} keeps most",
                    design.name,
                    magnitude(strike.regret),
                    name(strike)
                )
            }
            Some(_) => format!("{}: never clearly behind the best", design.name),
            None => format!("{}: nothing struck", design.name),
        };
        let all: Vec<String> = self.designs.iter().map(of).collect();
        Some(format!("Largest regret against the design that keeps most under the same shock. {}.", all.join("; ")))
    }

    fn about(&self, design: &Tested) -> Vec<String> {
        let mut sentences = Vec::new();
        let (who, gain) = (&design.name, design.undisturbed);
        let undisturbed = format!("{who} has a net gain of {} left when none of this happens", magnitude(gain));
        if design.fails_below.is_nan() {
            return vec![format!(
                "{undisturbed}, which may be nothing: there is nothing to break. --fails-below would say what counts as failing."
            )];
        }
        sentences.push(format!(
            "{undisturbed}; a run fails if it keeps less than {} points, as {} of undisturbed runs do.",
            signed(design.fails_below).trim_start_matches('+'),
            percent(design.failing_undisturbed)
        ));
        if let Some(worst) = design.worst().filter(|worst| is_clear(&worst.loss)) {
            let share =
                if worst.share.value.is_nan() { String::new() } else { format!(", {} of it", percent(worst.share)) };
            sentences.push(format!(
                "Worst of the {} tried for {who}: {}, which leaves {}{share}.",
                counted(design.strikes.len() as u64, "case"),
                name(worst),
                points_left(worst.kept)
            ));
        }
        sentences.extend(pairs(design));
        sentences.extend(stands(design));
        if let Some(discovery) = &design.discovery {
            let holding: Vec<&Failing> = discovery.boxes.iter().filter(|found| found.holds).collect();
            for found in &holding {
                sentences.push(self.failure(design, discovery.points.len() - discovery.sought, found));
            }
            if holding.is_empty() {
                sentences.push(format!(
                    "No circumstances among the {} tried make {who} fail clearly more often than elsewhere: {:.0} % of runs fail ({} points x {}).",
                    discovery.axes.len(),
                    100.0 * discovery.base,
                    discovery.sought,
                    counted(self.plan.runs_a_point, "run")
                ));
            }
        }
        sentences
    }

    fn failure(&self, design: &Tested, fresh: usize, found: &Failing) -> String {
        let conditions: Vec<&str> = found.conditions.iter().map(|condition| condition.words.as_str()).collect();
        let measured = &found.measured;
        format!(
            "{} fails when {}: {} of such runs fail (density), they are {} of all failures (coverage); {} fail anywhere. Found with {} points x {}, measured on {fresh} fresh points.",
            design.name,
            conditions.join(" and "),
            percent(measured.density),
            percent(measured.coverage),
            percent(measured.base),
            self.plan.points,
            counted(self.plan.runs_a_point, "run"),
        )
    }

    fn method(&self) -> String {
        let pairs = if self.plan.pairs {
            format!(
                "; pairs at {} times with {}",
                self.plan.times.div_ceil(2),
                counted(self.plan.runs.div_ceil(2), "run")
            )
        } else {
            String::new()
        };
        format!(
            "Each shock struck at {} times between the start of support and 24 months after it, the same for all designs, each with {} under the same luck as undisturbed{pairs}. Intervals are 95 % intervals over luck, one by one: of many shocks that do nothing, one in forty looks clearly harmful by chance.",
            self.plan.times,
            counted(self.plan.runs, "run"),
        )
    }

    /// A row for each shock alone, a column or more for each design: the table to look at.
    fn survival(&self) -> Table {
        let mut table = Table::new("survival", &[("shock", "", "What struck, alone."), ("severity", "", "How hard.")]);
        let single = self.designs.len() == 1;
        let column = |name: &str, unit: &str, doc: &str| Column::new(name, unit, doc);
        let points = "points";
        for design in &self.designs {
            if single {
                table.columns.extend([
                    column("kept", points, "Net gain 24 months after support, in points of reliability."),
                    column("low", points, "Lower end of its 95 % interval."),
                    column("high", points, "Upper end of its 95 % interval."),
                    column("share", "%", "Gain kept as a share of that undisturbed."),
                    column("loss", points, "Gain lost to the shock, paired."),
                    column("loss_low", points, "Lower end of its 95 % interval."),
                    column("loss_high", points, "Upper end of its 95 % interval."),
                    column("verdict", "", "Whether that is more than luck."),
                ]);
            } else {
                let doc = format!("Net gain of {} 24 months after support, in points of reliability.", design.name);
                table.columns.push(column(&design.name, points, &doc));
            }
        }
        if !single {
            table.columns.push(column(
                "best",
                "",
                "The design that keeps most, with those that luck does not tell from it.",
            ));
        }
        let numbers =
            |numbers: &[f64]| numbers.iter().map(|number| Cell::Number(100.0 * number)).collect::<Vec<Cell>>();
        let mut first: Vec<Cell> = vec!["(none)".into(), "".into()];
        for design in &self.designs {
            let gain = design.undisturbed;
            first.extend(if single { numbers(&[gain.value, gain.low, gain.high]) } else { numbers(&[gain.value]) });
        }
        let none = Cell::Number(f64::NAN);
        first.extend(if single {
            vec![none.clone(), none.clone(), none.clone(), none, "".into()]
        } else {
            vec!["".into()]
        });
        table.rows.push(first);
        let alone: Vec<Vec<&Strike>> = self.designs.iter().map(|design| design.alone().collect()).collect();
        for (place, strike) in alone.first().into_iter().flatten().enumerate() {
            let mut row: Vec<Cell> = vec![strike.shocks.concat().into(), strike.severity.name().into()];
            let mut equals: Vec<&str> = Vec::new();
            for (design, strike) in self.designs.iter().zip(alone.iter().filter_map(|strikes| strikes.get(place))) {
                if single {
                    row.extend(numbers(&[strike.kept.value, strike.kept.low, strike.kept.high, strike.share.value]));
                    row.extend(numbers(&[strike.loss.value, strike.loss.low, strike.loss.high]));
                    row.push(
                        if is_clear(&strike.loss) {
                            "worse"
                        } else if strike.loss.high < 0.0 {
                            "better"
                        } else {
                            "no clear change"
                        }
                        .into(),
                    );
                } else {
                    row.extend(numbers(&[strike.kept.value]));
                }
                if !is_clear(&strike.regret) {
                    equals.push(&design.name);
                }
            }
            if !single {
                row.push(equals.join(" = ").into());
            }
            table.rows.push(row);
        }
        table
    }

    /// A row for each design.
    fn designs_table(&self) -> Table {
        let mut table =
            Table::new("designs", &[("design", "", "Name of the design."), ("title", "", "Title of its scenario.")]);
        estimate_columns(&mut table, "undisturbed", METRIC_DOC);
        table.columns.push(Column::new("fails_below", "share", "A run with less net gain than this fails."));
        estimate_columns(&mut table, "failing_undisturbed", "Share of undisturbed runs that fail.");
        table.columns.push(Column::new("worst_case", "", "Of all shocks and pairs tried, the one that leaves least."));
        estimate_columns(&mut table, "worst_kept", "What it leaves: net gain 24 months after support.");
        table.columns.push(Column::new(
            "largest_regret_under",
            "",
            "Shock or pair under which another design keeps most more than this one.",
        ));
        estimate_columns(&mut table, "largest_regret", "Gain of that design minus gain of this one, paired.");
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
    fn strikes_table(&self) -> Table {
        let mut table = Table::new(
            "strikes",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What struck."),
                ("with", "", "What else struck; empty for a shock alone."),
                ("severity", "", "How hard."),
            ],
        );
        estimate_columns(&mut table, "kept", METRIC_DOC);
        estimate_columns(&mut table, "share_kept", "That as a share of the gain undisturbed.");
        estimate_columns(&mut table, "loss", "Gain undisturbed minus gain kept, paired.");
        estimate_columns(
            &mut table,
            "beyond",
            "Of a pair: loss beyond the sum of both alone at the same times, paired.",
        );
        estimate_columns(&mut table, "regret", "Gain of the design that keeps most minus gain of this one, paired.");
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
    fn times_table(&self) -> Table {
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
        estimate_columns(&mut table, "loss", "Gain undisturbed minus gain kept, paired.");
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

    fn break_evens_table(&self) -> Table {
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

    fn curves_table(&self) -> Table {
        let mut table = Table::new(
            "curves",
            &[
                ("design", "", "Name of the design."),
                ("shock", "", "What is made worse."),
                ("severity", "", "How bad, in the unit of break_evens.csv."),
            ],
        );
        estimate_columns(&mut table, "kept", METRIC_DOC);
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

    fn boxes_table(&self) -> Table {
        let mut table = Table::new(
            "boxes",
            &[
                ("design", "", "Name of the design."),
                ("box", "number", "Number of the box, in the order found."),
                ("uncertainty", "", "What is restricted."),
                ("unit", "", "Its unit."),
                ("above", "", "Above this; empty where open."),
                ("below", "", "Below this; empty where open."),
                ("chance", "probability", "Probability of so good a restriction by chance."),
                (
                    "holds",
                    "0 or 1",
                    "Whether failures are more frequent in the box among fresh points too, by more than luck.",
                ),
            ],
        );
        estimate_columns(&mut table, "density", "Share of runs in the box that fail, on fresh points.");
        estimate_columns(&mut table, "coverage", "Share of all failures that lie in the box, on fresh points.");
        estimate_columns(&mut table, "base", "Share of runs that fail anywhere, on fresh points.");
        for design in &self.designs {
            let Some(discovery) = &design.discovery else { continue };
            for (number, found) in discovery.boxes.iter().enumerate() {
                for condition in &found.conditions {
                    let axis = discovery.axes.get(condition.axis);
                    let text = |of: Option<&String>| Cell::from(of.map_or("", String::as_str));
                    let mut row: Vec<Cell> = vec![design.name.as_str().into(), Cell::Count(number as u64 + 1)];
                    row.extend([text(axis.map(|axis| &axis.path)), text(axis.map(|axis| &axis.unit))]);
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
    fn points_table(&self) -> Table {
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
        table.columns.push(Column::new("failing", "share", "Share of runs that fail."));
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

/// What pairs cost beyond both alone.
fn pairs(design: &Tested) -> Option<String> {
    let beyond = |strike: &'_ Strike| strike.beyond.map(|beyond| (name(strike), beyond));
    let all: Vec<(String, Estimate)> = design.strikes.iter().filter_map(beyond).collect();
    if all.is_empty() {
        return None;
    }
    let more: Vec<&(String, Estimate)> = all.iter().filter(|(_, beyond)| is_clear(beyond)).collect();
    let less = all.iter().filter(|(_, beyond)| beyond.high < 0.0).count();
    let most = more.iter().reduce(|most, other| if other.1.value > most.1.value { other } else { most });
    let most =
        most.map_or(String::new(), |(name, beyond)| format!(", most of them {name}: {} more", magnitude(*beyond)));
    Some(format!(
        "Of {} pairs, {} cost {} clearly more than both shocks alone{most}; {less} clearly less; by chance it would be about {} of each.",
        all.len(),
        more.len(),
        design.name,
        read((all.len() as f64 * 0.025).round())
    ))
}

/// How much a design stands.
fn stands(design: &Tested) -> Vec<String> {
    let what = |row: &BreakEven| format!("{} {}", read(row.at), row.unit);
    let now =
        |row: &BreakEven| if row.present == 0.0 { String::new() } else { format!("; {} as it is", read(row.present)) };
    let interval = |row: &BreakEven| {
        let high = if row.high.is_finite() { read(row.high) } else { format!("beyond {}", read(row.worst)) };
        format!(" ({} to {high}{})", read(row.low), now(row))
    };
    let breaks: Vec<String> = design
        .break_evens
        .iter()
        .filter(|row| row.at.is_finite())
        .map(|row| format!("{}{}", what(row), interval(row)))
        .collect();
    let bears = |row: &BreakEven| {
        let perhaps =
            if row.low.is_finite() { format!(", though it may pass from {} on", read(row.low)) } else { String::new() };
        format!("{} {}{perhaps}", read(row.worst), row.unit)
    };
    let holds: Vec<String> = design.break_evens.iter().filter(|row| !row.at.is_finite()).map(bears).collect();
    let gain = format!("{} points of gain", crate::phrase::scaled(design.fails_below));
    let mut sentences = Vec::new();
    if !breaks.is_empty() {
        sentences.push(format!("{} keeps {gain}, each by itself, up to {}.", design.name, breaks.join("; up to ")));
    }
    if !holds.is_empty() {
        sentences.push(format!("{} keeps {gain} even at the worst tried: {}.", design.name, holds.join("; ")));
    }
    sentences
}

/// A gain that is left, which may be nothing.
fn points_left(kept: Estimate) -> String {
    if kept.excludes(0.0) { magnitude(kept) } else { format!("{}, perhaps nothing", magnitude(kept)) }
}

const METRIC_DOC: &str = "Net gain 24 months after support ends, mean over the times struck.";

fn estimate_columns(table: &mut Table, name: &str, doc: &str) {
    table.columns.extend([
        Column::new(name, "share", doc),
        Column::new(format!("{name}_low"), "share", "Lower end of its 95 % interval."),
        Column::new(format!("{name}_high"), "share", "Upper end of its 95 % interval."),
    ]);
}

fn cells(estimate: Estimate) -> [Cell; 3] {
    [estimate.value, estimate.low, estimate.high].map(Cell::from)
}

fn both(strike: &Strike) -> [&'static str; 2] {
    [0, 1].map(|place| strike.shocks.get(place).copied().unwrap_or_default())
}
