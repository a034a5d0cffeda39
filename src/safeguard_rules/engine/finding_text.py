"""Findings as JSON, straight from what they are made of: the same text as that of a `Finding`, without making one.

What a rule says in every case is written once for each depth and kept; tests hold the two texts equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from safeguard_rules.engine.clauses import clauses_of
from safeguard_rules.engine.explaining import Cause, Told
from safeguard_rules.engine.finding import SharedWork, subject_of
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.engine.stock import Said, Stock
from safeguard_rules.engine.writing import CitingWriter
from safeguard_rules.results import Finding, Reason
from safeguard_rules.values.json_text import JsonWriter, Line, Writes, between, bracketed, deeper, keyed, text_json
from safeguard_rules.vocabulary.records import Record


class FindingsText(Writes):
    """The findings of one evaluation, as they are written."""

    __slots__ = ("_inquiry", "_results", "_stock")

    def __init__(self, inquiry: SharedWork, results: Sequence[Result], stock: Stock) -> None:
        self._inquiry = inquiry
        self._results = results
        self._stock = stock

    def write(self, writer: JsonWriter, line: Line) -> str:
        """All of them as a list."""
        assert isinstance(writer, CitingWriter)
        pen = _Pen(self._inquiry, self._stock, writer, _layout(deeper(line)))
        return bracketed("[", [pen.finding(result) for result in self._results], "]", line)


class _Layout(NamedTuple):
    """What stands between the values of a finding at one depth, and of its reasons."""

    line: Line
    inner: Line
    in_list: Line
    key: Mapping[str, str]
    comma: str
    opening: str
    closing: str
    reason_key: Mapping[str, str]
    reason_comma: str
    reason_opening: str
    reason_closing: str
    plain: Mapping[str, str]
    """From the outcome of what assumes nothing to what is assumed: nothing."""
    no_carer: str
    usual_end: str


@cache
def _layout(line: Line) -> _Layout:
    inner = deeper(line)
    in_list = deeper(inner)
    key, comma = keyed(Finding, line), between(line)
    plain = {
        outcome: f'{comma}{key["outcome"]}"{outcome}"{comma}{key["certainty"]}"certain"{comma}{key["assumed"]}[]'
        for outcome in ("applies", "undetermined", "does_not_apply")
    }
    return _Layout(
        line,
        inner,
        in_list,
        key,
        comma,
        "{" + (inner or ""),
        (line or "") + "}",
        keyed(Reason, in_list),
        between(in_list),
        "{" + (deeper(in_list) or ""),
        (in_list or "") + "}",
        plain,
        f"{key['rests_on_carer']}false{comma}{key['carer_paths']}[]",
        f"{comma}{key['clauses']}[]{comma}{key['elsewhere']}[]",
    )


class _Pen:
    """Writes the findings of one evaluation, which all stand at one depth."""

    def __init__(self, inquiry: SharedWork, stock: Stock, writer: CitingWriter, layout: _Layout) -> None:
        self.inquiry = inquiry
        self.stock = stock
        self.writer = writer
        self.layout = layout
        self.told: dict[int, tuple[Told, str]] = {}
        self.subjects: dict[Record | str, str] = {}

    def finding(self, result: Result) -> str:
        """The text of one finding."""
        layout = self.layout
        key, comma = layout.key, layout.comma
        said = self.stock.said(result.active.form)
        first, middle, cited, wants = self.stock.texts.get((id(said), layout.line)) or self.lasting(result, said)
        self.writer.cite(said.cited)
        return (
            f"{first}{self.subject(result)}{self.settled(result)}"
            f"{comma}{key['why']}{self.why(self.inquiry.teller.causes(result))}"
            f"{comma}{key['open']}{self.open(result)}{middle}{self.carer(result)}{cited}"
            f"{self.written(self.inquiry.waived_from(result))}{wants}{self.end(result)}{layout.closing}"
        )

    def lasting(self, result: Result, said: Said) -> tuple[str, str, str, str]:
        """What a rule says in every case, in the pieces between what differs from case to case."""
        form, key, comma = result.active.form, self.layout.key, self.layout.comma
        rule = f"{key['rule']}{text_json(result.active.rule.name)}{comma}{key['title']}{text_json(form.title)}"
        reading = f"{key['reading']}{text_json(said.reading)}{comma}{key['because']}{text_json(form.because)}"
        found = (
            f"{self.layout.opening}{rule}{comma}{key['subject']}",
            f"{comma}{reading}{comma}",
            f"{comma}{key['citations']}{self.written(said.citations)}{comma}{key['waived_from']}",
            f"{comma}{key['wants']}{self.written(said.wants)}",
        )
        self.stock.texts[id(said), self.layout.line] = found
        return found

    def subject(self, result: Result) -> str:
        """Whom or what it is about; the same for all findings of one record."""
        of = result.subject or result.active.form.for_each or ""
        found = self.subjects.get(of)
        if found is None:
            found = self.subjects[of] = self.written(subject_of(result, result.plain.view.child))
        return found

    def settled(self, result: Result) -> str:
        """The outcome and how certain it is, with what was assumed."""
        if result.level == PLAIN:
            return self.layout.plain[result.outcome]
        key, comma = self.layout.key, self.layout.comma
        assumed, now = self.inquiry.assumed(result), self.inquiry.settled(result)
        return (
            f'{comma}{key["outcome"]}"{now.outcome}"{comma}{key["certainty"]}"{now.certainty}"'
            f"{comma}{key['assumed']}{self.written(assumed)}"
        )

    def open(self, result: Result) -> str:
        """The paths that would settle it."""
        paths = open_paths_of(result)
        return bracketed("[", [text_json(path) for path in paths], "]", self.layout.inner) if paths else "[]"

    def carer(self, result: Result) -> str:
        """Whether it rests on what a carer said, and on what."""
        if not self.inquiry.carer_paths:
            return self.layout.no_carer
        rests, paths = self.inquiry.of_carer(result)
        if not rests:
            return self.layout.no_carer
        key, comma = self.layout.key, self.layout.comma
        return f"{key['rests_on_carer']}{self.written(rests)}{comma}{key['carer_paths']}{self.written(paths)}"

    def end(self, result: Result) -> str:
        """What areas make of it."""
        clauses, elsewhere = clauses_of(result), self.inquiry.elsewhere(result)
        if not clauses and not elsewhere:
            return self.layout.usual_end
        key, comma = self.layout.key, self.layout.comma
        return f"{comma}{key['clauses']}{self.written(clauses)}{comma}{key['elsewhere']}{self.written(elsewhere)}"

    def written(self, value: Any) -> str:
        """The text of a value of a field."""
        return self.writer.value(value, self.layout.inner)

    # --- reasons

    def why(self, causes: Sequence[Cause]) -> str:
        """The reasons."""
        return bracketed("[", [self.reason(*cause) for cause in causes], "]", self.layout.inner)

    def reason(self, told: Told, clause: str, within: str | None) -> str:
        """One reason: what the fact says, and what the clause says, which is the same in every case."""
        fact = self.told.get(id(told)) or self.fact(told)
        decided = self.stock.clauses.get((clause, within, self.layout.in_list)) or self.decided(clause, within)
        return fact[1] + decided

    def fact(self, told: Told) -> tuple[Told, str]:
        """The first half of a reason; the fact is kept with it, so that no other takes its place."""
        layout = self.layout
        key, comma = layout.reason_key, layout.reason_comma
        path, says, known_by = told
        text = (
            f"{layout.reason_opening}{key['path']}{text_json(path)}{comma}{key['says']}{text_json(says)}"
            f"{comma}{key['known_by']}{'null' if known_by is None else text_json(known_by)}{comma}"
        )
        found = self.told[id(told)] = told, text
        return found

    def decided(self, clause: str, within: str | None) -> str:
        """The second half of a reason."""
        layout = self.layout
        parts = {"clause": clause, **dict(zip(("definition", "form"), self.inquiry.teller.form(within), strict=True))}
        text = layout.reason_comma.join(
            f"{layout.reason_key[name]}{'null' if value is None else text_json(value)}" for name, value in parts.items()
        )
        found = self.stock.clauses[clause, within, layout.in_list] = f"{text}{layout.reason_closing}"
        return found
