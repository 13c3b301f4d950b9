//! How a frame travels: typed little-endian blobs in a binary format, plain arrays in JSON.
//!
//! Binary: `{rows, columns: [{name, kind, data}, …]}`, the first column being `time`. Decoding is a copy,
//! not a parse. JSON: `{"time": […], "close": […], …}` with `null` for NaN.

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_bytes::{ByteBuf, Bytes};
use std::fmt;

use super::{Frame, TimeMs};

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
    data: Vec<u8>,
}

fn bytes<S: Serializer>(data: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    Bytes::new(data).serialize(serializer)
}

#[derive(serde::Deserialize)]
struct In {
    rows: u64,
    columns: Vec<InColumn>,
}

#[derive(serde::Deserialize)]
struct InColumn {
    name: String,
    kind: Kind,
    data: ByteBuf,
}

/// The type of a blob's elements.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    I64,
    F64,
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
        let time = OutColumn {
            name: "time",
            kind: Kind::I64,
            data: self.time.iter().flat_map(|value| value.to_le_bytes()).collect(),
        };
        let values = self.columns.iter().map(|column| OutColumn {
            name: &column.name,
            kind: Kind::F64,
            data: column.values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        });
        Out { rows: self.len() as u64, columns: std::iter::once(time).chain(values).collect() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_map(JsonFrame);
        }
        let In { rows, columns } = In::deserialize(deserializer)?;
        let mut columns = columns.into_iter();
        let time = match columns.next() {
            Some(first) if first.name == "time" && first.kind == Kind::I64 => {
                elements(&first.data, rows, &first.name, i64::from_le_bytes)?
            }
            _ => return Err(de::Error::custom("the first column of a frame must be `time` of kind i64")),
        };
        let mut frame = Self::new(time).map_err(de::Error::custom)?;
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
