//! What a chart found: words, numbers to remember, tables, pictures; and all of it as files.
use std::{io::Write, path::Path};

use super::{
    super::{
        Failure, host,
        page::{OwnData, own_data},
        results::{HERE, Results, SUMMARY_JSON, SUMMARY_TEXT, json_bytes},
        text::paragraph,
    },
    Laid, Options,
};
use crate::{
    chart::{
        ask::Asked,
        drawn::Charted,
        kind::Kind,
        pictures::{picture, ranges},
        read::Data,
        tables, words,
    },
    experiment::{Answer, beside::Beside},
    output::{
        csv::{File, csv_files, digest},
        report::{KeyNumber, draw::standalone},
    },
    phrase::{counted, listed},
    picture::{BesideBand, Picture},
    table::{Cell, Column, Table},
};

/// What was found, in words, tables and pictures.
pub(super) struct Found<'a> {
    answer: Answer,
    numbers: Vec<KeyNumber>,
    pictures: Vec<Picture>,
    read: Vec<String>,
    laid: Option<&'a Laid>,
}

impl<'a> Found<'a> {
    /// What `charts` of `data` show, and what the scenario laid beside them makes of them.
    pub(super) fn of(
        data: &Data,
        charts: &[Charted],
        asked: &Asked,
        laid: Option<&'a Laid>,
        beside: Option<Vec<Beside>>,
    ) -> Self {
        let mut points = tables::points(data, charts);
        let factor = charts.first().map_or(1.0, |charted| charted.factor);
        let shown = |share: f64| share / laid.map_or(1.0, |laid| laid.share) * factor;
        if let Some(beside) = &beside {
            with_band(&mut points, words::unit(data), beside, shown);
        }
        let mut tables = vec![points, tables::lines(data, charts), tables::special(data, charts, asked)];
        tables.retain(|table| !table.rows.is_empty());
        tables.iter_mut().for_each(without_lone_unit);
        let name = |place: usize| if charts.len() == 1 { "chart".into() } else { format!("chart_{}", place + 1) };
        let band = |beside: &Beside| BesideBand {
            label: "plausible under the scenario".into(),
            low: beside.band.iter().map(|at| shown(at.low)).collect(),
            middle: beside.band.iter().map(|at| shown(at.middle)).collect(),
            high: beside.band.iter().map(|at| shown(at.high)).collect(),
        };
        let of_chart = |place: usize| beside.as_ref().and_then(|beside| beside.get(place));
        let pictures = charts
            .iter()
            .enumerate()
            .flat_map(|(place, charted)| {
                let own = picture(data, charted, asked, &name(place), of_chart(place).map(band));
                std::iter::once(own).chain(ranges(data, charted, &name(place)))
            })
            .collect();
        let (title, mut sentences) = match charts {
            [one] => (words::title(data, one), words::sentences(data, one, asked)),
            several => of_several(data, several),
        };
        for (place, charted) in charts.iter().enumerate() {
            let (Some(laid), Some(beside)) = (laid, of_chart(place)) else { continue };
            let said = |place: usize| data.said.named(charted.points[place].read.at);
            let told = beside.sentences(&laid.scenario, said);
            if charts.len() == 1 {
                sentences.extend(told);
            } else {
                sentences.extend(told.into_iter().take(2).map(|sentence| format!("{}: {sentence}", charted.unit)));
            }
        }
        let numbers = if let [one] = charts { key_numbers(data, one) } else { Vec::new() };
        let answer = Answer { title, sentences, shown: None, tables };
        Self { answer, numbers, pictures, read: data.notes.clone(), laid }
    }

    /// Every file of the results folder apart from the manifest.
    pub(super) fn files(&self, options: &Options, results: &Results) -> Result<Vec<File>, Failure> {
        let mut files = csv_files(&self.answer.tables).map_err(Failure::Failed)?;
        let digest = digest(&files);
        if let Some(host) = host::here() {
            let (answer, pictures) = (self.answer.clone(), self.pictures.clone());
            host.found(host::Found { tables: answer.tables.clone(), answer, pictures });
        }
        for picture in &self.pictures {
            files.push((format!("{}.svg", picture.name.replace('_', "-")), standalone(picture).into_bytes()));
        }
        let name =
            Path::new(&options.data).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if results.report {
            let facts = [
                ("File", name.as_str()),
                ("SHA-256 of the file", results.data.as_deref().unwrap_or_default()),
                ("Digest of the results", &digest),
            ];
            let beside =
                self.laid.map_or_else(String::new, |laid| format!(" beside {}", laid.about.trim_end_matches('.')));
            let found = OwnData {
                about: format!("{name}{beside} · your own numbers"),
                answer: &self.answer,
                numbers: &self.numbers,
                pictures: &self.pictures,
                read: self.read.clone(),
                facts: &facts,
                scenario: self.laid.map(|laid| &laid.scenario),
                command: &results.command,
            };
            files.extend(own_data(found)?);
        }
        files.push((SUMMARY_TEXT.into(), self.in_words(&name)?));
        let mut json = serde_json::to_value(&self.answer).map_err(|error| Failure::Failed(error.to_string()))?;
        json["read"] = self.read.clone().into();
        files.push((SUMMARY_JSON.into(), json_bytes(&json)));
        Ok(files)
    }

