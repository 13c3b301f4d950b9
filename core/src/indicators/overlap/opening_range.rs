//! Opening Range.

use crate::{Indicator, Span, Update, Zone, num, time::Sessions};

crate::indicator! {
    /// The high and low of the session's first minutes: breakouts of it are traded for the rest of the day.
    ///
    /// # Formula
    ///
    /// `high`, `low` over the bars that open less than `minutes` after the session's first bar, up to this one;
    /// afterwards they stay
    ///
    /// # Warm-up
    ///
    /// None. While the range is forming, it is the range so far.
    ///
    /// # Edge cases
    ///
    /// A bar longer than `minutes` is a range by itself. A session begins with the first bar whose time belongs to
    /// another one.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let minute = 60_000.0;
    /// let [mut high, mut low] = [[0.0; 3]; 2];
    /// let range = OpeningRange::new(2, Span::Day, Zone::Utc, 0)?;
    /// range.compute([&[3.0, 5.0, 9.0], &[1.0, 2.0, 0.5], &[0.0, minute, 2.0 * minute]], [&mut high, &mut low])?;
    /// assert_eq!((high, low), ([3.0, 5.0, 5.0], [1.0, 1.0, 1.0]));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Crabel, "Day Trading with Short Term Price Patterns and Opening Range Breakout", 1990.
    pub struct OpeningRange("opening_range", "Opening Range", Overlap) {
        /// Length of the range in minutes.
        minutes: usize = 30, 1..=1_440;
        /// How long a session is.
        session: Span = "day";
        /// Time zone of the session's calendar.
        zone: Zone = "utc";
        /// When a session's day begins, in minutes after local midnight; from noon on, the evening before.
        start: usize = 0, 0..=1_439;
    }
    inputs [High, Low, Time]
    outputs overlay [high: Upper, low: Lower]
}

impl Indicator for OpeningRange {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = OpeningRangeState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> OpeningRangeState {
        OpeningRangeState {
            length: 60_000.0 * self.minutes as f64,
            sessions: Sessions::new(self.session, self.zone, self.start),
            end: 0.0,
            range: None,
        }
    }
}

crate::state! {
    /// State of [`OpeningRange`].
    pub struct OpeningRangeState {
        /// In milliseconds.
        length: f64,
        sessions: Sessions,
        /// When the range is complete.
        end: f64,
        range: Option<[f64; 2]>,
    }
}

impl Update for OpeningRangeState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, time]: [f64; 3]) -> Option<[f64; 2]> {
        if self.sessions.begins(time) {
            self.end = time + self.length;
            self.range = None;
        }
        let range = match self.range {
            None => [high, low],
            Some([highest, lowest]) if time < self.end => [num::max(highest, high), num::min(lowest, low)],
            Some(range) => range,
        };
        self.range = Some(range);
        Some(range)
    }
}
