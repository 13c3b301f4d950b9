//! HalfTrend.

use crate::kernels::{AverageRange, Range, Simple};
use crate::{FirstRange, Indicator, Update, num};

crate::indicator! {
    /// A trend line that steps: it turns only when the average of highs or lows has passed the extreme held so far and
    /// the close breaks the previous bar. `direction` is +1 in an up-trend, -1 in a down-trend.
    ///
    /// # Formula
    ///
    /// Over the last `amplitude` bars: `top` = highest high, `bottom` = lowest low, `avg_high`, `avg_low` = means of
    /// highs and lows. Then:
    ///
    /// - watching for a fall: `floor` rises to `bottom` when that is higher; when `avg_high < floor` and the close is
    ///   below the previous low, the trend turns down, a rise is watched for, and `ceiling = top`;
    /// - watching for a rise: `ceiling` falls to `top` when that is lower; when `avg_low > ceiling` and the close is
    ///   above the previous high, the trend turns up, a fall is watched for, and `floor = bottom`;
    /// - the line stays where it is on a turn, otherwise rises to `floor` in an up-trend and falls to `ceiling` in a
    ///   down-trend;
    /// - `upper, lower = line ± deviation · atr(atr_period) / 2`.
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `max(amplitude - 1, atr_period)`. It begins in an up-trend, watching for a rise,
    /// with `floor` and `ceiling` at the extremes of the bar before the first whole window. `first` lets the range
    /// begin a row earlier.
    ///
    /// # Edge cases
    ///
    /// A flat series gives exactly its value.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut line, mut upper, mut lower, mut direction] = [[0.0; 3]; 4];
    /// let outputs = [&mut line[..], &mut upper, &mut lower, &mut direction];
    /// Halftrend::new(2, 2.0, 2)?.compute([&[11.0; 3], &[9.0; 3], &[10.0; 3]], outputs)?;
    /// assert_eq!([line[2], upper[2], lower[2], direction[2]], [9.0, 11.0, 7.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Orekhov (everget), HalfTrend for TradingView, 2018.
    pub struct Halftrend("halftrend", "HalfTrend", Overlap) {
        /// Window in bars.
        amplitude: usize = 2, 1..=100_000;
        /// Halves of the average true range from the line to a band.
        deviation: f64 = 2.0, 0.0..=3e37;
        /// Length of the average true range in bars.
        atr_period: usize = 100, 1..=100_000;
    }
    seeding {
        /// Whether the first bar has a true range.
        first: FirstRange = "skip";
    }
    inputs [High, Low, Close]
    outputs overlay [halftrend: Line, upper: Upper, lower: Lower, direction: Direction]
    conventions [TradingView { first: "include" }, Wilder { first: "include" }]
}

impl Indicator for Halftrend {
    type In = [f64; 3];
    type Out = [f64; 4];
    type State = HalftrendState;

    fn lookback(&self) -> usize {
        (self.amplitude - 1).max(AverageRange::lookback(self.atr_period, self.first))
    }

    fn state(&self) -> HalftrendState {
        HalftrendState {
            deviation: self.deviation,
            extremes: Range::new(self.amplitude),
            highs: Simple::new(self.amplitude),
            lows: Simple::new(self.amplitude),
            range: AverageRange::new(self.atr_period, self.first),
            before: None,
            trend: None,
        }
    }
}

crate::state! {
    /// State of [`Halftrend`].
    pub struct HalftrendState {
        deviation: f64,
        extremes: Range,
        highs: Simple,
        lows: Simple,
        range: AverageRange,
        /// High and low of the previous bar.
        before: Option<[f64; 2]>,
        trend: Option<Trend>,
    }
}

crate::state! {
    #[derive(Default)]
    struct Trend {
        line: f64,
        /// Highest low since the trend turned up.
        floor: f64,
        /// Lowest high since the trend turned down.
        ceiling: f64,
        falling: bool,
        /// Whether the next turn that is watched for is a fall.
        awaits_fall: bool,
    }
}

impl Update for HalftrendState {
    type In = [f64; 3];
    type Out = [f64; 4];

    #[inline]
    fn update(&mut self, bar: [f64; 3]) -> Option<[f64; 4]> {
        let [high, low, close] = bar;
        let extremes = self.extremes.update(high, low);
        let averages = (self.highs.update(high), self.lows.update(low));
        let range = self.range.update(bar);
        let [high_before, low_before] = self.before.replace([high, low]).unwrap_or([high, low]);
        let ([top, bottom], average_high, average_low) = (extremes?, averages.0?, averages.1?);
        let trend = self.trend.get_or_insert(Trend {
            line: low_before,
            floor: low_before,
            ceiling: high_before,
            falling: false,
            awaits_fall: false,
        });
        let was_falling = trend.falling;
        if trend.awaits_fall {
            trend.floor = num::max(bottom, trend.floor);
            if average_high < trend.floor && close < low_before {
                (trend.falling, trend.awaits_fall, trend.ceiling) = (true, false, top);
            }
        } else {
            trend.ceiling = num::min(top, trend.ceiling);
            if average_low > trend.ceiling && close > high_before {
                (trend.falling, trend.awaits_fall, trend.floor) = (false, true, bottom);
            }
        }
        if trend.falling == was_falling {
            trend.line = if trend.falling {
                num::min(trend.ceiling, trend.line)
            } else {
                num::max(trend.floor, trend.line)
            };
        }
        let width = self.deviation * (0.5 * range?);
        let direction = if trend.falling { -1.0 } else { 1.0 };
        Some([trend.line, trend.line + width, trend.line - width, direction])
    }
}
