//! Moving average convergence divergence.

use crate::kernels::{
    Averaged, Number, Recurrence, Recurring, STEPPED, Smoothed, Values, chunks, parts_mut, values,
};
use crate::{Indicator, PairSeed, Seed, Update};

crate::indicator! {
    /// The distance between a fast and a slow exponential average, an average of that distance (the signal), and the
    /// distance between those two (the histogram).
    ///
    /// # Formula
    ///
    /// `macd = ema(x, fast) - ema(x, slow)`, `signal = ema(macd, signal)`, `histogram = macd - signal`
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `slow + signal - 2`. Both averages are seeded on the same bar: the fast one by
    /// the mean of the last `fast` values at that bar.
    ///
    /// # Edge cases
    ///
    /// `fast` and `slow` change places when `fast` is the longer. All outputs are exactly 0 on a flat series.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut macd, mut signal, mut histogram] = [[0.0; 3]; 3];
    /// let close = [1.0, 2.0, 3.0];
    /// Macd::new(2, 3, 1)?.compute([&close], [&mut macd, &mut signal, &mut histogram])?;
    /// assert_eq!([macd[2], signal[2], histogram[2]], [0.5, 0.5, 0.0]); // 2.5 less 2
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Appel, "Technical Analysis: Power Tools for Active Investors", 2005. TA-Lib `MACD`.
    pub struct Macd("macd", "Moving Average Convergence Divergence", Momentum) {
        /// Length of the fast average in bars.
        fast: usize = 12, 2..=100_000;
        /// Length of the slow average in bars.
        slow: usize = 26, 2..=100_000;
        /// Length of the signal average in bars.
        signal: usize = 9, 1..=100_000;
    }
    seeding {
        /// What the fast and the slow average start from.
        seed: PairSeed = "aligned";
    }
    inputs [Close]
    outputs pane [macd: Line, signal: Line, histogram: Histogram]
    talib MACD(fast: fastperiod, slow: slowperiod, signal: signalperiod)
    conventions [TradingView { seed: "first" }]
}

impl Indicator for Macd {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = MacdState;

    fn lookback(&self) -> usize {
        match self.seed {
            PairSeed::Aligned | PairSeed::Sma => self.fast.max(self.slow) - 1 + self.signal - 1,
            PairSeed::First => 0,
        }
    }

    fn state(&self) -> MacdState {
        MacdState::new(self.fast, self.slow, self.signal, self.seed)
    }
}

crate::state! {
    /// State of [`Macd`].
    pub struct MacdState {
        /// Until both averages have begun.
        beginning: Option<Beginning>,
        /// Fast and slow.
        averages: Smoothed<2, 2>,
        signal: Smoothed,
    }
}

crate::state! {
    /// The fast and the slow average, which do not begin together.
    struct Beginning {
        /// Bars still to pass before the fast one begins.
        skip: usize,
        fast: Smoothed,
        slow: Smoothed,
    }
}

// For what is read: its numbers are stored.
impl Default for Beginning {
    fn default() -> Self {
        Self { skip: 0, fast: Smoothed::exponential(1), slow: Smoothed::exponential(1) }
    }
}

impl Beginning {
    /// Takes the first values, as long as neither average begins; how many those are.
    fn seeds(&mut self, x: &[f64]) -> usize {
        let rows = x.len().min(self.slow.silent()).min(self.skip.saturating_add(self.fast.silent()));
        let skipped = self.skip.min(rows);
        self.skip -= skipped;
        self.fast.seeds(rows - skipped, |row| [x[skipped + row]]);
        self.slow.seeds(rows, |row| [x[row]])
    }

    /// Takes the next value; both averages, once both have begun.
    fn update(&mut self, x: f64) -> Option<[f64; 2]> {
        let slow = self.slow.update(x);
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        let fast = self.fast.update(x);
        Some([fast?, slow?])
    }
}

