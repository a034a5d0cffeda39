"""Holding files against their schemas, in tests."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from safeguard_rules.packs.choosing import Shelf, choose
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import locality_ids
from safeguard_rules.reading.files import read_node
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.schemas.kinds import schema_text
from safeguard_rules.schemas.known import Known, known_in
from safeguard_rules.source import Text
from safeguard_rules.vocabulary.facts import Vocabulary

ROOT = Path(__file__).parents[2]
RULEPACKS = ROOT / "rulepacks"
EXAMPLES = ROOT / "examples"
BASE = ROOT / "tests" / "packs" / "base"
EVERY_KEY = EXAMPLES / "every-key"

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@cache
def plugins() -> Plugins:
    """Our own packs."""
    return activate()


@cache
def known(*packs: Path, localities: tuple[str | Path, ...] = ()) -> Known:
    """What some packs and localities declare; all that is bundled where no pack is named."""
    shelf = Shelf.of(plugins())
    areas = localities or (() if packs else locality_ids(plugins()))
    return known_in([choose(packs or None, area, shelf) for area in areas or (None,)], plugins())


@cache
def schema(kind: str, *packs: Path, localities: tuple[str | Path, ...] = ()) -> Any:
    """The schema of a kind of file, with the names of some packs."""
    vocabulary = Vocabulary.extended(plugins().extensions, plugins().derived)
    return json.loads(schema_text(kind, vocabulary, known(*packs, localities=localities)))


@cache
def validator(kind: str, *packs: Path, localities: tuple[str | Path, ...] = ()) -> Draft202012Validator:
    """What holds files of a kind against their schema; formats of dates are looked at as well."""
    return Draft202012Validator(
        schema(kind, *packs, localities=localities), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def value(node: Node | None) -> Any:
    """A tree as an editor's YAML 1.2 reads it: plain numbers, true, false and null; all else is text."""
    match node:
        case MapNode(entries=entries):
            return {key: value(entry.value) for key, entry in entries.items()}
        case ListNode(items=items):
            return [value(item) for item in items]
        case Scalar(text=text, plain=True) if text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[text]
        case Scalar(text=text, plain=True) if _NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
        case Scalar(text=text):
            return text
        case _:
            return None


def content(path: Path) -> Any:
    """What stands in a YAML or JSON file."""
    return value(read_node(Text(path.name, path.read_text(encoding="utf-8")), []))


def in_text(text: str) -> Any:
    """What stands in a YAML text."""
    return value(read_node(Text("text.yaml", text), []))


def complaints(kind: str, found: Any, *packs: Path, localities: tuple[str | Path, ...] = ()) -> list[str]:
    """What a schema says is wrong, with the paths, shortly."""
    errors = validator(kind, *packs, localities=localities).iter_errors(found)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]
