"""Makes `frames.tsv`: sample candles resampled, filled and joined by pandas, and range and renko bars in whole cents.

    pip install pandas==3.0 && python tests/golden/frames.py
"""

import pathlib

import pandas

here = pathlib.Path(__file__).parent
COLUMNS = ["open", "high", "low", "close", "volume"]
FOLDS = dict(zip(COLUMNS, ["first", "max", "min", "last", "sum"]))
DAY = 86_400_000


def candles(name):
    frame = pandas.read_csv(here.parent / "data" / f"{name}.csv")
    return frame.set_index(pandas.to_datetime(frame.time, unit="ms", utc=True))[COLUMNS]


def ms(index):
    return index.tz_convert("UTC").tz_localize(None).astype("datetime64[ms]").astype("int64")


def by_time(name, rule, zone="UTC", start=0, **options):
    """Steps or sessions by the zone's clocks, days beginning `start` minutes after midnight (of the evening before from
    noon on). The clocks' own times are resampled; every bar's time is then found in the zone again."""
    frame = candles(name)
    shift = pandas.Timedelta(minutes=start if start < 720 else start - 1440)
    frame.index = frame.index.tz_convert(zone).tz_localize(None) - shift
    bars = frame.resample(rule, **options).agg(FOLDS).dropna(subset=["open"])
    bars.index = (bars.index + shift).tz_localize(zone)
    return ms(bars.index), bars


def by_amount(name, amounts, size):
    frame = candles(name)
    starts, total = [], size
    for row, amount in enumerate(amounts(frame)):
        if total >= size:
            starts.append(row)
            total = 0
        total += amount
    group = pandas.Series(0, index=frame.index)
    group.iloc[starts] = 1
    bars = frame.groupby(group.cumsum()).agg(FOLDS)
    return ms(frame.index[starts]), bars


def filled(name, method):
    frame = candles(name)
    days = frame.asfreq("D")
    missing = days.open.isna()
    if method == "flat":
        days.close = days.close.ffill()
        for column in ["open", "high", "low"]:
            days[column] = days[column].fillna(days.close)
        days.volume = days.volume.fillna(0)
    elif method == "last":
        days = days.ffill()
    elif method == "linear":
        days = days.interpolate("linear")
        days.loc[missing, "volume"] = 0
    return ms(days.index), days


def as_of(left, right, after, within):
    a, b = candles(left), candles(right)
    other = b.reset_index(drop=True)
    other["known"] = ms(b.index) + after
    mine = pandas.DataFrame({"known": ms(a.index)})
    joined = pandas.merge_asof(mine, other, on="known", tolerance=within - 1)
    return ms(a.index), joined


def cents(name):
    frame = candles(name)
    prices = [(frame[column] * 100).round().astype("int64") for column in COLUMNS[:4]]
    return list(zip(ms(frame.index), *prices, frame.volume))


def stamped(bars):
    """Bars that open in one row are a millisecond apart."""
    times, last = [], None
    for opened, *_ in bars:
        last = opened if last is None or opened > last else last + 1
        times.append(last)
    rows = [[price / 100 for price in bar[1:5]] + [bar[5]] for bar in bars]
    return times, pandas.DataFrame(rows, columns=COLUMNS)


def renko(name, size):
    rows = cents(name)
    bars, volume = [], 0.0
    opened, base = rows[0][0], rows[0][4]
    # The last brick's lower and upper edge.
    low = high = base
    for time, _, _, _, close, amount in rows:
        volume += amount
        while close >= high + size or close <= low - size:
            up = close >= high + size
            start, end = (high, high + size) if up else (low, low - size)
            low, high = min(start, end), max(start, end)
            bars.append((opened, start, high, low, end, volume))
            opened, volume = time, 0.0
    return stamped(bars)


def range_bars(name, size):
    rows = cents(name)
    bars, volume, bar, opened = [], 0.0, None, rows[0][0]
    for time, open_, high, low, close, amount in rows:
        volume += amount
        path = [open_, low, high, close] if close >= open_ else [open_, high, low, close]
        for price in path:
            if bar is None:
                bar = [price] * 4
            # Cent by cent.
            step = 1 if price > bar[3] else -1
            while bar[3] != price:
                at = bar[3] + step
                if max(bar[1], at) - min(bar[2], at) > size:
                    bars.append((opened, *bar, volume))
                    opened, volume, bar = time, 0.0, [bar[3]] * 4
                bar = [bar[0], max(bar[1], at), min(bar[2], at), at]
            # Gaps between rows are walked too: only what is passed over counts, and all of it is.
    bars.append((opened, *bar, volume))
    return stamped(bars)


CASES = {
    "us500_1m 5m": by_time("us500_1m", "5min"),
    "us500_1m 7m": by_time("us500_1m", "7min", origin="epoch"),
    "us500_1m 30m new_york 570": by_time("us500_1m", "30min", "America/New_York", 570),
    "btcusd_4h day": by_time("btcusd_4h", "D"),
    "btcusd_4h 3d": by_time("btcusd_4h", "3D", origin="epoch"),
    "btcusd_4h week": by_time("btcusd_4h", "W-MON", label="left", closed="left"),
    "btcusd_4h month": by_time("btcusd_4h", "MS"),
    "btcusd_4h quarter": by_time("btcusd_4h", "QS"),
    "btcusd_4h week new_york 1080": by_time("btcusd_4h", "W-MON", "America/New_York", 1080, label="left", closed="left"),
    "btcusd_4h month sydney 0": by_time("btcusd_4h", "MS", "Australia/Sydney", 0),
    "btcusd_4h day new_york 1080": by_time("btcusd_4h", "D", "America/New_York", 1080),
    "aapl_1d year": by_time("aapl_1d", "YS"),
    "btcusd_4h ticks:50": by_amount("btcusd_4h", lambda frame: [1] * len(frame), 50),
    "btcusd_4h volume:200000": by_amount("btcusd_4h", lambda frame: frame.volume, 200_000),
    "btcusd_4h dollars:1e9": by_amount("btcusd_4h", lambda frame: frame.close * frame.volume, 1e9),
    "btcusd_1d renko:500": renko("btcusd_1d", 50_000),
    "btcusd_1d range:1500": range_bars("btcusd_1d", 150_000),
    "fill aapl_1d flat": filled("aapl_1d", "flat"),
    "fill aapl_1d last": filled("aapl_1d", "last"),
    "fill aapl_1d linear": filled("aapl_1d", "linear"),
    "asof btcusd_4h btcusd_1d": as_of("btcusd_4h", "btcusd_1d", DAY, 2 * DAY),
}

lines = ["case\ttime\t" + "\t".join(COLUMNS)]
for name, (times, bars) in CASES.items():
    rows = list(zip(times, *(bars[column] for column in COLUMNS)))
    # The beginning, and of long ones every seventh row: enough to see a bar that is off.
    for place, (time, *values) in enumerate(rows):
        if place < 60 or place % 7 == 0 or place > len(rows) - 5:
            lines.append("\t".join([f"{name}\t{place}/{len(rows)}\t{time}"] + [repr(float(value)) for value in values]))
lines[0] = "case\trow\ttime\t" + "\t".join(COLUMNS)
(here / "frames.tsv").write_text("\n".join(lines) + "\n")
print({name: len(times) for name, (times, _) in CASES.items()})
