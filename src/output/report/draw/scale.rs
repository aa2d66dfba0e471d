//! Axes: from numbers to places, and which numbers to write beside them.
use crate::picture::Unit;

/// A straight axis from numbers to places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Smallest number on the axis.
    pub low: f64,
    /// Largest.
    pub high: f64,
    /// Place of the smallest.
    pub from: f64,
    /// Place of the largest.
    pub to: f64,
}

impl Scale {
    /// The place of `value`.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if span > 0.0 { self.from + (value - self.low) / span * (self.to - self.from) } else { self.from }
    }

    /// The place of `value`, at the nearer end where it lies beyond.
    pub fn held(&self, value: f64) -> f64 {
        self.at(value.clamp(self.low, self.high.max(self.low)))
    }
}

/// Ends of an axis that holds `values` and a little air, on whole steps; and the steps, at most about `most`.
/// With `from_zero` it holds zero too.
pub fn axis(values: impl IntoIterator<Item = f64>, from_zero: bool, most: usize) -> (f64, f64, Vec<f64>) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        (low, high) = (low.min(value), high.max(value));
    }
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    if from_zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if high - low < 1e-9 * high.abs().max(1e-6) {
        // A single number in the middle of something.
        let around = if high == 0.0 { 0.01 } else { high.abs() * 0.1 };
        (low, high) = if from_zero && low >= 0.0 { (0.0, high + around) } else { (low - around, high + around) };
    }
    let step = step((high - low) / most.max(1) as f64);
    // A hair of tolerance, lest 0.3 / 0.1 asks for a step more.
    let (first, last) = ((low / step + 1e-6).floor(), (high / step - 1e-6).ceil());
    let ticks = (0..=(last - first) as usize).map(|tick| (first + tick as f64) * step).collect();
    (first * step, last * step, ticks)
}

/// The smallest of 1, 2, 5 x a power of ten that is not below `least`.
fn step(least: f64) -> f64 {
    let mut power = 1e-9;
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= least * 0.999).unwrap_or(power)
}

/// A number beside an axis whose steps are `step` wide, without its unit.
pub fn tick(value: f64, step: f64, unit: Unit) -> String {
    let (value, step) = (value * unit.factor(), step * unit.factor());
    if matches!(unit, Unit::Money(_)) {
        return money(value);
    }
    let decimals = if step >= 0.999 {
        0
    } else if step >= 0.0999 {
        1
    } else if step >= 0.00999 {
        2
    } else {
        3
    };
    written(value, decimals, unit == Unit::Points)
}

/// A number that stands alone in a picture, without its unit.
pub fn number(value: f64, unit: Unit) -> String {
    let shown = value * unit.factor();
    match unit {
        _ if value.is_nan() => "–".into(),
        Unit::Money(_) => money(shown),
        Unit::Share => written(shown, 0, false),
        Unit::Points => written(shown, 1, true),
        Unit::Hundredths(_) => written(shown, 1, false),
        Unit::Plain(_) if shown.abs() >= 100.0 => written(shown, 0, false),
        Unit::Plain(_) if shown.abs() >= 10.0 => written(shown, 1, false),
        Unit::Plain(_) => written(shown, 2, false),
    }
}

fn written(value: f64, decimals: usize, sign: bool) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let nothing = text.chars().all(|letter| letter == '0' || letter == '.');
    match () {
        () if nothing => text,
        () if value < 0.0 => format!("−{text}"),
        () if sign => format!("+{text}"),
        () => text,
    }
}

/// Money in thousands or millions.
fn money(value: f64) -> String {
    let (size, sign) = (value.abs(), if value < 0.0 { "−" } else { "" });
    let short = |scaled: f64, name: &str| {
        let text = if scaled >= 99.95 { format!("{scaled:.0}") } else { format!("{scaled:.1}") };
        format!("{sign}{}{name}", text.strip_suffix(".0").unwrap_or(&text))
    };
    match size {
        _ if size >= 999_500.0 => short(size / 1e6, " m"),
        _ if size >= 1_000.0 => short(size / 1e3, " k"),
        _ => format!("{sign}{size:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_its_numbers_on_whole_steps() {
        assert_eq!(
            axis([0.503, 0.687], false, 5),
            (0.5, 0.7000000000000001, vec![0.5, 0.55, 0.6000000000000001, 0.65, 0.7000000000000001])
        );
        assert_eq!(axis([3.0, 17.0], true, 4), (0.0, 20.0, vec![0.0, 5.0, 10.0, 15.0, 20.0]));
        let (low, high, ticks) = axis([f64::NAN], true, 4);
        assert!(low == 0.0 && high >= 1.0 && ticks.len() > 2);
        for single in [0.0, 0.5, -3.0] {
            let (low, high, ticks) = axis([single], false, 4);
            assert!(low < single && single < high && (3..20).contains(&ticks.len()), "{single}");
        }
    }

    #[test]
    fn places_are_in_proportion() {
        let scale = Scale { low: 0.5, high: 0.7, from: 100.0, to: 0.0 };
        assert!((scale.at(0.6) - 50.0).abs() < 1e-9 && scale.held(9.0) == 0.0);
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(number(0.0534, Unit::Points), "+5.3");
        assert_eq!(number(-0.0001, Unit::Points), "0.0");
        assert_eq!(number(-0.2, Unit::Points), "−20.0");
        assert_eq!(number(0.534, Unit::Share), "53");
        assert_eq!([950.0, 12_340.0, 1_999_900.0].map(|sum| number(sum, Unit::Money("GBP"))), ["950", "12.3 k", "2 m"]);
        assert_eq!(tick(0.05, 0.025, Unit::Points), "+5");
        assert_eq!(tick(0.5, 0.05, Unit::Plain("")), "0.50");
    }
}
