//! The process dies at any moment: every acknowledged write is there, and none is there by half.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;

use super::*;

const PATH: &str = "ATRA_TEST_CRASH_PATH";

/// Not a test by itself: what the process does that gets killed. Two rows a write, and a line for every
/// acknowledgement.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn victim() {
    let Some(path) = env::var_os(PATH) else { return };
    let store = Store::open(path).unwrap();
    let process = std::process::id();
    thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for i in 0.. {
                    let name = format!("{process}-{thread}-{i}");
                    let line = format!("ack {name}\n");
                    store
                        .write(move |conn| {
                            conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?;
                            let id = conn.last_insert_rowid();
                            let sql =
                                "INSERT INTO user_data (user_id, key, value) VALUES (?1, 'k', zeroblob(200))";
                            Ok(conn.execute(sql, [id])?)
                        })
                        .unwrap();
                    // One call a line, so that a line is whole or missing.
                    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn a_killed_process_loses_nothing_it_acknowledged() {
    let place = Place::new();
    let mut acknowledged = 0;
    for round in 0_usize..200 {
        let mut victim = Command::new(env::current_exe().unwrap())
            .args(["crash::victim", "--exact", "--ignored", "--nocapture"])
            .env(PATH, place.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut names = Vec::new();
        let note = |line: std::io::Result<String>, names: &mut Vec<String>| {
            if let Some(name) = line.unwrap().strip_prefix("ack ") {
                names.push(name.to_owned());
            }
        };
        // Another number every round, the first being none at all.
        let stop = round * round * 7 % 60;
        while names.len() < stop {
            note(lines.next().unwrap(), &mut names);
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        // What it had said before it died.
        for line in lines {
            note(line, &mut names);
        }
        acknowledged += names.len();

        if place.path().exists() {
            // As the next process will find it: through a new store, whose opening recovers the log.
            place.open().close().unwrap();
            let conn = place.outside();
            let mut find = conn.prepare("SELECT count(*) FROM users WHERE name = ?1").unwrap();
            for name in &names {
                let found: i64 = find.query_row([name], |row| row.get(0)).unwrap();
                assert_eq!(found, 1, "{name} was acknowledged in round {round}");
            }
            assert_eq!(
                place.count("SELECT count(*) FROM users"),
                place.count("SELECT count(*) FROM user_data"),
                "half a write in round {round}"
            );
            if round % 20 == 19 {
                place.assert_sound();
            }
        }
    }
    assert!(acknowledged > 2000, "{acknowledged}");
}