impl MacdState {
    pub(super) fn new(fast: usize, slow: usize, signal: usize, seed: PairSeed) -> Self {
        let (fast, slow) = (fast.min(slow), fast.max(slow));
        let each = match seed {
            PairSeed::Aligned | PairSeed::Sma => Seed::Sma,
            PairSeed::First => Seed::First,
        };
        let skip = if seed == PairSeed::Aligned { slow - fast } else { 0 };
        let average = |period| Smoothed::seeded(period, each);
        Self::of(skip, average(fast), average(slow), average(signal))
    }

    /// Of these averages, of which the fast one begins so many bars after the slow one.
    pub(super) fn of(skip: usize, fast: Smoothed, slow: Smoothed, signal: Smoothed) -> Self {
        let averages = Smoothed::side_by_side([&fast, &slow]);
        Self { beginning: Some(Beginning { skip, fast, slow }), averages, signal }
    }

    /// Takes the next value until both averages have begun.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, x: f64) -> Option<[f64; 2]> {
        let averages = self.beginning.as_mut()?.update(x)?;
        self.averages.start([x, x], averages);
        self.beginning = None;
        Some(averages)
    }
}

impl Update for MacdState {
    type In = [f64; 1];
    type Out = [f64; 3];

    const RUNS: bool = true;
    const GAPS_SHOW: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let [fast, slow] =
            if self.beginning.is_none() { self.averages.advance_distances([x, x]) } else { self.begin(x)? };
        let macd = fast - slow;
        let signal = if self.signal.is_of_one() { macd } else { self.signal.update(macd)? };
        Some([macd, signal, macd - signal])
    }

    fn run(&mut self, inputs: [&[f64]; 1], mut outputs: [&mut [f64]; 3]) {
        let [x] = inputs;
        let mut start = self.beginning.as_mut().map_or(0, |beginning| beginning.seeds(x));
        for out in &mut outputs {
            out[..start].fill(f64::NAN);
        }
        while self.beginning.is_some() && start < x.len() {
            let numbers = self.update([x[start]]).unwrap_or([f64::NAN; 3]);
            for (out, number) in outputs.iter_mut().zip(numbers) {
                out[start] = number;
            }
            start += 1;
        }
        for rows in chunks(start..x.len(), self.averages.until_step(), STEPPED) {
            let [macd, signal, histogram] = parts_mut(&mut outputs, rows.clone());
            let silent = self.signal.silent().min(rows.len());
            Recurring::run(self, [&x[rows]], [&mut *macd]);
            if self.signal.is_of_one() {
                signal.copy_from_slice(macd);
            } else {
                self.signal.run([macd], [signal]);
            }
            // There is none without a signal.
            macd[..silent].fill(f64::NAN);
            values(Distance, [f64::NAN; 2], [macd, signal], [histogram]);
        }
    }
}

/// How far the fast average is above the slow one, once there are both.
impl Recurring<true, 1, 2, 1> for MacdState {
    type Averaged = Gap;
    const AVERAGED: Gap = Gap;

    #[inline(always)]
    fn take(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        let [fast, slow] = self.averages.advance_distances([x; 2]);
        Some([fast - slow])
    }

    fn until_step(&self) -> usize {
        self.averages.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 2], [f64; 1])> {
        Some((self.averages.stand()?, [f64::NAN]))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 2], _: [f64; 1]) {
        self.averages.stepped(recurrences);
    }
}

/// How far one average of a value is above another.
#[derive(Clone, Copy)]
pub(crate) struct Gap;

impl Values<1, 2> for Gap {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 1], [x]: [T; 1]) -> [T; 2] {
        [x, x]
    }
}

impl Averaged<1, 2, 1> for Gap {
    const ALIKE: bool = true;

    #[inline(always)]
    fn view<T: Number>(self, [fast, slow]: [T; 2]) -> [T; 1] {
        [fast - slow]
    }

    /// Both are seen from one value, which need not be added to either.
    #[inline(always)]
    fn view_from<T: Number>(self, _: [T; 2], distances: [T; 2]) -> [T; 1] {
        self.view(distances)
    }
}

/// How far the first of two numbers of a bar is above the second.
#[derive(Clone, Copy)]
struct Distance;

impl Values<2, 1> for Distance {
    #[inline(always)]
    fn values<T: Number>(self, _: [T; 2], [one, other]: [T; 2]) -> [T; 1] {
        [one - other]
    }
}
