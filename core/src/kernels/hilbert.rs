//! Ehlers' Hilbert transform and the dominant cycle it measures.
//!
//! Ehlers, "Rocket Science for Traders", 2001, ch. 7, with the warm-up of TA-Lib.

use crate::num;

/// How the transform warms up.
#[derive(Clone, Copy)]
pub(crate) struct WarmUp {
    /// Bars that only fill the smoothing of the price.
    skip: usize,
    /// Bars before the first value that is given out.
    pub(crate) lookback: usize,
}

crate::state! {
    /// The last seven values of one quantity.
    struct Past {
        values: [f64; 7],
    }
}

impl Past {
    const fn new() -> Self {
        Self { values: [0.0; 7] }
    }

    #[inline]
    fn push(&mut self, value: f64) {
        self.values.copy_within(0..6, 1);
        self.values[0] = value;
    }

    /// Takes the next value; the transform of the last seven.
    #[inline]
    fn transform(&mut self, value: f64, scale: f64) -> f64 {
        self.push(value);
        let [now, _, two, _, four, _, six] = self.values;
        (0.0962 * (now - six) + 0.5769 * (two - four)) * scale
    }
}

crate::state! {
    /// The transform of the smoothed price, and the dominant cycle's period.
    pub(crate) struct Hilbert {
        skip: usize,
        lookback: usize,
        bars: usize,
        price: Past,
        smooth: Past,
        detrended: Past,
        in_phase: Past,
        quadrature: Past,
        /// In-phase and quadrature parts, turned a quarter and smoothed.
        turned: [f64; 2],
        /// Their product with those of the bar before, smoothed.
        product: [f64; 2],
        period: f64,
        smooth_period: f64,
    }
}

/// What the transform says of a bar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cycle {
    pub(crate) in_phase: f64,
    pub(crate) quadrature: f64,
    /// Of the dominant cycle, in bars, smoothed.
    pub(crate) period: f64,
    /// The price, smoothed over four bars.
    pub(crate) smooth: f64,
}

impl Hilbert {
    /// For what reads the phase at once.
    pub(crate) const SHORT: WarmUp = WarmUp { skip: 12, lookback: 32 };
    /// For what looks back over a whole cycle.
    pub(crate) const LONG: WarmUp = WarmUp { skip: 37, lookback: 63 };

    pub(crate) fn new(warm_up: WarmUp) -> Self {
        Self {
            skip: warm_up.skip,
            lookback: warm_up.lookback,
            bars: 0,
            price: Past::new(),
            smooth: Past::new(),
            detrended: Past::new(),
            in_phase: Past::new(),
            quadrature: Past::new(),
            turned: [0.0; 2],
            product: [0.0; 2],
            period: 0.0,
            smooth_period: 0.0,
        }
    }

    /// Whether the last bar's values may be given out.
    pub(crate) fn is_warm(&self) -> bool {
        self.bars > self.lookback
    }

    /// Takes the next price; its cycle, from the first bar after those skipped.
    #[inline]
    pub(crate) fn update(&mut self, price: f64) -> Option<Cycle> {
        self.price.push(price);
        self.bars = self.bars.saturating_add(1);
        if self.bars <= self.skip {
            return None;
        }
        let [p0, p1, p2, p3, ..] = self.price.values;
        let smooth = (4.0 * p0 + 3.0 * p1 + 2.0 * p2 + p3) * 0.1;
        let scale = 0.075 * self.period + 0.54;

        let in_phase = self.detrended.values[2];
        let detrended = self.smooth.transform(smooth, scale);
        let quadrature = self.detrended.transform(detrended, scale);
        let turned_in_phase = self.in_phase.transform(in_phase, scale);
        let turned_quadrature = self.quadrature.transform(quadrature, scale);

        let [i1, q1] = self.turned;
        let i2 = 0.2 * (in_phase - turned_quadrature) + 0.8 * i1;
        let q2 = 0.2 * (quadrature + turned_in_phase) + 0.8 * q1;
        self.turned = [i2, q2];
        let [real, imaginary] = self.product;
        let real = 0.2 * (i2 * i1 + q2 * q1) + 0.8 * real;
        let imaginary = 0.2 * (i2 * q1 - q2 * i1) + 0.8 * imaginary;
        self.product = [real, imaginary];

        let before = self.period;
        let mut period = before;
        if real != 0.0 && imaginary != 0.0 {
            period = 360.0 / num::atan(imaginary / real).to_degrees();
        }
        period = num::min(period, 1.5 * before);
        period = num::max(period, 0.67 * before);
        period = num::min(num::max(period, 6.0), 50.0);
        self.period = 0.2 * period + 0.8 * before;
        self.smooth_period = 0.33 * self.period + 0.67 * self.smooth_period;
        Some(Cycle { in_phase, quadrature, period: self.smooth_period, smooth })
    }
}
