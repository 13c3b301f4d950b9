//! Every indicator, found by name.

use crate::dynamic::{Erased, Rule};
use crate::error::nearest;
use crate::indicator::{DynIndicator, Indicator};
use crate::live::DynStream;
use crate::snapshot::Snapshot;
use crate::{Args, Error, ErrorKind, Result, Spec, indicators};

/// An indicator in the registry: its spec and the way to make one.
#[derive(Debug)]
pub struct Entry {
    spec: &'static Spec,
    /// With default parameters.
    rule: fn() -> Box<dyn Rule>,
    #[cfg(not(target_family = "wasm"))]
    sweep: Sweep,
}

#[cfg(not(target_family = "wasm"))]
type Sweep = fn(&[Args], &[&[f64]], &mut [Vec<&mut [f64]>]) -> Result<()>;

impl Entry {
    pub(crate) const fn of<I: Indicator>() -> Self {
        Self {
            spec: I::SPEC,
            rule: || Box::new(I::default()),
            #[cfg(not(target_family = "wasm"))]
            sweep: crate::sweep::erased::<I>,
        }
    }

    /// What the indicator says of itself.
    #[must_use]
    pub fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// The indicator with these parameters, the ones not given at their defaults.
    pub fn build(&self, args: &Args) -> Result<Box<dyn DynIndicator>> {
        Ok(Box::new(self.erased(args)?))
    }

    /// As [`sweep`](Self::sweep), of as many columns as the spec names.
    pub(crate) fn sweep_checked(
        &self,
        sets: &[Args],
        inputs: &[&[f64]],
        outputs: &mut [Vec<&mut [f64]>],
    ) -> Result<()> {
        #[cfg(not(target_family = "wasm"))]
        return (self.sweep)(sets, inputs, outputs);
        // Code is downloaded there: each set is run by the code that runs one.
        #[cfg(target_family = "wasm")]
        {
            let indicators = sets.iter().map(|args| self.build(args)).collect::<Result<Vec<_>>>()?;
            indicators
                .iter()
                .zip(outputs)
                .try_for_each(|(indicator, outputs)| indicator.compute(inputs, outputs))
        }
    }

    fn erased(&self, args: &Args) -> Result<Erased> {
        Erased::new(self.spec, (self.rule)(), args)
    }
}

/// Every indicator, grouped.
#[must_use]
pub fn all() -> &'static [Entry] {
    indicators::ALL
}

/// Every indicator that [reads nothing but candles](Spec::reads_candles).
pub fn of_candles() -> impl Iterator<Item = &'static Entry> {
    all().iter().filter(|entry| entry.spec().reads_candles())
}

/// The indicator of this id or TA-Lib name, in any case; the error suggests the nearest id.
///
/// ```
/// use atra_core::registry;
///
/// assert_eq!(registry::find("CDLENGULFING")?.spec().id, "cdl_engulfing");
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn find(name: &str) -> Result<&'static Entry> {
    let is_named = |spec: &Spec| {
        spec.id.eq_ignore_ascii_case(name)
            || spec.talib.as_ref().is_some_and(|talib| talib.function.eq_ignore_ascii_case(name))
    };
    all().iter().find(|entry| is_named(entry.spec)).ok_or_else(|| {
        let help = match nearest(name, all().iter().map(|entry| entry.spec.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`atra indicators` lists them all".to_owned(),
        };
        Error::new(ErrorKind::NotFound, format!("unknown indicator `{name}`; {help}"))
    })
}

/// The stream that [`DynStream::snapshot`] saved, ready for its next bar.
pub fn restore(snapshot: &[u8]) -> Result<DynStream> {
    let snapshot = Snapshot::decode(snapshot)?;
    let indicator = find(&snapshot.id)?.erased(&snapshot.args)?;
    DynStream::restore(&indicator, &snapshot)
}
