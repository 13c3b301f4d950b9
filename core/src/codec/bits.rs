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

/// Few numbers of any width up to 64, one after the other.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    pending: u128,
    filled: usize,
}

impl BitWriter {
    fn push(&mut self, value: u64, width: usize) {
        self.pending |= u128::from(value) << self.filled;
        self.filled += width;
        while self.filled >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.filled -= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

struct BitReader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    pending: u128,
    filled: usize,
}

impl BitReader<'_> {
    /// Zeros past the end.
    fn next(&mut self, width: usize) -> u64 {
        while self.filled < width {
            let byte = self.bytes.next().copied().unwrap_or(0);
            self.pending |= u128::from(byte) << self.filled;
            self.filled += 8;
        }
        let value = self.pending as u64 & mask(width as u8);
        self.pending >>= width;
        self.filled -= width;
        value
    }
}

/// How a block is written.
struct Shape {
    base: i64,
    unit: u64,
    signed: bool,
    widths: [u8; PARTS],
    /// How many differences have more bits than their part's width, and how many more the largest has.
    outliers: usize,
    more: usize,
}

/// How many bits a number has.
#[inline(always)]
fn bits(value: u64) -> usize {
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
fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

#[inline(always)]
fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

fn greatest_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The greatest common divisor of all differences from `base`.
fn unit(values: &[i64], base: i64) -> u64 {
    let mut unit = 0;
    for &value in values {
        unit = greatest_divisor(value.wrapping_sub(base) as u64, unit);
        if unit == 1 {
            break;
        }
    }
    unit.max(1)
}

impl Shape {
    /// The cheaper of: counted from the smallest value, or with signs.
    fn of(values: &[i64], units: bool) -> (Self, usize) {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for &value in values {
            least = least.min(value);
            most = most.max(value);
        }
        if least >= most {
            let base = if values.is_empty() { 0 } else { least };
            let flat = Self { base, unit: 1, signed: false, widths: [0; PARTS], outliers: 0, more: 0 };
            return (flat, 0);
        }
        let unit = if units { unit(values, least) } else { 1 };
        let signed_unit = greatest_divisor(unit, least.unsigned_abs());
        let (mut low, mut signed) = ([[0_u8; 65]; PARTS], [[0_u8; 65]; PARTS]);
        for ((part, low), signed) in values.chunks(PART).zip(&mut low).zip(&mut signed) {
            for &value in part {
                low[bits(Self::difference(value, least, unit, false))] += 1;
                signed[bits(Self::difference(value, 0, signed_unit, true))] += 1;
            }
        }
        let low = Self::cheapest(&low, values.len(), Self { base: least, unit, ..FLAT });
        let signed = Self::cheapest(&signed, values.len(), Self { unit: signed_unit, signed: true, ..FLAT });
        if signed.1 < low.1 { signed } else { low }
    }

    #[inline(always)]
    fn difference(value: i64, base: i64, unit: u64, signed: bool) -> u64 {
        if signed {
            zigzag(if unit == 1 { value } else { value / unit as i64 })
        } else {
            let difference = value.wrapping_sub(base) as u64;
            if unit == 1 { difference } else { difference / unit }
        }
    }

    /// The widths that cost least, and the cost in bits, from how many values of each part have how many bits.
    fn cheapest(histograms: &[[u8; 65]; PARTS], values: usize, mut shape: Self) -> (Self, usize) {
        let highest = |histogram: &[u8; 65]| histogram.iter().rposition(|&count| count > 0).unwrap_or(0);
        let most = histograms.iter().map(highest).max().unwrap_or(0);
        let (mut total, mut least) = (0, most);
        for ((at, histogram), width) in (0..values).step_by(PART).zip(histograms).zip(&mut shape.widths) {
            let length = PART.min(values - at);
            let (mut best, mut outliers) = ((usize::MAX, 0, 0), 0);
            for bits in (0..=highest(histogram)).rev() {
                // An outlier is taken to have as many bits more as the block's largest: parts are alike.
                let cost = length * bits + outliers * (PLACE + most - bits);
                if cost < best.0 {
                    best = (cost, bits, outliers);
                }
                outliers += usize::from(histogram[bits]);
            }
            total += best.0;
            *width = best.1 as u8;
            shape.outliers += best.2;
            if best.2 > 0 {
                least = least.min(best.1);
            }
        }
        shape.more = if shape.outliers == 0 { 0 } else { most - least };
        (shape, total)
    }
}

const FLAT: Shape = Shape { base: 0, unit: 1, signed: false, widths: [0; PARTS], outliers: 0, more: 0 };

/// About how many bits [`pack`] would write, for the choice of what to give it.
pub(super) fn estimate(values: &[i64]) -> usize {
    let others: Vec<i64> = values.iter().copied().filter(|&value| value != 0).collect();
    let cost = Shape::of(values, false).1;
    if others.len() < values.len() { cost.min(values.len() + Shape::of(&others, false).1) } else { cost }
}

/// Writes a block of at most [`BLOCK`] values.
pub(super) fn pack(values: &[i64], out: &mut Vec<u8>) {
    let (shape, cost) = Shape::of(values, true);
    let zeros = values.iter().filter(|&&value| value == 0).count();
    if zeros > values.len() / 8 && cost > values.len() {
        let others: Vec<i64> = values.iter().copied().filter(|&value| value != 0).collect();
        let (sparse, less) = Shape::of(&others, true);
        if less + values.len() < cost {
            out.push(SPARSE | u8::from(sparse.signed));
            for values in values.chunks(8) {
                let bit = |byte, value: &i64| byte >> 1 | u8::from(*value != 0) << 7;
                out.push(values.iter().fold(0, bit) >> (8 - values.len()));
            }
            return sparse.write(&others, out);
        }
    }
    out.push(u8::from(shape.signed));
    shape.write(values, out);
}

impl Shape {
    fn write(self, values: &[i64], out: &mut Vec<u8>) {
        let Self { base, unit, signed, widths, outliers, more } = self;
        push_varint(base, out);
        push_varint(unit as i64, out);
        out.push(more as u8);
        out.extend((outliers as u16).to_le_bytes());
        out.extend(&widths[..values.len().div_ceil(PART)]);
        let mut words = [[0_u64; LANES]; BLOCK / LANES + 1];
        let mut beside = BitWriter::default();
        let mut bit = 0;
        for (part, (values, &width)) in values.chunks(PART).zip(&widths).enumerate() {
            let mut differences = [[0_u64; LANES]; PART / LANES];
            for (difference, &value) in differences.as_flattened_mut().iter_mut().zip(values) {
                *difference = Shape::difference(value, base, unit, signed);
            }
            let (mask, width) = (mask(width), usize::from(width));
            if outliers > 0 {
                for (at, difference) in differences.as_flattened_mut().iter_mut().enumerate() {
                    if *difference > mask {
                        beside.push((part * PART + at) as u64, PLACE);
                        beside.push(difference.unbounded_shr(width as u32), more);
                        *difference &= mask;
                    }
                }
            }
            if width == 0 {
                continue;
            }
            for lanes in &differences[..values.len().div_ceil(LANES)] {
                let (word, shift) = (bit / 64, bit % 64);
                bit += width;
                for (to, lane) in words[word].iter_mut().zip(lanes) {
                    *to |= lane << shift;
                }
                if shift + width > 64 {
                    for (to, lane) in words[word + 1].iter_mut().zip(lanes) {
                        *to = lane >> (64 - shift);
                    }
                }
            }
        }
        out.extend(beside.finish());
        let (used, rest) = (bit / 64, (bit % 64).div_ceil(8));
        let mut bytes = [[0_u8; 8]; BLOCK];
        for (to, word) in bytes.iter_mut().zip(words[..used].as_flattened()) {
            *to = word.to_le_bytes();
        }
        out.extend_from_slice(bytes[..used * LANES].as_flattened());
        for word in words[used] {
            out.extend_from_slice(&word.to_le_bytes()[..rest]);
        }
    }
}

/// Reads a block of `out.len()` values, at most [`BLOCK`].
pub(super) fn unpack(reader: &mut Reader<'_>, out: &mut [i64]) -> Result<()> {
    let [flags] = reader.array()?;
    if flags > 3 {
        return Err(Error::format(format!("a packed block has unknown flags {flags}")));
    }
    let signed = flags & SIGNED != 0;
    if flags & SPARSE == 0 {
        return unpack_dense(reader, signed, out);
    }
    let present = reader.take(out.len().div_ceil(8))?;
    let is_present = |at: usize| present[at / 8] >> (at % 8) & 1;
    let count = (0..out.len()).map(|at| usize::from(is_present(at))).sum();
    let mut others = [0; BLOCK];
    unpack_dense(reader, signed, &mut others[..count])?;
    let mut next = 0;
    for (at, value) in out.iter_mut().enumerate() {
        // Without a branch: nobody can guess it.
        let is = is_present(at);
        *value = others[next & (BLOCK - 1)] & -i64::from(is);
        next += usize::from(is);
    }
    Ok(())
}

fn unpack_dense(reader: &mut Reader<'_>, signed: bool, out: &mut [i64]) -> Result<()> {
    let base = reader.varint()?;
    let unit = reader.varint()?;
    let [more, few, many] = reader.array()?.map(usize::from);
    let outliers = many << 8 | few;
    let mut widths = [0; PARTS];
    let parts = out.len().div_ceil(PART);
    widths[..parts].copy_from_slice(reader.take(parts)?);
    if outliers > out.len() || more > 64 || widths.iter().any(|&width| width > 64) {
        return Err(Error::format(format!(
            "a packed block claims widths of {widths:?} bits, and {outliers} values with {more} more"
        )));
    }
    let beside = reader.take(outlying(outliers, more))?;
    let (whole, rest) = size(out.len(), widths);
    let (packed, rest) = (reader.take(whole)?, reader.take(rest)?);
    let mut words = [[0_u64; LANES]; BLOCK / LANES + 1];
    for (word, bytes) in words.as_flattened_mut().iter_mut().zip(packed.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    if !rest.is_empty() {
        for (word, bytes) in words[whole / (LANES * 8)].iter_mut().zip(rest.chunks(rest.len() / LANES)) {
            *word = bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        }
    }
    let mut bit = 0;
    for (part, &width) in out.chunks_mut(PART).zip(&widths) {
        let (mask, width) = (mask(width), usize::from(width));
        let mut read = || -> [i64; LANES] {
            let (word, shift) = (bit / 64, bit % 64);
            bit += width;
            let mut lanes = words[word];
            for lane in &mut lanes {
                *lane >>= shift;
            }
            if shift + width > 64 {
                for (lane, high) in lanes.iter_mut().zip(words[word + 1]) {
                    *lane |= high << (64 - shift);
                }
            }
            lanes.map(|lane| (lane & mask) as i64)
        };
        let (rows, rest) = part.as_chunks_mut::<LANES>();
        for lanes in rows {
            *lanes = read();
        }
        if !rest.is_empty() {
            rest.copy_from_slice(&read()[..rest.len()]);
        }
    }
    if outliers > 0 {
        let mut beside = BitReader { bytes: beside.iter(), pending: 0, filled: 0 };
        let length = out.len();
        for _ in 0..outliers {
            let place = beside.next(PLACE) as usize;
            let width = widths[place / PART];
            let value = beside.next(more).unbounded_shl(u32::from(width)) as i64;
            *out.get_mut(place).ok_or_else(|| {
                Error::format(format!("an outlier at {place} of a packed block of {length}"))
            })? |= value;
        }
    }
    if signed {
        for value in out.iter_mut() {
            *value = unzigzag(*value as u64);
        }
    }
    if unit != 1 {
        for value in out.iter_mut() {
            *value = value.wrapping_mul(unit);
        }
    }
    if base != 0 {
        for value in out {
            *value = value.wrapping_add(base);
        }
    }
    Ok(())
}
