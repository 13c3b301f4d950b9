//! CSV read a piece at a time.

use std::cmp::Ordering;
use std::io::Read;

use atra_core::{Frame, Result};

use super::lines::Lines;
use super::{Rows, Stamp, Unit, empty, no_rows};

/// Numbers of a piece: memory is taken for so many.
pub(crate) const CELLS: usize = 1 << 18;

/// What only a file's end tells of it, as far as it is known: it is supposed, and where that was wrong the file is read
/// again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Columns that hold something other than numbers.
    pub(crate) refused: Vec<String>,
    /// The unit of times that are numbers.
    pub(crate) unit: Option<Unit>,
}

impl Known {
    /// The times of a piece in milliseconds, in the unit that the first piece tells if none is known.
    pub(crate) fn times(&mut self, stamps: &[Stamp]) -> Vec<i64> {
        self.unit.get_or_insert_with(|| Unit::of(stamps.last())).milliseconds(stamps)
    }

    /// What is known when the last time has been read; `None` when it is what was supposed.
    pub(crate) fn mended(&self, last: Option<&Stamp>) -> Option<Self> {
        let unit = Some(Unit::of(last));
        (self.unit.is_some() && self.unit != unit).then(|| Self { unit, ..self.clone() })
    }
}

/// A step through a file.
pub(crate) enum Step {
    /// Its next rows.
    Rows(Frame),
    End,
    /// Something was not as supposed: it is to be read again, knowing this.
    Again(Known),
    /// The newest row comes first: only the whole of it can be turned round.
    Backwards,
}

/// A file's rows, as [`read`](super::read) reads them.
pub(crate) struct Pieces<R> {
    lines: Lines<R>,
    rows: Option<Rows>,
    known: Known,
    /// Whether a piece was given away.
    is_begun: bool,
}

impl<R: Read> Pieces<R> {
    pub(crate) fn of(input: R, known: Known) -> Self {
        Self { lines: Lines::of(input), rows: None, known, is_begun: false }
    }

    pub(crate) fn step(&mut self) -> Result<Step> {
        while let Some((line, record)) = self.lines.next()? {
            if record.iter().eq([""]) {
                continue;
            }
            let Some(rows) = &mut self.rows else {
                let mut rows = Rows::begin(line, record, true)?;
                for target in &mut rows.targets {
                    if self.known.refused.contains(&target.name) {
                        target.refused.get_or_insert_default();
                        target.values.clear();
                    }
                }
                self.rows = Some(rows);
                continue;
            };
            rows.take(line, record)?;
            if rows.order == Some(Ordering::Less) {
                return Ok(Step::Backwards);
            }
            if rows.time.len() * (rows.targets.len() + 1) >= CELLS {
                return self.piece();
            }
        }
        match &self.rows {
            None => Err(empty()),
            Some(rows) if rows.last.is_none() => Err(no_rows()),
            Some(rows) => match self.known.mended(rows.last.as_ref()) {
                Some(known) => Ok(Step::Again(known)),
                None if rows.time.is_empty() => Ok(Step::End),
                None => self.piece(),
            },
        }
    }

    fn piece(&mut self) -> Result<Step> {
        let Some(rows) = &mut self.rows else { return Ok(Step::End) };
        let refused = rows.targets.iter().filter(|target| target.refused.is_some());
        let refused: Vec<String> = refused.map(|target| target.name.clone()).collect();
        if self.is_begun && refused.len() != self.known.refused.len() {
            return Ok(Step::Again(Known { refused, ..self.known.clone() }));
        }
        self.known.refused = refused;
        self.is_begun = true;
        let mut frame = Frame::new(self.known.times(&std::mem::take(&mut rows.time)))?;
        for target in rows.targets.iter_mut().filter(|target| target.refused.is_none()) {
            frame = frame.with_column(target.name.as_str(), std::mem::take(&mut target.values))?;
        }
        Ok(Step::Rows(frame))
    }
}
