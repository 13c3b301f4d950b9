//! The times of a CSV file.

use atra_core::TimeMs;

/// A time as the file has it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) enum Stamp {
    /// Milliseconds since 1970, from a date.
    Date(TimeMs),
    /// Seconds to nanoseconds since 1970: which, the file's last one tells.
    Number(i64),
}

impl Stamp {
    /// From a number or an ISO 8601 date.
    pub(crate) fn parse(cell: &str) -> Option<Self> {
        if let Ok(number) = cell.parse::<i64>() {
            return Some(Self::Number(number));
        }
        if let Ok(number) = cell.parse::<f64>() {
            // Some programs write 1.7e12 or 1700000000.0.
            let whole = number.is_finite() && number.abs() < 9e18;
            #[allow(clippy::cast_possible_truncation)] // within i64, just checked
            return whole.then_some(Self::Number(number.trunc() as i64));
        }
        if let Ok(instant) = cell.parse::<jiff::Timestamp>() {
            return Some(Self::Date(instant.as_millisecond()));
        }
        let date_time = cell
            .parse::<jiff::civil::DateTime>()
            .or_else(|_| cell.parse::<jiff::civil::Date>().map(|date| date.at(0, 0, 0, 0)))
            .ok()?;
        Some(Self::Date(date_time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond()))
    }
}

/// What numbers are times of: they are multiplied by the first and divided by the second to be milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit(i64, i64);

impl Unit {
    /// Numbers of one file are of one unit, which the size of the last tells: each covers the years 1973 to 5138 of the
    /// next. (The first would mislead: a file that begins in 1970 begins with a 0.)
    pub(crate) fn of(last: Option<&Stamp>) -> Self {
        let last = match last {
            Some(Stamp::Number(last)) => last.unsigned_abs(),
            _ => 0,
        };
        match last {
            0..100_000_000_000 => Self(1000, 1),
            100_000_000_000..100_000_000_000_000 => Self(1, 1),
            100_000_000_000_000..100_000_000_000_000_000 => Self(1, 1000),
            _ => Self(1, 1_000_000),
        }
    }

    /// Whether a number that ends a file would be taken for milliseconds.
    pub(crate) fn is_milliseconds(last: TimeMs) -> bool {
        Self::of(Some(&Stamp::Number(last))) == Self(1, 1)
    }

    pub(crate) fn milliseconds(self, stamps: &[Stamp]) -> Vec<TimeMs> {
        let in_ms = |stamp: &Stamp| match *stamp {
            Stamp::Date(time) => time,
            Stamp::Number(number) => number.saturating_mul(self.0).div_euclid(self.1),
        };
        stamps.iter().map(in_ms).collect()
    }
}

/// The times of a whole file in milliseconds.
pub(crate) fn milliseconds(stamps: &[Stamp]) -> Vec<TimeMs> {
    Unit::of(stamps.last()).milliseconds(stamps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_unit_and_iso_dates_agree() {
        for cell in [
            "1706659200",
            "1706659200000",
            "1706659200000000",
            "1706659200000000000",
            "1706659200.0",
            "1.7066592e12",
            "2024-01-31",
            "2024-01-31T00:00:00Z",
            "2024-01-31 00:00:00",
            "2024-01-31T01:00:00+01:00",
            "2024-01-31 00:00:00.000",
        ] {
            assert_eq!(milliseconds(&[Stamp::parse(cell).unwrap()]), [1_706_659_200_000], "{cell}");
        }
        for cell in ["", "yesterday", "2024-13-01", "NaN", "inf", "1e30"] {
            assert_eq!(Stamp::parse(cell), None, "{cell}");
        }
        // Milliseconds from 1970 on, which alone would pass for seconds.
        let stamps = ["0", "86400000", "100051200000"].map(|cell| Stamp::parse(cell).unwrap());
        assert_eq!(milliseconds(&stamps), [0, 86_400_000, 100_051_200_000]);
        assert_eq!(milliseconds(&[Stamp::Number(-1000)]), [-1_000_000]);
    }
}
