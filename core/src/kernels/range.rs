//! True range.

use super::{Averaged, Number, Recurrence, Recurring, Smoothed, Values, bar, by_steps, parts};
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

impl Averaged<3, 1, 1> for Ranges {
    #[inline(always)]
    fn view<T: Number>(self, averages: [T; 1]) -> [T; 1] {
        averages
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
}

impl Recurring<true, 3, 1, 1> for AverageRange {
    type Averaged = Ranges;
    const AVERAGED: Ranges = Ranges;

    #[inline(always)]
    fn take(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        let close = self.range.close.replace(bar[2]).unwrap_or(f64::NAN);
        self.average.update_each(Ranges.values([f64::NAN, f64::NAN, close], bar))
    }

    fn until_step(&self) -> usize {
        let rangeless = self.range.close.is_none() && self.range.first == FirstRange::Skip;
        usize::from(rangeless) + self.average.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 1], [f64; 3])> {
        Some((self.average.stand()?, [f64::NAN, f64::NAN, self.range.close?]))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 1], [.., close]: [f64; 3]) {
        self.range.close = Some(close);
        self.average.stepped(recurrences);
    }

    fn run(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let mut taken = 0;
        if let (None, Some(first)) = (self.range.close, out.first_mut()) {
            *first = self.update(bar(&inputs, 0)).unwrap_or(f64::NAN);
            taken = 1;
        }
        if let Some(close) = self.range.close {
            let range = |row: usize| {
                let close = if row == 0 { close } else { inputs[2][taken + row - 1] };
                Ranges.values([f64::NAN, f64::NAN, close], bar(&inputs, taken + row))
            };
            let silent = self.average.seeds(out.len() - taken, range);
            out[taken..taken + silent].fill(f64::NAN);
            taken += silent;
            self.range.close = taken.checked_sub(1).map_or(Some(close), |last| Some(inputs[2][last]));
        }
        by_steps(self, parts(inputs, taken..out.len()), [&mut out[taken..]]);
    }
}
