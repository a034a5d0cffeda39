"""A family out of several written cases: people and events are shared, and each child keeps what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from safeguard_rules.case.contents import FamilyFacts
from safeguard_rules.case.family import Family
from safeguard_rules.case.family_contents import PER_CHILD
from safeguard_rules.case.family_links import ONE_CHILDS
from safeguard_rules.case.shape import PARTS
from safeguard_rules.testing.drafts import Facts

OWN_FACTS = tuple(name for name in PARTS["case"].facts if name not in FamilyFacts.model_fields)


def family_of(trees: Sequence[Facts]) -> Family:
    """The family in which the first case gives what is shared, and each case its child, injuries, sleep and plan.

    What differs from child to child about people, incidents and contacts stands under `for_children` there.
    """
    shared: Facts = {name: value for name, value in trees[0].items() if name not in ("child", "pregnancy")}
    children = []
    for n, tree in enumerate(trees):
        own: Facts = {"child": {**tree.get("child", {}), "id": f"child-{n + 1}"}}
        own |= {name: tree[name] for name in ("pregnancy", *OWN_FACTS) if name in tree}
        for name in ONE_CHILDS:
            if tree.get(name) is not None:
                own[name] = [{**record, "id": f"{record['id']}-{n + 1}"} for record in tree[name]]
        own["incomplete"] = [name for name in tree.get("incomplete", ()) if name in own and name in ONE_CHILDS]
        children.append(own)
    for name in (*ONE_CHILDS, *OWN_FACTS):
        shared.pop(name, None)
    shared["incomplete"] = [name for name in shared.get("incomplete", ()) if name in shared]
    return Family.model_validate({**_told_apart(shared, children), "children": children})


def _told_apart(shared: Facts, children: Sequence[Facts]) -> Facts:
    """The shared part, with what is said of each child under the records that every child has to itself."""
    found: dict[str, Any] = dict(shared)
    for name, facts in PER_CHILD.items():
        records = []
        for record in shared.get(name) or ():
            said = {key: value for key, value in record.items() if key in facts}
            kept = {key: value for key, value in record.items() if key not in facts}
            kept["incomplete"] = [key for key in record.get("incomplete", ()) if key not in facts]
            said["incomplete"] = [key for key in record.get("incomplete", ()) if key in facts]
            if len(said) > 1:
                kept["for_children"] = {children[0]["child"]["id"]: said}
            records.append(kept)
        if shared.get(name) is not None:
            found[name] = records
    return found
