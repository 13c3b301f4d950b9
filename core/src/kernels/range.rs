//! True range.

use super::{Number, Recurring, STEPPED, Smoothed, Values, bar, buffer, chunks, parts, values};
use crate::FirstRange;

crate::state! {
    /// The true range, bar by bar.
    pub(crate) struct TrueRange {
        first: FirstRange,
        /// Of the previous bar.
        close: Option<f64>,
    }
}

impl TrueRange {
    pub(crate) fn new(first: FirstRange) -> Self {
        Self { first, close: None }
    }

    #[inline(always)]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<f64> {
        match self.close.replace(close) {
            Some(before) => Some(true_range(before, high, low)),
            None => (self.first == FirstRange::Include).then_some(high - low),
        }
    }
}
/// The largest of the bar's range and its distances from the previous close.
///
/// Wilder, "New Concepts in Technical Trading Systems", 1978, p. 21.
#[inline(always)]
pub(crate) fn true_range<T: Number>(previous_close: T, high: T, low: T) -> T {
    let reach = (high - previous_close).abs().larger((low - previous_close).abs());
    reach.larger(high - low)
}

/// True ranges of bars (high, low, close).
#[derive(Clone, Copy)]
pub(crate) struct Ranges;

impl Values<3, 1> for Ranges {
    #[inline(always)]
    fn values<T: Number>(self, [.., before]: [T; 3], [high, low, _]: [T; 3]) -> [T; 1] {
        // The largest would not tell that the close before is no number: zero, or NaN.
        let zero = before * before.like(0.0);
        [true_range(before, high, low) + zero]
    }
}

crate::state! {
    /// Wilder's average of the true range.
    pub(crate) struct AverageRange {
        range: TrueRange,
        average: Smoothed,
    }
}

impl AverageRange {
    pub(crate) fn new(period: usize, first: FirstRange) -> Self {
        Self { range: TrueRange::new(first), average: Smoothed::wilder(period) }
    }

    /// How many bars come before the first average.
    pub(crate) fn lookback(period: usize, first: FirstRange) -> usize {
        match first {
            FirstRange::Skip => period,
            FirstRange::Include => period - 1,
        }
    }

    /// Takes the next bar (high, low, close); the average once `period` ranges are in it.
    #[inline(always)]
    pub(crate) fn update(&mut self, bar: [f64; 3]) -> Option<f64> {
        let range = self.range.update(bar)?;
        self.average.update(range)
    }

    /// Takes many bars and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, inputs: [&[f64]; 3], out: &mut [f64]) {
        let mut taken = 0;
        if let (None, Some(first)) = (self.range.close, out.first_mut()) {
            *first = self.update(bar(&inputs, 0)).unwrap_or(f64::NAN);
            taken = 1;
        }
        let mut ranges = buffer(out.len() - taken, STEPPED);
        for rows in chunks(taken..out.len(), self.average.until_step(), STEPPED) {
            let (bars, ranges) = (parts(inputs, rows.clone()), &mut ranges[..rows.len()]);
            let close = self.range.close.replace(bars[2][rows.len() - 1]).unwrap_or(f64::NAN);
            values(Ranges, [f64::NAN, f64::NAN, close], bars, [&mut *ranges]);
            self.average.run([ranges], [&mut out[rows]]);
        }
    }
}
