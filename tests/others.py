"""Files of atra's in pyarrow, pandas and polars, and theirs in atra, bit by bit, and frames across Arrow's C data
interface: python3 tests/others.py COMMAND LIBRARY, the command being one built with the features parquet and arrow, the
library native/examples/exchange.rs. Ends with a line `N passed, M failed`."""

import ctypes
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
library = ctypes.CDLL(sys.argv[2])
library.atra_export.restype = ctypes.c_void_p
library.atra_import.restype = ctypes.c_int64
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


class Stream(ctypes.Structure):
    """`struct ArrowArrayStream`"""

    _fields_ = [(name, ctypes.c_void_p) for name in ["get_schema", "get_next", "get_last_error", "release", "private_data"]]


def exported(file):
    """The file's frame as Arrow's reader, and the address of its last column in atra's memory."""
    stream = Stream()
    address = library.atra_export(str(file).encode(), ctypes.byref(stream))
    return pyarrow.RecordBatchReader._import_from_c(ctypes.addressof(stream)), address


def imported(reader, file):
    """Writes what a reader of Arrow's holds into a file, by atra. Returns the rows."""
    stream = Stream()
    reader._export_to_c(ctypes.addressof(stream))
    return library.atra_import(str(file).encode(), ctypes.byref(stream))


def count(what, passes):
    global passed, failed
    passed, failed = passed + passes, failed + (not passes)
    if not passes:
        print(f"{what}: not so")


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

        reader, address = exported(csv)
        whole = reader.read_all()
        reader.close()
        check(f"{series} exported", of_arrow(whole), expected)
        check(f"{series} exported to polars", of_polars(polars.from_arrow(whole)), expected)
        buffer = whole["volume"].chunk(0).buffers()[1]
        count(f"{series} exported without a copy", buffer.address == address)
        # In several batches, sliced, with nulls.
        batches = pyarrow.RecordBatchReader.from_batches(whole.schema, whole.slice(3).to_batches(max_chunksize=1_000))
        rows = imported(batches, here / "imported.csv")
        count(f"{series} imported rows", rows == len(whole) - 3)
        check(f"{series} imported", columns_of_csv(here / "imported.csv"), {n: cells[3:] for n, cells in expected.items()})
        rows = imported(polars.from_arrow(whole).to_arrow().to_reader(), here / "imported.csv")
        check(f"{series} imported from polars", columns_of_csv(here / "imported.csv"), expected)
    times = pyarrow.array([1, 2, 3], pyarrow.timestamp("s"))
    table = pyarrow.table({"time": times, "a": [1.5, None, -0.0], "text": ["x", "y", "z"]})
    count("nulls imported", imported(table.to_reader(), here / "nulls.csv") == 3)
    count("nulls are gaps", (here / "nulls.csv").read_text() == "time,a\n1000,1.5\n2000,\n3000,-0\n")
    failing = pyarrow.RecordBatchReader.from_batches(table.schema, (1 / 0 for _ in range(1)))
    count("a stream that fails is refused", imported(failing, here / "none.csv") == -1)
    count("times out of order are refused", imported(table.take([1, 0]).to_reader(), here / "none.csv") == -1)

print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
