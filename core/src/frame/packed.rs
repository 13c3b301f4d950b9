//! A frame at rest: the same bits in a fraction of the bytes.

use super::{Frame, TimeMs};
use crate::codec::column::{self, Integers, Kind, Packed, Prediction, Widening, kind};
use crate::{Candle, DynIndicator, Error, ErrorKind, Result};

/// Rows widened at once: a few columns of them fit the cache next to the processor.
const WIDENED: usize = 1 << 12;

/// A frame whose columns are kept in as few bytes as restore them to the last bit; see [`Frame::optimize`].
///
/// It is read column by column, each widened when it is asked for, and it is what
/// [`codec::serialize_fast`](crate::codec::serialize_fast) writes of it: keeping, storing and sending are one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedFrame {
    rows: usize,
    columns: Vec<PackedColumn>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PackedColumn {
    pub(super) name: String,
    pub(super) data: Vec<u8>,
}

/// What packing made of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// The column, `time` among them.
    pub column: String,
    /// How it is kept: `integers`, `decimals` with how many, or `bits` of the `f64`.
    pub form: String,
    /// Bytes as [`Frame`] keeps it, 8 a value.
    pub before: usize,
    /// Bytes now.
    pub after: usize,
}

impl Frame {
    /// The frame with every column narrowed as far as it can be restored bit by bit: times as multiples of their
    /// common step, prices as whole ticks predicted by each other, whatever has no decimals as it is.
    ///
    /// Nothing is rounded: gaps, −0 and numbers of seventeen digits come back as they were. What it saves of the bytes of
    /// real series, column by column ([`PackedFrame::savings`] tells it of any frame, and `atra frame info` of a file):
    ///
    /// | series | rows | time | open | high | low | close | volume | all | bytes a row, of 48 |
    /// |---|---|---|---|---|---|---|---|---|---|
    /// | `aapl_1d` | 3,270 | 96 % | 84 % | 86 % | 84 % | 82 % | 71 % | 84 % | 7.7 |
    /// | `btcusd_1d` | 1,246 | 99 % | 86 % | 78 % | 76 % | 72 % | 42 % | 75 % | 11.8 |
    /// | `btcusd_4h` | 15,577 | 100 % | 87 % | 81 % | 79 % | 76 % | 32 % | 76 % | 11.6 |
    /// | `ibm_1d` | 3,270 | 96 % | 85 % | 87 % | 86 % | 84 % | 73 % | 85 % | 7.1 |
    /// | `us500_1m` | 1,564 | 100 % | 91 % | 90 % | 88 % | 85 % | 71 % | 88 % | 6.0 |
    ///
    /// ```
    /// use atra_core::{Candle, Frame};
    ///
    /// let candle = |bar: i64| {
    ///     let price = 27_000.0 + (bar * 37 % 101) as f64 / 4.0;
    ///     Candle { time: bar * 60_000, open: price, high: price + 2.5, low: price, close: price + 0.25, volume: 12.5 }
    /// };
    /// let frame = Frame::candles((0..5_000).map(candle))?;
    /// let packed = frame.optimize();
    /// assert!(packed.bytes() * 6 < 5_000 * 48);
    /// assert_eq!(packed.numbers("close")?, frame.column("close")?);
    /// assert_eq!(packed.unpack(), frame);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    #[must_use]
    pub fn optimize(&self) -> PackedFrame {
        let mut kinds: Vec<Kind> = self.columns.iter().map(|column| kind(&column.values)).collect();
        let place = |name: &str| self.columns.iter().position(|column| column.name == name);
        let [open, high, low, close, _] = Candle::COLUMNS.map(place);
        let prices = match (open, high, low, close) {
            (Some(open), Some(high), Some(low), Some(close)) => Some([open, high, low, close]),
            _ => None,
        };
        // Prices are counted in the same ticks, so that they can be predicted by each other.
        let decimals = prices.and_then(|prices| {
            prices.iter().try_fold(0, |most, &place| match kinds[place] {
                Kind::Decimals(decimals) => Some(decimals.max(most)),
                Kind::Integers | Kind::Bits => None,
            })
        });
        let prices = prices.filter(|_| decimals.is_some());
        if let (Some(prices), Some(decimals)) = (prices, decimals) {
            for place in prices {
                kinds[place] = Kind::Decimals(decimals);
            }
        }
        let integers: Vec<Integers> = self
            .columns
            .iter()
            .zip(&kinds)
            .map(|(column, &kind)| Integers::of_numbers(&column.values, kind))
            .collect();
        let others: Vec<&[i64]> = integers.iter().map(Integers::values).collect();
        let time = Integers::of_times(&self.time).write(&[Prediction::Nothing, Prediction::Before], &[]);
        let mut columns = vec![PackedColumn { name: "time".to_owned(), data: time }];
        for (place, column) in integers.iter().enumerate() {
            let mut among = vec![Prediction::Nothing, Prediction::Before];
            if let Some([Ok(open), Ok(high), Ok(low), Ok(close)]) =
                prices.map(|prices| prices.map(u16::try_from))
            {
                match u16::try_from(place) {
                    Ok(place) if place == open => {
                        among.extend([Prediction::Same(close), Prediction::RowBefore(close)]);
                    }
                    Ok(place) if place == high => among.push(Prediction::Larger(open, close)),
                    Ok(place) if place == low => among.push(Prediction::Smaller(open, close)),
                    _ => {}
                }
            }
            let data = column.write(&among, &others);
            columns.push(PackedColumn { name: self.columns[place].name.clone(), data });
        }
        PackedFrame { rows: self.time.len(), columns }
    }
}

