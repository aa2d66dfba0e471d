//! Published figures as a section of the page of documentation.

use super::super::{Validation, document::cell};

impl Validation {
    /// The section, in Markdown; empty where no figure was looked at.
    pub(in super::super) fn section_of_targets(&self) -> String {
        let Some(count) = self.targets_in_a_sentence() else { return String::new() };
        let mut text = format!("\n## Published figures\n\n{count}\n\n{}\n\n", self.rules_of_targets());
        text += "They are declared in `validation/targets.toml`. Most published figures are of recorded care; the model's are of \
                 true care unless it is said otherwise.\n\n";
        text += "| figure | published (band) | the model | for | how far verified | carries over |\n\
                 |---|---|---|---|---|---|\n";
        for (target, held) in self.held() {
            let given = match &target.missing {
                Some(_) => "not testable".into(),
                None => target.answered(held),
            };
            text += &format!(
                "| {} {} | {} | {given} | {} | {} | {} |\n",
                target.id,
                cell(&target.says),
                target.asked(),
                target.role.words(),
                target.verified.words(),
                target.transport.words(),
            );
        }
        for (target, _) in self.held() {
            text += &format!("\n**{}**: {}.", target.id, target.source.trim_end_matches('.'));
            if let Some(missing) = &target.missing {
                text += &format!(" Not testable: {missing}.");
            }
            if !target.remark.is_empty() {
                text += &format!(" {}", target.remark);
            }
            text += "\n";
        }
        text
    }
}
