"""Values that are written as one text, as fields of a strict frozen model."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", revalidate_instances="always")

    noticed_on: When | None = Field(default=None, description="When it was first seen")
    length: Duration | None = None
    as_of: AsOf | None = None
    days: tuple[When, ...] = ()


WHOLE = Record(
    noticed_on=When.parse("2026-03"),
    length=Duration.parse("6 weeks"),
    as_of=AsOf.of("2026-03-02"),
    days=(When.parse("2026"),),
)
PLAIN = {"noticed_on": "2026-03", "length": "6 weeks", "as_of": "2026-03-02", "days": ["2026"]}


def from_python(plain: dict[str, object]) -> Record:
    return Record.model_validate(plain)


def from_json(plain: dict[str, object]) -> Record:
    return Record.model_validate_json(json.dumps(plain))


def test_text_is_read_by_a_strict_model_from_python_and_from_json() -> None:
    assert Record.model_validate({**PLAIN, "days": ("2026",)}) == WHOLE
    assert Record.model_validate_json(json.dumps(PLAIN)) == WHOLE
    assert Record.model_validate(WHOLE) == WHOLE


def test_python_dates_are_read() -> None:
    record = Record.model_validate({"noticed_on": date(2026, 3, 2), "as_of": datetime(2026, 3, 2, 15, tzinfo=UTC)})
    assert (str(record.noticed_on), str(record.as_of)) == ("2026-03-02", "2026-03-02T15:00Z")


def test_a_dump_has_the_text() -> None:
    assert WHOLE.model_dump() == {**PLAIN, "days": ("2026",)}
    assert WHOLE.model_dump(mode="json") == json.loads(WHOLE.model_dump_json()) == PLAIN
    assert Record().model_dump(exclude_none=True) == {"days": ()}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("noticed_on", 2026, "expected a date, got `2026`"),
        ("noticed_on", "2026-02-30", "`2026-02-30` is not a day of the calendar"),
        ("as_of", "2026", "`2026` is not a whole day such as 2026-03-02"),
        ("length", "2 week", "`2 week` is written `2 weeks`"),
    ],
)
def test_a_wrong_text_is_one_error_at_its_field(field: str, value: object, message: str) -> None:
    for read in (from_python, from_json):
        with pytest.raises(ValidationError) as caught:
            read({field: value})
        [error] = caught.value.errors()
        assert error["loc"] == (field,)
        assert str(error["ctx"]["error"]) == message


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_is_a_described_text_with_examples(mode: str) -> None:
    schema = Record.model_json_schema(mode="validation" if mode == "validation" else "serialization")
    field = schema["properties"]["noticed_on"]
    assert field["description"] == "When it was first seen"
    [text, null] = field["anyOf"]
    assert null == {"type": "null"}
    assert text["type"] == "string"
    assert text["description"] == "a year, a month, a day, or a day with a time and its offset"
    assert text["examples"] == ["2026", "2026-03", "2026-03-02", "2026-03-02T15:00Z"]


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (
            When,
            ["2026", "2026-03", "2026-03-02T15:00:30.5+05:45"],
            ["2026-13", "2026-03-02T15:00", "March", "2026-03-02T24:00Z", "2026-3"],
        ),
        (AsOf, ["2026-03-02", "2026-03-02T15:00-01:00"], ["2026", "2026-03", "2026-03-02T15:00"]),
        (
            Duration,
            ["1 week", "10 weeks", "0 days", "12 months", "2 working days", "1 working day"],
            ["1 weeks", "2 week", "06 weeks", "weeks", "6 weeks "],
        ),
    ],
)
def test_the_schema_takes_what_is_read_and_no_other_shape(
    reader: type[When] | type[AsOf] | type[Duration], good: list[str], bad: list[str]
) -> None:
    pattern = re.compile(reader.json_schema["pattern"], re.ASCII)
    for text in (*good, *reader.json_schema["examples"]):
        assert str(reader.of(text)) == text
        assert pattern.search(text)
    for text in bad:
        assert not pattern.search(text)
        with pytest.raises(ValueError, match=r"^`"):
            reader.of(text)


def test_a_schema_that_was_handed_out_can_be_changed_without_harm() -> None:
    Record.model_json_schema()["properties"]["noticed_on"]["anyOf"][0]["examples"].append("now")
    assert Record.model_json_schema()["properties"]["noticed_on"]["anyOf"][0]["examples"][-1] == "2026-03-02T15:00Z"
