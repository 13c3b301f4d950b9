//! Moving averages: each a small state, and one that can be any of them.

use super::{
    Delay, Hilbert, LinearMean, Mean, Recent, Recurring, Smoothed, Sum, Total, Weighted, Window, windows,
};
use crate::args::MaType;
use crate::num;
use crate::stored::{Fixed, Misfit, Reader, Stored};

/// The period of a Hull average's last smoothing.
pub(crate) fn root(period: usize) -> usize {
    period.isqrt()
}

crate::state! {
    /// The arithmetic mean of a window.
    pub(crate) struct Simple {
        window: Window<Sum>,
    }
}

impl Simple {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Window::new(period) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        Some(self.window.push_inlined(x)?.mean())
    }

    /// Takes many values and writes the means, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        self.window.run([values], [out], Mean());
    }
}

crate::state! {
    /// The mean of a window, weighted 1 for the oldest value up to the period for the newest.
    pub(crate) struct LinearlyWeighted {
        window: Window<Weighted>,
    }
}

impl LinearlyWeighted {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Window::new(period) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        Some(self.window.push(x)?.weighted_mean(self.window.period()))
    }

    /// Takes many values and writes the means, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        self.window.run([values], [out], LinearMean(self.window.period()));
    }
}

crate::state! {
    /// Two exponential averages, the lag of the second taken off the first.
    pub(crate) struct Double {
        once: Smoothed,
        twice: Smoothed,
    }
}

impl Double {
    pub(crate) fn new(period: usize) -> Self {
        Self { once: Smoothed::exponential(period), twice: Smoothed::exponential(period) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let once = self.once.update(x)?;
        let twice = self.twice.update(once)?;
        Some(once + (once - twice))
    }
}

crate::state! {
    /// Three exponential averages, combined so that a straight line has no lag.
    pub(crate) struct Triple {
        once: Smoothed,
        twice: Smoothed,
        thrice: Smoothed,
    }
}

impl Triple {
    pub(crate) fn new(period: usize) -> Self {
        let stage = || Smoothed::exponential(period);
        Self { once: stage(), twice: stage(), thrice: stage() }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let once = self.once.update(x)?;
        let twice = self.twice.update(once)?;
        Some(self.thrice.update(twice)? + 3.0 * (once - twice))
    }
}

crate::state! {
    /// A mean of means: the weights rise to the middle of the window and fall again.
    pub(crate) struct Triangular {
        inner: Simple,
        outer: Simple,
    }
}

impl Triangular {
    pub(crate) fn new(period: usize) -> Self {
        let inner = period.div_ceil(2);
        Self { inner: Simple::new(inner), outer: Simple::new(period + 1 - inner) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let inner = self.inner.update(x)?;
        self.outer.update(inner)
    }
}

crate::state! {
    /// Net change of a window against the sum of its bars' changes, 0 to 1.
    pub(crate) struct Efficiency {
        before: Option<f64>,
        past: Delay,
        path: Window<Total>,
    }
}

impl Efficiency {
    pub(crate) fn new(period: usize) -> Self {
        Self { before: None, past: Delay::new(period), path: Window::new(period) }
    }

