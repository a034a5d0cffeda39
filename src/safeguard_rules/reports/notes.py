"""The numbers of citations in one text, `[1]`, and what each number stands for."""

from __future__ import annotations

from collections.abc import Iterable

from safeguard_rules.reports.lines import Line, Span, line, unbroken
from safeguard_rules.reports.words import words
from safeguard_rules.results import Citation

_SHOWN_AT_ONCE = 3


class Notes:
    """Gives every statement that is cited a number, in the order in which the text first cites it."""

    def __init__(self, locality: str | None = None) -> None:
        self._locality = locality
        self._numbers: dict[str, int] = {}
        self._cited: list[Citation] = []

    def marks(self, citations: Iterable[Citation], most: int | None = None) -> str:
        """The numbers of citations: ` [1, 2]`; nothing without any. At `most` so many are shown."""
        numbers = [self._number(each) for each in list(citations)[:most]]
        listed = ", ".join(map(str, numbers))
        return f" {unbroken(f'[{listed}]')}" if numbers else ""

    def short_marks(self, citations: Iterable[Citation]) -> str:
        """The numbers of the first few citations."""
        return self.marks(citations, _SHOWN_AT_ONCE)

    def _number(self, citation: Citation) -> int:
        if citation.statement not in self._numbers:
            self._numbers[citation.statement] = len(self._cited) + 1
            self._cited.append(citation)
        return self._numbers[citation.statement]

    def force(self, citation: Citation) -> str:
        """How binding a source is here: another area's policy is called that."""
        if citation.force == "proposal":
            return "proposed by the pack's authors"
        if citation.area is None:
            return citation.force
        if citation.area == self._locality:
            return f"{citation.force}, {words(citation.area)}"
        return (
            f"{citation.force} of another area, {words(citation.area)}"
            if self._locality
            else (f"{citation.force} of one area, {words(citation.area)}")
        )

    def lines(self) -> tuple[Line, ...]:
        """What each number stands for, in the order of the numbers."""
        hang = len(str(len(self._cited))) + 3
        return tuple(self._line(number, each, hang) for number, each in enumerate(self._cited, start=1))

    def _line(self, number: int, citation: Citation, hang: int) -> Line:
        publisher = "" if citation.publisher in citation.source else f" ({citation.publisher})"
        text = f"{citation.source}{publisher}, {citation.at}. {self.force(citation)}; {citation.known}."
        url = f" {citation.url}" if citation.url else ""
        return Line((Span(text), Span(url, "quiet")), 2, hang, Span(f"[{number}]"))


def source_line(citations: Iterable[Citation], notes: Notes, indent: int) -> Line:
    """The titles of the sources behind something, each once, with its numbers: `Working Together 2023 [1, 2]; ...`."""
    by_source: dict[str, list[Citation]] = {}
    for citation in citations:
        by_source.setdefault(citation.source, []).append(citation)
    said = "; ".join(f"{source}{notes.marks(cited)}" for source, cited in by_source.items())
    return line(said, "quiet", indent=indent, hang=6, lead="from")
