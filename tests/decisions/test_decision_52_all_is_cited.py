"""Decision 52: contacts, local changes, assumptions, times, `never_with`, `ask_with_care` are cited like rules."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load as load_packs
from safeguard_rules.packs.plugins import activate
from safeguard_rules.vocabulary.derivations import DERIVATIONS
from tests.packs.refused import issues
from tests.packs_in_text import action, definition, load, parameter, rule, section

LOCALITY = """
contacts:
  front_door: {name: Front Door, cites: [law/duty]}
carries:
  r: {must: act, cites: [law/duty]}
adopts:
  e: {not_known: nobody has asked, cites: [law/duty]}
widens:
  d: {or_if: always, reads: is so, cites: [law/duty]}
narrows:
  f: {and_only_if: always, reads: is so, cites: [law/duty]}
moves:
  p: {value: 8 weeks, cites: [law/duty]}
waivers:
  - waives: g
    instead: never
    and_only_if: never
    from: 2026-01-01
    to: 2026-12-31
    decided_by: the board
    because: of a pilot
    cites: [law/duty]
"""
ASSUMED = "while_unknown: {value: true, cites: [ours/choice]}"
PIECES = (
    parameter("p", "6 weeks"),
    definition("d", "{child.age: {less_than: p}}", more=ASSUMED),
    definition("e", "{child.disabled: true}"),
    definition("f", "{child.disabled: true}"),
    definition("g", "{child.disabled: true}"),
    action("other", "never_with: [{action: act, cites: [law/duty]}]"),
    rule("r", "{all: [d, e, {not: f}, g]}"),
    section("ask_with_care", "alone: {facts: [child.disabled], say: Ask alone, cites: [law/duty]}"),
)
CITES = list(re.finditer(r",?\s*cites: \[law/duty\]", LOCALITY))


def test_decision_52_as_it_is_it_loads(tmp_path: Path) -> None:
    load(tmp_path, *PIECES, locality=LOCALITY)


@pytest.mark.parametrize("cites", CITES, ids=lambda match: f"line {LOCALITY.count(chr(10), 0, match.end())}")
def test_decision_52_a_locality_cites_everything(cites: re.Match[str], tmp_path: Path) -> None:
    text = LOCALITY[: cites.start()] + LOCALITY[cites.end() :]
    (issue,) = issues(tmp_path, *PIECES, locality=text)
    assert (issue.code, issue.message) == ("missing-key", "the key `cites` is missing here")


UNCITED = [
    ("variant", definition("d", "always", more="variants: {v: {reads: v, when: always}}")),
    ("assumption", definition("d", "always", more="while_unknown: {value: true}")),
    ("never_with", action("other", "never_with: [{action: act}]")),
    ("time", rule("r", "always", "{should: act, within: {time: at once, basis: proposed}}")),
    ("ask_with_care", section("ask_with_care", "alone: {facts: [child.disabled], say: Ask alone}")),
    ("parameter", section("parameters", "p: {value: 3}")),
    ("action", section("actions", "other: {do: Do it}")),
]


@pytest.mark.parametrize(("name", "piece"), UNCITED, ids=[name for name, _ in UNCITED])
def test_decision_52_a_pack_cites_everything(name: str, piece: object, tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, piece)  # type: ignore[arg-type]
    assert (issue.code, issue.message) == ("missing-key", "the key `cites` is missing here")
    assert name


TIMES = [
    ("proposed", "[ours/choice]", None),
    ("sourced", "[law/duty]", None),
    ("proposed", "[law/duty, ours/choice]", None),
    ("proposed", "[law/duty]", "proposed-time"),
    ("sourced", "[ours/choice]", "sourced-time"),
]


@pytest.mark.parametrize(("basis", "cites", "code"), TIMES)
def test_decision_52_a_time_cites_what_it_says_it_is(basis: str, cites: str, code: str | None, tmp_path: Path) -> None:
    piece = rule("r", "always", f"{{should: act, within: {{time: at once, basis: {basis}, cites: {cites}}}}}")
    if code is None:
        load(tmp_path, piece)
    else:
        assert [issue.code for issue in issues(tmp_path, piece)] == [code]


def test_decision_52_what_a_derived_fact_means_is_a_statement_of_the_guidance_pack(tmp_path: Path) -> None:
    """Each of our own derived facts, with its statement taken out of a copy of the bundled packs."""
    folder = tmp_path / "guidance"
    bundled = next(place for _, place in activate().packs if place.name == "guidance")
    shutil.copytree(Path(str(bundled)), folder)
    plugins = replace(activate(), packs=())
    assert load_packs([folder], None, plugins).content.statements
    assert all(derivation.cites for derivation in DERIVATIONS)
    register = folder / "sources" / "vocabulary-proposals.yaml"
    whole = register.read_text(encoding="utf-8")
    register.write_text(whole.replace("  assessed-means-named:", "  something-else:"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_packs([folder], None, plugins)
    assert [issue.code for issue in caught.value.issues] == ["derived-fact-not-cited"]
    assert "person.assessed" in str(caught.value)