    /// Takes the next value; 1 where nothing moved.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let past = self.past.push(x);
        let path = self.path.push((x - self.before.replace(x)?).abs())?.fold.0;
        let net = (x - past?).abs();
        Some(if path > net { net / path } else { 1.0 })
    }
}

crate::state! {
    /// Kaufman's: fast when the price goes straight, slow when it goes nowhere.
    pub(crate) struct Kaufman {
        efficiency: Efficiency,
        /// Of the previous bar: the average once it has begun, the price until then.
        value: f64,
    }
}

impl Kaufman {
    pub(crate) fn new(period: usize) -> Self {
        Self { efficiency: Efficiency::new(period), value: 0.0 }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        const FAST: f64 = 2.0 / 3.0;
        const SLOW: f64 = 2.0 / 31.0;
        let Some(efficiency) = self.efficiency.update(x) else {
            self.value = x;
            return None;
        };
        let rate = efficiency * (FAST - SLOW) + SLOW;
        self.value += (x - self.value) * (rate * rate);
        Some(self.value)
    }
}

crate::state! {
    /// Tillson's: six exponential averages in a row, combined by a volume factor.
    pub(crate) struct Tillson {
        stages: [Smoothed; 6],
        weights: [f64; 4],
    }
}

impl Tillson {
    pub(crate) fn new(period: usize, factor: f64) -> Self {
        let (square, cube) = (factor * factor, factor * factor * factor);
        let weights = [
            1.0 + 3.0 * factor + cube + 3.0 * square,
            -6.0 * square - 3.0 * (factor + cube),
            3.0 * (square + cube),
            -cube,
        ];
        Self { stages: std::array::from_fn(|_| Smoothed::exponential(period)), weights }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let mut values = [x; 6];
        let mut value = x;
        for (stage, kept) in self.stages.iter_mut().zip(&mut values) {
            value = stage.update(value)?;
            *kept = value;
        }
        let [_, _, e3, e4, e5, e6] = values;
        let [w3, w4, w5, w6] = self.weights;
        Some(w6 * e6 + w5 * e5 + w4 * e4 + w3 * e3)
    }
}

crate::state! {
    /// Hull's: a weighted average of twice the fast less the slow one.
    pub(crate) struct Hull {
        slow: LinearlyWeighted,
        fast: LinearlyWeighted,
        last: LinearlyWeighted,
    }
}

impl Hull {
    pub(crate) fn new(period: usize) -> Self {
        let stage = LinearlyWeighted::new;
        Self { slow: stage(period), fast: stage(period / 2), last: stage(root(period)) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let (slow, fast) = (self.slow.update(x), self.fast.update(x));
        let fast = fast?;
        self.last.update(fast + (fast - slow?))
    }
}

crate::state! {
    /// Exponential, over the price plus its change since half a period ago.
    pub(crate) struct ZeroLag {
        past: Delay,
        average: Smoothed,
    }
}

impl ZeroLag {
    pub(crate) fn new(period: usize) -> Self {
        Self { past: Delay::new(period.saturating_sub(1) / 2), average: Smoothed::exponential(period) }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let past = self.past.push(x)?;
        self.average.update(x + (x - past))
    }
}

crate::state! {
    /// Chande's: exponential, its rate scaled by the strength of momentum.
    pub(crate) struct Chande {
        rate: f64,
        before: Option<f64>,
        up: Window<Total>,
        down: Window<Total>,
        value: f64,
    }
}

impl Chande {
    pub(crate) fn new(period: usize, momentum: usize) -> Self {
        Self {
            rate: 2.0 / (period as f64 + 1.0),
            before: None,
            up: Window::new(momentum),
            down: Window::new(momentum),
            value: 0.0,
        }
    }

    /// How the strength is measured when only the average's period is given.
    pub(crate) fn momentum(period: usize) -> usize {
        (3 * period + 2) / 4
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        let Some(before) = self.before.replace(x) else {
            self.value = x;
            return None;
        };
        let (up, down) = (num::max(x - before, 0.0), num::max(before - x, 0.0));
        let (Some(up), Some(down)) = (self.up.push(up), self.down.push(down)) else {
            self.value = x;
            return None;
        };
        let (up, down) = (up.fold.0, down.fold.0);
        let strength = if up + down > 0.0 { ((up - down) / (up + down)).abs() } else { 0.0 };
        self.value += (x - self.value) * (self.rate * strength);
        Some(self.value)
    }
}

crate::state! {
    /// A window with fixed weights, the sum of which is 1.
    pub(crate) struct Fir {
        weights: Fixed<Box<[f64]>>,
        past: Recent,
    }
}

impl Fir {
    /// Weights from the oldest value to the newest.
    pub(crate) fn new(weights: Vec<f64>) -> Self {
        Self { past: Recent::new(weights.len().saturating_sub(1)), weights: Fixed(weights.into()) }
    }

