"""An oracle: every way to complete a small case is tried, and the rule read over each as plain true or false.

It shares nothing with the engine but the wording of conditions and cases: its own dates, its own comparisons, its own
two-valued reading. What is unknown is chosen when it is first read, so that a whole tree of completions is walked and
none of the facts that do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.books import Written, named
from tests.oracle.measuring import compare_numbers, measured
from tests.oracle.worlds import NOT_YET, Frame, Key, Moment, OpenError, Puzzle, Since, Special, WordSet, World

Taken = Mapping[tuple[str, str], bool]
"""Definitions that are taken as true or false, by name and the path of the record (`child` for the child)."""

LIMIT = 1500
NOTHING_TAKEN: Taken = {}


@dataclass(frozen=True)
class Seen:
    """What the completions came to: the truths met, whether all were tried, how many, and one for each truth."""

    truths: frozenset[bool]
    whole: bool
    tried: int
    examples: Mapping[bool, Mapping[Key, Any]]

    @property
    def letter(self) -> str:
        """`T` or `F` where all completions agree, else `U`."""
        return "U" if len(self.truths) != 1 else "T" if True in self.truths else "F"


def completions(puzzle: Puzzle, read: Callable[[World], bool], limit: int = LIMIT) -> Seen:
    """Reads a truth over every completion of a case, until both truths are met or the limit is."""
    waiting: list[dict[Key, Any]] = [{}]
    examples: dict[bool, Mapping[Key, Any]] = {}
    tried = 0
    while waiting and tried < limit and len(examples) < 2:
        chosen = waiting.pop()
        try:
            truth = read(World(puzzle, chosen))
        except OpenError as unknown:
            waiting.extend({**chosen, unknown.key: value} for value in reversed(unknown.values))
        else:
            tried += 1
            examples.setdefault(truth, chosen)
    return Seen(frozenset(examples), not waiting, tried, examples)


def outcome(puzzle: Puzzle, subject: str | None = None, taken: Taken = NOTHING_TAKEN, limit: int = LIMIT) -> Seen:
    """What the rule of the book comes to over all completions, for the child, a record by its id, or `?`."""
    rule = puzzle.book.rule

    def read(world: World) -> bool:
        if world.stage not in rule.stages:
            return False
        frame = Frame(world.subject(rule.for_each, subject) if rule.for_each and subject else None)
        return holds(world, rule.when, frame, taken)

    return completions(puzzle, read, limit)


def meaning(puzzle: Puzzle, name: str, subject: str | None = None, limit: int = LIMIT) -> Seen:
    """What a definition comes to over all completions in which the rule speaks."""
    definition = puzzle.book.definitions[name]

    def read(world: World) -> bool:
        if world.stage not in puzzle.book.rule.stages:
            raise OpenError(("none",), ())
        frame = Frame(world.subject(definition.of, subject) if definition.of != "child" and subject else None)
        return holds(world, definition.when, frame, NOTHING_TAKEN)

    return completions(puzzle, read, limit)


# --- conditions


def holds(world: World, condition: Written, frame: Frame, taken: Taken) -> bool:
    """Whether a condition holds in this completion."""
    if isinstance(condition, str):
        return _word(world, condition, frame, taken)
    for key, value in condition.items():
        match key:
            case "all":
                return all(holds(world, part, frame, taken) for part in value)
            case "any":
                return any(holds(world, part, frame, taken) for part in value)
            case "not":
                return not holds(world, value, frame, taken)
            case "some":
                return _how_many(world, value, frame, taken) > 0
            case "every":
                return _how_many(world, {**value, "where": {"not": value["where"]}}, frame, taken) == 0
            case "count":
                return _count(world, value, frame, taken)
    return all(
        _test(world, name, world.fact(written, frame), _operand(world, operand, frame))
        for written, tests in condition.items()
        for name, operand in _named(written, tests, frame)
    )


def _word(world: World, word: str, frame: Frame, taken: Taken) -> bool:
    if word in ("always", "never"):
        return word == "always"
    name = word.removeprefix("other.")
    definition = world.puzzle.book.definitions[name]
    if definition.of == "child":
        entry, where = None, "child"
    else:
        entry = frame.entry("other" if name != word else definition.of)
        where = entry.path
    if (name, where) in taken:
        return taken[(name, where)]
    return holds(world, definition.when, Frame(entry), taken)


def _how_many(world: World, body: Mapping[str, Any], frame: Frame, taken: Taken) -> int:
    kind, where = body["of"], body.get("where", "always")
    subject = frame.subject
    found = 0
    for entry in world.entries(kind):
        if subject is not None and entry.path == subject.path:
            continue
        # Nothing is replaced for a record that nobody has entered.
        found += holds(world, where, Frame(subject, entry), NOTHING_TAKEN if entry.unseen else taken)
    more = world.more(kind)
    if more and holds(world, where, Frame(subject, world.unseen(kind)), NOTHING_TAKEN):
        found += more
    return found


def _count(world: World, body: Mapping[str, Any], frame: Frame, taken: Taken) -> bool:
    written = body["is"]
    ((name, operand),) = (written if isinstance(written, Mapping) else {"is": written}).items()
    return compare_numbers(name, _how_many(world, body, frame, taken), world.whole(operand))


def _named(written: str, tests: Any, frame: Frame) -> Iterable[tuple[str, Any]]:
    owner, _, name = written.partition(".")
    kind = owner if owner in ("child", "case", "pregnancy") else frame.entry(owner).kind
    return named(f"{kind}.{name}", tests).items()


def _operand(world: World, operand: Any, frame: Frame) -> Any:
    if isinstance(operand, Mapping):
        return world.fact(operand["fact"], frame)
    return NOT_YET if operand == "not_yet" else operand


def _test(world: World, name: str, value: Any, operand: Any) -> bool:
    """One test of a known value against a right-hand side."""
    if isinstance(value, Special) or isinstance(operand, Special):
        same = value == operand
        return same if name == "is" else name in ("is_not", "none_of") and not same
    if isinstance(value, WordSet):
        return value.test(name, operand)
    parameters = world.puzzle.book.parameters
    if isinstance(value, Since | Moment | tuple) or (isinstance(value, int) and not isinstance(value, bool)):
        if isinstance(operand, list):
            return measured(world, name, value, [parameters[each] for each in operand])
        return measured(world, name, value, [parameters.get(operand, operand)])
    if name in ("one_of", "none_of"):
        return (value in operand) is (name == "one_of")
    return (value == operand) is (name == "is")
