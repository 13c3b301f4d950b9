//! `atra convert`

use std::path::{Path, PathBuf};

use atra::{Result, files};

use super::output::{Output, grouped};
use super::progress::Progress;

#[derive(clap::Args)]
pub(crate) struct Convert {
    /// File to read: .csv, .json, .atra, .parquet.
    input: PathBuf,
    /// File to write, in the format its name tells.
    output: PathBuf,
}

impl Convert {
    pub(crate) fn run(self) -> Result<()> {
        files::Format::of(&self.output)?;
        let frame = read(&self.input)?;
        files::write(&frame, &self.output)?;
        let mut output = Output::stdout();
        output.write(&format!(
            "{}: {} rows, {} bytes from {}\n",
            self.output.display(),
            grouped(frame.len() as u64),
            grouped(size(&self.output)),
            grouped(size(&self.input)),
        ))?;
        output.finish()
    }
}

/// A file's frame, with progress.
pub(super) fn read(path: &Path) -> Result<atra::Frame> {
    let progress = Progress::bytes(&path.display().to_string(), Some(size(path)));
    let frame = files::read(path, |file| Box::new(progress.wrap(file)));
    progress.finish();
    frame
}

pub(super) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
