"""What a day of a story adds to what was known, worked out on the nodes, so that complaints stand at their own lines.

Records are matched by id, and their facts are replaced one by one; a set is written whole. Learning never makes
something unknown: that is what taking back is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeguard_rules import messages
from safeguard_rules.case.shape import SINGULARS
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.reading.scalars import is_null
from safeguard_rules.source import Issue, Place

RECORDS = (*SINGULARS, "protective_factors")
"""The lists whose entries are told apart by their ids."""

_PARTS = ("child", "pregnancy")


def learn(known: MapNode, learned: MapNode, issues: list[Issue]) -> MapNode:
    """What is known once something was learned; what cannot be learned like that is added to `issues`."""
    return _Learning(issues).case(known, learned)


def same(one: Node | None, other: Node | None) -> bool:
    """Whether two nodes say the same, wherever they stand; the order of keys does not count."""
    match one, other:
        case Scalar(), Scalar():
            return (one.text, one.plain) == (other.text, other.plain)
        case ListNode(), ListNode():
            return len(one.items) == len(other.items) and all(map(same, one.items, other.items))
        case MapNode(), MapNode():
            return one.entries.keys() == other.entries.keys() and all(
                same(one.get(k), other.get(k)) for k in one.entries
            )
        case _:
            return one is other


@dataclass(slots=True)
class _Learning:
    """One day's learning, with the evidence of that day and of the days before where it stands."""

    issues: list[Issue]
    evidence_before: Mapping[str, Node] = field(default_factory=dict)
    evidence_learned: Mapping[str, Node] = field(default_factory=dict)

    def case(self, known: MapNode, learned: MapNode) -> MapNode:
        """What is known of a case, of a family, or of one child of a family."""
        outer = (self.evidence_before, self.evidence_learned)
        self.evidence_before, self.evidence_learned = _evidence(known), _evidence(learned)
        entries = dict(known.entries)
        for key, entry in learned.entries.items():
            if is_null(entry.value):
                self._refuse(messages.learned_null(key), entry.key.place)
                continue
            old = known.get(key)
            entries[key] = Entry(entry.key, self._at_top(key, old, entry.value))
        self.evidence_before, self.evidence_learned = outer
        return MapNode(entries, learned.place, known.refused | learned.refused)

    def _at_top(self, key: str, old: Node | None, new: Node) -> Node:
        match old, new:
            case ListNode(), ListNode() if key in RECORDS:
                return self._records(key, old, new)
            case ListNode(), ListNode() if key == "children":
                return self._children(old, new)
            case ListNode(), ListNode() if key == "done":
                return _done(old, new)
            case MapNode(), MapNode() if key == "evidence":
                return MapNode({**old.entries, **new.entries}, new.place, old.refused | new.refused)
            case MapNode(), MapNode() if key == "extra":
                return self._extra(old, new)
            case MapNode(), MapNode() if key in _PARTS:
                return self._facts(old, new, key)
        if isinstance(new, ListNode) and key in RECORDS:
            return self._records(key, ListNode((), new.place), new)
        self._check(key, old, new, f"case.{key}")
        return new

    def _records(self, name: str, old: ListNode, new: ListNode) -> ListNode:
        found = {_id(item) or str(place): item for place, item in enumerate(old.items)}
        for item in new.items:
            id_ = _id(item)
            if id_ is None or not isinstance(item, MapNode):
                self._refuse(messages.learned_without_id(name), item.place)
                continue
            known = found.get(id_)
            found[id_] = self._facts(known, item, f"{name}[{id_}]") if isinstance(known, MapNode) else item
        return ListNode(tuple(found.values()), old.place)

    def _facts(self, known: MapNode, learned: MapNode, path: str) -> MapNode:
        """The facts of one part or record, and what is said of it for each child of a family."""
        entries = dict(known.entries)
        for key, entry in learned.entries.items():
            old, new = known.get(key), entry.value
            if is_null(new):
                self._refuse(messages.learned_null(key), entry.key.place)
                continue
            if key == "for_children" and isinstance(old, MapNode) and isinstance(new, MapNode):
                new = self._for_children(old, new, path)
            else:
                self._check(key, old, new, f"{path}.{key}")
            entries[key] = Entry(entry.key, new)
        return MapNode(entries, learned.place, known.refused | learned.refused)

    def _for_children(self, known: MapNode, learned: MapNode, path: str) -> MapNode:
        entries = dict(known.entries)
        for child, entry in learned.entries.items():
            old, new = known.get(child), entry.value
            both = isinstance(old, MapNode) and isinstance(new, MapNode)
            entries[child] = Entry(entry.key, self._facts(old, new, path)) if both else entry  # type: ignore[arg-type]
        return MapNode(entries, learned.place, known.refused | learned.refused)

    def _children(self, old: ListNode, new: ListNode) -> ListNode:
        found = {_child_id(item) or str(place): item for place, item in enumerate(old.items)}
        for item in new.items:
            id_ = _child_id(item)
            if id_ is None or not isinstance(item, MapNode):
                self._refuse(messages.learned_without_child(), item.place)
                continue
            known = found.get(id_)
            found[id_] = self.case(known, item) if isinstance(known, MapNode) else item
        return ListNode(tuple(found.values()), old.place)

    def _extra(self, known: MapNode, learned: MapNode) -> MapNode:
        entries = dict(known.entries)
        for name, entry in learned.entries.items():
            old, new = known.get(name), entry.value
            both = isinstance(old, MapNode) and isinstance(new, MapNode)
            entries[name] = Entry(entry.key, self._facts(old, new, f"extra.{name}")) if both else entry  # type: ignore[arg-type]
        return MapNode(entries, learned.place, known.refused | learned.refused)

    def _check(self, key: str, old: Node | None, new: Node, path: str) -> None:
        """That nothing known is dropped without a word, and that evidence is not left behind."""
        if key == "incomplete" or old is None:
            return
        if isinstance(old, ListNode) and isinstance(new, ListNode):
            dropped = [word for word in _words(old) if word not in set(_words(new))]
            if dropped:
                self._refuse(messages.words_dropped(key, dropped), new.place)
                return
        if path in self.evidence_before and path not in self.evidence_learned and not same(old, new):
            self._refuse(messages.evidence_of_before(path), new.place)

    def _refuse(self, message: Message, place: Place) -> None:
        self.issues.append(message.at(place))


def _evidence(node: MapNode) -> Mapping[str, Node]:
    found = node.get("evidence")
    return {path: entry.value for path, entry in found.entries.items()} if isinstance(found, MapNode) else {}


def _words(node: ListNode) -> Iterator[str]:
    return (item.text for item in node.items if isinstance(item, Scalar))


def _text(node: Node | None, key: str) -> str | None:
    found = node.get(key) if isinstance(node, MapNode) else None
    return found.text if isinstance(found, Scalar) else None


def _id(node: Node) -> str | None:
    return _text(node, "id")


def _child_id(node: Node) -> str | None:
    return _text(node.get("child"), "id") if isinstance(node, MapNode) else None


def _done(old: ListNode, new: ListNode) -> ListNode:
    """What is done: the same action for the same entry is the same, done once more."""
    again = {(_text(item, "action"), _text(item, "about")) for item in new.items}
    kept = [item for item in old.items if (_text(item, "action"), _text(item, "about")) not in again]
    return ListNode((*kept, *new.items), old.place)
