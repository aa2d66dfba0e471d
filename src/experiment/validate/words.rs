//! The validation in sentences and tables.

use super::{
    Claim, Decision, Judged, MORE, Pattern, Rules, Tested, Validation, Verdict,
    pictures::{overview, pictures},
};
use crate::{
    experiment::{Answer, Study, uncertain::posterior::Posterior},
    picture::Picture,
    stats::Estimate,
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

    /// Patterns that any model would show, and those in view of which a parameter was declared, that are among them or not.
    pub(super) fn set_apart(&self) -> String {
        let list = |which: &dyn Fn(&Pattern, &Tested) -> bool| {
            let rows = self.rows().filter(|(pattern, tested)| which(pattern, tested));
            rows.map(|(pattern, _)| pattern.id.as_str()).collect::<Vec<_>>()
        };
        let apart = |pattern: &Pattern, tested: &Tested| {
            !pattern.trivial.is_empty() || tested.verdict == Verdict::Tautology || !tested.verdict.is_judged()
        };
        let own = list(&|pattern, tested| !apart(pattern, tested));
        let pass = list(&|pattern, tested| !apart(pattern, tested) && tested.verdict == Verdict::Pass);
        let blind = |pattern: &Pattern, tested: &Tested| !apart(pattern, tested) && pattern.built_with().is_empty();
        let tests = list(&blind);
        let passed = list(&|pattern, tested| blind(pattern, tested) && tested.verdict == Verdict::Pass);
        let mut said = format!("Of {} that are neither tautologies nor trivial {} pass", own.len(), pass.len());
        let trivial = list(&|pattern, _| !pattern.trivial.is_empty());
        if !trivial.is_empty() {
            said += &format!(" (trivial, as any model would show them: {})", trivial.join(", "));
        }
        said += &format!(
            ". In view of many a pattern a parameter was declared, which therefore is no test of it; of the {} others {} pass.",
            tests.len(),
            passed.len()
        );
        let chosen = list(&|pattern, tested| tested.verdict == Verdict::Pass && !pattern.in_view.is_empty());
        match chosen.as_slice() {
            [] => said,
            [one] => {
                said + &format!(
                    " Of {one}, which passes, the experiment itself was chosen in part with its result in view."
                )
            }
            several => {
                said + &format!(
                    " Of {} that pass the experiment itself, arms, metric or knock-out, was chosen in part with its result in view: {}.",
                    several.len(),
                    several.join(", ")
                )
            }
        }
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
        let others = [
            (Verdict::Fail, "fails", "fail"),
            (Verdict::NotEmergent, "is not emergent", "are not emergent"),
            (Verdict::Tautology, "is a tautology", "are tautologies"),
            (Verdict::Undecided, "is undecided", "are undecided"),
            (Verdict::Open, "is open", "are open"),
            (Verdict::NotTestable, "is not testable yet", "are not testable yet"),
        ];
        let others = others.map(|(verdict, one, several)| {
            let count = self.count(verdict);
            (count, if count == 1 { one } else { several })
        });
        // What there is none of need not be said, unless it is a failure.
        let said = others.iter().enumerate().filter(|(place, (count, _))| *place < 2 || *count > 0);
        let said: Vec<String> = said.map(|(_, (count, what))| format!("{count} {what}")).collect();
        let pass = self.count(Verdict::Pass);
        let passes = if pass == 1 { "passes" } else { "pass" };
        format!("Of {} patterns {pass} {passes}{part}, {}.", self.tested.len(), said.join(", "))
    }
}

