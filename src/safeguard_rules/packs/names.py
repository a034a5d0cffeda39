"""Looking names up: in the own pack, then in those it uses; `pack:name` is always right (semantics, decision 49)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from safeguard_rules import messages
from safeguard_rules.messages import Message

Sort = Literal["action", "parameter", "definition", "rule", "source"]


@dataclass(slots=True)
class Directory:
    """What each pack of a rulebook declares: sort, then pack, then the names there."""

    names: dict[Sort, dict[str, dict[str, None]]] = field(default_factory=dict)
    uses: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def declare(self, sort: Sort, pack: str, names: Iterable[str]) -> None:
        """Says that a pack declares these names."""
        self.names.setdefault(sort, {}).setdefault(pack, {}).update(dict.fromkeys(names))

    def of(self, sort: Sort, pack: str) -> Mapping[str, None]:
        """The names of one sort that one pack declares."""
        return self.names.get(sort, {}).get(pack, {})

    def find(self, sort: Sort, pack: str, written: str) -> str | Message:
        """The full name that a name written in `pack` means, or what to say about it."""
        prefix, colon, short = written.rpartition(":")
        if colon:
            return self._full(sort, pack, prefix, short, written)
        if written in self.of(sort, pack):
            return f"{pack}:{written}"
        holders = [used for used in self.uses.get(pack, ()) if written in self.of(sort, used)]
        if len(holders) == 1:
            return f"{holders[0]}:{written}"
        if holders:
            return messages.name_in_two_packs(sort, written, [f"{holder}:{written}" for holder in holders])
        return messages.unknown_name(sort, written, self.candidates(sort, pack), self._elsewhere(sort, written))

    def candidates(self, sort: Sort, pack: str) -> Sequence[str]:
        """The names of one sort that can be written short in a pack."""
        packs = (pack, *self.uses.get(pack, ()))
        return sorted({name for each in packs for name in self.of(sort, each)})

    def _full(self, sort: Sort, pack: str, prefix: str, short: str, written: str) -> str | Message:
        if prefix != pack and prefix not in self.uses.get(pack, ()):
            return messages.pack_not_used(prefix, written, (pack, *self.uses.get(pack, ())))
        if short in self.of(sort, prefix):
            return written
        return messages.unknown_name(sort, written, [f"{prefix}:{name}" for name in self.of(sort, prefix)], ())

    def _elsewhere(self, sort: Sort, written: str) -> Sequence[str]:
        """The packs that declare the name but are not used: what the author may have meant."""
        return sorted(pack for pack, names in self.names.get(sort, {}).items() if written in names)


def short(full: str) -> str:
    """The name without its pack."""
    return full.rpartition(":")[2]


def pack_of(full: str) -> str:
    """The pack of a full name."""
    return full.partition(":")[0]
