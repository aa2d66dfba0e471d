//! The validation in sentences and tables.

use super::{
    Claim, Judged, Pattern, Rules, Tested, Validation, Verdict,
    pictures::{overview, pictures},
};
use crate::{
    experiment::{Answer, Study},
    metrics::unit,
    picture::Picture,
    stats::Estimate,
    table::{Cell, PART, Table},
};

/// Most patterns whose arms are shown rather than a line for each pattern.
const FEW: usize = 3;

impl Validation {
    /// Each pattern with what became of it.
    pub fn rows(&self) -> impl Iterator<Item = (&Pattern, &Tested)> {
        self.tested.iter().filter_map(|tested| Some((self.patterns.get(tested.place)?, tested)))
    }

    /// How many patterns have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.tested.iter().filter(|tested| tested.verdict == verdict).count()
    }

    /// How many of the patterns that pass pass in part: some of their clauses are not tested.
    pub fn passed_in_part(&self) -> usize {
        self.rows().filter(|(pattern, tested)| tested.verdict == Verdict::Pass && !pattern.left_out.is_empty()).count()
    }

    /// Which draws of the parameters count, and how many there were; nothing where all do.
    pub(super) fn plausibility(&self) -> Option<String> {
        let known = self.patterns.iter().find_map(|pattern| pattern.plausible.as_ref())?;
        let conditions: Vec<String> = known
            .conditions
            .iter()
            .map(|condition| {
                format!("{} ({} to {}; {})", condition.says, condition.from, condition.to, condition.source)
            })
            .collect();
        let drawn = if self.drawn == 0 {
            String::new()
        } else {
            format!("It took {} draws to find {} such. ", self.drawn, self.rules.draws)
        };
        Some(format!(
            "A draw is plausible when it does not contradict what is known of an ordinary programme: {}. {drawn}The others \
             are simulated too; tables also say how often signs hold in all draws.",
            conditions.join("; ")
        ))
    }

    /// `Of 45 patterns 20 pass, ...`.
    pub fn title(&self) -> String {
        if self.tested.is_empty() {
            return self.targets_in_a_sentence().unwrap_or_else(|| "Nothing was put to the test.".into());
        }
        if let ([pattern], [tested]) = (self.patterns.as_slice(), self.tested.as_slice()) {
            return format!("{} {}: {}.", pattern.id, pattern.name, tested.verdict.words());
        }
        let part = match self.passed_in_part() {
            0 => String::new(),
            part => format!(" ({part} of them with clauses left untested)"),
        };
        format!(
            "Of {} patterns {} pass{part}, {} fail, {} are not emergent, {} are open, {} are not testable yet.",
            self.tested.len(),
            self.count(Verdict::Pass),
            self.count(Verdict::Fail),
            self.count(Verdict::NotEmergent),
            self.count(Verdict::Open),
            self.count(Verdict::NotTestable),
        )
    }
}

impl Rules {
    /// The rules in a sentence or two.
    pub fn words(&self) -> String {
        let interval = if self.interval < 1.0 { "an interval of about 80 %" } else { "its 95 % interval" };
        let rules = format!(
            "A claim holds when its difference, over {} paired runs, is greater than nothing by {interval} and by at least \
             {} standard deviations between runs, and keeps its sign in at least {:.0} % of {} plausible draws of all \
             parameters from their ranges ({} runs each). A pattern passes when all its claims hold and less than {:.0} % of the \
             main one, or nothing to speak of, is left once its mechanism is knocked out.",
            self.runs,
            self.smallest_size,
            self.share_held * 100.0,
            self.draws,
            self.runs_a_draw,
            self.abolished * 100.0,
        );
        if !self.quick {
            return rules;
        }
        let full = Self::full();
        format!(
            "A quick look by relaxed rules: {} runs instead of {}, {} draws of {} runs instead of {} of {}, an interval of \
             about 80 % instead of 95 %, a sign held in {:.0} % instead of {:.0} % of the draws. What passes here may fail \
             by the full rules. {rules}",
            self.runs,
            full.runs,
            self.draws,
            self.runs_a_draw,
            full.draws,
            full.runs_a_draw,
            self.share_held * 100.0,
            full.share_held * 100.0,
        )
    }
}

