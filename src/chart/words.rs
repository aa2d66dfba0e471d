//! A chart in words: what it shows, from what, and what is special, each with its rule.
pub use super::amounts::{apart, measure, number, unit};
use super::{
    ask::{Asked, Better},
    before::before_and_after,
    drawn::{Charted, FEWEST, Part},
    kind::Kind,
    read::Data,
    rules::{FEWEST_FOR_RUNS, Rule, SHIFT, Signal, TREND},
};
use crate::phrase::{capital, counted, listed};

/// Special causes told one by one, at most; the rest are in the table.
const MOST_TOLD: usize = 8;

/// The finding in a sentence.
pub fn title(data: &Data, charted: &Charted) -> String {
    let points = charted.points.iter().filter(|point| !point.read.is_gap() && point.ghost.is_empty()).count() as u64;
    let what = match charted.unit.as_str() {
        "" => measure(data, charted.factor),
        unit => format!("{unit}, {}", measure(data, charted.factor)),
    };
    let found = charted.signals.len() as u64;
    let told = ordered(charted);
    match told.first() {
        None if is_silent(charted) => {
            format!("{what}: {}, too few for rules to tell luck from more.", counted(points, "point"))
        }
        None => format!("{what}: nothing beyond the usual ups and downs in {}.", counted(points, "point")),
        Some(first) => {
            let one = if found == 1 { "a special cause" } else { "special causes, the first of them" };
            format!("{what}: {one} {}.", short(data, charted, first))
        }
    }
}

/// Whether it is a run chart of too few points for its rules.
fn is_silent(charted: &Charted) -> bool {
    charted.kind == Kind::Run && charted.parts.iter().all(|part| part.runs.is_none())
}

/// Signals in the order of time.
pub fn ordered(charted: &Charted) -> Vec<&Signal> {
    let mut all: Vec<&Signal> = charted.signals.iter().collect();
    all.sort_by_key(|signal| (signal.points.first().copied().unwrap_or(usize::MAX), signal.rule));
    all
}

/// A signal in a few words.
fn short(data: &Data, charted: &Charted, signal: &Signal) -> String {
    let when = when(data, charted, signal);
    let side = if signal.up { "above" } else { "below" };
    match signal.rule {
        Rule::Outside if signal.points.len() == 1 => format!("in {when}, {side} the limit"),
        Rule::FewCrossings => "that the median is crossed too seldom for luck".into(),
        Rule::Trend => format!("from {when}, a trend {}", if signal.up { "up" } else { "down" }),
        Rule::Jump => format!("from {when}, a jump {}", if signal.up { "up" } else { "down" }),
        Rule::Outside | Rule::Near | Rule::Shift | Rule::LongRun => {
            let what = match signal.rule {
                Rule::Outside => format!("points {side} the limit"),
                Rule::Near => format!("points near the {} limit", if signal.up { "upper" } else { "lower" }),
                Rule::LongRun => format!("a long run {side} the median"),
                _ => format!("a shift {side} the centre"),
            };
            format!("from {when}, {what}")
        }
    }
}

/// The time or times of a signal.
pub fn when(data: &Data, charted: &Charted, signal: &Signal) -> String {
    let at =
        |place: Option<&usize>| place.map_or_else(String::new, |place| data.said.named(charted.points[*place].read.at));
    match signal.points.len() {
        0 => String::new(),
        1 => at(signal.points.first()),
        _ => format!("{} to {}", at(signal.points.first()), at(signal.points.last())),
    }
}

