//! Session VWAP.

use crate::kernels::WeightedMean;
use crate::{Indicator, Span, Update, Zone, time::Sessions};

crate::indicator! {
    /// The average price paid since the session began, and bands around it: what a trader of the day measures a fill
    /// by.
    ///
    /// # Formula
    ///
    /// `vwap = Σ typical · volume / Σ volume` since the session's first bar, `typical = (high + low + close) / 3`
    ///
    /// `upper, lower = vwap ± multiplier · σ`, `σ² = Σ volume · (typical - vwap)² / Σ volume`
    ///
    /// # Warm-up
    ///
    /// None: the first bar of a session has a value.
    ///
    /// # Edge cases
    ///
    /// The typical price, and bands on it, until something was traded. A session begins with the first bar whose time
    /// belongs to another one: pauses, holidays and the change to summer time need no care.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let day = 86_400_000.0;
    /// let price = [1.0, 3.0, 7.0];
    /// let [mut vwap, mut upper, mut lower] = [[0.0; 3]; 3];
    /// let vwap_of_days = SessionVwap::default();
    /// let columns = [&price, &price, &price, &[5.0; 3], &[0.0, 0.5 * day, day]];
    /// vwap_of_days.compute(columns.map(|column| &column[..]), [&mut vwap, &mut upper, &mut lower])?;
    /// assert_eq!(vwap, [1.0, 2.0, 7.0]);
    /// assert_eq!(upper, [1.0, 4.0, 7.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// TradingView, "Volume Weighted Average Price (VWAP)", help centre. Deviation: West, "Updating Mean and Variance
    /// Estimates", 1979.
    pub struct SessionVwap("session_vwap", "Session VWAP", Volume) {
        /// Distance of the bands in standard deviations.
        multiplier: f64 = 2.0, 0.0..=100.0;
        /// How long a session is.
        session: Span = "day";
        /// Time zone of the session's calendar.
        zone: Zone = "utc";
        /// When a session's day begins, in minutes after local midnight; from noon on, the evening before.
        start: usize = 0, 0..=1_439;
    }
    inputs [High, Low, Close, Volume, Time]
    outputs overlay [vwap: Line, upper: Upper, lower: Lower]
}

impl Indicator for SessionVwap {
    type In = [f64; 5];
    type Out = [f64; 3];
    type State = SessionVwapState;

    fn lookback(&self) -> usize {
        0
    }

    fn state(&self) -> SessionVwapState {
        SessionVwapState {
            multiplier: self.multiplier,
            sessions: Sessions::new(self.session, self.zone, self.start),
            paid: WeightedMean::default(),
        }
    }
}

crate::state! {
    /// State of [`SessionVwap`].
    pub struct SessionVwapState {
        multiplier: f64,
        sessions: Sessions,
        paid: WeightedMean,
    }
}

impl Update for SessionVwapState {
    type In = [f64; 5];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, close, volume, time]: [f64; 5]) -> Option<[f64; 3]> {
        if self.sessions.begins(time) {
            self.paid = WeightedMean::default();
        }
        let [vwap, deviation] = self.paid.update((high + low + close) / 3.0, volume);
        let width = self.multiplier * deviation;
        Some([vwap, vwap + width, vwap - width])
    }
}
