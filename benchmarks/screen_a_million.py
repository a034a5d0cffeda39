"""A million cases from Parquet through `safeguard-rules screen`: how long, how much memory, and whether it is right.

python benchmarks/screen_a_million.py                 # a million; needs about 1 GB on the disk, in a folder of its own
python benchmarks/screen_a_million.py 50000 --jobs 1

The cases are 5,000 made ones over and over, in another order each time. Memory is that of all processes of the call,
added up and looked at every 50 ms, less what a bare interpreter takes. A page that several processes share counts once,
by the part that Linux says of it for each (Pss in /proc/PID/smaps_rollup); the code of libraries is shared so, and what
else runs may share it too, which takes a few MiB off. Beside it stands the sum in which shared pages count for each.
Then 10,000 rows of the output, drawn by chance, are held against the path that a single case takes.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.columns.rows import cases_to_batch, row_to_case
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.values.dates import AsOf

DAY = "2026-03-02"
MADE = 5_000
SAMPLE = 10_000
GROUP = 65_536
LIMIT = 1 << 30
OUTCOMES = {"applies": "applies", "undetermined": "undetermined"}


def main() -> int:
    """Makes the table, screens it, and says what that took; 1 if it is wrong or took too much memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--jobs", default="2")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, output = Path(folder) / "cases.parquet", Path(folder) / "screened.parquet"
        write(table, given.rows)
        print(f"cases: {given.rows:,} in {table.stat().st_size / 1e6:.0f} MB of Parquet", flush=True)
        seconds, (peak, apart) = screened(table, output, given.jobs)
        print(f"time: {seconds:.0f} s, {given.rows / seconds:,.0f} cases a second with {given.jobs} processes")
        print(f"memory: {peak / 2**20:.0f} MiB above the interpreter's start, of {LIMIT / 2**20:.0f}")
        print(f"memory with shared pages counted for each process: {apart / 2**20:.0f} MiB")
        print(f"output: {output.stat().st_size / 1e6:.0f} MB of Parquet", flush=True)
        wrong = compared(table, output, given.rows)
        print(f"sample: {wrong} of {min(SAMPLE, given.rows):,} rows differ from the path of a single case")
    return int(bool(wrong) or peak > LIMIT)


def write(path: Path, rows: int, different: int = MADE) -> None:
    """Writes a table of made cases, always the same."""
    maker = Maker(Rulebook.load(), AsOf.of(DAY))
    made = cases_to_batch(Case.model_validate(maker.any_case(Seeded(seed))) for seed in range(min(different, rows)))
    order = np.random.default_rng(5)
    writer, left = None, rows
    while left:
        taken = [made.take(pa.array(order.permutation(made.num_rows))) for _ in range(-(-GROUP // made.num_rows))]
        table = pa.Table.from_batches(taken).slice(0, min(GROUP, left)).combine_chunks()
        left -= table.num_rows
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=GROUP)
    assert writer is not None
    writer.close()


def screened(table: Path, output: Path, jobs: str) -> tuple[float, tuple[int, int]]:
    """The seconds that the command took, and the most bytes that its processes held at once, in both ways to count."""
    bare = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(5)"])
    time.sleep(1)
    start = held(bare.pid)
    bare.kill()
    bare.wait()
    command = [str(Path(sys.executable).with_name("safeguard-rules")), "screen", str(table), "-o", str(output)]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--as-of", DAY, "--jobs", jobs], stdout=subprocess.DEVNULL)
    peak, apart = 0, 0
    while process.poll() is None:
        now = held(process.pid)
        peak, apart = max(peak, now[0]), max(apart, now[1])
        time.sleep(0.05)
    assert process.returncode == 0
    return time.perf_counter() - began, (peak - start[0], apart - start[1])


def held(pid: int) -> tuple[int, int]:
    """The memory of a process and all below it in bytes, shared pages counted once, and counted for each."""
    pids = tuple(family(pid))
    return sum(map(proportional, pids)), sum(map(resident, pids))


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from family(int(child))


def resident(pid: int) -> int:
    """The memory of a process in bytes, with all that it shares with others; 0 where it has ended."""
    return _said(pid, "status", "VmRSS:")


def proportional(pid: int) -> int:
    """The memory of a process in bytes, with its part of what it shares with others; 0 where it has ended."""
    return _said(pid, "smaps_rollup", "Pss:")


def _said(pid: int, file: str, key: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(key)), 0)


def compared(table: Path, output: Path, rows: int) -> int:
    """In how many of the drawn rows the output is not what the case alone comes to."""
    drawn = sorted(random.Random(7).sample(range(rows), min(SAMPLE, rows)))
    rulebook, wrong = Rulebook.load(), 0
    assert pq.read_metadata(output).num_rows == rows
    for (cases, at), (screened_, there) in zip(picked(table, drawn), picked(output, drawn), strict=True):
        (told,) = screened_.slice(there, 1).to_pylist()
        expected = rulebook.evaluate(row_to_case(cases, at), as_of=DAY).outcomes()
        found = {(f["rule"], f["subject"]): said for said in OUTCOMES for f in told[said] or ()}
        wrong += found != {key: said for key, said in expected.items() if said in OUTCOMES} or told["error"] is not None
    return wrong


def picked(path: Path, places: list[int]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """The batches in which rows stand, each with the place in it."""
    first, waiting = 0, iter(places)
    place = next(waiting, None)
    with pq.ParquetFile(path) as parquet:
        for group in range(parquet.num_row_groups):
            for batch in parquet.iter_batches(batch_size=4096, row_groups=[group]):
                while place is not None and place < first + batch.num_rows:
                    yield batch, place - first
                    place = next(waiting, None)
                first += batch.num_rows


if __name__ == "__main__":
    sys.exit(main())
