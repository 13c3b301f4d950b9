"""atra's Parquet against pyarrow's and polars', on the same rows and the same file: `make bench-parquet`."""

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


def row(name, size, write, read, rows, ours=None):
    ratio = "" if ours is None else f"{size / ours[0]:8.2f}{write / ours[1]:8.2f}{read / ours[2]:8.2f}"
    print(f"{name:<44}{size / rows:8.2f}{rows / write / 1e6:10.2f}{rows / read / 1e6:10.2f}{ratio}")


with tempfile.TemporaryDirectory() as directory:
    here = pathlib.Path(directory)
    lines = subprocess.run([sys.argv[1], "parquet", directory], check=True, capture_output=True, text=True).stdout
    measured = [line.split("\t") for line in lines.splitlines()]
    for series in dict.fromkeys(line[0] for line in measured):
        file = here / f"{series}.parquet"
        table = pyarrow.parquet.read_table(file)
        frame = polars.read_parquet(file)
        print(f"\n{series}, {len(table):,} rows{'':<20}bytes/row  write M/s  read M/s   size ×  write ×  read ×")
        of = {settings: (int(size), float(write), float(read)) for name, settings, size, write, read in measured if name == series}
        ours = of.pop("atra")
        for settings, numbers in of.items():
            row(settings, *numbers, len(table))
        row("atra, as it is by default", *ours, len(table))
        their = here / "their.parquet"
        for threads in [True, False]:
            write = best(lambda: pyarrow.parquet.write_table(table, their, compression="zstd", compression_level=1))
            size = their.stat().st_size
            read = best(lambda: pyarrow.parquet.read_table(file, use_threads=threads))
            row(f"pyarrow, zstd 1, {'all threads' if threads else 'one thread'}", size, write, read, len(table), ours)
        write = best(lambda: frame.write_parquet(their, compression="zstd", compression_level=1))
        size = their.stat().st_size
        read = best(lambda: polars.read_parquet(file))
        row("polars, zstd 1, all threads", size, write, read, len(table), ours)
