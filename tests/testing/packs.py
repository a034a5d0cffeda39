"""A tiny pack with cases beside its rules, for the tests of what runs them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from safeguard_rules.testing.runner import CaseRun, CaseRunner, CaseSet
from tests.packs_in_text import (
    Piece,
    action,
    assumed,
    definition,
    no_bundled_packs,
    parameter,
    rule,
    write_locality,
    write_pack,
)

PIECES = (
    parameter("enough", "2"),
    definition("cold", "{child.seriously_ill_or_hurt: true}", more=assumed("true")),
    rule("r", "{all: [cold, {some: {of: concern}}]}"),
    rule("each", "{injury.kind: bruise}", "{should: look}, {consider: note}", "for_each: injury"),
    rule("many", "{count: {of: concern, is: {at_least: enough}}}", "{consider: act}"),
    action("look"),
    action("note"),
)

GOOD = """
language: 1
cases:
  - title: ill, and somebody is worried
    as_of: 2026-03-02
    shows: [trap-1]
    given:
      child: {id: baby, stage: born, seriously_ill_or_hurt: true}
      concerns: [{id: a}, {id: b}]
      injuries: [{id: arm, kind: bruise}, {id: leg, kind: fracture}, {id: toe}]
    expect:
      findings:
        r: applies
        each: {applies: [arm], does_not_apply: [leg], undetermined: [toe]}
        many: {applies: [child]}
      actions: {should: [act, look], consider: [act, note]}
      questions: ["injuries[toe].kind"]
      no_questions: [concerns]
      conflicts: []
      says: [do look]
      never_says: [no concern]
  - title: not ill, and one worry
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born, seriously_ill_or_hurt: false}
      concerns: [{id: a}]
      injuries: []
    expect:
      findings: {r: does_not_apply, each: {does_not_apply: [none]}, many: {does_not_apply: [child]}}
      no_actions: [act, look]
  - title: a worry, and nobody has said whether the child is ill
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born}
      concerns: [{id: a}]
      incomplete: [concerns]
    expect:
      findings: {r: {applies: [child], as_precaution: [cold]}, many: {undetermined: [child]}}
      questions: [child.seriously_ill_or_hurt, concerns]
  - title: nothing is known
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born}}
    expect:
      findings: {r: {undetermined: [child]}, each: {undetermined: ["?"]}}
"""


def runner() -> CaseRunner:
    """A runner that knows no pack but the one it is given."""
    return CaseRunner(no_bundled_packs())


CONTACTS = """
contacts:
  door:
    name: The door
    phone: "01632 960001"
    hours: {Monday to Friday: 09:00 to 17:00}
    out_of_hours: "01632 960002"
    cites: [law/duty]
  gate: {name: The gate, phone: "01632 960003", cites: [law/duty]}
  desk: {name: The desk, hours: {Monday: 09:00 to 17:00}, cites: [law/duty]}
"""
"""Of a locality in whose cases the number for the hour is expected."""


def local_case(folder: Path, expect: str, as_of: str = "2026-03-02T10:00Z") -> CaseSet:
    """One case of a locality with a door, which is open at that hour, and a gate without hours; read."""
    home = write_pack(
        folder,
        rule("each", "{injury.kind: bruise}", "{should: look}, {should: note}", "for_each: injury"),
        rule("never", "never", "{should: write}"),
        action("look", "contact: door"),
        action("note", "contact: gate"),
        action("write", "contact: desk"),
    )
    place = write_locality(folder, CONTACTS)
    text = one_case(expect, "injuries: [{id: arm, kind: bruise}]").replace("as_of: 2026-03-02", f"as_of: {as_of}")
    (folder / "here.cases.yaml").write_text(text, encoding="utf-8")
    plugins = replace(no_bundled_packs(), packs=(("tests", home),), localities=(("tests", place),))
    return CaseRunner(plugins).read("here")


def folder_with(folder: Path, cases: str, *pieces: Piece) -> Path:
    """A pack in a folder with these cases beside its rules."""
    home = write_pack(folder, *(pieces or PIECES))
    (home / "tiny.cases.yaml").write_text(cases.lstrip(), encoding="utf-8")
    return home


def read(folder: Path, cases: str = GOOD, *pieces: Piece) -> CaseSet:
    """The cases of a pack, read."""
    return runner().read(folder_with(folder, cases, *pieces))


def run(folder: Path, cases: str = GOOD, *pieces: Piece) -> CaseRun:
    """The cases of a pack, run."""
    return read(folder, cases, *pieces).run()


def one_case(expect: str, given: str = "", more: str = "") -> str:
    """A cases file with one case; `expect` and `given` are written in flow style."""
    inside = f"child: {{id: baby, stage: born}}, {given}" if given else "child: {id: baby, stage: born}"
    return (
        f"language: 1\ncases:\n  - title: one\n    as_of: 2026-03-02\n{more}"
        f"    given: {{{inside}}}\n    expect: {{{expect}}}\n"
    )
