"""Nodes to typed models: all slips at once, each at its place."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationInfo, field_validator, model_validator

from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import MapNode, Node, Scalar
from safeguard_rules.reading.one_or_many import OneOrMany
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text, draw
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.frozen import FrozenMap
from safeguard_rules.values.special import NOT_YET, Special


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, revalidate_instances="always")


class Mark(Strict):
    id: str
    kind: Literal["bruise", "burn"] | None = None
    seen_on: When | None = None
    healed_on: When | Special | None = None
    size: int | None = Field(default=None, ge=1)
    hidden: bool | None = None
    parts: tuple[Literal["cheek", "hand"], ...] | None = None

    @model_validator(mode="after")
    def _hidden_marks_have_no_size(self) -> "Mark":
        if self.hidden and self.size:
            raise ValueError("a hidden mark has no size")
        return self


class Note(Strict):
    by: str
    said_on: When | None = None


class Record(Strict):
    title: str
    start: When | None = Field(default=None, alias="from")
    length: Duration | None = None
    marks: tuple[Mark, ...] | None = None
    notes: FrozenMap[str, OneOrMany[Note]] = FrozenMap()
    tags: Annotated[tuple[str, ...], Field(min_length=1)] = ("plain",)
    when: Node | None = None
    extra: FrozenMap[str, Any] = FrozenMap()
    either: int | bool | str | None = None


def both(content: str, model: type[BaseModel], **options: Any) -> tuple[Any, str]:
    text = Text("x.yaml", content)
    issues: list[Issue] = []
    node = read_yaml(text, issues)
    assert node is not None
    built = build(node, model, issues, **options)
    return built, draw(issues)


def heads(drawn: str) -> list[str]:
    """The first lines of the drawn issues."""
    return [line.removeprefix("x.yaml:") for line in drawn.splitlines() if line.startswith("x.yaml:")]


def test_a_whole_record_is_built() -> None:
    record, drawn = both(
        "title: no\n"
        "from: 2026-03\n"
        "length: 6 weeks\n"
        "marks:\n"
        "  - {id: a, kind: burn, seen_on: 2026-03-02, healed_on: not_yet, size: 3, hidden: false, parts: [hand]}\n"
        "  - {id: b, kind: null, healed_on: 2026-03-04, parts: []}\n"
        "notes:\n"
        "  z: {by: mother}\n"
        "  a: [{by: father, said_on: 2026}, {by: midwife}]\n"
        "tags: [x, 5]\n"
        "when: {all: [a, b]}\n"
        "extra: {n: 1, t: '1', l: [true, null], m: {k: v}}\n"
        "either: true\n",
        Record,
    )

    assert drawn == ""
    assert record.title == "no"
    assert record.start == When.parse("2026-03")
    assert record.length == Duration.parse("6 weeks")
    assert record.marks[0] == Mark(
        id="a",
        kind="burn",
        seen_on=When.parse("2026-03-02"),
        healed_on=NOT_YET,
        size=3,
        hidden=False,
        parts=("hand",),
    )
    assert record.marks[1].kind is None
    assert record.marks[1].healed_on == When.parse("2026-03-04")
    assert record.marks[1].parts == ()
    assert record.notes == {
        "a": (Note(by="father", said_on=When.parse("2026")), Note(by="midwife")),
        "z": (Note(by="mother"),),
    }
    assert record.tags == ("x", "5")
    assert isinstance(record.when, MapNode)
    assert record.extra == {"n": 1, "t": "1", "l": (True, None), "m": {"k": "v"}}
    assert record.either is True


def test_absent_and_null_are_unknown() -> None:
    record, drawn = both("title: x\nmarks: null\nwhen: null\n", Record)

    assert drawn == ""
    assert record.marks is None
    assert record.when is None
    assert record == Record(title="x")


def test_all_slips_are_told_at_once_each_at_its_place() -> None:
    record, drawn = both(
        "titel: x\n"
        "from: 2026-13\n"
        "marks:\n"
        "  - kind: bruse\n"
        "    size: 0\n"
        "  - {id: b, hidden: 'true', healed_on: notyet}\n"
        "  - {id: c, hidden: true, size: 2}\n"
        "  - x\n"
        "notes: []\n"
        "tags: []\n"
        "length: {}\n",
        Record,
    )

    assert record is None
    assert drawn == (
        "x.yaml:1:1: unknown key `titel`\n"
        "  1 | titel: x\n"
        "    | ^^^^^\n"
        "  help: did you mean `title`?\n"
        "x.yaml:2:7: `2026-13` is not a date such as 2026, 2026-03, 2026-03-02 or 2026-03-02T15:00Z\n"
        "  2 | from: 2026-13\n"
        "    |       ^^^^^^^\n"
        "x.yaml:4:5: the key `id` is missing here\n"
        "  4 |   - kind: bruse\n"
        "    |     ^^^^\n"
        "x.yaml:4:11: `bruse` is not a word of `kind`\n"
        "  4 |   - kind: bruse\n"
        "    |           ^^^^^\n"
        "  help: did you mean `bruise`?\n"
        "x.yaml:5:11: expected at least 1, got `0`\n"
        "  5 |     size: 0\n"
        "    |           ^\n"
        "x.yaml:6:21: expected `true` or `false`, got the text `true`\n"
        "  6 |   - {id: b, hidden: 'true', healed_on: notyet}\n"
        "    |                     ^^^^^^\n"
        "  help: write it without quotes: true\n"
        "x.yaml:6:40: `notyet` is not a date such as 2026, 2026-03, 2026-03-02 or 2026-03-02T15:00Z\n"
        "  6 |   - {id: b, hidden: 'true', healed_on: notyet}\n"
        "    |                                        ^^^^^^\n"
        "  help: did you mean `not_yet`?\n"
        "x.yaml:7:5: a hidden mark has no size\n"
        "  7 |   - {id: c, hidden: true, size: 2}\n"
        "    |     ^\n"
        "x.yaml:8:5: expected a mapping, got text\n"
        "  8 |   - x\n"
        "    |     ^\n"
        "x.yaml:9:8: expected a mapping, got a list\n"
        "  9 | notes: []\n"
        "    |        ^\n"
        "x.yaml:10:7: `tags` needs at least 1 item, got none\n"
        "  10 | tags: []\n"
        "     |       ^\n"
        "x.yaml:11:9: expected a length of time, got a mapping\n"
        "  11 | length: {}\n"
        "     |         ^"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("marks: x", "2:8: expected a list, got text"),
        ("marks: {id: a}", "2:8: expected a list, got a mapping"),
        ("marks: [{id: null}]", "2:14: `id` cannot be `null`; expected text"),
        ("marks: [{id: [a]}]", "2:14: expected text, got a list"),
        ("marks: [{id: a, healed_on: {}}]", "2:28: expected a date or `not_yet`, got a mapping"),
        ("marks: [{id: a, seen_on: not_yet}]", "2:26: `not_yet` cannot stand here"),
        ("notes: {a: x}", "2:12: expected a mapping, got text"),
        ("notes: {a: [x]}", "2:13: expected a mapping, got text"),
        ("notes: {a: null}", "2:12: `a` cannot be `null`; expected a list"),
        ("notes: null", "2:8: `notes` cannot be `null`; expected a mapping"),
        ("tags: null", "2:7: `tags` cannot be `null`; expected a list"),
        ("tags: [null]", "2:8: `tags` cannot be `null`; expected text"),
        ("title_: x", "2:1: unknown key `title_`"),
        ("start: 2026", "2:1: unknown key `start`"),
        ("extra: {a: 1.5}", "2:12: expected a whole number, got `1.5`"),
        ("either: []", "2:9: expected a whole number or `true` or `false` or text, got a list"),
    ],
)
def test_each_slip_has_its_words_and_place(line: str, expected: str) -> None:
    record, drawn = both(f"title: x\n{line}\n", Record)

    assert record is None
    assert heads(drawn) == [expected]


@pytest.mark.parametrize(("content", "got"), [("[]", "a list"), ("x", "text"), ("null", "`null`")])
def test_the_whole_must_be_a_mapping(content: str, got: str) -> None:
    record, drawn = both(content, Record)

    assert record is None
    assert heads(drawn) == [f"1:1: expected a mapping, got {got}"]


def test_a_value_that_the_reader_refused_is_not_called_missing() -> None:
    record, drawn = both("title:\ntags: []\n", Record)

    assert record is None
    assert heads(drawn) == ["1:1: the key `title` has no value", "2:7: `tags` needs at least 1 item, got none"]


def test_a_list_of_one_may_stand_without_brackets_only_where_it_is_said() -> None:
    record, drawn = both("title: x\ntags: y\n", Record)

    assert record is None
    assert drawn.endswith("help: put it in brackets: `[y]`")


def test_decision_51_a_list_that_is_too_long_is_an_error() -> None:
    content = "title: x\ntags: [a, b, c]\n"

    assert both(content, Record, longest=3)[0].tags == ("a", "b", "c")
    record, drawn = both(content, Record, longest=2)
    assert record is None
    assert heads(drawn) == ["2:7: expected at most 2 items in the list, got 3"]


def test_json_is_built_with_the_same_words() -> None:
    issues: list[Issue] = []
    node = read_json(Text("x.json", '{"title": 5, "marks": [{"id": "a", "size": "3"}]}'), issues)
    assert node is not None

    assert build(node, Record, issues) is None
    assert [issue.message for issue in issues] == ["expected a whole number, got the text `3`"]


class WithContext(Strict):
    name: str

    @field_validator("name")
    @classmethod
    def _known(cls, name: str, info: ValidationInfo) -> str:
        if info.context is None or name not in info.context["names"]:
            raise ValueError(f"`{name}` is nobody's name")
        return name


def test_validators_are_given_the_context() -> None:
    context: Mapping[str, Any] = {"names": ["a"]}

    assert both("name: a\n", WithContext, context=context)[0] == WithContext.model_validate(
        {"name": "a"}, context=context
    )
    assert heads(both("name: b\n", WithContext, context=context)[1]) == ["1:7: `b` is nobody's name"]


class Bounded(Strict):
    code: str = Field(default="ab", pattern="^[a-z]+$", min_length=1, max_length=3)
    number: int = Field(default=5, gt=0, lt=10)
    several: Annotated[tuple[int, ...], Field(max_length=2)] = ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("code: A1", "1:7: `A1` is not written the way `code` is written"),
        ("code: abcd", "1:7: `code` takes at most 3 characters"),
        ("code: ''", "1:7: `code` is empty"),
        ("number: 0", "1:9: expected more than 0, got `0`"),
        ("number: 10", "1:9: expected less than 10, got `10`"),
        ("several: [1, 2, 3]", "1:10: expected at most 2 items in the list, got 3"),
    ],
)
def test_what_a_model_refuses_is_told_in_our_words(line: str, expected: str) -> None:
    built, drawn = both(line, Bounded)

    assert built is None
    assert heads(drawn) == [expected]
    assert "pydantic" not in drawn


class Odd(Strict):
    value: JsonValue = None
    keyed: FrozenMap[Literal["a", "b"], int] = FrozenMap()
    shape: Bounded | tuple[int, ...] | None = None
    one: OneOrMany[int] | None = None


def test_keys_have_types_too() -> None:
    assert both("keyed: {a: 1}\n", Odd)[0].keyed == {"a": 1}
    assert heads(both("keyed: {c: 1}\n", Odd)[1]) == ["1:9: `c` is not a word of `keyed`"]


def test_any_json_is_kept_as_it_looks() -> None:
    issues: list[Issue] = []
    node = read_yaml(Text("x.yaml", "value: {a: [1, x]}\n"), issues)
    assert node is not None

    built = build(node, Odd, issues)

    assert issues == []
    assert built is not None
    assert built.value == {"a": [1, "x"]}


def test_of_two_kinds_of_node_the_one_is_taken_that_is_there() -> None:
    assert both("shape: {number: 3}\n", Odd)[0].shape == Bounded(number=3)
    assert both("shape: [1]\n", Odd)[0].shape == (1,)
    assert heads(both("shape: x\n", Odd)[1]) == ["1:8: expected a mapping or a list, got text"]


def test_a_choice_of_models_is_a_slip_of_ours() -> None:
    class Choice(Strict):
        shape: Bounded | WithContext

    with pytest.raises(TypeError, match="no reader"):
        both("shape: {}\n", Choice)


def test_one_or_many_may_be_optional() -> None:
    assert both("one: 1\n", Odd)[0].one == (1,)
    assert both("one: [1, 2]\n", Odd)[0].one == (1, 2)
    assert both("one: null\n", Odd)[0].one is None
    assert heads(both("one: x\n", Odd)[1]) == ["1:6: expected a whole number, got `x`"]


def test_the_schema_says_that_one_may_stand_alone() -> None:
    found = Record.model_json_schema()["properties"]["notes"]["additionalProperties"]

    assert found == {
        "anyOf": [{"$ref": "#/$defs/Note"}, {"items": {"$ref": "#/$defs/Note"}, "type": "array"}],
    }


def test_a_raw_node_is_kept_as_it_is() -> None:
    record, _ = both("title: x\nwhen: y\n", Record)

    assert isinstance(record.when, Scalar)
    assert record.when.text == "y"
