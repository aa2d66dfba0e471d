//! A yardstick for the engine: the same week, written by hand for one scenario shape and one processor family.
//!
//! What a person's week costs in the engine is held against what the same arithmetic costs when nothing has to be general.
//! The kernel has a fixed layout (20 units of 22 frontline posts, 512 seats), one programme that reaches every unit,
//! explicit 256-bit vectors with fused operations, one pass over everybody with all intermediate numbers in registers,
//! products hoisted to units wherever they are the same for a whole unit, and a vector ChaCha8. Its luck is its own stream,
//! shared by its two worlds, so that it agrees with the engine in the mean and not draw by draw.
//!
//! It does: exposure, fit, measurement, embedding, permanence, letdown; eight weighted ties of four numbers (two in the
//! world without the programme); beliefs, involvement, ownership, skill, pressure, ritual, will, practice with scatter,
//! habit, motivation, fatigue, cynicism, the hazard of leaving; empty posts; true and reported practice, other care; and
//! every weekly sum that the engine records, mandates and reorganisations. As in the engine, the world without the programme is spared what is then
//! always 0.
//!
//! What the engine does in the same hospitals and the kernel does not, in instructions a staff-week (callgrind, both with 256
//! bits): drawing whom newcomers look to 19, drawing them 3, handing them over what colleagues believe 3, drawing
//! organisations 1. The kernel may fuse multiplications and additions, the engine may not: it gives the same bits everywhere.
//!
//! It leaves out: drawing organisations and newcomers (it starts from a world that the engine has drawn, and a newcomer
//! is the first holder of the post again, with the same ties, after the profession's weeks to fill); planned successions
//! and shocks; several programmes; units that are not reached; turning sums into a history.

use std::arch::x86_64::*;
use std::ops::{Add, Mul, Sub};

use dewpoint::model::{
    Model,
    act::incentive::gaming,
    begin,
    outside::{calendar, outer},
    state::{Moment, Nation, People},
    unit::exposure,
    who::Organisation,
};
use dewpoint::rng::Luck;

const UNITS: usize = 20;
const ROW: usize = 24;
const SEATS: usize = 512;
/// Length of a column: a cache line more, so that neighbouring columns do not compete for the same places of the cache.
const LENGTH: usize = SEATS + 16;
const BLOCKS: usize = SEATS / 8;
/// Blocks of frontline seats; the rest are unit leaders, then the management.
const FRONT: usize = UNITS * ROW / 8;
const LEADERS: usize = UNITS * ROW;
const SPONSOR: usize = LEADERS + UNITS;
const MANAGERS: usize = 4;
/// Places: the units, then the management.
const PLACES: usize = SEATS - LEADERS;
const TIES: usize = 8;
const PROFESSIONS: usize = 8;

/// Eight numbers.
#[derive(Clone, Copy)]
#[repr(transparent)]
struct V(__m256);

// SAFETY of every block in here: only reached from functions compiled for AVX2 and FMA, which are called after detection.
impl V {
    #[inline(always)]
    fn all(x: f32) -> Self {
        Self(unsafe { _mm256_set1_ps(x) })
    }
    #[inline(always)]
    fn zero() -> Self {
        Self(unsafe { _mm256_setzero_ps() })
    }
    #[inline(always)]
    fn load(column: &[f32], block: usize) -> Self {
        debug_assert!(block * 8 + 8 <= column.len());
        Self(unsafe { _mm256_loadu_ps(column.as_ptr().add(block * 8)) })
    }
    #[inline(always)]
    fn store(self, column: &mut [f32], block: usize) {
        debug_assert!(block * 8 + 8 <= column.len());
        unsafe { _mm256_storeu_ps(column.as_mut_ptr().add(block * 8), self.0) }
    }
    /// `self * b + c`.
    #[inline(always)]
    fn fma(self, b: V, c: V) -> Self {
        Self(unsafe { _mm256_fmadd_ps(self.0, b.0, c.0) })
    }
    /// `c - self * b`.
    #[inline(always)]
    fn nfma(self, b: V, c: V) -> Self {
        Self(unsafe { _mm256_fnmadd_ps(self.0, b.0, c.0) })
    }
    #[inline(always)]
    fn max(self, b: V) -> Self {
        Self(unsafe { _mm256_max_ps(self.0, b.0) })
    }
    #[inline(always)]
    fn min(self, b: V) -> Self {
        Self(unsafe { _mm256_min_ps(self.0, b.0) })
    }
    #[inline(always)]
    fn over(self, b: V) -> Self {
        Self(unsafe { _mm256_div_ps(self.0, b.0) })
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(unsafe { _mm256_sqrt_ps(self.0) })
    }
    /// `self` where `sign` is not negative, `b` where it is.
    #[inline(always)]
    fn or_if_negative(self, b: V, sign: V) -> Self {
        Self(unsafe { _mm256_blendv_ps(self.0, b.0, sign.0) })
    }
    /// One bit for each lane below `b`.
    #[inline(always)]
    fn below(self, b: V) -> u8 {
        unsafe { _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LT_OQ>(self.0, b.0)) as u8 }
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe {
            let half = _mm_add_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let pair = _mm_add_ps(half, _mm_movehl_ps(half, half));
            _mm_cvtss_f32(_mm_add_ss(pair, _mm_shuffle_ps::<1>(pair, pair)))
        }
    }
    /// `1 - self`.
    #[inline(always)]
    fn rest(self) -> Self {
        V::all(1.0) - self
    }
    /// Factor `1 - self * b` of a noisy-OR.
    #[inline(always)]
    fn miss(self, b: V) -> Self {
        self.nfma(b, V::all(1.0))
    }
    #[inline(always)]
    fn unit(self) -> Self {
        self.max(V::zero()).min(V::all(1.0))
    }
}

impl Add for V {
    type Output = V;
    #[inline(always)]
    fn add(self, b: V) -> V {
        V(unsafe { _mm256_add_ps(self.0, b.0) })
    }
}
impl Sub for V {
    type Output = V;
    #[inline(always)]
    fn sub(self, b: V) -> V {
        V(unsafe { _mm256_sub_ps(self.0, b.0) })
    }
}
impl Mul for V {
    type Output = V;
    #[inline(always)]
    fn mul(self, b: V) -> V {
        V(unsafe { _mm256_mul_ps(self.0, b.0) })
    }
}
impl Mul<f32> for V {
    type Output = V;
    #[inline(always)]
    fn mul(self, b: f32) -> V {
        self * V::all(b)
    }
}

/// e to the power `x`, for |x| below 80.
#[inline(always)]
fn exp(x: V) -> V {
    let round = V::all(12_582_912.0);
    let shifted = x.fma(V::all(std::f32::consts::LOG2_E), round);
    let power = shifted - round;
    let r = power.nfma(V::all(std::f32::consts::LN_2), x);
    let tail = V::all(1.393_454_5e-3)
        .fma(r, V::all(8.363_777e-3))
        .fma(r, V::all(4.166_645_6e-2))
        .fma(r, V::all(0.166_665_73))
        .fma(r, V::all(0.5));
    let mantissa = (r * r).fma(tail, r + V::all(1.0));
    unsafe {
        let power = _mm256_slli_epi32::<23>(_mm256_castps_si256(shifted.0));
        V(_mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(mantissa.0), power)))
    }
}

#[inline(always)]
fn sigmoid(x: V) -> V {
    V::all(1.0).over(V::all(1.0) + exp(V::zero() - x))
}

/// Follows a target at one rate up and another down.
#[inline(always)]
fn step(x: V, target: V, up: V, down: V) -> V {
    let gap = target - x;
    gap * up.or_if_negative(down, gap)
}

