//! Reading blocks.

use super::{
    BLOCK, LANES, PART, PARTS, PLACE, Reader, SIGNED, SPARSE, mask, outlying, size, unzigzag, zigzag,
};
use crate::{Error, Result};

/// Reads a block of `out.len()` values, at most [`BLOCK`].
pub(in crate::codec) fn unpack(reader: &mut Reader<'_>, out: &mut [i64]) -> Result<()> {
    let [flags] = reader.array()?;
    if flags > 3 {
        return Err(Error::format(format!("a packed block has unknown flags {flags}")));
    }
    let signed = flags & SIGNED != 0;
    if flags & SPARSE == 0 {
        return unpack_dense(reader, signed, out);
    }
    let present = reader.take(out.len().div_ceil(8))?;
    let mut count = 0;
    for (byte, values) in present.iter().zip(out.chunks(8)) {
        count += (byte & mask(values.len() as u8) as u8).count_ones() as usize;
    }
    let mut others = [0; BLOCK];
    unpack_dense(reader, signed, &mut others[..count])?;
    spread(present, count, &others, out);
    Ok(())
}

/// Puts `count` values where the bits are 1, and 0 elsewhere.
fn spread(present: &[u8], count: usize, values: &[i64; BLOCK], out: &mut [i64]) {
    let mut next = 0;
    if count < out.len() / 4 {
        out.fill(0);
        for (&byte, out) in present.iter().zip(out.chunks_mut(8)) {
            let mut bits = byte & mask(out.len() as u8) as u8;
            while bits != 0 {
                if let Some(out) = out.get_mut(bits.trailing_zeros() as usize) {
                    *out = values[next & (BLOCK - 1)];
                }
                next += 1;
                bits &= bits - 1;
            }
        }
    } else {
        // Without a branch: nobody can guess it.
        for (&byte, out) in present.iter().zip(out.chunks_mut(8)) {
            let mut bits = byte;
            for out in out {
                let is = bits & 1;
                bits >>= 1;
                *out = values[next & (BLOCK - 1)] & -i64::from(is);
                next += usize::from(is);
            }
        }
    }
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
    let words = packed.as_chunks::<{ LANES * 8 }>().0;
    let mut last = [[0_u8; 8]; LANES];
    if !rest.is_empty() {
        for (word, bytes) in last.iter_mut().zip(rest.chunks(rest.len() / LANES)) {
            word[..bytes.len()].copy_from_slice(bytes);
        }
    }
    let word = |at: usize| -> [u64; LANES] {
        let bytes = words.get(at).map_or(last.as_flattened(), <[u8; LANES * 8]>::as_slice);
        let mut lanes = [0; LANES];
        for (lane, bytes) in lanes.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *lane = u64::from_le_bytes(*bytes);
        }
        lanes
    };
    // A unit is rare, and a multiplication of 64 bits slow: it has a loop of its own.
    let first_base = if unit == 1 { base } else { 0 };
    let lanes = Lanes { word, base: first_base };
    if signed {
        lanes.read::<true>(widths, out);
    } else {
        lanes.read::<false>(widths, out);
    }
    if outliers > 0 {
        let mut beside = BitReader { bytes: beside, pending: 0, filled: 0 };
        let length = out.len();
        for _ in 0..outliers {
            let place = beside.next(PLACE) as usize;
            let value = out.get_mut(place).ok_or_else(|| {
                Error::format(format!("an outlier at {place} of a packed block of {length}"))
            })?;
            let high = beside.next(more).unbounded_shl(u32::from(widths[place / PART]));
            let low = value.wrapping_sub(first_base);
            *value = if signed { unzigzag(zigzag(low) | high) } else { low | high as i64 }
                .wrapping_add(first_base);
        }
    }
    if unit != 1 {
        for value in out {
            *value = value.wrapping_mul(unit).wrapping_add(base);
        }
    }
    Ok(())
}

/// The low bits of a block's values.
struct Lanes<F> {
    /// The words of all lanes at a place.
    word: F,
    base: i64,
}

impl<F: Fn(usize) -> [u64; LANES]> Lanes<F> {
    /// What differs between blocks is known to the compiler, so that all happens in registers.
    #[inline(always)]
    fn read<const SIGNED: bool>(&self, widths: [u8; PARTS], out: &mut [i64]) {
        let mut bit = 0;
        for (part, width) in out.chunks_mut(PART).zip(widths) {
            let (mask, width) = (mask(width), usize::from(width));
            let (rows, rest) = part.as_chunks_mut::<LANES>();
            for values in rows {
                *values = self.values::<SIGNED>(bit, width, mask);
                bit += width;
            }
            if !rest.is_empty() {
                rest.copy_from_slice(&self.values::<SIGNED>(bit, width, mask)[..rest.len()]);
            }
        }
    }

    #[inline(always)]
    fn values<const SIGNED: bool>(&self, bit: usize, width: usize, mask: u64) -> [i64; LANES] {
        let (at, shift) = (bit / 64, bit % 64);
        let mut lanes = (self.word)(at);
        for lane in &mut lanes {
            *lane >>= shift;
        }
        if shift + width > 64 {
            for (lane, high) in lanes.iter_mut().zip((self.word)(at + 1)) {
                *lane |= high << (64 - shift);
            }
        }
        lanes.map(|lane| {
            let low = lane & mask;
            if SIGNED { unzigzag(low) } else { low as i64 }.wrapping_add(self.base)
        })
    }
}

struct BitReader<'a> {
    bytes: &'a [u8],
    pending: u128,
    filled: usize,
}

impl BitReader<'_> {
    /// Zeros past the end.
    #[inline(always)]
    fn next(&mut self, width: usize) -> u64 {
        if self.filled < width {
            let mut word = [0; 8];
            let taken = self.bytes.len().min(8);
            let (now, rest) = self.bytes.split_at(taken);
            word[..taken].copy_from_slice(now);
            self.bytes = rest;
            self.pending |= u128::from(u64::from_le_bytes(word)) << self.filled;
            self.filled += 64;
        }
        let value = self.pending as u64 & mask(width as u8);
        self.pending >>= width;
        self.filled -= width;
        value
    }
}
