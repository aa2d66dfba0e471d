//! What a scenario makes of one's own numbers, in words.
use super::{Beside, Harm, Plausible, Time};
use crate::{
    experiment::harm::FEWEST_EVENTS,
    phrase::{counted, signed},
    scenario::Scenario,
};

impl Beside {
    /// For each time whether the data lie above (1), below (-1) or inside the band; none in gaps, and where there is no band.
    pub fn sides(&self) -> Vec<Option<i8>> {
        let side = |(time, band): (&Time, &Plausible)| {
            let there = time.counts && time.found.is_finite() && band.low.is_finite();
            // Averages leave digits that mean nothing.
            let (above, below) = (time.found > band.high + 1e-9, time.found < band.low - 1e-9);
            there.then(|| i8::from(above) - i8::from(below))
        };
        self.times.iter().zip(&self.band).map(side).collect()
    }

    /// Points inside the band, and points that have one.
    pub fn inside(&self) -> (u64, u64) {
        let sides: Vec<i8> = self.sides().into_iter().flatten().collect();
        (sides.iter().filter(|side| **side == 0).count() as u64, sides.len() as u64)
    }

    /// What is to be said of the data beside `scenario`, whose times are called `said`.
    pub fn sentences(&self, scenario: &Scenario, said: impl Fn(usize) -> String) -> Vec<String> {
        if let Some(few) = self.too_few_events() {
            return vec![few];
        }
        let sides = self.sides();
        let (inside, all) = self.inside();
        let mut sentences = vec![format!(
            "Beside \"{}\": {inside} of {} lie in the band that holds 80 % of what the scenario makes plausible of {}; \
             about {:.0} would, were they its own.",
            scenario.title.trim_end_matches('.'),
            counted(all, "point"),
            if self.harm.is_some() { "the rate" } else { "reported practice" },
            all as f64 * super::MIDDLE
        )];
        sentences.extend(self.leaves(&sides, said));
        match &self.harm {
            None => {
                sentences.extend(self.level(&sides));
                sentences.extend(self.reading());
            }
            Some((harm, events)) => sentences.extend(self.rates(harm, *events)),
        }
        let missing = self
            .times
            .iter()
            .zip(&self.band)
            .filter(|(time, band)| time.found.is_finite() && band.low.is_nan())
            .count() as u64;
        if missing > 0 {
            let (first, last) =
                (self.times.first().map_or(0.0, |time| time.from), self.times.last().map_or(0.0, |time| time.to));
            let earlier = if first < 0.0 {
                format!(
                    " For {:.0} weeks more before it, begin the programme later: --set programme.{}.start={:.0}.",
                    -first,
                    self.programme,
                    self.start - first.floor()
                )
            } else {
                String::new()
            };
            let later = if last > self.weeks {
                format!(
                    " For those after it, follow longer: --set run.follow_up={:.0}.",
                    (f64::from(scenario.run.follow_up) + last - self.weeks).ceil()
                )
            } else {
                String::new()
            };
            sentences
                .push(format!("{} beyond the weeks of the scenario and without a band.{earlier}{later}", lie(missing)));
        }
        sentences.push(format!(
            "The band comes from {} of the parameters, from the posterior that published figures leave plausible, each with luck of its \
             own{}; it is about the mean of all units the programme reaches in the scenario ({} with {} each), so write the scenario as large \
             as what was counted.",
            counted(self.draws, "draw"),
            if self.failed > 0 { format!(" ({} failed and count in nothing)", self.failed) } else { String::new() },
            counted(scenario.setting.organisations as u64, "organisation"),
            counted(scenario.setting.units as u64, "unit")
        ));
        sentences
    }

