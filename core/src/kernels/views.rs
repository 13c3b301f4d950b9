//! What is made of a window's fold, for one window or several at a time.

use super::{Deviations, Highest, Lowest, Number, PlacedReach, Reach, Sum, Totals, Weighted};

/// Declares a [`View`](super::View): its parameters, the fold it looks at (and of how many numbers its items are, if not
/// one), and the numbers it makes of a full window.
macro_rules! view {
    ($(#[$doc:meta])* $Name:ident($($param:ident: $ty:ty),*) of $Fold:ident, $($rest:tt)*) => {
        $crate::kernels::view!($(#[$doc])* $Name($($param: $ty),*) of [$Fold; 1], $($rest)*);
    };
    (
        $(#[$doc:meta])*
        $Name:ident($($param:ident: $ty:ty),*) of [$Fold:ident; $numbers:literal],
        |$window:ident| [$($number:expr),+]
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $Name($(pub(crate) $ty),*);

        impl $crate::kernels::View<$Fold, { [$(stringify!($number)),+].len() }, $numbers> for $Name {
            #[inline(always)]
            fn of<T: $crate::kernels::Number>(
                self,
                $window: $crate::kernels::Folded<$Fold<T>>,
            ) -> [T; { [$(stringify!($number)),+].len() }] {
                let Self($($param),*) = self;
                [$($number),+]
            }
        }
    };
}
pub(crate) use view;

view!(
    /// The arithmetic mean.
    Mean() of Sum, |window| [window.mean()]
);
view!(
    /// How many percent of both sums the first is; 0 where both are.
    Share() of [Totals; 2], |window| [share(window.fold.0.0, window.fold.1.0)]
);
view!(
    /// The mean of as many values, weighted from the oldest to the newest.
    LinearMean(period: usize) of Weighted, |window| [window.weighted_mean(period)]
);
view!(
    /// The newest point of the least-squares line through as many values.
    LineEnd(period: usize) of Weighted, |window| [window.line(period).1]
);
view!(
    /// The standard deviation, so many times.
    Deviation(times: f64) of Deviations,
    |window| [window.mean_and_deviation().1 * window.anchor.like(times)]
);
view!(
    /// The highest value.
    Top() of Highest, |window| [window.fold.0]
);
view!(
    /// The lowest value.
    Bottom() of Lowest, |window| [window.fold.0]
);
view!(
    /// The highest high and the lowest low.
    Extremes() of [Reach; 2], |window| [window.fold.0.0, window.fold.1.0]
);
view!(
    /// How far into the window the lowest low and the highest high stand, in percent of as many bars.
    Places(period: usize) of [PlacedReach; 2],
    |window| [percent(window.fold.1.place, period), percent(window.fold.0.place, period)]
);

#[inline(always)]
pub(crate) fn percent<T: Number>(place: T, period: usize) -> T {
    place.like(100.0) * place / place.like(period as f64)
}

#[inline(always)]
pub(crate) fn share<T: Number>(part: T, rest: T) -> T {
    let (whole, zero) = (part + rest, part.like(0.0));
    whole.if_greater(zero, part.like(100.0) * (part / whole), zero)
}
