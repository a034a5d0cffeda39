"""The columns of all files of an input: that they can be screened, and of which types those to keep are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from safeguard_rules.errors import CallError
from safeguard_rules.interop.case_texts import CASE_JSON
from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.screening_parts import FILE, ROW
from safeguard_rules.interop.table_files import LINES, TableFile, schema_of
from safeguard_rules.messages import suggest


def check_files(screening: Screening, files: Sequence[TableFile]) -> None:
    """Raises CallError for the first file that cannot be screened, with its name."""
    for file in files:
        try:
            screening.check(schema_of(file))
        except CallError as error:
            raise CallError(f"`{file.name}`: {error}") from None


def kept_fields(files: Sequence[TableFile], names: Iterable[str]) -> list[pa.Field]:
    """The fields of the columns to keep, of a type that holds those of every file; words come out as text.

    Raises CallError for a column that is not in the first file, whose types do not go together, or that the output
    has itself.
    """
    schemas = [(file, schema_of(file)) for file in files]
    return [_kept_field(schemas, name) for name in dict.fromkeys(names)]


def _kept_field(schemas: Sequence[tuple[TableFile, pa.Schema]], name: str) -> pa.Field:
    first, columns = schemas[0]
    if name == CASE_JSON:
        raise CallError(f"--keep: `{CASE_JSON}` holds the cases themselves, which are not handed through")
    if first.ending in LINES:
        raise CallError(f"--keep: `{first.name}` is JSON lines, which have no column `{name}` beside the cases")
    if name not in columns.names:
        near = suggest(name, columns.names)
        raise CallError(f"--keep: there is no column `{name}`" + (f"; {near}" if near else ""))
    if name in (FILE, ROW):
        raise CallError(f"--keep: the output has a column `{name}` of its own")
    kept = _plain_type(columns.field(name).type)
    for file, schema in schemas[1:]:
        if name in schema.names:
            type_ = _plain_type(schema.field(name).type)
            both = _of_both(kept, type_)
            if both is None:
                raise CallError(
                    f"--keep: the column `{name}` is of the type `{kept}` in `{first.name}` and of `{type_}` in "
                    f"`{file.name}`, and one column cannot hold both"
                )
            kept = both
    return pa.field(name, kept)


def _plain_type(type_: pa.DataType) -> pa.DataType:
    """The type without a dictionary, for every file may number its words otherwise."""
    return type_.value_type if pa.types.is_dictionary(type_) else type_


def _of_both(one: pa.DataType, other: pa.DataType) -> pa.DataType | None:
    """A type that holds every value of two, the narrower widened; None where there is none."""
    # pyarrow would make numbers with a point of whole ones, which loses digits, and bytes of text.
    for is_one in (pa.types.is_floating, _is_bytes):
        if is_one(one) != is_one(other) and not (pa.types.is_null(one) or pa.types.is_null(other)):
            return None
    schemas = [pa.schema([pa.field("column", each)]) for each in (one, other)]
    try:
        return pa.unify_schemas(schemas, promote_options="permissive").field(0).type
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None


def _is_bytes(type_: pa.DataType) -> bool:
    return any(f(type_) for f in (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary))
