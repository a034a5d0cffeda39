"""Cases to columns, and one row of columns back to a case: nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from pydantic import BaseModel, ValidationError

from safeguard_rules.case.case import Case
from safeguard_rules.engine.columns.schema import arrow_type, case_schema, check_schema
from safeguard_rules.engine.columns.shapes import ENTRY, Form, Shape, case_shape, inner
from safeguard_rules.engine.columns.utf8 import readable
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.nodes import Paths
from safeguard_rules.source import Issue, Text
from safeguard_rules.values.dates import When, write_instant
from safeguard_rules.values.special import NOT_YET, Special

PATH, KNOWN = ENTRY


def cases_to_batch(cases: Iterable[Case]) -> pa.RecordBatch:
    """One row per case, in the order given, in the columns of `case_schema`."""
    kept = tuple(cases)
    arrays = [
        pa.array([_written(getattr(case, name), shape) for case in kept], type=arrow_type(shape))
        for name, shape in case_shape().fields.items()
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=case_schema())


def row_to_case(batch: pa.RecordBatch, row: int) -> Case:
    """The case in one row, counted from 0.

    Raises `CaseError` with all that is wrong with the row, in a text that holds the row as JSON; `CallError` where
    the columns cannot be read as cases at all; `IndexError` for a row that there is not.
    """
    tree = row_tree(batch, row)
    try:
        return Case.model_validate(tree)
    except ValidationError as error:
        raise refused(tree, row, error) from None


def row_tree(batch: pa.RecordBatch, row: int) -> dict[str, Any]:
    """What a row says, as a case file would say it: what is unknown is left out, dates are text."""
    check_schema(batch.schema)
    if not 0 <= row < batch.num_rows:
        raise IndexError(f"there is no row {row} in {batch.num_rows} rows")
    alone = batch.slice(row, 1)
    try:
        (given,) = alone.to_pylist()
    except (ValueError, OverflowError) as error:
        raise unreadable(row, readable(alone).errors.get(0, str(error))) from None
    tree = _read(given, case_shape())
    return {} if tree is None else tree


MOST_TOLD = 20
"""So many complaints about one row are told; the others are counted."""


def why(error: CaseError | CallError | PluginError) -> str:
    """Why a row is no case, or cannot be evaluated, on one line: each complaint with where in the row it stands.

    The row itself is not in it. Half of a character pair, which no table can hold, is written as its number.
    """
    told = _complaints(error) if isinstance(error, CaseError) else str(error)
    return told.encode("utf-8", "backslashreplace").decode("utf-8")


def _complaints(error: CaseError) -> str:
    known: dict[Text, Paths | None] = {}
    says: dict[str, None] = {}
    for issue in error.issues:
        text = issue.place.text
        if text not in known:
            tree = read_json(text, []) if text.content else None
            known[text] = Paths(tree) if tree is not None else None
        paths = known[text]
        path = paths.at(issue.place) if paths is not None and issue.place.line else ""
        says[f"{f'`{path}`: ' if path else ''}{issue.message}{f' ({issue.help})' if issue.help else ''}"] = None
    told = list(says)[:MOST_TOLD]
    return "; ".join([*told, f"and {len(says) - MOST_TOLD} more"] if len(says) > MOST_TOLD else told)


def refused(tree: Mapping[str, Any], row: int, error: ValidationError) -> CaseError:
    """Why a row is no case, in the words in which a case file with the same contents is refused."""
    text = Text(f"row {row}", json.dumps(tree, ensure_ascii=False, indent=1))
    try:
        Case.from_json(text.content, text.name)
    except CaseError as told:
        return told
    return unreadable(row, "; ".join(each["msg"] for each in error.errors(include_url=False)))


def unreadable(row: int, why: str) -> CaseError:
    """Why a row is no case, where it cannot even be written as text."""
    return CaseError([Issue(Text(f"row {row}", "").whole(), "row-not-readable", why)])


# --- writing


def _written(value: Any, shape: Shape) -> Any:
    """A value of a case model as pyarrow takes it for the type of its shape."""
    if value is None:
        return None
    match shape.form:
        case Form.DATE:
            return written_date(value)
        case Form.LENGTH:
            return str(value)
        case Form.LIST:
            item = inner(shape)
            return list(value) if item.form is Form.WORD else [_written(each, item) for each in value]
        case Form.RECORD:
            assert isinstance(value, BaseModel)
            return {name: _written(getattr(value, name), each) for name, each in shape.fields.items()}
        case Form.MAPPING:
            item = inner(shape)
            return [{PATH: path, KNOWN: _written(known, item)} for path, known in value.items()]
        case Form.JSON:
            tree = {name: dict(values) for name, values in value.items()}
            return json.dumps(tree, ensure_ascii=False, separators=(",", ":")) if tree else None
        case _:
            return value


def written_date(when: When | Special) -> dict[str, Any]:
    """A date as the fields of its struct; its own text only where the others do not give it back."""
    if isinstance(when, Special):
        return {"not_yet": True}
    fields: dict[str, Any] = {"first": when.first, "last": when.last, "instant": when.instant}
    if date_text(fields) != when.text:
        fields["written"] = when.text
    return fields


# --- reading


def _read(value: Any, shape: Shape) -> Any:
    """A value from Arrow as a case file would have it; None where nothing is known."""
    if value is None:
        return None
    return _READERS[shape.form](value, shape)


def _record(value: Mapping[str, Any], shape: Shape) -> dict[str, Any] | None:
    """A struct: one without any id in which nothing is known, but which must have one, is unknown itself."""
    read = {name: _read(value.get(name), each) for name, each in shape.fields.items()}
    found = {name: each for name, each in read.items() if each is not None}
    return found if found or "id" not in shape.fields else None


def _list(value: Iterable[Any], shape: Shape) -> list[Any]:
    item = inner(shape)
    return list(value) if item.form is Form.WORD else [_item(each, item) for each in value]


def _item(value: Any, shape: Shape) -> Any:
    """An entry of a list; one without contents is an empty mapping, which the models refuse for its want of an id."""
    read = _read(value, shape)
    return {} if read is None and value is not None else read


def _mapping(value: Sequence[Any], shape: Shape) -> dict[str, Any]:
    """Paths with what stands under them; a path that comes twice has both, one after the other."""
    entries = [each if isinstance(each, tuple) else (each[PATH], each.get(KNOWN)) for each in value if each is not None]
    found: dict[str, Any] = {}
    for path, known in entries:
        read = _read(known, inner(shape)) or []
        found[str(path)] = [*found.get(str(path), ()), *read]
    return found


def _json(value: Any, _shape: Shape) -> Any:
    """What extensions add, from its text or from a struct in which what is null is left out.

    The text is read as strictly as a case file: Python's own reader takes the last of two keys that are the same.
    """
    if isinstance(value, str):
        issues: list[Issue] = []
        if read_json(Text("extra", value), issues) is None or issues:
            raise CaseError(issues)
        return json.loads(value)
    found = {
        name: {field: each for field, each in (values or {}).items() if each is not None}
        for name, values in value.items()
    }
    return {name: values for name, values in found.items() if values}


def _date(value: Any, shape: Shape) -> str | None:
    """The text of a date; what cannot be one keeps a text that the models refuse."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return date_text(value, shape.not_yet)


