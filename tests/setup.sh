#!/usr/bin/env bash
# Installs what is missing. `setup.sh page`: what building the page takes, and builds it. `setup.sh test`: what the
# tests take beyond that.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/tools.sh"

say() { printf '\n== %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# A registry may be slow to answer: a command that fails or hangs is tried again.
retry() {
  for attempt in 1 2 3; do
    timeout 1200 "$@" && return
    say "attempt $attempt of 3 failed: $*"
  done
  return 1
}

need_rust() {
  command -v cargo >/dev/null || fail "cargo is missing; install Rust with rustup"
  command -v cc >/dev/null || fail "a C compiler (cc) is missing; SQLite is built from source"
}

need_node() {
  command -v npm >/dev/null || fail "npm is missing; install Node.js 20 or later"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node.js $(node --version) is too old; 20 or later is needed"
}

need_wasm_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ] && return
  say "installing Rust's wasm target (the browser's indicators are compiled to it)"
  retry rustup target add wasm32-unknown-unknown || fail "the target wasm32-unknown-unknown could not be installed"
}

# need_tool NAME VERSION FLAGS...
need_tool() {
  local name=$1 version=$2 into="$tools/$1-$2"
  shift 2
  [ -x "$into/bin/${name%-cli}" ] && return
  say "building $name $version (once; kept in $into)"
  # Built for quick building: these tools do little work.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$into/target" retry cargo install "$name" --version "$version" "$@" --root "$into" --quiet ||
    fail "$name $version could not be built"
  rm -rf "$into/target"
}

need_browser() {
  [ -n "$CHROMIUM" ] && [ -n "$CHROMEDRIVER" ] && return
  say "installing Chromium and its driver (the page and the wasm module are tested in a real browser)"
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  command -v apt-get >/dev/null ||
    fail "no Chromium: install it and chromedriver, or name them in CHROMIUM and CHROMEDRIVER"
  retry $sudo apt-get update -qq && retry $sudo apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null ||
    fail "Chromium could not be installed; install it and chromedriver, or name them in CHROMIUM and CHROMEDRIVER"
}

# need_packages DIR: what its lock file names.
need_packages() {
  local stamp="$root/$1/node_modules/.package-lock.json"
  [ "$stamp" -nt "$root/$1/package-lock.json" ] && return
  say "installing the npm packages of $1"
  (cd "$root/$1" && retry npm ci --no-audit --no-fund --loglevel=error) || fail "the npm packages of $1 could not be installed"
}

page() {
  need_rust
  need_node
  need_wasm_target
  need_tool wasm-bindgen-cli "$wasm_bindgen" --no-default-features
  need_tool wasm-pack "$wasm_pack" --locked
  need_packages wasm
  say "building the npm package"
  "$root/wasm/build.sh"
  need_packages www
  say "building the chart page"
  (cd "$root/www" && npm run build --silent)
}

case "${1:-}" in
  page) page ;;
  test)
    page
    need_tool cargo-deny "$cargo_deny" --locked
    need_browser
    need_packages wasm/matrix
    ;;
  *) fail "usage: setup.sh page|test" ;;
esac
