//! The files of the package that are generated from the specs: the catalogue, and its TypeScript types. Not
//! part of the module: pages that show no menu need none of it.

use std::fmt::Write;

use atra_core::registry;
use atra_core::spec::{ParamKind, ParamSpec, Spec};

/// Names the JavaScript classes use themselves; no output may be called so.
const RESERVED: [&str; 17] = [
    "bars",
    "constructor",
    "displacements",
    "extend",
    "free",
    "id",
    "inputs",
    "length",
    "lookback",
    "outputs",
    "params",
    "peek",
    "replace",
    "snapshot",
    "toString",
    "update",
    "values",
];

/// The text of the package's `catalog.d.ts`, which is made when the package is built.
#[must_use]
pub fn catalog_d_ts() -> String {
    let mut text = String::from(
        "// Generated from the indicators' own descriptions.\n\n\
         /** What each indicator takes, reads and gives. */\nexport interface Catalog {\n",
    );
    for entry in registry::all() {
        push(&mut text, entry.spec());
    }
    text.push_str("}\n");
    text
}

/// The text of the package's `specs.js`, which is made when the package is built: every indicator's description.
#[must_use]
pub fn specs_js() -> String {
    let specs: Vec<&Spec> = registry::all().iter().map(registry::Entry::spec).collect();
    let json = serde_json::to_string(&specs).unwrap_or_default();
    format!("// Generated from the indicators' own descriptions.\nexport default {json};\n")
}

/// Output names that would hide a member of the JavaScript classes; must be none.
pub fn hidden_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let outputs = |spec: &'static Spec| spec.outputs.iter().map(|output| (spec.id, output.name));
    registry::all()
        .iter()
        .flat_map(move |entry| outputs(entry.spec()))
        .filter(|(_, name)| RESERVED.contains(name))
}

fn push(text: &mut String, spec: &Spec) {
    let inputs: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
    let outputs: Vec<&str> = spec.outputs.iter().map(|output| output.name).collect();
    let summary = comment(&spec.summary());
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  /** {}: {summary} */\n  {}: {{", spec.name, spec.id);
    if spec.params.is_empty() {
        text.push_str("    params: Record<string, never>;\n");
    } else {
        text.push_str("    params: {\n");
        for param in spec.params {
            let _ = writeln!(
                text,
                "      /** {} {} */\n      {}?: {};",
                comment(&param.summary()),
                bounds(param),
                param.name,
                values(param)
            );
        }
        text.push_str("    };\n");
    }
    let _ = writeln!(text, "    inputs: {};\n    outputs: {};\n  }};", union(&inputs), union(&outputs));
}

fn bounds(param: &ParamSpec) -> String {
    match param.kind {
        ParamKind::Int { default, min, max } => {
            format!("A whole number from {min} to {max}, default {default}.")
        }
        ParamKind::Float { default, min, max } => {
            format!("A number from {min:?} to {max:?}, default {default:?}.")
        }
        ParamKind::Choice { default, .. } => {
            format!("By name or TA-Lib's number, default '{default}'.")
        }
        _ => String::new(),
    }
}

fn values(param: &ParamSpec) -> String {
    match param.kind {
        ParamKind::Choice { choices, .. } => {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            format!("{} | number", union(&names))
        }
        _ => "number".to_owned(),
    }
}

fn union(names: &[&str]) -> String {
    names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(" | ")
}

fn comment(text: &str) -> String {
    text.replace("*/", "*\\/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_output_hides_a_member() {
        assert_eq!(hidden_names().collect::<Vec<_>>(), []);
    }
}
