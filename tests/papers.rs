//! The papers around the program agree with it and with each other.

mod tree;

use tree::text;

/// What no file may hold, and why.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&["/home/", "/root/", "/Users/", "/tmp/", "C:\\"], "a path of one machine: nobody else has it"),
    (&["TODO", "FIXME", "XXX", "HACK"], "unfinished: do it, or say in the README what is missing"),
    (&["<<<<<<<", ">>>>>>>"], "a merge that was not finished"),
    (&["lorem ipsum", "asap", "cutting-edge", "state-of-the-art", "leverage", "seamless", "delve"], "says nothing"),
];

#[test]
fn no_file_holds_what_it_should_not() {
    let mut faults = Vec::new();
    // This list is the one place for these words.
    for file in
        tree::files("").iter().filter(|file| file.path != "tests/papers.rs" && !file.path.starts_with("LICENSE"))
    {
        for (words, reason) in FORBIDDEN {
            for word in words.iter().filter(|word| file.text.contains(**word)) {
                faults.push(format!("{}: {word}: {reason}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn citation_and_changelog_know_the_version() {
    let version = env!("CARGO_PKG_VERSION");
    let citation = text("CITATION.cff");
    assert!(citation.starts_with("cff-version: 1.2.0\n"));
    for line in [format!("version: {version}"), "type: software".into(), "message: ".into(), "authors:".into()] {
        assert!(citation.lines().any(|other| other.starts_with(&line)), "CITATION.cff lacks {line}");
    }
    for licence in env!("CARGO_PKG_LICENSE").split(" OR ") {
        assert!(citation.contains(&format!("  - {licence}\n")), "CITATION.cff lacks {licence}");
        let file = format!("LICENSE-{}", licence.split('-').next().unwrap_or(licence).to_uppercase());
        assert!(text(&file).len() > 500, "{file}");
    }
    assert!(text("CHANGELOG.md").contains(&format!("\n## {version}")), "CHANGELOG.md says nothing of {version}");
}

#[test]
fn the_readme_points_to_files_that_are_there() {
    for name in ["README.md", "CONTRIBUTING.md"] {
        let page = text(name);
        let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let quoted =
            page.split('`').skip(1).step_by(2).filter(|word| word.starts_with("src/") || word.starts_with("tests/"));
        for path in links.filter(|link| !link.starts_with("http")).chain(quoted.filter(|path| !path.contains("NAME"))) {
            let there = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path.trim_end_matches('/')).exists();
            assert!(there, "{name} speaks of {path}, which is not there");
        }
    }
}

/// The README's table of a week leaves out no mechanism.
#[test]
fn the_readme_names_every_mechanism() {
    let page = text("README.md");
    for file in tree::files("src/model").iter().filter(|file| file.text.contains("quantities! {")) {
        let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        assert!(page.contains(&format!("`{name}`")), "README.md, A week: which step is {name}?");
    }
}
