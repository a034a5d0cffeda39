"""The recipes of docs/screening.md on real engines, timed on this machine: rows a second, start and memory of each.

bash .ci/test-engines                                        # makes .venv-engines
.venv-engines/bin/python benchmarks/screen_engines.py        # 200,000 rows; or say how many

Each recipe runs as a program of its own, first over one row and then over all; the rate is that of the rows beyond
the first, so that starting an engine and loading the packs stand apart. All is run three times in turns, and medians
are told. Memory is that of all processes of a program, added up; what they share counts for each.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.screen_a_million import family, resident, write
from tests_engines.test_engines import HEADINGS, recipe

ROUNDS = 3
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


def main(rows: int) -> None:
    """Prints a table with one row for each way."""
    ways = {"the function alone": ALONE, "`screen --jobs 2`": COMMAND}
    ways |= {heading: recipe(engine) for engine, heading in HEADINGS.items()}
    found: dict[str, list[tuple[float, float, int]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = table(Path(folder) / "few", 1), table(Path(folder) / "all", rows)
        for _ in range(ROUNDS):
            for name, program in ways.items():
                start, _peak = run(few, program)
                whole, peak = run(all_, program)
                found[name].append((start, (rows - 1) / max(whole - start, 1e-9), peak))
                print(f"{name}: {start:.1f} s, then {found[name][-1][1]:,.0f} rows a second", file=sys.stderr)
    print("| way | start | rows a second after it | memory |\n| --- | ---: | ---: | ---: |")
    for name, runs in found.items():
        start, rate, peak = (median(each) for each in zip(*runs, strict=True))
        print(f"| {name} | {start:.1f} s | {rate:,.0f} | {peak / 2**20:,.0f} MiB |")


def table(folder: Path, rows: int) -> Path:
    """A folder with `cases.parquet`, with numbers of the caller's own."""
    folder.mkdir()
    write(folder / "made.parquet", rows)
    with pq.ParquetFile(folder / "made.parquet") as made:
        groups = [made.read_row_group(group) for group in range(made.num_row_groups)]
    first = 0
    schema = groups[0].schema.append(pa.field("number", pa.int64()))
    with pq.ParquetWriter(folder / "cases.parquet", schema, compression="zstd") as writer:
        for group in groups:
            numbers = pa.array(range(first, first + group.num_rows), pa.int64())
            writer.write_table(group.append_column("number", numbers))
            first += group.num_rows
    return folder


def run(folder: Path, program: str) -> tuple[float, int]:
    """The seconds that a program takes in a folder, and the most memory that it has."""
    output = folder / "screened.parquet"
    if output.is_dir():
        shutil.rmtree(output)
    output.unlink(missing_ok=True)
    (folder / "program.py").write_text(program, encoding="utf-8")
    began, peak = time.perf_counter(), 0
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "program.py"], cwd=folder, stdout=log, stderr=log)
        while process.poll() is None:
            peak = max(peak, sum(resident(pid) for pid in family(process.pid)))
            time.sleep(0.05)
    assert process.returncode == 0, (folder / "log").read_text()
    return time.perf_counter() - began, peak


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
