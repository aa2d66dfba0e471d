//! What a claim expects, as it is written: `low > high`, `none < some > heavy`, `(a - b) > 0.5 * (c - d)`.
//!
//! ```text
//! chain      = side relation side [relation side ...]       relation = > < >= <= ~
//! side       = sum [/ sum]
//! sum        = [+|-] product [(+|-) product ...]
//! product    = [number *] (number | arm | arm.metric | "(" sum ")")
//! ```
//!
//! A step of the chain is the difference of two neighbours. Shares are compared by cross multiplication, a / b > c / d as
//! a * d > c * b run by run, and divided by the mean of b * d: what a share is taken of must be positive on average.

use std::collections::BTreeMap;

/// What an arm gives in a metric.
pub type Column = (String, String);

/// A combination of arms: coefficients of columns, or of products of columns where shares are compared, and a constant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Combination {
    /// Coefficients by the columns that are multiplied, in order.
    pub terms: BTreeMap<Vec<Column>, f64>,
    /// What is added.
    pub constant: f64,
    /// What shares are taken of, multiplied; the difference of the shares is what was found divided by its mean.
    pub per: Option<Box<Combination>>,
}

impl Combination {
    /// Its value in each run, from a column for each of its terms; as many as the shortest column has.
    pub fn each_run(&self, columns: &BTreeMap<Column, Vec<f64>>) -> Vec<f64> {
        let parts: Vec<(Vec<f64>, f64)> =
            self.terms.iter().filter_map(|(term, coefficient)| Some((product(term, columns)?, *coefficient))).collect();
        let runs = parts.iter().map(|(column, _)| column.len()).min().unwrap_or(0);
        let of = |run: usize| parts.iter().filter_map(|(column, c)| Some(c * column.get(run)?)).sum::<f64>();
        (0..runs).map(|run| self.constant + of(run)).collect()
    }

    /// `self + factor * other`.
    fn plus(mut self, factor: f64, other: &Self) -> Self {
        for (term, coefficient) in &other.terms {
            *self.terms.entry(term.clone()).or_default() += factor * coefficient;
        }
        self.terms.retain(|_, coefficient| *coefficient != 0.0);
        self.constant += factor * other.constant;
        self
    }

    /// `self * other`.
    fn times(&self, other: &Self) -> Self {
        let mut product = Self::default().plus(other.constant, self).plus(self.constant, other);
        product.constant = self.constant * other.constant;
        for (left, a) in &self.terms {
            for (right, b) in &other.terms {
                let mut columns = [left.as_slice(), right].concat();
                columns.sort_unstable();
                *product.terms.entry(columns).or_default() += a * b;
            }
        }
        product.terms.retain(|_, coefficient| *coefficient != 0.0);
        product
    }

    /// Every column that is asked for.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.terms.keys().flatten()
    }
}

/// The columns of a term multiplied, run by run; nothing where one is missing.
pub fn product(term: &[Column], columns: &BTreeMap<Column, Vec<f64>>) -> Option<Vec<f64>> {
    let (first, others) = term.split_first()?;
    let mut product = columns.get(first)?.clone();
    for other in others {
        let factors = columns.get(other)?;
        product.truncate(factors.len());
        product.iter_mut().zip(factors).for_each(|(value, factor)| *value *= factor);
    }
    Some(product)
}

/// How two neighbours of a chain are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The difference is greater than nothing.
    Greater,
    /// The difference is no clear loss.
    AtLeast,
    /// The difference is next to nothing.
    Alike,
}

/// One step of a chain: a difference and what is expected of it, always so that more is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The step as written.
    pub text: String,
    /// The difference: greater side minus smaller side.
    pub difference: Combination,
    /// What is expected of it.
    pub relation: Relation,
    /// Whether the greater side stands to the right.
    pub upward: bool,
}

/// Reads a chain; terms without a metric of their own are of `metric`.
///
/// # Errors
///
/// What cannot be read, in a sentence.
pub fn chain(text: &str, metric: &str) -> Result<Vec<Step>, String> {
    let mut reader = Reader { rest: text.trim(), metric };
    let mut steps = Vec::new();
    let (mut left, mut left_text) = reader.side()?;
    while let Some((symbol, relation, upward)) = reader.relation() {
        let (right, right_text) = reader.side()?;
        let (greater, smaller) = if upward { (&right, &left) } else { (&left, &right) };
        let mut difference = greater.0.times(&smaller.1).plus(-1.0, &smaller.0.times(&greater.1));
        let per = smaller.1.times(&greater.1);
        if !per.terms.is_empty() {
            difference.per = Some(Box::new(per));
        }
        if difference.terms.is_empty() {
            return Err(format!("{left_text} {symbol} {right_text} compares nothing"));
        }
        steps.push(Step { text: format!("{left_text} {symbol} {right_text}"), difference, relation, upward });
        (left, left_text) = (right, right_text);
    }
    if !reader.rest.is_empty() {
        return Err(format!("\"{}\" cannot be read in \"{text}\"", reader.rest));
    }
    if steps.is_empty() {
        return Err(format!("\"{text}\" compares nothing; write e.g. low > high"));
    }
    Ok(steps)
}

/// Reads a single sum, e.g. `feedback - none`; terms without a metric of their own are of `metric`.
///
/// # Errors
///
/// What cannot be read, in a sentence.
pub fn sum(text: &str, metric: &str) -> Result<Combination, String> {
    let mut reader = Reader { rest: text.trim(), metric };
    let found = reader.sum()?;
    if !reader.rest.is_empty() {
        return Err(format!("\"{}\" cannot be read in \"{text}\"", reader.rest));
    }
    if found.terms.is_empty() {
        return Err(format!("\"{text}\" names no arm; write e.g. with - without"));
    }
    Ok(found)
}

