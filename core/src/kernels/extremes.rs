//! The recent range, and what is measured by it.

use crate::Smoothing;

use super::{
    Averaged, Extremes, Number, PlacedReach, Places, Reach, Recurrence, Recurring, Smoothed, Values, View,
    Window, by_steps,
};

crate::state! {
    /// The highest high and lowest low of a window.
    pub(crate) struct Range {
        window: Window<Reach>,
    }
}

impl Range {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Window::new(period) }
    }

    /// Takes the next bar; highest and lowest, once the window is full.
    #[inline]
    pub(crate) fn update(&mut self, high: f64, low: f64) -> Option<[f64; 2]> {
        self.window.push_inlined([high, low]).map(|window| Extremes().of(window))
    }

    /// Takes many bars and writes their highest highs and lowest lows, NaN while warming up.
    pub(crate) fn run(&mut self, bars: [&[f64]; 2], outs: [&mut [f64]; 2]) {
        self.window.run(bars, outs, Extremes());
    }

    /// How many of the next bars it takes in silence.
    pub(crate) fn silent(&self) -> usize {
        self.window.silent()
    }

    /// Whether a range is zero to within rounding: relative, so that an instrument quoted in millionths is not
    /// taken for flat.
    #[inline(always)]
    pub(crate) fn is_flat(highest: f64, lowest: f64) -> bool {
        (highest - lowest).abs() <= 1e-14 * (highest.abs() + lowest.abs())
    }

    /// Takes the next bar; where its close stands in the range, 0 to 100, 0 where that is flat.
    #[inline(always)]
    pub(crate) fn place(&mut self, high: f64, low: f64, close: f64) -> Option<f64> {
        let [highest, lowest] = self.update(high, low)?;
        Some(Self::share(highest, lowest, close))
    }

    #[inline(always)]
    pub(crate) fn share(highest: f64, lowest: f64, close: f64) -> f64 {
        let share = (close - lowest) / (highest - lowest) * 100.0;
        if Self::is_flat(highest, lowest) { 0.0 } else { share }
    }

    /// Takes a chunk of bars and writes the places of their closes, NaN while warming up.
    pub(crate) fn run_place(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64]) {
        let mut lowest = vec![0.0; out.len()];
        self.run([high, low], [out, &mut lowest]);
        for ((out, lowest), close) in out.iter_mut().zip(lowest).zip(close) {
            // NaN, while warming up, stays NaN.
            *out = Self::share(*out, lowest, *close);
        }
    }
}

crate::state! {
    /// How long ago the extremes of `period + 1` bars were.
    pub(crate) struct AroonWindow {
        period: usize,
        window: Window<PlacedReach>,
    }
}

impl AroonWindow {
    pub(crate) fn new(period: usize) -> Self {
        Self { period, window: Window::new(period + 1) }
    }

    /// Takes the next bar; aroon down and up.
    #[inline]
    pub(crate) fn update(&mut self, bar: [f64; 2]) -> Option<[f64; 2]> {
        self.window.push(bar).map(|window| Places(self.period).of(window))
    }

    /// Takes many bars and writes aroon down and up, NaN while warming up.
    pub(crate) fn run(&mut self, bars: [&[f64]; 2], outs: [&mut [f64]; 2]) {
        self.window.run(bars, outs, Places(self.period));
    }
}

crate::state! {
    /// Wilder's relative strength index.
    pub(crate) struct RelativeStrength {
        /// The previous value.
        before: Option<f64>,
        /// Of gains and of losses.
        averages: Smoothed<2>,
    }
}

impl RelativeStrength {
    pub(crate) fn new(period: usize) -> Self {
        Self::smoothed(period, Smoothing::Wilder)
    }

    pub(crate) fn smoothed(period: usize, smoothing: Smoothing) -> Self {
        let averages = match smoothing {
            Smoothing::Wilder => Smoothed::wilder(period),
            Smoothing::Ema => Smoothed::exponential(period),
        };
        Self { before: None, averages }
    }

    /// Takes the next value; 50 when nothing has moved.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let before = self.before.replace(x)?;
        self.update_from(before, x)
    }

    /// Takes the next move.
    #[inline(always)]
    pub(crate) fn update_from(&mut self, before: f64, x: f64) -> Option<f64> {
        let moves = Moves.values([before], [x]);
        let [strength] = Moves.view(self.averages.update_each(moves)?);
        Some(strength)
    }
}

impl Recurring<true, 1, 2, 1> for RelativeStrength {
    type Averaged = Moves;
    const AVERAGED: Moves = Moves;

    #[inline(always)]
    fn take(&mut self, [x]: [f64; 1]) -> Option<[f64; 1]> {
        self.update(x).map(|strength| [strength])
    }

    fn until_step(&self) -> usize {
        usize::from(self.before.is_none()) + self.averages.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 2], [f64; 1])> {
        Some((self.averages.stand()?, [self.before?]))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 2], [last]: [f64; 1]) {
        self.averages.stepped(recurrences);
        self.before = Some(last);
    }

    fn run(&mut self, [x]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let Some(first) = x.first() else { return };
        // The first value of all is no move.
        let start = usize::from(self.before.is_none());
        let (before, moves) = (self.before.unwrap_or(*first), &x[start..]);
        let moved = |row: usize| Moves.values([if row == 0 { before } else { moves[row - 1] }], [moves[row]]);
        let silent = start + self.averages.seeds(moves.len(), moved);
        if let Some(last) = silent.checked_sub(1) {
            self.before = Some(x[last]);
        }
        let (x, (nothing, out)) = (&x[silent..], out.split_at_mut(silent));
        nothing.fill(f64::NAN);
        by_steps(self, [x], [out]);
    }
}

/// What a value gained and lost, and the share of the gains in percent.
#[derive(Clone, Copy)]
pub(crate) struct Moves;

impl Values<1, 2> for Moves {
    #[inline(always)]
    fn values<T: Number>(self, [before]: [T; 1], [x]: [T; 1]) -> [T; 2] {
        let change = x - before;
        let gain = change.larger(change.like(0.0));
        [gain, gain - change]
    }
}

impl Averaged<1, 2, 1> for Moves {
    #[inline(always)]
    fn view<T: Number>(self, [up, down]: [T; 2]) -> [T; 1] {
        let total = up + down;
        let share = total.like(100.0) * (up / total);
        [total.if_greater(total.like(0.0), share, total.like(50.0))]
    }
}
