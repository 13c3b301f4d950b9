"""Makes the golden files: what TA-Lib gives on the sample candles.

    pip install TA-Lib==0.8.2 && python tests/golden/generate.py

One row of FUNCTIONS per TA-Lib function: its name and the parameter sets to record ({} = TA-Lib's defaults).
Each data file gives one tab-separated golden file. A column is headed `FUNCTION|param=value;…|output index`;
the line `lookback` holds the index of the first valid row. To keep the files small, rows are thinned after the
first 250; what lies between still shapes them, since every value depends on the bars before it.
"""

import csv
import pathlib

import numpy
import talib
from talib import abstract

FUNCTIONS = [
    ("SMA", [{}, {"timeperiod": 1}, {"timeperiod": 7}]),
    ("EMA", [{}, {"timeperiod": 1}, {"timeperiod": 9}]),
    ("WMA", [{}, {"timeperiod": 1}, {"timeperiod": 10}]),
    ("BBANDS", [{}, {"timeperiod": 5, "nbdevup": 1.5, "nbdevdn": 3.0}]),
    ("SUPERTREND", [{}, {"timeperiod": 2, "multiplier": 1.0}]),
    ("RSI", [{}, {"timeperiod": 2}]),
    ("MACD", [{}, {"fastperiod": 30, "slowperiod": 8, "signalperiod": 1}]),
    ("STOCH", [{}, {"fastk_period": 14, "slowk_period": 1, "slowd_period": 4}]),
    ("ADX", [{}, {"timeperiod": 2}]),
    ("ATR", [{}, {"timeperiod": 1}]),
    ("OBV", [{}]),
    ("CDLENGULFING", [{}]),
    ("DEMA", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("TEMA", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("TRIMA", [{}, {"timeperiod": 1}, {"timeperiod": 2}, {"timeperiod": 7}]),
    ("KAMA", [{}, {"timeperiod": 1}, {"timeperiod": 7}]),
    ("T3", [{}, {"timeperiod": 1}, {"timeperiod": 9, "vfactor": 0.2}]),
    ("HMA", [{}, {"timeperiod": 1}, {"timeperiod": 2}, {"timeperiod": 3}, {"timeperiod": 9}]),
    ("ZLEMA", [{}, {"timeperiod": 1}, {"timeperiod": 8}]),
    ("RMA", [{}, {"timeperiod": 1}, {"timeperiod": 9}]),
    ("MA", [{"timeperiod": 9, "matype": kind} for kind in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13)]),
    ("MAMA", [{}, {"fastlimit": 0.3, "slowlimit": 0.1}]),
    ("ACOS", [{}]),
    ("ASIN", [{}]),
    ("ATAN", [{}]),
    ("CEIL", [{}]),
    ("COS", [{}]),
    ("COSH", [{}]),
    ("EXP", [{}]),
    ("FLOOR", [{}]),
    ("LN", [{}]),
    ("LOG10", [{}]),
    ("SIN", [{}]),
    ("SINH", [{}]),
    ("SQRT", [{}]),
    ("TAN", [{}]),
    ("TANH", [{}]),
    ("ADD", [{}]),
    ("SUB", [{}]),
    ("MULT", [{}]),
    ("DIV", [{}]),
    ("CUMSUM", [{}]),
    ("MAX", [{}, {"timeperiod": 5}]),
    ("MIN", [{}, {"timeperiod": 5}]),
    ("MINMAX", [{}, {"timeperiod": 5}]),
    ("MAXINDEX", [{}, {"timeperiod": 5}]),
    ("MININDEX", [{}, {"timeperiod": 5}]),
    ("MINMAXINDEX", [{}, {"timeperiod": 5}]),
    ("SUM", [{}, {"timeperiod": 5}]),
    ("AVGPRICE", [{}]),
    ("MEDPRICE", [{}]),
    ("TYPPRICE", [{}]),
    ("WCLPRICE", [{}]),
    ("AVGDEV", [{}, {"timeperiod": 5}]),
    ("HA", [{}]),
    ("VAR", [{}, {"timeperiod": 1}, {"timeperiod": 20}]),
    ("STDDEV", [{}, {"timeperiod": 20, "nbdev": 2.0}]),
    ("LINEARREG", [{}, {"timeperiod": 9}]),
    ("LINEARREG_SLOPE", [{}, {"timeperiod": 9}]),
    ("LINEARREG_INTERCEPT", [{}, {"timeperiod": 9}]),
    ("LINEARREG_ANGLE", [{}, {"timeperiod": 40}]),
    ("TSF", [{}, {"timeperiod": 9}]),
    ("FOSC", [{}, {"timeperiod": 14}]),
    ("CORREL", [{}, {"timeperiod": 5}]),
    ("BETA", [{}, {"timeperiod": 20}]),
    ("PERCENTILE", [{}, {"timeperiod": 9, "percentile": 20.0}]),
    ("PERCENTRANK", [{}, {"timeperiod": 9}]),
    ("AD", [{}]),
    ("ADOSC", [{}, {"fastperiod": 9, "slowperiod": 4}]),
    ("CMF", [{}, {"timeperiod": 5}]),
    ("EFI", [{}, {"timeperiod": 1}]),
    ("MARKETFI", [{}]),
    ("NVI", [{}]),
    ("PVI", [{}]),
    ("PVT", [{}]),
    ("PVO", [{}, {"fastperiod": 9, "slowperiod": 4, "matype": 0}]),
    ("RVOL", [{}, {"timeperiod": 5}]),
    ("VWAP", [{}]),
    ("TRANGE", [{}]),
    ("NATR", [{}, {"timeperiod": 5}]),
    ("ADR", [{}, {"timeperiod": 5}]),
    ("CVI", [{}, {"timeperiod": 5, "rocperiod": 3}]),
    ("MASSI", [{}, {"fastperiod": 4, "slowperiod": 7}]),
    ("RVI", [{}, {"timeperiod": 5, "stddevperiod": 4}]),
    ("ACCBANDS", [{}, {"timeperiod": 5}]),
    ("DONCHIAN", [{}, {"timeperiod": 5}]),
    ("KC", [{}, {"timeperiod": 5, "atrperiod": 7}]),
    ("MIDPOINT", [{}, {"timeperiod": 5}]),
    ("MIDPRICE", [{}, {"timeperiod": 5}]),
    ("VWMA", [{}, {"timeperiod": 5}]),
]

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
COLUMNS = ["open", "high", "low", "close", "volume"]


def load(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: numpy.array([float(row[name]) for row in rows]) for name in COLUMNS}


def thinned(length):
    return [row for row in range(length) if row < 250 or row % 29 == 0 or row >= length - 5]


def columns(candles):
    """(header, lookback, values) of every output of every function and parameter set."""
    for name, parameter_sets in FUNCTIONS:
        for parameters in parameter_sets:
            function = abstract.Function(name)
            function.parameters = parameters
            lookback = function.lookback
            outputs = function(candles)
            if not isinstance(outputs, (list, tuple)):
                outputs = [outputs]
            used = ";".join(f"{key}={value}" for key, value in function.parameters.items())
            for index, output in enumerate(outputs):
                values = [float(value) if row >= lookback else None for row, value in enumerate(output)]
                yield f"{name}|{used}|{index}", lookback, values


def main():
    for path in sorted(DATA.glob("*.csv")):
        candles = load(path)
        length = len(candles["close"])
        table = list(columns(candles))
        target = HERE / f"{path.stem}.tsv"
        with open(target, "w") as file:
            print(f"# TA-Lib {talib.__ta_version__.decode().split()[0]} (PyPI {talib.__version__}) on {path.name}", file=file)
            print("row", *(header for header, _, _ in table), sep="\t", file=file)
            print("lookback", *(lookback for _, lookback, _ in table), sep="\t", file=file)
            for row in thinned(length):
                cells = ["" if values[row] is None else repr(values[row]) for _, _, values in table]
                print(row, *cells, sep="\t", file=file)
        print(f"{target.name}: {len(table)} columns")


if __name__ == "__main__":
    main()
