//! The name somebody probably meant.

use strsim::damerau_levenshtein;

/// Names longer than this are no slip of the pen, and comparing them would take long.
const LONGEST: usize = 80;

/// The candidate closest to `wanted`, if one is close enough to have been meant: at most a quarter of the letters differ,
/// a slip of one in short names, or one is the last words of the other. Of paths only the parts that differ are held
/// against each other, so that a shared table makes no two names alike. Capitals, hyphens and blanks do not count as
/// differences. The first of equals wins.
pub(crate) fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.is_empty() || wanted.chars().count() > LONGEST {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(wanted);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let name = plain(candidate);
        let (wanted, name) = apart(&wanted, &name);
        let mut distance = damerau_levenshtein(&wanted, &name);
        let allowed = (name.chars().count().max(wanted.chars().count()) / 4).max(1);
        if ends(&wanted, &name) || ends(&name, &wanted) {
            distance = distance.min(allowed);
        }
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Two paths without the parts that they begin and end with alike.
fn apart(one: &str, other: &str) -> (String, String) {
    let [mut one, mut other]: [Vec<&str>; 2] = [one.split('.').collect(), other.split('.').collect()];
    while one.len() > 1 && other.len() > 1 && one[0] == other[0] {
        (one, other) = (one.split_off(1), other.split_off(1));
    }
    while one.len() > 1 && other.len() > 1 && one.last() == other.last() {
        one.pop();
        other.pop();
    }
    (one.join("."), other.join("."))
}

/// Whether `name` ends with the words of `end`, unless these are hardly anything.
fn ends(name: &str, end: &str) -> bool {
    let before = name.strip_suffix(end).filter(|_| end.len() >= 4);
    before.is_some_and(|before| before.ends_with(['_', '.']))
}

/// `a, b or c`.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).into(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let names = ["sanction", "sanction_after", "peer_audit", "payment"];
        assert_eq!(nearest("sancton", names), Some("sanction"));
        assert_eq!(nearest("Peer-Audit", names), Some("peer_audit"));
        assert_eq!(nearest("audit", names), Some("peer_audit"));
        assert_eq!(nearest("weather", names), None);
        assert_eq!(nearest("", names), None);
    }

    /// Of what was taken away nothing like it is left, and something else would be no help.
    #[test]
    fn what_is_gone_was_not_something_else() {
        let none = |wanted: &str, name: &str| assert_eq!(nearest(wanted, [name]), None, "{wanted}");
        none("parameters.practice.support_weight", "parameters.practice.norm_weight");
        none("parameters.blame.fear", "parameters.blame.dread");
        none("parameters.permanence.sponsor_signal", "parameters.permanence.horizon_weeks");
        none("parameters.closure.weeks", "parameters.exposure.weeks");
        none("sponsor_signal", "sponsor");
        none("fear", "team");
        let path = "parameters.practice.norm_weight";
        for near in ["parameters.practise.norm_weight", "parameters.practice.norm_wieght", "practice.norm_weight"] {
            assert_eq!(nearest(near, [path]), Some(path), "{near}");
        }
    }
}
