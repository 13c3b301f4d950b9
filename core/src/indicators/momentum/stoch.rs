//! Stochastic Oscillator.

use crate::kernels::{
    Average, Extremes, Range, WINDOWED, buffer, chunks, parts, parts_mut, warm_up, windows,
};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// Where the close stands in the recent range, from 0 (at the low) to 100 (at the high), smoothed once (`k`) and
    /// again (`d`).
    ///
    /// # Formula
    ///
    /// `fast = 100 · (close - lowest low) / (highest high - lowest low)` over `fastk` bars, `k = ma(fast, slowk)`, `d =
    /// ma(k, slowd)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `fastk - 1` plus the lookbacks of both averages: `fastk + slowk + slowd - 3` with
    /// simple ones.
    ///
    /// # Edge cases
    ///
    /// Where the range is zero (to within rounding), `fast` is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([4.0, 6.0, 8.0], [0.0, 2.0, 4.0], [2.0, 6.0, 5.0]);
    /// let [mut k, mut d] = [[0.0; 3]; 2];
    /// let stoch = Stoch::new(2, 1, MaType::Sma, 2, MaType::Sma)?;
    /// stoch.compute([&high, &low, &close], [&mut k, &mut d])?;
    /// assert_eq!((k[2], d[2]), (50.0, 75.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lane, "Lane's Stochastics", 1984. TA-Lib `STOCH`.
    pub struct Stoch("stoch", "Stochastic Oscillator", Momentum) {
        /// Window of the range in bars.
        fastk: usize = 5, 1..=100_000;
        /// First smoothing in bars.
        slowk: usize = 3, 1..=100_000;
        /// Kind of the first smoothing.
        slowk_ma: MaType = "sma";
        /// Second smoothing in bars.
        slowd: usize = 3, 1..=100_000;
        /// Kind of the second smoothing.
        slowd_ma: MaType = "sma";
    }
    inputs [High, Low, Close]
    outputs pane [k: Line, d: Line]
    talib STOCH(fastk: fastk_period, slowk: slowk_period, slowk_ma: slowk_matype, slowd: slowd_period, slowd_ma: slowd_matype)
}

impl Indicator for Stoch {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = StochState;

    fn lookback(&self) -> usize {
        self.fastk - 1
            + Average::lookback(self.slowk_ma, self.slowk)
            + Average::lookback(self.slowd_ma, self.slowd)
    }

    fn state(&self) -> StochState {
        StochState {
            range: Range::new(self.fastk),
            k: Average::new(self.slowk_ma, self.slowk),
            d: Average::new(self.slowd_ma, self.slowd),
        }
    }

    fn run(&self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        let ([high, low, close], [ks, ds]) = (inputs, outputs);
        let (rows, first, last) = (close.len(), self.fastk - 1, self.lookback());
        if rows > WINDOWED || rows <= last {
            self.state().run(inputs, [ks, ds]);
            return;
        }
        windows(self.fastk, [high, low], [&mut *ks, &mut *ds], Extremes());
        let mut fast = buffer(rows, rows);
        for (((fast, highest), lowest), close) in fast.iter_mut().zip(&*ks).zip(&*ds).zip(close) {
            *fast = Range::share(*highest, *lowest, *close);
        }
        Average::run_whole(self.slowk_ma, self.slowk, &fast[first..], &mut ks[first..]);
        let slow = first + Average::lookback(self.slowk_ma, self.slowk);
        Average::run_whole(self.slowd_ma, self.slowd, &ks[slow..], &mut ds[slow..]);
        ks[..last].fill(f64::NAN);
        ds[..slow].fill(f64::NAN);
    }
}

crate::state! {
    /// State of [`Stoch`].
    pub struct StochState {
        range: Range,
        k: Average,
        d: Average,
    }
}

impl Update for StochState {
    type In = [f64; 3];
    type Out = [f64; 2];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let fast = self.range.place(high, low, close)?;
        let k = self.k.update(fast)?;
        let d = self.d.update(k)?;
        Some([k, d])
    }

    fn run(&mut self, inputs: [&[f64]; 3], mut outputs: [&mut [f64]; 2]) {
        let silent = self.range.silent().min(inputs[0].len());
        let [high, low, _] = parts(inputs, 0..silent);
        self.range.run([high, low], parts_mut(&mut outputs, 0..silent));
        let rest = parts(inputs, silent..inputs[0].len());
        let start = silent + warm_up(self, &rest, &mut parts_mut(&mut outputs, silent..inputs[0].len()));
        let [ks, ds] = outputs;
        let mut fast = buffer(ks.len() - start, WINDOWED);
        for rows in chunks(start..ks.len(), 0, WINDOWED) {
            let fast = &mut fast[..rows.len()];
            self.range.run_place(parts(inputs, rows.clone()), fast);
            self.k.run(fast, &mut ks[rows.clone()]);
            self.d.run(&ks[rows.clone()], &mut ds[rows]);
        }
    }
}
