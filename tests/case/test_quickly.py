"""Reading JSON at one go takes what the reader with places takes, makes the same of it, and is sure of most texts."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Case, CaseError
from safeguard_rules.case import case as case_module
from safeguard_rules.case import document as document_module
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.document import CaseDocument, read_case_document, read_document
from safeguard_rules.case.links import check_all_links, check_links
from safeguard_rules.case.quickly import read_quickly
from safeguard_rules.case.soundness import plainly_sound
from safeguard_rules.reading.sizes import DEEPEST, LONGEST_LIST
from safeguard_rules.source import Text

ROOT = Path(__file__).parents[1]
BROKEN = sorted(ROOT.glob("broken/*/*.json"))
EXAMPLES = [
    Case.read(each) for each in sorted((ROOT.parent / "examples").glob("*case*.yaml")) if "family" not in each.name
]
WRITTEN = [json.dumps(canonical_tree(each)) for each in EXAMPLES]


def slowly(text: str, model: type[CaseDocument] = CaseDocument) -> CaseDocument | None:
    """What the reader with places makes of a text, every check made; None where it refuses."""
    try:
        return read_document(Text("case.json", text), model, check_all_links, form="json", refuse=lambda _: None)
    except CaseError:
        return None


def hold_equal(text: str) -> bool:
    """Holds the quick reader to the slow one; whether the quick one was sure."""
    quick = read_quickly(text, CaseDocument)
    if quick is None or check_all_links(quick):
        return False
    slow = slowly(text)
    assert slow is not None, text
    assert quick == slow
    assert dump(quick) == dump(slow), text
    case = read_quickly(text, Case)
    if not any(name in slow.model_fields_set for name in ("as_of", "locality", "role")):
        assert case is not None
        assert dump(case) == dump(Case.of_document(slow))
    return True


def dump(part: Any) -> Any:
    """Everything that can be told apart in a case: types, what was given, the order of what has one."""
    if hasattr(part, "model_fields_set"):
        inner = [(name, dump(value)) for name, value in vars(part).items()]
        return sorted(part.model_fields_set), inner
    if isinstance(part, tuple):
        return [dump(each) for each in part]
    if hasattr(part, "items"):
        return type(part), [(key, dump(value)) for key, value in part.items()]
    return type(part), repr(part)


TRAPS = [
    "-0", "0", "-1", "1.0", "1e2", "-0.0", "NaN", "-Infinity", "Infinity", "999999999999999", "1000000000000000",
    "123456789012345678901234567890", "01", "+1", ".5", "true", "false", "null", "True",
    '"true"', '"null"', '"~"', '""',
    '"not_yet"', '"2026"', '"2026-03"', '"2026-03-02"', '"2026-02-30"', '"2026-03-02T10:00Z"', '"2026-03-02T10:00"',
    '"20260302"', '"2026-W01-1"', '"\\ud800"', '"\\ud83d\\udc76"', '"\\u0000"', '"\\u00e9"', '"\\x"', '"é"', '"a\tb"',
    '"a\\tb"', '"\\":"', '"6 weeks"', '"06 weeks"', "[]", "{}", "[null]", "[[]]", '["walks"]', '["walks","walks"]',
    '{"id":"a"}', '[{"id":"a"},{"id":"a"}]', '[{"id":"a"}]', "[" * 60 + "]" * 60, "2026", '"mother"', "'single'", "",
]  # fmt: skip
BITS = [
    ",", ":", '"', "{", "}", "[", "]", " ", "\t", "\n", "\r", "\r\n", " :", "-0", "\x00", "\x7f", "\ufeff", "\u2028",
    "\ud800", "\\", "\\ud800", "//", '"id":"b",', '"id" : "b",', '"incomplete":["people"],', '"incomplete":[],', "1",
]  # fmt: skip


def with_trap(text: str, chance: random.Random) -> str:
    """The text with one value, or one piece of it, put wrong."""
    tree = json.loads(text)
    holder, key = chance.choice(list(places(tree)))
    holder[key] = "@@"
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).replace('"@@"', chance.choice(TRAPS))


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each value of a tree, with what holds it."""
    for key, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
        yield tree, key
        if isinstance(value, dict | list):
            yield from places(value)


