//! `dewpoint chart` from file to folder, and every command of its page.
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn dewpoint(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dewpoint")).args(words).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn ward() -> String {
    root().join("examples/data/ward.csv").display().to_string()
}

#[test]
fn a_chart_leaves_words_pictures_and_tables() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["chart", &ward(), "--baseline", "12", "--better", "up", "--note", "Feb 2020=bundle & form", "--quiet"];
    let made = dewpoint(folder.path(), &words);
    assert!(made.status.success() && complained(&made).is_empty(), "{}", complained(&made));
    let text = said(&made);
    for part in ["a shift above the centre", "for the better", "Column \"auditor\" is not read", "results/chart-ward"] {
        assert!(text.replace('\n', " ").contains(part), "{part}: {text}");
    }
    let there = folder.path().join("results/chart-ward");
    let points = fs::read_to_string(there.join("chart.csv")).unwrap();
    assert!(points.starts_with(
        "time,date,line,counted,out_of,value,centre,lower_limit,upper_limit,part,special,left_out,note\n"
    ));
    assert!(points.contains("Feb 2020,2020-02-01,16,23,39,") && points.contains(",bundle & form\n"), "{points}");
    let picture = fs::read_to_string(there.join("chart.svg")).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("<style>") && picture.contains("bundle &amp; form"));
    let page = fs::read_to_string(there.join("report.html")).unwrap();
    assert!(page.contains("How the file was read") && !page.contains("Where the model is known to fail"));
    // Again: nothing is drawn. With a month more: the old chart is replaced, and that is said.
    let again = dewpoint(folder.path(), &words[..words.len() - 1]);
    assert!(complained(&again).contains("already holds exactly these results") && said(&again) == text);
    // With other options: beside it, and found there again.
    let other = dewpoint(folder.path(), &["chart", &ward(), "--baseline", "12"]);
    assert!(said(&other).contains("results/chart-ward-2") && complained(&other).is_empty(), "{}", complained(&other));
    let again = dewpoint(folder.path(), &["chart", &ward(), "--baseline", "12"]);
    assert!(complained(&again).contains("results/chart-ward-2 already holds"), "{}", complained(&again));
    assert_eq!(said(&dewpoint(folder.path(), &words)), text);
    // A folder that is asked for is not left for another.
    let named = dewpoint(folder.path(), &["chart", &ward(), "--out", "results/chart-ward"]);
    assert!(complained(&named).contains("of the same data with other options"), "{}", complained(&named));
    let grown = folder.path().join("ward.csv");
    fs::write(&grown, fs::read_to_string(ward()).unwrap() + "Jan 2022,30,40,AB\n").unwrap();
    let own = ["chart", "ward.csv", "--out", "own"];
    assert!(dewpoint(folder.path(), &own).status.success());
    fs::write(&grown, fs::read_to_string(ward()).unwrap()).unwrap();
    let replaced = dewpoint(folder.path(), &own);
    assert!(
        complained(&replaced).contains("replacing the chart of what the file held before"),
        "{}",
        complained(&replaced)
    );
}

#[test]
fn a_scenario_lies_beside_the_data_and_gives_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |out: &str| {
        let words = [
            "chart",
            &ward(),
            "--start",
            "Feb 2020",
            "--scenario",
            "evaporating_ward",
            "--set",
            "programme.0.start=57",
            "--draws",
            "16",
            "--out",
            out,
            "--quiet",
        ];
        dewpoint(folder.path(), &words)
    };
    let (one, other) = (ask("one"), ask("other"));
    assert!(one.status.success(), "{}", complained(&one));
    let text = said(&one).replace('\n', " ");
    for part in ["Beside \"The evaporating ward\"", "From before to after the data change by", "comes from 16 draws"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(other.status.success());
    let points = |out: &str| fs::read(folder.path().join(out).join("chart.csv")).unwrap();
    assert_eq!(points("one"), points("other"));
    let words = |out: &str| fs::read(folder.path().join(out).join("summary.txt")).unwrap();
    assert_eq!(words("one"), words("other"));
    assert!(
        String::from_utf8(points("one"))
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .ends_with("plausible_from,plausible_middle,plausible_to")
    );
    let page = fs::read_to_string(folder.path().join("one/report.html")).unwrap();
    assert!(
        page.contains("Where the model is known to fail") && page.contains("80 % of what the scenario makes plausible")
    );
}

#[test]
fn what_is_wrong_is_said_with_file_line_and_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("above.csv", "month,r,n\n2014-11,1,4\n2014-12,5,4\n");
    write("falls.csv", "month,falls,bed days\n2014-11,1,400\n2014-12,5,400\n");
    write("waits.csv", "month,wait\n2014-11,7.5\n2014-12,8\n");
    write("sheet.xlsx", "PK\u{3}\u{4}rest");
    for (words, what) in [
        (&["chart", "none.csv"][..], "none.csv: no such file"),
        (&["chart", "."], ".: is a folder"),
        (&["chart", "above.csv"], "above.csv: line 3, column \"r\": \"5\" is more than its denominator 4"),
        (&["chart", "sheet.xlsx"], "sheet.xlsx: cannot be read as an Excel workbook"),
        (&["chart", "falls.csv", "--sheet", "A"], "--sheet A: the file is no Excel workbook"),
        (&["chart", "falls.csv", "--kind", "p"], "--kind p: takes a numerator and a denominator"),
        (&["chart", "falls.csv", "--break", "2014-12"], "--break 2014-12: write DATE=reason"),
        (&["chart", "falls.csv", "--limits", "1,2"], "three numbers"),
        (&["chart", "falls.csv", "--start", "2014-12", "--scenario", "spi1"], "10 or more of them are needed"),
        (&["chart", "waits.csv", "--start", "2014-12", "--scenario", "spi1"], "lay it beside a proportion"),
        (&["chart", "falls.csv", "--scenario", "spi1"], "--start"),
        (&["chart", "falls.csv", "--baseline", "4"], "from 12 to 5000"),
    ] {
        let refused = dewpoint(folder.path(), words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(
            complained(&refused).contains(what) && said(&refused).is_empty(),
            "{words:?}: {}",
            complained(&refused)
        );
    }
    assert!(!folder.path().join("results").exists());
}

/// Commands of docs/your-data.md, each as a reader would paste it, in a folder with the examples.
#[test]
fn the_commands_of_the_page_run_and_say_what_it_says() {
    let page = fs::read_to_string(root().join("docs/your-data.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("examples/data");
    fs::create_dir_all(&data).unwrap();
    for file in ["ward.csv", "keystone.csv", "lines.csv"] {
        fs::copy(root().join("examples/data").join(file), data.join(file)).unwrap();
    }
    let mut commands = 0;
    for block in page.split("```sh\n").skip(1).filter_map(|block| block.split("```").next()) {
        let binary = Path::new(env!("CARGO_BIN_EXE_dewpoint")).parent().unwrap().display().to_string();
        let path = format!("{binary}:{}", std::env::var("PATH").unwrap_or_default());
        let made =
            Command::new("sh").args(["-c", block]).current_dir(folder.path()).env("PATH", path).output().unwrap();
        assert!(made.status.success(), "{block}{}", complained(&made));
        commands += 1;
        // What follows a command as text is the beginning of what it says.
        let after = page.split_once(block).map_or("", |(_, after)| after.trim_start_matches("```").trim_start());
        if let Some(text) = after.strip_prefix("```text\n").and_then(|text| text.split("```").next()) {
            for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("...")) {
                assert!(said(&made).contains(line), "{block}{line}\n{}", said(&made));
            }
        }
    }
    assert!(commands >= 4, "{commands}");
}
