"""Compares the `atra` command with TA-Lib on every sample series and a random one, function by function.

    pip install TA-Lib==0.8.2 mpmath && python tests/golden/compare.py target/dist/atra

Every function of TA-Lib is looked up in the catalogue, fed the same columns with the same parameters (TA-Lib's defaults,
and ours, which must be the same), and compared: floats within 1e-9 relative (1e-10 near zero), whole numbers and patterns
exactly, the first valid row too. Prints what differs, and at last `matched N of 201`.

Where a function crosses zero among large prices, TA-Lib's own rounding can exceed that. For the functions of EXACT, each
row that differs is computed once more without any rounding (or with 60 digits): the row matches if ours is within the
tolerance of that and TA-Lib's is further off.
"""

import csv
import decimal
import fractions
import functools
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import mpmath
import numpy
import talib
from mpmath import mpf
from talib import abstract

DATA = pathlib.Path(__file__).parent.parent / "data"
COLUMNS = ["open", "high", "low", "close", "volume", "periods"]  # the last for MAVP


def rational(values):
    return [fractions.Fraction(float(value)) for value in values]


def exact_ao(candles, row):
    def mean(period):
        window = slice(row + 1 - period, row + 1)
        return sum(rational(candles["high"][window]) + rational(candles["low"][window])) / (2 * period)

    return mean(5) - mean(34)


def exact_var(candles, row, period=5):
    window = rational(candles["close"][row + 1 - period : row + 1])
    return sum(value * value for value in window) / period - (sum(window) / period) ** 2


def exact_slope(candles, row, period=14):
    window = rational(candles["close"][row + 1 - period : row + 1])
    middle = fractions.Fraction(period - 1, 2)
    squares = fractions.Fraction(period * (period * period - 1), 12)
    return sum((at - middle) * value for at, value in enumerate(window)) / squares


def exact_angle(candles, row):
    slope = exact_slope(candles, row)
    assert abs(slope) < fractions.Fraction(1, 4), "too steep for the series"
    angle = sum((-1) ** term * slope ** (2 * term + 1) / (2 * term + 1) for term in range(20))
    return angle * fractions.Fraction("57.29577951308232087679815481410517")


def exact_adosc(candles, last, memory={}):
    key = id(candles["close"])
    if key not in memory:
        with decimal.localcontext(prec=60):
            line, fast, slow, values = decimal.Decimal(0), None, None, []
            for high, low, close, volume in zip(*([decimal.Decimal(float(value)) for value in candles[name]] for name in ("high", "low", "close", "volume"))):
                if high > low:
                    line += ((close - low) - (high - close)) / (high - low) * volume
                fast = line if fast is None else fast + (line - fast) * 2 / 4
                slow = line if slow is None else slow + (line - slow) * 2 / 11
                values.append(fast - slow)
            memory[key] = values
    return fractions.Fraction(memory[key][last])


def quarter_turn(past, value, scale):
    """Ehlers' discrete Hilbert transform, over the last seven values, newest first."""
    past.insert(0, value)
    del past[7:]
    now, _, two, _, four, _, six = past
    return (mpf("0.0962") * (now - six) + mpf("0.5769") * (two - four)) * scale


@functools.cache
def wave(period, bar):
    return mpmath.sinpi(mpf(2 * bar) / period), mpmath.cospi(mpf(2 * bar) / period)