def spoilt(text: str, chance: random.Random) -> str:
    """The text with something cut, put in or written twice, anywhere."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.choice((0, 0, 1, 2, 5, 40)))
    put = chance.choice((*BITS, text[start:end] * 2, ""))
    return text[:start] + put + text[end:]


def doubled(text: str, chance: random.Random) -> str:
    """The text with one key given twice, perhaps with blanks around the colon."""
    tree = json.loads(text)
    objects = [tree, *(holder[key] for holder, key in places(tree) if isinstance(holder[key], dict) and holder[key])]
    found = chance.choice(objects)
    key = chance.choice(list(found))
    found["@@"] = 0
    colon = chance.choice((":", " :", "\n:", ": ", "\t: "))
    other = json.dumps(chance.choice((found[key], None, [], "x")))
    written = json.dumps(tree).replace('"@@": 0', f"{json.dumps(key)}{colon}{other}")
    return written if chance.random() < 0.7 else written.replace('":', '" :', 1)


def test_whole_examples_are_read_at_one_go() -> None:
    assert len(WRITTEN) >= 3
    assert all(hold_equal(text) for text in WRITTEN)
    assert all(hold_equal(json.dumps(json.loads(text), indent=2)) for text in WRITTEN)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.parent.name)
def test_no_broken_file_is_read_at_one_go(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert slowly(content) is None
    assert not hold_equal(content)


@pytest.mark.parametrize("fault", [with_trap, spoilt, doubled])
def test_drawn_faults_are_taken_and_refused_alike(fault: Any) -> None:
    chance = random.Random(fault.__name__)
    texts = ["{}", *WRITTEN]
    sure = sum(hold_equal(fault(chance.choice(texts[1:]), chance)) for _ in range(400))
    assert sure < 400
    if fault is not doubled:
        assert sure > 20  # else nothing was held against anything


def with_list(name: str, count: int) -> str:
    return json.dumps({name: [{"id": f"e{number}"} for number in range(count)]})


LIMITS = {
    "a list at its limit": (with_list("moves", LONGEST_LIST), True),
    "a list over its limit": (with_list("moves", LONGEST_LIST + 1), False),
    "words over the limit": (json.dumps({"child": {"id": "a", "movements": ["walks"] * (LONGEST_LIST + 1)}}), False),
    "words at the limit": (json.dumps({"child": {"id": "a", "movements": ["walks"] * LONGEST_LIST}}), True),
    "a number at its limit": ('{"child":{"id":"a","birth_weight":999999999999999}}', True),
    "a number over its limit": ('{"child":{"id":"a","birth_weight":1000000000000000}}', False),
    "answers over the limit": ('{"incidents":[{"id":"a","dash_yes_answers":1000000000000000}]}', False),
    "minus nought": ('{"child":{"id":"a","birth_weight":-0}}', False),
    "an extension's number over the limit": ('{"extra":{"x":{"y":[[1000000000000000]]}}}', False),
    "an extension's minus nought": ('{"extra":{"x":{"y":[-0]}}}', False),
    "an extension as deep as can be": ('{"extra":{"x":{"y":%s}}}' % ("[" * (DEEPEST - 3) + "]" * (DEEPEST - 3)), True),
    "an extension too deep": ('{"extra":{"x":{"y":%s}}}' % ("[" * (DEEPEST - 2) + "]" * (DEEPEST - 2)), False),
    "a key twice": ('{"child":{"id":"a","id":"a"}}', False),
    "a key twice, a blank once": ('{"child":{"id":"a","id" :"a"}}', False),
    "a key twice, written otherwise": ('{"child":{"id":"a","\\u0069d":"a"}}', False),
    "evidence twice": (
        '{"injuries":[],"evidence":{"injuries":{"basis":"observed"},"injuries":{"basis":"recorded"}}}',
        False,
    ),
    "a key of evidence twice": (
        '{"injuries":[],"evidence":{"injuries":{"basis":"observed","basis":"recorded"}}}',
        False,
    ),
    "a key of an extension twice": ('{"extra":{"x":{"y":1,"y":1}}}', False),
    "an account's key twice": (
        '{"child":{"id":"a"},"evidence":{"child.movements":'
        '{"why":"conflicting","accounts":[{"value":"a","value":"b"},{"value":"c"}]}}}',
        False,
    ),
    "half a character": ('{"child":{"id":"a","label":"\\ud800"}}', False),
    "both halves of a character": ('{"child":{"id":"a","label":"\\ud83d\\udc76"}}', True),
    "a carriage return alone": ('{"child":\r{"id":"a"}}', False),
    "a byte order mark": ('\ufeff{"child":{"id":"a"}}', True),
    "a number where text belongs": ('{"child":{"id":"a","label":7}}', True),
    "a year without quotes": ('{"child":{"id":"a","born_on":2026}}', True),
    "a text that looks like a key": ('{"child":{"id":"a","label":"said \\":x\\""}}', True),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_and_traps_hold_for_both(name: str) -> None:
    text, taken = LIMITS[name]
    assert (slowly(text) is not None) is taken
    hold_equal(text)
    if taken:
        assert dump(Case.from_json(text)) == dump(Case.of_document(read_case_document(Text("a.json", text))))
    else:
        with pytest.raises(CaseError):
            Case.from_json(text)


def test_a_header_is_checked_and_is_no_part_of_the_case() -> None:
    assert Case.from_json('{"as_of":"2026-03-02","child":{"id":"a"}}') == Case.from_json('{"child":{"id":"a"}}')
    with pytest.raises(CaseError, match="as_of"):
        Case.from_json('{"as_of":"yesterday","child":{"id":"a"}}')


def test_a_sound_text_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read with places")

    monkeypatch.setattr(document_module, "read_root", fail)
    for text in WRITTEN:
        case = Case.from_json(text)
        assert case == Case.from_json(text.replace("{", '{"locality":"wiltshire",', 1))
    with pytest.raises(AssertionError, match="read with places"):
        Case.from_json('{"child":{}}')


# --- what fits together


def with_links_broken(tree: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A case of which some ids, references, numbers or remarks no longer fit."""
    found = list(places(tree))
    for _ in range(chance.choice((0, 1, 1, 2))):
        holder, key = chance.choice(found)
        if isinstance(holder[key], str):
            holder[key] = chance.choice(["mother", "a b", "", "x", "partner"])
        elif isinstance(holder[key], int) and not isinstance(holder[key], bool):
            holder[key] = chance.choice([-1, 0, 5])
        elif isinstance(holder, dict) and key not in ("child", "evidence"):
            del holder[key]
    return tree


def test_what_is_plainly_sound_has_no_issue_and_what_has_none_is_found_quickly() -> None:
    chance = random.Random(7)
    sound = doubtful = 0
    for _ in range(600):
        tree = with_links_broken(json.loads(chance.choice(WRITTEN)), chance)
        try:
            case = CaseContents.model_validate_json(json.dumps(tree))
        except ValueError:
            continue
        assert check_links(case) == check_all_links(case)
        bare = case.model_construct(**{**dict(case), "evidence": {}})
        if plainly_sound(bare):
            sound += 1
            assert check_all_links(bare) == []
        else:
            doubtful += 1
    assert min(sound, doubtful) > 20


def test_the_reader_is_chosen_by_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plainly = read_quickly

    def counted(text: str, model: Any) -> Any:
        asked.append(model.__name__)
        return plainly(text, model)

    monkeypatch.setattr(case_module, "read_quickly", counted)
    monkeypatch.setattr(document_module, "read_quickly", counted)
    Case.from_json("{}")
    Case.from_json('{"role":"gp"}')
    assert asked == ["Case", "CaseDocument"]
