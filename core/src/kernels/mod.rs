//! The moving parts indicators are made of. Each is a small state with an `update` of its own.

mod average;
pub(crate) mod candles;
mod cycle;
mod delay;
mod difference;
mod directional;
mod extremes;
mod filters;
mod flow;
mod folds;
mod hilbert;
mod parabolic;
mod range;
mod smooth;
mod sorted;
mod spread;
mod steps;
mod stops;
mod trend;
mod weighted;
mod window;

pub(crate) use average::*;
pub(crate) use cycle::{Phase, Trend, sine};
pub(crate) use delay::Delay;
pub(crate) use difference::Difference;
pub(crate) use directional::{Directional, DirectionalAverage};
pub(crate) use extremes::{AroonWindow, Range, RelativeStrength};
pub(crate) use filters::{
    BandPass, Flex, HighPass, Laguerre, LowPass, SuperSmoother, TwoPoleHighPass, UltimateSmoother,
};
pub(crate) use flow::money_flow;
pub(crate) use folds::{
    Deviations, Highest, Lowest, Pairs, PlacedHighest, PlacedLowest, Regressed, Sum, Total, Weighted,
};
pub(crate) use hilbert::Hilbert;
pub(crate) use parabolic::{Pace, Parabolic};
pub(crate) use range::{AverageRange, TrueRange, true_range};
pub(crate) use smooth::{Decayed, Smoothed, Twice};
pub(crate) use sorted::Sorted;
pub(crate) use spread::{Compensated, MeanDeviation};
pub(crate) use steps::{Buffer, CHUNK, chunks, warm_up};
pub(crate) use stops::{Projected, Ratchet};
pub(crate) use trend::HoltWinters;
pub(crate) use weighted::WeightedMean;
pub(crate) use window::Window;
