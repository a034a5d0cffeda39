"""Cases with one part less: to make cases from cases, and to cut one down to what a change needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from safeguard_rules.case.canonical import canonical_bytes, canonical_tree
from safeguard_rules.case.case import Case

MOST_TRIES = 400
"""How often a case is tried while it is cut down."""


def without_one_part(case: Case) -> Iterator[Case]:
    """Every case that lacks one part of this one: a list, an entry of a list, a fact; the whole before its parts.

    What does not fit together without the part is left out: an entry that others refer to, the id of an entry.
    """
    for tree in _smaller(canonical_tree(case)):
        try:
            yield Case.model_validate(tree)
        except ValidationError:
            continue


def cut_down(case: Case, still: Callable[[Case], bool]) -> Case:
    """The smallest case that is reached from this one by taking parts away while something still holds of it."""
    tries = 0
    cut = True
    while cut and tries < MOST_TRIES:
        cut = False
        for smaller in without_one_part(case):
            tries += 1
            if still(smaller):
                case, cut = smaller, True
                break
            if tries >= MOST_TRIES:
                break
    return case


def size(case: Case) -> tuple[int, bytes]:
    """What cases are sorted by, the smallest first."""
    written = canonical_bytes(case)
    return len(written), written


def _smaller(value: Any) -> Iterator[Any]:
    """A plain value with one part less, at any depth."""
    if isinstance(value, Mapping):
        for key in value:
            yield {name: each for name, each in value.items() if name != key}
        for key, inner in value.items():
            yield from ({**value, key: smaller} for smaller in _smaller(inner))
    elif isinstance(value, list):
        for i in range(len(value)):
            yield value[:i] + value[i + 1 :]
        for i, inner in enumerate(value):
            yield from ([*value[:i], smaller, *value[i + 1 :]] for smaller in _smaller(inner))
