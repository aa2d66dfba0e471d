//! One replicate: every organisation through all its weeks, with the programmes and without.
//!
//! Both worlds of an organisation run side by side and share each week's luck. Organisations meet only in national policy,
//! which no programme changes, so each runs all its weeks before the next begins and its columns stay in cache; where a
//! programme lets them see each other (`collaborative`), all of them live each week before the next begins. Several designs
//! are simulated together where they share weeks (see [`family`](super::family)); one design is the smallest case of that.

use std::ops::Range;

use crate::{
    model::{
        Model, begin,
        bench::Bench,
        count::{
            moves::Moves,
            record::{History, Pair},
            tally::{self, Tally},
            watch::{Observer, Posts},
        },
        outside::{calendar, outer},
        pushes::reach,
        state::{Moment, Nation, World},
        strands::{Strand, Strands},
        unit::{collaborative, inspection},
        week,
        weekly::{Elsewhere, Inspected, Week},
        who::Organisation,
    },
    rng::{Luck, Process, fill_normals, fill_uniforms},
};

/// Weeks that one world lives before the next follows, where nobody watches and no organisation sees another: columns stay
/// in the nearest cache meanwhile.
const WEEKS_AT_ONCE: usize = 8;

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
        observer: Option<&mut Observer>,
    ) -> Pair {
        // Whoever watches sees both worlds from the first week.
        let strands = if observer.is_some() { Strands::apart(&[self]) } else { Strands::shared(&[self]) };
        together(&[self], &strands, Luck { seed, replicate }, which, observer).swap_remove(0)
    }
}

/// One replicate of several designs that meet the same organisations, of which `which` are simulated: a pair for each design.
pub(super) fn together(
    models: &[&Model],
    strands: &Strands,
    luck: Luck,
    which: Range<usize>,
    mut observer: Option<&mut Observer>,
) -> Vec<Pair> {
    let Some(any) = models.first() else { return Vec::new() };
    let organisations: Vec<Organisation> =
        (0..any.organisations).map(|number| Organisation::draw(any, luck, number as u32)).collect();
    let given = models.iter().map(|model| Given::of(model, &organisations, luck)).collect();
    let cast = Cast { models, strands, given };
    let mut tallies: Vec<Vec<Tally>> = strands.all.iter().map(|strand| cast.tallies(strand, which.clone())).collect();
    let at_once = if models.iter().any(|model| collaborative::meets(model)) { organisations.len() } else { 1 };
    for together in organisations[which].chunks(at_once) {
        live(&cast, together, &mut tallies, observer.as_deref_mut());
    }
    for (number, strand) in strands.all.iter().enumerate().filter(|(_, strand)| strand.from > 0) {
        let (before, own) = tallies.split_at_mut(number);
        own[0].iter_mut().zip(&before[strand.parent]).for_each(|(own, before)| own.take_over(before, strand.from));
    }
    let mut histories: Vec<Vec<History>> = tallies
        .into_iter()
        .zip(&strands.all)
        .map(|(tallies, strand)| tallies.into_iter().map(|tally| tally.history(models[strand.model])).collect())
        .collect();
    let mut left: Vec<usize> = vec![0; histories.len()];
    strands.of.iter().flatten().for_each(|strand| left[*strand] += 1);
    let mut of = |strand: usize| {
        left[strand] -= 1;
        if left[strand] == 0 { std::mem::take(&mut histories[strand]) } else { histories[strand].clone() }
    };
    strands.of.iter().map(|[on, off]| Pair { with: of(*on), without: of(*off) }).collect()
}

/// Who lives: designs that meet the same organisations, their worlds, and what is settled before any organisation begins.
struct Cast<'a> {
    models: &'a [&'a Model],
    strands: &'a Strands,
    /// Of each design.
    given: Vec<Given>,
}

/// What is settled for one design before any organisation begins.
struct Given {
    nation: Nation,
    /// Where each programme stands, week by week.
    moments: Vec<Vec<Moment>>,
    /// Work beyond the usual and leaving beyond the usual, week by week.
    strains: Vec<(f32, f32)>,
    inspected: Vec<Inspected>,
    /// `reached[programme][unit]`, over all organisations.
    reached: Vec<Vec<bool>>,
}

impl Given {
    fn of(model: &Model, organisations: &[Organisation], luck: Luck) -> Self {
        let weeks = 0..model.weeks;
        let moments =
            |week| model.programmes.iter().map(|programme| calendar::moment(model, programme, week)).collect();
        Self {
            nation: outer::nation(model, luck),
            moments: weeks.clone().map(moments).collect(),
            strains: weeks.clone().map(|week| outer::strains(model, week)).collect(),
            inspected: weeks.map(|week| inspection::in_week(model, week)).collect(),
            reached: (0..model.programmes.len()).map(|number| reach::units(model, organisations, number)).collect(),
        }
    }
}

