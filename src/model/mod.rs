//! The model: a week in the life of an organisation.
//!
//! Reading order: [`week`](self::week::week) is the table of contents of a week; [`layout`], [`organisation`] and
//! [`state`] say who is there; [`course`], [`moment`], [`surroundings`] and [`channels`] say what reaches them; every
//! other file is one mechanism, with its equation, its parameters and a test whose answer is known from elsewhere.

pub mod advocacy;
pub mod aim;
pub mod aspiration;
pub mod assurance;
pub mod attainable;
pub mod attribution;
pub mod belief;
pub mod bench;
pub mod blame;
pub mod care;
pub mod carryover;
pub mod channels;
pub mod charisma;
pub mod closure;
pub mod coalition;
pub mod collaborative;
pub mod completion;
pub mod coordination;
pub mod course;
pub mod cynicism;
pub mod disclosure;
pub mod distance;
pub mod duty;
pub mod embedding;
pub mod erosion;
pub mod exposure;
pub mod fatigue;
pub mod fit;
pub mod habit;
pub mod heed;
pub mod hostility;
pub mod hours;
pub mod impatience;
pub mod incentive;
pub mod inspection;
pub mod layout;
pub mod measurement;
pub mod moment;
pub mod motivation;
pub mod network;
pub mod organisation;
pub mod outer;
pub mod ownership;
pub mod patronage;
pub mod peer_support;
pub mod people;
pub mod permanence;
pub mod permission;
pub mod practice;
pub mod reach;
pub mod record;
pub mod rollout;
pub mod settling;
pub mod sharing;
pub mod simulate;
pub mod site;
pub mod skill;
pub mod spared;
pub mod staff;
pub mod state;
pub mod surroundings;
pub mod tally;
pub mod urgency;
pub mod watch;
pub mod week;
pub mod workforce;

pub use record::{History, Pair, Series};
pub use spared::Spared;

use crate::{
    params::Quantities,
    programme::Programme,
    scenario::Scenario,
    world::{Profession, Setting, Shock, profession::Traits},
};
use layout::Layout;

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
    outer: outer::Outer;
    people: people::People;
    network: network::Network;
    reach: reach::Reach;
    fit: fit::Fit;
    exposure: exposure::Exposure;
    measurement: measurement::Measurement;
    embedding: embedding::Embedding;
    completion: completion::Completion;
    permanence: permanence::Permanence;
    belief: belief::Belief;
    ownership: ownership::Ownership;
    skill: skill::Skill;
    incentive: incentive::Incentive;
    motivation: motivation::Motivation;
    fatigue: fatigue::Fatigue;
    cynicism: cynicism::Cynicism;
    practice: practice::Practice;
    habit: habit::Habit;
    aim: aim::Aim;
    disclosure: disclosure::Disclosure;
    peer_support: peer_support::PeerSupport;
    duty: duty::Duty;
    site: site::Site;
    distance: distance::Distance;
    coordination: coordination::Coordination;
    blame: blame::Blame;
    heed: heed::Heed;
    collaborative: collaborative::Collaborative;
    coalition: coalition::Coalition;
    hostility: hostility::Hostility;
    hours: hours::Hours;
    sharing: sharing::Sharing;
    aspiration: aspiration::Aspiration;
    impatience: impatience::Impatience;
    permission: permission::Permission;
    charisma: charisma::Charisma;
    patronage: patronage::Patronage;
    erosion: erosion::Erosion;
    settling: settling::Settling;
    carryover: carryover::Carryover;
    urgency: urgency::Urgency;
    advocacy: advocacy::Advocacy;
    care: care::Care;
    workforce: workforce::Workforce;
    attainable: attainable::Attainable;
    rollout: rollout::Rollout;
    attribution: attribution::Attribution;
    assurance: assurance::Assurance;
    closure: closure::Closure;
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
    /// Makes `scenario` ready. A resolved scenario cannot fail.
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            weeks: scenario.weeks(),
            organisations: scenario.setting.organisations as usize,
            layout: Layout::new(&scenario.setting),
            setting: scenario.setting.clone(),
            professions: Professions::new(&scenario.professions, &scenario.roles),
            programmes: scenario.settled().programmes,
            shocks: scenario.shocks.iter().map(|named| named.shock.clone()).collect(),
            parameters: scenario.parameters.clone(),
            spared: scenario.spared.clone(),
        }
    }

    /// Staff in one organisation, leaders and managers included.
    pub fn staff_per_organisation(&self) -> usize {
        self.layout.units * self.layout.staff + self.layout.managers + 1
    }
}

/// The professions with their special parts found.
#[derive(Clone, Debug)]
pub struct Professions {
    /// What is known of each.
    pub traits: Vec<Traits>,
    /// Which one leads units.
    pub unit_leader: usize,
    /// Which one manages.
    pub manager: usize,
    cumulative: Vec<f32>,
}

impl Professions {
    /// Finds the roles; a resolved scenario has them.
    fn new(professions: &[Profession], roles: &crate::world::profession::Roles) -> Self {
        let find = |name: &str| professions.iter().position(|profession| profession.name == name).unwrap_or(0);
        let mut total = 0.0;
        let cumulative = professions.iter().map(|profession| {
            total += profession.traits.share;
            total
        });
        Self {
            cumulative: cumulative.collect(),
            traits: professions.iter().map(|profession| profession.traits.clone()).collect(),
            unit_leader: find(&roles.unit_leader),
            manager: find(&roles.manager),
        }
    }

    /// The profession of a frontline post, from a number in [0, 1).
    pub fn drawn(&self, uniform: f32) -> usize {
        let total = self.cumulative.last().copied().unwrap_or(1.0);
        self.cumulative.iter().position(|cumulative| uniform * total < *cumulative).unwrap_or(0)
    }

    /// Share of the unit leaders' profession among frontline posts; all of them where it has none there.
    pub fn share_of_unit_leader(&self) -> f32 {
        let share = self.traits[self.unit_leader].share;
        if share > 0.0 { share } else { 1.0 }
    }
}
