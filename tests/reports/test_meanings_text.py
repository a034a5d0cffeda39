"""The forms of what areas mean differently: which way they are used, what adopting one takes, who has one."""

from pathlib import Path

import pytest

from safeguard_rules.engine.rulebook import Rulebook, day_of
from safeguard_rules.packs.files import PackFiles, read_locality
from safeguard_rules.reports.lines import plain
from safeguard_rules.reports.meanings_text import OfferedMeaning, meanings_lines, meanings_tree, offered_meanings
from safeguard_rules.source import Issue
from tests.packs_in_text import CITED, TODAY, definition, load, rule, write_locality

VARIANTS = f"""
variants:
  wide: {{reads: is wide, when: {{child.movements: {{includes_any: [crawls, walks, sits]}}}}, {CITED}}}
  tight: {{reads: is tight, when: {{child.movements: {{includes: walks}}}}, {CITED}}}
"""
D = definition("d", "{child.movements: {includes_any: [crawls, walks]}}", more=VARIANTS)
ADOPTS = f"contacts: {{}}\nadopts:\n  d: {{variant: wide, {CITED}}}\n"
NOT_KNOWN = f"contacts: {{}}\nadopts:\n  tiny:d: {{not_known: Nobody has read it, {CITED}}}\n"
WAIVES = (
    "contacts: {}\nwaivers:\n  - {waives: d, instead: Less, adopts: tight, from: 2026-01-01, to: 2026-12-31, "
    f"decided_by: nobody, because: A test., {CITED}}}\n"
)


def read(folder: Path, text: str, name: str) -> PackFiles:
    issues: list[Issue] = []
    found = read_locality(write_locality(folder, text, name), f"{name}.yaml", issues)
    assert found is not None
    assert issues == []
    return found


def offered(book: Rulebook, *localities: PackFiles) -> tuple[OfferedMeaning, ...]:
    return offered_meanings(book.content, localities, day_of(TODAY))


def printed(book: Rulebook, *localities: PackFiles) -> str:
    day = day_of(TODAY)
    return plain(meanings_lines(offered(book, *localities), book.program(day).wording, day))


@pytest.mark.parametrize(
    ("when", "used", "free"),
    [
        ("d", "plainly, so a wider form asks for more", ["wide"]),
        ("{not: d}", "under `not`, so a narrower form asks for more", ["tight"]),
        ("{all: [d, {not: d}]}", "both plainly and under `not`, so every other form needs a waiver", []),
    ],
)
def test_what_adopting_a_form_takes_follows_from_its_use(when: str, used: str, free: list[str], tmp_path: Path) -> None:
    book = load(tmp_path, D, rule("r", when))
    (meaning,) = offered(book)
    assert [(each.form.form, each.adopting) for each in meaning.forms] == [
        ("national", "shared"),
        ("tight", "free" if "tight" in free else "waiver"),
        ("wide", "free" if "wide" in free else "waiver"),
    ]
    text = printed(book)
    assert f"  The rules use it {used}.\n" in text
    assert text.count("may be adopted freely: it never asks for less than the shared form") == len(free)
    assert text.count("needs a waiver: it may ask for less than the shared form") == 2 - len(free)


def test_what_localities_say_is_listed(tmp_path: Path) -> None:
    book = load(tmp_path, D, rule("r", "d"))
    areas = [read(tmp_path, text, name) for name, text in (("a", ADOPTS), ("b", NOT_KNOWN), ("c", WAIVES))]
    text = printed(book, *areas)
    assert (
        "  Localities that say which form is theirs\n"
        "  - Here (a): the form wide\n"
        "  - Here (b): not known, so the shared form holds. Nobody has read it\n"
        "  - Here (c): the form tight, by a waiver\n"
    ) in text
    tree = meanings_tree(offered(book, *areas), book.program(day_of(TODAY)).wording, day_of(TODAY))
    assert tree["as_of"] == TODAY
    (found,) = tree["definitions"]  # type: ignore[misc]
    assert [(each["id"], each["form"], each["waived"]) for each in found["localities"]] == [  # type: ignore[has-type]
        ("a", "wide", False),
        ("b", None, False),
        ("c", "tight", True),
    ]


def test_a_definition_with_one_form_and_nothing_left_out_is_not_listed(tmp_path: Path) -> None:
    assert offered(load(tmp_path, definition("d", "always"), rule("r", "d"))) == ()
