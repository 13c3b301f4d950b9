#!/usr/bin/env bash
# Builds the profile-guided `atra` and prints what it gains over the plain one, workload by workload.
#
# Instrument, train on the demo's work and on larger files, merge, rebuild, measure. The gain is whatever it is.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
build() { # DIR RUSTFLAGS
  RUSTFLAGS="$2" cargo build --quiet --profile dist -p atra --features cli --target-dir "$1"
}
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

sysroot=$(rustc --print sysroot)
find_profdata() { find "$sysroot/lib/rustlib" -name llvm-profdata -type f -print -quit 2>/dev/null; }
profdata=$(find_profdata)
if [ -z "$profdata" ]; then
  echo "== installing llvm-tools (llvm-profdata merges the profiles)"
  rustup component add llvm-tools || fail "llvm-tools could not be installed"
  profdata=$(find_profdata)
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A million minutes of a random walk, the same on every run.
awk 'BEGIN {
  srand(7); price = 1000
  print "time,open,high,low,close,volume"
  for (i = 0; i < 1000000; i++) {
    open = price; price += (rand() - 0.5) * 4; if (price < 100) price = 100
    high = (open > price ? open : price) + rand(); low = (open < price ? open : price) - rand()
    printf "%d,%.2f,%.2f,%.2f,%.2f,%.3f\n", 1600000000 + i * 60, open, high, low, price, rand() * 100
  }
}' >"$work/walk.csv"

# workload NAME ATRA: one run of it.
workloads="import compute signals demo"
workload() {
  local atra=$2 db="$work/$1.db"
  case $1 in
    import) rm -f "$db"*; "$atra" import --db "$db" --symbol WALK --interval 1m "$work/walk.csv" ;;
    compute) for id in sma ema wma bbands supertrend rsi macd stoch adx atr obv cdl_engulfing; do
        "$atra" compute "$id" --db "$work/import.db" --symbol WALK --interval 1m
      done ;;
    signals) "$atra" signals --db "$work/import.db" --format csv ;;
    demo) "$atra" demo --no-serve --dir "$work/demo" ;;
  esac >/dev/null
}

echo "== building the plain release"
build target/pgo/plain ""
echo "== building with instruments"
build target/pgo/instrumented "-Cprofile-generate=$work/profiles"
echo "== training"
for name in $workloads; do workload "$name" target/pgo/instrumented/dist/atra; done
"$profdata" merge -o "$work/merged.profdata" "$work/profiles"
echo "== building with the profile"
build target/pgo/guided "-Cprofile-use=$work/merged.profdata -Cllvm-args=-pgo-warn-missing-function=false"

# Seconds, the best of five; plain and guided take turns, so that both see the same machine.
echo "== measuring (seconds, best of 5)"
printf '%-10s %8s %8s %8s\n' workload plain guided ratio
for name in $workloads; do
  for round in 1 2 3 4 5; do
    for kind in plain guided; do
      started=$(date +%s.%N)
      workload "$name" "target/pgo/$kind/dist/atra"
      echo "$kind $started $(date +%s.%N)"
    done
  done | awk -v name="$name" '
    { t = $3 - $2; if (!($1 in best) || t < best[$1]) best[$1] = t }
    END { printf "%-10s %8.3f %8.3f %7.2fx\n", name, best["plain"], best["guided"], best["plain"] / best["guided"] }'
done
echo "built target/pgo/guided/dist/atra"
