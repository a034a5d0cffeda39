"""Decision 57: tabs, odd line breaks and half characters are refused, by both parsers; JSON where they can occur."""

import pytest

from safeguard_rules import Case
from safeguard_rules.errors import CaseError
from safeguard_rules.reading.yaml_reader import fast_parser, pure_parser, read_yaml
from safeguard_rules.source import Issue, Text

PARSERS = {"pure": pure_parser(), "fast": fast_parser()}
REFUSED = {
    "a tab for indentation": ("child:\n\tid: baby\n", "tab"),
    "a tab after the colon": ("child: {id:\tbaby}\n", "tab"),
    "a tab in plain text": ("child: {id: baby, label: a\tb}\n", "tab"),
    "a carriage return alone": ("child: {id: baby}\rstatus: open\n", "wrong-line-break"),
    "next line": ("child: {id: baby}\x85status: open\n", "wrong-line-break"),
    "line separator": ("child: {id: baby}\u2028status: open\n", "wrong-line-break"),
    "half a character": ('child: {id: "\\ud800"}\n', "lone-surrogate"),
}


def _id(read: Case) -> str | None:
    return read.child.id if read.child is not None else None


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_decision_57_refused_by_both_parsers(text: str, code: str, parser: str) -> None:
    issues: list[Issue] = []
    read_yaml(Text("case.yaml", text), issues, PARSERS[parser])
    assert code in {issue.code for issue in issues}


TAKEN = ["child: {id: baby}\r\nstatus: open\r\n", "child: {id: baby}  # a\ttab\n", 'child: {id: baby, label: "a\tb"}\n']


@pytest.mark.parametrize("text", TAKEN)
def test_decision_57_taken(text: str) -> None:
    assert _id(Case.from_yaml(text)) == "baby"


def test_decision_57_tabs_between_the_tokens_of_json() -> None:
    assert _id(Case.from_json('{\t"child":\t{"id": "baby"}\t}')) == "baby"


@pytest.mark.parametrize(
    "text",
    ['{"child": {"id": "\\ud800"}}', '{"child": {"id": "a", "id": "b"}}', "", '{"a": NaN}', "[" * 45 + "]" * 45],
)
def test_decision_57_json_gets_the_same_refusals(text: str) -> None:
    with pytest.raises(CaseError):
        Case.from_json(text)


@pytest.mark.parametrize("parser", PARSERS)
def test_decision_57_depth_is_checked_before_a_tree_is_built(parser: str) -> None:
    issues: list[Issue] = []
    assert read_yaml(Text("deep.yaml", "[" * 200_000), issues, PARSERS[parser]) is None
    assert "too-deep" in {issue.code for issue in issues}
