//! The attribution in words and tables, the first of them steps of a waterfall picture.

use super::{Attribution, Cause, Explained, Part, claims::concluded, pictures::pictures};
use crate::{
    experiment::{Answer, Study, assumptions::Concluded},
    phrase::{
        Change, a_gain, amount,
        change::{Verbs, parts},
        counted, left, points, scaled, turned,
    },
    picture::Picture,
    stats::{self, Estimate},
    table::{Cell, Table},
};

impl Study for Explained {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        if let Some(lost) = &self.lost {
            sentences.extend(self.of_lost(lost));
        }
        if let Some(missed) = &self.missed {
            sentences.extend(self.of_missed(missed));
        }
        sentences.push(self.of_method());
        let title = if sentences.len() > 1 { sentences.remove(0) } else { String::new() };
        Answer { title, sentences, shown: None, tables: self.tables() }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }

    fn concluded(&self) -> Concluded {
        concluded(self)
    }
}

impl Explained {
    fn of_lost(&self, lost: &Attribution) -> Vec<String> {
        let (programme, months) = (&self.programme, self.asked.months);
        let mut said = vec![format!(
            "{programme} had {} when support ended; {months} months later {}.",
            a_gain(lost.at_end),
            left(lost.finally)
        )];
        let whole = scaled(lost.whole.value);
        let verbs = |whole| Verbs { takes: "took", gives: "gave back", whole };
        match (Change::of(lost.whole), Change::of(lost.rest)) {
            (Change::Gain, Change::Loss) => {
                said.push(format!(
                    "Had everything the model can hold stayed as it was in the last week of support, the gain would have \
                     gone on to grow by {}. With the {whole} points lost that makes {} to explain.",
                    amount(lost.rest),
                    amount(lost.explained)
                ));
                said.extend(lost.sentences("Of these", lost.explained, verbs("to explain")));
            }
            (Change::Gain, rest) => {
                let of = format!("Of the {whole} points lost in the {months} months after support ended");
                said.extend(lost.sentences(&of, lost.whole, verbs("lost")));
                said.push(if rest == Change::Gain {
                    format!(
                        "Even with all of these taken away, {} would have gone: what is forgotten, and habits that never \
                         formed.",
                        amount(lost.rest)
                    )
                } else {
                    format!("With all of these taken away, there is no clear loss: {}.", points(turned(lost.rest)))
                });
            }
            (whole, _) => {
                let sign = if whole == Change::Loss { "The difference grew" } else { "No loss is clear" };
                said.push(format!(
                    "{sign}: the change since the end of support is {}. The parts in the table say what pulled either way.",
                    points(turned(lost.whole))
                ));
            }
        }
        said
    }

    fn of_missed(&self, missed: &Attribution) -> Vec<String> {
        let programme = &self.programme;
        let mut said = vec![format!(
            "Without any of the barriers the model can take away, {programme} would have had {} by the end of support \
             instead of {}.",
            a_gain(missed.finally),
            a_gain(missed.at_end)
        )];
        if Change::of(missed.whole) == Change::Gain {
            let of = format!("Of the {} points that never came", scaled(missed.whole.value));
            let verbs = Verbs { takes: "kept away", gives: "brought", whole: "that never came" };
            said.extend(missed.sentences(&of, missed.whole, verbs));
        } else {
            said.push(format!("That is no clear difference: {}.", points(missed.whole)));
        }
        said
    }

    fn of_method(&self) -> String {
        let (lost, missed) = (self.lost.as_ref(), self.missed.as_ref());
        let worlds = |attribution: Option<&Attribution>| attribution.map_or(0, |of| of.coalitions.len() as u64);
        let worlds = worlds(lost) + worlds(missed) - u64::from(lost.is_some() && missed.is_some());
        let as_it_was = if lost.is_some() {
            "A cause of loss is taken away by leaving it as it was in the last week of support. "
        } else {
            ""
        };
        format!(
            "{as_it_was}Each cause was taken away alone and with every combination of the others, under the same luck: {}, \
             {} each. A part is the mean of what a cause adds over all orders of taking causes away (Shapley 1953), so \
             that the parts add up; alone and last say how far it depends on the order.",
            counted(worlds, "world"),
            counted(self.asked.runs, "run")
        )
    }