def date_text(fields: Mapping[str, Any], not_yet: bool = True) -> str | None:
    """The text of a date that is given by the fields of its struct; None if none of them says anything."""
    given = {name: each for name, each in fields.items() if each is not None and each is not False}
    if not given:
        return None
    if set(given) == {"not_yet"} and not_yet:
        return NOT_YET.word
    written: str | None = given.pop("written", None)
    text = _days_text(given)
    if not given:
        return written
    if written is None:
        return text
    return written if _same(written, given) else f"{written} ({text})"


def _same(written: str, given: Mapping[str, Any]) -> bool:
    """Whether a text means what the other fields say; what is wrong with the text itself, the models say."""
    try:
        when = When.parse(written)
    except ValueError:
        return True
    means = {"first": when.first, "last": when.last, "instant": when.instant}
    return all(means.get(name) == each for name, each in given.items())


def _days_text(given: Mapping[str, Any]) -> str:
    if "not_yet" in given:
        return " ".join(["not_yet", *(str(each) for name, each in given.items() if name != "not_yet")])
    instant, first, last = given.get("instant"), given.get("first"), given.get("last")
    if instant is not None:
        text = _moment_text(instant)
        return text if _same(text, given) else f"{text} ({first} to {last})"
    if first is None or last is None:
        return f"{first} to {last}"
    if first == last:
        return str(first.isoformat())
    partial = (first.isoformat()[:length] for length in (len("2026-03"), len("2026")))
    return next((text for text in partial if _same(text, given)), f"{first} to {last}")


def _moment_text(moment: datetime) -> str:
    return moment.isoformat() if moment.tzinfo is None else write_instant(moment)


def _as_it_is(value: Any, _shape: Shape) -> Any:
    return value


_READERS: dict[Form, Callable[[Any, Any], Any]] = {
    Form.DATE: _date,
    Form.LIST: _list,
    Form.RECORD: _record,
    Form.MAPPING: _mapping,
    Form.JSON: _json,
    Form.WORD: _as_it_is,
    Form.TEXT: _as_it_is,
    Form.FLAG: _as_it_is,
    Form.NUMBER: _as_it_is,
    Form.LENGTH: _as_it_is,
}
