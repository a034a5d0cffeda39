"""`screen`: tables in, one row out for each, going on after a kill, and what came of it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeguard_rules.case.canonical import canonical_bytes
from safeguard_rules.cli import screening_run
from safeguard_rules.cli.lock import held
from safeguard_rules.interop import screening_parts
from safeguard_rules.interop.screening import METADATA
from safeguard_rules.interop.screening_parts import Parts
from tests.cli.calling import Caller
from tests.interop.tables import BROKEN, DAY, as_bytes, case_columns, case_texts, screening, some_cases
from tests.test_documents import blocks_of, matches

ROOT = Path(__file__).parents[2]
PARQUET = pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows", ".jsonl"])


@pytest.fixture
def table(tmp_path: Path) -> str:
    """The cases as Parquet, with a column of the caller's own."""
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_batches([case_columns()]), path)
    return str(path)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of ten rows."""
    monkeypatch.setattr(screening_parts, "ROWS", 10)


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows of an output in any form."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]
    begin = pa.ipc.open_stream if path.suffix == ".arrows" else pa.ipc.open_file
    return begin(path).read_all().to_pylist()  # type: ignore[no-any-return]


@PARQUET
def test_every_form_holds_what_the_function_says_of_every_row(
    call: Caller, table: str, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"screened{ending}"
    options = ["--as-of", DAY, "--locality", "wiltshire", "--keep", "number"]
    answer = call("screen", table, "-o", str(out), *options)
    assert (answer.code, answer.err) == (0, "")
    expected = screening()(case_columns()).to_pylist()
    places = [{"file": "cases.parquet", "row": number} for number in range(1, len(expected) + 1)]
    assert rows_of(out) == [{**place, **row} for place, row in zip(places, expected, strict=True)]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(["cases.parquet", out.name])


def test_json_lines_and_columns_come_to_the_same(call: Caller, table: str, tmp_path: Path) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text("".join(f"{each}\n" for each in case_texts().column(0).to_pylist()), encoding="utf-8")
    pq.write_table(
        pa.table(
            {
                **{
                    n: c
                    for n, c in zip(case_columns().schema.names, case_columns().columns, strict=True)
                    if n != "number"
                }
            }
        ),
        table,
    )
    found = []
    for given in (table, str(lines)):
        assert call("screen", given, "-o", str(tmp_path / "out.parquet"), "--as-of", DAY).code == 0
        found.append([{**row, "file": ""} for row in rows_of(tmp_path / "out.parquet")])
    assert found[0] == found[1]


def test_a_folder_is_screened_file_by_file_in_the_order_of_the_names(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    for name, text in (("b.jsonl", "{}\n{\n"), ("a/c.jsonl", "\n{}")):
        call.write(f"open/{name}", text)
    answer = call("screen", str(folder), "-o", str(tmp_path / "out.jsonl"), "--as-of", DAY)
    assert "2 rows not screened, by the reason" in answer.out
    rows = rows_of(tmp_path / "out.jsonl")
    assert [(row["file"], row["row"]) for row in rows] == [
        ("a/c.jsonl", 1),
        ("a/c.jsonl", 2),
        ("b.jsonl", 1),
        ("b.jsonl", 2),
    ]
    assert [row["error"] is None for row in rows] == [False, True, True, False]


@PARQUET
def test_the_same_bytes_come_out_whatever_the_files_cuts_the_parts_and_the_processes(
    call: Caller, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, out = tmp_path / "cases.parquet", tmp_path / f"out{ending}"
    found = set()
    for group, part, jobs in ((100, 8192, "1"), (3, 16, "1"), (100, 16, "2")):
        pq.write_table(pa.Table.from_batches([case_columns()]), table, row_group_size=group)
        monkeypatch.setattr(screening_parts, "ROWS", part)
        assert call("screen", str(table), "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", jobs).code == 0
        found.add(out.read_bytes())
    assert len(found) == 1


# --- stopping and going on


def wait_for(what: Callable[[], bool], seconds: float = 300) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def started(program: Path, arguments: list[str]) -> subprocess.Popen[bytes]:
    """A program of its own group, as a shell starts one."""
    command = [sys.executable, str(program), *arguments]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


STUCK = """
import signal, sys, time
from safeguard_rules.interop import screening_parts
from safeguard_rules.cli.main import run
screening_parts.ROWS = 10
writing = screening_parts.Parts.write
def three_only(self, index, batch):
    if index > 2:
        time.sleep(600)
    writing(self, index, batch)
