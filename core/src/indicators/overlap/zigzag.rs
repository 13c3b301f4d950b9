//! Zig Zag.

use crate::{Indicator, Update};

crate::indicator! {
    /// The market's swings without its noise: turning points that the price has moved away from by at least `deviation`
    /// per cent.
    ///
    /// # Formula
    ///
    /// While the price rises from a low, the highest high so far is where the leg ends; it becomes a pivot when a later
    /// low is at least `deviation` per cent below it, and a leg down begins at that bar. Falling legs mirror this.
    /// `leg` is the running leg's extreme and `leg_bars` how many bars ago it was; `pivot` and `pivot_bars` are the
    /// last pivot's; `direction` is +1 while the leg rises, −1 while it falls.
    ///
    /// # Warm-up
    ///
    /// None for the leg. There is a pivot once the price has turned for the first time.
    ///
    /// # Edge cases
    ///
    /// The first leg counts as rising, from the first bar; there is no pivot before it ends. Of equal extremes the
    /// oldest counts. A bar that sets a new extreme does not also end its leg.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let price = [10.0, 12.0, 11.0, 9.0];
    /// let mut outputs = [[0.0; 4]; 5];
    /// Zigzag::new(20.0)?.compute([&price, &price], outputs.each_mut().map(|output| &mut output[..]))?;
    /// let [leg, _, pivot, pivot_bars, direction] = outputs;
    /// assert_eq!(leg, [10.0, 12.0, 12.0, 9.0]);
    /// assert_eq!((pivot[3], pivot_bars[3], direction[3]), (12.0, 2.0, -1.0)); // the high of two bars ago
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Merrill, "Filtered Waves", 1977. The last leg of a zig zag always moves with the market: charts that draw it
    /// redraw it.
    pub struct Zigzag("zigzag", "Zig Zag", Overlap) {
        /// Move that makes a turn, in per cent.
        deviation: f64 = 5.0, 0.01..=99.0;
    }
    inputs [High, Low]
    outputs overlay [leg: Line, leg_bars: Hidden, pivot: Line, pivot_bars: Hidden, direction: Direction]
    undefined "before the first pivot"
    repaints_by "the leg from the last pivot: its end moves with the price until the leg is over"
}

impl Indicator for Zigzag {
    type In = [f64; 2];
    type Out = [f64; 5];
    type State = ZigzagState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> ZigzagState {
        ZigzagState {
            down: 1.0 - self.deviation / 100.0,
            up: 1.0 + self.deviation / 100.0,
            rising: true,
            leg: None,
            pivot: [f64::NAN; 2],
        }
    }
}

crate::state! {
    /// State of [`Zigzag`].
    pub struct ZigzagState {
        /// What share of a high, and of a low, makes a turn.
        down: f64,
        up: f64,
        rising: bool,
        /// Price of the leg's extreme, and how many bars ago it was.
        leg: Option<[f64; 2]>,
        pivot: [f64; 2],
    }
}

impl ZigzagState {
    fn outputs(&self, [extreme, bars]: [f64; 2]) -> [f64; 5] {
        let [pivot, pivot_bars] = self.pivot;
        [extreme, bars, pivot, pivot_bars, if self.rising { 1.0 } else { -1.0 }]
    }
}

impl Update for ZigzagState {
    type In = [f64; 2];
    type Out = [f64; 5];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 5]> {
        let Some([extreme, bars]) = &mut self.leg else {
            self.leg = Some([high, 0.0]);
            return Some(self.outputs([high, 0.0]));
        };
        *bars += 1.0;
        self.pivot[1] += 1.0;
        let further = if self.rising { high > *extreme } else { low < *extreme };
        let turns = if self.rising { low <= *extreme * self.down } else { high >= *extreme * self.up };
        if further {
            *extreme = if self.rising { high } else { low };
            *bars = 0.0;
        } else if turns {
            self.pivot = [*extreme, *bars];
            self.rising = !self.rising;
            *extreme = if self.rising { high } else { low };
            *bars = 0.0;
        }
        let leg = [*extreme, *bars];
        Some(self.outputs(leg))
    }
}
