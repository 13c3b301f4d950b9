//! States as bytes: their fields one after another, without names.
//!
//! A state is read into a fresh one of the same indicator and parameters, so what these fix (lengths of windows,
//! the kind of an average) is not stored and cannot be damaged. Integers and floats take eight bytes,
//! little-endian; flags take one. Nothing names a field, so the order of a state's fields is part of the format.
//! There is one writer and one reader, so that a program which restores every indicator carries little code for
//! each.

use std::collections::VecDeque;

/// What a state is made of. [`state!`](crate::state) implements it.
pub trait Stored {
    /// Appends the bytes.
    fn save(&self, to: &mut Vec<u8>);
    /// Takes the values that [`save`](Self::save) wrote, in its order; what fails may have taken some.
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit>;
    /// Becomes what the other is, where either has changed since the two were last alike.
    ///
    /// A stream's state and the state before its last bar are a bar apart: of long lists one value differs, and only that
    /// is copied.
    fn sync(&mut self, other: &mut Self)
    where
        Self: Sized;
    /// As [`sync`](Self::sync), where there may be none of it.
    #[inline]
    fn sync_option(option: &mut Option<Self>, other: &mut Option<Self>)
    where
        Self: Sized + Clone,
    {
        match (option, other) {
            (Some(to), Some(from)) => to.sync(from),
            (None, None) => {}
            (to, from) => to.clone_from(from),
        }
    }
}

/// The bytes are not those of such a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

/// The bytes not read yet.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads these bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Fails unless every byte was read.
    pub fn end(&self) -> Result<(), Misfit> {
        if self.0.is_empty() { Ok(()) } else { Err(Misfit) }
    }

    #[inline(never)]
    fn word(&mut self) -> Result<u64, Misfit> {
        let (word, rest) = self.0.split_first_chunk().ok_or(Misfit)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*word))
    }

    /// How many values follow. Each has at least a byte, so bytes that lie cost no memory.
    fn len(&mut self) -> Result<usize, Misfit> {
        let len = usize::try_from(self.word()?).map_err(|_| Misfit)?;
        if len <= self.0.len() { Ok(len) } else { Err(Misfit) }
    }

    #[inline(never)]
    fn flag(&mut self) -> Result<bool, Misfit> {
        let (flag, rest) = self.0.split_first().ok_or(Misfit)?;
        self.0 = rest;
        match flag {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Misfit),
        }
    }
}

/// Appends eight bytes.
#[inline(never)]
fn word(word: u64, to: &mut Vec<u8>) {
    to.extend_from_slice(&word.to_le_bytes());
}

