//! Bars made of bars.

use super::bars::{Bars, Starts};
use super::{Column, Frame, bricks};
use crate::{Result, num};

/// What the values of several rows become in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fold {
    /// The first.
    First,
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
    /// The last.
    Last,
    /// Their sum, from the first on.
    Sum,
}

impl Fold {
    /// What suits a column of this name: `open` the first, `high` the largest, `low` the smallest; amounts (`volume`,
    /// `trades` and whatever ends so, as `quote_volume`) their sum; anything else the last.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "open" => Self::First,
            "high" => Self::Largest,
            "low" => Self::Smallest,
            name if name.ends_with("volume") || name.ends_with("trades") => Self::Sum,
            _ => Self::Last,
        }
    }

    /// Gaps (NaN) are left out; NaN when there is nothing else.
    fn fold(self, values: &[f64]) -> f64 {
        let mut present = values.iter().copied().filter(|value| !value.is_nan());
        let folded = match self {
            Self::First => present.next(),
            Self::Last => present.next_back(),
            Self::Largest => present.reduce(num::max),
            Self::Smallest => present.reduce(num::min),
            Self::Sum => present.reduce(|sum, value| sum + value),
        };
        folded.unwrap_or(f64::NAN)
    }
}

impl Frame {
    /// The frame in other bars, each column folded as [`Fold::of`] its name tells, gaps (NaN) left out.
    ///
    /// A bar's time is its opening: where its step or session begins; of bars that are not of time, their first row's (a
    /// millisecond later than the bar before where several open in one row). There is no bar where there is no row (see
    /// [`fill`](Self::fill)). The last bar is what there is of it yet. Range and renko bars have the columns of a candle.
    ///
    /// Fails when the bars cannot be (a size of 0) or the frame lacks a column they need.
    ///
    /// ```
    /// use atra_core::frame::Bars;
    /// use atra_core::{Candle, Frame, Zone};
    ///
    /// let minute = |bar: i64| {
    ///     let price = 100.0 + (bar % 7) as f64;
    ///     Candle { time: bar * 60_000, open: price, high: price + 1.0, low: price - 1.0, close: price, volume: 2.0 }
    /// };
    /// let minutes = Frame::candles((0..10).map(minute))?;
    /// let fives = minutes.resample(Bars::parse("5m", Zone::Utc, 0)?)?;
    /// assert_eq!(fives.time(), [0, 300_000]);
    /// assert_eq!(fives.column("high")?, [105.0, 107.0]);
    /// assert_eq!(fives.column("volume")?, [10.0, 10.0]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn resample(&self, bars: Bars) -> Result<Self> {
        self.resample_with(bars, Fold::of)
    }

    /// As [`resample`](Self::resample), with a say in how a column is folded.
    pub fn resample_with(&self, bars: Bars, fold: impl Fn(&str) -> Fold) -> Result<Self> {
        bars.check()?;
        let Some(starts) = Starts::of(self, bars)? else {
            return bricks::make(self, bars);
        };
        let mut frame = Self::new(starts.time)?;
        let ends = starts.rows.iter().skip(1).copied().chain([self.len()]);
        let ranges: Vec<_> = starts.rows.iter().zip(ends).map(|(&start, end)| start..end).collect();
        for column in &self.columns {
            let fold = fold(&column.name);
            let values = ranges.iter().map(|range| fold.fold(&column.values[range.clone()])).collect();
            frame.columns.push(Column { name: column.name.clone(), values });
        }
        Ok(frame)
    }
}
