//! Causes: what may have taken a gain away, or kept it from coming, and how each is taken away.
//!
//! What took it after support ended is taken away by leaving it as it was in the last week of support, so that the gain
//! until then is the same to the bit. What kept it from coming is taken away from the first week on. Each entry says how.

use crate::{programme::Levers, scenario::Scenario};

/// A cause and how a world without it is made.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// Key in tables.
    pub key: &'static str,
    /// Name in sentences.
    pub name: &'static str,
    /// What the world is like without it.
    pub without: &'static str,
    /// Takes it out of a scenario, for the programme at a place.
    pub take_away: fn(&mut Scenario, usize),
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        // What takes a cause away cannot be compared; the words for it can.
        (self.key, self.name, self.without) == (other.key, other.name, other.without)
    }
}

/// What may take a gain away after support ends.
pub const LOSSES: [Cause; 7] = [
    Cause {
        key: "turnover",
        name: "staff turnover",
        without: "Frontline staff who are on no project team stay, and no exodus brings agency staff.",
        take_away: |scenario, _| scenario.spared.turnover = true,
    },
    Cause {
        key: "support",
        name: "withdrawn support",
        without: "Support goes on as in its last week, without its incentives.",
        take_away: |scenario, _| scenario.spared.support = true,
    },
    Cause {
        key: "incentives",
        name: "withdrawn incentives",
        without: "Sanctions, recognition and payment go on as in the last week of support.",
        take_away: |scenario, _| scenario.spared.incentives = true,
    },
    Cause {
        key: "leaders",
        name: "lost leaders",
        without: "Unit leaders, managers, sponsors and members of project teams stay.",
        take_away: |scenario, _| scenario.spared.leaders = true,
    },
    Cause {
        key: "policy",
        name: "policy churn",
        without: "Policy does not change, and nobody is reorganised.",
        take_away: |scenario, _| scenario.spared.policy = true,
    },
    Cause {
        key: "fatigue",
        name: "fatigue",
        without: "Everybody stays as tired as at the end of support; newcomers come rested.",
        take_away: |scenario, _| scenario.spared.fatigue = true,
    },
    Cause {
        key: "cynicism",
        name: "cynicism",
        without: "Everybody stays as cynical as at the end of support; newcomers bring what they bring.",
        take_away: |scenario, _| scenario.spared.cynicism = true,
    },
];

/// What may keep a gain from coming; the last one only where there are other programmes.
pub const BARRIERS: [Cause; 8] = [
    Cause {
        key: "fatigue",
        name: "fatigue",
        without: "Nobody ever gets more or less tired than at the beginning.",
        take_away: |scenario, _| scenario.spared.fatigue = true,
    },
    Cause {
        key: "cynicism",
        name: "cynicism",
        without: "Nobody ever gets more or less cynical than at the beginning.",
        take_away: |scenario, _| scenario.spared.cynicism = true,
    },
    Cause {
        key: "skill",
        name: "lack of skill",
        without: "Anybody can do it without training: design.difficulty = 0.",
        take_away: |scenario, programme| on(scenario, programme, |levers| levers.design.difficulty = 0.0),
    },
    Cause {
        key: "time",
        name: "lack of time",
        without: "All the time it takes is taken out of clinical work: resources.protected_time = 1.",
        take_away: |scenario, programme| on(scenario, programme, |levers| levers.resources.protected_time = 1.0),
    },
    Cause {
        key: "fit",
        name: "poor fit",
        without: "The design suits every unit from the beginning.",
        take_away: |scenario, _| scenario.spared.misfit = true,
    },
    Cause {
        key: "leaders",
        name: "indifferent leaders",
        without: "No leader blocks and all are part of it: setting.blockers = 0, engagement.middle_managers = 1, \
                  engagement.executives = 1.",
        take_away: |scenario, programme| {
            scenario.setting.blockers = 0.0;
            on(scenario, programme, |levers| {
                (levers.engagement.middle_managers, levers.engagement.executives) = (1.0, 1.0);
            });
        },
    },
    Cause {
        key: "turnover",
        name: "people leaving",
        without: "Nobody ever leaves, staff or leaders.",
        take_away: |scenario, _| (scenario.spared.turnover, scenario.spared.leaders) = (true, true),
    },
    Cause {
        key: "competing",
        name: "competing programmes",
        without: "No other programme reaches anybody: reach.share = 0 for all others.",
        take_away: |scenario, programme| {
            for (_, other) in scenario.programmes.iter_mut().enumerate().filter(|(place, _)| *place != programme) {
                other.levers.reach.share = 0.0;
            }
        },
    },
];

