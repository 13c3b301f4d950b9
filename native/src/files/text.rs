//! Frames as text: CSV and lines of JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use atra_core::Frame;

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
pub(super) fn write_csv(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let mut line = String::new();
    let columns: Vec<&[f64]> = frame.column_names().filter_map(|name| frame.column(name).ok()).collect();
    for (row, time) in frame.time().iter().enumerate() {
        line.clear();
        let _ = write!(line, "{time}"); // a string takes everything
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
pub(super) fn write_json_lines(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let columns =
        frame.column_names().filter_map(|name| frame.column(name).ok().map(|values| (name, values)));
    let columns: Vec<(String, &[f64])> = columns
        .map(|(name, values)| Ok((format!(",{}:", serde_json::to_string(name)?), values)))
        .collect::<io::Result<_>>()?;
    let mut line = String::new();
    for (row, time) in frame.time().iter().enumerate() {
        line.clear();
        let _ = write!(line, "{{\"time\":{time}"); // a string takes everything
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
