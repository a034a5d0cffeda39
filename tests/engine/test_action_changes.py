"""Which actions of a case two rulebooks tell differently, and the same change seen in many cases."""

from pathlib import Path

from safeguard_rules.engine.action_changes import ORIGINS, Origin, TriedCase, action_changes, state_text, try_cases
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.snapshots import NOTHING, State
from safeguard_rules.values.dates import AsOf
from tests.packs_in_text import Piece, action, case, load, rule

HURT = "{child.seriously_ill_or_hurt: true}"
AS_OF = AsOf.of("2026-03-02")


def books(folder: Path, old: tuple[Piece, ...], new: tuple[Piece, ...]) -> tuple[Rulebook, Rulebook]:
    for name in ("old", "new"):
        (folder / name).mkdir()
    return load(folder / "old", *old), load(folder / "new", *new)


def tried(text: str, origin: Origin = "given", area: str | None = None) -> TriedCase:
    return TriedCase(case(text), AS_OF, area, None, origin, text)


HURT_CHILD = "child: {id: baby, stage: born, seriously_ill_or_hurt: true}"


def test_what_goes_comes_and_gets_weaker_a_lost_must_first(tmp_path: Path) -> None:
    old = (rule("r", HURT, "{should: gone}, {must: act}"), action("gone"), action("come"))
    new = (rule("r", HURT, "{consider: come}, {should: act}"), action("gone"), action("come"))
    found = action_changes(*books(tmp_path, old, new), tried(HURT_CHILD))
    assert [(each.kind, each.action, each.before.said, each.after.said, each.loses_must) for each in found] == [
        ("weakened", "tiny:act", "must", "should", True),
        ("withdrawn", "tiny:gone", "should", "absent", False),
        ("added", "tiny:come", "absent", "consider", False),
    ]


def test_the_same_change_is_told_once_for_whomever_and_however_sure(tmp_path: Path) -> None:
    each = "for_each: injury"
    pair = books(
        tmp_path,
        (rule("r", "{injury.kind: bruise}", "{must: act}", each),),
        (rule("r", "{injury.kind: bruise}", "{should: act}", each),),
    )
    one = tried("injuries: [{id: arm, kind: bruise}]", "made")
    two = tried("injuries: [{id: leg, kind: bruise}, {id: arm, kind: bruise}]")
    same = tried("injuries: []")
    found = try_cases({None: pair}, [one, two, same, tried("injuries: []", area="elsewhere")])
    (change,) = found.changes
    assert change.cases == [one, two]
    assert [change.count(origin) for origin in ORIGINS] == [0, 1, 1, 0]
    assert (found.tried, found.differing, found.not_tried, found.loses) == (
        {"beside the packs": 0, "given": 2, "made": 1, "aimed": 0},
        {"beside the packs": 0, "given": 1, "made": 1, "aimed": 0},
        1,
        True,
    )


def test_where_only_the_time_differs_it_is_told(tmp_path: Path) -> None:
    time = "within: {time: %s, basis: sourced, cites: [law/duty]}"
    pair = books(
        tmp_path,
        (rule("r", HURT, f"{{should: act, {time % '2 days'}}}"),),
        (rule("r", HURT, f"{{should: act, {time % 'at once'}}}"),),
    )
    (change,) = action_changes(*pair, tried(HURT_CHILD))
    assert (change.kind, state_text(change.before), state_text(change.after)) == (
        "strengthened",
        "should, 2 days",
        "should, at once",
    )
    assert try_cases({None: pair}, [tried(HURT_CHILD)]).loses is False


def test_nothing_differs_between_a_rulebook_and_itself(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    book = load(tmp_path / "a", rule("r", HURT))
    assert action_changes(book, book, tried(HURT_CHILD)) == ()


def test_states_in_words() -> None:
    assert state_text(NOTHING) == "not there"
    assert state_text(State("must_not", "unless", "at once", True)) == (
        "must not, unless an exception holds, at once, overdue"
    )
    assert state_text(State("should", "as_precaution")) == "should, as a precaution"
