//! Several numbers at a time.
//!
//! A kernel is written once, over [`Number`]s. Each lane of a vector goes through exactly the operations that a single
//! number would, in the same order, so a kernel gives the same bits on every processor and in a browser; which vectors
//! there are only decides how long it takes.

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Sub};

use crate::kernels::no_rows;
use crate::num;

/// A number, or one in each lane of a vector.
pub(crate) trait Number:
    Copy + Debug + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// This number in every lane: vectors are made from vectors, or from what an [`Isa`] gives.
    fn like(self, x: f64) -> Self;
    /// Where `self > other` the one, elsewhere the other.
    fn if_greater(self, other: Self, one: Self, another: Self) -> Self;
    /// [`num::max`].
    fn larger(self, other: Self) -> Self;
    /// [`num::min`].
    fn smaller(self, other: Self) -> Self;
    fn abs(self) -> Self;
    /// [`num::sqrt`].
    fn sqrt(self) -> Self;
}

impl Number for f64 {
    #[inline(always)]
    fn like(self, x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn if_greater(self, other: Self, one: Self, another: Self) -> Self {
        if self > other { one } else { another }
    }

    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        num::chained_max(self, other)
    }

    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        num::chained_min(self, other)
    }

    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        num::sqrt(self)
    }
}

/// Proof that the processor has vectors of `N` lanes, and how they are made.
pub(crate) trait Isa<const N: usize>: Copy {
    type Vector: Number;
    fn pack(self, lanes: [f64; N]) -> Self::Vector;
    fn unpack(self, vector: Self::Vector) -> [f64; N];
    /// Every lane a place further: the last of `before`, and of `now` all but the last.
    fn shift(self, before: Self::Vector, now: Self::Vector) -> Self::Vector;
    /// `N` columns of `N` rows, from a place on; a lane is a row.
    fn columns<R: AsRef<[f64]>>(self, rows: &[R; N], at: usize) -> [Self::Vector; N];
    /// Writes such columns.
    fn put_columns<R: AsMut<[f64]>>(self, columns: [Self::Vector; N], rows: &mut [R; N], at: usize);

    #[inline(always)]
    fn splat(self, x: f64) -> Self::Vector {
        self.pack([x; N])
    }
}

/// What is run with the widest vectors there are.
///
/// `run` and all that it calls must be `inline(always)`, and it must not hand vectors to closures, which cannot be: what
/// is not inlined into the function that has the vectors calls a function for every operation.
pub(crate) trait Kernel {
    type Out;
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> Self::Out;
}

/// The most lanes that vectors have here.
pub(crate) const MOST_LANES: usize = if cfg!(target_arch = "x86_64") {
    4
} else if cfg!(target_feature = "simd128") {
    2
} else {
    1
};

/// Runs a kernel with the widest vectors of this processor.
#[inline(always)]
pub(crate) fn widest<K: Kernel>(kernel: K) -> K::Out {
    #[cfg(target_arch = "x86_64")]
    return x86::widest(kernel);
    #[cfg(all(target_family = "wasm", target_feature = "simd128"))]
    return kernel.run(wasm::Simd128);
    #[cfg(not(any(target_arch = "x86_64", all(target_family = "wasm", target_feature = "simd128"))))]
    kernel.run(Single)
}

/// The first `N` parts of so many numbers.
#[inline(always)]
pub(crate) fn split<const N: usize>(mut numbers: &mut [f64], part: usize) -> [&mut [f64]; N] {
    let mut parts = [const { no_rows() }; N];
    for lane in &mut parts {
        (*lane, numbers) = numbers.split_at_mut(part);
    }
    parts
}

/// Numbers in a line of memory, as the processor's caches have them.
pub(crate) const LINE: usize = 8;

/// So many numbers ahead of the ones that are computed, memory is asked for: it comes meanwhile.
const AHEAD: usize = 256;

/// Whether it pays to [fetch ahead](fetch_ahead): where it is known how, and there are so many rows.
pub(crate) const fn is_worth_fetching(rows: usize) -> bool {
    cfg!(all(target_arch = "x86_64", not(miri))) && rows > AHEAD
}

/// Asks for the line that comes soon where a column, or `N` side by side, is read or written in order, behind its end too:
/// what is taken next is often there. Processors notice that by themselves, but on each page of memory anew.
#[inline(always)]
pub(crate) fn fetch_ahead<const N: usize>(column: &[f64]) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    x86::fetch(column.as_ptr().wrapping_add(AHEAD / N));
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = (column, AHEAD / N);
}

/// [`fetch_ahead`] where `N` columns side by side, several of each kind, are read and written at a place.
#[inline(always)]
pub(crate) fn fetch_lanes<const N: usize, const C: usize, const M: usize>(
    columns: &[[&[f64]; N]; C],
    outs: &[[&mut [f64]; N]; M],
    at: usize,
) {
    for lane in 0..N {
        for column in columns {
            fetch_ahead::<N>(&column[lane][at..]);
        }
        for out in outs {
            fetch_ahead::<N>(&out[lane][at..]);
        }
    }
}

/// From how many bytes on it pays not to bring them into the caches, which they would fill or do not fit.
pub(crate) const LARGE: usize = 4 << 20;

/// Appends bytes that nobody reads soon to a list, each piece once it has been `seen`.
pub(crate) fn append_past_caches(to: &mut Vec<u8>, from: &[u8], seen: impl FnMut(&[u8])) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    x86::append_past_caches(to, from, seen);
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    {
        let mut seen = seen;
        for piece in from.chunks(1 << 12) {
            seen(piece);
            to.extend_from_slice(piece);
        }
    }
}

/// Runs a kernel with the narrowest vectors there are, which a test compares with the widest.
#[cfg(test)]
pub(crate) fn narrowest<K: Kernel>(kernel: K) -> K::Out {
    #[cfg(target_arch = "x86_64")]
    return kernel.run(x86::Sse2);
    #[cfg(not(target_arch = "x86_64"))]
    kernel.run(Single)
}

/// No vectors, one number: for processors of which none are known here, for what is too short for lanes, and to test the
/// others against.
#[derive(Clone, Copy)]
pub(crate) struct Single;

impl Isa<1> for Single {
    type Vector = f64;

    #[inline(always)]
    fn pack(self, [number]: [f64; 1]) -> f64 {
        number
    }

    #[inline(always)]
    fn unpack(self, number: f64) -> [f64; 1] {
        [number]
    }

    #[inline(always)]
    fn shift(self, before: f64, _: f64) -> f64 {
        before
    }

    #[inline(always)]
    fn columns<R: AsRef<[f64]>>(self, [row]: &[R; 1], at: usize) -> [f64; 1] {
        [row.as_ref()[at]]
    }

    #[inline(always)]
    fn put_columns<R: AsMut<[f64]>>(self, [number]: [f64; 1], [row]: &mut [R; 1], at: usize) {
        row.as_mut()[at] = number;
    }
}

#[cfg(test)]
mod tests;
