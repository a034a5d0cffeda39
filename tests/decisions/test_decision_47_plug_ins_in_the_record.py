"""Decision 47: code plug-ins are in the record with distribution, version and digest; without it no replay."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.packs.hookspecs import hookimpl
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins, PluginStamp, activate
from safeguard_rules.vocabulary.derived import PluginDerivation
from safeguard_rules.vocabulary.facts import Kind
from tests.packs_in_text import evaluate, rule, write_pack

FACT = PluginDerivation(
    "child.needs_more", Kind.BOOLEAN, "whether", "Whether.", ("child.disabled",), ("tiny:law/duty",), lambda _: None
)


class Code:
    """A plug-in with code that can change a result."""

    @hookimpl
    def safeguard_rules_derived_facts(self) -> list[PluginDerivation]:
        return [FACT]


class Sink:
    """A plug-in that changes no result."""

    @hookimpl
    def safeguard_rules_evaluated(self, evaluation: object) -> None:
        assert evaluation is not None


def plugins(**objects: object) -> Plugins:
    return replace(activate(objects=objects), packs=(), localities=())


def test_decision_47_what_a_stamp_says() -> None:
    assert plugins(b_code=Code(), a_sink=Sink()).stamps == (
        PluginStamp("a_sink", "", "", None, code=False),
        PluginStamp("b_code", "", "", None, code=True),
    )


def test_decision_47_our_own_packs_are_no_code() -> None:
    assert plugins().stamps == ()


STAMPED = PluginStamp("code", "somebodys-code", "1.2.0", "sha256:ab", code=True)


@pytest.mark.parametrize(
    ("stamp", "replayable"),
    [
        (STAMPED, True),
        (replace(STAMPED, digest=None), False),
        (replace(STAMPED, digest=None, code=False), True),
    ],
)
def test_decision_47_without_a_digest_it_cannot_be_replayed(
    stamp: PluginStamp, replayable: bool, tmp_path: Path
) -> None:
    found = replace(plugins(code=Code()), stamps=(stamp,))
    record = evaluate(Rulebook(load([write_pack(tmp_path, rule("r", "always"))], None, found))).record
    assert [(each.name, each.distribution, each.version, each.digest) for each in record.plugins] == [
        ("code", "somebodys-code", "1.2.0", stamp.digest)
    ]
    assert record.replayable is replayable
    assert ("code" in (record.why_not_replayable or "")) is not replayable
