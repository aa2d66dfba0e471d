//! Conclusions and their assumptions in words and tables.
use super::{Assumptions, Judged, PLAUSIBLE, Verdict};
use crate::{
    phrase::counted,
    table::{Cell, PART, SHARE, Table},
};

/// Names of the tables: what is said of each conclusion, and of the parameters it hangs on.
pub const TABLES: [&str; 2] = ["assumptions", "assumed_parameters"];

/// Parameters named in a sentence.
const NAMED: usize = 3;

impl Judged {
    /// `in 60 of 64 draws (84 to 97 %)`.
    pub fn share(&self) -> String {
        let count = self.holds.count;
        if count == 0 {
            return "in no draw can it be looked at".into();
        }
        let held = (self.holds.value * count as f64).round();
        format!("in {held:.0} of {count} draws ({:.0} to {:.0} %)", self.holds.low * 100.0, self.holds.high * 100.0)
    }

    /// `by +0.4 to +3.1 points in 80 % of what is plausible`, where its number is one that means something by itself.
    pub fn size(&self) -> Option<String> {
        let range = Some(self.plausible.words(self.unit)).filter(|range| !range.is_empty())?;
        self.metric.as_ref().filter(|_| self.unit == SHARE)?;
        Some(format!("by {range} points in {PLAUSIBLE}"))
    }

    /// The parameters on which it clearly hangs, with the way they pull; `None` where there is none.
    pub fn hangs_on(&self) -> Option<String> {
        let clear = self.hangs.iter().filter(|hang| hang.clear).take(NAMED);
        let named: Vec<String> = clear
            .map(|hang| {
                let way = if hang.correlation.value > 0.0 { "more" } else { "less" };
                format!("{way} {}", hang.path.trim_start_matches("parameters."))
            })
            .collect();
        (!named.is_empty()).then(|| named.join(", "))
    }
}

impl Assumptions {
    fn count(&self, verdict: Verdict) -> usize {
        self.conclusions.iter().filter(|judged| judged.verdict == verdict).count()
    }

    /// All in a line.
    pub fn line(&self) -> String {
        if self.conclusions.is_empty() {
            return "Assumptions: nothing is concluded that could depend on them.".into();
        }
        let untold = match self.count(Verdict::TooFew) {
            0 => String::new(),
            count => format!(", {count} not to be told by so few draws"),
        };
        format!(
            "Assumptions: of {} {} firm, {} on them, {} open{untold} ({} of {}; assumptions.csv).",
            counted(self.conclusions.len() as u64, "conclusion"),
            self.count(Verdict::Firm),
            match self.count(Verdict::Leaning) {
                1 => "1 leans".into(),
                count => format!("{count} lean"),
            },
            self.count(Verdict::Open),
            counted(self.draws, "draw"),
            self.drawn()
        )
    }

    /// What was drawn, in words.
    fn drawn(&self) -> String {
        format!("{} parameters", self.parameters)
    }

    /// How it was found and what the words mean.
    pub fn method(&self) -> String {
        format!(
            "All parameters, drawn together from {} (the posterior): {} of {}. {} Named are parameters with which a conclusion goes beyond what the luckiest of all would \
             show by chance.",
            self.source,
            counted(self.draws, "draw"),
            self.drawn(),
            Verdict::RULE
        )
    }

    /// The conclusions, and the parameters each hangs on.
    pub fn tables(&self) -> [Table; 2] {
        let mut conclusions = Table::new(
            TABLES[0],
            &[
                ("conclusion", "", "What is concluded."),
                ("verdict", "", Verdict::RULE),
                ("draws", "count", "Draws of the parameters in which it can be looked at."),
                ("holds", PART, "Share of these draws in which it holds, luck taken off."),
                ("low95", PART, "Lower end of the 95 % interval of holds (Wilson)."),
                ("high95", PART, "Upper end of the 95 % interval of holds."),
                ("by_luck", PART, "Share of single runs that show it with the parameters as given."),
                ("unit", "", "Unit of value."),
                ("value", "see unit", "Its mean over the runs of the answer: how far from turning round."),
                ("value_low95", "see unit", "Lower end of the 95 % interval of value."),
                ("value_high95", "see unit", "Upper end of the 95 % interval of value."),
                ("plausible_low80", "see unit", "A tenth of the draws lie below, luck taken off."),
                ("plausible_median", "see unit", "Half of the draws lie below."),
                ("plausible_high80", "see unit", "A tenth of the draws lie above."),
            ],
        );
        let mut parameters = Table::new(
            TABLES[1],
            &[
                ("conclusion", "", "What is concluded."),
                ("parameter", "", "Parameter, by its path."),
                ("meaning", "", "What the parameter is."),
                ("standing", "", "How well it is known."),
                ("correlation", "", "Rank correlation (Spearman) with the conclusion over the draws."),
                ("low95", "", "Lower end of its 95 % interval."),
                ("high95", "", "Upper end of its 95 % interval."),
                (
                    "clear",
                    "",
                    "yes if beyond what the largest of all parameters would show by chance in 19 of 20 cases.",
                ),
            ],
        );
        for judged in &self.conclusions {
            let name = || judged.conclusion.as_str().into();
            let (holds, own) = (judged.holds, judged.own);
            let mut row = vec![name(), judged.verdict.words().into(), holds.count.into()];
            row.extend([holds.value, holds.low, holds.high, judged.by_luck].map(Cell::from));
            row.push(judged.unit.into());
            row.extend([own.value, own.low, own.high].map(Cell::from));
            row.extend([judged.plausible.low, judged.plausible.median, judged.plausible.high].map(Cell::from));
            conclusions.rows.push(row);
            for hang in &judged.hangs {
                let mut row = vec![name(), hang.path.as_str().into(), hang.meaning.into(), hang.standing.into()];
                let correlation = hang.correlation;
                row.extend([correlation.value, correlation.low, correlation.high].map(Into::into));
                row.push(if hang.clear { "yes" } else { "no" }.into());
                parameters.rows.push(row);
            }
        }
        [conclusions, parameters]
    }
}
