"""Promise 14: a locality changes only towards more; each national demand is in the local result."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeguard_rules import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load as load_packs
from tests.packs_in_text import (
    Piece,
    definition,
    evaluate,
    load,
    no_bundled_packs,
    outcomes,
    parameter,
    rule,
    write_locality,
    write_pack,
)

ORDER = ("does_not_apply", "undetermined", "applies")
D = definition("d", "{child.movements: {includes: walks}}")
E = definition("e", "{child.disabled: true}")
PIECES = (parameter("p", "6 weeks"), parameter("few", "2"), D, E)
CHANGES = {
    "widens d": "widens:\n  d: {or_if: {child.movements: {includes: crawls}}, reads: crawls, cites: [law/duty]}",
    "narrows d": "narrows:\n  d: {and_only_if: {child.movements: {includes: crawls}}, reads: it, cites: [law/duty]}",
    "widens e": "widens:\n  e: {or_if: {case.plan: looked_after}, reads: has a plan, cites: [law/duty]}",
    "narrows e": "narrows:\n  e: {and_only_if: {case.plan: looked_after}, reads: has a plan, cites: [law/duty]}",
    "raises p": "moves:\n  p: {value: 8 weeks, cites: [law/duty]}",
    "lowers p": "moves:\n  p: {value: 4 weeks, cites: [law/duty]}",
    "raises few": "moves:\n  few: {value: 3, cites: [law/duty]}",
    "lowers few": "moves:\n  few: {value: 1, cites: [law/duty]}",
}
CASES = [
    "child: {id: baby, stage: born}",
    "child: {id: baby, stage: born, movements: []}\nplan: no_plan",
    "child: {id: baby, stage: born, movements: [crawls], disabled: true, born_on: 2026-01-26}\nplan: looked_after",
    "child: {id: baby, stage: born, movements: [walks], disabled: false, born_on: 2026-01-10}\ninjuries: []",
    "child: {id: baby, stage: born, movements: [sits], incomplete: [movements], born_on: 2026-01}",
    "child: {id: baby, stage: born, disabled: true, born_on: 2026-01-15}\ninjuries: [{id: a}, {id: b}]",
    "child: {id: baby, stage: born, disabled: false, movements: [crawls]}\ninjuries: [{id: a}]\nplan: looked_after",
]
LEAVES = ("d", "e", "{child.age: {less_than: p}}", "{count: {of: injury, is: {at_least: few}}}", "always")


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda parts: st.one_of(
            parts.map(lambda part: f"{{not: {part}}}"),
            st.tuples(st.sampled_from(["all", "any"]), st.lists(parts, min_size=1, max_size=3)).map(
                lambda found: f"{{{found[0]}: [{', '.join(found[1])}]}}"
            ),
        ),
        max_leaves=4,
    )


def local_and_national(folder: Path, when: str, change: str) -> tuple[Rulebook, Rulebook] | None:
    """The rulebook without and with a locality's change; None where the change is refused."""
    home = write_pack(folder, *PIECES, rule("r", when))
    place = write_locality(folder, f"contacts: {{}}\n{change}\n")
    plugins = no_bundled_packs()
    try:
        local = Rulebook(load_packs([home], place, plugins))
    except PackError as error:
        codes = {issue.code for issue in error.issues}
        return None if codes == {"weakens"} else pytest.fail(str(error))
    return Rulebook(load_packs([home], None, plugins)), local


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conditions(), st.sampled_from(sorted(CHANGES)))
def test_promise_14_what_a_locality_may_do_lowers_no_outcome(
    tmp_path_factory: pytest.TempPathFactory, when: str, change: str
) -> None:
    books = local_and_national(tmp_path_factory.mktemp("packs"), when, CHANGES[change])
    if books is None:
        return
    for told in CASES:
        national, local = (outcomes(evaluate(book, told))["child"] for book in books)
        assert ORDER.index(national) <= ORDER.index(local), (when, change, told)


def test_promise_14_each_change_is_refused_where_it_would_ask_for_less(tmp_path: Path) -> None:
    uses = {"d": "d", "e": "e", "p": "{child.age: {less_than: p}}", "few": "{count: {of: injury, is: {at_least: few}}}"}
    refused: list[tuple[str, bool]] = []
    for n, (name, turned) in enumerate(product(CHANGES, (False, True))):
        when = uses[name.rpartition(" ")[2]]
        when = f"{{not: {when}}}" if turned else when
        if local_and_national(tmp_path / str(n), when, CHANGES[name]) is None:
            refused.append((name, turned))
    assert refused == [
        ("widens d", True),
        ("narrows d", False),
        ("widens e", True),
        ("narrows e", False),
        ("raises p", True),
        ("lowers p", False),
        ("raises few", False),
        ("lowers few", True),
    ]


def test_promise_14_the_national_demands_are_all_there(tmp_path: Path) -> None:
    pieces: tuple[Piece, ...] = (*PIECES, rule("r", "always"), rule("s", "{not: {child.disabled: true}}"))
    locality = "contacts: {}\ncarries:\n  r: {must: act, cites: [law/duty]}\n"
    national, local = load(tmp_path / "a", *pieces), load(tmp_path / "b", *pieces, locality=locality)
    for told in CASES:
        asked, more = (
            {(demand.rule, demand.obligation) for action in evaluate(book, told).actions for demand in action.demands}
            for book in (national, local)
        )
        assert asked < more


def test_promise_14_a_waiver_is_shown_in_every_result(tmp_path: Path) -> None:
    waiver = """
        contacts: {}
        waivers:
          - waives: d
            instead: walking alone is not enough
            and_only_if: {child.movements: {includes: crawls}}
            from: 2026-01-01
            to: 2026-12-31
            cites: [law/duty]
            decided_by: the board
            because: of a pilot
        """
    book = load(tmp_path, *PIECES, rule("r", "d"), locality=waiver)
    for told in CASES:
        (notice,) = evaluate(book, told).waivers
        assert "d" in notice.waives
