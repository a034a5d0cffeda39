"""What columns do not spell out is asked of each case by itself: plug-ins' facts, extensions, hours; and moments."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pydantic import BaseModel

from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.packs.hookspecs import hookimpl
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate
from safeguard_rules.vocabulary.derived import Inputs, PluginDerivation
from safeguard_rules.vocabulary.facts import Kind
from tests.engine.columns.agreement import differences, differing, expected, said
from tests.engine.columns.caseloads import drawn_cases
from tests.packs_in_text import parameter, rule, write_pack

AS_OF = "2026-03-31"


class Parking(BaseModel):
    """Facts that an extension adds."""

    spaces: int | None = None
    paid: bool | None = None


def _fact(path: str, kind: Kind, reads: tuple[str, ...], function: Any, **more: Any) -> PluginDerivation:
    return PluginDerivation(path, kind, "whether it is so", "It is so.", reads, ("tiny:law/duty",), function, **more)


def _named(inputs: Inputs) -> bool | None:
    if any(incident.value("by") == inputs.id for incident in inputs.records("incident")):
        return True
    return None if inputs.is_open("incident") else False


def _breaks(inputs: Inputs) -> bool:
    if inputs.value("case.status") == "closed":
        raise RuntimeError("it is closed")
    return True


class Adds:
    """A plug-in with facts of the child, of people and of injuries, and with an extension."""

    facts = (
        _fact("child.needs_more", Kind.BOOLEAN, ("child.disabled",), lambda i: i.value("child.disabled")),
        _fact("person.is_named", Kind.BOOLEAN, ("incident.by", "incidents"), _named),
        _fact("injury.colours", Kind.WORDS, ("injury.kind",), lambda i: _colours(i), words=("red", "blue")),
        _fact("injury.size", Kind.NUMBER, ("injury.kind",), lambda i: {"bruise": 3}.get(str(i.value("injury.kind")))),
    )

    def __init__(self, *more: PluginDerivation) -> None:
        self.more = more

    @hookimpl
    def safeguard_rules_derived_facts(self) -> list[PluginDerivation]:
        return [*self.facts, *self.more]

    @hookimpl
    def safeguard_rules_case_extensions(self) -> dict[str, type[BaseModel]]:
        return {"parking": Parking}


def _colours(inputs: Inputs) -> set[str] | None:
    kind = inputs.value("injury.kind")
    return None if kind is None else {"blue"} if kind == "bruise" else set()


def rulebook(
    folder: Path,
    *whens: str,
    more: tuple[PluginDerivation, ...] = (),
    for_each: str | None = None,
    stages: tuple[str, ...] = (),
) -> Rulebook:
    plugins = replace(activate(objects={"adds": Adds(*more)}), packs=(), localities=())
    values = {"two": "2", "day": "24 hours", "days": "3 days", "moment": "2026-03-30", "weeks": "2 weeks"}
    subject = f"for_each: {for_each}\n" if for_each else ""
    subject += f"stage: [{', '.join(stages)}]" if stages else ""
    rules = [rule(f"r{place}", when, more=subject) for place, when in enumerate(whens)]
    pieces = [parameter(name, value) for name, value in values.items() if any(name in when for when in whens)]
    return Rulebook(load([write_pack(folder, *pieces, *rules)], None, plugins))


def cases(**more: Any) -> tuple[Case, ...]:
    found = [c.model_copy(update={"evidence": {}, **more}) for c in drawn_cases(60, AS_OF)]
    return (*found, Case(**more))


# --- plug-ins


def test_facts_of_plug_ins(tmp_path: Path) -> None:
    book = rulebook(
        tmp_path,
        "{child.needs_more: true}",
        "{child.needs_more: false, child.stage: born}",
        "{some: {of: person, where: {person.is_named: true}}}",
        "{every: {of: person, where: {person.is_named: false}}}",
        "{some: {of: injury, where: {injury.colours: {includes: blue}}}}",
        "{count: {of: injury, where: {injury.size: {at_least: two}}, is: {at_least: two}}}",
    )
    assert [leaf for leaf in Caseload(book, AS_OF).plan().tape.leaves if leaf[0] == "asked"] != []
    assert differences(book, cases(), AS_OF) == []


def test_facts_of_plug_ins_of_a_subject(tmp_path: Path) -> None:
    whens = ("{person.is_named: true}", "{not: {person.is_named: false}}")
    assert differences(rulebook(tmp_path, *whens, for_each="person"), cases(), AS_OF) == []


def test_a_plug_in_that_breaks_is_an_error_of_the_rows_in_which_it_does(tmp_path: Path) -> None:
    book = rulebook(
        tmp_path,
        "{child.breaks: true}",
        more=(_fact("child.breaks", Kind.BOOLEAN, ("case.status",), _breaks),),
    )
    given = [Case.model_validate({"status": status}) for status in ("open", "closed", "never_open")]
    codes = Caseload(book, AS_OF).codes(cases_to_batch(given))
    assert codes.errors == {1: "the derived fact `child.breaks` failed: it is closed"}
    assert codes.to_batch().column("tiny:r0").to_pylist() == [2, None, 2]


def test_facts_of_extensions(tmp_path: Path) -> None:
    book = rulebook(tmp_path, "{extra.parking.spaces: {at_least: two}}", "{extra.parking.paid: false}")
    given = [
        Case.model_validate({"extra": {"parking": parking}} if parking is not None else {})
        for parking in (None, {}, {"spaces": 1}, {"spaces": 2, "paid": False}, {"paid": True})
    ]
    load_ = Caseload(book, AS_OF)
    codes = load_.codes(cases_to_batch(given))
    assert codes.errors == {}
    for row, case in enumerate(given):
        assert differing(expected(book, case, load_.as_of), said(codes, case, row), row) == []
    wrong = Case.model_validate({"extra": {"parking": {"spaces": "many"}}})
    assert "`many` does not fit" in load_.codes(cases_to_batch([wrong])).errors[0]


# --- hours and moments

MOMENTS = (
    None,
    "2026",
    "2026-03",
    *(f"2026-03-{day}" for day in ("27", "28", "29", "30", "31")),
    *(f"2026-03-{day}T{time}" for day in ("28", "30", "31") for time in ("00:00Z", "12:00Z", "23:30Z", "12:00+01:00")),
    "2026-03-31T18:00Z",
    "2026-04-01",
)
DAYS = ("2026-03-31", "2026-03-02", "2026-03-31T12:00Z", "2026-03-30T23:15Z", "2026-03-29T01:30+01:00")
WHENS = (
    "{case.closed_on: {within_last: day}}",
    "{case.closed_on: {more_than_ago: day}}",
    "{case.closed_on: {within_last: days}}",
    "{case.closed_on: {before: moment}}",
    "{some: {of: contact, where: {contact.happens_on: {within_next: day}}}}",
    "{some: {of: contact, where: {contact.happens_on: {after: {fact: case.closed_on}}}}}",
    "{every: {of: contact, where: {contact.happens_on: {before: {fact: case.closed_on}}}}}",
    "{some: {of: assessment, where: {assessment.is_latest: true}}}",
    "{case.new_since_assessment: {is_not: []}}",
    "{case.new_since_closing: {includes: move}}",
    "{some: {of: person, where: {person.asked_alone_since_last_contact: true}}}",
    "{every: {of: person, where: {person.asked_alone_since_last_contact: true}}}",
)


def timed(closed: str | None, happens: str | None) -> Case:
    """A case with moments in it, in several lists."""
    dated = {name: {"id": name, **({key: happens} if happens else {})} for name, key in _DATES.items()}
    tree: dict[str, Any] = {
        "child": {"id": "baby", "stage": "born"},
        "closed_on": closed,
        "people": [{"id": "m", "joined_on": closed}],
        "all_regular_people_recorded": True,
        "contacts": [dated["contact"]],
        "moves": [dated["move"]],
        "assessments": [dated["assessment"], {"id": "other", "finished_on": closed or "not_yet"}],
        "enquiries": [{"id": "e", "of": "m", "alone": True, "asked_on": closed}],
        **{name: [] for name in ("injuries", "incidents", "changes")},
    }
    return Case.model_validate(tree)


_DATES = {"contact": "happens_on", "move": "happens_on", "assessment": "finished_on"}


@pytest.mark.parametrize("as_of", DAYS)
def test_hours_and_moments(tmp_path: Path, as_of: str) -> None:
    book = rulebook(tmp_path, *WHENS)
    given = [timed(*pair) for pair in product(MOMENTS, MOMENTS)]
    assert differences(book, given, as_of) == []


def test_moments_mean_the_same_as_text_as_structs_and_as_a_column_of_moments(tmp_path: Path) -> None:
    book = rulebook(tmp_path, *WHENS[:5])
    texts = [each for each in MOMENTS if each is not None and "T" in each]
    given = [Case.model_validate({"closed_on": each}) for each in texts]
    moments = [case.closed_on.instant for case in given if case.closed_on is not None]
    forms = (pa.array(texts), pa.array(moments, type=pa.timestamp("ms", "Europe/London")))
    for form in forms:
        batch = pa.RecordBatch.from_arrays([form], names=["closed_on"])
        for as_of in DAYS:
            assert differences(book, given, as_of, batch) == []


def test_birth_in_the_early_hours_settles_no_stage_before_it(tmp_path: Path) -> None:
    book = rulebook(
        tmp_path, "{child.stage: born}", "{child.stage: {is_not: unborn}}", "{child.age: {less_than: weeks}}"
    )
    given = [
        Case.model_validate({"child": {"id": "baby", "born_on": born, **({"stage": stage} if stage else {})}})
        for born, stage in product(MOMENTS, (None, "unborn", "born", "has_died"))
    ]
    for as_of in DAYS:
        assert differences(book, given, as_of) == []
