//! Hilbert Transform, Phasor Components.

use crate::kernels::Hilbert;
use crate::{Indicator, Update};

crate::indicator! {
    /// The in-phase and quadrature parts of the price's cycle.
    ///
    /// # Formula
    ///
    /// The detrended smoothed price of three bars ago, and its Hilbert transform
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 32, twelve of which only fill the smoothing.
    ///
    /// # Edge cases
    ///
    /// Both are 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let mut stream = HtPhasor::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [in_phase, quadrature] = row.unwrap();
    /// assert!(in_phase.abs() + quadrature.abs() > 0.1);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 6. TA-Lib `HT_PHASOR`.
    pub struct HtPhasor("ht_phasor", "Hilbert Transform, Phasor Components", Cycle) {}
    inputs [Close]
    outputs pane [in_phase: Line, quadrature: Line]
    talib HT_PHASOR()
}

impl Indicator for HtPhasor {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = HtPhasorState;

    fn lookback(&self) -> usize {
        Hilbert::SHORT.lookback
    }

    fn state(&self) -> HtPhasorState {
        HtPhasorState { hilbert: Hilbert::new(Hilbert::SHORT) }
    }
}

crate::state! {
    /// State of [`HtPhasor`].
    pub struct HtPhasorState {
        hilbert: Hilbert,
    }
}

impl Update for HtPhasorState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let cycle = self.hilbert.update(x)?;
        self.hilbert.is_warm().then_some([cycle.in_phase, cycle.quadrature])
    }
}
