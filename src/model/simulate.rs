//! One replicate: every organisation through all its weeks, with the programmes and without.
//!
//! Both worlds of an organisation run side by side and share each week's luck. Organisations meet only in national policy,
//! which no programme changes, so each runs all its weeks before the next begins and its columns stay in cache; where a
//! programme lets them see each other (`collaborative`), all of them live each week before the next begins.

use std::ops::Range;

use crate::{
    model::{
        Model, begin,
        bench::Bench,
        count::{
            moves::Moves,
            record::Pair,
            tally::{self, Tally},
            watch::{Observer, Posts},
        },
        outside::{calendar, outer},
        pushes::reach,
        state::{Moment, Nation, World},
        unit::{collaborative, inspection},
        week,
        weekly::{Elsewhere, Week},
        who::Organisation,
    },
    rng::{Luck, Process, fill_normals, fill_uniforms},
};

impl Model {
    /// One replicate: the same people and the same luck, with the programmes and without.
    pub fn pair(&self, seed: u64, replicate: u64) -> Pair {
        self.replicate(seed, replicate, 0..self.organisations, None)
    }

    /// What one organisation lives through in [`Model::pair`], its series taken over its own units: the same people under
    /// the same luck, in a fraction of the time. `None` where there is no such organisation, and where organisations see
    /// each other: there nobody can be told apart from the rest.
    pub fn pair_of(&self, seed: u64, replicate: u64, organisation: usize) -> Option<Pair> {
        let alone = organisation < self.organisations && !collaborative::meets(self);
        alone.then(|| self.replicate(seed, replicate, organisation..organisation + 1, None))
    }

    /// One replicate of the organisations `which`, shown to an observer if there is one.
    pub(super) fn replicate(
        &self,
        seed: u64,
        replicate: u64,
        which: Range<usize>,
        mut observer: Option<&mut Observer>,
    ) -> Pair {
        let luck = Luck { seed, replicate };
        let organisations: Vec<Organisation> =
            (0..self.organisations).map(|number| Organisation::draw(self, luck, number as u32)).collect();
        let reached: Vec<Vec<bool>> =
            (0..self.programmes.len()).map(|number| reach::units(self, &organisations, number)).collect();
        let given = Given { nation: outer::nation(self, luck), moments: self.moments() };
        let units = which.start * self.layout.units..which.end * self.layout.units;
        let tally = || {
            let of = |(number, reached): (usize, &Vec<bool>)| {
                Tally::new(self, number, which.clone(), reached[units.clone()].to_vec())
            };
            reached.iter().enumerate().map(of).collect::<Vec<_>>()
        };
        let (mut with, mut without) = (tally(), tally());
        let first = |organisation: &Organisation| {
            let from = organisation.number as usize * self.layout.units;
            let here: Vec<&[bool]> = reached.iter().map(|reached| &reached[from..from + self.layout.units]).collect();
            let on = begin::world(self, organisation, &here, true);
            let off = on.without_programmes();
            [on, off]
        };
        let at_once = if collaborative::meets(self) { organisations.len() } else { 1 };
        for together in organisations[which.clone()].chunks(at_once) {
            let worlds = together.iter().map(first).collect();
            live(self, together, &given, worlds, [&mut with, &mut without], observer.as_deref_mut());
        }
        let histories = |tallies: Vec<Tally>| tallies.into_iter().map(|tally| tally.history(self)).collect();
        Pair { with: histories(with), without: histories(without) }
    }

    /// Where each programme stands, week by week.
    fn moments(&self) -> Vec<Vec<Moment>> {
        (0..self.weeks)
            .map(|week| self.programmes.iter().map(|programme| calendar::moment(self, programme, week)).collect())
            .collect()
    }
}

/// What is settled before any organisation begins.
struct Given {
    nation: Nation,
    moments: Vec<Vec<Moment>>,
}

