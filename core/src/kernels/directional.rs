//! Wilder's directional movement.

use crate::MovementSeed;

use super::{Buffer, CHUNK, Decayed, Smoothed, chunks, true_range};

crate::state! {
    /// Running sums of movement up and down and of the true range: the first values plainly, as many as the seed
    /// says, then each bar takes off a `period`-th.
    pub(crate) struct Directional {
        full: bool,
        /// Bars still to be summed before the sums begin to decay.
        seed: usize,
        /// High, low and close of the previous bar.
        previous: Option<[f64; 3]>,
        up: Decayed,
        down: Decayed,
        range: Decayed,
    }
}

/// The sums after a bar.
pub(crate) struct Sums {
    pub(crate) up: f64,
    pub(crate) down: f64,
    pub(crate) range: f64,
    /// Whether `period` movements are in them.
    pub(crate) whole: bool,
}

impl Sums {
    /// The directional movement index; `None` where it is not defined.
    ///
    /// The range cancels from the formula: one division instead of three.
    #[inline]
    pub(crate) fn index(&self) -> Option<f64> {
        self.is_defined().then(|| self.quotient())
    }

    #[inline(always)]
    fn is_defined(&self) -> bool {
        (self.range > 0.0) & (100.0 * (self.up + self.down) >= 1e-14 * self.range)
    }

    #[inline(always)]
    fn quotient(&self) -> f64 {
        100.0 * ((self.up - self.down).abs() / (self.up + self.down))
    }
}

impl Directional {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        let full = seed == MovementSeed::Full;
        let sum = || Decayed::new(1.0 - 1.0 / period as f64);
        Self {
            full,
            seed: if full { period } else { period.saturating_sub(1) },
            previous: None,
            up: sum(),
            down: sum(),
            range: sum(),
        }
    }

    /// Takes the next bar; the sums, once their seed is complete.
    #[inline]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<Sums> {
        let [up, down, range] = Self::moves(self.previous.replace([high, low, close])?, [high, low]);
        let decayed = self.seed == 0;
        let [up, down, range] = [(&mut self.up, up), (&mut self.down, down), (&mut self.range, range)]
            .map(|(sum, value)| if decayed { sum.update(value) } else { sum.seed(value) });
        self.seed = self.seed.saturating_sub(1);
        let whole = decayed | self.full;
        (self.seed == 0).then_some(Sums { up, down, range, whole })
    }

    /// Movement up and down, and the true range.
    #[inline(always)]
    fn moves([high_before, low_before, close_before]: [f64; 3], [high, low]: [f64; 2]) -> [f64; 3] {
        let (rise, fall) = (high - high_before, low_before - low);
        // `&`, not `&&`: which side moves further is a coin toss, so a branch would be mispredicted half the time.
        let up = if (rise > fall) & (rise > 0.0) { rise } else { 0.0 };
        let down = if (fall > rise) & (fall > 0.0) { fall } else { 0.0 };
        [up, down, true_range(close_before, high, low)]
    }

    /// Takes a chunk of bars after the seed is complete, and writes the sums.
    fn run(&mut self, [high, low, close]: [&[f64]; 3], sums: [&mut [f64]; 3]) {
        let mut moves: [Buffer; 3] = [[0.0; CHUNK]; 3];
        let [ups, downs, ranges] = moves.each_mut().map(|moves| &mut moves[..high.len()]);
        for index in 0..high.len() {
            let before = match index.checked_sub(1) {
                Some(before) => [high[before], low[before], close[before]],
                None => self.previous.unwrap_or([high[0], low[0], close[0]]),
            };
            [ups[index], downs[index], ranges[index]] = Self::moves(before, [high[index], low[index]]);
        }
        if let Some(last) = high.len().checked_sub(1) {
            self.previous = Some([high[last], low[last], close[last]]);
        }
        let [up, down, range] = sums;
        self.up.run(ups, up);
        self.down.run(downs, down);
        self.range.run(ranges, range);
    }
}

crate::state! {
    /// Wilder's average of the directional movement index.
    pub(crate) struct DirectionalAverage {
        directional: Directional,
        average: Smoothed,
    }
}

impl DirectionalAverage {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        Self { directional: Directional::new(period, seed), average: Smoothed::wilder(period) }
    }

    /// Takes the next bar; the average once `period` indices are in it. A bar without one leaves it as it was, and
    /// counts as 0 before.
    #[inline]
    pub(crate) fn update(&mut self, bar: [f64; 3]) -> Option<f64> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        match (sums.index(), self.average.value()) {
            (None, Some(average)) => Some(average),
            (index, _) => self.average.update(index.unwrap_or(0.0)),
        }
    }

    /// Takes many bars once there is an average, and writes the averages: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, inputs: [&[f64]; 3], out: &mut [f64]) {
        let [mut ups, mut downs, mut ranges]: [Buffer; 3] = [[0.0; CHUNK]; 3];
        for rows in chunks(0..out.len()) {
            let count = rows.len();
            let (ups, downs, ranges) = (&mut ups[..count], &mut downs[..count], &mut ranges[..count]);
            self.directional.run(inputs.map(|column| &column[rows.clone()]), [ups, downs, ranges]);
            let mut defined = true;
            for ((up, down), range) in ups.iter_mut().zip(downs).zip(ranges) {
                let sums = Sums { up: *up, down: *down, range: *range, whole: true };
                let is = sums.is_defined();
                defined &= is;
                let index = sums.quotient();
                *up = if is { index } else { f64::NAN };
            }
            let out = &mut out[rows];
            if defined {
                self.average.run(ups, out);
                continue;
            }
            for (out, index) in out.iter_mut().zip(ups) {
                let average = if index.is_nan() { self.average.value() } else { self.average.update(*index) };
                *out = average.unwrap_or(f64::NAN);
            }
        }
    }
}
