"""Every citation, every statement that something cites and every definition that something reads is needed.

A demand may leave its own citations to its rule, so those alone may be missing. All else is taken out, each on its
own, from every bundled pack and locality, and loading fails with an error at each line that needed it (acceptance 3;
promise 2).
"""

from collections.abc import Iterator

import pytest

from safeguard_rules.language.tree import Condition, Use, walk
from safeguard_rules.packs.checking import meanings
from safeguard_rules.packs.content import Content
from safeguard_rules.reading.nodes import MapNode
from safeguard_rules.source import Issue
from tests.packs.removing import (
    LOCALITIES,
    Line,
    Path,
    chosen,
    cited_lines,
    cites_of,
    files_of,
    issues_without,
    loaded,
    pack_ids,
)

CITED = cited_lines()


def line(issue: Issue) -> Line:
    return issue.place.text.name, issue.place.line


def rests_on_the_rule(path: Path) -> bool:
    """Whether a list of citations is a demand's own, without which the demand has those of its rule."""
    return path[0] == "rules" and path[-3] == "then"


@pytest.mark.parametrize("pack", [pack for pack in pack_ids() if pack not in LOCALITIES])
def test_a_demand_without_citations_of_its_own_has_those_of_its_rule(pack: str) -> None:
    own = [cites for cites in cites_of(pack) if rests_on_the_rule(cites.path)]
    issues = [issues_without(pack, cites.part, cites.path, cites.locality) for cites in own]
    assert [each for found in issues for each in found] == []


@pytest.mark.parametrize("pack", pack_ids())
def test_no_list_of_citations_can_be_left_out(pack: str) -> None:
    everything = list(cites_of(pack))
    assert everything
    spare: list[str] = []
    for cites in everything:
        if rests_on_the_rule(cites.path):
            continue
        issues = issues_without(pack, cites.part, cites.path, cites.locality)
        if cites.line not in {line(issue) for issue in issues}:
            spare.append(f"{cites.line}: {[issue.message for issue in issues]}")
    assert spare == []


@pytest.mark.parametrize("pack", [pack for pack in pack_ids() if pack not in LOCALITIES])
def test_no_statement_that_is_cited_can_be_left_out(pack: str) -> None:
    files, _ = files_of(pack)
    spare: list[str] = []
    for part in files.sources:
        for id_ in part.model.statements:
            cited = CITED.get(f"{pack}:{part.model.source}/{id_}", {})
            for locality, lines in cited.items():
                issues = issues_without(pack, part, ("statements", id_), locality)
                missed = lines - {line(issue) for issue in issues if issue.code == "unknown-statement"}
                spare.extend(f"{part.model.source}/{id_}: no error at {each}" for each in sorted(missed))
    assert spare == []


def conditions(content: Content) -> Iterator[Condition]:
    """Every condition that a pack or locality writes."""
    for rule in content.rules.values():
        yield from (form.when for form in rule.forms)
    for definition in content.definitions.values():
        for form in meanings(definition):
            yield form.when
            if form.assumption is not None and form.assumption.ask_unless is not None:
                yield form.assumption.ask_unless


def reading_lines(content: Content) -> dict[str, set[Line]]:
    """By the full name of each definition, the lines that read it."""
    found: dict[str, set[Line]] = {}
    for condition in conditions(content):
        for node in walk(condition):
            if isinstance(node, Use):
                found.setdefault(node.definition, set()).add((node.place.text.name, node.place.line))
    return found


@pytest.mark.parametrize("pack", [pack for pack in pack_ids() if pack not in LOCALITIES])
def test_no_definition_that_is_read_can_be_left_out(pack: str) -> None:
    files, _ = files_of(pack)
    lines = reading_lines(loaded(None).content)
    spare: list[str] = []
    for part in files.parts:
        for name in part.model.definitions:
            issues = issues_without(pack, part, ("definitions", name), None)
            needed = lines.get(f"{pack}:{name}", set())
            missed = needed - {line(issue) for issue in issues if issue.code == "unknown-definition"}
            spare.extend(f"{name}: no error at {each}" for each in sorted(missed))
    assert spare == []


@pytest.mark.parametrize("locality", LOCALITIES)
def test_no_definition_that_a_locality_names_can_be_left_out(locality: str) -> None:
    local, _ = files_of(locality)
    spare: list[str] = []
    for section in ("adopts", "widens", "narrows"):
        named = local.main.root.get(section)
        for written in named.entries if isinstance(named, MapNode) else ():
            name = written.rpartition(":")[2]
            pack, part = next(
                (files.id, part)
                for files, _ in chosen(None).packs
                for part in files.parts
                if name in part.model.definitions
            )
            issues = issues_without(pack, part, ("definitions", name), locality)
            place = local.main.telling_place(section, written)
            if (place.text.name, place.line) not in {line(issue) for issue in issues}:
                spare.append(f"{section}: {written}")
    assert spare == []


def test_what_is_taken_out_is_all_there_is() -> None:
    """The tests above look at something: every rule, and most statements of the founding source, are cited."""
    assert len(CITED) > 100
    assert sum(len(list(cites_of(pack))) for pack in pack_ids()) > 150
    assert len(reading_lines(loaded(None).content)) > 20
    assert all(files.whole for files, _ in chosen(None).packs)
