//! Numbers and times as an axis shows them. Floats are formatted explicitly, so the text is the same on every machine.

use atra_core::TimeMs;
use atra_core::num::{max, min};

/// The smallest and largest of the finite values; `None` when there are none.
pub(super) fn range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |range, value| {
        Some(range.map_or((value, value), |(low, high)| (min(low, value), max(high, value))))
    })
}

/// The part of a drawing that a range of values has.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    top: f64,
    height: f64,
}

impl Scale {
    /// Values from `low` to `high`, with a little room on both sides, from `top` downward.
    pub(super) fn new((low, high): (f64, f64), top: f64, height: f64) -> Self {
        let size = if low < 0.0 { max(-low, high) } else { high };
        // What differs in the last digits only is flat.
        let flat = high - low <= 1e-9 * size;
        let room = match (flat, size == 0.0) {
            (false, _) => 0.06 * (high - low),
            (true, false) => 0.05 * size,
            (true, true) => 1.0,
        };
        Self { low: low - room, high: high + room, top, height }
    }

    /// How far from the drawing's top a value stands. What lies far outside stays a number a path can hold.
    pub(super) fn y(&self, value: f64) -> f64 {
        let y = self.top + (self.high - value) / (self.high - self.low) * self.height;
        max(min(y, self.top + 9.0 * self.height), self.top - 9.0 * self.height)
    }

    /// Round values with their labels, about `count` of them.
    pub(super) fn ticks(&self, count: f64) -> Vec<(f64, String)> {
        let wanted = (self.high - self.low) / count;
        let mut power = 1.0;
        let mut decimals = 0;
        while power > wanted && decimals < 300 {
            power /= 10.0;
            decimals += 1;
        }
        while power * 10.0 <= wanted && power < 1e300 {
            power *= 10.0;
        }
        let step = [5.0, 2.0].into_iter().map(|times| times * power).find(|step| *step <= wanted);
        let step = step.unwrap_or(power);
        let largest = max(self.low.abs(), self.high.abs());
        let mut ticks = Vec::new();
        let mut tick = (self.low / step).ceil();
        while tick * step <= self.high && ticks.len() < 10 {
            ticks.push((tick * step, label(tick * step, step, largest, decimals)));
            tick += 1.0;
        }
        ticks
    }

    /// Whether zero lies inside.
    pub(super) fn crosses_zero(&self) -> bool {
        self.low < 0.0 && self.high > 0.0
    }
}

const LARGE: [(f64, &str); 4] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];

/// A round value on an axis whose values are `step` apart and up to `largest`.
fn label(value: f64, step: f64, largest: f64, decimals: usize) -> String {
    let unit = LARGE.into_iter().find(|(unit, _)| {
        let from = if *unit < 1e4 { 1e4 } else { *unit };
        largest >= from && step >= unit / 1e2
    });
    let text = if largest >= 1e15 || decimals > 6 {
        format!("{value:.1e}")
    } else if let Some((unit, letter)) = unit.filter(|_| value.abs() > 0.0) {
        let digits = usize::from(step < unit) + usize::from(step < unit / 10.0);
        format!("{:.digits$}{letter}", value / unit)
    } else {
        format!("{value:.decimals$}")
    };
    minus(&text)
}

/// A value to read: about five digits.
pub(super) fn reading(value: f64) -> String {
    let size = value.abs();
    let text = if !value.is_finite() {
        "–".to_owned()
    } else if size >= 1e15 || (size > 0.0 && size < 1e-5) {
        format!("{value:.2e}")
    } else if let Some((unit, letter)) = LARGE.into_iter().take(3).find(|(unit, _)| size >= *unit) {
        format!("{:.2}{letter}", value / unit)
    } else if value.fract() == 0.0 {
        format!("{value}")
    } else {
        let bounds = [10_000.0, 1_000.0, 10.0, 1.0, 0.01];
        let decimals = bounds.into_iter().position(|bound| size >= bound).unwrap_or(6);
        format!("{value:.decimals$}")
    };
    minus(&text)
}

/// With a minus sign, and none before zero.
fn minus(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|digit| matches!(digit, '0' | '.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text.to_owned(),
    }
}

/// The date, and for bars shorter than a day the time, in UTC.
pub(super) fn date(time: TimeMs, daily: bool) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut day = time.div_euclid(86_400_000);
    let mut year = 1970;
    let length = |year: i64| if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 { 366 } else { 365 };
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = length(year) - 337;
    let mut name = "";
    for (month, days) in MONTHS.into_iter().zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        name = month;
        if day < days {
            break;
        }
        day -= days;
    }
    if daily {
        return format!("{} {name} {year}", day + 1);
    }
    let minutes = time.div_euclid(60_000).rem_euclid(1_440);
    format!("{} {name} {:02}:{:02}", day + 1, minutes / 60, minutes % 60)
}
