//! `check`: what was understood of a scenario file, and what a colleague would say about it.

use std::io::{self, Write};

use serde_json::json;

use super::{
    Failure,
    about::about,
    options,
    text::{columns, paragraph},
};
use crate::{
    ensemble::bytes_in_flight,
    metrics::unit_count,
    model::pushes::reach,
    params::decimal,
    phrase::grouped,
    programme::{
        Amount, Lever, Levers, Phase, Programme,
        cost::PHASES,
        price::{CURRENCY, YEAR},
    },
    scenario::{Address, Declared, Loaded, Place, Scenario, Slot, Value, stem},
    world::Setting,
};

/// Bytes that not every machine has to spare.
const MUCH_MEMORY: f64 = 8e9;

/// Columns of the timeline, without the names before it.
const TIMELINE: usize = 72;

/// The scenario called `file` with `changes` (each `PATH=VALUE`), checked as a whole; its title says what was changed.
///
/// # Errors
///
/// [`Failure::Input`] for what is wrong with the file, for a change that is none, or that does not go with the rest.
pub fn changed(file: &str, changes: &[String]) -> Result<Loaded, Failure> {
    let (mut loaded, before) = options::changed(file, changes)?;
    if changes.is_empty() {
        return Ok(loaded);
    }
    let mut slots = loaded.scenario.slots();
    slots.retain(|slot| loaded.scenario.value(slot.address) != before.value(slot.address));
    for slot in slots {
        loaded.origins.insert(slot.address, Place { file: "--set".into(), line: 0, column: 0 });
    }
    loaded.scenario.check().map_err(|problems| Failure::Input(problems.to_string()))?;
    loaded.scenario.title = about(&before, &loaded.scenario, changes, None).trim_end_matches('.').into();
    Ok(loaded)
}

/// Writes what was understood of a scenario.
///
/// # Errors
/// If `out` cannot be written.
pub fn check(out: &mut dyn Write, loaded: &Loaded) -> io::Result<()> {
    let scenario = &loaded.scenario;
    writeln!(out, "{}", scenario.title)?;
    if !loaded.story.is_empty() {
        paragraph(out, &loaded.story, 0)?;
    }
    writeln!(out)?;
    paragraph(out, &format!("Files, each laid over the one before: {}", loaded.files.join(", ")), 0)?;
    writeln!(out, "\nThe setting")?;
    for sentence in setting_in_words(scenario) {
        paragraph(out, &sentence, 2)?;
    }
    writeln!(out, "\nWhat differs from the defaults")?;
    let rows = differences(loaded);
    if rows.is_empty() {
        writeln!(out, "  nothing")?;
    } else {
        columns(out, &rows)?;
    }
    if scenario.programmes.is_empty() {
        let file = loaded.files.last().map_or("", String::as_str);
        writeln!(out, "\nThis is a setting: it has no programme, so there is nothing to run yet.")?;
        return writeln!(out, "Build on it with extends = \"{file}\" and a [[programme]].");
    }
    writeln!(out, "\nTimeline")?;
    timeline(out, scenario)?;
    let planned = if scenario.cuts().is_empty() { "as planned" } else { "with its budget cut" };
    writeln!(out, "\nCost in {CURRENCY} of about {YEAR} {planned} (prices are assumptions: `dewpoint prices`)")?;
    for place in 0..scenario.programmes.len() {
        cost_of(out, scenario, place)?;
    }
    let warnings = warnings(scenario);
    writeln!(out, "\n{}", if warnings.is_empty() { "No warnings." } else { "Worth a second look" })?;
    for warning in warnings {
        paragraph(out, &format!("- {}: {}", warning.what, warning.why), 2)?;
    }
    Ok(())
}

