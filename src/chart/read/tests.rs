use super::*;
use crate::chart::day::day;

fn of(text: &str) -> Result<Data, String> {
    read(text.as_bytes(), &Wanted::default())
}

fn by_unit(text: &str, wanted: impl FnOnce(&mut Wanted)) -> Result<Data, String> {
    let mut asked = Wanted { named: Named { unit: vec!["site".into()], ..Named::default() }, ..Wanted::default() };
    wanted(&mut asked);
    read(text.as_bytes(), &asked)
}

fn values(data: &Data) -> Vec<f64> {
    data.series[0].points.iter().map(|point| point.value).collect()
}

#[test]
fn a_file_as_a_spreadsheet_of_another_country_writes_it_is_understood_and_said() {
    let text = "\u{feff}Handhygiene Station 7;;\nMonat;Compliance;Wer\nNov 2014;83,5 %;A. B.\nDec 2014;80 %;\nJan 2015;;\nFeb 2015;90 %;\nTotal;84 %;\n";
    let data = of(text).unwrap();
    assert_eq!((data.measured, data.said), (Measured::Value(true), Said::Month));
    assert_eq!(&values(&data)[..2], [83.5, 80.0]);
    assert!(values(&data)[2].is_nan() && values(&data)[3] == 90.0);
    assert_eq!(
        data.notes,
        [
            "Line 1 above the header is a title and not read.",
            "Read as plain values: \"Compliance\", by \"Monat\".",
            "Column \"Wer\" is not read.",
            "Sums or remarks are no points and are not read: line 7.",
            "Commas are read as decimal commas (line 3: \"83,5 %\").",
            "A gap without a number: Jan 2015. No line is drawn across a gap.",
        ]
    );
}

#[test]
fn months_out_of_order_are_sorted_and_missing_ones_stay_gaps() {
    let data = of("month,r,n\n2015-02,1,4\n2014-11,2,4\n2014-12,3,4\n").unwrap();
    assert_eq!(
        data.series[0].points.iter().map(|point| point.at).collect::<Vec<_>>(),
        [(2014, 11), (2014, 12), (2015, 1), (2015, 2)].map(|(year, month)| day(year, month, 1).unwrap())
    );
    assert!(values(&data)[2].is_nan() && values(&data)[3] == 0.25);
    assert!(data.notes.iter().any(|note| note.contains("are sorted")), "{:?}", data.notes);
}

#[test]
fn units_are_told_apart_chosen_and_added_up() {
    let text =
        "month,site,r,n\n2014-11,A,1,4\n2014-11,B,3,4\n2014-12,A,2,4\n2014-12,B,,\n2015-01,A,1,2\n2015-01,B,0,2\n";
    let apart = by_unit(text, |_| ()).unwrap();
    assert_eq!(
        apart.series.iter().map(|series| (series.unit.as_str(), series.points.len())).collect::<Vec<_>>(),
        [("A", 3), ("B", 3)]
    );
    let one = by_unit(text, |wanted| wanted.only = vec!["B".into()]).unwrap();
    assert!(one.series.len() == 1 && one.series[0].points[1].is_gap());
    let sum = by_unit(text, |wanted| wanted.together = true).unwrap();
    assert_eq!(values(&sum), [0.5, 0.5, 0.25]);
    let counts = "month,site,falls\n2014-11,A,1\n2014-11,B,3\n2014-12,A,2\n2014-12,B,4\n";
    assert_eq!(values(&by_unit(counts, |wanted| wanted.together = true).unwrap()), [4.0, 6.0]);
    let unknown = by_unit(text, |wanted| wanted.only = vec!["C".into()]).unwrap_err();
    assert_eq!(unknown, "--only C: no such unit; the units are \"A\" and \"B\"");
    let unasked = of(text).unwrap_err();
    assert_eq!(
        unasked,
        "lines 2 and 3 are both Nov 2014; if these are several units, say which column tells them apart: --unit \"site\""
    );
}

#[test]
fn dates_alone_are_events_and_the_time_between_them_is_drawn() {
    let data = of("date of fall\n1 Jan 2014\n5 Jan 2014\n3 Jan 2014\n").unwrap();
    assert_eq!((data.measured, values(&data)), (Measured::Between, vec![2.0, 2.0]));
    assert!(
        of("date\n1 Jan 2014\n1 Jan 2014\n").unwrap_err().contains("lines 2 and 3 are on the same day, 1 Jan 2014")
    );
}

