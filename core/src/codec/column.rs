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

use super::bits::{BLOCK, Reader, SMALLEST, estimate, pack, push_varint, unpack};
use crate::{Error, Result};

const VERSION: u8 = 1;
const MOST_DECIMALS: u8 = 22;
/// More digits are not tried apart.
const MOST_APART: u8 = 4;
/// A column that is predicted by others is at most so many steps from one that is not.
const DEEPEST: usize = 3;

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

/// A column as integers, to be packed.
pub(crate) struct Integers {
    kind: Kind,
    values: Vec<i64>,
    /// Differences of bit patterns, when there are any.
    misses: Option<Vec<i64>>,
}

/// Ticks of a value, 0 for one that has none.
#[inline(always)]
fn ticks(value: f64, power: f64) -> i64 {
    // Adding 1.5 * 2^52 rounds to a whole number in the low bits, in a way that can be vectorised.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LIMIT: f64 = 2_251_799_813_685_248.0; // 2^51
    let scaled = value * power;
    let whole = (scaled + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i64;
    if scaled.abs() < LIMIT { whole } else { 0 }
}

#[inline(always)]
fn miss(value: f64, ticks: i64, power: f64) -> i64 {
    value.to_bits().wrapping_sub((ticks as f64 / power).to_bits()) as i64
}

fn power(decimals: u8) -> f64 {
    POWERS[usize::from(decimals.min(MOST_DECIMALS))]
}

/// Parts of a long column that tell what it is like, and where they begin.
fn samples<T>(values: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    const LENGTH: usize = 128;
    let step = (values.len() / 6).max(LENGTH);
    (0..values.len()).step_by(step).map(move |at| (at, &values[at..values.len().min(at + LENGTH)]))
}

/// How the values are best written: as decimals of the fewest digits that restore them, or as bit patterns.
pub(crate) fn kind(values: &[f64]) -> Kind {
    let (mut block, mut digits) = ([0; BLOCK], [0; BLOCK]);
    let mut cost = |of: &dyn Fn(f64) -> i64, apart: u8| -> usize {
        let mut cost = 0;
        for (_, sample) in samples(values) {
            let (block, digits) = (&mut block[..sample.len()], &mut digits[..sample.len()]);
            block.iter_mut().zip(sample).for_each(|(out, &x)| *out = of(x));
            take_apart(block, digits, apart);
            cost += estimate(block) + if apart > 0 { estimate(digits) } else { 0 };
        }
        cost
    };
    let mut best = (cost(&|x| x.to_bits() as i64, 0), Kind::Bits);
    for decimals in 0..=15 {
        let power = power(decimals);
        let misses = cost(&|x| miss(x, ticks(x, power), power), 0);
        let apart = (0..=decimals.min(MOST_APART)).map(|apart| cost(&|x| ticks(x, power), apart));
        let size = misses.saturating_add(apart.min().unwrap_or(usize::MAX));
        if size < best.0 {
            best = (size, Kind::Decimals(decimals));
        }
        let is_exact = |x: f64| miss(x, ticks(x, power), power) == 0 || !x.is_finite();
        if samples(values).all(|(_, sample)| sample.iter().all(|&x| is_exact(x))) {
            break;
        }
    }
    best.1
}

impl Integers {
    /// Times.
    pub(crate) fn of_times(times: &[i64]) -> Self {
        Self { kind: Kind::Integers, values: times.to_vec(), misses: None }
    }

    /// Numbers, as [`kind`] found best.
    pub(crate) fn of_numbers(numbers: &[f64], kind: Kind) -> Self {
        let Kind::Decimals(decimals) = kind else {
            let values = numbers.iter().map(|x| x.to_bits() as i64).collect();
            return Self { kind: Kind::Bits, values, misses: None };
        };
        let power = power(decimals);
        let mut values: Vec<i64> = numbers.iter().map(|&x| ticks(x, power)).collect();
        // No early exit: so it is vectorised.
        let missed = numbers.iter().zip(&values).fold(0, |any, (&x, &t)| any | miss(x, t, power)) != 0;
        let misses = missed.then(|| {
            // A gap is predicted best by standing still.
            let mut before = 0;
            for (value, number) in values.iter_mut().zip(numbers) {
                if number.is_finite() {
                    before = *value;
                } else {
                    *value = before;
                }
            }
            numbers.iter().zip(&values).map(|(&x, &t)| miss(x, t, power)).collect()
        });
        Self { kind, values, misses }
    }

    pub(crate) fn values(&self) -> &[i64] {
        &self.values
    }

    /// Writes the column with the cheapest of some predictions, judged by parts of it. `others` are the integers of all
    /// columns by their places.
    pub(crate) fn write(&self, among: &[Prediction], others: &[&[i64]]) -> Vec<u8> {
        let most = match self.kind {
            Kind::Decimals(decimals) => decimals.min(MOST_APART),
            Kind::Integers | Kind::Bits => 0,
        };
        let mut best = (usize::MAX, Prediction::Nothing, 0);
        let (mut block, mut digits) = ([0; BLOCK], [0; BLOCK]);
        for apart in 0..=most {
            for &prediction in among {
                let mut cost = 0;
                for (at, sample) in samples(&self.values) {
                    let (block, digits) = (&mut block[..sample.len()], &mut digits[..sample.len()]);
                    block.copy_from_slice(sample);
                    take_apart(block, digits, apart);
                    miss_of(prediction, block, at, power(apart), others);
                    cost += estimate(block) + if apart > 0 { estimate(digits) } else { 0 };
                }
                if cost < best.0 {
                    best = (cost, prediction, apart);
                }
            }
        }
        self.write_as(best.1, best.2, others)
    }

    fn write_as(&self, prediction: Prediction, apart: u8, others: &[&[i64]]) -> Vec<u8> {
        let (kind, decimals) = match self.kind {
            Kind::Integers => (0, 0),
            Kind::Decimals(decimals) => (1, decimals),
            Kind::Bits => (2, 0),
        };
        let (code, a, b) = match prediction {
            Prediction::Nothing => (0, 0, 0),
            Prediction::Before => (1, 0, 0),
            Prediction::Same(a) => (2, a, 0),
            Prediction::RowBefore(a) => (3, a, 0),
            Prediction::Larger(a, b) => (4, a, b),
            Prediction::Smaller(a, b) => (5, a, b),
        };
        let mut out = Vec::with_capacity(32 + self.values.len() * 2);
        out.extend([VERSION, kind, decimals, apart, u8::from(self.misses.is_some()), code]);
        out.extend(a.to_le_bytes());
        out.extend(b.to_le_bytes());
        let (mut block, mut digits) = ([0; BLOCK], [0; BLOCK]);
        for (index, values) in self.values.chunks(BLOCK).enumerate() {
            let (block, digits) = (&mut block[..values.len()], &mut digits[..values.len()]);
            block.copy_from_slice(values);
            take_apart(block, digits, apart);
            let before = miss_of(prediction, block, index * BLOCK, power(apart), others);
            if prediction == Prediction::Before {
                push_varint(before, &mut out);
            }
            pack(block, &mut out);
            if apart > 0 {
                pack(digits, &mut out);
            }
            if let Some(misses) = &self.misses {
                pack(&misses[index * BLOCK..][..values.len()], &mut out);
            }
        }
        out.shrink_to_fit();
        out
    }
}

/// Moves the last digits of every value.
fn take_apart(block: &mut [i64], digits: &mut [i64], apart: u8) {
    if apart > 0 {
        let power = power(apart);
        for (value, digits) in block.iter_mut().zip(digits) {
            let head = (*value as f64 / power) as i64;
            *digits = value.wrapping_sub(head.wrapping_mul(power as i64));
            *value = head;
        }
    }
}

/// Takes the prediction from the values of the block that begins at row `at`. For [`Prediction::Before`] the first one
/// is made the second's equal, so that it costs no width, and what then must be before it is returned.
fn miss_of(prediction: Prediction, block: &mut [i64], at: usize, power: f64, others: &[&[i64]]) -> i64 {
    if prediction == Prediction::Before {
        let Some(&first) = block.first() else { return 0 };
        for at in (1..block.len()).rev() {
            block[at] = block[at].wrapping_sub(block[at - 1]);
        }
        block[0] = block.get(1).copied().unwrap_or(0);
        return first.wrapping_sub(block[0]);
    }
    let length = block.len();
    let other = |place: u16| others.get(usize::from(place)).and_then(|other| other.get(at..at + length));
    let before =
        |place: u16| at.checked_sub(1).and_then(|at| others.get(usize::from(place))?.get(at).copied());
    let mut predicted = [0; BLOCK];
    if predict(prediction, power, &other, &before, &mut predicted[..length]) {
        for (value, predicted) in block.iter_mut().zip(predicted) {
            *value = value.wrapping_sub(predicted);
        }
    }
    0
}

/// What a block is predicted to be by other columns; `false` when it is not by them.
fn predict<'a>(
    prediction: Prediction,
    power: f64,
    other: &dyn Fn(u16) -> Option<&'a [i64]>,
    before: &dyn Fn(u16) -> Option<i64>,
    out: &mut [i64],
) -> bool {
    let other = |place| other(place).unwrap_or(&[]);
    match prediction {
        Prediction::Nothing | Prediction::Before => return false,
        Prediction::Same(a) => out.iter_mut().zip(other(a)).for_each(|(out, &a)| *out = a),
        Prediction::RowBefore(a) => {
            if let Some((first, rest)) = out.split_first_mut() {
                *first = before(a).or(other(a).first().copied()).unwrap_or(0);
                rest.iter_mut().zip(other(a)).for_each(|(out, &a)| *out = a);
            }
        }
        Prediction::Larger(a, b) => {
            out.iter_mut().zip(other(a)).zip(other(b)).for_each(|((out, &a), &b)| *out = a.max(b));
        }
        Prediction::Smaller(a, b) => {
            out.iter_mut().zip(other(a)).zip(other(b)).for_each(|((out, &a), &b)| *out = a.min(b));
        }
    }
    if power > 1.0 {
        for out in out {
            *out = (*out as f64 / power) as i64;
        }
    }
    true
}

