"""Decision 40, in results: without a locality no number is printed; a contact not checked lately is a problem."""

from pathlib import Path

import pytest

from safeguard_rules import Evaluation
from tests.packs_in_text import action, evaluate, load, recommended, rule, text_of

PIECES = action("call", "contact: front_door"), rule("r", "always", "{should: call}")
PHONE = "01225 718230"


def here(tmp_path: Path, checked: str, as_of: str = "2026-03-02") -> Evaluation:
    local = f"""
        contacts:
          front_door:
            name: The front door
            phone: "{PHONE}"
            hours: {{Friday: 09:00 to 16:00, Monday to Thursday: 09:00 to 17:00}}
            out_of_hours: "0300 000 0000"
            checked_on: {checked}
            cites: [tiny:law/duty]
        """
    return evaluate(load(tmp_path, *PIECES, locality=local), as_of=as_of)


def test_decision_40_the_contact_is_printed_as_the_locality_gives_it(tmp_path: Path) -> None:
    found = here(tmp_path, "2026-02-01")
    contact = recommended(found, "call").contact
    assert contact is not None
    assert (contact.key, contact.phone, contact.hours, contact.out_of_hours, contact.checked_on) == (
        "front_door",
        PHONE,
        "Monday to Thursday 09:00 to 17:00, Friday 09:00 to 16:00",
        "0300 000 0000",
        "2026-02-01",
    )
    text = text_of(found)
    for said in (PHONE, "Monday to Thursday 09:00", "0300 000 0000"):
        assert said in text


def test_decision_40_without_a_locality_no_number_is_printed(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, *PIECES))
    only = recommended(found, "call")
    assert (only.contact, only.contact_key) == (None, "front_door")
    assert found.record.locality is None


@pytest.mark.parametrize(
    ("checked", "as_of", "codes"),
    [
        ("2026-02-01", "2026-03-02", []),
        ("2025-03-03", "2026-03-02", []),
        ("2025-03-01", "2026-03-02", ["contact-stale"]),
        ("null", "2026-03-02", ["contact-not-checked"]),
    ],
)
def test_decision_40_a_contact_that_was_not_checked_lately_is_a_problem(
    tmp_path: Path, checked: str, as_of: str, codes: list[str]
) -> None:
    found = here(tmp_path, checked, as_of)
    assert [(each.code, each.path) for each in found.problems] == [(code, "front_door") for code in codes]
    if codes:
        assert "The front door" in " ".join(each.says for each in found.problems)
