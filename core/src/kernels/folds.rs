//! What windows compute: sums, deviations, weighted sums, extremes.
//!
//! Divisions by what a period fixes are multiplications by its reciprocal: over many bars it is computed once, and what
//! it multiplies are distances, so the difference of the last digit is one of the distance, not of the price.

use super::arch::Number;
use super::window::{Fold, Folded, Wide};
use crate::num;

macro_rules! sum {
    ($(#[$doc:meta])* $Name:ident, centered: $centered:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Name<T = f64>(pub(crate) T);
        crate::stored!($Name { 0 });

        impl Wide for $Name {
            type Of<T: Number> = $Name<T>;
        }

        impl<T: Number> Fold for $Name<T> {
            type Item = T;
            const CENTERED: bool = $centered;
            #[inline(always)]
            fn one(value: T) -> Self {
                Self(value)
            }
            #[inline(always)]
            fn prepend(self, value: T) -> Self {
                Self(self.0 + value)
            }
            #[inline(always)]
            fn append(self, value: T, _: f64) -> Self {
                Self(self.0 + value)
            }
            #[inline(always)]
            fn join(self, _: f64, newer: Self) -> Self {
                Self(self.0 + newer.0)
            }
        }
    };
}
sum!(
    /// Sum.
    Sum,
    centered: true
);
sum!(
    /// Sum of values that are never negative: nothing cancels, so they are summed as they are, and zeros give zero.
    Total,
    centered: false
);

impl Folded<Sum> {
    /// The sum of the window's `period` values.
    #[inline(always)]
    pub(crate) fn sum(self, period: usize) -> f64 {
        self.anchor * num::count(period) + self.fold.0
    }
}

impl<T: Number> Folded<Sum<T>> {
    /// The arithmetic mean of the window's `period` values.
    #[inline(always)]
    pub(crate) fn mean(self) -> T {
        self.anchor + self.fold.0 * self.anchor.like(self.share)
    }
}

/// Sum, and sum of squares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviations<T = f64> {
    sum: T,
    squares: T,
}
crate::stored!(Deviations { sum, squares });

impl Wide for Deviations {
    type Of<T: Number> = Deviations<T>;
}

impl<T: Number> Fold for Deviations<T> {
    type Item = T;
    const CENTERED: bool = true;
    #[inline(always)]
    fn one(value: T) -> Self {
        Self { sum: value, squares: value * value }
    }
    #[inline(always)]
    fn prepend(self, value: T) -> Self {
        Self { sum: self.sum + value, squares: self.squares + value * value }
    }
    #[inline(always)]
    fn append(self, value: T, _: f64) -> Self {
        self.prepend(value)
    }
    #[inline(always)]
    fn join(self, _: f64, newer: Self) -> Self {
        Self { sum: self.sum + newer.sum, squares: self.squares + newer.squares }
    }
}

impl<T: Number> Folded<Deviations<T>> {
    /// Population variance of the window's `period` values.
    #[inline(always)]
    pub(crate) fn variance(self) -> T {
        let share = self.anchor.like(self.share);
        let shift = self.fold.sum * share;
        // The anchor is in the window or next to it, so this cannot cancel more than `period`-fold.
        (self.fold.squares * share - shift * shift).larger(share.like(0.0))
    }

    /// Mean and population standard deviation of the window's `period` values.
    #[inline(always)]
    pub(crate) fn mean_and_deviation(self) -> (T, T) {
        let share = self.anchor.like(self.share);
        (self.anchor + self.fold.sum * share, self.variance().sqrt())
    }
}

/// Sum, and sum weighted 1, 2, 3 … from the oldest value on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighted<T = f64> {
    sum: T,
    weighted: T,
}
crate::stored!(Weighted { sum, weighted });

impl Wide for Weighted {
    type Of<T: Number> = Weighted<T>;
}

