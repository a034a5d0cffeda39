"""The writer of JSON: one spelling for one tree."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.values.json_text import JsonWriter, Line, Ready, Writes, as_json


@dataclass(frozen=True, slots=True)
class Point:
    """Fields in an order that is not the alphabet's."""

    y: int
    x: int | None
    names: tuple[str, ...] = ()


def test_a_class_is_written_in_the_order_of_its_fields_and_none_is_kept() -> None:
    assert as_json(Point(1, None, ("a", "b"))) == (
        '{\n  "y": 1,\n  "x": null,\n  "names": [\n    "a",\n    "b"\n  ]\n}\n'
    )
    assert as_json(Point(1, None), indent=False) == '{"y":1,"x":null,"names":[]}'


def test_empty_lists_and_objects_stay_on_one_line() -> None:
    assert as_json({"a": (), "b": {}}) == '{\n  "a": [],\n  "b": {}\n}\n'


def test_only_what_json_makes_one_escape_is_escaped() -> None:
    assert as_json('"\\\n\t\r\b\f\x00\x7f', indent=False) == '"\\"\\\\\\n\\t\\r\\b\\f\\u0000\\u007f"'
    assert as_json("é \N{LINE SEPARATOR} 你好 🍼", indent=False) == '"é \N{LINE SEPARATOR} 你好 🍼"'
    assert as_json("\ud800", indent=False) == '"\\ud800"'


@pytest.mark.parametrize("value", [1.5, {1, 2}, {1: 2}, object(), Point, [Point(1, None), {"a": 0.1}]])
def test_what_has_no_one_spelling_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no JSON"):
        as_json(value)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(TREES)
def test_what_is_written_reads_back_as_it_was(tree: Any) -> None:
    assert json.loads(as_json(tree)) == tree
    assert json.loads(as_json(tree, indent=False)) == tree


class Counted(JsonWriter):
    """Counts the objects whose fields it writes."""

    count = 0

    def fields_of(self, value: object, line: Line) -> str:
        self.count += 1
        return super().fields_of(value, line)


def test_an_object_that_stands_twice_at_a_depth_is_written_once() -> None:
    point, writer = Point(1, 2), Counted()
    assert writer.value((point, point, [point]), None) == as_json((point, point, [point]), indent=False)
    assert writer.count == 1
    assert writer.value((point, [point]), "\n") + "\n" == as_json((point, [point]))
    assert writer.count == 3


class Stars(Writes):
    """Writes itself as long as its place is deep."""

    def write(self, writer: JsonWriter, line: Line) -> str:
        return writer.value("*" * len(line or ""), line)


def test_what_knows_how_to_write_itself_does_so_at_its_place() -> None:
    assert as_json({"a": Ready("[1]"), "b": [Stars()]}) == '{\n  "a": [1],\n  "b": [\n    "*****"\n  ]\n}\n'
    assert as_json([Stars()], indent=False) == '[""]'
