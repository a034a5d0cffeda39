"""The numbers of citations in one text, `[1a]`: a number for each source, a letter for each of its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from safeguard_rules.reports.lines import Line, Span, unbroken
from safeguard_rules.reports.words import place_name
from safeguard_rules.results import Citation

_SHOWN_AT_ONCE = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class _Source:
    """A source that was cited, with its statements in the order in which they were first cited."""

    number: int
    statements: dict[str, Citation] = field(default_factory=dict)


class Notes:
    """Gives every source that is cited a number, in the order in which the text first cites it.

    `locality` is the id of the area that the text is for, None where none was given.
    """

    def __init__(self, locality: str | None = None) -> None:
        self.locality = locality
        self._sources: dict[tuple[str, str], _Source] = {}

    def marks(self, citations: Iterable[Citation], most: int | None = None) -> str:
        """The marks of citations: ` [1a, 2c]`; nothing without any. At `most` so many are shown."""
        marks = [self._mark(each) for each in list(citations)[:most]]
        return f" [{', '.join(marks)}]" if marks else ""

    def short_marks(self, citations: Iterable[Citation]) -> str:
        """The marks of the first few citations, never broken over two lines."""
        marks = self.marks(citations, _SHOWN_AT_ONCE)
        return f" {unbroken(marks[1:])}" if marks else ""

    def force(self, citation: Citation) -> str:
        """How binding a source is here: another area's policy is called that."""
        if citation.force == "proposal":
            return "proposed by the pack's authors"
        if citation.area is None:
            return citation.force
        area = place_name(citation.area)
        if citation.area == self.locality:
            return f"{citation.force} of {area}"
        return f"{citation.force} of {'another' if self.locality else 'one'} area, {area}"

    def lines(self) -> tuple[Line, ...]:
        """What each mark stands for, source by source in the order of the numbers."""
        hang = len(str(len(self._sources))) + 3
        return tuple(line for source in self._sources.values() for line in self._lines(source, hang))

    def _mark(self, citation: Citation) -> str:
        key = (citation.source, citation.publisher)
        source = self._sources.setdefault(key, _Source(len(self._sources) + 1))
        source.statements.setdefault(citation.statement, citation)
        return f"{source.number}{_letter(list(source.statements).index(citation.statement))}"

    def _lines(self, source: _Source, hang: int) -> Iterator[Line]:
        first = next(iter(source.statements.values()))
        publisher = "" if first.publisher in first.source else f" ({first.publisher})"
        url = f" {first.url}" if first.url else ""
        known = {each.known for each in source.statements.values()}
        how = first.known if len(known) == 1 else "not all of it equally well known"
        text = f"{first.source}{publisher}: {self.force(first)}; {how}."
        yield Line((Span(text), Span(url, "quiet")), 2, hang, Span(f"[{source.number}]"))
        places: dict[str, list[str]] = {}
        for place, each in enumerate(source.statements.values()):
            at = f"{each.at} ({each.known})" if len(known) > 1 else each.at
            places.setdefault(at, []).append(_letter(place))
        told = "; ".join(f"{', '.join(letters)}) {at}" for at, letters in places.items())
        yield Line((Span(told, "quiet"),), 2 + hang, 0)


def _letter(place: int) -> str:
    """`a` for 0, `z` for 25, `aa` for 26."""
    more, rest = divmod(place, len(_LETTERS))
    return (_letter(more - 1) if more else "") + _LETTERS[rest]


def source_titles(citations: Iterable[Citation], notes: Notes) -> str:
    """The titles of the sources behind something, each once, with its marks: `Working Together 2023 [1a, 1b]; ...`."""
    by_source: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_source.setdefault((citation.source, citation.publisher), []).append(citation)
    return "; ".join(f"{source}{notes.marks(cited)}" for (source, _), cited in by_source.items())
