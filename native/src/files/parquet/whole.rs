//! Reading all at once: the columns of all row groups side by side.

use atra_core::{Result, TimeMs};
use parquet::file::reader::FileReader;

use super::checked::column;
use super::data;
use super::decode::{numbers, times};
use super::read::{Reader, Rows, Wanted, fewer};
use super::threads::each;

/// Memory that is taken before anything was decoded: so much, and so many times what the file has. A file that says it has
/// more is read piece by piece.
const ROOM: u64 = 1 << 26;
const TIMES_THE_FILE: u64 = 64;

/// A column of a row group, and where it belongs.
enum Part<'a> {
    Time(&'a mut [TimeMs]),
    Numbers(&'a Wanted, &'a mut [f64]),
}

impl Reader {
    /// All rows; nothing where they must be read piece by piece.
    pub(super) fn whole(&self) -> Result<Option<Rows>> {
        let Some(groups) = self.groups() else { return Ok(None) };
        let rows = groups.iter().sum();
        let mut time = vec![0; rows];
        // Each one new: a clone is written, while the system gives zeros only when a thread comes to them.
        let mut columns: Vec<_> = self.columns.iter().map(|_| vec![0.0; rows]).collect();
        let mut time_left = time.as_mut_slice();
        let mut left: Vec<_> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        let mut parts = Vec::with_capacity(groups.len() * (left.len() + 1));
        for (group, &rows) in groups.iter().enumerate() {
            // The last column is mostly the volume, the longest to decode, and the times are the quickest: thus no thread is
            // left with much at the end.
            for (wanted, left) in self.columns.iter().zip(&mut left).rev() {
                parts.push((group, Part::Numbers(wanted, left.split_off_mut(..rows).unwrap_or_default())));
            }
            parts.push((group, Part::Time(time_left.split_off_mut(..rows).unwrap_or_default())));
        }
        // Threads share the file, but not the readers of a row group that was begun.
        let (file, time_at, scale) = (&self.file, self.time_at, self.scale);
        each(parts, rows.saturating_mul(self.columns.len() + 1), |(group, part)| match part {
            Part::Time(out) => {
                let found = times(&mut column(file, group, time_at)?, scale, out)?;
                if found == out.len() {
                    Ok(())
                } else {
                    Err(data("fewer times than the file says it has rows"))
                }
            }
            Part::Numbers(wanted, out) => {
                let found = numbers(&mut column(file, group, wanted.place)?, wanted.number, out)?;
                if found == out.len() { Ok(()) } else { Err(fewer(wanted)) }
            }
        })?;
        Ok(Some((time, columns)))
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
