//! The command line: one file a command. Exit 0 is success, 2 a wrong command line, 1 anything else, with one
//! `error: …` line on standard error.

mod backtest;
mod compute;
mod convert;
mod db;
mod demo;
mod frame;
mod import;
mod indicators;
mod output;
mod progress;
mod rows;
#[cfg(feature = "parquet")]
mod rows_parquet;
mod scan;
mod serve;
mod signals;
mod source;
mod sweep;

use std::io::IsTerminal;
use std::process::ExitCode;

use atra::{Error, ErrorKind, Store};
use clap::{Args, Parser, Subcommand};

/// Technical indicators, an SQLite store and a live chart for trading bots.
#[derive(Parser)]
#[command(name = "atra", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Store the candles of CSV files: with a header (time, open, high, low, close, volume in any order) or none, as exchanges, MetaTrader and others write them.
    Import(import::Import),
    /// List every indicator.
    Indicators(indicators::Indicators),
    /// Compute an indicator and write CSV: time and one column an output, empty while warming up.
    Compute(compute::Compute),
    /// Find the markets whose candles fulfil a condition, as 'rsi(14) < 30 and close > sma(200)'.
    Scan(scan::Command),
    /// Compute an indicator with many parameters, and sum up what each gives.
    Sweep(sweep::Command),
    /// Try a rule on past candles: fills at the next open, fees, slippage, pessimistic stops.
    Backtest(Box<backtest::Command>),
    /// Write a file of candles or columns in another format, or in other bars: .csv, .jsonl, .json (also with .gz or .zst), .atra, .parquet, .arrow.
    Convert(convert::Convert),
    /// Look into a file of candles or columns.
    #[command(subcommand)]
    Frame(frame::Frame),
    /// Run a strategy over stored candles, store its signals and print them.
    Signals(signals::Signals),
    /// Look after a database: facts, SQL, profile, index advice, backup, check.
    Db(db::Db),
    /// Serve the live chart page.
    Serve(serve::Serve),
    /// Take sample candles through everything: import, indicators, signals, chart with a replayed live stream.
    Demo(demo::Demo),
}

/// The candles a command reads.
#[derive(Args)]
struct Series {
    /// Instrument, as it was imported.
    #[arg(long)]
    symbol: String,
    /// Length of a bar, as it was imported: 1m, 4h, 1d …
    #[arg(long)]
    interval: String,
}

pub(crate) fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Import(command) => command.run(),
        Command::Indicators(command) => command.run(),
        Command::Compute(command) => command.run(),
        Command::Scan(command) => command.run(),
        Command::Sweep(command) => command.run(),
        Command::Backtest(command) => command.run(),
        Command::Convert(command) => command.run(),
        Command::Frame(command) => command.run(),
        Command::Signals(command) => command.run(),
        Command::Db(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Demo(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of our output has had enough, as `| head` does.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever a file name or a cell contains.
            eprintln!("error: {}", error.to_string().replace(['\n', '\r'], " "));
            show_place(&error);
            ExitCode::FAILURE
        }
    }
}

/// Shows a person where in an expression an error is; a script reads one line.
fn show_place(error: &Error) {
    let source = std::error::Error::source(error);
    let place = source.and_then(|source| source.downcast_ref::<atra::expression::Place>());
    if let Some(place) = place.filter(|_| std::io::stderr().is_terminal()) {
        for line in place.to_string().lines() {
            eprintln!("  {line}");
        }
    }
}

/// Opens a database to read from; one that does not exist is an error, not created.
fn open_existing(path: &str) -> atra::Result<Store> {
    if let Err(error) = std::fs::metadata(path) {
        return Err(cannot("read", path, error));
    }
    Store::open(path)
}

/// The error of a file operation.
fn cannot(verb: &str, path: &str, error: std::io::Error) -> Error {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Io,
    };
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Error::new(kind, format!("cannot {verb} {path}: {why}")).with_source(error)
}
