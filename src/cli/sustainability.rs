//! From the ten factors of the NHS Sustainability Model to a scenario.
//!
//! Teams in the NHS score ten factors of a project (Maher, Gustafson and Evans, *NHS Sustainability Model*, NHS Institute for Innovation
//! and Improvement 2010). The names and the most that each factor can score are theirs. The most scores of eight were held against table 5
//! of Implementation Science Communications 2021;2:s43058-021-00205-x; those of clinical leadership (15) and of fit with strategic aims (7)
//! could not be, but all ten add up to 100. **Which settings and levers a factor moves, and how far, is ours**: an assumption, with
//! no data behind it, to have something to begin with.
use std::collections::BTreeMap;

use super::Failure;

/// A factor: its name, the most it can score, and what it moves: path, value at no score, value at the most.
struct Factor {
    name: &'static str,
    most: f64,
    moves: &'static [(&'static str, f64, f64)],
}

/// The factors in the order of the model's own form.
const FACTORS: [Factor; 10] = [
    Factor {
        name: "Benefits beyond helping patients",
        most: 8.5,
        moves: &[("programme.0.design.fit", 0.3, 0.8), ("programme.0.sustain.redesign", 0.0, 0.4)],
    },
    Factor {
        name: "Credibility of the benefits",
        most: 9.1,
        moves: &[("programme.0.design.evidence", 0.3, 1.0), ("programme.0.persuasion.hard_data", 0.0, 0.7)],
    },
    Factor {
        name: "Adaptability of improved process",
        most: 7.0,
        moves: &[("programme.0.design.project_status", 1.0, 0.2), ("programme.0.sustain.continuation", 0.0, 0.4)],
    },
    Factor {
        name: "Effectiveness of the system to monitor progress",
        most: 6.5,
        moves: &[("programme.0.measurement.feedback", 0.0, 0.8), ("programme.0.measurement.capability", 0.0, 0.6)],
    },
    Factor {
        name: "Staff involvement and training to sustain the process",
        most: 11.4,
        moves: &[
            ("programme.0.engagement.participation", 0.0, 0.8),
            ("programme.0.resources.training", 0.0, 0.8),
            ("programme.0.sustain.induction", 0.0, 0.8),
        ],
    },
    Factor {
        name: "Staff behaviours toward sustaining the change",
        most: 11.0,
        moves: &[("setting.cynicism", 0.3, 0.05), ("programme.0.engagement.heed", 0.0, 1.0)],
    },
    Factor {
        name: "Senior leadership engagement and support",
        most: 15.0,
        moves: &[("setting.authenticity", 0.3, 1.0), ("programme.0.engagement.executives", 0.0, 1.0)],
    },
    Factor {
        name: "Clinical leadership engagement and support",
        most: 15.0,
        moves: &[
            ("setting.blockers", 0.2, 0.02),
            ("programme.0.engagement.clinician_led", 0.1, 0.8),
            ("programme.0.persuasion.opinion_leaders", 0.0, 0.8),
        ],
    },
    Factor {
        name: "Fit with the organisation's strategic aims and culture",
        most: 7.0,
        moves: &[("setting.culture", 0.2, 0.8), ("programme.0.design.lasting_theme", 0.1, 0.9)],
    },
    Factor {
        name: "Infrastructure for sustainability",
        most: 9.5,
        moves: &[
            ("setting.workload", 0.3, 0.0),
            ("programme.0.resources.protected_time", 0.0, 0.7),
            ("programme.0.sustain.embedding", 0.0, 0.8),
        ],
    },
];

/// Most of the sum of all scores.
const WHOLE: f64 = 100.0;

/// What scores say: a value for each path, and comment lines that say where it comes from.
pub struct Said {
    /// Values by path.
    pub values: BTreeMap<String, f64>,
    /// Comment, each line with its `#`.
    pub comment: String,
}

