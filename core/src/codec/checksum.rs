//! CRC-32 (ISO-HDLC). Natively by `crc32fast`, which uses the processor's instructions; a browser would download that
//! crate's 16 KiB of tables, so there the tables are made when first needed.

#[cfg(not(target_family = "wasm"))]
pub(super) use crc32fast::{Hasher, hash};
#[cfg(target_family = "wasm")]
pub(super) use portable::{Hasher, hash};

#[cfg(any(test, target_family = "wasm"))]
mod portable {
    use std::sync::OnceLock;

    /// `TABLES[k][byte]`: what a byte does to the checksum when `k` more follow it.
    static TABLES: OnceLock<Box<[[u32; 256]; 8]>> = OnceLock::new();

    fn tables() -> Box<[[u32; 256]; 8]> {
        let mut tables = Box::new([[0; 256]; 8]);
        for (byte, entry) in (0..).zip(&mut tables[0]) {
            *entry =
                (0..8).fold(byte, |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 });
        }
        for more in 1..8 {
            for byte in 0..256 {
                let before = tables[more - 1][byte];
                tables[more][byte] = before >> 8 ^ tables[0][usize::from(before.to_le_bytes()[0])];
            }
        }
        tables
    }

    /// A checksum under way, as `crc32fast`'s.
    pub(in super::super) struct Hasher(u32);

    impl Default for Hasher {
        fn default() -> Self {
            Self(!0)
        }
    }

    impl Hasher {
        pub(in super::super) fn update(&mut self, bytes: &[u8]) {
            let tables = TABLES.get_or_init(tables);
            let (eights, rest) = bytes.as_chunks::<8>();
            let mut crc = self.0;
            for &[a, b, c, d, e, f, g, h] in eights {
                let [i, j, k, l] = (crc ^ u32::from_le_bytes([a, b, c, d])).to_le_bytes();
                crc = [h, g, f, e, l, k, j, i]
                    .iter()
                    .zip(&**tables)
                    .fold(0, |crc, (byte, table)| crc ^ table[usize::from(*byte)]);
            }
            for byte in rest {
                crc = crc >> 8 ^ tables[0][usize::from(crc.to_le_bytes()[0] ^ byte)];
            }
            self.0 = crc;
        }

        pub(in super::super) fn finalize(self) -> u32 {
            !self.0
        }
    }

    /// The checksum of all these bytes.
    pub(in super::super) fn hash(bytes: &[u8]) -> u32 {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        hasher.finalize()
    }

    #[cfg(test)]
    #[test]
    fn both_are_one_checksum() {
        let bytes: Vec<u8> =
            (0..1000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        for end in 0..bytes.len() {
            let mut pieces = Hasher::default();
            bytes[..end].chunks(13).for_each(|piece| pieces.update(piece));
            let expected = crc32fast::hash(&bytes[..end]);
            assert_eq!((hash(&bytes[..end]), pieces.finalize()), (expected, expected), "{end} bytes");
        }
    }
}
