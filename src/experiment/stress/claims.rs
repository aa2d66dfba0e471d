//! What a stress test concludes, to be held against other choices of assumed parameters.
use super::{
    METRIC, Plan, Strike, Tested,
    strikes::over_times,
    strikes::{is_clear, name},
};
use crate::{
    experiment::{
        Job,
        assumptions::{Claim, Concluded, Term},
    },
    phrase::Change,
};

/// Shocks of each design that are held against assumptions, the costliest first.
const MOST: usize = 3;

/// What was simulated.
pub(super) struct Lived<'a> {
    pub plan: &'a Plan,
    /// The programme looked at, by design.
    pub programmes: &'a [usize],
    pub tested: &'a [Tested],
    /// Undisturbed, by design: what was simulated, and gains in each run.
    pub base: &'a [Job],
    pub undisturbed: &'a [Vec<f64>],
    /// Struck, as [`jobs`](super::strikes::jobs) lists them.
    pub struck: &'a [Job],
    pub gains: &'a [Vec<f64>],
}

/// A design undisturbed, or under a strike at all its times.
struct Case<'a> {
    programme: usize,
    jobs: Vec<&'a Job>,
    /// Gain in each run, mean over times.
    kept: Vec<f64>,
}

/// Of each design that has a gain to lose: which shocks alone, at the hardest severity tried, cost part of it, which of the
/// two costliest costs more, and which design keeps more under the shock with the largest regret.
pub(super) fn concluded(lived: &Lived) -> Concluded {
    let mut concluded = Concluded::default();
    for (design, one) in lived.tested.iter().enumerate().filter(|(_, one)| Change::of(one.undisturbed) == Change::Gain)
    {
        let hardest = lived.hardest(one);
        let (who, undisturbed) = (&one.name, lived.undisturbed(design));
        for (place, strike) in hardest.iter().filter(|(_, strike)| is_clear(&strike.loss)).take(MOST) {
            let shock = name(strike);
            let texts = [format!("{shock} costs {who} part of its gain"), format!("{shock} adds to the gain of {who}")];
            lived.conclude(&mut concluded, texts, &undisturbed, &lived.struck(design, *place));
        }
        if let [(first, costliest), (second, next), ..] = hardest.as_slice()
            && is_clear(&costliest.loss)
        {
            let [left, right] = [second, first].map(|place| lived.struck(design, *place));
            let say = |more, less| format!("{} costs {who} more than {}", name(more), name(less));
            lived.conclude(&mut concluded, [say(costliest, next), say(next, costliest)], &left, &right);
        }
        let larger = |(_, left): &&(usize, &Strike), (_, right): &&(usize, &Strike)| {
            left.regret.value.total_cmp(&right.regret.value)
        };
        if let Some((place, strike)) = hardest.iter().filter(|(_, strike)| is_clear(&strike.regret)).max_by(larger) {
            let better = lived.tested.get(strike.best).map_or("", |better| better.name.as_str());
            let [left, right] = [strike.best, design].map(|design| lived.struck(design, *place));
            let say = |more: &str, less: &str| format!("under {} {more} keeps more than {less}", name(strike));
            lived.conclude(&mut concluded, [say(better, who), say(who, better)], &left, &right);
        }
    }
    concluded
}

impl<'a> Lived<'a> {
    /// Shocks alone at the hardest severity tried, with their places among all strikes, the costliest first.
    fn hardest(&self, tested: &'a Tested) -> Vec<(usize, &'a Strike)> {
        let strikes = tested.strikes.iter().enumerate();
        let alone = |strike: &Strike| strike.shocks.len() == 1 && self.plan.severities.last() == Some(&strike.severity);
        let mut hardest: Vec<_> = strikes.filter(|(_, strike)| alone(strike)).collect();
        hardest.sort_by(|(_, left), (_, right)| right.loss.value.total_cmp(&left.loss.value));
        hardest
    }

    fn undisturbed(&self, design: usize) -> Case<'a> {
        Case {
            programme: self.programmes.get(design).copied().unwrap_or(0),
            jobs: self.base.get(design).into_iter().collect(),
            kept: self.undisturbed.get(design).cloned().unwrap_or_default(),
        }
    }

    /// The strike at `place` among those of `design`: all designs are struck alike.
    fn struck(&self, design: usize, place: usize) -> Case<'a> {
        let times = |strikes: &[Strike]| strikes.iter().map(|strike| strike.times.len()).sum::<usize>();
        let strikes = self.tested.get(design).map_or(&[][..], |tested| tested.strikes.as_slice());
        let first = design * times(strikes) + times(strikes.get(..place).unwrap_or_default());
        let here = first..first + strikes.get(place).map_or(0, |strike| strike.times.len());
        let gains: Vec<&[f64]> = self.gains.get(here.clone()).into_iter().flatten().map(Vec::as_slice).collect();
        Case {
            programme: self.programmes.get(design).copied().unwrap_or(0),
            jobs: self.struck.get(here).into_iter().flatten().collect(),
            kept: over_times(&gains),
        }
    }

    /// Adds that `left` keeps more than `right`, in words above and below nothing.
    fn conclude(&self, concluded: &mut Concluded, texts: [String; 2], left: &Case, right: &Case) {
        let mut terms = Vec::new();
        for (case, sign) in [(left, 1.0), (right, -1.0)] {
            for job in &case.jobs {
                let mut scenario = job.scenario.clone();
                scenario.run.seed = self.plan.seed;
                let (scenario, weight) = (concluded.place(&scenario), sign / case.jobs.len() as f64);
                terms.push(Term { scenario, programme: case.programme, metric: METRIC.into(), weight });
            }
        }
        let own = left.kept.iter().zip(&right.kept).map(|(left, right)| left - right).collect();
        let [above, below] = texts;
        concluded.claims.push(Claim { above, below, terms, own, concludes: true });
    }
}
