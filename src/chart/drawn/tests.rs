use super::*;
use crate::chart::{
    read::{Wanted, read},
    rules::Rule,
};

/// A file of months from January 2014 on.
fn months(header: &str, rows: impl IntoIterator<Item = String>) -> Data {
    let rows = rows.into_iter().enumerate();
    let lines = rows.map(|(place, row)| format!("{}-{:02},{row}\n", 2014 + place / 12, place % 12 + 1));
    read(format!("month,{header}\n{}", lines.collect::<String>()).as_bytes(), &Wanted::default()).unwrap()
}

fn values(numbers: &[f64]) -> Data {
    months("value", numbers.iter().map(f64::to_string))
}

fn remark(time: &str, text: &str) -> Remark {
    Remark { time: time.into(), text: text.into() }
}

fn one(data: &Data, asked: &Asked) -> Result<Charted, String> {
    drawn(data, asked).map(|mut all| all.swap_remove(0))
}

/// Twelve about 10, then twelve about 20.
fn step() -> Vec<f64> {
    (0..24).map(|place| if place < 12 { 10.0 } else { 20.0 } + f64::from(place % 3) - 1.0).collect()
}

#[test]
fn a_frozen_baseline_shows_a_shift_that_lines_from_all_points_would_swallow() {
    let data = values(&step());
    let frozen = one(&data, &Asked { baseline: Some(12), ..Asked::default() }).unwrap();
    assert_eq!((frozen.parts[0].base, frozen.points[23].lines.centre), (12, 10.0));
    // The last point of the baseline lies above the centre too.
    assert!(
        frozen.signals.iter().any(|signal| signal.rule == Rule::Shift && signal.points == (11..24).collect::<Vec<_>>())
    );
    let all = one(&data, &Asked::default()).unwrap();
    assert_eq!(all.points[0].lines.centre, 15.0);
}

#[test]
fn lines_change_only_where_somebody_says_so() {
    let data = values(&step());
    assert_eq!(one(&data, &Asked::default()).unwrap().parts.len(), 1);
    let broken = one(&data, &Asked { breaks: vec![remark("Jan 2015", "new form")], ..Asked::default() }).unwrap();
    assert_eq!((broken.parts.len(), broken.parts[1].reason.as_str()), (2, "new form"));
    assert_eq!((broken.points[11].lines.centre, broken.points[12].lines.centre), (10.0, 20.0));
    // Rules begin anew with the new lines.
    assert!(broken.signals.is_empty(), "{:?}", broken.signals);
}

#[test]
fn a_ghost_is_shown_and_counts_in_nothing() {
    let mut numbers = step()[..12].to_vec();
    numbers[5] = 90.0;
    let data = values(&numbers);
    let with = one(&data, &Asked::default()).unwrap();
    let without = one(&data, &Asked { ghosts: vec![remark("June 2014", "strike")], ..Asked::default() }).unwrap();
    assert!(with.points[0].lines.centre > 16.0 && without.points[0].lines.centre < 10.5);
    assert_eq!((without.points[5].value, without.points[5].ghost.as_str()), (90.0, "strike"));
    assert!(without.signals.is_empty() && without.kind == Kind::Run);
}

#[test]
fn the_kind_follows_the_data() {
    let kind = |data: &Data| one(data, &Asked::default()).unwrap().kind;
    let steady = |place: usize| 40 + [0, 3, 5, 1, 4, 2][place % 6];
    let wild = |place: usize| 40 + [0, 30, 5, 25, 4, 31][place % 6];
    assert_eq!(kind(&months("r,n", (0..24).map(|place| format!("{},80", steady(place))))), Kind::P);
    assert_eq!(kind(&months("r,n", (0..24).map(|place| format!("{},80", wild(place))))), Kind::PPrime);
    assert_eq!(kind(&months("falls,days", (0..24).map(|place| format!("{},900", steady(place))))), Kind::U);
    assert_eq!(kind(&months("falls,days", (0..24).map(|place| format!("{},900", wild(place))))), Kind::UPrime);
    assert_eq!(kind(&months("falls", (0..24).map(|place| steady(place).to_string()))), Kind::C);
    assert_eq!(kind(&months("falls", (0..24).map(|place| wild(place).to_string()))), Kind::Xmr);
    assert_eq!(kind(&values(&step())), Kind::Xmr);
    assert_eq!(kind(&values(&step()[..11])), Kind::Run);
}

