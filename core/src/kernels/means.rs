//! Means of windows, four blocks side by side: what one sum after another has to wait for, four sums do at once.
//!
//! Each lane does what [`Window`] does with its block, in the same order, so the bits are the same.

use super::{Folded, Sum, Window};

type Lanes = [f64; 4];

#[inline(always)]
fn each(operation: impl Fn(usize) -> f64) -> Lanes {
    std::array::from_fn(operation)
}

/// Longer blocks would not stay in the processor's nearest cache, all four of them.
const LONGEST: usize = 512;

impl Window<Sum> {
    /// Takes many values and writes their means, NaN while warming up: as [`push`](Self::push) on each.
    pub(crate) fn run_means(&mut self, values: &[f64], out: &mut [f64]) {
        let period = self.values.len();
        let mean = |window: Folded<Sum>| window.mean(period);
        self.run_with(values, out, || f64::NAN, mean, Self::means);
    }

    /// Takes whole blocks, four at a time, from the beginning of one; how many values it took.
    ///
    /// The lanes are shifted by one block: while the tails of a block are summed, so are those of the three after it,
    /// and then the heads of the four that follow each of these.
    fn means(&mut self, values: &[f64], out: &mut [f64]) -> usize {
        let period = self.values.len();
        let group = 4 * period;
        let taken = values.len() / group * group;
        if taken == 0 || period > LONGEST {
            return 0;
        }
        let share = 1.0 / period as f64;
        let mut tails: Vec<Lanes> = vec![[0.0; 4]; period];
        let mut before = self.values.clone();
        for start in (0..taken).step_by(group) {
            let (written, out) = out.split_at_mut(start);
            let (values, out) = (&values[start..start + group], &mut out[..group]);
            let (a, rest) = values.split_at(period);
            let (b, rest) = rest.split_at(period);
            let (c, d) = rest.split_at(period);
            let (last, before, tails) = (period - 1, &mut before[..period], &mut tails[..period]);
            let anchors = [before[last], a[last], b[last], c[last]];

            let seen = |four: Lanes| each(|lane| four[lane] - anchors[lane]);
            // The first is no sum: it may be a negative zero.
            let mut sum = seen([before[last], a[last], b[last], c[last]]);
            tails[last] = sum;
            for at in (0..last).rev() {
                let row = seen([before[at], a[at], b[at], c[at]]);
                sum = each(|lane| sum[lane] + row[lane]);
                tails[at] = sum;
            }

            let (out_a, rest) = out.split_at_mut(period);
            let (out_b, rest) = rest.split_at_mut(period);
            let (out_c, out_d) = rest.split_at_mut(period);
            let mean = |sum: Lanes| each(|lane| anchors[lane] + sum[lane] * share);
            // The newest window of a block is the block itself.
            let [of_before, of_a, of_b, of_c] = mean(tails[0]);
            (out_a[last], out_b[last], out_c[last]) = (of_a, of_b, of_c);
            if let Some(newest) = written.last_mut() {
                *newest = of_before;
            }

            let mut sum = [0.0; 4];
            for at in 0..last {
                let row = seen([a[at], b[at], c[at], d[at]]);
                sum = if at == 0 { row } else { each(|lane| sum[lane] + row[lane]) };
                let tail = tails[at + 1];
                [out_a[at], out_b[at], out_c[at], out_d[at]] = mean(each(|lane| tail[lane] + sum[lane]));
            }
            before.copy_from_slice(d);
        }
        let newest = before[period - 1];
        let fold = self.turn_from(&before, newest);
        out[taken - 1] = Folded { fold, anchor: self.anchor }.mean(period);
        self.values = before;
        taken
    }
}
