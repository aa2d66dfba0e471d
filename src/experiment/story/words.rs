//! The story in words, tables and curves.

use std::ops::Range;

use super::{
    Life, Story,
    choose::Who,
    events::{Event, TURNS},
};
use crate::{
    experiment::{Answer, Study},
    metrics::person::Column,
    phrase::counted,
    picture::{Chart, Line, Measure, Panel, Phase, Picture, Role, Unit, Weeks},
    table::{self, Cell, PART, Table},
};

/// What pushes practice, as people would say it.
const PUSHES: [(Column, &str); 8] = [
    (Column::PushWill, "own will and skill"),
    (Column::PushColleagues, "colleagues"),
    (Column::PushHabit, "habit"),
    (Column::PushStandards, "standards"),
    (Column::PushPressure, "carrots and sticks"),
    (Column::PushFatigue, "fatigue"),
    (Column::PushMorale, "motivation lost"),
    (Column::PushPrompts, "prompts and leaders' training"),
];

/// Pushes below this are not worth a word [log odds].
const SMALLEST_PUSH: f64 = 0.02;

impl Study for Story {
    fn answer(&self) -> Answer {
        let sentences = vec![self.chosen(), self.parted(), self.pushed(), self.caution()];
        Answer { title: self.outcome(), sentences, shown: None, tables: vec![self.events(), self.weeks(), turns()] }
    }

    fn pictures(&self) -> Vec<Picture> {
        let labels = if self.lives[1].on {
            [0, 1].map(|world| self.lives[world].world.clone())
        } else {
            ["with".into(), "without".into()]
        };
        let line = |world: usize, role: Role, column: Column| {
            let life = &self.lives[world];
            let held = |week| if life.at(Column::Present, week) > 0.0 { life.at(column, week) } else { f64::NAN };
            let values = (0..life.weeks()).map(held).collect();
            Line { label: labels[world].clone(), role, values, bands: vec![] }
        };
        let picture = |name: &str, what: &str, column| {
            let title = format!("{what} of the {} and whoever came after, in two worlds", self.who);
            let caption = "One post in one run; gaps are weeks in which it was empty.";
            let lines = vec![line(1, Role::Without, column), line(0, Role::With, column)];
            let chart = Chart::Weeks(Weeks {
                measure: Measure::new(what, Unit::Share),
                panels: vec![Panel { title: String::new(), lines }],
                phases: self.phases_drawn(),
                events: vec![],
                from_zero: false,
            });
            Picture::new(name, title, caption, chart)
        };
        let practice = if self.leads { "Backing" } else { "Practice" };
        vec![
            picture("story_practice", practice, Column::Practice),
            picture("story_fatigue", "Fatigue", Column::Fatigue),
        ]
    }
}

impl Story {
    /// The worlds in a sentence.
    fn worlds(&self) -> [String; 2] {
        if self.lives[1].on {
            [0, 1].map(|world| format!("under {}", self.lives[world].world))
        } else {
            ["with the programmes".into(), "without them".into()]
        }
    }

    /// The last two months of support, and two months around the second anniversary of its end, or the last there are.
    fn windows(&self) -> [Range<usize>; 2] {
        let (end, weeks) = (self.clock.end(), self.lives[0].weeks());
        let later = if end + 108 <= weeks { end + 100..end + 108 } else { weeks.saturating_sub(8).max(end)..weeks };
        [end.saturating_sub(8)..end, later]
    }

    /// The phases of the first world.
    fn phases_drawn(&self) -> Vec<Phase> {
        let (clock, last) = (&self.clock, self.phases.len());
        let phase = |label: &str, from: usize, to: usize| Phase {
            label: label.into(),
            from,
            to: to.min(last),
            shaded: label == "support",
        };
        let all = [
            phase("before", 0, clock.start as usize),
            phase("planning", clock.start as usize, clock.live()),
            phase("support", clock.live(), clock.end()),
            phase("after", clock.end(), last),
        ];
        all.into_iter().filter(|phase| phase.from < phase.to).collect()
    }

    /// When the second window is.
    fn later(&self) -> String {
        let later = &self.windows()[1];
        format!("{} weeks after its end", (later.start + later.end) / 2 - self.clock.end())
    }

    fn outcome(&self) -> String {
        let [one, other] = self.worlds();
        let [at_end, later] = self.windows();
        let mean = |world: usize, weeks: &Range<usize>| {
            let mean = self.lives[world].mean(Column::Practice, weeks.clone());
            if mean.is_nan() { "nobody in post".into() } else { format!("{:.0} %", mean * 100.0) }
        };
        let does = if self.leads { "backed" } else { "did" };
        let stayed = |week: usize| self.lives.iter().all(|life| life.at(Column::Holder, week) == 0.0);
        let subject = |weeks: &Range<usize>| {
            let who = &self.who;
            if stayed(weeks.end.saturating_sub(1)) {
                format!("the {who}")
            } else {
                format!("whoever held the post of the {who}")
            }
        };
        let mut text = format!(
            "In the last two months of support {} {does} it {} of the time {one} and {} {other}",
            subject(&at_end),
            mean(0, &at_end),
            mean(1, &at_end)
        );
        if !later.is_empty() {
            let again = if subject(&later) == subject(&at_end) { String::new() } else { subject(&later) + " " };
            text += &format!(", {} {again}{} and {}", self.later(), mean(0, &later), mean(1, &later));
        }
        text + "."
    }

