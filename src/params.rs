//! A number that describes people or places, declared once.
//!
//! [`quantities!`](crate::quantities) turns one list into a struct with documented `f32` fields, its defaults, and a
//! table of [`Quantity`] rows. Scenario files, `--set` paths, ranges in error messages, sensitivity ranges and the
//! printed reference all read that table, so a new number needs one line here and its use in an equation.
//!
//! Where one value of a parameter switches its mechanism off, that is declared too, as neutral: knock-outs set it, and with
//! all of them set the model is the core that a second implementation reproduces (`tests/docking.rs`).

use serde::Serialize;

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Read off a published figure; the source says which.
    Evidence,
    /// Fitted so that the model reproduces published effect sizes or the review's patterns.
    Calibrated,
    /// A judgement within what the field would call plausible.
    Assumption,
}

/// How a number is spread before anything was fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Prior {
    /// Evenly over what is plausible.
    Uniform,
    /// Its logarithm evenly.
    LogUniform,
}

impl Prior {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::LogUniform => "log-uniform",
        }
    }
}

/// One declared number: everything that is said of it anywhere comes from here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// Key in scenario files and last part of its path.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Value when a scenario says nothing.
    pub default: f64,
    /// Unit, `share` for a number from 0 to 1, `count` for a whole number.
    pub unit: &'static str,
    /// Smallest value accepted, and lower end for sensitivity analysis.
    pub low: f64,
    /// Largest value accepted, and upper end for sensitivity analysis.
    pub high: f64,
    /// How well it is known.
    pub standing: Standing,
    /// Where it comes from.
    pub source: &'static str,
    /// Value at which the mechanism is off, where there is one.
    pub neutral: Option<f64>,
}

impl Quantity {
    /// Whether only whole numbers make sense.
    pub fn is_whole(&self) -> bool {
        self.unit == "count"
    }

    /// How far it may plausibly lie from its default: the declared range; where a mechanism can be switched off, and it is
    /// there and only its strength is uncertain, from half way back to neutral to as far beyond.
    pub fn plausible(&self) -> (f64, f64) {
        let Some(neutral) = self.neutral else { return (self.low, self.high) };
        let reach = 0.5 * (self.default - neutral).abs();
        ((self.default - reach).max(self.low), (self.default + reach).min(self.high))
    }

    /// How plausible values are spread before anything was fitted: in proportion where it is a time or a rate, which may be
    /// half as well as twice as long, and evenly elsewhere.
    pub fn prior(&self) -> Prior {
        let in_proportion = matches!(self.unit, "week" | "1/week") && self.plausible().0 > 0.0;
        if in_proportion { Prior::LogUniform } else { Prior::Uniform }
    }

    /// The value below which `place`, from 0 to 1, of the prior lies.
    pub fn of_prior(&self, place: f64) -> f64 {
        let ((low, high), place) = (self.plausible(), place.clamp(0.0, 1.0));
        let value = match self.prior() {
            Prior::Uniform => low + place * (high - low),
            Prior::LogUniform => low * libm::exp(place * libm::log(high / low)),
        };
        // Six digits are more than anyone knows, and read well.
        let value = if self.is_whole() { value.round() } else { (value * 1e6).round() / 1e6 };
        value.clamp(self.low, self.high)
    }

    /// Whether `value` may be given.
    pub fn accepts(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value) && (!self.is_whole() || value.fract() == 0.0)
    }
}

/// A struct made by [`quantities!`](crate::quantities), seen as a table.
pub trait Quantities {
    /// The declarations, in the order of the fields.
    fn declared(&self) -> &'static [Quantity];
    /// Value of the field declared at `index`.
    fn get(&self, index: usize) -> f32;
    /// Sets the field declared at `index`.
    fn set(&mut self, index: usize, value: f32);

    /// Where `name` is declared.
    fn position(&self, name: &str) -> Option<usize> {
        self.declared().iter().position(|quantity| quantity.name == name)
    }
}

/// The decimal number a person would write for `value`: `0.1`, not `0.10000000149011612`.
pub fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// `neutral`, which must lie between `low` and `high`: a declaration that does not hold stops the build.
///
/// # Panics
/// If it lies outside, while the program is being built.
#[doc(hidden)]
pub const fn within(neutral: f64, low: f64, high: f64) -> f64 {
    assert!(low <= neutral && neutral <= high, "the neutral value lies outside the declared range");
    neutral
}

