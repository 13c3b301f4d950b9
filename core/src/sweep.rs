//! One series, many parameters: ranges of them by name, and all of them computed together.

use crate::args::Value;
use crate::execute::{self, Job};
use crate::indicator::{Indicator, Row};
use crate::registry::Entry;
use crate::{Args, Error, Gaps, Result};

/// The most sets of parameters a [`Grid`] may have.
pub const MOST: usize = 1_000_000;

/// Values for some parameters, and every combination of them.
///
/// ```
/// use atra_core::sweep::Grid;
///
/// let grid = Grid::parse(["fast=5..15:5", "slow=30,60", "signal=9"])?;
/// assert_eq!(grid.len(), 6);
/// // The last parameter changes first.
/// let sets: Vec<String> = grid.iter().map(|args| format!("{}/{}", args.get("fast").unwrap(), args.get("slow").unwrap())).collect();
/// assert_eq!(sets, ["5/30", "5/60", "10/30", "10/60", "15/30", "15/60"]);
/// # Ok::<(), atra_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    axes: Vec<(String, Vec<Value>)>,
}

impl Grid {
    /// One set without parameters: every default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads `name=values` words, as a command line gives them: `period=14`, `period=5,8,13`, `period=5..100:5` (from 5 to
    /// 100 in steps of 5; of 1 if no step is given), `kind=sma,ema`.
    ///
    /// Fails on a word that is none of these, a parameter given twice, and more than [`MOST`] combinations.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        words.into_iter().try_fold(Self::new(), |grid, word| {
            let Some((name, text)) = word.split_once('=').filter(|(name, _)| !name.is_empty()) else {
                let message = format!("`{word}` is not a parameter; write name=value or name=from..to:step");
                return Err(Error::parameter(message));
            };
            grid.with(name, values(name, text)?)
        })
    }

    /// With these values for a parameter.
    ///
    /// Fails when there are none, when it has values already, and when there were more than [`MOST`] combinations.
    pub fn with(mut self, name: impl Into<String>, values: Vec<Value>) -> Result<Self> {
        let name = name.into();
        if self.axes.iter().any(|(given, _)| *given == name) {
            return Err(Error::parameter(format!("parameter `{name}` is given twice")));
        }
        if values.is_empty() {
            return Err(Error::parameter(format!("parameter `{name}` has no values")));
        }
        if self.len().checked_mul(values.len()).is_none_or(|sets| sets > MOST) {
            return Err(Error::parameter(format!(
                "more than {MOST} sets of parameters; sweep fewer at a time"
            )));
        }
        self.axes.push((name, values));
        Ok(self)
    }

    /// How many sets of parameters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.axes.iter().map(|(_, values)| values.len()).product()
    }

    /// Never: a grid of no parameters has one set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The parameters and their values.
    pub fn axes(&self) -> impl Iterator<Item = (&str, &[Value])> {
        self.axes.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// The set of this place; `None` past the last.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Args> {
        if index >= self.len() {
            return None;
        }
        let (mut rest, mut places) = (index, vec![0; self.axes.len()]);
        for (place, (_, values)) in places.iter_mut().zip(&self.axes).rev() {
            *place = rest % values.len();
            rest /= values.len();
        }
        let pairs =
            self.axes.iter().zip(places).filter_map(|((name, values), at)| Some((name, values.get(at)?)));
        Some(pairs.fold(Args::new(), |args, (name, value)| args.with(name, value.clone())))
    }

    /// Every set; the last parameter changes first.
    pub fn iter(&self) -> impl Iterator<Item = Args> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// The values a text stands for.
