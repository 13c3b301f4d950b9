//! Bars made of the path of the price: range and renko.

use super::{Bars, Candle, Frame, TimeMs};
use crate::{Error, Result, num};

/// More bars are a size that was meant otherwise.
const MOST: usize = 1 << 26;

/// As near as this to a level is on it: prices are decimal, levels are sums.
const NEAR: f64 = 1e-9;

/// The bars made so far, and the one forming.
struct Bricks {
    frame: Frame,
    /// When the forming bar opened, by its row.
    opened: TimeMs,
    /// What of the volume is in no bar yet.
    volume: f64,
}

pub(super) fn make(frame: &Frame, bars: Bars) -> Result<Frame> {
    let close = frame.column("close")?;
    let volume = frame.column("volume").ok();
    let volume = |row: usize| volume.map_or(0.0, |volume| volume[row]);
    let first = frame.time.first().copied().unwrap_or_default();
    let mut bricks = Bricks { frame: Frame::empty_candles(0), opened: first, volume: 0.0 };
    if let Bars::Range(size) = bars {
        let [open, high, low] = [frame.column("open")?, frame.column("high")?, frame.column("low")?];
        let mut forming = None;
        for (row, &time) in frame.time.iter().enumerate() {
            let prices = [open[row], high[row], low[row], close[row]];
            if prices.iter().all(|price| price.is_finite()) {
                bricks.take(volume(row));
                forming = Some(bricks.range(time, prices, size, forming)?);
            }
        }
        if let Some(prices) = forming {
            bricks.push(first, prices)?;
        }
    } else if let Bars::Renko(size) = bars {
        let mut level = None;
        for (row, &time) in frame.time.iter().enumerate() {
            if close[row].is_finite() {
                bricks.take(volume(row));
                level = Some(bricks.renko(time, close[row], size, level)?);
            }
        }
    }
    Ok(bricks.frame)
}

/// Where the levels of renko bricks are counted from, where the last one ended, and in which direction.
type Level = (f64, f64, f64);

impl Bricks {
    fn take(&mut self, volume: f64) {
        self.volume += if volume.is_finite() { volume } else { 0.0 };
    }

    /// Ends the forming bar in the row of this time; the next one opens there.
    fn push(&mut self, time: TimeMs, [open, high, low, close]: [f64; 4]) -> Result<()> {
        if self.frame.len() >= MOST {
            return Err(Error::parameter(format!(
                "bars so small are more than {MOST}; they must be larger for prices like {close}"
            )));
        }
        let opened = first_after(self);
        let volume = std::mem::take(&mut self.volume);
        self.opened = time;
        self.frame.push(Candle { time: opened, open, high, low, close, volume })
    }

    fn range(
        &mut self,
        time: TimeMs,
        [open, high, low, close]: [f64; 4],
        size: f64,
        forming: Option<[f64; 4]>,
    ) -> Result<[f64; 4]> {
        let mut bar = forming.unwrap_or([open; 4]);
        let (first, second) = if close >= open { (low, high) } else { (high, low) };
        for price in [open, first, second, close] {
            loop {
                let [from, top, bottom, _] = bar;
                let end = if price - bottom > size * (1.0 + NEAR) {
                    bottom + size
                } else if top - price > size * (1.0 + NEAR) {
                    top - size
                } else {
                    bar = [from, num::max(top, price), num::min(bottom, price), price];
                    break;
                };
                if bottom + size == bottom || top - size == top {
                    return Err(Error::parameter(format!(
                        "bars of size {size} cannot be made; at a price of {price} numbers are further apart"
                    )));
                }
                self.push(time, [from, num::max(top, end), num::min(bottom, end), end])?;
                bar = [end; 4];
            }
        }
        Ok(bar)
    }

    fn renko(&mut self, time: TimeMs, close: f64, size: f64, level: Option<Level>) -> Result<Level> {
        let Some((base, mut at, mut direction)) = level else { return Ok((close, 0.0, 0.0)) };
        let height = (close - base) / size;
        if height.is_nan() || height.abs() > 9e15 {
            return Err(Error::parameter(format!(
                "bricks of size {size} cannot be made; a price of {close} is too many of them"
            )));
        }
        for to in [1.0, -1.0] {
            loop {
                // Against the direction, a brick opens a level back.
                let from = if direction * to < 0.0 { at + to } else { at };
                if (height - (from + to)) * to < -NEAR {
                    break;
                }
                let [open, end] = [base + from * size, base + (from + to) * size];
                self.push(time, [open, num::max(open, end), num::min(open, end), end])?;
                (at, direction) = (from + to, to);
            }
        }
        Ok((base, at, direction))
    }
}

/// When the forming bar opened: in its row, but after the bar before it.
fn first_after(bricks: &Bricks) -> TimeMs {
    let last = bricks.frame.time.last();
    last.map_or(bricks.opened, |last| bricks.opened.max(last.saturating_add(1)))
}
