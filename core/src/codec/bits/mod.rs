//! Blocks of integers in as few bits as most of them need.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | flags: 1 = differences have a sign, which is then their lowest bit; 2 = zeros are left out |
//! | 1 a value in 8 | where zeros are left out: a bit for each value, 1 where it is not 0; what follows are those |
//! | varint | base: what is subtracted from every value |
//! | varint | unit: what every difference is divided by |
//! | 1 | how many bits the outliers have more than the others |
//! | 2 | how many outliers there are |
//! | 1 each | width of a part of 128 values: how many low bits of each are kept in the lanes, 0 to 64 |
//! | … | the places of the outliers, 10 bits each, and the bits they have more |
//! | … | the differences, in eight lanes: value `i` is in lane `i % 8`, after those of that lane before it; each 64 bits of all lanes in turn, of the last ones only the bytes that are used |
//!
//! All numbers are little-endian; a varint has seven bits a byte, the lowest first, and the sign in the lowest bit. Eight
//! values side by side are shifted by the same amount, so that a compiler makes vector instructions of plain loops, on
//! every target and for every width. The layout is after `FastLanes` (Afroozeh and Boncz, VLDB 2023); that outliers are
//! kept beside, after PFOR (Zukowski et al., ICDE 2006).

mod pack;
mod unpack;

pub(super) use pack::{estimate, pack};
pub(super) use unpack::unpack;

use crate::{Error, Result};

/// Values in a block; the last one may have fewer.
pub(super) const BLOCK: usize = 1024;
/// The fewest bytes that a block can have.
pub(super) const SMALLEST: usize = 7;

const SIGNED: u8 = 1;
const SPARSE: u8 = 2;

const LANES: usize = 8;
/// Values that share a width.
const PART: usize = 128;
const PARTS: usize = BLOCK / PART;
/// Bits of a place in a block.
const PLACE: usize = 10;

/// Bytes being read; every reading is checked.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(cut)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(cut)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn varint(&mut self) -> Result<i64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok((value >> 1) as i64 ^ -((value & 1) as i64));
            }
        }
        Err(Error::format("a number in a packed column does not end"))
    }
}

fn cut() -> Error {
    Error::format("a packed column is cut short")
}

pub(super) fn push_varint(value: i64, out: &mut Vec<u8>) {
    let mut value = ((value << 1) ^ (value >> 63)) as u64;
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// How many bits a number has.
#[inline(always)]
pub(super) fn bits(value: u64) -> usize {
    64 - value.leading_zeros() as usize
}

fn mask(width: u8) -> u64 {
    u64::MAX.unbounded_shr(64 - u32::from(width.min(64)))
}

/// Bits of a lane.
fn lane_bits(values: usize, widths: [u8; PARTS]) -> usize {
    let parts = (0..values).step_by(PART).zip(widths);
    parts.map(|(at, width)| PART.min(values - at).div_ceil(LANES) * usize::from(width)).sum()
}

/// Bytes of the lanes: whole words, and of the last word.
fn size(values: usize, widths: [u8; PARTS]) -> (usize, usize) {
    let bits = lane_bits(values, widths);
    (bits / 64 * LANES * 8, (bits % 64).div_ceil(8) * LANES)
}

/// Bytes of the outliers.
fn outlying(outliers: usize, more: usize) -> usize {
    (outliers * (PLACE + more)).div_ceil(8)
}

/// A difference whose sign is its lowest bit.
#[inline(always)]
pub(super) fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

#[inline(always)]
fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
