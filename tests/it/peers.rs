//! Indicators TA-Lib lacks, against what other libraries gave on the sample candles (see `tests/golden/peers.py`).

use std::collections::BTreeSet;

use atra_core::args::Value;
use atra_core::{Args, registry};
use atra_tests::{path, sample};

/// One column of a golden file: `id|param=value;…|output name|tolerance`, then row and value.
struct Peer {
    id: String,
    args: Args,
    output: String,
    /// Relative, and of the column's largest value where it crosses zero.
    tolerance: f64,
    values: Vec<(usize, f64)>,
}

/// The golden files and the sample each is of.
fn files() -> Vec<(String, Vec<Peer>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path("golden/peers")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "tsv") {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            files.push((name, read(&std::fs::read_to_string(&file).unwrap())));
        }
    }
    files
}

fn read(text: &str) -> Vec<Peer> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let column = |head: &str| {
        let [id, args, output, tolerance] = head.split('|').collect::<Vec<_>>()[..] else {
            panic!("`{head}` does not head a column");
        };
        let mut given = Args::new();
        for word in args.split_terminator(';') {
            let (name, value) = word.split_once('=').unwrap();
            given =
                given.with(name, value.parse().map_or_else(|_| Value::Text(value.to_owned()), Value::Number));
        }
        let (id, output) = (id.to_owned(), output.to_owned());
        Peer { id, args: given, output, tolerance: tolerance.parse().unwrap(), values: Vec::new() }
    };
    let mut columns: Vec<Peer> = lines.next().unwrap().split('\t').skip(1).map(column).collect();
    for line in lines {
        let mut cells = line.split('\t');
        let row: usize = cells.next().unwrap().parse().unwrap();
        for (column, cell) in columns.iter_mut().zip(cells) {
            if !cell.is_empty() {
                column.values.push((row, cell.parse().unwrap()));
            }
        }
    }
    columns
}

/// The indicators that a peer's values are kept for.
pub(crate) fn ids() -> BTreeSet<String> {
    files().into_iter().flat_map(|(_, columns)| columns).map(|column| column.id).collect()
}

#[test]
fn every_indicator_gives_what_its_peer_gives() {
    for (name, columns) in files() {
        let frame = sample(&name);
        for Peer { id, args, output, tolerance, values } in columns {
            let indicator = registry::find(&id).unwrap().build(&args).unwrap();
            let place = format!("{id} {args:?} {output} on {name}");
            let index = indicator.spec().outputs.iter().position(|known| known.name == output);
            let index = index.unwrap_or_else(|| panic!("{place}: no such output"));
            let ours = &indicator.compute_frame(&frame).unwrap()[index];
            assert!(values.len() > 100, "{place} has only {} golden rows", values.len());
            let largest = values.iter().fold(0.0, |most: f64, (_, value)| most.max(value.abs()));
            for (row, theirs) in values {
                let allowed = (tolerance * theirs.abs()).max(tolerance * 1e-3 * largest);
                let equal = ours[row] == theirs || (ours[row] - theirs).abs() <= allowed;
                assert!(equal, "{place}, row {row}: ours {:?}, the peer's {theirs:?}", ours[row]);
            }
        }
    }
}
