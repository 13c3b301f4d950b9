//! Ehlers' recursive filters.
//!
//! What a low-pass filter takes from its past is taken as a distance from the present, so that a flat series stays
//! exactly itself. Each begins as if the first value had always stood there. Where Ehlers prints 1.414 and 0.707 the
//! roots themselves are meant.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2, TAU};

use super::{Delay, Simple};
use crate::num;

/// How much of its value a filter keeps that turns by `angle` a bar: `cos / (1 + sin)`, which is Ehlers'
/// `(1 - sin) / cos` without 0 / 0 at a quarter turn.
fn keep(angle: f64) -> f64 {
    num::cos(angle) / (1.0 + num::sin(angle))
}

crate::state! {
    /// A recursive low-pass filter of up to three poles.
    pub(crate) struct LowPass {
        /// Weights of the last values, newest first.
        feedback: [f64; 3],
        past: Option<[f64; 3]>,
    }
}

impl LowPass {
    pub(crate) fn new(feedback: [f64; 3]) -> Self {
        Self { feedback, past: None }
    }

    /// Butterworth's two poles.
    pub(crate) fn two_poles(period: f64) -> Self {
        let angle = SQRT_2 * PI / period;
        let radius = num::exp(-angle);
        Self::new([2.0 * radius * num::cos(angle), -radius * radius, 0.0])
    }

    /// Butterworth's three poles.
    pub(crate) fn three_poles(period: f64) -> Self {
        let radius = num::exp(-PI / period);
        let (turn, square) = (2.0 * radius * num::cos(num::sqrt(3.0) * PI / period), radius * radius);
        Self::new([turn + square, -(square + turn * square), square * square])
    }

    /// Takes the next value; the filtered one.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let [one, two, three] = self.past.unwrap_or([x; 3]);
        let [a, b, c] = self.feedback;
        let value = x + (a * (one - x) + b * (two - x) + c * (three - x));
        self.past = Some([value, one, two]);
        value
    }
}

crate::state! {
    /// Two poles over the mean of the last two values.
    pub(crate) struct SuperSmoother {
        before: Option<f64>,
        filter: LowPass,
    }
}

impl SuperSmoother {
    pub(crate) fn new(period: f64) -> Self {
        Self { before: None, filter: LowPass::two_poles(period) }
    }

    /// Takes the next value; the smoothed one.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let before = self.before.replace(x).unwrap_or(x);
        self.filter.update(x + 0.5 * (before - x))
    }
}

crate::state! {
    /// A high-pass filter of one pole.
    pub(crate) struct HighPass {
        keep: f64,
        before: Option<f64>,
        value: f64,
    }
}

impl HighPass {
    pub(crate) fn new(period: usize) -> Self {
        Self::turning(TAU / period as f64)
    }

    fn turning(angle: f64) -> Self {
        Self { keep: keep(angle), before: None, value: 0.0 }
    }

    /// Takes the next value; what is faster than the filter.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let change = x - self.before.replace(x).unwrap_or(x);
        self.value = 0.5 * (1.0 + self.keep) * change + self.keep * self.value;
        self.value
    }
}

crate::state! {
    /// A high-pass filter of two equal poles.
    pub(crate) struct TwoPoleHighPass {
        first: HighPass,
        second: HighPass,
    }
}

impl TwoPoleHighPass {
    pub(crate) fn new(period: usize) -> Self {
        let stage = || HighPass::turning(FRAC_1_SQRT_2 * TAU / period as f64);
        Self { first: stage(), second: stage() }
    }

    /// Takes the next value; what is faster than the filter.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let once = self.first.update(x);
        self.second.update(once)
    }
}

crate::state! {
    /// Ehlers' Laguerre filter: an average and what three all-pass stages make of it.
    pub(crate) struct Laguerre {
        gamma: f64,
        stages: Option<[f64; 4]>,
    }
}

