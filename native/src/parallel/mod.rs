//! Work shared out among all processors (feature `parallel`; one after another without): many parameters on one series,
//! and one expression over many series.

#[cfg(feature = "store")]
mod scan;
mod sweep;

#[cfg(feature = "store")]
pub use scan::{Bars, Found, Scan};
pub use sweep::{Set, sweep};

/// How many threads share the work.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    1
}

/// The results of all, in their order.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        items.into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    items.into_iter().map(work).collect()
}
