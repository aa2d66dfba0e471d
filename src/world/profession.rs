//! Professions: who works in the units.

use serde::Serialize;

use crate::quantities;

quantities! {
    /// What is known of one profession.
    pub struct Traits {
        /// Share of frontline posts; the shares of all professions add up to 1.
        share = 0.0, "share", 0.0..1.0, Assumption, "scenario";
        /// How much the profession values deciding for itself.
        autonomy = 0.5, "share", 0.0..1.0, Assumption, "judgement; direction from the review's chapter on professions";
        /// 1 for a clinical profession, 0 otherwise.
        clinical = 1.0, "count", 0..1, Assumption, "definition";
        /// Share who leave their post each year.
        leaving = 0.12, "1/year", 0.0..12.0, Evidence, "nurses 9-10 %, doctors 6-7 % leave the NHS each year (PQ 112582), moves between wards added; trainees rotate every 4-12 months";
        /// Mean time to fill an empty post.
        weeks_to_fill = 10.0, "week", 0.0..104.0, Assumption, "judgement";
        /// Price of an hour, in pounds of about 2012.
        hour = 20.0, "GBP/hour", 0.0..1000.0, Assumption, "pay and on-costs, without overheads";
    }
}

/// A profession with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Profession {
    /// Name, as in tables and results.
    pub name: String,
    /// What is known of it.
    pub traits: Traits,
}

/// Most professions that a scenario may have: posts remember theirs in a byte.
pub const MOST_PROFESSIONS: usize = 256;

/// A profession's name as part of the name of a column of results.
pub fn column_name(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '_' }).collect()
}

/// Declares [`Roles`]: each line is a role and the profession that has it when a scenario says nothing.
macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident = $default:literal;)+) => {
        /// Which professions have a part in the model beyond their numbers.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub struct Roles { $($(#[doc = $doc])+ pub $role: String,)+ }

        impl Roles {
            /// The roles, in the order of the fields: key, what it is, and the profession that has it by default.
            pub const DECLARED: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($role), concat!($($doc),+).trim_ascii(), $default),)+];

            /// Profession that has the role declared at `index`.
            pub fn get(&self, index: usize) -> &str { [$(&self.$role,)+][index] }

            /// Gives the role declared at `index` to `profession`.
            pub fn set(&mut self, index: usize, profession: String) { *[$(&mut self.$role,)+][index] = profession; }
        }

        impl Default for Roles {
            fn default() -> Self { Self { $($role: $default.into(),)+ } }
        }
    };
}

roles! {
    /// Profession of unit leaders; project teams are drawn mostly from it.
    unit_leader = "nurse";
    /// Profession of division managers and executive sponsors.
    manager = "manager";
}

/// The professions of an acute hospital, used when a scenario names none.
pub fn acute_hospital() -> Vec<Profession> {
    let row = |name: &str, share, autonomy, clinical, leaving, weeks_to_fill, hour| Profession {
        name: name.into(),
        traits: Traits { share, autonomy, clinical, leaving, weeks_to_fill, hour },
    };
    vec![
        row("consultant", 0.10, 0.90, 1.0, 0.08, 16.0, 70.0),
        row("trainee", 0.10, 0.70, 1.0, 2.00, 0.0, 30.0),
        row("nurse", 0.44, 0.55, 1.0, 0.12, 10.0, 20.0),
        row("allied", 0.12, 0.60, 1.0, 0.12, 10.0, 20.0),
        row("support", 0.24, 0.30, 0.0, 0.14, 6.0, 12.0),
        row("manager", 0.00, 0.25, 0.0, 0.14, 8.0, 35.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frontline_shares_add_up() {
        let total: f32 = acute_hospital().iter().map(|profession| profession.traits.share).sum();
        assert!((total - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_roles_exist() {
        let (roles, professions) = (Roles::default(), acute_hospital());
        for role in [roles.unit_leader, roles.manager] {
            assert!(professions.iter().any(|profession| profession.name == role));
        }
    }
}
