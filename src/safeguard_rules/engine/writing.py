"""An evaluation as JSON, and back: each statement that is cited is written once, under `cited`, and named elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Protocol

from pydantic import TypeAdapter

from safeguard_rules.results import Citation, Detail, EvaluationDocument, Finding
from safeguard_rules.values.json_text import as_json

PARTS = {
    "full": tuple(field.name for field in fields(EvaluationDocument)),
    "actions": tuple(field.name for field in fields(EvaluationDocument) if field.name not in ("record", "questions")),
}
CITED = "cited"
_REF = "#/$defs/Citation"


class Written(Protocol):
    """An evaluation to what writes it: it also has the other parts of an `EvaluationDocument`, each by its name."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings."""

    @property
    def shown(self) -> tuple[Finding, ...]:
        """Those that are not ruled out."""


def evaluation_json(evaluation: Written, detail: Detail = "full", *, indent: bool = True) -> str:
    """An evaluation as JSON; `actions` leaves out the record, the questions and the findings that are ruled out."""
    cited: dict[str, Citation] = {}
    return as_json(evaluation_tree(evaluation, detail, cited), indent=indent, named=_naming(cited))


def evaluation_tree(evaluation: Written, detail: Detail, cited: Mapping[str, Citation]) -> dict[str, object]:
    """What is written of an evaluation; `cited` fills while the rest is written, and so stands last."""
    tree: dict[str, object] = {name: getattr(evaluation, name) for name in PARTS[detail] if name != "findings"}
    findings = evaluation.findings if detail == "full" else evaluation.shown
    return {name: findings if name == "findings" else tree[name] for name in PARTS[detail]} | {CITED: _Register(cited)}


def families_json(
    actions: object, children: Mapping[str, Written], detail: Detail = "full", *, indent: bool = True
) -> str:
    """A family as JSON: its actions, each child's evaluation by the child's id, and every statement once for all."""
    cited: dict[str, Citation] = {}
    trees = {child: evaluation_tree(each, detail, cited) for child, each in children.items()}
    inner = {child: {key: part for key, part in tree.items() if key != CITED} for child, tree in trees.items()}
    tree = {"actions": actions, "children": inner, CITED: _Register(cited)}
    return as_json(tree, indent=indent, named=_naming(cited))


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


class _Register(dict[str, Citation]):
    """The statements cited so far; read when it is written, after everything that cites."""

    def __init__(self, found: Mapping[str, Citation]) -> None:
        super().__init__()
        self._found = found

    def items(self) -> Any:
        """The statements by name, in the order of their names; each written with its own fields."""
        return [(name, _plain(citation)) for name, citation in sorted(self._found.items())]


def _plain(citation: Citation) -> dict[str, object]:
    return {field.name: getattr(citation, field.name) for field in fields(citation)}


def _naming(cited: dict[str, Citation]) -> Any:
    def name(value: object) -> object | None:
        if not isinstance(value, Citation):
            return None
        cited[value.statement] = value
        return value.statement

    return name


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
