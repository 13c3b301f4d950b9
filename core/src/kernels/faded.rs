//! Recurrences `a = a · keep + x` over many values: several steps side by side, a lane each.

use super::arch::{Isa, Kernel, widest};

/// How many values a step is long.
///
/// The recurrence makes every value wait for the one before it. Within a step, each value is instead what the step began
/// with, faded, plus what the step's own values add: two short chains, of which only the first goes from step to step.
pub(crate) const STEP: usize = 8;

/// How much is left of a step's beginning after each of its values: `keep`, `keep²` …
pub(crate) fn fading(keep: f64) -> [f64; STEP] {
    let mut left = 1.0;
    [(); STEP].map(|()| {
        left *= keep;
        left
    })
}

/// Whole steps of a recurrence.
///
/// With a rate, values are seen as distances from the value before the step, so that a flat series stays exactly where
/// it is, and `carried` is the distance from there. Without one they are summed as they are.
pub(crate) struct Faded<'a, const CENTERED: bool> {
    pub(crate) keep: f64,
    pub(crate) rate: f64,
    /// The value before the first step.
    pub(crate) base: f64,
    /// What the first step begins with.
    pub(crate) carried: f64,
    pub(crate) values: &'a [f64],
    pub(crate) out: &'a mut [f64],
}

impl<const CENTERED: bool> Faded<'_, CENTERED> {
    /// Takes all whole steps; what the next step begins with.
    pub(crate) fn steps(self) -> f64 {
        let (keep, rate) = (self.keep, self.rate);
        let Self { values, out, .. } = self;
        let whole = values.len().min(out.len()) / STEP * STEP;
        let (values, out) = (&values[..whole], &mut out[..whole]);
        let wide = Faded::<CENTERED> { values, out: &mut *out, ..self };
        let (taken, mut carried) = widest(wide).unwrap_or((0, self.carried));
        let mut base = match taken.checked_sub(1) {
            Some(last) => values[last],
            None => self.base,
        };
        let fading = fading(keep);
        let steps = values[taken..].as_chunks::<STEP>().0.iter().zip(out[taken..].as_chunks_mut::<STEP>().0);
        for (values, out) in steps {
            let mut added = 0.0;
            for ((value, out), left) in values.iter().zip(out).zip(fading) {
                added = added * keep + if CENTERED { (value - base) * rate } else { *value };
                let faded = carried * left + added;
                *out = if CENTERED { base + faded } else { faded };
            }
            let newest = values[STEP - 1];
            carried = carried * fading[STEP - 1] + if CENTERED { added + (base - newest) } else { added };
            base = newest;
        }
        carried
    }
}

impl<const CENTERED: bool> Kernel for Faded<'_, CENTERED> {
    /// How many values were taken, and what the next step begins with.
    type Out = (usize, f64);

    #[inline(always)]
    fn run<const N: usize, I: Isa<N>>(self, isa: I) -> (usize, f64) {
        let Self { keep, rate, base: mut before, mut carried, values, out } = self;
        let fading = fading(keep);
        let faded = fading.map(|left| isa.splat(left));
        let (keep, rate, zero) = (isa.splat(keep), isa.splat(rate), isa.splat(0.0));
        let taken = values.len() / (N * STEP) * (N * STEP);
        let groups = values[..taken].chunks_exact(N * STEP).zip(out[..taken].chunks_exact_mut(N * STEP));
        for (values, out) in groups {
            // Of each step, the value before it.
            let base = isa.pack(std::array::from_fn(|lane| match lane {
                0 => before,
                _ => values[lane * STEP - 1],
            }));
            before = values[N * STEP - 1];
            let mut sums = [zero; STEP];
            let (mut sum, mut newest) = (zero, zero);
            for (tile, sums) in sums.chunks_exact_mut(N).enumerate() {
                for (value, added) in isa.columns(&values[tile * N..], STEP).into_iter().zip(sums) {
                    sum = sum * keep + if CENTERED { (value - base) * rate } else { value };
                    *added = sum;
                    newest = value;
                }
            }
            let added = isa.unpack(if CENTERED { sum + (base - newest) } else { sum });
            let begun = isa.pack(added.map(|added| {
                let begun = carried;
                carried = carried * fading[STEP - 1] + added;
                begun
            }));
            for (tile, (sums, faded)) in sums.chunks_exact(N).zip(faded.chunks_exact(N)).enumerate() {
                let averages = std::array::from_fn(|column| {
                    let faded = begun * faded[column] + sums[column];
                    if CENTERED { base + faded } else { faded }
                });
                isa.put_columns(averages, &mut out[tile * N..], STEP);
            }
        }
        (taken, carried)
    }
}
