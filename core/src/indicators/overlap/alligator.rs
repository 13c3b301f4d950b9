//! Williams Alligator.

use crate::kernels::Smoothed;
use crate::{Indicator, Update};

crate::indicator! {
    /// Three smoothed averages of the bars' middles, slow to fast: jaw, teeth and lips. Apart and in order they show a
    /// trend, entwined a market asleep.
    ///
    /// # Formula
    ///
    /// `jaw, teeth, lips = rma((high + low) / 2, length)`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(jaw, teeth, lips) - 1`.
    ///
    /// # Edge cases
    ///
    /// Every value stands at the bar it is computed from; a chart draws each line some bars later. A flat series gives
    /// exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut jaw, mut teeth, mut lips] = [[0.0; 3]; 3];
    /// let (high, low) = ([3.0, 5.0, 10.0], [1.0, 3.0, 8.0]);
    /// let alligator = Alligator::new(3, 8, 2, 5, 1, 3)?;
    /// alligator.compute([&high, &low], [&mut jaw, &mut teeth, &mut lips])?;
    /// assert_eq!([jaw[2], teeth[2], lips[2]], [5.0, 6.0, 9.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Williams, "Trading Chaos", 1995, ch. 11. As TradingView and Stock.Indicators, which give the values where they
    /// are drawn.
    pub struct Alligator("alligator", "Williams Alligator", Overlap) {
        /// Length of the slow average in bars.
        jaw: usize = 13, 1..=100_000;
        /// How many bars later the slow average is drawn.
        jaw_offset: usize = 8, 0..=10_000;
        /// Length of the middle average in bars.
        teeth: usize = 8, 1..=100_000;
        /// How many bars later the middle average is drawn.
        teeth_offset: usize = 5, 0..=10_000;
        /// Length of the fast average in bars.
        lips: usize = 5, 1..=100_000;
        /// How many bars later the fast average is drawn.
        lips_offset: usize = 3, 0..=10_000;
    }
    inputs [High, Low]
    outputs overlay [jaw: Line >> jaw_offset, teeth: Line >> teeth_offset, lips: Line >> lips_offset]
}

impl Indicator for Alligator {
    type In = [f64; 2];
    type Out = [f64; 3];
    type State = AlligatorState;

    fn lookback(&self) -> usize {
        self.jaw.max(self.teeth).max(self.lips) - 1
    }

    fn state(&self) -> AlligatorState {
        AlligatorState { lines: [self.jaw, self.teeth, self.lips].map(Smoothed::wilder) }
    }
}

crate::state! {
    /// State of [`Alligator`].
    pub struct AlligatorState {
        lines: [Smoothed; 3],
    }
}

impl Update for AlligatorState {
    type In = [f64; 2];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 3]> {
        let median = 0.5 * (high + low);
        let [jaw, teeth, lips] = &mut self.lines;
        let (jaw, teeth, lips) = (jaw.update(median), teeth.update(median), lips.update(median));
        Some([jaw?, teeth?, lips?])
    }
}
