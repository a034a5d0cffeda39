"""A mapping that cannot be changed, as a value and as a field of a strict frozen model."""

import copy
import pickle

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safeguard_rules.values.dates import When
from safeguard_rules.values.frozen import FrozenMap


class Note(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", revalidate_instances="always")

    words: tuple[str, ...] = ()
    known_on: When | None = None


class Case(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", revalidate_instances="always")

    evidence: FrozenMap[str, Note] = Field(default=FrozenMap(), description="how each fact is known")
    extra: FrozenMap[str, FrozenMap[str, int]] = FrozenMap()


def test_text_keys_are_sorted_and_others_kept_in_their_order() -> None:
    assert list(FrozenMap({"b": 1, "a": 2, "B": 3})) == ["B", "a", "b"]
    assert list(FrozenMap([(2, "b"), (1, "a")])) == [2, 1]


def test_it_reads_like_any_mapping() -> None:
    entries = FrozenMap({"b": 1, "a": 2})
    assert entries["b"] == 1
    assert len(entries) == 2
    assert "a" in entries
    assert "c" not in entries
    assert entries.get("c") is None
    assert dict(entries) == {"a": 2, "b": 1}
    assert repr(entries) == "FrozenMap({'a': 2, 'b': 1})"
    with pytest.raises(KeyError):
        entries["c"]


def test_the_order_of_the_entries_makes_no_other_value() -> None:
    one, other = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert one == other == {"a": 1, "b": 2}
    assert hash(one) == hash(other) == hash(one)
    assert one != FrozenMap({"a": 1})
    assert FrozenMap([(2, "b"), (1, "a")]) == FrozenMap([(1, "a"), (2, "b")])


def test_it_can_be_hashed_only_if_its_values_can() -> None:
    with pytest.raises(TypeError):
        hash(FrozenMap({"a": [1]}))


def test_it_cannot_be_changed() -> None:
    given = {"a": 1}
    entries = FrozenMap(given)
    given["a"] = 2
    assert entries == {"a": 1}
    assert not hasattr(entries, "__setitem__")
    with pytest.raises(AttributeError, match=r"^a frozen map cannot be changed: `_entries`$"):
        entries._entries = {}
    with pytest.raises(AttributeError, match=r"^a frozen map cannot be changed: `_entries`$"):
        del entries._entries
    with pytest.raises(AttributeError, match=r"^a frozen map cannot be changed: `more`$"):
        entries.more = 1


def test_it_is_copied_and_pickled_as_a_value() -> None:
    entries = FrozenMap({"b": (1, 2), "a": ()})
    assert copy.copy(entries) is entries
    for other in (copy.deepcopy(entries), pickle.loads(pickle.dumps(entries))):
        assert isinstance(other, FrozenMap)
        assert other == entries
        assert list(other) == list(entries)


@pytest.mark.parametrize("entries", [{"b": Note(), "a": {"known_on": "2026-03"}}, FrozenMap({"b": {}, "a": Note()})])
def test_a_model_takes_any_mapping_and_keeps_a_frozen_one(entries: object) -> None:
    case = Case.model_validate({"evidence": entries})
    assert isinstance(case.evidence, FrozenMap)
    assert list(case.evidence) == ["a", "b"]
    assert all(isinstance(note, Note) for note in case.evidence.values())
    assert hash(case) == hash(case.model_copy())


def test_a_model_is_read_back_from_json_and_from_itself() -> None:
    text = (
        '{"evidence":{"b":{"words":["x"],"known_on":"2026-03"},"a":{"words":[],"known_on":null}},"extra":{"n":{"k":1}}}'
    )
    case = Case.model_validate_json(text)
    assert case.evidence["b"] == Note(words=("x",), known_on=When.parse("2026-03"))
    assert case.extra["n"]["k"] == 1
    assert Case.model_validate_json(case.model_dump_json()) == Case.model_validate(case) == case
    assert pickle.loads(pickle.dumps(case)) == copy.deepcopy(case) == case


def test_a_dump_is_plain_and_sorted() -> None:
    case = Case(evidence=FrozenMap({"b": Note(words=("x",)), "a": Note(known_on=When.parse("2026-03"))}))
    dump = case.model_dump(exclude_defaults=True)
    assert dump == {"evidence": {"a": {"known_on": "2026-03"}, "b": {"words": ("x",)}}}
    assert type(dump["evidence"]) is dict
    assert case.model_dump_json(exclude_defaults=True) == (
        '{"evidence":{"a":{"known_on":"2026-03"},"b":{"words":["x"]}}}'
    )


@pytest.mark.parametrize(
    ("entries", "place"),
    [
        ([], ()),
        ("a", ()),
        ({1: {}}, (1, "[key]")),
        ({"a": {"wrods": ()}}, ("a", "wrods")),
        ({"a": {"known_on": "March"}}, ("a", "known_on")),
    ],
)
def test_a_wrong_entry_is_found_at_its_place(entries: object, place: tuple[object, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({"evidence": entries})
    assert [error["loc"] for error in caught.value.errors()] == [("evidence", *place)]


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_its_schema_is_that_of_an_object(mode: str) -> None:
    schema = Case.model_json_schema(mode="validation" if mode == "validation" else "serialization")
    assert schema["properties"]["evidence"] == {
        "additionalProperties": {"$ref": "#/$defs/Note"},
        "default": {},
        "description": "how each fact is known",
        "title": "Evidence",
        "type": "object",
    }
