"""What `new` writes: packs, rules, sources and localities that check at once, with nothing in them that is invented.

All that has to be replaced says EXAMPLE, and cites a proposal of the authors that says the same. The texts stand here
and not in files of their own, so that they are tested with the code that writes them; they are the same on every day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from safeguard_rules.packs.files import CASES, MAIN, RULES
from safeguard_rules.source import Text

Files = Mapping[str, str]
"""The text of each file, by its path below the folder that it is written to."""

MARKS = ("EXAMPLE, to be replaced", "Replace this example")
"""Words that stand wherever something of a skeleton has not been replaced so far."""

FIRST_RULE = "example"
"""The id of the rule in a new pack."""

_PLAIN = re.compile(r"[A-Za-z][\w/.-]*(?: [\w/(][\w/().-]*)*")
"""Words that YAML reads as they stand, wherever they stand."""

_PACK = """\
# A pack says what is recommended, when, and on whose word. Lines that start with # are notes for you: take them out
# when you no longer need them. The page on the pack language (docs/language.md) explains every key, and the tutorial
# (docs/tutorial.md) goes through a whole pack.
language: 1
pack: <ID>
title: <TITLE>
version: 0.1.0                # yours to raise; a result also carries a digest of what stands here
status: draft                 # until a qualified safeguarding lead has reviewed it: `safeguard-rules sign-off`
uses: [guidance]              # the packs whose sources and actions can be named here
about: >-
  EXAMPLE, to be replaced: what this pack covers, and what it leaves out.
"""

_RULE = """\
# A rule says when something is recommended, and what. It only ever adds: no rule takes another's action back.
language: 1

actions:
  <ID>:
    do: Replace this example (<ID>) with what somebody is to do
    about: child              # or the singular of a list: person, injury, sharing
    kind: record              # protect if left out; or record, ask, advise, signpost
    cites: [<CITES>]

rules:
  <ID>:
    title: EXAMPLE, to be replaced by what the rule is called (<ID>)
    # The vocabulary (docs/vocabulary.md) lists the facts. Ask of each: what if nobody knows? The rule then stays open,
    # and the question is asked.
    when: {case.support_needs: {includes: feeding}}
    # must, should, consider, must_not or should_not: as strong as the source, and no stronger.
    then:
      - {consider: <ID>}
    because: EXAMPLE, to be replaced by one plain sentence for a practitioner.
    # Who says so, as source/statement.
    cites: [<CITES>]
"""

_CASES = """\
# Made-up children: one for whom the rule applies, one for whom it does not, one of whom nobody knows.
# Never use a real case, not even without names.
language: 1
cases:
  - title: EXAMPLE, to be replaced (<ID> applies)
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born}
      support_needs: [feeding]
    expect:
      findings: {<ID>: {applies: [child]}}
      actions: {consider: [<ID>]}
  - title: EXAMPLE, to be replaced (<ID> does not apply)
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born}
      support_needs: []       # somebody asked, and it is none of these
    expect:
      findings: {<ID>: {does_not_apply: [child]}}
      no_actions: [<ID>]
  - title: EXAMPLE, to be replaced (nobody has asked)
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born}
    expect:
      findings: {<ID>: {undetermined: [child]}}
      questions: [case.support_needs]
"""

_SOURCE = """\
# The register of one document: what it is, and every statement that it makes about your subject, in your own words.
# Never copy sentences. A statement that no rule can carry stays here, and says why: left_to_people, or not_yet.
language: 1
source: <ID>
title: EXAMPLE, to be replaced by the title of the document
publisher: the authors of this pack
url: null                     # where it can be read, if anywhere
force: proposal               # statute, statutory guidance, national guidance, local policy, learning from a review,
#                               research evidence, charity advice; proposal: no guidance says it, only this pack does
known: read in full           # as it is: read in full, read in part, second-hand, unverified
note: An example to be replaced. No guidance says this.
# area: <the area's id>       # for local policy: whose policy it is
statements:
  <STATEMENT>:
    at: Nowhere so far
    says: EXAMPLE, to be replaced. No guidance says this.
