//! Parameters by name, for callers that do not know the indicator's type.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::spec::Spec;
use crate::{Error, Result};

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
pub trait Param: Copy + Into<Value> {
    /// The checked value as this type.
    fn from_checked(value: &Value) -> Self;
}

impl Param for f64 {
    fn from_checked(value: &Value) -> Self {
        match value {
            Value::Number(number) => *number,
            Value::Text(_) => 0.0,
        }
    }
}

impl Param for usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked: whole and within its bounds
    fn from_checked(value: &Value) -> Self {
        f64::from_checked(value) as Self
    }
}

/// A moving average, as a parameter of indicators that can use any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaType {
    /// Simple.
    #[default]
    Sma,
    /// Exponential.
    Ema,
    /// Linearly weighted.
    Wma,
    /// Double exponential.
    Dema,
    /// Triple exponential.
    Tema,
    /// Triangular.
    Trima,
    /// Kaufman's adaptive.
    Kama,
    /// MESA adaptive.
    Mama,
    /// Tillson's T3.
    T3,
    /// Hull's.
    Hma,
    /// None: the input as it is.
    None,
    /// Zero-lag exponential.
    Zlema,
    /// Wilder's.
    Rma,
    /// Chande's variable index dynamic average.
    Vidya,
    /// Arnaud Legoux's.
    Alma,
}

impl MaType {
    /// Every kind with its name and TA-Lib's number.
    const ALL: [(Self, &'static str, i64); 15] = [
        (Self::Sma, "sma", 0),
        (Self::Ema, "ema", 1),
        (Self::Wma, "wma", 2),
        (Self::Dema, "dema", 3),
        (Self::Tema, "tema", 4),
        (Self::Trima, "trima", 5),
        (Self::Kama, "kama", 6),
        (Self::Mama, "mama", 7),
        (Self::T3, "t3", 8),
        (Self::Hma, "hma", 9),
        (Self::None, "none", 10),
        (Self::Zlema, "zlema", 12),
        (Self::Rma, "rma", 13),
        (Self::Vidya, "vidya", 14),
        (Self::Alma, "alma", 15),
    ];

    /// The names and TA-Lib's numbers, for a spec.
    pub const CHOICES: &'static [(&'static str, i64)] = &{
        let mut choices = [("", 0); Self::ALL.len()];
        let mut index = 0;
        while index < choices.len() {
            choices[index] = (Self::ALL[index].1, Self::ALL[index].2);
            index += 1;
        }
        choices
    };

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// The kind of this name; simple if there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map_or(Self::Sma, |(kind, ..)| *kind)
    }
}

impl From<MaType> for Value {
    fn from(kind: MaType) -> Self {
        Self::Text(kind.name().to_owned())
    }
}

impl Param for MaType {
    fn from_checked(value: &Value) -> Self {
        crate::spec::chosen(Self::CHOICES, value).map_or(Self::Sma, Self::named)
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

    /// Checks every given parameter against the spec and returns all of its parameters in order, the ones not
    /// given at their defaults.
    pub fn resolve(&self, spec: &'static Spec) -> Result<Vec<Value>> {
        for (name, _) in self.iter() {
            spec.param(name)?;
        }
        let value = |param: &crate::spec::ParamSpec| match self.get(param.name) {
            Some(value) => param.check(spec.id, value).map(|()| value.clone()),
            None => Ok(param.default()),
        };
        spec.params.iter().map(value).collect()
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
