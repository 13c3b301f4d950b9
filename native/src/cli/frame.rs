//! `atra frame`

use std::path::PathBuf;

use atra::Result;

use super::convert::{read, size};
use super::output::{Output, grouped, iso, table};

#[derive(clap::Subcommand)]
pub(crate) enum Frame {
    /// What a file holds: rows, times, and each column in memory and packed.
    Info {
        /// File to read: .csv, .json, .atra, .parquet.
        file: PathBuf,
    },
}

impl Frame {
    pub(crate) fn run(self) -> Result<()> {
        let Self::Info { file } = self;
        let frame = read(&file)?;
        let packed = frame.optimize();
        let mut output = Output::stdout();
        let (first, last) = (frame.time().first(), frame.time().last());
        output.write(&format!(
            "{}: {} bytes, {} rows{}\n",
            file.display(),
            grouped(size(&file)),
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
