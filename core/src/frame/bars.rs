//! What bars a frame can be made of anew, and where each begins.

use std::fmt;

use super::{Frame, TimeMs};
use crate::args::Choice;
use crate::time::{Sessions, Span, Zone};
use crate::{Error, Result};

const DAY: i64 = 86_400_000;

/// What a bar is: how [`Frame::resample`] parts rows, or the path of the price, into bars.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Bars {
    /// Of so many milliseconds, counted from 1970 in UTC: what exchanges call 1m to 12h, and 3d.
    Every(i64),
    /// Of so many milliseconds, at most a day, counted from the opening of each day's session anew.
    Intraday {
        /// Milliseconds.
        step: i64,
        /// Whose clocks.
        zone: Zone,
        /// When a session's day begins, in minutes after midnight; see [`Sessions::new`].
        start: usize,
    },
    /// Of a day, a week, a month … in an exchange's time.
    Session {
        /// How long.
        span: Span,
        /// Whose clocks.
        zone: Zone,
        /// When a session's day begins, in minutes after midnight; see [`Sessions::new`].
        start: usize,
    },
    /// Of so many rows.
    Ticks(usize),
    /// Of at least so much volume: the row that reaches it is the bar's last.
    Volume(f64),
    /// Of at least so much turnover, close times volume: the row that reaches it is the bar's last.
    Dollars(f64),
    /// Of so much between high and low (as near as a billionth of it), but for the last bar, which is still forming.
    ///
    /// Inside a row the price is taken to have gone from open to close by way of the low first when it rose, of the high
    /// first when it fell. A bar opens where the one before it closed.
    Range(f64),
    /// Renko: bricks of this height, on levels counted from the first close. A brick stands when a close reaches the next
    /// level, against the direction so far the one after it (as near as a billionth of a brick). What has not filled a
    /// brick yet is left out.
    Renko(f64),
}

impl Bars {
    /// Bars as a person writes them: `15s`, `5m`, `4h`, `3d`, `day`, `week`, `month`, `quarter`, `year` (also `1d`, `1w`,
    /// `1M`), `ticks:100`, `volume:1000`, `dollars:1e6`, `range:2.5`, `renko:10`. Where days begin, `zone` and `start`
    /// (minutes after midnight) tell; it has no meaning for the last five.
    ///
    /// ```
    /// use atra_core::frame::Bars;
    /// use atra_core::{Span, Zone};
    ///
    /// assert_eq!(Bars::parse("4h", Zone::Utc, 0)?, Bars::Every(4 * 3_600_000));
    /// let week = Bars::Session { span: Span::Week, zone: Zone::Tokyo, start: 0 };
    /// assert_eq!(Bars::parse("1w", Zone::Tokyo, 0)?, week);
    /// assert_eq!(Bars::parse("renko:0.5", Zone::Utc, 0)?, Bars::Renko(0.5));
    /// assert!(Bars::parse("4 hours", Zone::Utc, 0).is_err());
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn parse(text: &str, zone: Zone, start: usize) -> Result<Self> {
        let bars = Self::parsed(text, zone, start).ok_or_else(|| {
            Error::parameter(format!(
                "bars `{text}` are not known; there are 15s, 5m, 4h, 3d, {}, ticks:100, volume:1000, dollars:1e6, \
                 range:2.5, renko:10",
                Span::CHOICES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
            ))
        })?;
        bars.check()?;
        Ok(bars)
    }

    fn parsed(text: &str, zone: Zone, start: usize) -> Option<Self> {
        if let Some((kind, size)) = text.split_once(':') {
            return Some(match kind {
                "ticks" => Self::Ticks(size.parse().ok()?),
                "volume" => Self::Volume(size.parse().ok()?),
                "dollars" => Self::Dollars(size.parse().ok()?),
                "range" => Self::Range(size.parse().ok()?),
                "renko" => Self::Renko(size.parse().ok()?),
                _ => return None,
            });
        }
        let span = match text {
            "1d" => Some("day"),
            "1w" => Some("week"),
            "1M" => Some("month"),
            _ => Span::CHOICES.iter().map(|(name, _)| *name).find(|name| *name == text),
        };
        if let Some(span) = span {
            return Some(Self::Session { span: Span::named(span), zone, start });
        }
        let step = duration(text)?;
        Some(if (zone, start) == (Zone::Utc, 0) {
            Self::Every(step)
        } else {
            Self::Intraday { step, zone, start }
        })
    }