/// 128 words of ChaCha with 8 rounds: eight blocks side by side, in no particular order.
#[inline(always)]
fn chacha8(key: &[u32; 8], stream: u64, first_block: u32, words: &mut [__m256i; 16]) {
    unsafe {
        let all = |word: u32| _mm256_set1_epi32(word as i32);
        let mut start = [_mm256_setzero_si256(); 16];
        for (word, constant) in start.iter_mut().zip([0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]) {
            *word = all(constant);
        }
        for (word, key) in start[4..12].iter_mut().zip(key) {
            *word = all(*key);
        }
        start[12] = _mm256_add_epi32(all(first_block), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        start[14] = all(stream as u32);
        start[15] = all((stream >> 32) as u32);
        let sixteen = _mm256_setr_epi8(
            2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13,
        );
        let eight = _mm256_setr_epi8(
            3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14,
        );
        let mut x = start;
        macro_rules! quarter {
            ($a:literal $b:literal $c:literal $d:literal) => {
                x[$a] = _mm256_add_epi32(x[$a], x[$b]);
                x[$d] = _mm256_shuffle_epi8(_mm256_xor_si256(x[$d], x[$a]), sixteen);
                x[$c] = _mm256_add_epi32(x[$c], x[$d]);
                let b = _mm256_xor_si256(x[$b], x[$c]);
                x[$b] = _mm256_or_si256(_mm256_slli_epi32::<12>(b), _mm256_srli_epi32::<20>(b));
                x[$a] = _mm256_add_epi32(x[$a], x[$b]);
                x[$d] = _mm256_shuffle_epi8(_mm256_xor_si256(x[$d], x[$a]), eight);
                x[$c] = _mm256_add_epi32(x[$c], x[$d]);
                let b = _mm256_xor_si256(x[$b], x[$c]);
                x[$b] = _mm256_or_si256(_mm256_slli_epi32::<7>(b), _mm256_srli_epi32::<25>(b));
            };
        }
        for _ in 0..4 {
            quarter!(0 4 8 12);
            quarter!(1 5 9 13);
            quarter!(2 6 10 14);
            quarter!(3 7 11 15);
            quarter!(0 5 10 15);
            quarter!(1 6 11 12);
            quarter!(2 7 8 13);
            quarter!(3 4 9 14);
        }
        for ((word, x), start) in words.iter_mut().zip(x).zip(start) {
            *word = _mm256_add_epi32(x, start);
        }
    }
}

#[inline(always)]
fn uniform(word: __m256i, offset: f32) -> V {
    unsafe { (V(_mm256_cvtepi32_ps(_mm256_srli_epi32::<8>(word))) + V::all(offset)) * (1.0 / 16_777_216.0) }
}

#[inline(always)]
fn ln(x: V) -> V {
    unsafe {
        let bits = _mm256_castps_si256(x.0);
        let power = _mm256_srai_epi32::<23>(_mm256_sub_epi32(bits, _mm256_set1_epi32(0x3f35_04f3)));
        let m = _mm256_sub_epi32(bits, _mm256_slli_epi32::<23>(power));
        let m = V(_mm256_castsi256_ps(m)) - V::all(1.0);
        let p = V::all(-7.877_955e-2)
            .fma(m, V::all(0.128_386_44))
            .fma(m, V::all(-0.131_051_69))
            .fma(m, V::all(0.141_869_75))
            .fma(m, V::all(-0.166_270_78))
            .fma(m, V::all(0.200_020_37))
            .fma(m, V::all(-0.250_007_87))
            .fma(m, V::all(0.333_333_2))
            .fma(m, V::all(-0.499_999_97));
        V(_mm256_cvtepi32_ps(power)).fma(V::all(std::f32::consts::LN_2), (m * m).fma(p, m))
    }
}

/// Sixteen standard normal numbers (Box & Muller 1958).
#[inline(always)]
fn normals(first: __m256i, second: __m256i) -> (V, V) {
    let radius = (ln(uniform(first, 0.5)) * -2.0).sqrt();
    let t = V(unsafe { _mm256_cvtepi32_ps(second) }) * (1.0 / 2_147_483_648.0);
    let t2 = t * t;
    let sine = V::all(-3.431_829_3e-6)
        .fma(t2, V::all(1.602_547e-4))
        .fma(t2, V::all(-4.681_658e-3))
        .fma(t2, V::all(7.969_26e-2))
        .fma(t2, V::all(-0.645_964_1))
        .fma(t2, V::all(1.570_796_4))
        * t;
    let cosine = V::all(4.492_200_4e-7)
        .fma(t2, V::all(-2.517_219_6e-5))
        .fma(t2, V::all(9.192_4e-4))
        .fma(t2, V::all(-2.086_347_3e-2))
        .fma(t2, V::all(0.253_669_5))
        .fma(t2, V::all(-1.233_700_5))
        .fma(t2, V::all(1.0));
    let side = unsafe { _mm256_castsi256_ps(_mm256_slli_epi32::<31>(second)) };
    (radius * sine, radius * V(unsafe { _mm256_xor_ps(cosine.0, side) }))
}

/// A number for each seat.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Col([f32; LENGTH]);

/// A number for each place: 20 units, then the management, as it stands behind them in a [`Col`].
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Place([f32; PLACES]);

impl Place {
    const NONE: Place = Place([0.0; PLACES]);

    #[inline(always)]
    fn get(&self, block: usize) -> V {
        V::load(&self.0, block)
    }
    #[inline(always)]
    fn set(&mut self, block: usize, x: V) {
        x.store(&mut self.0, block);
    }
    #[inline(always)]
    fn management(&mut self, x: f32) {
        self.0[UNITS..].fill(x);
    }
}

/// How clear a result is, from -1 to 1.
#[inline(always)]
fn clear(lift: V, scale: f32) -> V {
    (lift * (1.0 / scale)).max(V::all(-1.0)).min(V::all(1.0))
}

/// How much of what was promised is missing, from 0 to 1.
#[inline(always)]
fn missing(lift: V, promised: f32, scale: f32) -> V {
    ((V::all(promised) - lift.max(V::zero())) * (1.0 / scale)).unit()
}

/// Sum over units, with weights that are 0 beyond them.
#[inline(always)]
fn sum(column: &Place, weights: &Place) -> f32 {
    let mut total = V::zero();
    for block in 0..UNIT_BLOCKS {
        total = column.get(block).fma(weights.get(block), total);
    }
    total.sum()
}

/// Blocks of places that hold units.
const UNIT_BLOCKS: usize = 3;

/// Declares the columns of one world.
macro_rules! columns {
    ($($field:ident)+) => {
        #[derive(Clone)]
        #[repr(C, align(64))]
        struct Columns { $($field: Col,)+ }
        impl Columns {
            fn none() -> Box<Self> {
                Box::new(Self { $($field: Col([0.0; LENGTH]),)+ })
            }
        }
    };
}

columns! {
    present usual_log_odds usual intrinsic motivation fatigue cynicism will_factor opinion_leader
    problem solution ownership skill habit practice champion dose credit
    autonomy clinical leaving
    will ritual
}

/// Declares what each place has around it.
macro_rules! places {
    ($($field:ident)+) => {
        #[derive(Clone)]
        #[repr(C, align(64))]
        struct Places { $($field: Place,)+ }
        impl Places {
            const NONE: Places = Places { $($field: Place::NONE,)+ };
        }
    };
}

places! {
    reached fit fit_around embedding capability truth reported ritual norm baseline_log_odds usual care involved
    mandate_part pressure pressure_of_leader contact direct resourced live in_force feedback results true_lift
    reported_lift gap permanence released superior superior_of_leader push push_of_leader
    priority reached_around embedding_around capability_around problem_missed solution_missed
    imposed_missed enabled_missed enabled_missed_of_leader sanction_missed credible work calm
    calm_of_leader held
}

/// One organisation in one world.
#[derive(Clone)]
struct World {
    columns: Box<Columns>,
    places: Box<Places>,
    empty: Vec<(u16, u16)>,
    mandate: f32,
    held_by_profession: [f64; PROFESSIONS],
    /// Ties as byte offsets into what everybody shows.
    to: Vec<[u16; TIES]>,
    kind: Vec<[u8; TIES]>,
    /// Weights of ties where the programme is not there.
    weight: Vec<[f32; TIES]>,
    shown: Vec<[f32; 4]>,
}

/// One organisation before the first week.
pub struct Start {
    world: World,
    members: Vec<Col>,
    profession: Vec<u8>,
    mandate_of_frontline: f32,
    nation: Nation,
    key: [u32; 8],
}

/// Sums of one week: ten of people, then nine of units, leaders and managers.
type Sums = [f64; 24];

/// What one world leaves behind.
pub struct Record {
    /// Sums by week, over organisations.
    pub sums: Vec<Sums>,
    by_profession: Vec<[(f64, f64); PROFESSIONS]>,
    units: Vec<f32>,
}

impl Record {
    /// Mean practice of all units, by week.
    pub fn practice(&self, organisations: usize) -> Vec<f64> {
        self.sums.iter().map(|sums| sums[10] / (organisations * UNITS) as f64).collect()
    }

    fn new(weeks: usize, organisations: usize) -> Self {
        Self {
            sums: vec![[0.0; 24]; weeks],
            by_profession: vec![[(0.0, 0.0); PROFESSIONS]; weeks],
            units: vec![0.0; weeks * organisations * UNITS],
        }
    }
}

/// The numbers of one scenario, ready to be used.
pub struct Kernel<'a> {
    model: &'a Model,
    moments: Vec<Moment>,
    weeks_to_fill: Vec<u16>,
}

