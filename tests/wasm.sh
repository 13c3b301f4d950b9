#!/usr/bin/env bash
# The indicators inside a real browser, and the same bits as natively.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/tools.sh"
cd "$root"

wasm-pack test --headless --chrome --chromedriver "$CHROMEDRIVER" wasm

# Every output of every indicator on real candles, as a hash of its bits: from the native library, and from the npm
# package.
frames=$(mktemp -d)
trap 'rm -rf "$frames"' EXIT
cargo run --quiet -p atra-tests --example bits -- "$frames"
passed=0
failed=0
for frame in "$frames"/*.atra; do
  for scalar in "" 1; do # with vectors, and without
    if SCALAR=$scalar node wasm/test/bits.mjs "$frame" | diff "${frame%.atra}.bits" - >&2; then
      passed=$((passed + 1))
    else
      echo "native and wasm differ on $(basename "$frame" .atra)${scalar:+, without vectors}" >&2
      failed=$((failed + 1))
    fi
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
