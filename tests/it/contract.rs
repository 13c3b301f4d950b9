//! What a contributor can forget and no behaviour shows.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(directory: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// A loop of an indicator's own that does not say so would never run in a browser, and nothing but its speed would tell.
#[test]
fn rules_with_a_loop_of_their_own_say_so_and_no_others() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src"), &mut files);
    let mut loops = 0;
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for rule in text.split("Update for ").skip(1) {
            // An item at the left margin ends the one before it.
            let rule = rule.split("\n}").next().unwrap_or_default();
            let has = rule.contains("fn run(");
            let says = ["true;", "cfg!(not(target_family = \"wasm\"));"]
                .iter()
                .any(|value| rule.contains(&format!("const RUNS: bool = {value}")));
            assert_eq!(has, says, "{}: `fn run` and `RUNS` belong together", path.display());
            loops += usize::from(has);
        }
    }
    assert!(loops > 10, "only {loops} loops were found: does this test still know what they look like?");
}
