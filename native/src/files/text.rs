//! Frames as text: CSV and lines of JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use atra_core::{Frame, TimeMs};

use crate::csv::Unit;

/// How a file's times are written: in milliseconds where a reader, whom the last time tells the unit, takes them for such,
/// else as dates. Of a file that is written a piece at a time, only that none comes before the first piece's last is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times {
    are_dates: Option<bool>,
}

impl Times {
    /// To be told before a piece is written.
    fn of(&mut self, piece: &Frame) -> io::Result<()> {
        let Some(&last) = piece.time().last() else { return Ok(()) };
        let are_dates = last < 0 || !Unit::is_milliseconds(last);
        if *self.are_dates.get_or_insert(are_dates) || !are_dates { Ok(()) } else { Err(beyond(last)) }
    }

    /// Appends a time, its date within `quote`s.
    fn push(self, line: &mut String, time: TimeMs, quote: &str) -> io::Result<()> {
        let written = if self.are_dates == Some(true) {
            let date = jiff::Timestamp::from_millisecond(time).map_err(|_| beyond(time))?;
            write!(line, "{quote}{date}{quote}")
        } else {
            write!(line, "{time}")
        };
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        Ok(())
    }
}

fn beyond(time: TimeMs) -> io::Error {
    let message = format!("the time {time} would not be read back from text");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Writes a frame as CSV: a header line, then a line a bar. It reads back as the same.
///
/// ```
/// let frame = atra::Frame::new(vec![1_706_659_200_000])?.with_column("close", vec![1.5])?;
/// let mut text = Vec::new();
/// atra::files::write_csv(&frame, &mut text)?;
/// assert_eq!(text, b"time,close\n1706659200000,1.5\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_csv(frame: &Frame, mut out: impl Write) -> io::Result<()> {
    write_csv_header(frame, &mut out)?;
    write_csv_rows(frame, &mut Times::default(), &mut out)
}

/// Writes the line of the columns' names.
pub(super) fn write_csv_header(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let mut line = String::from("time");
    for name in frame.column_names() {
        line.push(',');
        // A name that would be read as several cells is quoted.
        if name.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&name.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(name);
        }
    }
    line.push('\n');
    out.write_all(line.as_bytes())
}

/// Writes a line a bar. Numbers are written so that they read back as the same.
pub(super) fn write_csv_rows(frame: &Frame, times: &mut Times, out: &mut impl Write) -> io::Result<()> {
    times.of(frame)?;
    let mut line = String::new();
    let columns: Vec<&[f64]> = frame.column_names().filter_map(|name| frame.column(name).ok()).collect();
    for (row, time) in frame.time().iter().enumerate() {
        line.clear();
        times.push(&mut line, *time, "")?;
        for column in &columns {
            line.push(',');
            push_number(&mut line, column[row]);
        }
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// Writes an object a bar; what JSON has no number for is `null`.
pub(super) fn write_json_lines(frame: &Frame, times: &mut Times, out: &mut impl Write) -> io::Result<()> {
    times.of(frame)?;
    let columns =
        frame.column_names().filter_map(|name| frame.column(name).ok().map(|values| (name, values)));
    let columns: Vec<(String, &[f64])> = columns
        .map(|(name, values)| Ok((format!(",{}:", serde_json::to_string(name)?), values)))
        .collect::<io::Result<_>>()?;
    let mut line = String::new();
    for (row, time) in frame.time().iter().enumerate() {
        line.clear();
        line.push_str("{\"time\":");
        times.push(&mut line, *time, "\"")?;
        for (name, values) in &columns {
            line.push_str(name);
            if values[row].is_finite() {
                push_number(&mut line, values[row]);
            } else {
                line.push_str("null");
            }
        }
        line.push_str("}\n");
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// Appends the shortest text that reads back as the same number; nothing for NaN.
pub fn push_number(line: &mut String, number: f64) {
    let size = number.abs();
    let written = if number.is_nan() {
        Ok(())
    } else if size != 0.0 && !(1e-5..1e16).contains(&size) {
        write!(line, "{number:e}")
    } else {
        write!(line, "{number}")
    };
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}