/// What was understood of a scenario, for programs.
///
/// # Errors
/// If `out` cannot be written.
pub fn check_as_json(out: &mut dyn Write, loaded: &Loaded) -> io::Result<()> {
    let scenario = &loaded.scenario;
    let difference = |row: Vec<String>| {
        let [path, change, place, meaning] = <[String; 4]>::try_from(row).unwrap_or_default();
        let (usual, value) = change.split_once(" -> ").unwrap_or_default();
        json!({ "path": path, "default": usual, "value": value, "set_in": place, "meaning": meaning })
    };
    let programme = |(place, programme): (usize, &Programme)| {
        let cost = scenario.funded(place).map(|funded| funded.cost.total()).unwrap_or_default();
        let (clock, currency) = (&programme.clock, CURRENCY);
        json!({
            "name": programme.name, "starts": clock.start, "support_begins": clock.live(), "support_ends": clock.end(),
            "cost": { "currency": currency, "paid": cost.paid, "money": cost.money(), "staff_hours": cost.hours },
        })
    };
    let warning = |warning: &Warning| json!({ "what": warning.what, "why": warning.why });
    let text = json!({
        "title": scenario.title,
        "story": loaded.story,
        "files": loaded.files,
        "setting": setting_in_words(scenario),
        "weeks": scenario.weeks(),
        "differences": differences(loaded).into_iter().map(difference).collect::<Vec<_>>(),
        "programmes": scenario.programmes.iter().enumerate().map(programme).collect::<Vec<_>>(),
        "warnings": warnings(scenario).iter().map(warning).collect::<Vec<_>>(),
    });
    writeln!(out, "{text:#}")
}

/// The setting in a few sentences.
fn setting_in_words(scenario: &Scenario) -> Vec<String> {
    let setting = &scenario.setting;
    let percent = |share: f32| format!("{} %", (100.0 * decimal(share)).round());
    let posts = setting.organisations * setting.units * setting.staff;
    let plural = |count: f32, one: &str| format!("{count} {one}{}", if count == 1.0 { "" } else { "s" });
    let mut staff: Vec<(&str, f32)> = scenario
        .professions
        .iter()
        .map(|row| (row.name.as_str(), row.traits.share))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    staff.sort_by(|a, b| b.1.total_cmp(&a.1));
    let staff: Vec<String> = staff.iter().map(|(name, share)| format!("{name} {}", percent(*share))).collect();
    vec![
        format!(
            "{}, each with {} of {} posts: {posts} posts, among them {}.",
            plural(setting.organisations, "organisation"),
            plural(setting.units, "unit"),
            setting.staff,
            staff.join(", ")
        ),
        format!(
            "Before anything happens the target practice is done {} of the time. Policy changes {} times a year and \
             backs the programme {} of the way; each year {} of unit leaders and {} of sponsors leave.",
            percent(setting.baseline),
            setting.policy_churn,
            percent(setting.policy_alignment),
            percent(setting.leader_turnover),
            percent(setting.sponsor_turnover)
        ),
    ]
}

/// Rows of (path, default -> value, where it was set, what that means).
fn differences(loaded: &Loaded) -> Vec<Vec<String>> {
    let scenario = &loaded.scenario;
    let plain = Scenario::default();
    let mut rows = Vec::new();
    for slot in scenario.slots() {
        if matches!(slot.address, Address::Title | Address::ProgrammeName { .. }) {
            continue;
        }
        // Professions of the built-in hospital are compared with it, others with a profession nothing is said of.
        let usual = match slot.address {
            Address::Profession { .. } if scenario.professions == plain.professions => continue,
            _ => slot.default(),
        };
        let Some(value) = scenario.value(slot.address) else { continue };
        if usual.as_ref() == Some(&value) {
            continue;
        }
        let usual = usual.map(|usual| usual.to_string()).unwrap_or_default();
        let place = loaded.origins.get(&slot.address).map(|place| match place.line {
            0 => place.file.clone(),
            line => format!("{}:{line}", stem(&place.file)),
        });
        let meaning = in_words(&slot, &value);
        rows.push(vec![slot.path, format!("{usual} -> {value}"), place.unwrap_or_default(), meaning]);
    }
    rows
}

/// The words nearest to a lever's value; nothing for other values.
fn in_words(slot: &Slot, value: &Value) -> String {
    match (slot.declared, value) {
        (Declared::Lever(Lever { meaning: [zero, half, one], .. }), Value::Number(number)) => {
            let words = if *number < 0.25 {
                zero
            } else if *number < 0.75 {
                half
            } else {
                one
            };
            (if [0.0, 0.5, 1.0].contains(number) { String::new() } else { "near ".into() }) + "\"" + words + "\""
        }
        _ => String::new(),
    }
}

