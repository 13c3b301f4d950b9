//! Holt's and Winters' smoothing with a trend.

crate::state! {
    /// Level, velocity and acceleration of a series, each smoothed.
    pub(crate) struct HoltWinters {
        rates: [f64; 3],
        /// Of the previous bar.
        parts: Option<[f64; 3]>,
    }
}

impl HoltWinters {
    /// Rates of level, velocity and acceleration.
    pub(crate) fn new(rates: [f64; 3]) -> Self {
        Self { rates, parts: None }
    }

    /// Takes the next value; where the next one is expected.
    #[inline]
    pub(crate) fn update(&mut self, x: f64) -> f64 {
        let [level, velocity, acceleration] = self.parts.unwrap_or([x, 0.0, 0.0]);
        let [a, b, c] = self.rates;
        let expected = level + velocity + 0.5 * acceleration;
        let now = expected + a * (x - expected);
        let speed = (1.0 - b) * (velocity + acceleration) + b * (now - level);
        let push = (1.0 - c) * acceleration + c * (speed - velocity);
        self.parts = Some([now, speed, push]);
        now + speed + 0.5 * push
    }
}
