//! Arithmetic that gives the same bits on every machine.
//!
//! The system's `exp` and `ln` differ between platforms, fused multiply-adds differ between processors, and `min`/`max`
//! treat zeros freely. Here everything is IEEE addition, multiplication, division, square root and comparison in a
//! written order; loops over these functions vectorise. Errors stay below 2e-7 relative, 1e-6 for the logit.

/// The root of two pi: what a normal curve is divided by.
pub const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_2;

/// `x` kept within `low..=high`.
#[inline(always)]
pub fn clip(x: f32, low: f32, high: f32) -> f32 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// The larger of two numbers.
#[inline(always)]
pub fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The smaller of two numbers.
#[inline(always)]
pub fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Noisy-OR of two channels: either may act, `1 - (1 - a)(1 - b)`.
#[inline(always)]
pub fn nor(a: f32, b: f32) -> f32 {
    1.0 - (1.0 - a) * (1.0 - b)
}

/// Noisy-OR of three channels.
#[inline(always)]
pub fn nor3(a: f32, b: f32, c: f32) -> f32 {
    1.0 - (1.0 - a) * (1.0 - b) * (1.0 - c)
}

/// Noisy-OR of four channels.
#[inline(always)]
pub fn nor4(a: f32, b: f32, c: f32, d: f32) -> f32 {
    1.0 - (1.0 - a) * (1.0 - b) * ((1.0 - c) * (1.0 - d))
}

/// How fast a state follows its target, up and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    up: f32,
    down: f32,
}

impl Pace {
    /// Time constants in weeks, for rising and for falling.
    pub fn weeks(up: f32, down: f32) -> Self {
        Self { up: 1.0 / up, down: 1.0 / down }
    }

    /// One week's step of `x` towards `target`: `x += (target - x) / tau`.
    #[inline(always)]
    pub fn step(self, x: f32, target: f32) -> f32 {
        let gap = target - x;
        gap * if gap > 0.0 { self.up } else { self.down }
    }
}

