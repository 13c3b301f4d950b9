//! Frames in files that other programs read and write.
//!
//! The format is told by the name: `.csv`; `.json`, an object of columns; `.atra`, atra's own, packed; `.parquet`
//! (feature `parquet`).

#[cfg(feature = "parquet")]
pub mod parquet;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use atra_core::codec::{self, Format as Codec};
use atra_core::{Error, ErrorKind, Frame, Result};

use crate::csv;

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A header line, then a line a bar; times in milliseconds, gaps empty.
    Csv,
    /// An object of columns, gaps `null`.
    Json,
    /// atra's own form, packed: the smallest and the fastest to read.
    Atra,
    /// Apache Parquet: what pandas, polars and `DuckDB` read.
    Parquet,
}

impl Format {
    /// The format that a file's name tells.
    ///
    /// ```
    /// use atra::files::Format;
    ///
    /// assert_eq!(Format::of("btcusd.parquet".as_ref())?, Format::Parquet);
    /// assert!(Format::of("btcusd.xlsx".as_ref()).is_err());
    /// # Ok::<(), atra::Error>(())
    /// ```
    pub fn of(path: &Path) -> Result<Self> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("atra") => Ok(Self::Atra),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(Error::new(
                ErrorKind::Format,
                format!(
                    "{}: the name does not tell the format; there are .csv, .json, .atra, .parquet",
                    path.display()
                ),
            )),
        }
    }
}

/// Reads a frame; of a CSV file the numeric columns.
///
/// `progress` is given the bytes to be read, and returns what is read in their place.
pub fn read<'a>(path: &Path, progress: impl FnOnce(File) -> Box<dyn Read + 'a>) -> Result<Frame> {
    let format = Format::of(path)?;
    let open = || File::open(path).map_err(|error| cannot("read", &error));
    let whole = |mut input: Box<dyn Read + 'a>| {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(|error| cannot("read", &error))?;
        codec::decode(&bytes)
    };
    let frame = match format {
        Format::Csv => open().and_then(|file| csv::read(progress(file))).map(|table| table.frame().clone()),
        Format::Json | Format::Atra => open().and_then(|file| whole(progress(file))),
        #[cfg(feature = "parquet")]
        Format::Parquet => open().and_then(|file| parquet::read(file, &parquet::Select::default())),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(without_parquet()),
    };
    frame.map_err(|error| error.context(path.display()))
}

/// Writes a frame; a file that is there already is replaced.
pub fn write(frame: &Frame, path: &Path) -> Result<()> {
    let format = Format::of(path)?;
    if cfg!(not(feature = "parquet")) && format == Format::Parquet {
        return Err(without_parquet());
    }
    let write = || -> Result<()> {
        let mut out = BufWriter::new(File::create(path).map_err(|error| cannot("write", &error))?);
        match format {
            Format::Csv => write_csv(frame, &mut out).map_err(|error| cannot("write", &error))?,
            Format::Json => put(&mut out, &codec::encode(frame, Codec::Json)?)?,
            Format::Atra => put(&mut out, &codec::serialize_fast(&frame.optimize())?)?,
            #[cfg(feature = "parquet")]
            Format::Parquet => parquet::write(frame, &mut out)?,
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => return Err(without_parquet()),
        }
        out.flush().map_err(|error| cannot("write", &error))
    };
    write().map_err(|error| error.context(path.display()))
}

fn put(out: &mut impl Write, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).map_err(|error| cannot("write", &error))
}

/// Numbers are written so that they read back as the same.
fn write_csv(frame: &Frame, out: &mut impl Write) -> io::Result<()> {
    let columns: Vec<&[f64]> = frame.column_names().filter_map(|name| frame.column(name).ok()).collect();
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
    for (row, time) in frame.time().iter().enumerate() {
        line.push('\n');
        out.write_all(line.as_bytes())?;
        line.clear();
        let _ = write!(line, "{time}"); // a string takes everything
        for column in &columns {
            line.push(',');
            push_number(&mut line, column[row]);
        }
    }
    line.push('\n');
    out.write_all(line.as_bytes())
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

fn cannot(verb: &str, error: &io::Error) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Io,
    };
    Error::new(kind, format!("cannot {verb}: {error}"))
}

fn without_parquet() -> Error {
    Error::new(ErrorKind::Format, "this program was built without Parquet (feature `parquet`)")
}
