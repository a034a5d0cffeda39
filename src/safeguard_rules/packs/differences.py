"""What is different between two states of packs, in words, and whether it asks for more or for less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["asks for less", "cannot be said", "asks for more", "asks the same", "wording only"]
"""What a difference does to what is asked for. `asks the same`: it changes no demand of any case, as citations do;
`cannot be said`: no structure shows the direction, so a person has to read both; `wording only`: texts for people."""

LESS: Effect = "asks for less"
UNCLEAR: Effect = "cannot be said"
MORE: Effect = "asks for more"
SAME: Effect = "asks the same"
WORDING: Effect = "wording only"

EFFECTS: tuple[Effect, ...] = (LESS, UNCLEAR, MORE, SAME, WORDING)
"""All of them, what is to be looked at first before the others."""

DifferenceKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of what sort it is (`rule`, `demand`, `statement`), its name, and which part of it.

    `part` is empty where the whole was added or removed. `before` and `after` are how it reads; None is not there.
    `details` say which parts of a condition came or went. `loses_must` marks a `must` or `must_not` that is gone.
    """

    pack: str
    sort: str
    name: str
    part: str
    kind: DifferenceKind
    effect: Effect
    before: str | None
    after: str | None
    details: tuple[str, ...] = ()
    loses_must: bool = False


@dataclass(frozen=True, slots=True)
class PackDifference:
    """One pack or locality on both sides: its versions, None where it is not there, and whether it means the same."""

    id: str
    kind: str
    before: str | None
    after: str | None
    same_meaning: bool
    differences: tuple[Difference, ...]
