//! Modified Hikkake.

use crate::kernels::candles::{Candles, Confirmation};
use crate::{Indicator, Update};

crate::indicator! {
    /// A hikkake (`cdl_hikkake`) after a bar that already leaned the wrong way: two inside bars, one within the other,
    /// the outer closing near the extreme that then breaks and fails. Read as a reversal to the other side, more so
    /// once a close confirms it.
    ///
    /// # Formula
    ///
    /// +100 (bullish) when a bar inside the range of the one before it closes near its own low, the next bar is inside
    /// its range in turn, and the bar after that has a lower high and a lower low. −100 (bearish) when the same holds
    /// upside down. +200 for the first of the next three bars that closes above the innermost bar's high (after +100),
    /// −200 for the first that closes below its low (after −100). 0 otherwise.
    ///
    /// Near is a fifth of the mean range of the five bars before.
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 10: four bars make a pattern, the second of them is measured against the five
    /// before, and the three rows before the first value are searched for a pattern to confirm.
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
    /// // Open, high, low, close: two inside bars, a false break down, the confirmation.
    /// let quiet = [[20.0, 22.0, 19.0, 21.0]; 8];
    /// let pattern = [
    ///     [20.5, 21.5, 19.5, 19.6],
    ///     [20.0, 21.0, 19.8, 20.3],
    ///     [20.0, 20.8, 19.6, 19.9],
    ///     [20.0, 22.0, 19.9, 21.8],
    /// ];
    /// let mut stream = CdlHikkakeMod::default().stream();
    /// let values: Vec<_> = quiet.into_iter().chain(pattern).map(|bar| stream.update(bar)).collect();
    /// assert_eq!(values[10..], [Some([100.0]), Some([200.0])]);
    /// ```
    ///
    /// # References
    ///
    /// Chesler, "Trading False Moves with the Hikkake Pattern", Active Trader, 2004. TA-Lib `CDLHIKKAKEMOD`.
    pub struct CdlHikkakeMod("cdl_hikkake_mod", "Modified Hikkake", Candlestick) {}
    inputs [Open, High, Low, Close]
    outputs pane [cdl_hikkake_mod: Pattern]
    talib CDLHIKKAKEMOD()
}

const LOOKBACK: usize = 10;

impl Indicator for CdlHikkakeMod {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = CdlHikkakeModState;

    fn lookback(&self) -> usize {
        LOOKBACK
    }

    fn state(&self) -> CdlHikkakeModState {
        CdlHikkakeModState { candles: Candles::new(LOOKBACK), confirmation: Confirmation::new() }
    }
}

crate::state! {
    /// State of [`CdlHikkakeMod`].
    pub struct CdlHikkakeModState {
        candles: Candles,
        confirmation: Confirmation,
    }
}

impl Update for CdlHikkakeModState {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 4]) -> Option<[f64; 1]> {
        let missing = self.candles.push(bar);
        if missing > Confirmation::BARS {
            return None;
        }
        let [first, second, inside, bar] = self.candles.last();
        let are_inside = second.high < first.high
            && second.low > first.low
            && inside.high < second.high
            && inside.low > second.low;
        let falls = bar.high < inside.high && bar.low < inside.low;
        let rises = bar.high > inside.high && bar.low > inside.low;
        let leans = || {
            (falls && second.close <= second.low + second.near())
                || (rises && second.close >= second.high - second.near())
        };
        let level = if falls { inside.high } else { inside.low };
        let shown = (are_inside && leans()).then_some((falls, level));
        let value = self.confirmation.update(shown, bar.close);
        (missing == 0).then_some([value])
    }
}
