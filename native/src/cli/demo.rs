//! `atra demo`: real candles through every room of the house.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use atra::store::CandleQuery;
use atra::{Args, Candle, Error, ErrorKind, Frame, Result, Store, csv, registry, strategy};

use super::output::{Output, grouped, table};
use super::serve::At;
use super::signals::run_strategy;

/// Sample candles: symbol, interval, CSV.
const SAMPLES: [(&str, &str, &[u8]); 4] = [
    ("BTCUSD", "4h", include_bytes!("../../data/btcusd_4h.csv")),
    ("AAPL", "1d", include_bytes!("../../data/aapl_1d.csv")),
    ("IBM", "1d", include_bytes!("../../data/ibm_1d.csv")),
    ("US500", "1m", include_bytes!("../../data/us500_1m.csv")),
];

/// The series that is replayed live, and how many of its last candles are kept back for that.
const LIVE: (&str, usize) = ("BTCUSD", 1000);

/// A replayed bar forms in so many steps, this long each.
const STEPS: u32 = 12;
const STEP: Duration = Duration::from_millis(150);

#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Directory for the database, kept afterwards; by default a temporary one.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Print the summary and end, without serving the chart.
    #[arg(long)]
    no_serve: bool,
    #[command(flatten)]
    at: At,
}

/// What the demo counted.
#[derive(Default)]
struct Counts {
    candles: usize,
    values: usize,
    signals: usize,
}

impl Demo {
    pub(crate) fn run(self) -> Result<()> {
        // A taken port is found out before any work is done.
        let server = if self.no_serve { None } else { Some(self.at.bind()?) };
        let temporary = match &self.dir {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(|error| {
                Error::new(ErrorKind::Io, format!("cannot make a temporary directory: {error}"))
            })?),
        };
        let dir = self.dir.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path));
        let path = fresh_database(dir.unwrap_or(Path::new(".")))?;
        let store = Store::open(&path)?;
        let held_back = work(&store)?;
        let Some(server) = server else { return store.close() };

        let stop = Arc::new(AtomicBool::new(false));
        let replay = {
            let (store, stop) = (store.clone(), Arc::clone(&stop));
            thread::spawn(move || replay(&store, &held_back, &stop))
        };
        println!("{} is replayed live", LIVE.0);
        let result = self.at.run(server, &store);
        stop.store(true, Ordering::Relaxed);
        let _ = replay.join();
        result
    }
}

/// The demo's database file in `dir`, without what an earlier demo left.
fn fresh_database(dir: &Path) -> Result<PathBuf> {
    let cannot = |what: &str, error: std::io::Error| {
        Error::new(ErrorKind::Io, format!("cannot {what} {}: {error}", dir.display())).with_source(error)
    };
    std::fs::create_dir_all(dir).map_err(|error| cannot("make", error))?;
    for name in ["demo.db", "demo.db-wal", "demo.db-shm"] {
        match std::fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot("clear", error)),
            _ => {}
        }
    }
    Ok(dir.join("demo.db"))
}

