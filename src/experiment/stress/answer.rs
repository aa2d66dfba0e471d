//! Stress in sentences.
use super::{
    BreakEven, Severity, Stress, Strike, Tested, battery_table,
    discovery::Circumstances,
    numbers::numbers,
    pictures::pictures,
    strikes::{is_clear, name},
};
use crate::{
    experiment::{Answer, KeyNumber, Study, assumptions::Concluded},
    phrase::{Change, Kept, amount, counted, left, listed, named, points, read, scaled, share, turned},
    picture::Picture,
    stats::Estimate,
};

impl Study for Stress {
    /// Every design is simulated until its gain has been looked at, however long its follow-up is.
    fn follows_as_given(&self) -> bool {
        false
    }

    fn answer(&self) -> Answer {
        let several = self.designs.len() > 1;
        let mut sentences: Vec<String> = Vec::new();
        for design in &self.designs {
            sentences.extend(several.then(|| cost(design)));
            sentences.extend(self.about(design));
        }
        sentences.push(self.method());
        let mut tables = vec![self.survival(), self.designs_table(), self.strikes_table(), self.times_table()];
        if self.designs.iter().any(|design| !design.break_evens.is_empty()) {
            tables.extend([self.break_evens_table(), self.curves_table()]);
        }
        if self.plan.points > 0 {
            tables.extend([self.boxes_table(), self.points_table()]);
        }
        tables.push(battery_table());
        Answer { title: self.title(), sentences, shown: None, tables }
    }

    fn numbers(&self) -> Vec<KeyNumber> {
        numbers(self)
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }

    fn concluded(&self) -> Concluded {
        self.concluded.clone()
    }
}

/// How many shocks cost a design something, and which costs most.
fn cost(design: &Tested) -> String {
    let alone: Vec<&Strike> = design.alone().collect();
    let clear = alone.iter().filter(|strike| is_clear(&strike.loss)).count();
    let worst = alone.iter().max_by(|left, right| left.loss.value.total_cmp(&right.loss.value));
    let worst = match worst {
        Some(worst) if is_clear(&worst.loss) => format!("; {} costs most, {}", name(worst), amount(worst.loss)),
        _ => String::new(),
    };
    let (tried, who) = (alone.len(), named(&design.name));
    // Where there is no gain to take part of, a shock makes worse what is none.
    match Change::of(design.undisturbed) {
        Change::Gain => {
            format!(
                "{clear} of {tried} shocks alone clearly cost {who} part of its gain 24 months after support{worst}."
            )
        }
        _ => format!(
            "{who} has no clear gain to lose 24 months after support: {clear} of {tried} shocks alone clearly make it \
             worse{worst}."
        ),
    }
}

impl Stress {
    fn title(&self) -> String {
        match self.designs.as_slice() {
            [only] => cost(only),
            _ => self.regrets(),
        }
    }

    /// Which design has least to regret.
    fn regrets(&self) -> String {
        let mut behind: Vec<(&str, &Strike)> = self
            .designs
            .iter()
            .filter_map(|design| Some((design.name.as_str(), design.most_regretted()?)))
            .filter(|(_, strike)| is_clear(&strike.regret))
            .collect();
        behind.sort_by(|(_, left), (_, right)| left.regret.value.total_cmp(&right.regret.value));
        let all = |link: &str| {
            let by = |(who, strike): &(&str, &Strike)| self.behind(who, link, strike);
            behind.iter().map(by).collect::<Vec<_>>().join("; ")
        };
        let is_behind = |design: &&Tested| behind.iter().any(|(who, _)| *who == design.name);
        let never: Vec<&str> =
            self.designs.iter().filter(|design| !is_behind(design)).map(|d| d.name.as_str()).collect();
        match (never.as_slice(), behind.is_empty()) {
            (_, true) => "A tie: no design is clearly behind another under any of the shocks.".into(),
            ([], false) => format!("Each design is behind another under some shock: {}.", all("")),
            (_, false) => {
                let is = if never.len() == 1 { "is" } else { "are" };
                format!("{} {is} never clearly behind another design; {}.", listed(&never), all(" is,"))
            }
        }
    }

    /// By how much a design is behind under a strike.
    fn behind(&self, who: &str, link: &str, strike: &Strike) -> String {
        let better = self.designs.get(strike.best).map_or("", |best| best.name.as_str());
        format!("{who}{link} by up to {} under {}, where {better} keeps most", amount(strike.regret), name(strike))
    }

    fn about(&self, design: &Tested) -> Vec<String> {
        let mut sentences = Vec::new();
        let (who, gain) = (named(&design.name), design.undisturbed);
        let undisturbed = match Change::of(gain) {
            Change::Gain => format!("{who} has a net gain of {} left when none of this happens", amount(gain)),
            Change::Loss => {
                format!("When none of this happens, practice is {} lower with {who} than without it", amount(gain))
            }
            _ => format!("When none of this happens, {who} has no clear gain left, {}", points(gain)),
        };
        if design.fails_below.is_nan() {
            return vec![format!(
                "{undisturbed}: there is nothing to break. --fails-below would say what counts as failing."
            )];
        }
        sentences.push(format!(
            "{undisturbed}; a run fails if it keeps less than {} points, as {} of runs do when none of this happens.",
            scaled(design.fails_below),
            share(design.failing_undisturbed)
        ));
        if let Some(worst) = design.worst().filter(|worst| is_clear(&worst.loss)) {
            let of_it = match Kept::of(gain, worst.kept, worst.share) {
                Kept::Share(kept) => format!(", {} of it", share(kept)),
                _ => String::new(),
            };
            let cases = counted(design.strikes.len() as u64, "case");
            sentences.push(format!(
                "Worst of the {cases} tried for {who}: {}, after which {}{of_it}.",
                name(worst),
                left(worst.kept)
            ));
        }
        sentences.extend(pairs(design).filter(|_| self.designs.len() == 1));
        sentences.extend(stands(design, self.plan.fails_below.is_none()));
        if let Some(discovery) = &design.discovery {
            // The first of each: what further boxes add is in their table.
            for failing in [true, false] {
                let first = discovery.boxes.iter().find(|found| found.failing == failing && found.holds);
                sentences.extend(first.map(|found| self.circumstances(design, found)));
            }
            if !discovery.boxes.iter().any(|found| found.holds) {
                sentences.push(format!(
                    "Nothing among the {} uncertainties tried tells clearly when {who} fails; {:.0} % of runs do ({} points x {}).",
                    discovery.axes.len(),
                    100.0 * discovery.base,
                    discovery.sought,
                    counted(self.plan.runs_a_point, "run")
                ));
            }
        }
        sentences
    }

