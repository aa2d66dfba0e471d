//! Windows: the weeks over which a metric is taken, and what is said where they are not all simulated.
//!
//! A window that the simulation cuts short is taken over the weeks that are there, as long as those are at least half of
//! it: who asks for 104 weeks of follow-up is told about 24 months, from weeks 100 to 103. Below that there is no answer.

use std::ops::Range;

use super::WEEKS_A_YEAR;
use crate::{model::pushes::reach, programme::Clock, scenario::Scenario};

/// Weeks over which a metric is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The 8 weeks before planning starts, fewer if the programme starts earlier.
    Before,
    /// All weeks of active support.
    Active,
    /// The last 4 weeks of support, fewer where it is shorter.
    AtEnd,
    /// The last 8 weeks of support, fewer where it is shorter.
    LastTwoMonths,
    /// The 8 weeks around so many weeks after support ends.
    After(usize),
    /// The 8 weeks around so many weeks after planning starts.
    Since(usize),
}

impl Window {
    /// 6 months after support ends.
    pub const HALF_A_YEAR: Self = Self::After(26);
    /// 12 months after support ends.
    pub const YEAR_1: Self = Self::After(52);
    /// 24 months after support ends.
    pub const YEAR_2: Self = Self::After(104);
    /// 36 months after support ends: week 148, so that the window fits into the usual 156 weeks of follow-up.
    pub const YEAR_3: Self = Self::After(148);
    /// 3 months after planning starts.
    pub const MONTH_3: Self = Self::Since(13);
    /// 6 months after planning starts.
    pub const MONTH_6: Self = Self::Since(26);
    /// 9 months after planning starts.
    pub const MONTH_9: Self = Self::Since(39);
    /// 12 months after planning starts.
    pub const MONTH_12: Self = Self::Since(52);
    /// 18 months after planning starts.
    pub const MONTH_18: Self = Self::Since(78);
    /// 24 months after planning starts.
    pub const MONTH_24: Self = Self::Since(104);
    /// 36 months after planning starts.
    pub const MONTH_36: Self = Self::Since(156);

    /// The weeks as far as they are simulated; `None` where that is less than half of them.
    pub fn weeks(self, clock: &Clock, simulated: usize) -> Option<Range<usize>> {
        let whole = self.whole(clock);
        let weeks = whole.start..whole.end.min(simulated);
        (!weeks.is_empty() && 2 * weeks.len() >= whole.len()).then_some(weeks)
    }

    /// The weeks, simulated or not.
    fn whole(self, clock: &Clock) -> Range<usize> {
        let (start, end) = (clock.start as usize, clock.end());
        // What comes before support is not its result, however short it is.
        let last = |weeks: usize| end.saturating_sub(weeks).max(clock.live())..end;
        match self {
            Self::Before => start.saturating_sub(8)..start,
            Self::Active => clock.live()..end,
            Self::AtEnd => last(4),
            Self::LastTwoMonths => last(8),
            Self::After(weeks) => (end + weeks).saturating_sub(4)..end + weeks + 4,
            Self::Since(weeks) => (start + weeks).saturating_sub(4)..start + weeks + 4,
        }
    }

    /// The window that the name of a metric tells: `..._24_months_after`, `..._36_months_in`, `..._24` (after support).
    pub(super) fn in_name(name: &str) -> Option<Self> {
        let mut words: Vec<&str> = name.split('_').collect();
        let since = words.ends_with(&["months", "in"]);
        if since || words.ends_with(&["months", "after"]) {
            words.truncate(words.len() - 2);
        }
        let months: usize = words.last()?.parse().ok()?;
        Some(match (since, months) {
            (false, 36) => Self::YEAR_3,
            (false, _) => Self::After(months * 52 / 12),
            (true, _) => Self::Since(months * 52 / 12),
        })
    }

    /// `24 months after support ends`, where it is that long after something; nothing for other windows.
    fn in_words(self) -> Option<String> {
        let months = |weeks: usize| (weeks as f64 * 12.0 / WEEKS_A_YEAR).round();
        match self {
            Self::YEAR_3 => Some("36 months after support ends".into()),
            Self::After(weeks) => Some(format!("{} months after support ends", months(weeks))),
            Self::Since(weeks) => Some(format!("{} months after planning starts", months(weeks))),
            _ => None,
        }
    }

    /// Why this window of the programme at `programme` cannot be looked at, and what would be right; none where it can.
    pub fn missing(self, scenario: &Scenario, programme: usize) -> Option<String> {
        let clock = &scenario.programmes.get(programme)?.clock;
        if self.weeks(clock, scenario.weeks()).is_some() {
            return None;
        }
        let what = self.in_words().unwrap_or_else(|| "the time asked about".into());
        let around = match self {
            Self::After(week) => format!(" (the 8 weeks around week {week} after)"),
            Self::Since(week) => format!(" (the 8 weeks around week {week} of the programme)"),
            _ => String::new(),
        };
        // Follow-up counts from the end of the last programme.
        let last = scenario.programmes.iter().map(|programme| programme.clock.end()).max().unwrap_or(0);
        let whole = self.whole(clock);
        let all = whole.end.saturating_sub(last);
        let half = (whole.end - whole.len() / 2).saturating_sub(last);
        Some(format!(
            "{what}{around} is not simulated with a follow-up of {} weeks; give {all}, or {half} at the least: \
             --set run.follow_up={all}",
            scenario.run.follow_up
        ))
    }
}

