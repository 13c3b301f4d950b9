#!/usr/bin/env bash
# The chart page in a real browser: over the real server with its replayed live stream, over a stand-in that can be
# broken at will, and as plain files.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/tools.sh"
cd "$root"

npm run --silent --prefix www build:static
cargo build --quiet -p atra --features cli,page
log=$(mktemp)
target/debug/atra demo --port 0 >"$log" &
demo=$!
trap 'kill $demo 2>/dev/null; rm -f "$log"' EXIT

url=
for _ in $(seq 300); do
  url=$(sed -n 's/^serving \(http[^ ]*\).*/\1/p' "$log")
  [ -n "$url" ] && break
  kill -0 $demo 2>/dev/null || { echo "the demo ended before it served"; cat "$log"; exit 1; }
  sleep 0.2
done
[ -n "$url" ] || { echo "the demo did not serve within a minute"; exit 1; }

ATRA_URL=$url npm run --silent --prefix www test -- --screenshots "$root/target/screenshots"
