//! `atra backtest`

use std::ops::ControlFlow;

use atra::backtest::{Backtest, Metrics, Orders, Outcome, Plan, Report, Size, Swept, html};
use atra::error::nearest;
use atra::sweep::Grid;
use atra::{Args, Error, ErrorKind, Frame, Result, TimeMs, files, strategy};

use super::convert::at;
use super::output::{Output, iso, table};
use super::progress::Progress;
use super::rows::{Cell, Format, Holds, Rows};
use super::source::From;
use super::sweep;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("rules").required(true).multiple(true).args(["enter", "enter_short", "strategy"]))]
pub(crate) struct Command {
    #[command(flatten)]
    from: From,
    /// Condition to buy, as 'ema($fast) > ema(50)'. It is looked at when a bar has closed, and filled at the next bar's open.
    #[arg(long, value_name = "CONDITION", allow_hyphen_values = true)]
    enter: Option<String>,
    /// Condition to sell what was bought.
    #[arg(long, value_name = "CONDITION", requires = "enter", allow_hyphen_values = true)]
    exit: Option<String>,
    /// Condition to sell short.
    #[arg(long, value_name = "CONDITION", allow_hyphen_values = true)]
    enter_short: Option<String>,
    /// Condition to buy back what was sold short.
    #[arg(long, value_name = "CONDITION", requires = "enter_short", allow_hyphen_values = true)]
    exit_short: Option<String>,
    /// Distance of the stop from the entry: 3%, or an expression, as '2 * atr(14)'.
    #[arg(long, value_name = "DISTANCE", conflicts_with = "strategy")]
    stop: Option<String>,
    /// Distance of the target from the entry: 6%, or an expression.
    #[arg(long, value_name = "DISTANCE", conflicts_with = "strategy")]
    target: Option<String>,
    /// A built-in strategy's signals, stops and targets instead of conditions.
    #[arg(long, conflicts_with_all = ["enter", "enter_short", "sweep", "params"])]
    strategy: Option<String>,
    /// First bar that is traded, as a date or in Unix ms; the ones before it are for indicators to warm up.
    #[arg(long = "from", value_name = "TIME", allow_hyphen_values = true)]
    first: Option<String>,
    /// First bar that is left out.
    #[arg(long = "to", value_name = "TIME", allow_hyphen_values = true)]
    end: Option<String>,
    /// A value for a $name in the conditions; may be given again.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// Values for a $name to try, all with all: 'fast=5..20:5', 'fast=5,8,13'; may be given again.
    #[arg(long, value_name = "NAME=VALUES")]
    sweep: Vec<String>,
    /// What the sets of a sweep are ordered by, best first: sharpe, sortino, cagr, trades … (the columns of the table).
    #[arg(long, value_name = "METRIC", default_value = "sharpe", requires = "sweep")]
    by: String,
    /// The most sets of a sweep that are printed.
    #[arg(long, value_name = "N", requires = "sweep")]
    top: Option<usize>,
    /// Money at the beginning.
    #[arg(long, default_value_t = 10_000.0)]
    capital: f64,
    /// How much a trade is: a part of the equity (50%), or money (1000).
    #[arg(long, default_value = "100%")]
    size: String,
    /// Fee of what is bought or sold, in basis points (hundredths of a percent).
    #[arg(long, value_name = "BPS", default_value_t = 10.0)]
    fee: f64,
    /// How much worse than the bar's price a fill is, in basis points.
    #[arg(long, value_name = "BPS", default_value_t = 5.0)]
    slippage: f64,
    /// How to print the summary.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Page to write, with equity, drawdown and trades: .html.
    #[arg(long, value_name = "FILE", conflicts_with = "sweep")]
    report: Option<String>,
    /// File to write the equity at each bar to, in the format its name tells: .csv, .jsonl, .parquet …
    #[arg(long, value_name = "FILE", conflicts_with = "sweep")]
    output: Option<std::path::PathBuf>,
}

