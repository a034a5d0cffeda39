"""Sign-off: what was reviewed counts as reviewed for as long as it means the same (semantics, decision 42)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from safeguard_rules import messages
from safeguard_rules.packs.choosing import Chosen, closure
from safeguard_rules.packs.digests import FORM, meaning_digest, plain_of
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.reading.files import read_node
from safeguard_rules.reading.nodes import Entry, MapNode, Scalar
from safeguard_rules.source import Issue, Text

_DIGEST = re.compile(rf"sha256:{FORM}:[0-9a-f]{{64}}\Z")


def meaning_of(files: PackFiles, known: Mapping[str, PackFiles]) -> str:
    """The digest of what a pack or locality means, with all that it uses; `known` are all packs there are, by id."""
    return meaning_digest(files, {name: known[name] for name in closure(files.uses, known)})


def with_sign_offs(chosen: Chosen, issues: list[Issue]) -> Chosen:
    """The same packs and locality; those that mean something else than what was reviewed are marked as outdated."""
    local = chosen.local
    return replace(
        chosen,
        packs=tuple((_signed(files, chosen, issues), found) for files, found in chosen.packs),
        local=(_signed(local[0], chosen, issues), local[1]) if local is not None else None,
    )


def _signed(files: PackFiles, chosen: Chosen, issues: list[Issue]) -> PackFiles:
    header = files.header
    if header.status != "reviewed":
        return files
    if header.reviewed is None:
        # What is wrong with a `reviewed` that cannot be read was told by the reader.
        if files.main.node("reviewed") is None:
            issues.append(messages.reviewed_by_nobody(files.kind).at(files.main.value_place("status")))
        return files
    place = files.main.value_place("reviewed", "meaning")
    if not _DIGEST.match(header.reviewed.meaning):
        issues.append(messages.no_meaning_digest(header.reviewed.meaning, FORM).at(place))
        return files
    if header.reviewed.meaning == meaning_of(files, chosen.readable):
        return files
    issues.append(messages.meaning_changed(files.kind, header.reviewed.by, header.reviewed.on_day).at(place))
    return replace(files, outdated=True)


def signed_text(files: PackFiles, by: str, day: date, meaning: str) -> str | None:
    """The text of the pack's main file with `status: reviewed` and who reviewed what, when; all else as it stands.

    None where the file is laid out so that this cannot be written without touching anything else.
    """
    main = files.main
    lines = main.root.place.text.content.split("\n")
    status = main.root.entries["status"]
    if not isinstance(status.value, Scalar) or status.value.place.line != status.key.place.line:
        return None
    start = status.value.place.column - 1
    at = status.key.place.line - 1
    lines[at] = lines[at][:start] + "reviewed" + lines[at][start + status.value.place.width :]
    end = "\r" if lines[at].endswith("\r") else ""
    block = ["reviewed:", f"  by: {json.dumps(by, ensure_ascii=False)}", f"  day: {day}", f"  meaning: {meaning}"]
    old = _lines_of(main.root.entries.get("reviewed"))
    kept = [(n, line) for n, line in enumerate(lines, start=1) if n not in old]
    where = next(i for i, (n, _) in enumerate(kept) if n == at + 1) + 1
    texts = [line for _, line in kept]
    written = "\n".join([*texts[:where], *(line + end for line in block), *texts[where:]])
    return written if _says(written, main.root, by, day, meaning) else None


def _lines_of(entry: Entry | None) -> range:
    """The lines that an entry takes, from its key to the last word in it."""
    if entry is None:
        return range(0)
    inner = entry.value.entries.values() if isinstance(entry.value, MapNode) else ()
    last = max([entry.value.place.line, *(each.value.place.line for each in inner)])
    return range(entry.key.place.line, last + 1)


def _says(written: str, before: MapNode, by: str, day: date, meaning: str) -> bool:
    """Whether a text is read as what stood there before, but for the sign-off."""
    issues: list[Issue] = []
    root = read_node(Text(before.place.text.name, written), issues)
    if issues or not isinstance(root, MapNode):
        return False
    plain = {key: entry.value for key, entry in before.entries.items() if key not in ("status", "reviewed")}
    after = {key: entry.value for key, entry in root.entries.items()}
    status, reviewed = after.pop("status", None), after.pop("reviewed", None)
    signed = plain_of(reviewed) if reviewed is not None else None
    return (
        isinstance(status, Scalar)
        and status.text == "reviewed"
        and signed == {"by": by, "day": str(day), "meaning": meaning}
        and {key: plain_of(node) for key, node in plain.items()} == {key: plain_of(node) for key, node in after.items()}
    )
