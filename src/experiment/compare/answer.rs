//! A comparison in words and tables.
use super::{
    Candidate, Comparison, Difference, MOST_FOR_ALL_PAIRS, NOTHING,
    claims::concluded,
    numbers::numbers,
    pictures::{cheapest, pictures},
    tables,
};
use crate::{
    experiment::{
        Answer, KeyNumber, Study,
        assumptions::Concluded,
        headline::{HEADLINE, HEADLINES, Headline, headline, unit},
    },
    phrase::{amount, clear, counted, grouped, listed, measured, named, share, thousands},
    picture::Picture,
    programme::price::CURRENCY,
    stats::Estimate,
};

/// Costs that differ by more than this are no equal budget.
const EQUAL_BUDGET: f64 = 1.05;

/// Smallest clear difference worth a sentence.
const SMALLEST: f64 = 0.001;

/// Cheaper designs of which is said what more of them the dearest one's money would buy.
const MOST_TOLD: usize = 3;

impl Study for Comparison {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        sentences.extend(self.programmes_sentence());
        sentences.extend(self.precision_sentence());
        sentences.push(self.best_sentence());
        sentences.extend(self.others_sentences());
        sentences.extend(self.cost_sentences());
        sentences.extend(self.surroundings_sentences());
        sentences.extend(self.luck_sentence());
        let shown = [true, false].map(|intervals| self.side_by_side(intervals)).into_iter().find(tables::fits);
        let tables = vec![self.designs_table(), self.values_table(), self.differences_table(), self.runs_table()];
        Answer { title: self.title(), sentences, shown, tables }
    }

    fn numbers(&self) -> Vec<KeyNumber> {
        numbers(self)
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }

    fn concluded(&self) -> Concluded {
        concluded(self)
    }
}

/// A name in a sentence.
fn quoted(name: &str) -> String {
    if name == NOTHING { name.into() } else { named(name) }
}

/// A difference for a sentence, e.g. `-1.2 points (-1.9 to -0.5)`.
fn difference_text(row: &Headline, estimate: &Estimate) -> String {
    measured(unit(row.metric), true, *estimate)
}

impl Comparison {
    /// The name as sentences have it.
    pub(super) fn said(&self, candidate: usize) -> String {
        quoted(self.name(candidate))
    }

