"""`generate`: cases of a pack from the command line."""

from pathlib import Path

import pytest

from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.testing.generated_file import NAME
from tests.cli.calling import Caller
from tests.testing.packs import GOOD, folder_with


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A pack whose cases all pass."""
    return folder_with(tmp_path / "packs", GOOD)


def test_cases_of_a_folder_are_written_beside_its_rules_and_counted(call: Caller, home: Path) -> None:
    answer = call("generate", str(home), "--boundaries")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "tiny: 19 of 19 wanted cases of 3 rules found",
        f"  cases that await a person's review: 16, in {(home / NAME).as_posix()}",
    ]
    assert list(home.glob(".*")) == []
    tested = call("test", str(home))
    assert tested.code == 0
    assert "generated cases that await a person's review, and show nothing yet: 16" in tested.out


def test_the_review_can_be_required(call: Caller, home: Path) -> None:
    call("generate", str(home))
    assert call("test", str(home), "--require-reviewed").code == 1


def test_cases_of_a_pack_by_its_id_are_printed_and_the_account_stands_apart(call: Caller) -> None:
    answer = call("generate", "lived-experience", "--rule", "see-awake")
    assert answer.code == 0
    assert "language: 1\ncases:\n" in answer.out
    assert answer.out.count("reviewed: false") == answer.out.count("  - title: ") + 1
    assert answer.err.startswith("lived-experience: ")


def test_mutants_are_counted_and_others_looked_for(call: Caller, home: Path) -> None:
    answer = call("generate", str(home), "-o", "-", "--suggest")
    assert "  mutants: 19 of 19 found out before, 19 with these cases\n" in answer.err
    assert not (home / NAME).exists()


def test_only_what_is_missing_can_be_nothing_and_nothing_is_written(call: Caller, home: Path) -> None:
    call("generate", str(home))
    made = home / NAME
    made.write_text(made.read_text("utf-8").replace("    reviewed: false\n", ""), encoding="utf-8")
    (home / "signed.cases.yaml").write_text(made.read_text("utf-8"), encoding="utf-8")
    made.unlink()
    answer = call("generate", str(home), "--missing")
    assert "  shown by reviewed cases already: " in answer.out
    assert "  cases that await a person's review: 0\n" in answer.out
    assert not made.exists()


def test_what_is_not_found_is_listed_and_not_called_proved(call: Caller, home: Path) -> None:
    pack = home / "pack.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("{injury.kind: bruise}", "{all: [{injury.kind: bruise}, {injury.kind: bruise}]}"))
    out = call("generate", str(home)).out
    assert "  no such case found, which proves nothing: 2\n" in out
    assert f"{shown_name(pack)}:" in out
    assert "each does not apply because of: the kind of injury: bruise\n" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wiltshire"], "`wiltshire` is a locality"),
        (["safe-sleap"], "did you mean `safe-sleep`?"),
        (["safe-sleep", "--rule", "never-on-a-soffa"], "did you mean `never-on-a-sofa`?"),
        (["safe-sleep", "-o", "nowhere/x.cases.yaml"], "--output: there is no folder `nowhere`"),
        (["safe-sleep", "-o", "x.yaml"], "--output: expected a file that ends in `.cases.yaml`, got `x.yaml`"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call: Caller, arguments: list[str], said: str) -> None:
    answer = call("generate", *arguments)
    assert answer.code == 2
    assert said in answer.err


def test_help_has_examples(call: Caller) -> None:
    assert "safeguard-rules generate ./my-pack" in call("generate", "--help").out
