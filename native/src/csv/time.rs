//! The times of a CSV file.

use atra_core::TimeMs;

/// A time as the file has it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) enum Stamp {
    /// Milliseconds since 1970, from a date.
    Date(TimeMs),
    /// Seconds to nanoseconds since 1970, and thousandths of one: which they are, the file's last one tells.
    Number(i64, u16),
}

impl Stamp {
    /// From a number or an ISO 8601 date.
    pub(crate) fn parse(cell: &str) -> Option<Self> {
        if let Ok(number) = cell.parse::<i64>() {
            return Some(Self::Number(number, 0));
        }
        if let Ok(number) = cell.parse::<f64>() {
            // Some programs write 1.7e12 or 1700000000.25.
            let whole = number.floor();
            // A thousandth that was written may lie just above the number that is next to it.
            let rest = if whole == number { 0.0 } else { number.next_up() - whole };
            // Within i64 where they are taken, and from 0 to 1000.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let (whole, thousandths) = (whole as i64, (rest * 1000.0) as u16);
            return (number.abs() < 9e18).then_some(Self::Number(whole, thousandths));
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
            Some(Stamp::Number(last, _)) => last.unsigned_abs(),
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
        Self::of(Some(&Stamp::Number(last, 0))) == Self(1, 1)
    }

    pub(crate) fn milliseconds(self, stamps: &[Stamp]) -> Vec<TimeMs> {
        let in_ms = |stamp: &Stamp| match *stamp {
            Stamp::Date(time) => time,
            Stamp::Number(number, thousandths) => {
                let rest = i64::from(thousandths) * self.0 / 1000;
                number.saturating_mul(self.0).saturating_add(rest).div_euclid(self.1)
            }
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
        assert_eq!(milliseconds(&[Stamp::Number(-1000, 0)]), [-1_000_000]);
    }

    #[test]
    fn parts_of_seconds_are_kept() {
        for (cell, time) in [
            ("1700000000.25", 1_700_000_000_250),
            ("1700000000.123", 1_700_000_000_123),
            ("1700000000.9996", 1_700_000_000_999),
            ("99999999999.001", 99_999_999_999_001),
            ("0.009", 9),
            ("-0.25", -250),
            ("-1.5", -1_500),
            ("1700000000123.75", 1_700_000_000_123),
        ] {
            assert_eq!(milliseconds(&[Stamp::parse(cell).unwrap()]), [time], "{cell}");
        }
        let stamps = ["1700000000.25", "1700000000.75"].map(|cell| Stamp::parse(cell).unwrap());
        assert!(stamps[0] < stamps[1]);
    }
}
