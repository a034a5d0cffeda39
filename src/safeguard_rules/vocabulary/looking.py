"""Small looks at a view, each a part with its reasons: what derived facts are made of."""

from collections.abc import Iterable
from datetime import timedelta

from safeguard_rules.values.dates import When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_YET, Special
from safeguard_rules.values.timing import Elapsed, after
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.parts import Part, every_part, no_part, once, some_part
from safeguard_rules.vocabulary.records import Derived, Reader, Reasons, Record

PREGNANCY_DAYS = 280


class Looked:
    """A date that was looked up: a `When`, None if unknown, a `Special` if there is none; and its reasons."""

    __slots__ = ("_name", "_record", "_view", "known", "when")

    def __init__(self, view: Reader, record: Record, name: str) -> None:
        when = view.value(record, name)
        assert when is None or isinstance(when, When | Special)
        self.when = when
        self.known = when if isinstance(when, When) else None
        """The date, if it is one."""
        self._view, self._record, self._name = view, record, name

    @property
    def reasons(self) -> Reasons:
        """What was read for it and what leaves it open."""
        return self._view.derive(self._record, self._name).reasons


def look_up_date(view: Reader, record: Record, name: str) -> Looked:
    """A date fact with its reasons."""
    return Looked(view, record, name)


def reasons_of(*looked: Looked | Part) -> Reasons:
    """All paths read and all paths missing, as often as they are met."""
    found = [each.reasons for each in looked]
    return tuple(path for read, _ in found for path in read), tuple(path for _, missing in found for path in missing)


def compared(truth: Truth, *dates: Looked) -> Part:
    """A truth about dates, for the reasons of those dates."""
    return Part(truth, lambda: reasons_of(*dates))


def date_after(left: Looked, right: Looked) -> Part:
    """Whether one date is later than another; a date that is `not_yet` there is not."""
    if isinstance(left.when, Special):
        return compared(F, left)
    return compared(after(left.when, right.known), left, right)


def on_or_after(left: When | None, right: When | None) -> Truth:
    """Whether one UK day is the other, or a later one."""
    if left is None or right is None or left.first < right.last:
        return F if left is not None and right is not None and left.last < right.first else U
    return T


def looks(view: Reader, record: Record, name: str, wanted: bool | str) -> Part:
    """Whether a yes-or-no, word or reference fact has this value."""
    value = view.value(record, name)
    return Part(U if value is None else T if value == wanted else F, lambda: view.derive(record, name).reasons)


def holds(view: Reader, record: Record, name: str, member: str) -> Part:
    """Whether a set holds this word or id."""
    value = view.value(record, name)
    if isinstance(value, Special):
        return Part(F, lambda: (view.derive(record, name).read, ()))
    assert value is None or isinstance(value, Members)
    return Part(U if value is None else value.includes(member), lambda: view.derive(record, name).reasons)


def there(record: Record) -> Part:
    """Whether the record exists: certain, unless only a carer's word says so and that is set aside."""
    return Part(record.existence, ((record.base,), () if record.existence == T else (record.base,)))


def only_if_there(record: Record, part: Part) -> Part:
    """A part about a record, which is false if the record is not there."""
    return part if record.existence == T else every_part((there(record), part))


def unless_not_there(record: Record, part: Part) -> Part:
    """A part about a record, which is true if the record is not there."""
    return part if record.existence == T else some_part((no_part(there(record)), part))


def complete(view: Reader, *singulars: str) -> Part:
    """Whether these lists hold all that there is: T, or U for any list that is open."""
    return every_part(_complete(view, singular) for singular in singulars)


def others_unseen(view: Reader, singular: str) -> Part:
    """What an open list adds to "some record ...": U for the records that nobody has entered."""
    return no_part(_complete(view, singular))


def running_since(view: Reader, record: Record, name: str, days_before: int = 0) -> Derived:
    """The length of time since a date, or since so many days before it."""
    date = look_up_date(view, record, name)
    if date.known is None:
        return Derived(date.when, lambda: date.reasons)
    anchor = timedelta(days=days_before)
    return Derived(Elapsed(date.known.first - anchor, date.known.last - anchor), lambda: date.reasons)


def is_finished(date: Looked) -> Part:
    """Whether something with this date of finishing is finished."""
    return compared(U if date.when is None else F if isinstance(date.when, Special) else T, date)


def finished(view: Reader, assessment: Record) -> Part:
    """Whether there is this assessment, finished."""
    return only_if_there(assessment, is_finished(look_up_date(view, assessment, "finished_on")))


def some_finished(view: Reader) -> Part:
    """Whether any assessment is finished, those unseen included."""
    seen = [finished(view, each) for each in view.records("assessment")]
    return some_part([*seen, others_unseen(view, "assessment")])


def after_latest_assessment(view: Reader, date: Looked, some: Part | None = None) -> Part:
    """Whether a date is later than the latest finished assessment; false if there is none.

    It is: some assessment is finished, and the date is later than each finished one, those unseen included. `some` is
    what `some_finished` says, for those who ask about many dates.
    """
    if isinstance(date.when, Special):
        return compared(F, date)
    later_than_all = [_later_than(view, date, each) for each in view.records("assessment")]
    return every_part([some or some_finished(view), complete(view, "assessment"), *later_than_all])


def together(parts: Iterable[Derived | Part]) -> Reasons:
    """All paths read and all paths missing, each once, in the order met."""
    kept = tuple(parts)
    return once(path for part in kept for path in part.read), once(path for part in kept for path in part.missing)


def _complete(view: Reader, singular: str) -> Part:
    name = view.list_name(singular)
    return Part(U, ((name,), (name,))) if view.is_open(singular) else Part(T, ((name,), ()))


def _later_than(view: Reader, date: Looked, assessment: Record) -> Part:
    end = look_up_date(view, assessment, "finished_on")
    if end.when is NOT_YET:
        return compared(T, end)
    return unless_not_there(assessment, date_after(date, end))
