//! An indicator's page, from its spec.

use std::fmt::Write;

use atra_core::spec::{OutputSpec, ParamKind, ParamSpec, Placement, Plot, Spec};
use atra_core::{args::Value, registry};

/// The page, as Markdown.
pub(super) fn markdown(spec: &Spec, bars: &str) -> String {
    let (first, rest) = sections(spec);
    let Spec { id, name, .. } = spec;
    let group = spec.group.id();
    let mut page = format!("# {name}\n\n`{id}` · [{group}](../README.md#{group})");
    if let Some(talib) = &spec.talib {
        let _ = write!(page, " · TA-Lib `{}`", talib.function);
    }
    let _ = write!(page, "\n\n{first}\n![{name} of {bars}]({id}.svg)\n\n");
    page.push_str(&parameters(spec));
    page.push_str(&inputs_and_outputs(spec));
    page.push_str(&rest);
    page.push_str(&usage(spec));
    page.push_str(&talib(spec));
    page
}

/// A cell of a table.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A value as it is written on a command line.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => plain(*number),
        Value::Text(text) => text.clone(),
    }
}

/// A number, very large and very small ones with an exponent.
fn plain(number: f64) -> String {
    let size = number.abs();
    if size >= 1e15 || (size > 0.0 && size < 1e-5) { format!("{number:e}") } else { format!("{number}") }
}

