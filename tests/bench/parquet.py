"""atra's Parquet against pyarrow's and polars': all write the same rows, and read the same files, those of each writer.
`make bench-parquet`."""

import pathlib
import subprocess
import sys
import tempfile
import time

try:
    import polars
    import pyarrow.parquet
except ImportError as missing:
    sys.exit(f"{missing}; pip install pyarrow polars")


def best(work):
    """The best of several runs, in seconds."""
    least, begun = float("inf"), time.perf_counter()
    rounds = 0
    while rounds < 5 or time.perf_counter() - begun < 0.5:
        started = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - started)
        rounds += 1
    return least


def line(name, size, rows, write, read, against=""):
    written = f"{rows / write / 1e6:10.2f}" if write else " " * 10
    print(f"{name:<44}{size / rows:8.2f}{written}{rows / read / 1e6:10.2f}  {against}")


def theirs(table, frame, here, series):
    """The files that others write: name, path, seconds."""
    for name, write in [
        ("pyarrow", lambda to: pyarrow.parquet.write_table(table, to, compression="zstd", compression_level=1)),
        ("polars", lambda to: frame.write_parquet(to, compression="zstd", compression_level=1)),
    ]:
        file = here / f"{series}.{name}.parquet"
        yield name, file, best(lambda: write(file))


def readers(file):
    """Who reads a file, and the seconds each takes; pyarrow is slower with all threads where there is little to read."""
    ours = subprocess.run([sys.argv[1], "read-parquet", file], check=True, capture_output=True, text=True).stdout
    yield "atra", float(ours)
    yield "pyarrow", min(best(lambda: pyarrow.parquet.read_table(file, use_threads=threads)) for threads in [True, False])
    yield "polars", best(lambda: polars.read_parquet(file))


with tempfile.TemporaryDirectory() as directory:
    here = pathlib.Path(directory)
    lines = subprocess.run([sys.argv[1], "parquet", directory], check=True, capture_output=True, text=True).stdout
    measured = [line.split("\t") for line in lines.splitlines()]
    for series in dict.fromkeys(line[0] for line in measured):
        of = {settings: (int(size), float(write), float(read)) for name, settings, size, write, read in measured if name == series}
        file = here / f"{series}.parquet"
        table, frame = pyarrow.parquet.read_table(file), polars.read_parquet(file)
        rows = len(table)
        print(f"\n{series}, {rows:,} rows, on all processors{'':<10}bytes/row  write M/s  read M/s")
        for settings, (size, write, read) in of.items():
            line(settings, size, rows, write, read)
        files = [("atra", file, of["atra"][1]), ("atra decimals", here / f"{series}.decimals.parquet", of["atra decimals"][1])]
        files += theirs(table, frame, here, series)
        print(f"\nthe same rows, zstd 1 for all{'':<19}bytes/row  write M/s   atra writes so many times as quickly, in so many times the bytes")
        sizes = {name: path.stat().st_size for name, path, _ in files}
        for name, _, write in files:
            ratios = [f"{ours}: {write / of[ours][1]:.2f} × in {of[ours][0] / sizes[name]:.2f} ×" for ours in ["atra", "atra decimals"]]
            print(f"{name:<44}{sizes[name] / rows:8.2f}{rows / write / 1e6:10.2f}   {', '.join(ratios) if not name.startswith('atra') else ''}")
        print(f"\nthe same file, read by each: M rows/s{'':<12}atra  pyarrow    polars   atra so many times as quickly")
        for name, path, _ in files:
            read = dict(readers(path))
            speeds = "".join(f"{rows / seconds / 1e6:10.2f}" for seconds in read.values())
            ratios = ", ".join(f"{peer} {seconds / read['atra']:.2f} ×" for peer, seconds in read.items() if peer != "atra")
            print(f"written by {name:<33}{speeds}   {ratios}")
