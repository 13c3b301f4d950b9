//! One envelope for everything that is stored or sent.
//!
//! | bytes | what |
//! |---|---|
//! | 0–3 | `ATRA` |
//! | 4 | version of the envelope, 1 |
//! | 5 | format of the payload: 1 = MessagePack |
//! | 6–7 | flags, 0 |
//! | 8–11 | CRC-32 of the payload, little-endian |
//! | 12… | payload |
//!
//! JSON is for people and other programs, so it is written bare; [`decode`] tells the two apart by the first
//! bytes. Bytes written by any released version stay readable.
//!
//! | what | is written by | as |
//! |---|---|---|
//! | any serde type | [`serialize_fast`] | MessagePack, structures as maps with names: fields may be added and reordered |
//! | a [`Frame`](crate::Frame) | [`serialize_fast`] | its columns as they lie in memory, copied |
//! | a [`PackedFrame`](crate::PackedFrame) | [`serialize_fast`] | its columns in as few bytes as restore them |
//! | any of them, for others | [`encode`] with [`Format::Json`] | JSON, a frame as an object of columns |
//!
//! A frame is read from all four, and whatever is not what it should be is an error: bytes cut short or altered, of a newer
//! version, columns that lie about their length, claims of more rows than the bytes can hold. Memory is taken for what is
//! there, not for what is claimed.

// Bit patterns are read as signed, unsigned or shorter integers: that is the subject.
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]
mod bits;
mod checksum;
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]
pub(crate) mod column;
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
mod message_pack;
pub(crate) mod plain;
mod write;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

const MAGIC: [u8; 4] = *b"ATRA";
const VERSION: u8 = 1;
const HEADER: usize = 12;
const MESSAGE_PACK: u8 = 1;

/// What to write; reading recognises it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// MessagePack inside the envelope: compact, checked, and a frame's columns are one copy each.
    #[default]
    MessagePack,
    /// JSON text; NaN becomes `null`.
    Json,
}

/// Writes `value` in `format`.
///
/// ```
/// use atra_core::codec::{self, Format};
///
/// let bytes = codec::encode(&vec![1, 2, 3], Format::MessagePack)?;
/// assert_eq!(&bytes[..4], b"ATRA");
/// assert_eq!(codec::decode::<Vec<i32>>(&bytes)?, [1, 2, 3]);
/// assert_eq!(codec::decode::<Vec<i32>>(b"[1, 2, 3]")?, [1, 2, 3]);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn encode<T: Serialize + ?Sized>(value: &T, format: Format) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        Format::MessagePack => serialize_into(value, &mut bytes)?,
        Format::Json => serde_json::to_writer(&mut bytes, value).map_err(cannot_encode)?,
    }
    Ok(bytes)
}

/// Appends what [`serialize_fast`] would return, so that a buffer can be used again: the system gives new memory page by
/// page, which takes longer than to fill it.
///
/// Nothing is appended when it fails.
///
/// ```
/// use atra_core::codec::{serialize_fast, serialize_into};
///
/// let mut buffer = Vec::new();
/// for message in ["one", "two"] {
///     buffer.clear();
///     serialize_into(message, &mut buffer)?;
///     assert_eq!(buffer, serialize_fast(message)?);
/// }
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn serialize_into<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&[VERSION, MESSAGE_PACK, 0, 0]);
    out.extend_from_slice(&[0; HEADER - 8]);
    match write::message_pack(value, out) {
        Ok(checksum) => {
            out[start + 8..][..4].copy_from_slice(&checksum.to_le_bytes());
            Ok(())
        }
        Err(error) => {
            out.truncate(start);
            Err(cannot_encode(error))
        }
    }
}

fn cannot_encode(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::format(format!("cannot be encoded: {error}")).with_source(error)
}

/// Reads what [`encode`] wrote in any format, or bare JSON.
///
/// Fails, without reading further than the bytes allow, when they are cut short, altered, of a newer version,
/// or not a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    match bytes.trim_ascii_start().first() {
        None => Err(Error::format("there are no bytes to read")),
        Some(b'{' | b'[') => serde_json::from_slice(bytes)
            .map_err(|error| Error::format(format!("not the expected JSON: {error}")).with_source(error)),
        _ if bytes.starts_with(&MAGIC) => decode_envelope(bytes),
        _ => Err(Error::format("neither atra's format (it begins with `ATRA`) nor a JSON object or array")),
    }
}

