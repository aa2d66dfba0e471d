//! A series as a chart: its kind, its parts, the lines at every point, and what is special.
//!
//! Lines change only where somebody says so: a break needs a reason, and nothing is rebased on its own.
use super::{
    ask::{Asked, Remark},
    day::Day,
    kind::{Kind, Law, Lines, RANGE, RANGE_LIMIT, spread},
    read::{Data, Measured, Point, Series},
    rules::{Runs, Seen, Signal, jumps, of_runs, signals},
};
use crate::phrase::counted;

/// Points from which lines are learnt, at least, where somebody chooses them.
pub const FEWEST: usize = 12;

/// A chart of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Charted {
    /// Its unit; empty where nothing is told apart.
    pub unit: String,
    /// Its kind.
    pub kind: Kind,
    /// Why it is of that kind, where nobody asked for it: a sentence.
    pub why: String,
    /// What its numbers were multiplied with.
    pub factor: f64,
    /// Its points, in the units of the chart.
    pub points: Vec<Drawn>,
    /// Its parts, each with lines of its own.
    pub parts: Vec<Part>,
    /// What is special, in the order of time.
    pub signals: Vec<Signal>,
    /// Whether its lines were given.
    pub own_limits: bool,
    /// When the programme begins, where that is said.
    pub start: Option<Day>,
    /// What happened when.
    pub notes: Vec<(Day, String)>,
}

impl Charted {
    /// The lines at the last point of `part` that is no gap: without a number nobody knows how far limits would reach.
    pub fn last_lines(&self, part: &Part) -> Lines {
        let points = &self.points[part.from..part.to];
        let there = points.iter().rev().find(|point| !point.read.is_gap()).or(points.last());
        there.map_or(self.points[part.from].lines, |point| point.lines)
    }

    /// How many times as much its first points vary from one to the next as counting would make them; of counts and rates.
    pub fn spread(&self) -> f64 {
        let Some(part) = self.parts.first() else { return 1.0 };
        match self.kind {
            Kind::Xmr => part.range / RANGE / self.points[part.from].lines.centre.max(f64::MIN_POSITIVE).sqrt(),
            _ => part.spread,
        }
    }

    /// Whether it has a panel of moving ranges with limits: an XmR chart whose lines are not given.
    pub fn has_ranges(&self) -> bool {
        self.kind == Kind::Xmr && !self.own_limits
    }
}

impl Part {
    /// The upper limit of its moving ranges, in the units of the chart.
    pub fn range_limit(&self) -> f64 {
        RANGE_LIMIT * self.range
    }
}

/// A point with its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The point as it was read.
    pub read: Point,
    /// Its number; NaN in a gap.
    pub value: f64,
    /// Its lines.
    pub lines: Lines,
    /// How far it lies from the point before it in its part; NaN where there is none, or a gap between.
    pub range: f64,
    /// The part it belongs to.
    pub part: usize,
    /// Why it counts in nothing; empty where it counts.
    pub ghost: String,
}

/// Points between two breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Place of its first point.
    pub from: usize,
    /// Place after its last point.
    pub to: usize,
    /// Why it begins; empty for the first.
    pub reason: String,
    /// Points that count.
    pub counted: usize,
    /// Points from which its lines come.
    pub base: usize,
    /// Time of the last of these.
    pub base_ends: Day,
    /// How much more its points vary than counting alone would make them.
    pub spread: f64,
    /// Mean moving range, in the units of the chart.
    pub range: f64,
    /// What Anhøj's rules count, of a run chart.
    pub runs: Option<Runs>,
}

/// Draws every series of `data`.
///
/// # Errors
///
/// When what is asked does not fit the data: what is wrong and what would be right.
pub fn drawn(data: &Data, asked: &Asked) -> Result<Vec<Charted>, String> {
    if asked.baseline.is_some_and(|points| points < FEWEST) {
        return Err(format!(
            "--baseline: fewer than {FEWEST} points are too few to learn limits from; give {FEWEST} or more"
        ));
    }
    if let Some(kind) = asked.kind {
        kind.fits(data.measured)?;
    }
    if asked.per.is_some() && data.measured != Measured::Rate {
        return Err("--per is about rates, events over an exposure; take it out".into());
    }
    if let Some([low, centre, high]) = asked.limits {
        if !(low < centre && centre < high) {
            return Err(format!(
                "--limits {low},{centre},{high}: the centre lies between the limits; write LOW,CENTRE,HIGH"
            ));
        }
        if asked.baseline.is_some() || !asked.breaks.is_empty() {
            return Err("--limits gives all lines; take --baseline and --break out".into());
        }
        if asked.kind == Some(Kind::Run) {
            return Err("--kind run has no limits; take --limits out".into());
        }
    }
    data.series.iter().map(|series| of_series(data, series, asked).map_err(|what| whose(series, what))).collect()
}

fn whose(series: &Series, what: String) -> String {
    if series.unit.is_empty() { what } else { format!("{}: {what}", series.unit) }
}