#[test]
fn moving_ranges_have_limits_and_jumps_are_special() {
    // Ranges by hand: 1, 2, 1, a gap, 1, 2, 1, 30, 2, 1, 2, 1, 2: mean 46/12 and limit 3.267 times that, 12.52.
    let numbers = ["10", "11", "9", "10", "", "10", "11", "9", "10", "40", "42", "41", "43", "42", "40"];
    let data = months("value", numbers.map(String::from));
    let found = one(&data, &Asked::default()).unwrap();
    let ranges: Vec<f64> = found.points.iter().map(|point| point.range).collect();
    assert!(ranges[0].is_nan() && ranges[4].is_nan() && ranges[5].is_nan());
    assert_eq!((ranges[1], ranges[9], ranges[14]), (1.0, 30.0, 2.0));
    let part = &found.parts[0];
    assert!((part.range - 46.0 / 12.0).abs() < 1e-12 && (part.range_limit() - 3.267 * part.range).abs() < 1e-12);
    let jumps: Vec<&Signal> = found.signals.iter().filter(|signal| signal.rule == Rule::Jump).collect();
    assert!(jumps.len() == 1 && jumps[0].points == [8, 9] && jumps[0].up);
    assert!(!jumps[0].rings(9) && jumps[0].tells(9) && !jumps[0].tells(8));
    // A ghost is passed over; a break begins anew; lines of one's own have no limit of ranges.
    let ghost = one(&data, &Asked { ghosts: vec![remark("Oct 2014", "strike")], ..Asked::default() }).unwrap();
    assert!(ghost.points[9].range.is_nan() && ghost.points[10].range == 32.0);
    let own = one(&data, &Asked { limits: Some([0.0, 10.0, 20.0]), ..Asked::default() }).unwrap();
    assert!(!own.has_ranges() && own.signals.iter().all(|signal| signal.rule != Rule::Jump));
    let broken =
        one(&values(&step()), &Asked { breaks: vec![remark("Jan 2015", "form")], ..Asked::default() }).unwrap();
    assert!(broken.points[12].range.is_nan() && broken.points[13].range == 1.0);
}

#[test]
fn limits_of_ones_own_are_in_the_units_of_the_chart() {
    let data = months("r,n", (0..6).map(|place| format!("{},80", 60 + place)));
    let own = one(&data, &Asked { limits: Some([60.0, 75.0, 79.0]), ..Asked::default() }).unwrap();
    let lines = own.points[0].lines;
    assert!(
        (lines.low - 60.0).abs() < 1e-9 && (lines.near_low - 65.0).abs() < 1e-9 && (lines.high - 79.0).abs() < 1e-9
    );
    assert_eq!(own.signals[0].rule, Rule::Outside);
    assert!(own.own_limits && own.parts[0].base == 6);
}

#[test]
fn what_does_not_fit_is_refused_with_what_would() {
    let data = values(&step());
    let asked = |change: &dyn Fn(&mut Asked)| {
        let mut asked = Asked::default();
        change(&mut asked);
        one(&data, &asked).unwrap_err()
    };
    let breaks = |times: &[&str]| times.iter().map(|time| remark(time, "why")).collect::<Vec<_>>();
    for (said, what) in [
        (asked(&|asked| asked.baseline = Some(11)), "--baseline: fewer than 12 points"),
        (asked(&|asked| asked.baseline = Some(25)), "--baseline 25: there are only 24 points"),
        (
            asked(&|asked| asked.breaks = breaks(&["2015-06"])),
            "--break: from Jun 2015 to Dec 2015 there are 7 points; new lines need 12",
        ),
        (
            asked(&|asked| asked.breaks = breaks(&["2013-06"])),
            "--break 2013-06: a break lies between two points, after Jan 2014",
        ),
        (asked(&|asked| asked.breaks = breaks(&["2015-01", "2015-01"])), "two of them lie before Jan 2015"),
        (
            asked(&|asked| asked.ghosts = breaks(&["2016-01"])),
            "--ghost 2016-01: there is no point then; the points go from Jan 2014",
        ),
        (asked(&|asked| asked.limits = Some([3.0, 2.0, 4.0])), "the centre lies between the limits"),
        (asked(&|asked| asked.kind = Some(Kind::P)), "--kind p: takes a numerator"),
        (asked(&|asked| asked.per = Some(100.0)), "--per is about rates"),
        (asked(&|asked| asked.notes = breaks(&["someday"])), "--note someday: is no date"),
    ] {
        assert!(said.contains(what), "{said}");
    }
    let empty = months("value", ["".to_owned(), "n/a".into()]);
    assert!(one(&empty, &Asked::default()).unwrap_err().contains("no number at all"));
    let single = values(&[3.0]);
    assert_eq!(one(&single, &Asked::default()).unwrap().kind, Kind::Run);
    assert!(one(&single, &Asked { kind: Some(Kind::Xmr), ..Asked::default() }).unwrap_err().contains("has 1 point"));
}
