//! A sweep in words.
use std::collections::BTreeMap;

use super::{
    Response, Sweep, Vary,
    names::{label, with_interval},
    optimum::{Along, Optimum, Side},
    pictures::pictures,
};
use crate::{
    experiment::{Answer, Study, assumptions::Concluded, headline::unit},
    phrase::{
        Change, capital,
        change::{SMALLEST, turned},
        counted, listed,
    },
    picture::Picture,
    stats::Estimate,
    table::is_in_hundredths,
};

impl Study for Sweep {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        sentences.extend(self.responses.iter().flat_map(|response| self.response_sentences(response)));
        let failed = if self.failed > 0 { format!(" {} failed.", counted(self.failed, "run")) } else { String::new() };
        let (points, runs) = (counted(self.points.len() as u64, "point"), counted(self.plan.runs, "run"));
        sentences.push(format!(
            "{points} and the scenario as it is, {runs} each under the same luck, seed {}.{failed} In brackets are 95 % \
             intervals, those of places by bootstrap over the runs. Whether a highest point is one is tested in the runs \
             that did not choose it; numbers are of all runs. In the table * is the highest point and = one that cannot be told from it.",
            self.plan.seed
        ));
        let title = if sentences.is_empty() { String::new() } else { sentences.remove(0) };
        Answer { title, sentences, shown: self.responses.first().map(|first| self.shape(first)), tables: self.tables() }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }

    fn concluded(&self) -> Concluded {
        self.concluded.clone()
    }
}

/// Where the highest point lies along one path.
fn side_text(metric: &str, path: &str, along: &Along) -> String {
    let above = |estimate: Estimate| with_interval(metric, estimate);
    match along.side {
        Side::Inside => format!(
            "{path} has its highest point inside the range, {} above the lower end and {} above the upper",
            above(along.of_all.0),
            above(along.of_all.1)
        ),
        Side::LowEnd => format!("{path} is highest at its lower end, {} above the upper", above(along.of_all.1)),
        Side::HighEnd => format!("{path} is highest at its upper end, {} above the lower", above(along.of_all.0)),
        Side::Unclear => format!("whether {path} has its highest point inside the range or at an end is not clear"),
    }
}

/// What of a metric is shown as nothing.
fn smallest(metric: &str) -> f64 {
    if is_in_hundredths(unit(metric)) { SMALLEST } else { 0.0 }
}

impl Sweep {
    /// `sanction 0.3 (0.2 to 0.5), recognition 1`: values with their bootstrap intervals, where these are more than a point.
    fn place_text(&self, optimum: &Optimum, paths: usize) -> String {
        let values = self.points.get(optimum.best).map_or(&[][..], Vec::as_slice);
        let one = |((vary, value), along): ((&Vary, &f64), &Along)| {
            let [own, low, high] = [*value, along.low, along.high].map(|value| self.level(vary, value));
            let between = if own == low && own == high { String::new() } else { format!(" ({low} to {high})") };
            format!("{} {}{between}", self.short(vary.path()), self.said(vary, *value))
        };
        let parts = self.varied.iter().zip(values).zip(&optimum.along).take(paths);
        parts.map(one).collect::<Vec<_>>().join(", ")
    }

    fn response_sentences(&self, response: &Response) -> Vec<String> {
        let (metric, what) = (response.metric.as_str(), label(&response.metric));
        if response.optima.is_empty() {
            return vec![capital(&format!("{what} is defined at none of the points."))];
        }
        let mut told = Vec::new();
        let paths = self.paths_of_panel();
        for panel in 0..self.panels.len() {
            let with = self.panel_text(panel);
            let Some(optimum) = self.optimum_of(response, panel) else {
                told.push(capital(&format!("{with}{what} is defined at none of the points.")));
                continue;
            };
            let height = response.estimates.get(optimum.best).copied().unwrap_or(Estimate::UNDEFINED);
            if !Self::differs(optimum) {
                told.push(capital(&format!(
                    "{with}{what} cannot be told apart between the points: the highest and the lowest by half of the runs \
                     differ by {} in the other half.",
                    with_interval(metric, optimum.above_lowest)
                )));
                continue;
            }
            told.push(capital(&format!(
                "{with}{what} is highest at {}: {}.",
                self.place_text(optimum, paths),
                with_interval(metric, height)
            )));
            if self.is_grid() {
                let sides = self.varied.iter().zip(&optimum.along).take(paths);
                let sides = sides.enumerate().map(|(path, (vary, along))| match vary.factor.choice() {
                    Some(_) => self.choice_text(response, path, optimum.best),
                    None => side_text(metric, &self.short(vary.path()), along),
                });
                told.push(capital(&format!("{}.", sides.collect::<Vec<_>>().join("; "))));
            }
            if self.panels.len() < 2 {
                told.push(self.against_present(response, optimum));
            }
        }
        told.extend(self.steps_sentence(response));
        told
    }

