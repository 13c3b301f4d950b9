//! Every indicator as an SQL window function:
//! `SELECT time, rsi(close, 14) OVER (PARTITION BY symbol, interval ORDER BY time) FROM candles`.
//!
//! The arguments are the indicator's inputs in order, then its parameters in order; trailing parameters may be left
//! out. An indicator of several outputs is one function an output: `macd_signal(close)`; the output named like the
//! indicator has its name alone. Rows while warming up, and gaps (NULL in any input), give NULL. A name that SQLite
//! has for a function or keyword of its own stays SQLite's, and the indicator is found with `ta_` before
//! it: `ta_sum(close, 30)`.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;

use atra_core::args::Value;
use atra_core::registry::{self, Entry};
use atra_core::{Args, DynStream, Spec};
use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

/// Names that SQL cannot call.
const KEYWORDS: [&str; 1] = ["add"];

/// One output of one indicator.
struct Indicator {
    entry: &'static Entry,
    output: usize,
}

/// A partition on its way through an [`Indicator`].
struct Run {
    /// After a panic SQLite gives up the statement and, with it, this.
    stream: AssertUnwindSafe<DynStream>,
    input: Vec<f64>,
    outputs: Vec<f64>,
}

/// Makes every indicator a function of the connection.
pub(super) fn register(conn: &Connection) -> Result<()> {
    let mut select = conn.prepare("SELECT DISTINCT lower(name) FROM pragma_function_list")?;
    let taken: HashSet<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    drop(select);
    let is_taken = |name: &String| taken.contains(name) || KEYWORDS.contains(&name.as_str());
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    for entry in registry::all() {
        for (output, name) in names(entry.spec()).into_iter().enumerate() {
            let name = if is_taken(&name) { format!("ta_{name}") } else { name };
            conn.create_window_function(name.as_str(), -1, flags, Indicator { entry, output })?;
        }
    }
    Ok(())
}

/// The functions' names, one an output.
fn names(spec: &Spec) -> Vec<String> {
    let name = |output: &str| {
        if spec.outputs.len() == 1 || output == spec.id {
            spec.id.to_owned()
        } else {
            format!("{}_{output}", spec.id)
        }
    };
    spec.outputs.iter().map(|output| name(output.name)).collect()
}

fn failure(error: &atra_core::Error) -> Error {
    Error::UserFunctionError(error.to_string().into())
}

impl Indicator {
    fn begin(&self, ctx: &Context<'_>) -> Result<Run> {
        let spec = self.entry.spec();
        let inputs = spec.inputs.len();
        let most = inputs + spec.params.len();
        if !(inputs..=most).contains(&ctx.len()) {
            let names = spec.inputs.iter().map(|input| input.column());
            let names: Vec<&str> = names.chain(spec.params.iter().map(|param| param.name)).collect();
            return Err(Error::UserFunctionError(
                format!(
                    "{} takes {inputs} to {most} arguments ({}), {} were given",
                    spec.id,
                    names.join(", "),
                    ctx.len()
                )
                .into(),
            ));
        }
        let mut args = Args::new();
        for (param, index) in spec.params.iter().zip(inputs..ctx.len()) {
            let value = match ctx.get_raw(index) {
                // As if it were not given.
                ValueRef::Null => continue,
                ValueRef::Integer(number) => Value::from(number),
                ValueRef::Real(number) => Value::from(number),
                ValueRef::Text(text) | ValueRef::Blob(text) => {
                    Value::Text(String::from_utf8_lossy(text).into_owned())
                }
            };
            args = args.with(param.name, value);
        }
        let stream = self.entry.build(&args).map_err(|error| failure(&error))?.stream();
        let stream = AssertUnwindSafe(stream);
        Ok(Run { stream, input: vec![f64::NAN; inputs], outputs: vec![f64::NAN; spec.outputs.len()] })
    }

    fn current(&self, run: Option<&Run>) -> Option<f64> {
        run.and_then(|run| run.outputs.get(self.output)).copied().filter(|value| !value.is_nan())
    }
}

impl Aggregate<Option<Run>, Option<f64>> for Indicator {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<Run>> {
        Ok(None)
    }

    fn step(&self, ctx: &mut Context<'_>, run: &mut Option<Run>) -> Result<()> {
        let run = match run {
            Some(run) => run,
            none => none.insert(self.begin(ctx)?),
        };
        for (index, input) in run.input.iter_mut().enumerate() {
            *input = match ctx.get_raw(index) {
                ValueRef::Null => f64::NAN,
                ValueRef::Real(number) => number,
                ValueRef::Integer(number) => number as f64,
                ValueRef::Text(_) | ValueRef::Blob(_) => {
                    let spec = self.entry.spec();
                    let column = spec.inputs.get(index).map_or("", |input| input.column());
                    let message = format!("{}: {column} must be a number", spec.id);
                    return Err(Error::UserFunctionError(message.into()));
                }
            };
        }
        run.stream.update(&run.input, &mut run.outputs).map_err(|error| failure(&error))
    }

    fn finalize(&self, _: &mut Context<'_>, run: Option<Option<Run>>) -> Result<Option<f64>> {
        Ok(self.current(run.flatten().as_ref()))
    }
}

impl WindowAggregate<Option<Run>, Option<f64>> for Indicator {
    fn value(&self, run: Option<&mut Option<Run>>) -> Result<Option<f64>> {
        Ok(self.current(run.and_then(|run| run.as_ref())))
    }

    fn inverse(&self, _: &mut Context<'_>, _: &mut Option<Run>) -> Result<()> {
        let message = format!(
            "{} remembers its whole past: its window must begin with UNBOUNDED PRECEDING",
            self.entry.spec().id
        );
        Err(Error::UserFunctionError(message.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_functions_share_a_name() {
        let mut seen = HashSet::new();
        for name in registry::all().iter().flat_map(|entry| names(entry.spec())) {
            assert!(seen.insert(name.clone()), "{name} twice");
        }
    }
}
