"""Makes the golden files: what TA-Lib gives on the sample candles.

    pip install TA-Lib==0.8.2 && python tests/golden/generate.py

One row of FUNCTIONS per TA-Lib function: its name and the parameter sets to record ({} = TA-Lib's defaults).
Each data file gives one tab-separated golden file. A column is headed `FUNCTION|param=value;…|output index`;
the line `lookback` holds the index of the first valid row. To keep the files small, rows are thinned after the
first 200; what lies between still shapes them, since every value depends on the bars before it.

Many candlestick patterns never show in the sample candles. `data/patterns.csv`, made here too, is cut from random
bars so that each of them does; its golden file holds the patterns only, in every row.
"""

import csv
import pathlib
import random

import numpy
import talib
from talib import abstract

FUNCTIONS = [
    ("MAVP", [{}, {"minperiod": 3, "maxperiod": 9, "matype": 1}]),
    ("SMA", [{}, {"timeperiod": 1}, {"timeperiod": 7}]),
    ("EMA", [{}, {"timeperiod": 1}, {"timeperiod": 9}]),
    ("WMA", [{}, {"timeperiod": 1}, {"timeperiod": 10}]),
    ("BBANDS", [{}, {"timeperiod": 5, "nbdevup": 1.5, "nbdevdn": 3.0}, {"timeperiod": 9, "matype": 1}]),
    ("SUPERTREND", [{}, {"timeperiod": 2, "multiplier": 1.0}]),
    ("RSI", [{}, {"timeperiod": 2}]),
    ("MACD", [{}, {"fastperiod": 30, "slowperiod": 8, "signalperiod": 1}]),
    ("STOCH", [{}, {"fastk_period": 14, "slowk_period": 1, "slowd_period": 4}, {"slowk_matype": 1, "slowd_matype": 2}]),
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
    ("CDLABANDONEDBABY", [{}, {"penetration": 0.1}]),
    ("CDLADVANCEBLOCK", [{}]),
    ("CDLBELTHOLD", [{}]),
    ("CDLBREAKAWAY", [{}]),
    ("CDLCLOSINGMARUBOZU", [{}]),
    ("CDLCONCEALBABYSWALL", [{}]),
    ("CDLCOUNTERATTACK", [{}]),
    ("CDLDARKCLOUDCOVER", [{}, {"penetration": 0.1}]),
    ("CDLDOJI", [{}]),
    ("CDLDOJISTAR", [{}]),
    ("CDLDRAGONFLYDOJI", [{}]),
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
    ("CDLEVENINGDOJISTAR", [{}, {"penetration": 0.1}]),
    ("CDLEVENINGSTAR", [{}, {"penetration": 0.1}]),
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
    ("CDLMATHOLD", [{}, {"penetration": 0.9}]),
    ("CDLMORNINGDOJISTAR", [{}, {"penetration": 0.1}]),
    ("CDLMORNINGSTAR", [{}, {"penetration": 0.1}]),
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
    ("PLUS_DM", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("MINUS_DM", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("PLUS_DI", [{}, {"timeperiod": 5}]),
    ("MINUS_DI", [{}, {"timeperiod": 5}]),
    ("DX", [{}, {"timeperiod": 5}]),
    ("ADXR", [{}, {"timeperiod": 5}]),
    ("MOM", [{}, {"timeperiod": 1}]),
    ("ROC", [{}, {"timeperiod": 1}]),
    ("ROCP", [{}, {"timeperiod": 1}]),
    ("ROCR", [{}, {"timeperiod": 1}]),
    ("ROCR100", [{}, {"timeperiod": 1}]),
    ("AO", [{}, {"fastperiod": 3, "slowperiod": 9}]),
    ("AC", [{}, {"fastperiod": 3, "slowperiod": 9, "signalperiod": 4}]),
    ("APO", [{}, {"fastperiod": 9, "slowperiod": 4, "matype": 0}]),
    ("PPO", [{}, {"fastperiod": 9, "slowperiod": 4, "matype": 0}]),
    ("AROON", [{}, {"timeperiod": 5}]),
    ("AROONOSC", [{}, {"timeperiod": 5}]),
    ("BOP", [{}]),
    ("CCI", [{}, {"timeperiod": 5}]),
    ("CMO", [{}, {"timeperiod": 5}]),
    ("CMOU", [{}, {"timeperiod": 5}]),
    ("COPPOCK", [{}, {"wmaperiod": 4, "roc1period": 7, "roc2period": 3}]),
    ("DPO", [{}, {"timeperiod": 5}]),
    ("ER", [{}, {"timeperiod": 5}]),
    ("ERI", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("IMI", [{}, {"timeperiod": 5}]),
    ("MFI", [{}, {"timeperiod": 5}]),
    ("QSTICK", [{}, {"timeperiod": 5}]),
    ("WILLR", [{}, {"timeperiod": 5}]),
    ("STOCHF", [{}, {"fastk_period": 14, "fastd_period": 5, "fastd_matype": 1}]),
    ("STOCHRSI", [{}, {"timeperiod": 7, "fastk_period": 9, "fastd_period": 4, "fastd_matype": 1}]),
    ("KDJ", [{}, {"fastk_period": 5, "slowk_matype": 0, "slowd_matype": 1}]),
    ("MACDFIX", [{}, {"signalperiod": 4}]),
    ("MACDEXT", [{}, {"fastperiod": 5, "fastmatype": 1, "slowperiod": 12, "slowmatype": 2, "signalperiod": 4, "signalmatype": 1}]),
    ("TRIX", [{}, {"timeperiod": 1}, {"timeperiod": 5}]),
    ("TSI", [{}, {"firstperiod": 5, "secondperiod": 3}]),
    ("SMI", [{}, {"timeperiod": 5, "fastperiod": 3, "slowperiod": 7, "signalperiod": 4}]),
    ("ULTOSC", [{}, {"timeperiod1": 9, "timeperiod2": 3, "timeperiod3": 5}]),
    ("VHF", [{}, {"timeperiod": 5}]),
    ("VORTEX", [{}, {"timeperiod": 5}]),
    ("WAD", [{}]),
    ("FRACTAL", [{}, {"leftbars": 1, "rightbars": 3}]),
    ("HT_DCPERIOD", [{}]),
    ("HT_PHASOR", [{}]),
    ("HT_DCPHASE", [{}]),
    ("HT_SINE", [{}]),
    ("HT_TRENDLINE", [{}]),
    ("HT_TRENDMODE", [{}]),
    ("SAR", [{}, {"acceleration": 0.1, "maximum": 0.15}]),
    ("SAREXT", [{}, {"startvalue": 1.0}, {"offsetonreverse": 0.01, "accelerationinitlong": 0.03, "accelerationshort": 0.04}]),
]

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent / "data"
COLUMNS = ["open", "high", "low", "close", "volume"]


def load(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    candles = {name: numpy.array([float(row[name]) for row in rows]) for name in COLUMNS}
    # What MAVP reads beside candles; the test makes the same.
    candles["periods"] = numpy.array([float(row * 7 % 31) for row in range(len(rows))])
    return candles


def random_bars(count):
    """Bars on a grid so coarse that gaps, equal prices and bodies of no length are common."""
    dice = random.Random(5)  # with this seed even the rarest shows thrice
    bars, close = [], 1000
    for _ in range(count):
        open_ = close + dice.choice([0, 0, 1, -1, 2, -2, 6, -6, dice.randint(-18, 18)])
        reach = dice.choice([0, 1, 1, 1, 2, 2, 2, 6, 6, 6, 18])
        close = open_ + dice.randint(-reach, reach)
        above, below = (dice.choice([0, 0, 1, dice.randint(0, 6), dice.randint(0, 17)]) for _ in range(2))
        bars.append((open_, max(open_, close) + above, min(open_, close) - below, close, dice.randint(0, 999)))
        close += (close < 500) - (close > 1500)
    return numpy.array(bars, dtype=float)


def make_patterns(path):
    """Cuts out where patterns show: each value of each pattern a few times, the rarest first."""
    bars = random_bars(400_000)
    candles = dict(zip(COLUMNS, numpy.ascontiguousarray(bars.T)))
    values = {name: abstract.Function(name)(candles) for name, _ in FUNCTIONS if name.startswith("CDL")}
    shown = {(name, value): numpy.flatnonzero(column == value)
             for name, column in values.items() for value in set(column.tolist()) - {0}}
    times, rows = dict.fromkeys(shown, 0), []
    for which, hits in sorted(shown.items(), key=lambda item: (len(item[1]), item[0])):
        for hit in hits.tolist():
            if times[which] < 3:
                rows += range(hit - 15, hit + 3)  # with the bars it is measured against, and a few after it
                for row in range(hit, hit + 3):
                    for name, column in values.items():
                        if column[row]:
                            times[name, int(column[row])] += 1
    with open(path, "w") as file:
        print("time", *COLUMNS, sep=",", file=file)
        for day, row in enumerate(rows):
            print(day * 86_400_000, *(f"{value:g}" for value in bars[row]), sep=",", file=file)


def thinned(length):
    return [row for row in range(length) if row < 200 or row % 61 == 0 or row >= length - 5]


def columns(candles, functions):
    """(header, lookback, values) of every output of every function and parameter set."""
    for name, parameter_sets in functions:
        for parameters in parameter_sets:
            function = abstract.Function(name)
            function.parameters = parameters
            lookback = function.lookback
            outputs = function(candles)
            if not isinstance(outputs, (list, tuple)):
                outputs = [outputs]
            used = ";".join(f"{key}={value}" for key, value in function.parameters.items())
            for index, output in enumerate(outputs):
                values = [value if row >= lookback else None for row, value in enumerate(output.tolist())]
                yield f"{name}|{used}|{index}", lookback, values


def main():
    patterns = DATA / "patterns.csv"
    make_patterns(patterns)
    for path in sorted(DATA.glob("*.csv")):
        candles = load(path)
        length = len(candles["close"])
        only = "CDL" if path == patterns else ""
        table = list(columns(candles, [row for row in FUNCTIONS if row[0].startswith(only)]))
        target = HERE / f"{path.stem}.tsv"
        with open(target, "w") as file:
            print(f"# TA-Lib {talib.__ta_version__.decode().split()[0]} (PyPI {talib.__version__}) on {path.name}", file=file)
            print("row", *(header for header, _, _ in table), sep="\t", file=file)
            print("lookback", *(lookback for _, lookback, _ in table), sep="\t", file=file)
            for row in range(length) if path == patterns else thinned(length):
                cells = ["" if values[row] is None else repr(values[row]) for _, _, values in table]
                print(row, *cells, sep="\t", file=file)
        print(f"{target.name}: {len(table)} columns")


if __name__ == "__main__":
    main()
