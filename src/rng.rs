//! Luck: every random draw is a function of who, what and when.
//!
//! A draw depends on (seed, replicate, process, organisation, who, when) and on nothing else: not on the scenario, the
//! thread, the order of work, or who is watching. Two designs that run with one seed therefore share all their luck, and
//! a difference between them is the difference that the design makes.
//!
//! The promise has two limits, because a draw must call who it is about by some number. A programme is known by its place
//! in the scenario: one put in front of others hands its luck with units, teams and scatter on to them, so new programmes
//! belong at the end. A post is known by its place in the columns of its organisation (see
//! [`model::who::layout`](crate::model::who::layout)): other numbers of units, of staff or of units to a manager give other
//! people. More organisations, in contrast, leave the luck of those that are there as it is.
//!
//! The first five are the key of a ChaCha stream cipher with 8 rounds (Bernstein 2008), `when` is its stream number,
//! and successive draws, or successive posts, are successive words of the stream. ChaCha is a random function of its
//! key and position, so that draws of neighbouring keys are as independent as those of distant ones.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use wide::u32x4;

use crate::math::{cosine, normals, radius, sine, uniform};

/// What a draw is for. The numbers are part of the contract: a new process takes a new number, none is used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Process {
    /// Culture and baseline of an organisation.
    Organisation = 1,
    /// Baseline and cohesion of a unit.
    Unit = 2,
    /// Profession of a post.
    Post = 3,
    /// What a newcomer brings; when = holder of the post.
    Person = 4,
    /// Whom a newcomer looks to; when = holder of the post.
    Ties = 5,
    /// Which units a programme picks; when = programme.
    Reach = 6,
    /// Who is on the project team; when = programme and holder of the post.
    Team = 7,
    /// How well an untried design suits a unit; when = programme.
    Fit = 8,
    /// Changes of national policy.
    Policy = 9,
    /// Alignment of policy with a programme after a change.
    Alignment = 10,
    /// Whether a change of policy reorganises an organisation.
    Reorganisation = 11,
    /// Weekly scatter of practice, one number a post.
    Practice = 12,
    /// Weekly scatter of reported numbers, one number a unit.
    Report = 13,
    /// Who leaves, one number a post.
    Leaving = 14,
    /// How long a post stays empty.
    Vacancy = 15,
    /// Adverse events in a ward; when = first week of the period they are counted over.
    Incident = 16,
    /// How a unit and a person read a programme whose aims are unclear; when = programme and holder of the post.
    Aim = 17,
    /// How far a unit's best form of the practice lies apart from the usual one; when = programme.
    Site = 18,
    /// Who is moved in a reorganisation; when = week.
    Move = 19,
    /// Whether a leader who comes later has the glow that the programme began with; when = holder of the post.
    Glow = 20,
    /// How much there is to write before a unit's procedures are finished; when = programme.
    Procedure = 21,
}

/// All the luck of one replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    /// Seed of the whole study.
    pub seed: u64,
    /// Number of the replicate.
    pub replicate: u64,
}

/// Organisation number of draws that concern the whole country.
pub const NATION: u32 = u32::MAX;

impl Luck {
    /// Successive draws of one process for one `who` of one organisation at one time.
    pub fn draws(self, process: Process, organisation: u32, who: u32, when: u64) -> Draws {
        Draws::new(self.key(process, organisation, who), when)
    }

    /// Fills `words` with one word for each post.
    pub fn words(self, process: Process, organisation: u32, who: u32, when: u64, words: &mut [u32]) {
        let mut key = [0; 32];
        for (bytes, word) in key.as_chunks_mut().0.iter_mut().zip(self.key(process, organisation, who)) {
            *bytes = word.to_le_bytes();
        }
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(when);
        stream.fill(words);
    }

    fn key(self, process: Process, organisation: u32, who: u32) -> [u32; 8] {
        let halves = |number: u64| [number as u32, (number >> 32) as u32];
        let ([a, b], [c, d]) = (halves(self.seed), halves(self.replicate));
        [a, b, c, d, process as u32, organisation, who, 0]
    }
}

/// Draws one after the other from a keyed stream: the words that [`Luck::words`] gives for the same key.
///
/// Most who draw take a handful of words. One block at a time is a third of the work of the four that the library makes.
#[derive(Clone, Debug)]
pub struct Draws {
    key: [u32x4; 2],
    stream: u64,
    block: u64,
    words: [u32; 16],
    taken: usize,
}

