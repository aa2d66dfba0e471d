//! A number that describes people or places, declared once.
//!
//! [`quantities!`](crate::quantities) turns one list into a struct with documented `f32` fields, its defaults, and a
//! table of [`Quantity`] rows. Scenario files, `--set` paths, ranges in error messages, sensitivity ranges and the
//! printed reference all read that table, so a new number needs one line here and its use in an equation.
//!
//! Every parameter has a default, at which mechanisms beyond the core are neutral: the model is then the core, which a
//! second implementation reproduces. Where evidence speaks for another value, that is declared too, as supported, and the
//! full model starts from it ([`Variant`]).

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
    /// Value in the full model, where that is not the default.
    pub supported: Option<f64>,
}

/// Which declared value every parameter starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// The default: mechanisms beyond the core are neutral.
    #[default]
    Core,
    /// The supported value where one is declared, the default elsewhere: every mechanism has a part.
    Full,
}

impl Variant {
    /// Every variant, by its name in scenario files.
    pub const NAMES: [(&'static str, Self); 2] = [("core", Self::Core), ("full", Self::Full)];

    /// What it is, in a sentence.
    pub fn doc(self) -> &'static str {
        match self {
            Self::Core => {
                "The tested core, which an independent program of the same model agrees with: what goes beyond it is neutral."
            }
            Self::Full => {
                "All mechanisms at the strength that is held likely, many by judgement: what the forty-five patterns are tested on."
            }
        }
    }

    /// Name in scenario files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Full => "full",
        }
    }
}

impl Quantity {
    /// Whether only whole numbers make sense.
    pub fn is_whole(&self) -> bool {
        self.unit == "count"
    }

    /// Value that a scenario starts from.
    pub fn start(&self, variant: Variant) -> f64 {
        match variant {
            Variant::Core => self.default,
            Variant::Full => self.supported.unwrap_or(self.default),
        }
    }

    /// How far it may plausibly lie from where scenarios of `variant` start: the declared range; in the full model, where a
    /// mechanism is there and only its strength is uncertain, from half way back to what is neutral to as far beyond.
    pub fn plausible(&self, variant: Variant) -> (f64, f64) {
        let (Variant::Full, Some(supported)) = (variant, self.supported) else { return (self.low, self.high) };
        let reach = 0.5 * (supported - self.default).abs();
        ((supported - reach).max(self.low), (supported + reach).min(self.high))
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

/// `supported`, which must lie between `low` and `high`: a declaration that does not hold stops the build.
///
/// # Panics
/// If it lies outside, while the program is being built.
#[doc(hidden)]
pub const fn within(supported: f64, low: f64, high: f64) -> f64 {
    assert!(low <= supported && supported <= high, "the supported value lies outside the declared range");
    supported
}

/// Declares a struct of numbers. Each line reads: name = default, unit, low..high, standing, source. Where the full model
/// takes another value than the default, the line ends with: supported value.
#[macro_export]
macro_rules! quantities {
    ($(#[$outer:meta])* $vis:vis struct $Name:ident {
        $($(#[doc = $doc:literal])+ $field:ident = $default:literal, $unit:literal, $low:literal..$high:literal, $standing:ident, $source:literal
            $(, supported $supported:literal)?;)+
    }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name {
            $(
                $(#[doc = $doc])+
                $(
                    #[doc = ""]
                    #[doc = concat!("In the full model: ", stringify!($supported), ".")]
                )?
                pub $field: f32,
            )+
        }

        impl $Name {
            /// The declarations, in the order of the fields.
            pub const DECLARED: &'static [$crate::params::Quantity] = &[$({
                #[allow(unused_mut, unused_assignments)]
                let mut supported = None;
                $(supported = Some($crate::params::within($supported as f64, $low as f64, $high as f64));)?
                $crate::params::Quantity {
                name: stringify!($field), doc: concat!($($doc),+).trim_ascii(), default: $default, unit: $unit,
                low: $low as f64, high: $high as f64, standing: $crate::params::Standing::$standing, source: $source,
                supported,
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
            second = 3.0, "count", 1..9, Evidence, "somewhere", supported 5.0;
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
    fn the_full_model_starts_from_what_is_supported() {
        let starts = |variant| Pair::DECLARED.iter().map(|quantity| quantity.start(variant)).collect::<Vec<_>>();
        assert_eq!(starts(Variant::Core), [0.1, 3.0]);
        assert_eq!(starts(Variant::Full), [0.1, 5.0]);
        // From 3, neutral, to 5, supported, so from 4 to 6.
        assert_eq!(Pair::DECLARED[1].plausible(Variant::Full), (4.0, 6.0));
        assert_eq!(Pair::DECLARED[1].plausible(Variant::Core), (1.0, 9.0));
        assert_eq!(Pair::DECLARED[0].plausible(Variant::Full), (0.0, 1.0));
        assert!(Variant::NAMES.iter().all(|(name, variant)| variant.name() == *name));
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
