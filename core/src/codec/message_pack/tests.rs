//! Bytes against those of `rmp_serde`.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_bytes::ByteBuf;

use super::*;

#[derive(Clone, Debug, serde::Serialize)]
enum Shape {
    Unit,
    New(f64),
    Tuple(i64, char),
    Struct { side: Option<u64>, name: String },
}

#[derive(Clone, Debug, serde::Serialize)]
struct Nothing;

#[derive(Clone, Debug, serde::Serialize)]
struct Pair(i8, f32);

#[derive(Clone, Debug, serde::Serialize)]
struct Odd {
    shapes: Vec<Shape>,
    map: BTreeMap<String, Vec<Option<u64>>>,
    bytes: ByteBuf,
    large: (u128, i128, (), Nothing, Pair, bool),
    #[serde(serialize_with = "uncounted")]
    uncounted: Vec<u64>,
    /// Its map does not know its length.
    #[serde(flatten)]
    flat: BTreeMap<String, i64>,
}

fn uncounted<S: Serializer>(values: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().filter(|value| *value % 2 == 0))
}

/// Numbers of any size, not only large ones.
fn numbers() -> impl Strategy<Value = u64> {
    (any::<u64>(), 0..64_u32).prop_map(|(number, shift)| number >> shift)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,40}", "é{100,140}", (65_530..65_540_usize).prop_map(|length| "x".repeat(length))]
}

fn shapes() -> impl Strategy<Value = Shape> {
    let signed =
        (numbers(), any::<bool>()).prop_map(|(x, is)| if is { !x.cast_signed() } else { x.cast_signed() });
    prop_oneof![
        Just(Shape::Unit),
        any::<f64>().prop_map(Shape::New),
        (signed, any::<char>()).prop_map(|(a, b)| Shape::Tuple(a, b)),
        (proptest::option::of(numbers()), texts()).prop_map(|(side, name)| Shape::Struct { side, name }),
    ]
}

fn lists<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(of, 0..40)
}

fn odd() -> impl Strategy<Value = Odd> {
    let maps = proptest::collection::btree_map("[a-z]{1,9}", lists(proptest::option::of(numbers())), 0..20);
    let bytes =
        prop_oneof![0..300_usize, 65_500..65_600_usize].prop_map(|length| ByteBuf::from(vec![7; length]));
    let large = (any::<u128>(), any::<i128>(), any::<i8>(), any::<f32>(), any::<bool>());
    let large = large.prop_map(|(a, b, c, d, e)| (a, b, (), Nothing, Pair(c, d), e));
    let flat = proptest::collection::btree_map("[A-Z]{1,40}", any::<i64>(), 0..20);
    (lists(shapes()), maps, bytes, large, lists(numbers()), flat).prop_map(
        |(shapes, map, bytes, large, uncounted, flat)| Odd { shapes, map, bytes, large, uncounted, flat },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_are_those_of_rmp_serde(value in odd(), before in 0..5_usize) {
        let mut out = vec![1; before];
        let checksum = crate::codec::write::message_pack(&value, &mut out).unwrap();
        let expected = rmp_serde::to_vec_named(&value).unwrap();
        prop_assert!(out[before..] == expected);
        prop_assert_eq!(checksum, crate::codec::checksum::hash(&expected));
    }
}

#[test]
fn long_pieces_are_given_memory_once() {
    let value: Vec<ByteBuf> = (0..9_u8).map(|byte| ByteBuf::from(vec![byte; 100_000])).collect();
    let mut out = Vec::new();
    crate::codec::write::message_pack(&value, &mut out).unwrap();
    assert_eq!(out, rmp_serde::to_vec_named(&value).unwrap());
    assert_eq!(out.capacity(), out.len());
}

#[test]
fn what_cannot_be_written_leaves_the_buffer_as_it_was() {
    struct Failing(bool);
    impl Serialize for Failing {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut items = serializer.serialize_seq(Some(2))?;
            items.serialize_element(&vec![1.5; 10_000])?;
            assert!(self.0, "panics");
            Err(S::Error::custom("no"))
        }
    }
    let mut out = vec![1, 2, 3];
    assert_eq!(
        crate::codec::serialize_into(&Failing(true), &mut out).unwrap_err().to_string(),
        "cannot be encoded: no"
    );
    assert_eq!(out, [1, 2, 3]);
    let panicked = std::panic::AssertUnwindSafe(|| crate::codec::serialize_into(&Failing(false), &mut out));
    assert!(std::panic::catch_unwind(panicked).is_err());
    assert_eq!(out[..3], [1, 2, 3]);
}
