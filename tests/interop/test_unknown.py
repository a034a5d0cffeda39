"""Which facts a case does not give: columns against a plain look at each case."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from safeguard_rules import Case
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.interop.unknown import Reading, not_given, reading_of
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.engine.columns.caseloads import bundled, oracle_cases
from tests.interop.tables import DAY, some_cases

VOCABULARY = Vocabulary.standard()


def read_in_wiltshire() -> Reading:
    """What the rules of Wiltshire read."""
    return reading_of(bundled("wiltshire").program(AsOf.of(DAY)), bundled("wiltshire").vocabulary)


READING = read_in_wiltshire()


def looked_for(case: Case, name: str) -> bool:
    """Whether a case lacks a fact or a list, said as plainly as possible."""
    stage = case.child.stage if case.child is not None else None
    kind = VOCABULARY.kind_named(name)
    if kind is not None:
        if stage is not None and stage not in kind.stages:
            return False
        given = getattr(case, name) is not None and name not in case.incomplete
        return not given or (name == "people" and case.all_regular_people_recorded is not True)
    fact = VOCABULARY.facts[name]
    if stage is not None and stage not in fact.stages:
        return False
    if fact.owner in VOCABULARY.kinds:
        holders = getattr(case, VOCABULARY.kinds[fact.owner].name) or ()
    else:
        holders = (case if fact.owner == "case" else getattr(case, fact.owner),)
    return any(
        holder is None or getattr(holder, fact.name) is None or fact.name in getattr(holder, "incomplete", ())
        for holder in holders
    )


def everything() -> Reading:
    entered = [path for path, fact in VOCABULARY.facts.items() if not fact.derived and fact.name != "id"]
    return Reading(tuple(sorted({*entered, *(kind.name for kind in VOCABULARY.kinds.values())})), ())


@pytest.mark.parametrize("many", ["own", "oracle"])
def test_columns_lack_what_the_cases_lack(many: str) -> None:
    cases = list(some_cases() if many == "own" else oracle_cases(150))
    found = not_given(cases_to_batch(cases), everything(), VOCABULARY)
    for row, case in enumerate(cases):
        expected = [looked_for(case, name) for name in everything().names]
        assert dict(zip(everything().names, found[row].tolist(), strict=True)) == dict(
            zip(everything().names, expected, strict=True)
        )


def test_every_way_to_write_a_column_lacks_the_same() -> None:
    days = [date(2026, 1, 19), None]
    records = pa.array([[{"id": "cheek", "noticed_on": "2026-03-02"}, {"id": "arm"}], []])
    plain = pa.record_batch({"child": pa.array([{"id": "a", "born_on": day} for day in days]), "injuries": records})
    reading = Reading(
        ("child.born_on", "child.movements", "injuries", "injury.kind", "injury.noticed_on", "people"), ()
    )
    assert not_given(plain, reading, VOCABULARY).tolist() == [
        [False, True, False, True, True, True],
        [True, True, False, False, False, True],
    ]


def test_a_column_that_is_not_there_or_of_nothing_is_not_given() -> None:
    reading = Reading(("case.plan", "child.born_on", "injuries"), ())
    batch = pa.record_batch({"child": pa.nulls(2), "plan": pa.nulls(2)})
    assert not_given(batch, reading, VOCABULARY).all()


def test_a_date_as_a_struct_of_nothing_is_not_given() -> None:
    dates = pa.array(
        [{"first": None, "not_yet": None}, {"first": None, "not_yet": False}, {"first": None, "not_yet": True}],
        pa.struct([("first", pa.date32()), ("not_yet", pa.bool_())]),
    )
    name = next(
        path for path, fact in VOCABULARY.facts.items() if fact.owner == "enquiry" and fact.name.endswith("_on")
    )
    column = pa.array(
        [[{"id": "e", name.partition(".")[2]: each}] for each in dates.to_pylist()],
        pa.list_(pa.struct([("id", pa.string()), (name.partition(".")[2], dates.type)])),
    )
    found = not_given(pa.record_batch({"enquiries": column}), Reading((name,), ()), VOCABULARY)
    assert found[:, 0].tolist() == [True, True, False]


def test_what_a_rule_reads_goes_through_definitions_and_derived_facts() -> None:
    rules = [active.rule.name for active in bundled("wiltshire").program(AsOf.of(DAY)).rules]
    read = READING.by_rule[rules.index("non-mobile-injury:report-injury")]
    names = {READING.names[place] for place in read}
    assert {"child.movements", "child.stage", "injuries", "injury.recorded_as"} <= names
    assert "child.born_on" in READING.names
    assert "child.age" not in READING.names
    assert list(READING.names) == sorted(READING.names)
    assert not np.array([name.endswith(".id") for name in READING.names]).any()
