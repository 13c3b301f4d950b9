//! How a frame travels: typed little-endian blobs in a binary format, plain arrays in JSON.
//!
//! Binary: `{rows, columns: [{name, kind, data}, …]}`, the first column being `time`. A [`Frame`] writes kinds `i64` and
//! `f64`, whose decoding is a copy, not a parse; a [`PackedFrame`] writes kind `packed` (see `codec/column.rs`). Each
//! reads both. JSON: `{"time": […], "close": […], …}` with `null` for NaN.

use std::borrow::Cow;
use std::fmt;

use bytemuck::NoUninit;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_bytes::Bytes;

use super::packed::PackedColumn;
use super::{Frame, PackedFrame, TimeMs};
use crate::codec::plain::{Reader, required, unexpected};

#[derive(serde::Serialize)]
struct Out<'a> {
    rows: u64,
    columns: Vec<OutColumn<'a>>,
}

#[derive(serde::Serialize)]
struct OutColumn<'a> {
    name: &'a str,
    kind: Kind,
    #[serde(serialize_with = "bytes")]
    data: Cow<'a, [u8]>,
}

fn bytes<S: Serializer>(data: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    Bytes::new(data).serialize(serializer)
}

#[derive(serde::Deserialize)]
struct In<'a> {
    rows: u64,
    #[serde(borrow)]
    columns: Vec<InColumn<'a>>,
}

#[derive(serde::Deserialize)]
struct InColumn<'a> {
    name: String,
    kind: Kind,
    #[serde(borrow, with = "serde_bytes")]
    data: Cow<'a, [u8]>,
}

/// The type of a blob's elements.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    I64,
    F64,
    Packed,
}

impl Serialize for Frame {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(Some(self.columns.len() + 1))?;
            map.serialize_entry("time", &self.time)?;
            for column in &self.columns {
                map.serialize_entry(&column.name, &column.values)?;
            }
            return map.end();
        }
        let time = OutColumn { name: "time", kind: Kind::I64, data: blob(&self.time, TimeMs::to_le_bytes) };
        let values = self.columns.iter().map(|column| OutColumn {
            name: &column.name,
            kind: Kind::F64,
            data: blob(&column.values, f64::to_le_bytes),
        });
        Out { rows: self.len() as u64, columns: std::iter::once(time).chain(values).collect() }
            .serialize(serializer)
    }
}

/// Elements as little-endian bytes: as they lie in memory, where that is their order.
fn blob<T: NoUninit>(values: &[T], write: fn(T) -> [u8; 8]) -> Cow<'_, [u8]> {
    if cfg!(target_endian = "little") {
        Cow::Borrowed(bytemuck::cast_slice(values))
    } else {
        Cow::Owned(values.iter().flat_map(|&value| write(value)).collect())
    }
}

impl Serialize for PackedFrame {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.unpack().serialize(serializer);
        }
        let (rows, columns) = self.parts();
        let columns = columns.iter().map(|column| OutColumn {
            name: &column.name,
            kind: Kind::Packed,
            data: Cow::Borrowed(&column.data),
        });
        Out { rows: rows as u64, columns: columns.collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PackedFrame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Frame::deserialize(deserializer).map(|frame| frame.optimize());
        }
        let read = In::deserialize(deserializer)?;
        if read.is_packed() { Ok(read.packed()?.0) } else { Ok(read.frame()?.optimize()) }
    }
}

impl In<'_> {
    fn is_packed(&self) -> bool {
        self.columns.first().is_some_and(|column| column.kind == Kind::Packed)
    }

    fn packed<E: de::Error>(self) -> Result<(PackedFrame, Frame), E> {
        let column = |column: InColumn<'_>| match column.kind {
            Kind::Packed => Ok(PackedColumn { name: column.name, data: column.data.into_owned() }),
            _ => Err(E::custom(format!("column `{}` is not packed, but the times are", column.name))),
        };
        let columns = self.columns.into_iter().map(column).collect::<Result<_, E>>()?;
        PackedFrame::checked(self.rows, columns).map_err(de::Error::custom)
    }

    fn frame<E: de::Error>(self) -> Result<Frame, E> {
        let rows = self.rows;
        let mut columns = self.columns.into_iter();
        let time = match columns.next() {
            Some(first) if first.name == "time" && first.kind == Kind::I64 => {
                elements(&first.data, rows, &first.name, i64::from_le_bytes)?
            }
            _ => return Err(de::Error::custom("the first column of a frame must be `time` of kind i64")),
        };
        let mut frame = Frame::new(time).map_err(de::Error::custom)?;
        for column in columns {
            if column.kind != Kind::F64 {
                return Err(de::Error::custom(format!("column `{}` must be of kind f64", column.name)));
            }
            let values = elements(&column.data, rows, &column.name, f64::from_le_bytes)?;
            frame = frame.with_column(column.name, values).map_err(de::Error::custom)?;
        }
        Ok(frame)
    }
}

impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_map(JsonFrame);
        }
        let read = In::deserialize(deserializer)?;
        if read.is_packed() { Ok(read.packed()?.1) } else { read.frame() }
    }
}

fn elements<T, E: de::Error>(
    data: &[u8],
    rows: u64,
    name: &str,
    read: fn([u8; 8]) -> T,
) -> Result<Vec<T>, E> {
    let (values, rest) = data.as_chunks::<8>();
    if !rest.is_empty() || values.len() as u64 != rows {
        return Err(E::custom(format!("column `{name}` has {} bytes for {rows} rows of 8", data.len())));
    }
    Ok(values.iter().map(|&bytes| read(bytes)).collect())
}

struct JsonFrame;

impl<'de> Visitor<'de> for JsonFrame {
    type Value = Frame;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of columns, `time` among them")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Frame, A::Error> {
        let mut time: Option<Vec<TimeMs>> = None;
        let mut columns: Vec<(String, Vec<f64>)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == "time" {
                time = Some(map.next_value()?);
            } else {
                let values: Vec<Option<f64>> = map.next_value()?;
                columns.push((name, values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect()));
            }
        }
        let time = time.ok_or_else(|| de::Error::missing_field("time"))?;
        let mut frame = Frame::new(time).map_err(de::Error::custom)?;
        for (name, values) in columns {
            frame = frame.with_column(name, values).map_err(de::Error::custom)?;
        }
        Ok(frame)
    }
}

/// The frame in these bytes, MessagePack as [`Frame`] and [`PackedFrame`] are written, read without serde; once its rows and
/// columns are admitted.
pub(crate) fn read(bytes: &[u8], admit: &dyn Fn(u64, usize) -> crate::Result<()>) -> crate::Result<Frame> {
    let mut from = Reader::new(bytes);
    let read = In::read(&mut from)?;
    from.end()?;
    admit(read.rows, read.columns.len())?;
    let frame: Result<_, de::value::Error> =
        if read.is_packed() { read.packed().map(|(_, frame)| frame) } else { read.frame() };
    frame.map_err(|error| unexpected(&error.to_string()))
}

impl<'a> In<'a> {
    fn read(from: &mut Reader<'a>) -> crate::Result<Self> {
        let (mut rows, mut columns) = (None, None);
        for _ in 0..from.map()? {
            match from.text()? {
                "rows" => rows = Some(from.count()?),
                "columns" => {
                    let count = from.list()?;
                    columns = Some((0..count).map(|_| InColumn::read(from)).collect::<crate::Result<_>>()?);
                }
                other => return Err(unexpected(other)),
            }
        }
        Ok(Self { rows: required(rows, "rows")?, columns: required(columns, "columns")? })
    }
}

impl<'a> InColumn<'a> {
    fn read(from: &mut Reader<'a>) -> crate::Result<Self> {
        let (mut name, mut kind, mut data) = (None, None, None);
        for _ in 0..from.map()? {
            match from.text()? {
                "name" => name = Some(from.text()?.to_owned()),
                "kind" => {
                    kind = Some(match from.text()? {
                        "i64" => Kind::I64,
                        "f64" => Kind::F64,
                        "packed" => Kind::Packed,
                        other => return Err(unexpected(other)),
                    });
                }
                "data" => data = Some(Cow::Borrowed(from.bytes()?)),
                other => return Err(unexpected(other)),
            }
        }
        Ok(Self {
            name: required(name, "name")?,
            kind: required(kind, "kind")?,
            data: required(data, "data")?,
        })
    }
}