impl<'a> Kernel<'a> {
    /// A kernel for `model`, if it has the one shape that the kernel knows and the machine the vectors.
    pub fn new(model: &'a Model) -> Option<Self> {
        let layout = &model.layout;
        let fits = layout.units == UNITS
            && layout.row == ROW
            && layout.posts == SEATS
            && layout.managers == MANAGERS
            && model.programmes.len() == 1
            && model.programmes[0].levers.reach.share == 1.0
            && model.shocks.is_empty()
            && model.professions.traits.len() <= PROFESSIONS;
        let able = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        (fits && able).then(|| Self {
            model,
            moments: (0..model.weeks).map(|week| calendar::moment(model, &model.programmes[0], week)).collect(),
            weeks_to_fill: model.professions.traits.iter().map(|traits| traits.weeks_to_fill.max(1.0) as u16).collect(),
        })
    }

    /// The organisations of one replicate, as the engine draws them.
    pub fn start(&self, seed: u64, replicate: u64) -> Vec<Start> {
        (0..self.model.organisations).map(|number| self.draw(Luck { seed, replicate }, number as u32)).collect()
    }

    fn draw(&self, luck: Luck, number: u32) -> Start {
        let model = self.model;
        let organisation = Organisation::draw(model, luck, number);
        let nation = outer::nation(model, luck);
        let first = begin::world(model, &organisation, &[&[true; UNITS]], true);
        let (people, course) = (&first.people, &first.courses[0]);
        let mut columns = Columns::none();
        for (to, from) in [
            (&mut columns.present, &people.present),
            (&mut columns.usual_log_odds, &people.usual_log_odds),
            (&mut columns.usual, &people.usual),
            (&mut columns.intrinsic, &people.intrinsic),
            (&mut columns.motivation, &people.motivation),
            (&mut columns.fatigue, &people.fatigue),
            (&mut columns.cynicism, &people.cynicism),
            (&mut columns.will_factor, &people.will_factor),
            (&mut columns.opinion_leader, &people.opinion_leader),
            (&mut columns.habit, &course.habit),
            (&mut columns.practice, &course.practice),
            (&mut columns.champion, &course.champion),
            (&mut columns.dose, &course.dose),
            (&mut columns.credit, &course.credit),
            (&mut columns.autonomy, &organisation.autonomy),
            (&mut columns.clinical, &organisation.clinical),
            (&mut columns.leaving, &organisation.leaving),
        ] {
            to.0[..SEATS].copy_from_slice(from);
        }
        let mut places = Box::new(Places::NONE);
        for unit in 0..UNITS {
            places.reached.0[unit] = 1.0;
            places.fit.0[unit] = course.fit[unit];
            places.capability.0[unit] = course.capability[unit];
            places.truth.0[unit] = course.true_practice[unit];
            places.reported.0[unit] = course.reported[unit];
            places.baseline_log_odds.0[unit] = organisation.baseline_log_odds[unit];
            places.norm.0[unit] = organisation.norm[unit * ROW];
            places.held.0[unit] = model.layout.staff as f32;
        }
        places.fit_around = places.fit;
        places.usual = places.truth;
        places.fit_around.management(1.0);
        places.norm.management(organisation.norm[SPONSOR]);
        places.care.0.fill(1.0);
        for place in 0..PLACES {
            places.involved.0[place] = course.involved[LEADERS + place];
            places.mandate_part.0[place] = organisation.mandate[LEADERS + place];
        }
        let tie = |post: usize| people.ties.to(post).map(|to| to as u16 * 16);
        let kinds = |post: usize| people.ties.to(post).map(|to| kind(&organisation, people, post, to));
        let network = &model.parameters.network;
        let across = 1.0 - network.tribal_distance * model.setting.tribalism;
        let usual = [1.0, network.leader_weight, 1.0, across, across];
        let mut members = vec![Col([0.0; LENGTH]); organisation.members.len()];
        for (members, column) in members.iter_mut().zip(&organisation.members) {
            members.0[..column.len()].copy_from_slice(column);
        }
        let kind: Vec<[u8; TIES]> = (0..SEATS).map(kinds).collect();
        Start {
            world: World {
                columns,
                places,
                empty: Vec::new(),
                mandate: 0.0,
                held_by_profession: std::array::from_fn(|profession| {
                    organisation.members.get(profession).map_or(0.0, |members| f64::from(members.iter().sum::<f32>()))
                }),
                to: (0..SEATS).map(tie).collect(),
                weight: kind.iter().map(|kinds| kinds.map(|kind| usual[usize::from(kind)])).collect(),
                kind,
                shown: vec![[0.0; 4]; SEATS],
            },
            members,
            profession: organisation.profession.clone(),
            mandate_of_frontline: organisation.mandate[0],
            nation,
            key: [luck.seed as u32, (luck.seed >> 32) as u32, luck.replicate as u32, 0, 12, number, 0, 0],
        }
    }

    /// All weeks of all organisations, with the programme and without.
    pub fn run(&self, starts: &[Start]) -> [Record; 2] {
        let mut records = [0; 2].map(|_| Record::new(self.model.weeks, starts.len()));
        for (number, start) in starts.iter().enumerate() {
            // SAFETY: `new` has seen the features.
            unsafe { self.live(start, number, starts.len(), &mut records) };
        }
        records
    }

    #[target_feature(enable = "avx2,fma")]
    fn live(&self, start: &Start, number: usize, organisations: usize, records: &mut [Record; 2]) {
        let mut luck =
            Box::new(LuckOfWeek { scatter: Col([0.0; LENGTH]), chance: Col([0.0; LENGTH]), misreport: [0.0; 128] });
        let mut worlds = [start.world.clone(), start.world.clone()];
        for week in 0..self.model.weeks {
            luck.draw(&start.key, week);
            let touched = self.moments[week].begun;
            let (with, without) = records.split_at_mut(1);
            let [on, off] = &mut worlds;
            let at = (week, number, organisations);
            if touched {
                self.week::<true>(start, at, &luck, on, &mut with[0]);
            } else {
                self.week::<false>(start, at, &luck, on, &mut with[0]);
            }
            self.week::<false>(start, at, &luck, off, &mut without[0]);
        }
    }
}

fn kind(organisation: &Organisation, people: &People, looker: usize, to: usize) -> u8 {
    let opinion = people.opinion_leader[to] > 0.0;
    if organisation.frontline[looker] == 0.0 {
        return if opinion { 2 } else { 0 };
    }
    let stranger = organisation.profession[looker] != organisation.profession[to];
    match (organisation.frontline[to] > 0.0, stranger, opinion) {
        (false, ..) => 1,
        (true, false, false) => 0,
        (true, false, true) => 2,
        (true, true, false) => 3,
        (true, true, true) => 4,
    }
}

/// The luck of a week, shared by both worlds.
struct LuckOfWeek {
    scatter: Col,
    chance: Col,
    misreport: [f32; 128],
}

impl LuckOfWeek {
    #[inline(always)]
    fn draw(&mut self, key: &[u32; 8], week: usize) {
        let mut words = [unsafe { _mm256_setzero_si256() }; 16];
        for batch in 0..4 {
            chacha8(key, week as u64, batch * 8, &mut words);
            for (pair, words) in words.as_chunks::<2>().0.iter().enumerate() {
                let (sines, cosines) = normals(words[0], words[1]);
                sines.store(&mut self.scatter.0, batch as usize * 16 + pair * 2);
                cosines.store(&mut self.scatter.0, batch as usize * 16 + pair * 2 + 1);
            }
        }
        for batch in 0..4 {
            chacha8(key, week as u64, 32 + batch * 8, &mut words);
            for (block, word) in words.iter().enumerate() {
                uniform(*word, 0.0).store(&mut self.chance.0, batch as usize * 16 + block);
            }
        }
        if week.is_multiple_of(4) {
            chacha8(key, week as u64, 64, &mut words);
            for (pair, words) in words.as_chunks::<2>().0.iter().enumerate() {
                let (sines, cosines) = normals(words[0], words[1]);
                sines.store(&mut self.misreport, pair * 2);
                cosines.store(&mut self.misreport, pair * 2 + 1);
            }
        }
    }
}

