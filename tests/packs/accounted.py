"""A tiny pack with a statement of every fate, and its cases: what the tests of the account stand on."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from safeguard_rules.packs.coverage import Coverage, StatementAccount
from safeguard_rules.testing.covering import cover
from tests.packs_in_text import Piece, no_bundled_packs, section, write_locality, write_pack

POLICY = """
language: 1
source: policy
title: A policy
publisher: A partnership
url: https://example.org/policy
published: March 2026
force: local policy
known: read in part
area: here
note: The second page was not read.
statements:
  zebra: {at: page 1, says: Report it., obliges: must, from: 2026-01-01, to: 2027-12-31}
  told: {at: page 1, says: Tell the nurse., known: read in full}
  meaning: {at: page 2, says: A cold baby is one that is ill.}
  form: {at: page 2, says: Elsewhere a cold baby is one with a worry.}
  unknown: {at: page 2, says: Until known it is taken as cold.}
  number: {at: page 2, says: Two are enough.}
  leaflet: {at: page 3, says: There is a leaflet.}
  for-mothers: {at: page 3, says: The leaflet is for a baby's mother.}
  phone: {at: page 3, says: The number is 01632 960 000.}
  idle: {at: page 4, says: Sing to the baby.}
  nobody: {at: page 4, says: Nobody looked at this.}
  background: {at: page 5, says: Babies are small., left_to_people: Background.}
  later: {at: page 5, says: Weigh the baby., not_yet: There is no fact for it.}
  old: {at: page 5, says: Weigh the baby twice., withdrawn: The page has changed.}
"""
PIECES = (
    section(
        "actions",
        """
        tell: {do: Tell the nurse, details: In person., contact: nurse, cites: [policy/told]}
        show-leaflet: {do: Show the leaflet, kind: signpost, cites: [policy/leaflet]}
        sing: {do: Sing to the baby, cites: [policy/idle]}
        """,
    ),
    section("parameters", "enough: {value: 2, cites: [policy/number]}"),
    section(
        "definitions",
        """
        cold:
          of: child
          reads: the child is cold
          when: {child.seriously_ill_or_hurt: true}
          while_unknown: {value: true, cites: [policy/unknown]}
          variants:
            worried: {reads: there is a worry, when: {some: {of: concern}}, cites: [policy/form]}
          cites: [policy/meaning]
        has_mother:
          of: child
          reads: the child has a mother
          when: {some: {of: person, where: {person.relation: mother}}}
          cites: [policy/for-mothers]
        """,
    ),
    section(
        "rules",
        """
        report:
          title: Report a cold baby
          when: cold
          then: [{should: tell}]
          because: There is a reason.
          from: 2026-01-01
          to: 2027-12-31
          cites: [policy/zebra]
        many-worries:
          title: Many worries
          when: {count: {of: concern, is: {at_least: enough}}}
          then: [{should: act, within: {time: at once, basis: proposed, cites: [ours/choice]}}]
          because: There is a reason.
          cites: [law/duty]
        leaflet:
          title: The leaflet for mothers
          when: has_mother
          then: [{consider: show-leaflet}]
          because: There is a reason.
          cites: [advice/tip]
        """,
    ),
)
CASES = """
language: 1
cases:
  - title: a cold baby
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: true}, concerns: []}
    expect: {findings: {report: applies, many-worries: does_not_apply}}
  - title: a warm baby
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: false}}
    expect: {findings: {report: {does_not_apply: [child]}, many-worries: {undetermined: [child]}}}
  - title: too early
    as_of: 2025-03-02
    given: {child: {id: baby, stage: born}}
    expect: {findings: {report: not_in_force}}
"""
HERE = """
contacts:
  nurse: {name: The nurse, phone: 01632 960 000, cites: [policy/phone]}
carries:
  report: {must: tell, how: by phone, cites: [policy/zebra]}
adopts:
  cold: {not_known: Nobody knows, cites: [ours/choice]}
rules:
  here-too:
    title: Here too
    when: cold
    then: [{should: tell}]
    because: There is a reason.
    cites: [policy/told]
"""
LOCAL_CASES = """
language: 1
cases:
  - title: a cold baby here
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: true}}
    expect: {findings: {here-too: applies, report: applies}}
"""


def write(folder: Path, *pieces: Piece, cases: str = CASES) -> Path:
    """The pack in a folder, with its register and its cases."""
    home = write_pack(folder, *(pieces or PIECES))
    (home / "sources" / "policy.yaml").write_text(POLICY.lstrip(), encoding="utf-8")
    (home / "tiny.cases.yaml").write_text(cases.lstrip(), encoding="utf-8")
    return home


def write_here(folder: Path) -> Path:
    """The locality over it, with its cases."""
    (folder / "here.cases.yaml").write_text(LOCAL_CASES.lstrip(), encoding="utf-8")
    return write_locality(folder, dedent(HERE))


def covered(folder: Path, *, local: bool = False) -> Coverage:
    """The account of the pack, with the locality over it or without."""
    areas = [write_here(folder)] if local else []
    return cover([write(folder)], areas, plugins=no_bundled_packs())


def statement(coverage: Coverage, id_: str, source: str = "policy") -> StatementAccount:
    """The account of one statement."""
    found = (each for each in coverage.sources if each.source == source)
    return next(each for each in next(found).statements if each.id == id_)
