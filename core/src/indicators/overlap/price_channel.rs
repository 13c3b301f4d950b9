//! Price Channel.

use crate::kernels::Range;
use crate::{Indicator, Update};

crate::indicator! {
    /// The highest high and lowest low of the bars before this one, so that a bar can break out of them: the turtles'
    /// channel.
    ///
    /// # Formula
    ///
    /// `upper` = highest high and `lower` = lowest low of the `period` bars before the bar itself, `middle = (upper +
    /// lower) / 2`. `donchian` counts the bar itself.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`.
    ///
    /// # Edge cases
    ///
    /// On a flat series the three lines are exactly equal.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 3]; 3];
    /// let (high, low) = ([3.0, 5.0, 9.0], [1.0, 2.0, 8.0]);
    /// PriceChannel::new(2)?.compute([&high, &low], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[2], middle[2], lower[2]], [5.0, 3.0, 1.0]); // the bar breaks out
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Faith, "The Original Turtle Trading Rules", 2003. As Stock.Indicators' Donchian channels.
    pub struct PriceChannel("price_channel", "Price Channel", Overlap) {
        /// Window in bars.
        period: usize = 20, 1..=100_000;
    }
    inputs [High, Low]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
}

impl Indicator for PriceChannel {
    type In = [f64; 2];
    type Out = [f64; 3];
    type State = PriceChannelState;

    fn lookback(&self) -> usize {
        self.period
    }

    fn state(&self) -> PriceChannelState {
        PriceChannelState { range: Range::new(self.period), before: None }
    }
}

crate::state! {
    /// State of [`PriceChannel`].
    pub struct PriceChannelState {
        range: Range,
        /// Of the bars before the next one.
        before: Option<[f64; 2]>,
    }
}

impl Update for PriceChannelState {
    type In = [f64; 2];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low]: [f64; 2]) -> Option<[f64; 3]> {
        let [upper, lower] = std::mem::replace(&mut self.before, self.range.update(high, low))?;
        Some([upper, 0.5 * (upper + lower), lower])
    }
}
