//! The report: one page for a meeting. A single file without script that needs nothing from anywhere.
//!
//! The finding first, then sentences, pictures with the numbers behind them, tables, and what to hold against all of it.
//! Templates and pictures are checked by the compiler (`maud`), which also escapes every word that comes from outside.
//! Pure: the same answer gives the same bytes.
pub mod draw;
pub mod markdown;
pub mod trust;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::csv::csv_bytes;
pub use crate::experiment::KeyNumber;
use crate::{
    experiment::{Answer, assumptions::PLAUSIBLE},
    phrase::{counted, thousands},
    picture::{Chart, Picture},
    table::{Cell, Column, Table},
};
use draw::{NARROW, WIDE, is_wide, svg};
use trust::Trust;

/// Name of the page in a results folder.
pub const PAGE: &str = "report.html";

/// Name of the same in Markdown.
pub const MARKDOWN: &str = "summary.md";

/// What a page is made of.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// What was asked, e.g. the title of the scenario.
    pub about: String,
    /// Finding, sentences, tables.
    pub answer: &'a Answer,
    /// Numbers to remember.
    pub numbers: &'a [KeyNumber],
    /// Pictures, the most important first.
    pub pictures: &'a [Picture],
    /// What to hold against it.
    pub trust: &'a Trust,
}

/// Letters beyond which a title is set smaller, so that it does not fill the screen.
const LONG: usize = 110;

/// Rows of a table up to which it stands open; longer ones are folded.
const OPEN_ROWS: usize = 24;

/// Rows of a table up to which it is in the page at all; all of it is in the download.
const MOST_ROWS: usize = 130;

/// Letters beside each other up to which a table fits on a telephone: of broader ones each row is written below the other there.
const MOST_ON_TELEPHONE: usize = 38;

/// Most columns with a head of their own in such rows, as many as the style knows.
const MOST_HEADS: usize = 23;

/// Columns of a table up to which it fits on paper.
const MOST_ON_PAPER: usize = 7;

/// `page` as HTML.
pub fn html(page: &Page) -> String {
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="dewpoint";
                title { (page.answer.title) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                @if page.pictures.is_empty() { a .skip href="#trust" { "Skip to: " (trust::title(page.trust)) } }
                @else { a .skip href="#pictures" { "Skip to the pictures" } }
                header {
                    p .about { (page.about) }
                    h1 .long[page.answer.title.chars().count() > LONG] { (page.answer.title) }
                    (key_numbers(page.numbers))
                    @if !page.answer.sentences.is_empty() {
                        ul .sentences { @for sentence in &page.answer.sentences { li { (sentence) } } }
                    }
                }
                main {
                    @if !page.pictures.is_empty() {
                        section #pictures aria-label="Pictures" { @for (picture, wide) in page.pictures.iter().zip(widths(page.pictures)) { (figure(picture, wide)) } }
                    }
                    @if !page.answer.tables.is_empty() {
                        section #tables {
                            h2 { "Numbers" }
                            @if let Some(shown) = &page.answer.shown { (answer_table(shown, false)) }
                            @for table in &page.answer.tables { (answer_table(table, true)) }
                        }
                    }
                    (trust::section(page.trust))
                }
            }
        }
    };
    body.into_string()
}

fn key_numbers(numbers: &[KeyNumber]) -> Markup {
    html! {
        @if !numbers.is_empty() {
            dl .key {
                @for number in numbers {
                    div {
                        dt { (number.label) }
                        dd {
                            span .number { (number.value) } " " span .unit { (number.unit) }
                            @if !number.range.is_empty() { span .range { "(" (number.range) ")" } }
                            @if !number.plausible.is_empty() { span .plausible { (PLAUSIBLE) ": " (number.plausible) } }
                        }
                    }
                }
            }
            @if numbers.iter().any(|number| !number.range.is_empty()) { p .quiet .note { "In brackets: 95 % intervals." } }
        }
    }
}

/// Which pictures take the whole width: those that need it, and those that would stand alone beside nothing.
fn widths(pictures: &[Picture]) -> Vec<bool> {
    let mut wide: Vec<bool> = pictures.iter().map(|picture| is_wide(&picture.chart)).collect();
    let mut at = 0;
    while at < wide.len() {
        if !wide[at] && wide.get(at + 1) == Some(&false) {
            at += 2;
        } else {
            wide[at] = true;
            at += 1;
        }
    }
    wide
}

/// A picture with the numbers behind it. Wide ones are drawn a second time for narrow places, where only that one is seen.
fn figure(picture: &Picture, wide: bool) -> Markup {
    html! {
        figure id=(picture.name) class=(if wide { "wide" } else { "half" }) {
            h2 { (picture.title) }
            @if wide {
                div .drawing .for-wide { (svg(picture, WIDE)) }
                div .drawing .for-narrow { (svg(picture, NARROW)) }
            } @else {
                div .drawing { (svg(picture, NARROW)) }
            }
            figcaption { (picture.caption) }
            details {
                summary { "The numbers" span .quiet { " of this picture: " (picture.name.replace('_', " ")) } }
                (download(&picture.table()))
                (scrolling(&picture.table(), &format!("Numbers of the picture {}", picture.name.replace('_', " ")), thinned(&picture.chart)))
            }
        }
    }
}

/// Of how many rows one is shown in the page: weeks are many, and every fourth tells the course.
fn thinned(chart: &Chart) -> usize {
    if matches!(chart, Chart::Weeks(_)) { 4 } else { 1 }
}

