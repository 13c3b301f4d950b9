//! Reading all at once: the columns of all row groups side by side.

use std::cmp::Reverse;

use atra_core::{Frame, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::FileReader;

use super::checked::column;
use super::data;
use super::decode::{numbers, times};
use super::read::{Reader, Wanted, fewer};
use super::room::{List, Room, append};
use super::threads::each;

/// Memory that is taken before anything was decoded: so much, and so many times what the file has. A file that says it has
/// more is read piece by piece.
const ROOM: u64 = 1 << 26;
const TIMES_THE_FILE: u64 = 64;

/// What is decoded side by side.
enum Part<'a> {
    /// The times of all row groups, the quickest column, which are looked at as a whole too.
    Times(&'a [usize]),
    /// A column of a row group, and room for it.
    Numbers(usize, &'a Wanted, Room<'a, f64>),
}

impl Reader {
    /// All rows; nothing where they must be read piece by piece.
    pub(super) fn whole(&self) -> Result<Option<Frame>> {
        let Some(groups) = self.groups() else { return Ok(None) };
        let rows = groups.iter().sum();
        let mut columns: Vec<_> = self.columns.iter().map(|_| List::new(rows)).collect();
        let mut parts = vec![Part::Times(&groups)];
        for (wanted, column) in self.columns.iter().zip(&mut columns) {
            let rooms = column.rooms(&groups).into_iter().enumerate();
            parts.extend(rooms.map(|(group, room)| Part::Numbers(group, wanted, room)));
        }
        // The longest first: thus no thread is left with much at the end.
        parts.sort_by_cached_key(|part| Reverse(self.bytes(part)));
        let values = rows.saturating_mul(self.columns.len() + 1);
        // Threads share the file, but not the readers of a row group that was begun.
        let (file, time_at, scale) = (&self.file, self.time_at, self.scale);
        let frames = each(parts, values, |part| match part {
            Part::Times(groups) => {
                let mut all = Vec::with_capacity(rows);
                for (group, &rows) in groups.iter().enumerate() {
                    let mut reader = column(file, group, time_at)?;
                    if append(&mut all, rows, |room| times(&mut reader, scale, room))? < rows {
                        return Err(data("fewer times than the file says it has rows"));
                    }
                }
                Frame::new(all).map(Some)
            }
            Part::Numbers(group, wanted, mut room) => {
                numbers(&mut column(file, group, wanted.place)?, wanted.number, &mut room)?;
                Ok(None)
            }
        })?;
        let named = self.columns.iter().zip(columns);
        let mut frame = frames.into_iter().flatten().next();
        for (wanted, column) in named {
            let column = column.full().ok_or_else(|| fewer(wanted))?;
            frame = frame.map(|frame| frame.with_column(wanted.name.as_str(), column)).transpose()?;
        }
        Ok(frame)
    }

    /// How many bytes of the file are decoded.
    fn bytes(&self, part: &Part<'_>) -> i64 {
        let of = |group: usize, place: usize| {
            self.file
                .metadata()
                .row_group(group)
                .columns()
                .get(place)
                .map_or(0, ColumnChunkMetaData::compressed_size)
        };
        match part {
            Part::Times(groups) => (0..groups.len()).map(|group| of(group, self.time_at)).sum(),
            Part::Numbers(group, wanted, _) => of(*group, wanted.place),
        }
    }

    /// The rows of each row group, if all of them are wanted and what they take is not out of proportion to the file.
    fn groups(&self) -> Option<Vec<usize>> {
        if self.is_begun() || self.select.from.is_some() || self.select.to.is_some() {
            return None;
        }
        let groups = self.file.metadata().row_groups().iter();
        let groups: Vec<usize> =
            groups.map(|group| usize::try_from(group.num_rows()).ok()).collect::<Option<_>>()?;
        let rows = groups.iter().try_fold(0_usize, |sum, rows| sum.checked_add(*rows))?;
        let bytes = u64::try_from(rows.checked_mul(self.columns.len() + 1)?.checked_mul(8)?).ok()?;
        (bytes <= ROOM.saturating_add(self.length.saturating_mul(TIMES_THE_FILE))).then_some(groups)
    }
}
