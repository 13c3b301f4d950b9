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
    /// From a number or a date.
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
        Self::date(cell)
    }

    /// From a date, be it of digits only (20240131); UTC unless it names an offset.
    pub(crate) fn date(cell: &str) -> Option<Self> {
        iso(cell).or_else(|| iso(&as_iso(cell)?)).map(Self::Date)
    }
}

/// Whether it is written as a date of digits only: a number, for which only what stands around it can tell.
pub(crate) fn is_compact(cell: &str) -> bool {
    cell.len() == 8 && is_digits(cell)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The time of an ISO 8601 date.
fn iso(text: &str) -> Option<TimeMs> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_millisecond());
    }
    let date_time = text
        .parse::<jiff::civil::DateTime>()
        .or_else(|_| text.parse::<jiff::civil::Date>().map(|date| date.at(0, 0, 0, 0)))
        .ok()?;
    Some(date_time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// A date as other programs write it, in ISO 8601: `2024.01.31 9:30`, `2024/01/31`, `20240131 093000`. The year comes
/// first: a date that begins with the day or the month means another one from country to country.
fn as_iso(cell: &str) -> Option<String> {
    let is_compact = cell.get(..8).is_some_and(is_digits);
    let (date, rest) = cell.split_at_checked(if is_compact { 8 } else { 10 })?;
    let (year, month, day) = match (is_compact, date.as_bytes()[4]) {
        (true, _) => (&date[..4], &date[4..6], &date[6..]),
        (false, separator @ (b'-' | b'/' | b'.')) => {
            let mut parts = date.split(char::from(separator));
            (parts.next()?, parts.next()?, parts.next()?)
        }
        _ => return None,
    };
    let day = format!("{year}-{month}-{day}");
    if rest.is_empty() {
        return Some(day);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (clock, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let clock = clock.trim_end();
    let clock = match clock.len() {
        4 | 7.. if clock.as_bytes()[1] == b':' => format!("0{clock}"),
        4 if is_digits(clock) => format!("{}:{}", &clock[..2], &clock[2..]),
        6 if is_digits(clock) => format!("{}:{}:{}", &clock[..2], &clock[2..4], &clock[4..]),
        _ => clock.to_owned(),
    };
    Some(format!("{day}T{clock}{zone}"))
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
            "2024-01-31 0:00",
            "2024/01/31",
            "2024.01.31 00:00",
            "20240131 000000",
            "20240131 0000",
            "20240131T00:00:00Z",
            "2024.01.31 1:00:00 +01:00",
        ] {
            assert_eq!(milliseconds(&[Stamp::parse(cell).unwrap()]), [1_706_659_200_000], "{cell}");
        }
        for cell in [
            "",
            "yesterday",
            "2024-13-01",
            "NaN",
            "inf",
            "1e30",
            "31.01.2024",
            "01/31/2024",
            "2024.02.30",
            "2024.01/31",
            "2024-01-31 25:00",
            "20240131 9",
            "20240131x",
            "2024.01.31 12:60",
            "2024.01.31 12:00 Europe",
            "2024.01.31é9",
            "2024.01.31 é:30",
            "é0240131",
            "20240131 +01:00",
        ] {
            assert_eq!(Stamp::parse(cell), None, "{cell}");
        }
        assert_eq!(Stamp::date("20240131"), Some(Stamp::Date(1_706_659_200_000)));
        assert_eq!(Stamp::date("20240230"), None);
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
