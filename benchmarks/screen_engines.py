"""The recipes of docs/screening.md on real engines, timed on this machine: rows a second, start and memory of each.

bash .ci/test-engines                                        # makes .venv-engines
.venv-engines/bin/python benchmarks/screen_engines.py        # 100,000 rows, three rounds; or say how many of each

Each recipe runs as a program of its own, first over one row and then over all; the rate and the cost are those of the
rows beyond the first, so that starting an engine and loading the packs stand apart. The cost is the time that all
processes of a program had a processor, which another load on the machine changes little. All is run in turns, and
medians are told. Memory is that of all processes, added up; what they share counts for each.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.screen_a_million import family, resident, write
from tests_engines.test_engines import HEADINGS, recipe

DIFFERENT = 1_000
GROUP = 8_192
ALONE = """
import pyarrow as pa
import pyarrow.parquet as pq
from safeguard_rules.interop.screening import Screening

screening = Screening("2026-03-02", locality="wiltshire", keep=[pa.field("number", pa.int64())])
with pq.ParquetWriter("screened.parquet", screening.schema) as writer, pq.ParquetFile("cases.parquet") as cases:
    for group in range(cases.num_row_groups):
        for batch in cases.iter_batches(8192, row_groups=[group]):
            writer.write_batch(screening(batch))
"""
COMMAND = """
import sys
from safeguard_rules.cli.main import run
if __name__ == "__main__":
    options = ["--as-of", "2026-03-02", "--locality", "wiltshire", "--keep", "number", "--jobs", "2"]
    sys.exit(run(["screen", "cases.parquet", "-o", "screened.parquet", *options]))
"""


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, seconds of a processor, bytes of memory."""

    wall: float
    cpu: float
    peak: int


def main(rows: int, rounds: int) -> None:
    """Prints a table with one row for each way."""
    ways = {"the function alone": ALONE, "`screen --jobs 2`": COMMAND}
    ways |= {heading: recipe(engine) for engine, heading in HEADINGS.items()}
    found: dict[str, list[tuple[Run, Run]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = table(Path(folder) / "few", 1), table(Path(folder) / "all", rows)
        for _ in range(rounds):
            for name, program in ways.items():
                found[name].append((run(few, program), run(all_, program)))
                print(name, *found[name][-1], file=sys.stderr, flush=True)
    print("| way | start | rows a second | processor time a row | memory |\n| --- | ---: | ---: | ---: | ---: |")
    for name, runs in found.items():
        start = median(one.wall for one, _ in runs)
        rate = median((rows - 1) / max(whole.wall - one.wall, 1e-9) for one, whole in runs)
        cost = median((whole.cpu - one.cpu) / (rows - 1) for one, whole in runs)
        peak = median(whole.peak for _, whole in runs)
        print(f"| {name} | {start:.1f} s | {rate:,.0f} | {cost * 1e6:.0f} us | {peak / 2**20:,.0f} MiB |")


def table(folder: Path, rows: int) -> Path:
    """A folder with `cases.parquet`, with numbers of the caller's own."""
    folder.mkdir()
    write(folder / "made.parquet", rows, DIFFERENT)
    made = pq.ParquetFile(folder / "made.parquet")
    schema = made.schema_arrow.append(pa.field("number", pa.int64()))
    first = 0
    with pq.ParquetWriter(folder / "cases.parquet", schema, compression="zstd") as writer:
        for group in range(made.num_row_groups):
            for batch in made.iter_batches(GROUP, row_groups=[group]):
                numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
                writer.write_batch(batch.append_column("number", numbers))
                first += batch.num_rows
    return folder


def run(folder: Path, program: str) -> Run:
    """What a program takes in a folder."""
    output = folder / "screened.parquet"
    if output.is_dir():
        shutil.rmtree(output)
    output.unlink(missing_ok=True)
    (folder / "program.py").write_text(program, encoding="utf-8")
    began, peak = time.perf_counter(), 0
    used: dict[int, float] = {}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "program.py"], cwd=folder, stdout=log, stderr=log)
        while process.poll() is None:
            below = list(family(process.pid))
            peak = max(peak, sum(map(resident, below)))
            used |= {pid: max(processor_time(pid), used.get(pid, 0)) for pid in below}
            time.sleep(0.05)
    assert process.returncode == 0, (folder / "log").read_text()
    return Run(time.perf_counter() - began, sum(used.values()), peak)


def processor_time(pid: int) -> float:
    """The seconds for which a process had a processor; 0 where it has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*given, *(100_000, 3)[len(given) :])
