//! The only home of floating-point decisions.
//!
//! atra promises the same bits natively and in wasm. IEEE 754 fixes `+ - * /`, `abs` and comparison on
//! every target; everything else is decided here, once, and `clippy.toml` bans the std versions elsewhere.
#![allow(clippy::disallowed_methods)]

use crate::kernels::arch::{Isa, Kernel, widest};

/// The larger of two numbers, as `if a > b { a } else { b }`: one instruction on every target, and the second
/// argument when the comparison does not decide (equal, or NaN).
#[inline(always)]
#[must_use]
pub fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers, as `if a < b { a } else { b }`; see [`max`].
#[inline(always)]
#[must_use]
pub fn min(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// A count as a number: one instruction, as it is not for what may not fit a signed integer.
#[inline(always)]
pub(crate) fn count(count: usize) -> f64 {
    if cfg!(target_pointer_width = "64") { count.cast_signed() as f64 } else { count as f64 }
}

/// [`max`] in a chain, where each comparison waits for the one before it and the compiler cannot make several at once.
///
/// An engine that compiles wasm makes a jump of a choice between two floats, and no processor can predict it. Of vectors
/// it makes one instruction, which the compiler uses by itself where comparisons do not wait for each other.
#[inline(always)]
#[must_use]
pub fn chained_max(a: f64, b: f64) -> f64 {
    #[cfg(all(target_family = "wasm", target_feature = "simd128"))]
    return lanes::first(lanes::f64x2_pmax(lanes::f64x2_splat(b), lanes::f64x2_splat(a)));
    #[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
    max(a, b)
}

/// [`min`] in a chain; see [`chained_max`].
#[inline(always)]
#[must_use]
pub fn chained_min(a: f64, b: f64) -> f64 {
    #[cfg(all(target_family = "wasm", target_feature = "simd128"))]
    return lanes::first(lanes::f64x2_pmin(lanes::f64x2_splat(b), lanes::f64x2_splat(a)));
    #[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
    min(a, b)
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod lanes {
    use core::arch::wasm32::{f64x2_extract_lane, v128};
    pub(super) use core::arch::wasm32::{f64x2_pmax, f64x2_pmin, f64x2_splat};

    #[inline(always)]
    pub(super) fn first(lanes: v128) -> f64 {
        f64x2_extract_lane::<0>(lanes)
    }
}

/// Square root. IEEE 754 requires it correctly rounded, so the hardware instruction is the same everywhere.
#[inline(always)]
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// Functions that IEEE 754 leaves to the platform, from one portable implementation.
macro_rules! portable {
    ($($(#[$doc:meta])* $name:ident => $function:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(x: f64) -> f64 {
            libm::$function(x)
        }
    )*};
}
portable! {
    /// e to the power of `x`.
    exp => exp;
    /// Natural logarithm.
    ln => log;
    /// Logarithm to base 10.
    log10 => log10;
    /// Sine of radians.
    sin => sin;
    /// Cosine of radians.
    cos => cos;
    /// Tangent of radians.
    tan => tan;
    /// Arc sine, in radians.
    asin => asin;
    /// Arc cosine, in radians.
    acos => acos;
    /// Arc tangent, in radians.
    atan => atan;
    /// Hyperbolic sine.
    sinh => sinh;
    /// Hyperbolic cosine.
    cosh => cosh;
    /// Hyperbolic tangent.
    tanh => tanh;
    /// The nearest whole number not below.
    ceil => ceil;
    /// The nearest whole number not above.
    floor => floor;
}

/// Whether every value is an ordinary number (neither NaN nor infinite).
///
/// Summed side by side, at memory speed: one that is not makes the sum such. So do ordinary numbers near the largest
/// there is; then each is looked at.
#[must_use]
pub fn all_finite(values: &[f64]) -> bool {
    widest(Sums(values)).is_finite() || values.iter().all(|value| value.is_finite())
}

/// The sum of everything, in any order.
struct Sums<'a>(&'a [f64]);

impl Kernel for Sums<'_> {
    type Out = f64;

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> f64 {
        let (chunks, rest) = self.0.as_chunks::<N>();
        let (groups, others) = chunks.as_chunks::<8>();
        let mut sums = [isa.splat(0.0); 8];
        for group in groups {
            for (sum, chunk) in sums.iter_mut().zip(group) {
                *sum = *sum + isa.pack(*chunk);
            }
        }
        for chunk in others {
            sums[0] = sums[0] + isa.pack(*chunk);
        }
        let [a, b, c, d, e, f, g, h] = sums;
        let sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
        isa.unpack(sum).iter().chain(rest).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finite_looks_at_every_position() {
        let mut values = vec![1.0; 3000];
        assert!(all_finite(&values));
        for (position, bad) in [(0, f64::NAN), (1024, f64::INFINITY), (2999, f64::NEG_INFINITY)] {
            values[position] = bad;
            assert!(!all_finite(&values));
            values[position] = 1.0;
        }
        assert!(all_finite(&[]));
        assert!(all_finite(&[f64::MAX; 100]));
        assert!(!all_finite(&[f64::INFINITY, f64::NEG_INFINITY]));
    }
}
