"""Cases as plain trees in columns of plain text, and faults put into them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from safeguard_rules.engine.columns.schema import arrow_type
from safeguard_rules.engine.columns.shapes import Form, Shape, case_shape, inner
from safeguard_rules.testing.dice import Dice

Tree = dict[str, Any]
Spot = tuple[Any, Any, Shape]
"""Where a value stands: what holds it, under which key or place, and its shape."""


def plain_schema() -> pa.Schema:
    """The columns of a case with words, dates and lengths of time as plain text, as users have them."""
    return pa.schema([(name, _plain(shape)) for name, shape in case_shape().fields.items()])


def _plain(shape: Shape) -> pa.DataType:
    match shape.form:
        case Form.WORD | Form.DATE | Form.LENGTH:
            return pa.string()
        case Form.LIST:
            return pa.list_(_plain(inner(shape)))
        case Form.RECORD:
            return pa.struct([(name, _plain(each)) for name, each in shape.fields.items()])
        case Form.MAPPING:
            return pa.list_(pa.struct([("path", pa.string()), ("known", _plain(inner(shape)))]))
        case _:
            return arrow_type(shape)


def plain_batch(trees: list[Tree]) -> pa.RecordBatch:
    """Trees as canonical cases are, in columns of plain text."""
    rows = [{**tree, "evidence": _entries(tree.get("evidence"))} for tree in trees]
    return pa.RecordBatch.from_pylist(rows, schema=plain_schema())


def _entries(evidence: Any) -> Any:
    if not isinstance(evidence, dict):
        return evidence
    return [{"path": path, "known": known} for path, known in evidence.items()]


def spots(tree: Any, shape: Shape, holder: Any = None, key: Any = None) -> Iterator[Spot]:
    """Every value of a tree, with where it stands."""
    if holder is not None:
        yield holder, key, shape
    if shape.form is Form.RECORD and isinstance(tree, dict):
        for name, each in shape.fields.items():
            if tree.get(name) is not None:
                yield from spots(tree[name], each, tree, name)
    elif shape.form is Form.LIST and isinstance(tree, list):
        for place, each in enumerate(tree):
            yield from spots(each, inner(shape), tree, place)


def _put(value: Any) -> Callable[[Any, Any], None]:
    def put(holder: Any, key: Any) -> None:
        holder[key] = value

    return put


def _doubled(holder: Any, key: Any) -> None:
    if isinstance(holder[key], list) and holder[key]:
        holder[key] = [*holder[key], copy.deepcopy(holder[key][0])]


def _far_too_long(holder: Any, key: Any) -> None:
    if isinstance(holder[key], list) and holder[key] and isinstance(holder[key][0], dict):
        holder[key] = [{**holder[key][0], "id": f"again-{n}"} for n in range(501)]


def _gone(holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = None


def _incomplete(*names: str) -> Callable[[Any, Any], None]:
    def put(holder: Any, _key: Any) -> None:
        if isinstance(holder, dict):
            holder["incomplete"] = [*(holder.get("incomplete") or ()), *names]

    return put


TEXTS: tuple[str, ...] = (
    "nonsense",
    "",
    "a b",
    "x" * 81,
    "é",
    "again\0",
    ".dot",
    "not_yet",
    "2026-02-30",
    "1850",
    "2026-13",
    "2200",
)
TEXTS += (
    "2026-03-02T10:00",
    "2026-03-02T10:00:00+01:00",
    "2026-03",
    "1 weeks",
    "6 weeks",
    "open",
    "m",
    "mother",
    "a\n",
)
BY_FORM: dict[Form, tuple[Callable[[Any, Any], None], ...]] = {
    **{form: tuple(map(_put, TEXTS)) for form in (Form.WORD, Form.TEXT, Form.DATE, Form.LENGTH)},
    Form.NUMBER: (_put(-1), _put(0), _put(2**40)),
    Form.FLAG: (_put(True), _put(False)),
    Form.LIST: (_doubled, _far_too_long, _put([]), _put([None])),
    Form.RECORD: (_incomplete("injuries"), _incomplete("people", "kind"), _incomplete("movements"), _put({})),
}
ANYWHERE = (_gone, _put(None), _incomplete("nonsense"), _incomplete("people"), _incomplete("vulnerabilities"))


def with_fault(tree: Tree, dice: Dice) -> Tree:
    """The tree with something else at one of its spots, which may be a fault or not."""
    other: Tree = copy.deepcopy(tree)
    found = list(spots(other, case_shape()))
    if not found:
        return {"status": "nonsense"}
    holder, key, shape = dice.pick(found)
    dice.pick((*BY_FORM.get(shape.form, ()), *ANYWHERE))(holder, key)
    return other


PATHS = (
    "child.born_on",
    "case.status",
    "child.age",
    "injuries",
    "people",
    "injuries[nobody]",
    "injuries[",
    "extra.a.b",
)
ENTRIES: tuple[Any, ...] = (
    {"basis": "observed"},
    {"why": "declined"},
    {"why": "not_asked", "basis": "observed"},
    {"basis": "seen"},
    {"why": "observed"},
    {"basis": "declined"},
    {"why": "conflicting"},
    {"why": "conflicting", "accounts": [{"value": "a"}, {"value": "b"}]},
    {"basis": "observed", "accounts": [{"value": "a"}]},
    {"basis": "observed", "disputed": [{"by": "mother"}]},
    {"basis": "observed", "disputed": [{"by": None}]},
    {"basis": "observed", "disputed": [{"by": "mother", "said_on": "2026-03-02"}, {"by": "father"}]},
    {"basis": "observed", "disputed": [{"by": "mother"}, None]},
    {"basis": "observed", "disputed": [{"by": "mother"}, {"by": "father", "said_on": "2026-02-30"}]},
    {"why": "conflicting", "accounts": [{"value": "a"}]},
    {"why": "conflicting", "accounts": [{"value": "a"}, {"value": None}]},
    {"why": "conflicting", "accounts": [{"value": "a"}, None]},
    {"why": "conflicting", "accounts": [{"value": "a"}, {"value": "b", "basis": "declined"}]},
    {"why": "conflicting", "accounts": [{"value": "a"}, {"value": "b", "said_on": "2026-13"}]},
    {"why": "conflicting", "accounts": [{"value": "a", "basis": "observed"}, {"value": "b", "basis": "told_by_carer"}]},
    {"why": "conflicting", "accounts": [{"value": "a", "basis": "recorded"}, {"value": "b", "basis": "told_by_other"}]},
    {"why": "conflicting", "accounts": [{"value": "a", "basis": "recorded"}, {"value": "b"}]},
    {"why": "conflicting", "accounts": [{"value": "a", "basis": "recorded"}, {"value": "b", "basis": "observed"}]},
    {"why": "conflicting", "accounts": [{"value": "a"}, {"value": "b"}], "disputed": [{"by": "mother"}]},
    {"why": "declined", "accounts": [{"value": "a"}, {"value": "b"}]},
    {"basis": "observed", "known_on": "2026-02-30"},
    {"basis": "recorded", "known_on": "2026-03", "by": "midwife"},
    {},
    None,
)


def with_evidence_fault(tree: Tree, dice: Dice) -> Tree:
    """The tree with other evidence for one path, or the same evidence for another path."""
    other: Tree = copy.deepcopy(tree)
    evidence = other.setdefault("evidence", {})
    known = [
        f"{name}[{each['id']}]"
        for name, rows in tree.items()
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and "id" in rows[0]
        for each in rows
    ]
    path = dice.pick(
        (*evidence, *PATHS, *known, *(f"{each}.kind" for each in known), *(f"{each}.label" for each in known))
    )
    evidence[path] = dice.pick([[], *([each] for each in ENTRIES), [ENTRIES[0], dice.pick(ENTRIES)]])
    return other
