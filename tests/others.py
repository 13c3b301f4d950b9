"""Files of atra's in pyarrow, pandas and polars, and theirs in atra, bit by bit: python3 tests/others.py COMMAND, the
command being one built with the features parquet and arrow. Ends with a line `N passed, M failed`."""

import pathlib
import subprocess
import sys
import tempfile

import numpy
import polars
import pyarrow
import pyarrow.feather
import pyarrow.parquet

atra = sys.argv[1]
data = pathlib.Path(__file__).parent / "data"
COLUMNS = ["open", "high", "low", "close", "volume"]
passed = failed = 0


def columns_of_csv(path):
    rows = [line.split(",") for line in pathlib.Path(path).read_text().splitlines()]
    return {name: [float(cell) for cell in cells] for name, *cells in zip(*rows)}


def convert(*arguments):
    subprocess.run([atra, "convert", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def check(what, found, expected):
    global passed, failed
    same = all(
        numpy.array_equal(numpy.asarray(found[name], dtype="float64").view("int64"),
                          numpy.asarray(expected[name], dtype="float64").view("int64"))
        for name in ["time", *COLUMNS])
    passed, failed = passed + same, failed + (not same)
    if not same:
        print(f"{what}: not the same")


def of_arrow(table):
    time = table["time"].cast(pyarrow.timestamp("ms", "UTC")).cast(pyarrow.int64())
    return {"time": time.to_numpy(), **{name: table[name].cast(pyarrow.float64()).to_numpy() for name in COLUMNS}}


def of_polars(frame):
    time = frame["time"].dt.timestamp("ms")
    return {"time": time.to_numpy(), **{name: frame[name].cast(polars.Float64).to_numpy() for name in COLUMNS}}


with tempfile.TemporaryDirectory() as directory:
    here = pathlib.Path(directory)
    for series in ["aapl_1d", "btcusd_4h", "us500_1m"]:
        csv, expected = data / f"{series}.csv", columns_of_csv(data / f"{series}.csv")
        for name, options in [("doubles.parquet", []), ("decimals.parquet", ["--decimals"]), ("a.arrow", [])]:
            file = here / name
            convert(csv, file, *options)
            if name.endswith(".arrow"):
                check(f"{series} {name} pyarrow", of_arrow(pyarrow.feather.read_table(file)), expected)
                check(f"{series} {name} polars", of_polars(polars.read_ipc(file)), expected)
            else:
                table = pyarrow.parquet.read_table(file)
                if not options:
                    check(f"{series} {name} pyarrow", of_arrow(table), expected)
                    check(f"{series} {name} polars", of_polars(polars.read_parquet(file)), expected)
                    pandas = table.to_pandas()
                    time = pandas.time.astype("datetime64[ms, UTC]").astype("int64")
                    check(f"{series} {name} pandas", {"time": time, **{n: pandas[n] for n in COLUMNS}}, expected)
                else:
                    # Decimals are exact: as text they are the numbers of the CSV file.
                    text = {n: [float(str(x)) for x in table[n].to_pylist()] for n in COLUMNS}
                    check(f"{series} {name} pyarrow", {"time": of_arrow(table)["time"], **text}, expected)
        table = pyarrow.parquet.read_table(here / "doubles.parquet")
        frame = polars.from_arrow(table)
        theirs = {
            "pyarrow.parquet": lambda file: pyarrow.parquet.write_table(table, file, compression="zstd"),
            "snappy.parquet": lambda file: pyarrow.parquet.write_table(table, file, data_page_version="2.0"),
            "pyarrow.feather": lambda file: pyarrow.feather.write_feather(table, file),
            "polars.parquet": frame.write_parquet,
            "polars.arrow": frame.write_ipc,
        }
        for name, write in theirs.items():
            write(here / name)
            convert(here / name, here / "back.csv")
            check(f"{series} {name}", columns_of_csv(here / "back.csv"), expected)

print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