struct Reader<'a> {
    rest: &'a str,
    metric: &'a str,
}

impl<'a> Reader<'a> {
    fn eat(&mut self, symbol: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(symbol) else { return false };
        self.rest = rest.trim_start();
        true
    }

    fn relation(&mut self) -> Option<(&'static str, Relation, bool)> {
        let known = [
            (">=", Relation::AtLeast, false),
            ("<=", Relation::AtLeast, true),
            (">", Relation::Greater, false),
            ("<", Relation::Greater, true),
            ("~", Relation::Alike, false),
        ];
        known.into_iter().find(|(symbol, ..)| self.eat(symbol))
    }

    /// A sum and what it is a share of, 1 where it is none, and how both were written.
    fn side(&mut self) -> Result<((Combination, Combination), String), String> {
        let from = self.rest;
        let sum = self.sum()?;
        let whole = if self.eat("/") { self.sum()? } else { Combination { constant: 1.0, ..Combination::default() } };
        let written = from.get(..from.len() - self.rest.len()).unwrap_or_default();
        Ok(((sum, whole), written.trim().into()))
    }

    fn sum(&mut self) -> Result<Combination, String> {
        let mut sign = if self.eat("-") { -1.0 } else { 1.0 };
        let mut total = Combination::default();
        loop {
            total = total.plus(sign, &self.product()?);
            sign = match (self.eat("+"), self.rest.starts_with('-')) {
                (true, _) => 1.0,
                (false, true) => {
                    self.eat("-");
                    -1.0
                }
                _ => break,
            };
        }
        Ok(total)
    }

    fn product(&mut self) -> Result<Combination, String> {
        if self.eat("(") {
            let inner = self.sum()?;
            return if self.eat(")") { Ok(inner) } else { Err(format!("a ) is missing before \"{}\"", self.rest)) };
        }
        let word = self.word();
        if let Ok(number) = word.parse::<f64>() {
            if self.eat("*") {
                return Ok(Combination::default().plus(number, &self.product()?));
            }
            return Ok(Combination { constant: number, ..Combination::default() });
        }
        let (arm, metric) = word.split_once('.').unwrap_or((word, self.metric));
        if arm.is_empty() || metric.is_empty() {
            return Err(match arm {
                "" => format!("the name of an arm is wanted before \"{}\"", self.rest),
                _ => format!("{arm} has no metric: give the claim a metric, or write {arm}.METRIC"),
            });
        }
        Ok(Combination { terms: BTreeMap::from([(vec![(arm.into(), metric.into())], 1.0)]), ..Combination::default() })
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|letter: char| !(letter.is_alphanumeric() || "_.".contains(letter)));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coefficients(step: &Step) -> Vec<(&str, &str, f64)> {
        step.difference
            .columns()
            .zip(step.difference.terms.values())
            .map(|((arm, metric), c)| (arm.as_str(), metric.as_str(), *c))
            .collect()
    }

    #[test]
    fn a_chain_is_a_list_of_differences_that_should_be_positive() {
        let steps = chain("none < some > heavy", "gain").unwrap();
        assert_eq!(steps.len(), 2);
        assert_eq!(coefficients(&steps[0]), [("none", "gain", -1.0), ("some", "gain", 1.0)]);
        assert_eq!(coefficients(&steps[1]), [("heavy", "gain", -1.0), ("some", "gain", 1.0)]);
        assert_eq!(steps[1].text, "some > heavy");
        assert!(steps[0].upward && !steps[1].upward);
    }

    #[test]
    fn brackets_factors_constants_and_metrics_are_read() {
        let steps = chain("a - b > 0.5 * (c - b.other) + 0.1", "gain").unwrap();
        let expected = [("a", "gain", 1.0), ("b", "gain", -1.0), ("b", "other", 0.5), ("c", "gain", -0.5)];
        assert_eq!(coefficients(&steps[0]), expected);
        assert_eq!(steps[0].difference.constant, -0.1);
        assert_eq!(chain("a ~ b", "m").unwrap()[0].relation, Relation::Alike);
        assert_eq!(chain("a >= b", "m").unwrap()[0].relation, Relation::AtLeast);
    }

    #[test]
    fn shares_are_compared_crosswise() {
        let step = chain("a / b < (c - a) / d", "gain").unwrap().remove(0);
        let columns = |names: [&str; 2]| names.map(|name| (name.to_owned(), "gain".to_owned())).to_vec();
        let expected = [(columns(["a", "d"]), -1.0), (columns(["a", "b"]), -1.0), (columns(["b", "c"]), 1.0)];
        assert_eq!(step.difference.terms, BTreeMap::from(expected));
        assert_eq!(step.text, "a / b < (c - a) / d");
        let per = step.difference.per.unwrap();
        assert_eq!(per.terms, BTreeMap::from([(columns(["b", "d"]), 1.0)]));
    }

    #[test]
    fn a_sum_stands_alone() {
        let found = sum("1 - kept.other + 2 * none", "gain").unwrap();
        assert_eq!((found.constant, found.terms[&vec![("kept".into(), "other".into())]]), (1.0, -1.0));
        assert_eq!(found.terms[&vec![("none".into(), "gain".into())]], 2.0);
        for (text, words) in [("a > b", "cannot be read"), ("a - a", "names no arm"), ("a -", "name of an arm")] {
            assert!(sum(text, "gain").unwrap_err().contains(words), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, words) in [
            ("a", "compares nothing"),
            ("a > a", "compares nothing"),
            ("a >", "name of an arm"),
            ("(a - b > c", ") is missing"),
            ("a > b ?", "cannot be read"),
        ] {
            assert!(chain(text, "m").unwrap_err().contains(words), "{text}");
        }
        assert!(chain("a > b", "").unwrap_err().contains("has no metric"));
    }
}
