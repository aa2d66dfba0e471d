//! Numbers and lists as people write them.

/// A share as percentage points with its sign, never `-0.0`.
pub fn signed(share: f64) -> String {
    let text = format!("{:+.1}", share * 100.0);
    if text == "-0.0" || text == "+0.0" { "0.0".into() } else { text }
}

/// A share on a scale of 0 to 100, `-` where there is none, never `-0.0`.
pub fn scaled(share: f64) -> String {
    if share.is_nan() { "-".into() } else { signed(share).trim_start_matches('+').into() }
}

/// `3 runs`, `1 run`.
pub fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// A sum in three significant digits, since no price is known better: `1,230,000`.
pub fn grouped(sum: f64) -> String {
    let mut unit = 1.0;
    while sum.abs() / unit >= 1000.0 {
        unit *= 10.0;
    }
    thousands(((sum.abs() / unit).round() * unit) as u64)
}

/// `12345` as `12,345`.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `sentence` in lines of at most 98 characters after `bullet`.
pub fn wrapped(bullet: &str, sentence: &str) -> String {
    let indent = " ".repeat(bullet.len());
    let (mut text, mut line) = (String::new(), String::from(bullet));
    for word in sentence.split(' ') {
        if line.len() + word.len() > 98 && line.len() > indent.len() {
            text.push_str(line.trim_end());
            text.push('\n');
            line.clone_from(&indent);
        }
        line.push_str(word);
        line.push(' ');
    }
    text + line.trim_end() + "\n"
}

/// A share in percent: `83`.
pub fn percent(share: f64) -> String {
    let text = format!("{:.0}", share * 100.0);
    if text == "-0" { "0".into() } else { text }
}

/// A number for reading: whole from 10 on, one decimal below, two below 1.
pub fn read(value: f64) -> String {
    let text = match value.abs() {
        10.0.. => format!("{value:.0}"),
        1.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let text: String = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text };
    if text == "-0" { "0".into() } else { text }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed<S: AsRef<str>>(parts: &[S]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// The sentence with a capital letter, unless it begins with a path or the name of a metric.
pub fn capital(sentence: &str) -> String {
    let word = sentence.split(' ').next().unwrap_or_default();
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !word.contains(['_', '.']) => first.to_uppercase().chain(letters).collect(),
        _ => sentence.into(),
    }
}

/// A name in a sentence: in quotes where it is several words.
pub fn named(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_are_written_as_people_do() {
        assert_eq!(signed(-0.0001), "0.0");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!([0.0, 999.6, 1_234.0, 5_026_400.0].map(grouped), ["0", "1,000", "1,230", "5,030,000"]);
        assert_eq!(
            [61.76, 2.04, 0.5, 0.0, -3.26, 100.0, -0.001].map(read),
            ["62", "2", "0.5", "0", "-3.3", "100", "0"]
        );
        assert_eq!([listed::<&str>(&[]), listed(&["a"]), listed(&["a", "b", "c"])], ["", "a", "a, b and c"]);
        assert_eq!(["the gain", "naive_bias is"].map(capital), ["The gain", "naive_bias is"]);
        assert_eq!([percent(-0.004), percent(0.125), percent(1.0)], ["0", "12", "100"]);
    }
}
