//! Bytes on their way into the envelope.

use std::io;

use serde::Serialize;

use super::checksum::Hasher;

/// Appends `value` as MessagePack, and returns the checksum of it. What is appended when it fails is unspecified.
pub(super) fn message_pack<T: Serialize + ?Sized>(
    value: &T,
    out: &mut Vec<u8>,
) -> Result<u32, rmp_serde::encode::Error> {
    let start = out.len();
    let mut summed = Summed { out, done: start, checksum: Hasher::new(), size: Size::Unknown };
    match rmp_serde::encode::write_named(&mut summed, value) {
        Ok(()) => return Ok(summed.finish()),
        Err(_) if summed.size == Size::TooSmall => {}
        Err(error) => return Err(error),
    }
    // A buffer that grows as it is filled is copied each time, and the system gives new memory page by page. So where a
    // long piece does not fit, all is counted, which takes no time where pieces are long, and memory is taken once.
    let mut bytes = Count(0);
    rmp_serde::encode::write_named(&mut bytes, value)?;
    out.truncate(start);
    out.reserve_exact(bytes.0);
    let mut summed = Summed { out, done: start, checksum: Hasher::new(), size: Size::Known };
    rmp_serde::encode::write_named(&mut summed, value)?;
    Ok(summed.finish())
}

/// Bytes being written, and the checksum of them taken while they are in the cache.
struct Summed<'a> {
    out: &'a mut Vec<u8>,
    /// How far the checksum has come.
    done: usize,
    checksum: Hasher,
    size: Size,
}

/// Whether it is known how many bytes there will be.
#[derive(PartialEq)]
enum Size {
    Unknown,
    /// It must be: a long piece did not fit.
    TooSmall,
    Known,
}

impl Summed<'_> {
    /// Pieces as long as this are summed at once.
    const PIECE: usize = 1 << 15;

    fn sum(&mut self) {
        self.checksum.update(&self.out[self.done..]);
        self.done = self.out.len();
    }

    fn finish(mut self) -> u32 {
        self.sum();
        self.checksum.finalize()
    }

    #[cold]
    fn write_long(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.size == Size::Unknown && self.out.capacity() - self.out.len() < bytes.len() {
            self.size = Size::TooSmall;
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.sum();
        for piece in bytes.chunks(Self::PIECE) {
            self.out.extend_from_slice(piece);
            self.sum();
        }
        Ok(())
    }
}

impl io::Write for Summed<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() < Self::PIECE {
            self.out.extend_from_slice(bytes);
            Ok(())
        } else {
            self.write_long(bytes)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes there would be.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
