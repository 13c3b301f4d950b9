//! SSE2, which every x86-64 processor has, and AVX2, which is looked for.

#[allow(clippy::wildcard_imports)] // instructions have names of their own
use core::arch::x86_64::*;
use std::ops::{Add, Div, Mul, Sub};

use super::{Isa, Kernel, Number};

/// Runs a kernel with the widest vectors of this processor.
#[inline]
pub(super) fn widest<K: Kernel>(kernel: K) -> K::Out {
    if let Some(isa) = Avx2::detected() {
        // SAFETY: the processor has AVX2.
        return unsafe { with_avx2(kernel, isa) };
    }
    kernel.run(Sse2)
}

#[target_feature(enable = "avx2")]
fn with_avx2<K: Kernel>(kernel: K, isa: Avx2) -> K::Out {
    kernel.run(isa)
}

/// Two lanes.
#[derive(Clone, Copy)]
pub(super) struct Sse2;

/// Four lanes; there is one only where the processor has them.
#[derive(Clone, Copy)]
pub(super) struct Avx2(());

impl Avx2 {
    #[inline(always)]
    pub(super) fn detected() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self(()))
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Two(__m128d);

/// Made by [`Avx2`] alone: where there is one, its instructions may be used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Four(__m256d);

/// What vectors do, by the names of their intrinsics.
macro_rules! vector {
    (
        $Vector:ident, $set1:ident, $max:ident, $min:ident, $andnot:ident, $sqrt:ident,
        $($Operator:ident $function:ident $intrinsic:ident,)*
        |$a:ident, $b:ident, $one:ident, $another:ident| $if_greater:expr
    ) => {
        $(impl $Operator for $Vector {
            type Output = Self;

            #[inline(always)]
            fn $function(self, other: Self) -> Self {
                // SAFETY: a vector exists only where its instructions do; so below.
                Self(unsafe { $intrinsic(self.0, other.0) })
            }
        })*

        impl Number for $Vector {
            #[inline(always)]
            fn like(self, x: f64) -> Self {
                // SAFETY: as above.
                Self(unsafe { $set1(x) })
            }

            #[inline(always)]
            fn if_greater(self, other: Self, one: Self, another: Self) -> Self {
                let ($a, $b, $one, $another) = (self.0, other.0, one.0, another.0);
                // SAFETY: as above.
                Self(unsafe { $if_greater })
            }

            #[inline(always)]
            fn larger(self, other: Self) -> Self {
                // SAFETY: as above.
                Self(unsafe { $max(self.0, other.0) })
            }

            #[inline(always)]
            fn smaller(self, other: Self) -> Self {
                // SAFETY: as above.
                Self(unsafe { $min(self.0, other.0) })
            }

            #[inline(always)]
            fn abs(self) -> Self {
                // SAFETY: as above.
                Self(unsafe { $andnot($set1(-0.0), self.0) })
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                // SAFETY: as above.
                Self(unsafe { $sqrt(self.0) })
            }
        }
    };
}
vector!(
    Two, _mm_set1_pd, _mm_max_pd, _mm_min_pd, _mm_andnot_pd, _mm_sqrt_pd,
    Add add _mm_add_pd, Sub sub _mm_sub_pd, Mul mul _mm_mul_pd, Div div _mm_div_pd,
    |a, b, one, another| {
        let greater = _mm_cmpgt_pd(a, b);
        _mm_or_pd(_mm_and_pd(greater, one), _mm_andnot_pd(greater, another))
    }
);
vector!(
    Four, _mm256_set1_pd, _mm256_max_pd, _mm256_min_pd, _mm256_andnot_pd, _mm256_sqrt_pd,
    Add add _mm256_add_pd, Sub sub _mm256_sub_pd, Mul mul _mm256_mul_pd, Div div _mm256_div_pd,
    |a, b, one, another| _mm256_blendv_pd(another, one, _mm256_cmp_pd::<_CMP_GT_OQ>(a, b))
);

/// Two neighbours.
#[inline(always)]
fn pair(row: &[f64], at: usize) -> __m128d {
    bytemuck::cast([row[at], row[at + 1]])
}

#[inline(always)]
fn put_pair(row: &mut [f64], at: usize, pair: __m128d) {
    row[at..at + 2].copy_from_slice(&bytemuck::cast::<__m128d, [f64; 2]>(pair));
}

/// The first of each, and the second of each.
#[inline(always)]
fn zip(a: __m128d, b: __m128d) -> [__m128d; 2] {
    // SAFETY: every x86-64 processor has SSE2.
    unsafe { [_mm_unpacklo_pd(a, b), _mm_unpackhi_pd(a, b)] }
}

impl Isa<2> for Sse2 {
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
        // SAFETY: every x86-64 processor has SSE2.
        Two(unsafe { _mm_shuffle_pd::<0b01>(before.0, now.0) })
    }

    #[inline(always)]
    fn columns<R: AsRef<[f64]>>(self, [a, b]: &[R; 2], at: usize) -> [Two; 2] {
        let (a, b) = (&a.as_ref()[at..at + 2], &b.as_ref()[at..at + 2]);
        zip(pair(a, 0), pair(b, 0)).map(Two)
    }

    #[inline(always)]
    fn put_columns<R: AsMut<[f64]>>(self, [a, b]: [Two; 2], [first, second]: &mut [R; 2], at: usize) {
        let (first, second) = (&mut first.as_mut()[at..at + 2], &mut second.as_mut()[at..at + 2]);
        let [a, b] = zip(a.0, b.0);
        put_pair(first, 0, a);
        put_pair(second, 0, b);
    }
}