    /// Candidates by gain, the largest first.
    pub(super) fn ranking(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.candidates.len()).collect();
        places.sort_by(|&left, &right| self.gain(right).value.total_cmp(&self.gain(left).value));
        places
    }

    fn title(&self) -> String {
        const WHEN: &str = "24 months after support ends";
        if self.runs < 2 {
            return "One run of each: no intervals, so nothing can be said of any difference.".into();
        }
        let ranking = self.ranking();
        let (Some(&first), Some(&second)) = (ranking.first(), ranking.get(1)) else { return String::new() };
        let lead = self.gain_difference(first, second);
        if lead.value.is_nan() {
            return "No run gives all designs a gain that could be compared.".into();
        }
        let untold = |other: &usize| !clear(self.gain_difference(first, *other));
        let tied: Vec<usize> = ranking.iter().skip(1).copied().filter(untold).collect();
        match (tied.is_empty(), first) {
            (true, 0) => format!(
                "Nothing done is best {WHEN}: the best of the designs, {}, loses {} against it.",
                self.said(second),
                amount(lead)
            ),
            (true, _) if second == 0 => {
                format!("{} keeps {} {WHEN} against nothing done.", self.said(first), amount(lead))
            }
            (true, _) => {
                let next = if self.candidates.len() > 3 { "the next, " } else { "" };
                format!("{} keeps {} more than {next}{} {WHEN}.", self.said(first), amount(lead), self.said(second))
            }
            (false, _) => {
                let place = tied.first().copied().unwrap_or(0);
                let other = self.said(place);
                let apart = self.gain_difference(first, place);
                let text = difference_text(&HEADLINES[headline()], &apart);
                let others = listed(&tied.iter().map(|&place| self.said(place)).collect::<Vec<_>>());
                format!(
                    "A tie {WHEN}: {} cannot be told from {others}; against {other} the difference is {text}.",
                    self.said(first)
                )
            }
        }
    }

    fn programmes_sentence(&self) -> Option<String> {
        self.several_programmes.then(|| {
            let mut names: Vec<String> = Vec::new();
            for candidate in self.candidates.iter().skip(1) {
                let name = format!("\"{}\"", candidate.programme);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            format!(
                "Of several programmes everything here, costs included, is about {} (another: --programme).",
                listed(&names)
            )
        })
    }

    fn precision_sentence(&self) -> Option<String> {
        let precision = self.plan.precision?;
        let what = if self.candidates.len() > 2 { "differences are" } else { "gain is" };
        let asked = 100.0 * precision;
        (self.reached >= precision).then(|| {
            format!(
                "The precision asked for, +-{asked} points, was not reached in {}: {what} known to +-{:.1}.",
                counted(self.runs, "run"),
                100.0 * self.reached
            )
        })
    }

    fn best_sentence(&self) -> String {
        let one = |&place: &usize| {
            let candidate = self.candidates.get(place)?;
            (candidate.best.high > 0.0).then(|| format!("{} in {}", quoted(&candidate.name), share(candidate.best)))
        };
        let parts: Vec<String> = self.ranking().iter().filter_map(one).collect();
        let regret = self.candidates.iter().skip(1).map(|candidate| {
            let Estimate { value, low, high, .. } = candidate.regret;
            format!("{} {:.1} ({:.1} to {:.1})", quoted(&candidate.name), 100.0 * value, 100.0 * low, 100.0 * high)
        });
        format!(
            "Best of all candidates, run by run: {}. Points given away against choosing the best in each run: {}.",
            listed(&parts),
            listed(&regret.collect::<Vec<_>>())
        )
    }

    /// `fatigue during support -1.2 points (-1.9 to -0.5)`; of a ratio to nothing done what it is in each, since the
    /// difference of two ratios says little. Nothing where that would be shown as no difference.
    fn difference_in_words(&self, row: &Difference) -> Option<String> {
        let headline = HEADLINES.get(row.headline)?;
        if headline.nothing != 1.0 {
            return Some(format!("{} {}", headline.label, difference_text(headline, &row.estimate)));
        }
        let ratio = |place: usize| Some(self.candidates.get(place)?.estimates.get(row.headline)?.value);
        let (own, other, Estimate { value, low, high, .. }) = (ratio(row.of)?, ratio(row.from)?, row.estimate);
        (value.abs() >= 0.005).then(|| {
            format!(
                "{} {own:.2} times as many as with nothing done, and not {other:.2} times ({value:+.2}, {low:+.2} to {high:+.2})",
                headline.label
            )
        })
    }

    /// What differs clearly beside the headline: all pairs of two designs, otherwise each against the first.
    fn others_sentences(&self) -> Vec<String> {
        let beside = |row: &&Difference| {
            HEADLINES.get(row.headline).is_some_and(|row| {
                row.metric != HEADLINE && !matches!(row.metric, "net_gain_12_months_after" | "net_gain_36_months_after")
            })
        };
        // Of a gain of which less than nothing is left no share is kept that could be more than another.
        let kept_by = |place: usize, row: &Difference| {
            let estimate = self.candidates.get(place).and_then(|candidate| candidate.estimates.get(row.headline));
            estimate.is_some_and(|share| share.high >= 0.0)
        };
        let has_sense = |row: &&Difference| {
            let is_share = HEADLINES.get(row.headline).is_some_and(|row| row.metric == "retained_share_24");
            !is_share || (kept_by(row.of, row) && kept_by(row.from, row))
        };
        let against_first = |of: usize| {
            let rows = self.differences.iter().filter(move |row| row.from == 1 && row.of == of);
            let told = rows
                .filter(beside)
                .filter(has_sense)
                .filter(|row| clear(row.estimate) && row.estimate.value.abs() >= SMALLEST)
                .filter_map(|row| self.difference_in_words(row));
            (of, told.collect::<Vec<_>>())
        };
        let sentence = |(of, told): (usize, Vec<String>)| match told.as_slice() {
            [] => format!(
                "{} against {}: nothing else differs clearly and by {:.1} points or more.",
                self.said(of),
                self.said(1),
                100.0 * SMALLEST
            ),
            _ => format!("{} against {}: {}.", self.said(of), self.said(1), told.join("; ")),
        };
        if self.candidates.len() > MOST_FOR_ALL_PAIRS + 1 {
            return Vec::new();
        }
        (2..self.candidates.len()).map(against_first).map(sentence).collect()
    }

    fn cost_sentences(&self) -> Vec<String> {
        let designs = self.candidates.get(1..).unwrap_or_default();
        if designs.len() > MOST_FOR_ALL_PAIRS {
            return self.budget_sentences(designs);
        }
        let one = |candidate: &Candidate| {
            let price = if candidate.per_point.value.is_nan() {
                "no clear gain to divide by".into()
            } else {
                let Estimate { value, low, high, .. } = candidate.per_point;
                format!("{} ({} to {}) for a point still there", grouped(value), grouped(low), grouped(high))
            };
            format!("{} {}, {price}", quoted(&candidate.name), grouped(candidate.money))
        };
        let mut told = vec![format!(
            "Cost in {CURRENCY} for one organisation, 24 months after support included: {}.",
            designs.iter().map(one).collect::<Vec<_>>().join("; ")
        )];
        told.extend((self.by_price().len() > 1).then(|| cheapest(self)));
        told.extend(self.budget_sentences(designs));
        told
    }

    /// What the money of the dearest design would do with the others.
    fn budget_sentences(&self, designs: &[Candidate]) -> Vec<String> {
        let Some(dearest) = designs.iter().max_by(|left, right| left.money.total_cmp(&right.money)) else {
            return Vec::new();
        };
        let cheaper = |candidate: &&Candidate| candidate.money > 0.0 && dearest.money > EQUAL_BUDGET * candidate.money;
        let cheap: Vec<&Candidate> = designs.iter().filter(cheaper).collect();
        let mut told = Vec::new();
        for candidate in cheap.iter().take(MOST_TOLD) {
            let factor = dearest.money / candidate.money;
            let scaled: Vec<f64> = candidate.gains.iter().map(|gain| gain * factor).collect();
            let apart = crate::stats::paired_difference(&scaled, &dearest.gains);
            let verdict = match (clear(apart), apart.value > 0.0) {
                (false, _) => "no clear difference in all",
                (true, true) => "more in all",
                (true, false) => "less in all",
            };
            told.push(format!(
                "Not an equal budget: what {} costs would pay for {} in {factor:.2} times as many organisations like these, \
                 {verdict} ({} points kept for each organisation of {}).",
                quoted(&dearest.name),
                quoted(&candidate.name),
                difference_text(&HEADLINES[headline()], &apart).replace(" points", ""),
                quoted(&dearest.name)
            ));
        }
        if cheap.len() > MOST_TOLD {
            told.push("For the other cheaper designs see gain_24_at_equal_budget in values.csv.".into());
        }
        told
    }

    fn surroundings_sentences(&self) -> Vec<String> {
        let one = |(name, paths): &(String, Vec<String>)| {
            let name = quoted(name);
            let shown = paths.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
            let rest = if paths.len() > 4 { format!(" and {} more", paths.len() - 4) } else { String::new() };
            format!(
                "{name} is tried in other surroundings than {}: differences are also of {shown}{rest}.",
                self.said(1)
            )
        };
        self.surroundings.iter().map(one).collect()
    }

    fn luck_sentence(&self) -> Option<String> {
        let ratios: Vec<f64> =
            self.headline_differences().map(|row| row.variance_ratio).filter(|ratio| ratio.is_finite()).collect();
        let failed = if self.failed > 0 { format!(" {} failed.", counted(self.failed, "run")) } else { String::new() };
        let made = format!("{} of each, seed {}.{failed}", counted(self.runs, "run"), self.plan.seed);
        let (low, high) = ratios.iter().fold((f64::INFINITY, 0f64), |(low, high), &x| (low.min(x), high.max(x)));
        if ratios.is_empty() {
            return Some(made);
        }
        let needed = |ratio: f64| thousands(two_digits(ratio * self.runs as f64));
        let about = if ratios.len() == 1 || needed(low) == needed(high) {
            format!("about {} (variance ratio {low:.1}, measured)", needed(low))
        } else {
            format!(
                "from about {} to {}, by pair (variance ratios {low:.1} to {high:.1}, measured)",
                needed(low),
                needed(high)
            )
        };
        let many = if self.candidates.len() > 3 { " Each interval holds for its own pair." } else { "" };
        Some(format!("{made} Without shared luck the same precision would have taken {about}.{many}"))
    }
}

/// Two significant digits: a variance ratio is not known better.
fn two_digits(number: f64) -> u64 {
    let mut unit = 1.0;
    while number / unit >= 100.0 {
        unit *= 10.0;
    }
    ((number / unit).round() * unit) as u64
}
