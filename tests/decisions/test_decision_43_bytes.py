"""Decision 43: the bytes of a result come from our own writer, the same on every system, seed and Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules.values.json_text import as_json
from tests.packs_in_text import assumed, case, definition, evaluate, load, rule, write_pack

PIECES = [
    rule("r", "{child.movements: {includes_any: [crawls, walks, sits, cruises]}}"),
    rule("s", "{some: {of: person, where: {person.history: {includes_any: [violence, child_injured]}}}}"),
    rule("t", "d", "{must: act, for: [health]}"),
    definition("d", "{child.disabled: true}", more=assumed("true")),
]
CASE = """child: {id: baby, stage: born, movements: [walks, crawls, sits]}
people: [{id: aunt, history: [violence, child_injured]}, {id: mother}]
"""
SCRIPT = """
import sys
from safeguard_rules import Case, Rulebook
book = Rulebook.load([sys.argv[1] + "/tiny"])
found = book.evaluate(Case.from_yaml(open(sys.argv[1] + "/case.yaml").read()), as_of="2026-03-02", role="midwife")
sys.stdout.write(found.to_json())
"""


@pytest.mark.parametrize("zone", ["Asia/Kolkata"])
def test_decision_43_the_same_bytes_under_every_hash_seed_and_in_every_place(tmp_path: Path, zone: str) -> None:
    write_pack(tmp_path, *PIECES)
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    given = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    told = set()
    for seed, settings in (("0", {}), ("1", {"TZ": zone, "LC_ALL": "C"}), ("4711", {"PYTHONUTF8": "0"})):
        environment = {**given, "PYTHONHASHSEED": seed, **settings}
        command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
        told.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(told) == 1


def test_decision_43_evaluating_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = load(tmp_path / "1", *PIECES), load(tmp_path / "2", *PIECES)
    assert evaluate(one, CASE).to_json() == evaluate(other, CASE).to_json()


def test_decision_43_nothing_of_this_machine_is_in_a_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = "somebody-4711"  # the real one may be called as a word of the result
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, user)
    text = load(tmp_path, *PIECES).evaluate(case(CASE), as_of="2026-03-02").to_json()
    for word in (str(tmp_path), os.sep + "tmp", user):
        assert word not in text


def test_decision_43_the_writer_is_canonical() -> None:
    """Texts as given, only what JSON wants escaped is; whole numbers; no sets, for they have no order."""
    assert as_json({"b": "é – “x”", "a": (1, True, None)}, indent=False) == '{"b":"é – “x”","a":[1,true,null]}'
    assert json.loads(as_json({"a": 'line\n"end"\t\u2028'})) == {"a": 'line\n"end"\t\u2028'}
    for refused in ({"a"}, 1.5, object()):
        with pytest.raises(TypeError):
            as_json(refused)


def test_decision_43_what_is_written_can_be_read_by_anybody(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, *PIECES), CASE)
    tree = json.loads(found.to_json())
    assert [each["rule"] for each in tree["findings"]] == [each.rule for each in found.findings]
    assert json.loads(found.to_json(indent=False)) == tree