fn of_series(data: &Data, series: &Series, asked: &Asked) -> Result<Charted, String> {
    let points = &series.points;
    let ghosts = ghosts(data, points, &asked.ghosts)?;
    let counts = |place: usize| !points[place].is_gap() && ghosts[place].is_empty();
    let all = (0..points.len()).filter(|place| counts(*place)).count();
    if all == 0 {
        return Err("has no number at all; there is nothing to draw".into());
    }
    let mut parts = parts(data, points, &asked.breaks)?;
    for part in &mut parts {
        part.counted = (part.from..part.to).filter(|place| counts(*place)).count();
    }
    if parts.len() > 1
        && let Some(short) = parts.iter().find(|part| part.counted < FEWEST)
    {
        let (first, last) = (points[short.from].at, points[short.to - 1].at);
        return Err(format!(
            "--break: from {} to {} there {} {}; new lines need {FEWEST} or more: keep the old ones until then",
            data.said.named(first),
            data.said.named(last),
            if short.counted == 1 { "is" } else { "are" },
            counted(short.counted as u64, "point")
        ));
    }
    if let Some(wanted) = asked.baseline
        && parts[0].counted < wanted
    {
        return Err(format!("--baseline {wanted}: there are only {}", counted(parts[0].counted as u64, "point")));
    }
    let bases: Vec<Vec<Point>> = parts.iter().map(|part| base(points, part, asked.baseline, &ghosts)).collect();
    let (kind, why) = match asked.kind {
        Some(kind) => (kind, String::new()),
        None => chosen(data.measured, &bases, asked),
    };
    if kind == Kind::T && points.iter().any(|point| point.value <= 0.0) {
        return Err("a t chart is about times between events, which are above 0; one is not".into());
    }
    let fewest = if kind == Kind::Run || asked.limits.is_some() { 1 } else { 2 };
    if let Some(part) = parts.iter().find(|part| part.counted < fewest) {
        return Err(format!(
            "has {}; limits need {FEWEST} or more: leave --kind out for a run chart",
            counted(part.counted as u64, "point")
        ));
    }
    let factor = data.factor(asked.per);
    let laws: Vec<Law> = bases
        .iter()
        .map(|base| {
            asked.limits.map_or_else(|| Law::of(kind, base), |own| Law::given(kind, own.map(|line| line / factor)))
        })
        .collect();
    let part_of = |place: usize| parts.iter().position(|part| place < part.to).unwrap_or(0);
    let mut drawn: Vec<Drawn> = (0..points.len())
        .map(|place| {
            let (read, part) = (points[place], part_of(place));
            let Lines { low, near_low, centre, near_high, high } = laws[part].at(&read);
            let [low, near_low, centre, near_high, high] =
                [low, near_low, centre, near_high, high].map(|line| line * factor);
            let lines = Lines { low, near_low, centre, near_high, high };
            Drawn { read, value: read.value * factor, lines, range: f64::NAN, part, ghost: ghosts[place].clone() }
        })
        .collect();
    let mut special = Vec::new();
    for ((place, law), base) in laws.iter().enumerate().zip(&bases) {
        let part = &mut parts[place];
        let there: Vec<&Point> = base.iter().filter(|point| !point.is_gap()).collect();
        (part.base, part.base_ends) = (there.len(), there.last().map_or(0, |point| point.at));
        (part.spread, part.range) = (law.spread, law.range * factor);
        let seen: Vec<Seen> = (part.from..part.to)
            .filter(|place| counts(*place))
            .map(|place| (place, drawn[place].value, drawn[place].lines))
            .collect();
        let steps: Vec<(usize, usize, f64)> = seen
            .windows(2)
            .map(|pair| (pair[0].0, pair[1].0, pair[1].1 - pair[0].1))
            .filter(|(from, to, _)| (*from..*to).all(|place| !points[place].is_gap()))
            .collect();
        for (_, to, by) in &steps {
            drawn[*to].range = by.abs();
        }
        if kind == Kind::Xmr && asked.limits.is_none() {
            special.extend(jumps(&steps, part.range_limit()));
        }
        if kind == Kind::Run {
            let (found, runs) = of_runs(&seen);
            special.extend(found);
            part.runs = runs;
        } else {
            special.extend(signals(kind, &seen));
        }
    }
    let whole = |remark: &Remark| Ok::<_, String>((data.place("--note", &remark.time)?, remark.text.clone()));
    let notes = asked.notes.iter().map(whole).collect::<Result<Vec<_>, String>>()?;
    let start = asked.start.as_ref().map(|start| data.place("--start", start)).transpose()?;
    Ok(Charted {
        unit: series.unit.clone(),
        kind,
        why,
        factor,
        points: drawn,
        parts,
        signals: special,
        own_limits: asked.limits.is_some(),
        start,
        notes,
    })
}

