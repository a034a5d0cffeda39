"""Looking names up."""

import pytest

from safeguard_rules.messages import Message
from safeguard_rules.packs.names import Directory, pack_of, short


def directory() -> Directory:
    found = Directory()
    for pack, names in {
        "a": ["own", "shared"],
        "b": ["shared", "used"],
        "c": ["used2", "shared"],
        "d": ["far"],
    }.items():
        found.declare("action", pack, names)
    found.uses = {"a": ("b", "c")}
    return found


FOUND = [("own", "a:own"), ("shared", "a:shared"), ("used", "b:used"), ("b:shared", "b:shared"), ("a:own", "a:own")]


@pytest.mark.parametrize(("written", "full"), FOUND)
def test_found(written: str, full: str) -> None:
    assert directory().find("action", "a", written) == full


NOT_FOUND = [
    ("usde", "unknown-action", "did you mean `used`?"),
    ("far", "unknown-action", "it is in `d`; add that pack to `uses`"),
    ("b:usde", "unknown-action", "did you mean `b:used`?"),
    ("d:far", "pack-not-used", "add `d` to `uses`"),
    ("nothing", "unknown-action", "expected `own`, `shared`, `used` or `used2`"),
]


@pytest.mark.parametrize(("written", "code", "hint"), NOT_FOUND)
def test_not_found(written: str, code: str, hint: str) -> None:
    said = directory().find("action", "a", written)
    assert isinstance(said, Message)
    assert (said.code, said.help) == (code, hint)


def test_in_two_used_packs_and_not_in_the_own() -> None:
    found = directory()
    found.uses["d"] = ("b", "c")
    said = found.find("action", "d", "shared")
    assert isinstance(said, Message)
    assert (said.code, said.help) == ("ambiguous-name", "write `b:shared` or `c:shared`")


def test_sorts_are_apart() -> None:
    assert isinstance(directory().find("rule", "a", "own"), Message)


def test_halves_of_a_full_name() -> None:
    assert (pack_of("a:own"), short("a:own"), short("own")) == ("a", "own", "own")
