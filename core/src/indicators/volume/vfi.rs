//! Volume Flow Indicator.

use crate::kernels::{Deviations, Simple, Smoothed, Total, Window, log_ratio, signed_volume};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// Volume of bars that move enough, signed by their direction and cut at a multiple of its average, in units of
    /// average volume, with a signal line.
    ///
    /// # Formula
    ///
    /// `cutoff = coefficient · close · σ`, `σ` the standard deviation of the last `deviation` values of `ln(typical[i]
    /// / typical[i-1])`; `usual` is `sma(volume, period)` of the bar before; a bar counts `± min(volume, limit ·
    /// usual)` when its typical price moves by more than the cutoff; `vfi = ema(Σ of period bars / usual, smooth)`,
    /// `signal = ema(vfi, signal)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(period, deviation) + period + smooth + signal - 3`.
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
    /// let [mut vfi, mut signal] = [[0.0; 3]; 2];
    /// let flow = Vfi::new(1, 0.2, 2.5, 2, 1, 1)?;
    /// flow.compute([&price, &price, &price, &[1.0, 1.0, 2.0]], [&mut vfi, &mut signal])?;
    /// assert_eq!((vfi[2], signal[2]), (2.0, 2.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Katsanos, "Volume Flow Indicator", Technical Analysis of Stocks & Commodities 22:6, 2004, as in LazyBear's
    /// script on TradingView.
    pub struct Vfi("vfi", "Volume Flow Indicator", Volume) {
        /// Window in bars.
        period: usize = 130, 1..=100_000;
        /// Standard deviations that the price must move by.
        coefficient: f64 = 0.2, 0.0..=1e6;
        /// Multiple of the average that volume is cut at.
        limit: f64 = 2.5, 0.0..=1e6;
        /// Window of the standard deviation in returns.
        deviation: usize = 30, 2..=100_000;
        /// Smoothing in bars.
        smooth: usize = 3, 1..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 5, 1..=100_000;
    }
    inputs [High, Low, Close, Volume]
    outputs pane [vfi: Line, signal: Line]
}

impl Indicator for Vfi {
    type In = [f64; 4];
    type Out = [f64; 2];
    type State = VfiState;

    fn lookback(&self) -> usize {
        self.period.max(self.deviation) + self.period + self.smooth + self.signal - 3
    }

    fn state(&self) -> VfiState {
        VfiState {
            coefficient: self.coefficient,
            limit: self.limit,
            before: None,
            returns: Window::new(self.deviation),
            average: Simple::new(self.period),
            usual: None,
            flows: Window::new(self.period),
            smooth: Smoothed::exponential(self.smooth),
            signal: Smoothed::exponential(self.signal),
        }
    }
}

crate::state! {
    /// State of [`Vfi`].
    pub struct VfiState {
        coefficient: f64,
        limit: f64,
        /// Typical price of the previous bar.
        before: Option<f64>,
        returns: Window<Deviations>,
        average: Simple,
        /// Average volume up to the previous bar.
        usual: Option<f64>,
        flows: Window<Total>,
        smooth: Smoothed,
        signal: Smoothed,
    }
}

impl Update for VfiState {
    type In = [f64; 4];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close, volume]: [f64; 4]) -> Option<[f64; 2]> {
        let typical = (high + low + close) / 3.0;
        let usual = std::mem::replace(&mut self.usual, self.average.update(volume));
        let before = self.before.replace(typical)?;
        let deviation = self.returns.push(log_ratio(typical, before));
        let (_, deviation) = deviation?.mean_and_deviation();
        let usual = usual?;
        let (moved, cutoff) = (typical - before, self.coefficient * deviation * close);
        let counted = num::min(volume, self.limit * usual);
        let flow = if moved.abs() > cutoff { signed_volume(moved, counted) } else { 0.0 };
        let flows = self.flows.push(flow)?.fold.0;
        let vfi = self.smooth.update(if usual > 0.0 { flows / usual } else { 0.0 })?;
        self.signal.update(vfi).map(|signal| [vfi, signal])
    }
}
