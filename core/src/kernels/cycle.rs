//! The phase of the dominant cycle, and the trend without it.

use super::Recent;
use super::hilbert::{Cycle, Hilbert};
use crate::num;

/// The longest cycle, in bars.
const LONGEST: usize = 50;

/// A cycle's period as a whole number of bars.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 50; a negative period saturates to 0
fn bars(period: f64) -> usize {
    (period + 0.5) as usize
}

crate::state! {
    /// The phase of the dominant cycle.
    pub(crate) struct Phase {
        hilbert: Hilbert,
        smooth: Recent,
        degrees: f64,
    }
}

impl Phase {
    pub(crate) fn new() -> Self {
        Self { hilbert: Hilbert::new(Hilbert::LONG), smooth: Recent::new(LONGEST), degrees: 0.0 }
    }

    /// Whether the last bar's values may be given out.
    pub(crate) fn is_warm(&self) -> bool {
        self.hilbert.is_warm()
    }

    /// Takes the next price; its cycle and the phase in degrees.
    pub(crate) fn update(&mut self, price: f64) -> Option<(Cycle, f64)> {
        let cycle = self.hilbert.update(price)?;
        self.smooth.push(cycle.smooth);
        let period = bars(cycle.period);
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (bar, value) in self.smooth.newest_first().take(period).enumerate() {
            let angle = bar as f64 * std::f64::consts::TAU / period as f64;
            real += num::sin(angle) * value;
            imaginary += num::cos(angle) * value;
        }
        if imaginary != 0.0 {
            self.degrees = num::atan(real / imaginary).to_degrees();
        } else if real < 0.0 {
            self.degrees -= 90.0;
        } else if real > 0.0 {
            self.degrees += 90.0;
        }
        // A quarter for the sine, and the smoothing's lag of a bar.
        self.degrees += 90.0 + 360.0 / cycle.period;
        if imaginary < 0.0 {
            self.degrees += 180.0;
        }
        if self.degrees > 315.0 {
            self.degrees -= 360.0;
        }
        Some((cycle, self.degrees))
    }
}

/// The sine of a phase, and the same an eighth of a cycle ahead.
pub(crate) fn sine(degrees: f64) -> [f64; 2] {
    [num::sin(degrees.to_radians()), num::sin((degrees + 45.0).to_radians())]
}

crate::state! {
    /// The price averaged over one cycle.
    pub(crate) struct Trend {
        price: Recent,
        /// Averages of the last three bars, newest first.
        before: [f64; 3],
    }
}

impl Trend {
    pub(crate) fn new() -> Self {
        Self { price: Recent::new(LONGEST), before: [0.0; 3] }
    }

    pub(crate) fn push(&mut self, price: f64) {
        self.price.push(price);
    }

    /// The trend at the last bar, given the period of its cycle.
    pub(crate) fn line(&mut self, period: f64) -> f64 {
        let count = bars(period);
        let sum: f64 = self.price.newest_first().take(count).sum();
        let mean = if count > 0 { sum / count as f64 } else { sum };
        let [one, two, three] = self.before;
        self.before = [mean, one, two];
        (4.0 * mean + 3.0 * one + 2.0 * two + three) / 10.0
    }
}
