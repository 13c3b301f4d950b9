//! Candles as patterns see them: the last few bars, each beside what the bars before it were like.
//!
//! What is "long", "short" or "near" is always relative: a bar is measured against the mean of the ten (or five)
//! bars before it. The measures and their thresholds are TA-Lib's defaults. Means are summed anew when a pattern
//! asks for one, over a handful of bars: nothing drifts, a spike is forgotten, and a pattern that fails on its
//! first look at the colours pays for none. ([`all`] takes that first look without branches: no processor can
//! predict a colour.)

use std::fmt;

use crate::ring::Turn;
use crate::stored::{Misfit, Reader, Stored};
use crate::{Described, Indicator, Update, num};

/// How many bars are kept: the most a pattern looks at (five) and the ten before the first of them fit. A power of
/// two, so that a masked index is in bounds whatever it was.
const KEPT: usize = 16;

/// After how many bars they are counted anew: their place is what the mask leaves, so the ring itself has no end.
const BARS: usize = KEPT << 24;

/// A candlestick pattern: a rule over the last few bars. It makes its type an [`Indicator`].
pub trait Pattern: Described + fmt::Debug + Send + Sync + 'static {
    /// How many rows come before the first value: the pattern's bars and those they are measured against.
    const LOOKBACK: usize;

    /// What the last bars show: 100 (bullish), -100 (bearish) or 0, rarely a weaker or stronger number.
    fn rule(&self, candles: &Candles) -> f64;
}

impl<P: Pattern> Indicator for P {
    type In = [f64; 4];
    type Out = [f64; 1];
    type State = PatternState<P>;

    fn lookback(&self) -> usize {
        P::LOOKBACK
    }

    fn state(&self) -> PatternState<P> {
        PatternState { pattern: *self, candles: Candles::new(P::LOOKBACK) }
    }
}

/// State of every [`Pattern`].
#[derive(Clone, Copy, Debug)]
pub struct PatternState<P: Pattern> {
    pattern: P,
    candles: Candles,
}

// The pattern is not stored: it is that of the state which is read into.
impl<P: Pattern> Stored for PatternState<P> {
    fn save(&self, to: &mut Vec<u8>) {
        self.candles.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.candles.load(from)
    }

    #[inline]
    fn sync(&mut self, other: &mut Self) {
        self.candles.sync(&mut other.candles);
    }
}

impl<P: Pattern> Update for PatternState<P> {
    type In = [f64; 4];
    type Out = [f64; 1];

    #[inline]
    fn update(&mut self, bar: [f64; 4]) -> Option<[f64; 1]> {
        let warm = self.candles.push(bar) == 0;
        warm.then(|| [self.pattern.rule(&self.candles)])
    }
}

/// The last bars of a series.
#[derive(Clone, Copy, Debug)]
pub struct Candles {
    /// Open, high, low, close; a ring, as are the measures below.
    bars: [[f64; 4]; KEPT],
    /// From open to close.
    bodies: [f64; KEPT],
    /// From low to high.
    ranges: [f64; KEPT],
    /// Both shadows together.
    shadows: [f64; KEPT],
    /// Where in the ring the next bar goes, once masked.
    turn: Turn,
    /// How many bars are still to come before the first value.
    missing: usize,
}

impl Stored for Candles {
    fn save(&self, to: &mut Vec<u8>) {
        self.bars.save(to);
        [self.bodies, self.ranges, self.shadows].save(to);
        self.turn.at().save(to);
        self.missing.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.bars.load(from)?;
        for measure in [&mut self.bodies, &mut self.ranges, &mut self.shadows] {
            measure.load(from)?;
        }
        let mut at = 0_usize;
        at.load(from)?;
        self.turn = Turn::new(at);
        self.missing.load(from)
    }

    #[inline(never)]
    fn sync(&mut self, other: &mut Self) {
        let Some(place) = self.turn.sync(other.turn) else {
            self.turn.copy(&mut other.turn);
            *self = *other;
            return;
        };
        let place = place % KEPT;
        self.bars[place] = other.bars[place];
        self.bodies[place] = other.bodies[place];
        self.ranges[place] = other.ranges[place];
        self.shadows[place] = other.shadows[place];
        self.missing = other.missing;
    }
}

