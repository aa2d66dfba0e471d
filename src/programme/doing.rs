//! Doing: what of a programme is done, in contrast to whom it reaches and what it is like.
//!
//! Whatever a file does not name is not done, so levers of doing are 0 by default, and a programme with all of them at 0 is
//! usual care. Levers only say how much; which of them count as doing, and which as telling staff, stands here.

use super::{Lever, Levers};

/// Themes whose levers are things done; those of the others say whom a programme reaches and what it is like.
const DOING: [&str; 7] =
    ["persuasion", "engagement", "resources", "measurement", "incentives", "sustain", "safeguards"];

/// Levers that say in which manner other things are done, and by themselves do nothing.
const MANNERS: [&str; 4] = ["disclosure", "heed", "directive", "burden"];

impl Lever {
    /// Whether it is something that a programme does, which is 0 unless its file says otherwise.
    pub fn is_doing(&self) -> bool {
        DOING.contains(&self.theme)
    }
}

impl Levers {
    /// How much is done at all: all levers of doing, or-ed. Where this is 0, care goes on as usual.
    pub fn doing(&self) -> f32 {
        let done = Self::DECLARED.iter().enumerate();
        let done = done.filter(|(_, lever)| lever.is_doing() && !MANNERS.contains(&lever.key));
        1.0 - done.map(|(place, _)| 1.0 - self.get(place)).product::<f32>()
    }

    /// How far anybody tells staff of the practice: by word, by figures, by teaching, by taking part; or-ed.
    pub fn told(&self) -> f32 {
        let (persuasion, engagement) = (&self.persuasion, &self.engagement);
        let ways = [
            persuasion.hard_data,
            persuasion.patient_stories,
            persuasion.peer_debate,
            persuasion.pilot,
            persuasion.opinion_leaders,
            persuasion.service_users,
            engagement.participation,
            engagement.coalition,
            self.resources.training,
            self.resources.external_support,
            self.measurement.feedback,
        ];
        1.0 - ways.iter().map(|way| 1.0 - way).product::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A programme that does one thing only.
    fn only(path: &str, value: f32) -> Levers {
        let mut levers = Levers::default();
        levers.set(Levers::DECLARED.iter().position(|lever| lever.path() == path).unwrap(), value);
        levers
    }

    #[test]
    fn what_a_file_does_not_name_is_not_done() {
        for lever in Levers::DECLARED.iter().filter(|lever| lever.is_doing()) {
            assert_eq!(lever.default, 0.0, "{}", lever.path());
        }
        assert_eq!((Levers::default().doing(), Levers::default().told()), (0.0, 0.0));
    }

    /// Things done are or-ed: two at one half leave a quarter undone; one at 1 leaves nothing.
    #[test]
    fn things_done_are_or_ed() {
        let mut levers = only("resources.training", 0.5);
        assert_eq!(levers.doing(), 0.5);
        levers.sustain.induction = 0.5;
        assert_eq!(levers.doing(), 0.75);
        levers.incentives.payment = 1.0;
        assert_eq!(levers.doing(), 1.0);
    }

    #[test]
    fn a_manner_a_reach_or_a_design_does_nothing_by_itself() {
        for lever in Levers::DECLARED {
            let done = only(&lever.path(), 0.25).doing();
            let nothing = ["persuasion.disclosure", "engagement.heed", "engagement.directive", "measurement.burden"];
            let is_like = ["reach", "design"].contains(&lever.theme);
            let expected = if is_like || nothing.contains(&lever.path().as_str()) { 0.0 } else { 0.25 };
            assert_eq!(done, expected, "{}", lever.path());
        }
    }

    /// Staff are told by word, figures, teaching and taking part; not by what is paid for, threatened or written down.
    #[test]
    fn staff_are_told_by_some_of_what_is_done() {
        for told in ["persuasion.hard_data", "engagement.participation", "resources.training", "measurement.feedback"] {
            assert_eq!(only(told, 0.25).told(), 0.25, "{told}");
        }
        for silent in ["incentives.payment", "incentives.sanction", "sustain.embedding", "resources.protected_time"] {
            assert_eq!((only(silent, 0.25).told(), only(silent, 0.25).doing()), (0.0, 0.25), "{silent}");
        }
        let mut levers = only("measurement.feedback", 0.5);
        levers.persuasion.opinion_leaders = 0.5;
        assert_eq!(levers.told(), 0.75);
        // Nobody is told who is not done to: telling is a part of doing.
        for lever in Levers::DECLARED {
            let one = only(&lever.path(), 0.5);
            assert!(one.told() <= one.doing(), "{}", lever.path());
        }
    }
}