impl<T: Number> Fold for Weighted<T> {
    type Item = T;
    const CENTERED: bool = true;
    #[inline(always)]
    fn one(value: T) -> Self {
        Self { sum: value, weighted: value }
    }
    #[inline(always)]
    fn prepend(self, value: T) -> Self {
        // Every weight grows by one.
        let sum = self.sum + value;
        Self { sum, weighted: self.weighted + sum }
    }
    #[inline(always)]
    fn append(self, value: T, count: f64) -> Self {
        Self { sum: self.sum + value, weighted: self.weighted + value * value.like(count + 1.0) }
    }
    #[inline(always)]
    fn join(self, count: f64, newer: Self) -> Self {
        let shifted = newer.weighted + newer.sum * newer.sum.like(count);
        Self { sum: self.sum + newer.sum, weighted: self.weighted + shifted }
    }
}

impl<T: Number> Folded<Weighted<T>> {
    /// The mean of the window's `period` values, weighted 1 for the oldest to `period` for the newest.
    #[inline(always)]
    pub(crate) fn weighted_mean(self, period: usize) -> T {
        let n = num::count(period);
        self.anchor + self.fold.weighted * self.anchor.like(2.0 / (n * (n + 1.0)))
    }

    /// Each value times how far it stands from the middle of the window in bars, summed.
    #[inline(always)]
    pub(crate) fn moment(self, period: usize) -> T {
        // Bars are numbered 1 to n, their mean is (n + 1) / 2.
        self.fold.weighted - self.fold.sum * self.anchor.like(0.5 * (num::count(period) + 1.0))
    }

    /// The arithmetic mean of the window's `period` values.
    #[inline(always)]
    pub(crate) fn mean(self) -> T {
        self.anchor + self.fold.sum * self.anchor.like(self.share)
    }

    /// Slope of the least-squares line through the window's `period` values, and where it stands at the newest one.
    #[inline(always)]
    pub(crate) fn line(self, period: usize) -> (T, T) {
        let n = num::count(period);
        let slope = self.moment(period) * self.anchor.like(12.0 / (n * (n * n - 1.0)));
        (slope, self.mean() + slope * self.anchor.like((n - 1.0) / 2.0))
    }
}

/// What a least-squares line and the distances from it need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Regressed {
    line: Weighted,
    squares: f64,
}
crate::stored!(Regressed { line, squares });

impl Fold for Regressed {
    type Item = f64;
    const CENTERED: bool = true;
    #[inline(always)]
    fn one(value: f64) -> Self {
        Self { line: Weighted::one(value), squares: value * value }
    }
    #[inline(always)]
    fn prepend(self, value: f64) -> Self {
        Self { line: self.line.prepend(value), squares: self.squares + value * value }
    }
    #[inline(always)]
    fn append(self, value: f64, count: f64) -> Self {
        Self { line: self.line.append(value, count), squares: self.squares + value * value }
    }
    #[inline(always)]
    fn join(self, count: f64, newer: Self) -> Self {
        Self { line: self.line.join(count, newer.line), squares: self.squares + newer.squares }
    }
}

impl Folded<Regressed> {
    #[inline(always)]
    fn weighted(self) -> Folded<Weighted> {
        Folded { fold: self.fold.line, anchor: self.anchor, share: self.share }
    }

    /// Of the window's `period` values and their places: the sum of products, and that of squares, around the means.
    #[inline(always)]
    fn spread(self, period: usize) -> (f64, f64) {
        let sum = self.fold.line.sum;
        (self.weighted().moment(period), num::max(self.fold.squares - sum * sum / num::count(period), 0.0))
    }

    /// Correlation of the window's `period` values with their places, -1 to 1; 0 where they are all equal.
    #[inline(always)]
    pub(crate) fn correlation(self, period: usize) -> f64 {
        let n = num::count(period);
        let (products, squares) = self.spread(period);
        let scale = num::sqrt(squares * (n * (n * n - 1.0) / 12.0));
        if scale > 0.0 { num::min(num::max(products / scale, -1.0), 1.0) } else { 0.0 }
    }

