//! Wilder's directional movement.

use crate::{MovementSeed, num};

use super::{
    Averaged, Decayed, Number, Recurrence, Recurring, STEPPED, Smoothed, Values, bar, buffer, chunks, parts,
    true_range,
};

crate::state! {
    /// Running sums of movement up and down and of the true range: the first values plainly, as many as the seed
    /// says, then each bar takes off a `period`-th.
    pub(crate) struct Directional {
        full: bool,
        /// Bars still to be summed before the sums begin to decay.
        seed: usize,
        /// High, low and close of the previous bar.
        previous: Option<[f64; 3]>,
        /// Movement up, movement down, range.
        sums: Decayed<3>,
    }
}

/// The sums after a bar.
pub(crate) struct Sums {
    pub(crate) up: f64,
    pub(crate) down: f64,
    pub(crate) range: f64,
    /// Whether `period` movements are in them.
    pub(crate) whole: bool,
}

impl Sums {
    /// The directional movement index; `None` where it is not defined.
    #[inline(always)]
    pub(crate) fn index(&self) -> Option<f64> {
        let [index] = Movement.view([self.up, self.down, self.range]);
        (!index.is_nan()).then_some(index)
    }
}

impl Directional {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        let full = seed == MovementSeed::Full;
        Self {
            full,
            seed: if full { period } else { period.saturating_sub(1) },
            previous: None,
            sums: Decayed::new(1.0 - 1.0 / period as f64),
        }
    }

    /// Takes the next bar; the sums, once their seed is complete.
    #[inline(always)]
    pub(crate) fn update(&mut self, [high, low, close]: [f64; 3]) -> Option<Sums> {
        let bar = [high, low, close];
        let values = Movement.values(self.previous.replace(bar)?, bar);
        let decayed = self.seed == 0;
        let [up, down, range] = if decayed { self.sums.update(values) } else { self.sums.seed(values) };
        self.seed = self.seed.saturating_sub(1);
        let whole = decayed | self.full;
        (self.seed == 0).then_some(Sums { up, down, range, whole })
    }

    /// Takes the first bars, as long as there are no sums; how many those are.
    fn seeds(&mut self, inputs: [&[f64]; 3]) -> usize {
        let rows = inputs.map(<[f64]>::len)[0];
        let bar = |row: usize| bar(&inputs, row);
        let start = usize::from(self.previous.is_none()).min(rows);
        // Not full, the seed's last sums are not whole.
        let seeds = if self.full { self.seed.saturating_sub(1) } else { self.seed };
        let end = start + seeds.min(rows - start);
        for row in start..end {
            let before = if row == 0 { self.previous.unwrap_or_default() } else { bar(row - 1) };
            self.sums.seed(Movement.values(before, bar(row)));
        }
        self.seed -= end - start;
        if let Some(last) = end.checked_sub(1) {
            self.previous = Some(bar(last));
        }
        end
    }
}

/// After the [silent bars](Directional::seeds); NaN where there is no index.
impl Recurring<false, 3, 3, 1> for Directional {
    type Averaged = Movement;
    const AVERAGED: Movement = Movement;

    #[inline(always)]
    fn take(&mut self, bar: [f64; 3]) -> Option<[f64; 1]> {
        self.update(bar)?.index().map(|index| [index])
    }

    fn until_step(&self) -> usize {
        self.sums.until_step()
    }

    #[inline(always)]
    fn stand(&self) -> Option<([Recurrence; 3], [f64; 3])> {
        let recurrences = self.sums.stand().filter(|_| self.seed == 0)?;
        Some((recurrences, self.previous?))
    }

    #[inline(always)]
    fn stepped(&mut self, recurrences: [Recurrence; 3], last: [f64; 3]) {
        self.sums.stepped(recurrences);
        self.previous = Some(last);
    }
}

/// Movement up and down and the true range of bars (high, low, close), and the directional movement index, NaN where
/// it is not defined.
#[derive(Clone, Copy)]
pub(crate) struct Movement;

impl Values<3, 3> for Movement {
    #[inline(always)]
    fn values<T: Number>(
        self,
        [high_before, low_before, close_before]: [T; 3],
        [high, low, _]: [T; 3],
    ) -> [T; 3] {
        let (rise, fall) = (high - high_before, low_before - low);
        let none = rise.like(0.0);
        let up = rise.if_greater(fall, rise.larger(none), none);
        let down = fall.if_greater(rise, fall.larger(none), none);
        [up, down, true_range(close_before, high, low)]
    }
}

impl Averaged<3, 3, 1> for Movement {
    #[inline(always)]
    fn view<T: Number>(self, [up, down, range]: [T; 3]) -> [T; 1] {
        // The range cancels from the formula: one division instead of three. It says what is too little to divide by.
        let (hundred, undefined) = (range.like(100.0), range.like(f64::NAN));
        let total = up + down;
        let index = hundred * ((up - down).abs() / total);
        let index = (range * range.like(1e-14)).if_greater(hundred * total, undefined, index);
        [range.if_greater(range.like(0.0), index, undefined)]
    }
}

crate::state! {
    /// Wilder's average of the directional movement index.
    pub(crate) struct DirectionalAverage {
        directional: Directional,
        average: Smoothed,
        /// The last average.
        last: Option<f64>,
    }
}

impl DirectionalAverage {
    pub(crate) fn new(period: usize, seed: MovementSeed) -> Self {
        Self { directional: Directional::new(period, seed), average: Smoothed::wilder(period), last: None }
    }

    /// Takes the next bar; the average once `period` indices are in it. A bar without one leaves it as it was, and
    /// counts as 0 before.
    #[inline(always)]
    pub(crate) fn update(&mut self, bar: [f64; 3]) -> Option<f64> {
        let sums = self.directional.update(bar).filter(|sums| sums.whole)?;
        let index = sums.index();
        if index.is_some() || self.last.is_none() {
            self.last = self.average.update(index.unwrap_or(0.0));
        }
        self.last
    }

    /// Takes many bars and writes the averages, NaN while warming up: as [`update`](Self::update) on each.
    pub(crate) fn run(&mut self, inputs: [&[f64]; 3], out: &mut [f64]) {
        let silent = self.directional.seeds(inputs);
        let (inputs, (nothing, out)) = (parts(inputs, silent..out.len()), out.split_at_mut(silent));
        nothing.fill(f64::NAN);
        let mut indices = buffer(out.len(), STEPPED);
        for rows in chunks(0..out.len(), self.directional.sums.until_step(), STEPPED) {
            let indices = &mut indices[..rows.len()];
            self.directional.run(parts(inputs, rows.clone()), [&mut *indices]);
            let out = &mut out[rows];
            if num::all_finite(indices) {
                self.average.run([indices], [out]);
                self.last = out.last().copied().filter(|_| self.average.is_seeded());
                continue;
            }
            for (out, index) in out.iter_mut().zip(indices) {
                if !index.is_nan() || self.last.is_none() {
                    self.last = self.average.update(if index.is_nan() { 0.0 } else { *index });
                }
                *out = self.last.unwrap_or(f64::NAN);
            }
        }
    }
}
