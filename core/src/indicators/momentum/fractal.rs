//! Williams Fractals.

use crate::kernels::{Delay, Range};
use crate::{Indicator, Update};

crate::indicator! {
    /// Marks bars whose high (low) is above (below) all of `left` bars before and `right` bars after, at the bar that
    /// confirms them.
    ///
    /// # Formula
    ///
    /// `swinghigh[i] = 100` when `high[i-right]` is above every other high of the window `i-left-right … i`, otherwise
    /// 0; `swinglow` likewise
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `left + right`.
    ///
    /// # Edge cases
    ///
    /// Equal extremes mark nothing. The mark stands `right` bars after the extreme, when it is known, and never moves;
    /// charts draw it at the extreme.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut high, mut low] = [[0.0; 3]; 2];
    /// Fractal::new(1, 1)?.compute([&[1.0, 3.0, 2.0], &[0.0, 1.0, 1.0]], [&mut high, &mut low])?;
    /// assert_eq!((high[2], low[2]), (100.0, 0.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "Trading Chaos", 1995. TA-Lib `FRACTAL`.
    pub struct Fractal("fractal", "Williams Fractals", Momentum) {
        /// Bars before the extreme.
        left: usize = 2, 1..=100_000;
        /// Bars after the extreme.
        right: usize = 2, 1..=100_000;
    }
    inputs [High, Low]
    outputs pane [swinghigh: MarkAbove << right, swinglow: MarkBelow << right]
    talib FRACTAL(left: leftbars, right: rightbars)
}

impl Indicator for Fractal {
    type In = [f64; 2];
    type Out = [f64; 2];
    type State = FractalState;

    fn lookback(&self) -> usize {
        self.left + self.right
    }

    fn state(&self) -> FractalState {
        FractalState {
            pivots: [Delay::new(self.right), Delay::new(self.right)],
            before: Range::new(self.left),
            after: Range::new(self.right),
            delayed: [Delay::new(self.right + 1), Delay::new(self.right + 1)],
        }
    }
}

crate::state! {
    /// State of [`Fractal`].
    pub struct FractalState {
        /// High and low of the bar that is judged.
        pivots: [Delay; 2],
        /// Extremes of the bars before it.
        before: Range,
        /// Extremes of the bars after it.
        after: Range,
        /// High and low of the bar before the one that is judged.
        delayed: [Delay; 2],
    }
}

impl Update for FractalState {
    type In = [f64; 2];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 2]> {
        let [pivot_high, pivot_low] = &mut self.pivots;
        let (pivot_high, pivot_low) = (pivot_high.push(high), pivot_low.push(low));
        let after = self.after.update(high, low);
        let [delayed_high, delayed_low] = &mut self.delayed;
        let (delayed_high, delayed_low) = (delayed_high.push(high), delayed_low.push(low));
        let [highest_before, lowest_before] = self.before.update(delayed_high?, delayed_low?)?;
        let [highest_after, lowest_after] = after?;
        let (high, low) = (pivot_high?, pivot_low?);
        let mark = |is: bool| if is { 100.0 } else { 0.0 };
        Some([
            mark((high > highest_before) & (high > highest_after)),
            mark((low < lowest_before) & (low < lowest_after)),
        ])
    }
}
