//! Who asks too often is slowed, and nobody else.

use std::{collections::BTreeMap, net::IpAddr, time::Instant};

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Somebody in the room.
    Person(u32),
    /// Whoever is not in the room yet, by address.
    Address(IpAddr),
    /// Whoever comes in: one telephone shall not fill the room.
    Coming(IpAddr),
    /// Whoever tries codes and keys.
    Guess(IpAddr),
}

impl Who {
    /// How much may be asked at once, and how much more with each second. A class may come from one address all together.
    fn rate(self) -> (f64, f64) {
        match self {
            Self::Person(_) => (20.0, 4.0),
            Self::Address(_) => (200.0, 5.0),
            Self::Coming(_) => (60.0, 0.1),
            Self::Guess(_) => (20.0, 0.5),
        }
    }
}

/// How much each may still ask.
#[derive(Default)]
pub struct Limits {
    left: BTreeMap<Who, (f64, Instant)>,
}

/// Most who are remembered: whoever has not asked for long is forgotten first.
const MOST: usize = 2000;

impl Limits {
    /// Whether `who` may ask once more `now`; if so it is counted.
    pub fn allow(&mut self, who: Who, now: Instant) -> bool {
        let (most, rate) = who.rate();
        if self.left.len() >= MOST && !self.left.contains_key(&who) {
            let full = |who: &Who, (left, last): &(f64, Instant)| {
                let (most, rate) = who.rate();
                left + now.saturating_duration_since(*last).as_secs_f64() * rate < most
            };
            self.left.retain(|who, kept| full(who, kept));
            if self.left.len() >= MOST {
                return false;
            }
        }
        let (left, last) = self.left.entry(who).or_insert((most, now));
        *left = (*left + now.saturating_duration_since(*last).as_secs_f64() * rate).min(most);
        *last = now;
        if *left < 1.0 {
            return false;
        }
        *left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_that_floods_is_slowed_and_another_is_not() {
        let (mut limits, start) = (Limits::default(), Instant::now());
        let allowed = |limits: &mut Limits, who, now| (0..100).filter(|_| limits.allow(who, now)).count();
        assert_eq!(allowed(&mut limits, Who::Person(1), start), 20);
        assert!(limits.allow(Who::Person(2), start));
        // What is left grows again, and no further than it was.
        assert_eq!(allowed(&mut limits, Who::Person(1), start + Duration::from_secs(2)), 8);
        assert_eq!(allowed(&mut limits, Who::Person(1), start + Duration::from_secs(1000)), 20);
    }

    #[test]
    fn only_so_many_are_remembered() {
        let (mut limits, start) = (Limits::default(), Instant::now());
        for person in 0..MOST as u32 {
            assert!(limits.allow(Who::Person(person), start));
        }
        assert!(!limits.allow(Who::Person(u32::MAX), start));
        assert!(limits.allow(Who::Person(u32::MAX), start + Duration::from_secs(1)));
        assert_eq!(limits.left.len(), 1);
    }
}
