"""Promise 3: what is unknown is an error with file, line, column, what was expected and the nearest right word.

Fifty more, each with its whole text: `tests/test_broken.py`.
"""

from pathlib import Path

import pytest

from safeguard_rules.errors import CallError, CaseError, PackError
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate
from safeguard_rules.source import Issue
from tests.packs.refused import issues
from tests.packs_in_text import Piece, action, case, definition, no_bundled_packs, parameter, rule, section, write_pack

SLIPS: dict[str, tuple[Piece, str, str | None]] = {
    "key": (rule("r", "always", more="becauze: so"), "becauze", "did you mean `because`?"),
    "key with nothing near": (rule("r", "always", more="zzz: so"), "zzz", "expected "),
    "path": (rule("r", "{child.movments: {includes: walks}}"), "child.movments", "did you mean `child.movements`?"),
    "path with nothing near": (rule("r", "{shoe.size: 3}"), "shoe.size", "expected "),
    "word": (rule("r", "{case.plan: looked_afer}"), "looked_afer", "did you mean `looked_after`?"),
    "word with nothing near": (rule("r", "{case.plan: xyz}"), "xyz", "expected `no_plan`"),
    "test": (rule("r", "{child.age: {les_than: p}}"), "les_than", "did you mean `less_than`?"),
    "definition": (rule("r", "younng"), "younng", "did you mean `young`?"),
    "parameter": (rule("r", "{child.age: {less_than: xyz}}"), "xyz", "expected `p`"),
    "action": (rule("r", "always", "{should: actt}"), "actt", "did you mean `act`?"),
    "list": (rule("r", "{some: {of: injry}}"), "injry", "did you mean `injury`?"),
    "role": (rule("r", "always", more="for: [midwif]"), "midwif", "did you mean `midwife`?"),
    "locality": (rule("r", "always", more="in: [heere]"), "heere", "no locality is known here"),
    "source": (section("parameters", "q: {value: 3, cites: [lw/duty]}"), "lw/duty", "did you mean `law`?"),
    "statement": (section("parameters", "q: {value: 3, cites: [law/dutty]}"), "law/dutty", "did you mean `duty`?"),
    "pack": (rule("r", "timy:young"), "timy:young", "did you mean `tiny`?"),
    "contact after an action": (action("b", "after: [actt]"), "actt", "did you mean `act`?"),
    "time": (
        rule("r", "always", "{should: act, within: {time: at onse, basis: proposed, cites: [ours/choice]}}"),
        "at onse",
        "did you mean `at once`?",
    ),
}


def under(issue: Issue) -> str:
    """What the caret of an issue stands under."""
    line = issue.place.text.lines()[issue.place.line - 1]
    return line[issue.place.column - 1 : issue.place.column - 1 + issue.place.width]


@pytest.mark.parametrize(("piece", "written", "hint"), SLIPS.values(), ids=SLIPS)
def test_promise_03_in_a_pack(piece: Piece, written: str, hint: str, tmp_path: Path) -> None:
    base = (parameter("p", "6 weeks"), definition("young", "{child.age: {less_than: p}}"))
    (issue,) = issues(tmp_path, *base, piece)
    assert issue.severity == "error"
    assert issue.place.text.name.endswith("pack.yaml")
    assert under(issue) == written
    assert (issue.help or "").startswith(hint)


def test_promise_03_unknown_packs(tmp_path: Path) -> None:
    home = write_pack(tmp_path)
    text = (home / "pack.yaml").read_text(encoding="utf-8")
    (home / "pack.yaml").write_text(text + "uses: [guidanse]\n", encoding="utf-8")
    with pytest.raises(PackError, match="there is no pack `guidanse`"):
        load([home], None, no_bundled_packs())
    plugins = activate()
    with pytest.raises(CallError, match=r"there is no pack `guidanse`; did you mean `guidance`\?"):
        load(["guidanse"], None, plugins)


CASES = [
    ("child: {id: baby, movments: [walks]}", "movments", "did you mean `movements`?"),
    ("injurys: []", "injurys", "did you mean `injuries`?"),
    ("injuries: [{id: a, kind: bruse}]", "bruse", "did you mean `bruise`?"),
    ("child: {id: baby, postcode: x}", "postcode", "expected "),
    ("people: [{id: mother}]\nincidents: [{id: a, by: mothr}]", "mothr", "did you mean `mother`?"),
    ("evidence: {child.stag: {basis: observed}}", "child.stag", "did you mean `child.stage`?"),
]


@pytest.mark.parametrize(("told", "written", "hint"), CASES)
def test_promise_03_in_a_case(told: str, written: str, hint: str) -> None:
    with pytest.raises(CaseError) as raised:
        case(told)
    (issue,) = raised.value.issues
    assert under(issue) == written
    assert (issue.help or "").startswith(hint)


def test_promise_03_a_file_that_nothing_reads_is_told(tmp_path: Path) -> None:
    home = write_pack(tmp_path)
    (home / "injuries.rule.yaml").write_text("language: 1\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"nothing reads a file named `injuries\.rule\.yaml` here"):
        load([home], None, no_bundled_packs())
