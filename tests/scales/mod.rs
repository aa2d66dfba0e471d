//! Numbers of results held to the scale of what they are, wherever they stand: in CSV files, in JSON, in the page's tables.
//!
//! Each of them becomes a [`Grid`], whose columns know their units, and one function looks at all: so a number that is
//! beyond its scale in one place and not in another is found too.
use std::collections::BTreeMap;

use dewpoint::metrics::{BOUNDLESS, scale_of};
use serde_json::Value;

/// A table, wherever it was found.
struct Grid {
    /// The file it was found in.
    file: String,
    /// Places of the columns in which a row says its own unit and metric.
    own: [Option<usize>; 2],
    /// Name of the table.
    name: String,
    /// Name and unit of each column.
    columns: Vec<(String, String)>,
    rows: Vec<Vec<String>>,
}

/// What in the files of a results folder (name and text) leaves its scale, or is no number where one should stand.
pub fn beyond_scale(texts: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut grids = from_csv(texts, &mut faults);
    for (file, text) in texts {
        if file.ends_with(".json") {
            let value = serde_json::from_str(text).unwrap_or(Value::Null);
            from_json(file, &value, &mut grids);
        } else if file.ends_with(".html") {
            grids.extend(from_page(file, text));
        }
    }
    faults.extend(grids.iter().flat_map(Grid::faults));
    // A folder that was looked at and found to hold nothing is a fault of the looking.
    for (ending, sign) in [(".csv", ""), ("summary.json", ""), (".html", "</span></th>")] {
        let is_there = texts.iter().any(|(file, text)| file.ends_with(ending) && text.contains(sign));
        if is_there && !grids.iter().any(|grid| grid.file.ends_with(ending) && grid.measures() > 0) {
            faults.push(format!("no number with a unit was found in {ending}"));
        }
    }
    faults.truncate(3);
    faults
}

/// Whether numbers of `unit` stand in hundredths of what a scale says.
fn is_in_hundredths(unit: &str) -> bool {
    ["points", "percentage points", "%"].iter().any(|said| unit.starts_with(said))
}

fn of_row(row: &[String], place: Option<usize>) -> Option<&str> {
    row.get(place?).map(String::as_str)
}

impl Grid {
    fn new(file: &str, name: String, columns: Vec<(String, String)>, rows: Vec<Vec<String>>) -> Self {
        let own = ["unit", "metric"].map(|own| columns.iter().position(|(name, _)| name == own));
        Self { file: file.into(), own, name, columns, rows }
    }

    /// The unit of the number in a column of `row`: the column's, or where it says so the row's.
    fn unit<'a>(&'a self, row: &'a [String], column: usize) -> &'a str {
        match self.columns[column].1.as_str() {
            "see unit" => of_row(row, self.own[0]).unwrap_or_default(),
            unit => unit,
        }
    }

    /// Cells that have a unit.
    fn measures(&self) -> usize {
        let of_row = |row: &Vec<String>| {
            (0..row.len().min(self.columns.len())).filter(|at| !self.unit(row, *at).is_empty()).count()
        };
        self.rows.iter().map(of_row).sum()
    }

    fn faults(&self) -> Vec<String> {
        let at = format!("{}, table {}", self.file, self.name);
        let is_raw = |unit: &str| unit.starts_with("share") || unit == "part of 1";
        let mut faults: Vec<String> = self
            .columns
            .iter()
            .filter(|(_, unit)| is_raw(unit))
            .map(|(name, unit)| format!("{at}: {name} is in \"{unit}\", which results never are"))
            .collect();
        for row in &self.rows {
            if row.len() != self.columns.len() {
                faults.push(format!("{at}: {} cells in {} columns: {row:?}", row.len(), self.columns.len()));
                continue;
            }
            for ((place, (column, _)), cell) in self.columns.iter().enumerate().zip(row) {
                let unit = self.unit(row, place);
                let Ok(number) = cell.parse::<f64>() else {
                    if !cell.is_empty() && is_in_hundredths(unit) {
                        faults.push(format!("{at}: {column} is \"{cell}\", no number of {unit}"));
                    }
                    continue;
                };
                let (least, most) = self.scale(row, column, unit);
                // What is written in decimals may be rounded upwards at its end.
                if !(least - 1e-6..=most + 1e-6).contains(&number) {
                    faults.push(format!("{at}: {column} {number} {unit} leaves {least} to {most}: {row:?}"));
                }
            }
            if let Some(unit) = of_row(row, self.own[0]).filter(|unit| is_raw(unit)) {
                faults.push(format!("{at}: a row is in \"{unit}\", which results never are: {row:?}"));
            }
        }
        faults
    }