impl Kernel<'_> {
    /// One week of one organisation in one world.
    #[inline(always)]
    fn week<const ON: bool>(
        &self,
        start: &Start,
        (week, number, organisations): (usize, usize, usize),
        luck: &LuckOfWeek,
        world: &mut World,
        record: &mut Record,
    ) {
        let p = &self.model.parameters;
        let tide = self.model.setting.rising_tide / 52.0 * week as f32;
        world.mandate = outer::mandates(&p.outer, world.mandate, start.nation.policy_changes[week]);
        for block in 0..UNIT_BLOCKS {
            let usual = sigmoid(world.places.baseline_log_odds.get(block) + V::all(tide));
            world.places.usual.set(block, usual);
        }
        let sums = &mut record.sums[week];
        show::<ON>(world, tide, sums);
        self.look_up(world);
        if ON {
            self.units_look(&self.moments[week], start.nation.alignment[0][week], world);
        }
        self.push(tide, world);
        self.pressures(start, world);
        if !ON {
            let brought = 1.0 - self.model.setting.cynicism;
            let calm = brought * (1.0 - p.cynicism.mandate * world.mandate.min(1.0));
            world.places.calm = Place([calm; PLACES]);
            world.places.calm_of_leader = Place([calm; PLACES]);
        }
        let mut leaves = [0; BLOCKS];
        self.people::<ON>(luck, world, &mut leaves);
        count::<ON>(start, world, sums, &mut record.by_profession[week]);
        sums[19] += f64::from(self.turn_over(start, tide, luck, world, &leaves));
        self.units_count(&self.moments[week], week, tide, luck, world);

        let (columns, places) = (&world.columns, &world.places);
        let truth = sum(&places.truth, &places.reached);
        let reported = sum(&places.reported, &places.reached);
        sums[10] += f64::from(truth);
        sums[11] += f64::from(reported);
        sums[12] += f64::from(sum(&places.embedding, &places.reached));
        sums[13] += f64::from(sum(&places.capability, &places.reached));
        sums[14] += f64::from(sum(&places.care, &places.reached));
        let usual: f32 = places.usual.0[..UNITS].iter().sum();
        sums[15] += f64::from(columns.practice.0[LEADERS..SPONSOR].iter().sum::<f32>());
        sums[16] += f64::from(truth - usual);
        sums[17] += f64::from(reported - usual);
        sums[18] += f64::from(columns.practice.0[SPONSOR + 1..=SPONSOR + MANAGERS].iter().sum::<f32>());
        sums[20] += f64::from(columns.practice.0[SPONSOR]);
        let place = (week * organisations + number) * UNITS;
        record.units[place..place + UNITS].copy_from_slice(&places.truth.0[..UNITS]);
    }

    /// What superiors do.
    #[inline(always)]
    fn look_up(&self, world: &mut World) {
        let (columns, places) = (&world.columns, &mut world.places);
        let p = &self.model.parameters;
        let time = self.model.programmes[0].levers.resources.protected_time;
        let released = |practice: f32| time * (p.fatigue.time_released + (1.0 - p.fatigue.time_released) * practice);
        let backs = |post: usize| columns.present.0[post] * columns.practice.0[post];
        for division in 0..MANAGERS {
            let manager = SPONSOR + 1 + division;
            let units = division * 5..division * 5 + 5;
            places.released.0[units.clone()].fill(released(columns.practice.0[manager]));
            places.superior_of_leader.0[units].fill(backs(manager));
        }
        for unit in 0..UNITS {
            places.superior.0[unit] = backs(LEADERS + unit);
        }
        places.released.management(released(columns.practice.0[SPONSOR]));
        places.superior_of_leader.management(backs(SPONSOR));
    }

    /// What each unit has in front of it, and the products that its members share.
    #[inline(always)]
    fn units_look(&self, moment: &Moment, alignment: f32, world: &mut World) {
        let model = self.model;
        let (p, levers) = (&model.parameters, &model.programmes[0].levers);
        let (columns, places) = (&world.columns, &mut *world.places);
        let one = V::all(1.0);
        let sponsor = columns.present.0[SPONSOR] * columns.practice.0[SPONSOR];
        places.superior_of_leader.0[UNITS] = alignment;
        places.priority.management(alignment);

        let support = moment.strength.max(moment.continued);
        let direct = support.max(p.exposure.planning_contact * moment.planning);
        let pilot =
            1.0 - (1.0 - levers.persuasion.pilot) * (1.0 - p.fit.participation * levers.engagement.participation);
        let fit_pace = (moment.planning + p.fit.live_pace * moment.strength) * pilot / p.fit.weeks;
        let m = &p.measurement;
        let initially = model.setting.measurement_capability;
        let helped = 1.0 - (1.0 - sponsor) * (1.0 - levers.resources.external_support);
        let growth = levers.measurement.capability * (m.unaided + (1.0 - m.unaided) * helped) / m.gain_weeks;
        let written = p.embedding.rate * levers.sustain.embedding * p.embedding.sponsor * sponsor;
        let distinct = p.embedding.result / m.result_scale;
        let seen = 1.0
            - p.permanence.project_discount
                * levers.design.project_status
                * (1.0 - p.permanence.time_ahead * moment.time_left);
        let lasts = (1.0 - seen) * (1.0 - moment.continued);
        let begun = if moment.begun { 1.0 } else { 0.0 };
        for block in 0..UNIT_BLOCKS {
            let reached = places.reached.get(block);
            let backing = places.superior.get(block);
            let resourced = reached * support;
            let (fit, capability) = (places.fit.get(block), places.capability.get(block));
            let fit = (reached * fit_pace).fma(one - fit, fit);
            let embedding = places.embedding.get(block);
            let held_up = resourced.max(reached * moment.planning);
            let grown = (held_up * growth).fma(one - capability, capability);
            let kept = embedding.fma(V::all(m.embedded * (1.0 - initially)), V::all(initially));
            let slipping = (grown - kept).max(V::zero()) * (1.0 / m.loss_weeks);
            let capability = held_up.rest().nfma(slipping, grown);
            let routine = embedding * reached * m.embedded_feedback;
            let feedback = capability
                * places.ritual.get(block).miss(V::all(m.theatre))
                * resourced.max(routine)
                * levers.measurement.feedback;
            let (usual, reported) = (places.usual.get(block), places.reported.get(block));
            let (reported_lift, true_lift) = (reported - usual, places.truth.get(block) - usual);
            let results = feedback
                .fma(clear(reported_lift, m.result_scale), clear(true_lift, m.result_scale) * m.bystander)
                * reached
                * begun;
            let gap = ((V::all(p.belief.no_problem) - reported) * (1.0 / p.belief.plain_problem)).unit();
            let done = (true_lift * distinct).unit();
            let gained = resourced * backing * done * embedding.rest() * written;
            let embedding = embedding + gained - embedding * (1.0 / p.embedding.loss_weeks);
            places.fit.set(block, fit);
            places.fit_around.set(block, fit);
            places.capability.set(block, capability);
            places.capability_around.set(block, capability);
            places.embedding.set(block, embedding);
            places.embedding_around.set(block, embedding);
            places.reached_around.set(block, reached);
            places.live.set(block, reached * moment.strength);
            places.resourced.set(block, resourced);
            places.contact.set(block, reached * direct);
            places.feedback.set(block, feedback);
            places.results.set(block, results);
            places.true_lift.set(block, true_lift);
            places.reported_lift.set(block, reported_lift);
            places.gap.set(block, gap);
            places.permanence.set(block, embedding.miss(one).nfma(V::all(lasts), one));
        }
        let reached = places.reached;
        let many = 1.0 / reached.0[..UNITS].iter().sum::<f32>().max(1.0);
        for column in [
            &mut places.contact,
            &mut places.reached_around,
            &mut places.resourced,
            &mut places.live,
            &mut places.capability_around,
            &mut places.feedback,
            &mut places.results,
            &mut places.gap,
            &mut places.true_lift,
            &mut places.reported_lift,
            &mut places.embedding_around,
            &mut places.permanence,
            &mut places.care,
        ] {
            let mean = sum(column, &reached) * many;
            column.management(mean);
        }
        places.fit_around.management(1.0);

        let after = if moment.after { levers.sustain.sanction_after } else { 0.0 };
        let (persuasion, engagement) = (&levers.persuasion, &levers.engagement);
        let b = &p.belief;
        let o = &p.ownership;
        let softened = 1.0 - p.incentive.peer_audit_softens * levers.incentives.peer_audit;
        let stick = o.imposed_sanction * levers.incentives.sanction * softened;
        let directive =
            o.imposed_directive * engagement.directive * (1.0 - o.facilitation_softens * engagement.facilitative);
        let burden =
            levers.measurement.burden * (1.0 - p.fatigue.administration_relief * levers.resources.administration);
        let constant = p.fatigue.burden * burden + p.fatigue.ambition * levers.design.ambition;
        let promised = levers.design.ambition * moment.share_of_time;
        let abandons = if moment.weeks_since_end < p.cynicism.abandonment_weeks {
            p.cynicism.abandonment * levers.design.project_status
        } else {
            0.0
        };
        let brought = (1.0 - model.setting.cynicism) * (1.0 - p.cynicism.mandate * world.mandate.min(1.0));
        for block in 0..PLACES / 8 {
            let (contact, live) = (places.contact.get(block), places.live.get(block));
            let reached = places.reached_around.get(block);
            let in_force = live.max(reached * after);
            let capability = places.capability_around.get(block);
            places.in_force.set(block, in_force);
            let credible = capability.fma(V::all(1.0 - b.data_credibility), V::all(b.data_credibility));
            places.credible.set(block, credible * (b.problem_data * persuasion.hard_data));
            let missed = contact.miss(V::all(b.problem_presence))
                * places.feedback.get(block).miss(V::all(b.problem_feedback))
                * (places.priority.get(block) * contact).miss(V::all(b.problem_priority));
            places.problem_missed.set(block, missed);
            let missed = contact.miss(V::all(b.solution_fit * levers.design.fit))
                * places.results.get(block).max(V::zero()).rest();
            places.solution_missed.set(block, missed);
            places.imposed_missed.set(block, in_force.miss(V::all(stick)) * live.miss(V::all(directive)));
            let enabling = contact * (o.facilitation * engagement.facilitative);
            places.enabled_missed.set(block, enabling.miss(places.superior.get(block)));
            places.enabled_missed_of_leader.set(block, enabling.miss(places.superior_of_leader.get(block)));
            let looking = one - capability.rest() * (1.0 - levers.incentives.peer_audit);
            places.sanction_missed.set(block, (in_force * looking).miss(V::all(levers.incentives.sanction)));
            places.work.set(block, V::all(constant));
            let size = reached * p.cynicism.disappointment;
            let abandoned = places.permanence.get(block).rest() * reached * abandons;
            let calm = abandoned.rest() * brought;
            places.calm.set(block, calm * missing(places.true_lift.get(block), promised, m.result_scale).miss(size));
            places
                .calm_of_leader
                .set(block, calm * missing(places.reported_lift.get(block), promised, m.result_scale).miss(size));
        }
    }

    /// What pushes practice in each place, whoever is there: the tide and procedures.
    #[inline(always)]
    fn push(&self, tide: f32, world: &mut World) {
        let (p, places) = (&self.model.parameters, &mut world.places);
        let rest = V::all(tide + p.practice.fatigue_weight * p.fatigue.rest);
        for block in 0..PLACES / 8 {
            let push = places.embedding_around.get(block).fma(V::all(p.practice.embedding_weight), rest);
            places.push.set(block, push);
            places.push_of_leader.set(block, push);
        }
    }

    /// What the place itself asks of its people.
    #[inline(always)]
    fn pressures(&self, start: &Start, world: &mut World) {
        let (p, places) = (&self.model.parameters.fatigue, &mut world.places);
        let constant = p.rest + self.model.setting.workload;
        let mandate = world.mandate;
        let share = p.vacancy / self.model.layout.staff as f32;
        for block in 0..PLACES / 8 {
            let vacancies = V::all(self.model.layout.staff as f32) - places.held.get(block);
            let pressure = vacancies.fma(V::all(share), V::all(constant));
            places.pressure.set(block, pressure + V::all(mandate * start.mandate_of_frontline));
            let part = places.mandate_part.get(block);
            places.pressure_of_leader.set(block, part.fma(V::all(mandate), pressure));
        }
        for place in UNITS..PLACES {
            places.pressure_of_leader.0[place] = constant + mandate * places.mandate_part.0[place];
        }
    }
}

