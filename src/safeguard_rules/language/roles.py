"""Who asks and whom a demand addresses: roles and groups of them. Roles group the output and never change it."""

from __future__ import annotations

from types import MappingProxyType
from typing import get_args

from safeguard_rules.case.header import Role as Role

ROLES: tuple[str, ...] = get_args(Role)
GROUPS = MappingProxyType(
    {
        "health": ("health_visitor", "midwife", "gp", "doctor", "paediatrician", "nurse"),
        "doctor": ("gp", "doctor", "paediatrician"),
    }
)
"""Groups that a demand can address; `doctor` is a role and a group."""

ADDRESSES = tuple(dict.fromkeys((*ROLES, *GROUPS)))


def addresses(addressed: tuple[str, ...], role: str | None) -> bool:
    """Whether a demand is for this role; a demand that addresses nobody is for everybody."""
    if not addressed:
        return True
    return role is not None and any(role == each or role in GROUPS.get(each, ()) for each in addressed)


def role_text(role: str) -> str:
    """A role or group as people write it."""
    return {"gp": "GP", "health": "health professionals", "conference_chair": "conference chair"}.get(
        role, role.replace("_", " ")
    )
