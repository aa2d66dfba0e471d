//! Shocks: things that happen to an organisation at a known week, whatever the programme.
//!
//! One list declares every kind with its settings; the enum, the keys of scenario files and their ranges come from it.
//! Adding a kind makes the compiler ask for its effect wherever shocks are applied.

use crate::{
    params::{Quantities, Quantity},
    quantities,
};

/// Declares the kinds of shock: variant, key in scenario files, what it does, and its settings.
macro_rules! shocks {
    ($($(#[doc = $doc:literal])+ $Kind:ident $key:literal {
        $($(#[doc = $field_doc:literal])+ $field:ident = $default:literal, $unit:literal, $low:literal..$high:literal, $source:literal;)+
    })+) => {
        $(quantities! {
            $(#[doc = $doc])+
            pub struct $Kind { $($(#[doc = $field_doc])+ $field = $default, $unit, $low..$high, Assumption, $source;)+ }
        })+

        /// One shock, of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Shock { $($(#[doc = $doc])+ $Kind($Kind),)+ }

        impl Shock {
            /// Every kind: key, what it does, and its settings.
            pub const KINDS: &'static [(&'static str, &'static str, &'static [Quantity])] =
                &[$(($key, concat!($($doc),+).trim_ascii(), $Kind::DECLARED),)+];

            /// A shock of the kind called `key`, with default settings.
            pub fn of_kind(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$Kind($Kind::default())),)+ _ => None }
            }

            /// The kind's key in scenario files.
            pub fn key(&self) -> &'static str {
                match self { $(Self::$Kind(_) => $key,)+ }
            }

            /// The settings as a table.
            pub fn settings(&self) -> &dyn Quantities {
                match self { $(Self::$Kind(settings) => settings,)+ }
            }

            /// Week in which it begins.
            pub fn week(&self) -> usize {
                match self { $(Self::$Kind(settings) => settings.at as usize,)+ }
            }

            /// The settings as a table, to change.
            pub fn settings_mut(&mut self) -> &mut dyn Quantities {
                match self { $(Self::$Kind(settings) => settings,)+ }
            }
        }
    };
}

shocks! {
    /// Frontline staff leave faster for a while, and agency staff fill the gaps.
    StaffExodus "staff_exodus" {
        /// Week it begins.
        at = 104.0, "count", 0..2000, "scenario";
        /// Weeks it lasts.
        weeks = 13.0, "count", 1..520, "judgement";
        /// Multiplies the leaving rate of frontline staff.
        multiplier = 4.0, "times", 1.0..50.0, "judgement";
    }
    /// Every unit leader leaves in the same week.
    LeadersLeave "leaders_leave" {
        /// Week they leave.
        at = 104.0, "count", 0..2000, "scenario";
    }
    /// Every executive sponsor leaves in the same week.
    SponsorLeaves "sponsor_leaves" {
        /// Week they leave.
        at = 104.0, "count", 0..2000, "scenario";
    }
    /// Every member of the project team leaves in the same week.
    ChampionsLeave "champions_leave" {
        /// Week they leave.
        at = 104.0, "count", 0..2000, "scenario";
    }
    /// National policy changes: new alignment, a mandate for everybody, perhaps a reorganisation.
    PolicyChange "policy_change" {
        /// Week it changes.
        at = 104.0, "count", 0..2000, "scenario";
    }
    /// Every organisation is reorganised in the same week.
    Reorganisation "reorganisation" {
        /// Week it happens.
        at = 104.0, "count", 0..2000, "scenario";
    }
    /// More work than usual for a while, as in a bad winter.
    WinterSurge "winter_surge" {
        /// Week it begins.
        at = 104.0, "count", 0..2000, "scenario";
        /// Weeks it lasts.
        weeks = 16.0, "count", 1..520, "judgement";
        /// Work added, beyond what staff can absorb.
        size = 0.25, "share", 0.0..1.0, "judgement";
    }
    /// Inspectors come and are expected: until they leave somebody is looking, there is much to prepare, and other things wait.
    Inspection "inspection" {
        /// Week it is announced, and preparing begins.
        at = 104.0, "count", 0..2000, "scenario";
        /// Weeks of notice until the inspectors come.
        notice = 8.0, "count", 0..104, "judgement";
        /// Weeks they stay.
        weeks = 2.0, "count", 1..52, "judgement";
        /// How much depends on it: pressure on everybody, as from a sanction of this size.
        severity = 0.6, "share", 0.0..1.0, "judgement; that it lasts no longer than the visit: Barnett 2017, Castro-Avila 2019";
        /// Work of preparing, beyond what staff can absorb.
        work = 0.15, "share", 0.0..1.0, "judgement";
        /// Share of the time protected for programmes that goes into preparing.
        set_aside = 0.5, "share", 0.0..1.0, "judgement";
    }
    /// The programme's money is cut: of everything it pays for the same share is left from then on, also after support ends.
    BudgetCut "budget_cut" {
        /// Week of the cut.
        at = 104.0, "count", 0..2000, "scenario";
        /// Share of the programme's resources that is left.
        left = 0.3, "share", 0.0..1.0, "judgement";
    }
}

impl Shock {
    /// Weeks from its beginning to its end; 0 for what happens in one week or for good.
    pub fn lasts(&self) -> usize {
        match self {
            Self::StaffExodus(exodus) => exodus.weeks as usize,
            Self::WinterSurge(surge) => surge.weeks as usize,
            Self::Inspection(inspection) => (inspection.notice + inspection.weeks) as usize,
            _ => 0,
        }
    }

    /// What of it is to be seen, in order: the week, and what happens then, in words that follow its name.
    pub fn turns(&self) -> Vec<(usize, &'static str)> {
        let at = self.week();
        match self {
            Self::Inspection(inspection) if inspection.notice > 0.0 => {
                vec![(at, "is announced"), (at + inspection.notice as usize, BEGINS)]
            }
            _ => vec![(at, BEGINS)],
        }
    }
}

/// The turn that every shock takes.
pub const BEGINS: &str = "begins";

/// A shock under the name a scenario gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedShock {
    /// Name in the scenario file, free to choose.
    pub name: String,
    /// What happens.
    pub shock: Shock,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_key_and_begins_in_a_week() {
        for (key, doc, settings) in Shock::KINDS {
            let shock = Shock::of_kind(key).unwrap();
            assert_eq!(shock.key(), *key);
            assert!(doc.ends_with('.'), "{key}");
            assert_eq!(settings[0].name, "at", "{key}");
            assert_eq!(shock.settings().declared().len(), settings.len());
            assert!(shock.turns().iter().any(|(_, what)| *what == BEGINS), "{key}");
            // What says that it lasts, lasts.
            assert_eq!(shock.lasts() > 0, settings.iter().any(|setting| setting.name == "weeks"), "{key}");
        }
    }

    #[test]
    fn an_inspection_is_announced_and_begins_after_its_notice() {
        let inspection = Inspection { at: 50.0, notice: 8.0, weeks: 2.0, ..Inspection::default() };
        let shock = Shock::Inspection(inspection.clone());
        assert_eq!((shock.week(), shock.lasts()), (50, 10));
        assert_eq!(shock.turns(), [(50, "is announced"), (58, BEGINS)]);
        assert_eq!(Shock::Inspection(Inspection { notice: 0.0, ..inspection }).turns(), [(50, BEGINS)]);
    }
}
