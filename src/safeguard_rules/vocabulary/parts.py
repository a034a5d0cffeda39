"""Three-valued parts with their reasons, joined as conditions are, so that a derived fact can say why."""

from collections.abc import Callable, Iterable, Sequence

from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.vocabulary.records import Derived, Reasoned, Reasons, Value

NO_REASONS: Reasons = ((), ())


class Part(Reasoned):
    """A truth with the paths that were read for it and those that leave it unknown."""

    __slots__ = ("truth",)

    def __init__(self, truth: Truth, reasons: Reasons | Callable[[], Reasons] = NO_REASONS) -> None:
        self._reasons = reasons
        self.truth = truth

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Part):
            return NotImplemented
        return (self.truth, self.reasons) == (other.truth, other.reasons)

    def __hash__(self) -> int:
        return hash((self.truth, self.reasons))

    def __repr__(self) -> str:
        return f"Part{(self.truth, *self.reasons)}"


def every_part(parts: Iterable[Part]) -> Part:
    """Kleene's and; the reasons are all parts where it is true, the false ones, or those unknown."""
    kept = tuple(parts)
    return _joined(min([part.truth for part in kept], default=T), T, kept)


def some_part(parts: Iterable[Part]) -> Part:
    """Kleene's or; the reasons are all parts where it is false, the true ones, or those unknown."""
    kept = tuple(parts)
    return _joined(max([part.truth for part in kept], default=F), F, kept)


def no_part(part: Part) -> Part:
    """Kleene's not, for the same reasons."""
    return Part(negate(part.truth), lambda: part.reasons)


def yes_or_no(part: Part) -> Derived:
    """A part as the value of a yes-or-no fact."""
    value: Value = None if part.truth == U else part.truth == T
    return Derived(value, lambda: (part.read, part.missing if value is None else ()))


def once(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without repeats, in the order in which they were first met."""
    return tuple(dict.fromkeys(paths))


def _joined(truth: Truth, neutral: Truth, parts: Sequence[Part]) -> Part:
    def reasons() -> Reasons:
        deciding = parts if truth == neutral else [part for part in parts if part.truth == truth]
        read = once(path for part in deciding for path in part.read)
        missing = once(path for part in deciding for path in part.missing) if truth == U else ()
        return read, missing

    return Part(truth, reasons)
