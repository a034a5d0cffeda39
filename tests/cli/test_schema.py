"""`schema`: schemas into a folder, or one of them printed."""

import json
from pathlib import Path

import pytest

from safeguard_rules.cli.exits import Exit
from safeguard_rules.schemas.kinds import KINDS, file_name
from tests.cli.calling import Caller
from tests.packs_in_text import definition, rule, write_pack

EVERY_KEY = Path(__file__).parents[2] / "examples" / "every-key"


def test_they_are_written_into_a_folder_with_the_settings_of_an_editor(call: Caller) -> None:
    folder = call.folder / "deep" / ".schemas"
    answer = call("schema", "safe-sleep", "--output", str(folder))
    assert (answer.code, answer.err) == (Exit.WORKED, "")
    assert sorted(path.name for path in folder.iterdir()) == sorted(map(file_name, KINDS))
    first, _, settings = answer.out.partition("\n\nSettings for an editor with yaml-language-server:\n\n")
    assert first.startswith(f"wrote 7 schemas into {folder.as_posix()}: ")
    assert list(json.loads(settings)["yaml.schemas"]) == [f"{folder.as_posix()}/{file_name(kind)}" for kind in KINDS]


def test_one_is_printed_and_is_the_one_that_is_written(call: Caller) -> None:
    call("schema", "safe-sleep", "-o", str(call.folder))
    for kind in ("source", "case"):
        written = (call.folder / file_name(kind)).read_bytes()
        assert call("schema", kind, "safe-sleep").out.encode() == written
        assert json.loads(written)["type"] == "object"


def test_the_names_are_those_of_the_packs_and_localities_given(call: Caller) -> None:
    area = EVERY_KEY / "localities" / "sampleshire.yaml"
    ours = call("schema", "rules", str(EVERY_KEY), str(area)).out
    bundled = call("schema", "rules").out
    for name, here, there in (
        ("talk-it-over", True, False),
        ("report-to-social-care", True, True),
        ("reportable_injury", False, True),
        ("give-parents-leaflet", False, True),  # of a locality
    ):
        assert (f'"{name}"' in ours, f'"{name}"' in bundled) == (here, there), name


def test_a_locality_alone_brings_the_packs_that_it_uses(call: Caller) -> None:
    assert '"report-to-social-care"' in call("schema", "locality", "wiltshire").out


def test_a_pack_with_errors_gets_help_all_the_same(call: Caller) -> None:
    home = write_pack(call.folder, definition("d", "always", more="raeds: what it says"), rule("r", "d"))
    answer = call("schema", "rules", f"{home}/")
    assert answer.code == Exit.WORKED
    assert '"const": "d"' in answer.out
    assert answer.err == "the packs have 1 error, which `safeguard-rules check` shows\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a folder with --output, or else one kind of file: pack, rules, source"),
        (["case", "--output", "x"], "name a folder with --output, or else one kind"),
        (["rules", "saf-sleep"], "did you mean `safe-sleep`?"),
        (["rules", "nowhere/"], "there is no folder `nowhere`"),
        (["rules", "nowhere.yaml"], "there is no file `nowhere.yaml`"),
    ],
)
def test_a_wrong_call_is_2_and_writes_nothing(
    arguments: list[str], says: str, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(call.folder)
    answer = call("schema", *arguments)
    assert (answer.code, answer.out) == (Exit.WRONG_CALL, "")
    assert says in answer.err
    assert list(call.folder.iterdir()) == []
