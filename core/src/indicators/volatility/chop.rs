//! Choppiness Index.

use crate::kernels::{Range, Total, Window, true_range};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Whether the market ranges (towards 100) or trends (towards 0).
    ///
    /// # Formula
    ///
    /// `chop = 100 · log10(Σ true range / (highest high - lowest low)) / log10(period)` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`: the first bar has no true range.
    ///
    /// # Edge cases
    ///
    /// 0 where the window has no range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 3];
    /// Chop::new(2)?.compute([&[2.0, 3.0, 3.0], &[1.0, 2.0, 2.0], &[1.5, 2.5, 2.5]], [&mut out])?;
    /// assert!((out[2] - 100.0 * 2.5_f64.log10() / 2.0_f64.log10()).abs() < 1e-12); // ranges 1.5 and 1 within 1
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dreiss, "Choppiness Index", 1993, as on TradingView. Stock.Indicators takes the previous close into the range.
    pub struct Chop("chop", "Choppiness Index", Volatility) {
        /// Window in bars.
        period: usize = 14, 2..=100_000;
    }
    inputs [High, Low, Close]
    outputs pane [chop: Line]
}

impl Indicator for Chop {
    type In = [f64; 3];
    type Out = [f64; 1];
    type State = ChopState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> ChopState {
        ChopState {
            scale: 100.0 / num::ln(self.period as f64),
            before: None,
            path: Window::new(self.period),
            range: Range::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Chop`].
    pub struct ChopState {
        scale: f64,
        /// Close of the previous bar.
        before: Option<f64>,
        path: Window<Total>,
        range: Range,
    }
}

impl Update for ChopState {
    type In = [f64; 3];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 1]> {
        let range = self.range.update(high, low);
        let before = self.before.replace(close)?;
        let path = self.path.push(true_range(before, high, low))?.fold.0;
        let [highest, lowest] = range?;
        let range = highest - lowest;
        Some([if range > 0.0 { self.scale * num::ln(path / range) } else { 0.0 }])
    }
}