fn parameters(spec: &Spec) -> String {
    let common = "Every indicator also takes [`convention` and `gaps`](../conventions.md).\n\n";
    if spec.params.is_empty() {
        return format!("## Parameters\n\nNone of its own. {common}");
    }
    let mut table = "## Parameters\n\n| name | default | valid | meaning |\n|---|---|---|---|\n".to_owned();
    for param in spec.params {
        let ParamSpec { name, docs, kind } = param;
        let valid = match kind {
            ParamKind::Int { min, max, .. } => format!("whole, {min} to {max}"),
            ParamKind::Float { min, max, .. } => format!("{} to {}", plain(*min), plain(*max)),
            ParamKind::Choice { choices, .. } => {
                choices.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        };
        let meaning = cell(&linked(&docs.split_whitespace().collect::<Vec<_>>().join(" ")));
        let _ = writeln!(table, "| `{name}` | {} | {valid} | {meaning} |", value(&param.default()));
    }
    let conventions = spec.conventions.iter().map(|(convention, set)| {
        let set = set.iter().map(|(param, choice)| format!("`{param}={choice}`")).collect::<Vec<_>>();
        format!("`convention={}` sets {}", atra_core::args::Choice::name(*convention), set.join(" and "))
    });
    let conventions = conventions.collect::<Vec<_>>().join("; ");
    let conventions = if conventions.is_empty() { conventions } else { format!("{conventions}.\n") };
    format!("{table}\n{conventions}{common}")
}

fn inputs_and_outputs(spec: &Spec) -> String {
    let inputs =
        spec.inputs.iter().map(|input| format!("`{}`", input.column())).collect::<Vec<_>>().join(", ");
    let place = match spec.placement {
        Placement::Overlay => "over the candles",
        Placement::Pane if spec.outputs.iter().all(|output| output.plot.is_mark()) => "at the candles",
        Placement::Pane => "in a pane of its own",
    };
    let mut text = format!(
        "## Inputs and outputs\n\nReads {inputs}. Drawn {place}.\n\n| output | drawn as |\n|---|---|\n"
    );
    for output in spec.outputs {
        let _ = writeln!(text, "| `{}` | {} |", output.name, drawn(output));
    }
    text.push('\n');
    if let Some(undefined) = spec.undefined {
        let _ = writeln!(text, "Undefined (NaN or infinite) {}.\n", linked(undefined));
    }
    if let Some(repaints_by) = spec.repaints_by {
        let _ = writeln!(
            text,
            "**Repaints**, as a chart reads it: {}. The numbers in a row never change.\n",
            linked(repaints_by)
        );
    }
    text
}

fn drawn(output: &OutputSpec) -> String {
    let kind = match output.plot {
        Plot::Line => "line",
        Plot::Upper => "upper edge of a band",
        Plot::Lower => "lower edge of a band",
        Plot::Histogram => "bars from zero",
        Plot::Pattern => "marks: positive bullish, negative bearish, 0 none",
        Plot::MarkAbove => "marks above bars where it is not 0",
        Plot::MarkBelow => "marks below bars where it is not 0",
        Plot::Direction => "+1 or −1, the colour of the line beside it",
        Plot::Hidden => "not drawn: a number to read",
        other => other.id(),
    };
    match output.displacement {
        Some(displacement) if displacement.sign > 0 => {
            format!("{kind}; drawn `{}` bars later", displacement.param)
        }
        Some(displacement) => format!("{kind}; drawn `{}` bars earlier", displacement.param),
        None => kind.to_owned(),
    }
}

/// How it is called: the same in three languages.
fn usage(spec: &Spec) -> String {
    let id = spec.id;
    let shown: Vec<(&str, Value)> =
        spec.params.iter().take(3).map(|param| (param.name, param.default())).collect();
    let quoted = |of: &Value, quote: char| match of {
        Value::Number(number) => plain(*number),
        Value::Text(text) => format!("{quote}{text}{quote}"),
    };
    let rust = shown.iter().map(|(name, of)| match of {
        Value::Number(number) => format!(".with(\"{name}\", {number:?})"),
        Value::Text(_) => format!(".with(\"{name}\", {})", quoted(of, '"')),
    });
    let rust: String = rust.collect();
    let words = shown.iter().map(|(name, of)| format!("{name}={} ", value(of))).collect::<Vec<_>>().concat();
    let script =
        shown.iter().map(|(name, of)| format!("{name}: {}", quoted(of, '\''))).collect::<Vec<_>>().join(", ");
    let script = if script.is_empty() { script } else { format!(", {{ {script} }}") };
    let outputs = spec.outputs.iter().map(|output| output.name).collect::<Vec<_>>().join(", ");
    format!(
        "## Use\n\n\
         ```rust\nlet columns = registry::find(\"{id}\")?.build(&Args::new(){rust})?.compute_frame(&frame)?;\n```\n\n\
         ```sh\natra compute {id} {words}--input candles.csv\n```\n\n\
         ```js\nconst {{ {outputs} }} = frame.compute('{id}'{script});\n```\n"
    )
}

fn talib(spec: &Spec) -> String {
    let Some(talib) = &spec.talib else { return String::new() };
    let renamed = talib.params.iter().filter(|(ours, theirs)| ours != theirs);
    let renamed = renamed.map(|(ours, theirs)| format!("`{ours}` is `{theirs}`")).collect::<Vec<_>>();
    let renamed = if renamed.is_empty() { String::new() } else { format!(": {}", renamed.join(", ")) };
    format!("\n## TA-Lib\n\n`{}` gives the same numbers{renamed}.\n", talib.function)
}

/// The documentation before its first heading and after it, as a page shows it: headings one level deeper, examples
/// without the lines that rustdoc hides.
fn sections(spec: &Spec) -> (String, String) {
    let (mut first, mut rest) = (String::new(), String::new());
    let mut in_code = false;
    for line in spec.docs.lines() {
        // The macro keeps the space that a doc comment begins with.
        let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
        let mut shown = line.to_owned();
        if let Some(language) = line.trim_start().strip_prefix("```") {
            in_code = !in_code;
            if in_code && !matches!(language, "text" | "sh" | "js") {
                shown = line.replacen(&format!("```{language}"), "```rust", 1);
            }
        } else if in_code {
            let code = line.trim_start();
            if code == "#" || code.starts_with("# ") {
                continue;
            }
            shown = shown.replacen("##", "#", usize::from(code.starts_with("##")));
        } else if line.starts_with('#') {
            shown = format!("#{line}");
        } else {
            shown = linked(line);
        }
        let to = if rest.is_empty() && !shown.starts_with("##") { &mut first } else { &mut rest };
        to.push_str(&shown);
        to.push('\n');
    }
    let rest = rest.trim();
    (format!("{}\n", first.trim()), format!("{rest}\n\n"))
}

/// Text whose references to Rust items are links to indicators' pages, or plain code.
fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut left = text;
    while let Some((before, after)) = left.split_once("[`") {
        let Some((item, after)) = after.split_once("`]") else { break };
        out.push_str(before);
        // A target of its own is a path of Rust's, which a page cannot follow.
        let after = match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((target, after)) if !target.starts_with("http") => after,
            _ => after,
        };
        let entry = registry::all().iter().find(|entry| entry.spec().id == item);
        let _ = match entry {
            Some(entry) => write!(out, "[`{item}`](../{}/{item}.md)", entry.spec().group.id()),
            None => write!(out, "`{item}`"),
        };
        left = after;
    }
    out + left
}