/// Two neighbours of a row and of another; only where there is AVX2.
#[inline(always)]
unsafe fn halves(low: &[f64], high: &[f64], at: usize) -> __m256d {
    // SAFETY: the caller's.
    unsafe { _mm256_insertf128_pd::<1>(_mm256_castpd128_pd256(pair(low, at)), pair(high, at)) }
}

/// Writes them; only where there is AVX2.
#[inline(always)]
unsafe fn put_halves(low: &mut [f64], high: &mut [f64], at: usize, vector: __m256d) {
    // SAFETY: the caller's.
    let halves = unsafe { [_mm256_castpd256_pd128(vector), _mm256_extractf128_pd::<1>(vector)] };
    put_pair(low, at, halves[0]);
    put_pair(high, at, halves[1]);
}

impl Isa<4> for Avx2 {
    type Vector = Four;

    #[inline(always)]
    fn pack(self, lanes: [f64; 4]) -> Four {
        Four(bytemuck::cast(lanes))
    }

    #[inline(always)]
    fn unpack(self, vector: Four) -> [f64; 4] {
        bytemuck::cast(vector.0)
    }

    #[inline(always)]
    fn shift(self, before: Four, now: Four) -> Four {
        // SAFETY: the processor has AVX2, or there would be no `Avx2`; so below.
        Four(unsafe {
            let middle = _mm256_permute2f128_pd::<0x21>(before.0, now.0);
            _mm256_shuffle_pd::<0b0101>(middle, now.0)
        })
    }

    #[inline(always)]
    fn columns<R: AsRef<[f64]>>(self, [p, q, r, s]: &[R; 4], at: usize) -> [Four; 4] {
        let (p, q) = (&p.as_ref()[at..at + 4], &q.as_ref()[at..at + 4]);
        let (r, s) = (&r.as_ref()[at..at + 4], &s.as_ref()[at..at + 4]);
        // SAFETY: as above.
        unsafe {
            // Rows 0 and 2, 1 and 3 side by side: what is left is done within halves, which costs least.
            let (a, b, c, d) = (halves(p, r, 0), halves(q, s, 0), halves(p, r, 2), halves(q, s, 2));
            [
                Four(_mm256_unpacklo_pd(a, b)),
                Four(_mm256_unpackhi_pd(a, b)),
                Four(_mm256_unpacklo_pd(c, d)),
                Four(_mm256_unpackhi_pd(c, d)),
            ]
        }
    }

    #[inline(always)]
    fn put_columns<R: AsMut<[f64]>>(self, [a, b, c, d]: [Four; 4], rows: &mut [R; 4], at: usize) {
        let [p, q, r, s] = rows;
        let (p, q) = (&mut p.as_mut()[at..at + 4], &mut q.as_mut()[at..at + 4]);
        let (r, s) = (&mut r.as_mut()[at..at + 4], &mut s.as_mut()[at..at + 4]);
        // SAFETY: as above.
        unsafe {
            put_halves(p, r, 0, _mm256_unpacklo_pd(a.0, b.0));
            put_halves(q, s, 0, _mm256_unpackhi_pd(a.0, b.0));
            put_halves(p, r, 2, _mm256_unpacklo_pd(c.0, d.0));
            put_halves(q, s, 2, _mm256_unpackhi_pd(c.0, d.0));
        }
    }
}

/// Asks for the line of memory that has a number.
#[cfg(not(miri))]
#[inline(always)]
pub(super) fn fetch(number: *const f64) {
    // SAFETY: what is asked for is not looked at, and may be anywhere.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(number.cast()) };
}

/// As [`append_past_caches`](super::append_past_caches). Stored as usual, a line of memory is read before it is written.
#[cfg(not(miri))]
pub(super) fn append_past_caches(to: &mut Vec<u8>, from: &[u8], mut seen: impl FnMut(&[u8])) {
    const LINE: usize = 64;
    /// Short, so that one is still on its way to memory while the next one comes from there.
    const PIECE: usize = 64 * LINE;
    to.reserve(from.len());
    let room = &mut to.spare_capacity_mut()[..from.len()];
    let (ahead, room) = room.split_at_mut(room.as_ptr().align_offset(LINE).min(from.len()));
    let (first, rest) = from.split_at(ahead.len());
    seen(first);
    ahead.write_copy_of_slice(first);
    for (room, piece) in room.chunks_mut(PIECE).zip(rest.chunks(PIECE)) {
        seen(piece);
        let ((room, behind), (lines, last)) = (room.as_chunks_mut::<LINE>(), piece.as_chunks::<LINE>());
        for (room, line) in room.iter_mut().zip(lines) {
            let words: [__m128i; 4] = bytemuck::cast(*line);
            #[allow(clippy::cast_ptr_alignment)] // a line begins at a multiple of its length
            let place = room.as_mut_ptr().cast::<__m128i>();
            // SAFETY: what is fetched ahead is not looked at, and may be anywhere.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().wrapping_add(PIECE).cast()) };
            for (at, word) in words.into_iter().enumerate() {
                // SAFETY: a line has four words, and begins where one may begin.
                unsafe { _mm_stream_si128(place.add(at), word) };
            }
        }
        behind.write_copy_of_slice(last);
    }
    // SAFETY: so many bytes were written, and are there for all before anything after them is.
    unsafe {
        _mm_sfence();
        to.set_len(to.len() + from.len());
    }
}