    /// Where the least-squares line through the window's `period` values stands at the newest one, and the sum of the
    /// squared distances from it.
    #[inline(always)]
    pub(crate) fn fit(self, period: usize) -> (f64, f64) {
        let (slope, end) = self.weighted().line(period);
        let (products, squares) = self.spread(period);
        (end, num::max(squares - slope * products, 0.0))
    }
}

/// Sums over two columns: each, their squares, their product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pairs {
    sums: [f64; 2],
    squares: [f64; 2],
    product: f64,
}
crate::stored!(Pairs { sums, squares, product });

impl Fold for Pairs {
    type Item = [f64; 2];
    const CENTERED: bool = true;
    #[inline(always)]
    fn one([x, y]: [f64; 2]) -> Self {
        Self { sums: [x, y], squares: [x * x, y * y], product: x * y }
    }
    #[inline(always)]
    fn prepend(self, value: [f64; 2]) -> Self {
        self.join(1.0, Self::one(value))
    }
    #[inline(always)]
    fn append(self, value: [f64; 2], _: f64) -> Self {
        self.prepend(value)
    }
    #[inline(always)]
    fn join(self, _: f64, newer: Self) -> Self {
        Self {
            sums: [self.sums[0] + newer.sums[0], self.sums[1] + newer.sums[1]],
            squares: [self.squares[0] + newer.squares[0], self.squares[1] + newer.squares[1]],
            product: self.product + newer.product,
        }
    }
}

impl Folded<Pairs> {
    /// The mean of the first column weighted by the second, which is never negative, over the window's `period` rows;
    /// the first column's newest known value where nothing weighs.
    #[inline(always)]
    pub(crate) fn mean_by_weight(self, period: usize) -> f64 {
        let Pairs { sums: [x, weight], product, .. } = self.fold;
        let total = self.anchor[1] * num::count(period) + weight;
        // Around a value of the window, so that a flat column gives exactly itself.
        self.anchor[0] + if total > 0.0 { (product + self.anchor[1] * x) / total } else { 0.0 }
    }

    /// Variances of both columns and their covariance, each times `period`, over the window's `period` rows.
    #[inline(always)]
    pub(crate) fn covariance(self, period: usize) -> ([f64; 2], f64) {
        let n = num::count(period);
        let Pairs { sums: [x, y], squares: [xx, yy], product } = self.fold;
        ([num::max(xx - x * x / n, 0.0), num::max(yy - y * y / n, 0.0)], product - x * y / n)
    }
}

/// Sums of the first to the fourth power.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moments {
    powers: [f64; 4],
}
crate::stored!(Moments { powers });

impl Fold for Moments {
    type Item = f64;
    const CENTERED: bool = true;
    #[inline(always)]
    fn one(value: f64) -> Self {
        let square = value * value;
        Self { powers: [value, square, square * value, square * square] }
    }
    #[inline(always)]
    fn prepend(self, value: f64) -> Self {
        self.join(1.0, Self::one(value))
    }
    #[inline(always)]
    fn append(self, value: f64, _: f64) -> Self {
        self.prepend(value)
    }
    #[inline(always)]
    fn join(self, _: f64, newer: Self) -> Self {
        Self { powers: std::array::from_fn(|power| self.powers[power] + newer.powers[power]) }
    }
}

impl Folded<Moments> {
    /// Mean second, third and fourth power of the distances from the mean, of the window's `period` values.
    #[inline(always)]
    pub(crate) fn central(self, period: usize) -> [f64; 3] {
        let [mean, second, third, fourth] = self.fold.powers.map(|sum| sum / num::count(period));
        let square = mean * mean;
        [
            num::max(second - square, 0.0),
            third - 3.0 * mean * second + 2.0 * square * mean,
            num::max(fourth - 4.0 * mean * third + 6.0 * square * second - 3.0 * square * square, 0.0),
        ]
    }
}