/// Lives all weeks of organisations that may see each other, compiled for the widest vectors this machine has.
///
/// Wider vectors do the same operations on more numbers at a time: no fused operations, no other order of sums, so that
/// the results are the same bits (tested).
fn live(
    model: &Model,
    organisations: &[Organisation],
    given: &Given,
    worlds: Vec<[World; 2]>,
    tallies: [&mut Vec<Tally>; 2],
    observer: Option<&mut Observer>,
) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as detected;
        let wide = detected!("avx512f") && detected!("avx512vl") && detected!("avx512dq") && detected!("avx512bw");
        let width = width::allowed();
        if wide && width >= 512 {
            // SAFETY: the features were detected just now.
            #[allow(unsafe_code)]
            return unsafe { live_in_512_bits(model, organisations, given, worlds, tallies, observer) };
        }
        if detected!("avx2") && width >= 256 {
            // SAFETY: the feature was detected just now.
            #[allow(unsafe_code)]
            return unsafe { live_in_256_bits(model, organisations, given, worlds, tallies, observer) };
        }
    }
    live_here(model, organisations, given, worlds, tallies, observer);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
fn live_in_512_bits(
    model: &Model,
    organisations: &[Organisation],
    given: &Given,
    worlds: Vec<[World; 2]>,
    tallies: [&mut Vec<Tally>; 2],
    observer: Option<&mut Observer>,
) {
    live_here(model, organisations, given, worlds, tallies, observer);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn live_in_256_bits(
    model: &Model,
    organisations: &[Organisation],
    given: &Given,
    worlds: Vec<[World; 2]>,
    tallies: [&mut Vec<Tally>; 2],
    observer: Option<&mut Observer>,
) {
    live_here(model, organisations, given, worlds, tallies, observer);
}

#[inline(always)]
fn live_here(
    model: &Model,
    organisations: &[Organisation],
    given: &Given,
    worlds: Vec<[World; 2]>,
    tallies: [&mut Vec<Tally>; 2],
    mut observer: Option<&mut Observer>,
) {
    let mut luck = WeeklyLuck::new(model);
    let mut bench = Bench::new(model);
    let mut worlds = worlds;
    let first = |[on, off]: &[World; 2]| [Posts::first(&on.people), Posts::first(&off.people)];
    let mut posts: Vec<[Posts; 2]> = worlds.iter().map(first).collect();
    bench.moves = observer.is_some().then(|| vec![Moves::none(model.layout.posts); model.programmes.len()]);
    let [with, without] = tallies;
    let nothing = vec![Elsewhere::default(); model.programmes.len()];
    for number in 0..model.weeks {
        let (surge, exodus) = outer::strains(model, number);
        let inspected = inspection::in_week(model, number);
        let elsewhere = match worlds.len() {
            1 => Vec::new(),
            _ => collaborative::look_around(model, worlds.iter().map(|[on, _]| on)),
        };
        for (place, (organisation, [on, off])) in organisations.iter().zip(&mut worlds).enumerate() {
            luck.draw(organisation, number);
            let seen = elsewhere.get(place).unwrap_or(&nothing);
            let both = [(on, seen, &mut *with), (off, &nothing, &mut *without)];
            for (which, (world, elsewhere, tallies)) in both.into_iter().enumerate() {
                let week = Week {
                    number,
                    tide: model.setting.rising_tide / 52.0 * number as f32,
                    surge,
                    exodus,
                    inspected,
                    moments: &given.moments[number],
                    nation: &given.nation,
                    elsewhere,
                    scatter: &luck.scatter,
                    misreport: &luck.misreport,
                    chance: &luck.chance,
                };
                week::week(model, organisation, &week, world, &mut bench);
                tally::write_down(model, number, organisation, world, &bench.counts, tallies);
                if let Some(observer) = &mut observer {
                    posts[place][which].show(model, organisation, number, world, bench.moves.as_deref(), *observer);
                }
            }
        }
    }
}

/// The luck of one week in one organisation, for every world.
struct WeeklyLuck {
    words: Vec<u32>,
    scatter: Vec<Vec<f32>>,
    misreport: Vec<Vec<f32>>,
    chance: Vec<f32>,
}

impl WeeklyLuck {
    fn new(model: &Model) -> Self {
        let (posts, programmes) = (model.layout.posts, model.programmes.len());
        let units = model.layout.units.next_multiple_of(16);
        Self {
            words: vec![0; posts.max(units)],
            scatter: vec![vec![0.0; posts]; programmes],
            misreport: vec![vec![0.0; units]; programmes],
            chance: vec![0.0; posts],
        }
    }

    #[inline(always)]
    fn draw(&mut self, organisation: &Organisation, week: usize) {
        let (luck, here, when) = (organisation.luck, organisation.number, week as u64);
        for (process, columns) in [(Process::Practice, &mut self.scatter), (Process::Report, &mut self.misreport)] {
            for (programme, numbers) in columns.iter_mut().enumerate() {
                let words = &mut self.words[..numbers.len()];
                luck.words(process, here, programme as u32, when, words);
                fill_normals(words, numbers);
            }
        }
        let words = &mut self.words[..self.chance.len()];
        luck.words(Process::Leaving, here, 0, when, words);
        fill_uniforms(words, &mut self.chance);
    }
}

/// Lets a test hold narrow vectors against wide ones.
#[cfg(target_arch = "x86_64")]
pub mod width {
    use std::cell::Cell;

    thread_local! {
        static ALLOWED: Cell<u32> = const { Cell::new(u32::MAX) };
    }

    pub(super) fn allowed() -> u32 {
        ALLOWED.get()
    }

    /// Runs `work` on this thread with vectors of at most `bits`.
    pub fn at_most<T>(bits: u32, work: impl FnOnce() -> T) -> T {
        let before = ALLOWED.replace(bits);
        let result = work();
        ALLOWED.set(before);
        result
    }
}

#[cfg(test)]
mod tests {
    use crate::{model::Pair, scenario::Scenario};

    /// Two hospitals of three wards with a programme of which nothing is said but what it is like.
    fn idle() -> Scenario {
        let mut scenario = Scenario::default();
        (scenario.setting.organisations, scenario.setting.units) = (2.0, 3.0);
        scenario.run.follow_up = 60;
        scenario
    }

    /// Whether everything recorded is the same in both worlds, to the bit.
    fn the_same(pair: &Pair) -> bool {
        let bits = |series: &[f32]| series.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        pair.with.iter().zip(&pair.without).all(|(with, without)| {
            let series = with.series.iter().zip(&without.series).all(|(one, other)| bits(one) == bits(other));
            series && bits(&with.units) == bits(&without.units)
        })
    }

    /// Usual care is a programme that does nothing, whatever it promises, says of itself or asks in whichever manner.
    #[test]
    fn a_programme_that_does_nothing_leaves_both_worlds_the_same_bits() {
        let mut scenario = idle();
        assert!(the_same(&scenario.to_model().pair(1, 0)));
        let levers = &mut scenario.programmes[0].levers;
        (levers.design.ambition, levers.design.project_status, levers.reach.breadth) = (0.9, 1.0, 1.0);
        (levers.persuasion.disclosure, levers.engagement.heed) = (1.0, 1.0);
        (levers.engagement.directive, levers.measurement.burden) = (1.0, 1.0);
        assert!(the_same(&scenario.to_model().pair(2, 1)));
    }

    #[test]
    fn whatever_is_done_at_all_makes_a_difference() {
        for change in ["measurement.feedback", "incentives.payment", "incentives.sanction", "sustain.embedding"] {
            let mut scenario = idle();
            scenario.change(&format!("programme.0.{change}"), "0.1").unwrap();
            assert!(!the_same(&scenario.to_model().pair(1, 0)), "{change}");
        }
    }

    #[test]
    fn one_organisation_lives_as_it_does_among_the_others() {
        let mut scenario = Scenario::ordinary();
        (scenario.setting.organisations, scenario.setting.units) = (3.0, 2.0);
        scenario.programmes[0].levers.reach.share = 0.7;
        let model = scenario.to_model();
        let whole = model.pair(1, 2);
        for organisation in 0..3 {
            let alone = model.pair_of(1, 2, organisation).unwrap();
            for (alone, whole) in [(&alone.with[0], &whole.with[0]), (&alone.without[0], &whole.without[0])] {
                let units = organisation * 2..organisation * 2 + 2;
                assert_eq!(alone.reached, whole.reached[units.clone()]);
                for (week, of_all) in alone.units.chunks(2).zip(whole.units.chunks(6)) {
                    assert_eq!(week, &of_all[units.clone()]);
                }
            }
        }
        assert!(model.pair_of(1, 2, 3).is_none(), "there is no fourth");
        scenario.programmes[0].levers.engagement.collaborative = 0.5;
        assert!(scenario.to_model().pair_of(1, 2, 0).is_none(), "they see each other");
        scenario.setting.organisations = 1.0;
        let only = scenario.to_model();
        assert!(format!("{:?}", only.pair_of(1, 2, 0)) == format!("{:?}", Some(only.pair(1, 2))), "all there is");
    }
}
