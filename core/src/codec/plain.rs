//! MessagePack without serde: the few kinds of values that frames and snapshots are made of, in maps of named fields. A
//! browser downloads this reader instead of one for every type.

use crate::{Error, Result};

/// The bytes not read yet.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let Some((taken, rest)) = self.0.split_at_checked(count) else { return Err(unexpected("cut short")) };
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        self.take(1).map(|byte| byte[0])
    }

    /// A big-endian integer of so many bytes.
    fn integer(&mut self, bytes: usize) -> Result<u64> {
        Ok(self.take(bytes)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn length(&mut self, bytes: usize) -> Result<usize> {
        usize::try_from(self.integer(bytes)?).map_err(|_| unexpected("a length beyond memory"))
    }

    /// How many fields a map has.
    pub(crate) fn map(&mut self) -> Result<usize> {
        match self.byte()? {
            byte @ 0x80..=0x8f => Ok(usize::from(byte & 0x0f)),
            0xde => self.length(2),
            0xdf => self.length(4),
            _ => Err(unexpected("no map where one should be")),
        }
    }

    /// How many values a list has.
    pub(crate) fn list(&mut self) -> Result<usize> {
        match self.byte()? {
            byte @ 0x90..=0x9f => Ok(usize::from(byte & 0x0f)),
            0xdc => self.length(2),
            0xdd => self.length(4),
            _ => Err(unexpected("no list where one should be")),
        }
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        let length = match self.byte()? {
            byte @ 0xa0..=0xbf => usize::from(byte & 0x1f),
            0xd9 => self.length(1)?,
            0xda => self.length(2)?,
            0xdb => self.length(4)?,
            _ => return Err(unexpected("no text where one should be")),
        };
        std::str::from_utf8(self.take(length)?).map_err(|_| unexpected("text that is not UTF-8"))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = match self.byte()? {
            0xc4 => self.length(1)?,
            0xc5 => self.length(2)?,
            0xc6 => self.length(4)?,
            _ => return Err(unexpected("no bytes where some should be")),
        };
        self.take(length)
    }

    /// A whole number from 0.
    pub(crate) fn count(&mut self) -> Result<u64> {
        match self.byte()? {
            byte @ 0x00..=0x7f => Ok(u64::from(byte)),
            byte @ 0xcc..=0xcf => self.integer(1 << (byte - 0xcc)),
            _ => Err(unexpected("no count where one should be")),
        }
    }

    /// Whether a text comes next.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.0.first(), Some(0xa0..=0xbf | 0xd9..=0xdb))
    }

    pub(crate) fn number(&mut self) -> Result<f64> {
        match self.byte()? {
            0xcb => self.integer(8).map(f64::from_bits),
            _ => Err(unexpected("no number where one should be")),
        }
    }

    /// Fails unless every byte was read.
    pub(crate) fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(unexpected("more than there should be")) }
    }
}

/// Fails for what is missing, twice there, or not of the expected kind.
pub(crate) fn unexpected(what: &str) -> Error {
    Error::format(["not the expected content: ", what].concat())
}

/// A field that was read.
pub(crate) fn required<T>(field: Option<T>, name: &str) -> Result<T> {
    field.ok_or_else(|| unexpected(&["no field ", name].concat()))
}
