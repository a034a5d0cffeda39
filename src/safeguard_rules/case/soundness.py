"""A quick look at how the parts of a case fit together, for the many cases in which they do.

What it finds sound is sound; where it is not sure, `links` looks at everything and says what is wrong, and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.reading.sizes import LONGEST_LIST

ID = re.compile(r"\w[\w.:/-]{0,79}")
"""What an id looks like."""

_NONE: frozenset[str] = frozenset()
_NUMBERS_OF_CHILD = tuple(sorted(PARTS["child"].numbers))
_LISTS = tuple((name, tuple(PARTS[name].references.items()), tuple(sorted(PARTS[name].numbers))) for name in SINGULARS)
"""Each list with the references of its entries, and with those of their facts that are whole numbers."""


def plainly_sound(case: CaseContents) -> bool:
    """Whether ids, references, numbers and sizes are all right, with nothing incomplete; evidence is not looked at."""
    fields = vars(case)
    if fields["incomplete"] or fields["done"] or not _sound_subject(fields):
        return False
    if fields["all_regular_people_recorded"] and fields["people"] is None:
        return False
    ids: dict[str, frozenset[str]] = {}
    for name, _, _ in _LISTS:
        entries = fields[name]
        if entries:
            found = _ids(entries)
            if found is None:
                return False
            ids[name] = found
    return all(
        _sound_entries(fields[name], references, numbers, ids) for name, references, numbers in _LISTS if fields[name]
    )


def _sound_subject(fields: Mapping[str, Any]) -> bool:
    child, pregnancy = fields["child"], fields["pregnancy"]
    if pregnancy is not None and pregnancy.incomplete:
        return False
    if child is None:
        return True
    numbers = [getattr(child, name) for name in _NUMBERS_OF_CHILD]
    return not child.incomplete and ID.fullmatch(child.id) is not None and all(n is None or n >= 0 for n in numbers)


def _ids(entries: tuple[Any, ...]) -> frozenset[str] | None:
    """The ids of the entries of a list, or None if one is wrong or stands twice, or there are too many."""
    if len(entries) > LONGEST_LIST:
        return None
    found = {entry.id for entry in entries if ID.fullmatch(entry.id)}
    return frozenset(found) if len(found) == len(entries) else None


def _sound_entries(
    entries: Iterable[Any],
    references: tuple[tuple[str, str], ...],
    numbers: tuple[str, ...],
    ids: Mapping[str, frozenset[str]],
) -> bool:
    for entry in entries:
        fields = vars(entry)
        if fields["incomplete"]:
            return False
        for name, of in references:
            value = fields[name]
            if value is not None and not ids.get(of, _NONE).issuperset((value,) if isinstance(value, str) else value):
                return False
        for name in numbers:
            if fields[name] is not None and fields[name] < 0:
                return False
    return True
