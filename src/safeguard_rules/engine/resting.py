"""Why a rule does not speak: another time, or another area."""

from __future__ import annotations

from datetime import date

from safeguard_rules.engine.program import here
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import Rule
from safeguard_rules.results import NotInForce


def resting(rule: Rule, day: date, locality: str | None) -> NotInForce:
    """A rule that does not speak on a day or in an area, with the reason."""
    today = in_force(rule.forms, day)
    title = (today or rule.forms)[0].title
    if today and not here(today[0], locality):
        areas = " or ".join(today[0].areas)
        if locality is None:
            return NotInForce(rule.name, title, "area_not_known", f"for {areas}; no area was given")
        return NotInForce(rule.name, title, "other_area", f"for {areas}")
    starts = [form.start for form in rule.forms if form.start is not None and form.start > day]
    if starts:
        return NotInForce(rule.name, title, "not_yet", f"from {min(starts)}")
    ends = [form.end for form in rule.forms if form.end is not None]
    return NotInForce(rule.name, title, "no_longer", f"until {max(ends)}" if ends else "no longer")
