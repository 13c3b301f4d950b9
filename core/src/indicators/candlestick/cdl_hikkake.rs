//! Hikkake.

use crate::kernels::candles::{Candles, Confirmation};
use crate::{Indicator, Update};

crate::indicator! {
    /// An inside bar whose breakout fails: the price leaves the inside bar on one side, and those who followed are
    /// caught when it turns (the word means to trap). Read as a move to the other side, more so once a close
    /// confirms it.
    ///
    /// # Formula
    ///
    /// +100 (bullish) when a bar inside the range of the one before it is followed by one with a lower high and a
    /// lower low, −100 (bearish) by one with a higher high and a higher low. +200 for the first of the next three
    /// bars that closes above the inside bar's high (after +100), −200 for the first that closes below its low (after
    /// −100). 0 otherwise.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 5: three bars can make a pattern, and the three rows before the first value
    /// are searched for one to confirm.
    ///
    /// # Edge cases
    ///
    /// A new pattern replaces one that still waits. A bar that could be both shows the new pattern, not the
    /// confirmation. Ranges that touch are not inside. Always 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// // Open, high, low, close: an inside bar, a false break down, the confirmation.
    /// let quiet = [[20.0, 21.5, 19.5, 21.0]; 4];
    /// let pattern = [[20.5, 21.0, 20.0, 20.3], [20.2, 20.8, 19.7, 19.9], [20.0, 22.0, 19.9, 21.8]];
    /// let mut stream = CdlHikkake::default().stream();
    /// let values: Vec<_> = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).collect();
    /// assert_eq!(values[5..], [Some([100.0]), Some([200.0])]);
    /// ```
    ///
    /// # References
    ///
    /// Chesler, "Trading False Moves with the Hikkake Pattern", Active Trader, 2004. TA-Lib `CDLHIKKAKE`.
    pub struct CdlHikkake("cdl_hikkake", "Hikkake", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_hikkake: Pattern]
    talib CDLHIKKAKE()
}

const LOOKBACK: usize = 5;

impl Indicator for CdlHikkake {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = CdlHikkakeState;

    fn lookback(&self) -> usize {
        LOOKBACK
    }

    fn state(&self) -> CdlHikkakeState {
        CdlHikkakeState { candles: Candles::new(LOOKBACK), confirmation: Confirmation::new() }
    }
}

crate::state! {
    /// State of [`CdlHikkake`].
    pub struct CdlHikkakeState {
        candles: Candles,
        confirmation: Confirmation,
    }
}

impl Update for CdlHikkakeState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 4]) -> Option<[f64; 1]> {
        let missing = self.candles.push(bar);
        if missing > Confirmation::BARS {
            return None;
        }
        let [first, inside, bar] = self.candles.last();
        let is_inside = inside.high < first.high && inside.low > first.low;
        let falls = bar.high < inside.high && bar.low < inside.low;
        let rises = bar.high > inside.high && bar.low > inside.low;
        let level = if falls { inside.high } else { inside.low };
        let shown = (is_inside && (falls || rises)).then_some((falls, level));
        let value = self.confirmation.update(shown, bar.close);
        (missing == 0).then_some([value])
    }
}
