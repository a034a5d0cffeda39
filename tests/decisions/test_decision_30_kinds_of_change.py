"""Decision 30: changes are added, strengthened, weakened, changed, withdrawn or masked, with certainty both times."""

from pathlib import Path

import pytest

from safeguard_rules import Change, Rulebook
from tests.packs_in_text import Piece, assumed, definition, evaluate, load, rule

S, D = "seriously_ill_or_hurt", "disabled"


def within(time: str) -> str:
    return f"within: {{time: {time}, basis: proposed, cites: [ours/choice]}}"


def on(fact: str, then: str, name: str | None = None) -> Piece:
    return rule(name or f"on_{fact}", f"{{child.{fact}: true}}", then)


def change(book: Rulebook, before: str, after: str) -> Change | None:
    """What became of the action."""
    old, new = (evaluate(book, f"child: {{id: baby, stage: born, {given}}}") for given in (before, after))
    found = [each for each in new.changes_since(old) if each.what == "action"]
    assert len(found) < 2
    return found[0] if found else None


NOT, YES = f"{S}: false, {D}: false", f"{S}: true, {D}: false"
BOTH, OTHER = f"{S}: true, {D}: true", f"{S}: false, {D}: true"


@pytest.mark.parametrize(
    ("first", "second", "before", "after", "kind"),
    [
        ("should: act", "must: act", NOT, YES, "added"),
        ("should: act", "must: act", YES, NOT, "withdrawn"),
        ("should: act", "must: act", YES, BOTH, "strengthened"),
        ("should: act", "must: act", BOTH, YES, "weakened"),
        ("should: act", "consider: act", YES, BOTH, None),
        (f"should: act, {within('2 days')}", f"should: act, {within('4 hours')}", YES, BOTH, "strengthened"),
        (f"should: act, {within('4 hours')}", f"should: act, {within('2 days')}", YES, OTHER, "weakened"),
        (f"should: act, {within('4 hours')}", f"must: act, {within('2 days')}", YES, OTHER, "changed"),
        (f"should: act, {within('6 weeks')}", f"should: act, {within('before the birth')}", YES, OTHER, "changed"),
        ("should: act", f"should: act, {within('2 days')}", YES, BOTH, "strengthened"),
        ("should: act", "should_not: act", YES, OTHER, "changed"),
    ],
)
def test_decision_30_kinds(tmp_path: Path, first: str, second: str, before: str, after: str, kind: str | None) -> None:
    book = load(tmp_path, on(S, f"{{{first}}}"), on(D, f"{{{second}}}"))
    found = change(book, before, after)
    assert (found.kind if found is not None else None) == kind


def test_decision_30_certainty_before_and_after(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "d"), definition("d", f"{{child.{S}: true}}", more=assumed("true")))
    stronger = change(book, f"{D}: true", YES)
    assert stronger is not None
    assert (stronger.kind, stronger.certainty_before, stronger.certainty_after) == (
        "strengthened",
        "as_precaution",
        "certain",
    )
    weaker = change(book, YES, f"{D}: true")
    assert weaker is not None
    assert (weaker.kind, weaker.certainty_before, weaker.certainty_after) == ("weakened", "certain", "as_precaution")


def test_decision_30_withdrawn_says_ruled_out_or_no_longer_known(tmp_path: Path) -> None:
    book = load(tmp_path, on(S, "{should: act}"))
    ruled_out, not_known = change(book, YES, NOT), change(book, YES, f"{D}: true")
    assert ruled_out is not None
    assert not_known is not None
    assert (ruled_out.kind, ruled_out.withdrawn_as) == ("withdrawn", "ruled_out")
    assert (not_known.kind, not_known.withdrawn_as) == ("withdrawn", "no_longer_known")


def test_decision_30_changes_are_by_action_and_whom_and_by_finding(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))
    old = evaluate(book, "injuries: [{id: a, kind: bruise}, {id: b}]")
    new = evaluate(book, "injuries: [{id: a, kind: bruise}, {id: b, kind: bruise}, {id: c, kind: bite}]")
    told = [(each.what, each.subject.id, each.kind, each.before, each.after) for each in new.changes_since(old)]
    assert told == [("finding", "b", "added", "undetermined", "applies")]


def test_decision_30_nothing_new_gives_no_change(tmp_path: Path) -> None:
    book = load(tmp_path, on(S, "{should: act}"))
    assert len(evaluate(book, "injuries: []").changes_since(evaluate(book, ""))) == 0
