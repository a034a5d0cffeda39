"""The recipes of docs/screening.md, run on the real engines: the same cases in, the same bytes out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeguard_rules.interop.screening import Screening
from tests.interop.tables import DAY, NUMBER, as_bytes, case_columns

PAGE = Path(__file__).parents[1] / "docs" / "screening.md"
HEADINGS = {"duckdb": "DuckDB", "polars": "Polars", "dask": "Dask", "ray": "Ray Data", "pyspark": "Spark"}
ENGINES = os.environ.get("ENGINES", " ".join(HEADINGS)).split()
REPEATED = 20


def recipe(engine: str) -> str:
    """The `py` block under an engine's heading."""
    text = PAGE.read_text(encoding="utf-8")
    (found,) = re.findall(rf"^### {HEADINGS[engine]}\n.*?^```py\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return str(found)


def plain() -> Screening:
    """What every recipe screens with, in plain text."""
    return Screening(DAY, locality="wiltshire", keep=[NUMBER], dictionaries=False)


@pytest.fixture(scope="session")
def cases() -> pa.Table:
    """Cases of every kind, one of them no valid one, many times over with numbers of their own."""
    table = pa.Table.from_batches([case_columns()] * REPEATED)
    numbers = pa.array(range(table.num_rows), pa.int64())
    return table.set_column(table.schema.get_field_index("number"), "number", numbers)


@pytest.fixture(scope="session")
def expected(cases: pa.Table) -> bytes:
    """What the function itself gives, as bytes."""
    return as_bytes(plain().table(cases))


def read_back(output: Path) -> pa.Table:
    """What an engine wrote, a file or a folder of them, sorted by number and with the types of the function."""
    files = [output] if output.is_file() else sorted(output.glob("*.parquet"))
    schema = plain().schema
    found = []
    for file in files:
        with pq.ParquetFile(file) as parquet:
            for group in range(parquet.num_row_groups):
                for batch in parquet.iter_batches(row_groups=[group]):
                    found.append(pa.Table.from_batches([batch]).replace_schema_metadata(None).cast(schema))
    return pa.concat_tables(found).sort_by("number").replace_schema_metadata(schema.metadata)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_recipe_gives_the_same_bytes(engine: str, cases: pa.Table, expected: bytes, tmp_path: Path) -> None:
    pq.write_table(cases, tmp_path / "cases.parquet", row_group_size=400)
    (tmp_path / "recipe.py").write_text(recipe(engine), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "recipe.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    found = read_back(tmp_path / "screened.parquet")
    assert found.num_rows == cases.num_rows
    assert as_bytes(found) == expected


def test_every_engine_of_the_page_is_among_the_tested(cases: pa.Table) -> None:
    headings = re.findall(r"^### (.*)\n(?:(?!^###).*\n)*?```py", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(HEADINGS.values())
    assert set(ENGINES) <= set(HEADINGS)
    assert cases.num_rows > 1000
