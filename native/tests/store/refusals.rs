//! Files the store does not open, and what it says about them.

use std::fs;
use std::thread;

use atra::ErrorKind;

use super::*;

fn refusal(path: impl AsRef<std::path::Path>) -> (ErrorKind, String) {
    let error = Store::open(path).unwrap_err();
    (error.kind(), error.to_string())
}

#[test]
fn what_is_not_a_database() {
    let place = Place::new();
    let text = "time,open\n".repeat(1000);
    fs::write(place.path(), &text).unwrap();
    let path = place.path().display().to_string();
    assert_eq!(refusal(place.path()), (ErrorKind::Database, format!("`{path}` is not an SQLite database")));
    assert_eq!(fs::read_to_string(place.path()).unwrap(), text, "and it is left alone");
}

#[test]
fn places_where_nothing_can_be() {
    let place = Place::new();
    let directory = place.0.path().display().to_string();
    assert_eq!(refusal(&directory), (ErrorKind::Io, format!("cannot open `{directory}`: it is a directory")));
    assert_eq!(
        refusal(format!("{directory}/no/bot.db")),
        (
            ErrorKind::Io,
            format!("cannot open `{directory}/no/bot.db`: the directory `{directory}/no` does not exist")
        )
    );
    for path in ["", ":memory:"] {
        assert_eq!(
            refusal(path),
            (ErrorKind::Parameter, format!("`{path}` is not the path of a file; the store needs one"))
        );
    }
    let error = StoreOptions::new().readers(0).open(place.path()).unwrap_err();
    assert_eq!(error.to_string(), "readers 0 must be at least 1");
}

/// SQLite says only that the database, which can be written, is read-only.
#[test]
#[cfg(unix)]
fn a_directory_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    place.open().close().unwrap();
    let directory = place.0.path();
    let allow = |mode| fs::set_permissions(directory, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    // To the superuser nothing is forbidden.
    let is_forbidden = fs::write(directory.join("probe"), "").is_err();
    let opened = Store::open(place.path());
    allow(0o755);
    if is_forbidden {
        let error = opened.unwrap_err();
        let (file, directory) = (place.path().display().to_string(), directory.display());
        let said = format!(
            "cannot open `{file}`: the directory `{directory}` cannot be written, and the write-ahead log belongs there"
        );
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Io, said));
    }
}

#[test]
fn databases_of_others_and_of_the_future() {
    let place = Place::new();
    let path = place.path().display().to_string();
    place.open().close().unwrap();
    place.outside().pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(
        refusal(&path),
        (
            ErrorKind::Database,
            format!(
                "cannot open `{path}`: it was written by a newer version of atra (schema 99); this one knows up to 4"
            )
        )
    );

    let place = Place::new();
    let path = place.path().display().to_string();
    place.outside().execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)").unwrap();
    assert_eq!(
        refusal(&path),
        (
            ErrorKind::Database,
            format!(
                "cannot open `{path}`: it is a database of another program; the store needs a file of its own"
            )
        )
    );
    assert_eq!(place.count("SELECT count(*) FROM sqlite_schema"), 1);
}

#[test]
fn a_damaged_file_is_an_error() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..2000)).unwrap();
    store.close().unwrap();
    let mut bytes = fs::read(place.path()).unwrap();
    // Everything past the first page, which names the tables.
    bytes[4096..].fill(0xa5);
    fs::write(place.path(), bytes).unwrap();
    let opened = Store::open(place.path());
    let error = opened.and_then(|store| store.symbols().map(drop)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Database);
    assert!(error.to_string().contains("database disk image is malformed"), "{error}");
}

#[test]
fn many_may_create_the_same_file_at_once() {
    for _ in 0..5 {
        let place = Place::new();
        thread::scope(|scope| {
            for thread in 0..6 {
                let place = &place;
                scope.spawn(move || place.open().add_user(&thread.to_string()).unwrap());
            }
        });
        assert_eq!(place.count("SELECT count(*) FROM users"), 6);
        place.assert_sound();
    }
}
