//! sqlx's part of the store's benchmark: `bench-sqlx FULL|NORMAL TASKS ROWS` has each task write so many rows, and prints rows, seconds and latencies.

use std::str::FromStr;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

fn main() {
    let mut args = std::env::args().skip(1);
    let level = args.next().unwrap_or_default();
    let tasks: usize = args.next().and_then(|text| text.parse().ok()).unwrap_or(8);
    let rows: u64 = args.next().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let directory = tempfile::tempdir_in(".").unwrap();
    let path = directory.path().join("bench.db");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::from_str(path.to_str().unwrap())
            .unwrap()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_secs(30))
            .synchronous(if level == "FULL" { SqliteSynchronous::Full } else { SqliteSynchronous::Normal });
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(options)
            .await
            .unwrap();
        sqlx::raw_sql(include_str!("../../schema.sql")).execute(&pool).await.unwrap();
        let started = Instant::now();
        let running: Vec<_> = (0..tasks as i64)
            .map(|task| {
                let pool = pool.clone();
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    let mut number = task << 32;
                    for _ in 0..rows {
                        let begun = Instant::now();
                        number += 1;
                        sqlx::query(include_str!("../../insert.sql"))
                            .bind(1_i64)
                            .bind(number)
                            .bind("BTCUSDT")
                            .bind("x".repeat(200))
                            .execute(&pool)
                            .await
                            .unwrap();
                        times.push(begun.elapsed());
                    }
                    times
                })
            })
            .collect();
        let mut all = Histogram::<u64>::new(3).unwrap();
        for task in running {
            for time in task.await.unwrap() {
                all.record(time.as_nanos() as u64).unwrap();
            }
        }
        let at = |quantile| all.value_at_quantile(quantile);
        println!("{} {} {} {} {}", all.len(), started.elapsed().as_nanos(), at(0.5), at(0.99), at(0.999));
    });
}
