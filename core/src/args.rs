//! Parameters by name, for callers that do not know the indicator's type.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::codec::plain::Reader;
use crate::spec::{ParamKind, ParamSpec, Spec};
use crate::{Error, Result};

/// The parameters every indicator has beside its own, which stand in no spec.
pub const COMMON: &[ParamSpec] = &[CONVENTION, GAPS];

const CONVENTION: ParamSpec = ParamSpec {
    name: "convention",
    docs: "Whose way of starting an average is followed, where platforms differ.",
    kind: ParamKind::Choice { default: "talib", choices: Convention::CHOICES },
};

const GAPS: ParamSpec = ParamSpec {
    name: "gaps",
    docs: "What a missing value does: it is skipped, refused, or what follows warms up anew.",
    kind: ParamKind::Choice { default: "skip", choices: Gaps::CHOICES },
};

/// A parameter's value before an indicator has checked it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Any number; whole-number parameters take it when it has no fraction.
    Number(f64),
    /// Anything else.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "`{text}`"),
        }
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

/// A type a parameter can have. Values arrive here only after [`ParamSpec::check`](crate::spec::ParamSpec::check).
pub trait Param {
    /// Becomes the checked value.
    fn set(&mut self, value: &Value);
    /// The value.
    fn get(&self) -> Value;
}

impl Param for f64 {
    fn set(&mut self, value: &Value) {
        if let Value::Number(number) = value {
            *self = *number;
        }
    }

    fn get(&self) -> Value {
        Value::from(*self)
    }
}

impl Param for usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked: whole and within its bounds
    fn set(&mut self, value: &Value) {
        if let Value::Number(number) = value {
            *self = *number as Self;
        }
    }

    fn get(&self) -> Value {
        Value::from(*self)
    }
}

/// A parameter's type that is one of a few names; [`choice!`](crate::choice) declares one.
pub trait Choice: Param + Copy {
    /// The names and their numbers, the default kind first.
    const CHOICES: &'static [(&'static str, i64)];
    /// Its name.
    fn name(self) -> &'static str;
    /// The kind of this name; the default kind if there is none.
    fn named(name: &str) -> Self;
}

crate::choice! {
    /// A moving average, as a parameter of indicators that can use any. The numbers are TA-Lib's.
    pub enum MaType {
        /// Simple.
        Sma = "sma" 0,
        /// Exponential.
        Ema = "ema" 1,
        /// Linearly weighted.
        Wma = "wma" 2,
        /// Double exponential.
        Dema = "dema" 3,
        /// Triple exponential.
        Tema = "tema" 4,
        /// Triangular.
        Trima = "trima" 5,
        /// Kaufman's adaptive.
        Kama = "kama" 6,
        /// MESA adaptive.
        Mama = "mama" 7,
        /// Tillson's T3.
        T3 = "t3" 8,
        /// Hull's.
        Hma = "hma" 9,
        /// None: the input as it is.
        None = "none" 10,
        /// Zero-lag exponential.
        Zlema = "zlema" 12,
        /// Wilder's.
        Rma = "rma" 13,
        /// Chande's variable index dynamic average.
        Vidya = "vidya" 14,
        /// Arnaud Legoux's.
        Alma = "alma" 15,
    }
}

crate::choice! {
    /// Whose way of starting an average is followed where platforms differ: sets the seeding parameters an indicator
    /// has, all at once. Parameters given by name win.
    ///
    /// ```
    /// use atra_core::{Args, registry};
    ///
    /// let ema = registry::find("ema")?.build(&Args::parse(["convention=tradingview"])?)?;
    /// assert_eq!(ema.args().get("seed").map(|seed| seed.to_string()).as_deref(), Some("`first`"));
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub enum Convention {
        /// TA-Lib's, the defaults.
        TaLib = "talib" 0,
        /// TradingView's built-in functions.
        TradingView = "tradingview" 1,
        /// Wilder's own, as in "New Concepts in Technical Trading Systems", 1978.
        Wilder = "wilder" 2,
    }
}

crate::choice! {
    /// What an exponential average starts from.
    pub enum Seed {
        /// The mean of the first `period` values, in their last row.
        Sma = "sma" 0,
        /// The first value, in its row.
        First = "first" 1,
    }
}

crate::choice! {
    /// What the two averages of a difference start from.
    pub enum PairSeed {
        /// Means, both of them in the row in which the slower one's is complete.
        Aligned = "aligned" 0,
        /// Means, each of its own first values.
        Sma = "sma" 1,
        /// The first value.
        First = "first" 2,
    }
}

crate::choice! {
    /// Whether the first bar, which has no close before it, has a true range.
    pub enum FirstRange {
        /// It has none: averages begin with the second bar.
        Skip = "skip" 0,
        /// Its high less its low.
        Include = "include" 1,
    }
}

crate::choice! {
    /// How many bars Wilder's sums of directional movement are seeded with.
    pub enum MovementSeed {
        /// `period - 1`; the next bar is smoothed in.
        Short = "short" 0,
        /// `period`.
        Full = "full" 1,
    }
}

