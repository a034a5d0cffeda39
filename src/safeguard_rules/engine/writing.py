"""An evaluation as JSON, and back: each statement that is cited is written once, under `cited`, and named elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Protocol, TypeAlias

from pydantic import TypeAdapter

from safeguard_rules.errors import CallError
from safeguard_rules.results import Citation, Detail, EvaluationDocument
from safeguard_rules.values.json_text import START, JsonWriter, Line, Ready, bracketed, deeper, text_json

PARTS = {
    "full": tuple(field.name for field in fields(EvaluationDocument)),
    "actions": tuple(field.name for field in fields(EvaluationDocument) if field.name not in ("record", "questions")),
}
CITED = "cited"
_REF = "#/$defs/Citation"


Texts: TypeAlias = dict[tuple[str, Line], str]
"""Statements as written, by their full names and by depth."""


class Written(Protocol):
    """An evaluation to what writes it: it also has the other parts of an `EvaluationDocument`, each by its name."""

    @property
    def lasting_texts(self) -> Texts:
        """Statements as they were written before for the same rulebook."""

    def written_actions(self) -> object:
        """The actions, as they are to be written."""

    def written_findings(self, detail: Detail) -> object:
        """All findings, or those that are not ruled out, as they are to be written."""


def evaluation_json(evaluation: Written, detail: Detail = "full", *, indent: bool = True) -> str:
    """An evaluation as JSON; `actions` leaves out the record, the questions and the findings that are ruled out."""
    return _whole(evaluation_tree(evaluation, detail), indent, evaluation.lasting_texts)


def evaluation_tree(evaluation: Written, detail: Detail) -> dict[str, object]:
    """What is written of an evaluation, but for the statements that it cites; raises CallError for no such detail."""
    if detail not in tuple(PARTS):
        raise CallError(f"detail: expected `full` or `actions`, got {detail!r}")
    tree = {name: None if name in ("actions", "findings") else getattr(evaluation, name) for name in PARTS[detail]}
    return {**tree, "actions": evaluation.written_actions(), "findings": evaluation.written_findings(detail)}


def families_json(
    actions: object, children: Mapping[str, Written], detail: Detail = "full", *, indent: bool = True
) -> str:
    """A family as JSON: its actions, each child's evaluation by the child's id, and every statement once for all."""
    trees = {child: evaluation_tree(each, detail) for child, each in children.items()}
    texts = next((each.lasting_texts for each in children.values()), None)  # all are of one rulebook
    return _whole({"actions": actions, "children": trees}, indent, texts)


def _whole(tree: Mapping[str, object], indent: bool, texts: Texts | None) -> str:
    """A tree, and after it every statement that is cited in it."""
    line = START if indent else None
    writer = CitingWriter(texts)
    inner = deeper(line)
    written = [(key, Ready(writer.value(value, inner))) for key, value in tree.items()]
    return writer.members([*written, (CITED, Ready(writer.register(inner)))], line) + ("\n" if indent else "")


class CitingWriter(JsonWriter):
    """Writes citations by the names of their statements, and keeps what was cited."""

    def __init__(self, texts: Texts | None = None) -> None:
        super().__init__()
        self._texts: Texts = {} if texts is None else texts
        self._cited: dict[str, Citation] = {}
        self._names: dict[tuple[int, Line], tuple[object, str]] = {}

    def sequence(self, values: Sequence[object], line: Line) -> str:
        """The text of a list; one of citations is a list of names."""
        if values and values[0].__class__ is not Citation:
            return super().sequence(values, line)
        key = id(values), line
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = values, super().sequence(values, line)
        return found[1]

    def fields_of(self, value: object, line: Line) -> str:
        """The text of a dataclass; a citation is a name."""
        if value.__class__ is not Citation:
            return super().fields_of(value, line)
        assert isinstance(value, Citation)
        self._cited[value.statement] = value
        return self.value(value.statement, line)

    def register(self, line: Line) -> str:
        """The statements cited so far by name, in the order of their names, each with its own fields."""
        inner = deeper(line)
        found = [
            self._texts.get((name, inner)) or self._written(self._cited[name], inner) for name in sorted(self._cited)
        ]
        return bracketed("{", found, "}", line)

    def cite(self, statements: Mapping[str, Citation]) -> None:
        """Keeps statements as cited whose names are written elsewhere."""
        self._cited.update(statements)

    def _written(self, citation: Citation, line: Line) -> str:
        """A statement after its name; the same in every case, so it is kept."""
        text = f"{text_json(citation.statement)}{':' if line is None else ': '}{JsonWriter().fields_of(citation, line)}"
        self._texts[citation.statement, line] = text
        return text


def read_document(text: str) -> EvaluationDocument:
    """An evaluation read back from its full JSON; raises ValueError for anything else."""
    tree = json.loads(text)
    if not isinstance(tree, dict) or CITED not in tree or "record" not in tree:
        raise ValueError("expected an evaluation in full, as `to_json()` writes it")
    cited = tree.pop(CITED)
    found: EvaluationDocument = TypeAdapter(EvaluationDocument).validate_python(_with(tree, cited))
    return found


def document_schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of results as written: citations by name, each statement once under `cited`."""
    schema: dict[str, Any] = _named_citations(TypeAdapter(kind).json_schema())
    return schema


def evaluation_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an evaluation in full."""
    made = document_schema(EvaluationDocument)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    schema["title"] = "An evaluation by Safeguard Rules"
    schema["properties"][CITED] = {
        "type": "object",
        "title": "Cited",
        "description": "Every statement that is cited, once, by its full name.",
        "additionalProperties": {"$ref": _REF},
    }
    schema["required"] = [*schema["required"], CITED]
    return schema


def _with(tree: Any, cited: Mapping[str, Any]) -> Any:
    """The tree with every list of names under `citations` replaced by the statements."""
    if isinstance(tree, list):
        return [_with(each, cited) for each in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: [cited[name] for name in value] if key == "citations" else _with(value, cited)
        for key, value in tree.items()
    }


def _named_citations(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_named_citations(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("items") == {"$ref": _REF}:
        return {**schema, "items": {"type": "string", "description": "The full name of a statement under `cited`."}}
    return {key: _named_citations(value) for key, value in schema.items()}
