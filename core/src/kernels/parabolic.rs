//! Wilder's parabolic stop.

use crate::num;

crate::state! {
    /// How fast the stop moves towards the extreme.
    pub(crate) struct Pace {
        initial: f64,
        step: f64,
        maximum: f64,
    }
}

impl Pace {
    pub(crate) fn new(initial: f64, step: f64, maximum: f64) -> Self {
        Self { initial: num::min(initial, maximum), step: num::min(step, maximum), maximum }
    }
}

crate::state! {
    /// The stop and what moves it.
    pub(crate) struct Parabolic {
        long: Pace,
        short: Pace,
        /// Share by which the stop moves away on a change of sides.
        offset: f64,
        /// First stop; its sign is the first direction, 0 to decide by the data.
        start: f64,
        /// High and low of the previous bar.
        before: Option<[f64; 2]>,
        trade: Option<Trade>,
    }
}

crate::state! {
    /// The position the stop belongs to.
    #[derive(Default)]
    struct Trade {
        long: bool,
        rate: f64,
        extreme: f64,
        /// For the next bar.
        stop: f64,
    }
}

impl Parabolic {
    pub(crate) fn new(long: Pace, short: Pace, offset: f64) -> Self {
        Self { long, short, offset, start: 0.0, before: None, trade: None }
    }

    pub(crate) fn starting(self, start: f64) -> Self {
        Self { start, ..self }
    }

    /// Takes the next bar; the stop it met, and whether the position after it is long.
    #[inline]
    pub(crate) fn update(&mut self, [high, low]: [f64; 2]) -> Option<(f64, bool)> {
        let [mut high_before, mut low_before] = self.before.replace([high, low])?;
        let mut trade = self.trade.take().unwrap_or_else(|| {
            let trade = self.open([high_before, low_before], [high, low]);
            // The bar that opens the trade bounds the stop alone.
            (high_before, low_before) = (high, low);
            trade
        });
        let touched = if trade.long { low <= trade.stop } else { high >= trade.stop };
        let (top, bottom) = (num::max(high_before, high), num::min(low_before, low));
        // Above both bars while short, below both while long.
        let bounded = |stop: f64, long: bool| if long { num::min(stop, bottom) } else { num::max(stop, top) };
        let met;
        if touched {
            trade.long = !trade.long;
            let away = if trade.long { 1.0 - self.offset } else { 1.0 + self.offset };
            let stop = bounded(trade.extreme, trade.long);
            met = if self.offset == 0.0 { stop } else { stop * away };
            trade.stop = met;
            trade.extreme = if trade.long { high } else { low };
            trade.rate = self.pace(trade.long).initial;
        } else {
            met = trade.stop;
            let further = if trade.long { high > trade.extreme } else { low < trade.extreme };
            if further {
                trade.extreme = if trade.long { high } else { low };
                let pace = self.pace(trade.long);
                trade.rate = num::min(trade.rate + pace.step, pace.maximum);
            }
        }
        trade.stop = bounded(trade.stop + (trade.extreme - trade.stop) * trade.rate, trade.long);
        let long = trade.long;
        self.trade = Some(trade);
        Some((met, long))
    }

    fn pace(&self, long: bool) -> &Pace {
        if long { &self.long } else { &self.short }
    }

    /// The trade that begins with the second bar.
    fn open(&self, [high_before, low_before]: [f64; 2], [high, low]: [f64; 2]) -> Trade {
        let (rise, fall) = (high - high_before, low_before - low);
        let long = if self.start == 0.0 { !((fall > 0.0) & (fall > rise)) } else { self.start > 0.0 };
        let behind = if long { low_before } else { high_before };
        Trade {
            long,
            rate: self.pace(long).initial,
            extreme: if long { high } else { low },
            stop: if self.start == 0.0 { behind } else { self.start.abs() },
        }
    }
}
