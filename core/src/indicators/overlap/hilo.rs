//! Gann HiLo Activator.

use crate::kernels::Simple;
use crate::{Indicator, Update};

crate::indicator! {
    /// The average of the lows while the market rises, of the highs while it falls; it changes sides when a close
    /// breaks the other average. `direction` is +1 below the price, -1 above.
    ///
    /// # Formula
    ///
    /// A close above the previous bar's `sma(high, period)` makes it rise, one below the previous bar's `sma(low,
    /// period)` fall; `hilo` is `sma(low, period)` while rising and `sma(high, period)` while falling
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`; it counts as rising until a close says otherwise.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([11.0; 3], [9.0; 3], [10.0, 10.0, 8.0]);
    /// let [mut hilo, mut direction] = [[0.0; 3]; 2];
    /// Hilo::new(2)?.compute([&high, &low, &close], [&mut hilo, &mut direction])?;
    /// assert_eq!((hilo[2], direction[2]), (11.0, -1.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Krausz, "The New Gann Swing Chartist", Technical Analysis of Stocks & Commodities 16:2, 1998. As on TradingView;
    /// pandas-ta holds the line instead of following the average between turns.
    pub struct Hilo("hilo", "Gann HiLo Activator", Overlap) {
        /// Averaging length in bars.
        period: usize = 3, 1..=100_000;
    }
    inputs [High, Low, Close]
    outputs overlay [hilo: Line, direction: Direction]
}

impl Indicator for Hilo {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = HiloState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> HiloState {
        HiloState {
            highs: Simple::new(self.period),
            lows: Simple::new(self.period),
            before: None,
            falling: false,
        }
    }
}

crate::state! {
    /// State of [`Hilo`].
    pub struct HiloState {
        highs: Simple,
        lows: Simple,
        /// Both averages of the previous bar.
        before: Option<[f64; 2]>,
        falling: bool,
    }
}

impl Update for HiloState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let (upper, lower) = (self.highs.update(high), self.lows.update(low));
        let (upper, lower) = (upper?, lower?);
        let [upper_before, lower_before] = self.before.replace([upper, lower])?;
        if close > upper_before {
            self.falling = false;
        } else if close < lower_before {
            self.falling = true;
        }
        Some(if self.falling { [upper, -1.0] } else { [lower, 1.0] })
    }
}