    fn in_words(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let mut text = Vec::new();
        paragraph(&mut text, &self.answer.title, 0)?;
        for sentence in &self.answer.sentences {
            writeln!(text)?;
            paragraph(&mut text, sentence, 0)?;
        }
        writeln!(text, "\nHow {name} was read:")?;
        for sentence in &self.read {
            paragraph(&mut text, sentence, 2)?;
        }
        writeln!(text)?;
        paragraph(&mut text, &format!("Pictures and tables in {HERE}."), 0)?;
        Ok(text)
    }
}

/// Adds what the scenario makes plausible to the points of all charts, which stand one after the other.
fn with_band(points: &mut Table, unit: &str, beside: &[Beside], shown: impl Fn(f64) -> f64) {
    let columns = [
        ("plausible_from", "Lower end of the middle 80 % of what the scenario makes plausible."),
        ("plausible_middle", "Its median."),
        ("plausible_to", "Its upper end."),
    ];
    points.columns.extend(columns.map(|(name, doc)| Column::new(name, unit, doc)));
    let bands = beside.iter().flat_map(|beside| &beside.band);
    for (row, band) in points.rows.iter_mut().zip(bands) {
        row.extend([band.low, band.middle, band.high].map(|share| Cell::Number(tables::shorter(shown(share)))));
    }
}

/// Takes out the column of units where nothing is told apart.
fn without_lone_unit(table: &mut Table) {
    let lone = |row: &Vec<Cell>| row.first() == Some(&Cell::Text(String::new()));
    if table.rows.iter().all(lone) {
        table.columns.remove(0);
        table.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
}

/// Several charts in a few sentences: which have special causes.
fn of_several(data: &Data, charts: &[Charted]) -> (String, Vec<String>) {
    let special: Vec<&Charted> = charts.iter().filter(|charted| !charted.signals.is_empty()).collect();
    let all = counted(charts.len() as u64, "unit");
    let measure = charts.first().map_or_else(String::new, |charted| words::measure(data, charted.factor));
    let title = match special.len() {
        0 => format!("{measure}: none of {all} has anything beyond the usual ups and downs."),
        1 => format!("{measure}: 1 of {all} has a special cause, {}.", special[0].unit),
        count => format!("{measure}: {count} of {all} have special causes."),
    };
    let mut sentences: Vec<String> = special.iter().map(|charted| words::title(data, charted)).collect();
    if charts.len() > 5 && !special.is_empty() {
        sentences.push(format!(
            "With {all}, some special causes are to be expected by luck alone: even a steady chart with these rules shows one now \
             and then."
        ));
    }
    let quiet: Vec<&str> =
        charts.iter().filter(|charted| charted.signals.is_empty()).map(|charted| charted.unit.as_str()).collect();
    if !quiet.is_empty() && !special.is_empty() {
        sentences.push(format!("Nothing beyond the usual ups and downs: {}.", listed(&quiet)));
    }
    (title, sentences)
}

fn key_numbers(data: &Data, charted: &Charted) -> Vec<KeyNumber> {
    let Some(last) = charted.parts.last().map(|part| charted.last_lines(part)) else { return Vec::new() };
    let own = words::unit(data);
    let bare = |value: f64| words::number(data, value).trim_end_matches(own).trim().to_owned();
    let number = |value: String, unit: &str, label: &str| KeyNumber {
        value,
        unit: unit.into(),
        range: String::new(),
        plausible: String::new(),
        label: label.into(),
    };
    let centre = if charted.kind == Kind::Run { "median" } else { "centre at the end" };
    let mut numbers = vec![number(bare(last.centre), own, centre)];
    if last.high.is_finite() {
        numbers.push(number(bare(last.low), own, "lower limit at the end"));
        numbers.push(number(bare(last.high), own, "upper limit at the end"));
    }
    numbers.push(number(charted.signals.len().to_string(), "", "special causes"));
    numbers
}