/// What the least-squares line through a window explains of the sum of its squared distances from the mean, and that
/// sum, from the two folds of its `period` values.
#[inline(always)]
pub(crate) fn explained(line: Folded<Weighted>, spread: Folded<Deviations>, period: usize) -> [f64; 2] {
    let n = num::count(period);
    let (slope, _) = line.line(period);
    [slope * slope * (n * (n * n - 1.0) / 12.0), spread.variance() * n]
}

/// Sums over two columns in the rows where the first is above 0: how many, each, the first's squares, the product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RisingPairs {
    count: f64,
    sums: [f64; 2],
    squares: f64,
    product: f64,
}
crate::stored!(RisingPairs { count, sums, squares, product });

impl Fold for RisingPairs {
    type Item = [f64; 2];
    // The values are returns: small, and of no common size.
    const CENTERED: bool = false;
    #[inline(always)]
    fn one([x, y]: [f64; 2]) -> Self {
        let [count, x, y] = if x > 0.0 { [1.0, x, y] } else { [0.0; 3] };
        Self { count, sums: [x, y], squares: x * x, product: x * y }
    }
    #[inline(always)]
    fn prepend(self, value: [f64; 2]) -> Self {
        self.join(1.0, Self::one(value))
    }
    #[inline(always)]
    fn append(self, value: [f64; 2], _: f64) -> Self {
        self.prepend(value)
    }
    #[inline(always)]
    fn join(self, _: f64, newer: Self) -> Self {
        Self {
            count: self.count + newer.count,
            sums: [self.sums[0] + newer.sums[0], self.sums[1] + newer.sums[1]],
            squares: self.squares + newer.squares,
            product: self.product + newer.product,
        }
    }
}

impl RisingPairs {
    /// Covariance over the first column's variance; 0 where that is 0 to within rounding.
    #[inline(always)]
    pub(crate) fn slope(self) -> f64 {
        let [x, y] = self.sums;
        let all = self.count * self.squares;
        let spread = all - x * x;
        if spread > 1e-12 * all { (self.count * self.product - x * y) / spread } else { 0.0 }
    }
}

/// Highest, lowest, and the largest fall from a value to a later one as a fraction of it, 0 or below.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fall {
    highest: f64,
    lowest: f64,
    pub(crate) deepest: f64,
}
crate::stored!(Fall { highest, lowest, deepest });

impl Fold for Fall {
    type Item = f64;
    const CENTERED: bool = false;
    #[inline(always)]
    fn one(value: f64) -> Self {
        Self { highest: value, lowest: value, deepest: 0.0 }
    }
    #[inline(always)]
    fn prepend(self, value: f64) -> Self {
        Self::one(value).join(1.0, self)
    }
    #[inline(always)]
    fn append(self, value: f64, count: f64) -> Self {
        self.join(count, Self::one(value))
    }
    #[inline(always)]
    fn join(self, _: f64, newer: Self) -> Self {
        let across = if self.highest > 0.0 { (newer.lowest - self.highest) / self.highest } else { 0.0 };
        Self {
            highest: num::max(self.highest, newer.highest),
            lowest: num::min(self.lowest, newer.lowest),
            deepest: num::min(across, num::min(self.deepest, newer.deepest)),
        }
    }
}

