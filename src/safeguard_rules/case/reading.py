"""Reading a case file of either kind, with its header."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safeguard_rules.case.case import Case
from safeguard_rules.case.document import Form, is_family, open_text, read_case_document, read_root
from safeguard_rules.case.family import Family, read_family_document
from safeguard_rules.case.header import Header
from safeguard_rules.source import Text


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file holds: its header, and the case or the family."""

    header: Header
    case: Case | Family


def read_case_file(path: str | Path) -> CaseFile:
    """Read a case or a family from a file with its header; raises `CaseError` with all that is wrong."""
    return read_case_text(open_text(Path(path)))


def read_case_text(text: Text, form: Form | None = None) -> CaseFile:
    """Read a case or a family from a text; without a `form` by the ending of its name; raises `CaseError`."""
    root, _ = read_root(text, form)
    if root is not None and is_family(root):
        family = read_family_document(text, form)
        return CaseFile(family.header(), Family.of_document(family))
    case = read_case_document(text, form)
    return CaseFile(case.header(), Case.of_document(case))
