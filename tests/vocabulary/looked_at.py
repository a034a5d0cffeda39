"""Short ways to look at a case in tests."""

from collections.abc import Mapping
from typing import Any

from safeguard_rules.case.case import Case
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.members import Members
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import Derived
from safeguard_rules.vocabulary.view import CaseView, view

STANDARD = Vocabulary.standard()
TODAY = "2026-03-10"
LISTS = tuple(kind.name for kind in STANDARD.kinds.values())
ALL_LISTED: Mapping[str, Any] = {**dict.fromkeys(LISTS, ()), "all_regular_people_recorded": True}
MOTHER = {"id": "mother", "relation": "mother"}
FATHER = {"id": "father", "relation": "father"}


def case_of(given: Mapping[str, Any]) -> Case:
    """A case about a child that is born unless `given` says otherwise; parts left out are unknown."""
    child = {"id": "baby", "stage": "born", **given.get("child", {})}
    return Case.model_validate({**given, "child": child})


def look(given: Mapping[str, Any], as_of: str = TODAY, removed: tuple[str, ...] = ()) -> CaseView:
    """The view of a case on a day, with some paths made unknown."""
    return view(case_of(given), AsOf.of(as_of), STANDARD, frozenset(removed))


def derive(given: Mapping[str, Any], path: str, as_of: str = TODAY, removed: tuple[str, ...] = ()) -> Derived:
    """What a derived fact, written `people[mother].age`, comes to in a case."""
    seen = look(given, as_of, removed)
    located = seen.locate(path)
    assert located is not None, path
    return seen.derive(*located)


def closed(*words: str) -> Members:
    """A complete set."""
    return Members(frozenset(words))


def at_most(certain: tuple[str, ...], possible: tuple[str, ...]) -> Members:
    """A set with certain and further possible members."""
    return Members(frozenset(certain), frozenset(possible))
