//! The same sentences in Markdown, for those who paste them into documents.
use super::{
    Page, cell_text, heading,
    trust::{COMMAND, bearing_words, conclusion_words, title, validation_words},
};
use crate::{experiment::assumptions::PLAUSIBLE, table::Table};

/// Rows up to which a table is pasted.
const MOST_ROWS: usize = 40;

/// `page` in Markdown.
pub fn markdown(page: &Page) -> String {
    let mut text = format!("# {}\n\n*{}*\n\n", plain(&page.answer.title), plain(&page.about));
    if !page.numbers.is_empty() {
        for number in page.numbers {
            let range =
                if number.range.is_empty() { String::new() } else { format!(" (95 % interval {})", number.range) };
            let plausible = match number.plausible.as_str() {
                "" => String::new(),
                plausible => format!("; {PLAUSIBLE}: {plausible}"),
            };
            text.push_str(&format!(
                "- **{} {}**{range} {}{plausible}\n",
                number.value,
                number.unit,
                plain(&number.label)
            ));
        }
        text.push('\n');
    }
    for sentence in &page.answer.sentences {
        text.push_str(&format!("{}\n\n", plain(sentence)));
    }
    if !page.pictures.is_empty() {
        text.push_str("## What the pictures show\n\n");
        for picture in page.pictures {
            text.push_str(&format!("- {}\n", plain(&picture.title)));
        }
        text.push('\n');
    }
    if let Some(first) = page.answer.to_read().next().filter(|table| table.rows.len() <= MOST_ROWS) {
        text.push_str(&format!("{}\n", table(first)));
    }
    text.push_str(&format!("## {}\n\n", title(page.trust)));
    for sentence in &page.trust.read {
        text.push_str(&format!("{}\n\n", plain(sentence)));
    }
    if page.trust.is_of_model() {
        text.push_str(&format!(
            "Intervals show {}. {}\n\n",
            if page.trust.drawn {
                "luck and what is plausible of the numbers in the model, not doubt about the model"
            } else {
                "luck, not doubt about the assumptions"
            },
            plain(&validation_words(&page.trust.validation))
        ));
    }
    if !page.trust.bearing.is_empty() {
        text.push_str(&format!("{}\n\n", plain(&bearing_words(&page.trust.bearing))));
    }
    if let Some(assumptions) = &page.trust.assumptions {
        text.push_str("Which conclusions depend on assumptions:\n\n");
        for judged in &assumptions.conclusions {
            text.push_str(&format!("- **{}**: {}\n", judged.verdict.words(), plain(&conclusion_words(judged))));
        }
        text.push_str(&format!("\n{}\n\n", plain(&assumptions.method())));
    }
    for (name, value) in &page.trust.facts {
        // A command is to be pasted as it stands.
        let value = if name == COMMAND { code(value) } else { plain(value) };
        text.push_str(&format!("- {}: {value}\n", plain(name)));
    }
    text
}

/// `text` to the letter.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let names = table.columns.iter().map(|column| {
        plain(&if column.unit.is_empty() {
            heading(&column.name)
        } else {
            format!("{} ({})", heading(&column.name), column.unit)
        })
    });
    let mut text = row(names.collect());
    text.push_str(&row(table.columns.iter().map(|_| "---".into()).collect()));
    for cells in &table.rows {
        text.push_str(&row(cells.iter().map(|cell| plain(&cell_text(cell))).collect()));
    }
    text
}

/// `text` without what Markdown would take for its own.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '*' | '_' | '`' | '[' | ']' | '<' | '>' | '|' | '\\' => {
                safe.push('\\');
                safe.push(letter);
            }
            '\n' => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}
