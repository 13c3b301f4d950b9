//! The pages in `core/docs` are those the registry makes now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use atra_tests::docs;

/// The files of this kind.
fn made(kind: &str) -> impl Iterator<Item = (&String, &String)> {
    MADE.iter().filter(move |(name, _)| name.rsplit_once('.').is_some_and(|(_, extension)| extension == kind))
}

static MADE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| docs::files().unwrap());

#[test]
fn the_pages_are_what_make_docs_writes() {
    let made = &MADE;
    let there = docs::on_disk().unwrap();
    let names: BTreeSet<&String> = made.keys().chain(there.keys()).collect();
    let stale: Vec<&&String> = names.iter().filter(|name| made.get(**name) != there.get(**name)).collect();
    let first = &stale[..stale.len().min(5)];
    assert!(
        stale.is_empty(),
        "{} files in core/docs are missing, out of date or left over, such as {first:?}: run `make docs`",
        stale.len()
    );
}

#[test]
fn pictures_are_small() {
    for (name, text) in made("svg") {
        assert!(text.len() < 12_000, "{name} has {} bytes", text.len());
    }
}

#[test]
fn links_lead_somewhere() {
    for (name, text) in made("md") {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap();
            if target.starts_with("http") || target.is_empty() {
                continue;
            }
            let path = docs::directory().join(name).parent().unwrap().join(target);
            assert!(path.exists(), "{name} links to {target}, which does not exist");
        }
    }
}
