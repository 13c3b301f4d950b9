//! Reading blocks.

use super::{BLOCK, LANES, PART, PARTS, PLACE, Reader, SIGNED, SPARSE, mask, outlying, size, unzigzag};
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
    let mut bit = 0;
    for (part, &width) in out.chunks_mut(PART).zip(&widths) {
        let (mask, width) = (mask(width), usize::from(width));
        let mut read = || -> [i64; LANES] {
            let (at, shift) = (bit / 64, bit % 64);
            bit += width;
            let mut lanes = word(at);
            for lane in &mut lanes {
                *lane >>= shift;
            }
            if shift + width > 64 {
                for (lane, high) in lanes.iter_mut().zip(word(at + 1)) {
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
