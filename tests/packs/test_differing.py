"""What two states of packs say differently, in words, and whether it asks for more or for less."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.packs.differences import Difference
from safeguard_rules.packs.differing import Side, differences
from tests.packs_in_text import (
    Piece,
    action,
    assumed,
    definition,
    no_bundled_packs,
    parameter,
    rule,
    section,
    write_locality,
    write_pack,
)

HURT = "{child.seriously_ill_or_hurt: true}"
DISABLED = "{child.disabled: true}"
AT_ONCE = "within: {time: at once, basis: sourced, cites: [law/duty]}"
SOON = "within: {time: 2 days, basis: sourced, cites: [law/duty]}"


def sides(
    folder: Path, old: tuple[Piece, ...], new: tuple[Piece, ...], local: tuple[str, str] | None = None
) -> tuple[Side, Side]:
    """Two states of the tiny pack, with a locality over each if its texts are given."""
    found = []
    for name, pieces, place in zip(("old", "new"), (old, new), (0, 1), strict=True):
        (folder / name).mkdir()
        home = write_pack(folder / name, *pieces)
        areas = [write_locality(folder / name, local[place])] if local is not None else []
        found.append(Side.of(name, [home], areas, no_bundled_packs()))
    return found[0], found[1]


def told(folder: Path, old: tuple[Piece, ...], new: tuple[Piece, ...]) -> list[tuple[str, str, str, str]]:
    """Sort and name, part, kind and effect of each difference of the pack."""
    (pack,) = differences(*sides(folder, old, new))
    return [(f"{each.sort} {each.name}", each.part, each.kind, each.effect) for each in pack.differences]


def one(folder: Path, old: tuple[Piece, ...], new: tuple[Piece, ...]) -> Difference:
    """The only difference of the pack."""
    (pack,) = differences(*sides(folder, old, new))
    (found,) = pack.differences
    return found


R = rule("r", HURT)
CHANGES: dict[str, tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[str, str, str, str]]] = {
    "a rule comes": ((), (R,), ("rule r", "", "added", "asks for more")),
    "a rule goes": ((R,), (), ("rule r", "", "removed", "asks for less")),
    "wider": (
        (R,),
        (rule("r", f"{{any: [{HURT}, {DISABLED}]}}"),),
        ("rule r", "condition", "changed", "asks for more"),
    ),
    "narrower": (
        (R,),
        (rule("r", f"{{all: [{HURT}, {DISABLED}]}}"),),
        ("rule r", "condition", "changed", "asks for less"),
    ),
    "another condition": ((R,), (rule("r", DISABLED),), ("rule r", "condition", "changed", "cannot be said")),
    "a stronger obligation": (
        (R,),
        (rule("r", HURT, "{must: act}"),),
        ("demand r: act", "obligation", "changed", "asks for more"),
    ),
    "turned round": (
        (R,),
        (rule("r", HURT, "{should_not: act}"),),
        ("demand r: act", "obligation", "changed", "cannot be said"),
    ),
    "a time comes": (
        (R,),
        (rule("r", HURT, f"{{should: act, {AT_ONCE}}}"),),
        ("demand r: act", "time", "changed", "asks for more"),
    ),
    "a longer time": (
        (rule("r", HURT, f"{{should: act, {AT_ONCE}}}"),),
        (rule("r", HURT, f"{{should: act, {SOON}}}"),),
        ("demand r: act", "time", "changed", "asks for less"),
    ),
    "one more demand": (
        (R,),
        (rule("r", HURT, "{should: act}, {consider: act}"),),
        ("demand r: act (2)", "", "added", "asks for more"),
    ),
    "how": (
        (R,),
        (rule("r", HURT, "{should: act, how: by phone}"),),
        ("demand r: act", "how", "changed", "cannot be said"),
    ),
    "more stages": (
        (rule("r", "always"),),
        (rule("r", "always", more="stage: [unborn, born]"),),
        ("rule r", "stages", "changed", "asks for more"),
    ),
    "fewer days": (
        (R,),
        (rule("r", HURT, more="from: 2026-01-01"),),
        ("rule r", "days", "changed", "asks for less"),
    ),
    "a definition that is used plainly gets wider": (
        (rule("r", "d"), definition("d", HURT)),
        (rule("r", "d"), definition("d", f"{{any: [{HURT}, {DISABLED}]}}")),
        ("definition d", "condition", "changed", "asks for more"),
    ),
    "a definition that is used under not gets wider": (
        (rule("r", "{not: d}"), definition("d", HURT)),
        (rule("r", "{not: d}"), definition("d", f"{{any: [{HURT}, {DISABLED}]}}")),
        ("definition d", "condition", "changed", "asks for less"),
    ),
    "a definition that is used both ways gets wider": (
        (rule("r", "{not: d}"), rule("s", "d"), definition("d", HURT)),
        (rule("r", "{not: d}"), rule("s", "d"), definition("d", f"{{any: [{HURT}, {DISABLED}]}}")),
        ("definition d", "condition", "changed", "cannot be said"),
    ),
    "an assumption": (
        (rule("r", "d"), definition("d", HURT)),
        (rule("r", "d"), definition("d", HURT, more=assumed("true"))),
        ("definition d", "while unknown", "changed", "cannot be said"),
    ),
    "a threshold for the young rises": (
        (rule("r", "{child.age: {less_than: p}}"), parameter("p", "2 months")),
        (rule("r", "{child.age: {less_than: p}}"), parameter("p", "3 months")),
        ("parameter p", "value", "changed", "asks for more"),
    ),
    "a threshold that cannot be compared": (
        (rule("r", "{child.age: {less_than: p}}"), parameter("p", "1 month")),
        (rule("r", "{child.age: {less_than: p}}"), parameter("p", "30 days")),
        ("parameter p", "value", "changed", "cannot be said"),
    ),
    "an action's words": (
        (R,),
        (R, action("act2")),
        ("action act2", "", "added", "asks the same"),
    ),
    "a reason": (
        (section("rules", R.text),),
        (section("rules", R.text.replace("There is a reason.", "There is another reason.")),),
        ("rule r", "because", "changed", "wording only"),
    ),
    "a citation": (
        (section("rules", R.text),),
        (section("rules", R.text.replace("[law/duty]", "[advice/tip]")),),
        ("rule r", "cites", "changed", "asks the same"),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_and_what_it_does(what: str, tmp_path: Path) -> None:
    old, new, expected = CHANGES[what]
    # Whoever changes a rule's citations changes those of its demand with them.
    assert [each for each in told(tmp_path, old, new) if each[:2] != ("demand r: act", "cites")] == [expected]


def test_a_condition_is_read_before_and_after_with_the_parts_that_came_and_went(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        (rule("r", f"{{all: [{HURT}, {DISABLED}]}}"),),
        (rule("r", f"{{all: [{HURT}, {{case.plan: no_plan}}]}}"),),
    )
    hurt = "whether the child is seriously ill or hurt: yes"
    assert found.before == f"{hurt}, and whether the child has a disability or a delay in development: yes"
    assert found.after == f"{hurt}, and the plan in force for the child: no plan"
    assert found.details == (
        "no longer asks that: whether the child has a disability or a delay in development: yes",
        "also asks that: the plan in force for the child: no plan",
    )


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("{must: act}", "{should: act}", True),
        ("{must_not: act}", "{must: act}", True),
        ("{must: act}, {should: act}", "{should: act}", True),
        ("{should: act}", "{must: act}", False),
        ("{should: act}", "{consider: act}", False),
    ],
)
def test_a_lost_must_is_marked(old: str, new: str, lost: bool, tmp_path: Path) -> None:
    (pack,) = differences(*sides(tmp_path, (rule("r", HURT, old),), (rule("r", HURT, new),)))
    assert any(each.loses_must for each in pack.differences) is lost


def test_a_rule_that_goes_takes_its_must_along_and_is_told_once(tmp_path: Path) -> None:
    found = one(tmp_path, (rule("r", HURT, "{must: act}"),), ())
    assert (found.sort, found.before, found.loses_must) == ("rule", "Rule r", True)


def test_what_means_the_same_says_so_whatever_stands_where(tmp_path: Path) -> None:
    old, new = sides(tmp_path, (R,), (R,))
    main = tmp_path / "new" / "tiny" / "pack.yaml"
    main.write_text("# a comment\n" + main.read_text().replace("version: 0.1.0", "version: 0.2.0"))
    new = Side.of("new", [main.parent], [], no_bundled_packs())
    (pack,) = differences(old, new)
    assert (pack.before, pack.after, pack.same_meaning) == ("0.1.0", "0.2.0", True)
    assert [(each.part, each.effect) for each in pack.differences] == [("version", "asks the same")]


def test_statements_sources_and_cases_are_told(tmp_path: Path) -> None:
    old, new = sides(tmp_path, (R,), (R,))
    home = tmp_path / "new" / "tiny"
    law = home / "sources" / "law.yaml"
    law.write_text(
        law.read_text().replace("It has to be done.", "It is a duty.") + "  more: {at: page 2, says: More.}\n"
    )
    (home / "sources" / "advice.yaml").unlink()
    case = "language: 1\ncases: [{title: ill, as_of: 2026-03-02, given: {}, expect: {findings: {r: undetermined}}}]\n"
    (home / "r.cases.yaml").write_text(case)
    (tmp_path / "old" / "tiny" / "r.cases.yaml").write_text(case.replace("as_of: 2026", "as_of: 2025"))
    (pack,) = differences(old, Side.of("new", [home], [], no_bundled_packs()))
    assert [(f"{each.sort} {each.name}", each.part, each.kind) for each in pack.differences] == [
        ("statement law/duty", "says", "changed"),
        ("statement law/more", "", "added"),
        ("source advice", "", "removed"),
        ("case ill", "as_of", "changed"),
    ]
    assert pack.same_meaning is False
    assert old.packs == new.packs == ("tiny",)


def test_a_localitys_own_demands_contacts_and_waivers_are_told(tmp_path: Path) -> None:
    carried = "carries: {r: {must: act, cites: [law/duty]}}\ncontacts: {front_door: {name: A, cites: [law/duty]}}\n"
    weaker = "carries: {r: {should: act, cites: [law/duty]}}\ncontacts: {front_door: {name: B, cites: [law/duty]}}\n"
    _, here = differences(*sides(tmp_path, (R,), (R,), (carried, weaker)))
    assert (here.id, here.kind) == ("here", "locality")
    assert [(f"{each.sort} {each.name}", each.part, each.effect, each.loses_must) for each in here.differences] == [
        ("demand r: act", "obligation", "asks for less", True),
        ("contact front_door", "name", "asks the same", False),
    ]


def test_a_locality_that_moves_a_threshold_or_gets_a_waiver(tmp_path: Path) -> None:
    pieces = (rule("r", "{child.age: {less_than: p}}"), parameter("p", "2 months"))
    moved = "moves: {p: {value: 3 months, cites: [law/duty]}}\n"
    waiver = (
        "waivers: [{waives: p, instead: Less., value: 1 month, from: 2026-01-01, to: 2026-12-31, cites: [law/duty], "
        "decided_by: the board, because: There are few people.}]\n"
    )
    _, here = differences(*sides(tmp_path, pieces, pieces, (moved, waiver)))
    assert [(each.sort, each.name, each.kind, each.effect) for each in here.differences] == [
        ("waiver", "p", "added", "asks for less"),
        ("moves", "p", "removed", "asks for less"),
    ]


def test_a_pack_that_only_one_side_has(tmp_path: Path) -> None:
    old, new = sides(tmp_path, (), (R,))
    other = Side.of("other", [], [], no_bundled_packs())
    (gone,) = differences(old, other)
    assert (gone.before, gone.after, gone.same_meaning) == ("0.1.0", None, False)
    (come,) = differences(other, new)
    assert {each.kind for each in come.differences} == {"added"}


def test_a_dated_form_that_comes_is_told_on_its_own(tmp_path: Path) -> None:
    body = R.text.partition("\n")[2].replace("\n  ", "\n    ").replace("  title", "title", 1)
    dated = section("rules", f"r:\n  - {body}\n    to: 2026-05-31\n  - {body}\n    from: 2026-06-01")
    assert told(tmp_path, (R,), (dated,)) == [
        ("rule r", "days", "changed", "asks for less"),
        ("rule r (2)", "", "added", "asks for more"),
    ]