fn values(name: &str, text: &str) -> Result<Vec<Value>> {
    let Some((from, rest)) = text.split_once("..") else {
        return Ok(text.split(',').map(value).collect());
    };
    let (to, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    let (Some(from), Some(to), Some(step)) = (number(from), number(to), number(step)) else {
        return Err(Error::parameter(format!("{name}={text} is not a range; write {name}=from..to:step")));
    };
    if step <= 0.0 || from > to {
        let message =
            format!("{name}={text} holds nothing; `from` must not be above `to`, and the step above 0");
        return Err(Error::parameter(message));
    }
    // A step that does not divide exactly, as 0.1, still reaches the end.
    let steps = ((to - from) / step * (1.0 + 1e-12) + 1e-9).floor();
    if steps >= MOST as f64 {
        return Err(Error::parameter(format!("{name}={text} has more than {MOST} values")));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked: from 0 to MOST
    let steps = steps as usize;
    Ok((0..=steps).map(|index| Value::Number(round(from + index as f64 * step))).collect())
}

fn value(text: &str) -> Value {
    match text.trim().parse() {
        Ok(number) => Value::Number(number),
        Err(_) => Value::from(text.trim()),
    }
}

/// The nearest number of 12 digits: 0.3 instead of 0.30000000000000004.
fn round(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// One series with many parameters, computed together: the same numbers as [`Indicator::compute`] of each. Gaps are looked for
/// once; see [`lockstep`](execute::lockstep). `outputs` are the columns of each indicator, in their order.
///
/// Fails when there are not as many, or when lengths differ.
///
/// ```
/// use atra_core::{execute, indicators::overlap::Ema};
///
/// let close = [1.0, 2.0, 3.0, 4.0];
/// let averages = [Ema::new(2)?, Ema::new(3)?];
/// let mut outputs = [[0.0; 4]; 2];
/// execute::sweep(&averages, [&close], outputs.iter_mut().map(|out| [out.as_mut_slice()]))?;
/// assert_eq!(outputs[0][3], 3.5);
/// assert_eq!(outputs[1][3], 3.0);
/// # Ok::<(), atra_core::Error>(())
/// ```
pub fn sweep<'a, I: Indicator>(
    indicators: &[I],
    inputs: <I::In as Row>::Columns<'a>,
    outputs: impl IntoIterator<Item = <I::Out as Row>::ColumnsMut<'a>>,
) -> Result<()> {
    let mut outputs = outputs.into_iter();
    let mut jobs = Vec::with_capacity(indicators.len());
    for indicator in indicators {
        let Some(outputs) = outputs.next() else { break };
        jobs.push(Job { indicator: *indicator, inputs, outputs, gaps: Gaps::default() });
    }
    if jobs.len() < indicators.len() || outputs.next().is_some() {
        return Err(differ(I::SPEC.id, indicators.len()));
    }
    execute::lockstep(jobs)
}

fn differ(id: &str, sets: usize) -> Error {
    Error::data(format!("{id}: outputs must be given for each of the {sets} sets of parameters, and no more"))
}

/// As [`Entry::sweep`], of an indicator whose type is known.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn erased<I: Indicator>(
    sets: &[Args],
    inputs: &[&[f64]],
    outputs: &mut [Vec<&mut [f64]>],
) -> Result<()> {
    let mut jobs = Vec::with_capacity(sets.len());
    for (args, outputs) in sets.iter().zip(outputs) {
        let (gaps, args) = args.split_gaps(I::SPEC.id)?;
        let (Some(inputs), Some(outputs)) = (I::In::columns(inputs), I::Out::columns_mut(outputs)) else {
            continue; // they are as many
        };
        jobs.push(Job { indicator: I::from_args(&args)?, inputs, outputs, gaps });
    }
    execute::lockstep(jobs)
}

impl Entry {
    /// One series with many sets of parameters, computed together: the same numbers as
    /// [`compute`](crate::DynIndicator::compute) of each.
    ///
    /// `outputs[k]` are the columns of set `k`. Fails, before anything is computed, when a parameter is not valid, and when
    /// columns are missing or differ in length.
    ///
    /// ```
    /// use atra_core::{registry, sweep::Grid};
    ///
    /// let close = [1.0, 2.0, 3.0, 4.0];
    /// let sets: Vec<_> = Grid::parse(["period=2..3"])?.iter().collect();
    /// let mut columns = vec![vec![0.0; 4]; sets.len()];
    /// let mut outputs: Vec<_> = columns.iter_mut().map(|column| vec![column.as_mut_slice()]).collect();
    /// registry::find("sma")?.sweep(&sets, &[&close], &mut outputs)?;
    /// assert_eq!(columns[0][3], 3.5);
    /// assert_eq!(columns[1][3], 3.0);
    /// # Ok::<(), atra_core::Error>(())
    /// ```
    pub fn sweep(&self, sets: &[Args], inputs: &[&[f64]], outputs: &mut [Vec<&mut [f64]>]) -> Result<()> {
        let spec = self.spec();
        if sets.len() != outputs.len() {
            return Err(differ(spec.id, sets.len()));
        }
        if inputs.len() != spec.inputs.len()
            || outputs.iter().any(|columns| columns.len() != spec.outputs.len())
        {
            let (reads, writes) = (spec.inputs.len(), spec.outputs.len());
            return Err(Error::data(format!("{} reads {reads} columns and writes {writes}", spec.id)));
        }
        self.sweep_checked(sets, inputs, outputs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    #[test]
    fn ranges_lists_and_names() {
        let numbers = |text: &str| -> Vec<f64> {
            let grid = Grid::parse([text]).unwrap();
            let (_, values) = grid.axes().next().unwrap();
            let number = |value: &Value| if let Value::Number(x) = value { *x } else { f64::NAN };
            values.iter().map(number).collect()
        };
        assert_eq!(numbers("x=5..20:5"), [5.0, 10.0, 15.0, 20.0]);
        assert_eq!(numbers("x=5..19:5"), [5.0, 10.0, 15.0]);
        assert_eq!(numbers("x=2..4"), [2.0, 3.0, 4.0]);
        assert_eq!(numbers("x=7..7"), [7.0]);
        assert_eq!(numbers("x=0.1..0.3:0.1"), [0.1, 0.2, 0.3]);
        assert_eq!(numbers("x=-1..1:0.5"), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert_eq!(numbers("x=3,1,2.5"), [3.0, 1.0, 2.5]);
        let grid = Grid::parse(["kind=sma,ema", "period=2,3"]).unwrap();
        assert_eq!(grid.len(), 4);
        assert_eq!(grid.get(1), Some(Args::new().with("kind", "sma").with("period", 3.0)));
        assert_eq!(grid.get(4), None);
        assert_eq!(Grid::new().iter().collect::<Vec<_>>(), [Args::new()]);
    }

    #[test]
    fn what_is_no_grid_is_an_error() {
        for (words, message) in [
            (vec!["period"], "`period` is not a parameter; write name=value or name=from..to:step"),
            (vec!["=3"], "`=3` is not a parameter; write name=value or name=from..to:step"),
            (vec!["x=5..a"], "x=5..a is not a range; write x=from..to:step"),
            (vec!["x=5..NaN"], "x=5..NaN is not a range; write x=from..to:step"),
            (vec!["x=5..1"], "x=5..1 holds nothing; `from` must not be above `to`, and the step above 0"),
            (vec!["x=1..5:0"], "x=1..5:0 holds nothing; `from` must not be above `to`, and the step above 0"),
            (vec!["x=1..1e300"], "x=1..1e300 has more than 1000000 values"),
            (vec!["x=1..2000", "y=1..2000"], "more than 1000000 sets of parameters; sweep fewer at a time"),
            (vec!["x=1", "x=2"], "parameter `x` is given twice"),
        ] {
            assert_eq!(Grid::parse(words).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_sweep_gives_the_bits_of_each() {
        let close: Vec<f64> = (0..200).map(|row| 100.0 + f64::from(row * 7919 % 101) / 10.0).collect();
        let entry = registry::find("macd").unwrap();
        let sets: Vec<Args> = Grid::parse(["fast=3..13:2", "slow=20,30,40"]).unwrap().iter().collect();
        let mut columns = vec![vec![0.0; 200]; sets.len() * 3];
        let mut rest = columns.iter_mut();
        let mut outputs: Vec<Vec<&mut [f64]>> =
            sets.iter().map(|_| rest.by_ref().take(3).map(Vec::as_mut_slice).collect()).collect();
        entry.sweep(&sets, &[&close], &mut outputs).unwrap();
        for (args, columns) in sets.iter().zip(columns.chunks(3)) {
            let alone = entry.build(args).unwrap().compute_columns(&[&close]).unwrap();
            for (swept, alone) in columns.iter().flatten().zip(alone.iter().flatten()) {
                assert_eq!(swept.to_bits(), alone.to_bits(), "{args:?}");
            }
        }
    }

    #[test]
    fn a_sweep_checks_before_it_computes() {
        let (close, entry) = ([1.0, 2.0], registry::find("sma").unwrap());
        let mut column = [7.0; 2];
        let sets = [Args::new().with("period", 0.0)];
        let error = entry.sweep(&sets, &[&close], &mut [vec![&mut column]]).unwrap_err();
        assert!(error.to_string().starts_with("sma: period 0 is not valid"), "{error}");
        assert!(entry.sweep(&sets, &[&close], &mut []).is_err());
        assert!(entry.sweep(&sets, &[], &mut [vec![&mut column]]).is_err());
        let gaps = [Args::new().with("period", 2.0).with("gaps", "reject")];
        let error = entry.sweep(&gaps, &[&[1.0, f64::NAN]], &mut [vec![&mut column]]).unwrap_err();
        assert!(error.to_string().contains("row 1"), "{error}");
        assert_eq!(column, [7.0; 2]);
    }
}