/// A signal in a sentence, with its rule.
pub fn signal(data: &Data, charted: &Charted, signal: &Signal, better: Option<Better>) -> String {
    let count = signal.points.len();
    let (side, end) = if signal.up { ("above", "upper") } else { ("below", "lower") };
    let when = when(data, charted, signal);
    let said = match signal.rule {
        Rule::Outside if count == 1 => {
            let point = &charted.points[signal.points[0]];
            let limit = if signal.up { point.lines.high } else { point.lines.low };
            format!(
                "{when} lies {side} the {end} limit ({}, limit {}): a point outside the limits",
                number(data, point.value),
                number(data, limit)
            )
        }
        Rule::Outside => {
            format!("{count} points in a row lie {side} the {end} limit, {when}: points outside the limits")
        }
        Rule::Shift => {
            format!("{count} points in a row lie {side} the centre, {when}: a shift ({SHIFT} or more in a row)")
        }
        Rule::Trend => format!(
            "{count} points in a row {}, {when}: a trend ({TREND} or more in a row)",
            if signal.up { "rise" } else { "fall" }
        ),
        Rule::Jump => {
            let (from, to) = (&charted.points[signal.points[0]], &charted.points[signal.points[1]]);
            let limit = charted.parts[to.part].range_limit();
            format!(
                "From {when} the number {} by {}, where one step moves it by up to {}: a moving range above its limit",
                if signal.up { "rises" } else { "falls" },
                apart(data, to.value - from.value),
                apart(data, limit)
            )
        }
        Rule::Near => {
            let times: Vec<String> =
                signal.points.iter().map(|place| data.said.named(charted.points[*place].read.at)).collect();
            format!("{} lie near the {end} limit, in its outer third: two of three points near a limit", listed(&times))
        }
        Rule::LongRun => {
            let most = runs_of(charted, signal).map_or(0, |runs| runs.most);
            format!(
                "{count} points in a row lie {side} the median, {when}: an unusually long run (luck makes up to {most})"
            )
        }
        Rule::FewCrossings => {
            let part = charted.parts.iter().find(|part| part.runs.is_some_and(|runs| runs.crossings < runs.fewest));
            let runs = part.and_then(|part| part.runs);
            let (crossings, fewest) = runs.map_or((0, 0), |runs| (runs.crossings, runs.fewest));
            format!(
                "The line crosses the median {}: unusually few crossings (luck makes {fewest} or more)",
                if crossings == 1 { "once".into() } else { format!("{crossings} times") }
            )
        }
    };
    let goes = match (better, signal.rule) {
        (None, _) | (_, Rule::FewCrossings) => "",
        (Some(better), _) if (better == Better::Up) == signal.up => "; for the better",
        _ => "; for the worse",
    };
    format!("{said}{goes}.")
}

fn runs_of(charted: &Charted, signal: &Signal) -> Option<super::rules::Runs> {
    let place = *signal.points.first()?;
    charted.parts.iter().find(|part| place < part.to)?.runs
}

/// What else is to be said of a chart, the most important first.
pub fn sentences(data: &Data, charted: &Charted, asked: &Asked) -> Vec<String> {
    let mut said: Vec<String> =
        ordered(charted).iter().take(MOST_TOLD).map(|one| signal(data, charted, one, asked.better)).collect();
    if charted.signals.len() > MOST_TOLD {
        said.push(format!("{} more special causes stand in special_causes.csv.", charted.signals.len() - MOST_TOLD));
    }
    said.push(lines(data, charted));
    for (place, part) in charted.parts.iter().enumerate() {
        said.extend(of_part(data, charted, part, place));
    }
    let whole = charted.parts.len() == 1 && asked.baseline.is_none() && !charted.own_limits;
    if whole && !charted.signals.is_empty() {
        said.push(format!(
            "Centre and limits come from all points, those before and after a change together. Where things changed, say so: --break \
             DATE=reason begins new lines, --baseline {FEWEST} learns them from the first {FEWEST} points. Nothing is rebased \
             without being asked for."
        ));
    }
    for point in charted.points.iter().filter(|point| !point.ghost.is_empty()) {
        said.push(format!("{} is shown and counts in nothing: {}.", data.said.named(point.read.at), point.ghost));
    }
    said.extend(before_and_after(data, charted).map(|found| found.sentence(data, charted)));
    said
}

/// Kind and lines.
fn lines(data: &Data, charted: &Charted) -> String {
    let name = if charted.kind == Kind::Run { "median" } else { "centre" };
    let kind = if charted.why.is_empty() {
        format!("{} chart, as asked.", capital(charted.kind.said()))
    } else {
        charted.why.clone()
    };
    let [part] = charted.parts.as_slice() else { return kind };
    let last = charted.last_lines(part);
    let limits = match charted.kind {
        Kind::Run => String::new(),
        _ => {
            let varies = charted.points.windows(2).any(|pair| pair[0].lines.high != pair[1].lines.high);
            let at = if varies { "at the last point " } else { "" };
            format!(", limits {at}{} and {}", number(data, last.low), number(data, last.high))
        }
    };
    format!("{kind} {} {}{limits}.{}", capital(name), number(data, last.centre), ranges(data, charted, part))
}

/// The lines of moving ranges, where they are drawn.
fn ranges(data: &Data, charted: &Charted, part: &Part) -> String {
    if !charted.has_ranges() {
        return String::new();
    }
    let (mean, limit) = (apart(data, part.range), apart(data, part.range_limit()));
    format!(" Moving ranges, from one point to the next: mean {mean}, upper limit {limit}.")
}

