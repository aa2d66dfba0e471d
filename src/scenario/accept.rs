//! Whether a value may stand where it is given, whoever gives it: a file, `--set`, a sweep.

use super::{
    nearest::{nearest, one_of},
    slot::{Address, Declared, NAME, Slot, Value},
};

/// What is wrong with a value, and what would be right.
pub(super) type Fault = (String, String);

/// Longest piece of a wrong value that is repeated in a message.
const REPEATED: usize = 40;

/// The table as it is headed in a file: `[run]`, `[[programme]]`, `this file`.
pub(super) fn heading(table: &str) -> String {
    use super::slot::table::{PROFESSION, PROGRAMME};
    match table {
        "" => "this file".into(),
        PROFESSION | PROGRAMME => format!("[[{table}]]"),
        _ => format!("[{table}]"),
    }
}

/// `value` short enough to repeat.
pub(super) fn repeated(value: &str) -> String {
    let mut short: String = value.chars().take(REPEATED).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if value.chars().count() > REPEATED {
        short.push_str("...");
    }
    short
}

/// What may be given for a slot, as a sentence that begins with its key.
pub(super) fn advice(slot: &Slot) -> String {
    format!("{} is {}", slot.key, slot.declared.accepted())
}

/// Checks a number, given as `written`.
pub(super) fn number(slot: &Slot, number: f64, written: &str) -> Result<Value, Fault> {
    let said = format!("{} = {}", slot.key, repeated(written));
    let fault = |what: String| Err((what, advice(slot)));
    let Some((low, high)) = slot.declared.range() else {
        return fault(format!("{said} in {}: text is wanted here, not a number", heading(&slot.table)));
    };
    if number.is_nan() {
        return fault(format!("{said} in {}: not a number", heading(&slot.table)));
    }
    if !(low..=high).contains(&number) {
        let side = if number < low { "below" } else { "above" };
        let end = if number < low { low } else { high };
        return fault(format!("{said} in {} is {side} {end}", heading(&slot.table)));
    }
    match slot.declared {
        Declared::Quantity(quantity) if !quantity.accepts(number) => {
            fault(format!("{said} in {} is not a whole number", heading(&slot.table)))
        }
        _ => Ok(Value::Number(number)),
    }
}

/// Checks a text.
pub(super) fn text(slot: &Slot, text: &str) -> Result<Value, Fault> {
    let said = format!("{} = \"{}\"", slot.key, repeated(text));
    match slot.declared {
        Declared::Quantity(_) | Declared::Lever(_) => {
            let quotes = match text.trim().parse::<f64>() {
                Ok(_) => "write it without quotes; ".into(),
                Err(_) => meant_number(text).map(|meant| format!("{meant}; ")).unwrap_or_default(),
            };
            Err((
                format!("{said} in {}: a number is wanted here, not text", heading(&slot.table)),
                format!("{quotes}{}", advice(slot)),
            ))
        }
        Declared::Choice(choice) => {
            let names = choice.names.iter().copied();
            if choice.names.contains(&text) {
                return Ok(Value::Text(text.into()));
            }
            let meant =
                nearest(text, names.clone()).map(|name| format!("did you mean \"{name}\"? ")).unwrap_or_default();
            Err((
                format!("unknown {said} in {}", heading(&slot.table)),
                format!("{meant}{} is {}", slot.key, one_of(names)),
            ))
        }
        Declared::Text(_) => {
            if slot.address != Address::Title
                && let Err(why) = name(text)
            {
                return Err((format!("{said} in {} {why}", heading(&slot.table)), advice(slot)));
            }
            if text.chars().any(char::is_control) {
                let what = format!("{said} in {} has a line break or another control character", heading(&slot.table));
                return Err((what, advice(slot)));
            }
            Ok(Value::Text(text.into()))
        }
    }
}

/// How to write a number that is given with a decimal comma, with commas between thousands or in percent.
pub(super) fn meant_number(text: &str) -> Option<String> {
    let text = text.trim();
    let (digits, in_percent) = text.strip_suffix('%').map_or((text, false), |digits| (digits.trim_end(), true));
    if !digits.chars().all(|letter| letter.is_ascii_digit() || "+-.,".contains(letter)) {
        return None;
    }
    let groups: Vec<&str> = digits.split(',').collect();
    if let [first, thousands @ ..] = groups.as_slice()
        && !in_percent
        && !thousands.is_empty()
        && !first.trim_start_matches(['+', '-', '0']).is_empty()
        && thousands.iter().all(|group| group.len() == 3)
    {
        let number: f64 = groups.concat().parse().ok()?;
        return Some(format!("write {number}, without commas between thousands"));
    }
    let number: f64 = digits.replacen(',', ".", 1).parse().ok()?;
    match (in_percent, groups.len()) {
        // More digits than anybody writes, and none that dividing leaves.
        (true, _) => Some(format!("write a share as {}, without %", (number * 1e6).round() / 1e8)),
        (false, 2) => Some(format!("write {number}, with a decimal point")),
        _ => None,
    }
}

/// Whether `text` can name a programme or a profession; if not, why.
pub(super) fn name(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        Err("is empty")
    } else if text.trim() != text {
        Err("begins or ends with a blank")
    } else if text.chars().any(char::is_control) {
        Err("has a line break or another control character")
    } else if text.chars().all(|letter| letter.is_ascii_digit()) {
        Err("is a number, which paths use to count; give it a letter")
    } else {
        Ok(())
    }
}

/// Whether `text` can be the free name of a shock.
pub(super) fn free_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter))
}

/// How a missing name is asked for.
pub(super) fn name_wanted(table: &str) -> Fault {
    (format!("{} without a {NAME}", heading(table)), format!("add {NAME} = \"...\" under {}", heading(table)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_other_places_write_them_are_understood() {
        for (text, meant) in [
            ("0,2", "write 0.2, with a decimal point"),
            (" -1,25", "write -1.25, with a decimal point"),
            ("0,125", "write 0.125, with a decimal point"),
            ("20 %", "write a share as 0.2, without %"),
            ("56,7%", "write a share as 0.567, without %"),
            ("1,000", "write 1000, without commas between thousands"),
            ("2,500,000", "write 2500000, without commas between thousands"),
        ] {
            assert_eq!(meant_number(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "%", "much", "a,b", "0.2", "1,2,3", "nan %", "x %"] {
            assert_eq!(meant_number(text), None, "{text}");
        }
    }
}
