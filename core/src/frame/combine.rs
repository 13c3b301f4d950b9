//! Frames made of frames: appended, cut, joined by time.

use std::cmp::Ordering;
use std::ops::{Bound, Range, RangeBounds};

use super::{Column, Frame, TimeMs, backward};
use crate::{Error, Result};

/// Which rows a [`join`](Frame::join) has, and which row of the other frame stands beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Join {
    /// Every row of this frame, beside the other's row of the same time; a gap where there is none.
    Left,
    /// The times that both have.
    Inner,
    /// The times that either has.
    Outer,
    /// Every row of this frame, beside the other's latest row that was known by then.
    AsOf {
        /// How long after its time a row of the other frame is known, in milliseconds: for candles the length of a bar,
        /// so that no row sees the close of a bar that was still forming; 0 for what is known at once.
        after: i64,
        /// How long a row is good for once it is known, in milliseconds; a gap from then on.
        within: i64,
    },
}

/// A row of one frame and the row of another that stand together.
type Pair = (Option<usize>, Option<usize>);

impl Frame {
    /// Appends another frame's rows.
    ///
    /// Fails, changing nothing, when the other has other columns (their order is free) or does not begin after the last
    /// row.
    ///
    /// ```
    /// use atra_core::Frame;
    ///
    /// let mut frame = Frame::new(vec![1, 2])?.with_column("close", vec![10.0, 11.0])?;
    /// frame.append(&Frame::new(vec![3])?.with_column("close", vec![12.0])?)?;
    /// assert_eq!(frame.column("close")?, [10.0, 11.0, 12.0]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn append(&mut self, other: &Self) -> Result<()> {
        if let (Some(&last), Some(&first)) = (self.time.last(), other.time.first())
            && first <= last
        {
            return Err(backward(self.len(), last, first));
        }
        let found: Vec<&[f64]> = self
            .columns
            .iter()
            .map(|column| other.column(&column.name).map_err(|error| error.context("the frame to append")))
            .collect::<Result<_>>()?;
        let has = |name: &str| self.columns.iter().any(|column| column.name == name);
        if let Some(name) = other.column_names().find(|name| !has(name)) {
            return Err(Error::data(format!(
                "the frame to append has a column `{name}` that the first one lacks"
            )));
        }
        for (column, values) in self.columns.iter_mut().zip(found) {
            column.values.extend_from_slice(values);
        }
        self.time.extend_from_slice(&other.time);
        Ok(())
    }

    /// The rows of a range; what of it lies past the end is left out.
    ///
    /// ```
    /// # use atra_core::Frame;
    /// let frame = Frame::new(vec![10, 20, 30, 40])?;
    /// assert_eq!(frame.slice(1..3).time(), [20, 30]);
    /// assert_eq!(frame.slice(2..).time(), [30, 40]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    #[must_use]
    pub fn slice(&self, range: impl RangeBounds<usize>) -> Self {
        let start = match range.start_bound() {
            Bound::Included(&row) => row,
            Bound::Excluded(&row) => row.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&row) => row.saturating_add(1),
            Bound::Excluded(&row) => row,
            Bound::Unbounded => self.len(),
        };
        let end = end.min(self.len());
        self.rows(start.min(end)..end)
    }

    /// The rows from one time on, before another; both in milliseconds.
    ///
    /// ```
    /// # use atra_core::Frame;
    /// let frame = Frame::new(vec![10, 20, 30, 40])?;
    /// assert_eq!(frame.between(15, 40).time(), [20, 30]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    #[must_use]
    pub fn between(&self, from: TimeMs, to: TimeMs) -> Self {
        self.rows(self.rows_between(from, to))
    }

    /// The places of the rows from one time on, before another.
    #[must_use]
    pub fn rows_between(&self, from: TimeMs, to: TimeMs) -> Range<usize> {
        let start = self.time.partition_point(|&time| time < from);
        let end = self.time.partition_point(|&time| time < to);
        start..end.max(start)
    }

    /// This frame's columns and, beside them, the other's; a column of the other whose name this one has too gets
    /// `suffix` behind its name. Where a row has no counterpart its values are gaps (NaN).
    ///
    /// Fails when two columns have one name even so.
    ///
    /// ```
    /// use atra_core::Frame;
    /// use atra_core::frame::Join;
    ///
    /// // Hours, and what days were known by then: the first day's close is known when the second begins.
    /// const HOUR: i64 = 3_600_000;
    /// let hours = Frame::new((22..27).map(|hour| hour * HOUR).collect())?;
    /// let days = Frame::new(vec![0, 24 * HOUR])?.with_column("close", vec![100.0, 101.0])?;
    /// let joined = hours.join(&days, Join::AsOf { after: 24 * HOUR, within: i64::MAX }, "_day")?;
    /// let close = joined.column("close")?;
    /// assert!(close[..2].iter().all(|close| close.is_nan()));
    /// assert_eq!(close[2..], [100.0; 3]);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn join(&self, other: &Self, how: Join, suffix: &str) -> Result<Self> {
        let pairs = match how {
            Join::AsOf { after, within } => as_of(&self.time, &other.time, after, within),
            Join::Left | Join::Inner | Join::Outer => {
                let mut pairs = merged(&self.time, &other.time);
                pairs.retain(|pair| match how {
                    Join::Left => pair.0.is_some(),
                    Join::Inner => pair.0.is_some() && pair.1.is_some(),
                    _ => true,
                });
                pairs
            }
        };
        let time = |pair: &Pair| pair.0.map(|row| self.time[row]).or(pair.1.map(|row| other.time[row]));
        let mut joined = Self::new(pairs.iter().filter_map(time).collect())?;
        let taken = |column: &Column, side: fn(&Pair) -> Option<usize>| {
            let value = |pair| side(pair).map_or(f64::NAN, |row| column.values[row]);
            pairs.iter().map(value).collect::<Vec<f64>>()
        };
        for column in &self.columns {
            joined.columns.push(Column { name: column.name.clone(), values: taken(column, |pair| pair.0) });
        }
        for column in &other.columns {
            let clash = self.columns.iter().any(|mine| mine.name == column.name);
            let name = format!("{}{}", column.name, if clash { suffix } else { "" });
            if joined.columns.iter().any(|there| there.name == name) {
                return Err(Error::data(format!(
                    "both frames have a column `{name}`; give a suffix that makes another name of it"
                )));
            }
            joined = joined.with_column(name, taken(column, |pair| pair.1))?;
        }
        Ok(joined)
    }
}

/// The rows of both, those of one time together.
fn merged(a: &[TimeMs], b: &[TimeMs]) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(a.len().max(b.len()));
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let order = match (a.get(i), b.get(j)) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let (left, right) = (order != Ordering::Greater, order != Ordering::Less);
        pairs.push((left.then_some(i), right.then_some(j)));
        i += usize::from(left);
        j += usize::from(right);
    }
    pairs
}

fn as_of(times: &[TimeMs], others: &[TimeMs], after: i64, within: i64) -> Vec<Pair> {
    let mut known = 0;
    let pair = |(row, &time): (usize, &TimeMs)| {
        let since =
            |other: usize| others.get(other).map(|&other| time.saturating_sub(other.saturating_add(after)));
        while since(known).is_some_and(|since| since >= 0) {
            known += 1;
        }
        let latest = known.checked_sub(1);
        (Some(row), latest.filter(|&row| since(row).is_some_and(|since| since < within.max(1))))
    };
    times.iter().enumerate().map(pair).collect()
}