    /// Fails, naming the size, when there can be no such bars.
    pub(super) fn check(&self) -> Result<()> {
        let (what, is_valid, must) = match *self {
            Self::Every(step) => (format!("bars of {step} ms"), step > 0, "longer than 0"),
            Self::Intraday { step, start, .. } => (
                format!("bars of {step} ms from minute {start} on"),
                (1..=DAY).contains(&step) && start < 1_440,
                "at most a day (longer bars in a zone are day, week, month …), the minute below 1440",
            ),
            Self::Session { start, .. } => {
                (format!("sessions from minute {start} on"), start < 1_440, "from a minute below 1440 on")
            }
            Self::Ticks(rows) => (format!("bars of {rows} rows"), rows > 0, "of 1 row or more"),
            Self::Volume(size) | Self::Dollars(size) | Self::Range(size) | Self::Renko(size) => {
                (format!("bars of size {size}"), size > 0.0 && size.is_finite(), "of a number above 0")
            }
        };
        if is_valid {
            Ok(())
        } else {
            Err(Error::parameter(format!("{what} cannot be made; they must be {must}")))
        }
    }
}

/// Milliseconds of `15s`, `5m`, `4h`, `3d`; `None` if the text is nothing of that.
#[must_use]
pub fn duration(text: &str) -> Option<i64> {
    let unit = match text.as_bytes().last()? {
        b's' => 1_000,
        b'm' => 60_000,
        b'h' => 3_600_000,
        b'd' => DAY,
        _ => return None,
    };
    let number = &text[..text.len() - 1];
    let is_number = number.bytes().all(|digit| digit.is_ascii_digit());
    number.parse::<i64>().ok().filter(|&number| is_number && number > 0)?.checked_mul(unit)
}

impl fmt::Display for Bars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(step) | Self::Intraday { step, .. } => write!(f, "{step} ms"),
            Self::Session { span, .. } => f.write_str(span.name()),
            Self::Ticks(rows) => write!(f, "ticks:{rows}"),
            Self::Volume(size) => write!(f, "volume:{size}"),
            Self::Dollars(size) => write!(f, "dollars:{size}"),
            Self::Range(size) => write!(f, "range:{size}"),
            Self::Renko(size) => write!(f, "renko:{size}"),
        }
    }
}

/// When the session of each bar opened, bar after bar.
fn openings(mut sessions: Sessions) -> impl FnMut(TimeMs) -> TimeMs {
    let mut opening = 0;
    move |time| {
        if sessions.begins(time as f64) {
            opening = sessions.opening();
        }
        opening
    }
}

/// The rows that begin a bar, and the time each bar opens.
#[derive(Default)]
pub(super) struct Starts {
    pub(super) rows: Vec<usize>,
    pub(super) time: Vec<TimeMs>,
}

impl Starts {
    /// Of bars that are made of whole rows; `None` for those made of prices.
    pub(super) fn of(frame: &Frame, bars: Bars) -> Result<Option<Self>> {
        let mut starts = Self::default();
        match bars {
            Bars::Every(step) => starts.by_time(frame, |time| time.div_euclid(step).saturating_mul(step)),
            Bars::Session { span, zone, start } => {
                starts.by_time(frame, openings(Sessions::new(span, zone, start)));
            }
            Bars::Intraday { step, zone, start } => {
                let mut opening = openings(Sessions::new(Span::Day, zone, start));
                starts.by_time(frame, |time| {
                    let opening = opening(time);
                    opening.saturating_add(time.saturating_sub(opening).div_euclid(step).saturating_mul(step))
                });
            }
            Bars::Ticks(rows) => {
                starts.rows = (0..frame.len()).step_by(rows).collect();
                starts.time = starts.rows.iter().map(|&row| frame.time[row]).collect();
            }
            Bars::Volume(size) => starts.by_amount(frame, frame.column("volume")?.iter().copied(), size),
            Bars::Dollars(size) => {
                let turnover = frame.column("close")?.iter().zip(frame.column("volume")?);
                starts.by_amount(frame, turnover.map(|(close, volume)| close * volume), size);
            }
            Bars::Range(_) | Bars::Renko(_) => return Ok(None),
        }
        Ok(Some(starts))
    }

    fn by_time(&mut self, frame: &Frame, mut opening: impl FnMut(TimeMs) -> TimeMs) {
        for (row, &time) in frame.time.iter().enumerate() {
            let opening = opening(time);
            if self.time.last() != Some(&opening) {
                self.rows.push(row);
                self.time.push(opening);
            }
        }
    }

    /// Gaps add nothing.
    fn by_amount(&mut self, frame: &Frame, amounts: impl Iterator<Item = f64>, size: f64) {
        let mut sum = f64::INFINITY;
        for ((row, &time), amount) in frame.time.iter().enumerate().zip(amounts) {
            if sum >= size {
                sum = 0.0;
                self.rows.push(row);
                self.time.push(time);
            }
            sum += if amount.is_nan() { 0.0 } else { amount };
        }
    }
}
