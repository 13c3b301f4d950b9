//! Frames from any bytes, with the checksum made right so that what lies behind it is reached; what is read must survive
//! being packed and written.

use atra::codec::{decode, serialize_fast};
use atra::{Frame, PackedFrame};

pub(crate) fn check(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    if bytes.len() > 12 && bytes.starts_with(b"ATRA") {
        let checksum = crc32fast::hash(&bytes[12..]).to_le_bytes();
        bytes[8..12].copy_from_slice(&checksum);
    }
    let Ok(frame) = decode::<Frame>(&bytes) else { return };
    let packed = frame.optimize();
    let back: Frame = decode(&serialize_fast(&packed).unwrap()).unwrap();
    assert_eq!(back.time(), frame.time());
    for name in frame.column_names() {
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(back.column(name).unwrap()), bits(frame.column(name).unwrap()));
    }
    let _ = decode::<PackedFrame>(&bytes);
}
