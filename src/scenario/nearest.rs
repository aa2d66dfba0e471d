//! The name somebody probably meant.

use strsim::damerau_levenshtein;

/// Names longer than this are no slip of the pen, and comparing them would take long.
const LONGEST: usize = 80;

/// The candidate closest to `wanted`, if one is close enough to have been meant: at most a third of its letters differ,
/// or one contains the other. Capitals, hyphens and blanks do not count as differences. The first of equals wins.
pub(crate) fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.is_empty() || wanted.chars().count() > LONGEST {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(wanted);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let name = plain(candidate);
        let mut distance = damerau_levenshtein(&wanted, &name);
        let allowed = name.chars().count().max(wanted.chars().count()).div_ceil(3);
        if wanted.len() >= 4 && (name.contains(&wanted) || (name.len() >= 4 && wanted.contains(&name))) {
            distance = distance.min(allowed);
        }
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
}