/// Writes what everybody shows, and sums what people go into the week with.
#[inline(always)]
fn show<const ON: bool>(world: &mut World, tide: f32, sums: &mut Sums) {
    let (columns, shown) = (&mut *world.columns, &mut world.shown);
    let mut totals = [V::zero(); 6];
    for block in 0..BLOCKS {
        let usual = sigmoid(V::load(&columns.usual_log_odds.0, block) + V::all(tide));
        usual.store(&mut columns.usual.0, block);
        let present = V::load(&columns.present.0, block);
        let lift = present * (V::load(&columns.practice.0, block) - usual);
        let (problem, solution) = if ON {
            (V::load(&columns.problem.0, block) * present, V::load(&columns.solution.0, block) * present)
        } else {
            (V::zero(), V::zero())
        };
        if block < FRONT {
            totals[0] = totals[0] + problem;
            totals[1] = totals[1] + solution;
            totals[2] = present.fma(V::load(&columns.motivation.0, block), totals[2]);
            totals[3] = present.fma(V::load(&columns.fatigue.0, block), totals[3]);
            totals[4] = present.fma(V::load(&columns.cynicism.0, block), totals[4]);
            totals[5] = totals[5] + present;
        }
        let to = &mut shown[block * 8..block * 8 + 8];
        unsafe {
            let (low, high) = (_mm256_unpacklo_ps(present.0, lift.0), _mm256_unpackhi_ps(present.0, lift.0));
            let mut put = |index: usize, four: __m256| {
                _mm_storeu_ps(to[index].as_mut_ptr(), _mm256_castps256_ps128(four));
                _mm_storeu_ps(to[index + 4].as_mut_ptr(), _mm256_extractf128_ps::<1>(four));
            };
            if ON {
                let beliefs = (_mm256_unpacklo_ps(problem.0, solution.0), _mm256_unpackhi_ps(problem.0, solution.0));
                put(0, _mm256_shuffle_ps::<0x44>(low, beliefs.0));
                put(1, _mm256_shuffle_ps::<0xEE>(low, beliefs.0));
                put(2, _mm256_shuffle_ps::<0x44>(high, beliefs.1));
                put(3, _mm256_shuffle_ps::<0xEE>(high, beliefs.1));
            } else {
                put(0, low);
                put(1, _mm256_permute_ps::<0xEE>(low));
                put(2, high);
                put(3, _mm256_permute_ps::<0xEE>(high));
            }
        }
    }
    for (sum, total) in sums.iter_mut().zip(totals) {
        *sum += f64::from(total.sum());
    }
}

/// What one person hears: total weight, lift, problem belief, solution belief.
#[inline(always)]
fn hear(shown: *const u8, to: &[u16; TIES], kinds: &[u8; TIES], weights: __m256) -> __m128 {
    unsafe {
        let kinds = _mm256_cvtepu8_epi32(_mm_loadl_epi64(kinds.as_ptr().cast()));
        let weights = _mm256_permutevar8x32_ps(weights, kinds);
        let at = |tie: usize| _mm_loadu_ps(shown.add(usize::from(to[tie])).cast());
        let two = |a: usize, b: usize| {
            let (low, high) = (a as i32, b as i32);
            let weights =
                _mm256_permutevar8x32_ps(weights, _mm256_setr_epi32(low, low, low, low, high, high, high, high));
            (_mm256_set_m128(at(b), at(a)), weights)
        };
        let (shown, weight) = two(0, 1);
        let mut even = _mm256_mul_ps(shown, weight);
        let (shown, weight) = two(2, 3);
        let mut odd = _mm256_mul_ps(shown, weight);
        let (shown, weight) = two(4, 5);
        even = _mm256_fmadd_ps(shown, weight, even);
        let (shown, weight) = two(6, 7);
        odd = _mm256_fmadd_ps(shown, weight, odd);
        let both = _mm256_add_ps(even, odd);
        _mm_add_ps(_mm256_castps256_ps128(both), _mm256_extractf128_ps::<1>(both))
    }
}

