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
    ("CDL2CROWS", [{}]),
    ("CDL3BLACKCROWS", [{}]),
    ("CDL3INSIDE", [{}]),
    ("CDL3LINESTRIKE", [{}]),
    ("CDL3OUTSIDE", [{}]),
    ("CDL3STARSINSOUTH", [{}]),
    ("CDL3WHITESOLDIERS", [{}]),
    ("CDLABANDONEDBABY", [{}, {"penetration": 0.0}]),
    ("CDLADVANCEBLOCK", [{}]),
    ("CDLBELTHOLD", [{}]),
    ("CDLBREAKAWAY", [{}]),
    ("CDLCLOSINGMARUBOZU", [{}]),
    ("CDLCONCEALBABYSWALL", [{}]),
    ("CDLCOUNTERATTACK", [{}]),
    ("CDLDARKCLOUDCOVER", [{}, {"penetration": 0.0}]),
    ("CDLDOJI", [{}]),
    ("CDLDOJISTAR", [{}]),
    ("CDLDRAGONFLYDOJI", [{}]),
    ("CDLENGULFING", [{}]),
    ("CDLEVENINGDOJISTAR", [{}, {"penetration": 0.0}]),
    ("CDLEVENINGSTAR", [{}, {"penetration": 0.0}]),
    ("CDLGAPSIDESIDEWHITE", [{}]),
    ("CDLGRAVESTONEDOJI", [{}]),
    ("CDLHAMMER", [{}]),
    ("CDLHANGINGMAN", [{}]),
    ("CDLHARAMI", [{}]),
    ("CDLHARAMICROSS", [{}]),
    ("CDLHIGHWAVE", [{}]),
    ("CDLHIKKAKE", [{}]),
    ("CDLHIKKAKEMOD", [{}]),
    ("CDLHOMINGPIGEON", [{}]),
    ("CDLIDENTICAL3CROWS", [{}]),
    ("CDLINNECK", [{}]),
    ("CDLINVERTEDHAMMER", [{}]),
    ("CDLKICKING", [{}]),
    ("CDLKICKINGBYLENGTH", [{}]),
    ("CDLLADDERBOTTOM", [{}]),
    ("CDLLONGLEGGEDDOJI", [{}]),
    ("CDLLONGLINE", [{}]),
    ("CDLMARUBOZU", [{}]),
    ("CDLMATCHINGLOW", [{}]),
    ("CDLMATHOLD", [{}, {"penetration": 0.0}]),
    ("CDLMORNINGDOJISTAR", [{}, {"penetration": 0.0}]),
    ("CDLMORNINGSTAR", [{}, {"penetration": 0.0}]),
    ("CDLONNECK", [{}]),
    ("CDLPIERCING", [{}]),
    ("CDLRICKSHAWMAN", [{}]),
    ("CDLRISEFALL3METHODS", [{}]),
    ("CDLSEPARATINGLINES", [{}]),
    ("CDLSHOOTINGSTAR", [{}]),
    ("CDLSHORTLINE", [{}]),
    ("CDLSPINNINGTOP", [{}]),
    ("CDLSTALLEDPATTERN", [{}]),
    ("CDLSTICKSANDWICH", [{}]),
    ("CDLTAKURI", [{}]),
    ("CDLTASUKIGAP", [{}]),
    ("CDLTHRUSTING", [{}]),
    ("CDLTRISTAR", [{}]),
    ("CDLUNIQUE3RIVER", [{}]),
    ("CDLUPSIDEGAP2CROWS", [{}]),
    ("CDLXSIDEGAP3METHODS", [{}]),
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
