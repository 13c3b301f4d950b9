//! Wilder's parabolic stop.

use std::hint::select_unpredictable;

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

impl Trade {
    /// Takes a bar and returns the stop it met.
    ///
    /// Whether a bar touches the stop or goes further than all before is as good as random, so both outcomes are
    /// computed and chosen from: a wrong guess of a branch would cost more.
    #[inline(always)]
    fn follow(
        &mut self,
        Parabolic { long, short, offset, .. }: &Parabolic,
        [high_before, low_before]: [f64; 2],
        [high, low]: [f64; 2],
    ) -> f64 {
        let pick = select_unpredictable::<f64>;
        let (top, bottom) = (num::max(high_before, high), num::min(low_before, low));
        let touched = select_unpredictable(self.long, low <= self.stop, high >= self.stop);
        let further = select_unpredictable(self.long, high > self.extreme, low < self.extreme) & !touched;
        self.long ^= touched;
        // Above both bars while short, below both while long.
        let bounded = |stop: f64| pick(self.long, num::min(stop, bottom), num::max(stop, top));
        let turned = bounded(self.extreme);
        let away = pick(self.long, 1.0 - offset, 1.0 + offset);
        let met = pick(touched, pick(*offset == 0.0, turned, turned * away), self.stop);
        self.extreme = pick(touched | further, pick(self.long, high, low), self.extreme);
        let initial = pick(self.long, long.initial, short.initial);
        let step = pick(self.long, long.step, short.step);
        let maximum = pick(self.long, long.maximum, short.maximum);
        let rate = pick(further, num::min(self.rate + step, maximum), self.rate);
        self.rate = pick(touched, initial, rate);
        self.stop = bounded(met + (self.extreme - met) * self.rate);
        met
    }
}

impl Trade {
    /// As [`follow`](Self::follow), for as long as the stop is not touched; how many bars that were.
    ///
    /// Whether it is touched is guessed by the processor, which does not wait for the stop then, and is wrong once a
    /// trade. What else could be a branch would be wrong more often.
    #[inline(always)]
    fn hold<const LONG: bool>(
        &mut self,
        pace: &Pace,
        [mut high_before, mut low_before]: [f64; 2],
        [high, low]: [&[f64]; 2],
        out: &mut [f64],
    ) -> usize {
        let rows = out.len();
        let (mut extreme, mut rate, mut stop) = (self.extreme, self.rate, self.stop);
        let mut held = rows;
        for (row, ((high, low), out)) in high.iter().zip(low).zip(out).enumerate() {
            if if LONG { *low <= stop } else { *high >= stop } {
                held = row;
                break;
            }
            *out = stop;
            let further = if LONG { *high > extreme } else { *low < extreme };
            rate = select_unpredictable(further, num::min(rate + pace.step, pace.maximum), rate);
            extreme = if LONG { num::max(*high, extreme) } else { num::min(*low, extreme) };
            let moved = stop + (extreme - stop) * rate;
            stop = if LONG {
                num::min(moved, num::min(low_before, *low))
            } else {
                num::max(moved, num::max(high_before, *high))
            };
            (high_before, low_before) = (*high, *low);
        }
        (self.extreme, self.rate, self.stop) = (extreme, rate, stop);
        held
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
        let met = trade.follow(self, [high_before, low_before], [high, low]);
        let long = trade.long;
        self.trade = Some(trade);
        Some((met, long))
    }

    /// Takes many bars once there is a trade, and writes the stops: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, [high, low]: [&[f64]; 2], out: &mut [f64]) {
        let (Some(mut trade), Some(mut before)) = (self.trade.take(), self.before) else { return };
        let mut at = 0;
        while at < out.len() {
            let (high, low, out) = (&high[at..], &low[at..], &mut out[at..]);
            let held = if trade.long {
                trade.hold::<true>(&self.long, before, [high, low], out)
            } else {
                trade.hold::<false>(&self.short, before, [high, low], out)
            };
            if let Some(last) = held.checked_sub(1) {
                before = [high[last], low[last]];
            }
            if held < out.len() {
                let bar = [high[held], low[held]];
                out[held] = trade.follow(self, before, bar);
                before = bar;
                at += 1;
            }
            at += held;
        }
        (self.trade, self.before) = (Some(trade), Some(before));
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
