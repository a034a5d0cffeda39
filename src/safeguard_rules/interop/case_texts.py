"""Cases as text, one JSON document for each row, in a column or in the lines of a file."""

from __future__ import annotations

import pyarrow as pa

from safeguard_rules.case.case import Case
from safeguard_rules.case.document import read_case_document
from safeguard_rules.case.header import Header
from safeguard_rules.errors import CallError
from safeguard_rules.reading.limits import too_large
from safeguard_rules.reading.sizes import LARGEST_FILE
from safeguard_rules.source import Text
from safeguard_rules.values.dates import AsOf

CASE_JSON = "case_json"
"""The column that holds each row's case as JSON, instead of columns for its parts."""


def texts_in(column: pa.Array) -> list[bytes | None]:
    """The texts of a column as bytes, whatever their encoding: Python could not hold one that is not UTF-8."""
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    found: list[bytes | None] = plain.cast(pa.large_binary()).to_pylist()
    return found


def case_in(text: str | bytes | None, as_of: AsOf, locality: str | None) -> Case:
    """The case of one child in a JSON text.

    A header may stand in it, and must say what the screening does: a screening is of one day and one area. Raises
    CaseError for a text that is no valid case, CallError for none at all and for another day or area.
    """
    if isinstance(text, bytes):
        text = _decoded(text)
    if not text:
        raise CallError("expected a case as JSON, got nothing")
    written = Text("case", text)
    if too_large(written, []):
        raise CallError(f"the case is larger than {LARGEST_FILE:,} bytes")
    document = read_case_document(written, "json")
    _check(document.header(), as_of, locality)
    return Case.of_document(document)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CallError(f"expected text in UTF-8, got a byte that is none at position {error.start}") from None


def _check(header: Header, as_of: AsOf, locality: str | None) -> None:
    if header.as_of is not None and header.as_of.moments != as_of.moments:
        raise CallError(f"the case says `as_of` {header.as_of}, and this screening is for {as_of}")
    if header.locality is not None and header.locality != locality:
        raise CallError(f"the case says `locality` {header.locality}, and this screening is for {locality or 'none'}")
