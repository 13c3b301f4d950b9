//! Writing to standard output or a file, tables and numbers.

use std::io::{self, BufWriter, IntoInnerError, StdoutLock, Write};

use atra::files::Beside;
use atra::{Error, ErrorKind, Frame, Result, files};

use super::cannot;

/// Where a command writes: standard output, or a file that has its name when it is finished.
pub(crate) struct Output {
    to: To,
    name: String,
}

enum To {
    Stdout(BufWriter<StdoutLock<'static>>),
    File(BufWriter<Beside>),
}

impl Output {
    /// `-` is standard output.
    pub(crate) fn open(path: &str) -> Result<Self> {
        if path == "-" { Ok(Self::stdout()) } else { Self::file(path) }
    }

    pub(crate) fn file(path: &str) -> Result<Self> {
        let file = Beside::create(path.as_ref()).map_err(|error| cannot("write", path, error))?;
        Ok(Self { to: To::File(BufWriter::new(file)), name: path.to_owned() })
    }

    pub(crate) fn stdout() -> Self {
        let to = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        Self { to: To::Stdout(to), name: "standard output".to_owned() }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.to {
            To::Stdout(to) => to,
            To::File(to) => to,
        }
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        self.writer().write_all(text.as_bytes()).map_err(|error| cannot("write", &self.name, error))
    }

    pub(crate) fn write_csv(&mut self, frame: &Frame) -> Result<()> {
        files::write_csv(frame, self.writer()).map_err(|error| cannot("write", &self.name, error))
    }

    /// Writes what is still buffered; call it last.
    pub(crate) fn finish(self) -> Result<()> {
        let written = match self.to {
            To::Stdout(mut to) => to.flush(),
            To::File(to) => to.into_inner().map_err(IntoInnerError::into_error).and_then(Beside::finish),
        };
        written.map_err(|error| cannot("write", &self.name, error))
    }
}

pub(crate) fn is_broken_pipe(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    error.kind() == ErrorKind::Io && source.is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
}

pub(crate) use atra::files::push_number;

/// Columns aligned with spaces, the first row being the header.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Digits in groups of three: 1,234,567.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An ISO 8601 time in UTC, to the minute when it has no seconds.
pub(crate) fn iso(time: atra::TimeMs) -> String {
    jiff::Timestamp::from_millisecond(time).map_or_else(
        |_| time.to_string(),
        |instant| {
            let format = if time % 60_000 == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
            instant.strftime(format).to_string()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_and_nan_is_empty() {
        for number in
            [0.0, -0.0, 1.0, 0.1 + 0.2, 1e-7, 123_456_789.125, 1e300, f64::MIN_POSITIVE, -5e-324, 1e16]
        {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits(), "{text}");
            assert!(text.len() < 25, "{text}");
        }
        let mut text = String::new();
        push_number(&mut text, f64::NAN);
        assert_eq!(text, "");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            ["0", "999", "1,000", "1,234,567"].map(str::to_owned),
            [0, 999, 1000, 1_234_567].map(grouped)
        );
    }
}