fn on(scenario: &mut Scenario, programme: usize, change: impl FnOnce(&mut Levers)) {
    if let Some(programme) = scenario.programmes.get_mut(programme) {
        change(&mut programme.levers);
    }
}

/// The barriers that `scenario` can have.
pub fn barriers(scenario: &Scenario) -> &'static [Cause] {
    if scenario.programmes.len() > 1 { &BARRIERS } else { BARRIERS.split_last().map_or(&[], |(_, others)| others) }
}

/// Every world with and without `causes`, in the order of coalitions: those whose bit is set are taken away, from week
/// `from` on. Budgets are settled beforehand: what a world is given beyond them is taken from nothing else.
pub fn worlds(scenario: &Scenario, programme: usize, from: usize, causes: &[Cause]) -> Vec<Scenario> {
    let settled = scenario.settled();
    let world = |coalition: usize| {
        let mut world = settled.clone();
        if coalition > 0 {
            world.spared.from = from;
        }
        for (_, cause) in causes.iter().enumerate().filter(|(place, _)| coalition & (1 << place) > 0) {
            (cause.take_away)(&mut world, programme);
        }
        world
    };
    (0..1usize << causes.len()).map(world).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ensemble::ensemble_of, experiment::column, programme::Programme};

    fn small() -> Scenario {
        let mut scenario = Scenario::ordinary();
        (scenario.setting.organisations, scenario.setting.units) = (1.0, 2.0);
        scenario.setting.policy_churn = 12.0;
        scenario.programmes[0].clock.active = 30.0;
        scenario.run.follow_up = 12;
        scenario
    }

    #[test]
    fn keys_are_unique_and_every_cause_is_explained() {
        for causes in [&LOSSES[..], &BARRIERS[..]] {
            let mut keys: Vec<&str> = causes.iter().map(|cause| cause.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), causes.len());
            assert!(causes.iter().all(|cause| cause.without.ends_with('.')));
            assert!(causes.len() <= super::super::shapley::MOST);
        }
    }

    /// The question is where the gain went after support: until then nothing may have changed, whatever is taken away.
    #[test]
    fn the_gain_at_the_end_of_support_is_the_same_in_every_world() {
        let scenario = small();
        let end = scenario.programmes[0].clock.end();
        let worlds = worlds(&scenario, 0, end, &LOSSES);
        assert_eq!(worlds.len(), 128);
        let practice = |world: &Scenario| {
            let pair = world.to_model().pair(5, 0);
            pair.with[0]
                .series
                .iter()
                .chain(&pair.without[0].series)
                .flat_map(|series| &series[..end])
                .fold(0u64, |digest, number| digest.wrapping_mul(0x0100_0000_01b3) ^ u64::from(number.to_bits()))
        };
        let first = practice(&worlds[0]);
        assert!(worlds.iter().all(|world| practice(world) == first));
    }

    /// Every cause does something where there is something to do.
    #[test]
    fn each_cause_changes_the_world_by_itself() {
        let mut scenario = small();
        scenario.programmes.push(Programme { name: "other".into(), ..scenario.programmes[0].clone() });
        scenario.programmes[0].levers.incentives.sanction = 0.5;
        let live = |world: &Scenario| {
            let ensemble = ensemble_of(world, 1, 1).unwrap();
            let gains = column(world, &ensemble, 0, "net_gain_at_end").unwrap();
            let history = world.to_model().pair(1, 0).with.swap_remove(0);
            (format!("{gains:?}"), history.series[0].iter().map(|share| share.to_bits()).collect::<Vec<_>>())
        };
        for (causes, from) in [(&LOSSES[..], scenario.programmes[0].clock.end()), (barriers(&scenario), 0)] {
            let plain = live(&scenario);
            for (place, cause) in causes.iter().enumerate() {
                let world = worlds(&scenario, 0, from, &causes[place..=place]).swap_remove(1);
                let (gain, practice) = live(&world);
                assert!(practice != plain.1, "{}", cause.key);
                assert_eq!(gain == plain.0, from > 0, "{}", cause.key);
            }
        }
    }
}
