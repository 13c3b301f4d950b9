//! `atra indicators`

use atra::args::Value;
use atra::spec::{ParamSpec, Placement};
use atra::{Error, ErrorKind, Result, Spec, registry};

use super::output::{Output, table};

#[derive(clap::Args)]
pub(crate) struct Indicators {
    /// How to print them.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Table,
    Json,
}

impl Indicators {
    pub(crate) fn run(self) -> Result<()> {
        let specs: Vec<&Spec> = registry::all().iter().map(registry::Entry::spec).collect();
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(&specs)
                .map_err(|error| Error::new(ErrorKind::Format, error.to_string()))?,
            Format::Table => {
                let header = ["id", "name", "group", "drawn", "parameters", "outputs", "TA-Lib"];
                let rows = specs.iter().map(|spec| row(spec));
                table(&std::iter::once(header.map(str::to_owned).to_vec()).chain(rows).collect::<Vec<_>>())
            }
        };
        let mut output = Output::stdout();
        output.write(text.trim_end())?;
        output.write("\n")?;
        output.finish()
    }
}

fn row(spec: &Spec) -> Vec<String> {
    let param = |param: &ParamSpec| match param.default() {
        Value::Number(number) => format!("{}={number}", param.name),
        Value::Text(text) => format!("{}={text}", param.name),
    };
    let placement = match spec.placement {
        Placement::Overlay => "overlay",
        Placement::Pane => "pane",
    };
    vec![
        spec.id.to_owned(),
        spec.name.to_owned(),
        spec.group.id().to_owned(),
        placement.to_owned(),
        spec.params.iter().map(param).collect::<Vec<_>>().join(" "),
        spec.outputs.iter().map(|output| output.name).collect::<Vec<_>>().join(" "),
        spec.talib.as_ref().map_or("", |talib| talib.function).to_owned(),
    ]
}
