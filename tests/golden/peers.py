"""Makes the golden files of indicators TA-Lib lacks: what other libraries give on the sample candles.

    pip install pandas-ta-classic==0.8.32 tulipy==0.4.0 && python tests/golden/peers.py

One row of CASES per column: our id, our parameters, our output, the tolerance, and how the peer computes it from a
data frame of candles. A row names only what the peer computes by the formula our documentation cites. Where its
warm-up is not ours (another seed), `skip` leaves out the rows until the difference has died away.
Each sample gives one tab-separated file; rows are thinned after the first 200, as in `generate.py`.
"""

import pathlib

import pandas

HERE = pathlib.Path(__file__).parent
SAMPLES = ["aapl_1d", "btcusd_1d"]

# (id, {our parameter: value}, output, tolerance, skip, peer)
CASES = []


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
