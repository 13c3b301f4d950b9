#!/usr/bin/env bash
# The store's fault tests again and again, each round with another seed. Ends with the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."
end=$((SECONDS + ${1:-30} * 60))
round=0
while [ "$SECONDS" -lt "$end" ]; do
  round=$((round + 1))
  ATRA_TEST_SEED=$round PROPTEST_CASES=200 \
    cargo test -p atra --test disk --test store --quiet
  echo "round $round passed"
done
