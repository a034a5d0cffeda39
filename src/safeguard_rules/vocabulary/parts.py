"""Three-valued parts with their reasons, joined as conditions are, so that a derived fact can say why."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.vocabulary.records import Derived, Value


class Part(NamedTuple):
    """A truth, the paths that were read for it and those that leave it unknown."""

    truth: Truth
    read: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def every_part(parts: Iterable[Part]) -> Part:
    """Kleene's and; the reasons are all parts where it is true, the false ones, or those unknown."""
    kept = tuple(parts)
    return _joined(min((part.truth for part in kept), default=T), T, kept)


def some_part(parts: Iterable[Part]) -> Part:
    """Kleene's or; the reasons are all parts where it is false, the true ones, or those unknown."""
    kept = tuple(parts)
    return _joined(max((part.truth for part in kept), default=F), F, kept)


def no_part(part: Part) -> Part:
    """Kleene's not, for the same reasons."""
    return Part(negate(part.truth), part.read, part.missing)


def yes_or_no(part: Part) -> Derived:
    """A part as the value of a yes-or-no fact."""
    value: Value = None if part.truth == U else part.truth == T
    return Derived(value, part.read, part.missing if part.truth == U else ())


def once(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without repeats, in the order in which they were first met."""
    return tuple(dict.fromkeys(paths))


def _joined(truth: Truth, neutral: Truth, parts: Sequence[Part]) -> Part:
    deciding = parts if truth == neutral else [part for part in parts if part.truth == truth]
    read = once(path for part in deciding for path in part.read)
    missing = once(path for part in deciding for path in part.missing) if truth == U else ()
    return Part(truth, read, missing)
