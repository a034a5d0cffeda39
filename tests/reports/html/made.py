"""A small pack with two areas over it, in which there is some of everything that pages tell, and what reads pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.testing.documenting import documented
from safeguard_rules.values.dates import AsOf
from tests.packs_in_text import TODAY, no_bundled_packs, section, write_locality, write_pack

PIECES = (
    section(
        "actions",
        """
        tell: {do: Tell the nurse, details: In person., contact: nurse, after: [act], cites: [law/duty]}
        hush:
          do: Tell the neighbours
          never_with: [{action: tell, cites: [law/duty]}]
          cites: [law/duty]
        """,
    ),
    section(
        "parameters",
        """
        enough:
          - {value: 2, to: 2025-12-31, cites: [law/duty]}
          - {value: 3, from: 2026-01-01, cites: [advice/tip]}
        """,
    ),
    section(
        "definitions",
        """
        cold:
          of: child
          reads: the child is cold
          when: {child.seriously_ill_or_hurt: true}
          while_unknown: {value: true, cites: [ours/choice]}
          variants:
            worried:
              reads: there is a worry
              when: {any: [{child.seriously_ill_or_hurt: true}, {child.movements: {is: []}}]}
              cites: [advice/tip]
          cites: [law/duty]
        recorded:
          of: injury
          reads: the mark was recorded
          when: {injury.matches_record: true}
          while_unknown: {value: false, as: exception, cites: [ours/choice]}
          cites: [law/duty]
        """,
    ),
    section(
        "rules",
        """
        report:
          - title: Tell of a cold baby
            rows: [T-1]
            when: cold
            then:
              - {must: tell, how: by phone, within: {time: 2 days, basis: proposed, cites: [ours/choice]}}
              - {should_not: hush, for: [gp]}
            because: Cold harms.
            from: 2026-01-01
            cites: [law/duty]
          - title: Tell of a baby who was cold
            when: {all: [cold, {not: {some: {of: concern}}}]}
            then: [{should: tell}]
            because: Cold harmed.
            to: 2025-12-31
            cites: [advice/tip]
        marks:
          title: Look at every mark
          for_each: injury
          when: {all: [{not: recorded}, {injury.kind: [bruise, burn_or_scald]}]}
          then: [{consider: act}]
          because: Marks tell.
          cites: [law/duty]
        many:
          title: Many worries
          when: {count: {of: concern, is: {at_least: enough}}}
          then: [{should: act, within: {time: at once, basis: sourced, cites: [law/duty]}}]
          because: Worries add up.
          cites: [advice/tip]
        later:
          title: Next year
          when: always
          then: [{consider: act}]
          because: It is a law by then.
          from: 2027-01-01
          cites: [law/duty]
        """,
    ),
)
CASES = """
language: 1
cases:
  - title: a cold baby with two marks
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born, seriously_ill_or_hurt: true}
      injuries:
        - {id: arm, label: the mark on the arm, kind: bruise, matches_record: false}
        - {id: leg, kind: bruise, matches_record: true}
      concerns: [{id: one}]
    expect:
      findings: {report: applies, many: does_not_apply, marks: {applies: [arm], does_not_apply: [leg]}}
  - title: a baby of whom little is known
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born}, incomplete: [concerns], concerns: [{id: one, label: the first worry}]}
    expect:
      findings:
        report: {applies: [child], as_precaution: [cold]}
        many: undetermined
        marks: {undetermined: ["?"]}
  - title: a warm baby without a mark
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: false}, injuries: []}
    expect: {findings: {report: does_not_apply, marks: {does_not_apply: [none]}}}
"""
HERE = """
contacts:
  nurse: {name: The nurse, phone: 01632 960 000, url: "https://example.org/nurse", cites: [law/duty]}
carries:
  report: {must: act, how: in person, cites: [law/duty]}
adopts:
  cold: {variant: worried, cites: [advice/tip]}
moves:
  enough: {value: 1, cites: [advice/tip]}
rules:
  here-too:
    title: Here too
    when: cold
    then: [{should: tell}]
    because: There is a reason.
    cites: [advice/tip]
"""
THERE = """
contacts:
  nurse: {name: The other nurse, checked_on: 2026-02-01, cites: [law/duty]}
adopts:
  cold: {not_known: Nobody has read it, cites: [ours/choice]}
narrows:
  recorded: {and_only_if: {injury.kind: bruise}, reads: the mark is a bruise, cites: [advice/tip]}
waivers:
  - waives: enough
    instead: Five worries, for a trial
    value: 5
    from: 2026-01-01
    to: 2026-12-31
    decided_by: the board of There
    because: Too many were called.
    cites: [advice/tip]
"""
DAY = AsOf.of(TODAY)


def write_small(folder: Path) -> tuple[Path, Path, Path]:
    """The small pack and the two areas, as files."""
    home = write_pack(folder, *PIECES)
    (home / "tiny.cases.yaml").write_text(CASES.lstrip(), encoding="utf-8")
    there = write_locality(folder, THERE, "there")
    there.write_text(there.read_text(encoding="utf-8").replace("title: Here", "title: There"), encoding="utf-8")
    return home, write_locality(folder, HERE), there


def small(folder: Path, as_of: AsOf = DAY) -> Documented:
    """What pages tell of the small pack and the two areas."""
    home, *areas = write_small(folder)
    return documented([home], areas, as_of=as_of, plugins=no_bundled_packs())


# --- reading pages

VOID = {"br", "input", "link", "meta"}


@dataclass
class Read(HTMLParser):
    """A page as a strict reader finds it: its links, ids, headings and text, and every slip in its tags."""

    links: list[tuple[str, str]] = field(default_factory=list)
    """The tag and the address of everything that leads or loads."""
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    text: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.slips.append(f"<{tag}> has an attribute twice")
        self.tags.append(tag)
        self.links += [(tag, given[name] or "") for name in ("href", "src", "action") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag in ("div", "ul", "section", "dl", "table", "p") and "p" in self._open:
            self.slips.append(f"<{tag}> stands in <p>")
        if tag == "li" and self._open[-1] not in ("ul", "ol"):
            self.slips.append(f"<li> stands in <{self._open[-1]}>")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.slips.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text += data

    @classmethod
    def page(cls, content: bytes) -> Read:
        """A page, read to its end."""
        read = cls()
        read.feed(content.decode("utf-8"))
        read.close()
        read.slips += [f"<{tag}> is not closed" for tag in read._open]
        read.text = " ".join(read.text.split())
        return read


def read_pages(site: Mapping[str, bytes]) -> dict[str, Read]:
    """Every page of a site, read."""
    return {path: Read.page(content) for path, content in site.items() if path.endswith(".html")}