impl Stored for f64 {
    fn save(&self, to: &mut Vec<u8>) {
        word(self.to_bits(), to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = Self::from_bits(from.word()?);
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
    // Without asking whether there is one.
    #[inline(always)]
    fn sync_option(option: &mut Option<Self>, other: &mut Option<Self>) {
        *option = *other;
    }
}

impl Stored for u64 {
    fn save(&self, to: &mut Vec<u8>) {
        word(*self, to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = from.word()?;
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
}

impl Stored for i64 {
    fn save(&self, to: &mut Vec<u8>) {
        word(self.cast_unsigned(), to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = from.word()?.cast_signed();
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
}

impl Stored for u32 {
    fn save(&self, to: &mut Vec<u8>) {
        word(u64::from(*self), to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = Self::try_from(from.word()?).map_err(|_| Misfit)?;
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
}

impl Stored for usize {
    fn save(&self, to: &mut Vec<u8>) {
        word(*self as u64, to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = Self::try_from(from.word()?).map_err(|_| Misfit)?;
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
    // Without asking whether there is one.
    #[inline(always)]
    fn sync_option(option: &mut Option<Self>, other: &mut Option<Self>) {
        *option = *other;
    }
}

impl Stored for bool {
    fn save(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = from.flag()?;
        Ok(())
    }
    #[inline(always)]
    fn sync(&mut self, other: &mut Self) {
        *self = *other;
    }
}

/// What parameters fix: stored, but not copied from bar to bar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fixed<T>(pub(crate) T);

impl<T: Stored> Stored for Fixed<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.0.save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.0.load(from)
    }
    #[inline(always)]
    fn sync(&mut self, _: &mut Self) {}
}

/// How many values parameters say: as [`Fixed`], and bytes that say another number are of another state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given(pub(crate) usize);

impl Stored for Given {
    fn save(&self, to: &mut Vec<u8>) {
        self.0.save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        let mut stored = self.0;
        stored.load(from)?;
        if stored == self.0 { Ok(()) } else { Err(Misfit) }
    }
    #[inline(always)]
    fn sync(&mut self, _: &mut Self) {}
}

/// Whether there is a value, and the value.
impl<T: Stored + Clone + Default> Stored for Option<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.is_some().save(to);
        if let Some(value) = self {
            value.save(to);
        }
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        if from.flag()? {
            return self.get_or_insert_default().load(from);
        }
        *self = None;
        Ok(())
    }
    #[inline]
    fn sync(&mut self, other: &mut Self) {
        T::sync_option(self, other);
    }
}

impl<T: Stored> Stored for Box<T> {
    fn save(&self, to: &mut Vec<u8>) {
        (**self).save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        (**self).load(from)
    }
    #[inline]
    fn sync(&mut self, other: &mut Self) {
        (**self).sync(other);
    }
}

impl<T: Stored, const N: usize> Stored for [T; N] {
    fn save(&self, to: &mut Vec<u8>) {
        self.as_slice().save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.as_mut_slice().load(from)
    }
    #[inline]
    fn sync(&mut self, other: &mut Self) {
        for (to, from) in self.iter_mut().zip(other) {
            to.sync(from);
        }
    }
}

/// Of a length that is known when it is read.
impl<T: Stored> Stored for [T] {
    fn save(&self, to: &mut Vec<u8>) {
        for value in self {
            value.save(to);
        }
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.iter_mut().try_for_each(|value| value.load(from))
    }
}

/// Of a length that is known when it is read.
impl<T: Stored> Stored for Box<[T]> {
    fn save(&self, to: &mut Vec<u8>) {
        (**self).save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        (**self).load(from)
    }
    fn sync(&mut self, other: &mut Self) {
        for (to, from) in self.iter_mut().zip(other) {
            to.sync(from);
        }
    }
}

/// The length, and the values.
impl<T: Stored + Clone + Default> Stored for VecDeque<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.len().save(to);
        for value in self {
            value.save(to);
        }
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.resize(from.len()?, T::default());
        self.iter_mut().try_for_each(|value| value.load(from))
    }
    fn sync(&mut self, other: &mut Self) {
        self.clone_from(other);
    }
}

/// The length, and the values.
impl<T: Stored + Clone + Default> Stored for Vec<T> {
    fn save(&self, to: &mut Vec<u8>) {
        self.len().save(to);
        self.as_slice().save(to);
    }
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Misfit> {
        self.resize(from.len()?, T::default());
        self.as_mut_slice().load(from)
    }
    fn sync(&mut self, other: &mut Self) {
        self.clone_from(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::state! {
        #[derive(Default, PartialEq)]
        struct Inner<T: Test> { value: Option<T>, list: Vec<T> }
    }

    crate::state! {
        #[derive(Default, PartialEq)]
        struct Outer { count: usize, on: bool, pair: [f64; 2], past: Vec<f64>, inner: Box<Inner<f64>> }
    }

    trait Test: Stored + Copy + std::fmt::Debug + Default {}
    impl Test for f64 {}

    fn bytes(state: &impl Stored) -> Vec<u8> {
        let mut bytes = Vec::new();
        state.save(&mut bytes);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Outer, Misfit> {
        let (mut state, mut from) = (Outer { pair: [9.0; 2], ..Outer::default() }, Reader::new(bytes));
        state.load(&mut from)?;
        from.end().map(|()| state)
    }

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else() {
        for (value, list) in [(None, vec![]), (Some(-0.0), vec![1.0, 1e300])] {
            let inner = Box::new(Inner { value, list });
            let past = vec![3.0, 2.0];
            let state = Outer { count: 3, on: true, pair: [0.1, f64::MAX], past, inner };
            let saved = bytes(&state);
            assert_eq!(read(&saved), Ok(state));
            for length in 0..saved.len() {
                assert_eq!(read(&saved[..length]), Err(Misfit), "cut at {length}");
            }
            assert_eq!(read(&[&saved[..], &[0]].concat()), Err(Misfit));
        }
    }

    #[test]
    fn a_list_that_lies_about_its_length_is_refused() {
        let mut list = vec![1.0];
        assert_eq!(list.load(&mut Reader::new(&bytes(&usize::MAX))), Err(Misfit));
        assert_eq!(list.load(&mut Reader::new(&bytes(&vec![2.0, 3.0]))), Ok(()));
        assert_eq!(list, [2.0, 3.0]);
    }
}
