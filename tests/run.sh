#!/usr/bin/env bash
# Everything that is checked. Each stage runs whatever became of those before it; the last line is the total.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

passed=0
failed=0
broken=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# stage NAME COMMAND...: counts the tests its output reports, or the stage itself if it reports none.
stage() {
  local name=$1 started=$SECONDS good bad status
  shift
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  # cargo and wasm-pack: `test result: ok. 3 passed; 0 failed; …`; node: `# pass 3`; ours: `3 passed, 0 failed`.
  read -r good bad < <(awk '
    /^test result: /                     { good += $4; bad += $6 }
    /^(#|ℹ) pass [0-9]+$/                { good += $3 }
    /^(#|ℹ) fail [0-9]+$/                { bad += $3 }
    /^[0-9]+ passed, [0-9]+ failed$/     { good += $1; bad += $3 }
    END { print good + 0, bad + 0 }' "$log")
  if [ "$status" -eq 0 ] && [ $((good + bad)) -eq 0 ]; then good=1; fi
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  [ "$bad" -eq 0 ] || broken+=("$name")
  printf -- '-- %s: %d passed, %d failed, %d s\n' "$name" "$good" "$bad" $((SECONDS - started))
}

tests/setup.sh test || { echo "0 passed, 1 failed"; exit 1; }
. tests/tools.sh

stage "format" cargo fmt --all -- --check core/src/indicators/*/*.rs
stage "lints" cargo clippy --workspace --all-targets --all-features --quiet -- -D warnings
stage "dependencies" cargo deny --log-level error check bans licenses sources
stage "Rust tests" cargo test --workspace --all-features --quiet
# Where they are installed; golden files of theirs are read in any case.
if python3 -c 'import pandas, polars, pyarrow' 2>/dev/null; then
  stage "pyarrow, pandas, polars" tests/others.sh
fi
stage "lean builds" cargo check --quiet -p atra --no-default-features
stage "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features --quiet
stage "wasm in the browser" tests/wasm.sh
stage "npm package" npm test --silent --prefix wasm
stage "npm package in every bundler" npm test --silent --prefix wasm/matrix
stage "chart page" tests/page.sh

printf '\n'
[ ${#broken[@]} -eq 0 ] || printf 'failed: %s\n' "${broken[*]}"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