impl Cast<'_> {
    /// Nothing of a strand written down yet, for each programme.
    fn tallies(&self, strand: &Strand, which: Range<usize>) -> Vec<Tally> {
        let model = self.models[strand.model];
        let units = which.start * model.layout.units..which.end * model.layout.units;
        let of = |(number, reached): (usize, &Vec<bool>)| {
            Tally::new(model, number, which.clone(), reached[units.clone()].to_vec())
        };
        self.given[strand.model].reached.iter().enumerate().map(of).collect()
    }

    /// Begins the strands of one organisation whose first week is `week`.
    fn begin(
        &self,
        organisation: &Organisation,
        week: usize,
        worlds: &mut [Option<World>],
        tallies: &mut [Vec<Tally>],
    ) {
        for (number, strand) in self.strands.all.iter().enumerate().filter(|(_, strand)| strand.from == week) {
            let model = self.models[strand.model];
            if week == 0 {
                let from = organisation.number as usize * model.layout.units;
                let here = |reached: &'_ Vec<bool>| reached[from..from + model.layout.units].to_vec();
                let reached: Vec<Vec<bool>> = self.given[strand.model].reached.iter().map(here).collect();
                let reached: Vec<&[bool]> = reached.iter().map(Vec::as_slice).collect();
                worlds[number] = Some(begin::world(model, organisation, &reached, strand.on));
                continue;
            }
            worlds[number] = worlds[strand.parent].as_ref().map(|world| World { on: strand.on, ..world.clone() });
            let (before, own) = tallies.split_at_mut(number);
            own[0].iter_mut().zip(&before[strand.parent]).for_each(|(own, before)| own.part(before, organisation));
        }
    }

    /// What each organisation sees of the others in each strand; nothing where none sees another.
    fn look_around(&self, worlds: &[Vec<Option<World>>]) -> Vec<Vec<Vec<Elsewhere>>> {
        let of = |(number, strand): (usize, &Strand)| {
            let model = self.models[strand.model];
            let meet = worlds.len() > 1 && strand.on && collaborative::meets(model);
            let here = || worlds.iter().filter_map(|worlds| worlds[number].as_ref());
            if meet { collaborative::look_around(model, here()) } else { Vec::new() }
        };
        self.strands.all.iter().enumerate().map(of).collect()
    }
}

/// Lives all weeks of organisations that may see each other, compiled for the widest vectors this machine has.
///
/// Wider vectors do the same operations on more numbers at a time: no fused operations, no other order of sums, so that
/// the results are the same bits (tested).
fn live(cast: &Cast, organisations: &[Organisation], tallies: &mut [Vec<Tally>], observer: Option<&mut Observer>) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as detected;
        let wide = detected!("avx512f") && detected!("avx512vl") && detected!("avx512dq") && detected!("avx512bw");
        let width = width::allowed();
        if wide && width >= 512 {
            // SAFETY: the features were detected just now.
            #[allow(unsafe_code)]
            return unsafe { live_in_512_bits(cast, organisations, tallies, observer) };
        }
        if detected!("avx2") && width >= 256 {
            // SAFETY: the feature was detected just now.
            #[allow(unsafe_code)]
            return unsafe { live_in_256_bits(cast, organisations, tallies, observer) };
        }
    }
    live_here(cast, organisations, tallies, observer);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
fn live_in_512_bits(
    cast: &Cast,
    organisations: &[Organisation],
    tallies: &mut [Vec<Tally>],
    observer: Option<&mut Observer>,
) {
    live_here(cast, organisations, tallies, observer);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn live_in_256_bits(
    cast: &Cast,
    organisations: &[Organisation],
    tallies: &mut [Vec<Tally>],
    observer: Option<&mut Observer>,
) {
    live_here(cast, organisations, tallies, observer);
}

#[inline(always)]
fn live_here(
    cast: &Cast,
    organisations: &[Organisation],
    tallies: &mut [Vec<Tally>],
    mut observer: Option<&mut Observer>,
) {
    let (any, strands) = (cast.models[0], &cast.strands.all);
    let at_once = if organisations.len() > 1 || observer.is_some() { 1 } else { WEEKS_AT_ONCE };
    let mut luck: Vec<WeeklyLuck> = (0..at_once).map(|_| WeeklyLuck::new(any)).collect();
    let mut bench = Bench::new(any);
    bench.moves = observer.is_some().then(|| vec![Moves::none(any.layout.posts); any.programmes.len()]);
    let mut worlds: Vec<Vec<Option<World>>> = vec![vec![None; strands.len()]; organisations.len()];
    let mut posts: Vec<Vec<Option<Posts>>> = vec![vec![None; strands.len()]; organisations.len()];
    let nothing = vec![Elsewhere::default(); any.programmes.len()];
    for stretch in cast.strands.stretches(any.weeks, at_once) {
        for (organisation, worlds) in organisations.iter().zip(&mut worlds) {
            cast.begin(organisation, stretch.start, worlds, tallies);
        }
        let elsewhere = cast.look_around(&worlds);
        for (place, organisation) in organisations.iter().enumerate() {
            luck.iter_mut().zip(stretch.clone()).for_each(|(luck, week)| luck.draw(organisation, week));
            for (strand, Strand { model, .. }) in strands.iter().enumerate() {
                let Some(world) = &mut worlds[place][strand] else { continue };
                let (model, given) = (cast.models[*model], &cast.given[*model]);
                for (luck, number) in luck.iter().zip(stretch.clone()) {
                    let (surge, exodus) = given.strains[number];
                    let week = Week {
                        number,
                        tide: model.setting.rising_tide / 52.0 * number as f32,
                        surge,
                        exodus,
                        inspected: given.inspected[number],
                        moments: &given.moments[number],
                        nation: &given.nation,
                        elsewhere: elsewhere[strand].get(place).unwrap_or(&nothing),
                        scatter: &luck.scatter,
                        misreport: &luck.misreport,
                        chance: &luck.chance,
                    };
                    if let (Some(_), before @ None) = (&observer, &mut posts[place][strand]) {
                        *before = Some(Posts::first(&world.people));
                    }
                    week::week(model, organisation, &week, world, &mut bench);
                    tally::write_down(model, number, organisation, world, &bench.counts, &mut tallies[strand]);
                    if let (Some(observer), Some(before)) = (&mut observer, &mut posts[place][strand]) {
                        let moves = bench.moves.as_deref().unwrap_or_default();
                        before.show(model, organisation, number, world, moves, *observer);
                    }
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
