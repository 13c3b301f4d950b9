# Sourced: puts the tools on PATH, whether or not they are there yet, and says where the browser is.
# cargo-installed tools are kept by version, apart from the user's own: ~/.cache/atra/NAME-VERSION/bin.

tools="${ATRA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/atra}"
wasm_pack=0.15.1
cargo_deny=0.20.2
# wasm-bindgen's command and library must be of one version: the lock file's.
wasm_bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' "$root/Cargo.lock")

PATH="$tools/wasm-pack-$wasm_pack/bin:$tools/wasm-bindgen-cli-$wasm_bindgen/bin:$tools/cargo-deny-$cargo_deny/bin:$PATH"
# wasm-opt comes with npm's binaryen; wasm-pack takes it from PATH.
PATH="$root/wasm/node_modules/.bin:$PATH"
export PATH

first_of() {
  for name in "$@"; do command -v "$name" && return; done
  return 1
}
CHROMIUM="${CHROMIUM:-$(first_of chromium chromium-browser google-chrome || true)}"
CHROMEDRIVER="${CHROMEDRIVER:-$(first_of chromedriver || true)}"
export CHROMIUM CHROMEDRIVER
