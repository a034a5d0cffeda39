"""The words that packs may write for how binding, how well known, how far reviewed and what kind something is."""

from __future__ import annotations

from typing import Literal

Force = Literal[
    "statute",
    "statutory guidance",
    "national guidance",
    "local policy",
    "learning from a review",
    "research evidence",
    "charity advice",
    "proposal",
]
"""How binding a source is, the strongest first."""

Known = Literal["read in full", "read in part", "second-hand", "unverified"]
"""How well a source or a statement of it is known to the pack's authors."""

Obligation = Literal["must", "should", "consider", "must_not", "should_not"]
NEGATIVE: tuple[Obligation, ...] = ("must_not", "should_not")
"""The obligations not to do something."""
Status = Literal["draft", "reviewed", "withdrawn"]
Stage = Literal["unborn", "born", "has_died"]
Basis = Literal["sourced", "proposed"]
ActionKind = Literal["protect", "record", "ask", "advise", "signpost"]
