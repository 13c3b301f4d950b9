//! Pivot Points.

use crate::{Indicator, Span, Update, Zone, num, time::Sessions};

crate::indicator! {
    /// Levels of support and resistance for the session, computed from the session before.
    ///
    /// # Formula
    ///
    /// From open O, high H, low L and close C of the previous session, R = H - L, and `pivot` P:
    ///
    /// | method | P | levels |
    /// |---|---|---|
    /// | `classic` | (H + L + C) / 3 | r1 = 2P - L, r2 = P + R, r3 = H + 2(P - L), r4 = r3 + (P - L) |
    /// | `fibonacci` | (H + L + C) / 3 | r1, r2, r3 = P + 0.382R, 0.618R, R |
    /// | `camarilla` | (H + L + C) / 3 | r1 … r4 = C + 1.1R / 12, / 6, / 4, / 2 |
    /// | `woodie` | (H + L + 2 · this session's open) / 4 | r1 = 2P - L, r2 = P + R, r3 = H + 2(P - L), r4 = r3 + R |
    /// | `demark` | X / 4 | r1 = X / 2 - L, s1 = X / 2 - H |
    ///
    /// Supports mirror the resistances: s1 = 2P - H, s2 = P - R, and so on. DeMark's X is H + L + 2C if C = O, 2H + L +
    /// C if C is above O, else H + 2L + C.
    ///
    /// # Warm-up
    ///
    /// The levels stand from the first bar of the second session on.
    ///
    /// # Edge cases
    ///
    /// A level that a method does not have is NaN. A session begins with the first bar whose time belongs to another
    /// one.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let day = 86_400_000.0;
    /// let mut levels = [[0.0; 2]; 9];
    /// let columns = [[2.0; 2], [4.0; 2], [1.0; 2], [1.0; 2], [0.0, day]];
    /// Pivots::default().compute(columns.each_ref().map(|column| &column[..]), levels.each_mut().map(|level| &mut level[..]))?;
    /// let [pivot, r1, ..] = levels;
    /// assert_eq!((pivot[1], r1[1]), (2.0, 3.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TradingView, "Pivot Points Standard", help centre. Person, "A Complete Guide to Technical Trading Tactics",
    /// 2004. DeMark, "The New Science of Technical Analysis", 1994.
    pub struct Pivots("pivots", "Pivot Points", Overlap) {
        /// How the levels are computed.
        method: PivotMethod = "classic";
        /// How long a session is.
        session: Span = "day";
        /// Time zone of the session's calendar.
        zone: Zone = "utc";
        /// When a session's day begins, in minutes after local midnight; from noon on, the evening before.
        start: usize = 0, 0..=1_439;
    }
    inputs [Open, High, Low, Close, Time]
    outputs overlay [pivot: Line, r1: Line, r2: Line, r3: Line, r4: Line, s1: Line, s2: Line, s3: Line, s4: Line]
    undefined "in the first session, and where the method has no such level"
}

impl Indicator for Pivots {
    type In = [f64; 5];
    type Out = [f64; 9];
    type State = PivotsState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> PivotsState {
        PivotsState {
            method: self.method,
            sessions: Sessions::new(self.session, self.zone, self.start),
            session: None,
            levels: None,
        }
    }
}

crate::state! {
    /// State of [`Pivots`].
    pub struct PivotsState {
        method: PivotMethod,
        sessions: Sessions,
        /// Open, high, low and close of the session so far.
        session: Option<[f64; 4]>,
        levels: Option<[f64; 9]>,
    }
}

crate::choice! {
    /// How [`Pivots`] are computed.
    pub enum PivotMethod {
        /// Floor traders'.
        Classic = "classic" 0,
        /// With Fibonacci's ratios.
        Fibonacci = "fibonacci" 1,
        /// Nick Scott's.
        Camarilla = "camarilla" 2,
        /// Woodie's, from this session's open.
        Woodie = "woodie" 3,
        /// Tom DeMark's.
        DeMark = "demark" 4,
    }
}

impl PivotMethod {
    /// The pivot, four resistances and four supports from a session's open, high, low and close, and the next one's
    /// open.
    fn levels(self, [open, high, low, close]: [f64; 4], next_open: f64) -> [f64; 9] {
        let range = high - low;
        let none = f64::NAN;
        let around = |pivot: f64, middle: f64, distances: [f64; 4]| {
            let [r1, r2, r3, r4] = distances.map(|distance| middle + distance);
            let [s1, s2, s3, s4] = distances.map(|distance| middle - distance);
            [pivot, r1, r2, r3, r4, s1, s2, s3, s4]
        };
        let mirrored = |pivot: f64, step: [f64; 2]| {
            // How far the pivot is from the low and from the high.
            let (below, above) = (pivot - low, high - pivot);
            let (r3, s3) = (high + 2.0 * below, low - 2.0 * above);
            let [up, down] = step;
            [pivot, pivot + below, pivot + range, r3, r3 + up, pivot - above, pivot - range, s3, s3 - down]
        };
        let typical = (high + low + close) / 3.0;
        match self {
            Self::Classic => mirrored(typical, [typical - low, high - typical]),
            Self::Fibonacci => around(typical, typical, [0.382 * range, 0.618 * range, range, none]),
            Self::Camarilla => around(typical, close, [12.0, 6.0, 4.0, 2.0].map(|part| 1.1 * range / part)),
            Self::Woodie => mirrored((high + low + 2.0 * next_open) / 4.0, [range, range]),
            Self::DeMark => {
                let sum = high
                    + low
                    + close
                    + if close > open {
                        high
                    } else if close < open {
                        low
                    } else {
                        close
                    };
                [sum / 4.0, sum / 2.0 - low, none, none, none, sum / 2.0 - high, none, none, none]
            }
        }
    }
}

impl Update for PivotsState {
    type In = [f64; 5];
    type Out = [f64; 9];

    #[inline]
    fn update(&mut self, [open, high, low, close, time]: [f64; 5]) -> Option<[f64; 9]> {
        if self.sessions.begins(time) {
            if let Some(session) = self.session {
                self.levels = Some(self.method.levels(session, open));
            }
            self.session = Some([open, high, low, close]);
        } else if let Some([_, highest, lowest, last]) = &mut self.session {
            *highest = num::max(*highest, high);
            *lowest = num::min(*lowest, low);
            *last = close;
        }
        self.levels
    }
}
