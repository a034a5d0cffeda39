"""Facts of a timeline in few words: `mother's new partner (history: violence)`, one mention for each record."""

from __future__ import annotations

from collections.abc import Iterable

from safeguard_rules.engine.timelines import GONE, ChildsDay
from safeguard_rules.reports.words import count, day, listing, words


def records_told(given: ChildsDay, paths: Iterable[str], *, mark_new: bool = True) -> tuple[str, ...]:
    """Some facts as they are now, by the record that they stand in; a record that is new may be called that."""
    by_record: dict[str, list[str]] = {}
    new: set[str] = set()
    for path in paths:
        record, facts = _split(path)
        found = by_record.setdefault(record, [])
        if path.endswith("]") and given.is_new(record):
            new.add(record)
        elif facts and not given.told(record)[0].startswith(GONE):
            found.append(_value(given, path, facts))
    return tuple(_record(given, record, facts, mark_new and record in new) for record, facts in by_record.items())


def causes_told(given: ChildsDay, paths: Iterable[str], most: int) -> str:
    """The same in one phrase; of more than `most` records and facts the rest is counted."""
    telling = _most_telling(paths)
    told = records_told(given, telling[:most], mark_new=False)
    left = len(telling) - most
    return listing(told) + (f" and {count(left, 'more fact')}" if left > 0 else "")


def _most_telling(paths: Iterable[str]) -> list[str]:
    """Facts before the records and lists that hold them, which say less."""
    given = list(dict.fromkeys(paths))
    return [path for path in given if "." in path] or given


def _split(path: str) -> tuple[str, str]:
    """The record or part that a path leads to, and the name of the fact."""
    if "[" in path:
        record, _, fact = path.partition("]")
        return f"{record}]", fact.removeprefix(".")
    record, _, fact = path.partition(".")
    return record, fact


def _value(given: ChildsDay, path: str, fact: str) -> str:
    value = day(given.told(path)[0].rpartition(": ")[2])
    name = words(fact)
    return name if value == "yes" else f"not {name}" if value == "no" else f"{name}: {value}"


def _record(given: ChildsDay, record: str, facts: list[str], is_new: bool) -> str:
    if "[" in record:
        told = given.told(record)[0].removeprefix("there is ")
    elif facts:
        told = {"case": "the case", "child": "the child", "pregnancy": "the pregnancy"}.get(record, record)
    else:
        return given.told(record)[0]
    lead = "new: " if is_new else ""
    inside = f" ({', '.join(facts)})" if facts else ""
    return f"{lead}{told}{inside}"
