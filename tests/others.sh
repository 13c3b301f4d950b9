#!/usr/bin/env bash
# Files of atra's in other programs, and theirs in atra.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --profile test -p atra --features cli,parquet,arrow --bin atra --example exchange
python3 tests/others.py target/debug/atra target/debug/examples/libexchange.so
