//! The pages about indicators in `core/docs`, made from the registry: `make docs` writes them, a test compares.

mod drawn;
mod page;
mod plot;
mod scale;
mod stretch;
mod svg;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use atra_core::args::{Choice, Convention};
use atra_core::spec::{Group, Spec};
use atra_core::{Error, ErrorKind, Result, registry};

use page::{cell, value};
use stretch::{Samples, Stretch};

/// Where the pages are.
#[must_use]
pub fn directory() -> PathBuf {
    crate::path("../core/docs")
}

/// The page that is written by hand but for one table.
const CONVENTIONS: &str = "conventions.md";

/// Every file below [`directory`] by its name with `/`, and what it holds.
///
/// Fails when the page of conventions lacks the marks between which its table stands.
pub fn files() -> Result<BTreeMap<String, String>> {
    let samples = Samples::read()?;
    let mut files = BTreeMap::new();
    for entry in registry::all() {
        let spec = entry.spec();
        let stretch = Stretch::find(entry, &samples)?;
        let name = format!("{}/{}", spec.group.id(), spec.id);
        files.insert(format!("{name}.md"), page::markdown(spec, stretch.title));
        files.insert(format!("{name}.svg"), plot::svg(spec, &stretch));
    }
    files.insert("README.md".to_owned(), table());
    files.insert(CONVENTIONS.to_owned(), conventions()?);
    Ok(files)
}

/// What stands below [`directory`], by the same names.
pub fn on_disk() -> std::io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![(String::new(), directory())];
    while let Some((above, directory)) = waiting.pop() {
        for entry in std::fs::read_dir(directory)? {
            let entry = entry?;
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                waiting.push((format!("{name}/"), entry.path()));
            } else {
                files.insert(name, std::fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(files)
}

/// What the indicators of a group have in common.
fn about(group: Group) -> &'static str {
    match group {
        Group::Overlap => "Moving averages, bands and stops on the scale of the price.",
        Group::Momentum => "Speed and direction of the price.",
        Group::Volatility => "Size of the price's moves.",
        Group::Volume => "Traded quantity.",
        Group::Price => "One price from a bar's several.",
        Group::Cycle => "Dominant cycles.",
        Group::Statistics => "Regression, correlation, distribution.",
        Group::Math => "Arithmetic on columns.",
        Group::Candlestick => "Candlestick patterns.",
        _ => "",
    }
}

/// All indicators, group by group.
fn table() -> String {
    let mut groups: Vec<(Group, Vec<&Spec>)> = Vec::new();
    for spec in registry::all().iter().map(registry::Entry::spec) {
        match groups.iter_mut().find(|(group, _)| *group == spec.group) {
            Some((_, specs)) => specs.push(spec),
            None => groups.push((spec.group, vec![spec])),
        }
    }
    let links = groups.iter().map(|(group, specs)| format!("[{0}](#{0}) ({1})", group.id(), specs.len()));
    let mut text = format!(
        "# Indicators\n\n\
         {} indicators, each with a page: formula, picture, parameters, warm-up, edge cases, an example that runs.\n\
         {}.\n\n\
         [What platforms do differently](conventions.md) says how averages begin, what a gap does, and where atra\n\
         differs from TA-Lib.\n",
        registry::all().len(),
        links.collect::<Vec<_>>().join(", "),
    );
    for (group, specs) in &mut groups {
        specs.sort_by_key(|spec| spec.id);
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\n| id | name | what it shows | parameters | outputs | TA-Lib |\n|---|---|---|---|---|---|\n",
            heading(*group),
            about(*group)
        );
        for spec in specs {
            let params =
                spec.params.iter().map(|param| format!("`{}` {}", param.name, value(&param.default())));
            let outputs = spec.outputs.iter().map(|output| format!("`{}`", output.name));
            let _ = writeln!(
                text,
                "| [`{id}`]({}/{id}.md) | {} | {} | {} | {} | {} |",
                group.id(),
                spec.name,
                cell(&first_sentence(&spec.summary())),
                params.collect::<Vec<_>>().join(", "),
                outputs.collect::<Vec<_>>().join(", "),
                spec.talib.as_ref().map_or(String::new(), |talib| format!("`{}`", talib.function)),
                id = spec.id,
            );
        }
    }
    text
}

fn heading(group: Group) -> String {
    let id = group.id();
    id[..1].to_uppercase() + &id[1..]
}

fn first_sentence(text: &str) -> String {
    let ends = text.match_indices(". ").map(|(end, _)| end);
    let is_end = |end: &usize| text[end + 2..].starts_with(|next: char| next.is_uppercase() || next == '`');
    ends.into_iter().find(is_end).map_or(text.to_owned(), |end| text[..=end].to_owned())
}

/// The page of conventions with its table made anew: its text is written by hand.
fn conventions() -> Result<String> {
    const MARKS: [&str; 2] = ["<!-- made by `make docs` from here -->\n", "<!-- to here -->\n"];
    let fail = |what: &str| Error::new(ErrorKind::Data, format!("core/docs/{CONVENTIONS}: {what}"));
    let text =
        std::fs::read_to_string(directory().join(CONVENTIONS)).map_err(|error| fail(&error.to_string()))?;
    let parts =
        text.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let (before, after) = parts.ok_or_else(|| fail("the marks around its table are missing"))?;

    let names: Vec<&str> = Convention::CHOICES.iter().map(|(name, _)| *name).collect();
    let mut table = format!("\n| indicator | parameter | {} |\n|---|---|", names.join(" | "));
    table.push_str(&"---|".repeat(names.len()));
    table.push('\n');
    let mut specs: Vec<&Spec> = registry::all().iter().map(registry::Entry::spec).collect();
    specs.sort_by_key(|spec| spec.id);
    for spec in specs {
        for param in spec.params {
            let choice = |convention: &str| {
                let mut set = spec.conventions.iter().filter(|(known, _)| known.name() == convention);
                set.find_map(|(_, params)| params.iter().find(|(name, _)| *name == param.name))
            };
            if names.iter().all(|name| choice(name).is_none()) {
                continue;
            }
            let chosen = names.iter().map(|name| match choice(name) {
                Some((_, choice)) => format!("`{choice}`"),
                None => format!("`{}`", value(&param.default())),
            });
            let _ = writeln!(
                table,
                "| [`{id}`]({}/{id}.md) | `{}` | {} |",
                spec.group.id(),
                param.name,
                chosen.collect::<Vec<_>>().join(" | "),
                id = spec.id,
            );
        }
    }
    let [from, to] = MARKS;
    Ok(format!("{before}{from}{table}\n{to}{after}"))
}
