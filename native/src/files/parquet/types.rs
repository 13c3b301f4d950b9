//! What the types of a Parquet file mean in a frame.

use atra_core::Result;
use parquet::basic::{LogicalType, TimeUnit, Type as Physical};
use parquet::schema::types::ColumnDescriptor;

use super::super::POWERS;
use super::data;
use super::room::Room;

/// Neither in a list nor in a structure.
pub(super) fn is_flat(leaf: &ColumnDescriptor) -> bool {
    leaf.max_rep_level() == 0 && leaf.max_def_level() <= 1
}

/// What a value of the times' column is in milliseconds: multiplied, then divided.
pub(super) fn milliseconds(leaf: &ColumnDescriptor) -> Result<(i64, i64)> {
    match (leaf.physical_type(), leaf.logical_type_ref()) {
        (Physical::INT64, Some(LogicalType::Timestamp(timestamp))) => Ok(match timestamp.unit {
            TimeUnit::MILLIS => (1, 1),
            TimeUnit::MICROS => (1, 1_000),
            TimeUnit::NANOS => (1, 1_000_000),
        }),
        (Physical::INT64, None | Some(LogicalType::Integer(_))) => Ok((1, 1)),
        (Physical::INT32, Some(LogicalType::Date)) => Ok((86_400_000, 1)),
        (physical, logical) => Err(data(format!(
            "the times in `{}` are {}; they must be timestamps, dates or milliseconds as INT64",
            leaf.name(),
            named(physical, logical)
        ))),
    }
}

/// How a column's values are numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// What an integer is divided by.
    pub(super) unit: f64,
    /// Whether integers have no sign.
    pub(super) is_unsigned: bool,
}

impl Number {
    pub(super) fn of(leaf: &ColumnDescriptor) -> Result<Self> {
        if !is_flat(leaf) {
            return Err(data("it is nested"));
        }
        let plain = Self { unit: 1.0, is_unsigned: false };
        match (leaf.physical_type(), leaf.logical_type_ref()) {
            (
                Physical::INT32 | Physical::INT64 | Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY,
                Some(LogicalType::Decimal(decimal)),
            ) => {
                let unit = usize::try_from(decimal.scale).ok().and_then(|scale| POWERS.get(scale).copied());
                let unit =
                    unit.ok_or_else(|| data(format!("its scale is {}, not 0 to 22", decimal.scale)))?;
                Ok(Self { unit, ..plain })
            }
            (Physical::INT32 | Physical::INT64, Some(LogicalType::Integer(integer))) => {
                Ok(Self { is_unsigned: !integer.is_signed, ..plain })
            }
            (
                Physical::INT32 | Physical::INT64 | Physical::FLOAT | Physical::DOUBLE | Physical::BOOLEAN,
                None,
            ) => Ok(plain),
            (physical, logical) => Err(data(format!("it is {}", named(physical, logical)))),
        }
    }

    pub(super) fn of_i32(self, value: i32) -> f64 {
        let value = if self.is_unsigned { f64::from(value.cast_unsigned()) } else { f64::from(value) };
        value / self.unit
    }

    pub(super) fn of_i64s(self, values: &[i64], out: &mut Room<'_, f64>) {
        /// The bits of 1.5 × 2⁵², whose last ones count from there on: of so small integers the sum is a double, without
        /// the processor's conversion, which older ones do one by one.
        const MIDDLE: i64 = 0x4338_0000_0000_0000;
        let unit = self.unit;
        // Small are those whose bits above the lowest 51 are all like their sign; without a sign, all zero.
        let sign = |value: i64| if self.is_unsigned { 0 } else { value >> 63 };
        let far = values.iter().fold(0, |far, &value| far | (value ^ sign(value)).cast_unsigned());
        if far < 1 << 51 {
            let middle = f64::from_bits(MIDDLE.cast_unsigned());
            out.extend(
                values.iter().map(|&value| {
                    (f64::from_bits(MIDDLE.wrapping_add(value).cast_unsigned()) - middle) / unit
                }),
            );
        } else if self.is_unsigned {
            out.extend(values.iter().map(|&value| value.cast_unsigned() as f64 / unit));
        } else {
            out.extend(values.iter().map(|&value| value as f64 / unit));
        }
    }

    /// Of a decimal's bytes, the highest first; NaN of more than 16.
    pub(super) fn of_bytes(self, bytes: &[u8]) -> f64 {
        let negative = bytes.first().is_some_and(|&byte| byte >= 0x80);
        let mut whole = [if negative { 0xff } else { 0 }; 16];
        match whole.len().checked_sub(bytes.len()) {
            Some(at) => whole[at..].copy_from_slice(bytes),
            None => return f64::NAN,
        }
        i128::from_be_bytes(whole) as f64 / self.unit
    }
}

/// A type as its users know it.
fn named(physical: Physical, logical: Option<&LogicalType>) -> String {
    match logical {
        Some(LogicalType::String) => "text".to_owned(),
        Some(logical) => format!("{physical} ({logical:?})"),
        None => physical.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, Room};
    use crate::files::parquet::room::append;

    /// The quick way and the processor's, on either side of where one ends.
    #[test]
    fn integers_are_the_doubles_the_language_makes_of_them() {
        let edge = 1_i64 << 51;
        let values = [0, 1, -1, edge - 1, edge, edge + 1, -edge, -edge - 1, i64::MAX, i64::MIN];
        for values in values.iter().map(|value| vec![*value, 12_345]).chain([values.to_vec()]) {
            for is_unsigned in [false, true] {
                let mut out = Vec::new();
                let number = Number { unit: 100.0, is_unsigned };
                let fill = |room: &mut Room<'_, f64>| {
                    number.of_i64s(&values, room);
                    Ok(())
                };
                assert_eq!(append(&mut out, values.len(), fill).unwrap(), values.len());
                for (value, out) in values.iter().zip(out) {
                    let whole = if is_unsigned { value.cast_unsigned() as f64 } else { *value as f64 };
                    assert_eq!(out.to_bits(), (whole / 100.0).to_bits(), "{value} {is_unsigned}");
                }
            }
        }
    }
}