impl PackedFrame {
    /// From parts that come from elsewhere, and the frame they hold: what can be widened once can be read ever after.
    pub(super) fn checked(rows: u64, columns: Vec<PackedColumn>) -> Result<(Self, Frame)> {
        let rows = usize::try_from(rows).map_err(|_| Error::format(format!("a frame claims {rows} rows")))?;
        let packed = Self { rows, columns };
        let frame = packed.widen()?;
        Ok((packed, frame))
    }

    pub(super) fn parts(&self) -> (usize, &[PackedColumn]) {
        (self.rows, &self.columns)
    }

    /// How many bars.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no bars.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The names of the columns beside `time`, in their order.
    pub fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().skip(1).map(|column| column.name.as_str())
    }

    /// Bytes of all columns.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(|column| column.data.len()).sum()
    }

    /// What was saved, column by column, the times first.
    #[must_use]
    pub fn savings(&self) -> Vec<Saving> {
        let saving = |column: &PackedColumn| Saving {
            column: column.name.clone(),
            form: match Packed::read(&column.data).map(|packed| packed.kind()) {
                Ok(Kind::Decimals(decimals)) => format!("decimals {decimals}"),
                Ok(Kind::Integers) => "integers".to_owned(),
                _ => "bits".to_owned(),
            },
            before: self.rows * 8,
            after: column.data.len(),
        };
        self.columns.iter().map(saving).collect()
    }

    /// The opening times.
    #[must_use]
    pub fn time(&self) -> Vec<TimeMs> {
        self.times().unwrap_or_default()
    }

    /// The values of a column, or the times as numbers when it is `time`; the error lists the columns there are.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        let Some(place) = self.place(name)? else {
            return Ok(self.time().into_iter().map(|time| time as f64).collect());
        };
        let mut numbers = column::numbers(&self.packed()?, self.rows, |other| other == place)?;
        Ok(numbers.swap_remove(place))
    }

    /// Computes an indicator over the columns it reads, one new column an output: the numbers of
    /// `compute_frame` over the whole frame, in memory for some thousand widened rows beside them.
    ///
    /// Fails when the frame lacks a column the indicator reads, or on a gap that is to be rejected.
    ///
    /// ```
    /// use atra_core::{Args, Candle, Frame, registry};
    ///
    /// let candle = |bar: i64| {
    ///     let price = 100.0 + (bar % 17) as f64;
    ///     Candle { time: bar, open: price, high: price, low: price, close: price, volume: 1.0 }
    /// };
    /// let frame = Frame::candles((0..500).map(candle))?;
    /// let ema = registry::find("ema")?.build(&Args::new())?;
    /// let (packed, plain) = (frame.optimize().compute(&*ema)?, ema.compute_frame(&frame)?);
    /// assert_eq!(packed[0][100..], plain[0][100..]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn compute(&self, indicator: &dyn DynIndicator) -> Result<Vec<Vec<f64>>> {
        let spec = indicator.spec();
        let places = spec.inputs.iter().map(|input| self.place(input.column()));
        let places = places.collect::<Result<Vec<_>>>().map_err(|error| error.context(spec.id))?;
        let packed = self.packed()?;
        let is_read = |place| places.contains(&Some(place));
        let mut widening = Widening::new(&packed, self.rows, &is_read)?;
        let time = if places.contains(&None) { self.time() } else { Vec::new() };
        let mut stream = indicator.stream();
        let mut outputs = vec![vec![f64::NAN; self.rows]; spec.outputs.len()];
        let mut columns = vec![Vec::new(); packed.len()];
        let (mut at, mut times) = (0, Vec::new());
        while at < self.rows {
            columns.iter_mut().for_each(Vec::clear);
            let mut length = 0;
            while length < WIDENED && at + length < self.rows {
                length += widening.next(&mut columns)?;
            }
            times.clear();
            times.extend(time.iter().skip(at).take(length).map(|&time| time as f64));
            let inputs: Vec<&[f64]> =
                places.iter().map(|place| place.map_or(&times[..], |place| &columns[place][..])).collect();
            let mut parts: Vec<&mut [f64]> =
                outputs.iter_mut().map(|output| &mut output[at..at + length]).collect();
            if let Err(error) = stream.extend(&inputs, &mut parts) {
                // The whole knows the row.
                return Err(indicator.compute_frame(&self.unpack()).err().unwrap_or(error));
            }
            at += length;
        }
        Ok(outputs)
    }

    /// Where a column is; `None` for the time.
    fn place(&self, name: &str) -> Result<Option<usize>> {
        if name == "time" {
            return Ok(None);
        }
        let place = self.column_names().position(|column| column == name).ok_or_else(|| {
            let names: Vec<&str> = self.column_names().collect();
            Error::new(ErrorKind::NotFound, format!("no column `{name}`; there are: {}", names.join(", ")))
        });
        place.map(Some)
    }

    /// The frame it was made of.
    #[must_use]
    pub fn unpack(&self) -> Frame {
        self.widen().unwrap_or_default() // checked when it was made
    }

    fn times(&self) -> Result<Vec<TimeMs>> {
        match self.columns.first() {
            Some(first) if first.name == "time" => Packed::read(&first.data)?.times(self.rows),
            _ => Err(Error::format("the first column of a frame must be `time`")),
        }
    }

    fn packed(&self) -> Result<Vec<Packed<'_>>> {
        self.columns.iter().skip(1).map(|column| Packed::read(&column.data)).collect()
    }

    fn widen(&self) -> Result<Frame> {
        let mut frame = Frame::new(self.times()?)?;
        let numbers = column::numbers(&self.packed()?, self.rows, |_| true)?;
        for (column, values) in self.columns.iter().skip(1).zip(numbers) {
            if frame.columns.iter().any(|other| other.name == column.name) {
                return Err(Error::format(format!("two columns are named `{}`", column.name)));
            }
            frame = frame.with_column(column.name.as_str(), values)?;
        }
        Ok(frame)
    }
}

impl From<&Frame> for PackedFrame {
    fn from(frame: &Frame) -> Self {
        frame.optimize()
    }
}
