#!/usr/bin/env bash
# Builds the codec's benchmark and runs it. `parquet`: Parquet in several settings, and against pyarrow and polars if
# they are installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
(cd tests/bench/codec && cargo build --release --quiet --target-dir ../../../target/bench)
bench=$PWD/target/bench/release/codec-bench
# Memory is kept once it was had, for all alike (pyarrow and polars do so by themselves); without that, writing into new
# memory measures how the system gives it.
export GLIBC_TUNABLES=${GLIBC_TUNABLES-glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296}
if [ "${1:-}" = parquet ]; then
  exec python3 tests/bench/parquet.py "$bench"
fi
exec "$bench"