/// The metrics a table of a sweep has room for; CSV and JSON have all.
const SHOWN: [&str; 8] =
    ["total_return", "cagr", "sharpe", "sortino", "max_drawdown", "trades", "win_rate", "exposure"];

impl Command {
    pub(crate) fn run(self) -> Result<()> {
        // The cheap mistakes first, before anything is read.
        let terms = self.terms()?;
        let plan = Plan {
            enter: self.enter.clone(),
            exit: self.exit.clone(),
            enter_short: self.enter_short.clone(),
            exit_short: self.exit_short.clone(),
            stop_loss: self.stop.clone(),
            take_profit: self.target.clone(),
        };
        let args = Args::parse(self.params.iter().map(String::as_str))?;
        if let Some(output) = &self.output {
            files::Format::of(output)?;
        }
        if !self.sweep.is_empty() {
            return self.sweep(terms, &plan, &args);
        }
        let strategy = self.strategy.as_deref().map(strategy::find).transpose()?;
        let rules = if strategy.is_none() { Some(plan.read(&args)?) } else { None };
        let frame = self.frame()?;
        let orders = match (strategy, rules) {
            (Some(strategy), _) => Orders::of_setups(&frame, &strategy.setups(&frame)?)?,
            (None, Some(rules)) => rules.orders(&frame)?.pop().unwrap_or_default(),
            (None, None) => Orders::default(), // clap wants one of them
        };
        let outcome = terms.run(&frame, &orders)?;
        let frame = terms.traded(&frame);
        if let Some(output) = &self.output {
            files::write(
                &Frame::new(frame.time().to_vec())?.with_column("equity", outcome.equity.clone())?,
                output,
            )?;
        }
        if let Some(report) = &self.report {
            let page = html(&Report { title: self.from.name(), facts: self.facts() }, &frame, &outcome)?;
            let mut output = Output::file(report)?;
            output.write(&page)?;
            output.finish()?;
        }
        self.print(&frame, &outcome)
    }

    fn print(&self, frame: &Frame, outcome: &Outcome) -> Result<()> {
        let mut output = Output::stdout();
        match self.format {
            Format::Table => {
                if let (Some(first), Some(last)) = (frame.time().first(), frame.time().last()) {
                    output.write(&format!(
                        "{} bars from {} to {}\n",
                        frame.len(),
                        iso(*first),
                        iso(*last)
                    ))?;
                }
                let lines = outcome.metrics.lines().into_iter();
                output.write(&table(
                    &lines.map(|(name, value)| vec![name.to_owned(), value]).collect::<Vec<_>>(),
                ))?;
                output.finish()
            }
            Format::Json => {
                let all = serde_json::json!({ "metrics": outcome.metrics, "trades": outcome.trades });
                let text = serde_json::to_string_pretty(&all)
                    .map_err(|error| Error::new(ErrorKind::Format, error.to_string()))?;
                output.write(&(text + "\n"))?;
                output.finish()
            }
            Format::Csv => {
                let columns = Metrics::NAMES.map(|name| (name.to_owned(), Holds::Number)).to_vec();
                let mut rows = Rows::open(None, Format::Csv, columns)?;
                rows.push(outcome.metrics.values().map(Cell::Number).to_vec())?;
                rows.finish()
            }
        }
    }

