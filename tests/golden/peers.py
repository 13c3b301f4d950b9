"""Makes the golden files of indicators TA-Lib lacks: what other libraries give on the sample candles.

    pip install pandas-ta-classic==0.8.32 tulipy==0.4.0 && python tests/golden/peers.py

One row of CASES per column: our id, our parameters, our output, the tolerance, and how the peer computes it from a
data frame of candles. A row names only what the peer computes by the formula our documentation cites. Where its
warm-up is not ours (another seed), `skip` leaves out the rows until the difference has died away.
Each sample gives one tab-separated file; rows are thinned after the first 200, as in `generate.py`.
"""

import pathlib

import pandas
import pandas_ta_classic as ta

HERE = pathlib.Path(__file__).parent
SAMPLES = ["aapl_1d", "btcusd_1d"]

# (id, {our parameter: value}, output, tolerance, skip, peer)
CASES = [
    ("bias", {}, "bias", 1e-9, 0, lambda f: 100 * ta.bias(f.close)),
    ("psl", {}, "psl", 1e-9, 12, lambda f: ta.psl(f.close)),
    ("smi_ergodic", {}, "ergodic", 1e-9, 28, lambda f: ta.smi(f.close, scalar=100).iloc[:, 0]),
    ("kst", {}, "kst", 1e-9, 52, lambda f: ta.kst(f.close).iloc[:, 0] / 100),
    ("kst", {}, "signal", 1e-9, 0, lambda f: ta.kst(f.close).iloc[:, 1] / 100),
    ("qqe", {}, "rsi", 1e-9, 71, lambda f: ta.qqe(f.close).iloc[:, 1]),
    ("qqe", {}, "level", 1e-9, 71, lambda f: ta.qqe(f.close).iloc[:, 0]),
    ("squeeze", {}, "momentum", 1e-9, 38, lambda f: ta.squeeze(f.high, f.low, f.close, lazybear=True).iloc[:, 0]),
    ("squeeze", {}, "on", 1e-9, 38, lambda f: 100 * ta.squeeze(f.high, f.low, f.close, lazybear=True)["SQZ_ON"]),
    ("rvgi", {"period": 14}, "rvgi", 1e-9, 19, lambda f: ta.rvgi(f.open, f.high, f.low, f.close).iloc[:, 1]),
    ("rvgi", {"period": 14}, "signal", 1e-9, 19, lambda f: ta.rvgi(f.open, f.high, f.low, f.close).iloc[:, 2]),
    ("chop", {}, "chop", 1e-9, 0, lambda f: ta.chop(f.high, f.low, f.close)),
    ("ui", {}, "ui", 1e-9, 0, lambda f: ta.ui(f.close)),
    ("hv", {}, "hv", 1e-9, 0, lambda f: ta.hvol(f.close)),
    ("thermo", {"period": 20}, "average", 1e-9, 0, lambda f: ta.thermo(f.high, f.low).iloc[:, 1]),
    ("drawdown", {}, "drawdown", 1e-9, 0, lambda f: -100 * ta.drawdown(f.close).iloc[:, 1]),
    ("eom", {"divisor": 100000000}, "eom", 1e-9, 0, lambda f: ta.eom(f.high, f.low, f.close, f.volume)),
    ("zscore", {"period": 30}, "zscore", 1e-9, 0, lambda f: ta.zscore(f.close) * (30 / 29) ** 0.5),
    ("skew", {}, "skew", 1e-9, 0, lambda f: ta.skew(f.close)),
    ("kurtosis", {}, "kurtosis", 1e-9, 0, lambda f: ta.kurtosis(f.close)),
    ("entropy", {}, "entropy", 1e-9, 0, lambda f: ta.entropy(f.close)),
    ("median", {}, "median", 1e-9, 0, lambda f: ta.median(f.close)),
    ("log_return", {}, "log_return", 1e-9, 0, lambda f: ta.log_return(f.close)),
]


def main():
    for sample in SAMPLES:
        frame = pandas.read_csv(HERE.parent / "data" / f"{sample}.csv").iloc[:1200]
        frame.index = pandas.to_datetime(frame["time"], unit="ms")
        columns = []
        for name, params, output, tolerance, skip, peer in CASES:
            values = list(peer(frame))
            assert len(values) == len(frame), f"{name}: {len(values)} values of {len(frame)} rows"
            args = ";".join(f"{key}={value}" for key, value in params.items())
            columns.append((f"{name}|{args}|{output}|{tolerance}", skip, values))
        if not columns:
            continue
        lines = ["\t".join(["row"] + [head for head, _, _ in columns])]
        for row in range(len(frame)):
            if row >= 200 and row % 9:
                continue
            cells = ["" if row < skip or pandas.isna(values[row]) else repr(float(values[row])) for _, skip, values in columns]
            lines.append("\t".join([str(row)] + cells))
        (HERE / "peers" / f"{sample}.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