screening_parts.Parts.write = three_only
if __name__ == "__main__":
    # Who started the tests may have told them, and all that they start, to ignore interruptions.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.usefixtures("small_parts")
def test_a_killed_call_goes_on_and_loses_and_doubles_no_row(
    call: Caller, table: str, tmp_path: Path, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, out = tmp_path / "stuck.py", tmp_path / "out.parquet"
    program.write_text(STUCK, encoding="utf-8")
    arguments = ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", jobs]
    parts = Parts.of(out)
    process = started(program, arguments)
    wait_for(lambda: len(parts.done()) == 3)
    process.kill()
    # Every process of the call ends with the first, so that nothing goes on writing: their output is one pipe.
    assert process.communicate(timeout=300)[0] == b""
    assert process.returncode == -signal.SIGKILL
    before = parts.done()
    assert before == {0, 1, 2}
    assert case_columns().num_rows > 30
    assert not out.exists()
    assert parts.lock.exists()
    kept = {index: parts.path(index).stat().st_mtime_ns for index in before}
    seen: list[int] = []
    monkeypatch.setattr(
        Parts, "remove", lambda self: seen.extend(self.path(i).stat().st_mtime_ns for i in sorted(kept))
    )
    assert call(*arguments[:-1], "1").code == 0
    assert seen == [kept[index] for index in sorted(kept)]
    again = tmp_path / "again.parquet"
    assert call("screen", table, "-o", str(again), *arguments[4:]).code == 0
    assert out.read_bytes() == again.read_bytes()
    assert [row["number"] for row in rows_of(out)] == list(range(case_columns().num_rows))


STOPPING = [
    "stopping; what the processes have begun is finished first",
    "stopped; the same command goes on where it stopped",
]
SLOW = STUCK.replace("time.sleep(600)", "time.sleep(5)")


@pytest.mark.usefixtures("small_parts")
def test_who_interrupts_again_and_again_is_answered_as_who_does_once(call: Caller, table: str, tmp_path: Path) -> None:
    program, out = tmp_path / "slow.py", tmp_path / "out.parquet"
    program.write_text(SLOW, encoding="utf-8")
    arguments = ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", "2"]
    process = started(program, arguments)
    wait_for(lambda: len(Parts.of(out).done()) >= 3)
    for _ in range(4):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.1)
    said, complaint = process.communicate(timeout=60)
    assert (process.returncode, said) == (5, b"")
    assert complaint.decode().strip().splitlines() == STOPPING
    assert not out.exists()
    assert call(*arguments).code == 0
    assert [row["number"] for row in rows_of(out)] == list(range(case_columns().num_rows))


