"""Findings as JSON, straight from what they are made of: the same text as that of a `Finding`, without making one.

What a rule says in every case is written once for each depth and kept; tests hold the two texts equal.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeguard_rules.engine.clauses import clauses_of
from safeguard_rules.engine.explaining import Cause
from safeguard_rules.engine.finding import Inquiry, Settled, assumed_of, parts_of_carer, settled_by, subject_of
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.stock import Said, Stock
from safeguard_rules.results import Finding, Reason
from safeguard_rules.values.json_text import JsonWriter, Line, Writes, between, bracketed, deeper, keyed, text_json


class FindingsText(Writes):
    """The findings of one evaluation, as they are written."""

    __slots__ = ("_inquiry", "_results", "_stock")

    def __init__(self, inquiry: Inquiry, results: Sequence[Result], stock: Stock) -> None:
        self._inquiry = inquiry
        self._results = results
        self._stock = stock

    def write(self, writer: JsonWriter, line: Line) -> str:
        """All of them as a list."""
        pen = _Pen(self._inquiry, self._stock, writer, deeper(line))
        return bracketed("[", [pen.finding(result) for result in self._results], "]", line)


class _Pen:
    """Writes findings that stand at one depth."""

    def __init__(self, inquiry: Inquiry, stock: Stock, writer: JsonWriter, line: Line) -> None:
        self.inquiry = inquiry
        self.stock = stock
        self.writer = writer
        self.line = line
        self.inner = deeper(line)
        self.within_list = deeper(self.inner)
        self.key = keyed(Finding, line)
        self.comma = between(line)
        self.told: dict[int, str] = {}
        self.subjects: dict[int, str] = {}
        self.nothing = self.comma.join(
            f"{self.key[name]}{text}" for name, text in (("rests_on_carer", "false"), ("carer_paths", "[]"))
        )

    def finding(self, result: Result) -> str:
        """The text of one finding."""
        inquiry, key, inner = self.inquiry, self.key, self.inner
        assumed = assumed_of(result)
        now = settled_by(result, assumed)
        said = self.stock.said(result.active.form)
        first, middle, cited, wants = self.stock.texts.get((id(said), self.line)) or self.lasting(result, said)
        self.writer.value(said.citations, inner)  # so that they are written among what is cited
        value = self.writer.value
        paths = [text_json(path) for path in open_paths_of(result)]
        members = [
            first,
            key["subject"] + value(subject_of(result, result.plain.view.child), inner),
            f'{key["outcome"]}"{now.outcome}"',
            f'{key["certainty"]}"{now.certainty}"',
            key["assumed"] + value(assumed, inner),
            key["why"] + self.why(inquiry.teller.causes(result)),
            key["open"] + bracketed("[", paths, "]", inner),
            middle,
            self.carer(result, now) if inquiry.carer_paths else self.nothing,
            cited,
            key["waived_from"] + value(inquiry.waived_from(result), inner),
            wants,
            key["clauses"] + value(clauses_of(result), inner),
            key["elsewhere"] + value(inquiry.elsewhere(result), inner),
        ]
        return bracketed("{", members, "}", self.line)

    def lasting(self, result: Result, said: Said) -> tuple[str, str, str, str]:
        """What a rule says in every case, in the pieces between what differs from case to case."""
        form, key, value = result.active.form, self.key, self.writer.value
        found = (
            self.comma.join(
                (key["rule"] + value(result.active.rule.name, None), key["title"] + value(form.title, None))
            ),
            self.comma.join((key["reading"] + value(said.reading, None), key["because"] + value(form.because, None))),
            key["citations"] + value(said.citations, self.inner),
            key["wants"] + value(said.wants, self.inner),
        )
        self.stock.texts[id(said), self.line] = found
        return found

    def carer(self, result: Result, now: Settled) -> str:
        """Whether it rests on what a carer said, and on what."""
        rests, paths = parts_of_carer(result, self.inquiry, now)
        written = (("rests_on_carer", rests), ("carer_paths", paths))
        return self.comma.join(self.key[name] + self.writer.value(value, self.inner) for name, value in written)

    def why(self, causes: Sequence[Cause]) -> str:
        """The reasons."""
        return bracketed("[", [self.reason(*cause) for cause in causes], "]", self.inner)

    def reason(self, told: tuple[str, str, str | None], clause: str, within: str | None) -> str:
        """One reason: what the fact says, and what the clause says, which is the same in every case."""
        fact = self.told.get(id(told))
        if fact is None:
            fact = self.told[id(told)] = self.pieces(("path", "says", "known_by"), told)
        known = clause, within, self.within_list
        decided = self.stock.clauses.get(known)
        if decided is None:
            form = self.inquiry.teller.form(within)
            decided = self.stock.clauses[known] = self.pieces(("clause", "definition", "form"), (clause, *form))
        opening, closing = (
            ("{", "}") if self.within_list is None else (f"{{{deeper(self.within_list)}", f"{self.within_list}}}")
        )
        return f"{opening}{fact}{between(self.within_list)}{decided}{closing}"

    def pieces(self, names: tuple[str, ...], values: tuple[str | None, ...]) -> str:
        """Some fields of a reason."""
        keys = keyed(Reason, self.within_list)
        return between(self.within_list).join(
            keys[name] + ("null" if value is None else text_json(value))
            for name, value in zip(names, values, strict=True)
        )
