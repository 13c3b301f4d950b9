//! What the first line of a CSV file says of its columns.

use std::borrow::Cow;

use atra_core::{Candle, Error, ErrorKind, Result};
use csv::StringRecord;

use super::time::Stamp;

/// What a header may call the time.
pub(crate) const TIME_NAMES: [&str; 6] = ["time", "timestamp", "date", "datetime", "open_time", "unix"];

/// What it may call the volume, if nothing else is called so: what was traded, or how often.
const VOLUME_NAMES: [&str; 3] = ["vol", "tick_volume", "tickvol"];

/// The columns of files without a header: of candles alone, and of Binance's kline dumps.
const CANDLE: [&str; 6] = ["time", "open", "high", "low", "close", "volume"];
const KLINE: [&str; 12] = [
    "time",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "close_time",
    "quote_volume",
    "trades",
    "taker_buy_volume",
    "taker_buy_quote_volume",
    "ignore",
];

/// A file's columns.
pub(super) struct Header {
    /// Known ones by the names they have here, others as the file has them.
    pub(super) names: Vec<String>,
    pub(super) time_at: TimeAt,
    /// Whether the line that told so is a row itself.
    pub(super) is_a_row: bool,
}

impl Header {
    pub(super) fn of(line: u64, record: &StringRecord) -> Result<Self> {
        let cells: Vec<&str> = record.iter().map(|cell| cell.trim_start_matches('\u{feff}')).collect();
        let names = names(&cells);
        if let Some(time_at) = TimeAt::of(&names) {
            return Ok(Self { names, time_at, is_a_row: false });
        }
        let without: &[&str] = if cells.len() == KLINE.len() { &KLINE } else { &CANDLE };
        let is_time = |cell: &&str| Stamp::parse(cell).is_some();
        let is_numeric = |cell: &&str| cell.parse::<f64>().is_ok();
        if cells.len() == without.len() && is_time(&cells[0]) && cells[1..].iter().all(is_numeric) {
            let names = without.iter().map(|name| (*name).to_owned()).collect();
            return Ok(Self { names, time_at: TimeAt::One(0), is_a_row: true });
        }
        let found: Vec<&str> = record.iter().take(12).collect();
        Err(Error::new(
            ErrorKind::Data,
            format!(
                "line {line}: neither a header with a time column ({}) nor a row of a time and 5 numbers, or of the 12 numbers \
                 of a Binance kline: `{}`",
                TIME_NAMES.join(", "),
                found.join(",").chars().take(80).collect::<String>()
            ),
        ))
    }
}

/// Names that mean something are written in any case and as other programs do, unless that is what tells two columns apart.
fn names(cells: &[&str]) -> Vec<String> {
    // MetaTrader has all names in angle brackets.
    let bare = |cell: &&str| cell.strip_prefix('<')?.strip_suffix('>').map(str::to_owned);
    let mut names: Vec<String> = (cells.iter().map(bare).collect::<Option<_>>())
        .unwrap_or_else(|| cells.iter().map(|cell| (*cell).to_owned()).collect());
    let plain: Vec<String> = names.iter().map(|name| name.to_lowercase().replace(' ', "_")).collect();
    let is_known = |name: &str| TIME_NAMES.contains(&name) || Candle::COLUMNS.contains(&name);
    let is_one = |name: &str| plain.iter().filter(|other| *other == name).count() == 1;
    for (name, plain) in names.iter_mut().zip(&plain) {
        if is_known(plain) && is_one(plain) {
            name.clone_from(plain);
        }
    }
    // Only of candles that lack nothing else.
    let lacks: Vec<&str> =
        Candle::COLUMNS.into_iter().filter(|name| !plain.iter().any(|plain| plain == name)).collect();
    if lacks == ["volume"]
        && let Some(alias) = VOLUME_NAMES.iter().find(|alias| is_one(alias))
        && let Some(at) = plain.iter().position(|name| name == alias)
    {
        "volume".clone_into(&mut names[at]);
    }
    names
}

/// Where in a row its time stands.
#[derive(Clone, Copy)]
pub(super) enum TimeAt {
    One(usize),
    /// The day, and the time of that day.
    Two(usize, usize),
}

impl TimeAt {
    fn of(names: &[String]) -> Option<Self> {
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        match (place("date"), place("time")) {
            // The other way round, a time comes first that may be one by itself.
            (Some(date), Some(time)) if date < time => Some(Self::Two(date, time)),
            _ => names.iter().position(|name| TIME_NAMES.contains(&name.as_str())).map(Self::One),
        }
    }

    /// How many cells of a row it takes.
    pub(super) fn cells(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(..) => 2,
        }
    }

    pub(super) fn is_at(self, index: usize) -> bool {
        match self {
            Self::One(at) => index == at,
            Self::Two(date, time) => index == date || index == time,
        }
    }

    /// The time of a row as it is written.
    pub(super) fn cell(self, record: &StringRecord) -> Cow<'_, str> {
        match self {
            Self::One(at) => record[at].into(),
            Self::Two(date, time) => format!("{} {}", &record[date], &record[time]).into(),
        }
    }
}