@pytest.mark.usefixtures("small_parts")
def test_who_listens_for_interruptions_listens_again_after_one(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(screening_run.ScreeningRun, "_fed", interrupted)
    before = signal.getsignal(signal.SIGINT)
    answer = call("screen", table, "-o", str(tmp_path / "o.parquet"), "--as-of", DAY, "--keep", "number", "--jobs", "2")
    assert answer.code == 5
    assert signal.getsignal(signal.SIGINT) is before


LOADING = SLOW.replace(
    'if __name__ == "__main__":',
    """
if __name__ == "__mp_main__":
    open(sys.argv[4] + ".loading", "w").close()
    time.sleep(3)
if __name__ == "__main__":""",
)


def test_who_interrupts_while_the_processes_begin_reads_nothing_of_theirs(table: str, tmp_path: Path) -> None:
    program, out = tmp_path / "loading.py", tmp_path / "out.parquet"
    program.write_text(LOADING, encoding="utf-8")
    process = started(program, ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", "2"])
    wait_for(lambda: Path(f"{out}.loading").exists())
    os.killpg(process.pid, signal.SIGINT)
    said, complaint = process.communicate(timeout=60)
    assert (process.returncode, said) == (5, b"")
    assert complaint.decode().strip().splitlines() == STOPPING


FULL = "    if index == 2:\n        raise OSError('the disk is full')\n    writing(self"
BROKEN_OFF = SLOW.replace("    writing(self", FULL)


@pytest.mark.usefixtures("small_parts")
def test_an_error_in_one_process_waits_for_the_others_and_no_interruption_breaks_that_off(
    table: str, tmp_path: Path
) -> None:
    program, out = tmp_path / "broken_off.py", tmp_path / "out.parquet"
    program.write_text(BROKEN_OFF, encoding="utf-8")
    arguments = ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", "2"]
    process = started(program, arguments)
    wait_for(lambda: Parts.of(out).done() >= {0, 1})
    for _ in range(20):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.1)
    said, complaint = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode == 5, complaint
    with held(Parts.of(out).lock):
        assert not any(each.name.endswith(".new") for each in Parts.of(out).folder.iterdir())


@pytest.mark.usefixtures("small_parts")
def test_an_interrupted_call_says_how_to_go_on(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = Parts.write

    def interrupted(self: Parts, index: int, batch: pa.RecordBatch) -> None:
        if index == 2:
            raise KeyboardInterrupt
        writing(self, index, batch)

    out = tmp_path / "out.parquet"
    arguments = ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number", "--jobs", "1"]
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "write", interrupted)
        answer = call(*arguments)
    assert (answer.code, answer.out) == (5, "")
    assert answer.err.startswith("stopped; the same command goes on where it stopped\n")
    assert Parts.of(out).done() == {0, 1}
    assert call(*arguments).code == 0
    assert [row["number"] for row in rows_of(out)] == list(range(case_columns().num_rows))


@pytest.fixture
def unfinished(call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output of a call that was stopped before it was written."""
    out = tmp_path / "out.parquet"
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "assemble", lambda *_: (_ for _ in ()).throw(OSError("stopped")))
        assert call("screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number").code == 5
    return out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--as-of", "2026-03-03"], f"the day was {DAY} and is 2026-03-03: give --as-of {DAY} to go on"),
        (["--locality", "wiltshire"], "finished: the area was none and is wiltshire. Call"),
        (["--actions"], "finished: --actions was not given and is given. Call"),
        (["--changed-since", "rulepacks"], "finished: the packs to compare with were others, or none. Call"),
    ],
)
def test_parts_of_another_screening_are_not_gone_on_with(
    call: Caller, table: str, unfinished: Path, change: list[str], says: str
) -> None:
    answer = call("screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number", *change)
    assert answer.code == 2
    assert answer.err.startswith(f"error: `{unfinished.as_posix()}.parts` holds parts of another screening, which was ")
    assert says in answer.err
    assert answer.err.endswith("Call it as before to go on, or delete the folder\n")
    assert not unfinished.exists()


@pytest.mark.parametrize("cut", [True, False])
def test_a_damaged_part_is_named_and_done_anew_when_it_is_gone(
    call: Caller, table: str, unfinished: Path, cut: bool
) -> None:
    arguments = ["screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number"]
    part = Parts.of(unfinished).path(0)
    whole = part.read_bytes()
    middle = len(whole) // 2
    part.write_bytes(whole[:middle] if cut else whole[:middle] + bytes(500) + whole[middle + 500 :])
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    said = f"error: `{part.as_posix()}` is damaged; delete it and call again: that part is done anew\n"
    assert answer.err == said
    part.unlink()
    assert call(*arguments).code == 0
    assert [row["number"] for row in rows_of(unfinished)] == list(range(case_columns().num_rows))


def test_columns_kept_in_another_order_are_told_by_name(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pq.read_table(table).append_column("ward", pa.array(["a"] * case_columns().num_rows)), table)
    arguments = ["screen", table, "-o", str(tmp_path / "out.parquet"), "--as-of", DAY]
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "assemble", lambda *_: (_ for _ in ()).throw(OSError("stopped")))
        assert call(*arguments, "--keep", "ward", "--keep", "number").code == 5
    answer = call(*arguments, "--keep", "number", "--keep", "ward")
    assert "finished: --keep was ward, number and is number, ward. Call it as before" in answer.err


def test_files_whose_kept_columns_differ_are_one_output_or_one_error(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    for name, type_ in (("a", pa.int32()), ("b", pa.int64())):
        columns = {"case_json": ["{}"], "number": pa.array([2**31 - 1], type_)}
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    out = tmp_path / "out.parquet"
    arguments = ["screen", str(folder), "-o", str(out), "--as-of", DAY, "--keep", "number"]
    assert call(*arguments).code == 0
    assert pq.read_schema(out).field("number").type == pa.int64()
    assert [row["number"] for row in rows_of(out)] == [2**31 - 1] * 2
    pq.write_table(pa.table({"case_json": ["{}"], "number": ["7"]}), folder / "b.parquet")
    answer = call(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert "is of the type `int32` in `a.parquet` and of `string` in `b.parquet`, and one column" in answer.err
    assert not Parts.of(out).folder.exists()


def test_nothing_but_what_is_of_the_screening_is_removed(call: Caller, table: str, unfinished: Path) -> None:
    folder = Parts.of(unfinished).folder
    (folder / "mine.txt").write_text("keep me", encoding="utf-8")
    (folder / ".part-0000001.77.new").write_bytes(b"")
    assert call("screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number").code == 0
    assert unfinished.exists()
    assert [(each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir()] == [("mine.txt", "keep me")]


@pytest.mark.parametrize("name", ["mine.txt", "part-0000000.arrow"])
def test_a_folder_that_is_not_of_a_screening_is_neither_used_nor_removed(
    call: Caller, table: str, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out.parquet"
    folder = Parts.of(out).folder
    folder.mkdir()
    (folder / name).write_text("keep me", encoding="utf-8")
    answer = call("screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number")
    assert answer.code == 2
    assert f"out.parquet.parts` is not of a screening, for it holds `{name}`" in answer.err
    assert [(each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir()] == [(name, "keep me")]
    assert not out.exists()


def test_what_a_kill_leaves_before_anything_is_done_is_gone_on_with(call: Caller, table: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    folder = Parts.of(out).folder
    folder.mkdir()
    (folder / ".screening.json.new").write_text("{", encoding="utf-8")
    (folder / ".lock").write_text("", encoding="utf-8")
    assert call("screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number").code == 0
    assert not folder.exists()


def test_a_file_where_the_parts_go_is_said(call: Caller, table: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    Parts.of(out).folder.write_text("mine", encoding="utf-8")
    answer = call("screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number")
    assert (answer.code, "is no folder, and the parts of the screening go there" in answer.err) == (2, True)


def test_two_calls_for_one_output_at_once_are_one_error(call: Caller, table: str, unfinished: Path) -> None:
    arguments = ["screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number"]
    with held(Parts.of(unfinished).lock):
        answer = call(*arguments)
        assert answer.code == 2
        assert "out.parquet.parts` is in use: another call works on the same output just now" in answer.err
        assert not unfinished.exists()
    assert call(*arguments).code == 0


def test_an_output_inside_the_input_folder_is_gone_on_with(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.write("open/cases.jsonl", "{}\n{}\n")
    out = tmp_path / "open" / "out.parquet"
    arguments = ["screen", str(tmp_path / "open"), "-o", str(out), "--as-of", DAY]
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "assemble", lambda *_: (_ for _ in ()).throw(OSError("stopped")))
        assert call(*arguments).code == 5
    assert Parts.of(out).done() == {0}
    for _ in range(2):
        answer = call(*arguments)
        assert (answer.code, answer.err) == (0, "")
        assert [(row["file"], row["row"]) for row in rows_of(out)] == [("cases.jsonl", 1), ("cases.jsonl", 2)]


def test_parts_of_another_input_are_not_gone_on_with(call: Caller, table: str, unfinished: Path) -> None:
    pq.write_table(pa.Table.from_batches([case_columns().slice(1)]), table)
    answer = call("screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number")
    assert answer.code == 2
    assert "the input was another" in answer.err


@pytest.mark.parametrize("manifest", ["", "[]", "{}"])
def test_parts_with_a_damaged_manifest_are_not_gone_on_with(
    call: Caller, table: str, unfinished: Path, manifest: str
) -> None:
    path = Parts.of(unfinished).folder / "screening.json"
    path.write_text(manifest, encoding="utf-8")
    answer = call("screen", table, "-o", str(unfinished), "--as-of", DAY, "--keep", "number")
    assert answer.code == 2
    assert answer.err == f"error: `{path.as_posix()}` cannot be read: delete the folder, and all is screened anew\n"


def test_an_earlier_output_stays_until_the_new_one_is_complete(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.parquet"
    arguments = ["screen", table, "-o", str(out), "--as-of", DAY, "--keep", "number"]
    assert call(*arguments).code == 0
    before = out.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Parts, "read", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
        assert call(*arguments).code == 5
    assert out.read_bytes() == before


@pytest.mark.usefixtures("small_parts")
def test_a_process_that_is_ended_from_outside_is_said(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screening_run, "_work", _end)
    answer = call("screen", table, "-o", str(tmp_path / "o.parquet"), "--as-of", DAY, "--keep", "number", "--jobs", "2")
    assert answer.code == 5
    assert "was ended from outside; the same command goes on where it stopped" in answer.err


def _end(_: object) -> None:
    os._exit(3)


# --- the summary


def test_the_summary_as_json_counts_what_the_rows_say(call: Caller, table: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    options = ["--as-of", DAY, "--locality", "wiltshire", "--keep", "number", "--format", "json"]
    told = json.loads(call("screen", table, "-o", str(out), *options).out)
    assert (told["rows"], told["errors"], told["as_of"]) == (case_columns().num_rows, 1, DAY)
    assert told["evaluated"] == case_columns().num_rows - 1
    rows = rows_of(out)
    report = "non-mobile-injury:report-injury"
    applying = [row for row in rows if report in {each["rule"] for each in row["applies"] or ()}]  # type: ignore[attr-defined]
    (counted,) = [each for each in told["rules"] if each["rule"] == report]
    assert counted["applies"] == len(applying) > 0
    made = json.loads(pq.read_schema(out).metadata[METADATA])
    assert {key: told[key] for key in made} == made


def test_the_summary_in_words_promises_nothing(call: Caller, tmp_path: Path) -> None:
    lines = call.write("cases.jsonl", f"{{}}\n{BROKEN}\n")
    answer = call("screen", lines, "-o", str(tmp_path / "out.jsonl"), "--as-of", DAY)
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "2 rows for 2 March 2026, no area given: 1 evaluated, 1 not screened"
    assert "1 row not screened, by the reason" in answer.out
    assert "  - no rule applies for certain or as a precaution" in answer.out
    assert "A case in which no rule applies is no assurance" in answer.out
    assert "What is not known and left a rule undecided" in answer.out


@pytest.mark.parametrize("text", ["", f"{BROKEN}\n{{\n"])
def test_an_input_without_a_case_is_not_told_as_one_in_which_nothing_applies(
    call: Caller, tmp_path: Path, text: str
) -> None:
    lines = call.write("cases.jsonl", text)
    answer = call("screen", lines, "-o", str(tmp_path / "out.jsonl"), "--as-of", DAY)
    assert answer.code == 0
    assert ": none evaluated" in answer.out.splitlines()[0]
    assert "No case was evaluated" in answer.out
    assert "no rule" not in answer.out.split("How to read this")[0]
    assert "What is not known and left" not in answer.out


def test_the_page_shows_what_is_printed(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = ROOT / "examples" / "screening" / "caseload.jsonl"
    answer = call("screen", str(table), "-o", "screened.jsonl", "--as-of", DAY)
    (shown,) = [b.text for b in blocks_of("docs/screening.md", "text") if "rows for 2 March" in b.text]
    assert matches(shown, answer.out), answer.out
    rows = rows_of(tmp_path / "screened.jsonl")
    assert [row["error"] for row in rows] == [None, None, rows[2]["error"], None, None]
    (reason,) = [b.text for b in blocks_of("docs/screening.md", "text") if b.text.startswith("error: ")]
    assert reason == f"error: {rows[2]['error']}\n"


def test_rows_that_are_no_case_fail_only_if_wanted(call: Caller, tmp_path: Path) -> None:
    out = str(tmp_path / "out.jsonl")
    good, bad = call.write("good.jsonl", "{}\n"), call.write("bad.jsonl", "[]\n")
    assert call("screen", bad, "-o", out, "--as-of", DAY).code == 0
    assert call("screen", bad, "-o", out, "--as-of", DAY, "--fail-on-error").code == 1
    assert call("screen", good, "-o", out, "--as-of", DAY, "--fail-on-error").code == 0


def test_what_changes_with_a_release_of_packs(call: Caller, tmp_path: Path) -> None:
    old = tmp_path / "before" / "safe_sleep"
    packs = ROOT / "rulepacks"
    for file in (*(packs / "safe_sleep").rglob("*.yaml"), *(packs / "guidance").rglob("*.yaml")):
        copy = tmp_path / "before" / file.relative_to(packs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        copy.write_text(text.replace("  safer-sleep-for-every-carer:", "  old-name:"), encoding="utf-8")
    assert old.is_dir()
    lines = call.write("cases.jsonl", "".join(f"{canonical_bytes(case).decode()}\n" for case in some_cases()))
    options = ["--as-of", DAY, "--packs", "safe-sleep", "--changed-since", str(tmp_path / "before")]
    answer = call("screen", lines, "-o", str(tmp_path / "out.jsonl"), *options)
    assert answer.code == 0
    assert "safe-sleep:safer-sleep-for-every-carer: not there, now applies" in answer.out
    told = json.loads(call("screen", lines, "-o", str(tmp_path / "out.jsonl"), *options, "--format", "json").out)
    rows = rows_of(tmp_path / "out.jsonl")
    assert told["changed"] == sum(bool(row["changed"]) for row in rows) > 0
    assert sorted(told["since"]) == ["guidance", "safe-sleep"]


# --- wrong calls


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none.parquet", "-o", "{out}"], "there is no file or folder `none.parquet`"),
        (["{table}", "-o", "out.csv"], "`out.csv` is no table that is known by its ending; expected `.parquet`"),
        (["{table}", "-o", "out.csv"], "`.arrows`, `.jsonl` or `.ndjson`\n"),
        (["{table}", "-o", "{table}"], "is the input too; write to another file"),
        (["{table}", "-o", "{out}"], "`cases.parquet`: a case has no column `number`; say that it is to be kept"),
        (["{table}", "-o", "{out}", "--keep", "numbr"], "--keep: there is no column `numbr`; did you mean `number`?"),
        (["{table}", "-o", "{out}", "--actions", "--changed-since", "x"], "give one of them"),
        (
            ["{table}", "-o", "{out}", "--keep", "number", "--changed-since", "docs"],
            "there is no pack, locality or case under",
        ),
        (["{table}", "-o", "{out}", "--as-of", "soon"], "--as-of: "),
        (["{table}", "-o", "{out}", "--keep", "number", "--jobs", "0"], "--jobs"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_error_and_writes_nothing(
    call: Caller, table: str, tmp_path: Path, arguments: list[str], says: str
) -> None:
    out = str(tmp_path / "out.parquet")
    answer = call("screen", *(each.format(table=table, out=out) for each in arguments))
    assert answer.code == 2
    assert says in answer.err
    assert [each.name for each in tmp_path.iterdir()] == ["cases.parquet"]


def test_without_the_extra_it_says_what_to_install(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("safeguard_rules.cli.screening", "safeguard_rules.interop"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = call("screen", table, "-o", str(tmp_path / "out.parquet"))
    assert answer.code == 5
    assert 'pip install "safeguard-rules[arrow]"' in answer.err


def test_progress_is_shown_on_a_terminal_only(
    call: Caller, table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")  # on a dumb one nothing moves, wherever the tests are run
    arguments = ["screen", table, "-o", str(tmp_path / "out.parquet"), "--as-of", DAY, "--keep", "number"]
    assert "screening" in call(*arguments).err
    assert as_bytes(pq.read_table(tmp_path / "out.parquet"))
