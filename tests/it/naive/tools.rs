//! What naive implementations share: no code of atra's computes anything here.

use atra_core::Frame;
use atra_core::spec::Spec;

/// The columns an indicator reads.
pub(super) fn inputs(spec: &Spec, frame: &Frame) -> Vec<Vec<f64>> {
    spec.inputs.iter().map(|input| frame.numbers(input.column()).unwrap().into_owned()).collect()
}

/// Equal to 1e-9 relative, or to 1e-11 of the largest value (where a value crosses zero); NaN and infinities exactly.
pub(super) fn same(place: &str, ours: &[f64], expected: &[f64]) {
    assert_eq!(ours.len(), expected.len(), "{place}");
    let largest =
        expected.iter().filter(|value| value.is_finite()).fold(0.0, |most: f64, value| most.max(value.abs()));
    for (row, (ours, expected)) in ours.iter().zip(expected).enumerate() {
        let allowed = (1e-9 * expected.abs()).max(1e-11 * largest);
        let equal =
            ours == expected || (ours.is_nan() && expected.is_nan()) || (ours - expected).abs() <= allowed;
        assert!(equal, "{place}, row {row}: ours {ours:?}, the formula gives {expected:?}");
    }
}

/// One output: `value(i)` from row `first` on, NaN before it.
pub(super) fn column(rows: usize, first: usize, value: impl FnMut(usize) -> f64) -> Vec<f64> {
    let mut column = vec![f64::NAN; rows.min(first)];
    column.extend((first..rows).map(value));
    column
}

/// The `period` values up to row `i`.
#[allow(dead_code)] // used once there are cases
pub(super) fn window(values: &[f64], i: usize, period: usize) -> &[f64] {
    &values[i + 1 - period..=i]
}

#[allow(dead_code)] // used once there are cases
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
