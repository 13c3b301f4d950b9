//! Writing columns: what suits each, judged by parts of it.

use super::{Kind, Prediction, VERSION, head, power, predict};
use crate::codec::bits::{BLOCK, bits, estimate, pack, push_varint, zigzag};

/// More digits are not tried apart.
const MOST_APART: u8 = 4;
/// Values of a part that tells what a column is like.
const SAMPLE: usize = 128;

/// A column as integers, to be packed.
pub(crate) struct Integers {
    kind: Kind,
    values: Vec<i64>,
    /// Differences of bit patterns, when there are any.
    misses: Option<Vec<i64>>,
}

/// Ticks of a value, 0 for one that has none.
#[inline(always)]
fn ticks(value: f64, power: f64) -> i64 {
    // Adding 1.5 * 2^52 rounds to a whole number in the low bits, in a way that can be vectorised.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LIMIT: f64 = 2_251_799_813_685_248.0; // 2^51
    let scaled = value * power;
    let whole = (scaled + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i64;
    if scaled.abs() < LIMIT { whole } else { 0 }
}

#[inline(always)]
fn miss(value: f64, ticks: i64, power: f64) -> i64 {
    value.to_bits().wrapping_sub((ticks as f64 / power).to_bits()) as i64
}

/// Parts of a long column that tell what it is like, and where they begin.
fn samples<T>(values: &[T]) -> impl Iterator<Item = (usize, &[T])> {
    let step = (values.len() / 6).max(SAMPLE);
    (0..values.len()).step_by(step).map(move |at| (at, &values[at..values.len().min(at + SAMPLE)]))
}

/// Whether the last digits of a good part of the values are zeros: only then are they worth a place apart.
fn are_apart(ticks: &[Vec<i64>], apart: u8) -> bool {
    // With each power known to the compiler there is no division.
    fn zeros<const POWER: i64>(ticks: &[Vec<i64>]) -> usize {
        ticks.iter().flatten().filter(|&value| value % POWER == 0).count()
    }
    let zeros = match apart {
        0 => return true,
        1 => zeros::<10>(ticks),
        2 => zeros::<100>(ticks),
        3 => zeros::<1_000>(ticks),
        _ => zeros::<10_000>(ticks),
    };
    zeros * 5 >= ticks.iter().map(Vec::len).sum()
}

/// About how many bits the samples take with so many digits apart, the rest less what it is predicted to be.
fn cost(samples: &[Vec<i64>], apart: u8, mut predict: impl FnMut(usize, &mut [i64])) -> usize {
    let (mut block, mut digits) = ([0; SAMPLE], [0; SAMPLE]);
    let mut cost = 0;
    for (index, sample) in samples.iter().enumerate() {
        let (block, digits) = (&mut block[..sample.len()], &mut digits[..sample.len()]);
        block.copy_from_slice(sample);
        take_apart(block, digits, apart);
        predict(index, block);
        cost += estimate(block) + if apart > 0 { estimate(digits) } else { 0 };
    }
    cost
}

/// How the values are best written: as decimals of the fewest digits that restore them, or as bit patterns.
pub(crate) fn kind(values: &[f64]) -> Kind {
    let samples: Vec<&[f64]> = samples(values).map(|(_, sample)| sample).collect();
    let of =
        |read: &dyn Fn(&[f64]) -> Vec<i64>| samples.iter().map(|sample| read(sample)).collect::<Vec<_>>();
    let patterns = of(&|sample| sample.iter().map(|x| x.to_bits() as i64).collect());
    let mut best = (cost(&patterns, 0, |_, _| ()), Kind::Bits);
    for decimals in 0..=15 {
        let power = power(decimals);
        let missed_by = |x: f64| miss(x, ticks(x, power), power);
        let missed = samples.iter().flat_map(|sample| *sample).filter(|x| x.is_finite());
        let missed: usize = missed.map(|&x| bits(zigzag(missed_by(x)))).sum();
        // What is missed alone costs more than what was found already.
        if missed > best.0 {
            continue;
        }
        let whole = of(&|sample| sample.iter().map(|&x| ticks(x, power)).collect());
        let misses = of(&|sample| sample.iter().map(|&x| missed_by(x)).collect());
        let apart = (0..=decimals.min(MOST_APART)).filter(|&apart| are_apart(&whole, apart));
        let whole = apart.map(|apart| cost(&whole, apart, |_, _| ())).min();
        let size = cost(&misses, 0, |_, _| ()).saturating_add(whole.unwrap_or(usize::MAX));
        if size < best.0 {
            best = (size, Kind::Decimals(decimals));
        }
        if missed == 0 {
            break;
        }
    }
    best.1
}

impl Integers {
    /// Times.
    pub(crate) fn of_times(times: &[i64]) -> Self {
        Self { kind: Kind::Integers, values: times.to_vec(), misses: None }
    }

    /// Numbers, as [`kind`] found best.
    pub(crate) fn of_numbers(numbers: &[f64], kind: Kind) -> Self {
        let Kind::Decimals(decimals) = kind else {
            let values = numbers.iter().map(|x| x.to_bits() as i64).collect();
            return Self { kind: Kind::Bits, values, misses: None };
        };
        let power = power(decimals);
        let mut values: Vec<i64> = numbers.iter().map(|&x| ticks(x, power)).collect();
        // No early exit: so it is vectorised.
        let missed = numbers.iter().zip(&values).fold(0, |any, (&x, &t)| any | miss(x, t, power)) != 0;
        let misses = missed.then(|| {
            // A gap is predicted best by standing still.
            let mut before = 0;
            for (value, number) in values.iter_mut().zip(numbers) {
                if number.is_finite() {
                    before = *value;
                } else {
                    *value = before;
                }
            }
            numbers.iter().zip(&values).map(|(&x, &t)| miss(x, t, power)).collect()
        });
        Self { kind, values, misses }
    }

    pub(crate) fn values(&self) -> &[i64] {
        &self.values
    }

    /// Writes the column with the cheapest of some predictions, judged by parts of it. `others` are the integers of all
    /// columns by their places.
    pub(crate) fn write(&self, among: &[Prediction], others: &[&[i64]]) -> Vec<u8> {
        let most = match self.kind {
            Kind::Decimals(decimals) => decimals.min(MOST_APART),
            Kind::Integers | Kind::Bits => 0,
        };
        let mut best = (usize::MAX, Prediction::Nothing, 0);
        let places: Vec<usize> = samples(&self.values).map(|(at, _)| at).collect();
        let samples: Vec<Vec<i64>> = samples(&self.values).map(|(_, sample)| sample.to_vec()).collect();
        for apart in (0..=most).filter(|&apart| are_apart(&samples, apart)) {
            for &prediction in among {
                let cost = cost(&samples, apart, |index, block| {
                    miss_of(prediction, block, places[index], power(apart), others);
                });
                if cost < best.0 {
                    best = (cost, prediction, apart);
                }
            }
        }
        self.write_as(best.1, best.2, others)
    }

    fn write_as(&self, prediction: Prediction, apart: u8, others: &[&[i64]]) -> Vec<u8> {
        let (kind, decimals) = match self.kind {
            Kind::Integers => (0, 0),
            Kind::Decimals(decimals) => (1, decimals),
            Kind::Bits => (2, 0),
        };
        let (code, a, b) = match prediction {
            Prediction::Nothing => (0, 0, 0),
            Prediction::Before => (1, 0, 0),
            Prediction::Same(a) => (2, a, 0),
            Prediction::RowBefore(a) => (3, a, 0),
            Prediction::Larger(a, b) => (4, a, b),
            Prediction::Smaller(a, b) => (5, a, b),
        };
        let mut out = Vec::with_capacity(32 + self.values.len() * 2);
        out.extend([VERSION, kind, decimals, apart, u8::from(self.misses.is_some()), code]);
        out.extend(a.to_le_bytes());
        out.extend(b.to_le_bytes());
        let (mut block, mut digits) = ([0; BLOCK], [0; BLOCK]);
        for (index, values) in self.values.chunks(BLOCK).enumerate() {
            let (block, digits) = (&mut block[..values.len()], &mut digits[..values.len()]);
            block.copy_from_slice(values);
            take_apart(block, digits, apart);
            let before = miss_of(prediction, block, index * BLOCK, power(apart), others);
            if prediction == Prediction::Before {
                push_varint(before, &mut out);
            }
            pack(block, &mut out);
            if apart > 0 {
                pack(digits, &mut out);
            }
            if let Some(misses) = &self.misses {
                pack(&misses[index * BLOCK..][..values.len()], &mut out);
            }
        }
        out.shrink_to_fit();
        out
    }
}

/// Moves the last digits of every value.
fn take_apart(block: &mut [i64], digits: &mut [i64], apart: u8) {
    if apart > 0 {
        let power = power(apart);
        for (value, digits) in block.iter_mut().zip(digits) {
            let head = head(*value, power);
            *digits = value.wrapping_sub(head.wrapping_mul(power as i64));
            *value = head;
        }
    }
}

/// Takes the prediction from the values of the block that begins at row `at`. For [`Prediction::Before`] the first one
/// is made the second's equal, so that it costs no width, and what then must be before it is returned.
fn miss_of(prediction: Prediction, block: &mut [i64], at: usize, power: f64, others: &[&[i64]]) -> i64 {
    if prediction == Prediction::Before {
        let Some(&first) = block.first() else { return 0 };
        for at in (1..block.len()).rev() {
            block[at] = block[at].wrapping_sub(block[at - 1]);
        }
        block[0] = block.get(1).copied().unwrap_or(0);
        return first.wrapping_sub(block[0]);
    }
    let length = block.len();
    let other = |place: u16| others.get(usize::from(place)).and_then(|other| other.get(at..at + length));
    let before =
        |place: u16| at.checked_sub(1).and_then(|at| others.get(usize::from(place))?.get(at).copied());
    if power > 1.0 {
        let miss = |value: &mut i64, predicted| *value = value.wrapping_sub(head(predicted, power));
        predict(prediction, other, before, block, miss);
    } else {
        let miss = |value: &mut i64, predicted| *value = value.wrapping_sub(predicted);
        predict(prediction, other, before, block, miss);
    }
    0
}
