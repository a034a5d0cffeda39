"""What a kept rulebook was made from: every file that took part, what was asked for, and the library that read it."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import pydantic

from safeguard_rules.packs.copies import FileCopy, FolderCopy, files_in
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.packs.versions import engine_version, version_of
from safeguard_rules.packs.whereabouts import (
    CopyingFinder,
    Found,
    is_path,
    locality_file,
    locality_ids,
    pack_folder,
)
from safeguard_rules.vocabulary.facts import Fact, Vocabulary

PACKAGE = "safeguard_rules"
ROOMS = ("errors", "messages", "source", "case", "language", "packs", "reading", "values", "vocabulary")
"""The parts of the library that have a say in what packs are read into."""


def source_of(
    packs: Sequence[str | Path] | None,
    locality: str | Path | None,
    plugins: Plugins,
    vocabulary: Vocabulary,
    finder: CopyingFinder,
) -> str | None:
    """The digest of all that a rulebook is made from; None where a file cannot be read, so that nothing is kept.

    Every file stands in it with its path in its pack. The finder keeps the text of all of them. Raises CallError for
    a folder or locality that is not there.
    """
    given = [finder.found(folder, plugin) for plugin, folder in plugins.packs]
    asked = [finder.found(pack_folder(each, finder)) if is_path(each) else str(each) for each in packs or ()]
    local = locality_file(locality, plugins, finder) if locality is not None else None
    if any(isinstance(file.content, OSError) for found in finder.kept for _, file in _files(found)):
        return None
    return _digest(
        {
            "given": [_described(found) for found in given],
            "asked": None if packs is None else [each if isinstance(each, str) else _described(each) for each in asked],
            "locality": None if local is None else [_name_asked(locality), _described(local)],
            "areas": locality_ids(plugins),
            "plugins": [[each.name, each.distribution, each.version, each.digest] for each in plugins.stamps],
            "vocabulary": _vocabulary(vocabulary),
        }
    )


def name_of(packs: Sequence[str | Path] | None, locality: str | Path | None, plugins: Plugins, engine: str) -> str:
    """A name for what was asked for, whatever it holds today, so that what is new replaces what is old."""
    asked = None if packs is None else [_place(each) for each in packs]
    area = None if locality is None else _place(locality) if is_path(locality) else str(locality)
    places = [[plugin, folder.name, str(folder)] for plugin, folder in (*plugins.packs, *plugins.localities)]
    names = [stamp.name for stamp in plugins.stamps]
    return _digest({"asked": asked, "locality": area, "places": places, "plugins": names, "engine": engine})[:32]


def library() -> dict[str, str]:
    """What reads packs: the version of this library and the digest of its source, of Python and of what it parses with.

    The source counts because a library that is being worked on keeps its version.
    """
    return {
        "engine": engine_version(),
        "source": _source(),
        "python": "{} {}.{}".format(sys.implementation.name, *sys.version_info),
        "pydantic": pydantic.VERSION,
        "PyYAML": version_of("PyYAML"),
    }


def _source() -> str:
    digest = hashlib.sha256()
    package = resources.files(PACKAGE)
    for path, file in sorted(_modules(package, "")):
        digest.update(f"{path}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _modules(folder: Traversable, inside: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        path = f"{inside}{each.name}"
        if each.name.endswith((".py", ".pyc")):
            if inside or path.partition(".")[0] in ROOMS:
                yield path, each
        elif (inside or path in ROOMS) and "." not in each.name and each.name != "__pycache__" and each.is_dir():
            yield from _modules(each, f"{path}/")


def _files(found: Found) -> Iterator[tuple[str, FileCopy]]:
    return files_in(found.copy) if isinstance(found.copy, FileCopy | FolderCopy) else iter(())


def _described(found: Found) -> list[object]:
    contents = [
        [path, hashlib.sha256(file.content).hexdigest()]
        for path, file in _files(found)
        if isinstance(file.content, bytes)
    ]
    return [found.plugin, found.place.name, contents]


def _name_asked(locality: str | Path | None) -> str | None:
    """A locality's id as asked for, for its file must say the same; None for a file."""
    return None if locality is None or is_path(locality) else str(locality)


def _place(named: str | Path) -> str:
    return Path(named).absolute().as_posix() if is_path(named) else str(named)


def _vocabulary(vocabulary: Vocabulary) -> object:
    """All that packs are checked against, with what plug-ins add."""
    names = [field.name for field in fields(Fact)]
    facts = [[_plain(getattr(each, name)) for name in names] for each in vocabulary.facts.values()]
    derived = [[each.path, each.reads, each.cites] for each in vocabulary.derivations]
    return _digest([facts, derived])


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _digest(tree: object) -> str:
    return hashlib.sha256(json.dumps(tree, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")).hexdigest()
