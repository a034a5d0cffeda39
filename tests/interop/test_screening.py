"""Screening a batch: equal to evaluating each case alone, whatever the batches, the process and the form."""

import json
import pickle
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.interop.choice import OtherPacks, PackChoice
from safeguard_rules.interop.screening import METADATA, Screening
from safeguard_rules.packs import loading
from safeguard_rules.packs.content import OBLIGATIONS
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate
from tests.engine.columns.caseloads import bundled
from tests.interop.tables import (
    DAY,
    NUMBER,
    as_bytes,
    case_columns,
    case_texts,
    screening,
    some_cases,
    together,
)

ROOT = Path(__file__).parents[2]


def pairs(listed: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(each["rule"], each["subject"]) for each in listed]


def test_every_row_says_what_its_case_says_alone() -> None:
    rows = screening()(case_columns()).to_pylist()
    rulebook = bundled("wiltshire")
    for case, row in zip(some_cases(), rows, strict=True):
        if row["number"] == 3:
            continue
        outcomes = rulebook.evaluate(case, as_of=DAY).outcomes()
        assert row["error"] is None
        assert row["child_id"] == (case.child.id if case.child is not None else None)
        assert pairs(row["applies"]) == [key for key, outcome in outcomes.items() if outcome == "applies"]
        assert pairs(row["undetermined"]) == [key for key, outcome in outcomes.items() if outcome == "undetermined"]


def test_the_actions_are_those_that_the_evaluation_recommends() -> None:
    rows = screening()(case_columns()).to_pylist()
    for case, row in list(zip(some_cases(), rows, strict=True))[::7]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for action in bundled("wiltshire").evaluate(case, as_of=DAY).actions:
            wanted[action.action] |= {demand.obligation for demand in action.demands}
        found = [(each["obligation"], each["action"]) for each in row["actions"]]
        assert set(found) == {(obligation, name) for name, each in wanted.items() for obligation in each}
        assert found == sorted(found, key=lambda pair: (OBLIGATIONS.index(pair[0]), pair[1]))


def test_a_row_that_is_no_valid_case_keeps_its_place_and_has_its_reason() -> None:
    row = screening()(case_columns()).to_pylist()[3]
    assert row == {
        "number": 3,
        "child_id": None,
        "error": row["error"],
        "applies": None,
        "undetermined": None,
        "actions": None,
        "unknown": None,
    }
    assert "`bron`" in row["error"]


def test_the_same_bytes_come_out_whatever_the_batches() -> None:
    whole = as_bytes(together([screening()(case_columns())]))
    for size in (1, 7, 64):
        batches = [case_columns().slice(at, size) for at in range(0, case_columns().num_rows, size)]
        assert as_bytes(together([screening()(each) for each in batches])) == whole


def test_the_same_bytes_come_out_of_text() -> None:
    columns, texts = (together([screening()(each)]) for each in (case_columns(), case_texts()))
    assert as_bytes(columns) == as_bytes(texts)


def test_the_same_bytes_come_out_of_another_process_with_another_hash_seed() -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, case_texts().schema) as made:
        made.write_batch(case_texts())
    program = (
        "import pickle, sys, pyarrow as pa\n"
        "screening, given = pickle.load(sys.stdin.buffer)\n"
        "batch = pa.ipc.open_stream(given).read_next_batch()\n"
        "sys.stdout.buffer.write(pickle.dumps(screening(batch)))\n"
    )
    given = pickle.dumps((screening(), bytes(sink.getvalue())))
    run = subprocess.run(
        [sys.executable, "-c", program], input=given, capture_output=True, check=True, env={"PYTHONHASHSEED": "11"}
    )
    found = pickle.loads(run.stdout)
    assert as_bytes(together([found])) == as_bytes(together([screening()(case_texts())]))


def test_without_dictionaries_it_says_the_same_in_plain_text() -> None:
    plain = Screening(DAY, locality="wiltshire", keep=[NUMBER], dictionaries=False)
    assert plain(case_columns()).to_pylist() == screening()(case_columns()).to_pylist()
    assert "dictionary" not in str(plain.schema)


def test_the_schema_is_known_before_the_first_batch_and_tells_what_it_was_made_with() -> None:
    found = screening()(case_columns().slice(0, 0))
    assert found.schema.equals(screening().schema, check_metadata=True)
    made = json.loads(screening().schema.metadata[METADATA])
    assert made["as_of"] == DAY
    assert made["packs"] == {stamp.id: stamp.digest for stamp in bundled("wiltshire").packs}


