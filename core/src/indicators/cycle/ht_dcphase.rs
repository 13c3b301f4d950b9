//! Hilbert Transform, Dominant Cycle Phase.

use crate::kernels::{Hilbert, Phase};
use crate::{Indicator, Update};

crate::indicator! {
    /// Where in its dominant cycle the market is, in degrees, -45 to 315.
    ///
    /// # Formula
    ///
    /// The angle of the smoothed price's Fourier component at the dominant period, its lag compensated
    ///
    /// # Warm-up
    ///
    /// The first value stands at row 63, 37 of which only fill the smoothing.
    ///
    /// # Edge cases
    ///
    /// Each bar costs a pass over at most 50 bars.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut stream = HtDcphase::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [phase] = row.unwrap();
    /// assert!((-45.0..=315.0).contains(&phase));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 9. TA-Lib `HT_DCPHASE`.
    pub struct HtDcphase("ht_dcphase", "Hilbert Transform, Dominant Cycle Phase", Cycle) {}
    inputs [Close]
    outputs pane [ht_dcphase: Line]
    talib HT_DCPHASE()
}

impl Indicator for HtDcphase {
    type In = [f64; 1];
    type Out = [f64; 1];
    type State = HtDcphaseState;

    fn lookback(&self) -> usize {
        Hilbert::LONG.lookback
    }

    fn state(&self) -> HtDcphaseState {
        HtDcphaseState { phase: Phase::new() }
    }
}

crate::state! {
    /// State of [`HtDcphase`].
    pub struct HtDcphaseState {
        phase: Phase,
    }
}

impl Update for HtDcphaseState {
    type In = [f64; 1];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let (_, degrees) = self.phase.update(x)?;
        self.phase.is_warm().then_some([degrees])
    }
}
