//! What one run of one scenario found, in pictures.
use super::sentences::feelings_title;
use crate::{
    ensemble::{Ensemble, ProgrammeSummary, Summary, View},
    metrics::{
        UNIT_MEASURES,
        control::u_chart,
        incidents::{WEEKS_A_POINT, Ward},
        reaches_nobody,
    },
    model::Series,
    phrase::{a_gain, capital, counted, grouped, scaled, signed, thousands},
    picture::{
        Band, Chart, Control, ControlPoint, Event, Histogram, Line, Mark, Measure, Panel, Phase, Picture, Point, Role,
        Scatter, Unit, Weeks, exactly,
    },
    programme::{Clock, price::CURRENCY},
    scenario::Scenario,
    stats::Estimate,
    world::{NamedShock, shock::BEGINS},
};

/// Smallest gain of a unit of which a kept share is drawn.
const GAINED: f64 = 0.05;

/// Every picture of every programme.
pub(super) fn pictures(
    scenario: &Scenario,
    summary: &Summary,
    ensemble: &Ensemble,
    wards: &[Option<Ward>],
) -> Vec<Picture> {
    let mut found = Vec::new();
    for (place, programme) in summary.programmes.iter().enumerate() {
        let Some(clock) = scenario.programmes.get(place).map(|programme| &programme.clock) else { continue };
        if reaches_nobody(scenario, place).is_some() {
            continue;
        }
        let about = About { scenario, summary, ensemble, programme, clock, place };
        let mut own: Vec<Picture> = [
            Some(about.practice()),
            about.net_gain(),
            about.units(),
            about.feelings(),
            about.view_from_the_top(),
            about.cost(),
            wards.get(place).and_then(|ward| about.ward(ward.as_ref()?)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if summary.programmes.len() > 1 {
            for picture in &mut own {
                picture.name = format!("{}_{}", picture.name, place + 1);
                picture.title = format!("{}: {}", programme.name, picture.title);
            }
        }
        found.append(&mut own);
    }
    found
}

/// One programme and everything known of it.
struct About<'a> {
    scenario: &'a Scenario,
    summary: &'a Summary,
    ensemble: &'a Ensemble,
    programme: &'a ProgrammeSummary,
    clock: &'a Clock,
    place: usize,
}

impl About<'_> {
    fn phases(&self) -> Vec<Phase> {
        let (start, live, end, last) =
            (self.clock.start as usize, self.clock.live(), self.clock.end(), self.ensemble.bands.weeks());
        let phase = |label: &str, from: usize, to: usize| Phase {
            label: label.into(),
            from,
            to: to.min(last),
            shaded: label == "support",
        };
        let all = [
            phase("before", 0, start),
            phase("planning", start, live),
            phase("support", live, end),
            phase("after support", end, last),
        ];
        all.into_iter().filter(|phase| phase.from < phase.to).collect()
    }

    fn events(&self) -> Vec<Event> {
        let last = self.ensemble.bands.weeks();
        let of = |named: &NamedShock| {
            let name = named.name.replace('_', " ");
            let label = |turn| if turn == BEGINS { name.clone() } else { format!("{name} {turn}") };
            let events = named.shock.turns().into_iter().map(|(week, turn)| Event { week, label: label(turn) });
            events.collect::<Vec<Event>>()
        };
        let all = self.scenario.shocks.iter().flat_map(of);
        let mut events: Vec<Event> = all.filter(|event| event.week < last).collect();
        events.sort_by_key(|event| event.week);
        events
    }

    fn mean(&self, series: Series, view: View, week: usize) -> f64 {
        self.ensemble.bands.mean(self.place, series, view, week)
    }

    /// A series with its bands: nine in ten runs, and half of them.
    fn line(&self, label: &str, role: Role, series: Series, view: View, bands: bool) -> Line {
        let weeks = 0..self.ensemble.bands.weeks();
        let all: Vec<_> = weeks.map(|week| self.ensemble.bands.band(self.place, series, view, week)).collect();
        let of = |place: usize| all.iter().map(|band| band.quantiles[place]).collect::<Vec<f64>>();
        let band = |label: &str, low: usize, high: usize| Band { label: label.into(), low: of(low), high: of(high) };
        Line {
            label: label.into(),
            role,
            values: all.iter().map(|band| band.mean.value).collect(),
            bands: if bands { vec![band("9 in 10 runs", 0, 4), band("half of runs", 1, 3)] } else { vec![] },
        }
    }

    fn practice(&self) -> Picture {
        let (end, later) = (self.clock.end().saturating_sub(2), self.clock.end() + 104);
        let at = |view: View, week: usize| self.mean(Series::Practice, view, week) * 100.0;
        let (with, without) = (at(View::With, end), at(View::Without, end));
        let mut title = format!(
            "When support ends, practice is {with:.0} % reliable with the programme and {without:.0} % without it"
        );
        let (with, without) = (at(View::With, later), at(View::Without, later));
        if !with.is_nan() {
            title.push_str(&format!("; two years later {with:.0} % and {without:.0} %"));
        }
        let lines = vec![
            self.line("without it", Role::Without, Series::Practice, View::Without, false),
            self.line("as reported", Role::Reported, Series::Reported, View::With, false),
            self.line("true", Role::With, Series::Practice, View::With, true),
        ];
        let caption = format!(
            "Lines: mean of {} in the units reached. Light band: 9 in 10 runs of the true course; dark band: half of them. \
             Each run is paired with the same staff under the same luck without any programme (dashed), so the lines differ \
             by more than the bands suggest. The axis does not begin at zero.{}",
            counted(self.summary.runs - self.summary.failed, "run"),
            if self.events().is_empty() { "" } else { " Upright dashes: shocks." }
        );
        let measure = Measure::new("Reliability of the practice", Unit::Share);
        let panels = vec![Panel { title: String::new(), lines }];
        let weeks = Weeks { measure, panels, phases: self.phases(), events: self.events(), from_zero: false };
        Picture::new("practice", title + ".", caption, Chart::Weeks(weeks))
    }

    fn net_gain(&self) -> Option<Picture> {
        let weeks = self.clock.live()..self.ensemble.bands.weeks();
        let gain = |week: usize| self.mean(Series::Practice, View::Net, week);
        let peak = weeks
            .clone()
            .filter(|week| !gain(*week).is_nan())
            .max_by(|left, right| gain(*left).total_cmp(&gain(*right)))?;
        let last = weeks.last()?;
        let half = (peak..=last).find(|week| gain(*week) < gain(peak) / 2.0);
        let sooner = |week: usize| match week.checked_sub(self.clock.end()) {
            Some(after) => format!("{} after support ends", counted(after as u64, "week")),
            None => "while support still goes on".into(),
        };
        let title = match half.filter(|_| gain(peak) > 0.01) {
            Some(half) => format!(
                "The mean gain is {} points at its highest; half of that is gone {}.",
                signed(gain(peak)),
                sooner(half)
            ),
            None => format!(
                "The mean gain is {} points at its highest and {} in the last week simulated.",
                signed(gain(peak)),
                signed(gain(last))
            ),
        };
        let mut line = self.line("net gain", Role::Gain, Series::Practice, View::Net, true);
        line.bands.truncate(1);
        let weeks = Weeks {
            measure: Measure::new("Net gain", Unit::Points),
            panels: vec![Panel { title: String::new(), lines: vec![line] }],
            phases: self.phases(),
            events: vec![],
            from_zero: true,
        };
        let caption = "True practice with the programme minus that of the same units, in the same run, without it. Line: mean of all \
                       runs; band: 9 in 10 runs.";
        Some(Picture::new("net_gain", title, caption, Chart::Weeks(weeks)))
    }

    fn feelings(&self) -> Option<Picture> {
        let panel = |title: &str, series: Series| Panel {
            title: title.into(),
            lines: vec![
                self.line("without it", Role::Without, series, View::Without, false),
                Line {
                    bands: self.line("", Role::With, series, View::With, true).bands.into_iter().take(1).collect(),
                    ..self.line("with the programme", Role::With, series, View::With, false)
                },
            ],
        };
        let panels = vec![
            panel("Ownership", Series::Ownership),
            panel("Motivation", Series::Motivation),
            panel("Fatigue", Series::Fatigue),
            panel("Cynicism", Series::Cynicism),
        ];
        let title = feelings_title(self.programme)?;
        let caption = "Frontline staff, mean of all runs, on a scale of 0 to 100 %. Solid line and band: with the programme, and 9 in 10 \
                       of its runs; dashed: the same staff without it; shaded: the weeks of support.";
        let measure = Measure::new("What staff feel", Unit::Share);
        let weeks = Weeks { measure, panels, phases: self.phases(), events: self.events(), from_zero: true };
        Some(Picture::new("feelings", title, caption, Chart::Weeks(weeks)))
    }

    fn units(&self) -> Option<Picture> {
        let column = |name: &str| UNIT_MEASURES.iter().position(|measure| measure.name == name);
        let (reached, end, later) =
            (column("reached")?, column("net_gain_at_end")?, column("net_gain_24_months_after")?);
        let units = self.ensemble.units.max(1);
        let rows = self.ensemble.unit_rows.chunks_exact(UNIT_MEASURES.len()).enumerate();
        let own = rows.filter(|(row, _)| row / units % self.ensemble.programmes.max(1) == self.place);
        let kept = own.filter_map(|(_, row)| {
            let (gain, left) = (f64::from(row[end]), f64::from(row[later]));
            (row[reached] > 0.5 && gain >= GAINED && !left.is_nan()).then_some(left / gain)
        });
        let kept: Vec<f64> = kept.collect();
        if kept.is_empty() {
            return None;
        }
        const STEP: f64 = 0.1;
        let edges: Vec<f64> = (-4..=16).map(|edge| f64::from(edge) * STEP).collect();
        let mut counts = vec![0u64; edges.len() - 1];
        for share in &kept {
            let bin = ((share - edges[0]) / STEP).floor().clamp(0.0, (counts.len() - 1) as f64) as usize;
            counts[bin] += 1;
        }
        let total = kept.len() as f64;
        let part =
            |holds: &dyn Fn(f64) -> bool| kept.iter().filter(|share| holds(**share)).count() as f64 / total * 100.0;
        let title = format!(
            "Of the units that had gained, {:.0} % keep more than three quarters and {:.0} % less than a quarter.",
            part(&|share| share > 0.75),
            part(&|share| share < 0.25)
        );
        let caption = format!(
            "Units reached that had gained 5 points or more when support ended, of all runs whose units are kept ({} in all): \
             what share of that gain is left 24 months later. Below 0: worse than without the programme; above 100: still growing. \
             The outermost bars hold everything beyond.",
            thousands(kept.len() as u64)
        );
        let histogram = Histogram {
            measure: Measure::new("Gain kept for two years", Unit::Share),
            counted: "units that had gained".into(),
            shares: counts.iter().map(|count| *count as f64 / total).collect(),
            edges,
            total: kept.len() as u64,
            turns_at: 0.5,
            marks: vec![
                Mark { at: 0.0, label: "all lost".into() },
                Mark { at: 0.5, label: "half kept".into() },
                Mark { at: 1.0, label: "all kept".into() },
            ],
        };
        Some(Picture::new("units", title, caption, Chart::Histogram(histogram)))
    }

    fn view_from_the_top(&self) -> Option<Picture> {
        let end = self.clock.end().saturating_sub(2);
        let at = |series: Series, view: View| self.mean(series, view, end);
        let (staff, managers) =
            (at(Series::BenefitSeenByStaff, View::With), at(Series::BenefitSeenByManagers, View::With));
        if staff.is_nan() || managers.is_nan() {
            return None;
        }
        let difference = managers - staff;
        let title = match () {
            () if difference.abs() < 0.01 => {
                "Managers and staff have much the same benefit in front of them when support ends.".into()
            }
            () => format!(
                "From the top it looks {}: managers have a benefit of {} points in front of them when support ends, staff one of {}.",
                if difference > 0.0 { "better" } else { "worse" },
                scaled(managers),
                scaled(staff)
            ),
        };
        let lines = vec![
            self.line("true net gain", Role::Without, Series::Practice, View::Net, false),
            self.line("seen by managers", Role::Reported, Series::BenefitSeenByManagers, View::With, false),
            self.line("seen by staff", Role::With, Series::BenefitSeenByStaff, View::With, false),
        ];
        let caption = "Mean of all runs. Managers see the reported gain over usual practice as it is passed up to them, where good news travels \
                       better than bad; staff see the true one; dashed: the true gain over the same weeks without the programme.";
        let weeks = Weeks {
            measure: Measure::new("Benefit", Unit::Points),
            panels: vec![Panel { title: String::new(), lines }],
            phases: self.phases(),
            events: vec![],
            from_zero: true,
        };
        Some(Picture::new("view_from_the_top", title, caption, Chart::Weeks(weeks)))
    }

    fn cost(&self) -> Option<Picture> {
        let cost = &self.programme.cost;
        let (end, later) =
            (self.programme.estimate("net_gain_at_end"), self.programme.estimate("net_gain_24_months_after"));
        if end.low.is_nan() || cost.money <= 0.0 {
            return None;
        }
        let point = |label: &str, money: f64, up: Estimate, role: Role| Point {
            label: label.into(),
            across: exactly(money),
            up,
            role,
        };
        let mut points = vec![point("when support ends", cost.money_until_end, end, Role::Gain)];
        let price = cost.per_point_24_months_after;
        let mut title = format!("{} for {CURRENCY} {} when support ends", a_gain(end), grouped(cost.money_until_end));
        if !later.low.is_nan() {
            points.push(point("two years later", cost.money, later, Role::With));
            title.push_str(&format!("; {} for {CURRENCY} {} two years later", a_gain(later), grouped(cost.money)));
        }
        if !price.value.is_nan() {
            title.push_str(&format!(", {CURRENCY} {} for each point still there", grouped(price.value)));
        }
        let caption = "Gain with its 95 % interval over all money spent until then, staff time that nobody replaces included. Prices are \
                       assumptions: see dewpoint prices.";
        let scatter = Scatter {
            across: Measure::new("Spent", Unit::Money(CURRENCY)),
            up: Measure::new("Net gain", Unit::Points),
            points,
        };
        Some(Picture::new("cost", capital(&title) + ".", caption, Chart::Scatter(scatter)))
    }

    fn ward(&self, ward: &Ward) -> Option<Picture> {
        let points = u_chart(&ward.with, &ward.exposure, ward.baseline);
        if ward.baseline < 2 || points.len() <= ward.baseline || !points[0].centre.is_finite() {
            return None;
        }
        let after = &points[ward.baseline..];
        let below = after.iter().filter(|point| point.signal.is_some() && point.value < point.centre).count();
        let above = after.iter().filter(|point| point.signal.is_some() && point.value > point.centre).count();
        let finding = match (below, above) {
            (0, 0) => "shows no signal: what changed there is smaller than the luck of counting".into(),
            (0, above) => format!("signals more events than before at {}", counted(above as u64, "point")),
            (below, 0) => format!("signals fewer events than before at {}", counted(below as u64, "point")),
            _ => format!(
                "signals fewer events at {} and more at {}",
                counted(below as u64, "point"),
                counted(above as u64, "point")
            ),
        };
        let other = u_chart(&ward.without, &ward.exposure, ward.baseline);
        let same = other.iter().zip(&points).all(|(other, own)| other.signal == own.signal);
        let signalled = if below + above > 0 && same { ", and would have without the programme" } else { "" };
        let since = |counts: &[f64]| counts.iter().skip(ward.baseline).sum::<f64>();
        let title = format!(
            "The chart of a typical ward {finding}{signalled}. Since support began it has counted {:.0} adverse events, against {:.0} \
             without the programme.",
            since(&ward.with),
            since(&ward.without)
        );
        let incidents = &self.scenario.incidents;
        let caption = format!(
            "One ward of run 0, the one in the middle of the units reached by net gain ({} points): a u-chart of {WEEKS_A_POINT}-week counts, centre and limits (3 standard \
             errors) from the weeks before support. Rings: signals (beyond a limit; 8 in a row on one side; 6 in a row rising or falling). \
             Assumptions, to be set under [incidents]: {} beds, {} events per 1,000 bed days where nobody follows the practice, {:.0} % of them prevented where everybody does, \
             counted with Poisson luck that is the same in both worlds.",
            signed(ward.gain),
            incidents.beds,
            incidents.rate,
            f64::from(incidents.prevented) * 100.0
        );
        let point = |(point, (without, exposure)): (&crate::metrics::control::ChartPoint, (&f64, &f64))| ControlPoint {
            value: point.value,
            centre: point.centre,
            lower: point.lower,
            upper: point.upper,
            signal: point.signal.map_or_else(String::new, |signal| signal.name().into()),
            other: without / exposure,
        };
        let control = Control {
            measure: Measure::new("Adverse events", Unit::Plain("per 1,000 bed days")),
            weeks_a_point: WEEKS_A_POINT,
            points: points.iter().zip(ward.without.iter().zip(&ward.exposure)).map(point).collect(),
            phases: self.phases(),
            events: self.events(),
            other: "without the programme".into(),
        };
        Some(Picture::new("ward", title, caption, Chart::Control(control)))
    }
}
