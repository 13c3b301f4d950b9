//! Where the database is, whatever became of the path that it was opened by.
#![cfg(feature = "store")]
// Helpers of tests are tests too.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};
use std::{env, fs};

use atra::store::{Store, StoreOptions};
use atra::{Candle, ErrorKind, Frame};

/// The directory is the whole process's, so this is the only test of this program that minds it.
#[test]
fn a_relative_path_survives_a_change_of_directory() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    env::set_current_dir(here.path()).unwrap();
    let store = StoreOptions::new().readers(2).open("bot.db").unwrap();
    assert!(store.path().is_absolute(), "{store:?}");
    env::set_current_dir(there.path()).unwrap();

    // The writer, which has its log copied meanwhile and looks whether that is still there; and new readers.
    let candle = |time| Candle { time, open: 1.0, high: 1.0, low: 1.0, close: 1.0, volume: 1.0 };
    for round in 0..40 {
        let frame = Frame::candles((0..5000).map(|bar| candle(round * 5000 + bar))).unwrap();
        store.upsert_candles("X", "1m", &frame).unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    store.add_user("ada").unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(store.users().unwrap().len(), 1);
    drop(snapshot);
    store.backup("copy.db", |_, _| ()).unwrap();
    let bytes = |name: &str| store.info().unwrap().into_iter().find(|fact| fact.0 == name).unwrap().1;
    assert_ne!(bytes("file bytes"), "0");
    store.close().unwrap();

    assert!(there.path().join("copy.db").exists() && !there.path().join("bot.db").exists());
    assert_eq!(Store::open(here.path().join("bot.db")).unwrap().users().unwrap().len(), 1);
}

/// The log lies beside the file, not beside a link to it.
#[test]
#[cfg(unix)]
fn behind_a_link_a_deleted_log_is_noticed() {
    let directory = tempfile::tempdir().unwrap();
    let (file, link) = (directory.path().join("bot.db"), directory.path().join("link.db"));
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let store = Store::open(&link).unwrap();
    store.add_user("ada").unwrap();
    fs::remove_file(directory.path().join("bot.db-wal")).unwrap();
    let end = Instant::now() + Duration::from_secs(10);
    let error = loop {
        match store.write(|_| Ok(())) {
            Ok(()) => assert!(Instant::now() < end, "never noticed"),
            Err(error) => break error,
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(error.kind(), ErrorKind::Closed);
    assert!(error.to_string().contains("write-ahead log was deleted"), "{error}");
    drop(store);
    assert_eq!(Store::open(&file).unwrap().users().unwrap().len(), 1);
}
