"""What a path given to `check` is: a pack, a locality, a case file, a story, or a folder with several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from safeguard_rules.case.document import CaseDocument
from safeguard_rules.case.family_contents import FamilyDocument
from safeguard_rules.case.stories import STORY
from safeguard_rules.errors import CallError
from safeguard_rules.packs.files import CASES, MAIN, RULES
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import MapNode

Sort = Literal["pack", "locality", "case", "story", "other"]

_ENDINGS = (".yaml", ".yml", ".json")
_LOCALITY = frozenset({"language", "locality"})
"""The keys by which a locality's file is known."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to check: a pack's folder, or a file; `other` is a file of a folder that has nothing of a case."""

    sort: Sort
    path: Path


def targets(paths: Iterable[str]) -> tuple[Target, ...]:
    """Everything to check under some paths, each once; raises CallError for a path that is not there."""
    found: dict[Target, None] = {}
    for each in paths:
        path = Path(each)
        if not path.exists():
            raise CallError(f"there is no file or folder `{path.as_posix()}`")
        under = list(_in_folder(path)) if path.is_dir() else [_file(path)]
        if not any(target.sort != "other" for target in under):
            raise CallError(f"there is no pack, locality or case under `{path.as_posix()}`")
        found.update(dict.fromkeys(under))
    return tuple(found)


def _in_folder(folder: Path) -> Iterator[Target]:
    if (folder / MAIN).is_file():
        yield Target("pack", folder)
        return
    for inside in sorted(folder.iterdir()):
        if inside.name.startswith("."):
            continue
        if inside.is_dir():
            yield from _in_folder(inside)
        elif inside.suffix in _ENDINGS and not inside.name.endswith(CASES):
            target = _file(inside)
            known = target.sort != "case" or _looks_like_a_case(inside)
            yield target if known else Target("other", inside)


def _file(file: Path) -> Target:
    """What a file is; one that is no part of a pack and no locality is taken as a case."""
    pack = next((folder for folder in list(file.parents)[:2] if (folder / MAIN).is_file()), None)
    if pack is not None and (file.parent == pack or file.parent.name == "sources"):
        return Target("pack", pack)
    locality = file.with_name(file.name.removesuffix(CASES) + ".yaml")
    if file.name.endswith(CASES) and locality.is_file() and _keys(locality) >= _LOCALITY:
        return Target("locality", locality)
    if file.name.endswith((RULES, CASES)):
        raise CallError(f"`{file.as_posix()}` belongs to a pack, and there is no `{MAIN}` beside it")
    keys = _keys(file)
    if "story" in keys or file.name.endswith(STORY):
        return Target("story", file)
    # A case file may name its locality too, but has no language.
    return Target("locality" if keys >= _LOCALITY else "case", file)


def _looks_like_a_case(file: Path) -> bool:
    """Whether a file has at least one key of a case or a family, or cannot be read at all, which is to be told."""
    keys = _keys(file)
    known = {*CaseDocument.model_fields, *FamilyDocument.model_fields}
    return not keys or bool(keys & known)


def _keys(file: Path) -> frozenset[str]:
    """The keys at the top of a file, none where it cannot be read."""
    text = read_text(file, [])
    root = read_node(text, []) if text is not None else None
    return frozenset(root.entries) if isinstance(root, MapNode) else frozenset()


def pack_or_locality(written: str) -> str | Path:
    """What a PACK on the command line is: an id as it is, a path (with a slash, or ending in `.yaml`) as a path."""
    is_path = "/" in written or "\\" in written or written in (".", "..") or written.endswith(_ENDINGS)
    return Path(written) if is_path else written
