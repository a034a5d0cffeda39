"""Digests of packs: over what was read, not over bytes (semantics, decision 42).

Comments, files, line ends and the order of keys do not count; the order of conditions does. `canonical-1` names the
canonical form. The *meaning* digest leaves out what does not change what a pack means, and takes in what it uses.
Beyond decision 42's list it also leaves out `accept`: what an author answers to a lint changes no result, and a review
should not lapse because a new version of this library has one more lint to answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from safeguard_rules.packs.files import PackFiles
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar

FORM = "canonical-1"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)$")
_NO_MEANING = ("status", "reviewed", "version", "review_by", "expires_on")
_ACCEPTING = ("actions", "parameters", "definitions", "rules")
_ACCEPT = "accept"


def pack_digest(pack: PackFiles, cases: Sequence[Node]) -> str:
    """The digest of all of a pack: its header, what it declares, its sources and its cases."""
    tree = _tree(pack)
    tree["cases"] = sorted((plain_of(node) for node in cases), key=_dumped)
    return _digest(tree)


def meaning_digest(pack: PackFiles, used: Mapping[str, PackFiles]) -> str:
    """The digest of what a pack means: without status, review, version, shelf life and cases, with all that it uses."""
    tree = {
        each.id: {key: _meant(key, value) for key, value in _tree(each).items() if key not in _NO_MEANING}
        for each in (pack, *(used[name] for name in sorted(used)))
    }
    return _digest(tree)


def _meant(section: str, value: Any) -> Any:
    """What stands under a key of a pack, without what its authors accept of lints."""
    if section not in _ACCEPTING or not isinstance(value, dict):
        return value
    return {
        name: [_without_accept(form) for form in entry] if isinstance(entry, list) else _without_accept(entry)
        for name, entry in value.items()
    }


def _without_accept(entry: Any) -> Any:
    return {key: value for key, value in entry.items() if key != _ACCEPT} if isinstance(entry, dict) else entry


def _tree(pack: PackFiles) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for part in pack.parts:
        for key, value in plain_of(part.root).items():
            if isinstance(value, dict) and isinstance(tree.get(key), dict):
                tree[key] = {**tree[key], **value}
            else:
                tree.setdefault(key, value)
    tree["sources"] = {part.model.source: plain_of(part.root) for part in pack.sources}
    return tree


def plain_of(node: Node) -> Any:
    """What a node says, without where it stands: as it goes into a digest."""
    match node:
        case MapNode(entries=entries):
            return {key: plain_of(entry.value) for key, entry in entries.items()}
        case ListNode(items=items):
            return [plain_of(item) for item in items]
        case Scalar(text=text, plain=True) if text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[text]
        case Scalar(text=text, plain=True) if _NUMBER.match(text):
            return int(text)
        case Scalar(text=text):
            return text


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(tree: object) -> str:
    text = FORM + "\n" + _dumped(tree)
    return f"sha256:{FORM}:" + hashlib.sha256(text.encode()).hexdigest()
