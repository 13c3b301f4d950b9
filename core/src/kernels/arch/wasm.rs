//! The vectors of browsers.

#[allow(clippy::wildcard_imports)] // instructions have names of their own
use core::arch::wasm32::*;
use std::ops::{Add, Div, Mul, Sub};

use super::{Isa, Number};

/// Two lanes.
#[derive(Clone, Copy)]
pub(super) struct Simd128;

#[derive(Clone, Copy, Debug)]
pub(super) struct Two(v128);

macro_rules! operators {
    ($($Operator:ident $function:ident $intrinsic:ident),*) => {$(
        impl $Operator for Two {
            type Output = Self;

            #[inline(always)]
            fn $function(self, other: Self) -> Self {
                Self($intrinsic(self.0, other.0))
            }
        }
    )*};
}
operators!(Add add f64x2_add, Sub sub f64x2_sub, Mul mul f64x2_mul, Div div f64x2_div);

impl Number for Two {
    #[inline(always)]
    fn like(self, x: f64) -> Self {
        Self(f64x2_splat(x))
    }

    #[inline(always)]
    fn if_greater(self, other: Self, one: Self, another: Self) -> Self {
        Self(v128_bitselect(one.0, another.0, f64x2_gt(self.0, other.0)))
    }

    // Of two that do not decide, the engine takes its first argument, and we the other one.
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        Self(f64x2_pmax(other.0, self.0))
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        Self(f64x2_pmin(other.0, self.0))
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self(f64x2_abs(self.0))
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(f64x2_sqrt(self.0))
    }
}

#[inline(always)]
fn pair(row: &[f64], at: usize) -> v128 {
    bytemuck::cast([row[at], row[at + 1]])
}

#[inline(always)]
fn put_pair(row: &mut [f64], at: usize, pair: v128) {
    row[at..at + 2].copy_from_slice(&bytemuck::cast::<v128, [f64; 2]>(pair));
}

impl Isa<2> for Simd128 {
    type Vector = Two;

    #[inline(always)]
    fn pack(self, lanes: [f64; 2]) -> Two {
        Two(bytemuck::cast(lanes))
    }

    #[inline(always)]
    fn unpack(self, vector: Two) -> [f64; 2] {
        bytemuck::cast(vector.0)
    }

    #[inline(always)]
    fn shift(self, before: Two, now: Two) -> Two {
        Two(i64x2_shuffle::<1, 2>(before.0, now.0))
    }

    #[inline(always)]
    fn columns<R: AsRef<[f64]>>(self, [a, b]: &[R; 2], at: usize) -> [Two; 2] {
        let (a, b) = (&a.as_ref()[at..at + 2], &b.as_ref()[at..at + 2]);
        let (a, b) = (pair(a, 0), pair(b, 0));
        [Two(i64x2_shuffle::<0, 2>(a, b)), Two(i64x2_shuffle::<1, 3>(a, b))]
    }

    #[inline(always)]
    fn put_columns<R: AsMut<[f64]>>(self, [a, b]: [Two; 2], [first, second]: &mut [R; 2], at: usize) {
        let (first, second) = (&mut first.as_mut()[at..at + 2], &mut second.as_mut()[at..at + 2]);
        put_pair(first, 0, i64x2_shuffle::<0, 2>(a.0, b.0));
        put_pair(second, 0, i64x2_shuffle::<1, 3>(a.0, b.0));
    }
}
