//! `atra compute`

use atra::{Args, Error, ErrorKind, Frame, Result, registry};

use super::output::Output;
use super::source::From;

#[derive(clap::Args)]
pub(crate) struct Compute {
    /// Indicator, by id or TA-Lib name, in any case.
    id: String,
    /// Parameters; those not given keep their defaults.
    #[arg(value_name = "KEY=VALUE")]
    params: Vec<String>,
    /// Columns to feed instead of the indicator's own, in its order.
    #[arg(long, value_delimiter = ',', value_name = "COL")]
    inputs: Vec<String>,
    #[command(flatten)]
    from: From,
    /// Where to write; - is standard output.
    #[arg(long, default_value = "-")]
    output: String,
}

impl Compute {
    pub(crate) fn run(self) -> Result<()> {
        // The cheap mistakes first, before anything is read.
        let args = Args::parse(self.params.iter().map(String::as_str))?;
        let indicator = registry::find(&self.id)?.build(&args)?;
        let spec = indicator.spec();
        let own: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
        let names: Vec<&str> = match self.inputs.as_slice() {
            [] => own.clone(),
            given if given.len() == own.len() => given.iter().map(String::as_str).collect(),
            given => {
                return Err(Error::new(
                    ErrorKind::Parameter,
                    format!(
                        "--inputs names {} columns; {} reads {} ({})",
                        given.len(),
                        spec.id,
                        own.len(),
                        own.join(", ")
                    ),
                ));
            }
        };
        let source = self.from.read()?;
        let columns = names.iter().map(|name| source.column(name.trim())).collect::<Result<Vec<_>>>()?;
        let columns: Vec<&[f64]> = columns.iter().map(|column| &**column).collect();
        let outputs = indicator.compute_columns(&columns)?;

        let mut frame = Frame::new(source.time().to_vec())?;
        for (output, values) in spec.outputs.iter().zip(outputs) {
            frame = frame.with_column(output.name, values)?;
        }
        let mut output = Output::open(&self.output)?;
        output.write_csv(&frame)?;
        output.finish()
    }
}
