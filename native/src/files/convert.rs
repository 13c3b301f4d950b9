//! One file into another, a piece at a time.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use atra_core::{Error, ErrorKind, Frame, Result, TimeMs};

use super::compressed::{Compression, Output, expanded};
use super::text::{self, Times};
use super::{Format, cannot, json_lines};
use crate::csv::{self, Known, Step};

/// A stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first time that is wanted; the first there is when `None`.
    pub from: Option<TimeMs>,
    /// The first time that is no longer wanted; none when `None`.
    pub to: Option<TimeMs>,
}

impl Span {
    /// The rows of a frame that are in it.
    #[must_use]
    pub fn of(self, frame: Frame) -> Frame {
        let end = frame.time().last().map_or(i64::MAX, |last| last.saturating_add(1));
        let rows = frame.rows_between(self.from.unwrap_or(i64::MIN), self.to.unwrap_or(end));
        // The last time of all has none after it.
        let rows = if self.to.is_none() { rows.start..frame.len() } else { rows };
        if rows == (0..frame.len()) { frame } else { frame.slice(rows) }
    }
}

/// What was converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Converted {
    /// Rows that were written.
    pub rows: u64,
    /// Whether both formats can be read and written a piece at a time: then memory was taken for some megabytes only,
    /// however large the file. Such are `.csv`, unless its newest row comes first, `.jsonl` and `.parquet`.
    pub in_pieces: bool,
}

/// Writes the rows of one file that are in `span` into another; the names tell the formats.
///
/// A file that is there already stays what it was when this fails ([`Beside`](super::Beside)). Where both formats can be read
/// and written a piece at a time, what only a file's end tells, as that a column is not numeric, may make it begin again.
/// `progress` is told how many bytes of the file have been read.
///
/// Fails as reading and writing do, naming the file and the line or row.
///
/// ```no_run
/// use atra::files::{Span, convert};
///
/// let converted = convert("a.csv.gz".as_ref(), "a.parquet".as_ref(), Span::default(), &|_| ())?;
/// println!("{} rows", converted.rows);
/// # Ok::<(), atra::Error>(())
/// ```
pub fn convert(from: &Path, to: &Path, span: Span, progress: &dyn Fn(u64)) -> Result<Converted> {
    let formats = (Format::of(from)?, Format::of(to)?);
    formats.1.check().map_err(|error| error.context(to.display()))?;
    let streams = |format| matches!(format, Format::Csv | Format::JsonLines | Format::Parquet);
    // What is no ordinary file cannot be read again, and nothing can take its place.
    let is_file = |path| fs::metadata(path).map(|metadata| metadata.is_file());
    if streams(formats.0)
        && streams(formats.1)
        && is_file(from).unwrap_or(true)
        && is_file(to).unwrap_or(true)
    {
        formats.0.check().map_err(|error| error.context(from.display()))?;
        let mut known = Known::default();
        loop {
            match once(from, to, span, known, progress)? {
                Once::Done(rows) => return Ok(Converted { rows, in_pieces: true }),
                Once::Again(learned) => known = learned,
                Once::Whole => break,
            }
        }
    }
    let frame = span.of(super::read(from, |file| Box::new(Counted { file, read: 0, progress }))?);
    super::write(&frame, to)?;
    Ok(Converted { rows: frame.len() as u64, in_pieces: false })
}

enum Once {
    Done(u64),
    Again(Known),
    /// It cannot be read in pieces.
    Whole,
}

fn once(from: &Path, to: &Path, span: Span, known: Known, progress: &dyn Fn(u64)) -> Result<Once> {
    let mut input =
        Input::open(from, span, known, progress).map_err(|error| error.context(from.display()))?;
    let mut output: Option<Rows> = None;
    let (mut read, mut rows, mut last) = (0, 0, None);
    loop {
        let frame = match input.step().map_err(|error| error.context(from.display()))? {
            Step::Rows(frame) => frame,
            Step::End => break,
            Step::Again(known) => return Ok(Once::Again(known)),
            Step::Backwards => return Ok(Once::Whole),
        };
        if let (Some(last), Some(&first)) = (last, frame.time().first())
            && first <= last
        {
            let message = format!(
                "row {read}: time {first} is not after the row before it ({last}); times must increase"
            );
            return Err(Error::new(ErrorKind::Data, message).context(from.display()));
        }
        last = frame.time().last().copied().or(last);
        read += frame.len() as u64;
        let frame = span.of(frame);
        rows += frame.len() as u64;
        let writing = match &mut output {
            Some(output) => output.write(&frame),
            None => Rows::begin(&frame, to).and_then(|mut begun| {
                begun.write(&frame)?;
                output = Some(begun);
                Ok(())
            }),
        };
        writing.map_err(|error| error.context(to.display()))?;
    }
    let finishing = match output {
        Some(output) => output.finish(),
        None => Rows::begin(&Frame::default(), to).and_then(Rows::finish),
    };
    finishing.map_err(|error| error.context(to.display()))?;
    Ok(Once::Done(rows))
}