/// A difference in points, where the metric is a share, with its interval.
pub(super) fn effect(estimate: Estimate) -> String {
    if estimate.value.is_nan() {
        return "-".into();
    }
    let digits = |value: f64| {
        let text = format!("{value:+.3}");
        if text == "-0.000" || text == "+0.000" { "0.000".into() } else { text }
    };
    format!("{} ({} to {})", digits(estimate.value), digits(estimate.low), digits(estimate.high))
}

/// A difference with half its interval, for narrow tables.
fn short(estimate: Estimate) -> String {
    if estimate.value.is_nan() { "-".into() } else { format!("{:+.3} +-{:.3}", estimate.value, estimate.half_width()) }
}

/// A share in per cent, `-` where there is none.
pub(super) fn per_cent(share: f64) -> String {
    if share.is_nan() { "-".into() } else { format!("{:.0} %", share * 100.0) }
}

/// What became of a pattern, and whether part of it is left out.
fn result(pattern: &Pattern, tested: &Tested) -> String {
    let part = if tested.verdict == Verdict::Pass && !pattern.left_out.is_empty() { " (part)" } else { "" };
    format!("{}{part}", tested.verdict.words())
}

/// What is left of the main claim under the knock-out; none where there is no effect to speak of.
fn share_told(pattern: &Pattern, tested: &Tested, rules: &Rules) -> Option<f64> {
    let there = |step: &Judged| step.found.effect.low > 0.0 && step.found.size >= rules.smallest_size;
    main_step(pattern, tested).filter(|step| there(step)).map(|_| share_left(pattern, tested))
}

/// The same in words; `-` where there is no effect to speak of, `< 0` where it turns around.
pub(super) fn left(pattern: &Pattern, tested: &Tested, rules: &Rules) -> String {
    match share_told(pattern, tested, rules) {
        None => "-".into(),
        Some(share) if share < -0.005 => "< 0".into(),
        Some(share) => per_cent(share.max(0.0)),
    }
}

/// Share of the main claim that is left: of several, of the one of which most is; of steps that all go up or all go down,
/// from the first to the last; of an optimum, of the flank of which least is, as it takes both.
fn share_left(pattern: &Pattern, tested: &Tested) -> f64 {
    let of_claim = |(claim, steps): (&Claim, &Vec<Judged>)| {
        if claim.goes_one_way() {
            let total = |effect: &dyn Fn(&Judged) -> f64| steps.iter().map(effect).sum::<f64>();
            let gone = |step: &Judged| step.knocked_out.map_or(f64::NAN, |gone| gone.effect.value);
            total(&gone) / total(&|step| step.found.effect.value)
        } else {
            steps.iter().map(Judged::left).fold(f64::NAN, f64::min)
        }
    };
    let claims = || pattern.claims.iter().zip(&tested.claims);
    let main = claims().filter(|(claim, _)| claim.main).map(of_claim).fold(f64::NAN, f64::max);
    if claims().any(|(claim, _)| claim.main) { main } else { claims().next().map_or(f64::NAN, of_claim) }
}

/// Why a pattern does not pass, in a line; empty where it does.
pub(super) fn because(pattern: &Pattern, tested: &Tested) -> String {
    match tested.verdict {
        Verdict::NotTestable => format!("needs {}", pattern.missing.as_deref().unwrap_or("more")),
        Verdict::NotEmergent => {
            let left = share_left(pattern, tested);
            format!("{} of the effect is left when {}", per_cent(left), knocked_out(pattern))
        }
        Verdict::Fail => {
            let failing = pattern.claims.iter().zip(&tested.claims).filter(|(claim, _)| !claim.open);
            let failing = failing.flat_map(|(claim, steps)| steps.iter().map(move |step| (claim, step)));
            let lines: Vec<String> = failing
                .filter(|(_, step)| !step.holds)
                .map(|(claim, step)| format!("{} [{}] {}", claim.says, step.comparison, step.because))
                .collect();
            lines.join("; ")
        }
        Verdict::Pass | Verdict::Open => String::new(),
    }
}

pub(super) fn knocked_out(pattern: &Pattern) -> &str {
    pattern.knockout.as_ref().map_or("", |knockout| knockout.what.as_str())
}

/// The comparison that stands for the pattern in a line: the weakest of its main claim.
pub(super) fn main_step<'a>(pattern: &Pattern, tested: &'a Tested) -> Option<&'a Judged> {
    let main = pattern.claims.iter().zip(&tested.claims).find(|(claim, _)| claim.main);
    let steps = main.map(|(_, steps)| steps.as_slice()).or_else(|| tested.claims.first().map(Vec::as_slice));
    steps?.iter().min_by(|one, other| one.found.size.total_cmp(&other.found.size))
}