    /// When a design fails, or, where that is the rule, when it does not.
    fn circumstances(&self, design: &Tested, found: &Circumstances) -> String {
        let conditions: Vec<&str> = found.conditions.iter().map(|condition| condition.words.as_str()).collect();
        let who = named(&design.name);
        let begin = if found.failing { "fails when" } else { "holds best when" };
        let (do_so, all) = if found.failing { ("fail", "all failures") } else { ("do not fail", "all that do not") };
        let measured = &found.measured;
        format!(
            "{who} {begin} {}: {} of such runs {do_so} (density), they are {} of {all} (coverage); anywhere {} {do_so}. Found with {} points x {}, measured on {} fresh points.",
            conditions.join(" and "),
            share(measured.density),
            share(measured.coverage),
            share(measured.base),
            self.plan.points,
            counted(self.plan.runs_a_point, "run"),
            self.plan.points / 2,
        )
    }

    fn method(&self) -> String {
        let pairs = if self.plan.pairs {
            format!(
                "; pairs at {} times with {}",
                self.plan.times.div_ceil(2),
                counted(self.plan.runs.div_ceil(2), "run")
            )
        } else {
            String::new()
        };
        format!(
            "Each shock struck at {} times between the start of support and 24 months after it, the same for all designs, each with {} under the same luck as undisturbed{pairs}. Intervals are 95 % intervals, one by one: of many shocks that do nothing, one in forty looks clearly harmful by chance.",
            self.plan.times,
            counted(self.plan.runs, "run"),
        )
    }
}

/// What pairs cost beyond both alone.
fn pairs(design: &Tested) -> Option<String> {
    let beyond = |strike: &'_ Strike| strike.beyond.map(|beyond| (name(strike), beyond));
    let all: Vec<(String, Estimate)> = design.strikes.iter().filter_map(beyond).collect();
    if all.is_empty() {
        return None;
    }
    let more: Vec<&(String, Estimate)> = all.iter().filter(|(_, beyond)| is_clear(beyond)).collect();
    let less = all.iter().filter(|(_, beyond)| is_clear(&turned(*beyond))).count();
    let of_severity = |severity: Severity| {
        let count =
            design.strikes.iter().filter(|strike| strike.beyond.is_some() && strike.severity == severity).count();
        (count > 0).then(|| format!("{count} {}", severity.name()))
    };
    let severities: Vec<String> = Severity::ALL.into_iter().filter_map(of_severity).collect();
    let most = more.iter().reduce(|most, other| if other.1.value > most.1.value { other } else { most });
    let most = most.map_or(String::new(), |(name, beyond)| format!(", most of them {name} by {}", amount(*beyond)));
    Some(format!(
        "Of {} pairs ({}), {} cost {} clearly more than the sum of both shocks alone{most}; {less} clearly less; chance alone would make about {} of each.",
        all.len(),
        severities.join(", "),
        more.len(),
        design.name,
        read((all.len() as f64 * 0.025).round())
    ))
}

/// How much a design stands.
fn stands(design: &Tested, half: bool) -> Vec<String> {
    let now =
        |row: &BreakEven| if row.present == 0.0 { String::new() } else { format!("; {} as it is", read(row.present)) };
    let interval = |row: &BreakEven| {
        let high = if row.high.is_finite() { read(row.high) } else { format!("beyond {}", read(row.worst)) };
        format!(" ({} to {high}{})", read(row.low), now(row))
    };
    let breaks: Vec<String> = design
        .break_evens
        .iter()
        .filter(|row| row.breaks())
        .map(|row| format!("{}{}", row.in_words(row.at), interval(row)))
        .collect();
    let bears = |row: &BreakEven| {
        let perhaps =
            if row.low.is_finite() { format!(", though it may pass from {} on", read(row.low)) } else { String::new() };
        format!("{}{perhaps}", row.in_words(row.worst))
    };
    let holds: Vec<String> = design.break_evens.iter().filter(|row| !row.breaks()).map(bears).collect();
    let gain = if half { "half of its gain".into() } else { format!("{} points of gain", scaled(design.fails_below)) };
    let mut sentences = Vec::new();
    if !breaks.is_empty() {
        sentences.push(format!("{} keeps {gain}, each by itself, up to {}.", design.name, breaks.join("; up to ")));
    }
    if !holds.is_empty() {
        sentences.push(format!("{} keeps {gain} even at the worst tried: {}.", design.name, holds.join("; ")));
    }
    sentences
}