/// Draws the programmes' phases and the shocks over the simulated weeks.
fn timeline(out: &mut dyn Write, scenario: &Scenario) -> io::Result<()> {
    let weeks = scenario.weeks().max(1);
    let column = |week: usize| (week * TIMELINE / weeks).min(TIMELINE - 1);
    let label = |name: &str| {
        let short: String = name.chars().take(20).collect();
        format!("  {short:<20}  ")
    };
    // Marks every half, one, two, five or ten years, whichever leaves room for the numbers.
    let step = [26, 52, 104, 260, 520].into_iter().find(|step| step * TIMELINE / weeks >= 7).unwrap_or(1040);
    let mut scales = [label("week"), label("month"), label("")];
    for week in (0..weeks).step_by(step) {
        for (scale, mark) in scales.iter_mut().zip([week.to_string(), (week * 12 / 52).to_string(), "|".into()]) {
            let at = 24 + column(week);
            if at + mark.len() <= 24 + TIMELINE {
                scale.push_str(&" ".repeat(at.saturating_sub(scale.chars().count())));
                scale.push_str(&mark);
            }
        }
    }
    for scale in scales {
        writeln!(out, "{}", scale.trim_end())?;
    }
    for programme in &scenario.programmes {
        let phases = (0..TIMELINE).map(|column| match programme.clock.phase(column * weeks / TIMELINE) {
            Phase::Before => ' ',
            Phase::Planning => '.',
            Phase::Active => '=',
            Phase::After => '-',
        });
        writeln!(out, "{}{}", label(&programme.name), phases.collect::<String>())?;
    }
    for named in &scenario.shocks {
        let settings = named.shock.settings();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // declared from 0 to 2000
        let week = |row: usize| settings.get(row) as usize;
        let (from, to) = (column(week(0)), column(week(0) + named.shock.lasts()));
        writeln!(out, "{}{:from$}{}  week {}", label(&named.name), "", "!".repeat(to - from + 1), week(0))?;
    }
    writeln!(out, "  . planning   = active support   - after support has ended   ! shock")
}

/// The cost of a programme by theme and phase.
fn cost_of(out: &mut dyn Write, scenario: &Scenario, place: usize) -> io::Result<()> {
    let (cost, spending) = scenario.funded(place).map(|funded| (funded.cost, funded.spending)).unwrap_or_default();
    let total = cost.total();
    let name = scenario.programmes.get(place).map_or("", |programme| &programme.name);
    let sentence = format!(
        "{name}: {}, of which {} is paid and the rest is the value of staff hours that nobody replaces; {} hours of staff.",
        grouped(total.money()),
        grouped(total.paid),
        grouped(total.hours)
    );
    paragraph(out, &sentence, 2)?;
    if let Some(spending) = spending {
        paragraph(out, &spending.in_words(), 2)?;
    }
    let row = |what: &str, amount: Amount| vec![what.to_string(), grouped(amount.money()), grouped(amount.hours)];
    let mut rows = vec![["", "money", "staff hours"].map(String::from).to_vec()];
    rows.extend(PHASES.map(|phase| (phase.name(), cost.phase(phase))).map(|(name, amount)| row(name, amount)));
    rows.extend(Levers::THEMES.iter().map(|(theme, _)| row(theme, cost.theme(theme))));
    rows.retain(|row| row.get(1).is_none_or(|money| money != "0"));
    let widest = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (money, hours) = (widest(1), widest(2));
    for row in &rows {
        writeln!(out, "    {:<12}  {:>money$}  {:>hours$}", row[0], row[1], row[2])?;
    }
    Ok(())
}

/// Something a colleague would point out: what, and why it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What was noticed.
    pub what: String,
    /// Why it matters.
    pub why: String,
}

