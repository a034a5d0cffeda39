"""Decision 21: a merged action keeps each demand whole; nothing of one is joined with something of another."""

from pathlib import Path

from tests.packs_in_text import assumed, definition, evaluate, load, recommended, rule, text_of

SOURCED = "{time: 5 days, basis: sourced, cites: [law/duty]}"
PROPOSED = "{time: at once, basis: proposed, cites: [ours/choice]}"


def test_decision_21_obligation_time_force_and_addressees_stay_with_their_demand(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "always", f"{{must: act, within: {SOURCED}}}", "for: [police]"),
        rule("s", "always", f"{{should: act, within: {PROPOSED}, how: by phone, cites: [advice/tip]}}"),
        rule("t", "d", "{consider: act}"),
        definition("d", "{child.disabled: true}", more=assumed("true")),
    )
    merged = recommended(evaluate(book))
    told = [
        (
            demand.rule,
            demand.obligation,
            (demand.within.time, demand.within.basis) if demand.within else None,
            demand.how,
            demand.force,
            demand.addressed,
            demand.certainty,
            [citation.statement for citation in demand.citations],
        )
        for demand in merged.demands
    ]
    assert told == [
        ("tiny:r", "must", ("5 days", "sourced"), None, "statute", ("police",), "certain", ["tiny:law/duty"]),
        ("tiny:s", "should", ("at once", "proposed"), "by phone", "charity advice", (), "certain", ["tiny:advice/tip"]),
        ("tiny:t", "consider", None, None, "statute", (), "as_precaution", ["tiny:law/duty"]),
    ]


def test_decision_21_the_headline_never_borrows_a_time(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "always", f"{{must: act, within: {SOURCED}}}"),
        rule("s", "always", f"{{should: act, within: {PROPOSED}}}"),
    )
    merged = recommended(evaluate(book))
    assert (merged.obligation, merged.within and merged.within.time) == ("must", "5 days")
    text = text_of(evaluate(book))
    assert "must at once" not in text.casefold()


def test_decision_21_the_action_shows_the_citations_of_all_its_demands(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "always"), rule("s", "always", "{consider: act, cites: [advice/tip]}"))
    cited = [citation.statement for citation in recommended(evaluate(book)).citations]
    assert cited == ["tiny:law/duty", "tiny:advice/tip"]
