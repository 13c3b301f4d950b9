//! `atra sweep`

use std::ops::ControlFlow;

use atra::args::Value;
use atra::sweep::Grid;
use atra::{Args, Result, parallel, registry};

use super::progress::Progress;
use super::rows::{Cell, Column, Format, Holds, Rows};
use super::source::From;

/// Bytes of outputs held at a time.
const MEMORY: usize = 256 << 20;

#[derive(clap::Args)]
pub(crate) struct Command {
    /// Indicator, by id or TA-Lib name, in any case.
    id: String,
    /// Parameters: one value, a list (5,8,13), or a range with a step (5..100:5). Those not given keep their defaults.
    #[arg(value_name = "KEY=VALUES")]
    params: Vec<String>,
    #[command(flatten)]
    from: From,
    /// How to print the summary: how many values each set of parameters gives, and their last, lowest, highest and mean.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// File to write every value to, a row for each set and bar: .csv, .json, .parquet; - is standard output, instead of the summary.
    #[arg(long, value_name = "FILE")]
    output: Option<String>,
}

impl Command {
    pub(crate) fn run(self) -> Result<()> {
        let entry = registry::find(&self.id)?;
        let grid = Grid::parse(self.params.iter().map(String::as_str))?;
        // The cheap mistakes before anything is read.
        if let Some(args) = grid.get(0) {
            entry.build(&args)?;
        }
        let source = self.from.read()?;
        let spec = entry.spec();
        let inputs =
            spec.inputs.iter().map(|input| source.column(input.column())).collect::<Result<Vec<_>>>()?;
        let inputs: Vec<&[f64]> = inputs.iter().map(|column| &**column).collect();

        let columns = |rest: &[(&str, Holds)]| -> Vec<Column> {
            let rest = rest.iter().map(|(name, holds)| ((*name).to_owned(), *holds));
            params(&grid).into_iter().chain(rest).collect()
        };
        let numbers = ["count", "last", "min", "max", "mean"].map(|name| (name, Holds::Number));
        let summary = [&[("output", Holds::Text)], numbers.as_slice()].concat();
        let mut summary = match self.output.as_deref() {
            Some("-") => None,
            _ => Some(Rows::open(None, self.format, columns(&summary))?),
        };
        let mut full = match self.output.as_deref() {
            Some(file) => {
                let outputs = spec.outputs.iter().map(|output| (output.name, Holds::Number));
                let all: Vec<_> = std::iter::once(("time", Holds::Time)).chain(outputs).collect();
                Some(Rows::open(Some(file), self.format, columns(&all))?)
            }
            None => None,
        };
        let progress = Progress::count("sets", grid.len());
        let mut written: Result<()> = Ok(());
        parallel::sweep(entry, &grid, &inputs, MEMORY, |sets| {
            written = sets.iter().try_for_each(|set| {
                progress.at(set.index as u64);
                for (output, values) in spec.outputs.iter().zip(&set.outputs) {
                    let Some(summary) = &mut summary else { break };
                    let mut row = cells(&set.args);
                    row.push(Cell::Text(output.name.to_owned()));
                    row.extend(summed_up(values).map(Cell::Number));
                    summary.push(row)?;
                }
                let Some(full) = &mut full else { return Ok(()) };
                for (bar, time) in source.time().iter().enumerate() {
                    let mut row = cells(&set.args);
                    row.push(Cell::Time(*time));
                    row.extend(set.outputs.iter().map(|values| Cell::Number(values[bar])));
                    full.push(row)?;
                }
                Ok(())
            });
            if written.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        progress.finish();
        written?;
        full.into_iter().chain(summary).try_for_each(Rows::finish)
    }
}

/// The parameters of a grid as columns.
pub(crate) fn params(grid: &Grid) -> Vec<Column> {
    let holds = |values: &[Value]| {
        if values.iter().all(|value| matches!(value, Value::Number(_))) { Holds::Number } else { Holds::Text }
    };
    grid.axes().map(|(name, values)| (name.to_owned(), holds(values))).collect()
}

/// The values of a set, for the columns of its grid.
pub(crate) fn cells(args: &Args) -> Vec<Cell> {
    let cell = |value: &Value| match value {
        Value::Number(number) => Cell::Number(*number),
        Value::Text(text) => Cell::Text(text.clone()),
    };
    args.iter().map(|(_, value)| cell(value)).collect()
}

/// How many numbers there are, the last, the lowest, the highest, and their mean.
fn summed_up(values: &[f64]) -> [f64; 5] {
    let numbers = || values.iter().copied().filter(|value| !value.is_nan());
    let count = numbers().count() as f64;
    let most = |better: fn(f64, f64) -> bool| {
        numbers()
            .fold(f64::NAN, |held, value| if held.is_nan() || better(value, held) { value } else { held })
    };
    let mean = if count > 0.0 { numbers().sum::<f64>() / count } else { f64::NAN };
    [count, numbers().next_back().unwrap_or(f64::NAN), most(|a, b| a < b), most(|a, b| a > b), mean]
}
