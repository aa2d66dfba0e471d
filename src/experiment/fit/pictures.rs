//! A fit in pictures.
use super::{
    Fitted,
    forward::{Outlook, Range},
    likelihood,
};
use crate::{
    experiment::beside::Plausible,
    phrase::{counted, percent, scaled},
    picture::{
        Band, BarRow, Bars, BesideBand, Chart, Dot, Dots, Event, Line, Mark, Measure, Panel, Phase, Picture, Role,
        RunChart, RunPoint, Unit, Weeks, exactly,
    },
    stats::Estimate,
};

/// What lies in a band.
const NINETY: &str = "90 % plausible";

impl Fitted {
    pub(super) fn drawn(&self) -> Vec<Picture> {
        let mut pictures = vec![self.fan()];
        if self.harm {
            pictures.push(self.events());
        }
        if self.says_something() {
            pictures.extend(self.designs());
        }
        pictures.extend(self.narrowed());
        if self.says_something() {
            pictures.extend(self.worth_of_data());
        }
        pictures
    }

    fn phases(&self) -> Vec<Phase> {
        let Some(programme) = self.scenario.programmes.get(self.programme) else { return Vec::new() };
        let (live, end) = (programme.clock.live(), programme.clock.end());
        vec![Phase { label: "support".into(), from: live, to: end, shaded: true }]
    }

    /// The week after the last point.
    fn today(&self) -> Event {
        let last = self.times.iter().filter(|time| likelihood::says(time)).map(|time| time.to).fold(0.0, f64::max);
        Event {
            week: (last.max(0.0) as usize).min(self.scenario.weeks().saturating_sub(1)),
            label: "last point".into(),
        }
    }

    fn fan(&self) -> Picture {
        let mut lines = Vec::new();
        if let Some(present) = self.outlook.first().filter(|_| self.says_something()) {
            lines.push(line("without it", Role::Without, &present.weeks[1], false));
            lines.push(line("true", Role::With, &present.weeks[0], true));
            lines.push(line("reported", Role::Reported, &present.weeks[2], true));
        }
        let mut values = vec![f64::NAN; self.scenario.weeks()];
        // Events lie on no axis of shares; they have a picture of their own.
        let shares = if self.harm { &[][..] } else { self.times.as_slice() };
        for time in shares.iter().filter(|time| likelihood::says(time)) {
            let (from, to) = (time.from.round().max(0.0) as usize, time.to.round().max(0.0) as usize);
            values.iter_mut().take(to).skip(from).for_each(|value| *value = time.found);
        }
        if !self.harm {
            lines.push(Line { label: "your data".into(), role: Role::Choice(0), values, bands: Vec::new() });
        }
        let title = if self.says_something() {
            format!(
                "Fitted to {}: what is plausible before and after the last.",
                counted(self.sides().len() as u64, "point")
            )
        } else {
            "The data on the clock of the scenario, to which too little fits.".into()
        };
        let steps = if self.harm { "" } else { "Steps: your data. " };
        let caption = format!(
            "{steps}Lines: median of the futures that fit them, of what is done, what is reported, and what \
                       the same place would do without the programme; bands: their middle 90 %, without chance in counting."
        );
        let weeks = Weeks {
            measure: Measure::new("Reliability", Unit::Share),
            panels: vec![Panel { title: String::new(), lines }],
            phases: self.phases(),
            events: vec![self.today()],
            from_zero: false,
        };
        Picture::new("fan", title, caption, Chart::Weeks(weeks))
    }

    /// The events and what the fitted runs make plausible of them.
    fn events(&self) -> Picture {
        let (measure, factor) = (&self.measure.0, self.measure.1);
        let points: Vec<RunPoint> = self
            .times
            .iter()
            .zip(&self.called)
            .map(|(time, called)| RunPoint {
                at: time.from,
                time: called.clone(),
                value: time.found * factor,
                lower: f64::NAN,
                centre: f64::NAN,
                upper: f64::NAN,
                signal: String::new(),
                left_out: false,
            })
            .collect();
        let band = |of: fn(&Plausible) -> f64| self.band.iter().map(|at| of(at) * factor).collect::<Vec<f64>>();
        let begin = self.scenario.programmes.get(self.programme).map_or(0.0, |one| f64::from(one.clock.start));
        let run = RunChart {
            measure: Measure::new(measure.as_str(), Unit::Plain("")),
            centre: String::new(),
            times: String::new(),
            parts: vec![Phase { label: String::new(), from: 0, to: points.len(), shaded: false }],
            events: vec![(begin, "programme begins".into())],
            beside: Some(BesideBand {
                label: "plausible after the fit".into(),
                low: band(|at| at.low),
                middle: band(|at| at.middle),
                high: band(|at| at.high),
            }),
            from_zero: true,
            points,
        };
        let outside = self.sides().iter().filter(|(_, side)| *side != 0).count() as u64;
        let title = format!(
            "Of {}, {outside} lie outside what the fit makes plausible.",
            counted(self.sides().len() as u64, "point")
        );
        let caption = "Points: your data. Band: the middle 80 % of what the fitted runs make plausible, chance in \
                       counting included.";
        Picture::new("events", title, caption, Chart::Run(run))
    }

