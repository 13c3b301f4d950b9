//! What an indicator says of itself: data, from which every surface (CLI, wasm, SQL, docs, tests) is derived.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::args::{Choice, Convention, Value};
use crate::error::nearest;
use crate::{Error, Frame, Result};

/// An indicator's description. Serialises to the catalogue entry that `atra indicators --format json` prints.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// The name used everywhere, lower case: `rsi`.
    pub id: &'static str,
    /// The name for people: `Relative Strength Index`.
    pub name: &'static str,
    /// Where it belongs.
    pub group: Group,
    /// Its documentation, Markdown. In wasm all texts that describe are empty: a browser reads them from a file.
    pub docs: &'static str,
    /// The columns it reads, in order.
    pub inputs: &'static [Input],
    /// Its parameters, in order.
    pub params: &'static [ParamSpec],
    /// Where a chart draws it.
    pub placement: Placement,
    /// Its outputs, in order.
    pub outputs: &'static [OutputSpec],
    /// Where, on finite input, an output after the warm-up is still NaN or infinite; `None` when nowhere.
    pub undefined: Option<&'static str>,
    /// What of its last rows changes with bars still to come, in the meaning a chart gives them; `None` when nothing
    /// does. The numbers in a row never change.
    pub repaints_by: Option<&'static str>,
    /// The TA-Lib function that gives the same numbers.
    pub talib: Option<TaLib>,
    /// The parameters that a [`Convention`] sets, and to which choice.
    pub conventions: &'static [(Convention, &'static [(&'static str, &'static str)])],
}

/// The family an indicator belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Group {
    /// Moving averages, bands and stops on the scale of the price.
    Overlap,
    /// Speed and direction of the price.
    Momentum,
    /// Size of the price's moves.
    Volatility,
    /// Traded quantity.
    Volume,
    /// One price from a bar's several.
    Price,
    /// Dominant cycles.
    Cycle,
    /// Regression, correlation, distribution.
    Statistics,
    /// Arithmetic on columns.
    Math,
    /// Candlestick patterns.
    Candlestick,
}

impl Group {
    /// The group as one lower-case word.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Momentum => "momentum",
            Self::Volatility => "volatility",
            Self::Volume => "volume",
            Self::Price => "price",
            Self::Cycle => "cycle",
            Self::Statistics => "statistics",
            Self::Math => "math",
            Self::Candlestick => "candlestick",
        }
    }
}

/// A column of market data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Input {
    /// First price of the bar.
    Open,
    /// Highest price of the bar.
    High,
    /// Lowest price of the bar.
    Low,
    /// Last price of the bar.
    Close,
    /// Traded quantity.
    Volume,
    /// When the bar opened, in milliseconds since 1970 UTC.
    Time,
    /// A period for each bar, in bars: not market data, so a frame of candles alone lacks it.
    Periods,
}

impl Input {
    /// The column's name in a [`Frame`].
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Close => "close",
            Self::Volume => "volume",
            Self::Time => "time",
            Self::Periods => "periods",
        }
    }
}

/// Where a chart draws an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// Over the candles, on the price's scale.
    Overlay,
    /// In a pane of its own.
    Pane,
}

/// How a chart draws an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Plot {
    /// A line.
    Line,
    /// The upper edge of a band.
    Upper,
    /// The lower edge of a band.
    Lower,
    /// Bars from zero.
    Histogram,
    /// Whole numbers, mostly 0, that mark bars: positive bullish, negative bearish.
    Pattern,
    /// Marks the bars where it is not 0, above them; that says nothing about rising or falling.
    MarkAbove,
    /// Marks the bars where it is not 0, below them.
    MarkBelow,
    /// +1 or −1: not drawn itself, it colours the lines beside it.
    Direction,
    /// A number to read beside the drawn ones, on a scale of its own.
    Hidden,
}

impl Plot {
    /// The kind as one lower-case word.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Upper => "upper",
            Self::Lower => "lower",
            Self::Histogram => "histogram",
            Self::Pattern => "pattern",
            Self::MarkAbove => "mark_above",
            Self::MarkBelow => "mark_below",
            Self::Direction => "direction",
            Self::Hidden => "hidden",
        }
    }

    /// Whether it marks bars, at the candles, instead of drawing on a scale.
    #[must_use]
    pub fn is_mark(self) -> bool {
        matches!(self, Self::Pattern | Self::MarkAbove | Self::MarkBelow)
    }
}

/// An output's name and how it is drawn.
#[derive(Debug, PartialEq)]
pub struct OutputSpec {
    /// Lower case, unique within the indicator.
    pub name: &'static str,
    /// How a chart draws it.
    pub plot: Plot,
    /// How far from its bar a chart draws it; at its bar if `None`.
    pub displacement: Option<Displacement>,
}

