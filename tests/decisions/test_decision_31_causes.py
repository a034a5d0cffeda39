"""Decision 31: causes follow the path time, facts, packs; one step left out tells whether it was needed."""

from pathlib import Path

import pytest

from safeguard_rules import Cause, Change, Changes, Rulebook
from tests.packs_in_text import Piece, assumed, case, definition, load, parameter, rule

OLD, NEW = "2026-03-02", "2026-06-01"


def compare(
    before: tuple[Rulebook, str, str], after: tuple[Rulebook, str, str], what: str = "action"
) -> tuple[Change, Changes]:
    """The one change of this sort between two evaluations, each a rulebook, a case and a day."""
    old, new = (book.evaluate(case(text), as_of=day) for book, text, day in (before, after))
    changes = new.changes_since(old)
    found = [each for each in changes if each.what == what]
    assert len(found) == 1, found
    return found[0], changes


def steps(change: Change) -> list[str]:
    """The steps at which something changed."""
    return [cause.step for cause in change.causes if cause.kind is not None]


def needed(change: Change) -> list[str]:
    """The steps without which the end would be another."""
    return [cause.step for cause in change.causes if cause.needed]


def cause(change: Change, step: str) -> Cause:
    return next(each for each in change.causes if each.step == step)


def weighs(limit: str) -> tuple[Piece, Piece]:
    return rule("r", "{child.birth_weight: {less_than: light}}"), parameter("light", limit)


def test_decision_31_new_fact_and_new_threshold(tmp_path: Path) -> None:
    """Row 1: neither would have done it alone."""
    old = load(tmp_path / "old", *weighs("2000"))
    new = load(tmp_path / "new", *weighs("2600"), version="0.2.0")
    heavy, light = (
        "child: {id: baby, stage: born, birth_weight: 3000}",
        "child: {id: baby, stage: born, birth_weight: 2500}",
    )
    change, _ = compare((old, heavy, OLD), (new, light, OLD))
    assert change.kind == "added"
    assert steps(change) == ["packs"]
    assert needed(change) == ["facts", "packs"]
    assert "the new version of the packs, together with the new facts" in change.says
    assert cause(change, "packs").packs == ("tiny",)
    assert cause(change, "facts").facts == ("child.birth_weight",)


def test_decision_31_time_or_fact(tmp_path: Path) -> None:
    """Row 2: time did it; the new fact would have done it too."""
    when = "{any: [{child.age: {at_least: n}}, {child.disabled: true}]}"
    book = load(tmp_path, rule("r", when), parameter("n", "3 months"))
    before = "child: {id: baby, stage: born, born_on: 2026-02-01, disabled: false}"
    change, _ = compare((book, before, OLD), (book, before.replace("false", "true"), NEW))
    assert (change.kind, steps(change), needed(change)) == ("added", ["time"], [])
    assert change.says.startswith("by the passing of time")
    assert "would have done it too" in change.says


def test_decision_31_time_ends_it_and_a_fact_restarts_it(tmp_path: Path) -> None:
    """Row 3: it would have lapsed, and is kept by the new fact; both flips are reported."""
    when = "{any: [{child.age: {less_than: n}}, {child.disabled: true}]}"
    book = load(tmp_path, rule("r", when), parameter("n", "3 months"))
    before = "child: {id: baby, stage: born, born_on: 2026-02-01, disabled: false}"
    change, _ = compare((book, before, OLD), (book, before.replace("false", "true"), NEW))
    assert change.kind == "masked"
    assert (change.before, change.after) == ("should", "should")
    assert [(each.step, each.kind) for each in change.causes if each.kind] == [
        ("time", "withdrawn"),
        ("facts", "added"),
    ]
    assert needed(change) == ["facts"]
    assert cause(change, "facts").facts == ("child.disabled",)


