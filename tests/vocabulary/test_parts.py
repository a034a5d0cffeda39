"""Parts with reasons: which reasons survive when they are joined."""

import pytest

from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.parts import Part, every_part, no_part, some_part, yes_or_no

YES, OTHER_YES = Part(T, (("yes",), ())), Part(T, (("yes2",), ()))
NO = Part(F, (("no",), ()))
OPEN = Part(U, (("open", "seen"), ("open",)))

JOINED = [
    (every_part, (), Part(T)),
    (every_part, (YES, OTHER_YES), Part(T, (("yes", "yes2"), ()))),
    (every_part, (YES, NO, OPEN), Part(F, (("no",), ()))),
    (every_part, (YES, OPEN), Part(U, (("open", "seen"), ("open",)))),
    (some_part, (), Part(F)),
    (some_part, (NO, YES, OPEN, OTHER_YES), Part(T, (("yes", "yes2"), ()))),
    (some_part, (NO, OPEN), Part(U, (("open", "seen"), ("open",)))),
    (some_part, (NO, NO), Part(F, (("no",), ()))),
    (no_part, YES, Part(F, (("yes",), ()))),
    (no_part, OPEN, OPEN),
]


@pytest.mark.parametrize(("join", "parts", "joined"), JOINED)
def test_joining(join: object, parts: object, joined: Part) -> None:
    assert callable(join)
    assert join(parts) == joined


def test_the_value_of_a_part() -> None:
    assert yes_or_no(YES) == (True, ("yes",), ())
    assert yes_or_no(NO) == (False, ("no",), ())
    assert yes_or_no(OPEN) == (None, ("open", "seen"), ("open",))