impl Candles {
    /// No bars yet; the first value follows `lookback` of them.
    pub(crate) fn new(lookback: usize) -> Self {
        Self {
            bars: [[0.0; 4]; KEPT],
            bodies: [0.0; KEPT],
            ranges: [0.0; KEPT],
            shadows: [0.0; KEPT],
            turn: Turn::new(0),
            missing: lookback.saturating_add(1),
        }
    }

    /// Takes the next bar and returns how many more must come before the first value.
    #[inline]
    pub(crate) fn push(&mut self, bar: [f64; 4]) -> usize {
        let [open, high, low, close] = bar;
        let place = self.turn.at() % KEPT;
        self.bars[place] = bar;
        self.bodies[place] = (close - open).abs();
        self.ranges[place] = high - low;
        self.shadows[place] = (high - num::max(open, close)) + (num::min(open, close) - low);
        self.turn.next(BARS);
        self.missing = self.missing.saturating_sub(1);
        self.missing
    }

    /// Where in a ring the bar is that came so many before the newest.
    #[inline(always)]
    fn place(&self, ago: usize) -> usize {
        self.turn.at().wrapping_sub(1 + ago) % KEPT
    }

    /// The last `N` bars, oldest first.
    #[inline(always)]
    pub(crate) fn last<const N: usize>(&self) -> [Bar<'_>; N] {
        std::array::from_fn(|index| {
            let ago = N - 1 - index;
            let [open, high, low, close] = self.bars[self.place(ago)];
            Bar { open, high, low, close, white: close >= open, ago, candles: self }
        })
    }

    /// The last `N` bars, turned upside down if the one at `index` is black, and 1 or, if turned, -1.
    ///
    /// So a pattern that has a bullish and a bearish form writes one of them.
    #[inline(always)]
    pub(crate) fn with_white<const N: usize>(&self, index: usize) -> (f64, [Bar<'_>; N]) {
        let bars = self.last();
        if bars.get(index).is_none_or(Bar::is_white) {
            (1.0, bars)
        } else {
            (-1.0, bars.map(Bar::upside_down))
        }
    }
}

/// A bar beside those before it.
///
/// A bar is white when it closes where it opened or higher, black otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Bar<'a> {
    pub(crate) open: f64,
    pub(crate) high: f64,
    pub(crate) low: f64,
    pub(crate) close: f64,
    white: bool,
    ago: usize,
    candles: &'a Candles,
}