/// A packed column, its header read.
pub(crate) struct Packed<'a> {
    kind: Kind,
    prediction: Prediction,
    apart: u8,
    missed: bool,
    blocks: &'a [u8],
}

impl<'a> Packed<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut reader = Reader(bytes);
        let [version, kind, decimals, apart, missed, code] = reader.array()?;
        if version != VERSION {
            return Err(Error::format(format!(
                "a column packed in version {version}; this program reads up to {VERSION}"
            )));
        }
        let kind = match (kind, decimals) {
            (0, 0) => Kind::Integers,
            (1, 0..=MOST_DECIMALS) => Kind::Decimals(decimals),
            (2, 0) => Kind::Bits,
            _ => return Err(Error::format(format!("unknown kind of packed column {kind} ({decimals})"))),
        };
        if apart > decimals || missed > 1 {
            return Err(Error::format(format!("unknown form of packed column {apart} ({missed})")));
        }
        let a = u16::from_le_bytes(reader.array()?);
        let b = u16::from_le_bytes(reader.array()?);
        let prediction = match code {
            0 => Prediction::Nothing,
            1 => Prediction::Before,
            2 => Prediction::Same(a),
            3 => Prediction::RowBefore(a),
            4 => Prediction::Larger(a, b),
            5 => Prediction::Smaller(a, b),
            _ => return Err(Error::format(format!("unknown prediction {code} of a packed column"))),
        };
        Ok(Self { kind, prediction, apart, missed: missed == 1, blocks: reader.0 })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The columns it is predicted by.
    fn needs(&self) -> impl Iterator<Item = usize> {
        let (a, b) = match self.prediction {
            Prediction::Nothing | Prediction::Before => (None, None),
            Prediction::Same(a) | Prediction::RowBefore(a) => (Some(a), None),
            Prediction::Larger(a, b) | Prediction::Smaller(a, b) => (Some(a), Some(b)),
        };
        a.into_iter().chain(b).map(usize::from)
    }

    /// Whether so few bytes can hold so many rows: asked before memory is taken for them.
    fn can_hold(&self, rows: usize) -> Result<()> {
        if rows.div_ceil(BLOCK) > self.blocks.len() / SMALLEST {
            let length = self.blocks.len();
            return Err(Error::format(format!("a packed column of {length} bytes claims {rows} rows")));
        }
        Ok(())
    }

    /// The integers of the next block, but for what other columns predict.
    fn next(&self, reader: &mut Reader<'_>, block: &mut [i64], predicted: Option<&[i64]>) -> Result<()> {
        let before = if self.prediction == Prediction::Before { Some(reader.varint()?) } else { None };
        unpack(reader, block)?;
        if let Some(mut before) = before {
            for value in block.iter_mut() {
                before = before.wrapping_add(*value);
                *value = before;
            }
        }
        for (value, predicted) in block.iter_mut().zip(predicted.unwrap_or(&[])) {
            *value = value.wrapping_add(*predicted);
        }
        if self.apart > 0 {
            let mut digits = [0; BLOCK];
            unpack(reader, &mut digits[..block.len()])?;
            let power = power(self.apart) as i64;
            for (value, digits) in block.iter_mut().zip(digits) {
                *value = value.wrapping_mul(power).wrapping_add(digits);
            }
        }
        Ok(())
    }

    /// The times that a column of integers holds.
    pub(crate) fn times(&self, rows: usize) -> Result<Vec<i64>> {
        if self.kind != Kind::Integers || self.needs().next().is_some() || self.missed {
            return Err(Error::format("the times are packed as something else"));
        }
        self.can_hold(rows)?;
        let mut times = vec![0; rows];
        let mut reader = Reader(self.blocks);
        for block in times.chunks_mut(BLOCK) {
            self.next(&mut reader, block, None)?;
        }
        all_read(&reader)?;
        Ok(times)
    }

    /// Appends the numbers that the integers of a block stand for.
    fn numbers(&self, reader: &mut Reader<'_>, block: &[i64], out: &mut Vec<f64>) -> Result<()> {
        let Kind::Decimals(decimals) = self.kind else {
            out.extend(block.iter().map(|&value| f64::from_bits(value as u64)));
            return Ok(());
        };
        let power = power(decimals);
        if self.missed {
            let mut misses = [0; BLOCK];
            unpack(reader, &mut misses[..block.len()])?;
            out.extend(block.iter().zip(misses).map(|(&value, miss)| {
                f64::from_bits((value as f64 / power).to_bits().wrapping_add(miss as u64))
            }));
        } else {
            out.extend(block.iter().map(|&value| value as f64 / power));
        }
        Ok(())
    }
}

