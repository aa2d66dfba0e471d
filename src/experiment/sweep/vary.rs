//! What a sweep varies, as people write it: `PATH`, `PATH=LO..HI`, `PATH=LO..HI:N` or `PATH=A,B,C`.
use crate::{
    experiment::{
        Stopped,
        factor::{self, Factor},
    },
    scenario::{Choice, Scenario},
};

/// Most values of one path.
const MOST_LEVELS: usize = 1000;

/// One path and the values it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Vary {
    /// The number and its range.
    pub factor: Factor,
    /// Its values on a grid, ascending.
    pub levels: Vec<f64>,
    /// Whether only these values were asked for, wherever points are placed.
    listed: bool,
}

impl Vary {
    /// Reads `text`; a range without a number of values has `usual` of them, a path without a range that declared.
    ///
    /// # Errors
    ///
    /// When the path is not in `scenario`, the values are no numbers or beyond what is accepted, or fewer than two.
    pub fn parse(scenario: &Scenario, text: &str, usual: usize) -> Result<Self, Stopped> {
        let wrong = |what: &str| {
            Stopped::Question(format!(
                "--vary {text}: {what}; write PATH=LO..HI:N, e.g. programme.0.incentives.sanction=0..1:9, or PATH=A,B,C"
            ))
        };
        let given = text.split_once('=').map_or(text, |(path, _)| path).trim();
        if let Ok(factor) = Factor::new(scenario, given, None, None)
            && let Some(choice) = factor.choice()
        {
            return Self::choice(factor, choice, text);
        }
        let number = |part: &str| part.trim().parse::<f64>().map_err(|_| wrong(&format!("\"{part}\" is no number")));
        let (path, values) = text.split_once('=').map_or((text, None), |(path, values)| (path, Some(values)));
        let (range, count) = match values.map(|values| values.split_once(':').unwrap_or((values, ""))) {
            None => (None, usual),
            Some((range, "")) => (Some(range), usual),
            Some((range, count)) => {
                let count = count.trim().parse().ok().filter(|count| (2..=MOST_LEVELS).contains(count));
                (Some(range), count.ok_or_else(|| wrong(&format!("after : comes a number from 2 to {MOST_LEVELS}")))?)
            }
        };
        if let Some((low, high)) = range.and_then(|range| range.split_once("..")) {
            let factor = Factor::new(scenario, path.trim(), Some(number(low)?), Some(number(high)?))?;
            return Ok(Self::spaced(factor, count));
        }
        let Some(list) = range else {
            return Ok(Self::spaced(Factor::new(scenario, path.trim(), None, None)?, count));
        };
        let mut levels = list.split(',').map(number).collect::<Result<Vec<f64>, Stopped>>()?;
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let (Some(&low), Some(&high), true) = (levels.first(), levels.last(), levels.len() > 1) else {
            return Err(wrong("a sweep needs at least two values"));
        };
        let factor = Factor::new(scenario, path.trim(), Some(low), Some(high))?;
        Ok(Self { factor, levels, listed: true })
    }

    /// All that may be chosen, or what `text` lists of it.
    fn choice(factor: Factor, choice: &Choice, text: &str) -> Result<Self, Stopped> {
        let place = |name: &str| {
            let found = choice.names.iter().position(|known| *known == name.trim());
            found.map(|place| place as f64).ok_or_else(|| {
                Stopped::Question(format!(
                    "--vary {text}: \"{}\" is none of {}; write PATH to vary over all of them, or PATH=A,B",
                    name.trim(),
                    choice.names.join(", ")
                ))
            })
        };
        let mut levels = match text.split_once('=') {
            None => (0..choice.names.len()).map(|place| place as f64).collect(),
            Some((_, names)) => names.split(',').map(place).collect::<Result<Vec<f64>, Stopped>>()?,
        };
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        if levels.len() < 2 {
            return Err(Stopped::Question(format!("--vary {text}: a sweep needs at least two values")));
        }
        Ok(Self { factor, levels, listed: true })
    }