    /// How far the highest point lies from the scenario as it is, in the runs of the table.
    fn against_present(&self, response: &Response, optimum: &Optimum) -> String {
        let metric = response.metric.as_str();
        let now = self.varied.iter().zip(&self.present).map(|(vary, value)| self.said(vary, *value));
        let difference = response.differences.get(optimum.best).copied().unwrap_or(Estimate::UNDEFINED);
        let (amount, smallest) = (with_interval(metric, difference), smallest(metric));
        let tested = Change::beyond(optimum.above_present, smallest) == Change::Gain;
        let lies = match Change::beyond(difference, smallest) {
            Change::Gain if tested => format!("the highest point lies {amount} above that"),
            Change::Gain => format!(
                "the highest point lies {amount} above that, which may come from choosing it: chosen by half of the runs it \
                 cannot be told from it in the other half"
            ),
            Change::Loss => format!("even the highest point lies below that, by {amount}"),
            _ => format!("the highest point cannot be told from that, {amount}"),
        };
        format!(
            "As the scenario is ({}) it is {}; {lies}.",
            now.collect::<Vec<_>>().join(", "),
            with_interval(metric, response.present)
        )
    }

    /// Which other choices of a path the highest point lies clearly above, and which it cannot be told from.
    fn choice_text(&self, response: &Response, path: usize, best: usize) -> String {
        let metric = response.metric.as_str();
        let (mut above, mut alike) = (Vec::new(), Vec::new());
        for step in response.steps.iter().filter(|step| step.path == path) {
            let (other, difference) = match () {
                () if step.to == best => (step.from, step.estimate),
                () if step.from == best => (step.to, turned(step.estimate)),
                () => continue,
            };
            let name = self.chosen(path, other);
            match Change::beyond(difference, smallest(metric)) {
                Change::Gain => above.push(format!("{} above {name}", with_interval(metric, difference))),
                _ => alike.push(name),
            }
        }
        let mut text = format!("of {} {} is highest", self.short(self.path_of(path)), self.chosen(path, best));
        if !above.is_empty() {
            text.push_str(&format!(", {}", listed(&above)));
        }
        if !alike.is_empty() {
            text.push_str(&format!(", and cannot be told from {}", listed(&alike)));
        }
        text
    }

    /// Name of what `point` chooses of a path.
    fn chosen(&self, path: usize, point: usize) -> String {
        let value = self.points.get(point).and_then(|values| values.get(path)).copied().unwrap_or(f64::NAN);
        self.varied.get(path).map_or_else(String::new, |vary| self.level(vary, value))
    }

    fn path_of(&self, path: usize) -> &str {
        self.varied.get(path).map_or("", Vary::path)
    }

    /// Which choice of a path lies clearly above which, and how often where the other paths have several values.
    fn choices_in_order(&self, response: &Response, path: usize) -> String {
        let mut pairs: BTreeMap<(String, String), [usize; 3]> = BTreeMap::new();
        for step in response.steps.iter().filter(|step| step.path == path) {
            let pair = (self.chosen(path, step.from), self.chosen(path, step.to));
            let [every, rises, falls] = pairs.entry(pair).or_default();
            *every += 1;
            *rises += usize::from(step.estimate.low > 0.0);
            *falls += usize::from(step.estimate.high < 0.0);
        }
        let mut said = Vec::new();
        for ((from, to), [every, rises, falls]) in &pairs {
            for (count, above, below) in [(rises, to, from), (falls, from, to)] {
                match (*count, *every) {
                    (0, _) => {}
                    (1, 1) => said.push(format!("{above} above {below}")),
                    (count, every) => said.push(format!("{above} above {below} in {count} of {every} comparisons")),
                }
            }
        }
        let path = self.short(self.path_of(path));
        if said.is_empty() {
            return format!("no choice of {path} lies clearly above another");
        }
        format!("of {path}, these lie clearly above each other: {}", listed(&said))
    }

    /// How often more of a path raises or lowers the metric.
    fn steps_sentence(&self, response: &Response) -> Option<String> {
        let parts = self.varied.iter().enumerate().filter_map(|(path, vary)| {
            let steps = || response.steps.iter().filter(|step| step.path == path).map(|step| &step.estimate);
            let rises = steps().filter(|estimate| estimate.low > 0.0).count();
            let falls = steps().filter(|estimate| estimate.high < 0.0).count();
            let every = steps().count();
            if every > 0 && vary.factor.choice().is_some() {
                return Some(self.choices_in_order(response, path));
            }
            let path = self.short(vary.path());
            let [raise, lower] = [(rises, "raise"), (falls, "lower")]
                .map(|(count, does)| if count == 1 { format!("1 {does}s") } else { format!("{count} {does}") });
            (every > 0).then(|| format!("of {every} steps up in {path} {raise} it clearly and {lower} it"))
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| capital(&format!("{} (by luck alone 1 in 40 each way).", parts.join("; "))))
    }
}
