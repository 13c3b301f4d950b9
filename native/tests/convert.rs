//! One file into another, a piece at a time: what reading the whole would give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::fmt::Write;
use std::fs::{File, read_to_string, write};
use std::path::PathBuf;

use atra::Frame;
use atra::files::{self, Format, Span, convert};
use proptest::prelude::*;
use tempfile::TempDir;

/// More rows than a piece has.
const ROWS: u32 = 80_000;

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn of(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Converts, and returns what is in the file then.
    fn convert(&self, from: &str, to: &str, span: Span) -> Frame {
        let converted = convert(&self.of(from), &self.of(to), span, &|_| ()).unwrap();
        let frame = read(&self.of(to));
        assert_eq!(converted.rows, frame.len() as u64);
        let pieces = |name: &str| !matches!(Format::of(name.as_ref()).unwrap(), Format::Json | Format::Atra);
        assert_eq!(converted.in_pieces, pieces(from) && pieces(to));
        frame
    }

    fn fails(&self, from: &str, to: &str) -> String {
        convert(&self.of(from), &self.of(to), Span::default(), &|_| ()).unwrap_err().to_string()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn read(path: &std::path::Path) -> Frame {
    files::read(path, |file| Box::new(file)).unwrap()
}

/// Rows of four numbers, some of them gaps, and a cell of text in row `odd`.
fn csv(odd: Option<u32>) -> String {
    let mut text = String::from("time,a,b,c,d\n");
    for row in 0..ROWS {
        let gap = if row % 1_000 == 7 { String::new() } else { format!("{}", f64::from(row) / 8.0) };
        let odd = if odd == Some(row) { "odd" } else { "1.5" };
        writeln!(text, "{},{gap},{},{odd},{row}", 1_700_000_000_000 + i64::from(row) * 60_000, row % 13)
            .unwrap();
    }
    text
}

/// Only the whole of a file whose newest row comes first can be turned round.
#[test]
fn the_newest_row_may_come_first() {
    let files = Files::new();
    write(files.of("a.csv"), csv(None)).unwrap();
    let text = csv(None);
    let (header, rows) = text.split_once('\n').unwrap();
    let backwards: Vec<&str> = rows.lines().rev().collect();
    write(files.of("b.csv"), format!("{header}\n{}\n", backwards.join("\n"))).unwrap();
    let converted = convert(&files.of("b.csv"), &files.of("c.jsonl"), Span::default(), &|_| ()).unwrap();
    assert_eq!((converted.rows, converted.in_pieces), (u64::from(ROWS), false));
    files.convert("a.csv", "d.jsonl", Span::default());
    assert!(read_to_string(files.of("c.jsonl")).unwrap() == read_to_string(files.of("d.jsonl")).unwrap());
}

#[test]
fn pieces_are_the_whole() {
    let files = Files::new();
    write(files.of("a.csv"), csv(None)).unwrap();
    let whole = read(&files.of("a.csv"));
    assert_eq!(whole.len(), ROWS as usize);
    let same = |frame: &Frame, expected: &Frame| {
        let bits = |frame: &Frame, name: &str| -> Vec<u64> {
            frame.column(name).unwrap().iter().map(|value| value.to_bits()).collect()
        };
        assert_eq!(frame.time(), expected.time());
        assert!(frame.column_names().eq(expected.column_names()));
        assert!(frame.column_names().all(|name| bits(frame, name) == bits(expected, name)));
    };
    let mut chain = vec!["a.csv", "b.jsonl.gz", "c.csv.zst", "d.atra", "e.jsonl"];
    if cfg!(feature = "parquet") {
        chain.extend(["f.parquet", "g.parquet", "h.csv"]);
    }
    for pair in chain.windows(2) {
        same(&files.convert(pair[0], pair[1], Span::default()), &whole);
    }
    let at = |row: usize| Some(whole.time()[row]);
    for (from, to) in [(at(3), at(5)), (None, at(1)), (at(60_000), None), (at(9), at(9))] {
        let rows = whole.between(from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
        for (from_file, to_file) in
            [("a.csv", "z.jsonl"), ("d.atra", "y.csv"), (chain[chain.len() - 1], "x.csv")]
        {
            if rows.is_empty() && to_file.ends_with("jsonl") {
                continue; // lines of nothing do not name columns
            }
            let span = Span { from, to };
            if rows.is_empty() {
                assert_eq!(convert(&files.of(from_file), &files.of(to_file), span, &|_| ()).unwrap().rows, 0);
                assert_eq!(read_to_string(files.of(to_file)).unwrap(), "time,a,b,c,d\n");
            } else {
                same(&files.convert(from_file, to_file, span), &rows);
            }
        }
    }
}

#[test]
fn what_only_the_end_tells_is_learned() {
    let files = Files::new();
    write(files.of("a.csv"), csv(Some(ROWS - 2))).unwrap();
    let frame = files.convert("a.csv", "a.jsonl", Span::default());
    assert!(frame.column_names().eq(["a", "b", "d"]));
    assert_eq!(frame.len(), ROWS as usize);
    // The first piece's times pass for seconds, and the last one's do not.
    let mut text = String::new();
    for row in 0..ROWS {
        let odd = if row == ROWS - 1 { "\"odd\"" } else { "7" };
        writeln!(text, "{{\"a\":1.5,\"b\":{odd},\"c\":2,\"d\":3,\"time\":{}}}", row * 10_000).unwrap();
    }
    writeln!(text, "{{\"a\":2.5,\"time\":200000000000}}").unwrap();
    write(files.of("b.jsonl"), text).unwrap();
    let frame = files.convert("b.jsonl", "b.csv", Span::default());
    assert!(frame.column_names().eq(["a", "c", "d"]));
    assert_eq!(frame.time()[..2], [0, 10_000]);
    assert!(frame.column("c").unwrap()[frame.len() - 1].is_nan());
}

#[test]
fn what_fails_leaves_what_was_there() {
    let files = Files::new();
    write(files.of("old.csv"), "time,close\n1,2\n").unwrap();
    for (name, text, message) in [
        ("a.csv", csv(None) + "1,2,3,4,5\n", "line 80002, column time: 1 is earlier than the row before"),
        ("b.csv", csv(None) + "1,2,3\n", "line 80002: 3 cells where the first line has 5"),
        ("c.jsonl", "{\"time\":5,\"a\":1}\n".repeat(2), "times must increase"),
        ("d.csv", String::new(), "the file is empty"),
        ("e.csv", "time,close\n".to_owned(), "there is a header but no row"),
        ("f.jsonl", "\n".to_owned(), "the file is empty"),
    ] {
        write(files.of(name), text).unwrap();
        let error = files.fails(name, "old.csv");
        assert!(error.contains(name) && error.contains(message), "{error}");
        std::fs::remove_file(files.of(name)).unwrap();
    }
    assert!(files.fails("none.csv", "old.csv").contains("none.csv: cannot read"));
    assert_eq!(read_to_string(files.of("old.csv")).unwrap(), "time,close\n1,2\n");
    assert_eq!(files.names(), ["old.csv"]);
    // A piece that begins before the last ended.
    let mut text = String::new();
    for row in 0..ROWS {
        writeln!(
            text,
            "{{\"time\":{},\"a\":1,\"b\":2,\"c\":3}}",
            1_700_000_000_000 + i64::from(row % 65_536)
        )
        .unwrap();
    }
    write(files.of("a.jsonl"), text).unwrap();
    let error = files.fails("a.jsonl", "old.csv");
    assert!(error.contains("row 65536: time 1700000000000 is not after the row before it"), "{error}");
    assert!(files.fails("a.jsonl", "none/b.csv").contains("b.csv: cannot write"));
    drop(File::create(files.of("new.csv")).unwrap());
    assert_eq!(files.names(), ["a.jsonl", "new.csv", "old.csv"]);
}

/// Names that only their case tells apart, and names of times that are columns.
#[test]
fn names_come_back() {
    let files = Files::new();
    let mut frame = Frame::new(vec![1_700_000_000_000, 1_700_000_060_000]).unwrap();
    for name in ["Close", "close", "Time", "RSI", "open_time", "date"] {
        frame = frame.with_column(name, vec![1.5, 2.5]).unwrap();
    }
    files::write(&frame, &files.of("a.csv")).unwrap();
    assert_eq!(read(&files.of("a.csv")), frame);
    assert_eq!(files.convert("a.csv", "b.jsonl", Span::default()), frame);
    assert_eq!(files.convert("b.jsonl", "c.csv", Span::default()), frame);
    for (line, message) in [
        ("{\"open_time\":1,\"time\":1}", "line 1: not an object of this file's columns: two times"),
        ("{\"time\":1}\n{\"date\":2}", "line 2: not an object of this file's columns: a column `date`"),
    ] {
        write(files.of("d.jsonl"), line).unwrap();
        let error = files.fails("d.jsonl", "e.csv");
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn byte_order_marks_are_passed_over() {
    let files = Files::new();
    for (name, text) in [
        ("a.csv", "time,close\n1700000000000,1.5\n"),
        ("a.jsonl", "{\"time\":1700000000000,\"close\":1.5}\n"),
        ("b.jsonl", "\n{\"time\":1700000000000,\"close\":1.5}\n"),
        ("a.json", "{\"time\":[1700000000000],\"close\":[1.5]}"),
    ] {
        write(files.of(name), format!("\u{feff}{text}")).unwrap();
        let frame = read(&files.of(name));
        assert_eq!((frame.time(), frame.column("close").unwrap()), (&[1_700_000_000_000][..], &[1.5][..]));
        assert_eq!(files.convert(name, "z.csv", Span::default()), frame);
    }
}

/// Written whole or not at all; what a program that was ended has left is taken again.
#[test]
fn files_take_their_names_when_they_are_whole() {
    let files = Files::new();
    // A time that no text has, behind rows that were written.
    let time = (0..ROWS).map(i64::from).chain([i64::MAX]).collect();
    let frame = Frame::new(time).unwrap();
    for name in ["a.csv", "a.jsonl.gz"] {
        write(files.of(name), "old").unwrap();
        let error = files::write(&frame, &files.of(name)).unwrap_err().to_string();
        assert!(error.contains("the time 9223372036854775807 would not be read back"), "{error}");
        assert_eq!(read_to_string(files.of(name)).unwrap(), "old");
    }
    assert_eq!(files.names(), ["a.csv", "a.jsonl.gz"]);

    write(files.of(".a.csv.0.part"), "left".repeat(100)).unwrap();
    let frame = frame.slice(..2);
    files::write(&frame, &files.of("a.csv")).unwrap();
    assert_eq!(read(&files.of("a.csv")), frame);
    assert_eq!(files.names(), ["a.csv", "a.jsonl.gz"]);
    // Two write to one name.
    let first = files::Beside::create(&files.of("a.csv")).unwrap();
    files::write(&frame, &files.of("a.csv")).unwrap();
    assert_eq!(files.names(), [".a.csv.0.part", "a.csv", "a.jsonl.gz"]);
    first.finish().unwrap();
    assert_eq!(read_to_string(files.of("a.csv")).unwrap(), "");
    assert_eq!(files.names(), ["a.csv", "a.jsonl.gz"]);
}

/// A link stays a link, a file its owner's.
#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let files = Files::new();
    write(files.of("a.csv"), "time,close\n1,2\n").unwrap();
    write(files.of("b.jsonl"), "").unwrap();
    std::fs::set_permissions(files.of("b.jsonl"), PermissionsExt::from_mode(0o600)).unwrap();
    symlink(files.of("b.jsonl"), files.of("link.jsonl")).unwrap();
    assert_eq!(files.convert("a.csv", "link.jsonl", Span::default()).len(), 1);
    assert!(files.of("link.jsonl").symlink_metadata().unwrap().is_symlink());
    assert_eq!(files.of("b.jsonl").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(read(&files.of("b.jsonl")).len(), 1);
    // So does one that points to nothing yet.
    symlink(files.of("new.csv"), files.of("link.csv")).unwrap();
    assert_eq!(files.convert("a.csv", "link.csv", Span::default()).len(), 1);
    assert!(files.of("link.csv").symlink_metadata().unwrap().is_symlink());
    assert_eq!(read(&files.of("new.csv")).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the last time is, which tells readers the unit.
    #[test]
    fn times_of_every_age_come_back(
        times in prop_oneof![
            proptest::collection::btree_set(-315_000_000_000..315_000_000_000_i64, 1..20), // 1960 to 1979
            proptest::collection::btree_set(-62_000_000_000_000..253_000_000_000_000_i64, 1..20), // 0005 to 9987
            proptest::collection::btree_set(-9_000..9_000_i64, 1..20),
        ],
    ) {
        let files = Files::new();
        let frame = Frame::new(times.iter().copied().collect()).unwrap();
        let frame = frame.with_column("close", vec![1.5; times.len()]).unwrap();
        for name in ["a.csv", "a.jsonl"] {
            files::write(&frame, &files.of(name)).unwrap();
            prop_assert_eq!(&read(&files.of(name)), &frame);
        }
        prop_assert_eq!(&files.convert("a.csv", "b.jsonl", Span::default()), &frame);
        prop_assert_eq!(&files.convert("a.jsonl", "b.csv", Span::default()), &frame);
    }
}

/// The first piece's last time tells how all are written.
#[test]
fn times_of_every_age_come_back_in_pieces() {
    let files = Files::new();
    for (first, is_number) in [(-300_000_000_000, false), (-150_000_000_000, false), (0, true)] {
        let time = (0..i64::from(ROWS)).map(|row| first + row * 3_600_000).collect();
        let mut frame = Frame::new(time).unwrap();
        for name in ["a", "b", "c", "d"] {
            frame = frame.with_column(name, vec![1.5; ROWS as usize]).unwrap();
        }
        files::write(&frame, &files.of("a.csv")).unwrap();
        assert_eq!(files.convert("a.csv", "b.jsonl", Span::default()), frame);
        assert_eq!(files.convert("b.jsonl", "c.csv", Span::default()), frame);
        let text = read_to_string(files.of("c.csv")).unwrap();
        assert_eq!(text.contains(&format!("\n{first},")), is_number);
    }
}