    fn sweep(&self, terms: Backtest, plan: &Plan, args: &Args) -> Result<()> {
        let by = Metrics::NAMES.iter().position(|name| *name == self.by).ok_or_else(|| {
            let near = nearest(&self.by, Metrics::NAMES);
            let help = near.map_or_else(
                || format!("there are: {}", Metrics::NAMES.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Error::new(ErrorKind::Parameter, format!("unknown metric `{}`; {help}", self.by))
        })?;
        let mut grid = Grid::parse(self.sweep.iter().map(String::as_str))?;
        for (name, value) in args.iter() {
            grid = grid.with(name, vec![value.clone()])?;
        }
        // The cheap mistakes before anything is read: those in every set.
        let mut refused = grid.iter().map_while(|args| plan.read(&args).err());
        if let Some(error) = refused.next()
            && refused.count() + 1 == grid.len()
        {
            return Err(error);
        }
        let frame = self.frame()?;
        let mut all: Vec<Swept> = Vec::new();
        let progress = Progress::count("backtests", grid.len());
        let refused = terms.sweep(&frame, plan, &grid, |part| {
            all.extend(part);
            progress.at(all.len() as u64);
            ControlFlow::Continue(())
        })?;
        progress.finish();
        if let Some(error) = grid.iter().take_while(|_| refused > 0).find_map(|args| plan.read(&args).err()) {
            let first = error.to_string().replace(['\n', '\r'], " ");
            eprintln!("{refused} of {} sets left out; the first: {first}", grid.len());
        }
        // A loss is better small, and what is not defined comes last.
        let sign = if self.by.starts_with("max_drawdown") || self.by == "fees" { 1.0 } else { -1.0 };
        let rank = |swept: &Swept| {
            let value = swept.metrics.values()[by] * sign;
            if value.is_nan() { f64::INFINITY } else { value }
        };
        all.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        let is_shown = |name: &str| self.format != Format::Table || name == self.by || SHOWN.contains(&name);
        let columns = sweep::params(&grid).into_iter();
        let metrics = Metrics::NAMES.into_iter().filter(|name| is_shown(name));
        let metrics = metrics.map(|name| (name.to_owned(), Holds::Number));
        let mut rows = Rows::open(None, self.format, columns.chain(metrics).collect())?;
        for swept in all.iter().take(self.top.unwrap_or(usize::MAX)) {
            let values = Metrics::NAMES.into_iter().zip(swept.metrics.values());
            let values = values.filter(|(name, _)| is_shown(name)).map(|(_, value)| Cell::Number(value));
            rows.push(sweep::cells(&swept.args).into_iter().chain(values).collect())?;
        }
        rows.finish()
    }

    /// The bars up to the first that is left out.
    fn frame(&self) -> Result<Frame> {
        let end = self.end.as_deref().map(|time| at("to", time)).transpose()?;
        let source = self.from.read()?;
        Ok(match end {
            Some(end) => source.frame().between(TimeMs::MIN, end),
            None => source.frame().clone(),
        })
    }

    fn terms(&self) -> Result<Backtest> {
        let size = match self.size.strip_suffix('%') {
            Some(percent) => percent.trim().parse().map(|percent: f64| Size::Part(percent / 100.0)),
            None => self.size.parse().map(Size::Money),
        };
        let size = size.map_err(|_| {
            let message =
                format!("--size {} is not valid; it must be a part as 50%, or money as 1000", self.size);
            Error::new(ErrorKind::Parameter, message)
        })?;
        let from = self.first.as_deref().map(|time| at("from", time)).transpose()?;
        let terms = Backtest { capital: self.capital, size, fee: self.fee, slippage: self.slippage, from };
        terms.validate()?;
        Ok(terms)
    }

    /// What the report says of the rules and terms.
    fn facts(&self) -> Vec<(String, String)> {
        let rules = [
            ("strategy", &self.strategy),
            ("enter", &self.enter),
            ("exit", &self.exit),
            ("enter short", &self.enter_short),
            ("exit short", &self.exit_short),
            ("stop", &self.stop),
            ("target", &self.target),
        ];
        let rules = rules.into_iter().filter_map(|(name, rule)| Some((name.to_owned(), rule.clone()?)));
        let params = (!self.params.is_empty()).then(|| ("parameters".to_owned(), self.params.join(" ")));
        let terms = format!(
            "capital {}, size {}, fee {} bps, slippage {} bps",
            self.capital, self.size, self.fee, self.slippage
        );
        rules.chain(params).chain([("terms".to_owned(), terms)]).collect()
    }
}