/// Import, indicators, signals; prints the summary and returns the candles kept back for the replay.
fn work(store: &Store) -> Result<Frame> {
    let (mut rows, mut all, mut held_back) = (Vec::new(), Counts::default(), Frame::default());
    rows.push(
        ["series", "candles", "import", "indicators", "values", "compute", "signals"]
            .map(str::to_owned)
            .to_vec(),
    );
    let (mut import_time, mut compute_time) = (Duration::ZERO, Duration::ZERO);
    for (symbol, interval, text) in SAMPLES {
        let started = Instant::now();
        let mut frame = csv::read_candles(text)?;
        if symbol == LIVE.0 {
            held_back = frame.tail(LIVE.1);
            frame = frame.head(frame.len() - held_back.len());
        }
        let candles = store.upsert_candles(symbol, interval, &frame)?;
        let imported = started.elapsed();

        let frame = store.candles(symbol, interval, CandleQuery::default())?;
        let started = Instant::now();
        let mut values = 0;
        for entry in registry::of_candles() {
            values += entry.build(&Args::new())?.compute_frame(&frame)?.iter().map(Vec::len).sum::<usize>();
        }
        let computed = started.elapsed();

        let signals = run_strategy(store, strategy::find(strategy::DEFAULT)?, symbol, interval)?.len();
        rows.push(vec![
            format!("{symbol} {interval}"),
            grouped(candles as u64),
            rate(candles, imported),
            registry::of_candles().count().to_string(),
            grouped(values as u64),
            rate(values, computed),
            grouped(signals as u64),
        ]);
        all.candles += candles;
        all.values += values;
        all.signals += signals;
        import_time += imported;
        compute_time += computed;
    }
    rows.push(vec![
        "all".to_owned(),
        grouped(all.candles as u64),
        rate(all.candles, import_time),
        registry::of_candles().count().to_string(),
        grouped(all.values as u64),
        rate(all.values, compute_time),
        grouped(all.signals as u64),
    ]);
    // What a page asks for again and again: the second time from the cache.
    for _ in 0..2 {
        for (symbol, interval, _) in SAMPLES {
            store.candles(symbol, interval, CandleQuery::last(1000))?;
        }
    }
    let stats = store.stats();
    let mut output = Output::stdout();
    output.write(&table(&rows))?;
    output.write(&format!(
        "store: {} writes in {} transactions, {} connections opened, {} busy errors, {} cache hits, {} misses\n",
        stats.writes,
        stats.groups,
        stats.connections_opened,
        stats.busy_errors,
        stats.cache_hits,
        stats.cache_misses
    ))?;
    output.finish()?;
    Ok(held_back)
}

/// `1.2 ms, 3,456,789 rows/s`
fn rate(rows: usize, time: Duration) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a positive number, shown to a person
    let per_second = (rows as f64 / time.as_secs_f64()) as u64;
    format!("{:.1} ms, {} rows/s", time.as_secs_f64() * 1e3, grouped(per_second))
}

/// Writes the kept-back candles one by one, each forming from its open over its extremes to its close.
fn replay(store: &Store, candles: &Frame, stop: &AtomicBool) {
    let Some((symbol, interval, _)) = SAMPLES.iter().find(|(symbol, ..)| *symbol == LIVE.0) else { return };
    for candle in (0..candles.len()).filter_map(|row| candles.candle(row)) {
        for step in 1..=STEPS {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let written = Frame::candles([forming(candle, step)])
                .and_then(|frame| store.upsert_candles(symbol, interval, &frame));
            if let Err(error) = written {
                eprintln!("error: the replay stopped: {error}");
                return;
            }
            thread::sleep(STEP);
        }
        let signals = strategy::find(strategy::DEFAULT)
            .and_then(|strategy| run_strategy(store, strategy, symbol, interval));
        if let Err(error) = signals {
            eprintln!("error: the replay stopped: {error}");
            return;
        }
    }
}

/// The candle as it stands after `step` of [`STEPS`]: from the open to the extreme behind it, to the other, to the
/// close.
fn forming(candle: Candle, step: u32) -> Candle {
    let Candle { open, high, low, close, volume, .. } = candle;
    let way = if close >= open { [open, low, high, close] } else { [open, high, low, close] };
    let part = f64::from(step) / f64::from(STEPS);
    let leg = ((step * 3).div_ceil(STEPS).max(1) as usize).min(3);
    let along = part * 3.0 - (leg as f64 - 1.0);
    let price = if step == STEPS { close } else { way[leg - 1] + (way[leg] - way[leg - 1]) * along };
    let seen = way[..leg].iter().copied().chain([price]);
    let (low, high) = seen
        .fold((price, price), |(low, high), seen| (atra::num::min(low, seen), atra::num::max(high, seen)));
    Candle { high, low, close: price, volume: volume * part, ..candle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_forms_into_itself_and_is_always_valid() {
        for (open, close) in [(10.0, 12.0), (12.0, 10.0), (11.0, 11.0)] {
            let candle = Candle { time: 0, open, high: 13.0, low: 9.0, close, volume: 60.0 };
            for step in 1..=STEPS {
                let forming = forming(candle, step);
                forming.validate().unwrap();
                assert!(forming.low >= candle.low && forming.high <= candle.high, "{forming:?}");
                assert!(forming.low <= forming.close && forming.close <= forming.high, "{forming:?}");
            }
            assert_eq!(forming(candle, STEPS), candle);
        }
    }
}
