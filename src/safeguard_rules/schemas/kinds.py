"""The kinds of file that have a schema, and how an editor finds each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from safeguard_rules.schemas.case_files import case_schema, cases_schema, family_schema
from safeguard_rules.schemas.known import Known
from safeguard_rules.schemas.locality_files import locality_schema
from safeguard_rules.schemas.pack_files import pack_schema, rules_schema, source_schema
from safeguard_rules.schemas.pieces import Schema
from safeguard_rules.values.json_text import as_json
from safeguard_rules.vocabulary.facts import Vocabulary


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: the patterns of the names by which an editor knows it, and how its schema is made."""

    files: tuple[str, ...]
    make: Callable[[Vocabulary, Known], Schema]


KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "pack": FileKind(("pack.yaml",), pack_schema),
        "rules": FileKind(("*.rules.yaml",), rules_schema),
        "source": FileKind(("**/sources/*.yaml",), lambda _, known: source_schema(known)),
        "locality": FileKind(("**/localities/*.yaml", "!*.cases.yaml"), locality_schema),
        "cases": FileKind(("*.cases.yaml",), cases_schema),
        "case": FileKind(("*.case.yaml",), case_schema),
        "family": FileKind(("*.family.yaml",), family_schema),
    }
)
"""Every kind of file by its name."""


def schema_text(kind: str, vocabulary: Vocabulary, known: Known) -> str:
    """The schema of one kind of file as JSON, with what can be named in it."""
    return as_json(KINDS[kind].make(vocabulary, known))


def file_name(kind: str) -> str:
    """What the schema of a kind is called."""
    return f"{kind}.schema.json"


def editor_settings(folder: str) -> str:
    """The settings with which an editor uses the schemas in a folder, as JSON."""
    start = "" if folder.startswith(("/", "./", "../")) or ":" in folder else "./"
    named = {f"{start}{folder}/{file_name(kind)}": list(each.files) for kind, each in KINDS.items()}
    return as_json({"yaml.schemas": named})
