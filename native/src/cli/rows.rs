//! Rows of results as a table, CSV, JSON or Parquet, written as they come: memory stays bounded however many there are.

use std::path::Path;

use atra::{Error, ErrorKind, Result, TimeMs};

use super::output::{Output, iso, push_number, table};

/// How rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    Table,
    Csv,
    Json,
}

/// A column's name and what it holds.
pub(crate) type Column = (String, Holds);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Time,
    Number,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Time(TimeMs),
    /// NaN is none.
    Number(f64),
}

/// Rows that a table takes the widths of its columns from, before it is printed.
const MEASURED: usize = 10_000;

/// Where rows go.
pub(crate) struct Rows {
    columns: Vec<Column>,
    to: To,
}

enum To {
    Table {
        output: Output,
        pending: Vec<Vec<String>>,
    },
    Csv(Output),
    Json {
        output: Output,
        first: bool,
    },
    #[cfg(feature = "parquet")]
    Parquet(super::rows_parquet::File),
}

impl Rows {
    /// To a file whose name tells the format (.csv, .json, .parquet), or in this one to standard output.
    pub(crate) fn open(file: Option<&str>, format: Format, columns: Vec<Column>) -> Result<Self> {
        let header = || {
            let names = columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>();
            names.join(",") + "\n"
        };
        let format = match file.map(|file| (file, Path::new(file).extension().and_then(|end| end.to_str()))) {
            None | Some(("-", _)) => format,
            Some((_, Some("csv"))) => Format::Csv,
            Some((_, Some("json"))) => Format::Json,
            #[cfg(feature = "parquet")]
            Some((file, Some("parquet"))) => {
                let to = To::Parquet(super::rows_parquet::File::create(file, &columns)?);
                return Ok(Self { columns, to });
            }
            #[cfg(not(feature = "parquet"))]
            Some((_, Some("parquet"))) => {
                let message = "this program was built without Parquet (feature `parquet`)";
                return Err(Error::new(ErrorKind::Format, message));
            }
            Some((file, _)) => {
                let message =
                    format!("{file}: the name does not tell the format; there are .csv, .json, .parquet");
                return Err(Error::new(ErrorKind::Format, message));
            }
        };
        let mut output = Output::open(file.unwrap_or("-"))?;
        let to = match format {
            Format::Table => {
                let names = columns.iter().map(|(name, _)| name.clone()).collect();
                To::Table { output, pending: vec![names] }
            }
            Format::Csv => {
                output.write(&header())?;
                To::Csv(output)
            }
            Format::Json => {
                output.write("[")?;
                To::Json { output, first: true }
            }
        };
        Ok(Self { columns, to })
    }

    /// Writes a row, which has a cell for each column.
    pub(crate) fn push(&mut self, cells: Vec<Cell>) -> Result<()> {
        match &mut self.to {
            To::Table { output, pending } => {
                pending.push(cells.iter().map(shown).collect());
                if pending.len() > MEASURED {
                    output.write(&table(pending))?;
                    pending.clear();
                }
                Ok(())
            }
            To::Csv(output) => {
                let cells: Vec<String> = cells.iter().map(exact).collect();
                output.write(&(cells.join(",") + "\n"))
            }
            To::Json { output, first } => {
                let begin = if std::mem::take(first) { "\n  {" } else { ",\n  {" };
                let named = self.columns.iter().zip(&cells);
                let pairs = named.map(|((name, _), cell)| format!("{}: {}", json_text(name), json(cell)));
                output.write(&format!("{begin}{}}}", pairs.collect::<Vec<_>>().join(", ")))
            }
            #[cfg(feature = "parquet")]
            To::Parquet(file) => file.push(cells),
        }
    }

    /// Writes what is still kept; call it last.
    pub(crate) fn finish(self) -> Result<()> {
        match self.to {
            To::Table { mut output, pending } => {
                output.write(&table(&pending))?;
                output.finish()
            }
            To::Csv(output) => output.finish(),
            To::Json { mut output, first } => {
                output.write(if first { "]\n" } else { "\n]\n" })?;
                output.finish()
            }
            #[cfg(feature = "parquet")]
            To::Parquet(file) => file.finish(),
        }
    }
}

/// A cell for a person.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Time(time) => iso(*time),
        Cell::Number(number) if number.is_nan() => String::new(),
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => number.to_string(),
        Cell::Number(number) => {
            let size = number.abs();
            let decimals = if size < 0.01 {
                8
            } else if size < 10.0 {
                4
            } else {
                2
            };
            format!("{number:.decimals$}")
        }
    }
}

/// A cell that reads back as it was.
fn exact(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(text),
        Cell::Time(time) => time.to_string(),
        Cell::Number(number) => {
            let mut text = String::new();
            push_number(&mut text, *number);
            text
        }
    }
}

fn json(cell: &Cell) -> serde_json::Value {
    match cell {
        Cell::Text(text) => json_text(text),
        Cell::Time(time) => (*time).into(),
        // What JSON has no number for is null.
        Cell::Number(number) => (*number).into(),
    }
}

fn json_text(text: &str) -> serde_json::Value {
    text.into()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
