//! Files in gzip or zstd.

use std::io::{self, BufWriter, Cursor, IntoInnerError, Read, Write};
use std::path::Path;

use super::beside::Beside;

/// How a file is compressed; its name tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    #[default]
    Plain,
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

impl Compression {
    /// How a file of this name is compressed, and the name without that.
    pub(super) fn of(path: &Path) -> (Self, &Path) {
        let compression = match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => return (Self::Plain, path),
        };
        (compression, path.file_stem().map_or(path, Path::new))
    }
}

/// The bytes themselves, be they compressed or not: their beginning tells.
///
/// ```
/// use std::io::Read;
///
/// let mut text = String::new();
/// atra::files::expanded(&b"time,close\n"[..])?.read_to_string(&mut text)?;
/// assert_eq!(text, "time,close\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn expanded<'a>(mut input: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let (mut start, mut filled) = ([0; 4], 0);
    while filled < start.len() {
        match input.read(&mut start[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    let input = Cursor::new(start).take(filled as u64).chain(input);
    match start {
        #[cfg(feature = "compression")]
        [0x1f, 0x8b, ..] => Ok(Box::new(flate2::read::MultiGzDecoder::new(input))),
        #[cfg(feature = "compression")]
        [0x28, 0xb5, 0x2f, 0xfd] => Ok(Box::new(zstd::Decoder::new(input)?)),
        #[cfg(not(feature = "compression"))]
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd] => Err(without_compression()),
        _ => Ok(Box::new(input)),
    }
}

/// A file being written.
pub(super) enum Output {
    Plain(BufWriter<Beside>),
    #[cfg(feature = "compression")]
    Gzip(flate2::write::GzEncoder<BufWriter<Beside>>),
    #[cfg(feature = "compression")]
    Zstd(zstd::Encoder<'static, BufWriter<Beside>>),
}

impl Output {
    pub(super) fn create(name: &Path, compression: Compression) -> io::Result<Self> {
        #[cfg(not(feature = "compression"))]
        if compression != Compression::Plain {
            return Err(without_compression());
        }
        let file = BufWriter::with_capacity(1 << 16, Beside::create(name)?);
        match compression {
            #[cfg(feature = "compression")]
            Compression::Gzip => {
                Ok(Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())))
            }
            #[cfg(feature = "compression")]
            Compression::Zstd => Ok(Self::Zstd(zstd::Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL)?)),
            _ => Ok(Self::Plain(file)),
        }
    }

    /// Writes what is still kept, and gives the file its name; call it last.
    pub(super) fn finish(self) -> io::Result<()> {
        let file = match self {
            Self::Plain(file) => file,
            #[cfg(feature = "compression")]
            Self::Gzip(encoder) => encoder.finish()?,
            #[cfg(feature = "compression")]
            Self::Zstd(encoder) => encoder.finish()?,
        };
        file.into_inner().map_err(IntoInnerError::into_error)?.finish()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            #[cfg(feature = "compression")]
            Self::Gzip(encoder) => encoder.write(bytes),
            #[cfg(feature = "compression")]
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            #[cfg(feature = "compression")]
            Self::Gzip(encoder) => encoder.flush(),
            #[cfg(feature = "compression")]
            Self::Zstd(encoder) => encoder.flush(),
        }
    }
}

#[cfg(not(feature = "compression"))]
fn without_compression() -> io::Error {
    io::Error::other("this program was built without gzip and zstd (feature `compression`)")
}
