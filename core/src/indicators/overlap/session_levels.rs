//! Session Levels.

use crate::{Indicator, Span, Update, Zone, num, time::Sessions};

crate::indicator! {
    /// The session's open, high and low so far, and the previous session's high, low and close: where the day's stops
    /// and breakouts lie.
    ///
    /// # Formula
    ///
    /// `open`, `high`, `low` of the session's bars up to this one; `previous_high`, `previous_low`, `previous_close` of
    /// all of the session before
    ///
    /// # Warm-up
    ///
    /// The session's own levels stand from the first bar, the previous session's from the second session on.
    ///
    /// # Edge cases
    ///
    /// A session begins with the first bar whose time belongs to another one.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let day = 86_400_000.0;
    /// let mut levels = [[0.0; 3]; 6];
    /// let (high, low) = ([3.0, 5.0, 4.0], [1.0, 2.0, 3.0]);
    /// let columns = [&low, &high, &low, &high, &[0.0, 0.5 * day, day]];
    /// SessionLevels::default().compute(columns.map(|column| &column[..]), levels.each_mut().map(|level| &mut level[..]))?;
    /// let [_, high, _, previous_high, ..] = levels;
    /// assert_eq!(high, [3.0, 5.0, 4.0]);
    /// assert_eq!(previous_high[2], 5.0);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Crabel, "Day Trading with Short Term Price Patterns and Opening Range Breakout", 1990.
    pub struct SessionLevels("session_levels", "Session Levels", Overlap) {
        /// How long a session is.
        session: Span = "day";
        /// Time zone of the session's calendar.
        zone: Zone = "utc";
        /// When a session's day begins, in minutes after local midnight; from noon on, the evening before.
        start: usize = 0, 0..=1_439;
    }
    inputs [Open, High, Low, Close, Time]
    outputs overlay [open: Line, high: Line, low: Line, previous_high: Line, previous_low: Line, previous_close: Line]
    undefined "in the first session, of the one before"
}

impl Indicator for SessionLevels {
    type In = [f64; 5];
    type Out = [f64; 6];
    type State = SessionLevelsState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SessionLevelsState {
        SessionLevelsState {
            sessions: Sessions::new(self.session, self.zone, self.start),
            session: None,
            previous: [f64::NAN; 3],
        }
    }
}

crate::state! {
    /// State of [`SessionLevels`].
    pub struct SessionLevelsState {
        sessions: Sessions,
        /// Open, high, low and close of the session so far.
        session: Option<[f64; 4]>,
        /// High, low and close of the session before.
        previous: [f64; 3],
    }
}

impl Update for SessionLevelsState {
    type In = [f64; 5];
    type Out = [f64; 6];

    #[inline]
    fn update(&mut self, [open, high, low, close, time]: [f64; 5]) -> Option<[f64; 6]> {
        let begins = self.sessions.begins(time);
        let session = match self.session {
            Some([open, highest, lowest, _]) if !begins => {
                [open, num::max(highest, high), num::min(lowest, low), close]
            }
            before => {
                if let Some([_, high, low, close]) = before {
                    self.previous = [high, low, close];
                }
                [open, high, low, close]
            }
        };
        self.session = Some(session);
        let ([open, high, low, _], [previous_high, previous_low, previous_close]) = (session, self.previous);
        Some([open, high, low, previous_high, previous_low, previous_close])
    }
}
