//! Lines of JSON, an object each.

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use atra_core::{Error, ErrorKind, Frame, Result};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::csv::{CELLS, Known, LONGEST, Stamp, Step, TIME_NAMES, milliseconds};

/// Reads a frame: the first line names the columns, of which a later one may lack some (gaps). Numbers may be written as
/// text, as exchanges do. Columns that hold anything else are left out.
///
/// Fails on a line that is not an object, has a column that the first has not, or is longer than 1,048,576 bytes; and
/// when there are no times or they do not increase.
pub(super) fn read(input: impl Read) -> Result<Frame> {
    let mut lines = Lines::of(input);
    while lines.next()? {}
    lines.rows.finish()
}

/// A file's rows, a piece at a time, as [`read`] reads them.
pub(super) struct Pieces<R> {
    lines: Lines<R>,
    known: Known,
    is_begun: bool,
    /// Rows given away.
    given: usize,
}

impl<R: Read> Pieces<R> {
    pub(super) fn of(input: R, known: Known) -> Self {
        Self { lines: Lines::of(input), known, is_begun: false, given: 0 }
    }

    pub(super) fn step(&mut self) -> Result<Step> {
        while self.lines.next()? {
            let rows = &mut self.lines.rows;
            if !self.is_begun && !self.known.refused.is_empty() {
                for column in &mut rows.columns {
                    column.is_refused |= self.known.refused.contains(&column.name);
                }
            }
            if rows.ended * (rows.columns.len() + 1) >= CELLS {
                return self.piece();
            }
        }
        let rows = &self.lines.rows;
        match self.known.mended(rows.last.as_ref()) {
            Some(known) => Ok(Step::Again(known)),
            None if rows.last.is_none() => Err(empty()),
            None if rows.ended == 0 => Ok(Step::End),
            None => self.piece(),
        }
    }

    fn piece(&mut self) -> Result<Step> {
        let rows = &mut self.lines.rows;
        let refused = rows.columns.iter().filter(|column| column.is_refused);
        let refused: Vec<String> = refused.map(|column| column.name.clone()).collect();
        if self.is_begun && refused.len() != self.known.refused.len() {
            return Ok(Step::Again(Known { refused, ..self.known.clone() }));
        }
        self.known.refused = refused;
        self.is_begun = true;
        rows.ended = 0;
        let given = self.given;
        let mut frame = Frame::new(self.known.times(&std::mem::take(&mut rows.time))).map_err(|error| {
            if given > 0 { error.context(format_args!("after {given} rows")) } else { error }
        })?;
        self.given += frame.len();
        for column in &mut rows.columns {
            let values = std::mem::take(&mut column.values);
            if !column.is_refused {
                frame = frame.with_column(column.name.as_str(), values)?;
            }
        }
        Ok(Step::Rows(frame))
    }
}

/// Lines, each read into the rows.
struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    number: u64,
    rows: Rows,
}

impl<R: Read> Lines<R> {
    fn of(input: R) -> Self {
        let input = BufReader::with_capacity(1 << 16, input);
        Self { input, line: Vec::new(), number: 0, rows: Rows::default() }
    }

    /// Reads the next line; `false` at the end.
    fn next(&mut self) -> Result<bool> {
        loop {
            self.line.clear();
            self.number += 1;
            let number = self.number;
            let data = |message: String| Error::new(ErrorKind::Data, format!("line {number}: {message}"));
            let read = (&mut self.input).take(LONGEST as u64 + 1).read_until(b'\n', &mut self.line);
            match read.map_err(|error| Error::new(ErrorKind::Io, format!("cannot be read: {error}")))? {
                0 => return Ok(false),
                read if read > LONGEST => {
                    return Err(data(format!("longer than {LONGEST} bytes; is this a file of JSON lines?")));
                }
                _ => {}
            }
            let line = if number == 1 { super::without_mark(&self.line) } else { &self.line };
            if line.trim_ascii().is_empty() {
                continue;
            }
            let mut reader = serde_json::Deserializer::from_slice(line);
            let read = Row(&mut self.rows).deserialize(&mut reader).and_then(|()| reader.end());
            read.map_err(|error| data(format!("not an object of this file's columns: {error}")))?;
            self.rows.end().map_err(data)?;
            return Ok(true);
        }
    }
}

