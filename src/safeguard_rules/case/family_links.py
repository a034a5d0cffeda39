"""Holding the parts of a family against one another: each child's case, and what is shared between them."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules import messages
from safeguard_rules.case.family_cases import SHARED_FACTS, contents_of, done_for, shared_contents
from safeguard_rules.case.family_contents import PER_CHILD, FamilyChild, FamilyContents
from safeguard_rules.case.links import LinkIssue, Step, check_evidence, check_incomplete, check_links
from safeguard_rules.case.paths import parse_path
from safeguard_rules.case.shape import SINGULARS

ONE_CHILDS = ("injuries", "sleeps")
"""Lists whose entries are about one child only; at the top of a family they can be empty."""


def check_family(family: FamilyContents) -> list[LinkIssue]:
    """All that does not fit together in a family; `at` leads from the top of the family. Empty if all is well."""
    found = [*_children(family), *_for_children(family), *_given_twice(family), *_shared(family), *_done(family)]
    for index, own in enumerate(family.children):
        for issue in check_links(contents_of(family, own)):
            at = _in_family(family, own, index, issue.at)
            path = f"children[{own.child.id}] {issue.path}" if at[0] == "children" else issue.path
            found.append(LinkIssue(path, at, issue.message))
    return list(dict.fromkeys(found))


def _children(family: FamilyContents) -> Iterator[LinkIssue]:
    if not family.children:
        yield LinkIssue("children", ("children",), messages.no_children())
    seen: set[str] = set()
    for index, own in enumerate(family.children):
        if own.child.id in seen:
            at = ("children", index, "child", "id")
            yield LinkIssue("children", at, messages.child_twice(own.child.id))
        seen.add(own.child.id)


def _for_children(family: FamilyContents) -> Iterator[LinkIssue]:
    ids = [own.child.id for own in family.children]
    for name, facts in PER_CHILD.items():
        for index, entry in enumerate(getattr(family, name) or ()):
            for child, said in entry.for_children.items():
                at = (name, index, "for_children", child)
                path = f"{name}[{entry.id}]"
                if child not in ids:
                    yield LinkIssue(path, at, messages.no_such_child(child, ids))
                for fact in facts:
                    if getattr(said, fact) is not None and getattr(entry, fact) is not None:
                        message = messages.given_twice_for_child(fact, child)
                        yield LinkIssue(f"{path}.{fact}", (*at, fact), message)


def _given_twice(family: FamilyContents) -> Iterator[LinkIssue]:
    for index, own in enumerate(family.children):
        child = own.child.id
        for fact in SHARED_FACTS:
            if getattr(family, fact) is not None and getattr(own, fact) is not None:
                message = messages.given_twice_for_child(fact, child)
                yield LinkIssue(f"children[{child}] case.{fact}", ("children", index, fact), message)
        for name, values in own.extra.items():
            for field in values:
                if field in family.extra.get(name, {}):
                    at = ("children", index, "extra", name, field)
                    message = messages.given_twice_for_child(f"extra.{name}.{field}", child)
                    yield LinkIssue(f"children[{child}] extra.{name}.{field}", at, message)


def _done(family: FamilyContents) -> Iterator[LinkIssue]:
    """What was done at the top of a family of several children says for which; else it would count for each."""
    if len(family.children) > 1:
        for index, entry in enumerate(family.done or ()):
            if entry.about is None:
                yield LinkIssue("done", ("done", index), messages.done_for_which_child())


def _shared(family: FamilyContents) -> Iterator[LinkIssue]:
    """What is called incomplete, or has evidence, at the top of the family has to be given there."""
    for name in ONE_CHILDS:
        if getattr(family, name):
            yield LinkIssue(name, (name,), messages.belongs_to_one_child(name))
    shared = shared_contents(family)
    yield from check_incomplete(shared)
    for issue in check_evidence(shared):
        if _differs(family, issue.path):
            yield LinkIssue(issue.path, issue.at, messages.evidence_belongs_to_child(issue.path))
        else:
            yield issue


def _differs(family: FamilyContents, text: str) -> bool:
    """Whether the fact of this path is given under `for_children`."""
    path = parse_path(text)
    if path is None or path.name is None or path.name not in PER_CHILD.get(path.part, ()):
        return False
    entries = (entry for entry in getattr(family, path.part) or () if entry.id == path.id)
    return any(getattr(said, path.name) is not None for entry in entries for said in entry.for_children.values())


def _in_family(family: FamilyContents, own: FamilyChild, index: int, at: tuple[Step, ...]) -> tuple[Step, ...]:
    """Where in the family the value at a place in a child's case stands."""
    under_child: tuple[Step, ...] = ("children", index)
    match at:
        case (str(name), int(position), *rest) if name in SINGULARS:
            shared = getattr(family, name) or ()
            if position >= len(shared):
                return (*under_child, name, position - len(shared), *rest)
            return (name, position, *_in_entry(shared[position], own.child.id, tuple(rest)))
        case ("done", int(position), *rest):
            kept = done_for(family, own)
            if position >= len(kept):
                return (*under_child, "done", position - len(kept), *rest)
            return ("done", kept[position], *rest)
        case ("incomplete", int(position)):
            shared_names = len(family.incomplete)
            own_name = (*under_child, "incomplete", position - shared_names)
            return at if position < shared_names else own_name
        case ("evidence", str(path)):
            return (*under_child, *at) if path in own.evidence else at
        case (str(name),) if name in (*SINGULARS, *SHARED_FACTS, "done"):
            return (*under_child, *at) if getattr(own, name) is not None else at
        case _:
            return (*under_child, *at)


def _in_entry(entry: object, child: str, rest: tuple[Step, ...]) -> tuple[Step, ...]:
    """Where in an entry of the family a value of the child's record stands: in it, or under `for_children`."""
    said = getattr(entry, "for_children", {}).get(child)
    if said is None:
        return rest
    own_names = len(getattr(entry, "incomplete", ()))
    match rest:
        case ("incomplete", int(position)) if position >= own_names:
            return ("for_children", child, "incomplete", position - own_names)
        case (str(name), *_) if name in type(said).model_fields and name != "incomplete":
            return ("for_children", child, *rest) if getattr(said, name) is not None else rest
        case _:
            return rest
