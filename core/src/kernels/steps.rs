//! Many bars at a time, step by step: what indicators of several stages run on.

use std::ops::Range;

use crate::indicator::{Row, Update};
use crate::ring::repeated;

/// How many rows one stage takes before the next takes them, if it takes them in steps: few enough that one stage waits for
/// the memory while another still computes, and many enough that beginning anew costs nothing.
pub(crate) const STEPPED: usize = 384;

/// The same, if it folds windows, which are set up anew for each chunk: what is between the stages stays in the processor's
/// nearest caches.
pub(crate) const WINDOWED: usize = 2048;

/// Room for one column of a chunk of `length` rows, or of as many as there are.
pub(crate) fn buffer(rows: usize, length: usize) -> Vec<f64> {
    repeated(0.0, rows.min(length))
}

/// A range of rows, in chunks of this length at most; one of the first ends where a step begins `first` rows on, so that
/// those behind begin with one.
pub(crate) fn chunks(rows: Range<usize>, first: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    let begin = rows.end.min(rows.start.saturating_add(first));
    let pieces = move |rows: Range<usize>| {
        rows.clone().step_by(length).map(move |start| start..rows.end.min(start + length))
    };
    pieces(rows.start..begin).chain(pieces(begin..rows.end))
}

/// Takes bars one by one until one has outputs; how many it took.
///
/// From then on every stage of an indicator has a value for every bar.
pub(crate) fn warm_up<S: Update>(
    state: &mut S,
    inputs: &<S::In as Row>::Columns<'_>,
    outputs: &mut <S::Out as Row>::ColumnsMut<'_>,
) -> usize {
    if cfg!(target_family = "wasm") {
        return crate::execute::one_by_one(state, S::In::slices(inputs), S::Out::slices_mut(outputs), true);
    }
    let rows = S::In::slices(inputs).first().map_or(0, |column| column.len());
    for index in 0..rows {
        let row = state.update(S::In::read(inputs, index));
        row.unwrap_or(S::Out::NAN).write(outputs, index);
        if row.is_some() {
            return index + 1;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_fit_their_room_and_one_begins_with_a_step() {
        for (first, length) in [(0, 8), (3, 8), (8, 8), (21, 8), (500, 8), (usize::MAX, 8)] {
            let pieces: Vec<_> = chunks(5..105, first, length).collect();
            assert!(pieces.iter().all(|rows| (1..=length).contains(&rows.len())), "{pieces:?}");
            assert!(pieces.is_sorted_by(|before, after| before.end == after.start), "{pieces:?}");
            let ends = (pieces.first().map(|rows| rows.start), pieces.last().map(|rows| rows.end));
            assert_eq!(ends, (Some(5), Some(105)));
            let step = 5_usize.saturating_add(first);
            assert!(step >= 105 || pieces.iter().any(|rows| rows.start == step), "{first}: {pieces:?}");
        }
        assert_eq!(chunks(7..7, 3, 8).count(), 0);
    }
}