/// The same of weight and lift alone, with fixed weights.
#[inline(always)]
fn hear_lift(shown: *const u8, to: &[u16; TIES], weights: &[f32; TIES]) -> __m128 {
    unsafe {
        let two = |a: usize| {
            let first = _mm_castpd_ps(_mm_load_sd(shown.add(usize::from(to[a])).cast()));
            _mm_castpd_ps(_mm_loadh_pd(_mm_castps_pd(first), shown.add(usize::from(to[a + 1])).cast()))
        };
        let (low, high) = (_mm_loadu_ps(weights.as_ptr()), _mm_loadu_ps(weights.as_ptr().add(4)));
        let mut even = _mm_mul_ps(two(0), _mm_unpacklo_ps(low, low));
        let mut odd = _mm_mul_ps(two(2), _mm_unpackhi_ps(low, low));
        even = _mm_fmadd_ps(two(4), _mm_unpacklo_ps(high, high), even);
        odd = _mm_fmadd_ps(two(6), _mm_unpackhi_ps(high, high), odd);
        let both = _mm_add_ps(even, odd);
        _mm_add_ps(both, _mm_movehl_ps(both, both))
    }
}

/// What eight people hear.
#[inline(always)]
fn hear_block<const ON: bool>(world: &World, block: usize, weights: [__m256; 8]) -> [V; 4] {
    let shown: *const u8 = world.shown.as_ptr().cast();
    let to = &world.to.as_chunks::<8>().0[block];
    let kind = &world.kind.as_chunks::<8>().0[block];
    let weight = &world.weight.as_chunks::<8>().0[block];
    // Written out, so that no row goes through memory.
    macro_rules! rows {
        ($($lane:literal)+) => {
            [$(if ON {
                hear(shown, &to[$lane], &kind[$lane], weights[$lane])
            } else {
                hear_lift(shown, &to[$lane], &weight[$lane])
            },)+]
        };
    }
    transpose(rows!(0 1 2 3 4 5 6 7))
}

/// Eight people's four numbers, as four times eight.
#[inline(always)]
fn transpose(rows: [__m128; 8]) -> [V; 4] {
    unsafe {
        let pair = |index: usize| _mm256_set_m128(rows[index + 4], rows[index]);
        let (a, b, c, d) = (pair(0), pair(1), pair(2), pair(3));
        let (ab, cd) = (_mm256_unpacklo_ps(a, b), _mm256_unpacklo_ps(c, d));
        let (high_ab, high_cd) = (_mm256_unpackhi_ps(a, b), _mm256_unpackhi_ps(c, d));
        [
            V(_mm256_shuffle_ps::<0x44>(ab, cd)),
            V(_mm256_shuffle_ps::<0xEE>(ab, cd)),
            V(_mm256_shuffle_ps::<0x44>(high_ab, high_cd)),
            V(_mm256_shuffle_ps::<0xEE>(high_ab, high_cd)),
        ]
    }
}

/// Sums what people did, over the front line and by profession.
#[inline(always)]
fn count<const ON: bool>(
    start: &Start,
    world: &mut World,
    sums: &mut Sums,
    by_profession: &mut [(f64, f64); PROFESSIONS],
) {
    let (columns, places) = (&*world.columns, &mut world.places);
    let mut habits = V::zero();
    let mut totals = [V::zero(); 4];
    for unit in 0..UNITS {
        let mut rituals = V::zero();
        for block in unit * 3..unit * 3 + 3 {
            let present = V::load(&columns.present.0, block);
            habits = present.fma(V::load(&columns.habit.0, block), habits);
            if ON {
                totals[0] = present.fma(V::load(&columns.will.0, block), totals[0]);
                totals[1] = present.fma(V::load(&columns.ownership.0, block), totals[1]);
                totals[2] = present.fma(V::load(&columns.skill.0, block), totals[2]);
                rituals = present.fma(V::load(&columns.ritual.0, block), rituals);
            }
        }
        if ON {
            totals[3] = totals[3] + rituals;
            places.ritual.0[unit] = rituals.sum() * (1.0 / 22.0);
        }
    }
    sums[6] += f64::from(habits.sum());
    sums[7] += f64::from(totals[0].sum());
    sums[8] += f64::from(totals[1].sum());
    sums[9] += f64::from(totals[2].sum());
    sums[21] += f64::from(totals[3].sum());
    for (profession, members) in start.members.iter().enumerate() {
        let mut total = [V::zero(); 2];
        for pair in 0..FRONT / 2 {
            for (half, total) in total.iter_mut().enumerate() {
                let block = pair * 2 + half;
                let practised = V::load(&columns.practice.0, block) * V::load(&columns.present.0, block);
                *total = practised.fma(V::load(&members.0, block), *total);
            }
        }
        by_profession[profession].0 += f64::from((total[0] + total[1]).sum());
        by_profession[profession].1 += world.held_by_profession[profession];
    }
}

/// What a block of people has around it: one number for all of a unit's frontline, or one each for leaders and managers.
#[inline(always)]
fn around<const FRONTLINE: bool>(column: &Place, place: usize) -> V {
    if FRONTLINE { V::all(column.0[place]) } else { column.get(place) }
}

/// Declares the numbers of a scenario that enter a person's week, spread over a vector once a week: in a copy that
/// nothing points to, so that the compiler need not fear that writing a column changes them.
macro_rules! numbers {
    (|$model:ident, $p:ident, $levers:ident| $($name:ident = $number:expr;)+) => {
        struct Numbers { $($name: V,)+ }

        impl Numbers {
            #[inline(always)]
            fn new($model: &Model) -> Self {
                let ($p, $levers) = (&$model.parameters, &$model.programmes[0].levers);
                Self { $($name: V::all($number),)+ }
            }
        }
    };
}

numbers! { |model, p, levers|
    hardly = 1e-6;
    half = 0.5;
    reinforcement = p.practice.reinforcement;
    reinforcement_scale = p.practice.reinforcement_scale;
    slackening = p.practice.slackening;
    will_weight = p.practice.will_weight;
    pressure_weight = p.practice.pressure_weight;
    morale_weight = p.practice.morale_weight;
    habit_weight = p.practice.habit_weight;
    fatigue_weight = p.practice.fatigue_weight;
    response = 1.0 / p.practice.response_weeks;
    noise = p.practice.noise;
    difficulty = levers.design.difficulty;
    unskilled = 1.0 - levers.design.difficulty;
    habit_up = 1.0 / p.habit.gain_weeks;
    habit_down = 1.0 / p.habit.loss_weeks;
    burden = levers.measurement.burden * (1.0 - p.fatigue.administration_relief * levers.resources.administration);
    no_slack = -p.fatigue.paperwork_slack;
    paperwork_time = p.fatigue.paperwork_time;
    paperwork = p.fatigue.paperwork;
    conscious_effort = p.fatigue.conscious_effort;
    time_relief = p.fatigue.time_relief;
    fatigue_pace = 1.0 / p.fatigue.weeks;
    talked_to = (1.0 - p.belief.problem_users * levers.persuasion.service_users)
        * (1.0 - p.belief.problem_debate * levers.persuasion.peer_debate);
    example = p.belief.problem_opinion * levers.persuasion.opinion_leaders;
    advocacy = p.belief.solution_opinion * levers.persuasion.opinion_leaders * levers.design.evidence;
    stories = p.belief.problem_stories * levers.persuasion.patient_stories;
    pilot = p.belief.solution_pilot * levers.persuasion.pilot;
    talk = p.belief.talk;
    problem_up = 1.0 / p.belief.problem_weeks;
    problem_down = 1.0 / (p.belief.forgetting * p.belief.problem_weeks);
    solution_up = 1.0 / p.belief.solution_weeks;
    solution_down = 1.0 / (p.belief.forgetting * p.belief.solution_weeks);
    participation = levers.engagement.participation;
    outsiders = p.ownership.imposed_outsiders * (1.0 - levers.engagement.clinician_led);
    imposed_paperwork = p.ownership.imposed_paperwork;
    involvement_softens = p.ownership.involvement_softens;
    credit_to_few = p.ownership.resentment * levers.incentives.recognition * (1.0 - levers.reach.breadth);
    timed = 1.0 - p.ownership.untimed;
    untimed = p.ownership.untimed;
    own_pilot = p.ownership.pilot * levers.persuasion.pilot;
    peer_led = p.ownership.clinician_led * levers.engagement.clinician_led;
    own_heard = p.ownership.heard;
    own_up = 1.0 / p.ownership.gain_weeks;
    own_down = 1.0 / p.ownership.loss_weeks;
    clear_result = 1.0 / p.measurement.result_scale;
    training = levers.resources.training;
    coaching = p.skill.external_support * levers.resources.external_support;
    skill_heard = p.skill.heard;
    skill_up = 1.0 / p.skill.gain_weeks;
    skill_down = 1.0 / p.skill.loss_weeks;
    recognition = p.incentive.recognition * levers.incentives.recognition;
    payment = levers.incentives.payment
        * (p.incentive.payment + (1.0 - p.incentive.payment) * p.incentive.payment_norm * model.setting.payment_norm);
    gaming = gaming(&p.incentive, levers);
    stick = p.motivation.sanction_crowding
        * levers.incentives.sanction
        * (1.0 - p.incentive.peer_audit_softens * levers.incentives.peer_audit);
    money = p.motivation.payment_crowding
        * levers.incentives.payment
        * (1.0 - p.motivation.payment_norm_relief * model.setting.payment_norm);
    praise = p.motivation.recognition * levers.incentives.recognition;
    together = p.motivation.cross_professional * levers.engagement.cross_professional;
    vitality = p.motivation.vitality;
    motivation_up = 1.0 / p.motivation.gain_weeks;
    motivation_down = 1.0 / p.motivation.loss_weeks;
    cynicism_up = 1.0 / p.cynicism.gain_weeks;
    cynicism_down = 1.0 / p.cynicism.loss_weeks;
    cynicism_relief = p.cynicism.vitality_relief / p.cynicism.loss_weeks;
    cynicism_leaving = p.workforce.cynicism_leaving;
    fatigue_leaving = p.workforce.fatigue_leaving;
    usual_strain = -p.workforce.fatigue_leaving * p.fatigue.rest - p.workforce.cynicism_leaving * model.setting.cynicism;
}