/// An output that charts draw some bars later (`sign` 1) or earlier (−1) than the bar it is computed at. The number of
/// bars is a parameter's.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Displacement {
    /// The parameter.
    pub param: &'static str,
    /// 1 or −1.
    pub sign: i64,
}

/// A parameter's name, meaning and bounds.
#[derive(Debug, PartialEq)]
pub struct ParamSpec {
    /// Lower case: `period`.
    pub name: &'static str,
    /// What it means, Markdown.
    pub docs: &'static str,
    /// Its type, default and bounds.
    pub kind: ParamKind,
}

/// A parameter's type, default and inclusive bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ParamKind {
    /// A whole number.
    Int {
        /// Used when the parameter is not given.
        default: i64,
        /// Smallest valid value.
        min: i64,
        /// Largest valid value.
        max: i64,
    },
    /// A finite number.
    Float {
        /// Used when the parameter is not given.
        default: f64,
        /// Smallest valid value.
        min: f64,
        /// Largest valid value.
        max: f64,
    },
    /// One of a few names, given by name or by TA-Lib's number.
    Choice {
        /// Used when the parameter is not given.
        default: &'static str,
        /// The names and TA-Lib's numbers for them.
        choices: &'static [(&'static str, i64)],
    },
}

/// The TA-Lib function of an indicator, for scripts that call both and compare.
#[derive(Debug, PartialEq)]
pub struct TaLib {
    /// TA-Lib's name: `RSI`.
    pub function: &'static str,
    /// Our parameter's name and TA-Lib's.
    pub params: &'static [(&'static str, &'static str)],
}

impl Spec {
    /// Whether a frame of candles has all it reads.
    #[must_use]
    pub fn reads_candles(&self) -> bool {
        !self.inputs.contains(&Input::Periods)
    }

    /// The columns it reads from a frame, in order.
    ///
    /// Fails when the frame lacks one.
    pub fn columns<'a>(&self, frame: &'a Frame) -> Result<Vec<Cow<'a, [f64]>>> {
        let columns = self.inputs.iter().map(|input| frame.numbers(input.column()));
        columns.collect::<Result<_>>().map_err(|error| error.context(self.id))
    }

    /// What a parameter is when it is not given.
    pub(crate) fn conventional(&self, convention: Convention, param: &ParamSpec) -> Value {
        let of = self.conventions.iter().find(|(known, _)| *known == convention);
        let set = of.and_then(|(_, params)| params.iter().find(|(name, _)| *name == param.name));
        set.map_or_else(|| param.default(), |(_, choice)| Value::from(*choice))
    }

    /// The first paragraph of the documentation, on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        one_line(self.docs.lines().skip_while(|line| line.trim().is_empty()))
    }

    /// The parameter of this name; the error suggests the nearest.
    pub fn param(&self, name: &str) -> Result<&'static ParamSpec> {
        let names = || self.params.iter().map(|param| param.name);
        self.params.iter().find(|param| param.name == name).ok_or_else(|| {
            let help = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.params.is_empty() => "it takes none".to_owned(),
                None => format!("it takes {}", names().collect::<Vec<_>>().join(", ")),
            };
            Error::parameter(format!("{} has no parameter `{name}`; {help}", self.id))
        })
    }
}

/// The lines up to the first empty one, joined.
fn one_line<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

impl ParamSpec {
    /// The first paragraph of the documentation, on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        one_line(self.docs.lines())
    }

    /// The default.
    #[must_use]
    pub fn default(&self) -> Value {
        match self.kind {
            ParamKind::Int { default, .. } => Value::from(default),
            ParamKind::Float { default, .. } => Value::from(default),
            ParamKind::Choice { default, .. } => Value::Text(default.to_owned()),
        }
    }

    /// Checks type and bounds; `id` is the indicator's, for the message.
    pub fn check(&self, id: &str, value: &Value) -> Result<()> {
        let valid = match (self.kind, value) {
            (ParamKind::Int { min, max, .. }, Value::Number(number)) => {
                number.fract() == 0.0 && (min as f64..=max as f64).contains(number)
            }
            (ParamKind::Float { min, max, .. }, Value::Number(number)) => (min..=max).contains(number),
            (ParamKind::Choice { choices, .. }, value) => chosen(choices, value).is_some(),
            (_, Value::Text(_)) => false,
        };
        if valid {
            return Ok(());
        }
        let expected = match self.kind {
            ParamKind::Int { default, min, max } => {
                format!("a whole number from {min} to {max} (default {default})")
            }
            ParamKind::Float { default, min, max } => {
                format!("a number from {min:?} to {max:?} (default {default:?})")
            }
            ParamKind::Choice { default, choices } => {
                let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                format!("one of {} (default {default})", names.join(", "))
            }
        };
        Err(Error::parameter(format!("{id}: {} {value} is not valid; it must be {expected}", self.name)))
    }
}