    /// Weights in these proportions, from the oldest value to the newest.
    pub(crate) fn in_proportion(weights: Vec<f64>) -> Self {
        let sum: f64 = weights.iter().sum();
        Self::new(weights.into_iter().map(|weight| weight / sum).collect())
    }

    /// Arnaud Legoux's weights: a bell around `offset` of the window.
    pub(crate) fn legoux(period: usize, sigma: f64, offset: f64) -> Self {
        let (center, width) = (offset * (period as f64 - 1.0), period as f64 / sigma);
        let bell = |index: usize| {
            let distance = index as f64 - center;
            num::exp(-(distance * distance) / (2.0 * width * width))
        };
        Self::in_proportion((0..period).map(bell).collect())
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        // Around the newest value, so that a flat series gives exactly itself.
        let sum: f64 =
            self.weights.0.iter().zip(self.past.values()).map(|(weight, value)| weight * (value - x)).sum();
        self.past.push(x).map(|_| x + sum)
    }
}

crate::state! {
    /// Ehlers' MESA adaptive average and the slower one that follows it.
    pub(crate) struct Mesa {
        fast: f64,
        slow: f64,
        hilbert: Hilbert,
        phase: f64,
        mama: f64,
        fama: f64,
    }
}

impl Mesa {
    pub(crate) fn new(fast: f64, slow: f64) -> Self {
        Self { fast, slow, hilbert: Hilbert::new(Hilbert::SHORT), phase: 0.0, mama: 0.0, fama: 0.0 }
    }

    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<[f64; 2]> {
        let cycle = self.hilbert.update(x)?;
        let phase = if cycle.in_phase == 0.0 {
            0.0
        } else {
            num::atan(cycle.quadrature / cycle.in_phase).to_degrees()
        };
        let change = num::max(self.phase - phase, 1.0);
        self.phase = phase;
        let rate = num::max(self.fast / change, if change > 1.0 { self.slow } else { self.fast });
        self.mama += (x - self.mama) * rate;
        self.fama += (self.mama - self.fama) * (0.5 * rate);
        self.hilbert.is_warm().then_some([self.mama, self.fama])
    }
}

macro_rules! average {
    ($($(#[$doc:meta])* $Variant:ident($State:ty)),* $(,)?) => {
        /// Any moving average.
        #[derive(Clone, Debug, Default)]
        pub(crate) enum Average {
            /// The input as it is.
            #[default]
            None,
            $($Variant($State)),*
        }

        // The variant is not stored: it is that of the state which is read into.
        impl Stored for Average {
            fn save(&self, to: &mut Vec<u8>) {
                match self {
                    Self::None => {}
                    $(Self::$Variant(state) => state.save(to)),*
                }
            }

            fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
                match self {
                    Self::None => Ok(()),
                    $(Self::$Variant(state) => state.load(from)),*
                }
            }

            #[inline]
            fn sync(&mut self, other: &mut Self) {
                match (self, other) {
                    (Self::Simple(to), Self::Simple(from)) => to.sync(from),
                    (to, from) => to.sync_other(from),
                }
            }
        }

        impl Average {
            /// What is no simple average.
            #[inline(never)] // so that what most are stays small
            fn sync_other(&mut self, other: &mut Self) {
                match (self, other) {
                    $((Self::$Variant(to), Self::$Variant(from)) => to.sync(from),)*
                    (to, from) => to.clone_from(from),
                }
            }
        }
    };
}
average! {
    Simple(Simple),
    Smoothed(Smoothed),
    LinearlyWeighted(LinearlyWeighted),
    Double(Double),
    Triple(Triple),
    Triangular(Triangular),
    Kaufman(Kaufman),
    Mesa(Box<Mesa>),
    Tillson(Box<Tillson>),
    Hull(Box<Hull>),
    ZeroLag(ZeroLag),
    Chande(Box<Chande>),
    Fir(Fir),
}

impl Average {
    pub(crate) fn new(kind: MaType, period: usize) -> Self {
        if period <= 1 {
            return Self::None;
        }
        match kind {
            MaType::Sma => Self::Simple(Simple::new(period)),
            MaType::Ema => Self::Smoothed(Smoothed::exponential(period)),
            MaType::Wma => Self::LinearlyWeighted(LinearlyWeighted::new(period)),
            MaType::Dema => Self::Double(Double::new(period)),
            MaType::Tema => Self::Triple(Triple::new(period)),
            MaType::Trima => Self::Triangular(Triangular::new(period)),
            MaType::Kama => Self::Kaufman(Kaufman::new(period)),
            MaType::Mama => Self::Mesa(Box::new(Mesa::new(0.5, 0.05))),
            MaType::T3 => Self::Tillson(Box::new(Tillson::new(period, 0.7))),
            MaType::Hma => Self::Hull(Box::new(Hull::new(period))),
            MaType::None => Self::None,
            MaType::Zlema => Self::ZeroLag(ZeroLag::new(period)),
            MaType::Rma => Self::Smoothed(Smoothed::wilder(period)),
            MaType::Vidya => Self::Chande(Box::new(Chande::new(period, Chande::momentum(period)))),
            MaType::Alma => Self::Fir(Fir::legoux(period, 6.0, 0.85)),
        }
    }

    /// Takes a whole series and writes the averages, NaN while warming up: as [`run`](Self::run) of a new one.
    pub(crate) fn run_whole(kind: MaType, period: usize, values: &[f64], out: &mut [f64]) {
        match kind {
            MaType::Sma => windows(period, [values], [out], Mean()),
            MaType::Wma => windows(period, [values], [out], LinearMean(period)),
            _ => Self::new(kind, period).run(values, out),
        }
    }

    /// How many values come before the first average.
    pub(crate) fn lookback(kind: MaType, period: usize) -> usize {
        if period <= 1 {
            return 0;
        }
        match kind {
            MaType::None => 0,
            MaType::Sma | MaType::Ema | MaType::Wma | MaType::Trima | MaType::Rma | MaType::Alma => {
                period - 1
            }
            MaType::Dema => 2 * (period - 1),
            MaType::Tema => 3 * (period - 1),
            MaType::T3 => 6 * (period - 1),
            MaType::Kama => period,
            MaType::Mama => Hilbert::SHORT.lookback,
            MaType::Hma => period - 1 + root(period) - 1,
            MaType::Zlema => (period - 1) / 2 + period - 1,
            MaType::Vidya => Chande::momentum(period),
        }
    }

    #[inline(always)]
    pub(crate) fn update(&mut self, x: f64) -> Option<f64> {
        match self {
            Self::Simple(state) => state.update(x),
            other => other.update_other(x),
        }
    }

    /// What is no simple average.
    #[inline(never)] // so that what most are stays small
    fn update_other(&mut self, x: f64) -> Option<f64> {
        match self {
            Self::None => Some(x),
            Self::Simple(state) => state.update(x),
            Self::Smoothed(state) => state.update(x),
            Self::LinearlyWeighted(state) => state.update(x),
            Self::Double(state) => state.update(x),
            Self::Triple(state) => state.update(x),
            Self::Triangular(state) => state.update(x),
            Self::Kaufman(state) => state.update(x),
            Self::Mesa(state) => state.update(x).map(|[mama, _]| mama),
            Self::Tillson(state) => state.update(x),
            Self::Hull(state) => state.update(x),
            Self::ZeroLag(state) => state.update(x),
            Self::Chande(state) => state.update(x),
            Self::Fir(state) => state.update(x),
        }
    }

    /// Takes many values and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, values: &[f64], out: &mut [f64]) {
        match self {
            Self::None => out.copy_from_slice(values),
            Self::Simple(state) => state.run(values, out),
            Self::Smoothed(state) => state.run([values], [out]),
            Self::LinearlyWeighted(state) => state.run(values, out),
            _ => {
                for (value, out) in values.iter().zip(out) {
                    *out = self.update(*value).unwrap_or(f64::NAN);
                }
            }
        }
    }
}
