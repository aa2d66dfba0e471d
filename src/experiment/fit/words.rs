//! A fit in words.
use super::{
    FEWEST, FUTURES, Fitted, LEAST_TEMPER, LUCKS,
    forward::{Outlook, Range},
    next::Worth,
    settled::{LITTLE, Learned, SETTLED},
};
use crate::{
    experiment::{Answer, Study, harm::PREVENTED},
    phrase::{clear, counted, listed, named, percent, scaled, share, signed, thousands},
    picture::Picture,
    stats::Estimate,
};

/// Another past that is worth a word: half a point in the mean.
const OTHER: f64 = 0.005;

/// Names in one sentence, at most.
const MOST: usize = 6;

impl Study for Fitted {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        let title = if self.says_something() {
            sentences.extend(self.met());
            sentences.extend(self.said_of_gains());
            sentences.extend(self.said_of_place());
            sentences.extend(self.said_of_designs());
            sentences.extend(self.said_of_next());
            sentences.extend(self.said_of_turn());
            self.headline()
        } else {
            sentences.push(format!(
                "{} of the candidates {} the series at all, as much as {:.0} equal ones{}; {FEWEST:.0} with {:.0} % of the data are the \
                 fewest from which anything is said of the future here. Ask for more with --runs; free what the scenario may have wrong with --free PATH; or lay \
                 the data beside the scenario first with dewpoint chart.",
                thousands(self.agreeing()),
                if self.agreeing() == 1 { "agrees with" } else { "agree with" },
                self.worth,
                if self.temper < 1.0 {
                    format!(" where the data count as if there were {:.0} % of them", (self.temper * 100.0).max(1.0))
                } else {
                    String::new()
                },
                LEAST_TEMPER * 100.0
            ));
            sentences.extend(self.met());
            format!(
                "Too few of {} candidates agree with these data to say what will last.",
                thousands(self.candidates.len() as u64)
            )
        };
        sentences.extend(self.link());
        sentences.push(self.how());
        Answer { title, sentences, shown: Some(self.shown()), tables: self.tables() }
    }

    fn pictures(&self) -> Vec<Picture> {
        self.drawn()
    }

    fn files(&self) -> Vec<(String, String)> {
        vec![("ensemble.csv".into(), self.head.clone() + &self.posterior().write())]
    }
}

impl Fitted {
    /// Whether enough candidates agree with the data.
    pub fn says_something(&self) -> bool {
        self.worth >= FEWEST && self.temper >= LEAST_TEMPER
    }

    fn agreeing(&self) -> u64 {
        let largest = self.weights.iter().copied().fold(0.0, f64::max);
        self.weights.iter().filter(|weight| **weight > 0.01 * largest).count() as u64
    }

    /// Whether half will be kept, now and before the data.
    fn headline(&self) -> String {
        let Some(present) = self.outlook.first() else { return String::new() };
        format!(
            "In {} of the futures that fit these data there is a gain of a point or more and half of it is still there 24 months after support; \
             before the data it was {}.",
            share(present.kept),
            share(self.kept_before())
        )
    }

    /// How the fitted runs meet the data.
    fn met(&self) -> Vec<String> {
        let sides = self.sides();
        let outside: Vec<&(usize, i8)> = sides.iter().filter(|(_, side)| *side != 0).collect();
        let (inside, all) = ((sides.len() - outside.len()) as u64, sides.len() as u64);
        let name = |place: usize| self.called.get(place).cloned().unwrap_or_default();
        let mut said = Vec::new();
        if self.fits_badly() {
            let where_to: Vec<String> = outside
                .iter()
                .take(MOST)
                .map(|(place, side)| format!("{} ({})", name(*place), if *side > 0 { "above" } else { "below" }))
                .collect();
            let more = if outside.len() > MOST { " and others" } else { "" };
            said.push(format!(
                "Warning: nothing in the scenario fits these data well. {inside} of {} lie in the band that should hold 80 %; outside lie \
                 {}{more}. Something happened there that the scenario does not have, or what it gives is wrong: --free frees it.",
                counted(all, "point"),
                listed(&where_to)
            ));
        } else {
            said.push(format!(
                "The scenario can be brought to fit: {inside} of {} lie in the band that should hold 80 % of them.",
                counted(all, "point")
            ));
        }
        if self.harm && self.scatter > 0.5 {
            said.push(format!(
                "Events scatter more than counting explains (their variance is about {:.1} times their mean), so each point tells less than \
                 its number of events.",
                1.0 + self.scatter
            ));
        }
        if !self.harm && self.is_counted() && self.scatter > 0.03 {
            said.push(format!(
                "The points scatter more than counting explains (correlation within a point about {:.2}), so each tells less than its \
                 number of cases.",
                self.scatter
            ));
        }
        let left_out = self
            .times
            .iter()
            .zip(&self.band)
            .filter(|(time, band)| super::likelihood::says(time) && !band.low.is_finite())
            .count() as u64;
        if left_out > 0 {
            said.push(format!(
                "{} beyond the weeks of the scenario and {} not used; --set programme.{}.start and --set run.follow_up move its ends.",
                if left_out == 1 { "1 point lies".into() } else { format!("{left_out} points lie") },
                if left_out == 1 { "is" } else { "are" },
                self.programme
            ));
        }
        said
    }

