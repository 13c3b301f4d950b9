//! Ichimoku Cloud.

use crate::kernels::Range;
use crate::{Indicator, Update};

crate::indicator! {
    /// Trend, support and momentum at a glance: the middles of three ranges, two of them drawn ahead as a cloud.
    ///
    /// # Formula
    ///
    /// With `mid(n)` the middle between the highest high and the lowest low of `n` bars: `tenkan = mid(tenkan_period)`,
    /// `kijun = mid(kijun_period)`, `senkou_a = (tenkan + kijun) / 2`, `senkou_b = mid(senkou_period)`, `chikou =
    /// close`
    ///
    /// # Warm-up
    ///
    /// The first values stand where the longest range has its first.
    ///
    /// # Edge cases
    ///
    /// Every value stands at the bar it is computed from. A chart draws the cloud (`senkou_a`, `senkou_b`)
    /// `displacement` bars later and `chikou` as many bars earlier; the cloud under bar `i` is row `i - displacement`.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let high = [1.0, 2.0, 3.0, 4.0];
    /// let mut lines = [[0.0; 4]; 5];
    /// let ichimoku = Ichimoku::new(1, 2, 4, 26)?;
    /// ichimoku.compute([&high, &high, &high], lines.each_mut().map(|line| &mut line[..]))?;
    /// let [tenkan, kijun, senkou_a, senkou_b, chikou] = lines.map(|line| line[3]);
    /// assert_eq!([tenkan, kijun, senkou_a, senkou_b, chikou], [4.0, 3.5, 3.75, 2.5, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Hosoda, "Ichimoku Kinko Hyo", 1969; Elliott, "Ichimoku Charts", 2007. Charting programs draw the cloud 26 or,
    /// counting the bar itself, 25 bars ahead.
    pub struct Ichimoku("ichimoku", "Ichimoku Cloud", Overlap) {
        /// Range of the conversion line in bars.
        tenkan_period: usize = 9, 1..=100_000;
        /// Range of the base line in bars.
        kijun_period: usize = 26, 1..=100_000;
        /// Range of the cloud's slower edge in bars.
        senkou_period: usize = 52, 1..=100_000;
        /// How many bars ahead the cloud is drawn, and behind the closing price.
        displacement: usize = 26, 0..=100_000;
    }
    inputs [High, Low, Close]
    outputs overlay [tenkan: Line, kijun: Line, senkou_a: Upper >> displacement, senkou_b: Lower >> displacement, chikou: Line << displacement]
}

impl Indicator for Ichimoku {
    type In = [f64; 3];
    type Out = [f64; 5];
    type State = IchimokuState;

    fn lookback(&self) -> usize {
        self.tenkan_period.max(self.kijun_period).max(self.senkou_period) - 1
    }

    fn state(&self) -> IchimokuState {
        IchimokuState {
            tenkan: Range::new(self.tenkan_period),
            kijun: Range::new(self.kijun_period),
            senkou: Range::new(self.senkou_period),
        }
    }
}

crate::state! {
    /// State of [`Ichimoku`].
    pub struct IchimokuState {
        tenkan: Range,
        kijun: Range,
        senkou: Range,
    }
}

impl Update for IchimokuState {
    type In = [f64; 3];
    type Out = [f64; 5];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 5]> {
        let [tenkan, kijun, senkou] = [&mut self.tenkan, &mut self.kijun, &mut self.senkou]
            .map(|range| range.update(high, low).map(|[highest, lowest]| 0.5 * (highest + lowest)));
        let (tenkan, kijun) = (tenkan?, kijun?);
        Some([tenkan, kijun, 0.5 * (tenkan + kijun), senkou?, close])
    }
}