/// What is to be said of windows that the end of the simulation cuts short: for each programme a sentence that names the
/// weeks looked at. Nothing where all are whole or not there at all.
pub fn cut_windows(scenario: &Scenario) -> Vec<String> {
    let simulated = scenario.weeks();
    let several = scenario.programmes.len() > 1;
    let of_programme = |programme: &crate::programme::Programme| {
        let clock = &programme.clock;
        let cut = [Window::YEAR_1, Window::YEAR_2, Window::YEAR_3].into_iter().find_map(|window| {
            let weeks = window.weeks(clock, simulated).filter(|weeks| weeks.len() < window.whole(clock).len())?;
            Some((window.in_words()?, weeks.start - clock.end(), weeks.end - clock.end()))
        })?;
        let (what, first, end) = cut;
        let whose = if several { format!(" of \"{}\"", programme.name) } else { String::new() };
        Some(format!(
            "{}{whose} is looked at over the {} weeks simulated of its 8: weeks {first} to {} after support.",
            capital(&what),
            end - first,
            end - 1
        ))
    };
    scenario.programmes.iter().filter_map(of_programme).collect()
}

/// Why nothing can be said of the programme at `programme`: it reaches nobody. None where it reaches somebody.
pub fn reaches_nobody(scenario: &Scenario, programme: usize) -> Option<String> {
    let chosen = scenario.programmes.get(programme)?;
    let (share, units) = (chosen.levers.reach.share, super::unit_count(scenario));
    (reach::wanted(share, units) == 0).then(|| {
        format!(
            "\"{}\" reaches nobody: {} of {units} units is less than one; give a larger share with --set \
             programme.{programme}.reach.share={}",
            chosen.name,
            crate::params::decimal(share),
            (100.0 / units.max(1) as f64).ceil() / 100.0
        )
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Computation, REGISTRY, tests::small_scenario};

    /// A scenario followed for so many weeks, whose support ends in week 20.
    fn followed(weeks: u32) -> Scenario {
        let mut scenario = small_scenario();
        scenario.run.follow_up = weeks;
        scenario
    }

    #[test]
    fn a_window_is_taken_over_what_is_simulated_if_that_is_half_of_it() {
        let weeks = |follow_up| {
            let scenario = followed(follow_up);
            Window::YEAR_2.weeks(&scenario.programmes[0].clock, scenario.weeks())
        };
        assert_eq!(
            [103, 104, 107, 108, 156].map(weeks),
            [None, Some(120..124), Some(120..127), Some(120..128), Some(120..128)]
        );
    }

    #[test]
    fn what_is_cut_is_said_and_what_is_missing_names_the_weeks_it_takes() {
        assert_eq!(
            cut_windows(&followed(104)),
            [
                "24 months after support ends is looked at over the 4 weeks simulated of its 8: weeks 100 to 103 after support."
            ]
        );
        assert!(cut_windows(&followed(108)).is_empty() && cut_windows(&followed(0)).is_empty());
        let missing = Window::YEAR_2.missing(&followed(103), 0).unwrap();
        assert!(missing.contains("give 108, or 104 at the least: --set run.follow_up=108"), "{missing}");
        let third = Window::YEAR_3.missing(&followed(104), 0).unwrap();
        assert!(third.contains("36 months") && third.contains("around week 148") && third.contains("152"), "{third}");
        assert_eq!(Window::YEAR_2.missing(&followed(104), 0), None);
    }

    #[test]
    fn the_follow_up_wanted_counts_from_the_last_programme() {
        let mut scenario = followed(60);
        let mut later = scenario.programmes[0].clone();
        later.clock.start += 40.0;
        scenario.programmes.push(later);
        // The first ends in week 20, the last in week 60: 40 weeks of the 108 are there before follow-up begins.
        assert!(Window::YEAR_2.missing(&scenario, 0).unwrap().contains("give 68, or 64 at the least"));
    }

    #[test]
    fn names_of_metrics_tell_their_windows() {
        for metric in REGISTRY {
            let (Computation::With(_, window) | Computation::Without(_, window) | Computation::Difference(_, window)) =
                metric.computation
            else {
                continue;
            };
            let named = matches!(window, Window::After(_) | Window::Since(_)).then_some(window);
            assert_eq!(Window::in_name(metric.name), named, "{}", metric.name);
        }
    }

    #[test]
    fn a_share_too_small_for_one_unit_reaches_nobody() {
        let mut scenario = small_scenario();
        assert_eq!(reaches_nobody(&scenario, 0), None);
        scenario.programmes[0].levers.reach.share = 0.01;
        let why = reaches_nobody(&scenario, 0).unwrap();
        assert!(why.contains("0.01 of 2 units") && why.ends_with("reach.share=0.5"), "{why}");
    }
}
