"""The keys at the top of a case file that are no part of the case: for which day, where, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from safeguard_rules.case.base import CaseModel
from safeguard_rules.values.dates import AsOf

Role = Literal[
    "health_visitor",
    "midwife",
    "gp",
    "doctor",
    "paediatrician",
    "nurse",
    "social_worker",
    "conference_chair",
    "police",
    "early_years",
    "other",
]


@dataclass(frozen=True, slots=True)
class Header:
    """What a case file says of its own evaluation; each may be left out."""

    as_of: AsOf | None = None
    locality: str | None = None
    role: Role | None = None


class HeaderFields(CaseModel):
    """The header as keys of a file."""

    as_of: AsOf | None = Field(default=None, description="The day, or the moment, for which to evaluate the case.")
    locality: str | None = Field(default=None, description="The area whose contacts and rules to use.")
    role: Role | None = Field(default=None, description="Who is asking; groups the answer and never changes it.")

    def header(self) -> Header:
        """The header apart from the case."""
        return Header(self.as_of, self.locality, self.role)
