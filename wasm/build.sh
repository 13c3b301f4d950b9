#!/bin/sh
# Builds the npm package into wasm/pkg. Needs wasm-pack and wasm-bindgen on PATH, and `npm ci` done here.
set -eu
cd "$(dirname "$0")"

rm -rf pkg
# The names tell wasm-bindgen which features the module uses; wasm-opt strips them.
export CARGO_PROFILE_DIST_STRIP=none

# Functions are inlined where that makes code faster, not wherever it may: every copy is downloaded. And no message names
# the machine that built it.
separator=$(printf '\037')
flags=-Cllvm-args=-inline-threshold=20$separator-Cllvm-args=-inlinehint-threshold=20
flags=$flags$separator--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo

# module DIRECTORY RUSTFLAG WASM_OPT_FLAGS
module() {
  CARGO_ENCODED_RUSTFLAGS=$flags${2:+$separator$2} \
    wasm-pack --log-level warn build . --target web --profile dist --mode no-install --no-opt --no-pack \
    --no-typescript --out-dir "$1" --out-name atra_wasm
  # Only what every engine has had for years, and nothing that may change a result.
  module=$1/atra_wasm_bg.wasm
  features="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
    --enable-reference-types --enable-multivalue $3"
  node_modules/.bin/wasm-opt -O3 --converge -g --strip-producers $features -o "$module" "$module"
  # Each function beside those most like it: the module is packed 8 % smaller.
  node order.mjs "$module"
  for pass in "--reorder-functions-by-name -g" --strip-debug; do
    node_modules/.bin/wasm-opt $pass $features -o "$module" "$module"
  done
}
# For engines since 2023, which have vectors, and for those before; both are driven by the same code.
module pkg -Ctarget-feature=+simd128 --enable-simd
module ../target/scalar "" ""
cmp pkg/atra_wasm.js ../target/scalar/atra_wasm.js
mv ../target/scalar/atra_wasm_bg.wasm pkg/atra_wasm_scalar.wasm
rm -f pkg/.gitignore

cp -r npm/* pkg/
# The catalogue and its types come from the indicators' own descriptions.
cargo run --quiet -p atra-wasm --example types -- pkg
# The module as text, for the entry that carries it; and Node's entry for programs that use `require`.
node -e '
  const fs = require("node:fs");
  const text = fs.readFileSync("pkg/atra_wasm_bg.wasm").toString("base64");
  fs.writeFileSync("pkg/module.js", `// Generated: the module in base64.\nexport default "${text}";\n`);
'
node_modules/.bin/esbuild pkg/node.js --bundle --platform=node --format=cjs --log-level=warning --outfile=pkg/node.cjs \
  --define:import.meta.url=moduleUrl --banner:js='const moduleUrl = require("node:url").pathToFileURL(__filename).href;'
sed "s/'\.\/catalog\.js'/'.\/catalog.cjs'/" pkg/index.d.ts >pkg/index.d.cts
cp pkg/catalog.d.ts pkg/catalog.d.cts
for licence in ../LICENSE*; do
  if [ -e "$licence" ]; then cp "$licence" pkg/; fi
done

version=$(cargo metadata --no-deps --format-version 1 |
  node -e 'let s="";process.stdin.on("data",c=>s+=c).on("end",()=>console.log(JSON.parse(s).packages.find(p=>p.name==="atra-wasm").version))')
node -e '
  const fs = require("node:fs");
  const manifest = JSON.parse(fs.readFileSync("pkg/package.json"));
  manifest.version = process.argv[1];
  fs.writeFileSync("pkg/package.json", JSON.stringify(manifest, null, 2) + "\n");
' "$version"

raw=$(wc -c <pkg/atra_wasm_bg.wasm)
packed=$(gzip -9c pkg/atra_wasm_bg.wasm | wc -c)
echo "wasm/pkg: atra-wasm $version, module $raw bytes, $packed gzipped"
