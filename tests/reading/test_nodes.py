"""Finding nodes and places by path."""

import pytest

from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Paths, Scalar, at, key_place, kind_of, place_of
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Place, Text

CASE = """\
child:
  id: baby
injuries:
  - id: cheek
    kind: bruise
  - {id: hand, kind: burn}
stage: born
"""


def read(content: str) -> Node:
    issues: list[Issue] = []
    node = read_yaml(Text("case.yaml", content), issues)
    assert node is not None
    assert issues == []
    return node


def spot(place: Place) -> tuple[int, int, int]:
    return (place.line, place.column, place.width)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("child", "id"), "baby"),
        (("injuries", 1, "kind"), "burn"),
        (("injuries", "hand", "kind"), "burn"),
        (("stage", 0), "born"),
    ],
)
def test_a_node_is_found_by_keys_positions_and_ids(path: tuple[str | int, ...], expected: str) -> None:
    found = at(read(CASE), *path)

    assert isinstance(found, Scalar)
    assert found.text == expected


@pytest.mark.parametrize("path", [("chidl",), ("injuries", 2), ("injuries", -1), ("injuries", "foot"), ("stage", "x")])
def test_what_is_not_there_is_not_found(path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        at(read(CASE), *path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), (1, 1, 5)),
        (("child",), (2, 3, 2)),
        (("child", "id"), (2, 7, 4)),
        (("child", "born_on"), (1, 1, 5)),
        (("injuries", 1, "kind"), (6, 22, 4)),
        (("injuries", "hand", "colour"), (6, 5, 1)),
        (("injuries", "foot", "colour"), (3, 1, 8)),
        (("stage", "is-instance[When]"), (7, 1, 5)),
        (("injuries", "tuple", 0, "kind"), (5, 11, 6)),
        (("no", "such"), (1, 1, 5)),
    ],
)
def test_the_place_of_a_path_is_as_deep_as_it_leads(
    path: tuple[str | int, ...], expected: tuple[int, int, int]
) -> None:
    assert spot(place_of(read(CASE), path)) == expected


def test_the_place_of_a_key() -> None:
    node = read(CASE)
    assert isinstance(node, MapNode)

    assert spot(key_place(node, "stage")) == (7, 1, 5)
    assert spot(key_place(node, "absent")) == spot(node.place)


def test_a_refused_key_is_remembered() -> None:
    issues: list[Issue] = []
    node = read_yaml(Text("case.yaml", "a:\nb: c\n"), issues)

    assert isinstance(node, MapNode)
    assert node.refused == {"a"}
    assert node.get("a") is None
    assert isinstance(node.get("b"), Scalar)


@pytest.mark.parametrize(
    ("content", "expected"),
    [("[]", "a list"), ("{}", "a mapping"), ("null", "`null`"), ("'null'", "text"), ("x", "text")],
)
def test_what_a_person_calls_a_node(content: str, expected: str) -> None:
    assert kind_of(read(content)) == expected


def test_lists_and_mappings_in_brackets_are_placed_at_the_bracket() -> None:
    node = at(read("a: [b]\nc:\n- d\n"), "a")
    block = at(read("a: [b]\nc:\n- d\n"), "c")

    assert isinstance(node, ListNode)
    assert spot(node.place) == (1, 4, 1)
    assert spot(block.place) == (3, 1, 1)


NESTED = """\
{"child": {"id": "a", "movements": ["sits", "rolls"]},
 "people": [{"id": "father", "identified": "yes"}, {"sex": 1}, null]}
"""


@pytest.mark.parametrize(
    ("what", "path"),
    [
        ('{"child"', ""),
        ('"child"', "child"),
        ('{"id": "a"', "child"),
        ('"a"', "child.id"),
        ('"sits"', "child.movements[#1]"),
        ("lls", "child.movements[#2]"),
        ('[{"id"', "people"),
        ('{"id": "father"', "people[father]"),
        ('"yes"', "people[father].identified"),
        ("1}", "people[#2].sex"),
        ("null", "people[#3]"),
        ("]}", ""),
        ("]", ""),
    ],
)
def test_what_stands_at_a_place_has_a_path(what: str, path: str) -> None:
    issues: list[Issue] = []
    text = Text("case.json", NESTED)
    root = read_json(text, issues)
    assert root is not None
    assert issues == []
    assert Paths(root).at(text.place(NESTED.index(what))) == path