def test_a_worker_with_other_packs_stops(tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    written = "language: 1\npack: own\ntitle: Own\nversion: 0.1.0\nstatus: draft\n"
    pack.write_text(written, encoding="utf-8")
    sent = pickle.dumps(Screening(DAY, packs=[tmp_path]))
    assert pickle.loads(sent)(case_texts().select(["case_json"])).num_rows == len(some_cases())
    pack.write_text(written.replace("0.1.0", "0.2.0"), encoding="utf-8")
    with pytest.raises(CallError, match="not those that the screening was made with"):
        pickle.loads(sent)(case_texts().select(["case_json"]))


def test_evaluations_are_those_of_one_case_for_rows_in_which_a_rule_applies() -> None:
    few = case_texts().select(["case_json"]).slice(0, 6)
    rows = Screening(DAY, locality="wiltshire", evaluations=True)(few).to_pylist()
    for case, row in zip(some_cases(), rows, strict=False):
        if row["applies"]:
            alone = bundled("wiltshire").evaluate(case, as_of=DAY)
            assert row["evaluation"] == alone.to_json("actions", indent=False)
        else:
            assert row["evaluation"] is None
    assert sum(row["evaluation"] is not None for row in rows) > 2


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"number": [1]}, "there is no column of a case: expected some of those of the vocabulary, or `case_json`"),
        ({"injuries": [None], "number": [1], "chid": [None]}, "a case has no column `chid`; did you mean `child`?"),
        ({"injuries": [None], "number": [1], "borough": ["x"]}, "`borough`; say that it is to be kept"),
        ({"injuries": [None]}, "there is no column `number` to keep"),
        ({"case_json": ["{}"], "number": [1], "child": [None]}, "either `case_json` or the columns of a case"),
        ({"case_json": [1], "number": [1]}, "`case_json` holds text, and the column is of the type `int64`"),
        ({"injuries": [1], "number": [1]}, "`injuries` holds a list, and the column is of the type `int64`"),
    ],
)
def test_columns_that_make_no_sense_are_one_error(columns: dict[str, list[object]], complaint: str) -> None:
    with pytest.raises(CallError) as found:
        screening()(pa.record_batch(columns))
    assert complaint in str(found.value)


def test_a_column_to_keep_may_not_have_a_name_that_is_taken() -> None:
    with pytest.raises(CallError, match="cannot be called `error`"):
        Screening(DAY, keep=[pa.field("error", pa.string())])


def test_a_column_to_keep_whose_text_is_not_utf_8_is_named() -> None:
    bad = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")])
    batch = pa.record_batch({"injuries": pa.nulls(1), "ward": bad})
    with pytest.raises(CallError, match=r"column.* to keep .*`ward`|`ward` to keep .*UTF8"):
        Screening(DAY, keep=[pa.field("ward", pa.string())])(batch)


def test_plug_ins_that_listen_are_told_of_every_row_and_one_that_breaks_makes_an_error_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []

    def sink(evaluation: Evaluation) -> None:
        heard.append(str(evaluation.as_of))
        if len(heard) == 2:
            raise ValueError("the disk of the log is full")

    plugins = replace(activate(), sinks=(("audit", sink),))
    monkeypatch.setattr(PackChoice, "load", lambda _: Rulebook(load(None, None, plugins)))
    rows = Screening(DAY)(case_texts().select(["case_json"]).slice(0, 3)).to_pylist()
    assert heard == [DAY] * 3
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert "the sink of plug-in `audit` failed: the disk of the log is full" in rows[1]["error"]


def test_since_another_state_of_the_packs_only_what_differs_is_told(tmp_path: Path) -> None:
    for name in ("guidance", "safe_sleep"):
        for file in sorted((ROOT / "rulepacks" / name).rglob("*.yaml")):
            copy = tmp_path / name / file.relative_to(ROOT / "rulepacks" / name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="utf-8")
            # Once it was about sofas only; and the rule about every carer was not there.
            copy.write_text(text.replace("  safer-sleep-for-every-carer:", "  old-name:"), encoding="utf-8")
    since = OtherPacks((tmp_path / "guidance", tmp_path / "safe_sleep"))
    now = Rulebook.load(["safe-sleep"])
    rows = Screening(DAY, packs=["safe-sleep"], since=since)(case_texts().select(["case_json"])).to_pylist()
    assert rows[3]["changed"] is None
    assert "`bron`" in rows[3]["error"]
    for case, row in zip(some_cases(), rows, strict=True):
        if row["error"] is not None:
            continue
        said = now.evaluate(case, as_of=DAY).outcomes()["safe-sleep:safer-sleep-for-every-carer", "child"]
        expected = []
        if said != "does_not_apply":
            expected = [
                {"rule": "safe-sleep:old-name", "subject": "child", "before": said, "after": None},
                {"rule": "safe-sleep:safer-sleep-for-every-carer", "subject": "child", "before": None, "after": said},
            ]
        assert row["changed"] == expected
    assert any(row["changed"] for row in rows)
    assert any(row["changed"] == [] for row in rows)


# --- calls that make no sense, and the cache


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (
            lambda: screening()(pa.Table.from_batches([case_texts()])),
            "expected a record batch, got a `Table`; for a table there is `screening.table(table)`",
        ),
        (lambda: screening()([case_texts()]), "expected a record batch, got a `list`"),
        (
            lambda: screening().table(case_texts()),
            "expected a table, got a `RecordBatch`; for a batch there is `screening(batch)`",
        ),
        (
            lambda: Screening(DAY, keep=["number"]),
            "keep: expected fields such as `pa.field(name, pa.int64())`, got `number`",
        ),
        (
            lambda: Screening(DAY, keep=[pa.int64()]),
            "keep: expected fields such as `pa.field(name, pa.int64())`, got a `DataType`",
        ),
    ],
)
def test_what_is_of_the_wrong_sort_is_one_error(call: Callable[[], object], complaint: str) -> None:
    with pytest.raises(CallError) as found:
        call()
    assert str(found.value) == complaint


def test_checked_packs_are_kept_and_read_again_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = case_texts().slice(0, 5)
    plain = Screening(DAY, locality="wiltshire", keep=[NUMBER])
    keeping = Screening(DAY, locality="wiltshire", keep=[NUMBER], cache=tmp_path)
    assert [each.suffix for each in tmp_path.rglob("*") if each.is_file()] == [".json"]
    sent = pickle.dumps(keeping)
    monkeypatch.setattr(loading, "load_chosen", None)  # nothing is read and checked anew
    assert keeping(batch).equals(plain(batch))
    assert pickle.loads(sent)(batch).equals(plain(batch))
    assert keeping.packs == plain.packs
