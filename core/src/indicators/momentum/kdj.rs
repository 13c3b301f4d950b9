//! KDJ.

use crate::kernels::{Average, Range};
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// A stochastic oscillator with Wilder's smoothing and a third line, `j`, that runs ahead of the other two.
    ///
    /// # Formula
    ///
    /// `k`, `d` as in `stoch`, `j = 3 · k - 2 · d`
    ///
    /// # Warm-up
    ///
    /// As `stoch`.
    ///
    /// # Edge cases
    ///
    /// As `stoch`.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([4.0, 6.0, 8.0], [0.0, 2.0, 4.0], [2.0, 6.0, 5.0]);
    /// let [mut k, mut d, mut j] = [[0.0; 3]; 3];
    /// let kdj = Kdj::new(2, 1, MaType::Sma, 2, MaType::Sma)?;
    /// kdj.compute([&high, &low, &close], [&mut k, &mut d, &mut j])?;
    /// assert_eq!([k[2], d[2], j[2]], [50.0, 75.0, 0.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Lane, "Lane's Stochastics", 1984. TA-Lib `KDJ`.
    pub struct Kdj("kdj", "KDJ", Momentum) {
        /// Window of the range in bars.
        fastk: usize = 9, 1..=100_000;
        /// First smoothing in bars.
        slowk: usize = 3, 1..=100_000;
        /// Kind of the first smoothing.
        slowk_ma: MaType = "rma";
        /// Second smoothing in bars.
        slowd: usize = 3, 1..=100_000;
        /// Kind of the second smoothing.
        slowd_ma: MaType = "rma";
    }
    inputs [High, Low, Close]
    outputs pane [k: Line, d: Line, j: Line]
    talib KDJ(fastk: fastk_period, slowk: slowk_period, slowk_ma: slowk_matype, slowd: slowd_period, slowd_ma: slowd_matype)
}

impl Indicator for Kdj {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = KdjState;

    fn lookback(&self) -> usize {
        self.fastk - 1
            + Average::lookback(self.slowk_ma, self.slowk)
            + Average::lookback(self.slowd_ma, self.slowd)
    }

    fn state(&self) -> KdjState {
        KdjState {
            range: Range::new(self.fastk),
            k: Average::new(self.slowk_ma, self.slowk),
            d: Average::new(self.slowd_ma, self.slowd),
        }
    }
}

crate::state! {
    /// State of [`Kdj`].
    pub struct KdjState {
        range: Range,
        k: Average,
        d: Average,
    }
}

impl Update for KdjState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 3]> {
        let fast = self.range.place(high, low, close)?;
        let k = self.k.update(fast)?;
        let d = self.d.update(k)?;
        Some([k, d, 3.0 * k - 2.0 * d])
    }
}
