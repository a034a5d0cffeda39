"""What Hypothesis calls when it is imported (entry-point group `hypothesis`): `st.from_type(Case)` gives our cases.

The strategies themselves, and the packs, are loaded when such a case is first drawn.
"""

from __future__ import annotations

from hypothesis import strategies as st

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family


def register() -> None:
    """Says what cases and families are made with: the bundled packs, on the day that all strategies take."""
    st.register_type_strategy(Case, lambda _: st.deferred(_cases))
    st.register_type_strategy(Family, lambda _: st.deferred(_families))


def _cases() -> st.SearchStrategy[Case]:
    from safeguard_rules.testing.strategies import bundled, cases

    return cases(bundled())


def _families() -> st.SearchStrategy[Family]:
    from safeguard_rules.testing.strategies import bundled, families

    return families(bundled())