/// What ten `scores` say, each as published (0 to the most of its factor), or all as parts from 0 to 1 of that.
///
/// # Errors
///
/// When there are not ten, or one is beyond its factor.
pub fn said(scores: &[String]) -> Result<Said, Failure> {
    const OPTION: &str = "--from-sustainability-scores";
    let wrong = |what: String| Err(Failure::Input(format!("{OPTION}: {what}")));
    if scores.len() != FACTORS.len() {
        let order = FACTORS.map(|factor| format!("{} (0 to {})", factor.name, factor.most)).join(", ");
        return wrong(format!(
            "{} scores where there are ten factors; write ten numbers with commas between, as published or all as parts from 0 to 1, in \
             this order: {order}",
            scores.len()
        ));
    }
    let mut numbers = Vec::with_capacity(FACTORS.len());
    for (text, factor) in scores.iter().zip(&FACTORS) {
        match text.trim().parse::<f64>() {
            Ok(number) if (0.0..=factor.most).contains(&number) => numbers.push(number),
            _ => return wrong(format!("\"{text}\" for \"{}\": write a number from 0 to {}", factor.name, factor.most)),
        }
    }
    let parts = numbers.iter().all(|number| *number <= 1.0);
    let share = |(number, factor): (&f64, &Factor)| if parts { *number } else { number / factor.most };
    let shares: Vec<f64> = numbers.iter().zip(&FACTORS).map(share).collect();
    let total: f64 = shares.iter().zip(&FACTORS).map(|(share, factor)| share * factor.most).sum();
    let mut values = BTreeMap::new();
    let mut comment = format!(
        "# Begun from scores of the NHS Sustainability Model (Maher, Gustafson and Evans 2010), {total:.1} of {WHOLE} in all. The ten factors\n\
         # and the most each can score are theirs. Which settings and levers they move here, and how far, is ours: an assumption\n\
         # to begin with, which no data stand behind. Look at each line, and change what you know better.\n#\n"
    );
    for ((factor, share), number) in FACTORS.iter().zip(&shares).zip(&numbers) {
        let moved: Vec<String> = factor
            .moves
            .iter()
            .map(|(path, none, all)| {
                let value = ((none + share * (all - none)) * 100.0).round() / 100.0;
                values.insert((*path).to_owned(), value);
                format!("{} {value}", path.trim_start_matches("programme.0."))
            })
            .collect();
        let most = if parts { 1.0 } else { factor.most };
        comment.push_str(&format!("# {} {number} of {most}: {}\n", factor.name, moved.join(", ")));
    }
    Ok(Said { values, comment })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::new::new,
        scenario::{Scenario, slot::template},
    };

    fn of(scores: &str) -> Result<Said, String> {
        let scores: Vec<String> = scores.split(',').map(Into::into).collect();
        said(&scores).map_err(|failure| match failure {
            Failure::Input(what) => what,
            other => format!("{other:?}"),
        })
    }

    fn loaded(scores: &str) -> Scenario {
        let file = new("ward", Some(&of(scores).unwrap()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ward.toml");
        std::fs::write(&path, file).unwrap();
        super::super::files::load(&path.display().to_string()).unwrap().ready().unwrap()
    }

    #[test]
    fn the_most_that_factors_can_score_adds_up_to_a_hundred() {
        let all: f64 = FACTORS.iter().map(|factor| factor.most).sum();
        assert!((all - WHOLE).abs() < 1e-9, "{all}");
        let slots = template().slots();
        for (path, none, most) in FACTORS.iter().flat_map(|factor| factor.moves) {
            let slot = slots.iter().find(|slot| slot.path == *path).unwrap_or_else(|| panic!("{path}"));
            let (low, high) = slot.declared.range().unwrap();
            assert!((low..=high).contains(none) && (low..=high).contains(most), "{path}");
        }
    }

    #[test]
    fn a_file_from_scores_checks_clean_and_has_what_they_say() {
        let all = loaded("8.5,9.1,7,6.5,11.4,11,15,15,7,9.5");
        assert_eq!((all.setting.culture, all.setting.cynicism), (0.8, 0.05));
        assert_eq!(all.programmes[0].levers.sustain.embedding, 0.8);
        let none = loaded("0,0,0,0,0,0,0,0,0,0");
        assert_eq!((none.setting.authenticity, none.programmes[0].levers.engagement.executives), (0.3, 0.0));
        // As parts of the most, the same.
        assert_eq!(loaded("1,1,1,1,1,1,1,1,1,1"), all);
        let half = of("4.25,0,0,0,0,0,0,0,0,0").unwrap();
        assert!(half.comment.contains("4.3 of 100") || half.comment.contains("4.2 of 100"), "{}", half.comment);
        assert!(half.comment.contains("is ours: an assumption"), "{}", half.comment);
        assert_eq!(half.values["programme.0.design.fit"], 0.55);
    }

    #[test]
    fn wrong_scores_are_refused_with_what_would_be_right() {
        for (scores, what) in [
            ("1,2,3", "3 scores where there are ten factors"),
            ("9,0,0,0,0,0,0,0,0,0", "\"9\" for \"Benefits beyond helping patients\": write a number from 0 to 8.5"),
            ("a,0,0,0,0,0,0,0,0,0", "write a number from 0 to 8.5"),
            ("0,-1,0,0,0,0,0,0,0,0", "for \"Credibility of the benefits\""),
        ] {
            assert!(of(scores).err().unwrap().contains(what), "{scores}");
        }
    }
}