/// For each point why it counts in nothing, empty where it counts.
fn ghosts(data: &Data, points: &[Point], remarks: &[Remark]) -> Result<Vec<String>, String> {
    let mut ghosts = vec![String::new(); points.len()];
    for Remark { time, text } in remarks {
        let at = data.place("--ghost", time)?;
        let end = |place: usize| data.end_of(points[place].at, points.get(place + 1).map(|next| next.at));
        let found = (0..points.len()).find(|place| points[*place].at <= at && at < end(*place));
        // Uneven times have no end of their own.
        let found = found.filter(|place| !points[*place].is_gap());
        let Some(place) = found else {
            let (first, last) = (points.first().map_or(0, |point| point.at), points.last().map_or(0, |point| point.at));
            return Err(format!(
                "--ghost {time}: there is no point then; the points go from {} to {}",
                data.said.named(first),
                data.said.named(last)
            ));
        };
        ghosts[place].clone_from(text);
    }
    Ok(ghosts)
}

/// The points between breaks.
fn parts(data: &Data, points: &[Point], breaks: &[Remark]) -> Result<Vec<Part>, String> {
    let mut begins: Vec<(usize, String)> = vec![(0, String::new())];
    for Remark { time, text } in breaks {
        let at = data.place("--break", time)?;
        let place = points.iter().position(|point| point.at >= at);
        match place {
            Some(place) if place > 0 => begins.push((place, text.clone())),
            _ => {
                return Err(format!(
                    "--break {time}: a break lies between two points, after {} and not after {}",
                    data.said.named(points.first().map_or(0, |point| point.at)),
                    data.said.named(points.last().map_or(0, |point| point.at))
                ));
            }
        }
    }
    begins.sort_by_key(|(place, _)| *place);
    if let Some(pair) = begins.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(format!(
            "--break: two of them lie before {}; one is enough",
            data.said.named(points[pair[1].0].at)
        ));
    }
    let ends = begins.iter().skip(1).map(|(place, _)| *place).chain([points.len()]);
    let part = |((from, reason), to): (&(usize, String), usize)| Part {
        from: *from,
        to,
        reason: reason.clone(),
        counted: 0,
        base: 0,
        base_ends: 0,
        spread: 1.0,
        range: f64::NAN,
        runs: None,
    };
    Ok(begins.iter().zip(ends).map(part).collect())
}

/// The points from which the lines of `part` come, gaps among them: the first so many that count, or all.
fn base(points: &[Point], part: &Part, wanted: Option<usize>, ghosts: &[String]) -> Vec<Point> {
    let most = wanted.unwrap_or(usize::MAX).min(part.counted);
    let mut base = Vec::new();
    let mut taken = 0;
    for place in (part.from..part.to).filter(|place| ghosts[*place].is_empty()) {
        if taken == most {
            break;
        }
        taken += usize::from(!points[place].is_gap());
        base.push(points[place]);
    }
    base
}

/// The kind that fits, and why.
fn chosen(measured: Measured, bases: &[Vec<Point>], asked: &Asked) -> (Kind, String) {
    let there = |base: &Vec<Point>| base.iter().filter(|point| !point.is_gap()).count();
    let fewest = bases.iter().map(there).min().unwrap_or(0);
    if fewest < FEWEST && asked.limits.is_none() {
        return (
            Kind::Run,
            format!("A run chart, because limits need {FEWEST} points or more and there are {fewest}."),
        );
    }
    let (plain, primed) = match measured {
        Measured::Proportion => (Kind::P, Kind::PPrime),
        Measured::Rate => (Kind::U, Kind::UPrime),
        Measured::Count => (Kind::C, Kind::Xmr),
        Measured::Value(_) => return (Kind::Xmr, "An XmR chart, which suits single values.".into()),
        Measured::Between => return (Kind::T, "A t chart, which suits times between events.".into()),
    };
    // By how much points may seem to vary more than counting makes them, by luck alone, in one of twenty charts.
    let (mut varies, mut by_luck) = (1.0, f64::INFINITY);
    for base in bases {
        let count = there(base) as f64;
        let sum = |of: fn(&Point) -> f64| base.iter().filter(|point| !point.is_gap()).map(of).sum::<f64>();
        let centre = sum(|point| point.count) / sum(|point| point.size);
        let spread = spread(plain, base, centre);
        let most = 1.0 + 1.5 / libm::sqrt((count - 1.0).max(1.0));
        if spread.is_finite() && spread / most > varies / by_luck {
            (varies, by_luck) = (spread, most);
        }
    }
    if varies > by_luck {
        let why = format!(
            "{} {} chart, because points vary {varies:.1} times as much from one to the next as counting alone would make them \
             (luck makes that up to {by_luck:.1}).",
            if primed == Kind::Xmr { "An" } else { "A" },
            primed.said()
        );
        return (primed, why);
    }
    let article = if plain == Kind::U {
        "A u"
    } else if plain == Kind::P {
        "A p"
    } else {
        "A c"
    };
    (plain, format!("{article} chart, because points vary no more from one to the next than counting makes them."))
}

#[cfg(test)]
mod tests;