    fn spaced(factor: Factor, count: usize) -> Self {
        let step = |level: usize| factor.value(level as f64 / (count.max(2) - 1) as f64);
        let mut levels: Vec<f64> = (0..count.max(2)).map(step).collect();
        // Whole numbers close to each other round to the same.
        levels.dedup();
        Self { levels, factor, listed: false }
    }

    /// The value at `place`, from 0 to just below 1.
    pub fn value(&self, place: f64) -> f64 {
        if self.listed {
            let row = (place.clamp(0.0, 1.0) * self.levels.len() as f64) as usize;
            self.levels.get(row.min(self.levels.len().saturating_sub(1))).copied().unwrap_or(self.factor.low)
        } else {
            self.factor.value(place)
        }
    }

    /// Path of the number.
    pub fn path(&self) -> &str {
        &self.factor.slot.path
    }
}

/// `scenario` with each path of `varied` at its value, checked as a whole.
///
/// # Errors
///
/// When a value is not accepted, or the values do not go together.
pub fn at(scenario: &Scenario, varied: &[Vary], values: &[f64]) -> Result<Scenario, Stopped> {
    let mut moved = scenario.clone();
    factor::assign(&mut moved, varied.iter().zip(values).map(|(vary, &value)| (&vary.factor, value)))?;
    moved.check().map_err(|problems| Stopped::Question(problems.to_string()))?;
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STICK: &str = "programme.0.incentives.sanction";

    fn levels(text: &str) -> Vec<f64> {
        Vary::parse(&Scenario::default(), text, 3).unwrap().levels
    }

    #[test]
    fn ranges_lists_and_bare_paths_are_read() {
        assert_eq!(levels(&format!("{STICK}=0..1:5")), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(levels(&format!("{STICK}=0.2..0.4")), [0.2, 0.3, 0.4]);
        assert_eq!(levels(STICK), [0.0, 0.5, 1.0]);
        assert_eq!(levels(&format!("{STICK} = 0.3, 0.1,0.3")), [0.1, 0.3]);
        assert_eq!(levels("programme.0.active=10..12:9"), [10.0, 11.0, 12.0]);
        let listed = Vary::parse(&Scenario::default(), &format!("{STICK}=0.1,0.7"), 3).unwrap();
        assert_eq!([0.0, 0.49, 0.5, 1.0].map(|place| listed.value(place)), [0.1, 0.1, 0.7, 0.7]);
    }

    #[test]
    fn choices_are_varied_by_name() {
        let path = "programme.0.reach.target";
        let all = Vary::parse(&Scenario::default(), path, 3).unwrap();
        let names: Vec<&str> = all.levels.iter().filter_map(|level| all.factor.named(*level)).collect();
        assert_eq!(names, all.factor.choice().unwrap().names);
        let two = Vary::parse(&Scenario::default(), &format!("{path}={},{}", names[2], names[0]), 3).unwrap();
        assert_eq!(two.levels, [0.0, 2.0]);
        let moved = at(&Scenario::default(), &[two], &[2.0]).unwrap();
        assert_eq!(moved.programmes[0].target.name(), names[2]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, part) in [
            (format!("{STICK}=a..1"), "\"a\" is no number"),
            (format!("{STICK}=0..1:x"), "after :"),
            (format!("{STICK}=0.5"), "at least two"),
            (format!("{STICK}=0..2"), "0..1"),
            ("programme.0.incentives.sanktion=0..1".into(), "sanction"),
            ("title=0..1".into(), "not a number"),
            ("programme.0.reach.target=nearest,weakest".into(), "\"nearest\" is none of "),
        ] {
            let wrong = Vary::parse(&Scenario::default(), &text, 3);
            assert!(matches!(&wrong, Err(Stopped::Question(what)) if what.contains(part)), "{text}: {wrong:?}");
        }
    }
}