    fn designs(&self) -> Option<Picture> {
        let present = self.outlook.first()?;
        if self.outlook.len() < 2 {
            return None;
        }
        let panel = |plan: &Outlook| Panel {
            title: plan.name.clone(),
            lines: vec![
                line("present plan", Role::Neutral, &present.weeks[0], false),
                line("true", Role::With, &plan.weeks[0], true),
            ],
        };
        let weeks = Weeks {
            measure: Measure::new("True reliability", Unit::Share),
            panels: self.outlook.iter().skip(1).map(panel).collect(),
            phases: self.phases(),
            events: vec![self.today()],
            from_zero: false,
        };
        let best = self.outlook.iter().skip(1).max_by(|left, right| left.more.middle.total_cmp(&right.more.middle))?;
        let title = format!(
            "24 months after, {} is ahead of the present plan in {} % of the same futures.",
            crate::phrase::named(&best.name),
            percent(best.better.value)
        );
        let caption = "What is done under each plan in the futures that fit the data: median and middle 90 %; grey: the present plan.";
        Some(Picture::new("plans", title, caption, Chart::Weeks(weeks)))
    }

    fn narrowed(&self) -> Option<Picture> {
        if self.free.is_empty() {
            return None;
        }
        let learned = self.learned();
        let dot = |(free, one): (&super::Free, &super::settled::Learned)| {
            let place = |value: f64| (value - free.low) / (free.high - free.low);
            let Range { middle, low, high, .. } = one.after;
            let estimate =
                Estimate { value: place(middle), low: place(low), high: place(high), sd: f64::NAN, count: 0 };
            Dot {
                label: one.name.clone(),
                estimate,
                role: if one.ratio <= super::settled::LITTLE { Role::With } else { Role::Neutral },
                note: format!("{middle:.2} ({low:.2} to {high:.2})"),
            }
        };
        let rows: Vec<Dot> = self.free.iter().zip(&learned).map(dot).collect();
        let told = rows.iter().filter(|row| row.role == Role::With).count();
        let dots = Dots {
            within: Some((0.0, 1.0)),
            ..Dots::new(
                Measure::new("Place in what was plausible before", Unit::Hundredths("% of the way")),
                Some(Mark { at: 0.5, label: "middle before".into() }),
                rows,
            )
        };
        let title = format!("Of {} about the place the data narrow {told}.", counted(self.free.len() as u64, "number"));
        let caption = "Median and middle 90 % after the data, from one end of what was plausible before to the other; grey: little or \
                       nothing is learned.";
        Some(Picture::new("place", title, caption, Chart::Dots(dots)))
    }

    fn worth_of_data(&self) -> Option<Picture> {
        let there: Vec<&super::Worth> = self.next.iter().filter(|one| one.after.is_finite()).collect();
        let first = there.first()?;
        let now = BarRow { label: "nothing more".into(), estimates: vec![exactly(first.now)] };
        let rows = there.iter().map(|one| BarRow { label: one.what.clone(), estimates: vec![exactly(one.after)] });
        let bars = Bars {
            measure: Measure::new("Width of the middle 90 % of the gain 24 months after", Unit::Points),
            parts: vec![("width to be expected".into(), Role::With)],
            rows: std::iter::once(now).chain(rows).collect(),
        };
        let title = format!(
            "Most would be learned from {}: {} points wide instead of {}.",
            first.what,
            scaled(first.after),
            scaled(first.now)
        );
        let caption = "What each further datum would leave of the width, by a quadratic regression of the answer on it over the fitted \
                       runs, chance in measuring included.";
        Some(Picture::new("next", title, caption, Chart::Bars(bars)))
    }
}

fn line(label: &str, role: Role, weeks: &[Range], with_band: bool) -> Line {
    let each = |of: fn(&Range) -> f64| weeks.iter().map(of).collect::<Vec<f64>>();
    let band = || Band { label: NINETY.into(), low: each(|at| at.low), high: each(|at| at.high) };
    Line {
        label: label.into(),
        role,
        values: each(|at| at.middle),
        bands: if with_band { vec![band()] } else { Vec::new() },
    }
}