impl Study for Validation {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        let (mut shown, mut tables) = (None, Vec::new());
        if !self.tested.is_empty() {
            let few = self.tested.len() <= FEW;
            sentences.push(self.rules.words());
            sentences.extend(self.plausibility());
            if few {
                self.rows().for_each(|(pattern, tested)| sentences.extend(in_detail(pattern, tested)));
            }
            tables = vec![self.patterns(), self.comparisons(), self.arms()];
            if few {
                tables.rotate_right(1);
            } else {
                shown = Some(self.overview());
            }
        }
        if let Some(count) = self.targets_in_a_sentence() {
            if !self.tested.is_empty() {
                sentences.push(format!("Apart from the patterns: {count}"));
            }
            sentences.push(self.rules_of_targets());
            if self.held.len() <= FEW {
                sentences.extend(self.targets_in_detail());
            }
            if self.tested.is_empty() {
                shown = Some(self.target_overview());
            }
            tables.push(self.target_numbers());
        }
        Answer { title: self.title(), sentences, shown, tables }
    }

    fn pictures(&self) -> Vec<Picture> {
        let mut made: Vec<Picture> = if self.tested.len() > FEW {
            overview(self.rows(), &self.rules).into_iter().collect()
        } else {
            self.rows().flat_map(|(pattern, tested)| pictures(pattern, tested)).collect()
        };
        made.extend(self.picture_of_targets());
        made
    }
}

/// What is to be said of one pattern.
fn in_detail(pattern: &Pattern, tested: &Tested) -> Vec<String> {
    let mut said = vec![format!("{} {} ({}): {}.", pattern.id, pattern.name, pattern.place, tested.verdict.words())];
    let because = because(pattern, tested);
    if !because.is_empty() {
        said.push(format!("Why: {because}."));
    }
    for (claim, steps) in pattern.claims.iter().zip(&tested.claims) {
        let (main, open) = (if claim.main { " (main claim)" } else { "" }, if claim.open { " (open)" } else { "" });
        let found: Vec<String> = steps
            .iter()
            .map(|step| {
                let held = if step.held.is_nan() {
                    String::new()
                } else {
                    format!(
                        ", sign held in {} of the plausible draws ({} of all)",
                        per_cent(step.held),
                        per_cent(step.held_in_all)
                    )
                };
                let verdict = if step.holds { "holds" } else { step.because.as_str() };
                let out =
                    step.knocked_out.map(|out| format!(", knocked out {}", effect(out.effect))).unwrap_or_default();
                format!(
                    "{}: {}, d = {}{held}{out}: {verdict}",
                    step.comparison,
                    effect(step.found.effect),
                    step.found.size_in_words().trim_start_matches('+')
                )
            })
            .collect();
        said.push(format!("{}{main}{open} {}.", claim.says, found.join("; ")));
    }
    if let Some(knockout) = &pattern.knockout {
        let gone = if tested.abolished { "abolishes the main claim" } else { "leaves the main claim standing" };
        said.push(format!("Knock-out ({}) {gone}.", knockout.what));
    }
    said.extend(pattern.left_out.iter().map(|clause| format!("Not tested: {clause}.")));
    if !pattern.remark.is_empty() && !matches!(tested.verdict, Verdict::Pass) {
        said.push(format!("Remark: {}", pattern.remark));
    }
    said
}

