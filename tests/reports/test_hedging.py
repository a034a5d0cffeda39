"""What a demand hangs on, in words that can be read."""

from safeguard_rules.reports.hedging import SHORT_READING, carers_word, certainty_words
from tests.reports.made import assumed, demand


def unless(*exceptions: object, most: int = SHORT_READING) -> tuple[str, ...]:
    return certainty_words(demand(certainty="unless", assumed=exceptions), most)


def test_an_exception_is_told_by_what_it_reads() -> None:
    seen = assumed("pack:already_recorded", reads="was recorded at birth", of="injury")
    person = assumed("pack:thought_safe", reads="can be approached safely", of="person")
    child = assumed("pack:at_home", reads="lives at home", of="child")
    all_asked = assumed("pack:everyone", reads="somebody has asked who else there is", of="child")
    assert unless(seen) == ("unless it was recorded at birth",)
    assert unless(person, seen) == ("unless this person can be approached safely or it was recorded at birth",)
    assert unless(child) == ("unless the child lives at home",)
    assert unless(all_asked) == ("unless somebody has asked who else there is",)


def test_a_long_reading_gives_way_to_the_words_of_the_name() -> None:
    long = assumed("pack:already_recorded", reads=f"was recorded {'again and ' * 6}again", of="injury")
    assert unless(long) == ("unless already recorded",)
    assert unless(long, most=100) == (f"unless it {long.reads}",)


def test_a_reading_without_anything_that_it_speaks_of_gives_way_too() -> None:
    assert unless(assumed("pack:already_recorded", reads="was recorded at birth")) == ("unless already recorded",)


def test_exceptions_that_read_alike_are_told_once() -> None:
    one = assumed("a:already_recorded", reads="was recorded at birth", of="injury")
    other = assumed("b:already_recorded", reads="was recorded at birth", of="injury")
    assert unless(one, other) == ("unless it was recorded at birth",)
    assert unless(assumed("a:already_recorded"), assumed("b:already_recorded")) == ("unless already recorded",)


def test_a_precaution_behind_a_statute_says_what_was_assumed() -> None:
    taken = assumed("pack:reaches", reads="reaches the child", value=True, exception=False, of="incident")
    stage = assumed("child.stage", reads="the child is born", value=True, exception=False)
    false = assumed("pack:mobile", reads="moves about", value=False, exception=False, of="child")
    granted = assumed("pack:newborn", value=True, exception=False, taken_for_granted=True)
    given = {"certainty": "as_precaution", "assumed": (taken, stage, false, granted)}
    assert certainty_words(demand("must", force="statute", **given)) == (
        "as a precaution, taking it that it reaches the child, the child is born and it is not so that the child moves "
        "about",
    )
    assert certainty_words(demand("must", force="national guidance", **given)) == ("as a precaution",)


def test_only_a_carers_word_is_said() -> None:
    assert carers_word(demand(rests_on_carer=True)) == " (only on what a carer said)"
    assert carers_word(demand()) == ""
