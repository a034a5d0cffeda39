"""Results as JSON, each form from the one writer of `values.json_text`, with the schemas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter

from safeguard_rules.packs.coverage import Coverage
from safeguard_rules.results import (
    Changes,
    Explanation,
    NextChange,
)
from safeguard_rules.source import Issue
from safeguard_rules.values.json_text import as_json

# --- what is written


def changes_json(changes: Changes | NextChange, *, indent: bool = True) -> str:
    """The differences between two evaluations, or the next that time alone brings."""
    return as_json(changes, indent=indent)


def explanations_json(explanations: tuple[Explanation, ...], *, indent: bool = True) -> str:
    """The explanations of one rule, one for each subject."""
    return as_json(explanations, indent=indent)


def coverage_json(coverage: Coverage, *, indent: bool = True) -> str:
    """The account of all statements; the rules that carry them stand once, under `rules`, with their cases."""
    return as_json(coverage, indent=indent)


def issues_json(issues: Iterable[Issue], *, indent: bool = True) -> str:
    """Issues sorted by place, as `issues_tree` gives them."""
    return as_json(issues_tree(issues), indent=indent)


def issues_tree(issues: Iterable[Issue]) -> tuple[dict[str, object], ...]:
    """Issues sorted by place, each with its file, line and column (from 1; 0 is the file as a whole)."""
    return tuple(
        {
            "file": issue.place.text.name,
            "line": issue.place.line,
            "column": issue.place.column,
            "width": issue.place.width,
            "severity": issue.severity,
            "code": issue.code,
            "message": issue.message,
            "help": issue.help,
        }
        for issue in sorted(set(issues))
    )


# --- schemas


def changes_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the differences between two evaluations."""
    return _schema(Changes, "Differences between two evaluations by Safeguard Rules")


def explanations_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the explanations of one rule."""
    return _schema(tuple[Explanation, ...], "Explanations of one rule by Safeguard Rules")


def coverage_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the account of all statements."""
    return _schema(Coverage, "The account of all statements by Safeguard Rules")


def _schema(kind: Any, title: str) -> dict[str, Any]:
    made = TypeAdapter(kind).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}
