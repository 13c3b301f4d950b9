//! Columns of numbers in few bytes, restored to the last bit.
//!
//! Prices are decimal numbers of few digits, so a value is written as a whole number of ticks: `ticks / 10^decimals` is
//! the value again, because a division is rounded to the nearest `f64` and so was the text the value came from. What
//! that misses (a gap, −0, a volume that was summed) is a difference of bit patterns, a second integer, which costs
//! nothing where it is 0. Columns without decimals are their bit patterns. Where the last digits are mostly zeros they
//! are kept apart. The integers are predicted, by the one before or for candles by the other prices, and what the
//! prediction misses is packed by [`bits`](super::bits).
//!
//! | bytes | what |
//! |---|---|
//! | 0 | version, 1 |
//! | 1 | kind: 0 = integers, 1 = decimals, 2 = bit patterns of `f64` |
//! | 2 | decimals, 0 to 22 |
//! | 3 | how many of them are kept apart, 0 to `decimals` |
//! | 4 | 1 when there are differences of bit patterns |
//! | 5 | prediction: 0 = none, 1 = one before, 2 = column a, 3 = column a one row before, 4, 5 = larger, smaller of a and b |
//! | 6–7, 8–9 | a, b: places of other columns in the frame |
//! | 10… | for every 1024 values: with prediction 1 the one before them (a varint); blocks of the integers, the digits kept apart, the differences of bit patterns |

mod read;
mod write;

pub(crate) use read::{Packed, Widening, numbers};
pub(crate) use write::{Integers, kind};

const VERSION: u8 = 1;
const MOST_DECIMALS: u8 = 22;

/// The powers of ten that `f64` holds exactly.
const POWERS: [f64; MOST_DECIMALS as usize + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// What an integer is predicted by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Prediction {
    Nothing,
    Before,
    Same(u16),
    RowBefore(u16),
    Larger(u16, u16),
    Smaller(u16, u16),
}

/// What the integers of a column stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Integers,
    Decimals(u8),
    Bits,
}

fn power(decimals: u8) -> f64 {
    POWERS[usize::from(decimals.min(MOST_DECIMALS))]
}

/// A number without its last digits.
#[inline(always)]
fn head(value: i64, power: f64) -> i64 {
    (value as f64 / power) as i64
}

/// Changes a block by what it is predicted to be by other columns, and by `before` it of the other column.
#[inline(always)]
fn predict<'a>(
    prediction: Prediction,
    other: impl Fn(u16) -> Option<&'a [i64]>,
    before: impl Fn(u16) -> Option<i64>,
    block: &mut [i64],
    change: impl Fn(&mut i64, i64),
) {
    let other = |place| other(place).unwrap_or(&[]);
    match prediction {
        Prediction::Nothing | Prediction::Before => {}
        Prediction::Same(a) => block.iter_mut().zip(other(a)).for_each(|(value, &a)| change(value, a)),
        Prediction::RowBefore(a) => {
            if let Some((first, rest)) = block.split_first_mut() {
                change(first, before(a).or(other(a).first().copied()).unwrap_or(0));
                rest.iter_mut().zip(other(a)).for_each(|(value, &a)| change(value, a));
            }
        }
        Prediction::Larger(a, b) => {
            let both = block.iter_mut().zip(other(a)).zip(other(b));
            both.for_each(|((value, &a), &b)| change(value, a.max(b)));
        }
        Prediction::Smaller(a, b) => {
            let both = block.iter_mut().zip(other(a)).zip(other(b));
            both.for_each(|((value, &a), &b)| change(value, a.min(b)));
        }
    }
}
