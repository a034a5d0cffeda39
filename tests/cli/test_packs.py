"""`packs`: the list, and what one says in English."""

import json
from pathlib import Path

from safeguard_rules.cli.exits import Exit
from tests.cli.calling import Caller

RULEPACKS = Path(__file__).parents[2] / "rulepacks"


def test_packs_localities_and_plug_ins_are_listed(call: Caller) -> None:
    printed = call("packs", "list").out
    assert "- non-mobile-injury 0.1.0 (draft): " in printed
    assert "- wiltshire 0.1.0 (draft): Wiltshire" in printed
    assert "- bundled (safeguard-rules " in printed


def test_the_list_as_json(call: Caller) -> None:
    tree = json.loads(call("packs", "list", "--format", "json").out)
    assert [each["id"] for each in tree["packs"]] == sorted(each["id"] for each in tree["packs"])
    assert {"stoke-on-trent", "wiltshire"} <= {each["id"] for each in tree["localities"]}
    assert tree["plugins"][0]["active"] is True


def test_a_pack_is_shown_in_english_with_sources_and_status(call: Caller) -> None:
    printed = call("packs", "show", "non-mobile-injury", "--as-of", "2026-03-02").out
    assert "A draft: a qualified safeguarding lead has not reviewed it." in printed
    assert "(report-injury)\n    when  for each injury, " in printed
    assert "    should   report it to children's social care; at once" in printed
    assert "shown for 2 March 2026" in printed
    assert "Definitions\n" in printed
    assert "Sources\n" in printed


def test_a_locality_shows_its_contacts_and_what_it_carries(call: Caller) -> None:
    printed = call("packs", "show", "wiltshire").out
    assert "Integrated Front Door; 0300 456 0108; Monday to Thursday 08:45 to 17:00, Friday 08:45" in printed
    assert "nobody has checked this" in printed
    assert "Rules carried further\n" in printed
    assert "Meanings and thresholds\n" in printed


def test_a_folder_can_be_shown(call: Caller) -> None:
    text = (RULEPACKS / "guidance" / "sources" / "pack-proposals.yaml").read_text(encoding="utf-8")
    call.write("mine/sources/pack-proposals.yaml", text)
    call.write("mine/pack.yaml", "language: 1\npack: mine\ntitle: My own\nversion: 0.1.0\nstatus: draft\n")
    printed = call("packs", "show", str(call.folder / "mine") + "/").out
    assert printed.startswith("My own (mine 0.1.0, draft)")


def test_a_pack_as_json(call: Caller) -> None:
    tree = json.loads(call("packs", "show", "consent-clarity", "--as-of", "2026-03-02", "--format", "json").out)
    assert tree["id"] == "consent-clarity"
    assert tree["shown_for"] == "2026-03-02"
    rule = tree["rules"][0]
    assert rule["when"]
    assert rule["cites"]
    assert rule["demands"][0]["obligation"]


def test_the_forms_of_what_areas_mean_differently_are_shown(call: Caller) -> None:
    printed = call("packs", "meanings", "not_independently_mobile", "--as-of", "2026-03-02").out
    assert printed.startswith("Meanings that differ from area to area, 2 March 2026\n")
    assert (
        "  - surrey, as in Surrey: does not yet crawl, bottom-shuffle, cruise or walk, or is under six months"
        in printed
    )
    assert "  - rolling_counts, as in Durham; Leicestershire and Rutland: " in printed
    assert "  No form is made of\n" in printed
    assert "meaning was not obtained, so no rule can go by it" in printed
    assert "  - Wiltshire (wiltshire): not known, so the shared form holds." in printed
    assert "booked late" not in printed


def test_all_such_definitions_are_shown_without_a_name(call: Caller) -> None:
    tree = json.loads(call("packs", "meanings", "--format", "json").out)
    named = [each["definition"] for each in tree["definitions"]]
    assert named == sorted(named)
    assert {"non-mobile-injury:not_independently_mobile"} < set(named)


def test_the_forms_as_json(call: Caller) -> None:
    name = "non-mobile-injury:not_independently_mobile"
    tree = json.loads(call("packs", "meanings", name, "--as-of", "2026-03-02", "--format", "json").out)
    (found,) = tree["definitions"]
    assert (tree["as_of"], found["definition"], found["of"], found["used"]) == ("2026-03-02", name, "child", "plainly")
    forms = {each["form"]: each for each in found["forms"]}
    assert list(forms) == ["national", *sorted(set(forms) - {"national"})]
    assert (forms["national"]["adopting"], forms["surrey"]["adopting"]) == ("shared", "free")
    assert forms["rotherham"]["adopting"] == "waiver"
    assert forms["west_sussex"]["used_by"] == [
        {"id": "west-sussex", "title": "West Sussex"},
        {"id": "wigan", "title": "Wigan"},
    ]
    assert all(each["cites"] and each["when"] for each in forms.values())
    assert {each["area"] for each in found["no_form_from"]} == {None, "scottish-borders", "wiltshire"}
    assert {each["id"]: each["form"] for each in found["localities"]} == {"stoke-on-trent": None, "wiltshire": None}


def test_a_pack_of_ones_own_has_its_forms_shown(call: Caller) -> None:
    every_key = str(RULEPACKS.parent / "examples" / "every-key") + "/"
    printed = call("packs", "meanings", "small_at_birth", "--packs", every_key).out
    assert "  - or_early, as in Sampleshire: was small at birth, or early\n" in printed
    assert "The table was not obtained." in printed


def test_a_definition_that_has_one_form_is_not_found(call: Caller) -> None:
    answer = call("packs", "meanings", "not_independently_mobil")
    assert answer.code == Exit.WRONG_CALL
    assert "with more than one form; did you mean `not_independently_mobile`?" in answer.err
    told = call("packs", "meanings", "xyz")
    assert "there are `" in told.err


HEAD = "language: 1\npack: aged\ntitle: Aged\nversion: 0.1.0\nstatus: draft\n"
AGED = f"{HEAD}review_by: 2026-03-02\nexpires_on: 2026-06-30\n"


def test_a_pack_shows_the_day_of_its_review_and_whether_it_is_over(call: Caller) -> None:
    call.write("aged/pack.yaml", AGED)
    folder = str(call.folder / "aged") + "/"
    in_time = call("packs", "show", folder, "--as-of", "2026-03-02").out
    assert "To be reviewed by 2 March 2026.\nExpires on 30 June 2026.\n" in in_time
    late = call("packs", "show", folder, "--as-of", "2026-07-01").out
    assert "To be reviewed by 2 March 2026, which is overdue.\nExpired on 30 June 2026.\n" in late
    tree = json.loads(call("packs", "show", folder, "--as-of", "2026-03-03", "--format", "json").out)
    assert (tree["review_by"], tree["expires_on"]) == ("2026-03-02", "2026-06-30")
    assert tree["overdue"] == ["the pack `aged` was to be looked through again by 2026-03-02"]


def test_a_pack_without_a_review_date_says_so(call: Caller) -> None:
    assert "\nNo review date set.\n" in call("packs", "show", "guidance").out


def test_a_day_that_is_none_is_told(call: Caller) -> None:
    answer = call("packs", "list", "--as-of", "soon")
    assert answer.code == 2
    assert "--as-of: " in answer.err
