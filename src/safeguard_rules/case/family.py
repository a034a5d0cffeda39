"""A family: children who share people and events, and the case of each."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import model_validator

from safeguard_rules import messages
from safeguard_rules.case.case import Case
from safeguard_rules.case.document import Form, is_family, open_text, read_document
from safeguard_rules.case.family_cases import contents_of
from safeguard_rules.case.family_contents import FamilyContents, FamilyDocument
from safeguard_rules.case.family_links import check_family
from safeguard_rules.case.links import wrong_links
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Text


class Family(FamilyContents):
    """Children who share people and events; what differs from child to child stands under `for_children`.

    Every way to make one checks the case of each child: in Python a `ValueError` tells all that is wrong, in a
    file a `CaseError`.
    """

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        found = check_family(self)
        if found:
            raise ValueError(wrong_links(found))
        return self

    def cases(self) -> tuple[Case, ...]:
        """The case of each child, in the order of `children`."""
        return tuple(Case.of_contents(contents_of(self, own)) for own in self.children)

    @classmethod
    def read(cls, path: str | Path) -> Family:
        """Read a family from a file, YAML or JSON by its ending; raises `CaseError` with all that is wrong.

        The header (`as_of`, `locality`, `role`) may be there and is no part of the family.
        """
        return cls.of_document(read_family_document(open_text(Path(path))))

    @classmethod
    def from_yaml(cls, text: str, name: str = "family.yaml") -> Family:
        """Read a family from YAML; `name` is shown in messages. Raises `CaseError` with all that is wrong."""
        return cls.of_document(read_family_document(Text(name, text), "yaml"))

    @classmethod
    def from_json(cls, text: str, name: str = "family.json") -> Family:
        """Read a family from JSON; `name` is shown in messages. Raises `CaseError` with all that is wrong."""
        return cls.of_document(read_family_document(Text(name, text), "json"))

    @classmethod
    def of_document(cls, document: FamilyContents) -> Family:
        """The family in a file that was read and checked, without its header."""
        given = {name: getattr(document, name) for name in FamilyContents.model_fields}
        return cls.model_construct(document.model_fields_set & given.keys(), **given)


def read_family_document(text: Text, form: Form | None = None) -> FamilyDocument:
    """A file with a family; raises `CaseError` with all that is wrong."""
    return read_document(text, FamilyDocument, check_family, form=form, refuse=_refuse_case)


def _refuse_case(root: Node) -> Message | None:
    return None if is_family(root) else messages.case_file_as_family()
