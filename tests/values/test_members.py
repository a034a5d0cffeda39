"""Sets of which not all is known, compared with trying every set that may be the true one."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, combinations

import pytest

from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import F, T, Truth, U

WORDS = ("crawls", "sits", "walks")
OTHER = "a word that no test names"


def subsets(words: Collection[str]) -> Iterator[frozenset[str]]:
    return map(frozenset, chain.from_iterable(combinations(words, size) for size in range(len(words) + 1)))


def verdict(answers: Iterable[bool]) -> Truth:
    found = set(answers)
    return U if len(found) == 2 else T if found == {True} else F


ALL = [Members(certain, possible) for certain in subsets(WORDS) for possible in (*subsets(WORDS), None)]


def in_words(value: Members) -> str:
    possible = "anything" if value.possible is None else "+".join(sorted(value.possible))
    return f"{'+'.join(sorted(value.certain))}|{possible}"


def true_sets(value: Members) -> list[frozenset[str]]:
    more = (*WORDS, OTHER) if value.possible is None else sorted(value.possible)
    return [value.certain | extra for extra in subsets(more)]


TESTS: dict[str, tuple[Callable[[Members, frozenset[str]], Truth], Callable[..., bool]]] = {
    "includes_any": (Members.includes_any, lambda true, words: bool(true & words)),
    "includes_all": (Members.includes_all, lambda true, words: words <= true),
    "only": (Members.only, lambda true, words: true <= words),
}


@pytest.mark.parametrize("name", TESTS)
@pytest.mark.parametrize("value", ALL, ids=in_words)
def test_a_test_is_definite_if_every_possible_set_agrees(name: str, value: Members) -> None:
    test, holds = TESTS[name]
    for words in subsets(WORDS):
        assert test(value, words) == verdict(holds(true, words) for true in true_sets(value)), words


@pytest.mark.parametrize("value", ALL, ids=in_words)
def test_one_word_and_emptiness_agree_with_every_possible_set(value: Members) -> None:
    for word in WORDS:
        assert value.includes(word) == verdict(word in true for true in true_sets(value))
    assert value.is_empty() == verdict(not true for true in true_sets(value))


def test_a_set_is_closed_unless_it_is_said_what_else_there_may_be() -> None:
    assert not Members(frozenset({"sits"})).open
    assert Members(frozenset({"sits"}), None).open
    assert Members(frozenset({"sits"}), frozenset({"walks"})).open


def test_a_certain_member_is_not_possible_besides() -> None:
    value = Members(frozenset({"sits"}), frozenset({"sits"}))
    assert not value.open
    assert value == Members(frozenset({"sits"}))