impl Kernel<'_> {
    /// Everybody hears, decides, acts and feels; marks who leaves.
    #[inline(always)]
    fn people<const ON: bool>(&self, luck: &LuckOfWeek, world: &mut World, leaves: &mut [u8; BLOCKS]) {
        let numbers = Numbers::new(self.model);
        let p = &self.model.parameters.network;
        let levers = &self.model.programmes[0].levers;
        let weights = |contact: f32| {
            let opinion = 1.0 + (p.opinion_weight - 1.0) * levers.persuasion.opinion_leaders * contact;
            let across = 1.0
                - p.tribal_distance
                    * self.model.setting.tribalism
                    * (1.0 - levers.engagement.cross_professional * contact);
            unsafe { _mm256_setr_ps(1.0, p.leader_weight, opinion, across, opinion * across, 0.0, 0.0, 0.0) }
        };
        let (frontline, leaders) = leaves.split_at_mut(FRONT);
        for (unit, leaves) in frontline.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let here = if ON { weights(world.places.contact.0[unit]) } else { unsafe { _mm256_setzero_ps() } };
            for (leaves, block) in leaves.iter_mut().zip(unit * 3..) {
                let heard = hear_block::<ON>(world, block, [here; 8]);
                *leaves =
                    Self::person::<ON, true>(&numbers, luck, &mut world.columns, &world.places, block, unit, heard);
            }
        }
        for (leaves, block) in leaders.iter_mut().zip(FRONT..) {
            let each = std::array::from_fn(|lane| weights(world.places.contact.0[(block - FRONT) * 8 + lane]));
            let heard = hear_block::<ON>(world, block, each);
            *leaves = Self::person::<ON, false>(
                &numbers,
                luck,
                &mut world.columns,
                &world.places,
                block,
                block - FRONT,
                heard,
            );
        }
    }

    /// Eight people's week.
    #[allow(clippy::too_many_arguments)]
    #[inline(always)]
    fn person<const ON: bool, const FRONTLINE: bool>(
        k: &Numbers,
        luck: &LuckOfWeek,
        columns: &mut Columns,
        places: &Places,
        block: usize,
        place: usize,
        [total, lift, problem_heard, solution_heard]: [V; 4],
    ) -> u8 {
        macro_rules! own {
            ($column:ident) => {
                V::load(&columns.$column.0, block)
            };
        }
        macro_rules! here {
            ($column:ident) => {
                around::<FRONTLINE>(&places.$column, place)
            };
            ($frontline:ident, $leaders:ident) => {
                if FRONTLINE { V::all(places.$frontline.0[place]) } else { places.$leaders.get(place) }
            };
        }
        let (zero, one) = (V::zero(), V::all(1.0));
        let present = own!(present);
        let (fatigue, cynicism) = (own!(fatigue), own!(cynicism));
        let (practice, habit, usual) = (own!(practice), own!(habit), own!(usual));

        // One division for what colleagues are heard to do and for how far that convinces.
        let heard = total.max(k.hardly);
        let ahead = heard.fma(k.reinforcement, lift.max(zero));
        let inverse = one.over(heard * ahead);
        let scale = inverse * ahead;
        let peers = lift * scale;
        let convinces = lift * (inverse * heard) * k.reinforcement_scale;

        let mut able = here!(fit_around);
        let mut gain = own!(usual_log_odds) + here!(push, push_of_leader);
        let mut load = here!(pressure, pressure_of_leader);
        let mut vitality = zero;
        if ON {
            let dose = if FRONTLINE { own!(dose) } else { one };
            let (contact, resourced) = (here!(contact), here!(resourced));
            let (autonomy, clinical) = (own!(autonomy), own!(clinical));
            let (taught, given) = (contact * dose, resourced * dose);
            let time = here!(released) * dose;
            let paperwork = time.nfma(k.paperwork_time, dose.fma(k.burden, k.no_slack)).max(zero);

            let mut people = k.talked_to;
            let mut advocated = one;
            if FRONTLINE {
                let looked_to = own!(opinion_leader);
                people = people * looked_to.miss(k.example);
                advocated = (looked_to * contact).miss(k.advocacy);
            }
            let gap = here!(gap);
            let unconvinced = here!(problem_missed)
                * here!(credible).miss(taught)
                * taught.miss(k.stories)
                * people.rest().miss(taught);
            let no_problem = unconvinced.rest().miss(gap);
            let unconvinced = here!(solution_missed) * own!(credit).miss(taught) * taught.miss(k.pilot) * advocated;
            let no_solution = unconvinced.rest();

            let live = here!(live);
            let burdened = paperwork * resourced;
            let involved = if FRONTLINE { k.participation } else { places.involved.get(place) };
            let free = here!(imposed_missed) * (live * clinical).miss(k.outsiders) * burdened.miss(k.imposed_paperwork);
            let mut own_freely = (autonomy * free.rest()).miss(involved.miss(k.involvement_softens));
            if FRONTLINE {
                own_freely = own_freely * (live * own!(champion).rest()).miss(k.credit_to_few);
            }
            let uninvolved = (involved * time.fma(k.timed, k.untimed)).miss(taught)
                * taught.miss(k.own_pilot)
                * (taught * clinical).miss(k.peer_led)
                * here!(enabled_missed, enabled_missed_of_leader);
            let example = (peers * k.clear_result).unit();
            let target = (uninvolved * example.miss(k.own_heard)).rest() * own_freely;
            let ownership = own!(ownership);
            let ownership = present.fma(step(ownership, target, k.own_up, k.own_down), ownership);
            ownership.store(&mut columns.ownership.0, block);

            let untaught = taught.miss(k.training) * taught.miss(k.coaching);
            let target = (untaught * example.miss(k.skill_heard)).rest();
            let skill = own!(skill);
            let skill = present.fma(step(skill, target, k.skill_up, k.skill_down), skill);
            skill.store(&mut columns.skill.0, block);

            let pressure = (here!(sanction_missed) * given.miss(k.recognition) * given.miss(k.payment)).rest();

            let (motivation, intrinsic) = (own!(motivation), own!(intrinsic));
            let uncrowded = (here!(in_force) * autonomy).miss(k.stick) * given.miss(k.money);
            let discouraged = given.miss(k.praise) * given.miss(k.together);
            vitality = (here!(results).max(zero).miss(ownership) * discouraged).rest() * k.vitality;
            let target = intrinsic.fma(uncrowded, intrinsic.rest() * vitality);
            let felt = present.fma(step(motivation, target, k.motivation_up, k.motivation_down), motivation);
            felt.store(&mut columns.motivation.0, block);

            let effort = (practice - habit).max(zero) * k.conscious_effort;
            let work = paperwork.fma(k.paperwork, here!(work));
            load = (resourced * dose.fma(work, effort)).fma(time.miss(k.time_relief), load);

            let (problem, solution) = (own!(problem), own!(solution));
            let engaged = (motivation + ownership) * k.half;
            let mut will = (problem * solution).sqrt() * engaged * here!(permanence) * cynicism.rest();
            if !FRONTLINE {
                will = will * own!(will_factor);
            }
            let ritual = pressure * engaged.rest() * k.gaming;
            will.store(&mut columns.will.0, block);
            ritual.store(&mut columns.ritual.0, block);

            able = able * skill.rest().miss(k.difficulty);
            gain = (will * able).fma(k.will_weight, gain);
            gain = (pressure * ritual.rest()).fma(k.pressure_weight, gain);
            gain = (motivation - intrinsic).min(zero).fma(k.morale_weight, gain);

            let target = (no_problem * (problem_heard * scale * gap).miss(k.talk)).rest();
            present
                .fma(step(problem, target, k.problem_up, k.problem_down), problem)
                .store(&mut columns.problem.0, block);
            let target = (no_solution * (solution_heard * scale).miss(k.talk)).rest();
            let believed = present.fma(step(solution, target, k.solution_up, k.solution_down), solution);
            believed.store(&mut columns.solution.0, block);
        } else {
            able = able * k.unskilled;
        }

        let example = peers * (convinces * able).or_if_negative(k.slackening, peers);
        gain = here!(norm).fma(example, gain);
        gain = (habit - usual).fma(k.habit_weight, gain);
        gain = fatigue.nfma(k.fatigue_weight, gain);
        let moved = (sigmoid(gain) - practice).fma(k.response, practice);
        let moved = V::load(&luck.scatter.0, block).fma(k.noise, moved).unit();
        let now = practice.or_if_negative(moved, zero - present);
        now.store(&mut columns.practice.0, block);
        present.fma(step(habit, now, k.habit_up, k.habit_down), habit).store(&mut columns.habit.0, block);

        let fatigue = (present * (load.unit() - fatigue)).fma(k.fatigue_pace, fatigue);
        fatigue.store(&mut columns.fatigue.0, block);
        let gap = here!(calm, calm_of_leader).rest() - cynicism;
        let falling = vitality.fma(k.cynicism_relief, k.cynicism_down);
        let cynicism = present.fma(gap * k.cynicism_up.or_if_negative(falling, gap), cynicism);
        cynicism.store(&mut columns.cynicism.0, block);

        let strain = cynicism.fma(k.cynicism_leaving, fatigue.fma(k.fatigue_leaving, k.usual_strain));
        let hazard = present * own!(leaving) * exp(strain);
        V::load(&luck.chance.0, block).below(hazard)
    }

    /// Posts fall empty and are filled. Returns how many frontline staff left.
    #[inline(always)]
    fn turn_over(&self, start: &Start, tide: f32, luck: &LuckOfWeek, world: &mut World, leaves: &[u8; BLOCKS]) -> u32 {
        let mut empty = std::mem::take(&mut world.empty);
        empty.retain_mut(|(post, weeks)| {
            *weeks -= 1;
            if *weeks == 0 {
                self.join(start, tide, luck, world, usize::from(*post));
            }
            *weeks > 0
        });
        let mut left = 0;
        for (eight, leaves) in leaves.as_chunks::<8>().0.iter().enumerate() {
            let mut leaves = u64::from_le_bytes(*leaves);
            while leaves != 0 {
                let post = eight * 64 + leaves.trailing_zeros() as usize;
                leaves &= leaves - 1;
                world.columns.present.0[post] = 0.0;
                let profession = usize::from(start.profession[post]);
                if post < LEADERS {
                    left += 1;
                    world.places.held.0[post / ROW] -= 1.0;
                    world.held_by_profession[profession] -= 1.0;
                } else {
                    world.places.held.0[post - LEADERS] -= 1.0;
                }
                empty.push((post as u16, self.weeks_to_fill[profession]));
            }
        }
        world.empty = empty;
        left
    }

    /// The first holder of a post takes it over again.
    #[inline(never)]
    fn join(&self, start: &Start, tide: f32, luck: &LuckOfWeek, world: &mut World, post: usize) {
        let (p, levers) = (&self.model.parameters, &self.model.programmes[0].levers);
        let (first, columns, places) = (&start.world.columns, &mut world.columns, &mut world.places);
        let frontline = post < LEADERS;
        let place = if frontline { post / ROW } else { post - LEADERS };
        places.held.0[place] += 1.0;
        if frontline {
            world.held_by_profession[usize::from(start.profession[post])] += 1.0;
        }
        let embedding = if place < UNITS { places.embedding.0[place] } else { 0.0 };
        let at_work = places.resourced.0[place].max(p.workforce.embedded_induction * embedding);
        let taught = if frontline { levers.sustain.induction } else { levers.sustain.succession };
        let keep = 1.0 - (1.0 - taught * at_work) * (1.0 - p.workforce.embedding_teaches * embedding);
        let before = columns.usual.0[post];
        let lift = if frontline { places.true_lift.0[place] } else { columns.practice.0[post] - before };
        columns.present.0[post] = 1.0;
        columns.motivation.0[post] = first.intrinsic.0[post];
        columns.fatigue.0[post] = p.fatigue.rest;
        columns.cynicism.0[post] = self.model.setting.cynicism;
        columns.problem.0[post] *= keep;
        columns.solution.0[post] *= keep;
        columns.ownership.0[post] *= p.workforce.ownership_passed * keep;
        columns.skill.0[post] *= keep;
        let usual = dewpoint::math::sigmoid(first.usual_log_odds.0[post] + tide);
        columns.usual.0[post] = usual;
        columns.habit.0[post] = (usual + p.workforce.lift_passed * keep * lift.max(0.0)).clamp(0.0, 1.0);
        columns.practice.0[post] = columns.habit.0[post];
        if columns.champion.0[post] > 0.0 && luck.chance.0[post] >= levers.sustain.succession * at_work {
            columns.champion.0[post] = 0.0;
            columns.dose.0[post] = exposure::dose(levers, 1.0, 0.0, columns.opinion_leader.0[post]);
        }
    }

    /// Each unit's numbers.
    #[inline(always)]
    fn units_count(&self, moment: &Moment, week: usize, tide: f32, luck: &LuckOfWeek, world: &mut World) {
        let (p, levers) = (&self.model.parameters, &self.model.programmes[0].levers);
        let (columns, places) = (&world.columns, &mut world.places);
        let (mut practised, mut tired) = (Place::NONE, Place::NONE);
        for unit in 0..UNITS {
            let mut sums = [V::zero(); 2];
            for block in unit * 3..unit * 3 + 3 {
                let present = V::load(&columns.present.0, block);
                sums[0] = present.fma(V::load(&columns.practice.0, block), sums[0]);
                sums[1] = present.fma(V::load(&columns.fatigue.0, block), sums[1]);
            }
            practised.0[unit] = sums[0].sum();
            tired.0[unit] = sums[1].sum();
        }
        let one = V::all(1.0);
        let agency = self.model.setting.agency;
        let rest = p.fatigue.rest;
        let softened = 1.0 - p.incentive.peer_audit_softens * levers.incentives.peer_audit;
        let vigilance = levers.safeguards.vigilance;
        let chased = levers.incentives.sanction * softened * p.care.displacement * (1.0 - vigilance);
        let after = if moment.after { levers.sustain.sanction_after } else { 0.0 };
        let normal = week % 4 * 4;
        for block in 0..UNIT_BLOCKS {
            let leader = V::load(&columns.present.0, FRONT + block);
            let all = places.held.get(block).max(one);
            let held = (all - leader).max(one);
            let leaders = leader * V::load(&columns.fatigue.0, FRONT + block);
            let inverse = one.over(all * held);
            let tired = (tired.get(block) + leaders) * (inverse * held);
            let staff = practised.get(block) * (inverse * all);
            let live = places.live.get(block);
            let displaced = live.max(places.reached_around.get(block) * after) * chased;
            let watched = places.resourced.get(block) * vigilance;
            let overload = (tired - V::all(rest + p.care.bearable)).max(V::zero()) * p.care.overload;
            let target = (one - overload * watched.miss(V::all(p.care.vigilance)) - displaced).unit();
            let care = places.care.get(block);
            places.care.set(block, (target - care).fma(V::all(1.0 / p.care.weeks), care));
            let log_odds = places.baseline_log_odds.get(block) + V::all(tide - p.workforce.agency_shortfall);
            let weight = p.workforce.agency_embedding * p.practice.embedding_weight;
            let by_agency = sigmoid(places.embedding.get(block).fma(V::all(weight), log_odds));
            let truth = staff.fma(V::all(1.0 - agency), by_agency * agency);
            let ritual = places.ritual.get(block).fma(truth.rest(), truth);
            let scatter = V::load(&luck.misreport, normal + block);
            places.truth.set(block, truth);
            places.reported.set(block, scatter.fma(V::all(p.measurement.report_noise), ritual).unit());
        }
    }
}