impl Bar<'_> {
    /// The bar as it would look with the price axis reversed. Negation is exact, so nothing else changes.
    #[inline(always)]
    fn upside_down(self) -> Self {
        Self {
            open: -self.open,
            high: -self.low,
            low: -self.high,
            close: -self.close,
            white: !self.white,
            ..self
        }
    }

    /// The mean of a measure over the `count` bars before this one.
    #[inline(always)]
    fn mean(&self, count: usize, measure: &[f64; KEPT]) -> f64 {
        let before = (1..=count).rev().map(|before| measure[self.candles.place(self.ago + before)]);
        before.sum::<f64>() / count as f64
    }

    #[inline(always)]
    fn mean_body(&self) -> f64 {
        self.mean(10, &self.candles.bodies)
    }

    #[inline(always)]
    fn mean_range(&self, count: usize) -> f64 {
        self.mean(count, &self.candles.ranges)
    }

    /// 1 for a white bar, -1 for a black one.
    #[inline(always)]
    pub(crate) fn side(&self) -> f64 {
        if self.white { 1.0 } else { -1.0 }
    }

    #[inline(always)]
    pub(crate) fn is_white(&self) -> bool {
        self.white
    }

    #[inline(always)]
    pub(crate) fn is_black(&self) -> bool {
        !self.white
    }

    /// The upper end of the body.
    #[inline(always)]
    pub(crate) fn top(&self) -> f64 {
        num::max(self.open, self.close)
    }

    /// The lower end of the body.
    #[inline(always)]
    pub(crate) fn bottom(&self) -> f64 {
        num::min(self.open, self.close)
    }

    /// From open to close, never negative.
    #[inline(always)]
    pub(crate) fn body(&self) -> f64 {
        (self.close - self.open).abs()
    }

    #[inline(always)]
    pub(crate) fn upper_shadow(&self) -> f64 {
        self.high - self.top()
    }

    #[inline(always)]
    pub(crate) fn lower_shadow(&self) -> f64 {
        self.bottom() - self.low
    }

    /// A body longer than the mean of the ten before.
    #[inline(always)]
    pub(crate) fn is_long(&self) -> bool {
        self.body() > self.mean_body()
    }

    /// A body shorter than the mean of the ten before. Neither long nor short is one of exactly the mean.
    #[inline(always)]
    pub(crate) fn is_short(&self) -> bool {
        self.body() < self.mean_body()
    }

    /// A length that hardly shows: a tenth of the mean range of the ten bars before.
    #[inline(always)]
    pub(crate) fn sliver(&self) -> f64 {
        0.1 * self.mean_range(10)
    }

    /// Open and close are, to the eye, one line.
    #[inline(always)]
    pub(crate) fn is_doji(&self) -> bool {
        self.body() <= self.sliver()
    }

    /// An upper shadow that shows.
    #[inline(always)]
    pub(crate) fn has_upper_shadow(&self) -> bool {
        self.upper_shadow() > self.sliver()
    }

    /// A lower shadow that shows.
    #[inline(always)]
    pub(crate) fn has_lower_shadow(&self) -> bool {
        self.lower_shadow() > self.sliver()
    }

    /// No upper shadow, or a sliver of one.
    #[inline(always)]
    pub(crate) fn is_shaven_above(&self) -> bool {
        self.upper_shadow() < self.sliver()
    }

    /// No lower shadow, or a sliver of one.
    #[inline(always)]
    pub(crate) fn is_shaven_below(&self) -> bool {
        self.lower_shadow() < self.sliver()
    }

    /// All body, and much of it.
    #[inline(always)]
    pub(crate) fn is_marubozu(&self) -> bool {
        all([self.is_shaven_above(), self.is_shaven_below(), self.is_long()])
    }

    /// How long one shadow usually is: half the mean of both shadows of the ten bars before.
    #[inline(always)]
    pub(crate) fn usual_shadow(&self) -> f64 {
        self.mean(10, &self.candles.shadows) * 0.5
    }

    /// The distance within which prices count as equal: a twentieth of the mean range of the five bars before.
    #[inline(always)]
    pub(crate) fn equal(&self) -> f64 {
        0.05 * self.mean_range(5)
    }

    /// The distance within which prices count as near: a fifth of the mean range of the five bars before.
    #[inline(always)]
    pub(crate) fn near(&self) -> f64 {
        0.2 * self.mean_range(5)
    }

    /// The distance from which lengths count as far apart: three fifths of the mean range of the five bars before.
    #[inline(always)]
    pub(crate) fn far(&self) -> f64 {
        0.6 * self.mean_range(5)
    }

    /// The body is higher than the other body, with room between them.
    #[inline(always)]
    pub(crate) fn gaps_above(&self, other: &Bar<'_>) -> bool {
        self.bottom() > other.top()
    }

    /// The body is lower than the other body, with room between them.
    #[inline(always)]
    pub(crate) fn gaps_below(&self, other: &Bar<'_>) -> bool {
        self.top() < other.bottom()
    }

    /// The price is inside the body, not on an end of it.
    #[inline(always)]
    pub(crate) fn body_holds(&self, price: f64) -> bool {
        self.bottom() < price && price < self.top()
    }

    /// The price is inside the body or near it.
    #[inline(always)]
    pub(crate) fn body_nears(&self, price: f64) -> bool {
        price >= self.bottom() - self.near() && price <= self.top() + self.near()
    }

    /// The other body is inside this one, touching neither end.
    #[inline(always)]
    pub(crate) fn covers(&self, other: &Bar<'_>) -> bool {
        self.bottom() < other.bottom() && other.top() < self.top()
    }

    /// How surely the other body is inside this one: 100 when it touches neither end, 80 when it does, else 0.
    #[inline(always)]
    pub(crate) fn holds(&self, other: &Bar<'_>) -> f64 {
        if self.covers(other) {
            100.0
        } else if self.bottom() <= other.bottom() && other.top() <= self.top() {
            80.0
        } else {
            0.0
        }
    }

    /// Closes higher than the bar before, and opens above that bar's open but not much above its close.
    #[inline(always)]
    pub(crate) fn climbs_from(&self, before: &Bar<'_>) -> bool {
        self.close > before.close && self.open > before.open && self.open <= before.close + before.near()
    }

    /// The price that is this share of the body back from the close. Only for bars that were not turned.
    #[inline]
    pub(crate) fn retraced(&self, share: f64) -> f64 {
        if self.white {
            self.close - self.body() * share
        } else {
            // Rounded once, not twice: so does TA-Lib, here and not above, and a close on the very edge shows it.
            // The software form is slow but the same everywhere, and patterns ask for it last.
            libm::fma(self.body(), share, self.close)
        }
    }
}