/// Declares a struct of numbers. Each line reads: name = default, unit, low..high, standing, source. Where a value switches
/// the mechanism off, the line ends with: neutral value.
#[macro_export]
macro_rules! quantities {
    ($(#[$outer:meta])* $vis:vis struct $Name:ident {
        $($(#[doc = $doc:literal])+ $field:ident = $default:literal, $unit:literal, $low:literal..$high:literal, $standing:ident, $source:literal
            $(, neutral $neutral:literal)?;)+
    }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name {
            $(
                $(#[doc = $doc])+
                $(
                    #[doc = ""]
                    #[doc = concat!("Off at ", stringify!($neutral), ".")]
                )?
                pub $field: f32,
            )+
        }

        impl $Name {
            /// The declarations, in the order of the fields.
            pub const DECLARED: &'static [$crate::params::Quantity] = &[$({
                #[allow(unused_mut, unused_assignments)]
                let mut neutral = None;
                $(neutral = Some($crate::params::within($neutral as f64, $low as f64, $high as f64));)?
                $crate::params::Quantity {
                name: stringify!($field), doc: concat!($($doc),+).trim_ascii(), default: $default, unit: $unit,
                low: $low as f64, high: $high as f64, standing: $crate::params::Standing::$standing, source: $source,
                neutral,
                }
            },)+];
        }

        impl Default for $Name {
            fn default() -> Self { Self { $($field: $default,)+ } }
        }

        impl $crate::params::Quantities for $Name {
            fn declared(&self) -> &'static [$crate::params::Quantity] { Self::DECLARED }
            fn get(&self, index: usize) -> f32 { [$(self.$field,)+][index] }
            fn set(&mut self, index: usize, value: f32) { *[$(&mut self.$field,)+][index] = value; }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    quantities! {
        /// Two numbers.
        struct Pair {
            /// First,
            /// on two lines.
            first = 0.1, "share", 0.0..1.0, Assumption, "";
            /// Second.
            second = 3.0, "count", 1..9, Evidence, "somewhere", neutral 1.0;
        }
    }

    #[test]
    fn a_declaration_gives_field_default_table_and_access_by_position() {
        let mut pair = Pair::default();
        assert_eq!((pair.first, pair.second), (0.1, 3.0));
        assert_eq!(Pair::DECLARED[0].doc, "First, on two lines.");
        let second = pair.position("second").unwrap();
        pair.set(second, 4.0);
        assert_eq!(pair.get(second), 4.0);
        assert_eq!(pair.second, 4.0);
    }

    #[test]
    fn what_can_be_off_is_plausible_from_half_way_back_to_as_far_beyond() {
        // From 1, neutral, to 3, so from 2 to 4.
        assert_eq!((Pair::DECLARED[1].neutral, Pair::DECLARED[1].plausible()), (Some(1.0), (2.0, 4.0)));
        assert_eq!((Pair::DECLARED[0].neutral, Pair::DECLARED[0].plausible()), (None, (0.0, 1.0)));
    }

    #[test]
    fn times_and_rates_are_spread_in_proportion() {
        let weeks = Quantity { unit: "week", low: 10.0, high: 1000.0, ..Pair::DECLARED[0] };
        assert_eq!((weeks.prior(), weeks.of_prior(0.5), weeks.of_prior(1.0)), (Prior::LogUniform, 100.0, 1000.0));
        assert_eq!((Pair::DECLARED[0].prior(), Pair::DECLARED[0].of_prior(0.25)), (Prior::Uniform, 0.25));
        // A time that may be nothing has no logarithm there; a whole number stays one.
        assert_eq!(Quantity { low: 0.0, ..weeks }.prior(), Prior::Uniform);
        assert_eq!([0.0, 0.2, 0.3, 1.0].map(|place| Pair::DECLARED[1].of_prior(place)), [2.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn whole_numbers_and_ranges_are_kept() {
        assert!(Pair::DECLARED[1].accepts(9.0));
        assert!(!Pair::DECLARED[1].accepts(2.5));
        assert!(!Pair::DECLARED[1].accepts(10.0));
    }

    #[test]
    fn decimals_read_as_written() {
        assert_eq!(decimal(0.1), 0.1);
        assert_eq!(decimal(2.5), 2.5);
    }
}
