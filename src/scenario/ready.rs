//! A scenario made ready to run: what the model owns, with nothing left to look up.

use super::Scenario;
use crate::model::{Model, Professions, who::Layout};

impl Scenario {
    /// The model of this scenario. A resolved scenario cannot fail.
    pub fn to_model(&self) -> Model {
        Model {
            weeks: self.weeks(),
            organisations: self.setting.organisations as usize,
            layout: Layout::new(&self.setting),
            setting: self.setting.clone(),
            professions: Professions::new(&self.professions, &self.roles),
            programmes: self.settled().programmes,
            shocks: self.shocks.iter().map(|named| named.shock.clone()).collect(),
            parameters: self.parameters.clone(),
            spared: self.spared.clone(),
        }
    }
}
