"""Roles and groups of them."""

import pytest

from safeguard_rules.language.roles import ADDRESSES, GROUPS, ROLES, addresses, role_text


@pytest.mark.parametrize(
    ("addressed", "role", "expected"),
    [
        ((), None, True),
        ((), "police", True),
        (("midwife",), None, False),
        (("midwife",), "midwife", True),
        (("midwife", "police"), "police", True),
        (("health",), "health_visitor", True),
        (("health",), "social_worker", False),
        (("doctor",), "gp", True),
        (("doctor",), "doctor", True),
        (("gp",), "doctor", False),
    ],
)
def test_whom_a_demand_is_for(addressed: tuple[str, ...], role: str | None, expected: bool) -> None:
    assert addresses(addressed, role) is expected


def test_groups_are_made_of_roles() -> None:
    assert all(role in ROLES for group in GROUPS.values() for role in group)
    assert set(ADDRESSES) == {*ROLES, *GROUPS}


def test_roles_as_people_write_them() -> None:
    assert role_text("gp") == "GP"
    assert role_text("health") == "health professionals"
    assert role_text("health_visitor") == "health visitor"
