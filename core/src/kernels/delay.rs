//! Values of earlier bars.

use crate::ring::{Ring, Turn, copy, repeated};
use crate::stored::{Misfit, Reader, Stored};

/// Gives back each value `bars` bars later.
#[derive(Clone, Debug)]
pub(crate) struct Delay {
    past: Ring<f64>,
    full: bool,
}

impl Delay {
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(bars: usize) -> Self {
        Self { past: Ring::new(0.0, bars), full: bars == 0 }
    }

    /// Takes the next value; the one of `bars` bars ago, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let Some(&old) = self.past.values().get(self.past.at()) else { return Some(value) };
        let was_full = self.full;
        self.full |= self.past.push(value);
        was_full.then_some(old)
    }
}

impl Stored for Delay {
    fn save(&self, to: &mut Vec<u8>) {
        self.past.save(to);
        self.full.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.past.load(from)?;
        self.full.load(from)
    }

    #[cfg_attr(target_family = "wasm", inline(never))] // one is downloaded
    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn sync(&mut self, other: &mut Self) {
        if self.past.sync(&mut other.past) {
            self.full = other.full;
        }
    }
}

/// The last `bars` values, side by side: each is written twice, so many places apart, and those between are the last ones
/// wherever the oldest stands.
#[derive(Clone, Debug)]
pub(crate) struct Recent {
    values: Box<[f64]>,
    turn: Turn,
    full: bool,
}

impl Recent {
    #[inline(never)] // once an indicator: nothing to gain
    pub(crate) fn new(bars: usize) -> Self {
        Self { values: repeated(0.0, 2 * bars).into(), turn: Turn::new(0), full: bars == 0 }
    }

    fn bars(&self) -> usize {
        self.values.len() / 2
    }

    /// Takes the next value; the one of `bars` bars ago, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) -> Option<f64> {
        let (at, bars) = (self.turn.at(), self.bars());
        let (first, second) = self.values.split_at_mut(bars);
        let (Some(first), Some(second)) = (first.get_mut(at), second.get_mut(at)) else { return Some(value) };
        *second = value;
        let old = std::mem::replace(first, value);
        let was_full = self.full;
        self.full |= self.turn.next(bars);
        was_full.then_some(old)
    }

    /// The last values, oldest first; zeros before them until there are so many.
    #[inline]
    pub(crate) fn values(&self) -> &[f64] {
        let at = self.turn.at();
        self.values.get(at..at + self.bars()).unwrap_or_default()
    }

    /// The last values, newest first.
    #[inline]
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = f64> + Clone {
        self.values().iter().rev().copied()
    }
}

/// Without what is written twice.
impl Stored for Recent {
    fn save(&self, to: &mut Vec<u8>) {
        let (values, _) = self.values.split_at(self.bars());
        values.save(to);
        self.turn.at().save(to);
        self.full.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        let bars = self.bars();
        let (values, again) = self.values.split_at_mut(bars);
        values.load(from)?;
        copy(again, values);
        let mut at = 0_usize;
        at.load(from)?;
        self.turn = Turn::new(at);
        self.full.load(from)?;
        if at < bars.max(1) { Ok(()) } else { Err(Misfit) }
    }

    #[cfg_attr(target_family = "wasm", inline(never))] // one is downloaded
    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn sync(&mut self, other: &mut Self) {
        let Some(place) = self.turn.sync(other.turn) else {
            self.turn.copy(&mut other.turn);
            copy(&mut self.values, &other.values);
            self.full = other.full;
            return;
        };
        for place in [place, place + self.bars()] {
            if let (Some(to), Some(from)) = (self.values.get_mut(place), other.values.get(place)) {
                *to = *from;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each bar replaced a few times while it forms, as a live chart does.
    #[test]
    fn recent_values_are_the_last_ones_however_often_a_bar_is_replaced() {
        for bars in 0..6 {
            let mut state = Recent::new(bars);
            let mut before = Recent::new(bars);
            let mut past = vec![0.0; bars];
            for bar in 0..2000_u32 {
                before.sync(&mut state);
                assert_eq!(before.values(), past, "{bars} bars, before bar {bar}");
                for forming in 0..=bar % 4 {
                    state.sync(&mut before);
                    assert_eq!(state.values(), past, "{bars} bars, bar {bar} taken back");
                    let value = f64::from(10 * bar + forming + 1);
                    let expected = if bars == 0 { value } else { past[0] };
                    let there = bar as usize >= bars;
                    assert_eq!(state.push(value), there.then_some(expected), "{bars} bars, bar {bar}");
                    let mut values = past.clone();
                    values.push(value);
                    assert_eq!(state.values(), &values[1..], "{bars} bars, bar {bar}");
                    assert!(state.newest_first().eq(values[1..].iter().rev().copied()));
                    if forming == bar % 4 {
                        past = values.split_off(1);
                    }
                }
            }
        }
    }

    #[test]
    fn recent_values_are_restored_where_they_stood() {
        let mut saved = Vec::new();
        let mut state = Recent::new(3);
        for value in 1..=5 {
            state.push(f64::from(value));
        }
        state.save(&mut saved);
        let mut restored = Recent::new(3);
        restored.load(&mut Reader::new(&saved)).unwrap();
        assert_eq!(restored.values(), [3.0, 4.0, 5.0]);
        assert_eq!(restored.push(6.0), Some(3.0));
        assert_eq!(restored.values(), [4.0, 5.0, 6.0]);
    }
}