def test_decision_31_a_fact_wants_it_and_a_new_pack_stops_it(tmp_path: Path) -> None:
    """Row 4: masked; a net difference would show nothing."""
    old = load(tmp_path / "old", rule("r", "{child.disabled: true}"))
    new = load(tmp_path / "new", rule("r", "{all: [{child.disabled: true}, never]}"), version="0.2.0")
    before, after = (f"child: {{id: baby, stage: born, disabled: {word}}}" for word in ("false", "true"))
    change, _ = compare((old, before, OLD), (new, after, OLD))
    assert change.kind == "masked"
    assert (change.before, change.after) == (None, None)
    assert [(each.step, each.kind) for each in change.causes if each.kind] == [
        ("facts", "added"),
        ("packs", "withdrawn"),
    ]
    assert needed(change) == ["packs"]
    assert "the new facts: asks for it" in change.says
    assert "packs: ends it" in change.says


def test_decision_31_findings_have_causes_too(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))
    before, after = (f"child: {{id: baby, stage: born, disabled: {word}}}" for word in ("false", "true"))
    change, _ = compare((book, before, OLD), (book, after, OLD), "finding")
    assert (change.kind, change.before, change.after) == ("added", "does_not_apply", "applies")
    assert [(each.step, each.facts) for each in change.causes] == [("facts", ("child.disabled",))]


def test_decision_31_time_is_not_left_out_where_the_news_is_younger(tmp_path: Path) -> None:
    """With the news dated after the earlier day, that day with this news would make no sense: it is not tried."""
    book = load(
        tmp_path,
        rule("r", "{some: {of: injury, where: {injury.noticed_on: {within_last: month}}}}"),
        parameter("month", "1 month"),
    )
    change, _ = compare((book, "injuries: []", OLD), (book, "injuries: [{id: a, noticed_on: 2026-05-28}]", NEW))
    assert steps(change) == ["facts"]
    assert [each.step for each in change.causes if each.step == "time" and each.needed is not None] == []


def test_decision_31_the_facts_named_are_those_that_were_needed(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{any: [{child.disabled: true}, {child.seriously_ill_or_hurt: true}]}"))
    before = "child: {id: baby, stage: born, disabled: false, seriously_ill_or_hurt: false, birth_weight: 3000}"
    after = "child: {id: baby, stage: born, disabled: true, seriously_ill_or_hurt: false, birth_weight: 2900}"
    change, _ = compare((book, before, OLD), (book, after, OLD))
    assert cause(change, "facts").facts == ("child.disabled",)


def test_decision_31_the_digest_decides_whether_a_pack_changed(tmp_path: Path) -> None:
    """The same content, read twice, is no other pack; another content under the same version is."""
    pieces = [rule("r", "{child.disabled: true}")]
    one, same = load(tmp_path / "1", *pieces), load(tmp_path / "2", *pieces)
    other = load(tmp_path / "3", rule("r", "never"))
    given = "child: {id: baby, stage: born, disabled: true}"
    assert len(same.evaluate(case(given), as_of=OLD).changes_since(one.evaluate(case(given), as_of=OLD))) == 0
    change, _ = compare((one, given, OLD), (other, given, OLD))
    assert (change.kind, steps(change), cause(change, "packs").packs) == ("withdrawn", ["packs"], ("tiny",))


@pytest.mark.parametrize("exception", [False, True])
def test_decision_31_an_answer_that_takes_back_a_precaution_is_named(tmp_path: Path, exception: bool) -> None:
    """Decision 9: what applied unless, or as a precaution, may go; then the answer is named as the cause."""
    value, when = ("false", "{not: d}") if exception else ("true", "d")
    book = load(tmp_path, rule("r", when), definition("d", "{child.disabled: true}", more=assumed(value, exception)))
    answer = f"child: {{id: baby, stage: born, disabled: {'true' if exception else 'false'}}}"
    change, _ = compare((book, "", OLD), (book, answer, OLD))
    assert (change.kind, change.withdrawn_as) == ("withdrawn", "ruled_out")
    assert cause(change, "facts").facts == ("child.disabled",)
