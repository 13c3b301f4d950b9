//! Rows that are missing.

use super::{Column, Fold, Frame, TimeMs};
use crate::{Error, Result};

/// More rows are a step that was meant otherwise.
const MOST: usize = 1 << 27;

crate::choice! {
    /// What stands in a row that was missing.
    pub enum Fill {
        /// No trade: every price is the close before, amounts (see [`Fold::of`]) are 0, any other column stays what it
        /// was.
        Flat = "flat" 0,
        /// Every column stays what it was.
        Last = "last" 1,
        /// Nothing: a gap (NaN), which indicators pass over.
        Gap = "gap" 2,
        /// On the straight line between the row before and the row after, by time; amounts are 0. It knows the row after,
        /// so it is for pictures, not for tests of a strategy.
        Linear = "linear" 3,
    }
}

impl Frame {
    /// The usual distance of its times: the one found most often, the smallest of equals; `None` for fewer than two rows.
    #[must_use]
    pub fn step(&self) -> Option<i64> {
        step(&self.time)
    }

    /// The frame with a row every `step` milliseconds: between two rows that are further apart, rows are added at so many
    /// steps after the earlier one. Where more than `longest` would be missing (a night, a weekend), none is.
    ///
    /// Rows that are there stay as they are.
    ///
    /// Fails when the step is not positive, or the result would have more than 134,217,728 rows.
    ///
    /// ```
    /// use atra_core::frame::Fill;
    /// use atra_core::{Candle, Frame};
    ///
    /// let candle = |time, close| Candle { time, open: 9.0, high: 12.0, low: 8.0, close, volume: 5.0 };
    /// let frame = Frame::candles([candle(0, 10.0), candle(180_000, 11.0)])?.fill(60_000, Fill::Flat, usize::MAX)?;
    /// assert_eq!(frame.time(), [0, 60_000, 120_000, 180_000]);
    /// assert_eq!(frame.column("high")?, [12.0, 10.0, 10.0, 12.0]);
    /// assert_eq!(frame.column("volume")?, [5.0, 0.0, 0.0, 5.0]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn fill(&self, step: i64, fill: Fill, longest: usize) -> Result<Self> {
        if step <= 0 {
            return Err(Error::parameter(format!(
                "a step of {step} ms cannot be filled; it must be above 0"
            )));
        }
        let missing = |pair: &[TimeMs]| {
            let count = missing(pair[0], pair[1], step);
            if count > longest as u64 { 0 } else { count }
        };
        let added = self.time.windows(2).map(missing).fold(0_u64, u64::saturating_add);
        if added.saturating_add(self.len() as u64) > MOST as u64 {
            return Err(Error::parameter(format!(
                "{added} rows are missing at a step of {step} ms; a filled frame has at most {MOST} rows"
            )));
        }
        // For each row: the row it is, or the one before it, and how many steps after that.
        let mut rows: Vec<(usize, i64)> =
            Vec::with_capacity(self.len() + usize::try_from(added).unwrap_or(0));
        for row in 0..self.len() {
            rows.push((row, 0));
            let gap = self.time.get(row..row + 2).map_or(0, missing);
            rows.extend((1..=i64::try_from(gap).unwrap_or(0)).map(|steps| (row, steps)));
        }
        // A step's time is between those of two rows; on the way there, numbers may pass their end and come back.
        let after = |steps: i64| steps.wrapping_mul(step);
        let time = rows.iter().map(|&(row, steps)| self.time[row].wrapping_add(after(steps))).collect();
        let mut frame = Self::new(time)?;
        let close = self.column("close").ok();
        for column in &self.columns {
            let fold = Fold::of(&column.name);
            let is_price = ["open", "high", "low"].contains(&column.name.as_str());
            let added = |row: usize, steps: i64| match fill {
                Fill::Gap => f64::NAN,
                Fill::Flat | Fill::Linear if fold == Fold::Sum => 0.0,
                Fill::Flat => close.filter(|_| is_price).map_or(column.values[row], |close| close[row]),
                Fill::Last => column.values[row],
                Fill::Linear => {
                    let (from, to) = (column.values[row], column.values[row + 1]);
                    let apart = self.time[row + 1].abs_diff(self.time[row]);
                    let share = after(steps).cast_unsigned() as f64 / apart as f64;
                    from + (to - from) * share
                }
            };
            let value = |&(row, steps): &(usize, i64)| match steps {
                0 => column.values[row],
                _ => added(row, steps),
            };
            frame
                .columns
                .push(Column { name: column.name.clone(), values: rows.iter().map(value).collect() });
        }
        Ok(frame)
    }
}

/// How many rows are missing between two.
pub(super) fn missing(before: TimeMs, after: TimeMs, step: i64) -> u64 {
    // The last one stands a whole step or less before the later row.
    let apart = (i128::from(after) - i128::from(before) - 1).max(0) / i128::from(step.max(1));
    u64::try_from(apart).unwrap_or(u64::MAX)
}

pub(super) fn step(times: &[TimeMs]) -> Option<i64> {
    let mut steps: Vec<i64> = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect();
    steps.retain(|&step| step > 0);
    steps.sort_unstable();
    let runs = steps.chunk_by(|a, b| a == b).rev();
    runs.max_by_key(|run| run.len()).map(|run| run[0])
}
