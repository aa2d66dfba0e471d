//! The battery: what may befall a programme, each declared once, at two severities.
//!
//! A stressor is made of shocks that the model knows (`dewpoint shocks`) and, for the rival programme, of another
//! programme on the same staff. Nothing here acts by itself: [`Stressor::strike`] writes it into a scenario. That such
//! things happen is evidence where a source says so; how hard they hit is an assumption unless the source gives it.
use serde::Serialize;

use super::{
    Stopped,
    window::{Measure, Window},
};
use crate::{
    programme::{Clock, Programme},
    scenario::{Scenario, load},
    table::Table,
    world::{NamedShock, Shock},
};

/// How hard it hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As most organisations will see it once in a few years.
    Mild,
    /// As bad as it gets short of closing the place.
    Severe,
}

impl Severity {
    /// Both, the milder first.
    pub const ALL: [Self; 2] = [Self::Mild, Self::Severe];

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Severe => "severe",
        }
    }
}

/// One thing that a stressor brings, so many weeks after it strikes.
#[derive(Clone, Copy, Debug)]
pub struct Blow {
    /// Weeks after the stressor strikes.
    pub after: u32,
    /// What happens.
    pub what: What,
}

/// What a blow is.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A shock of this kind, with these settings; its week is not among them.
    Shock(&'static str, &'static [(&'static str, f32)]),
    /// Another programme on the same staff, with levers as declared but for the share of units it reaches.
    Rival {
        /// Share of units it works with.
        share: f32,
        /// Weeks of planning.
        planning: f32,
        /// Weeks of support.
        active: f32,
    },
}

/// A number on which the severity of a stressor is measured.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Which number.
    pub dial: Dial,
    /// The worst tried. The least is what the scenario has; for a shock, nothing.
    pub worst: f64,
    /// How it is shown.
    pub measure: Measure,
    /// Unit as shown, in words that follow a number.
    pub unit: &'static str,
}

/// The number that a scale turns.
#[derive(Clone, Copy, Debug)]
pub enum Dial {
    /// Of the setting, by path: it is so all the time.
    Setting(&'static str),
    /// Of the severe shock: its setting, and the value of it that does nothing. It strikes at half of the stressor's times.
    Shock(&'static str, f64),
}

/// Something that may befall a programme.
#[derive(Clone, Copy, Debug)]
pub struct Stressor {
    /// Name, for `--shocks` and tables.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub doc: &'static str,
    /// What it brings when it is mild.
    pub mild: &'static [Blow],
    /// What it brings when it is severe.
    pub severe: &'static [Blow],
    /// Why it is in the battery, and where its severities come from.
    pub source: &'static str,
    /// What its severity is measured on, where there is a natural measure.
    pub scale: Option<Scale>,
}

const fn shock(kind: &'static str, settings: &'static [(&'static str, f32)]) -> Blow {
    later(0, kind, settings)
}

const fn later(after: u32, kind: &'static str, settings: &'static [(&'static str, f32)]) -> Blow {
    Blow { after, what: What::Shock(kind, settings) }
}

const fn rival(share: f32, active: f32) -> Blow {
    Blow { after: 0, what: What::Rival { share, planning: 13.0, active } }
}

const fn always(path: &'static str, worst: f64, measure: Measure, unit: &'static str) -> Option<Scale> {
    Some(Scale { dial: Dial::Setting(path), worst, measure, unit })
}

const fn once(setting: &'static str, nothing: f64, worst: f64, measure: Measure, unit: &'static str) -> Option<Scale> {
    Some(Scale { dial: Dial::Shock(setting, nothing), worst, measure, unit })
}

/// Every stressor.
#[rustfmt::skip]
pub static BATTERY: &[Stressor] = &[
    Stressor {
        name: "staff_exodus",
        doc: "Frontline staff leave faster for half a year.",
        mild: &[shock("staff_exodus", &[("weeks", 26.0), ("multiplier", 2.0)])],
        severe: &[shock("staff_exodus", &[("weeks", 26.0), ("multiplier", 4.0)])],
        source: "turnover of general practices about doubled within a decade (Parisi 2021); teams lost 81 % of their members in two years (Woltmann 2008); multipliers assumed",
        scale: always("setting.turnover", 6.0, Measure::Leavers, "leavers per 100 frontline posts a year"),
    },
    Stressor {
        name: "leaders_leave",
        doc: "Every unit leader leaves in the same week.",
        mild: &[shock("leaders_leave", &[])],
        severe: &[shock("leaders_leave", &[]), later(26, "leaders_leave", &[])],
        source: "the review: personnel changes end projects; nurse managers leave at 7.5-12 % a year (AONL 2024), so all at once is an assumption, and that successors leave too",
        scale: always("setting.leader_turnover", 3.0, Measure::Percent, "departures per 100 unit leaders and managers a year"),
    },
    Stressor {
        name: "champions_leave",
        doc: "Every member of the project team leaves in the same week.",
        mild: &[shock("champions_leave", &[])],
        severe: &[shock("champions_leave", &[]), later(26, "champions_leave", &[])],
        source: "the review: work falls on the few, who burn out or move on; all at once, and twice, is an assumption",
        scale: None,
    },
    Stressor {
        name: "sponsor_leaves",
        doc: "Every executive sponsor leaves in the same week.",
        mild: &[shock("sponsor_leaves", &[])],
        severe: &[shock("sponsor_leaves", &[]), later(39, "sponsor_leaves", &[])],
        source: "median tenure of NHS chief executives 3 years, shorter where performance is poor (Anandaciva 2018); that the successor leaves after 39 weeks is an assumption",
        scale: always("setting.sponsor_turnover", 3.0, Measure::Percent, "departures per 100 sponsors a year"),
    },
    Stressor {
        name: "policy_churn",
        doc: "National policy changes, with a new mandate for everybody.",
        mild: &[shock("policy_change", &[])],
        severe: &[shock("policy_change", &[]), later(26, "policy_change", &[]), later(52, "policy_change", &[])],
        source: "about one structural change every two years in England (Walshe 2010); three in a year is an assumption",
        scale: always("setting.policy_churn", 4.0, Measure::Plain, "changes of policy a year"),
    },
    Stressor {
        name: "reorganisation",
        doc: "Every organisation is reorganised.",
        mild: &[shock("reorganisation", &[])],
        severe: &[shock("reorganisation", &[]), later(52, "reorganisation", &[])],
        source: "at least ten reorganisations of the NHS in twenty years (Nuffield Trust 2018); a second within a year is an assumption",
        scale: None,
    },
    Stressor {
        name: "winter_surge",
        doc: "A winter with more work than staff can absorb.",
        mild: &[shock("winter_surge", &[("weeks", 13.0), ("size", 0.15)])],
        severe: &[shock("winter_surge", &[("weeks", 20.0), ("size", 0.4)])],
        source: "assumption; only a quarter to two fifths of NHS staff say that there are enough of them (NHS Staff Survey 2020-22)",
        scale: once("size", 0.0, 1.0, Measure::Percent, "% more work for 20 weeks"),
    },
    Stressor {
        name: "budget_cut",
        doc: "The programme's money is cut, and nothing follows its end.",
        mild: &[shock("budget_cut", &[("left", 0.7)])],
        severe: &[shock("budget_cut", &[("left", 0.3)])],
        source: "assumption; the review: supports that keep people going are cut first",
        scale: once("left", 1.0, 0.0, Measure::Cut, "% of the money cut"),
    },
    Stressor {
        name: "inspection",
        doc: "Inspectors are announced and come; found wanting, an action plan and the sponsor's post.",
        mild: &[shock("inspection", &[("notice", 8.0), ("weeks", 1.0), ("severity", 0.3), ("work", 0.15)])],
        severe: &[
            shock("inspection", &[("notice", 8.0), ("weeks", 2.0), ("severity", 0.8), ("work", 0.15)]),
            later(10, "winter_surge", &[("weeks", 26.0), ("size", 0.25)]),
            later(15, "sponsor_leaves", &[]),
        ],
        source: "executive posts are vacant in 14 % of trusts rated inadequate, 3 % of outstanding ones (Anandaciva 2018); what it does lasts no longer than the visit (Barnett 2017, Castro-Avila 2019); sizes and extra work assumed",
        scale: None,
    },
    Stressor {
        name: "rival_programme",
        doc: "Another improvement programme starts on the same staff.",
        mild: &[rival(0.5, 52.0)],
        severe: &[rival(1.0, 104.0)],
        source: "the review: several initiatives at once compete for the same people; its size is an assumption",
        scale: None,
    },
];

impl Stressor {
    /// The stressor called `name`, with its place in the battery.
    ///
    /// # Errors
    ///
    /// When there is none, with those there are.
    pub fn called(name: &str) -> Result<usize, Stopped> {
        BATTERY.iter().position(|stressor| stressor.name == name.trim()).ok_or_else(|| {
            let names: Vec<&str> = BATTERY.iter().map(|stressor| stressor.name).collect();
            Stopped::Question(format!("no shock of the battery is called {name}; there are {}", names.join(", ")))
        })
    }

    /// What it brings at a severity.
    pub fn blows(&self, severity: Severity) -> &'static [Blow] {
        match severity {
            Severity::Mild => self.mild,
            Severity::Severe => self.severe,
        }
    }

    /// Lets it strike `scenario` in week `at`; blows after the last week looked at are left out.
    pub fn strike(&self, scenario: &mut Scenario, severity: Severity, at: usize, window: &Window) {
        for blow in self.blows(severity) {
            let week = at + blow.after as usize;
            match blow.what {
                _ if week >= window.look_end => {}
                What::Shock(kind, settings) => add_shock(scenario, kind, week, settings),
                What::Rival { share, planning, active } => {
                    let mut rival = Programme {
                        name: unused("rival programme", scenario.programmes.iter().map(|row| row.name.as_str())),
                        clock: Clock { start: week as f32, planning, active, ..Clock::default() },
                        ..ordinary()
                    };
                    rival.levers.reach.share = share;
                    scenario.programmes.push(rival);
                }
            }
        }
    }

    /// What it brings at a severity, in words.
    pub fn in_words(&self, severity: Severity) -> String {
        let one = |blow: &Blow| {
            let what = match blow.what {
                What::Shock(kind, []) => kind.to_owned(),
                What::Shock(kind, settings) => {
                    let settings: Vec<String> =
                        settings.iter().map(|(name, value)| format!("{name} {value}")).collect();
                    format!("{kind} ({})", settings.join(", "))
                }
                What::Rival { share, planning, active } => {
                    format!(
                        "a programme in a share of {share} of units, planned for {planning} weeks, active for {active}"
                    )
                }
            };
            if blow.after == 0 { what } else { format!("{what} {} weeks later", blow.after) }
        };
        self.blows(severity).iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// The programme of the base case: one of which nothing is said would do nothing.
fn ordinary() -> Programme {
    let base = load(&(), "base").map(|loaded| loaded.scenario.programmes.into_iter().next());
    base.ok().flatten().unwrap_or_default()
}

/// Adds a shock to `scenario` under a name of its own.
pub(super) fn add_shock(scenario: &mut Scenario, kind: &str, week: usize, settings: &[(&str, f32)]) {
    let Some(mut shock) = Shock::of_kind(kind) else { return };
    for (name, value) in settings.iter().copied().chain([("at", week as f32)]) {
        if let Some(place) = shock.settings().position(name) {
            shock.settings_mut().set(place, value);
        }
    }
    let name = unused(kind, scenario.shocks.iter().map(|shock| shock.name.as_str()));
    scenario.shocks.push(NamedShock { name, shock });
}

/// `name`, or with a number where `taken` has it already.
fn unused<'a>(name: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let free = |candidate: &String| taken.clone().all(|other| other != candidate);
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_else(|| name.into())
}

/// The battery as a table.
pub fn battery_table() -> Table {
    let mut table = Table::new(
        "battery",
        &[
            ("shock", "", "Name, as for --shocks."),
            ("what", "", "What happens."),
            ("mild", "", "What the mild one consists of: kinds of shock with their settings, or a programme."),
            ("severe", "", "What the severe one consists of."),
            ("source", "", "Why it is here, and where its severities come from."),
        ],
    );
    table.rows.extend(BATTERY.iter().map(|stressor| {
        let [mild, severe] = Severity::ALL.map(|severity| stressor.in_words(severity).into());
        vec![stressor.name.into(), stressor.doc.into(), mild, severe, stressor.source.into()]
    }));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shock_of_the_model_is_in_the_battery_with_settings_it_has() {
        let blows =
            || BATTERY.iter().flat_map(|stressor| Severity::ALL.map(|severity| stressor.blows(severity))).flatten();
        for (kind, _, declared) in Shock::KINDS {
            let used = |blow: &&Blow| matches!(blow.what, What::Shock(used, _) if used == *kind);
            assert!(blows().any(|blow| used(&blow)), "{kind}");
            for blow in blows().filter(used) {
                let What::Shock(_, settings) = blow.what else { continue };
                for (name, value) in settings {
                    let quantity = declared.iter().find(|quantity| quantity.name == *name).unwrap();
                    assert!(*name != "at" && quantity.accepts(f64::from(*value)), "{kind} {name}");
                }
            }
        }
        let known = |blow: &Blow| matches!(blow.what, What::Shock(kind, _) if Shock::of_kind(kind).is_none());
        assert!(!blows().any(known));
    }

    #[test]
    fn a_rival_programme_does_something() {
        assert!(ordinary().levers.doing() > 0.5);
    }

    #[test]
    fn every_stressor_strikes_a_scenario_that_stays_sound() {
        let window = Window::of(&Scenario::default(), 0).unwrap();
        for stressor in BATTERY {
            for severity in Severity::ALL {
                let mut scenario = window.trimmed(&Scenario::default());
                stressor.strike(&mut scenario, severity, 150, &window);
                stressor.strike(&mut scenario, severity, 180, &window);
                let scenario = window.trimmed(&scenario);
                assert!(scenario.check().is_ok(), "{} {}", stressor.name, severity.name());
                let added = scenario.shocks.len() + scenario.programmes.len() - 1;
                assert_eq!(added, 2 * stressor.blows(severity).len(), "{}", stressor.name);
                assert!(scenario.weeks() >= window.look_end);
            }
            assert!(!stressor.in_words(Severity::Mild).is_empty() && stressor.doc.ends_with('.'));
        }
        let mut late = window.trimmed(&Scenario::default());
        BATTERY[1].strike(&mut late, Severity::Severe, window.look_end - 10, &window);
        assert_eq!(late.shocks.len(), 1);
    }

    #[test]
    fn an_unknown_name_is_answered_with_those_there_are() {
        assert!(matches!(Stressor::called("flood"), Err(Stopped::Question(what)) if what.contains("winter_surge")));
        assert_eq!(Stressor::called("leaders_leave"), Ok(1));
    }
}