impl Rules {
    /// The rules in a sentence or two.
    pub fn words(&self) -> String {
        let interval = if self.interval < 1.0 { "an interval of about 80 %" } else { "its 95 % interval" };
        let more = if self.most_runs_a_draw > self.runs_a_draw {
            format!(
                " Where a pattern fails or is undecided by signs alone each draw has {} runs of each arm, so that luck turns few; \
                 where an interval reaches to both sides even so, {}. More draws would say no more: all rows of the posterior \
                 are dealt once, and intervals are those of the {:.0} independent ones that they are worth.",
                MORE * self.runs_a_draw,
                self.most_runs_a_draw,
                Posterior::bundled().worth(),
            )
        } else {
            String::new()
        };
        let rules = format!(
            "Arms are compared in {} draws of all parameters from the posterior that published figures leave, {} runs of each \
             arm in each. A claim holds when its difference is greater by {interval} than {} of what goes from 0 to 1 (or what \
             the claim says matters), and has its sign in at least {:.0} % of the draws, by the interval of that share; it fails \
             when either is not so.{more} A pattern passes when all its claims hold and less than {:.0} % of the main one, or less \
             than matters, is left once its mechanism is knocked out.",
            self.draws,
            self.runs_a_draw,
            self.smallest,
            self.share_held * 100.0,
            self.abolished * 100.0,
        );
        if !self.quick {
            return rules;
        }
        let full = Self::full();
        format!(
            "A quick look by relaxed rules: {} draws instead of {} and no more where a claim is undecided, intervals of about 80 % \
             instead of 95 %. What is decided here may be decided otherwise by the full rules. {rules}",
            self.draws, full.draws,
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
pub(super) fn short(estimate: Estimate) -> String {
    if estimate.value.is_nan() { "-".into() } else { format!("{:+.3} +-{:.3}", estimate.value, estimate.half_width()) }
}

/// A share in per cent, `-` where there is none.
pub(super) fn per_cent(share: f64) -> String {
    if share.is_nan() { "-".into() } else { format!("{:.0} %", share * 100.0) }
}

/// A share with its interval, in per cent.
pub(super) fn share(estimate: Estimate) -> String {
    let part = |share: f64| format!("{:.0}", share * 100.0);
    if estimate.value.is_nan() {
        return "-".into();
    }
    format!("{} ({} to {})", per_cent(estimate.value), part(estimate.low), part(estimate.high))
}

/// What became of a pattern, and whether part of it is left out.
pub(super) fn result(pattern: &Pattern, tested: &Tested) -> String {
    let part = if tested.verdict == Verdict::Pass && !pattern.left_out.is_empty() { " (part)" } else { "" };
    format!("{}{part}", tested.verdict.words())
}

/// What is left of the main claim under the knock-out; none where there is no effect to speak of.
pub(super) fn share_told(pattern: &Pattern, tested: &Tested, rules: &Rules) -> Option<f64> {
    let there = |step: &Judged| step.found.effect.low > 0.0 && step.found.effect.value >= rules.smallest;
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
        Verdict::Tautology => format!("the arms are the same simulation when {}", knocked_out(pattern)),
        Verdict::Fail | Verdict::Undecided => {
            let failing = pattern.claims.iter().zip(&tested.claims).filter(|(claim, _)| !claim.open);
            let failing = failing.flat_map(|(claim, steps)| steps.iter().map(move |step| (claim, step)));
            let wanted = if tested.verdict == Verdict::Fail { Decision::Fails } else { Decision::Undecided };
            let lines: Vec<String> = failing
                .filter(|(_, step)| step.decision == wanted)
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
            if !few {
                sentences.push(self.set_apart());
            }
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
                let held = if step.has_sign {
                    format!(", sign held in {} of the draws", share(step.found.held))
                } else {
                    String::new()
                };
                let verdict = decision(step);
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
    if !pattern.in_view.is_empty() {
        said.push(format!("Chosen with the result in view: {}.", pattern.in_view));
    }
    said.extend(pattern.left_out.iter().map(|clause| format!("Not tested: {clause}.")));
    if !pattern.remark.is_empty() && !matches!(tested.verdict, Verdict::Pass) {
        said.push(format!("Remark: {}", pattern.remark));
    }
    said
}

/// `holds`, or why it fails or is undecided.
pub(super) fn decision(step: &Judged) -> String {
    match step.decision {
        Decision::Holds => "holds".into(),
        Decision::Fails => step.because.clone(),
        Decision::Undecided => format!("undecided: {}", step.because),
    }
}
