//! The rows of a CSV file, none of them without end.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use atra_core::{Error, ErrorKind, Result};

/// Bytes of a row.
pub(crate) const LONGEST: usize = 1 << 20;

/// Rows, one after another.
pub(super) struct Lines<R> {
    reader: csv::Reader<Bounded<R>>,
    record: csv::StringRecord,
    since: Rc<Cell<usize>>,
}

/// Gives up when too much is read for one row.
struct Bounded<R> {
    inner: R,
    /// Bytes read since the last row ended.
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(out)?;
        self.since.set(self.since.get() + read);
        Ok(read)
    }
}

impl<R: Read> Lines<R> {
    pub(super) fn of(input: R) -> Self {
        let since = Rc::new(Cell::new(0));
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            // Lines are counted right only so; the `\r` of a `\r\n` is trimmed like any white space.
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(Bounded { inner: input, since: since.clone() });
        Self { reader, record: csv::StringRecord::new(), since }
    }

    /// The next row and the number of its line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, &csv::StringRecord)>> {
        let data = |message| Error::new(ErrorKind::Data, message);
        let here = self.reader.position().line();
        self.since.set(0);
        let is_row = self.reader.read_record(&mut self.record).map_err(|error| match error.kind() {
            csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => {
                data(format!("line {here}: longer than {LONGEST} bytes; is this a CSV file?"))
            }
            csv::ErrorKind::Io(io) => Error::new(ErrorKind::Io, format!("cannot be read: {io}")),
            csv::ErrorKind::Utf8 { pos, .. } => {
                let line = pos.as_ref().map_or(0, csv::Position::line);
                data(format!("line {line}: not UTF-8 text; is this a CSV file?"))
            }
            _ => data(error.to_string()),
        })?;
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(is_row.then_some((line, &self.record)))
    }
}