/// Whether all hold, looked at without branches; for conditions that are cheap and hard to predict.
#[inline(always)]
pub(crate) fn all<const N: usize>(conditions: [bool; N]) -> bool {
    conditions.into_iter().fold(true, |all, condition| all & condition)
}

/// A price no further than this from another.
#[inline(always)]
pub(crate) fn within(price: f64, distance: f64, of: f64) -> bool {
    price <= of + distance && price >= of - distance
}

/// 100 if found, else 0.
#[inline(always)]
pub(crate) fn bullish(found: bool) -> f64 {
    if found { 100.0 } else { 0.0 }
}

/// -100 if found, else 0.
#[inline(always)]
pub(crate) fn bearish(found: bool) -> f64 {
    if found { -100.0 } else { 0.0 }
}

/// 100 on this side (1 bullish, -1 bearish) if found, else 0.
#[inline(always)]
pub(crate) fn on(side: f64, found: bool) -> f64 {
    if found { side * 100.0 } else { 0.0 }
}

crate::state! {
    /// A pattern that waits to be confirmed by one of the next bars.
    pub(crate) struct Confirmation {
        bullish: bool,
        /// The price a close must pass.
        level: f64,
        /// How many more bars may confirm.
        left: usize,
    }
}

impl Confirmation {
    /// How many bars after a pattern may confirm it.
    pub(crate) const BARS: usize = 3;

    /// Nothing to confirm.
    pub(crate) fn new() -> Self {
        Self { bullish: false, level: 0.0, left: 0 }
    }

    /// Takes what the bar shows (bullish or not, and the level to pass) and its close: 100 for a pattern, 200 for
    /// the confirmation of one, negative when bearish, 0 for neither. A new pattern replaces one that waits.
    #[inline]
    pub(crate) fn update(&mut self, shown: Option<(bool, f64)>, close: f64) -> f64 {
        if let Some((bullish, level)) = shown {
            *self = Self { bullish, level, left: Self::BARS };
            return if bullish { 100.0 } else { -100.0 };
        }
        let passed = if self.bullish { close > self.level } else { close < self.level };
        if self.left > 0 && passed {
            self.left = 0;
            return if self.bullish { 200.0 } else { -200.0 };
        }
        self.left = self.left.saturating_sub(1);
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_position_in_the_ring_is_in_bounds() {
        let mut candles = Candles { turn: Turn::new(usize::MAX), ..Candles::new(0) };
        for close in [1.0, 2.0, 3.0] {
            candles.push([0.0, close, 0.0, close]);
            let [first, _, _, _, last] = candles.last();
            assert_eq!(last.close, close);
            assert!(first.is_doji() && last.is_long());
        }
    }

    #[test]
    fn bars_are_turned_as_a_whole() {
        let mut candles = Candles::new(1);
        candles.push([1.0, 4.0, 0.0, 3.0]);
        candles.push([3.0, 5.0, 1.0, 2.0]);
        let (side, [white, black]) = candles.with_white(0);
        assert!(side == 1.0 && white.is_white() && black.is_black());
        let (side, [black, white]) = candles.with_white(1);
        assert!(side == -1.0 && black.is_black() && white.is_white());
        assert_eq!([white.open, white.high, white.low, white.close], [-3.0, -1.0, -5.0, -2.0]);
        assert_eq!([white.upper_shadow(), white.body(), white.lower_shadow()], [1.0, 1.0, 2.0]);
    }

    #[test]
    fn three_bars_may_confirm() {
        let values = |closes: [f64; 5]| {
            let mut confirmation = Confirmation::new();
            let mut shown = Some((true, 10.0));
            closes.map(|close| confirmation.update(shown.take(), close))
        };
        assert_eq!(values([9.0, 9.0, 10.0, 11.0, 12.0]), [100.0, 0.0, 0.0, 200.0, 0.0]);
        assert_eq!(values([9.0, 9.0, 9.0, 9.0, 11.0]), [100.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
