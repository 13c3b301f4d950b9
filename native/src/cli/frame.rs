//! `atra frame`

use std::fs::File;
use std::path::{Path, PathBuf};

use atra::{Error, ErrorKind, Result, csv, files};

use super::cannot;
use super::convert::{read, size};
use super::output::{Output, grouped, iso, table};

#[derive(clap::Subcommand)]
pub(crate) enum Frame {
    /// What a file holds: rows, times, and each column in memory and packed.
    Info {
        /// File to read: .csv, .jsonl, .json (also with .gz or .zst), .atra, .parquet, .arrow.
        file: PathBuf,
    },
    /// What is wrong with a file's candles, or odd about them: times out of order or repeated, numbers that are none, highs below lows; missing rows, outliers. Exit 1 if a rule is broken.
    Check {
        /// File to read: .csv, .jsonl, .json (also with .gz or .zst), .atra, .parquet, .arrow.
        file: PathBuf,
        /// Most rows shown of each finding.
        #[arg(long, default_value_t = 5, value_name = "ROWS")]
        show: usize,
    },
}

impl Frame {
    pub(crate) fn run(self) -> Result<()> {
        match self {
            Self::Info { file } => info(&file),
            Self::Check { file, show } => check(&file, show),
        }
    }
}

fn info(file: &Path) -> Result<()> {
    let frame = read(file)?;
    let packed = frame.optimize();
    let mut output = Output::stdout();
    let (first, last) = (frame.time().first(), frame.time().last());
    output.write(&format!(
        "{}: {} bytes, {} rows{}\n",
        file.display(),
        grouped(size(file)),
        grouped(frame.len() as u64),
        first.zip(last).map_or_else(String::new, |(&first, &last)| format!(
            " from {} to {}",
            iso(first),
            iso(last)
        )),
    ))?;
    let mut rows =
        vec![["column", "kept as", "gaps", "bytes", "packed", "saved"].map(str::to_owned).to_vec()];
    let mut total = (0, 0);
    for saving in packed.savings() {
        let gaps =
            frame.column(&saving.column).map_or(0, |values| values.iter().filter(|x| x.is_nan()).count());
        total = (total.0 + saving.before, total.1 + saving.after);
        rows.push(row(&saving.column, &saving.form, &gaps.to_string(), saving.before, saving.after));
    }
    rows.push(row("all", "", "", total.0, total.1));
    output.write(&table(&rows))?;
    output.finish()
}

fn check(file: &Path, show: usize) -> Result<()> {
    let report = if files::Format::of(file)? == files::Format::Csv {
        let name = file.display().to_string();
        let input =
            File::open(file).and_then(files::expanded).map_err(|error| cannot("read", &name, error))?;
        csv::examine(input).map_err(|error| error.context(name))?
    } else {
        read(file)?.check()
    };
    let mut output = Output::stdout();
    let step = report.step.map_or_else(String::new, |step| format!(", usually {step} ms apart"));
    output.write(&format!("{}: {} rows{step}\n", file.display(), grouped(report.rows as u64)))?;
    let mut rows = vec![["finding", "rows", "", "row", "time", ""].map(str::to_owned).to_vec()];
    for (finding, count) in &report.counts {
        let kind = if finding.is_error() { "wrong" } else { "odd" };
        let mut first = vec![finding.to_string(), grouped(*count as u64), kind.to_owned()];
        for issue in report.issues.iter().filter(|issue| issue.finding == *finding).take(show.max(1)) {
            first.extend([grouped(issue.row as u64), iso(issue.time), issue.detail.clone()]);
            rows.push(std::mem::replace(&mut first, vec![String::new(); 3]));
        }
    }
    if rows.len() > 1 {
        output.write(&table(&rows))?;
    }
    if report.missing > 0 {
        output.write(&format!("{} rows missing in all\n", grouped(report.missing)))?;
    }
    output.finish()?;
    match report.errors() {
        0 => Ok(()),
        errors => {
            let rows = if errors == 1 { "row breaks" } else { "rows break" };
            Err(Error::new(
                ErrorKind::Data,
                format!("{}: {} {rows} a rule", file.display(), grouped(errors as u64)),
            ))
        }
    }
}

fn row(name: &str, form: &str, gaps: &str, before: usize, after: usize) -> Vec<String> {
    let saved = if before == 0 { 0.0 } else { 100.0 - after as f64 * 100.0 / before as f64 };
    vec![
        name.to_owned(),
        form.to_owned(),
        gaps.to_owned(),
        grouped(before as u64),
        grouped(after as u64),
        format!("{saved:.1} %"),
    ]
}
