//! Levers: what the designer of a programme can choose, each from 0 to 1, each declared once.
//!
//! A row of the list gives the lever's key, its default, the challenge of the review it answers (0 where it belongs to
//! none in particular), what 0, one half and 1 mean in words, and what it takes at 1: hours or things at a price of its
//! own, or nothing, and why. `l.incentives.sanction` in an equation, `programme.0.incentives.sanction` and
//! `prices.sanction_hours` on the command line, the cost of a programme and the printed reference all come from that row.
//!
//! The rows stand in `rows.rs`.

use serde::Serialize;

use super::price::Takes;

/// One declared lever.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Lever {
    /// Sub-table of `[[programme]]` it stands in.
    pub theme: &'static str,
    /// Key in that sub-table.
    pub key: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Value when a scenario says nothing.
    pub default: f32,
    /// Number of the review's challenge that it answers, 0 for none in particular.
    pub challenge: u8,
    /// What 0, 0.5 and 1 mean.
    pub meaning: [&'static str; 3],
    /// What it takes in hours and money at 1.
    #[serde(skip)]
    pub takes: Takes,
}

impl Lever {
    /// `theme.key`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.theme, self.key)
    }
}

/// The challenges that the review found improvement programmes to meet, by number, in short.
pub const CHALLENGES: [&str; 10] = [
    "convincing people that there is a problem",
    "convincing people that the solution is the right one",
    "getting data collection and monitoring right",
    "ambitions beyond resources, and the look of a project",
    "the organisation's context, culture and capacities",
    "tribalism and lack of staff engagement",
    "leadership",
    "balancing carrots and sticks",
    "securing sustainability",
    "side effects of change",
];

/// Declares prices of hours, then themes and their levers: key = default, challenge, "meaning of 0" | "of one half" | "of 1",
/// and what it takes: `Nothing("why")`, `Backfill`, or amounts (of a price declared there, or after `=>` of another lever's)
/// with whose, for each what, and when.
macro_rules! levers {
    ($(#[doc = $prices_doc:literal])+ Prices {
        $($(#[doc = $hour_doc:literal])+ $hour:ident = $hour_default:literal, $hour_unit:literal,
            $hour_low:literal..$hour_high:literal, $hour_standing:ident, $hour_source:literal;)+
    }
    $($(#[doc = $theme_doc:literal])+ $theme:ident $Theme:ident {
        $($(#[doc = $doc:literal])+ $key:ident = $default:literal, $challenge:literal, $zero:literal | $half:literal | $one:literal,
            $kind:ident $(($why:literal))? $({
                $($(#[doc = $price_doc:literal])+ $price:ident = $amount:literal, $unit:literal, $low:literal..$high:literal,
                    $standing:ident, $source:literal, $of:ident, $per:ident, $when:ident;)*
                $(=> $other:ident, $other_of:ident, $other_per:ident, $other_when:ident;)*
            })?;)+
    })+) => {
        crate::quantities! {
            $(#[doc = $prices_doc])+
            pub struct Prices {
                $($(#[doc = $hour_doc])+ $hour = $hour_default, $hour_unit, $hour_low..$hour_high, $hour_standing, $hour_source;)+
                $($($($($(#[doc = $price_doc])+ $price = $amount, $unit, $low..$high, $standing, $source;)*)?)+)+
            }
        }

        $($(#[doc = $theme_doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Theme { $($(#[doc = $doc])+ pub $key: f32,)+ }

        impl Default for $Theme {
            fn default() -> Self { Self { $($key: $default,)+ } }
        }
        )+

        /// Everything a programme does, by theme; every lever from 0 to 1.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Levers { $($(#[doc = $theme_doc])+ pub $theme: $Theme,)+ }

        impl Levers {
            /// The themes, in order, each with what it is about.
            pub const THEMES: &'static [(&'static str, &'static str)] =
                &[$((stringify!($theme), concat!($($theme_doc),+).trim_ascii()),)+];

            /// The declarations, theme by theme.
            pub const DECLARED: &'static [Lever] = &[$($(Lever {
                theme: stringify!($theme), key: stringify!($key), doc: concat!($($doc),+).trim_ascii(),
                default: $default, challenge: $challenge, meaning: [$zero, $half, $one],
                takes: takes!($kind $(($why))?, &[$(
                    $(Item { price: stringify!($price), of: Of::$of, per: Per::$per, when: When::$when },)*
                    $(Item { price: stringify!($other), of: Of::$other_of, per: Per::$other_per, when: When::$other_when },)*
                )?]),
            },)+)+];

            /// Value of the lever declared at `index`.
            pub fn get(&self, index: usize) -> f32 { [$($(self.$theme.$key,)+)+][index] }

            /// Sets the lever declared at `index`.
            pub fn set(&mut self, index: usize, value: f32) {
                *[$($(&mut self.$theme.$key,)+)+][index] = value;
            }
        }
    };
}

/// What a row says that its lever takes.
macro_rules! takes {
    (Nothing($why:literal), $items:expr) => {
        Takes::Nothing($why)
    };
    (Backfill, $items:expr) => {
        Takes::Backfill
    };
    ($kind:ident, $items:expr) => {
        Takes::$kind($items)
    };
}

mod rows;

pub use rows::{
    Design, Engagement, Incentives, Levers, Measurement, Persuasion, Prices, Reach, Resources, Safeguards, Sustain,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Standing;

    #[test]
    fn every_lever_is_unique_in_range_and_explained() {
        let mut paths: Vec<String> = Levers::DECLARED.iter().map(Lever::path).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), Levers::DECLARED.len());
        for lever in Levers::DECLARED {
            assert!((0.0..=1.0).contains(&lever.default), "{}", lever.path());
            assert!(lever.challenge <= 10, "{}", lever.path());
            assert!(lever.meaning.iter().all(|words| !words.is_empty()), "{}", lever.path());
            assert!(lever.doc.ends_with('.'), "{}", lever.path());
        }
    }

    #[test]
    fn every_price_is_in_its_range_and_owns_up_to_being_an_assumption() {
        for price in Prices::DECLARED {
            assert!(price.accepts(price.default), "{}", price.name);
            assert_eq!(price.standing, Standing::Assumption, "{}", price.name);
            assert!(price.unit.starts_with("GBP") || price.unit.starts_with("hour") || price.unit == "times");
        }
    }

    #[test]
    fn levers_are_reached_by_their_place_in_the_table() {
        let mut levers = Levers::default();
        let sanction = Levers::DECLARED.iter().position(|lever| lever.path() == "incentives.sanction").unwrap();
        levers.set(sanction, 0.6);
        assert_eq!(levers.incentives.sanction, 0.6);
        assert_eq!(levers.get(sanction), 0.6);
    }
}
