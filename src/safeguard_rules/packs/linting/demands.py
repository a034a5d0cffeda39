"""Lints of what a rule asks for: proposed times, demands weaker than their sources, contacts nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules import messages
from safeguard_rules.packs.citing import may_carry_must
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.source import Issue

_LAW = ("statute", "statutory guidance")


def proposed_time(subject: LintSubject) -> Iterator[Issue]:
    """A time that no source states: what to look for when the sources are read again."""
    for _, _, demand, place in subject.demands():
        if demand.within is not None and demand.within.basis == "proposed":
            yield messages.proposed_time(demand.within.text).at(place)


def weaker_than_source(subject: LintSubject) -> Iterator[Issue]:
    """A rule that only asks to consider things, although the law that it cites obliges."""
    for rule, i, form in subject.rules():
        if any(demand.obligation != "consider" for demand in form.demands):
            continue
        cited = dict.fromkeys([*form.cites, *(each for demand in form.demands for each in demand.cites)])
        owed = [each for each in cited if each.force in _LAW and may_carry_must(each, form.areas)]
        if owed:
            message = messages.weaker_than_source(f"{owed[0].source}/{owed[0].id}", owed[0].force)
            yield subject.issue(message, "rules", rule.name, i, "then", 0, "consider")


def contact_not_checked(subject: LintSubject) -> Iterator[Issue]:
    """A contact of a locality that nobody has checked, as each of its results says."""
    locality = subject.content.locality
    if locality is None or locality.id not in subject.own:
        return
    main = subject.files[locality.id].main
    for contact in locality.contacts.values():
        if contact.checked_on is None:
            yield messages.contact_not_checked(contact.name).at(main.telling_place("contacts", contact.key))