"""

_NOT_YET = (
    "    not_yet: An example that no rule carries.       # take this line out once a rule is to cite the statement\n"
)

_LOCALITY = """\
# An area: whom to contact, and what is different there. It can only ask for more; what asks for less needs a waiver.
language: 1
locality: <ID>
title: <TITLE>
version: 0.1.0
status: draft
uses: [guidance, <ID>-sources]          # add each pack that you carry further, such as non-mobile-injury

contacts:
  front_door:
    name: EXAMPLE, to be replaced by the name of the front door
    phone: null                         # in quotation marks: "01632 960001"; null: no number is printed
    hours: null                         # by days: {Monday to Thursday: 09:00 to 17:00}; null: nobody has given hours
    out_of_hours: null
    url: null
    checked_on: null                    # the day on which somebody last saw that all this is right
    cites: [<ID>-contacts/front-door]

# What else an area may say is on the page of the pack language, under Localities: carries, adopts, widens, narrows,
# moves, waivers.
"""

_LOCAL_CASES = """\
# Made-up children of this area. Never use a real case, not even without names.
language: 1
cases:
  - title: EXAMPLE, to be replaced (as long as nobody has checked the contacts, every result says so)
    as_of: 2026-03-02
    given:
      child: {id: baby, stage: born}
    expect:
      problems: [contact-not-checked]
"""

_SOURCES_PACK = """\
# What the area has written itself: a locality has no sources of its own, so they stand in a pack that it uses.
language: 1
pack: <ID>-sources
title: <SOURCES>
version: 0.1.0
status: draft
"""


def pack_skeleton(id_: str, title: str) -> Files:
    """A pack with one rule, its three cases, and a register with the one statement that all of it cites."""
    return {MAIN: _filled(_PACK, ID=id_, TITLE=_text(title)), **rule_skeleton(FIRST_RULE)}


def rule_skeleton(id_: str, cites: Sequence[str] = ()) -> Files:
    """A rule with its action and three cases; without citations it brings a register of its own, with a placeholder."""
    source = f"{id_}-placeholder"
    cited = ", ".join(map(_text, cites)) or f"{source}/placeholder"
    files = {
        f"{id_}{RULES}": _filled(_RULE, ID=id_, CITES=cited),
        f"{id_}{CASES}": _filled(_CASES, ID=id_),
    }
    return files if cites else {**files, f"sources/{source}.yaml": _source(source, "placeholder")}


def source_skeleton(id_: str) -> Files:
    """A register with one statement that no rule carries so far, and that says so."""
    return {f"sources/{id_}.yaml": _source(id_, "first") + _NOT_YET}


def locality_skeleton(id_: str, title: str) -> Files:
    """A locality with one contact that nobody has checked, its case, and a pack for its sources."""
    names = {"ID": id_, "TITLE": _text(title), "SOURCES": _text(f"Sources of {title}")}
    register = _source(f"{id_}-contacts", "front-door")
    return {
        f"{id_}.yaml": _filled(_LOCALITY, **names),
        f"{id_}{CASES}": _LOCAL_CASES,
        f"{id_}-sources/{MAIN}": _filled(_SOURCES_PACK, **names),
        f"{id_}-sources/sources/{id_}-contacts.yaml": register,
    }


def left_over(texts: Iterable[Text]) -> tuple[tuple[str, int], ...]:
    """The lines of some files, by file and number, in which an example is still to be replaced."""
    return tuple(
        (text.name, number)
        for text in texts
        for number, line in enumerate(text.lines(), start=1)
        if any(mark in line for mark in MARKS)
    )


def _source(id_: str, statement: str) -> str:
    return _filled(_SOURCE, ID=id_, STATEMENT=statement)


def _filled(text: str, **names: str) -> str:
    for name, value in names.items():
        text = text.replace(f"<{name}>", value)
    return text


def _text(written: str) -> str:
    """A text as YAML reads it back."""
    is_plain = _PLAIN.fullmatch(written) and written not in ("true", "false", "null")
    return written if is_plain else json.dumps(written, ensure_ascii=False)
