//! Bytes on their way into the envelope.

use std::fmt;

use serde::Serialize;

use super::checksum::Hasher;
use crate::kernels::arch::{LARGE, append_past_caches};

/// Appends `value` as MessagePack, and returns the checksum of it. Nothing is appended when it fails.
pub(super) fn message_pack<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<u32, Failure> {
    let mut home = Home { writer: Writer::new(std::mem::take(out), Mode::Begun), bytes: out };
    let start = home.writer.at;
    let mut written = value.serialize(&mut home.writer);
    if written.is_err() && home.writer.mode == Mode::GivenUp {
        // A buffer that grows as it is filled is copied each time, and the system gives new memory page by page. So where
        // a long piece does not fit, all is counted, which takes no time where pieces are long, and memory is taken once.
        let mut counting = Writer::new(Vec::new(), Mode::Counting);
        value.serialize(&mut counting)?;
        let mut bytes = std::mem::take(&mut home.writer.bytes);
        bytes.truncate(start);
        bytes.reserve_exact(counting.at);
        home.writer = Writer::new(bytes, Mode::Sized);
        written = value.serialize(&mut home.writer);
    }
    home.writer.sum();
    if written.is_err() {
        home.writer.at = start;
    }
    written.map(|()| std::mem::take(&mut home.writer.checksum).finalize())
}

/// Gives the caller's buffer back, though a value panic while it is written.
struct Home<'a> {
    writer: Writer,
    bytes: &'a mut Vec<u8>,
}

impl Drop for Home<'_> {
    fn drop(&mut self) {
        *self.bytes = std::mem::take(&mut self.writer).finish();
    }
}

/// Bytes being written, and the checksum of them taken while they are in the cache.
#[derive(Default)]
pub(super) struct Writer {
    /// What was written, and room for more: values are many and short, and so each is one comparison and one copy.
    bytes: Vec<u8>,
    at: usize,
    start: usize,
    /// How far the checksum has come.
    done: usize,
    checksum: Hasher,
    mode: Mode,
}

#[derive(Default, PartialEq)]
enum Mode {
    /// Nothing is known of what comes.
    Begun,
    /// A long piece did not fit.
    GivenUp,
    /// Nothing is written.
    Counting,
    /// There is room for all, or it is taken as needed.
    #[default]
    Sized,
}

/// Why something was not written.
#[derive(Debug)]
pub(super) struct Failure(Box<str>);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl serde::ser::Error for Failure {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string().into())
    }
}

impl Writer {
    /// Pieces as long as this are summed at once.
    const PIECE: usize = 1 << 15;

    fn new(bytes: Vec<u8>, mode: Mode) -> Self {
        let at = bytes.len();
        Self { bytes, at, start: at, done: at, checksum: Hasher::default(), mode }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.truncate(self.at);
        self.bytes
    }

    fn sum(&mut self) {
        self.checksum.update(self.bytes.get(self.done..self.at).unwrap_or_default());
        self.done = self.at;
    }

    /// Writes a few bytes, or many.
    #[inline(always)]
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let end = self.at + bytes.len();
        let Some(room) = self.bytes.get_mut(self.at..end) else { return self.put_on(bytes) };
        copy(bytes, room);
        self.at = end;
        Ok(())
    }

    /// Writes a byte and a few, or many.
    #[inline(always)]
    pub(super) fn put_marked(&mut self, marker: u8, bytes: &[u8]) -> Result<(), Failure> {
        let end = self.at + 1 + bytes.len();
        let Some([first, room @ ..]) = self.bytes.get_mut(self.at..end) else {
            return self.put_on(&[marker]).and_then(|()| self.put_on(bytes));
        };
        *first = marker;
        copy(bytes, room);
        self.at = end;
        Ok(())
    }

    /// Where there is no room yet.
    #[cold]
    fn put_on(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.mode == Mode::Counting {
            self.at += bytes.len();
            return Ok(());
        }
        self.sum();
        self.bytes.truncate(self.at);
        if bytes.len() < Self::PIECE {
            let room = (self.at - self.start).clamp(1 << 8, Self::PIECE);
            self.bytes.extend_from_slice(bytes);
            self.at = self.bytes.len();
            self.bytes.resize(self.at + room, 0);
            return Ok(());
        }
        if self.mode == Mode::Begun && self.bytes.capacity() - self.at < bytes.len() {
            self.mode = Mode::GivenUp;
            return Err(Failure("more bytes than there was room for".into()));
        }
        if bytes.len() >= LARGE {
            append_past_caches(&mut self.bytes, bytes, |piece| self.checksum.update(piece));
        } else {
            for piece in bytes.chunks(Self::PIECE) {
                self.checksum.update(piece);
                self.bytes.extend_from_slice(piece);
            }
        }
        self.at = self.bytes.len();
        self.done = self.at;
        Ok(())
    }
}

/// Copies a few bytes without a call: as two words that may overlap.
#[inline(always)]
fn copy(from: &[u8], to: &mut [u8]) {
    #[inline(always)]
    fn words<const N: usize>(from: &[u8], to: &mut [u8]) {
        if let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) {
            if let Some(to) = to.first_chunk_mut() {
                *to = *first;
            }
            if let Some(to) = to.last_chunk_mut() {
                *to = *last;
            }
        }
    }
    match from.len() {
        1 => words::<1>(from, to),
        2..4 => words::<2>(from, to),
        4..8 => words::<4>(from, to),
        8..16 => words::<8>(from, to),
        16..=32 => words::<16>(from, to),
        _ => to.copy_from_slice(from),
    }
}
