//! Frames from any bytes, with the checksum made right so that what lies behind it is reached; what is read must survive
//! being packed and written, and be the same whichever way it is read.

use atra::codec::{decode, decode_frame, serialize_fast};
use atra::{Frame, PackedFrame};

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn assert_same(one: &Frame, other: &Frame) {
    assert_eq!(one.time(), other.time());
    assert!(one.column_names().eq(other.column_names()));
    for name in one.column_names() {
        assert_eq!(bits(one.column(name).unwrap()), bits(other.column(name).unwrap()));
    }
}

pub(crate) fn check(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    if bytes.len() > 12 && bytes.starts_with(b"ATRA") {
        let checksum = crc32fast::hash(&bytes[12..]).to_le_bytes();
        bytes[8..12].copy_from_slice(&checksum);
    }
    let frame = decode::<Frame>(&bytes);
    if let Ok(plain) = decode_frame(&bytes) {
        assert_same(&plain, frame.as_ref().unwrap());
    }
    let Ok(frame) = frame else { return };
    assert_same(&decode(&serialize_fast(&frame.optimize()).unwrap()).unwrap(), &frame);
    let packed: PackedFrame = decode(&bytes).unwrap();
    for name in packed.column_names() {
        assert_eq!(bits(&packed.numbers(name).unwrap()), bits(frame.column(name).unwrap()));
    }
}