fn of_part(data: &Data, charted: &Charted, part: &Part, place: usize) -> Vec<String> {
    let mut said = Vec::new();
    let at = |place: usize| data.said.named(charted.points[place].read.at);
    let centre = number(data, charted.points[part.from].lines.centre);
    if charted.parts.len() > 1 {
        let last = charted.last_lines(part);
        let limits = if charted.kind == Kind::Run {
            String::new()
        } else {
            format!(", limits {} and {} at its end", number(data, last.low), number(data, last.high))
        };
        let why = if part.reason.is_empty() { String::new() } else { format!(" ({})", part.reason) };
        said.push(format!(
            "From {} to {}{why}: centre {centre}{limits}.{}",
            at(part.from),
            at(part.to - 1),
            ranges(data, charted, part)
        ));
    }
    if part.base < part.counted && !charted.own_limits {
        said.push(format!(
            "Lines{} come from the first {} points, up to {}, and are kept from there on.",
            if place > 0 { format!(" from {}", at(part.from)) } else { String::new() },
            part.base,
            data.said.named(part.base_ends)
        ));
    } else if charted.kind != Kind::Run && part.base < FEWEST && !charted.own_limits {
        said.push(format!("Limits from {} points are guesses; {FEWEST} or more are needed.", part.base));
    }
    if charted.own_limits && place == 0 {
        said.push("Centre and limits are given, not learnt from the points.".into());
    }
    if charted.kind == Kind::Run {
        said.push(match part.runs {
            Some(runs) => format!(
                "Of {} points not on the median the longest run is {} (luck makes up to {}), with {} (luck makes {} or more).",
                runs.useful,
                runs.longest,
                runs.most,
                counted(runs.crossings as u64, "crossing"),
                runs.fewest
            ),
            None => format!("Anhøj's rules need {FEWEST_FOR_RUNS} points that are not on the median."),
        });
    }
    let rare = matches!(charted.kind, Kind::U | Kind::UPrime | Kind::C) && !charted.own_limits && place == 0;
    let there = || charted.points[part.from..part.to].iter().filter(|point| !point.read.is_gap());
    let events = there().map(|point| point.read.count).sum::<f64>() / there().count().max(1) as f64;
    if rare && events < 2.0 {
        said.push(format!(
            "There are {events:.1} events a point: of so few a chart of the time between events (--kind t, a row for each event with \
             its date) shows a change sooner."
        ));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::{
        ask::Remark,
        drawn::drawn,
        read::{Wanted, read},
    };
    use super::*;

    fn said(text: &str, asked: &Asked) -> (String, Vec<String>) {
        let data = read(text.as_bytes(), &Wanted::default()).unwrap();
        let charted = drawn(&data, asked).unwrap().swap_remove(0);
        (title(&data, &charted), sentences(&data, &charted, asked))
    }

    fn falls(count: impl Fn(usize) -> usize) -> String {
        let row = |place: usize| format!("{}-{:02},{},1000\n", 2014 + place / 12, place % 12 + 1, count(place));
        format!("month,falls,bed days\n{}", (0..24).map(row).collect::<String>())
    }

    #[test]
    fn a_quiet_chart_says_so_with_its_kind_and_lines() {
        let (title, sentences) = said(&falls(|place| 8 + place * 7 % 5), &Asked::default());
        assert_eq!(title, "falls per 1,000 bed days: nothing beyond the usual ups and downs in 24 points.");
        assert_eq!(
            sentences,
            [
                "A u chart, because points vary no more from one to the next than counting makes them. Centre 9.96, limits 0.49 and 19.4."
            ]
        );
    }

    #[test]
    fn special_causes_are_named_with_their_rule_and_whether_they_are_for_the_better() {
        let fallen = falls(|place| if place < 12 { 20 } else { 6 } + place * 7 % 5);
        let asked = Asked { baseline: Some(12), better: Some(Better::Down), ..Asked::default() };
        let (title, sentences) = said(&fallen, &asked);
        assert_eq!(
            title,
            "falls per 1,000 bed days: special causes, the first of them from Jan 2015 to Dec 2015, a shift below the centre."
        );
        assert_eq!(
            sentences[0],
            "12 points in a row lie below the centre, Jan 2015 to Dec 2015: a shift (7 or more in a row); for the better."
        );
        assert!(
            sentences.iter().any(|sentence| sentence
                == "Lines come from the first 12 points, up to Dec 2014, and are kept from there on."),
            "{sentences:?}"
        );
    }

    #[test]
    fn an_xmr_chart_tells_its_moving_ranges_and_draws_them() {
        let row = |place: usize| {
            format!("{}-{:02},{} %\n", 2014 + place / 12, place % 12 + 1, if place == 15 { 90 } else { 60 + place % 2 })
        };
        let text = format!("month,value\n{}", (0..24).map(row).collect::<String>());
        let data = read(text.as_bytes(), &Wanted::default()).unwrap();
        let asked = Asked { better: Some(Better::Up), ..Asked::default() };
        let charted = drawn(&data, &asked).unwrap().swap_remove(0);
        let told = sentences(&data, &charted, &asked).join(" ");
        // Twenty-one ranges of 1 and two of 30: mean 81 / 23.
        for part in [
            "From Mar 2015 to Apr 2015 the number rises by 30.0 points, where one step moves it by up to 11.5 points: a moving range above its limit; for the better.",
            "the number falls by 30.0 points",
            "Moving ranges, from one point to the next: mean 3.5 points, upper limit 11.5 points.",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let panel = super::super::pictures::ranges(&data, &charted, "chart").unwrap();
        assert!(panel.name == "chart_moving_range" && panel.title == "Moving ranges, 2 of them above their limit.");
        let header: Vec<String> =
            super::super::tables::points(&data, &[charted]).columns.iter().map(|one| one.name.clone()).collect();
        assert_eq!(header[header.len() - 2..], ["moving_range", "moving_range_limit"]);
    }

    #[test]
    fn nothing_is_rebased_without_being_asked_and_that_is_said() {
        let fallen = falls(|place| if place < 12 { 20 } else { 6 } + place * 7 % 5);
        let (_, sentences) = said(&fallen, &Asked::default());
        assert!(sentences.iter().any(|sentence| sentence.contains("Nothing is rebased without being asked for")));
        let asked =
            Asked { breaks: vec![Remark { time: "2015-01".into(), text: "new beds".into() }], ..Asked::default() };
        let (_, sentences) = said(&fallen, &asked);
        assert!(
            sentences.iter().any(|sentence| sentence.starts_with("From Jan 2015 to Dec 2015 (new beds): centre ")),
            "{sentences:?}"
        );
    }

    #[test]
    fn a_gap_at_the_end_of_a_part_hides_no_limits() {
        let gap = falls(|place| 8 + place * 7 % 5).replace("2014-12,10,", "2014-12,,");
        let asked = Asked {
            breaks: vec![Remark { time: "2015-01".into(), text: "new beds".into() }],
            kind: Some(Kind::Xmr),
            ..Asked::default()
        };
        // Eleven points are too few for lines of their own.
        let data = read(gap.as_bytes(), &Wanted::default()).unwrap();
        assert!(drawn(&data, &asked).unwrap_err().contains("there are 11 points"));
        let (_, sentences) = said(&gap.replace("2015-12,9,1000", "2015-12,,"), &Asked::default());
        assert!(sentences[0].contains(", limits ") && !sentences[0].contains("none"), "{sentences:?}");
    }

    #[test]
    fn before_and_after_are_told_with_what_they_cannot_tell() {
        let text = falls(|place| if place < 12 { 20 } else { 10 });
        let asked = Asked { start: Some("2015-01".into()), ..Asked::default() };
        let sentence = said(&text, &asked).1.pop().unwrap();
        assert!(
            sentence.starts_with(
                "20.0 before the programme begins in Jan 2015 (12 points), 10.0 from then on (12 points): 10.0 less."
            ),
            "{sentence}"
        );
    }

    #[test]
    fn a_run_chart_tells_what_anhoej_counts() {
        let asked = Asked { kind: Some(Kind::Run), ..Asked::default() };
        let (title, sentences) = said(&falls(|place| if place < 12 { 20 } else { 10 }), &asked);
        assert_eq!(
            title,
            "falls per 1,000 bed days: special causes, the first of them from Jan 2014 to Dec 2014, a long run above the median."
        );
        assert!(
            sentences
                .contains(&"The line crosses the median once: unusually few crossings (luck makes 8 or more).".into()),
            "{sentences:?}"
        );
        assert!(sentences.contains(&"Of 24 points not on the median the longest run is 12 (luck makes up to 8), with 1 crossing (luck makes 8 or more).".into()));
    }
}
