"""Holding the parts of a case against one another: ids, references, completeness and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules import messages
from safeguard_rules.case.base import Part, Record
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.evidence import Evidence
from safeguard_rules.case.paths import CasePath, known_at, parse_path, part_at
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.case.soundness import ID, plainly_sound
from safeguard_rules.messages import Message
from safeguard_rules.reading.sizes import LONGEST_LIST

Step = str | int


@dataclass(frozen=True, slots=True)
class LinkIssue:
    """Something in a case that does not fit together.

    `path` is what a person reads (`injuries[cheek].kind`); `at` leads from the top of the case to the value, by
    keys and by positions in lists.
    """

    path: str
    at: tuple[Step, ...]
    message: Message

    def __str__(self) -> str:
        hint = f" ({self.message.help})" if self.message.help else ""
        return f"{self.path}: {self.message.text}{hint}"


def check_links(case: CaseContents) -> list[LinkIssue]:
    """All that does not fit together in a case, in the order of the case; empty if all is well."""
    if plainly_sound(case):
        return list(check_evidence(case)) if case.evidence else []
    return check_all_links(case)


def check_all_links(case: CaseContents) -> list[LinkIssue]:
    """The same, with every check made."""
    checks: tuple[Callable[[CaseContents], Iterator[LinkIssue]], ...] = (
        _ids,
        _sizes,
        _parts,
        _people,
        _done,
        check_evidence,
    )
    return [issue for check in checks for issue in check(case)]


def _entries(case: CaseContents, name: str) -> tuple[Record, ...]:
    entries: tuple[Record, ...] | None = getattr(case, name)
    return entries or ()


def _ids_of(case: CaseContents, name: str) -> tuple[str, ...]:
    return tuple(entry.id for entry in _entries(case, name))


def _ids(case: CaseContents) -> Iterator[LinkIssue]:
    if case.child is not None and not ID.fullmatch(case.child.id):
        yield LinkIssue("child.id", ("child", "id"), messages.wrong_id(case.child.id))
    for name in SINGULARS:
        seen: set[str] = set()
        for index, entry in enumerate(_entries(case, name)):
            at = (name, index, "id")
            if not ID.fullmatch(entry.id):
                yield LinkIssue(name, at, messages.wrong_id(entry.id))
            if entry.id in seen:
                yield LinkIssue(f"{name}[{entry.id}]", at, messages.id_twice(entry.id, name))
            seen.add(entry.id)


def _sizes(case: CaseContents) -> Iterator[LinkIssue]:
    for name in (*SINGULARS, "done"):
        entries = getattr(case, name) or ()
        if len(entries) > LONGEST_LIST:
            yield LinkIssue(name, (name,), messages.too_many(LONGEST_LIST, len(entries)))


def _all_parts(case: CaseContents) -> Iterator[tuple[CasePath, tuple[Step, ...], Part]]:
    yield CasePath("case"), (), case
    if case.child is not None:
        yield CasePath("child"), ("child",), case.child
    if case.pregnancy is not None:
        yield CasePath("pregnancy"), ("pregnancy",), case.pregnancy
    for name in SINGULARS:
        for index, entry in enumerate(_entries(case, name)):
            yield CasePath(name, entry.id), (name, index), entry


def _parts(case: CaseContents) -> Iterator[LinkIssue]:
    for path, at, part in _all_parts(case):
        yield from _references(case, path, at, part)
        yield from _incomplete(path, at, part)
        yield from _numbers(path, at, part)


def check_incomplete(case: CaseContents) -> Iterator[LinkIssue]:
    """All that is wrong with what the case itself and its entries call incomplete."""
    for path, at, part in _all_parts(case):
        yield from _incomplete(path, at, part)


def _references(case: CaseContents, path: CasePath, at: tuple[Step, ...], part: Part) -> Iterator[LinkIssue]:
    for name, list_name in PARTS[path.part].references.items():
        value = getattr(part, name)
        if value is None:
            continue
        ids = _ids_of(case, list_name)
        here = str(CasePath(path.part, path.id, name))
        if isinstance(value, str):
            if value not in ids:
                yield LinkIssue(here, (*at, name), messages.no_such_id(value, list_name, ids))
            continue
        for index, each in enumerate(value):
            if each not in ids:
                yield LinkIssue(here, (*at, name, index), messages.no_such_id(each, list_name, ids))


def _incomplete(path: CasePath, at: tuple[Step, ...], part: Part) -> Iterator[LinkIssue]:
    shape = PARTS[path.part]
    own = [name for name in shape.facts if name in shape.sets]
    if path.part == "case":
        own = [*own, *SINGULARS]
    for index, name in enumerate(part.incomplete):
        where = (*at, "incomplete", index)
        if name not in own:
            yield LinkIssue(str(path), where, messages.not_own_list(name, own, _owners(name)))
        elif getattr(part, name) is None:
            yield LinkIssue(str(path), where, messages.incomplete_not_given(name))


def _owners(name: str) -> list[str]:
    return [part for part, shape in PARTS.items() if name in shape.sets]


def _numbers(path: CasePath, at: tuple[Step, ...], part: Part) -> Iterator[LinkIssue]:
    shape = PARTS[path.part]
    for name in (name for name in shape.facts if name in shape.numbers):
        value = getattr(part, name)
        if value is not None and value < 0:
            yield LinkIssue(str(CasePath(path.part, path.id, name)), (*at, name), messages.negative_number(value))


def _people(case: CaseContents) -> Iterator[LinkIssue]:
    if case.all_regular_people_recorded is not True:
        return
    said = "all_regular_people_recorded"
    if case.people is None:
        yield LinkIssue(f"case.{said}", (said,), messages.everybody_but_nobody())
    elif "people" in case.incomplete:
        yield LinkIssue(f"case.{said}", (said,), messages.everybody_but_incomplete())


def _done(case: CaseContents) -> Iterator[LinkIssue]:
    ids = [case.child.id] if case.child is not None else []
    ids += [each for name in SINGULARS for each in _ids_of(case, name)]
    for index, done in enumerate(case.done or ()):
        if done.about is not None and done.about not in ids:
            yield LinkIssue("done", ("done", index, "about"), messages.done_about_nothing(done.about, ids))


def check_evidence(case: CaseContents) -> Iterator[LinkIssue]:
    """All that is wrong with what is said about how facts are known."""
    for key, evidence in case.evidence.items():
        for message in _evidence_of(case, key, evidence):
            yield LinkIssue(key, ("evidence", key), message)


def _evidence_of(case: CaseContents, key: str, evidence: Sequence[Evidence]) -> Iterator[Message]:
    path = parse_path(key)
    if path is None:
        yield messages.evidence_for_no_fact(key, _possible_paths(case))
        return
    if path.id is not None and path.part != "extra" and part_at(case, path) is None:
        yield messages.evidence_for_no_entry(key, path.part, path.id, _ids_of(case, path.part))
        return
    if not evidence:
        yield messages.evidence_empty(key)
    value = known_at(case, path)
    for entry in evidence:
        if value is not None and entry.why is not None:
            yield messages.value_and_why(key, entry.why)
            continue
        if value is None:
            yield from _without_value(path, entry)
        if entry.why is not None and entry.basis is not None:
            yield messages.basis_and_why(key)
        yield from _accounts(key, entry)


def _without_value(path: CasePath, entry: Evidence) -> Iterator[Message]:
    if entry.disputed:
        yield messages.disputed_without_value(str(path))
    elif entry.why is None:
        is_list = path.part in SINGULARS and path.id is None
        wording = messages.evidence_without_complete_list if is_list else messages.evidence_without_value
        yield wording(str(path))


def _accounts(key: str, entry: Evidence) -> Iterator[Message]:
    if entry.why != "conflicting":
        if entry.accounts:
            yield messages.accounts_without_conflict(key)
        return
    if len(entry.accounts) < 2:
        yield messages.conflict_without_accounts(key)
    if _is_denial(entry):
        yield messages.denial_is_no_conflict(key)


def _is_denial(entry: Evidence) -> bool:
    """Whether one thing was seen or recorded and only carers say otherwise (decision 36)."""
    firm = {account.value for account in entry.accounts if account.basis in ("observed", "recorded")}
    others = [account for account in entry.accounts if account.basis not in ("observed", "recorded")]
    return len(firm) == 1 and bool(others) and all(other.basis == "told_by_carer" for other in others)


def _possible_paths(case: CaseContents) -> list[str]:
    """Every path that evidence in this case could have."""
    paths = [f"{part}.{name}" for part in ("child", "case", "pregnancy") for name in PARTS[part].facts]
    for name in SINGULARS:
        paths.append(name)
        for entry_id in _ids_of(case, name):
            paths.append(f"{name}[{entry_id}]")
            paths += [f"{name}[{entry_id}].{fact}" for fact in PARTS[name].facts]
    return paths


def wrong_links(issues: Sequence[LinkIssue]) -> str:
    """What a `ValueError` says of a case that was made in Python: every issue, one on a line."""
    return "\n".join(("the parts of the case do not fit together", *(f"  {issue}" for issue in issues)))
