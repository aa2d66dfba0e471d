//! The page: whole, alone, readable without eyes, and not too large.
use super::*;
use crate::{
    ensemble::{Plan, run_ensemble, summarise, tests::wobbling},
    metrics::{Observation, incidents, tests::small_scenario},
    output::findings::{Findings, findings},
    rng::Luck,
};
use gallery::every_kind;
use std::ops::ControlFlow;

#[allow(dead_code, missing_docs)]
#[path = "../../../examples/pictures.rs"]
mod gallery;

fn run(runs: u64) -> Findings {
    let scenario = small_scenario();
    let simulate = |replicate| wobbling(&scenario, replicate);
    let ensemble = run_ensemble(&scenario, &Plan::of(runs), None, simulate, |_| ControlFlow::Continue(())).unwrap();
    let pair = wobbling(&scenario, 0);
    let observation = Observation::new(&scenario, &pair, 0).unwrap();
    let ward =
        incidents::typical_ward(&observation, &incidents::Incidents::default(), Luck { seed: 1, replicate: 0 }, 2);
    findings(&scenario, &summarise(&scenario, 7, &ensemble), 0, &ensemble, None, &[ward])
}

fn page_of(found: &Findings, pictures: &[Picture]) -> String {
    let trust = Trust {
        facts: vec![("Runs".into(), "40".into())],
        assumptions: None,
        read: Vec::new(),
        drawn: false,
        standing: trust::standing(&small_scenario()),
        validation: trust::validation().unwrap(),
        bearing: vec![],
    };
    let page =
        Page { about: "A <test>".into(), answer: &found.answer, numbers: &found.numbers, pictures, trust: &trust };
    assert!(
        markdown::markdown(&page).starts_with("# ")
            && markdown::markdown(&page).contains(&found.answer.sentences[0].replace('_', "\\_"))
    );
    html(&page)
}

#[test]
fn the_page_needs_nothing_from_anywhere() {
    let found = run(40);
    let page = page_of(&found, &[found.pictures.clone(), every_kind()].concat());
    for word in ["<script", "http://", "https://", "url(", "@import", "src=", "<link", "<iframe"] {
        let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains(word), "{word}");
    }
    assert!(page.contains("A &lt; B &amp; C.") && !page.contains("<24 months") && !page.contains("A <test>"));
}

#[test]
fn a_broad_table_has_the_heads_of_its_columns_beside_each_cell_on_a_telephone() {
    let broad = |name: &str| {
        let columns = ["what", name, "a_column_that_is_long", "another_column_that_is_long"].map(|name| (name, "", ""));
        let mut table = Table::new("t", &columns);
        table.rows.push(vec![
            Cell::Text("a_row_that_is_named_at_length".into()),
            Cell::Count(1),
            Cell::Count(2),
            Cell::Count(3),
        ]);
        table
    };
    let of = |table: &Table| scrolling(table, "t", 1).into_string();
    let page = of(&broad("gain"));
    assert!(page.contains("class=\"stacked\"") && page.contains("--head1:'gain';"), "{page}");
    // What comes from outside stays a word of the style, whatever is in it.
    let page = of(&broad("x';}<b>"));
    assert!(page.contains("--head1:'x\\27 \\3b \\7d \\3c b\\3e ';"), "{page}");
    let narrow = Table::new("t", &[("a", "", ""), ("b", "", "")]);
    assert!(!of(&narrow).contains("stacked"));
}

#[test]
fn every_picture_has_words_and_numbers_instead() {
    let found = run(40);
    assert!(found.pictures.len() >= 6, "{:?}", found.pictures.iter().map(|picture| &picture.name).collect::<Vec<_>>());
    let pictures = [found.pictures.clone(), every_kind()].concat();
    let page = page_of(&found, &pictures);
    let figures: Vec<&str> = page.split("<figure ").skip(1).collect();
    assert_eq!(figures.len(), pictures.len());
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    for (figure, picture) in figures.iter().zip(&pictures) {
        for part in ["role=\"img\"", "<title id=", "<desc id=", "<figcaption>", "<table", "download="] {
            assert!(figure.contains(part), "{}: no {part}", picture.name);
        }
        assert!(!picture.table().rows.is_empty(), "{}", picture.name);
        assert!(picture.table().rows.iter().all(|row| row.len() == picture.table().columns.len()), "{}", picture.name);
    }
    assert!(!page.contains("NaN") && !page.contains(">inf"), "a number that is none is written");
}

