//! Supertrend.

use crate::kernels::{Smoothed, true_range};
use crate::{FirstRange, Indicator, Update};

crate::indicator! {
    /// A trailing stop that follows the price at a multiple of its average true range and changes sides when the
    /// close breaks it. `direction` is +1 while it trails below the price, −1 while above.
    ///
    /// # Formula
    ///
    /// With `mid = (high + low) / 2` and `atr` Wilder's average true range over `period`:
    ///
    /// - `upper` falls to `mid + multiplier · atr` when that is lower, and is set to it when the previous close was
    ///   above `upper`; otherwise it stays;
    /// - `lower` rises to `mid - multiplier · atr` when that is higher, and is set to it when the previous close was
    ///   below `lower`; otherwise it stays;
    /// - the trend turns down on a close below `lower`, up on a close above `upper`;
    /// - `supertrend` is `lower` in an up-trend, `upper` in a down-trend.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period`; the first trend is taken as up, a convention that lasts until the
    /// first turn.
    ///
    /// # Edge cases
    ///
    /// On a flat series both bands equal the price and the trend stays up.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, close) = ([11.0; 5], [9.0; 5], [10.0, 10.0, 10.0, 10.0, 1.0]);
    /// let [mut line, mut direction] = [[0.0; 5]; 2];
    /// Supertrend::new(2, 3.0)?.compute([&high, &low, &close], [&mut line, &mut direction])?;
    /// assert_eq!((line[3], direction[3]), (4.0, 1.0));
    /// assert_eq!((line[4], direction[4]), (16.0, -1.0));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Olivier Seban's Supertrend; conventions as TA-Lib 0.8 `SUPERTREND`.
    pub struct Supertrend("supertrend", "Supertrend", Overlap) {
        /// Averaging length of the true range in bars.
        period: usize = 10, 2..=100_000;
        /// Average true ranges from the middle of the bar to a band.
        multiplier: f64 = 3.0, 0.0..=3e37;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [supertrend: Line, direction: Direction]
    talib SUPERTREND(period: timeperiod, multiplier: multiplier)
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Supertrend {
    type In = [f64; 3];
    type Out = [f64; 2];
    type State = SupertrendState;

    fn lookback(&self) -> usize {
        match self.first {
            FirstRange::Skip => self.period,
            FirstRange::Include => self.period - 1,
        }
    }

    fn state(&self) -> SupertrendState {
        SupertrendState {
            multiplier: self.multiplier,
            first: self.first,
            range: Smoothed::wilder(self.period),
            close: None,
            bands: None,
        }
    }
}

crate::state! {
    /// State of [`Supertrend`].
    pub struct SupertrendState {
        multiplier: f64,
        first: FirstRange,
        range: Smoothed,
        /// Of the previous bar.
        close: Option<f64>,
        bands: Option<Bands>,
    }
}

crate::state! {
    #[derive(Default)]
    struct Bands {
        upper: f64,
        lower: f64,
        rising: bool,
    }
}

impl Update for SupertrendState {
    type In = [f64; 3];
    type Out = [f64; 2];

    #[inline]
    fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<[f64; 2]> {
        let before = self.close.replace(close);
        let range = match before {
            Some(before) => true_range(before, high, low),
            None if self.first == FirstRange::Include => high - low,
            None => return None,
        };
        let (range, previous_close) = (self.range.update(range)?, before?);
        let middle = 0.5 * (high + low);
        let (upper, lower) = (middle + self.multiplier * range, middle - self.multiplier * range);
        let bands = match &self.bands {
            None => Bands { upper, lower, rising: true },
            Some(before) => {
                let frees_upper = (upper < before.upper) | (previous_close > before.upper);
                let frees_lower = (lower > before.lower) | (previous_close < before.lower);
                let upper = if frees_upper { upper } else { before.upper };
                let lower = if frees_lower { lower } else { before.lower };
                let rising = if before.rising { close >= lower } else { close > upper };
                Bands { upper, lower, rising }
            }
        };
        let row = if bands.rising { [bands.lower, 1.0] } else { [bands.upper, -1.0] };
        self.bands = Some(bands);
        Some(row)
    }
}
