"""A case as JSON in one row: read as strictly as a file, for the one day and area of the screening."""

import pytest

from safeguard_rules.errors import CallError, CaseError
from safeguard_rules.interop.case_texts import case_in
from safeguard_rules.values.dates import AsOf

DAY = AsOf.of("2026-03-02")


@pytest.mark.parametrize("text", ['{"child": {"id": "a"}}', b'{"child": {"id": "a"}}', '\ufeff{"child": {"id": "a"}}'])
def test_text_and_bytes_are_read(text: str | bytes) -> None:
    case = case_in(text, DAY, None)
    assert case.child is not None
    assert case.child.id == "a"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "expected a case as JSON, got nothing"),
        ("", "expected a case as JSON, got nothing"),
        (b"\xff{}", "expected text in UTF-8, got a byte that is none at position 0"),
        ('{"as_of": "2026-03-03"}', "the case says `as_of` 2026-03-03, and this screening is for 2026-03-02"),
        ('{"locality": "devon"}', "the case says `locality` devon, and this screening is for none"),
    ],
)
def test_what_cannot_be_screened_is_said(text: str | bytes | None, says: str) -> None:
    with pytest.raises(CallError) as found:
        case_in(text, DAY, None)
    assert str(found.value) == says


@pytest.mark.parametrize(
    "text", ["[]", "null", '{"child": 1}', '{"children": []}', '{"child": {"id": "a", "id": "b"}}']
)
def test_what_is_no_case_is_refused_as_in_a_file(text: str) -> None:
    with pytest.raises(CaseError):
        case_in(text, DAY, None)


def test_a_header_that_says_the_same_is_fine() -> None:
    assert case_in('{"as_of": "2026-03-02", "locality": "wiltshire"}', DAY, "wiltshire").child is None


def test_another_way_to_write_the_same_instant_is_the_same_day() -> None:
    moment = AsOf.of("2026-03-02T15:00Z")
    for same in ("2026-03-02T15:00+00:00", "2026-03-02T16:00+01:00"):
        assert case_in(f'{{"as_of": "{same}"}}', moment, None).child is None
    for other in ("2026-03-02", "2026-03-02T15:01Z"):
        with pytest.raises(CallError, match="the case says `as_of`"):
            case_in(f'{{"as_of": "{other}"}}', moment, None)
