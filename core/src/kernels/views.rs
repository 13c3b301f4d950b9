//! What is made of a window's fold, for one window or several at a time.

use super::{Deviations, Highest, Lowest, PlacedHighest, PlacedLowest, Sum, Total, Weighted};

/// Declares a [`View`](super::View): its parameters, the fold it looks at, and the numbers it makes of a full window;
/// `native` if a browser is not to download lanes for it.
macro_rules! view {
    ($(#[$doc:meta])* native $Name:ident $($rest:tt)*) => {
        $crate::kernels::view!($(#[$doc])* @ true, $Name $($rest)*);
    };
    ($(#[$doc:meta])* $Name:ident $($rest:tt)*) => {
        $crate::kernels::view!($(#[$doc])* @ false, $Name $($rest)*);
    };
    ($(#[$doc:meta])* @ $native:literal, $Name:ident($($param:ident: $ty:ty),*) of $Fold:ident, |$window:ident| [$($number:expr),+]) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $Name($(pub(crate) $ty),*);

        impl $crate::kernels::View<$Fold, { [$(stringify!($number)),+].len() }> for $Name {
            const NATIVE: bool = $native;

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
    /// The arithmetic mean of as many values.
    Mean(period: usize) of Sum, |window| [window.mean(period)]
);
view!(
    /// The sum of values that are never negative.
    native Plain() of Total, |window| [window.fold.0]
);
view!(
    /// The mean of as many values, weighted from the oldest to the newest.
    LinearMean(period: usize) of Weighted, |window| [window.weighted_mean(period)]
);
view!(
    /// The newest point of the least-squares line through as many values.
    native LineEnd(period: usize) of Weighted, |window| [window.line(period).1]
);
view!(
    /// The standard deviation of as many values, so many times.
    Deviation(period: usize, times: f64) of Deviations,
    |window| [window.mean_and_deviation(period).1 * window.anchor.like(times)]
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
    /// How far into the window the highest value stands, in percent of as many bars.
    native TopPlace(period: usize) of PlacedHighest, |window| [percent(window.fold.place, period)]
);
view!(
    /// How far into the window the lowest value stands, in percent of as many bars.
    native BottomPlace(period: usize) of PlacedLowest, |window| [percent(window.fold.place, period)]
);

#[inline(always)]
pub(crate) fn percent<T: super::Number>(place: T, period: usize) -> T {
    place.like(100.0) * place / place.like(period as f64)
}