    /// Where the data leave the band for more than a point.
    fn leaves(&self, sides: &[Option<i8>], said: impl Fn(usize) -> String) -> Option<String> {
        let mut stretches: Vec<(usize, usize, i8, u64)> = Vec::new();
        for (place, side) in sides.iter().enumerate().filter_map(|(place, side)| side.map(|side| (place, side))) {
            match stretches.last_mut() {
                Some((_, to, same, points)) if *same == side => (*to, *points) = (place, *points + 1),
                _ => stretches.push((place, place, side, 1)),
            }
        }
        let mut longest: Vec<_> =
            stretches.into_iter().filter(|(.., side, points)| *side != 0 && *points >= 2).collect();
        longest.sort_by_key(|(.., points)| std::cmp::Reverse(*points));
        longest.truncate(3);
        longest.sort_by_key(|(from, ..)| *from);
        let words: Vec<String> = longest
            .iter()
            .map(|(from, to, side, points)| {
                let side = if *side > 0 { "above" } else { "below" };
                format!("{side} it from {} to {} ({points} points in a row)", said(*from), said(*to))
            })
            .collect();
        (!words.is_empty()).then(|| format!("The data lie {}.", crate::phrase::listed(&words)))
    }

    /// Whether the data stood elsewhere before the programme began: then the scenario is about another place.
    fn level(&self, sides: &[Option<i8>]) -> Option<String> {
        let before: Vec<i8> = self
            .times
            .iter()
            .zip(sides)
            .filter(|(time, _)| time.from < self.start)
            .filter_map(|(_, side)| *side)
            .collect();
        let outside = before.iter().filter(|side| **side != 0).count();
        if before.len() < 3 || outside * 2 <= before.len() {
            return None;
        }
        let there = || self.times.iter().filter(|time| time.counts && time.found.is_finite() && time.from < self.start);
        let level = there().map(|time| time.found).sum::<f64>() / there().count() as f64;
        Some(format!(
            "Already before the programme begins most points lie outside, so the scenario starts from another level than the data ({:.0} \
             %); give it theirs: --set setting.baseline={level:.2}.",
            level * 100.0
        ))
    }

    /// Why nothing is said of events, where there are too few to learn their level from.
    pub fn too_few_events(&self) -> Option<String> {
        let (_, events) = self.harm.filter(|(_, events)| *events < FEWEST_EVENTS)?;
        Some(format!(
            "The level of a rate is learnt from the events before the programme, and {FEWEST_EVENTS} or more of them are needed: in the weeks of the \
             scenario before it begins there {} {}. Dewpoint fit learns it from all points.",
            if events == 1.0 { "is" } else { "are" },
            counted(events as u64, "event")
        ))
    }

    /// The same of events, and how they are linked to practice.
    fn rates(&self, harm: &Harm, events: f64) -> Vec<String> {
        let mut said = Vec::new();
        let times = |part: f64| format!("{part:.2}");
        let range = |plausible: &Plausible| format!("{} to {}", times(plausible.low), times(plausible.high));
        if self.found.is_finite() && self.before_and_after.middle.is_finite() {
            said.push(format!(
                "From before to after the data's rate is {} times what it was. Under the scenario the same reading would give {} times, of \
                 which the programme itself would do {} times (each the middle 80 % of what is plausible); the rest would be what comes \
                 without it.",
                times(self.found),
                range(&self.before_and_after),
                range(&self.net)
            ));
        }
        let prevented = if harm.prevented.0 < harm.prevented.1 {
            let (low, high) = harm.prevented;
            format!("lies anywhere from {low} to {high}, since no file gives it (--set incidents.prevented=0.5)")
        } else {
            format!("is taken as {:.2}, as the scenario has it", harm.prevented.0)
        };
        said.push(format!(
            "How events are linked to the model is an assumption of ours: harm falls at once and in proportion to what is truly done (rate = \
             level x (1 - prevented x done)). The level is that of the {events:.0} events before the programme; the share prevented \
             {prevented}. That people report harm more or less over time, or that patients change, is not in it."
        ));
        said
    }

    /// The before-and-after reading of the data, next to what the model would give.
    fn reading(&self) -> Option<String> {
        if self.found.is_nan() || self.before_and_after.middle.is_nan() {
            return None;
        }
        let range = |plausible: &Plausible| format!("{} to {}", signed(plausible.low), signed(plausible.high));
        Some(format!(
            "From before to after the data change by {} points. Under the scenario the same reading of reported practice would give {} \
             points, of which the programme itself would do {} (each the middle 80 % of what is plausible); the rest would be what \
             comes without it and what is reported and not done.",
            signed(self.found),
            range(&self.before_and_after),
            range(&self.net)
        ))
    }
}

fn lie(points: u64) -> String {
    format!("{} {}", counted(points, "point"), if points == 1 { "lies" } else { "lie" })
}
