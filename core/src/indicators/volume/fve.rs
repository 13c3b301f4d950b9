//! Finite Volume Element.

use crate::kernels::{Total, Window, signed_volume};
use crate::{Indicator, Update};

crate::indicator! {
    /// The share of volume on bars that move up by more than a cutoff less that on bars that move down, -100 to 100.
    ///
    /// # Formula
    ///
    /// `moved = close - (high + low) / 2 + typical[i] - typical[i-1]`; a bar counts `± volume` when `|moved| > cutoff /
    /// 100 · close`; `fve = 100 · Σ counted / Σ volume` over `period` bars
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `period`.
    ///
    /// # Edge cases
    ///
    /// 0 where nothing was traded.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [1.0, 2.0, 4.0];
    /// let mut out = [0.0; 3];
    /// Fve::new(2, 0.3)?.compute([&price, &price, &price, &[1.0, 1.0, 2.0]], [&mut out])?;
    /// assert_eq!(out[2], 100.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Katsanos, "Detecting Breakouts with the Finite Volume Element", Technical Analysis of Stocks & Commodities 21:4,
    /// 2003.
    pub struct Fve("fve", "Finite Volume Element", Volume) {
        /// Window in bars.
        period: usize = 22, 1..=100_000;
        /// Smallest move that counts, in per cent of the close.
        cutoff: f64 = 0.3, 0.0..=100.0;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [fve: Line]
}

impl Indicator for Fve {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = FveState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> FveState {
        FveState {
            cutoff: self.cutoff / 100.0,
            before: None,
            counted: Window::new(self.period),
            volumes: Window::new(self.period),
        }
    }
}

crate::state! {
    /// State of [`Fve`].
    pub struct FveState {
        cutoff: f64,
        /// Typical price of the previous bar.
        before: Option<f64>,
        counted: Window<Total>,
        volumes: Window<Total>,
    }
}

impl Update for FveState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 1]> {
        let typical = (high + low + close) / 3.0;
        let moved = (close - 0.5 * (high + low)) + (typical - self.before.replace(typical)?);
        let counts = moved.abs() > self.cutoff * close;
        let counted = self.counted.push(if counts { signed_volume(moved, volume) } else { 0.0 });
        let (counted, volumes) = (counted, self.volumes.push(volume)?.fold.0);
        Some([if volumes > 0.0 { 100.0 * (counted?.fold.0 / volumes) } else { 0.0 }])
    }
}
