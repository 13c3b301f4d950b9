//! Volume Profile.

use crate::kernels::{Range, Recent};
use crate::{Indicator, Update, num};

crate::indicator! {
    /// At which prices the last `period` bars traded: the price with the most volume (point of control) and the area
    /// around it that holds most of the volume.
    ///
    /// # Formula
    ///
    /// The range of the window is cut into `rows` of equal height. Each bar's volume is spread evenly over its own
    /// range. `poc` is the middle of the row with the most volume; from there the area grows by whichever neighbouring
    /// row has more (the upper one if equal) until it holds `share` per cent; `vah` and `val` are its upper and lower
    /// edge
    ///
    /// # Warm-up
    ///
    /// The first values stand at row `period - 1`.
    ///
    /// # Edge cases
    ///
    /// Of equal rows the lowest is the point of control. Without range all three are the price; without volume all are
    /// the middle of the range. Each bar costs a walk over the window: all rows move with its range.
    ///
    /// # Example
    ///
    /// ```
    /// use atra_core::prelude::*;
    ///
    /// let (high, low, volume) = ([2.0, 4.0], [0.0, 2.0], [3.0, 1.0]);
    /// let [mut poc, mut vah, mut val] = [[0.0; 2]; 3];
    /// Vp::new(2, 2, 70.0)?.compute([&high, &low, &volume], [&mut poc, &mut vah, &mut val])?;
    /// assert_eq!([poc[1], vah[1], val[1]], [1.0, 2.0, 0.0]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # References
    ///
    /// Steidlmayer, "Markets and Market Logic", 1986; rows and area as TradingView's fixed range, which grows the area
    /// by two rows at a time.
    pub struct Vp("vp", "Volume Profile", Volume) {
        /// Window in bars.
        period: usize = 100, 1..=100_000;
        /// How many rows the range is cut into.
        rows: usize = 24, 1..=1_000;
        /// Share of the volume in the area, in per cent.
        share: f64 = 70.0, 0.0..=100.0;
    }
    inputs [High, Low, Volume]
    outputs overlay [poc: Line, vah: Upper, val: Lower]
}

impl Indicator for Vp {
    type In = [f64; 3];
    type Out = [f64; 3];
    type State = VpState;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn state(&self) -> VpState {
        VpState {
            share: self.share / 100.0,
            range: Range::new(self.period),
            highs: Recent::new(self.period),
            lows: Recent::new(self.period),
            volumes: Recent::new(self.period),
            profile: vec![0.0; self.rows],
        }
    }
}

crate::state! {
    /// State of [`Vp`].
    pub struct VpState {
        share: f64,
        range: Range,
        highs: Recent,
        lows: Recent,
        volumes: Recent,
        /// Volume of each row, from the lowest; made anew each bar.
        profile: Vec<f64>,
    }
}

impl VpState {
    /// Fills the profile of the window.
    fn spread(&mut self, bottom: f64, height: f64) {
        self.profile.fill(0.0);
        let last = self.profile.len().saturating_sub(1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // saturates, and is held to the rows
        let row = |price: f64| (((price - bottom) / height) as usize).min(last);
        let bars = self.highs.newest_first().zip(self.lows.newest_first()).zip(self.volumes.newest_first());
        for ((high, low), volume) in bars {
            let (first, last) = (row(low), row(high));
            let Some(rows) = self.profile.get_mut(first..=last) else { continue };
            for (index, traded) in (first..=last).zip(rows) {
                let (floor, ceiling) = (bottom + height * index as f64, bottom + height * (index + 1) as f64);
                let part = if first == last {
                    1.0
                } else {
                    num::max(num::min(high, ceiling) - num::max(low, floor), 0.0) / (high - low)
                };
                *traded += volume * part;
            }
        }
    }

    /// The row with the most volume, and the rows around it that hold at least `wanted`.
    fn area(&self, wanted: f64) -> (usize, std::ops::Range<usize>) {
        let of = |row: Option<usize>| row.and_then(|row| self.profile.get(row)).copied();
        let mut best = 0;
        for (row, volume) in self.profile.iter().enumerate() {
            if Some(*volume) > of(Some(best)) {
                best = row;
            }
        }
        let mut area = best..best + 1;
        let mut held = of(Some(best)).unwrap_or(0.0);
        while held < wanted {
            match (of(Some(area.end)), of(area.start.checked_sub(1))) {
                (Some(above), below) if below.is_none_or(|below| above >= below) => {
                    held += above;
                    area.end += 1;
                }
                (_, Some(below)) => {
                    held += below;
                    area.start -= 1;
                }
                _ => break,
            }
        }
        (best, area)
    }
}

impl Update for VpState {
    type In = [f64; 3];
    type Out = [f64; 3];

    #[inline]
    fn update(&mut self, [high, low, volume]: [f64; 3]) -> Option<[f64; 3]> {
        self.highs.push(high);
        self.lows.push(low);
        self.volumes.push(volume);
        let [top, bottom] = self.range.update(high, low)?;
        let height = (top - bottom) / self.profile.len() as f64;
        if height <= 0.0 {
            return Some([bottom; 3]);
        }
        self.spread(bottom, height);
        let total: f64 = self.profile.iter().sum();
        if total <= 0.0 {
            return Some([bottom + 0.5 * (top - bottom); 3]);
        }
        let edge = |row: usize| bottom + height * row as f64;
        let (poc, area) = self.area(self.share * total);
        Some([edge(poc) + 0.5 * height, edge(area.end), edge(area.start)])
    }
}
