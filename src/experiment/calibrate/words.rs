//! A calibration in sentences.

use super::Calibrated;
use crate::{
    experiment::{Answer, Study},
    phrase::{counted, listed, percent},
    picture::Picture,
};

impl Study for Calibrated {
    fn answer(&self) -> Answer {
        Answer { title: self.title(), sentences: self.sentences(), shown: Some(self.overview()), tables: self.tables() }
    }

    fn pictures(&self) -> Vec<Picture> {
        self.draw()
    }

    fn follows_as_given(&self) -> bool {
        false
    }
}

impl Calibrated {
    /// The finding.
    pub(super) fn title(&self) -> String {
        let met = (0..self.targets.len()).filter(|&figure| self.fitted(figure).met).count();
        format!(
            "After {} {} of what the parameters may be is left, and the mean over it meets {met} of {} figures.",
            counted(self.found.waves.len() as u64, "wave"),
            self.left(),
            self.targets.len()
        )
    }

    /// How much is left after the last wave.
    fn left(&self) -> String {
        let volume = self.found.waves.last().map_or(1.0, |wave| wave.volume);
        if volume >= 0.01 { format!("{} %", percent(volume)) } else { format!("{volume:.0e}") }
    }

    /// What else is to be said.
    pub(super) fn sentences(&self) -> Vec<String> {
        let plan = self.found.plan;
        let mut said = Vec::new();
        let name = |figure: &usize| self.targets.get(*figure).map_or("", |target| target.id.as_str());
        let figures = 0..self.targets.len();
        let missed: Vec<&str> =
            figures.clone().filter(|&figure| !self.fitted(figure).met).collect::<Vec<_>>().iter().map(name).collect();
        if !missed.is_empty() {
            said.push(format!("Missed, the mean over all rows outside the band: {}.", listed(&missed)));
        }
        let outside: Vec<usize> = figures.filter(|&figure| !self.fitted(figure).held).collect();
        if !outside.is_empty() {
            let names: Vec<&str> = outside.iter().map(name).collect();
            said.push(format!(
                "The 95 % interval over the rows does not hold the published figure of {}.",
                listed(&names)
            ));
        }
        if self.found.waves.iter().any(|wave| !wave.reached) {
            said.push(
                "In a wave no point was left that fits all but one of the figures: from there on the search went where the model \
                 misses least, and the rows are the best there is, not a posterior of a model that fits."
                    .into(),
            );
        }
        let (informed, inputs) = (self.informed().len(), self.inputs.len());
        let active = match self.found.active.len() {
            all if all == inputs => "all were learned about".into(),
            some => format!("{some} were learned about, the others drawn along from their priors"),
        };
        said.push(format!(
            "Of {} the figures say something of {informed}; {active}. The {} are worth {:.0} that are all different.",
            counted(inputs as u64, "parameter"),
            counted(self.found.rows.len() as u64, "row"),
            self.found.effective_rows()
        ));
        said.push(format!(
            "A wave has {}, {} of each arm at each; a point is ruled out where two figures lie more than {:.0} standard deviations \
             off. It is an approximate posterior: by emulators, with what the model leaves out as declared, of figures taken to \
             err independently.",
            counted(plan.points as u64, "point"),
            counted(self.runs, "run"),
            plan.cut
        ));
        said.push("Figures for validation were not looked at: dewpoint validate does.".into());
        said
    }
}
