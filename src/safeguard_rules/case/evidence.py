"""How a fact is known: seen, recorded or told, by whom and when; or why it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator

from safeguard_rules.case.base import CaseModel
from safeguard_rules.reading.one_or_many import OneOrMany
from safeguard_rules.values.dates import When
from safeguard_rules.values.frozen import FrozenMap

Basis = Literal["observed", "recorded", "told_by_carer", "told_by_other"]
WhyUnknown = Literal["not_asked", "declined", "conflicting"]

BASIS = (
    "How it is known: `observed` by a practitioner; `recorded` from somebody's own seeing; `told_by_carer` by a "
    "parent or carer, also if a note holds what they said; `told_by_other`."
)


class Account(CaseModel):
    """One of several accounts of a fact that conflict; it is shown and never tested."""

    value: str = Field(description="What this account says, in its own words.")
    basis: Basis | None = Field(default=None, description=BASIS)
    by: str | None = Field(default=None, description="Who gives this account, such as `mother` or `midwife`.")
    said_on: When | None = Field(default=None, description="When it was given.")


class Dispute(CaseModel):
    """Somebody denies what a practitioner saw or a record holds; the fact stays as it is."""

    by: str = Field(description="Who denies it, such as `mother`.")
    said_on: When | None = Field(default=None, description="When they said so.")


class Evidence(CaseModel):
    """How one fact is known, or why it is not."""

    from_python_only = True  # `listed` comes before it

    basis: Basis | None = Field(default=None, description=BASIS)
    by: str | None = Field(default=None, description="Who saw, recorded or told it, such as `health visitor`.")
    known_on: When | None = Field(default=None, description="Since when it is known.")
    why: WhyUnknown | None = Field(
        default=None, description="Why the fact is not known; only for a fact that has no value."
    )
    accounts: tuple[Account, ...] = Field(
        default=(), description="The accounts that conflict; only with `why: conflicting`."
    )
    disputed: OneOrMany[Dispute] = Field(
        default=(), description="Who denies what was seen or recorded, and when; the fact keeps its value."
    )

    @field_validator("disputed", mode="before")
    @classmethod
    def _one_dispute_needs_no_list(cls, given: Any) -> Any:
        return (given,) if isinstance(given, Mapping | Dispute) else given


EvidenceOf = FrozenMap[str, OneOrMany[Evidence]]
"""Evidence by the path of the fact; one entry may stand without a list around it."""


def listed(given: Any) -> Any:
    """Evidence by path with a tuple for each path, where one entry or a list may be given."""
    if not isinstance(given, Mapping):
        return given
    return {path: _tuple(found) for path, found in given.items()}


def _tuple(found: Any) -> Any:
    if isinstance(found, list):
        return tuple(found)
    return (found,) if isinstance(found, Mapping | Evidence) else found