def phases(prices):
    """The phase of the dominant cycle in degrees, of each bar, to fifty digits."""
    zeros = [mpf(0)] * 7
    smooth, detrended, in_phases, quadratures = (list(zeros) for _ in range(4))
    turned, product, period, smooth_period, degrees = (mpf(0), mpf(0)), (mpf(0), mpf(0)), mpf(0), mpf(0), mpf(0)
    smoothed = []
    for row, _ in enumerate(prices):
        if row < 37:  # TA-Lib's warm-up of the smoothing
            yield None
            continue
        now, one, two, three = (mpf(float(prices[row - back])) for back in range(4))
        value = (4 * now + 3 * one + 2 * two + three) / 10
        smoothed.append(value)
        scale = mpf("0.075") * period + mpf("0.54")
        in_phase = detrended[2]
        quadrature = quarter_turn(detrended, quarter_turn(smooth, value, scale), scale)
        turned_in_phase = quarter_turn(in_phases, in_phase, scale)
        turned_quadrature = quarter_turn(quadratures, quadrature, scale)
        i2 = (in_phase - turned_quadrature) / 5 + turned[0] * 4 / 5
        q2 = (quadrature + turned_in_phase) / 5 + turned[1] * 4 / 5
        real = (i2 * turned[0] + q2 * turned[1]) / 5 + product[0] * 4 / 5
        imaginary = (i2 * turned[1] - q2 * turned[0]) / 5 + product[1] * 4 / 5
        turned, product, before = (i2, q2), (real, imaginary), period
        if real != 0 and imaginary != 0:
            period = 2 * mpmath.pi / mpmath.atan(imaginary / real)
        period = max(min(period, before * 3 / 2), before * mpf("0.67"))
        period = min(max(period, 6), 50) / 5 + before * 4 / 5
        smooth_period = mpf("0.33") * period + mpf("0.67") * smooth_period
        bars = int(smooth_period + mpf("0.5"))
        waves = [(wave(bars, bar), past) for bar, past in enumerate(smoothed[: -bars - 1 : -1])]
        real = sum(sine * past for (sine, _), past in waves)
        imaginary = sum(cosine * past for (_, cosine), past in waves)
        if imaginary != 0:
            degrees = mpmath.degrees(mpmath.atan(real / imaginary))
        elif real != 0:
            degrees += 90 * mpmath.sign(real)
        degrees += 90 + 360 / smooth_period + (180 if imaginary < 0 else 0)
        degrees -= 360 if degrees > 315 else 0
        yield degrees


def phase(candles, row, memory={}):
    key = id(candles["close"])
    if key not in memory:
        mpmath.mp.dps = 50
        memory[key] = list(phases(candles["close"]))
    return memory[key][row]


def fraction(number):
    return fractions.Fraction(mpmath.nstr(number, 40))


def exact_phase(candles, row):
    return fraction(phase(candles, row))


def exact_sine(candles, row):
    return fraction(mpmath.sin(mpmath.radians(phase(candles, row))))


def exact_lead_sine(candles, row):
    return fraction(mpmath.sin(mpmath.radians(phase(candles, row) + 45)))


# What each output of a function gives in a row, without rounding, with TA-Lib's default parameters.
EXACT = {
    "ADOSC": [exact_adosc],
    "AO": [exact_ao],
    "HT_DCPHASE": [exact_phase],
    "HT_SINE": [exact_sine, exact_lead_sine],
    "LINEARREG_ANGLE": [exact_angle],
    "LINEARREG_SLOPE": [exact_slope],
    "VAR": [exact_var],
}


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


def first_difference(ours, theirs, whole, exact=None):
    ours, theirs = numpy.asarray(ours), numpy.asarray(theirs)
    with numpy.errstate(invalid="ignore"):
        allowed = 0 if whole else numpy.maximum(1e-9 * numpy.abs(theirs), 1e-10)
        equal = (ours == theirs) | (numpy.isnan(ours) & numpy.isnan(theirs)) | (numpy.abs(ours - theirs) <= allowed)
    for row in numpy.flatnonzero(~equal):
        if exact is None:
            return int(row)
        truth = exact(int(row))
        error, other = (abs(fractions.Fraction(float(side[row])) - truth) for side in (ours, theirs))
        if error > max(abs(truth) / 10**9, fractions.Fraction(1, 10**10)) or error >= other:
            return int(row)
    return None


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
                    exact = EXACT[name][output] if name in EXACT else None
                    row = first_difference(mine, other, whole, exact and (lambda row: exact(candles, row)))
                    if row is not None:
                        what = f"output {output} of {path.name}, row {row}: {mine[row]!r}, TA-Lib {other[row]!r}"
                        different.setdefault(name, what)
    for name, what in sorted(different.items()):
        print(f"{name}: {what}")
    print(f"matched {len(names) - len(different)} of {len(names)}")


if __name__ == "__main__":
    main()