#[test]
fn numbers_of_weeks_are_times_too() {
    let data = of("week,r,n\n1,1,2\n2,1,2\n4,1,2\n").unwrap();
    assert_eq!((data.said, data.step, data.days_a_number), (Said::Number, Step::Numbers(1), Some(7.0)));
    assert!(data.series[0].points[2].is_gap() && data.series[0].points.len() == 4);
}

#[test]
fn what_cannot_be_right_is_refused_with_line_column_and_what_would_be() {
    for (text, what) in [
        ("month,r,n\n2014-11,5,4", "line 2, column \"r\": \"5\" is more than its denominator 4"),
        ("month,r,n\n2014-11,-1,4", "line 2, column \"r\": \"-1\" is below 0"),
        ("month,r,n\n2014-11,1.5,4", "line 2, column \"r\": \"1.5\" is no whole number"),
        ("month,r,n\n2014-11,50%,4", "line 2, column \"r\": \"50%\" is a percentage where a count is meant"),
        ("month,r,n\n2014-11,few,4", "line 2, column \"r\": \"few\" is no number; leave the cell empty"),
        ("month,falls,days\n2014-11,1,0", "line 2, column \"days\": \"0\" is 0, yet something happened"),
        ("month,falls,days\n2014-11,1,-9", "is below 0; an exposure is not"),
        ("month,value\n2014-11,80%\n2014-12,81", "line 3, column \"value\": \"81\" has no % sign, and other rows have"),
        ("month,value\n2014-11,80\n,81", "line 3, column \"month\": has no date"),
        ("month,value\n2014-11,80\n2014-13,81", "line 3, column \"month\": \"2014-13\" has no month 13"),
        (
            "month,value\n2014-11,1.5\n2014-12,\"1,5\"",
            "line 2: \"1.5\" has a decimal point and \"1,5\" a decimal comma",
        ),
        ("month,r,n\n2014-11,1,2\n2014-11,1,2", "lines 2 and 3 are both Nov 2014; a unit has one point"),
    ] {
        let said = of(text).unwrap_err();
        assert!(said.contains(what), "{text}: {said}");
    }
    let added = by_unit("month,site,value\n2014-11,A,1\n", |wanted| wanted.together = true).unwrap_err();
    assert!(added.contains("plain values cannot be added up"), "{added}");
}

#[test]
fn small_numbers_that_are_not_told_are_gaps() {
    let data = of("month,falls,days\n2014-11,<5,100\n2014-12,*,100\n2015-01,7,100\n2015-02,0,0\n").unwrap();
    assert!(values(&data)[0].is_nan() && values(&data)[1].is_nan() && values(&data)[3].is_nan());
    assert!(data.notes.iter().any(|note| note.ends_with("are gaps: line 2 and 3.")), "{:?}", data.notes);
}

/// Whatever is written into a file, it is read or refused.
mod anything {
    use super::*;
    use proptest::prelude::*;

    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("2014-11-03".to_owned()),
            Just("Nov 2014".into()),
            Just("31/12/9999".into()),
            Just("-1".into()),
            Just("1,234.5".into()),
            Just("\"".into()),
            Just("99999999".into()),
            Just("9223372036854775807".into()),
            Just("1e308".into()),
            Just("<5".into()),
            Just("%".into()),
            Just("Week 99999".into()),
            "\\PC{0,8}",
            "[0-9]{1,3}",
            "[0-9/.-]{1,12}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes, &Wanted::default());
        }

        #[test]
        fn cells_are_read_or_refused(
            cells in proptest::collection::vec(cell(), 3..60),
            separator in "[,;\t|]",
            unit in any::<bool>(),
        ) {
            let mut text = format!("month{separator}r{separator}n\n");
            for row in cells.chunks(3) {
                text += &(row.join(&separator) + "\n");
            }
            let mut wanted = Wanted { together: unit, ..Wanted::default() };
            if unit {
                wanted.named.unit.push("month".into());
                wanted.named.date = Some("2".into());
            }
            if let Err(what) = read(text.as_bytes(), &wanted) {
                prop_assert!(!what.is_empty() && what.lines().count() == 1, "{what}");
            }
        }
    }
}
