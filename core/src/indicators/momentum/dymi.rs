//! Dynamic Momentum Index.

use crate::kernels::{Deviations, Recent, Simple, Window};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// An RSI whose length follows volatility: short when the market is restless, long when it is calm, 0 to 100.
    ///
    /// # Formula
    ///
    /// `length = ⌊period · sma(σ, average) / σ⌋`, held between `shortest` and `longest`, with `σ = stddev(x,
    /// deviation)`; `dymi = 100 · up / (up + down)` with the sums of the last `length` gains and losses
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(deviation + average - 2, longest)`.
    ///
    /// # Edge cases
    ///
    /// 50 when nothing has moved. Each bar costs a walk over up to `longest` changes, for the length changes.
    /// `shortest` and `longest` change places when `shortest` is the longer.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 5];
    /// Dymi::new(2, 2, 2, 2, 4)?.compute([&[1.0, 2.0, 3.0, 4.0, 5.0]], [&mut out])?;
    /// assert_eq!(out[4], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Chande and Kroll, "The New Technical Trader", 1994.
    pub struct Dymi("dymi", "Dynamic Momentum Index", Momentum) {
        /// Length in bars at usual volatility.
        period: usize = 14, 1..=100_000;
        /// Window of the standard deviation in bars.
        deviation: usize = 5, 2..=100_000;
        /// Averaging length of the standard deviation in bars.
        average: usize = 10, 1..=100_000;
        /// Shortest length in bars.
        shortest: usize = 3, 1..=100_000;
        /// Longest length in bars.
        longest: usize = 30, 1..=100_000;
    }
    inputs [Close]
    outputs pane [dymi: Line]
}

impl Indicator for Dymi {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = DymiState;

    fn lookback(&self) -> usize {
        (self.deviation + self.average - 2).max(self.shortest.max(self.longest))
    }

    fn state(&self) -> DymiState {
        let (shortest, longest) = (self.shortest.min(self.longest), self.shortest.max(self.longest));
        DymiState {
            period: self.period as f64,
            shortest: shortest as f64,
            longest: longest as f64,
            before: None,
            window: Window::new(self.deviation),
            average: Simple::new(self.average),
            changes: Recent::new(longest),
            seen: 0.0,
        }
    }
}

crate::state! {
    /// State of [`Dymi`].
    pub struct DymiState {
        period: f64,
        shortest: f64,
        longest: f64,
        /// The previous value.
        before: Option<f64>,
        window: Window<Deviations>,
        average: Simple,
        /// Changes, in the order they came.
        changes: Recent,
        /// How many there are.
        seen: f64,
    }
}

impl Update for DymiState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let before = self.before.replace(x);
        if let Some(before) = before {
            self.changes.push(x - before);
            self.seen = num::min(self.seen + 1.0, self.longest);
        }
        let (_, deviation) = self.window.push(x)?.mean_and_deviation();
        let usual = self.average.update(deviation)?;
        if self.seen < self.longest {
            return None;
        }
        let length = if deviation > 0.0 { num::floor(self.period * usual / deviation) } else { self.longest };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between whole numbers above 0
        let length = num::max(num::min(length, self.longest), self.shortest) as usize;
        let (mut up, mut size) = (0.0, 0.0);
        for change in self.changes.newest_first().take(length) {
            up += num::max(change, 0.0);
            size += change.abs();
        }
        Some([if size > 0.0 { 100.0 * (up / size) } else { 50.0 }])
    }
}
