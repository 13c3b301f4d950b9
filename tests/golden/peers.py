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
import tulipy

HERE = pathlib.Path(__file__).parent
SAMPLES = ["aapl_1d", "btcusd_1d"]

# (id, {our parameter: value}, output, tolerance, skip, peer)
CASES = [
    ("swma", {}, "swma", 1e-9, 0, lambda f: ta.swma(f.close, length=4)),
    ("sinwma", {}, "sinwma", 1e-9, 0, lambda f: ta.sinwma(f.close, length=14)),
    ("pwma", {}, "pwma", 1e-9, 0, lambda f: ta.pwma(f.close, length=10)),
    ("fwma", {}, "fwma", 1e-9, 0, lambda f: ta.fwma(f.close, length=10)),
    ("vidya", {}, "vidya", 1e-6, 280, lambda f: ta.vidya(f.close, length=14)),
    ("hwma", {}, "hwma", 1e-9, 0, lambda f: ta.hwma(f.close)),
    ("hwc", {}, "upper", 1e-9, 0, lambda f: ta.hwc(f.close).iloc[:, 1]),
    ("hwc", {}, "lower", 1e-9, 0, lambda f: ta.hwc(f.close).iloc[:, 2]),
    ("ssf3", {}, "ssf3", 1e-9, 280, lambda f: ta.ssf(f.close, length=20, poles=3)),
    ("cg", {}, "cg", 1e-9, 10, lambda f: ta.cg((f.high + f.low) / 2, length=10) + 5.5),
    ("cti", {}, "cti", 1e-9, 0, lambda f: ta.cti(f.close, length=20)),
    ("fisher", {}, "fisher", 1e-9, 0, lambda f: tulip(tulipy.fisher, f, ["high", "low"], period=9)),
    ("fisher", {"period": 20}, "trigger", 1e-9, 20, lambda f: tulip(tulipy.fisher, f, ["high", "low"], output=1, period=20)),
    ("lrsi", {}, "lrsi", 1e-9, 1, lambda f: ta.lrsi(f.close, gamma=0.5) / 100),
    ("rsx", {}, "rsx", 1e-9, 280, lambda f: ta.rsx(f.close, length=14)),
    ("percentb", {}, "percentb", 1e-9, 0, lambda f: ta.bbands(f.close, length=20, std=2, ddof=0).iloc[:, 4]),
    ("bbw", {}, "bbw", 1e-9, 0, lambda f: ta.bbands(f.close, length=20, std=2, ddof=0).iloc[:, 3]),
    ("chandelier", {}, "long", 1e-9, 0, lambda f: ta.ce(f.high, f.low, f.close, length=22, multiplier=3).iloc[:, 0]),
    ("chandelier", {}, "short", 1e-9, 0, lambda f: ta.ce(f.high, f.low, f.close, length=22, multiplier=3).iloc[:, 1]),
    ("cksp", {}, "long", 1e-9, 0, lambda f: ta.cksp(f.high, f.low, f.close, p=10, x=1, q=9).iloc[:, 0]),
    ("cksp", {}, "short", 1e-9, 0, lambda f: ta.cksp(f.high, f.low, f.close, p=10, x=1, q=9).iloc[:, 1]),
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


def tulip(function, frame, columns, output=0, **params):
    """Tulip leaves out the warm-up."""
    values = function(*[frame[name].to_numpy(float) for name in columns], **params)
    values = values[output] if isinstance(values, tuple) else values
    return [float("nan")] * (len(frame) - len(values)) + list(values)


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
