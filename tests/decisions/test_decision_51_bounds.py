"""Decision 51: definitions form a graph without circles, each counted once; limits are errors, never cuts."""

import time
from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.checking import DEEPEST
from safeguard_rules.packs.loading import load as load_packs
from safeguard_rules.reading.sizes import LARGEST_FILE
from tests.packs.refused import case_codes, codes
from tests.packs_in_text import Piece, definition, evaluate, finding, load, no_bundled_packs, outcome, rule, write_pack

FIRST = definition("d0", "{child.disabled: true}")


def doubling(n: int) -> tuple[Piece, ...]:
    """Definitions of which each uses the one before it twice."""
    return (FIRST, *(definition(f"d{i}", f"{{any: [d{i - 1}, {{not: d{i - 1}}}]}}") for i in range(1, n + 1)))


def test_decision_51_thirty_definitions_that_double_cost_thirty(tmp_path: Path) -> None:
    began = time.process_time()  # what others do on the machine does not count
    rulebook = load(tmp_path, *doubling(30), rule("r", "d30"))
    evaluation = evaluate(rulebook, "child: {id: baby, stage: born, disabled: true}")
    assert outcome(evaluation) == "applies"
    assert len(finding(evaluation).reading) < 200
    assert time.process_time() - began < 5


def test_decision_51_a_circle_does_not_load(tmp_path: Path) -> None:
    circle = (definition("a", "{not: b}"), definition("b", "{any: [c, a]}"), definition("c", "always"))
    assert codes(tmp_path / "two", *circle, rule("r", "a")) == ["cycle"]
    assert codes(tmp_path / "self", definition("a", "{not: a}")) == ["cycle"]
    asked = definition("a", "always", more="while_unknown: {value: true, ask_unless: a, cites: [ours/choice]}")
    assert codes(tmp_path / "asked", asked) == ["cycle"]


def chain(n: int) -> tuple[Piece, ...]:
    return (FIRST, *(definition(f"d{i}", f"{{not: d{i - 1}}}") for i in range(1, n)))


def test_decision_51_the_depth_of_definitions(tmp_path: Path) -> None:
    load(tmp_path / "deepest", *chain(DEEPEST))
    assert codes(tmp_path / "deeper", *chain(DEEPEST + 1)) == ["too-deep"]


def nested(n: int) -> str:
    return "{not: " * n + "always" + "}" * n


def test_decision_51_the_depth_of_a_file(tmp_path: Path) -> None:
    load(tmp_path / "deep", rule("r", nested(30)))
    assert codes(tmp_path / "deeper", rule("r", nested(45))) == ["too-deep"]


def test_decision_51_the_size_of_a_file(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    text = (home / "pack.yaml").read_text(encoding="utf-8")
    (home / "pack.yaml").write_text(text + "# " + "x" * LARGEST_FILE, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_packs([home], None, no_bundled_packs())
    assert [issue.code for issue in raised.value.issues] == ["file-too-large"]


@pytest.mark.parametrize(("records", "refused"), [(500, False), (501, True)])
def test_decision_51_the_records_of_a_list(records: int, refused: bool, tmp_path: Path) -> None:
    told = "injuries: [" + ", ".join(f"{{id: i{n}}}" for n in range(records)) + "]"
    if refused:
        assert case_codes(told) == ["too-many"]
    else:
        rulebook = load(tmp_path, rule("r", "always", more="for_each: injury"))
        assert len(evaluate(rulebook, told).findings) == records