fn empty() -> Error {
    Error::new(ErrorKind::Data, "the file is empty; it needs an object a line")
}

#[derive(Default)]
struct Rows {
    /// What the time is called: the first of its names that there is.
    time_name: String,
    time: Vec<Stamp>,
    /// The last time, be it still in `time` or not.
    last: Option<Stamp>,
    columns: Vec<Column>,
    /// How many of the lines that are kept have ended.
    ended: usize,
}

struct Column {
    name: String,
    values: Vec<f64>,
    is_refused: bool,
}

enum Cell {
    Whole(i64),
    Number(f64),
    Text(String),
    Null,
    Other,
}

impl Rows {
    fn take(&mut self, name: &str, cell: Cell) -> Result<(), String> {
        if self.time_name.is_empty() && TIME_NAMES.contains(&name) {
            name.clone_into(&mut self.time_name);
        }
        if name == self.time_name || name == "time" {
            let stamp = match &cell {
                Cell::Whole(number) => Some(Stamp::Number(*number, 0)),
                Cell::Number(number) => Stamp::parse(&number.to_string()),
                Cell::Text(text) => Stamp::parse(text),
                Cell::Null | Cell::Other => None,
            };
            if self.time.len() > self.ended {
                return Err("two times".to_owned());
            }
            self.time.push(stamp.ok_or_else(|| format!("`{name}` is not a time"))?);
            return Ok(());
        }
        let column = match self.columns.iter_mut().find(|column| column.name == name) {
            Some(column) => column,
            None if self.last.is_none() => {
                self.columns.push(Column {
                    name: name.to_owned(),
                    values: Vec::new(),
                    is_refused: name.is_empty(),
                });
                let last = self.columns.len() - 1;
                &mut self.columns[last]
            }
            None => return Err(format!("a column `{name}` that the first line has not")),
        };
        if column.values.len() > self.ended {
            return Err(format!("two columns `{name}`"));
        }
        let number = match cell {
            #[allow(clippy::cast_precision_loss)] // as every reader of JSON does
            Cell::Whole(number) => Some(number as f64),
            Cell::Number(number) => Some(number),
            Cell::Text(text) => text.parse().ok(),
            Cell::Null => Some(f64::NAN),
            Cell::Other => None,
        };
        column.is_refused |= number.is_none();
        column.values.push(number.unwrap_or(f64::NAN));
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        self.ended += 1;
        if self.time.len() < self.ended {
            return Err(format!("no time ({})", TIME_NAMES.join(", ")));
        }
        for column in &mut self.columns {
            column.values.resize(self.ended, f64::NAN);
        }
        self.last = self.time.last().copied();
        Ok(())
    }

    fn finish(self) -> Result<Frame> {
        if self.time.is_empty() {
            return Err(empty());
        }
        let mut frame = Frame::new(milliseconds(&self.time))?;
        for column in self.columns.into_iter().filter(|column| !column.is_refused) {
            frame = frame.with_column(column.name, column.values)?;
        }
        Ok(frame)
    }
}

/// A line, read into the rows.
struct Row<'a>(&'a mut Rows);

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let cell = map.next_value_seed(AnyCell)?;
            self.0.take(&name, cell).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

struct AnyCell;

impl<'de> DeserializeSeed<'de> for AnyCell {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::Whole(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell::Whole(value))
    }

    #[allow(clippy::cast_precision_loss)] // as every reader of JSON does
    fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
        Ok(i64::try_from(value).map_or(Cell::Number(value as f64), Cell::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
        Ok(Cell::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other)
    }
}
