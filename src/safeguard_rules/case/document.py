"""A case file as it stands: its header and its contents, with every issue at its line and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from safeguard_rules import messages
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.header import HeaderFields
from safeguard_rules.case.links import LinkIssue, check_links
from safeguard_rules.case.quickly import read_quickly
from safeguard_rules.errors import CaseError
from safeguard_rules.messages import Message
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import MapNode, Node, at, key_place, place_of
from safeguard_rules.reading.sizes import LONGEST_LIST
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Place, Text

Form = Literal["yaml", "json"]
Document = TypeVar("Document", bound=HeaderFields)


class CaseDocument(CaseContents, HeaderFields):
    """A file with the case of one child."""


def open_text(path: Path) -> Text:
    """The text of a case file; raises `CaseError`."""
    issues: list[Issue] = []
    text = read_text(path, issues)
    if text is None or issues:
        raise CaseError(issues)
    return text


def read_document(
    text: Text,
    model: type[Document],
    check: Callable[[Document], list[LinkIssue]],
    *,
    form: Form | None = None,
    refuse: Callable[[Node], Message | None],
) -> Document:
    """A file as its model, with its parts held against one another by `check`.

    `refuse` may say at once that a file is of the wrong kind; without a `form` the ending of the text's name
    tells it. Raises `CaseError` with all issues.
    """
    root, issues = read_root(text, form)
    if root is None:
        raise CaseError(issues)
    wrong_kind = refuse(root)
    if wrong_kind is not None:
        raise CaseError([*issues, wrong_kind.at(root.place)])
    document = build(root, model, issues, longest=LONGEST_LIST)
    if document is not None:
        issues.extend(located(root, check(document)))
    if document is None or issues:
        raise CaseError(issues)
    return document


def read_case_document(text: Text, form: Form | None = None) -> CaseDocument:
    """A file with the case of one child; raises `CaseError`."""
    if form == "json" or (form is None and text.name.lower().endswith(".json")):
        quickly = read_quickly(text.content, CaseDocument)
        if quickly is not None and not check_links(quickly):
            return quickly
    return read_document(text, CaseDocument, check_links, form=form, refuse=_refuse_family)


def _refuse_family(root: Node) -> Message | None:
    if is_story(root):
        return messages.story_file_as_case()
    return messages.family_file_as_case() if is_family(root) else None


def read_root(text: Text, form: Form | None = None) -> tuple[Node | None, list[Issue]]:
    """The tree of a text, if one can be made, and what the reader refused."""
    issues: list[Issue] = []
    read = {"yaml": read_yaml, "json": read_json, None: read_node}[form]
    return read(text, issues), issues


def is_family(root: Node) -> bool:
    """Whether a file holds a family: it has `children` at its top."""
    return isinstance(root, MapNode) and "children" in root.entries


def is_story(root: Node) -> bool:
    """Whether a file tells a story over several days: it has `story` at its top."""
    return isinstance(root, MapNode) and "story" in root.entries


def located(root: Node, found: Sequence[LinkIssue]) -> list[Issue]:
    """The issues at their places in a file."""
    return [issue.message.at(_place(root, issue.at)) for issue in found]


def _place(root: Node, steps: tuple[Any, ...]) -> Place:
    """The place of a value; of what stands under `evidence` and `for_children` that of its key."""
    if len(steps) >= 2 and steps[-2] in ("evidence", "for_children"):
        holder = at(root, *steps[:-1])
        if isinstance(holder, MapNode):
            return key_place(holder, str(steps[-1]))
    return place_of(root, steps)