    fn chosen(&self) -> String {
        let run = match self.asked.replicate {
            Some(replicate) => format!("This is run {replicate}, as asked"),
            None => format!(
                "This is run {}, whose net gain is nearest to the median of {}",
                self.replicate,
                counted(self.asked.runs, "run")
            ),
        };
        let unit = self.unit.map_or_else(String::new, |unit| format!("unit {unit} of "));
        let place = format!("post {} in {unit}organisation {}", self.post.post, self.post.organisation);
        let rule = match self.asked.who {
            Who::Post(_) => "as asked".into(),
            _ => format!(
                "of everybody in units reached who was {} in the first week, the holder of the post whose mean practice \
                 after support is nearest to the median",
                article(&self.who)
            ),
        };
        format!("{run}, and {place}: {rule}.")
    }

    fn parted(&self) -> String {
        let worlds = self.worlds();
        let mut text = match self.parting.week {
            None => return "The two worlds never part for this post.".into(),
            Some((week, column)) => {
                let what = column.doc().trim_end_matches('.');
                format!("The two worlds part in week {week}, first in this: {what}.")
            }
        };
        if let Some(draw) = self.parting.draw {
            let who = if draw.post == self.post.post {
                "the ".to_string() + &self.who
            } else {
                format!("the holder of post {}", draw.post)
            };
            let [left, stayed] = [&worlds[draw.left_in], &worlds[1 - draw.left_in]];
            text += &format!(
                " The first draw around them that falls out differently is that of who leaves in week {}: the same number, \
                 {:.5}, lets {who} leave {left} and not {stayed}.",
                draw.week, draw.chance
            );
        } else {
            text += " No draw of who leaves falls out differently around them.";
        }
        text
    }

    fn pushed(&self) -> String {
        let life = &self.lives[0];
        let most = |weeks: &Range<usize>| {
            let pushes = PUSHES.map(|(column, name)| (name, life.mean(column, weeks.clone())));
            let mut pushes: Vec<(&str, f64)> =
                pushes.into_iter().filter(|(_, push)| push.abs() >= SMALLEST_PUSH).collect();
            pushes.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            let said: Vec<String> = pushes.iter().take(3).map(|(name, push)| format!("{name} {push:+.2}")).collect();
            if said.is_empty() { "nothing to speak of".into() } else { said.join(", ") }
        };
        let [at_end, later] = self.windows();
        let mut text = format!(
            "What pushed most {} in the last two months of support [log odds]: {}",
            self.worlds()[0],
            most(&at_end)
        );
        if !later.is_empty() {
            text += &format!("; {}: {}", self.later(), most(&later));
        }
        text + "."
    }

    fn caution(&self) -> String {
        "One person in one run is an illustration, no estimate: dewpoint run and dewpoint explain say what is usual."
            .into()
    }

    /// What happened, week by week; what is the same in both worlds stands once.
    fn events(&self) -> Table {
        let mut table = Table::new(
            "events",
            &[
                ("week", "count", "Week, from 0."),
                ("world", "", "In which of the two worlds it happens."),
                ("event", "", "Sort of event; see turns for the thresholds of those that are turning points."),
                ("what", "", "What happens."),
            ],
        );
        let [one, other] = &self.events;
        let mut rows: Vec<(usize, usize, &str, &Event)> = Vec::new();
        for event in one {
            let world = if other.contains(event) { "both" } else { &self.lives[0].world };
            rows.push((event.week, 0, world, event));
        }
        rows.extend(other.iter().filter(|event| !one.contains(event)).map(|event| {
            let world: &str = &self.lives[1].world;
            (event.week, 1, world, event)
        }));
        rows.sort_by_key(|(week, world, ..)| (*week, *world));
        table.rows = rows
            .into_iter()
            .map(|(week, _, world, event)| {
                vec![(week as u64).into(), world.into(), event.key.into(), event.what.as_str().into()]
            })
            .collect();
        table
    }

    /// Every number, week by week.
    fn weeks(&self) -> Table {
        let mut table = Table::new(
            "story",
            &[
                ("week", "count", "Week, from 0."),
                ("world", "", "Which of the two worlds."),
                ("phase", "", "Phase of the programme in the first world."),
            ],
        );
        let column = |column: &Column| table::Column::new(column.name(), column.unit(), column.doc());
        table.columns.extend(Column::ALL.iter().map(column));
        for (week, phase) in self.phases.iter().enumerate() {
            let row = |life: &Life| -> Vec<Cell> {
                let numbers = Column::ALL.iter().map(|column| Cell::from(life.at(*column, week)));
                let head = [(week as u64).into(), life.world.as_str().into(), phase.name().into()];
                head.into_iter().chain(numbers).collect()
            };
            table.rows.extend(self.lives.iter().filter(|life| week < life.weeks()).map(row));
        }
        table
    }
}

/// `who` with its article.
fn article(who: &str) -> String {
    let article = if who.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {who}")
}

fn turns() -> Table {
    let mut table = Table::new(
        "turns",
        &[
            ("event", "", "Key of the turning point."),
            ("measure", "", "What is looked at, as a mean of eight weeks."),
            ("begins_at", PART, "It begins once this is reached."),
            ("ends_at", PART, "It ends below this; empty for what does not end."),
        ],
    );
    let row = |turn: &super::events::Turn| {
        let ends_at = if turn.ends_at.is_finite() { turn.ends_at } else { f64::NAN };
        vec![turn.key.into(), turn.measure.into(), turn.begins_at.into(), ends_at.into()]
    };
    table.rows = TURNS.iter().map(row).collect();
    table
}