    fn tables(&self) -> Vec<Table> {
        let asked = [("lost", self.lost.as_ref()), ("missed", self.missed.as_ref())];
        let asked: Vec<(&str, &Attribution)> =
            asked.into_iter().filter_map(|(question, attribution)| Some((question, attribution?))).collect();
        let over = |mut table: Table, rows: fn(&str, &Attribution) -> Vec<Vec<Cell>>| {
            table.rows = asked.iter().flat_map(|(question, attribution)| rows(question, attribution)).collect();
            table
        };
        const QUESTION: (&str, &str, &str) = ("question", "", "lost: after support; missed: the gain that never came.");
        vec![
            over(
                Table::new(
                    "attribution",
                    &[
                        QUESTION,
                        ("step", "", "Gain, cause, or the rest, in the order of a waterfall."),
                        (
                            "kind",
                            "",
                            "gain: a level; part: a step from one to the next; rest: what no cause explains, below 0 where more was to come.",
                        ),
                        ("value", "share", "The gain, or what the cause took (lost) or kept away (missed)."),
                        ("low", "share", "Lower end of the 95 % interval."),
                        ("high", "share", "Upper end."),
                        ("alone", "share", "What taking away this cause alone changes."),
                        ("last", "share", "What taking it away changes when all others are taken away."),
                    ],
                ),
                steps,
            ),
            over(
                Table::new(
                    "waterfall",
                    &[
                        QUESTION,
                        ("step", "", "Gain, cause, or the rest, in order."),
                        ("kind", "", "gain, part or rest."),
                        ("from", "share", "Where the bar of the step begins: 0 for a gain, else where the last ended."),
                        ("to", "share", "Where it ends."),
                    ],
                ),
                waterfall,
            ),
            over(
                Table::new(
                    "causes",
                    &[
                        QUESTION,
                        ("cause", "", "Key of the cause."),
                        ("name", "", "Name of the cause."),
                        ("without", "", "What the world is like without it."),
                    ],
                ),
                causes,
            ),
            over(
                Table::new(
                    "coalitions",
                    &[
                        QUESTION,
                        ("taken_away", "", "Keys of the causes taken away."),
                        ("gain", "share", "Net gain after so many months (lost) or at end (missed), mean of runs."),
                        ("low", "share", "Lower end of the 95 % interval."),
                        ("high", "share", "Upper end."),
                    ],
                ),
                coalitions,
            ),
            over(
                Table::new(
                    "parts",
                    &[
                        QUESTION,
                        ("run", "count", "Number of the run, from 0."),
                        ("cause", "", "Key of the cause."),
                        ("value", "share", "Its part in this run."),
                    ],
                ),
                by_run,
            ),
        ]
    }
}

/// The steps of a waterfall: name, kind, and what there is to say of it.
fn walk<'a>(question: &str, of: &'a Attribution) -> Vec<(&'a str, &'static str, Estimate, Option<&'a Part>)> {
    let lost = question == "lost";
    let mut steps = vec![("gain at end", "gain", of.at_end, None)];
    // What would still have come comes before what was taken of it; what would have gone anyway goes last.
    let grows = lost && of.rest.value < 0.0;
    if grows {
        steps.push(("gain still to come", "rest", of.rest, None));
    }
    steps.extend(of.parts.iter().map(|part| (part.cause.name, "part", part.value, Some(part))));
    if lost && !grows {
        steps.push(("the rest", "rest", of.rest, None));
    }
    steps.push((if lost { "gain left" } else { "gain without barriers" }, "gain", of.finally, None));
    steps
}

fn steps(question: &str, of: &Attribution) -> Vec<Vec<Cell>> {
    let row = |(step, kind, value, part): (&str, &str, Estimate, Option<&Part>)| {
        let beside = part.map_or([f64::NAN; 2], |part| [part.alone.value, part.last.value]);
        let mut row: Vec<Cell> = vec![question.into(), step.into(), kind.into()];
        row.extend([value.value, value.low, value.high].into_iter().chain(beside).map(Cell::from));
        row
    };
    walk(question, of).into_iter().map(row).collect()
}

fn waterfall(question: &str, of: &Attribution) -> Vec<Vec<Cell>> {
    let mut level = 0.0;
    let row = |(step, kind, value, _): (&str, &str, Estimate, Option<&Part>)| {
        let from = if kind == "gain" { 0.0 } else { level };
        level = from + if kind == "gain" || question == "missed" { value.value } else { -value.value };
        vec![question.into(), step.into(), kind.into(), from.into(), level.into()]
    };
    walk(question, of).into_iter().map(row).collect()
}

fn causes(question: &str, of: &Attribution) -> Vec<Vec<Cell>> {
    let row = |cause: &Cause| vec![question.into(), cause.key.into(), cause.name.into(), cause.without.into()];
    of.order.iter().map(row).collect()
}

fn coalitions(question: &str, of: &Attribution) -> Vec<Vec<Cell>> {
    let taken = |coalition: usize| {
        let taken = of.order.iter().enumerate().filter(|(place, _)| coalition & (1 << place) > 0);
        taken.map(|(_, cause)| cause.key).collect::<Vec<_>>().join(" + ")
    };
    let row = |(coalition, gain): (usize, &Estimate)| {
        let taken = if coalition == 0 { "none".into() } else { taken(coalition) };
        vec![question.into(), taken.into(), gain.value.into(), gain.low.into(), gain.high.into()]
    };
    of.coalitions.iter().enumerate().map(row).collect()
}

fn by_run(question: &str, of: &Attribution) -> Vec<Vec<Cell>> {
    let row = |run: usize, cause: &Cause, value: f64| -> Vec<Cell> {
        vec![question.into(), (run as u64).into(), cause.key.into(), value.into()]
    };
    let rows = of.by_run.iter().enumerate();
    rows.flat_map(|(run, values)| of.order.iter().zip(values).map(move |(cause, value)| row(run, cause, *value)))
        .collect()
}

impl Attribution {
    /// Which part took what of `whole`; see [`parts`].
    fn sentences(&self, beginning: &str, whole: Estimate, verbs: Verbs) -> Vec<String> {
        let named: Vec<(&str, Estimate)> = self.parts.iter().map(|part| (part.cause.name, part.value)).collect();
        let place = |part: &Part| self.order.iter().position(|cause| *cause == part.cause);
        let sum = |chosen: &[usize]| {
            let places: Vec<usize> = chosen.iter().filter_map(|&at| place(self.parts.get(at)?)).collect();
            let runs = self.by_run.iter().filter(|values| !values.is_empty());
            stats::mean(runs.map(|values| places.iter().filter_map(|&at| values.get(at)).sum::<f64>()))
        };
        parts(&named, &sum, (beginning, whole), self.lead, verbs)
    }
}
