//! A scenario: everything that decides the results, apart from the seed's luck.

use crate::{
    model::Parameters,
    programme::Programme,
    world::{NamedShock, Profession, Setting, profession},
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
    /// How to run it.
    pub run: Run,
}

/// How to run a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Replicates, each with its own luck.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Weeks simulated after the last programme ends.
    pub follow_up: u32,
}

impl Default for Run {
    fn default() -> Self {
        Self { runs: 200, seed: 1, follow_up: 156 }
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
            run: Run::default(),
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
