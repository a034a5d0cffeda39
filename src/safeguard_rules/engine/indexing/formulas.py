"""Formulas of two values over literals, and their shape as alternatives: what the index makes of a condition.

A literal says that what an atom comes to is among some truths. "Certainly true" and "certainly false" of a condition
are each such a formula, and so is what holds of it where something is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

FALSE, OPEN, TRUE = 1, 2, 4
"""Truths as bits, so that a few of them are one number: false, undetermined, true."""

ANY_TRUTH = FALSE | OPEN | TRUE

MOST_TERMS = 16
"""How many alternatives of several literals a rule, or the condition of a list, may have."""

_ON_THE_WAY = 64


class TooManyTermsError(Exception):
    """A formula that has no shape short enough for the index."""


class Literal(NamedTuple):
    """That an atom, known by its number, comes to one of these truths."""

    atom: int
    truths: int


class Joined(NamedTuple):
    """All of the parts (`every`), or at least one."""

    every: bool
    parts: tuple[Formula, ...]


Formula: TypeAlias = bool | Literal | Joined

Term: TypeAlias = tuple[Literal, ...]
"""Literals that hold together, by the numbers of their atoms."""


class Shape(NamedTuple):
    """A formula as alternatives: one of `single` holds, or all of one of `longer`; if `turned`, its opposite."""

    turned: bool
    single: tuple[Literal, ...]
    longer: tuple[Term, ...]


def literal(atom: int, truths: int) -> Formula:
    """That an atom comes to one of these truths."""
    if truths in (0, ANY_TRUTH):
        return bool(truths)
    return Literal(atom, truths)


def join(every: bool, parts: Iterable[Formula]) -> Formula:
    """All of these, or at least one; what is decided already is left out."""
    found: dict[Formula, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part != every:
                return part
        elif isinstance(part, Joined) and part.every == every:
            found |= dict.fromkeys(part.parts)
        else:
            found[part] = None
    if len(found) == 1:
        return next(iter(found))
    return Joined(every, tuple(found)) if found else every


def opposite(formula: Formula) -> Formula:
    """What holds where the formula does not."""
    if isinstance(formula, bool):
        return not formula
    if isinstance(formula, Literal):
        return Literal(formula.atom, ANY_TRUTH ^ formula.truths)
    return Joined(not formula.every, tuple(opposite(part) for part in formula.parts))


def literals(formula: Formula) -> Iterable[Literal]:
    """The literals of a formula."""
    if isinstance(formula, Literal):
        yield formula
    elif isinstance(formula, Joined):
        for part in formula.parts:
            yield from literals(part)


def shape(formula: Formula, most: int = MOST_TERMS) -> Shape:
    """The formula as alternatives, or its opposite as that, whichever is shorter; raises `TooManyTermsError`.

    What all of many must hold for is short turned round: it does not hold if one of them fails.
    """
    plain = _plain(formula)
    if plain is not None:
        return plain
    found: Shape | None = None
    for turned in (True, False):
        terms = _alternatives(opposite(formula) if turned else formula)
        if terms is None or () in terms:
            continue
        longer = tuple(term for term in terms if len(term) > 1)
        if len(longer) <= most and (found is None or len(longer) < len(found.longer)):
            found = _made(turned, [term[0] for term in terms if len(term) == 1], longer)
        if found is not None and not found.longer:
            return found
    if found is None:
        raise TooManyTermsError
    return found


def _plain(formula: Formula) -> Shape | None:
    """The shape of a few literals that hold together, or of which one is enough."""
    if isinstance(formula, bool):
        return Shape(formula, (), ())
    parts = (formula,) if isinstance(formula, Literal) else formula.parts
    single = tuple(part for part in parts if isinstance(part, Literal))
    if len(single) < len(parts):
        return None
    if isinstance(formula, Joined) and formula.every:
        return _made(True, [Literal(atom, ANY_TRUTH ^ truths) for atom, truths in single], ())
    return _made(False, single, ())


def _made(turned: bool, single: Sequence[Literal], longer: tuple[Term, ...]) -> Shape:
    """A shape in which no atom has two single literals: one of them may be all that there is to say."""
    merged: dict[int, int] = {}
    for atom, truths in single:
        merged[atom] = merged.get(atom, 0) | truths
        if merged[atom] == ANY_TRUTH:
            return Shape(not turned, (), ())
    return Shape(turned, tuple(Literal(*each) for each in merged.items()), longer)


def _alternatives(formula: Formula) -> tuple[Term, ...] | None:
    """The ways in which a formula may hold, or None if they are too many."""
    terms = _terms(formula)
    if terms is None:
        return None
    return _least(tuple(dict.fromkeys(tuple(Literal(*each) for each in sorted(term.items())) for term in terms)))


def _terms(formula: Formula) -> list[Mapping[int, int]] | None:
    if isinstance(formula, bool):
        return [{}] if formula else []
    if isinstance(formula, Literal):
        return [{formula.atom: formula.truths}]
    parts = []
    for part in formula.parts:
        found = _terms(part)
        if found is None:
            return None
        parts.append(found)
    terms = _together(parts) if formula.every else [term for part in parts for term in part]
    return None if terms is None or len(terms) > _ON_THE_WAY else terms


def _together(parts: Sequence[list[Mapping[int, int]]]) -> list[Mapping[int, int]] | None:
    """Every way to take one term of each part, without those that contradict themselves."""
    found: list[Mapping[int, int]] = [{}]
    for part in parts:
        if len(found) * len(part) > 4 * _ON_THE_WAY:
            return None
        merged = (_merged(one, other) for one in found for other in part)
        found = [term for term in merged if term is not None]
    return found


def _merged(one: Mapping[int, int], other: Mapping[int, int]) -> Mapping[int, int] | None:
    merged = dict(one)
    for atom, truths in other.items():
        merged[atom] = merged.get(atom, ANY_TRUTH) & truths
        if not merged[atom]:
            return None
    return merged


def _least(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms without those that hold only where another one does."""
    if len(terms) < 2 or all(len(term) == 1 for term in terms):
        return terms
    kept: list[Term] = []
    for term in sorted(terms, key=len):
        held = dict(term)
        if not any(all(atom in held and held[atom] | truths == truths for atom, truths in less) for less in kept):
            kept.append(term)
    return tuple(kept)
