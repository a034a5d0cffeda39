"""The plain-English reading of a condition.

Definitions are named by what they read as and never spelt out inside another condition: a definition that is used
thirty times is read once (semantics, decision 51).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Operand,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
    Use,
)
from safeguard_rules.values.special import NOT_YET, Special
from safeguard_rules.vocabulary.facts import Kind, Vocabulary


@dataclass(frozen=True, slots=True)
class Wording:
    """What a reading needs besides the tree: the vocabulary, what definitions read as, and parameters' values."""

    vocabulary: Vocabulary
    definitions: Mapping[str, tuple[str, str]]
    """Full name to what it is of (`child`, `injury`) and what it reads as, on the day read for."""
    parameters: Mapping[str, object]
    """Full name to the value on the day read for."""
    _read: dict[int, tuple[Condition, str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What conditions read as that were read before, by identity; each is kept, so that no other takes its place."""

    def of(self, condition: Condition) -> str:
        """The reading of a condition, which is made once: it is the same in every case."""
        found = self._read.get(id(condition))
        if found is None:
            found = self._read[id(condition)] = condition, reading(condition, self)
        return found[1]


def reading(condition: Condition, wording: Wording) -> str:
    """A condition in plain English, as one phrase without a full stop."""
    match condition:
        case Always(value=value):
            return "always" if value else "never"
        case All(parts=parts):
            return _joined(parts, "and", wording)
        case AnyOf(parts=parts):
            return "either " + _joined(parts, "or", wording)
        case Not(part=part):
            return f"not: {_bracketed(part, wording)}"
        case Test():
            return _test(condition, wording)
        case Use(definition=definition, scope=scope):
            of, reads = wording.definitions[definition]
            return reads if of == "child" else f"{_the(of, scope)}: {reads}"
        case Quantifier(every=every, of=of, others=others, where=where):
            kind = wording.vocabulary.kinds[of]
            if every:
                return f"for every {_other(others)}{_bare(of)}, or there are none: {reading(where, wording)}"
            return f"there is {_another(others, kind.phrase)}{_where(where, wording)}"
        case Count(of=of, others=others, where=where, operator=operator, operand=operand):
            kind = wording.vocabulary.kinds[of]
            what = f"the number of {_other(others)}{kind.plural_phrase}{_where(where, wording)}"
            return operator.english.format(fact=what, value=_operand(operand, wording))
        case _:
            raise TypeError(f"no reading for {condition!r}")


def listed(words: Sequence[str], last: str = "or") -> str:
    """Words as people list them: `bruise, burn or bite`."""
    shown = [plain(word) for word in words]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def plain(word: str) -> str:
    """A word of the vocabulary as a person reads it: `burn_or_scald` as `burn or scald`."""
    return word.replace("_", " ")


def _joined(parts: Sequence[Condition], word: str, wording: Wording) -> str:
    return f", {word} ".join(_bracketed(part, wording) for part in parts)


def _where(where: Condition, wording: Wording) -> str:
    """Which records are meant; nothing where all are."""
    return "" if isinstance(where, Always) and where.value else f" where {_bracketed(where, wording)}"


def _bracketed(part: Condition, wording: Wording) -> str:
    text = reading(part, wording)
    return f"({text})" if isinstance(part, All | AnyOf | Quantifier) else text


def _test(test: Test, wording: Wording) -> str:
    fact = phrase(test.ref)
    if test.ref.fact.kind is Kind.BOOLEAN:
        yes = (test.operand is True) != (test.operator.name == "is_not")
        return f"{fact}: {'yes' if yes else 'no'}"
    if test.operand == ():
        return f"{fact}: {'none' if test.operator.name == 'is' else 'at least one'}"
    if test.operand is NOT_YET and test.operator.negative:
        return f"{fact}: it has come"
    if isinstance(test.operand, tuple) and test.operator.name == "includes_all":
        return test.operator.english.format(fact=fact, value=listed([str(word) for word in test.operand], "and"))
    return test.operator.english.format(fact=fact, value=_operand(test.operand, wording))


def phrase(ref: FactRef) -> str:
    """The noun phrase of a fact as it stands in a condition."""
    return (
        f"{ref.fact.phrase} (the other {_bare(ref.fact.owner)})"
        if ref.written.startswith("other.")
        else ref.fact.phrase
    )


def _operand(operand: Operand, wording: Wording) -> str:
    match operand:
        case bool():
            return "yes" if operand else "no"
        case str():
            return plain(operand)
        case Special():
            return plain(operand.word)
        case FactRef():
            return phrase(operand)
        case ParameterRef(name=name):
            return str(wording.parameters[name])
        case (ParameterRef() as low, ParameterRef() as high):
            return f"{wording.parameters[low.name]} and {wording.parameters[high.name]}"
        case tuple():
            return listed([str(word) for word in operand])
        case _:
            assert_never(operand)


def _the(of: str, scope: Scope) -> str:
    return f"the {_bare(of)}" if scope is Scope.SUBJECT else f"that {_bare(of)}"


def _bare(of: str) -> str:
    return plain(of)


def _other(others: bool) -> str:
    return "other " if others else ""


def _another(others: bool, phrase_: str) -> str:
    return f"another {phrase_.split(' ', 1)[-1]}" if others else phrase_
