//! Vortex Indicator.

use crate::kernels::{Total, Window, true_range};
use crate::{Indicator, Update};

crate::indicator! {
    /// How far bars reach from the previous bar's opposite end, against the true range: `plus` above `minus` in an
    /// up-trend.
    ///
    /// # Formula
    ///
    /// `plus = Σ |high - previous low| / Σ true range`, `minus = Σ |low - previous high| / Σ true range` over `period`
    /// bars
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where there is no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut plus, mut minus] = [[0.0; 2]; 2];
    /// Vortex::new(1)?.compute([&[2.0, 4.0], &[1.0, 3.0], &[2.0, 4.0]], [&mut plus, &mut minus])?;
    /// assert_eq!((plus[1], minus[1]), (1.5, 0.5));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Botes and Siepman, "The Vortex Indicator", Technical Analysis of Stocks & Commodities 28:1, 2010. TA-Lib
    /// `VORTEX`.
    pub struct Vortex("vortex", "Vortex Indicator", Momentum) {
        /// Window in bars.
        period: usize = 14, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [plus: Line, minus: Line]
    talib VORTEX(period: timeperiod)
}

impl Indicator for Vortex {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = VortexState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> VortexState {
        VortexState {
            before: None,
            plus: Window::new(self.period),
            minus: Window::new(self.period),
            range: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Vortex`].
    pub struct VortexState {
        /// High, low and close of the previous bar.
        before: Option<[f64; 3]>,
        plus: Window<Total>,
        minus: Window<Total>,
        range: Window<Total>,
    }
}

impl Update for VortexState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let [before_high, before_low, before_close] = self.before.replace([high, low, close])?;
        let plus = self.plus.push((high - before_low).abs());
        let minus = self.minus.push((low - before_high).abs());
        let range = self.range.push(true_range(before_close, high, low))?.fold.0;
        let (plus, minus) = (plus?.fold.0, minus?.fold.0);
        Some(if range > 0.0 { [plus / range, minus / range] } else { [0.0, 0.0] })
    }
}
