//! The model: a week in the life of an organisation.
//!
//! Reading order: [`week`](self::week::week) is the table of contents of a week; [`who`] is there; [`state`] is all that
//! lasts, as data; [`weekly`] is what a week has at hand; [`begin`] says what everything begins with. The other rooms are
//! the steps of a week in their order: [`outside`], [`unit`](mod@unit), [`pushes`], [`act`], [`feel`], [`turnover`],
//! [`count`]. A file there is one mechanism, with its equation, its parameters and a test whose answer is known from
//! elsewhere; `CONTRIBUTING.md` says how to add one.

pub mod act;
pub mod begin;
pub mod bench;
pub mod count;
pub mod family;
pub mod feel;
pub mod outside;
pub mod pushes;
pub mod same;
pub mod simulate;
#[cfg(test)]
mod stage;
pub mod state;
pub mod strands;
pub mod turnover;
pub mod unit;
pub mod week;
pub mod weekly;
pub mod who;

pub use count::record::{History, Pair, Series};
pub use state::Spared;
pub use who::Professions;

use crate::{
    params::Quantities,
    programme::Programme,
    world::{Setting, Shock},
};
use who::Layout;

/// Declares [`Parameters`]: one group for each mechanism.
macro_rules! parameters {
    ($($group:ident: $Type:ty;)+) => {
        /// How people are: every parameter, by mechanism.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Parameters { $(#[allow(missing_docs)] pub $group: $Type,)+ }

        impl Parameters {
            /// Every group with its name in scenario files.
            pub fn groups(&self) -> Vec<(&'static str, &dyn Quantities)> {
                vec![$((stringify!($group), &self.$group as &dyn Quantities),)+]
            }

            /// Every group with its name in scenario files, to change.
            pub fn groups_mut(&mut self) -> Vec<(&'static str, &mut dyn Quantities)> {
                vec![$((stringify!($group), &mut self.$group as &mut dyn Quantities),)+]
            }
        }
    };
}

parameters! {
    outer: outside::outer::Outer;
    people: who::people::People;
    network: act::network::Network;
    reach: pushes::reach::Reach;
    fit: unit::fit::Fit;
    exposure: unit::exposure::Exposure;
    measurement: unit::measurement::Measurement;
    embedding: unit::embedding::Embedding;
    completion: unit::completion::Completion;
    permanence: unit::permanence::Permanence;
    belief: act::belief::Belief;
    ownership: act::ownership::Ownership;
    skill: act::skill::Skill;
    incentive: act::incentive::Incentive;
    motivation: feel::motivation::Motivation;
    fatigue: feel::fatigue::Fatigue;
    cynicism: feel::cynicism::Cynicism;
    practice: act::practice::Practice;
    habit: act::habit::Habit;
    aim: pushes::aim::Aim;
    disclosure: pushes::disclosure::Disclosure;
    peer_support: feel::peer_support::PeerSupport;
    duty: pushes::duty::Duty;
    site: unit::site::Site;
    distance: pushes::distance::Distance;
    coordination: pushes::coordination::Coordination;
    blame: feel::blame::Blame;
    heed: unit::heed::Heed;
    collaborative: unit::collaborative::Collaborative;
    coalition: pushes::coalition::Coalition;
    hours: pushes::hours::Hours;
    aspiration: pushes::aspiration::Aspiration;
    impatience: pushes::impatience::Impatience;
    permission: act::permission::Permission;
    charisma: pushes::charisma::Charisma;
    patronage: unit::patronage::Patronage;
    carryover: pushes::carryover::Carryover;
    urgency: pushes::urgency::Urgency;
    care: count::care::Care;
    workforce: turnover::workforce::Workforce;
    rollout: pushes::rollout::Rollout;
    assurance: act::assurance::Assurance;
    prompt: act::prompt::Prompt;
    enabling: act::enabling::Enabling;
}

/// A scenario made ready to run: every number in place, nothing left to look up.
#[derive(Clone, Debug)]
pub struct Model {
    /// Weeks simulated.
    pub weeks: usize,
    /// Organisations simulated.
    pub organisations: usize,
    /// Who stands where, the same in every organisation.
    pub layout: Layout,
    /// The organisations and the times.
    pub setting: Setting,
    /// Who works there.
    pub professions: Professions,
    /// The programmes, as their budgets let them be run.
    pub programmes: Vec<Programme>,
    /// What happens to the organisations.
    pub shocks: Vec<Shock>,
    /// How people are.
    pub parameters: Parameters,
    /// What a what-if leaves as it is.
    pub spared: Spared,
}

impl Model {
    /// Staff in one organisation, leaders and managers included.
    pub fn staff_per_organisation(&self) -> usize {
        self.layout.units * self.layout.staff + self.layout.managers + 1
    }
}
