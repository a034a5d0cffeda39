"""Which facts a case does not give: columns against a plain look at each case."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from safeguard_rules import Case
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.interop import unknown
from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.unknown import Reading, reading_of
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.members import Members
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import view
from tests.engine.columns.caseloads import bundled, oracle_cases
from tests.interop.tables import DAY, some_cases

VOCABULARY = Vocabulary.standard()


def read_in_wiltshire() -> Reading:
    """What the rules of Wiltshire read."""
    return reading_of(bundled("wiltshire").program(AsOf.of(DAY)), bundled("wiltshire").vocabulary)


READING = read_in_wiltshire()


def not_given(batch: pa.RecordBatch, reading: Reading) -> Any:
    """What the rows of a batch do not give, on the day of the tests."""
    return unknown.not_given(Chunk(batch, VOCABULARY, AsOf.of(DAY)), reading)


def looked_for(case: Case, name: str) -> bool:
    """Whether a case lacks a fact or a list: whether the rules of one case do not see it, said as plainly as can be."""
    seen = view(case, AsOf.of(DAY), VOCABULARY)
    kind = VOCABULARY.kind_named(name)
    if kind is not None:
        return seen.is_open(kind.singular)
    fact = VOCABULARY.facts[name]
    if not seen.possible_stages & fact.stages:
        return False
    records = seen.records(fact.owner) if fact.owner in VOCABULARY.kinds else (getattr(seen, fact.owner),)
    return any(not settled(seen.value(record, fact.name)) for record in records)


def settled(value: object) -> bool:
    return value is not None and not (isinstance(value, Members) and value.open)


def everything() -> Reading:
    entered = [path for path, fact in VOCABULARY.facts.items() if not fact.derived and fact.name != "id"]
    return Reading(tuple(sorted({*entered, *(kind.name for kind in VOCABULARY.kinds.values())})), ())


@pytest.mark.parametrize("many", ["own", "oracle"])
def test_columns_lack_what_the_cases_lack(many: str) -> None:
    cases = list(some_cases() if many == "own" else oracle_cases(150))
    found = not_given(cases_to_batch(cases), everything())
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
    assert not_given(plain, reading).tolist() == [
        [False, True, False, True, True, True],
        [True, True, False, False, False, True],
    ]


def test_a_column_that_is_not_there_or_of_nothing_is_not_given() -> None:
    reading = Reading(("case.plan", "child.born_on", "injuries"), ())
    batch = pa.record_batch({"child": pa.nulls(2), "plan": pa.nulls(2)})
    assert not_given(batch, reading).all()


def test_a_date_as_a_struct_of_nothing_is_not_given() -> None:
    dates = pa.array(
        [{"first": None, "not_yet": None}, {"first": None, "not_yet": False}, {"first": None, "not_yet": True}],
        pa.struct([("first", pa.date32()), ("not_yet", pa.bool_())]),
    )
    column = pa.StructArray.from_arrays([dates], ["booked_on"])
    batch = pa.record_batch({"pregnancy": column})
    found = not_given(batch, Reading(("pregnancy.booked_on",), ()))
    assert found[:, 0].tolist() == [True, True, False]


def lacked(child: dict[str, Any], **columns: list[Any]) -> list[str]:
    batch = pa.record_batch({"child": [child], **columns})
    (found,) = not_given(batch, everything())
    return [name for name, missing in zip(everything().names, found, strict=True) if missing]


def test_a_stage_that_the_date_of_birth_contradicts_is_not_given_and_hides_nothing() -> None:
    contradicted = lacked({"id": "a", "stage": "unborn", "born_on": "2026-01-01"})
    assert contradicted == lacked({"id": "a", "born_on": "2026-01-01"})
    assert {"child.stage", "child.movements", "injuries"} <= set(contradicted)
    assert "child.stage" not in lacked({"id": "a", "stage": "born", "born_on": "2026-01-01"})
    assert "injuries" not in lacked({"id": "a", "stage": "unborn", "born_on": "2026-04-01"})


def test_a_date_that_lies_ahead_though_it_cannot_is_not_given() -> None:
    born = {"id": "a", "stage": "born"}
    assert "child.born_on" in lacked(born | {"born_on": "2026-03-03"})
    assert "child.born_on" not in lacked(born | {"born_on": "2026-03"})
    assert "child.born_on" not in lacked(born | {"born_on": "2026-03-02"})
    assert "child.expected_on" not in lacked({"id": "a", "stage": "unborn", "expected_on": "2026-08-01"})
    ahead = [[{"id": "i", "noticed_on": "2026-03-02"}, {"id": "j", "noticed_on": "2026-03-05"}]]
    assert "injury.noticed_on" in lacked(born, injuries=ahead)


def test_lists_as_views_that_overlap_are_read() -> None:
    records = pa.array([{"id": "i", "kind": "bruise"}, {"id": "j"}])
    views = pa.ListViewArray.from_arrays(pa.array([0, 0, 1]), pa.array([1, 2, 1]), records)
    batch = pa.record_batch({"injuries": views})
    found = not_given(batch, Reading(("injuries", "injury.kind"), ()))
    assert found.tolist() == [[False, False], [False, True], [False, True]]


def test_what_is_asked_of_one_case_is_among_what_is_not_known() -> None:
    odd = [
        {"child": {"id": "a", "stage": "unborn", "born_on": "2026-01-01"}},
        {"child": {"id": "b", "stage": "born", "born_on": "2026-05-01"}},
    ]
    cases = [*map(Case.model_validate, odd), *some_cases()[::9]]
    rows = Screening(DAY, locality="wiltshire")(cases_to_batch(cases)).to_pylist()
    asked_for = 0
    for case, row in zip(cases, rows, strict=True):
        undecided = {each["rule"] for each in row["undetermined"]}
        for question in bundled("wiltshire").evaluate(case, as_of=DAY).questions:
            if undecided & set(question.rules) and question.why_unknown != "partial":
                assert named(question.path) in row["unknown"], (case, question.path)
                asked_for += 1
    assert asked_for > 100


def named(path: str) -> str:
    """The fact or list of which a question is."""
    list_name, bracket, rest = path.partition("[")
    kind = VOCABULARY.kind_named(list_name)
    name = rest.rpartition("].")[2]
    return f"{kind.singular}.{name}" if kind is not None and bracket else path


def test_what_a_rule_reads_goes_through_definitions_and_derived_facts() -> None:
    rules = [active.rule.name for active in bundled("wiltshire").program(AsOf.of(DAY)).rules]
    read = READING.by_rule[rules.index("non-mobile-injury:report-injury")]
    names = {READING.names[place] for place in read}
    assert {"child.movements", "child.stage", "injuries", "injury.recorded_as"} <= names
    assert "child.born_on" in READING.names
    assert "child.age" not in READING.names
    assert list(READING.names) == sorted(READING.names)
    assert not np.array([name.endswith(".id") for name in READING.names]).any()