/// Writes any value the fast way: [`encode`] with [`Format::MessagePack`]. A [`Frame`](crate::Frame) is written at the
/// speed of memory; where bytes are dearer than time, write [`Frame::optimize`](crate::Frame::optimize)'s result, which
/// is read as a frame again.
///
/// ```
/// use atra_core::codec::{deserialize_fast, serialize_fast};
/// use atra_core::{Candle, Frame, PackedFrame};
///
/// let candle = |bar: i64| {
///     let price = 1.25 + (bar % 7) as f64 / 100.0;
///     Candle { time: bar * 60_000, open: price, high: price, low: price, close: price, volume: 1.0 }
/// };
/// let frame = Frame::candles((0..1_000).map(candle))?;
/// let (fast, small) = (serialize_fast(&frame)?, serialize_fast(&frame.optimize())?);
/// assert!(small.len() * 5 < fast.len());
/// assert_eq!(deserialize_fast::<Frame>(&fast)?, frame);
/// assert_eq!(deserialize_fast::<Frame>(&small)?, frame);
/// assert_eq!(deserialize_fast::<PackedFrame>(&small)?.unpack(), frame);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn serialize_fast<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    encode(value, Format::MessagePack)
}

/// Reads what [`serialize_fast`] wrote, or whatever else [`decode`] recognises.
pub fn deserialize_fast<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    decode(bytes)
}

/// Reads a frame that [`encode`] wrote in the envelope, as [`decode`] does, without readers for JSON and for every other
/// type: what a browser downloads.
///
/// ```
/// use atra_core::codec::{decode_frame, serialize_fast};
/// use atra_core::Frame;
///
/// let frame = Frame::new(vec![1, 2])?.with_column("close", vec![1.5, f64::INFINITY])?;
/// assert_eq!(decode_frame(&serialize_fast(&frame)?)?, frame);
/// assert_eq!(decode_frame(&serialize_fast(&frame.optimize())?)?, frame);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn decode_frame(bytes: &[u8]) -> Result<crate::Frame> {
    decode_frame_if(bytes, &|_, _| Ok(()))
}

/// As [`decode_frame`], once `admit` has been told how many rows the frame has and how many columns, the times among them:
/// before memory is taken for these.
///
/// Fails as that does, and with what `admit` fails with.
///
/// ```
/// use atra_core::codec::{decode_frame_if, serialize_fast};
/// use atra_core::{Error, ErrorKind, Frame};
///
/// let bytes = serialize_fast(&Frame::new(vec![1, 2])?.with_column("close", vec![1.5, 2.5])?)?;
/// let none = |rows: u64, columns: usize| {
///     Err(Error::new(ErrorKind::Memory, format!("no memory for {rows} rows of {columns}")))
/// };
/// assert_eq!(decode_frame_if(&bytes, &none).unwrap_err().to_string(), "no memory for 2 rows of 2");
/// # Ok::<(), Error>(())
/// ```
pub fn decode_frame_if(bytes: &[u8], admit: &dyn Fn(u64, usize) -> Result<()>) -> Result<crate::Frame> {
    crate::frame::read(payload(bytes)?, admit)
}

/// Reads what [`encode`] wrote in the envelope only.
fn decode_envelope<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    rmp_serde::from_slice(payload(bytes)?)
        .map_err(|error| Error::format(format!("not the expected content: {error}")).with_source(error))
}

