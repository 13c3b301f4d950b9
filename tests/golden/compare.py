"""Compares the `atra` command with TA-Lib on every sample series and a random one, function by function.

    pip install TA-Lib==0.8.2 && python tests/golden/compare.py target/dist/atra

Every function of TA-Lib is looked up in the catalogue, fed the same columns with the same parameters (TA-Lib's defaults,
and ours, which must be the same), and compared: floats within 1e-9 relative (1e-10 near zero), whole numbers and patterns
exactly, the first valid row too. Prints what differs, and at last `matched N of 201`.
"""

import csv
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy
import talib
from talib import abstract

DATA = pathlib.Path(__file__).parent.parent / "data"
COLUMNS = ["open", "high", "low", "close", "volume", "periods"]  # the last for MAVP

# Differences kept on purpose; ARCHITECTURE.md says why.
NEWEST_OF_EQUALS = {"MAXINDEX", "MININDEX", "MINMAXINDEX"}


def walk(rows):
    """A random walk in ticks of a hundredth."""
    dice, price = random.Random(11), 500.0
    for row in range(rows):
        start, price = price, max(10.0, price + dice.gauss(0, 3))
        high, low = max(start, price) + dice.random() * 2, min(start, price) - dice.random() * 2
        yield [60_000 * row, *(round(value, 2) for value in (start, high, low, price)), dice.randrange(10_000)]


def series(directory):
    """(path, columns) of every sample, and of the random walk."""
    samples = [(path.stem, list(csv.reader(open(path, newline="")))[1:]) for path in sorted(DATA.glob("*.csv"))]
    for name, rows in [*samples, ("walk", list(walk(5_000)))]:
        path = pathlib.Path(directory) / f"{name}.csv"
        rows = [[*row, number * 7 % 31] for number, row in enumerate(rows)]
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["time", *COLUMNS])
            writer.writerows(rows)
        columns = list(zip(*rows))[1:]
        yield path, {name: numpy.array([float(cell) for cell in column]) for name, column in zip(COLUMNS, columns)}


def ours(atra, entry, path, inputs):
    command = [atra, "compute", entry["id"], "--input", str(path), "--inputs", ",".join(inputs)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return [[float(cell) if cell else numpy.nan for cell in column] for column in list(zip(*rows))[1:]]


def theirs(function, candles):
    outputs = function(candles)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    for output in outputs:
        values = numpy.asarray(output, dtype=float).copy()
        values[: function.lookback] = numpy.nan
        yield values


def first_difference(ours, theirs, whole):
    ours, theirs = numpy.asarray(ours), numpy.asarray(theirs)
    with numpy.errstate(invalid="ignore"):
        allowed = 0 if whole else numpy.maximum(1e-9 * numpy.abs(theirs), 1e-10)
        equal = (ours == theirs) | (numpy.isnan(ours) & numpy.isnan(theirs)) | (numpy.abs(ours - theirs) <= allowed)
    return None if equal.all() else int(numpy.argmin(equal))


def columns_of(function):
    """The columns TA-Lib's abstract interface feeds, in its order."""
    names = []
    for value in function.input_names.values():
        names += value if isinstance(value, (list, tuple)) else [value]
    return names


def main():
    atra = sys.argv[1]
    listing = subprocess.run([atra, "indicators", "--format", "json"], check=True, capture_output=True, text=True)
    catalogue = {entry["talib"]["function"]: entry for entry in json.loads(listing.stdout) if entry["talib"]}
    names = sorted(name for group in talib.get_function_groups().values() for name in group)
    different = {}
    with tempfile.TemporaryDirectory() as directory:
        for path, candles in series(directory):
            for name in names:
                function = abstract.Function(name)
                if name not in catalogue:
                    different.setdefault(name, "not in the catalogue")
                    continue
                pairs = zip(
                    ours(atra, catalogue[name], path, columns_of(function)), theirs(function, candles), strict=True
                )
                for output, (mine, other) in enumerate(pairs):
                    whole = name.startswith("CDL") or "INDEX" in name
                    row = first_difference(mine, other, whole)
                    if row is not None:
                        what = f"output {output} of {path.name}, row {row}: {mine[row]!r}, TA-Lib {other[row]!r}"
                        different.setdefault(name, what)
    for name, what in sorted(different.items()):
        kept = " (kept on purpose)" if name in NEWEST_OF_EQUALS else ""
        print(f"{name}{kept}: {what}")
    print(f"matched {len(names) - len(different)} of {len(names)}")


if __name__ == "__main__":
    main()
