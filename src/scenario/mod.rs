//! A scenario: everything that decides the results, apart from the seed's luck.
//!
//! Files are read by [`load`], layer upon layer; single values are changed by path with [`Scenario::change`]; the whole is
//! written back by [`Scenario::to_toml`]. None of them knows a key by itself: they walk [`Scenario::slots`], which is made
//! from the declarations. Faults come as [`Problem`]s that say where, what, and what would be right.

mod accept;
pub mod bundled;
mod change;
mod cost;
mod layer;
mod load;
mod loaded;
pub(crate) mod nearest;
mod problem;
mod ready;
pub(crate) mod slot;
mod whole;
pub(crate) mod write;

pub use bundled::stem;
pub use load::{Source, load};
pub use loaded::{Loaded, Place};
pub use problem::{Problem, Problems};
pub use slot::{Address, Choice, Declared, Slot, Value};
pub use write::Extent;

use crate::{
    model::{Parameters, Spared},
    params::{Quantity, Standing},
    programme::{Prices, Programme},
    world::{Incidents, NamedShock, Profession, Setting, profession},
};

/// Everything that decides the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Title.
    pub title: String,
    /// The organisations and the times.
    pub setting: Setting,
    /// Professions with a special part.
    pub roles: profession::Roles,
    /// Who works there.
    pub professions: Vec<Profession>,
    /// The programmes, in the order of the file.
    pub programmes: Vec<Programme>,
    /// What happens to the organisations.
    pub shocks: Vec<NamedShock>,
    /// How people are.
    pub parameters: Parameters,
    /// What work and things cost.
    pub prices: Prices,
    /// What practice means for patients of a ward, in the run chart of a report.
    pub incidents: Incidents,
    /// How to run it.
    pub run: Run,
    /// What a what-if leaves as it is: nothing in any file, which has no word for it; an experiment fills it in.
    pub spared: Spared,
}

/// Declares a struct of whole numbers too large for `f32`, with the same table as [`quantities!`](crate::quantities).
macro_rules! whole_numbers {
    ($(#[$outer:meta])* $vis:vis struct $Name:ident {
        $($(#[doc = $doc:literal])+ $field:ident: $kind:ty = $default:literal, $low:literal..$high:literal, $source:literal;)+
    }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name { $($(#[doc = $doc])+ pub $field: $kind,)+ }

        impl $Name {
            /// The declarations, in the order of the fields.
            pub const DECLARED: &'static [Quantity] = &[$(Quantity {
                name: stringify!($field), doc: concat!($($doc),+).trim_ascii(), default: $default as f64, unit: "count",
                low: $low as f64, high: $high as f64, standing: Standing::Assumption, source: $source, neutral: None,
            },)+];

            /// Value of the field declared at `index`; 0 beyond the last.
            #[allow(clippy::useless_conversion)]
            pub fn get(&self, index: usize) -> u64 {
                [$(u64::from(self.$field),)+].get(index).copied().unwrap_or(0)
            }

            /// Sets the field declared at `index`; without effect beyond the last.
            #[allow(clippy::useless_conversion)]
            pub fn set(&mut self, index: usize, value: u64) {
                let name = Self::DECLARED.get(index).map(|quantity| quantity.name);
                $(if name == Some(stringify!($field)) {
                    self.$field = <$kind>::try_from(value).unwrap_or(<$kind>::MAX);
                })+
            }
        }

        impl Default for $Name {
            fn default() -> Self { Self { $($field: $default,)+ } }
        }
    };
}

whole_numbers! {
    /// How to run a scenario.
    pub struct Run {
        /// Replicates, each with its own luck.
        runs: u64 = 200, 1..1_000_000, "enough for a paired difference of a point or two";
        /// Seed of all luck.
        seed: u64 = 1, 0..9_007_199_254_740_991_u64, "any";
        /// Weeks simulated after the last programme ends.
        follow_up: u32 = 156, 0..2000, "three years: what lasts shows late";
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            title: String::new(),
            setting: Setting::default(),
            roles: profession::Roles::default(),
            professions: profession::acute_hospital(),
            programmes: vec![Programme::default()],
            shocks: Vec::new(),
            parameters: Parameters::default(),
            prices: Prices::default(),
            incidents: Incidents::default(),
            run: Run::default(),
            spared: Spared::default(),
        }
    }
}

impl Scenario {
    /// Weeks simulated: until `follow_up` weeks after the last programme ends.
    pub fn weeks(&self) -> usize {
        let end = self.programmes.iter().map(|programme| programme.clock.end()).max().unwrap_or(0);
        end + self.run.follow_up as usize
    }
}

#[cfg(test)]
impl Scenario {
    /// The defaults with everything off that can be off, for tests of one mechanism by itself.
    pub(crate) fn core() -> Self {
        let mut scenario = Self::default();
        for (_, group) in scenario.parameters.groups_mut() {
            for (row, quantity) in group.declared().iter().enumerate() {
                if let Some(neutral) = quantity.neutral {
                    #[allow(clippy::cast_possible_truncation)]
                    group.set(row, neutral as f32);
                }
            }
        }
        scenario
    }

    /// The defaults with the ordinary programme of the base case, for tests in which something must be done: a programme
    /// of which nothing is said does nothing.
    pub(crate) fn ordinary() -> Self {
        let base = load(&(), "base").map(|loaded| loaded.scenario);
        Self { programmes: base.unwrap_or_else(|problems| panic!("{problems}")).programmes, ..Self::default() }
    }
}
