//! The moving parts indicators are made of. Each is a small state with an `update` of its own.

mod abreast;
pub(crate) mod arch;
mod average;
pub(crate) mod candles;
mod cycle;
mod decayed;
mod delay;
mod difference;
mod directional;
mod extremes;
mod faded;
mod filters;
mod flow;
mod folds;
mod hilbert;
mod located;
mod moves;
mod parabolic;
mod parts;
mod range;
mod returns;
mod smooth;
mod sorted;
mod spread;
mod squeeze;
mod steps;
mod stops;
mod trend;
mod views;
mod weighted;
mod window;

pub(crate) use abreast::abreast;
pub(crate) use arch::Number;
pub(crate) use average::*;
pub(crate) use cycle::{Phase, Trend, sine};
pub(crate) use decayed::Decayed;
pub(crate) use delay::{Delay, Recent};
pub(crate) use difference::Difference;
pub(crate) use directional::{Directional, DirectionalAverage};
pub(crate) use extremes::{AroonWindow, Range, RelativeStrength};
pub(crate) use faded::{Averaged, Recurrence, Recurring, by_steps};
pub(crate) use filters::{
    BandPass, Flex, HighPass, Laguerre, LowPass, SuperSmoother, TwoPoleHighPass, UltimateSmoother,
};
pub(crate) use flow::{money_flow, signed_volume};
pub(crate) use folds::{
    Deviations, Fall, FirstHighest, FirstLowest, Highest, Lowest, Moments, Pairs, PlacedReach, Reach,
    Regressed, RisingPairs, Sum, Total, Totals, Weighted, explained,
};
pub(crate) use hilbert::Hilbert;
pub(crate) use located::{HighestRow, LowestRow};
pub(crate) use moves::{Values, values};
pub(crate) use parabolic::{Pace, Parabolic};
pub(crate) use parts::{bar, no_rows, parts, parts_mut, rows_of};
pub(crate) use range::{AverageRange, TrueRange, true_range};
pub(crate) use returns::{log_ratio, percent_change};
pub(crate) use smooth::{Smoothed, Twice};
pub(crate) use sorted::{Sorted, middle, rank_correlation};
pub(crate) use spread::{Compensated, MeanDeviation, RelativeVolatility};
pub(crate) use squeeze::Compression;
pub(crate) use steps::{STEPPED, WINDOWED, buffer, chunks, warm_up};
pub(crate) use stops::{Projected, Ratchet};
pub(crate) use trend::HoltWinters;
pub(crate) use views::*;
pub(crate) use weighted::WeightedMean;
pub(crate) use window::{Folded, View, Window, windows};
