//! Writing blocks: which shape costs least, and the bits.

use super::{BLOCK, LANES, PART, PARTS, PLACE, SPARSE, bits, mask, push_varint, zigzag};

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

const FLAT: Shape = Shape { base: 0, unit: 1, signed: false, widths: [0; PARTS], outliers: 0, more: 0 };

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
    fn of(values: &[i64]) -> (Self, usize) {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for &value in values {
            least = least.min(value);
            most = most.max(value);
        }
        if least >= most {
            let base = if values.is_empty() { 0 } else { least };
            return (Self { base, ..FLAT }, 0);
        }
        let unit = unit(values, least);
        let signed_unit = greatest_divisor(unit, least.unsigned_abs());
        let (mut low, mut signed_histograms) = ([[0_u8; 65]; PARTS], [[0_u8; 65]; PARTS]);
        for ((part, low), signed) in values.chunks(PART).zip(&mut low).zip(&mut signed_histograms) {
            for &value in part {
                low[bits(Self::difference(value, least, unit, false))] += 1;
                signed[bits(Self::difference(value, 0, signed_unit, true))] += 1;
            }
        }
        let parts = values.len().div_ceil(PART);
        let low = Self { base: least, unit, ..FLAT }.with_widths(&low[..parts], values.len());
        let signed = Self { unit: signed_unit, signed: true, ..FLAT };
        let signed = signed.with_widths(&signed_histograms[..parts], values.len());
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
}

/// The least cost in bits of values that have so many bits each, the width that it takes, and how many are outliers then.
/// An outlier is taken to have as many bits more as the block's largest: parts are alike.
fn cheapest(histogram: &[u8; 65], length: usize, most: usize) -> (usize, usize, usize) {
    let (mut best, mut outliers) = ((usize::MAX, 0, 0), 0);
    for bits in (0..=highest(histogram)).rev() {
        let cost = length * bits + outliers * (PLACE + most - bits);
        if cost < best.0 {
            best = (cost, bits, outliers);
        }
        outliers += usize::from(histogram[bits]);
    }
    best
}

fn highest(histogram: &[u8; 65]) -> usize {
    histogram.iter().rposition(|&count| count > 0).unwrap_or(0)
}

impl Shape {
    /// With the widths that cost least, and the cost in bits, from how many values of each part have how many bits.
    fn with_widths(mut self, histograms: &[[u8; 65]], values: usize) -> (Self, usize) {
        let most = histograms.iter().map(highest).max().unwrap_or(0);
        let (mut total, mut least) = (0, most);
        for ((at, histogram), width) in (0..values).step_by(PART).zip(histograms).zip(&mut self.widths) {
            let (cost, bits, outliers) = cheapest(histogram, PART.min(values - at), most);
            total += cost;
            *width = bits as u8;
            self.outliers += outliers;
            if outliers > 0 {
                least = least.min(bits);
            }
        }
        self.more = if self.outliers == 0 { 0 } else { most - least };
        (self, total)
    }
}

/// About how many bits [`pack`] would write of so few values as share a width, for the choice of what to give it.
pub(in crate::codec) fn estimate(values: &[i64]) -> usize {
    let values = &values[..values.len().min(PART)];
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    for &value in values {
        least = least.min(value);
        most = most.max(value);
    }
    if least >= most {
        return 0;
    }
    let (mut low, mut signed) = ([0_u8; 65], [0_u8; 65]);
    for &value in values {
        low[bits(value.wrapping_sub(least) as u64)] += 1;
        signed[bits(zigzag(value))] += 1;
    }
    let cost = |histogram: &[u8; 65], length| cheapest(histogram, length, highest(histogram)).0;
    let dense = cost(&low, values.len()).min(cost(&signed, values.len()));
    let others = values.len() - usize::from(std::mem::take(&mut signed[0]));
    dense.min(values.len() + cost(&signed, others))
}

/// Writes a block of at most [`BLOCK`] values.
pub(in crate::codec) fn pack(values: &[i64], out: &mut Vec<u8>) {
    let (shape, cost) = Shape::of(values);
    let zeros = values.iter().filter(|&&value| value == 0).count();
    if zeros > values.len() / 8 && cost > values.len() {
        let others: Vec<i64> = values.iter().copied().filter(|&value| value != 0).collect();
        let (sparse, less) = Shape::of(&others);
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