enum Input<'a> {
    Csv(csv::Pieces<Box<dyn Read + 'a>>),
    JsonLines(json_lines::Pieces<Box<dyn Read + 'a>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetInput<'a>>),
}

impl<'a> Input<'a> {
    fn open(path: &Path, span: Span, known: Known, progress: &'a dyn Fn(u64)) -> Result<Self> {
        let file = File::open(path).map_err(|error| cannot("read", &error))?;
        let format = Format::of(path)?;
        #[cfg(feature = "parquet")]
        if format == Format::Parquet {
            use super::parquet::{Reader, Select};
            let bytes = file.metadata().map_or(0, |metadata| metadata.len());
            let select = Select { from: span.from, to: span.to, ..Select::default() };
            let reader = Reader::open(file, &select)?;
            return Ok(Self::Parquet(Box::new(ParquetInput {
                reader,
                bytes,
                rows: 0,
                progress,
                is_begun: false,
            })));
        }
        #[cfg(not(feature = "parquet"))]
        let _ = span; // it is what Parquet need not read
        let text = expanded(Counted { file, read: 0, progress }).map_err(|error| cannot("read", &error))?;
        Ok(match format {
            Format::JsonLines => Self::JsonLines(json_lines::Pieces::of(text, known)),
            _ => Self::Csv(csv::Pieces::of(text, known)),
        })
    }

    fn step(&mut self) -> Result<Step> {
        match self {
            Self::Csv(pieces) => pieces.step(),
            Self::JsonLines(pieces) => pieces.step(),
            #[cfg(feature = "parquet")]
            Self::Parquet(input) => input.step(),
        }
    }
}

#[cfg(feature = "parquet")]
struct ParquetInput<'a> {
    reader: super::parquet::Reader,
    bytes: u64,
    rows: u64,
    progress: &'a dyn Fn(u64),
    is_begun: bool,
}

#[cfg(feature = "parquet")]
impl ParquetInput<'_> {
    fn step(&mut self) -> Result<Step> {
        // A file without rows has columns all the same.
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        let Some(frame) = self.reader.next().transpose()? else {
            return if is_first { self.reader.no_frame().map(Step::Rows) } else { Ok(Step::End) };
        };
        self.rows += frame.len() as u64;
        let part = self.rows as f64 / self.reader.file_rows().max(1) as f64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // of what is shown
        (self.progress)((self.bytes as f64 * part) as u64);
        Ok(Step::Rows(frame))
    }
}

/// Rows being written.
enum Rows {
    Csv(Output, Times),
    JsonLines(Output, Times),
    #[cfg(feature = "parquet")]
    Parquet(Box<super::parquet::Writer<Output>>),
}

impl Rows {
    /// Begins a file like this frame; its name tells the format.
    fn begin(frame: &Frame, name: &Path) -> Result<Self> {
        let failed = |error| cannot("write", &error);
        let mut out = Output::create(name, Compression::of(name).0).map_err(failed)?;
        match Format::of(name)? {
            #[cfg(feature = "parquet")]
            Format::Parquet => super::parquet::Writer::like(frame, out, super::parquet::Settings::default())
                .map(|writer| Self::Parquet(Box::new(writer))),
            Format::JsonLines => Ok(Self::JsonLines(out, Times::default())),
            _ => {
                text::write_csv_header(frame, &mut out).map_err(failed)?;
                Ok(Self::Csv(out, Times::default()))
            }
        }
    }

    fn write(&mut self, frame: &Frame) -> Result<()> {
        let failed = |error| cannot("write", &error);
        match self {
            Self::Csv(out, times) => text::write_csv_rows(frame, times, out).map_err(failed),
            Self::JsonLines(out, times) => text::write_json_lines(frame, times, out).map_err(failed),
            #[cfg(feature = "parquet")]
            Self::Parquet(writer) => writer.write(frame),
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::Csv(out, _) | Self::JsonLines(out, _) => {
                out.finish().map_err(|error| cannot("write", &error))
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(writer) => writer.finished()?.finish().map_err(|error| cannot("write", &error)),
        }
    }
}

/// A file being read, and whoever wants to know how far.
struct Counted<'a> {
    file: File,
    read: u64,
    progress: &'a dyn Fn(u64),
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.read += read as u64;
        (self.progress)(self.read);
        Ok(read)
    }
}
