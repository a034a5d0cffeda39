"""Entries that cannot be right, or not all at once."""

from typing import Any

import pytest

from tests.vocabulary.looked_at import look

PROBLEMS = [
    ({"child": {"born_on": "2026-03-01"}}, []),
    ({"child": {"born_on": "2026-03-11"}}, [("date-ahead", "child.born_on")]),
    ({"child": {"born_on": "2026-04"}}, [("date-ahead", "child.born_on")]),
    ({"child": {"born_on": "2026-03"}}, []),
    ({"contacts": [{"id": "c", "happens_on": "2026-04-01"}]}, []),
    ({"assessments": [{"id": "a", "finished_on": "2026-04-01"}]}, [("date-ahead", "assessments[a].finished_on")]),
    ({"assessments": [{"id": "a", "finished_on": "not_yet"}]}, []),
    ({"child": {"stage": "unborn", "expected_on": "2026-03-09"}}, [("expected-date-past", "child.expected_on")]),
    ({"child": {"stage": "unborn", "expected_on": "2026-03-10"}}, []),
    ({"child": {"stage": "unborn", "expected_on": "2026-03"}}, []),
    ({"child": {"stage": None, "expected_on": "2026-02"}}, [("expected-date-past", "child.expected_on")]),
    ({"child": {"stage": None, "expected_on": "2026-02", "born_on": "2026-02-05"}}, []),
    ({"child": {"stage": "born", "expected_on": "2026-02"}}, []),
    ({"child": {"stage": "unborn", "born_on": "2026-02-05"}}, [("stage-contradicts-birth", "child.stage")]),
    ({"child": {"stage": "unborn", "born_on": "2026-03"}}, []),
    (
        {"child": {"born_on": "2026-02-05"}, "injuries": [{"id": "i", "noticed_on": "2026-02-04"}]},
        [("before-birth", "injuries[i].noticed_on")],
    ),
    ({"child": {"born_on": "2026-02-05"}, "injuries": [{"id": "i", "noticed_on": "2026-02"}]}, []),
    (
        # an assessment before the birth is an ordinary thing
        {"child": {"born_on": "2026-02-05"}, "assessments": [{"id": "a", "finished_on": "2025"}]},
        [],
    ),
    (
        {"referrals": [{"id": "r", "sent_on": "2026-03-05", "acknowledged_on": "2026-03-04"}]},
        [("out-of-order", "referrals[r].acknowledged_on")],
    ),
    ({"referrals": [{"id": "r", "sent_on": "2026-03-05", "acknowledged_on": "not_yet"}]}, []),
]


@pytest.mark.parametrize(("given", "expected"), PROBLEMS)
def test_problems(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(each.code, each.path) for each in look(given).problems] == expected


def test_a_problem_is_a_sentence_about_the_entry() -> None:
    found = look({"child": {"born_on": "2026-04-01"}}).problems[0]
    assert found.message == (
        "the child's date of birth is given as 2026-04-01, which lies ahead of 2026-03-10; it counts as unknown"
    )


def test_a_path_that_was_made_unknown_is_no_problem() -> None:
    assert look({"child": {"born_on": "2026-04-01"}}, removed=("child.born_on",)).problems == ()
