"""Writes `docs/coverage.md` and `docs/coverage-of-sources.md`: what became of every statement of every source.

python tools/coverage_page.py
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from safeguard_rules.packs.coverage import Coverage, of_sources, without_sources
from safeguard_rules.reports.coverage_markdown import compact_sections, detailed_sections, listed_totals
from safeguard_rules.testing.covering import cover

DOCS = Path(__file__).parents[1] / "docs"
FOUNDING = ("wiltshire-under-1s", "stoke-thematic-review")
"""The two documents that this project stands on."""

_WRITTEN = "<!-- Written by tools/coverage_page.py from the packs and their cases. Change those, not this page. -->"

_FOUNDING = f"""\
# Coverage

{_WRITTEN}

What the guidance says, statement by statement, and what became of each statement here. Nothing of the two documents
that this project stands on is left out: Wiltshire's page on unborn babies and under ones, and Stoke-on-Trent's guide to
its review of under ones. Both come first, in full, then the rules that carry them with the cases that test these rules.
[Every other source](coverage-of-sources.md) has a page of its own.

Statements are in our own words; the place tells where to read the original. A draft pack is a draft: that a rule
carries a statement says that somebody tried, not that a safeguarding lead has agreed.

| what became of it | means |
| --- | --- |
| carried | a rule asks for it: the rule cites it, or the action that it recommends does, or what stands between them |
| signposted | a rule points to it, always besides what protects the child, never in its place |
| left to people | nothing that rules could check; the reason is given |
| not yet | no rule carries it so far; the reason is given |
| withdrawn | it holds no longer; the reason is given |
| not accounted for | nobody has said what became of it; `safeguard-rules coverage` then fails |

Cases are told by what they expect of the rule: that it applies, that it does not apply, or that it is not known. By way
of something means that a rule does not cite the statement itself: it reads a definition, a threshold or a contact that
does. How well a source is known is part of the account: what was read in full, in part, second-hand, or not at all.

## All sources together
"""

_OTHERS = f"""\
# Coverage of sources

{_WRITTEN}

Every source but the two that [the first page](coverage.md) has in full, each with one line for each of its statements.
The words are explained there. A source of force `proposal` is no guidance: it says what a pack chose by itself, and
why. Where several rules carry a statement by way of one thing, they are counted; `safeguard-rules coverage SOURCE`
names them, and the cases that test them.
"""


def pages() -> dict[Path, str]:
    """Both pages, by their file."""
    return {
        DOCS / "coverage.md": _founding(_whole()),
        DOCS / "coverage-of-sources.md": _others(_whole()),
    }


@cache
def _whole() -> Coverage:
    return cover()


def _founding(whole: Coverage) -> str:
    founding = of_sources(whole, FOUNDING)
    return "\n".join([_FOUNDING, *listed_totals(whole), "", *detailed_sections(founding)]).rstrip() + "\n"


def _others(whole: Coverage) -> str:
    return "\n".join([_OTHERS, *compact_sections(without_sources(whole, FOUNDING))]).rstrip() + "\n"


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8", newline="\n")