impl Draws {
    fn new([a, b, c, d, e, f, g, h]: [u32; 8], stream: u64) -> Self {
        let key = [u32x4::from([a, b, c, d]), u32x4::from([e, f, g, h])];
        Self { key, stream, block: 0, words: [0; 16], taken: 16 }
    }

    /// The next sixteen words: ChaCha with 8 rounds (Bernstein 2008), the four rows of its state side by side.
    fn refill(&mut self) {
        let halves = |number: u64| [number as u32, (number >> 32) as u32];
        let ([low, high], [stream, upper]) = (halves(self.block), halves(self.stream));
        let start = [
            u32x4::from([0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]),
            self.key[0],
            self.key[1],
            u32x4::from([low, high, stream, upper]),
        ];
        let mut rows = start;
        for _ in 0..4 {
            let [a, b, c, d] = half_rounds(rows);
            // Diagonals become columns, and back.
            let [a, b, c, d] = half_rounds([a, turned::<1>(b), turned::<2>(c), turned::<3>(d)]);
            rows = [a, turned::<3>(b), turned::<2>(c), turned::<1>(d)];
        }
        for ((words, row), start) in self.words.as_chunks_mut().0.iter_mut().zip(rows).zip(start) {
            *words = (row + start).to_array();
        }
        self.block += 1;
        self.taken = 0;
    }

    /// A random word.
    pub fn word(&mut self) -> u32 {
        if self.taken == self.words.len() {
            self.refill();
        }
        let word = self.words[self.taken];
        self.taken += 1;
        word
    }

    /// A number in [0, 1).
    pub fn uniform(&mut self) -> f32 {
        uniform(self.word())
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.word()) * n as u64) >> 32) as usize
    }

    /// Two independent standard normal numbers.
    pub fn normals(&mut self) -> (f32, f32) {
        normals(self.word(), self.word())
    }
}

/// Four quarter rounds of ChaCha, one in each lane.
#[inline(always)]
fn half_rounds([mut a, mut b, mut c, mut d]: [u32x4; 4]) -> [u32x4; 4] {
    a += b;
    d = rotated::<16>(d ^ a);
    c += d;
    b = rotated::<12>(b ^ c);
    a += b;
    d = rotated::<8>(d ^ a);
    c += d;
    b = rotated::<7>(b ^ c);
    [a, b, c, d]
}

/// Every word rotated to the left.
#[inline(always)]
fn rotated<const BITS: i32>(words: u32x4) -> u32x4 {
    (words << BITS) | (words >> (32 - BITS))
}

/// The words of a row, so many places further to the left.
#[inline(always)]
fn turned<const BY: usize>(row: u32x4) -> u32x4 {
    let row = row.to_array();
    u32x4::from(std::array::from_fn(|lane| row[(lane + BY) % 4]))
}

/// Standard normal numbers from words, sixteen from sixteen: words 0-7 of each sixteen give the radii, 8-15 the angles.
///
/// Lengths must be equal multiples of 16.
#[inline(always)]
pub fn fill_normals(words: &[u32], numbers: &mut [f32]) {
    // One function a loop: short bodies over eight lanes become vectors.
    for (numbers, words) in numbers.as_chunks_mut::<16>().0.iter_mut().zip(words.as_chunks::<16>().0) {
        let (mut radii, mut sines, mut cosines) = ([0.0; 8], [0.0; 8], [0.0; 8]);
        for lane in 0..8 {
            radii[lane] = radius(words[lane]);
        }
        for lane in 0..8 {
            sines[lane] = sine(words[lane + 8]);
        }
        for lane in 0..8 {
            cosines[lane] = cosine(words[lane + 8]);
        }
        for lane in 0..8 {
            numbers[lane] = radii[lane] * sines[lane];
            numbers[lane + 8] = radii[lane] * cosines[lane];
        }
    }
}

/// Numbers in [0, 1) from words, one from one.
#[inline(always)]
pub fn fill_uniforms(words: &[u32], numbers: &mut [f32]) {
    for (number, word) in numbers.iter_mut().zip(words) {
        *number = uniform(*word);
    }
}
