"""What the rules see of a case on a day: bare values, computed once, when they are asked for."""

from typing import Any, cast

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.evidence import Evidence
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.derived import Moment
from safeguard_rules.vocabulary.extensions import extension_entry
from safeguard_rules.vocabulary.facts import Fact, FieldPlan, Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES
from safeguard_rules.vocabulary.problems import Dated, Problem, certainly_past, find_problems, only_of_the_born
from safeguard_rules.vocabulary.records import UNSEEN_ID, Derived, Record, Value, record_path

ALL_STAGES = frozenset(STAGES)
AFTER_BIRTH = ALL_STAGES - {"unborn"}
ONLY = {stage: frozenset({stage}) for stage in STAGES}
NOTHING_REMOVED: frozenset[str] = frozenset()


class CaseView:
    """A case on a day, with some of its paths made unknown if wanted; made by `view`.

    Values, reasons and problems are computed on first reading and kept. `stage` is the stage as entered, None if it
    is unknown or contradicted by a date of birth; `possible_stages` are those left. With the stage unknown, a value
    is the one that holds if the fact exists at all; `for_stages` is strict about that.
    """

    def __init__(
        self,
        case: CaseContents,
        as_of: AsOf,
        vocabulary: Vocabulary,
        removed: frozenset[str],
        only_stages: frozenset[str] | None = None,
    ) -> None:
        self.source = case
        self.as_of = as_of
        self.vocabulary = vocabulary
        self.removed = removed
        left = stages_left(case, as_of, removed)
        self.stage = next(iter(left)) if len(left) == 1 else None
        self.possible_stages = left if only_stages is None else left & only_stages
        self.child = self._single("child", _label(case.child), case.child)
        self.case = self._single("case", None, case)
        self.pregnancy = self._single("pregnancy", None, case.pregnancy)
        self._strict = only_stages is not None
        self._plans = vocabulary.plans_at_hand
        self._kinds = vocabulary.kinds_at_hand
        self._records: dict[str, tuple[Record, ...]] = {}
        self._open: dict[str, bool] = {}
        self._unseen: dict[str, Record] = {}
        self._extras: dict[str, Record] = {}
        self._narrowed: dict[frozenset[str], CaseView] = {}
        self._problems: tuple[Problem, ...] | None = None

    # --- stages

    def stage_truth(self, stages: frozenset[str]) -> Truth:
        """Whether the child is in one of these stages; a birth that is certainly past rules out unborn."""
        if self.possible_stages <= stages:
            return T
        return U if self.possible_stages & stages else F

    def for_stages(self, stages: frozenset[str]) -> "CaseView":
        """The view for a rule of these stages: itself where the stage is known.

        Where it is not, only these stages are taken as possible, for in others the rule does not apply anyway; and
        a fact that exists in some of them only is unknown until the stage is known.
        """
        if self.stage is not None or not self.possible_stages & stages:
            return self
        key = self.possible_stages & stages
        if key not in self._narrowed:
            self._narrowed[key] = CaseView(self.source, self.as_of, self.vocabulary, self.removed, key)
        return self._narrowed[key]

    # --- lists

    def records(self, singular: str) -> tuple[Record, ...]:
        """The records of a list, by id, so that their order in the case never shows; none if the list is absent."""
        found = self._records.get(singular)
        if found is None:
            found = self._records[singular] = self._make_records(singular)
        return found

    def unseen(self, singular: str) -> Record:
        """The record that stands for those which nobody has entered: all its values are unknown."""
        if singular not in self._unseen:
            path = record_path(self.list_name(singular), UNSEEN_ID)
            self._unseen[singular] = Record(singular, UNSEEN_ID, -1, None, U, path, None)
        return self._unseen[singular]

    def is_open(self, singular: str) -> bool:
        """Whether a list may hold records that nobody has entered.

        It may if it is absent, incomplete, or known to be complete from a removed path only; people may unless all
        are said to be recorded. A list whose facts exist in none of the possible stages holds nothing more.
        """
        found = self._open.get(singular)
        if found is None:
            found = self._open[singular] = self._find_open(singular)
        return found

    def list_given(self, singular: str) -> bool:
        """Whether the list is there at all, complete or not: ask for "any" if it is not, for "any other" if it is."""
        return getattr(self.source, self.list_name(singular)) is not None

    def list_name(self, singular: str) -> str:
        """The path of a list: `injuries` for `injury`."""
        return self._kinds[singular].name

    def extra(self, name: str) -> Record:
        """The facts of an extension; raises `CallError` if the case holds what its model does not allow."""
        if name not in self._extras:
            entry = extension_entry(self.source, self.vocabulary, name)
            owner = f"extra.{name}"
            self._extras[name] = Record(owner, name, 0, None, T, owner, entry)
        return self._extras[name]

    # --- values

    def value(self, record: Record, name: str) -> Value:
        """The bare value of a fact of a record, by its short name; None is unknown."""
        values = record.values
        if name in values:
            return values[name]
        plan = self._plans[record.kind][name]
        barred = None if plan.everywhere else self._barred(plan)
        if barred is not None:
            value = barred.value
        elif record.entry is None and record.id == UNSEEN_ID:
            value = None
        elif plan.derivation is not None:
            # What it was for is not kept: its reasons hold on to the view until they are worked out.
            value = plan.derivation.function(self, record).value
        else:
            value = self._entered(record, plan)
        values[name] = value
        return value

    def derive(self, record: Record, name: str) -> Derived:
        """The value of a fact, entered or derived, with the paths that decided it and those that leave it open."""
        found = record.reasons.get(name)
        if found is None:
            found = self._reasons(record, self._plans[record.kind][name])
            record.reasons[name] = found.settled()
        return found

    def reads_itself(self, record: Record, name: str) -> bool:
        """Whether a fact is entered, exists at this stage and has a path: then that is all that is read for it."""
        plan = self._plans[record.kind][name]
        if plan.derivation is not None or name == "id" or record.id == UNSEEN_ID:
            return False
        return plan.everywhere or self._barred(plan) is None

    def path_of(self, record: Record, name: str) -> str:
        """The path of a fact of a record: `injuries[cheek].kind`, `child.movements`, `case.plan`."""
        return record.path(name)

    def locate(self, path: str) -> tuple[Record, str] | None:
        """The record and the short name of a concrete path of a fact, or None if it is the path of none."""
        base, _, name = path.rpartition(".")
        record = self._record_at(base)
        return None if record is None or name not in self._plans[record.kind] else (record, name)

    # --- how it is known

    def evidence(self, path: str) -> tuple[Evidence, ...]:
        """How the field, the record's existence or the list's completeness at a path is known."""
        return self.source.evidence.get(path, ())

    def carer_only_paths(self) -> frozenset[str]:
        """The paths of all that is known only because a parent or carer said so; derived facts are not among them."""
        return frozenset(
            path
            for path, evidence in self.source.evidence.items()
            if evidence and all(each.basis == "told_by_carer" and each.why is None for each in evidence)
        )

    def unknown_reason(self, path: str) -> str | None:
        """Why a fact has no definite value, if the case says: `not_asked`, `declined`, `conflicting`, `after as_of`.

        A date that may mean several days gives `partial`; a stage that a date of birth contradicts `conflicting`.
        """
        located = self.locate(path)
        return self._reason_noted(path) if located is None else self.why_unknown(*located)

    def why_unknown(self, record: Record, name: str) -> str | None:
        """The same for a fact of a record."""
        path = record.path(name)
        noted = self._reason_noted(path)
        if noted is not None:
            return noted
        raw = getattr(record.entry, name, None)
        if path == "child.stage":
            return "conflicting" if raw is not None and self.stage is None and path not in self.removed else None
        if not isinstance(raw, When):
            return None
        past = self._plans[record.kind][name].fact.past
        kept = raw.cut(self.as_of) if past else raw
        return "after as_of" if kept is None else None if kept.exact else "partial"

    def _reason_noted(self, path: str) -> str | None:
        noted = self.evidence(path) if self.source.evidence else ()
        return next((evidence.why for evidence in noted if evidence.why is not None), None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Dates that lie ahead though they cannot, and entries that cannot all be right, by path."""
        if self._problems is None:
            stage = None if self.source.child is None or self._is_removed("child.stage") else self.source.child.stage
            self._problems = find_problems(self._known_dates(), stage, self.as_of, only_of_the_born(self.source))
        return self._problems

    def dates(self) -> tuple[Dated, ...]:
        """All date facts of all records as entered, also those that lie ahead, with None for the unknown ones."""
        found = []
        for record in self._all_records():
            for fact in self.vocabulary.entered_dates[record.kind]:
                path = record.path(fact.name)
                raw = None if self._is_removed(path) else getattr(record.entry, fact.name, None)
                found.append(Dated(record, fact, path, raw if isinstance(raw, When) else None))
        return tuple(found)

    def _known_dates(self) -> list[Dated]:
        """Those of them that are known."""
        found = []
        for record in self._all_records():
            for fact in self.vocabulary.entered_dates[record.kind] if record.entry is not None else ():
                raw = getattr(record.entry, fact.name, None)
                if isinstance(raw, When) and not self._is_removed(path := record.path(fact.name)):
                    found.append(Dated(record, fact, path, raw))
        return found

    def moments(self) -> tuple[Moment, ...]:
        """The dates through which derived facts change as time passes, for each record that has such a fact."""
        return tuple(
            moment
            for record in self._all_records()
            for plan in self._plans[record.kind].values()
            if plan.derivation is not None and plan.derivation.moments is not None
            for moment in plan.derivation.moments(self, record)
        )

    # --- within

    def _reasons(self, record: Record, plan: FieldPlan) -> Derived:
        barred = None if plan.everywhere else self._barred(plan)
        if barred is not None:
            return barred
        if record.id == UNSEEN_ID:
            return Derived(None, ((), (self.list_name(record.kind),)))
        if plan.derivation is not None:
            return plan.derivation.function(self, record)
        value = self.value(record, plan.fact.name)
        path = record.base if plan.fact.name == "id" else record.path(plan.fact.name)
        return Derived(value, ((path,), () if _settled(value) else (path,)))

    def _barred(self, plan: FieldPlan) -> Derived | None:
        """What the stage makes of a fact that does not exist in all stages; None if it may be read."""
        stages = plan.fact.stages
        if not self.possible_stages & stages:
            return Derived(NOT_APPLICABLE, (("child.stage" if self.stage else "child.born_on",), ()))
        if self._strict and not self.possible_stages <= stages:
            return Derived(None, ((), ("child.stage",)))
        return None

    def _entered(self, record: Record, plan: FieldPlan) -> Value:
        fact = plan.fact
        if self.removed and record.path(fact.name) in self.removed:
            return None
        return self.stage if fact.path == "child.stage" else entered_value(record.entry, fact, self.as_of)

    def _single(self, owner: str, label: str | None, entry: Any) -> Record:
        return Record(owner, owner, 0, label, T, owner, entry, self._at_hand(owner, entry))

    def _at_hand(self, owner: str, entry: Any) -> dict[str, Value]:
        """The values of an entry that are simply those of its fields, read at one go."""
        if entry is None or self.removed:
            return {}
        fields = vars(entry)
        return {name: fields.get(name) for name in self.vocabulary.as_entered(owner, self.possible_stages)}

    def _make_records(self, singular: str) -> tuple[Record, ...]:
        name = self.list_name(singular)
        entries: list[Any] = sorted(getattr(self.source, name) or (), key=_id)
        found = []
        for index, entry in enumerate(entries):
            path = record_path(name, entry.id)
            existence = U if path in self.removed else T
            values = self._at_hand(singular, entry)
            found.append(Record(singular, entry.id, index, entry.label, existence, path, entry, values))
        return tuple(found)

    def _find_open(self, singular: str) -> bool:
        kind = self._kinds[singular]
        if not kind.stages & self.possible_stages:
            return False
        if not self.list_given(singular) or kind.name in self.source.incomplete or kind.name in self.removed:
            return True
        return singular == "person" and self.value(self.case, "all_regular_people_recorded") is not True

    def _is_removed(self, path: str) -> bool:
        return path in self.removed

    def _all_records(self) -> list[Record]:
        single = [self.child, self.case, self.pregnancy, *map(self.extra, self.vocabulary.extensions)]
        return [*single, *(record for kind in self.vocabulary.kinds for record in self.records(kind))]

    def _record_at(self, base: str) -> Record | None:
        if base in ("child", "case", "pregnancy"):
            return cast("Record", getattr(self, base))
        if base.startswith("extra."):
            name = base.removeprefix("extra.")
            return self.extra(name) if name in self.vocabulary.extensions else None
        kind = self.vocabulary.kind_named(base.partition("[")[0])
        if kind is None:
            return None
        return next((each for each in self.records(kind.singular) if each.base == base), None)


def entered_value(entry: Any, fact: Fact, as_of: AsOf) -> Value:
    """The value of an entry's field on a day, where the fact exists and nothing of it is made unknown."""
    raw = getattr(entry, fact.name, None)
    if isinstance(raw, tuple):
        is_open = fact.name in getattr(entry, "incomplete", ())
        return Members(frozenset(raw), None if is_open else frozenset())
    if fact.past and isinstance(raw, When):
        return raw.cut(as_of)
    return cast("Value", raw)


def view(
    case: CaseContents, as_of: AsOf, vocabulary: Vocabulary, removed: frozenset[str] = NOTHING_REMOVED
) -> CaseView:
    """What the rules see of a case on a day.

    `removed` are paths to be made unknown: a field, a record (`injuries[cheek]`: it may not be there) or a list
    (`injuries`: there may be more). Derived facts follow.
    """
    return CaseView(case, as_of, vocabulary, removed)


def stages_left(case: CaseContents, as_of: AsOf, removed: frozenset[str] = NOTHING_REMOVED) -> frozenset[str]:
    """The stages that the child may be in: the one entered, or all that the date of birth leaves."""
    child = case.child
    if child is None:
        return ALL_STAGES
    given = None if "child.stage" in removed else child.stage
    if given is not None and given != "unborn":
        return ONLY[given]
    if "child.born_on" not in removed and certainly_past(child.born_on, as_of):
        return AFTER_BIRTH
    return ALL_STAGES if given is None else ONLY[given]


def _id(entry: Any) -> Any:
    return entry.id


def _label(entry: Any) -> str | None:
    return getattr(entry, "label", None)


def _settled(value: Value) -> bool:
    """Whether nothing more could be learned about a value."""
    if isinstance(value, When):
        return value.exact
    return value is not None and not (isinstance(value, Members) and value.open)