/// The highest or lowest value, and where in the window it stands. `$older` says whether of two folds the older has it.
macro_rules! placed_extremum {
    ($(#[$doc:meta])* $Name:ident, |$older:ident, $newer:ident, $one:ident, $other:ident| $pick:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Name<T = f64> {
            pub(crate) value: T,
            /// Counted from the oldest value, 0.
            pub(crate) place: T,
        }
        $crate::stored!($Name { value, place });

        impl Wide for $Name {
            type Of<T: Number> = $Name<T>;
        }

        impl<T: Number> Fold for $Name<T> {
            type Item = T;
            const CENTERED: bool = false;
            #[inline(always)]
            fn one(value: T) -> Self {
                Self { value, place: value.like(0.0) }
            }
            #[inline(always)]
            fn prepend(self, value: T) -> Self {
                Self::one(value).join(1.0, self)
            }
            #[inline(always)]
            fn append(self, value: T, count: f64) -> Self {
                self.join(count, Self::one(value))
            }
            #[inline(always)]
            fn join(self, count: f64, newer: Self) -> Self {
                let pick = |$one: T, $other: T| {
                    let ($older, $newer) = (self.value, newer.value);
                    $pick
                };
                Self {
                    value: pick(self.value, newer.value),
                    place: pick(self.place, newer.place + newer.place.like(count)),
                }
            }
        }
    };
}
placed_extremum!(
    /// The highest value and its place; of equal ones the newest.
    PlacedHighest,
    |older, newer, one, other| older.if_greater(newer, one, other)
);
placed_extremum!(
    /// The lowest value and its place; of equal ones the newest.
    PlacedLowest,
    |older, newer, one, other| newer.if_greater(older, one, other)
);
placed_extremum!(
    /// The highest value and its place; of equal ones the oldest.
    FirstHighest,
    |older, newer, one, other| newer.if_greater(older, other, one)
);
placed_extremum!(
    /// The lowest value and its place; of equal ones the oldest.
    FirstLowest,
    |older, newer, one, other| older.if_greater(newer, other, one)
);

macro_rules! extremum {
    ($(#[$doc:meta])* $Name:ident, $pick:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Name<T = f64>(pub(crate) T);
        $crate::stored!($Name { 0 });

        impl Wide for $Name {
            type Of<T: Number> = $Name<T>;
        }

        impl<T: Number> Fold for $Name<T> {
            type Item = T;
            const CENTERED: bool = false;
            #[inline(always)]
            fn one(value: T) -> Self {
                Self(value)
            }
            #[inline(always)]
            fn prepend(self, value: T) -> Self {
                Self(self.0.$pick(value))
            }
            #[inline(always)]
            fn append(self, value: T, _: f64) -> Self {
                Self(self.0.$pick(value))
            }
            #[inline(always)]
            fn join(self, _: f64, newer: Self) -> Self {
                Self(self.0.$pick(newer.0))
            }
        }
    };
}
extremum!(
    /// The highest value.
    Highest,
    larger
);
extremum!(
    /// The lowest value.
    Lowest,
    smaller
);

/// A fold of the first and one of the second number of each item.
macro_rules! both {
    ($(#[$doc:meta])* $Name:ident, $First:ident, $Second:ident, centered: $centered:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Name<T = f64>(pub(crate) $First<T>, pub(crate) $Second<T>);
        crate::stored!($Name { 0, 1 });

        impl Wide<2> for $Name {
            type Of<T: Number> = $Name<T>;
        }

        impl<T: Number> Fold for $Name<T> {
            type Item = [T; 2];
            const CENTERED: bool = $centered;
            #[inline(always)]
            fn one([first, second]: [T; 2]) -> Self {
                Self($First::one(first), $Second::one(second))
            }
            #[inline(always)]
            fn prepend(self, [first, second]: [T; 2]) -> Self {
                Self(self.0.prepend(first), self.1.prepend(second))
            }
            #[inline(always)]
            fn append(self, [first, second]: [T; 2], count: f64) -> Self {
                Self(self.0.append(first, count), self.1.append(second, count))
            }
            #[inline(always)]
            fn join(self, count: f64, newer: Self) -> Self {
                Self(self.0.join(count, newer.0), self.1.join(count, newer.1))
            }
        }
    };
}
both!(
    /// Two sums of values that are never negative.
    Totals,
    Total,
    Total,
    centered: false
);
both!(
    /// The highest of highs and the lowest of lows.
    Reach,
    Highest,
    Lowest,
    centered: false
);
both!(
    /// The same and their places, of equal ones the newest.
    PlacedReach,
    PlacedHighest,
    PlacedLowest,
    centered: false
);
