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