/// Checks the envelope and returns what is in it.
pub(crate) fn payload(bytes: &[u8]) -> Result<&[u8]> {
    if !bytes.starts_with(&MAGIC) {
        return Err(Error::format("not atra's format (it begins with `ATRA`)"));
    }
    let Some((&[_, _, _, _, version, format, f0, f1, c0, c1, c2, c3], payload)) =
        bytes.split_first_chunk::<HEADER>()
    else {
        return Err(Error::format(format!("cut short at {} bytes", bytes.len())));
    };
    if version != VERSION {
        return Err(Error::format(format!(
            "written in version {version} of the format; this program reads up to {VERSION}"
        )));
    }
    if format != MESSAGE_PACK || [f0, f1] != [0, 0] {
        return Err(Error::format(format!("unknown payload format {format} (flags {f0}, {f1})")));
    }
    if checksum::hash(payload) != u32::from_le_bytes([c0, c1, c2, c3]) {
        return Err(Error::format("the checksum does not match; the bytes were cut short or altered"));
    }
    Ok(payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Candle, Frame};

    fn frame() -> Frame {
        let candle = |time: i64| {
            let price = 0.1 + time as f64;
            Candle { time, open: price, high: price, low: price, close: price, volume: 0.0 }
        };
        let gap = vec![1.0, f64::NAN, -0.0];
        Frame::candles((1..=3).map(candle)).unwrap().with_column("gap", gap).unwrap()
    }

    #[test]
    fn a_frame_survives_both_formats() {
        for format in [Format::MessagePack, Format::Json] {
            let bytes = encode(&frame(), format).unwrap();
            let back: Frame = decode(&bytes).unwrap();
            if format == Format::MessagePack {
                assert_eq!(encode(&decode_frame(&bytes).unwrap(), format).unwrap(), bytes);
            }
            assert_eq!(back.time(), frame().time());
            for name in frame().column_names() {
                let bits = |frame: &Frame| -> Vec<u64> {
                    frame.column(name).unwrap().iter().map(|value| value.to_bits()).collect()
                };
                assert_eq!(bits(&back), bits(&frame()), "{name} in {format:?}");
            }
        }
    }

    #[test]
    fn a_column_that_no_cache_holds_is_written_like_any() {
        let times: Vec<i64> = (0..600_000).collect();
        let numbers: Vec<f64> = times.iter().map(|time| *time as f64 * 0.37).collect();
        assert!(numbers.len() * 8 > crate::kernels::arch::LARGE);
        let frame = Frame::new(times).unwrap().with_column("x", numbers).unwrap();
        assert_eq!(decode::<Frame>(&encode(&frame, Format::MessagePack).unwrap()).unwrap(), frame);
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_an_error() {
        let bytes = encode(&frame(), Format::MessagePack).unwrap();
        for length in 0..bytes.len() {
            assert!(decode::<Frame>(&bytes[..length]).is_err(), "cut at {length}");
            assert!(decode_frame(&bytes[..length]).is_err(), "cut at {length}");
            // Also where the checksum is right.
            if let Some(payload) = bytes[..length].get(HEADER..) {
                assert!(crate::frame::read(payload, &|_, _| Ok(())).is_err(), "cut at {length}");
            }
        }
        for bit in 0..bytes.len() * 8 {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(decode::<Frame>(&altered).is_err(), "bit {bit}");
            assert!(decode_frame(&altered).is_err(), "bit {bit}");
            // Where the checksum is right, what the reader without serde takes is what serde takes.
            let Some(payload) = altered.get(HEADER..) else { continue };
            if let Ok(plain) = crate::frame::read(payload, &|_, _| Ok(())) {
                let bytes = |frame: &Frame| encode(frame, Format::MessagePack).unwrap();
                assert_eq!(bytes(&plain), bytes(&rmp_serde::from_slice(payload).unwrap()), "bit {bit}");
            }
        }
    }

    #[test]
    fn a_newer_version_says_so() {
        let mut bytes = encode(&1, Format::MessagePack).unwrap();
        bytes[4] = 9;
        let error = decode::<i32>(&bytes).unwrap_err();
        assert_eq!(error.to_string(), "written in version 9 of the format; this program reads up to 1");
    }

    #[test]
    fn columns_that_lie_about_their_length_are_refused() {
        let lying = serde_json::json!({"time": [1, 2], "close": [1.0]}).to_string();
        let error = decode::<Frame>(lying.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("column `close` has 1 values; the frame has 2 rows"), "{error}");
    }
}
