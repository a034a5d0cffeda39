"""The vocabulary: every fact and list that a rule can read, derived from the case models."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as slot
from typing import NamedTuple, Self

from pydantic import BaseModel

from safeguard_rules.case.child import Child, Pregnancy
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.fields import ListNote, list_note
from safeguard_rules.errors import PluginError
from safeguard_rules.values.frozen import FrozenMap
from safeguard_rules.vocabulary.derivations import DERIVATIONS
from safeguard_rules.vocabulary.derived import Derivation, PluginDerivation
from safeguard_rules.vocabulary.entered import entered_facts, entry_model
from safeguard_rules.vocabulary.fact import Fact as Fact
from safeguard_rules.vocabulary.fact import RecordKind as RecordKind
from safeguard_rules.vocabulary.kinds import STAGES
from safeguard_rules.vocabulary.kinds import Kind as Kind


class FieldPlan(NamedTuple):
    """How a view reads one fact: from its field, or by its derivation."""

    fact: Fact
    everywhere: bool
    derivation: Derivation | None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All facts by path and all lists by their singular, with what a view needs to read them.

    `plans` holds, for each owner, its facts by name in the order of the models. `extensions` are the models of the
    namespaces that plug-ins add. Lists that no rule may read (strengths, what is done) are not in it.
    """

    facts: Mapping[str, Fact]
    kinds: Mapping[str, RecordKind]
    plans: Mapping[str, Mapping[str, FieldPlan]]
    extensions: Mapping[str, type[BaseModel]]
    plans_at_hand: Mapping[str, Mapping[str, FieldPlan]] = slot(init=False, repr=False)
    """The same plans in plain dictionaries, which are the quickest to look into."""
    kinds_at_hand: Mapping[str, RecordKind] = slot(init=False, repr=False)
    entered_dates: Mapping[str, tuple[Fact, ...]] = slot(init=False, repr=False)
    """The dates that are entered, for each owner."""
    _as_entered: dict[tuple[str, frozenset[str]], tuple[str, ...]] = slot(init=False, repr=False)
    _by_name: Mapping[str, RecordKind] = slot(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plans_at_hand", dict(self.plans))
        object.__setattr__(self, "kinds_at_hand", dict(self.kinds))
        dates = {owner: tuple(_dates(plans.values())) for owner, plans in self.plans.items()}
        object.__setattr__(self, "entered_dates", dates)
        object.__setattr__(self, "_as_entered", {})
        object.__setattr__(self, "_by_name", {kind.name: kind for kind in self.kinds.values()})

    @classmethod
    def standard(cls) -> Self:
        """The facts of the case models and the derived facts of this library, with no plug-in."""
        return cls.extended({})

    @classmethod
    def extended(cls, extensions: Mapping[str, type[BaseModel]], derived: Iterable[PluginDerivation] = ()) -> Self:
        """The standard vocabulary with plug-ins' namespaces (`extra.<name>.<field>`) and derived facts.

        Raises `PluginError` for an extension with a field that cannot be a fact, and for a derived fact with a path
        that is taken or belongs to nothing, or that reads what is no entered fact or list.
        """
        kinds = {note.singular: (name, note) for name, note in _lists()}
        facts = {fact.path: fact for fact in _entered(kinds, extensions)}
        derivations = list(DERIVATIONS)
        for plugin in sorted(derived, key=lambda each: each.path):
            _check(plugin, facts, derivations, [name for name, _ in kinds.values()])
            derivations.append(plugin.derivation())
        facts |= {each.path: _derived_fact(each) for each in derivations}
        by_path = {each.path: each for each in derivations}
        owners = ["child", "case", "pregnancy", *kinds, *(f"extra.{name}" for name in sorted(extensions))]
        return cls(
            FrozenMap(facts),
            FrozenMap({singular: _kind(name, note, facts.values()) for singular, (name, note) in kinds.items()}),
            FrozenMap({owner: _plans(owner, facts.values(), by_path) for owner in owners}),
            FrozenMap(dict(extensions)),
        )

    def fact(self, path: str) -> Fact | None:
        """The fact at a path, or None if there is none."""
        return self.facts.get(path)

    def facts_of(self, owner: str) -> tuple[Fact, ...]:
        """The facts of `child`, `case`, `pregnancy`, a list's singular or an `extra.<name>`, in the models' order."""
        return tuple(plan.fact for plan in self.plans.get(owner, {}).values())

    def as_entered(self, owner: str, stages: frozenset[str]) -> tuple[str, ...]:
        """The facts of an owner whose value is that of the field, on any day, if only these stages are possible."""
        key = owner, stages
        found = self._as_entered.get(key)
        if found is None:
            plans = self.plans[owner].values()
            found = self._as_entered[key] = tuple(plan.fact.name for plan in plans if _is_as_entered(plan, stages))
        return found

    def kind_named(self, name: str) -> RecordKind | None:
        """The list with this name (`injuries`), or None if there is none."""
        return self._by_name.get(name)

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """All derived facts, by path."""
        found = (plan.derivation for owner in self.plans.values() for plan in owner.values())
        return tuple(sorted((each for each in found if each is not None), key=lambda each: each.path))


def _dates(plans: Iterable[FieldPlan]) -> Iterator[Fact]:
    return (plan.fact for plan in plans if plan.fact.kind is Kind.DATE and plan.derivation is None)


def _is_as_entered(plan: FieldPlan, stages: frozenset[str]) -> bool:
    fact = plan.fact
    converted = fact.past or fact.kind in (Kind.WORDS, Kind.REFERENCES) or fact.path == "child.stage"
    return plan.derivation is None and not converted and stages <= fact.stages


def _lists() -> Iterator[tuple[str, ListNote]]:
    for name, field in CaseContents.model_fields.items():
        note = list_note(field)
        if note is not None and note.tested:
            yield name, note


def _entered(kinds: Mapping[str, tuple[str, ListNote]], extensions: Mapping[str, type[BaseModel]]) -> Iterator[Fact]:
    yield from entered_facts("child", Child)
    yield from entered_facts("case", CaseContents)
    yield from entered_facts("pregnancy", Pregnancy)
    for singular, (name, note) in kinds.items():
        yield _id_fact(singular, note)
        yield from entered_facts(singular, entry_model(CaseContents.model_fields[name]))
    for name in sorted(extensions):
        yield from entered_facts(f"extra.{name}", extensions[name])


def _id_fact(singular: str, note: ListNote) -> Fact:
    return Fact(
        path=f"{singular}.id",
        owner=singular,
        name="id",
        kind=Kind.REFERENCE,
        words=(),
        refers_to=singular,
        description=f"Which entry of the list it is: {note.phrase}.",
        phrase=note.phrase,
        question=note.question,
        topic=note.topic,
        stages=frozenset(STAGES),
    )


def _derived_fact(derivation: Derivation) -> Fact:
    owner, _, name = derivation.path.rpartition(".")
    return Fact(
        path=derivation.path,
        owner=owner,
        name=name,
        kind=derivation.kind,
        words=derivation.words,
        refers_to=None,
        description=derivation.description,
        phrase=derivation.phrase,
        question="",
        topic=derivation.topic,
        stages=frozenset(derivation.stages),
        derived=True,
        reads=derivation.reads,
    )


def _kind(name: str, note: ListNote, facts: Iterable[Fact]) -> RecordKind:
    own = [fact for fact in facts if fact.owner == note.singular and fact.name != "id"]
    return RecordKind(
        singular=note.singular,
        name=name,
        phrase=note.phrase,
        plural_phrase=note.plural,
        question=note.question,
        more_question=note.more_question,
        topic=note.topic,
        stages=frozenset(stage for fact in own for stage in fact.stages),
    )


def _plans(owner: str, facts: Iterable[Fact], derivations: Mapping[str, Derivation]) -> Mapping[str, FieldPlan]:
    return {
        fact.name: FieldPlan(fact, len(fact.stages) == len(STAGES), derivations.get(fact.path))
        for fact in facts
        if fact.owner == owner
    }


def _check(
    plugin: PluginDerivation, facts: Mapping[str, Fact], derivations: Sequence[Derivation], lists: Sequence[str]
) -> None:
    owner = plugin.path.rpartition(".")[0]
    if plugin.path in facts or any(plugin.path == each.path for each in derivations):
        raise PluginError(f"the derived fact `{plugin.path}` is there already")
    if owner not in {fact.owner for fact in facts.values()}:
        raise PluginError(
            f"the derived fact `{plugin.path}` belongs to nothing; a path starts as `child.` or `injury.`"
        )
    if not plugin.cites:
        raise PluginError(f"the derived fact `{plugin.path}` cites no statement")
    for path in plugin.reads:
        if path not in facts and path not in lists:
            raise PluginError(f"the derived fact `{plugin.path}` reads `{path}`, which is no entered fact or list")