    /// How events are linked to the model.
    fn link(&self) -> Option<String> {
        let learned = self.free.iter().any(|free| free.slot.path == PREVENTED);
        let prevented = if learned {
            "was uncertain before".into()
        } else {
            format!("is taken as {:.2}, as the scenario has it", self.scenario.incidents.prevented)
        };
        self.harm.then(|| {
            format!(
                "How events are linked to the model is an assumption of ours: harm falls at once and in proportion to what is truly done (rate = \
                 level x (1 - prevented x done)). The level is the place's own and says nothing here; the share prevented {prevented}. That \
                 people report harm more or less over time, or that patients change, is not in it."
            )
        })
    }

    /// What is learned of gains.
    fn said_of_gains(&self) -> Vec<String> {
        // The numbers of the table, and not those of the futures drawn from them, which differ by a tenth of a point.
        let learned = self.learned();
        let of = |what: &str| learned.iter().find(|one| one.what == what);
        let (Some(at_end), Some(later)) = (of("net_gain_at_end"), of("net_gain_24_months_after")) else {
            return Vec::new();
        };
        vec![
            format!(
                "Under the present plan the true gain at the end of support is plausibly {} points and 24 months after {} points (middle and \
                 the middle 90 %); reported figures are not the gain: some of it would have come anyway, and some is reported and not done.",
                range(at_end.after),
                range(later.after)
            ),
            format!(
                "Before the data the gain 24 months after was plausibly {} points: these data {} it (its standard deviation is {} % of \
                 what it was).",
                range(later.before),
                verdict(later.ratio),
                percent(later.ratio)
            ),
        ]
    }

    /// What is learned of the place.
    fn said_of_place(&self) -> Vec<String> {
        let learned = self.learned();
        let about: Vec<&Learned> = learned.iter().filter(|one| one.what.contains('.')).collect();
        let within = |low: f64, high: f64| about.iter().filter(move |one| one.ratio > low && one.ratio <= high);
        let with_numbers = |one: &&&Learned| {
            format!("{} {:.2} ({:.2} to {:.2})", one.name, one.after.middle, one.after.low, one.after.high)
        };
        let mut said = Vec::new();
        let settled: Vec<String> =
            within(f64::NEG_INFINITY, SETTLED).take(MOST).map(|one| with_numbers(&one)).collect();
        if !settled.is_empty() {
            said.push(format!("What the data settled: {}.", listed(&settled)));
        }
        let narrowed: Vec<String> = within(SETTLED, LITTLE).take(MOST).map(|one| with_numbers(&one)).collect();
        if !narrowed.is_empty() {
            said.push(format!("What they narrowed: {}.", listed(&narrowed)));
        }
        let edge: Vec<String> = self
            .free
            .iter()
            .zip(&learned)
            .filter(|(free, one)| one.ratio <= LITTLE && is_at_an_end(free.low, free.high, one.after.middle))
            .map(|(_, one)| one.name.clone())
            .collect();
        if !edge.is_empty() {
            said.push(format!(
                "At the end of what was plausible before {}: {}. What moved these numbers may be something that the scenario does not have.",
                if edge.len() == 1 { "lies" } else { "lie" },
                listed(&edge)
            ));
        }
        let little: Vec<&str> = within(LITTLE, f64::INFINITY).take(MOST).map(|one| one.name.as_str()).collect();
        if !little.is_empty() {
            said.push(format!("What they say little about: {}.", listed(&little)));
        }
        said
    }

