"""The schemas of cases, held against the reader: what it takes they take, and what they can tell they refuse."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules.case.reading import read_case_text
from safeguard_rules.errors import CaseError
from safeguard_rules.reading.files import read_node
from safeguard_rules.source import Text
from tests.schemas.holding import EXAMPLES, ROOT, complaints, content, in_text, validator, value

BROKEN = ROOT / "tests" / "broken"
FILES = sorted(path for path in BROKEN.glob("*/*") if path.name in ("case.yaml", "case.json", "family.yaml"))

BEYOND = {
    "how parts of a case fit together": {
        "case_denial_is_no_conflict",
        "case_people_contradict",
        "case_references_that_lead_nowhere",
        "family_links",
    },
    "what is no part of one tree": {"case_json_double_keys", "case_yaml_traps"},
}
"""Broken cases of which a schema says nothing: the reader does."""

LINKS = {
    "done-for-which-child",
    "people-contradict",
    "unknown-child",
    "unknown-id",
    "wrong-evidence",
    "wrong-incomplete",
}
"""Codes of what the reader says once everything has its right shape: how parts fit together."""

VALUES: tuple[Any, ...] = (None, "zzz", "2026-13", 7, -1, 1.5, True, [], {}, ["zzz"], {"zzz": 1})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_broken_case_is_refused_as_far_as_a_schema_can_tell(path: Path) -> None:
    root = read_node(Text(path.name, path.read_text(encoding="utf-8")), [])
    if root is None:
        return  # not even a tree, which no schema sees
    kind = "family" if path.name == "family.yaml" else "case"
    beyond = any(path.parent.name in names for names in BEYOND.values())
    assert bool(complaints(kind, value(root))) is not beyond


def test_those_beyond_a_schema_are_there() -> None:
    assert set().union(*BEYOND.values()) <= {path.parent.name for path in FILES}


@pytest.mark.parametrize("name", ["complete-case", "complete-family"])
def test_whatever_is_changed_in_a_case_the_schema_and_the_reader_agree_on_it(name: str) -> None:
    """Each value of a whole case is put in the place of others of every type, three at each place in turn."""
    base = content(EXAMPLES / f"{name}.yaml")
    held = validator("family" if "children" in base else "case")
    checked = 0
    for number, path in enumerate(places(base)):
        for step in range(3):
            changed = VALUES[(3 * number + step) % len(VALUES)]
            case = with_value(base, path, changed)
            codes, refused = reader_codes(case), not held.is_valid(case)
            if changed is True and not codes:
                continue  # a bare `true` is text to the reader where text is expected, and a slip to the schema
            assert refused is bool(codes - LINKS) or (refused and bool(codes)), (path, changed, codes)
            checked += 1
    assert checked > 200


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value, of lists through their first entry."""
    if path:
        yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
    for key, each in inner:
        yield from places(each, (*path, key))


def with_value(case: Any, path: tuple[Any, ...], changed: Any) -> Any:
    found = copy.deepcopy(case)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = changed
    return found


def reader_codes(case: Any) -> set[str]:
    try:
        read_case_text(Text("case.json", json.dumps(case)), "json")
    except CaseError as error:
        return {issue.code for issue in error.issues}
    return set()


CASE = "child: {id: baby, stage: born}\n"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", True),
        ("chlid: {id: baby}", False),
        ("incomplete: [injuries]\ninjuries: []", True),
        ("incomplete: [plan]", False),
        ("evidence: {child.stage: {basis: recorded}}", True),
        ('evidence: {"injuries[cheek].kind": [{basis: recorded}]}', True),
        ("evidence: {child.stag: {basis: recorded}}", False),
        ('evidence: {"injuries[cheek].knd": {basis: recorded}}', False),
        ("extra: {housing: {rooms: 2}}", True),
        ("extra: {housing: {rooms: 2.5}}", False),
        ("people: [{id: the mother}]", False),
        ("people: [{id: Zoë}]", True),
        ("people: [{id: m, born_on: 1990}]", True),
        ("people: [{id: m, born_on: 1800}]", False),
    ],
)
def test_what_a_case_takes(text: str, right: bool) -> None:
    assert (complaints("case", in_text(CASE + text)) == []) is right


CASES = """\
language: 1
cases:
  - title: a case
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born}}
    expect: EXPECT
"""


@pytest.mark.parametrize(
    ("expect", "right"),
    [
        ("{findings: {report-injury: applies}}", True),
        ("{findings: {'non-mobile-injury:report-injury': {applies: [cheek], unless: [already_recorded]}}}", True),
        ("{findings: {report-injuri: applies}}", False),
        ("{findings: {report-injury: aplies}}", False),
        ("{findings: {report-injury: {applies: [cheek], unless: [no_such_thing]}}}", False),
        ("{findings: {report-injury: {applies: [child], as_precaution: [child.stage]}}}", True),
        ("{actions: {should: [emergency-care]}, no_actions: [report-to-social-care]}", True),
        ("{actions: {should: [emergency-car]}}", False),
        ("{actions: {shuld: [emergency-care]}}", False),
        ("{questions: [case.plan, injuries, 'injuries[cheek].kind']}", True),
        ("{questions: [case.pln]}", False),
    ],
)
def test_what_may_be_expected(expect: str, right: bool) -> None:
    assert (complaints("cases", in_text(CASES.replace("EXPECT", expect))) == []) is right
