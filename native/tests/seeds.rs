//! The fuzzer's checks over its seeds, as they are and altered at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking
#![allow(clippy::needless_pass_by_value)]

use std::fs;

use atra_tests::path;

#[path = "../../tests/fuzz/checks/codec.rs"]
mod codec;
#[path = "../../tests/fuzz/checks/csv.rs"]
mod csv;
#[path = "../../tests/fuzz/checks/state.rs"]
mod state;

fn check_all(target: &str, check: fn(&[u8]), rounds: usize) {
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below.max(1) as u64).unwrap()
    };
    let mut seeds = 0;
    for entry in fs::read_dir(path("fuzz/seeds").join(target)).unwrap() {
        let seed = fs::read(entry.unwrap().path()).unwrap();
        check(&seed);
        seeds += 1;
        for _ in 0..rounds {
            let mut bytes = seed.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                let byte = [0, 1, 0x7f, 0x80, 0xff, b'\n', b'"', u8::try_from(next(256)).unwrap()][next(8)];
                match next(4) {
                    0 => bytes.insert(at, byte),
                    1 if bytes.len() > 1 => drop(bytes.remove(at)),
                    2 => bytes.truncate(at + 1),
                    _ => bytes[at] = byte,
                }
            }
            check(&bytes);
        }
    }
    assert!(seeds >= 3, "{target}");
}

#[test]
fn bytes_of_frames() {
    check_all("codec", codec::check, 2_000);
}

#[test]
fn lines_of_csv() {
    check_all("csv", csv::check, 3_000);
}

#[test]
fn states_of_streams() {
    check_all("state", state::check, 1_000);
}
