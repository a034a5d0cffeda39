"""What is to check: demands that only a parent's or carer's word rules out, told where the eye falls first."""

from __future__ import annotations

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span
from safeguard_rules.reports.words import RANKED, count, lower_first, whom
from safeguard_rules.results import Finding, Subject

_MOST = 330
"""How long the line may become before what only should be done is counted."""


def check_line(telling: Telling, hang: int) -> tuple[Line, ...]:
    """One line with all that would be demanded, were it not for what a parent or carer said; none if there is none."""
    told = sorted(_wanted(telling).items(), key=lambda pair: RANKED.index(pair[0][0]))
    if not told:
        return ()
    texts: list[str] = []
    left_out = 0
    for (obligation, do), subjects in told:
        negative = obligation.endswith(" not")
        text = f"{'do not ' if negative else ''}{lower_first(do)}{whom(subjects)} ({obligation})"
        if obligation == "should" and texts and len("; ".join((*texts, text))) > _MOST:
            left_out += 1
        else:
            texts.append(text)
    more = f"; and {count(left_out, 'should', 'should')} more, told below" if left_out else ""
    said = f"Ruled out only by what a parent or carer said: {'; '.join(texts)}{more}. Check it against the record."
    return (Line((Span(said, "warning"),), 2, hang, Span("CHECK", "warning"), whole=True),)


def _wanted(telling: Telling) -> dict[tuple[str, str], list[Subject]]:
    """How strongly and what, with whom it is about; nothing that is only to consider or is recommended all the same."""
    found: dict[tuple[str, str], list[Subject]] = {}
    for finding in telling.document.findings:
        if finding.outcome != "does_not_apply" or not finding.rests_on_carer:
            continue
        for want in finding.wants:
            obligation, _, do = want.partition(": ")
            if obligation != "consider" and not _recommended(obligation, do, finding, telling):
                subjects = found.setdefault((obligation, do), [])
                subjects += [finding.subject] if finding.subject not in subjects else []
    return found


def _recommended(obligation: str, do: str, finding: Finding, telling: Telling) -> bool:
    """Whether the same is recommended certainly, as strongly, and about the same or the child as a whole."""
    return any(
        action.do == do
        and action.standing != "done"
        and action.certainty == "certain"
        and not action.rests_on_carer
        and action.about.kind in ("child", finding.subject.kind)
        and (action.about.kind == "child" or action.about == finding.subject)
        and action.negative is obligation.endswith(" not")
        and RANKED.index(action.obligation.replace("_", " ")) <= RANKED.index(obligation)
        for action in telling.document.actions
    )
