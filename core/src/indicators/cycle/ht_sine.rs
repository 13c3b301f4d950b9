//! Hilbert Transform, Sine Wave.

use crate::kernels::{Hilbert, Phase, sine};
use crate::{Indicator, Update};

crate::indicator! {
    /// The sine of the dominant cycle's phase, and the same an eighth of a cycle ahead: their crossings mark turns in a
    /// market that cycles.
    ///
    /// # Formula
    ///
    /// `sine = sin(phase)`, `lead = sin(phase + 45°)`, see `ht_dcphase`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row 63, 37 of which only fill the smoothing.
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
    /// let mut stream = HtSine::default().stream();
    /// let row = (0..200).filter_map(|bar| stream.update([100.0 + f64::from(bar % 20 - 10).abs()])).last();
    /// let [sine, lead] = row.unwrap();
    /// assert!(sine.abs() <= 1.0 && lead.abs() <= 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Ehlers, "Rocket Science for Traders", 2001, ch. 9. TA-Lib `HT_SINE`.
    pub struct HtSine("ht_sine", "Hilbert Transform, Sine Wave", Cycle) {}
    inputs [Close]
    outputs pane [sine: Line, lead: Line]
    talib HT_SINE()
}

impl Indicator for HtSine {
    type In = [f64; 1];
    type Out = [f64; 2];
    type State = HtSineState;

    fn lookback(&self) -> usize {
        Hilbert::LONG.lookback
    }

    fn state(&self) -> HtSineState {
        HtSineState { phase: Phase::new() }
    }
}

crate::state! {
    /// State of [`HtSine`].
    pub struct HtSineState {
        phase: Phase,
    }
}

impl Update for HtSineState {
    type In = [f64; 1];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 2]> {
        let (_, degrees) = self.phase.update(x)?;
        self.phase.is_warm().then(|| sine(degrees))
    }
}
