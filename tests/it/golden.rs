//! Every indicator against what TA-Lib gave on the sample candles.

use std::collections::BTreeSet;

use atra_core::registry;
use atra_tests::{SAMPLES, golden, path, sample};

#[test]
fn every_indicator_gives_what_talib_gives() {
    let mut compared = BTreeSet::new();
    for name in SAMPLES {
        let text = std::fs::read_to_string(path("golden").join(name).with_extension("tsv")).unwrap();
        compared.extend(golden::compare(name, sample(name), &text));
    }
    for entry in registry::all() {
        let spec = entry.spec();
        assert!(
            spec.talib.is_none() || compared.contains(spec.id),
            "{} names a TA-Lib function but has no row in tests/golden/generate.py",
            spec.id
        );
    }
}
