//! Bollinger Bands.

use crate::kernels::{Average, Deviation, Deviations, Window, view, windows};
use crate::stored::Fixed;
use crate::{Indicator, MaType, Update};

crate::indicator! {
    /// A moving average with a band of standard deviations on either side: wide when the market is restless, narrow
    /// when it is calm.
    ///
    /// # Formula
    ///
    /// `middle = ma(x, period)`, `σ` = population standard deviation of the last `period` values, `upper = middle + up
    /// · σ`, `lower = middle - down · σ`
    ///
    /// # Warm-up
    ///
    /// The first values stand where both the average and the deviation have their first: row `period - 1` with a simple
    /// average.
    ///
    /// # Edge cases
    ///
    /// On a flat window the three bands are exactly equal. Deviations are summed around a value of the window, so bands
    /// do not collapse at prices like 60,000 ± 0.005 or 0.00000012.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let [mut upper, mut middle, mut lower] = [[0.0; 4]; 3];
    /// let bands = Bbands::new(4, 2.0, 1.0, MaType::Sma)?;
    /// bands.compute([&[1.0, 1.0, 5.0, 5.0]], [&mut upper, &mut middle, &mut lower])?;
    /// assert_eq!([upper[3], middle[3], lower[3]], [7.0, 3.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Bollinger, "Bollinger on Bollinger Bands", 2001. TA-Lib `BBANDS`.
    pub struct Bbands("bbands", "Bollinger Bands", Overlap) {
        /// Window in bars.
        period: usize = 20, 2..=100_000;
        /// Standard deviations from the middle to the upper band.
        up: f64 = 2.0, -3e37..=3e37;
        /// Standard deviations from the middle to the lower band.
        down: f64 = 2.0, -3e37..=3e37;
        /// Kind of the middle average.
        ma: MaType = "sma";
    }
    inputs [Close]
    outputs overlay [upper: Upper, middle: Line, lower: Lower]
    talib BBANDS(period: timeperiod, up: nbdevup, down: nbdevdn, ma: matype)
}

impl Indicator for Bbands {
    type In = [f64; 1];
    type Out = [f64; 3];
    type State = BbandsState;

    fn lookback(&self) -> usize {
        Average::lookback(self.ma, self.period).max(self.period - 1)
    }

    fn state(&self) -> BbandsState {
        BbandsState {
            up: Fixed(self.up),
            down: Fixed(self.down),
            window: Window::new(self.period),
            // The simple average comes with the deviation.
            middle: (self.ma != MaType::Sma).then(|| Average::new(self.ma, self.period)),
        }
    }

    fn run(&self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        match self.ma {
            MaType::Sma => windows(self.period, inputs, outputs, Bands(self.up, self.down)),
            _ => self.state().run(inputs, outputs),
        }
    }
}

crate::state! {
    /// State of [`Bbands`].
    pub struct BbandsState {
        up: Fixed<f64>,
        down: Fixed<f64>,
        window: Window<Deviations>,
        middle: Option<Average>,
    }
}

impl Update for BbandsState {
    type In = [f64; 1];
    type Out = [f64; 3];

    const RUNS: bool = true;

    #[inline(always)]
    fn update(&mut self, [x]: [f64; 1]) -> Option<[f64; 3]> {
        let middle = self.middle.as_mut().map(|average| average.update(x));
        let (mean, deviation) = self.window.push_inlined(x)?.mean_and_deviation();
        let middle = middle.unwrap_or(Some(mean))?;
        Some([middle + deviation * self.up.0, middle, middle - deviation * self.down.0])
    }

    fn run(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        let (up, down) = (self.up.0, self.down.0);
        let Some(average) = &mut self.middle else {
            self.window.run([inputs[0]], outputs, Bands(up, down));
            return;
        };
        let ([x], [upper, middle, lower]) = (inputs, outputs);
        self.window.run([x], [&mut *lower], Deviation(1.0));
        average.run(x, middle);
        for ((upper, lower), middle) in upper.iter_mut().zip(lower).zip(middle) {
            // NaN until both have a value.
            let deviation = *lower;
            *upper = *middle + deviation * up;
            *lower = *middle - deviation * down;
            *middle = if deviation.is_nan() { f64::NAN } else { *middle };
        }
    }
}

view!(
    /// Upper, middle and lower band around the mean.
    Bands(up: f64, down: f64) of Deviations,
    |window| [
        window.mean_and_deviation().0
            + window.mean_and_deviation().1 * window.anchor.like(up),
        window.mean_and_deviation().0,
        window.mean_and_deviation().0
            - window.mean_and_deviation().1 * window.anchor.like(down)
    ]
);