impl Laguerre {
    pub(crate) fn new(gamma: f64) -> Self {
        Self { gamma, stages: None }
    }

    /// Takes the next value; the four stages.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> [f64; 4] {
        let [l0, l1, l2, l3] = self.stages.unwrap_or([x; 4]);
        let first = x + self.gamma * (l0 - x);
        let second = l0 + self.gamma * (l1 - first);
        let third = l1 + self.gamma * (l2 - second);
        let fourth = l2 + self.gamma * (l3 - third);
        *self.stages.insert([first, second, third, fourth])
    }
}

crate::state! {
    /// Ehlers' band-pass filter.
    pub(crate) struct BandPass {
        turn: f64,
        keep: f64,
        /// The last two values, newest first.
        before: Option<[f64; 2]>,
        past: [f64; 2],
    }
}

impl BandPass {
    /// Passes cycles of about `period`, from half a `bandwidth` (a share of the period) below to half above.
    pub(crate) fn new(period: usize, bandwidth: f64) -> Self {
        let angle = TAU / period as f64;
        Self { turn: num::cos(angle), keep: keep(bandwidth * angle), before: None, past: [0.0; 2] }
    }

    /// Takes the next value; the cycle in it.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let [one, two] = self.before.unwrap_or([x; 2]);
        self.before = Some([x, one]);
        let [y1, y2] = self.past;
        let value = 0.5 * (1.0 - self.keep) * (x - two) + self.turn * (1.0 + self.keep) * y1 - self.keep * y2;
        self.past = [value, y1];
        value
    }
}

crate::state! {
    /// What reflex and trendflex share: a smoothed price, and a scale that follows what is measured of it.
    pub(crate) struct Flex {
        smoother: SuperSmoother,
        past: Delay,
        average: Simple,
        /// Of the bars before the last one.
        mean: Option<f64>,
        power: f64,
    }
}

impl Flex {
    pub(crate) fn new(period: usize) -> Self {
        Self {
            smoother: SuperSmoother::new(0.5 * period as f64),
            past: Delay::new(period),
            average: Simple::new(period),
            mean: None,
            power: 0.0,
        }
    }

    /// Takes the next value; the smoothed one, that of `period` bars ago, and the mean from there to the bar before.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> Option<[f64; 3]> {
        let now = self.smoother.update(x);
        let mean = std::mem::replace(&mut self.mean, self.average.update(now));
        let past = self.past.push(now);
        Some([now, past?, mean?])
    }

    /// In units of the root of its mean square; 0 while that is 0.
    #[inline]
    pub(crate) fn scaled(&mut self, sum: f64) -> f64 {
        self.power = 0.04 * sum * sum + 0.96 * self.power;
        if self.power > 0.0 { sum / num::sqrt(self.power) } else { 0.0 }
    }
}

crate::state! {
    /// Ehlers' ultimate smoother: the value less its high-pass filter.
    pub(crate) struct UltimateSmoother {
        /// Weights of the two values and the two results before, newest first.
        weights: [f64; 4],
        values: Option<[f64; 2]>,
        past: [f64; 2],
    }
}

impl UltimateSmoother {
    pub(crate) fn new(period: usize) -> Self {
        let LowPass { feedback: [c2, c3, _], .. } = LowPass::two_poles(period as f64);
        let c1 = (1.0 + c2 - c3) / 4.0;
        Self { weights: [2.0 * c1 - c2, -(c1 + c3), c2, c3], values: None, past: [0.0; 2] }
    }

    /// Takes the next value; the smoothed one.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        if self.values.is_none() {
            self.past = [x; 2];
        }
        let [x1, x2] = self.values.unwrap_or([x; 2]);
        self.values = Some([x, x1]);
        let [y1, y2] = self.past;
        let [a, b, c, d] = self.weights;
        let value = x + (a * (x1 - x) + b * (x2 - x) + c * (y1 - x) + d * (y2 - x));
        self.past = [value, y1];
        value
    }
}