impl Validation {
    /// A row for each pattern, for reading.
    fn overview(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("result", "", "What became of it."),
            ("effect", "of the metric", "Weakest comparison of the main claim, and half its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", "", "Plausible draws of the parameters in which its sign holds."),
            (
                "left",
                "",
                "Share of the main claim that is left under the knock-out; of an optimum, of its weaker flank.",
            ),
            ("name", "", "Name of the pattern."),
        ];
        let mut table = Table::new("patterns in words", &columns);
        table.rows = self
            .rows()
            .map(|(pattern, tested)| {
                let step = main_step(pattern, tested);
                let text = |make: &dyn Fn(&Judged) -> String| Cell::Text(step.map_or_else(|| "-".into(), make));
                vec![
                    pattern.id.as_str().into(),
                    result(pattern, tested).into(),
                    text(&|step| short(step.found.effect)),
                    text(&|step| step.found.size_in_words()),
                    text(&|step| per_cent(step.held)),
                    Cell::Text(left(pattern, tested, &self.rules)),
                    pattern.name.as_str().into(),
                ]
            })
            .collect();
        table
    }

    /// The same in numbers, for programs.
    fn patterns(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("result", "", "What became of it."),
            ("effect", "of the metric", "Weakest comparison of the main claim."),
            ("lower", "of the metric", "Lower end of its 95 % interval."),
            ("upper", "of the metric", "Upper end of its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", PART, "Plausible draws of the parameters in which its sign holds."),
            (
                "left",
                PART,
                "Part of the main claim that is left under the knock-out, below 0 where it turns around; of an optimum, of its \
                 weaker flank; empty where there is no effect to speak of.",
            ),
            ("name", "", "Name of the pattern."),
        ];
        let mut table = Table::new("patterns", &columns);
        for (pattern, tested) in self.rows() {
            let step = main_step(pattern, tested);
            let number = |of: &dyn Fn(&Judged) -> f64| Cell::Number(step.map_or(f64::NAN, of));
            table.rows.push(vec![
                pattern.id.as_str().into(),
                result(pattern, tested).into(),
                number(&|step| step.found.effect.value),
                number(&|step| step.found.effect.low),
                number(&|step| step.found.effect.high),
                number(&|step| step.found.size),
                number(&|step| step.held),
                Cell::Number(share_told(pattern, tested, &self.rules).unwrap_or(f64::NAN)),
                pattern.name.as_str().into(),
            ]);
        }
        table
    }

    /// A row for each comparison.
    fn comparisons(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("claim", "", "What is claimed."),
            ("role", "", "main: the knock-out must abolish it; open: reported, not judged."),
            ("comparison", "", "The comparison, the side that should be greater minus the other."),
            ("effect", "of the metric", "Mean paired difference."),
            ("low", "of the metric", "Lower end of its 95 % interval."),
            ("high", "of the metric", "Upper end of its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", PART, "Plausible draws of the parameters in which its sign holds."),
            ("held_in_all", PART, "The same among all draws, plausible or not."),
            ("effect_knocked_out", "of the metric", "Mean paired difference under the knock-out."),
            ("low_knocked_out", "of the metric", "Lower end of its 95 % interval."),
            ("high_knocked_out", "of the metric", "Upper end of its 95 % interval."),
            ("holds", "", "yes, or why not."),
        ];
        let mut table = Table::new("comparisons", &columns);
        for (pattern, tested) in self.rows() {
            for (claim, steps) in pattern.claims.iter().zip(&tested.claims) {
                let role = if claim.open {
                    "open"
                } else if claim.main {
                    "main"
                } else {
                    ""
                };
                for step in steps {
                    let (found, out) = (step.found, step.knocked_out.map_or(Estimate::UNDEFINED, |out| out.effect));
                    let words: [Cell; 4] = [pattern.id.as_str(), &claim.says, role, &step.comparison].map(Into::into);
                    let numbers = [
                        found.effect.value,
                        found.effect.low,
                        found.effect.high,
                        found.size,
                        step.held,
                        step.held_in_all,
                    ];
                    let mut row = words.to_vec();
                    row.extend(numbers.into_iter().chain([out.value, out.low, out.high]).map(Cell::from));
                    row.push(if step.holds { "yes".into() } else { step.because.as_str().into() });
                    table.rows.push(row);
                }
            }
        }
        table
    }

    /// A row for each arm and metric.
    fn arms(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("metric", "", "The metric."),
            ("arm", "", "The condition."),
            ("unit", "", "Unit of the numbers in this row."),
            ("mean", "see unit", "Mean over runs."),
            ("low", "see unit", "Lower end of its 95 % interval."),
            ("high", "see unit", "Upper end of its 95 % interval."),
            ("knocked_out", "see unit", "Mean with the mechanism knocked out."),
        ];
        let mut table = Table::new("arms", &columns);
        for (pattern, tested) in self.rows() {
            for (arm, metric, mean, out) in &tested.arms {
                let names: [Cell; 4] = [pattern.id.as_str(), metric, arm, unit(metric)].map(Into::into);
                let numbers = [mean.value, mean.low, mean.high, out.value].map(Cell::from);
                let mut row = names.to_vec();
                row.extend(numbers);
                table.rows.push(row);
            }
        }
        table
    }
}
