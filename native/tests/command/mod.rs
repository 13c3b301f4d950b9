//! The built command, run as a script runs it.
#![allow(dead_code)] // each file of tests uses some of it

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use atra_tests::path;
use tempfile::TempDir;

/// The built command.
pub(crate) fn atra() -> Command {
    Command::new(env!("CARGO_BIN_EXE_atra"))
}

pub(crate) fn run(args: &[&str]) -> Output {
    atra().args(args).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn run_with(args: &[&str], input: &str) -> Output {
    let mut child = atra()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

pub(crate) fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "nothing on stderr when all is well");
    text(&output.stdout).to_owned()
}

/// Exit 1, and its one line of error without `error: `.
pub(crate) fn fails(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}{}", text(&output.stdout), text(&output.stderr));
    let line = text(&output.stderr).strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'), "one line: {line}");
    line.strip_prefix("error: ").unwrap_or_else(|| panic!("{line}")).to_owned()
}

pub(crate) fn data(name: &str) -> String {
    path("data").join(name).to_str().unwrap().to_owned()
}

/// A directory with a database of the sample candles `name` as BTCUSD 1d.
pub(crate) fn database(name: &str) -> (TempDir, String) {
    let dir = TempDir::new().unwrap();
    let db = dir.path().join("bot.db").to_str().unwrap().to_owned();
    let stdout =
        succeeds(&run(&["import", "--db", &db, "--symbol", "BTCUSD", "--interval", "1d", &data(name)]));
    assert!(stdout.contains("1,246 candles"), "{stdout}");
    (dir, db)
}

pub(crate) fn write(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}