/// What a colleague would point out about a scenario that is valid but perhaps not meant.
pub fn warnings(scenario: &Scenario) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let units = unit_count(scenario);
    for programme in &scenario.programmes {
        warn_programme(&scenario.setting, units, programme, &mut |what: String, why: &str| {
            warnings.push(Warning { what: format!("{}: {what}", programme.name), why: why.into() });
        });
    }
    let mut say = |what: String, why: &str| warnings.push(Warning { what, why: why.into() });
    if scenario.run.follow_up < 104 {
        say(
            format!("follow-up of {} weeks", scenario.run.follow_up),
            "what evaporates does so in the first two years after support ends; below 104 weeks much of it is not seen",
        );
    }
    if scenario.run.runs < 100 {
        say(
            format!("{} runs", scenario.run.runs),
            "fewer than 100 tell a large difference from luck, but not a small one",
        );
    }
    let in_flight = threads().min(usize::try_from(scenario.run.runs).unwrap_or(usize::MAX));
    #[allow(clippy::cast_precision_loss)]
    let memory = bytes_in_flight(scenario) as f64 * in_flight as f64;
    if memory > MUCH_MEMORY {
        say(
            format!("{:.0} GB of memory", memory / 1e9),
            "each run in progress, one on each core, keeps the practice of every unit in every week, with and without \
             the programmes; fewer organisations, weeks or --threads take less",
        );
    }
    let begins = scenario.programmes.iter().map(|programme| programme.clock.start).fold(f32::INFINITY, f32::min);
    let ends = scenario.programmes.iter().map(|programme| programme.clock.end()).max().unwrap_or(0);
    for named in &scenario.shocks {
        let at = named.shock.settings().get(0);
        if at < begins {
            say(
                format!("shock \"{}\" in week {at}", named.name),
                "it comes before any programme begins, so it changes where they start rather than what they keep",
            );
        }
        #[allow(clippy::cast_precision_loss)]
        if at >= ends as f32 {
            say(
                format!("shock \"{}\" in week {at}", named.name),
                "it comes after support has ended, so it tests what is left and not the programme",
            );
        }
    }
    warnings
}

/// Threads that a run takes when it is not told how many.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn warn_programme(setting: &Setting, units: usize, programme: &Programme, say: &mut dyn FnMut(String, &str)) {
    let levers = &programme.levers;
    let (resources, sustain) = (&levers.resources, &levers.sustain);
    if levers.doing() == 0.0 {
        return say(
            "does nothing".into(),
            "whatever a file does not name is not done, so that care goes on as usual; `dewpoint levers` lists what can be done",
        );
    }
    let means =
        (resources.protected_time + resources.administration + resources.training + resources.external_support) / 4.0;
    if levers.design.ambition >= 0.3 && means < 0.35 {
        say(
            format!("ambition {} with resources of {:.2} on average", levers.design.ambition, means),
            "goals far beyond the means tire staff and end in missed promises, which make the next programme harder",
        );
    }
    if levers.design.ambition > 1.0 - setting.baseline {
        say(
            format!("ambition {} above a baseline of {}", levers.design.ambition, setting.baseline),
            "no unit can gain more than what is missing to perfect care",
        );
    }
    if sustain.embedding < 0.1 && sustain.continuation < 0.1 {
        say(
            "neither embedding nor continuation".into(),
            "nothing holds the practice once support ends but habit, and habit leaves with the people who have it",
        );
    }
    if levers.measurement.burden >= 0.6 && resources.administration < 0.3 {
        say(
            format!("burden {} with administration {}", levers.measurement.burden, resources.administration),
            "collecting data falls to clinical staff, who feel it as work imposed rather than as help",
        );
    }
    if levers.incentives.sanction >= 0.4 && levers.incentives.peer_audit < 0.2 {
        say(
            format!("sanction {} without peer audit", levers.incentives.sanction),
            "pressure from above that peers do not check invites numbers that look good",
        );
    }
    if resources.protected_time < 0.05 {
        say(
            "no protected time".into(),
            "the work comes on top of clinical work, and taking part in decisions has no hour to happen in",
        );
    }
    if reach::wanted(levers.reach.share, units) == 0 {
        say(
            format!("share {} of {units} units", levers.reach.share),
            "the programme reaches no unit, so nothing can differ from the world without it",
        );
    }
}
