//! Reading columns, those first that others are predicted by.

use super::{Kind, MOST_DECIMALS, Prediction, VERSION, head, power, predict};
use crate::codec::bits::{BLOCK, Reader, SMALLEST, unpack};
use crate::{Error, Result};

/// A column that is predicted by others is at most so many steps from one that is not.
const DEEPEST: usize = 3;

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

    /// The heads of the next block, but for what other columns predict.
    fn heads(&self, reader: &mut Reader<'_>, block: &mut [i64]) -> Result<()> {
        if self.prediction != Prediction::Before {
            return unpack(reader, block);
        }
        let mut before = reader.varint()?;
        unpack(reader, block)?;
        for value in block {
            before = before.wrapping_add(*value);
            *value = before;
        }
        Ok(())
    }

    /// The integers of a block, from their heads and the digits kept apart.
    fn whole(&self, reader: &mut Reader<'_>, heads: &[i64], block: &mut [i64]) -> Result<()> {
        unpack(reader, block)?;
        let power = power(self.apart) as u32;
        for (value, &head) in block.iter_mut().zip(heads) {
            *value = value.wrapping_add(head.wrapping_mul(i64::from(power)));
        }
        Ok(())
    }

    /// The times that a column of integers holds.
    pub(crate) fn times(&self, rows: usize) -> Result<Vec<i64>> {
        let is_whole = self.apart == 0 && !self.missed; // integers have no digits
        if self.kind != Kind::Integers || self.needs().next().is_some() || !is_whole {
            return Err(Error::format("the times are packed as something else"));
        }
        self.can_hold(rows)?;
        let mut times = vec![0; rows];
        let mut reader = Reader(self.blocks);
        for block in times.chunks_mut(BLOCK) {
            self.heads(&mut reader, block)?;
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
                f64::from_bits((number(value) / power).to_bits().wrapping_add(miss as u64))
            }));
        } else {
            out.extend(block.iter().map(|&value| number(value) / power));
        }
        Ok(())
    }
}

/// A whole number of less than 2^51, as ticks are, as `f64`: many at once on every processor, which a conversion is not.
#[inline(always)]
fn number(value: i64) -> f64 {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52
    f64::from_bits(ROUND.to_bits().wrapping_add(value as u64)) - ROUND
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
    let mut widening = Widening::new(columns, rows, &wanted)?;
    let mut out: Vec<Vec<f64>> =
        (0..columns.len()).map(|place| Vec::with_capacity(if wanted(place) { rows } else { 0 })).collect();
    while widening.next(&mut out)? > 0 {}
    Ok(out)
}

/// Columns being widened block by block, so that what they are predicted by is still in the cache.
pub(crate) struct Widening<'a> {
    columns: &'a [Packed<'a>],
    /// The places of those that are read, in the order of reading.
    order: Vec<usize>,
    readings: Vec<Option<Reading<'a>>>,
    rows: usize,
    /// What is not wanted but for predictions.
    skipped: Vec<f64>,
}

struct Reading<'a> {
    reader: Reader<'a>,
    block: Box<[i64; BLOCK]>,
    /// The block without the digits kept apart, where there are some.
    heads: Option<Box<[i64; BLOCK]>>,
    /// The last of the block, and of its heads.
    last: Option<(i64, i64)>,
    is_wanted: bool,
}

impl Reading<'_> {
    fn heads(&self) -> &[i64; BLOCK] {
        self.heads.as_ref().unwrap_or(&self.block)
    }
}

impl<'a> Widening<'a> {
    pub(crate) fn new(
        columns: &'a [Packed<'a>],
        rows: usize,
        wanted: &impl Fn(usize) -> bool,
    ) -> Result<Self> {
        let order = order(columns, wanted)?;
        let mut readings: Vec<Option<Reading<'_>>> = columns.iter().map(|_| None).collect();
        for &place in &order {
            let column = &columns[place];
            if column.kind == Kind::Integers || (column.kind == Kind::Bits && column.missed) {
                return Err(Error::format("a column of numbers is packed as something else"));
            }
            column.can_hold(rows)?;
            let block = || Box::new([0; BLOCK]);
            readings[place] = Some(Reading {
                reader: Reader(column.blocks),
                block: block(),
                heads: (column.apart > 0).then(block),
                last: None,
                is_wanted: wanted(place),
            });
        }
        Ok(Self { columns, order, readings, rows, skipped: Vec::new() })
    }

    /// Appends the next block of every wanted column, `out` having a place for each column, wanted or not. Returns its
    /// rows, 0 at the end.
    pub(crate) fn next(&mut self, out: &mut [Vec<f64>]) -> Result<usize> {
        let length = BLOCK.min(self.rows);
        self.rows -= length;
        if length == 0 {
            return self
                .readings
                .iter()
                .flatten()
                .try_for_each(|reading| all_read(&reading.reader))
                .map(|()| 0);
        }
        let mut lasts = Vec::new();
        for &place in &self.order {
            let Some(mut reading) = self.readings[place].take() else { continue };
            lasts.push((place, reading.last));
            self.read(place, &mut reading, length, &lasts)?;
            let out = if reading.is_wanted { &mut out[place] } else { &mut self.skipped };
            self.columns[place].numbers(&mut reading.reader, &reading.block[..length], out)?;
            self.skipped.clear();
            self.readings[place] = Some(reading);
        }
        Ok(length)
    }

    /// Reads a block of the column at `place`, those that it is predicted by having been read. Of these, `lasts` has the
    /// last values of the block before.
    fn read(
        &self,
        place: usize,
        reading: &mut Reading<'_>,
        length: usize,
        lasts: &[(usize, Option<(i64, i64)>)],
    ) -> Result<()> {
        let (column, reader) = (&self.columns[place], &mut reading.reader);
        let heads = &mut reading.heads.as_mut().unwrap_or(&mut reading.block)[..length];
        column.heads(reader, heads)?;
        // Heads are predicted by heads; where the others keep other digits apart, by what theirs would be.
        let are_alike = column.needs().all(|need| self.columns[need].apart == column.apart);
        let other = |place: u16| {
            let reading = self.readings.get(usize::from(place))?.as_ref()?;
            Some(if are_alike { &reading.heads()[..length] } else { &reading.block[..length] })
        };
        let before = |place: u16| {
            let (block, head) = lasts.iter().find(|last| last.0 == usize::from(place))?.1?;
            Some(if are_alike { head } else { block })
        };
        let power = power(column.apart);
        if are_alike || power == 1.0 {
            let add = |value: &mut i64, predicted| *value = value.wrapping_add(predicted);
            predict(column.prediction, other, before, heads, add);
        } else {
            let add = |value: &mut i64, predicted| *value = value.wrapping_add(head(predicted, power));
            predict(column.prediction, other, before, heads, add);
        }
        let head = heads.last().copied();
        if let Some(heads) = &reading.heads {
            column.whole(reader, &heads[..length], &mut reading.block[..length])?;
        }
        reading.last = reading.block[..length].last().copied().zip(head);
        Ok(())
    }
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
