//! Volume Price Confirmation Indicator.

use crate::kernels::{Pairs, Simple, Window};
use crate::{Indicator, Update};

crate::indicator! {
    /// Whether volume confirms the price's trend: above 0 the bars that count most lie with it.
    ///
    /// # Formula
    ///
    /// `vpci = (vwma(x, long) - sma(x, long)) · vwma(x, short) / sma(x, short) · sma(volume, short) / sma(volume,
    /// long)`
    ///
    /// # Warm-up
    ///
    /// The first value stands at row `max(short, long) - 1`.
    ///
    /// # Edge cases
    ///
    /// Exactly 0 on a flat price; 0 where nothing was traded, or the short average is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut out = [0.0; 2];
    /// Vpci::new(1, 2)?.compute([&[1.0, 5.0], &[3.0, 1.0]], [&mut out])?;
    /// assert_eq!(out[1], -0.5); // 2 less 3, by 1, by 1 of 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Dormeier, "Between Price and Volume: the VPCI", Journal of Technical Analysis 65, 2007.
    pub struct Vpci("vpci", "Volume Price Confirmation Indicator", Volume) {
        /// Length of the short averages in bars.
        short: usize = 5, 1..=100_000;
        /// Length of the long averages in bars.
        long: usize = 20, 1..=100_000;
    }
    inputs [Close, Volume]
    outputs pane [vpci: Line]
}

impl Indicator for Vpci {
    type In = [f64; 2];
    type Out = [f64; 1];
    type State = VpciState;

    fn lookback(&self) -> usize {
        self.short.max(self.long) - 1
    }

    fn state(&self) -> VpciState {
        let side = |period: usize| Side {
            period,
            weighted: Window::new(period),
            price: Simple::new(period),
            volume: Simple::new(period),
        };
        VpciState { short: side(self.short), long: side(self.long) }
    }
}

crate::state! {
    /// State of [`Vpci`].
    pub struct VpciState {
        short: Side,
        long: Side,
    }
}

crate::state! {
    /// The averages of one length.
    struct Side {
        period: usize,
        weighted: Window<Pairs>,
        price: Simple,
        volume: Simple,
    }
}

impl Side {
    /// The weighted mean, the mean, and the mean volume.
    fn update(&mut self, [x, volume]: [f64; 2]) -> Option<[f64; 3]> {
        let weighted = self.weighted.push([x, volume]);
        let (price, volume) = (self.price.update(x), self.volume.update(volume));
        Some([weighted?.mean_by_weight(self.period), price?, volume?])
    }
}

impl Update for VpciState {
    type In = [f64; 2];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, row: [f64; 2]) -> Option<[f64; 1]> {
        let (short, long) = (self.short.update(row), self.long.update(row));
        let ([weighted, price, traded], [long_weighted, long_price, usual]) = (short?, long?);
        if (price == 0.0) | (usual <= 0.0) {
            return Some([0.0]);
        }
        Some([(long_weighted - long_price) * (weighted / price) * (traded / usual)])
    }
}
