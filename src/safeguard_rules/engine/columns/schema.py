"""The case models as an Arrow schema, and what columns are taken besides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.engine.columns.shapes import ENTRY, Form, Shape, case_shape, inner
from safeguard_rules.errors import CallError
from safeguard_rules.messages import suggest

WORD = pa.dictionary(pa.int8(), pa.string())
MOMENT = pa.timestamp("us", "UTC")

_PLAIN = {
    Form.WORD: WORD,
    Form.TEXT: pa.string(),
    Form.FLAG: pa.bool_(),
    Form.NUMBER: pa.int64(),
    Form.LENGTH: pa.dictionary(pa.int16(), pa.string()),
    Form.JSON: pa.string(),
}

DATE_FIELDS = ("first", "last", "instant", "written", "not_yet")
"""The fields of a date: its first and last day, its instant, its text where these do not give it, and `not_yet`."""


def case_schema() -> pa.Schema:
    """One column per field of a case, in the order of the models; every one of them may be null, which is unknown.

    Words are dictionary-encoded; lists are lists of structs. A date is a struct of the days it may mean. What
    extensions add is JSON text, and evidence a list with the path of each fact.
    """
    return pa.schema([(name, arrow_type(shape)) for name, shape in case_shape().fields.items()])


def arrow_type(shape: Shape) -> pa.DataType:
    """The Arrow type in which a shape is written."""
    match shape.form:
        case Form.DATE:
            return date_type(shape.not_yet)
        case Form.LIST:
            return pa.list_(arrow_type(inner(shape)))
        case Form.MAPPING:
            path, known = ENTRY
            return pa.list_(pa.struct([(path, pa.string()), (known, arrow_type(inner(shape)))]))
        case Form.RECORD:
            return pa.struct([(name, arrow_type(each)) for name, each in shape.fields.items()])
        case form:
            return _PLAIN[form]


def date_type(not_yet: bool) -> pa.DataType:
    """The struct that a date is written as; `not_yet` is among its fields only where a date may be that."""
    days = [("first", pa.date32()), ("last", pa.date32()), ("instant", MOMENT), ("written", pa.string())]
    return pa.struct([*days, ("not_yet", pa.bool_())] if not_yet else days)


@lru_cache(maxsize=32)
def check_schema(schema: pa.Schema) -> None:
    """That columns can be read as cases at all: raises `CallError` with every column and field that cannot.

    A column or field that is not there is unknown. Besides the types of `case_schema` these are taken: words and
    lengths of time as text, dates as text, `date32` or a `timestamp`, whole numbers of any width, lists of any kind,
    what extensions add as a struct, and the null type for anything.
    """
    wrong = [*_wrong_fields(schema, case_shape(), "")]
    if wrong:
        raise CallError("the columns cannot be read as cases: " + "; ".join(wrong))


def _wrong_fields(fields: pa.Schema | pa.StructType, shape: Shape, path: str) -> Iterator[str]:
    names = list(shape.fields)
    seen: set[str] = set()
    for declared in fields:
        here = f"{path}.{declared.name}" if path else declared.name
        if declared.name in seen:
            yield f"`{here}` is there twice"
        elif declared.name not in shape.fields:
            help_ = suggest(declared.name, names)
            yield f"a case has no `{here}`" + (f" ({help_})" if help_ else "")
        else:
            yield from _wrong(declared.type, shape.fields[declared.name], here)
        seen.add(declared.name)


def _wrong(given: pa.DataType, shape: Shape, path: str) -> Iterator[str]:
    if is_type.is_null(given):
        return
    match shape.form:
        case Form.RECORD if is_type.is_struct(given):
            yield from _wrong_fields(given, shape, path)
        case Form.LIST if is_list(given):
            yield from _wrong(given.value_type, inner(shape), f"{path}[]")
        case Form.MAPPING if is_type.is_map(given):
            yield from _wrong(given.item_type, inner(shape), f"{path}[]")
        case Form.MAPPING if is_list(given) and is_type.is_struct(given.value_type):
            yield from _wrong_fields(given.value_type, _entry(shape), f"{path}[]")
        case form if not _fits(given, form):
            yield f"`{path}` holds {form.value}, and the column is of the type `{given}`"


def _entry(shape: Shape) -> Shape:
    path, known = ENTRY
    return Shape(Form.RECORD, fields={path: Shape(Form.TEXT), known: inner(shape)})


def _fits(given: pa.DataType, form: Form) -> bool:
    """Whether a column of a type can hold what is not made of other columns."""
    match form:
        case Form.WORD | Form.TEXT | Form.LENGTH:
            return is_text(given)
        case Form.FLAG:
            return bool(is_type.is_boolean(given))
        case Form.NUMBER:
            return bool(is_type.is_integer(given))
        case Form.DATE:
            return is_text(given) or is_day(given) or _is_date_struct(given)
        case Form.JSON:
            return is_text(given) or bool(is_type.is_struct(given))
    return False


def is_text(given: pa.DataType) -> bool:
    """Whether a type holds text, dictionary-encoded or not."""
    if is_type.is_dictionary(given):
        return is_text(given.value_type)
    return any(is_(given) for is_ in (is_type.is_string, is_type.is_large_string, is_type.is_string_view))


def is_list(given: pa.DataType) -> bool:
    """Whether a type is one of Arrow's lists."""
    kinds = (is_type.is_list, is_type.is_large_list, is_type.is_fixed_size_list, is_type.is_list_view)
    return any(is_(given) for is_ in (*kinds, is_type.is_large_list_view))


def is_day(given: pa.DataType) -> bool:
    """Whether a type holds days or moments."""
    return bool(is_type.is_date(given) or is_type.is_timestamp(given))


def _is_date_struct(given: pa.DataType) -> bool:
    if not is_type.is_struct(given):
        return False
    takes = {"first": is_type.is_date, "last": is_type.is_date, "instant": is_type.is_timestamp, "written": is_text}
    takes["not_yet"] = is_type.is_boolean
    return all(f.name in takes and (is_type.is_null(f.type) or takes[f.name](f.type)) for f in given)
