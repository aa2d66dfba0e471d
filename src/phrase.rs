//! Numbers as people say them. No phrase claims more than its interval allows.
use crate::stats::Estimate;

/// `12.3 (11.0 to 13.6)`, and whether that could be nothing.
pub fn points(estimate: Estimate) -> String {
    if estimate.value.is_nan() {
        return "beyond the weeks simulated, or undefined".into();
    }
    let value = signed(estimate.value);
    if estimate.low.is_nan() {
        return value;
    }
    let nothing = if estimate.excludes(0.0) || estimate.half_width() == 0.0 { "" } else { ", no clear change" };
    format!("{value} ({} to {}){nothing}", signed(estimate.low), signed(estimate.high))
}

/// `2.3 points (2.1 to 2.5)`, without sign.
pub fn magnitude(estimate: Estimate) -> String {
    let (low, high) =
        if estimate.value < 0.0 { (-estimate.high, -estimate.low) } else { (estimate.low, estimate.high) };
    format!("{:.1} points ({:.1} to {:.1})", estimate.value.abs() * 100.0, low * 100.0, high * 100.0)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_nothing_is_called_so() {
        let unclear = Estimate { value: 0.01, low: -0.01, high: 0.03, sd: 0.1, count: 50 };
        assert_eq!(points(unclear), "+1.0 (-1.0 to +3.0), no clear change");
        assert_eq!(points(Estimate { low: 0.004, ..unclear }), "+1.0 (+0.4 to +3.0)");
        assert_eq!(signed(-0.0001), "0.0");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!([0.0, 999.6, 1_234.0, 5_026_400.0].map(grouped), ["0", "1,000", "1,230", "5,030,000"]);
    }
}