#[test]
fn pictures_stay_inside_their_width_and_have_no_wild_places() {
    for picture in [run(40).pictures, every_kind()].concat() {
        for width in [WIDE, NARROW] {
            let drawn = svg(&picture, width).into_string();
            for attribute in [" x=\"", " x1=\"", " x2=\"", " cx=\""] {
                for value in drawn.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                    let x: f64 = value.parse().unwrap();
                    assert!((-1.0..=width + 1.0).contains(&x), "{}: {attribute}{value} of {width}", picture.name);
                }
            }
        }
    }
}

#[test]
fn words_at_the_end_of_lines_do_not_lie_on_each_other() {
    let Chart::Weeks(mut weeks) = every_kind().remove(0).chart else { panic!("the first kind is weeks") };
    for line in &mut weeks.panels[0].lines {
        line.values = vec![0.5; 100];
    }
    let drawn = svg(&Picture::new("x", "X.", "", Chart::Weeks(weeks)), WIDE).into_string();
    let names = drawn.split("class=\"name").skip(1).count();
    let mut heights: Vec<f64> = drawn
        .split("<text")
        .filter(|text| text.contains("class=\"name"))
        .filter_map(|text| text.split(" y=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    heights.sort_by(f64::total_cmp);
    assert_eq!((names, heights.len()), (3, 3));
    assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= draw::LETTER), "{heights:?}");
}

#[test]
fn a_page_of_many_runs_stays_below_a_megabyte() {
    let found = run(1000);
    let page = page_of(&found, &found.pictures);
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert_eq!(page, page_of(&run(1000), &found.pictures), "the same answer gives other bytes");
}

#[test]
fn the_file_of_known_failures_can_be_read_and_bears_where_it_says() {
    let known = |what: &str, bears_on: &[&str]| trust::Known {
        pattern: "P1".into(),
        name: "One".into(),
        result: if bears_on.is_empty() { "fail" } else { "undecided" }.into(),
        what: what.into(),
        bears_on: bears_on.iter().map(|word| (*word).into()).collect(),
    };
    let validation =
        trust::Validation { tested: 3, failures: vec![known("everywhere", &[]), known("pay", &["Payment"])] };
    assert_eq!(validation.bearing_on("of turnover").len(), 1);
    assert_eq!(validation.bearing_on("more payment").len(), 2);
    assert!(trust::validation().is_ok());
    assert!(trust::validation_words(&trust::Validation::default()).contains("not been validated"));
    assert_eq!(
        trust::validation_words(&validation),
        "1 of 3 patterns of the evidence that were tested pass; 1 fails and 1 is undecided."
    );
}

#[test]
fn patterns_are_counted_as_on_the_classroom_page() {
    // The page counts these rows. Were any neither here nor there, the file of known failures would not say so.
    let document = include_str!("../../../docs/validation.md");
    let rows = |result: &str| document.lines().filter(|line| line.starts_with("| P") && line.contains(result)).count();
    let [pass, others @ ..] = ["| pass", "| fail |", "| not emergent |", "| tautology |", "| undecided |"].map(rows);
    let words = trust::validation_words(&trust::validation().unwrap());
    let counts = format!("{pass} of {} patterns", pass + others.iter().sum::<usize>());
    assert!(words.starts_with(&counts), "{counts}: {words}");
    for (count, what) in others.into_iter().zip(["fail", "built in", "tautolog", "undecided"]) {
        assert_eq!(words.contains(what), count > 0, "{what}: {words}");
    }
}

#[test]
fn links_hold_the_file_as_it_is() {
    assert_eq!(percent_encoded(b"a,b\n\"1 %\"&\xc3\xa4\n"), "a,b%0A%221%20%25%22%26%C3%A4%0A");
}
