#!/usr/bin/env bash
# Builds the store's benchmark and sqlx's part of it, and runs them. Arguments name parts: lone, writes, bulk, reads, candles, load.
set -euo pipefail
cd "$(dirname "$0")/../.."
(cd tests/bench/sqlx && cargo build --release --quiet --target-dir ../../../target/bench-sqlx)
(cd tests/bench/store && cargo build --release --quiet --target-dir ../../../target/bench)
# On the disk of the checkout: /tmp may be memory, where nothing is waited for.
cd target
BENCH_SQLX=$PWD/bench-sqlx/release/bench-sqlx exec bench/release/bench-store "$@"
