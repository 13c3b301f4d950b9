#!/usr/bin/env bash
# Builds the profile-guided `atra` and prints what it gains, workload by workload, over the plain one and over one that is
# built for this machine's processor.
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

# A page's questions: SERVER DB, candles of many moments and all signals.
cat >"$work/ask.mjs" <<'ASK'
import { spawn } from 'node:child_process';
const [atra, db] = process.argv.slice(2);
const server = spawn(atra, ['serve', '--db', db, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const url = await new Promise((found) => {
  let text = '';
  server.stdout.on('data', (data) => {
    text += data;
    const match = /serving (http:\S+)/.exec(text);
    if (match) found(match[1]);
  });
});
for (let round = 0; round < 150; round++) {
  const before = (1600000000 + (round + 20) * 360000) * 1000;
  const path = `/api/candles?symbol=WALK&interval=1m&limit=20000&before=${before}`;
  const answer = await fetch(url + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await answer.arrayBuffer();
}
server.kill('SIGINT'); // the profile is written at the end
await new Promise((ended) => server.on('exit', ended));
ASK

# workload NAME ATRA: one run of it.
workloads="import store compute scan signals serve demo"
workload() {
  local atra=$2 db="$work/import.db"
  case $1 in
    import) rm -f "$db"*; "$atra" import --db "$db" --symbol WALK --interval 1m "$work/walk.csv" ;;
    store) "$atra" import --db "$db" --symbol WALK --interval 1m "$work/walk.csv" ;; # every row is there already
    compute) for id in sma ema wma bbands supertrend rsi macd stoch adx atr obv cdl_engulfing; do
        "$atra" compute "$id" --db "$db" --symbol WALK --interval 1m
      done ;;
    scan) "$atra" scan --db "$db" --where 'rsi(14) < 45 and close > sma(200) and adx(14) > 20' ;;
    signals) "$atra" signals --db "$db" --format csv ;;
    serve) node "$work/ask.mjs" "$atra" "$db" ;;
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

echo "== building for this processor"
build target/pgo/native "-Ctarget-cpu=native"

# Seconds, the best of five; the three take turns, so that all see the same machine.
echo "== measuring (seconds, best of 5)"
printf '%-10s %8s %8s %8s %14s %15s\n' workload plain native guided guided/plain guided/native
for name in $workloads; do
  for round in 1 2 3 4 5; do
    for kind in plain native guided; do
      started=$(date +%s.%N)
      workload "$name" "target/pgo/$kind/dist/atra"
      echo "$kind $started $(date +%s.%N)"
    done
  done | awk -v name="$name" '
    { t = $3 - $2; if (!($1 in best) || t < best[$1]) best[$1] = t }
    END {
      printf "%-10s %8.3f %8.3f %8.3f %13.2fx %14.2fx\n", name, best["plain"], best["native"], best["guided"],
        best["plain"] / best["guided"], best["native"] / best["guided"]
    }'
done
echo "built target/pgo/guided/dist/atra"