/// e to the power `x`, for any `x`; beyond ±87 the value at ±87.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // 1.5 * 2^23: adding it rounds to a whole number, whose bits then sit at the bottom of the mantissa.
    const ROUND: f32 = 12_582_912.0;
    // ln 2 in two parts, so that the remainder keeps its precision.
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = clip(x, -87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let power = shifted - ROUND;
    let r = (x - power * LN2_HIGH) - power * LN2_LOW;
    let tail = ((1.393_454_5e-3 * r + 8.363_777e-3) * r + 4.166_645_6e-2) * r + 0.166_665_73;
    let mantissa = 1.0 + (r + r * r * (tail * r + 0.5));
    f32::from_bits(mantissa.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// Natural logarithm of a positive, normal number.
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    // Split x into 2^power times a mantissa in [1/sqrt 2, sqrt 2).
    let bits = x.to_bits();
    let power = (bits.wrapping_sub(0x3f35_04f3) as i32) >> 23;
    let m = f32::from_bits(bits.wrapping_sub((power as u32) << 23)) - 1.0;
    let mut p = -7.877_954_8e-2 * m + 0.128_386_44;
    p = p * m - 0.131_051_69;
    p = p * m + 0.141_869_75;
    p = p * m - 0.166_270_78;
    p = p * m + 0.200_020_37;
    p = p * m - 0.250_007_87;
    p = p * m + 0.333_333_2;
    p = p * m - 0.499_999_97;
    power as f32 * std::f32::consts::LN_2 + (m + m * m * p)
}

/// Probability of given log odds.
#[inline(always)]
pub fn sigmoid(log_odds: f32) -> f32 {
    1.0 / (1.0 + exp(-log_odds))
}

/// Log odds of a probability, which is first kept within 0.01 and 0.99.
#[inline(always)]
pub fn logit(p: f32) -> f32 {
    let p = clip(p, 0.01, 0.99);
    ln(p / (1.0 - p))
}

/// A number in [0, 1) from one random word.
#[inline(always)]
pub fn uniform(word: u32) -> f32 {
    // Through a signed number: 24 bits fit, and every processor converts those in one step.
    (word >> 8) as i32 as f32 * (1.0 / 16_777_216.0)
}

/// Two independent standard normal numbers from two random words (Box & Muller 1958).
///
/// The first word gives the radius; the second an angle in the right half-plane, its lowest bit the side.
#[inline(always)]
pub fn normals(first: u32, second: u32) -> (f32, f32) {
    let radius = radius(first);
    (radius * sine(second), radius * cosine(second))
}

/// Distance from the centre of a pair of standard normal numbers.
#[inline(always)]
pub fn radius(word: u32) -> f32 {
    let u = ((word >> 8) as i32 as f32 + 0.5) * (1.0 / 16_777_216.0);
    (-2.0 * ln(u)).sqrt()
}

/// Sine of the angle that a word gives.
#[inline(always)]
pub fn sine(word: u32) -> f32 {
    let t = word as i32 as f32 * (1.0 / 2_147_483_648.0);
    let t2 = t * t;
    let mut sine = -3.431_829_3e-6 * t2 + 1.602_547e-4;
    sine = sine * t2 - 4.681_658e-3;
    sine = sine * t2 + 7.969_26e-2;
    sine = sine * t2 - 0.645_964_1;
    sine = sine * t2 + 1.570_796_4;
    sine * t
}

/// Cosine of the angle that a word gives, on the side that its lowest bit gives.
#[inline(always)]
pub fn cosine(word: u32) -> f32 {
    let t = word as i32 as f32 * (1.0 / 2_147_483_648.0);
    let t2 = t * t;
    let mut cosine = 4.492_200_4e-7 * t2 - 2.517_219_6e-5;
    cosine = cosine * t2 + 9.192_4e-4;
    cosine = cosine * t2 - 2.086_347_3e-2;
    cosine = cosine * t2 + 0.253_669_5;
    cosine = cosine * t2 - 1.233_700_5;
    cosine = cosine * t2 + 1.0;
    f32::from_bits(cosine.to_bits() ^ (word << 31))
}

/// Adds up `values` times `weights` in a fixed order: sixteen running sums, folded at the end.
///
/// Both have the same length, a multiple of 8. Lanes are explicit because a compiler must not reorder sums by itself.
#[inline(always)]
pub fn sum(values: &[f32], weights: &[f32]) -> f32 {
    let (mut even, mut odd) = ([0.0f32; 8], [0.0f32; 8]);
    let (values, last_values) = values.as_chunks::<16>();
    let (weights, last_weights) = weights.as_chunks::<16>();
    for (values, weights) in values.iter().zip(weights) {
        for lane in 0..8 {
            even[lane] += values[lane] * weights[lane];
            odd[lane] += values[lane + 8] * weights[lane + 8];
        }
    }
    if let (Some(values), Some(weights)) = (last_values.first_chunk::<8>(), last_weights.first_chunk::<8>()) {
        for lane in 0..8 {
            even[lane] += values[lane] * weights[lane];
        }
    }
    fold(even, odd)
}

/// Adds up sixteen running sums. Apart from the loops that fill them: a compiler that sees both cuts the lanes there into
/// pairs, because pairs are added here, and those loops take three times as long.
#[inline(never)]
fn fold(even: [f32; 8], odd: [f32; 8]) -> f32 {
    let mut all = even;
    for lane in 0..8 {
        all[lane] += odd[lane];
    }
    ((all[0] + all[4]) + (all[2] + all[6])) + ((all[1] + all[5]) + (all[3] + all[7]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(low: f64, high: f64) -> impl Iterator<Item = f32> {
        (0..=100_000).map(move |step| (low + (high - low) * f64::from(step) / 100_000.0) as f32)
    }

    #[test]
    fn exp_is_right_to_six_digits_everywhere() {
        for x in grid(-80.0, 80.0) {
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() <= 3e-7 * exact, "{x}");
        }
        assert!(exp(1e9).is_finite() && exp(-1e9) >= 0.0);
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn ln_and_logit_are_right_to_a_millionth() {
        for x in grid(1e-6, 50.0) {
            let exact = f64::from(x).ln();
            assert!((f64::from(ln(x)) - exact).abs() <= 2e-7 * exact.abs().max(1.0), "{x}");
        }
        for p in grid(0.01, 0.99) {
            let exact = (f64::from(p) / (1.0 - f64::from(p))).ln();
            assert!((f64::from(logit(p)) - exact).abs() <= 1e-6 * exact.abs().max(1.0), "{p}");
            assert!((sigmoid(logit(p)) - p).abs() < 1e-6, "{p}");
        }
    }

    #[test]
    fn the_corners_of_the_normal_are_finite_and_placed_right() {
        let (sine, cosine) = normals(u32::MAX, 0);
        assert!(sine.abs() < 1e-6 && cosine.abs() < 1e-3, "radius nearly 0");
        let (sine, cosine) = normals(0, 0);
        assert!(sine == 0.0 && (cosine - (2.0 * 33_554_432.0f32.ln()).sqrt()).abs() < 1e-4);
        assert_eq!(normals(0, 1).1, -cosine, "the lowest bit is the side");
        let (sine, cosine) = normals(1 << 31, 1 << 31);
        assert!((sine + (2.0f32 * 2.0f32.ln()).sqrt()).abs() < 1e-4 && cosine.abs() < 1e-5, "straight down");
    }

    #[test]
    fn noisy_or_never_leaves_the_unit_interval_and_adds_up_weak_pushes() {
        assert_eq!(nor(0.0, 0.3), nor(0.3, 0.0));
        assert!((nor(0.5, 0.5) - 0.75).abs() < 1e-7);
        assert!((nor3(0.5, 0.5, 0.5) - 0.875).abs() < 1e-7);
        assert!((nor4(0.5, 0.5, 0.5, 0.5) - 0.9375).abs() < 1e-7);
        assert_eq!(nor4(1.0, 0.0, 0.2, 0.3), 1.0);
    }

    #[test]
    fn a_state_relaxes_as_the_closed_form_says() {
        let pace = Pace::weeks(10.0, 20.0);
        let (mut up, mut down) = (0.0, 1.0);
        for _ in 0..30 {
            up += pace.step(up, 1.0);
            down += pace.step(down, 0.0);
        }
        assert!((f64::from(up) - (1.0 - 0.9f64.powi(30))).abs() < 1e-6);
        assert!((f64::from(down) - 0.95f64.powi(30)).abs() < 1e-6);
    }

    #[test]
    fn sums_are_weighted_and_take_every_element() {
        let values: Vec<f32> = (0..40).map(|i| i as f32).collect();
        let mut weights = vec![1.0; 40];
        assert_eq!(sum(&values, &weights), 780.0);
        weights[39] = 0.0;
        assert_eq!(sum(&values, &weights), 741.0);
        assert_eq!(sum(&values[..24], &weights[..24]), 276.0);
    }
}
