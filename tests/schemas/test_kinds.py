"""Every schema is sound, takes every file of its kind that there is, and is the same on every run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from safeguard_rules.schemas.kinds import KINDS, editor_settings, file_name
from tests.examples import EXAMPLES as EXAMPLE_CASES
from tests.schemas.holding import EVERY_KEY, EXAMPLES, RULEPACKS, complaints, content, schema

EXAMPLE_PACKS = tuple(sorted(path.parent for path in EVERY_KEY.rglob("pack.yaml")))
EXAMPLE_AREAS = tuple(sorted(path for path in EVERY_KEY.rglob("localities/*.yaml") if ".cases." not in path.name))
THIRD_PARTY = EXAMPLES / "third-party-pack" / "src" / "example_pack" / "gp_registration"


def kind_of(path: Path) -> str:
    """Of which kind a file of a pack, or a locality, is."""
    if path.parent.name == "sources":
        return "source"
    if path.name.endswith((".rules.yaml", ".cases.yaml")):
        return path.name.split(".")[-2]
    return "pack" if path.name == "pack.yaml" else "locality"


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yaml"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_valid_2020_12(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_leads_to_a_definition_and_every_definition_is_used(kind: str) -> None:
    found = schema(kind)
    used = {ref.removeprefix("#/$defs/") for ref in references(found)}
    assert used == set(found.get("$defs", {}))


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


@pytest.mark.parametrize("folder", sorted(path.name for path in RULEPACKS.iterdir() if any(path.glob("*.yaml"))))
def test_every_bundled_file_is_accepted(folder: str) -> None:
    files = files_in(RULEPACKS / folder)
    assert {path.name: told for path in files if (told := complaints(kind_of(path), content(path)))} == {}
    assert files


def test_every_key_of_the_language_is_accepted() -> None:
    told = {
        path.name: complaints(kind_of(path), content(path), *EXAMPLE_PACKS, localities=EXAMPLE_AREAS)
        for path in files_in(EVERY_KEY)
    }
    assert {name: each for name, each in told.items() if each} == {}
    assert {kind_of(path) for path in files_in(EVERY_KEY)} == {"pack", "rules", "source", "locality", "cases"}


def test_the_pack_of_somebody_else_is_accepted_with_its_own_names() -> None:
    files = files_in(THIRD_PARTY)
    assert [told for path in files for told in complaints(kind_of(path), content(path), THIRD_PARTY)] == []
    assert complaints("pack", content(THIRD_PARTY / "pack.yaml"))


@pytest.mark.parametrize("example", EXAMPLE_CASES, ids=str)
def test_every_example_is_accepted(example: Any) -> None:
    found = content(example.path)
    assert complaints("family" if "children" in found else "case", found) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_mapping_has_a_text(kind: str) -> None:
    bare = [
        f"{name}.{key}"
        for name, mapping in [("", schema(kind)), *schema(kind).get("$defs", {}).items()]
        if mapping.get("type") == "object" and not name.startswith("expected")
        for key, each in mapping.get("properties", {}).items()
        if each is not True and not each.get("description") and "$ref" not in each
    ]
    assert bare == []


def test_the_same_names_give_the_same_bytes_on_every_run() -> None:
    code = "import sys; from safeguard_rules.cli.main import run; sys.exit(run(sys.argv[1:]))"
    words = [sys.executable, "-c", code, "schema", "rules", "safe-sleep"]
    runs = [
        subprocess.run(words, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert json.loads(runs[0])["$schema"]


def test_the_settings_name_every_schema() -> None:
    settings = json.loads(editor_settings(".schemas"))["yaml.schemas"]
    assert list(settings) == [f"./.schemas/{file_name(kind)}" for kind in KINDS]
    assert settings["./.schemas/locality.schema.json"] == ["**/localities/*.yaml", "!*.cases.yaml"]
    assert next(iter(json.loads(editor_settings("../x"))["yaml.schemas"])) == "../x/pack.schema.json"
