# The front door. Each line calls cargo, npm or a script; set-up installs what a fresh machine lacks.
.PHONY: demo test test-matrix soak bench bench-store bench-codec bench-parquet bench-wasm native pgo fmt docs golden compare clean setup-page

SERVE ?= 1
PORT ?= 8080

# Real candles through everything, then the live chart at a printed address (SERVE=0: only the summary).
demo: setup-page
	cargo build --profile dist -p atra --features cli,page
	target/dist/atra demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

# Everything that is checked, ending with a line `N passed, M failed`.
test:
	tests/run.sh

# The npm package alone, packed and imported wherever people import packages (part of `make test`).
test-matrix: setup-page
	cd wasm/matrix && npm ci --no-audit --no-fund --loglevel=error && npm test --silent

# The store's fault tests, longer: MINUTES of power cuts, killed processes and random operations, each round another.
MINUTES ?= 30
soak:
	tests/soak.sh $(MINUTES)

# The store against rusqlite, many connections, tokio-rusqlite and sqlx, in one run.
bench-store:
	tests/bench/store.sh

# The indicators against other libraries, in one run; SECTIONS, if not all, of `series short live sweeps symbols fused
# cores`. TA_LIB names TA-Lib's shared library in C, if it is to be among them. `RUSTFLAGS="-C target-cpu=native" make bench`
# for this machine's processor.
bench:
	cargo run --quiet --release --manifest-path tests/bench/indicators/Cargo.toml -- $(SECTIONS)

# The codec against serde_json, rmp-serde, postcard and Parquet, in one run; and Parquet against pyarrow and polars.
bench-codec:
	tests/bench/codec.sh

bench-parquet:
	tests/bench/codec.sh parquet

# The npm package against other packages and plain loops, in Node and in Chromium.
bench-wasm: setup-page
	cd wasm/bench && npm ci --no-audit --no-fund --loglevel=error && npm run --silent bench

# The command built for this machine's processor.
native: setup-page
	RUSTFLAGS="-C target-cpu=native" cargo build --profile dist -p atra --features cli,page --target-dir target/native
	@echo "built target/native/dist/atra"

# The profile-guided command, with its measured gain.
pgo:
	native/pgo.sh

# Indicator modules are declared by a macro, which rustfmt does not look into: they are named to it.
fmt:
	cargo fmt --all -- core/src/indicators/*/*.rs

# The table of indicators and their pages, in core/docs.
docs:
	cargo run --quiet -p atra-tests --example docs

# The golden files, from TA-Lib (pip install TA-Lib==0.8.2).
golden:
	python3 tests/golden/generate.py

# Every function of TA-Lib against the command, on every sample series (needs the same TA-Lib, and mpmath).
compare:
	cargo build --release -p atra --features cli
	python3 tests/golden/compare.py target/release/atra

clean:
	cargo clean
	rm -rf wasm/pkg wasm/node_modules wasm/bench/node_modules wasm/matrix/node_modules wasm/matrix/work www/dist www/dist-static www/samples/public www/node_modules

# The npm package and the chart page.
setup-page:
	tests/setup.sh page