/// The name chosen by a value: the name itself in any case, or its number.
#[doc(hidden)] // for `choice!`
#[must_use]
pub fn chosen(choices: &[(&'static str, i64)], value: &Value) -> Option<&'static str> {
    let is_meant = |&&(name, number): &&(&str, i64)| match value {
        Value::Text(text) => text.eq_ignore_ascii_case(name),
        Value::Number(given) => *given == number as f64,
    };
    choices.iter().find(is_meant).map(|(name, _)| *name)
}

impl Serialize for Spec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inputs: Vec<&str> = self.inputs.iter().map(|input| input.column()).collect();
        let mut entry = serializer.serialize_map(None)?;
        entry.serialize_entry("id", self.id)?;
        entry.serialize_entry("name", self.name)?;
        entry.serialize_entry("summary", &self.summary())?;
        entry.serialize_entry("group", self.group.id())?;
        entry.serialize_entry("overlay", &(self.placement == Placement::Overlay))?;
        entry.serialize_entry("inputs", &inputs)?;
        entry.serialize_entry("params", self.params)?;
        entry.serialize_entry("outputs", self.outputs)?;
        if let Some(undefined) = self.undefined {
            entry.serialize_entry("undefined", undefined)?;
        }
        if let Some(repaints_by) = self.repaints_by {
            entry.serialize_entry("repaints_by", repaints_by)?;
        }
        entry.serialize_entry("talib", &self.talib.as_ref().map(|talib| Mapping(talib, self.outputs)))?;
        if !self.conventions.is_empty() {
            entry.serialize_entry("conventions", &Conventions(self.conventions))?;
        }
        entry.end()
    }
}

impl Serialize for OutputSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut output = serializer.serialize_map(None)?;
        output.serialize_entry("name", self.name)?;
        output.serialize_entry("plot", self.plot.id())?;
        if let Some(displacement) = self.displacement {
            output.serialize_entry("displacement", &displacement)?;
        }
        output.end()
    }
}

/// Parameters and choices by convention.
struct Conventions(&'static [(Convention, &'static [(&'static str, &'static str)])]);

impl Serialize for Conventions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Params(&'static [(&'static str, &'static str)]);
        impl Serialize for Params {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().copied())
            }
        }
        serializer.collect_map(self.0.iter().map(|(convention, params)| (convention.name(), Params(params))))
    }
}

impl Serialize for ParamSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut param = serializer.serialize_struct("ParamSpec", 6)?;
        param.serialize_field("name", self.name)?;
        param.serialize_field("summary", &self.summary())?;
        match self.kind {
            ParamKind::Int { default, min, max } => {
                param.serialize_field("type", "int")?;
                param.serialize_field("default", &default)?;
                param.serialize_field("min", &min)?;
                param.serialize_field("max", &max)?;
            }
            ParamKind::Float { default, min, max } => {
                param.serialize_field("type", "float")?;
                param.serialize_field("default", &default)?;
                param.serialize_field("min", &min)?;
                param.serialize_field("max", &max)?;
            }
            ParamKind::Choice { default, choices } => {
                let numbers = || choices.iter().map(|(_, number)| *number);
                let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                param.serialize_field("type", "choice")?;
                param.serialize_field("default", default)?;
                param.serialize_field("min", &numbers().min())?;
                param.serialize_field("max", &numbers().max())?;
                param.serialize_field("choices", &names)?;
            }
        }
        param.end()
    }
}

/// TA-Lib's mapping with our outputs, which stand in TA-Lib's order.
struct Mapping<'a>(&'a TaLib, &'a [OutputSpec]);

impl Serialize for Mapping<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Params<'a>(&'a [(&'static str, &'static str)]);
        impl Serialize for Params<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.0.len()))?;
                for (ours, theirs) in self.0 {
                    map.serialize_entry(ours, theirs)?;
                }
                map.end()
            }
        }
        let outputs: Vec<&str> = self.1.iter().map(|output| output.name).collect();
        let mut mapping = serializer.serialize_struct("TaLib", 3)?;
        mapping.serialize_field("function", self.0.function)?;
        mapping.serialize_field("params", &Params(self.0.params))?;
        mapping.serialize_field("outputs", &outputs)?;
        mapping.end()
    }
}
