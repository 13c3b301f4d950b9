//! The rows of a CSV file, none of them without end.

use std::cell::Cell;
use std::io::{self, Chain, Cursor, Read};
use std::rc::Rc;

use atra_core::{Error, ErrorKind, Result};

/// Bytes of a row.
pub(crate) const LONGEST: usize = 1 << 20;

/// What cells may stand between, the surest sign first: a comma can be part of a number.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

/// Rows, one after another.
pub(super) struct Lines<R> {
    /// Until the first row is asked for.
    input: Option<R>,
    reader: Option<csv::Reader<Bounded<Begun<R>>>>,
    record: csv::StringRecord,
    since: Rc<Cell<usize>>,
}

/// What has been looked at, and what follows.
type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

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
        Self { input: Some(input), reader: None, record: csv::StringRecord::new(), since: Rc::default() }
    }

    /// The next row and the number of its line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, &csv::StringRecord)>> {
        let data = |message| Error::new(ErrorKind::Data, message);
        let unread = |error: &io::Error| Error::new(ErrorKind::Io, format!("cannot be read: {error}"));
        if let Some(input) = self.input.take() {
            self.reader = Some(reader(input, self.since.clone()).map_err(|error| unread(&error))?);
        }
        let Some(reader) = &mut self.reader else { return Ok(None) }; // it could not be read
        let here = reader.position().line();
        self.since.set(0);
        let is_row = reader.read_record(&mut self.record).map_err(|error| match error.kind() {
            csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => {
                data(format!("line {here}: longer than {LONGEST} bytes; is this a CSV file?"))
            }
            csv::ErrorKind::Io(io) => unread(io),
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

fn reader<R: Read>(mut input: R, since: Rc<Cell<usize>>) -> io::Result<csv::Reader<Bounded<Begun<R>>>> {
    let begin = begin(&mut input)?;
    let separator = separator(&begin);
    let inner = Cursor::new(begin).chain(input);
    Ok(csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        // Lines are counted right only so; the `\r` of a `\r\n` is trimmed like any white space.
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(Bounded { inner, since }))
}

/// A file's beginning, up to the end of its first line that is not blank.
fn begin(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let (mut begin, mut room) = (Vec::new(), [0; 4096]);
    while begin.len() <= LONGEST && !first_line(&begin).contains(&b'\n') {
        let read = match input.read(&mut room) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if read == 0 {
            break;
        }
        begin.extend_from_slice(&room[..read]);
    }
    Ok(begin)
}

/// The first line that is not blank, with its end if that is there.
fn first_line(text: &[u8]) -> &[u8] {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default()
}

/// What stands between the cells of the first line, outside of quotes.
fn separator(text: &[u8]) -> u8 {
    let bare = || first_line(text).split(|byte| *byte == b'"').step_by(2).flatten();
    let stands = |separator: &u8| bare().any(|byte| byte == separator);
    SEPARATORS.into_iter().find(stands).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_what_separates_cells() {
        for (text, separates) in [
            ("a,b\n1;2\n", b','),
            ("\n \r\na;b,c\n", b';'),
            ("a\tb\n", b'\t'),
            ("\"a;b\",c", b','),
            ("a", b','),
            ("", b','),
        ] {
            assert_eq!(separator(text.as_bytes()), separates, "{text}");
        }
    }

    #[test]
    fn no_more_than_the_first_line_is_looked_at() {
        let mut input = "\n\na,b\n".as_bytes().chain("1,2\n".as_bytes());
        assert_eq!(begin(&mut input).unwrap(), b"\n\na,b\n");
        let mut endless = io::repeat(b'7');
        assert!(begin(&mut endless).unwrap().len() <= LONGEST + 4096);
    }
}
