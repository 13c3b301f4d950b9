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

TURNS = 8


def best(work):
    """The best of several runs of a turn, in seconds."""
    least, begun = float("inf"), time.perf_counter()
    rounds = 0
    while rounds < 5 or time.perf_counter() - begun < 0.5:
        started = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - started)
        rounds += 1
    return least


def line(name, size, rows, write, read):
    print(f"{name:<44}{size / rows:8.2f}{rows / write / 1e6:10.2f}{rows / read / 1e6:10.2f}")


def in_turns(contenders):
    """The best seconds of each in several turns: what else the machine does meets all alike."""
    least = dict.fromkeys(contenders, float("inf"))
    for _ in range(TURNS):
        for name, seconds in contenders.items():
            least[name] = min(least[name], seconds())
    return least


def ours(*arguments):
    """A contender that measures itself."""
    command = [sys.argv[1], *arguments]
    return lambda: float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def writers(table, frame, file, files):
    """Who writes the rows of a file, each into its own."""
    arrow, rust = files["pyarrow"], files["polars"]
    return {
        "atra": ours("write-parquet", file, "doubles"),
        "atra decimals": ours("write-parquet", file, "decimals"),
        "pyarrow": lambda: best(lambda: pyarrow.parquet.write_table(table, arrow, compression="zstd", compression_level=1)),
        "polars": lambda: best(lambda: frame.write_parquet(rust, compression="zstd", compression_level=1)),
    }


def readers(file):
    """Who reads a file; pyarrow is slower with all threads where there is little to read."""
    table = pyarrow.parquet.read_table
    return {
        "atra": ours("read-parquet", file),
        "pyarrow": lambda: min(best(lambda: table(file, use_threads=threads)) for threads in [True, False]),
        "polars": lambda: best(lambda: polars.read_parquet(file)),
    }


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
        files = {
            "atra": file,
            "atra decimals": here / f"{series}.decimals.parquet",
            "pyarrow": here / f"{series}.pyarrow.parquet",
            "polars": here / f"{series}.polars.parquet",
        }
        write = in_turns(writers(table, frame, file, files))
        sizes = {name: path.stat().st_size for name, path in files.items()}
        print(f"\nthe same rows, zstd 1 for all{'':<19}bytes/row  write M/s   atra writes so many times as quickly, in so many times the bytes")
        for name, seconds in write.items():
            ratios = [f"{atra}: {seconds / write[atra]:.2f} × in {sizes[atra] / sizes[name]:.2f} ×" for atra in ["atra", "atra decimals"]]
            print(f"{name:<44}{sizes[name] / rows:8.2f}{rows / seconds / 1e6:10.2f}   {', '.join(ratios) if not name.startswith('atra') else ''}")
        print(f"\nthe same file, read by each: M rows/s{'':<12}atra  pyarrow    polars   atra so many times as quickly")
        for name, path in files.items():
            read = in_turns(readers(path))
            speeds = "".join(f"{rows / seconds / 1e6:10.2f}" for seconds in read.values())
            ratios = ", ".join(f"{peer} {seconds / read['atra']:.2f} ×" for peer, seconds in read.items() if peer != "atra")
            print(f"written by {name:<33}{speeds}   {ratios}")
