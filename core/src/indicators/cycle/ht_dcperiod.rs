//! Hilbert Transform, Dominant Cycle Period.

use crate::kernels::Hilbert;
use crate::{Indicator, Update};

crate::indicator! {
    /// The length of the market's dominant cycle in bars, 6 to 50.
    ///
    /// # Formula
    ///
    /// The rate at which the phase of the Hilbert transform of the price turns, smoothed
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 32, twelve of which only fill the smoothing.
    ///
    /// # Edge cases
    ///
    /// On a flat series the least period.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut stream = HtDcperiod::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [period] = row.unwrap();
    /// assert!((15.0..25.0).contains(&period)); // the series repeats every 20 bars
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 7. TA-Lib `HT_DCPERIOD`.
    pub struct HtDcperiod("ht_dcperiod", "Hilbert Transform, Dominant Cycle Period", Cycle) {}
    inputs [Close]
    outputs pane [ht_dcperiod: Line]
    talib HT_DCPERIOD()
}

impl Indicator for HtDcperiod {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HtDcperiodState;

    fn lookback(&self) -> usize {
        Hilbert::SHORT.lookback
    }

    fn state(&self) -> HtDcperiodState {
        HtDcperiodState { hilbert: Hilbert::new(Hilbert::SHORT) }
    }
}

crate::state! {
    /// State of [`HtDcperiod`].
    pub struct HtDcperiodState {
        hilbert: Hilbert,
    }
}

impl Update for HtDcperiodState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let cycle = self.hilbert.update(x)?;
        self.hilbert.is_warm().then_some([cycle.period])
    }
}