fn all_read(reader: &Reader<'_>) -> Result<()> {
    match reader.0.len() {
        0 => Ok(()),
        more => Err(Error::format(format!("{more} bytes too many in a packed column"))),
    }
}

/// The numbers of the columns at the places `wanted`; of others nothing.
pub(crate) fn numbers(
    columns: &[Packed<'_>],
    rows: usize,
    wanted: impl Fn(usize) -> bool,
) -> Result<Vec<Vec<f64>>> {
    struct Reading<'a> {
        reader: Reader<'a>,
        block: Box<[i64; BLOCK]>,
        last: Option<i64>,
        out: Vec<f64>,
    }
    let order = order(columns, &wanted)?;
    let mut readings: Vec<Option<Reading<'_>>> = columns.iter().map(|_| None).collect();
    for &place in &order {
        let column = &columns[place];
        if column.kind == Kind::Integers || (column.kind == Kind::Bits && column.missed) {
            return Err(Error::format("a column of numbers is packed as something else"));
        }
        column.can_hold(rows)?;
        let out = Vec::with_capacity(if wanted(place) { rows } else { 0 });
        let block = Box::new([0; BLOCK]);
        readings[place] = Some(Reading { reader: Reader(column.blocks), block, last: None, out });
    }
    // Block by block, so that what the columns are predicted by is still in the cache.
    let mut skipped = Vec::new();
    for at in (0..rows).step_by(BLOCK) {
        let length = BLOCK.min(rows - at);
        let mut lasts = Vec::new();
        for &place in &order {
            let column = &columns[place];
            let Some(mut reading) = readings[place].take() else { continue };
            lasts.push((place, reading.last));
            let mut predicted = [0; BLOCK];
            let other = |place: u16| Some(&readings.get(usize::from(place))?.as_ref()?.block[..length]);
            let before = |place: u16| lasts.iter().find(|last| last.0 == usize::from(place))?.1;
            let by_others =
                predict(column.prediction, power(column.apart), &other, &before, &mut predicted[..length]);
            let block = &mut reading.block[..length];
            column.next(&mut reading.reader, block, by_others.then_some(&predicted[..length]))?;
            reading.last = block.last().copied();
            let out = if wanted(place) { &mut reading.out } else { &mut skipped };
            column.numbers(&mut reading.reader, block, out)?;
            skipped.clear();
            readings[place] = Some(reading);
        }
    }
    let mut out = vec![Vec::new(); columns.len()];
    for (out, reading) in out.iter_mut().zip(readings) {
        if let Some(reading) = reading {
            all_read(&reading.reader)?;
            *out = reading.out;
        }
    }
    Ok(out)
}

/// The wanted columns and those they are predicted by, these first.
fn order(columns: &[Packed<'_>], wanted: &impl Fn(usize) -> bool) -> Result<Vec<usize>> {
    let mut needed: Vec<bool> = (0..columns.len()).map(wanted).collect();
    for _ in 0..DEEPEST {
        for (place, column) in columns.iter().enumerate() {
            if needed[place] {
                for need in column.needs() {
                    *needed.get_mut(need).ok_or_else(|| {
                        Error::format(format!("a column is predicted by column {need}, which there is not"))
                    })? = true;
                }
            }
        }
    }
    let mut order = Vec::new();
    let mut done = vec![false; columns.len()];
    for _ in 0..=DEEPEST {
        for (place, column) in columns.iter().enumerate() {
            if needed[place] && !done[place] && column.needs().all(|need| done.get(need) == Some(&true)) {
                done[place] = true;
                order.push(place);
            }
        }
    }
    if needed != done {
        return Err(Error::format("packed columns are predicted by each other"));
    }
    Ok(order)
}
