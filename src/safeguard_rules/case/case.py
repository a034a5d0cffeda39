"""The case of one child."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from pydantic import model_validator

from safeguard_rules.case.canonical import digest
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.document import CaseDocument, open_text, read_case_document
from safeguard_rules.case.header import HeaderFields
from safeguard_rules.case.links import check_links, wrong_links
from safeguard_rules.case.quickly import read_quickly
from safeguard_rules.source import Text

_HEADER = re.compile("|".join(f'"{name}"' for name in HeaderFields.model_fields))
"""What a text with a header has in it."""


class Case(CaseContents):
    """Everything that is known about one child's case; what is absent is unknown.

    Every way to make one checks that ids are unique, that references and evidence lead somewhere, and that what
    is called incomplete is given: in Python a `ValueError` tells all of it, in a file a `CaseError`.
    """

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        found = check_links(self)
        if found:
            raise ValueError(wrong_links(found))
        return self

    @classmethod
    def read(cls, path: str | Path) -> Case:
        """Read a case from a file, YAML or JSON by its ending; raises `CaseError` with all that is wrong.

        The header (`as_of`, `locality`, `role`) may be there and is no part of the case: `read_case_file` gives it.
        """
        return cls.of_document(read_case_document(open_text(Path(path))))

    @classmethod
    def from_yaml(cls, text: str, name: str = "case.yaml") -> Case:
        """Read a case from YAML; `name` is shown in messages. Raises `CaseError` with all that is wrong."""
        return cls.of_document(read_case_document(Text(name, text), "yaml"))

    @classmethod
    def from_json(cls, text: str, name: str = "case.json") -> Case:
        """Read a case from JSON; `name` is shown in messages. Raises `CaseError` with all that is wrong."""
        quickly = None if _HEADER.search(text) else read_quickly(text, cls)
        if quickly is not None:
            return quickly
        return cls.of_document(read_case_document(Text(name, text), "json"))

    @classmethod
    def of_document(cls, document: CaseDocument) -> Case:
        """The case in a file that was read and checked, without its header."""
        return cls.of_contents(document)

    @classmethod
    def of_contents(cls, contents: CaseContents) -> Case:
        """The case with these contents, which were checked before: nothing is looked at a second time."""
        given = {name: getattr(contents, name) for name in CaseContents.model_fields}
        return cls.model_construct(contents.model_fields_set & given.keys(), **given)

    def digest(self) -> str:
        """The digest of the canonical form of the case; personal data, like the case itself."""
        return digest(self)
