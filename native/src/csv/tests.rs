use super::*;

#[test]
fn binance_dumps_need_no_header() {
    let row = |time: &str| format!("{time},1.5,2.5,1.0,2.0,10,{time},20,3,4,5,0\n");
    for (first, second) in [("1704067200000", "1704070800000"), ("1704067200000000", "1704070800000000")] {
        let frame = read_candles((row(first) + &row(second)).as_bytes()).unwrap();
        assert_eq!(frame.time(), [1_704_067_200_000, 1_704_070_800_000]);
        assert_eq!(frame.column("low").unwrap(), [1.0, 1.0]);
    }
}

#[test]
fn messages_name_line_and_column() {
    const HEADER: &str = "time,open,high,low,close,volume\n";
    for (rows, message) in [
        ("", "there is a header but no row of candles under it"),
        ("1,1,1,1,1\n", "line 2: 5 cells where the first line has 6"),
        ("1,1,1,1,1,1\n2,1,x,1,1,1\n", "line 3, column high: x is not a finite number"),
        ("1,1,1,,1,1\n", "line 2, column low: an empty cell is not a finite number"),
        ("1,1,1,1,NaN,1\n", "line 2, column close: NaN is not a finite number"),
        ("1,inf,1,1,1,1\n", "line 2, column open: inf is not a finite number"),
        ("1,2,1,2,2,1\n", "line 2: high 1 is below low 2"),
        ("1,1,1,1,1,-3\n", "line 2: volume -3 is negative; it must be 0 or more"),
        (
            "1,1,1,1,1,1\n1,1,1,1,1,1\n",
            "line 3, column time: 1 repeats the time of the row before; times must increase",
        ),
        (
            "1,1,1,1,1,1\n3,1,1,1,1,1\n2,1,1,1,1,1\n",
            "line 4, column time: 2 is earlier than the row before; times must increase",
        ),
        (
            "3,1,1,1,1,1\n1,1,1,1,1,1\n2,1,1,1,1,1\n",
            "line 4, column time: 2 is later than the row before; times must decrease, as they began to",
        ),
        (
            "2,1,1,1,1,1\n1,1,1,1,1,1\n1,1,1,1,1,1\n",
            "line 4, column time: 1 repeats the time of the row before; times must increase",
        ),
        (
            "soon,1,1,1,1,1\n",
            "line 2, column time: `soon` is not a time; write Unix s, ms or µs, or an ISO date like 2024-01-31T12:00:00Z",
        ),
    ] {
        let error = read_candles((HEADER.to_owned() + rows).as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.kind(), ErrorKind::Data);
    }
    let error = read_candles("".as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the file is empty; it needs a header line and rows of candles");
    let error = read_candles("time,close\n1,2\n".as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1: the header lacks open, high, low, volume; a candle needs time, open, high, low, close, volume"
    );
    let error = read_candles(&[0xff, 0xfe, 0, 1][..]).unwrap_err();
    assert_eq!(error.to_string(), "line 1: not UTF-8 text; is this a CSV file?");
    let error = read_candles("a,b\n1,2\n".as_bytes()).unwrap_err();
    assert!(error.to_string().starts_with("line 1: neither a header with a time column"), "{error}");
}

#[test]
fn other_columns_may_have_gaps_and_text() {
    let text = "\u{feff}Date, Close ,funding,note\r\n\r\n2024-01-01,1,,first\r\n2024-01-02,2,0.5,\r\n";
    let table = read(text.as_bytes()).unwrap();
    assert_eq!(*table.numbers("close").unwrap(), [1.0, 2.0]);
    let funding = table.numbers("funding").unwrap();
    assert!(funding[0].is_nan() && funding[1] == 0.5);
    let error = table.numbers("note").unwrap_err();
    assert_eq!(error.to_string(), "column `note` is not numeric: line 3 has `first`");
    assert_eq!(table.numbers("rate").unwrap_err().to_string(), "no column `rate`; there are: close, funding");
}

/// Names of columns are kept as they are, but those that are known.
#[test]
fn names_in_other_cases_are_others() {
    let names = |header: &str| {
        let cells = header.split(',').map(|_| "1").collect::<Vec<_>>().join(",");
        let frame = read(format!("{header}\n{cells}\n").as_bytes()).unwrap().into_frame();
        frame.column_names().map(str::to_owned).collect::<Vec<_>>().join(",")
    };
    assert_eq!(names("Date,Open,VOLUME,RSI,rsi,Zeit"), "open,volume,RSI,rsi,Zeit");
    assert_eq!(names("time,Close,close,Time"), "Close,close,Time");
    let error = read("time,close,close\n1,1,1\n".as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "line 1: two columns are named `close`");
}

/// A line, or a cell in quotes that never ends, is given up after a megabyte.
#[test]
fn lines_without_end_are_errors() {
    let head = "time,open,high,low,close,volume\n1,1,1,1,1,1\n";
    for (start, endless) in [("", "7"), ("1,\"", "a\n"), ("1,\"", "\"\"\n")] {
        let rest = std::iter::repeat_n(endless, 1 << 40).flat_map(str::bytes).reads();
        let input = head.as_bytes().chain(start.as_bytes()).chain(rest);
        let error = read(input).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3: longer than 1048576 bytes; is this a CSV file?",
            "{start}{endless}"
        );
    }
    let wide = format!("time,note\n1,{}\n2,{}\n", "a".repeat(900_000), "b".repeat(900_000));
    assert_eq!(read(wide.as_bytes()).unwrap().frame().len(), 2);
}

/// Bytes of an iterator, to be read.
trait Reads: Iterator<Item = u8> + Sized {
    fn reads(self) -> impl Read {
        struct Bytes<I>(I);
        impl<I: Iterator<Item = u8>> Read for Bytes<I> {
            fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
                Ok(out.iter_mut().zip(&mut self.0).map(|(out, byte)| *out = byte).count())
            }
        }
        Bytes(self)
    }
}
impl<I: Iterator<Item = u8>> Reads for I {}

/// What [`read`] refuses is told of row by row.
#[test]
fn files_are_examined_as_they_are() {
    let text = "time,open,high,low,close,volume\n1,1,2,1,1,1\n1,1,2,1,,1\n3,1,1,2,1,1\n2,1,1,1,1,-1\n";
    assert!(read(text.as_bytes()).is_err());
    let report = examine(text.as_bytes()).unwrap();
    let found: Vec<(String, usize)> =
        report.issues.iter().map(|issue| (issue.finding.to_string(), issue.row)).collect();
    let expected = [
        ("earlier than the row before", 3),
        ("time repeated", 1),
        ("not a finite number", 1),
        ("high below low", 2),
        ("negative volume", 3),
    ];
    assert_eq!(found, expected.map(|(finding, row)| (finding.to_owned(), row)));
    assert_eq!(examine("time\nsoon\n".as_bytes()).unwrap_err().kind(), ErrorKind::Data);
}