crate::choice! {
    /// How gains and losses are averaged.
    pub enum Smoothing {
        /// By 1 / `period`.
        Wilder = "wilder" 0,
        /// By 2 / (`period` + 1), as an exponential average.
        Ema = "ema" 1,
    }
}

crate::choice! {
    /// What a [gap](mod@crate::indicator#gaps) does, for every indicator and every way to run it.
    ///
    /// ```
    /// use atra_core::{Args, registry};
    ///
    /// let close = [1.0, 2.0, f64::NAN, 4.0, 6.0];
    /// let sma = |gaps: &str| registry::find("sma")?.build(&Args::new().with("period", 2.0).with("gaps", gaps));
    /// assert_eq!(sma("skip")?.compute_columns(&[&close])?[0][3..], [3.0, 5.0]);
    /// assert_eq!(sma("recover")?.compute_columns(&[&close])?[0][4], 5.0);
    /// assert_eq!(
    ///     sma("reject")?.compute_columns(&[&close]).unwrap_err().to_string(),
    ///     "sma: `close` is NaN in row 2; every input must be a finite number (gaps=reject)"
    /// );
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub enum Gaps {
        /// NaN in its row; the next good bar continues from the last good one.
        Skip = "skip" 0,
        /// An error that names the row; nothing is computed, and a stream stays as it was.
        Reject = "reject" 1,
        /// NaN in its row, then a new warm-up: what lies before the gap has no part in what comes after.
        Recover = "recover" 2,
    }
}

/// Parameters by name; those not given keep their defaults.
///
/// ```
/// use atra_core::{Args, registry};
///
/// let rsi = registry::find("rsi")?;
/// let slow = rsi.build(&Args::new().with("period", 28.0))?;
/// assert_eq!(slow.lookback(), 28);
///
/// let error = rsi.build(&Args::parse(["period=0"])?).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "rsi: period 0 is not valid; it must be a whole number from 2 to 100000 (default 14)"
/// );
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(Vec<(String, Value)>);

impl Args {
    /// No parameters: every default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name.into(), value.into());
        self
    }

    /// Reads `name=value` words, as a command line gives them.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let mut args = Self::new();
        for word in words {
            let Some((name, text)) = word.split_once('=') else {
                return Err(Error::parameter(format!("`{word}` is not a parameter; write name=value")));
            };
            if args.get(name).is_some() {
                return Err(Error::parameter(format!("parameter `{name}` is given twice")));
            }
            let value = text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number);
            args.set(name.to_owned(), value);
        }
        Ok(args)
    }

    /// The value given for a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// The parameters given, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn set(&mut self, name: String, value: Value) {
        match self.0.iter_mut().find(|(given, _)| *given == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Checks every given parameter against the spec and sets all of an indicator's fields, in the order of the spec: the
    /// ones not given as [`convention`](Convention) has them, or else to their defaults.
    ///
    /// Gives them all back by name.
    pub(crate) fn fill(&self, spec: &'static Spec, fields: &mut [&mut dyn Param]) -> Result<Self> {
        for (name, _) in self.iter().filter(|(name, _)| *name != CONVENTION.name) {
            spec.param(name)?;
        }
        let convention: Convention = self.common(&CONVENTION, spec.id)?;
        for (param, field) in spec.params.iter().zip(&mut *fields) {
            match self.get(param.name) {
                Some(value) => {
                    param.check(spec.id, value)?;
                    field.set(value);
                }
                None => field.set(&spec.conventional(convention, param)),
            }
        }
        Ok(Self::of(spec, fields))
    }

    /// An indicator's fields, by the names in its spec.
    pub(crate) fn of(spec: &'static Spec, fields: &[&mut dyn Param]) -> Self {
        let names = spec.params.iter().map(|param| param.name.to_owned());
        Self(names.zip(fields.iter().map(|field| field.get())).collect())
    }

    /// Reads what they are written as.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut args = Self::new();
        for _ in 0..from.map()? {
            let name = from.text()?.to_owned();
            let value = if from.is_text() { from.text()?.into() } else { Value::Number(from.number()?) };
            args.set(name, value);
        }
        Ok(args)
    }

    /// Splits off what is no indicator's own: how gaps are treated.
    pub(crate) fn split_gaps(&self, id: &str) -> Result<(Gaps, Self)> {
        let gaps = self.common(&GAPS, id)?;
        Ok((gaps, Self(self.0.iter().filter(|(name, _)| name != GAPS.name).cloned().collect())))
    }

    /// With the gaps' treatment, where it is not the default.
    pub(crate) fn with_gaps(self, gaps: Gaps) -> Self {
        if gaps == Gaps::default() { self } else { self.with(GAPS.name, gaps) }
    }

    /// A parameter every indicator has.
    fn common<C: Choice>(&self, param: &ParamSpec, id: &str) -> Result<C> {
        let Some(value) = self.get(param.name) else { return Ok(C::named("")) };
        param.check(id, value)?;
        let mut choice = C::named("");
        choice.set(value);
        Ok(choice)
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Args {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Args;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("parameters by name")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Args, A::Error> {
                let mut args = Args::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    args.set(name, value);
                }
                Ok(args)
            }
        }
        deserializer.deserialize_map(Names)
    }
}
