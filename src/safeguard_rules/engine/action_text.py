"""Recommended actions as JSON, straight from what was merged: the text of a `RecommendedAction`, without making one.

What an action and a demand say in every case is written once for each depth and kept; tests hold the two texts equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from safeguard_rules.engine.demanding import Wanted
from safeguard_rules.engine.finding import SharedWork
from safeguard_rules.engine.merging import Merged, contact_of
from safeguard_rules.engine.writing import CitingWriter
from safeguard_rules.language.roles import addresses
from safeguard_rules.packs.content import Content
from safeguard_rules.results import Citation, Demand, RecommendedAction, Subject
from safeguard_rules.values.json_text import JsonWriter, Line, Writes, between, bracketed, deeper, keyed, text_json


class ActionsText(Writes):
    """The actions of one evaluation, as they are written."""

    __slots__ = ("_content", "_inquiry", "_merged", "_role")

    def __init__(self, merged: Sequence[Merged], inquiry: SharedWork, content: Content, role: str | None) -> None:
        self._merged = merged
        self._inquiry = inquiry
        self._content = content
        self._role = role

    def write(self, writer: JsonWriter, line: Line) -> str:
        """All of them as a list."""
        assert isinstance(writer, CitingWriter)
        pen = _Pen(self._inquiry, self._content, self._role, writer, deeper(line))
        return bracketed("[", [pen.action(each) for each in self._merged], "]", line)


class _Pen:
    """Writes the actions of one evaluation, which all stand at one depth."""

    def __init__(
        self, inquiry: SharedWork, content: Content, role: str | None, writer: CitingWriter, line: Line
    ) -> None:
        self.inquiry = inquiry
        self.content = content
        self.role = role
        self.writer = writer
        self.line = line
        self.inner = deeper(line)
        self.key = keyed(RecommendedAction, line)
        self.comma = between(line)
        self.demand_line = deeper(self.inner)
        self.demand_key = keyed(Demand, self.demand_line)
        self.demand_comma = between(self.demand_line)
        self.subjects: dict[tuple[Subject, Line], str] = {}

    # --- actions

    def action(self, merged: Merged) -> str:
        """The text of one action."""
        key, comma, head, action = self.key, self.comma, merged.demands[0], merged.what
        first = head.result.run.program.stock.texts.get((id(action), self.line)) or self.lasting_of_action(merged)
        demands = bracketed("[", [self.demand(each) for each in merged.demands], "]", self.inner)
        contact = contact_of(action, self.content, head.result.run.as_of) if action.contact is not None else None
        return (
            f"{first[0]}{self.subject(merged.about, self.inner)}{comma}"
            f'{key["obligation"]}"{head.obligation}"{comma}{key["certainty"]}"{head.certainty}"{comma}'
            f"{key['within']}{self.written(head.within)}{comma}{key['demands']}{demands}{comma}"
            f"{key['contact']}{self.written(contact)}{first[1]}{self.written(merged.after)}{first[2]}"
            f'"{merged.standing}"{comma}{key["done_on"]}{self.written(merged.done_on)}{comma}'
            f"{key['for_you']}{self.written(merged.for_you(self.role))}{comma}"
            f"{key['draft']}{self.written(merged.is_draft)}{comma}"
            f"{key['rests_on_carer']}{self.written(merged.rests_on_carer)}{comma}"
            f"{key['citations']}{self.citations(merged)}{self.line or ''}}}"
        )

    def lasting_of_action(self, merged: Merged) -> tuple[str, ...]:
        """What an action says in every case, in the pieces between what differs from case to case."""
        action, key, comma = merged.what, self.key, self.comma
        named = ("action", action.name), ("do", action.do), ("details", action.details), ("kind", action.kind)
        said = "".join(f"{key[name]}{self.written(value)}{comma}" for name, value in named)
        found = (
            f"{{{self.inner or ''}{said}{key['about']}",
            f"{comma}{key['contact_key']}{self.written(action.contact)}{comma}{key['after']}",
            f"{comma}{key['repeats']}{self.written(action.repeats)}{comma}{key['standing']}",
        )
        merged.demands[0].result.run.program.stock.texts[id(action), self.line] = found
        return found

    def citations(self, merged: Merged) -> str:
        """Those of the action itself, then those of its demands, each once."""
        stock, as_of = merged.demands[0].result.run.program.stock, merged.demands[0].result.run.as_of
        cited: dict[str, Citation] = {each.statement: each for each in stock.cite(merged.what.cites, as_of)}
        for wanted in merged.demands:
            cited.update({each.statement: each for each in stock.cite(wanted.form.cites)})
        self.writer.cite(cited)
        return bracketed("[", [text_json(name) for name in cited], "]", self.inner)

    # --- demands

    def demand(self, wanted: Wanted) -> str:
        """The text of one demand."""
        key, comma, stock = self.demand_key, self.demand_comma, wanted.result.run.program.stock
        first = stock.demands.get((id(wanted.form), wanted.rule, self.demand_line)) or self.lasting_of_demand(wanted)
        inner = deeper(self.demand_line)
        assumed = self.writer.value(self.inquiry.assumed(wanted.result), inner)
        for_you = "true" if addresses(wanted.form.addressed, self.role) else "false"
        return (
            f"{first[0]}{self.subject(wanted.subject, inner)}{comma}"
            f'{key["certainty"]}"{wanted.certainty}"{comma}{key["assumed"]}{assumed}{comma}'
            f"{key['within']}{self.writer.value(wanted.within, inner)}{first[1]}{for_you}{first[2]}"
            f"{'true' if wanted.rests_on_carer else 'false'}{self.demand_line or ''}}}"
        )

    def lasting_of_demand(self, wanted: Wanted) -> tuple[str, ...]:
        """What a demand says in every case, in the pieces between what differs from case to case."""
        key, comma, inner = self.demand_key, self.demand_comma, deeper(self.demand_line)
        form, rule, stock = wanted.form, wanted.result.active, wanted.result.run.program.stock

        def fields(**values: Any) -> str:
            return "".join(f"{key[name]}{self.writer.value(value, inner)}{comma}" for name, value in values.items())

        known = fields(action=form.action, obligation=form.obligation, rule=rule.rule.name, title=rule.form.title)
        sourced = fields(how=form.how, force=form.force, addressed=form.addressed)
        because = fields(because=rule.form.because, citations=stock.cite(form.cites), carried_by=form.carried_by)
        found = (
            f"{{{inner or ''}{known}{key['subject']}",
            f"{comma}{sourced}{key['for_you']}",
            f"{comma}{because}{key['rests_on_carer']}",
        )
        stock.demands[id(form), wanted.rule, self.demand_line] = found
        return found

    # --- values

    def subject(self, subject: Subject, line: Line) -> str:
        """Whom or what something is about; the same for all that is about one."""
        found = self.subjects.get((subject, line))
        if found is None:
            found = self.subjects[subject, line] = self.writer.value(subject, line)
        return found

    def written(self, value: Any) -> str:
        """The text of a value of a field of an action."""
        return self.writer.value(value, self.inner)
