//! MessagePack of any serde type: the bytes of `rmp_serde`'s maps with names, written in half the time.

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::write::{Failure, Writer};

type Done = Result<(), Failure>;

/// Markers of a length: it is in the marker when below `few`, else in one, two or four bytes after it.
struct Lengths {
    few: usize,
    small: u8,
    one: Option<u8>,
    two: u8,
    four: u8,
}

const TEXT: Lengths = Lengths { few: 32, small: 0xa0, one: Some(0xd9), two: 0xda, four: 0xdb };
const BYTES: Lengths = Lengths { few: 0, small: 0, one: Some(0xc4), two: 0xc5, four: 0xc6 };
const LIST: Lengths = Lengths { few: 16, small: 0x90, one: None, two: 0xdc, four: 0xdd };
const MAP: Lengths = Lengths { few: 16, small: 0x80, one: None, two: 0xde, four: 0xdf };

impl Writer {
    #[inline(always)]
    fn length(&mut self, kind: &Lengths, length: usize) -> Done {
        if length < kind.few { self.put(&[kind.small | length as u8]) } else { self.long(kind, length) }
    }

    #[inline(never)]
    fn long(&mut self, kind: &Lengths, length: usize) -> Done {
        match (kind.one, u8::try_from(length), u16::try_from(length), u32::try_from(length)) {
            (Some(marker), Ok(length), ..) => self.put(&[marker, length]),
            (_, _, Ok(length), _) => self.put_marked(kind.two, &length.to_be_bytes()),
            (_, _, _, Ok(length)) => self.put_marked(kind.four, &length.to_be_bytes()),
            _ => Err(Failure::custom(format_args!("{length} values or bytes; there can be {}", u32::MAX))),
        }
    }

    #[inline(always)]
    fn text(&mut self, text: &str) -> Done {
        if text.len() < TEXT.few {
            return self.put_marked(TEXT.small | text.len() as u8, text.as_bytes());
        }
        self.long(&TEXT, text.len())?;
        self.put(text.as_bytes())
    }

    /// A map of one value, whose name says which variant it is.
    fn variant(&mut self, name: &str) -> Done {
        self.length(&MAP, 1)?;
        self.text(name)
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = Items<'a>;
    type SerializeMap = Items<'a>;
    type SerializeTuple = Fields<'a>;
    type SerializeTupleStruct = Fields<'a>;
    type SerializeTupleVariant = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.put(&[0xc2 | u8::from(value)])
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.serialize_i64(value.into())
    }

    #[inline]
    fn serialize_i64(self, value: i64) -> Done {
        if let Ok(value) = u64::try_from(value) {
            return self.serialize_u64(value);
        }
        match value {
            -32.. => self.put(&[value as u8]),
            -0x80..-32 => self.put(&[0xd0, value as u8]),
            -0x8000..-0x80 => self.put_marked(0xd1, &(value as i16).to_be_bytes()),
            -0x8000_0000..-0x8000 => self.put_marked(0xd2, &(value as i32).to_be_bytes()),
            _ => self.put_marked(0xd3, &value.to_be_bytes()),
        }
    }

    fn serialize_i128(self, value: i128) -> Done {
        self.serialize_bytes(&value.to_be_bytes())
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.serialize_u64(value.into())
    }

    #[inline]
    fn serialize_u64(self, value: u64) -> Done {
        match value {
            0..0x80 => self.put(&[value as u8]),
            0x80..0x100 => self.put(&[0xcc, value as u8]),
            0x100..0x1_0000 => self.put_marked(0xcd, &(value as u16).to_be_bytes()),
            0x1_0000..0x1_0000_0000 => self.put_marked(0xce, &(value as u32).to_be_bytes()),
            _ => self.put_marked(0xcf, &value.to_be_bytes()),
        }
    }

    fn serialize_u128(self, value: u128) -> Done {
        self.serialize_bytes(&value.to_be_bytes())
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.put_marked(0xca, &value.to_be_bytes())
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Done {
        self.put_marked(0xcb, &value.to_be_bytes())
    }

    fn serialize_char(self, value: char) -> Done {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Done {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.long(&BYTES, value.len())?;
        self.put(value)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Done {
        self.put(&[0xc0])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.length(&LIST, 0)
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.text(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.variant(variant)?;
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'a>, Failure> {
        Items::begin(self, &LIST, length)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Items<'a>, Failure> {
        Items::begin(self, &MAP, length)
    }

    #[inline]
    fn serialize_tuple(self, length: usize) -> Result<Fields<'a>, Failure> {
        self.length(&LIST, length)?;
        Ok(Fields(self))
    }

    #[inline]
    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Fields<'a>, Failure> {
        self.serialize_tuple(length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Fields<'a>, Failure> {
        self.variant(variant)?;
        self.serialize_tuple(length)
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields<'a>, Failure> {
        self.length(&MAP, length)?;
        Ok(Fields(self))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Fields<'a>, Failure> {
        self.variant(variant)?;
        self.serialize_struct(name, length)
    }
}

/// Values of which it is known how many they are.
pub(super) struct Fields<'a>(&'a mut Writer);

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Failure;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        self.0.text(name)?;
        value.serialize(&mut *self.0)
    }

    #[inline(always)]
    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        SerializeStruct::serialize_field(self, name, value)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeTuple for Fields<'_> {
    type Ok = ();
    type Error = Failure;

    #[inline(always)]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.0)
    }

    #[inline(always)]
    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeTupleStruct for Fields<'_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeTupleVariant for Fields<'_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

/// Values of a list or a map, which says before them how many there are.
pub(super) struct Items<'a> {
    out: &'a mut Writer,
    kind: &'static Lengths,
    /// Where that is not known: the values, kept until it is, and how many they are.
    kept: Option<(Writer, usize)>,
}

impl<'a> Items<'a> {
    #[inline]
    fn begin(out: &'a mut Writer, kind: &'static Lengths, length: Option<usize>) -> Result<Self, Failure> {
        let kept = match length {
            Some(length) => {
                out.length(kind, length)?;
                None
            }
            None => Some((Writer::default(), 0)),
        };
        Ok(Self { out, kind, kept })
    }

    #[inline(always)]
    fn put<T: Serialize + ?Sized>(&mut self, value: &T, counted: usize) -> Done {
        match &mut self.kept {
            None => value.serialize(&mut *self.out),
            Some((kept, count)) => {
                *count += counted;
                value.serialize(kept)
            }
        }
    }

    fn close(self) -> Done {
        let Some((kept, count)) = self.kept else { return Ok(()) };
        self.out.length(self.kind, count)?;
        self.out.put(&kept.finish())
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Failure;

    #[inline(always)]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.put(value, 1)
    }

    fn end(self) -> Done {
        self.close()
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.put(key, 1)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.put(value, 0)
    }

    fn end(self) -> Done {
        self.close()
    }
}

#[cfg(test)]
mod tests;
