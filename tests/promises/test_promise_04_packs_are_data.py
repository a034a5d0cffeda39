"""Promise 4: packs hold no code, templates, includes, tags, anchors or aliases; every evaluation ends."""

import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.language.operators import WRITTEN
from safeguard_rules.packs.loading import load
from safeguard_rules.reading.nodes import Node, Scalar
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text
from tests.packs_in_text import definition, evaluate, no_bundled_packs, outcome, rule, text_of, write_pack
from tests.packs_in_text import load as load_tiny

TRAPS = [
    "!!python/object/apply:os.system ['true']",
    "!!python/name:os.system text",
    "!include /etc/passwd",
    "!ENV HOME",
    "&x text",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_promise_04_no_tag_and_no_anchor_is_ever_followed(trap: str, tmp_path: Path) -> None:
    home = write_pack(tmp_path)
    text = (home / "pack.yaml").read_text(encoding="utf-8")
    (home / "pack.yaml").write_text(text + f"about: {trap}\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load([home], None, no_bundled_packs())
    assert {issue.code for issue in raised.value.issues} <= {"tag", "anchor", "wrong-shape", "missing-key"}
    assert {"tag", "anchor"} & {issue.code for issue in raised.value.issues}


@pytest.mark.parametrize("text", ["{{ child.age }}", "${HOME}", "%(name)s", "{fact}", "{0}", "<script>"])
def test_promise_04_text_is_shown_as_it_stands(text: str, tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    written = (home / "pack.yaml").read_text(encoding="utf-8").replace("Do act", f"'Do {text}'")
    (home / "pack.yaml").write_text(written, encoding="utf-8")
    content = load([home], None, no_bundled_packs()).content
    assert content.actions["tiny:act"].do == f"Do {text}"


def test_promise_04_braces_in_a_definitions_words_are_no_template(tmp_path: Path) -> None:
    named = definition("d", "{child.disabled: true}")
    home = write_pack(tmp_path, named, rule("r", "{not: d}"))
    written = (home / "pack.yaml").read_text(encoding="utf-8").replace("reads: d holds", "reads: 'is {fact} {0} {x'")
    (home / "pack.yaml").write_text(written, encoding="utf-8")
    book = Rulebook(load([home], None, no_bundled_packs()))
    evaluation = evaluate(book, "child: {id: a, stage: born, disabled: false}")
    assert "{fact} {0} {x" in text_of(evaluation) + evaluation.findings[0].reading


def test_promise_04_a_python_file_in_a_pack_is_never_run(tmp_path: Path) -> None:
    home = write_pack(tmp_path, rule("r", "always"))
    for name in ("__init__.py", "pack.py", "conftest.py"):
        (home / name).write_text("raise SystemExit('run')\n", encoding="utf-8")
    load([home], None, no_bundled_packs())
    assert not [name for name, module in sys.modules.items() if str(home) in str(getattr(module, "__file__", ""))]


def test_promise_04_no_test_takes_a_pattern() -> None:
    assert not [name for name in WRITTEN if re.search("match|regex|pattern|eval|call|script", name)]


def scalars(node: Node) -> int:
    if isinstance(node, Scalar):
        return 1
    items = node.items if hasattr(node, "items") and isinstance(node.items, tuple) else ()
    entries = getattr(node, "entries", {})
    return sum(map(scalars, items)) + sum(scalars(entry.value) for entry in entries.values())


def test_promise_04_the_bundled_packs_are_yaml_and_nothing_else() -> None:
    root = Path(str(files("safeguard_rulepacks")))
    kept = {path.suffix for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert kept <= {".yaml", ".py", ".typed", ""}
    for path in root.rglob("*.yaml"):
        issues: list[Issue] = []
        node = read_yaml(Text(path.name, path.read_text(encoding="utf-8")), issues)
        assert issues == []
        assert node is not None
        assert scalars(node) > 3


def test_promise_04_the_cost_is_bound_by_what_is_written(tmp_path: Path) -> None:
    twice = [definition("d0", "{child.disabled: true}")]
    twice += [definition(f"d{n}", f"{{all: [d{n - 1}, {{not: {{not: d{n - 1}}}}}]}}") for n in range(1, 35)]
    book = load_tiny(tmp_path, *twice, rule("r", "d34"))
    known, unknown = evaluate(book, "child: {id: a, stage: born, disabled: true}"), evaluate(book)
    assert (outcome(known), outcome(unknown)) == ("applies", "undetermined")
    assert [question.path for question in unknown.questions] == ["child.disabled"]
    assert len(known.to_json()) + len(unknown.to_json()) < 50_000