/// A table with what its columns mean, and, where it is a file too, a link that saves it.
fn answer_table(table: &Table, is_file: bool) -> Markup {
    let name = table.name.replace('_', " ");
    let content = html! {
        (scrolling(table, &name, 1))
        @if is_file { (download(table)) }
        @let explained: Vec<_> = table.columns.iter().filter(|column| !column.doc.is_empty()).collect();
        @if !explained.is_empty() {
            details .columns {
                summary { "What the columns of " (name) " mean" }
                dl { @for column in explained { dt { (heading(&column.name)) } dd { (column.doc) } } }
            }
        }
    };
    html! {
        @if table.rows.len() <= OPEN_ROWS && table.columns.len() <= 12 {
            section .table .broad[table.columns.len() > MOST_ON_PAPER] {
                h3 { (draw_upper(&name)) }
                @if table.columns.len() > MOST_ON_PAPER { p .quiet .on-paper { "Too broad for paper" @if is_file { ": see " (table.name) ".csv" } "." } }
                (content)
            }
        } @else {
            details .table { summary { (draw_upper(&name)) ", " (counted(table.rows.len() as u64, "row")) } (content) }
        }
    }
}

fn draw_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A table that scrolls sideways by itself where the page is too narrow for it.
fn scrolling(table: &Table, name: &str, every: usize) -> Markup {
    let shown = table.rows.iter().step_by(every.max(1)).take(MOST_ROWS);
    let left_out = table.rows.len() > table.rows.iter().step_by(every.max(1)).take(MOST_ROWS).count();
    let numeric: Vec<bool> = (0..table.columns.len())
        .map(|column| table.rows.iter().all(|row| !matches!(row.get(column), Some(Cell::Text(_)))))
        .collect();
    html! {
        @if left_out {
            p .quiet {
                @if every > 1 { "Every " (ordinal(every)) " row" } @else { "The first rows" }
                "; all " (thousands(table.rows.len() as u64)) " are in the CSV file."
            }
        }
        div .scroll tabindex="0" role="region" aria-label=(name) {
            table .stacked[is_broad(table)] style=[heads_of(table)] {
                thead { tr {
                    @for (column, numeric) in table.columns.iter().zip(&numeric) {
                        th scope="col" class=[numeric.then_some("n")] { (heading(&column.name)) @if !column.unit.is_empty() { span .unit { " " (column.unit) } } }
                    }
                } }
                tbody {
                    @for row in shown { tr {
                        @for (cell, numeric) in row.iter().zip(&numeric) {
                            td class=[numeric.then_some("n")] { (cell_text(cell)) }
                        }
                    } }
                }
            }
        }
    }
}

/// Whether a table is too broad for a telephone, though its words are broken at their blanks.
fn is_broad(table: &Table) -> bool {
    let longest = |text: String| text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let column = |(place, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(place)).map(|cell| longest(cell_text(cell)));
        // Between two columns there is room of two letters.
        2 + cells.chain([longest(heading(&column.name)), longest(column.unit.clone())]).max().unwrap_or(0)
    };
    table.columns.len() > 1 && table.columns.iter().enumerate().map(column).sum::<usize>() > MOST_ON_TELEPHONE
}

/// What stands before each cell where a row is written below the other, for the style: the first cell is the row's own head.
fn heads_of(table: &Table) -> Option<String> {
    let head = |(place, column): (usize, &Column)| {
        let unit = if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
        format!("--head{place}:{};", css_text(&format!("{}{unit}", heading(&column.name))))
    };
    is_broad(table).then(|| table.columns.iter().enumerate().skip(1).take(MOST_HEADS).map(head).collect())
}

/// `text` as a string of CSS: whatever is no letter and no digit is written by its number.
fn css_text(text: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() { letter.to_string() } else { format!("\\{:x} ", u32::from(letter)) }
    };
    format!("'{}'", text.chars().map(plain).collect::<String>())
}

fn ordinal(every: usize) -> String {
    match every {
        2 => "second".into(),
        4 => "fourth".into(),
        _ => format!("{every}th"),
    }
}

fn heading(name: &str) -> String {
    name.replace('_', " ").replace("low95", "95 % from").replace("high95", "95 % to")
}

/// A cell for reading.
pub(super) fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) if number.is_nan() => "–".into(),
        Cell::Number(number) => {
            let size = number.abs();
            let text = match () {
                () if size >= 1000.0 => {
                    return (if *number < 0.0 { "−" } else { "" }).to_owned() + &thousands(size.round() as u64);
                }
                () if size >= 100.0 => format!("{size:.0}"),
                () if size >= 10.0 || (size * 10.0).fract() == 0.0 => format!("{size:.1}"),
                () if size >= 1.0 => format!("{size:.2}"),
                () => format!("{size:.3}"),
            };
            let nothing = text.chars().all(|letter| letter == '0' || letter == '.');
            if *number < 0.0 && !nothing { format!("−{text}") } else { text }
        }
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// A link that saves the table as CSV, the file being in the link itself.
fn download(table: &Table) -> Markup {
    let bytes = csv_bytes(table).unwrap_or_default();
    html! {
        p .download { a href=(format!("data:text/csv;charset=utf-8,{}", percent_encoded(&bytes))) download=(format!("{}.csv", table.name)) {
            "Save as CSV" span .quiet { ": " (table.name.replace('_', " ")) }
        } }
    }
}

/// `bytes` as part of a link.
fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~,:;()*!/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests;