    /// What a number in `column` of `row` may be: as much as the metric, where it is a level of one that is named; else what
    /// its unit allows. Differences of designs may be twice as large as a gain.
    fn scale(&self, row: &[String], column: &str, unit: &str) -> (f64, f64) {
        let metric = of_row(row, self.own[1]).unwrap_or(column);
        let is_level = match self.name.as_str() {
            "outcomes" => true,
            "summary" => ["estimate", "low95", "high95"].contains(&column),
            "points" => ["value", "low", "high"].contains(&column),
            "runs" => column == metric,
            _ => false,
        };
        // What is kept or left of something may be more than all of it; so may units be that a picture counts by it.
        let is_ratio = self.name.contains("picture_units")
            || ["retained", "kept", "left"].iter().any(|word| metric.contains(word) || column.contains(word));
        let (least, most) = match unit {
            _ if is_level && metric != "replicate" => scale_of(metric),
            "%" if !is_ratio => (-1.0, 1.0),
            "points" | "percentage points" => (-2.0, 2.0),
            "% of the week" => (-1.0, 1.0),
            _ => BOUNDLESS,
        };
        let factor = if is_in_hundredths(unit) { 100.0 } else { 1.0 };
        (factor * least, factor * most)
    }
}

/// The CSV files, whose units stand in `columns.csv`.
fn from_csv(texts: &BTreeMap<String, String>, faults: &mut Vec<String>) -> Vec<Grid> {
    let Some(columns) = texts.get("columns.csv") else { return Vec::new() };
    let records = |text: &str| -> Vec<Vec<String>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
        reader.map(|record| record.unwrap().iter().map(ToString::to_string).collect()).collect()
    };
    let units: BTreeMap<(String, String), String> =
        records(columns).into_iter().map(|row| ((row[0].clone(), row[1].clone()), row[2].clone())).collect();
    let mut grids = Vec::new();
    for (file, text) in texts.iter().filter(|(file, _)| file.ends_with(".csv") && *file != "columns.csv") {
        let mut rows = records(text);
        let head = rows.remove(0);
        let mut unit = |name: String| {
            let unit = units.get(&(file.clone(), name.clone())).cloned();
            if unit.is_none() {
                faults.push(format!("{file}: columns.csv does not know {name}"));
            }
            (name, unit.unwrap_or_default())
        };
        let columns = head.into_iter().map(&mut unit).collect();
        grids.push(Grid::new(file, file.replace(".csv", ""), columns, rows));
    }
    grids
}

/// The tables of a JSON file, and its metrics with value, interval and unit.
fn from_json(file: &str, value: &Value, grids: &mut Vec<Grid>) {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Array(values) => values.iter().for_each(|value| from_json(file, value, grids)),
        Value::Object(fields) => {
            if let (Some(Value::Array(columns)), Some(Value::Array(rows))) = (fields.get("columns"), fields.get("rows"))
            {
                let columns = columns.iter().map(|column| (text(&column["name"]), text(&column["unit"]))).collect();
                let rows = rows.iter().map(|row| row.as_array().unwrap().iter().map(text).collect()).collect();
                grids.push(Grid::new(file, fields.get("name").map(text).unwrap_or_default(), columns, rows));
                return;
            }
            if let Some(Value::Object(metrics)) = fields.get("metrics") {
                let columns = ["metric", "unit", "estimate", "low95", "high95"];
                let row = |(name, metric): (&String, &Value)| {
                    let cells = ["unit", "value", "low95", "high95"].map(|key| text(&metric[key]));
                    [name.clone()].into_iter().chain(cells).collect()
                };
                let columns = columns
                    .map(|name| (name.into(), if ["metric", "unit"].contains(&name) { "" } else { "see unit" }.into()));
                grids.push(Grid::new(file, "summary".into(), columns.into(), metrics.iter().map(row).collect()));
            }
            fields.values().for_each(|value| from_json(file, value, grids));
        }
        _ => {}
    }
}

/// The tables of the page as they are read: numbers rounded, with commas, a long minus and a dash where there is none.
fn from_page(file: &str, page: &str) -> Vec<Grid> {
    let between = |text: &str, tag: &str| -> Vec<String> {
        let begins = format!("<{tag}");
        let pieces = text.split(&begins).skip(1);
        let inner = |piece: &str| Some(piece.split_once('>')?.1.split(&format!("</{tag}>")).next()?.to_owned());
        pieces.filter_map(inner).collect()
    };
    let plain =
        |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let column = |head: &String| {
        let (name, unit) = head.split_once("<span class=\"unit\">").unwrap_or((head, ""));
        // As it is called in files.
        let name = plain(name).replace("95 % from", "low95").replace("95 % to", "high95").replace(' ', "_");
        (name, plain(unit.trim_end_matches("</span>").trim()))
    };
    let cell = |text: &String| {
        let number = plain(text).replace('−', "-").replace(',', "");
        match (number.as_str(), number.parse::<f64>()) {
            ("–", _) => String::new(),
            (_, Ok(_)) => number,
            _ => plain(text),
        }
    };
    let grid = |piece: &str| {
        let (name, rest) = piece.split_once('"')?;
        let table = between(rest, "table").into_iter().next()?;
        let (head, body) = table.split_once("</thead>")?;
        let columns = between(head.split_once("<tr>")?.1, "th").iter().map(column).collect();
        let rows = between(body, "tr").iter().map(|row| between(row, "td").iter().map(cell).collect()).collect();
        Some(Grid::new(file, plain(name).replace(' ', "_"), columns, rows))
    };
    page.split("role=\"region\" aria-label=\"").skip(1).filter_map(grid).collect()
}