    fn said_of_designs(&self) -> Vec<String> {
        let one = |plan: &Outlook| {
            let mut text = format!(
                "With {}, 24 months after is {} points higher than under the present plan (middle and middle 90 %; higher in {} of the same \
                 futures); there is a gain of a point or more, and half of it is kept, in {}.",
                named(&plan.name),
                range(plan.more),
                share(plan.better),
                share(plan.kept)
            );
            if plan.other_past > OTHER {
                text.push_str(&format!(
                    " But it differs before the last point already, by {} points in the mean: it is what could have been, not what can still \
                     be chosen. To change things from now on, change levers of sustain or add a programme that begins later.",
                    scaled(plan.other_past)
                ));
            }
            text
        };
        self.outlook.iter().skip(1).map(one).collect()
    }

    fn said_of_next(&self) -> Option<String> {
        // What narrows it by less than is shown would not be seen to.
        let shows = |one: &&Worth| scaled(one.after) != scaled(one.now);
        let worthwhile = self.next.iter().filter(|one| one.explains.is_finite() && one.explains > 0.02).filter(shows);
        let parts: Vec<String> = worthwhile
            .take(3)
            .map(|one| format!("{} would narrow it to about {}", one.what, scaled(one.after)))
            .collect();
        let now = self.next.first().map_or(f64::NAN, |one| one.now);
        if parts.is_empty() {
            return Some(format!(
                "What to measure next: nothing that is listed would narrow the gain 24 months after by much (its middle 90 % is {} points \
                 wide).",
                scaled(now)
            ));
        }
        Some(format!(
            "What to measure next: the middle 90 % of the gain 24 months after is {} points wide; {} (by a quadratic regression over the \
             fitted runs).",
            scaled(now),
            listed(&parts)
        ))
    }

    /// What the next points would do to the answer.
    fn said_of_turn(&self) -> Option<String> {
        let turn = self.turn.as_ref()?;
        let (measure, factor) = &self.measure;
        let told = |value: f64| {
            if self.harm { format!("{:.2} {measure}", value * factor) } else { format!("{} %", percent(value)) }
        };
        let verdict = if !turn.tells() {
            "would hardly move this answer, whatever they are"
        } else if turn.turns() {
            "could turn this answer"
        } else {
            "could move this answer, and not turn it"
        };
        Some(format!(
            "The next {} points {verdict}: half is kept in {} of the futures in which they average below {} (a third of the futures), and in \
             {} where they average above {} (another third).",
            turn.points,
            share(turn.below),
            told(turn.low),
            share(turn.above),
            told(turn.high)
        ))
    }

    fn how(&self) -> String {
        let tempered = if self.temper < 1.0 {
            format!(
                " Too few of them agree with every point, so the data count as if there were {:.0} % of them: intervals are wider than the \
                 data would allow, and more candidates (--runs) narrow them.",
                (self.temper * 100.0).max(1.0)
            )
        } else {
            String::new()
        };
        format!(
            "From {} candidates with {LUCKS} lucks each, the first drawn from what was plausible before and the others where those agree; by their \
             weights they are worth {:.0} equal ones{}.{tempered} What is said of the future comes from {FUTURES} runs drawn by weight. Intervals are \
             about parameters, place and luck within the model; that the model is wrong is in none of them.",
            thousands(self.candidates.len() as u64),
            self.worth,
            if self.failed > 0 {
                format!(" ({} could not be simulated)", counted(self.failed, "run"))
            } else {
                String::new()
            }
        )
    }
}

/// Whether a value lies in the outermost tenth of what was plausible before, at either end.
fn is_at_an_end(low: f64, high: f64, value: f64) -> bool {
    let place = (value - low) / (high - low);
    !(0.1..=0.9).contains(&place)
}

/// What data do to a number whose spread is `ratio` of what it was.
fn verdict(ratio: f64) -> &'static str {
    if ratio <= SETTLED {
        "settle much of"
    } else if ratio <= LITTLE {
        "narrow"
    } else {
        "say little about"
    }
}

/// `5.2 (1.0 to 9.8)`, in points; with signs where it may be a loss.
fn range(Range { low, middle, high, .. }: Range) -> String {
    let estimate = Estimate { value: middle, low, high, sd: f64::NAN, count: 0 };
    if clear(estimate) && low > 0.0 {
        return format!("{} ({} to {})", scaled(middle), scaled(low), scaled(high));
    }
    format!("{} ({} to {})", signed(middle), signed(low), signed(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_the_outermost_tenth() {
        assert!(is_at_an_end(0.0, 1.0, 0.98) && is_at_an_end(-0.1, 0.3, -0.09));
        assert!(!is_at_an_end(0.0, 1.0, 0.5) && !is_at_an_end(-0.1, 0.3, 0.25));
    }
}
