"""What a day of a story adds: records by id, facts replaced, sets whole, nothing taken back without a word."""

import pytest

from safeguard_rules.case.learning import learn, same
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.reading.yaml_reader import read_yaml
from safeguard_rules.source import Issue, Text

NO_ID = "an entry learned for `people` has no `id`, so nobody can tell which one it is"
NO_CHILD = "a child has no `child: {id: ...}`, so nobody can tell which one it is"


def node(text: str) -> MapNode:
    issues: list[Issue] = []
    found = read_yaml(Text("story.yaml", text), issues)
    assert not issues
    assert isinstance(found, MapNode)
    return found


def plain(found: Node) -> object:
    match found:
        case Scalar():
            return found.text
        case ListNode():
            return [plain(item) for item in found.items]
        case MapNode():
            return {key: plain(entry.value) for key, entry in found.entries.items()}


def learned(known: str, news: str) -> object:
    issues: list[Issue] = []
    found = learn(node(known), node(news), issues)
    assert issues == []
    return plain(found)


def refused(known: str, news: str) -> list[str]:
    issues: list[Issue] = []
    learn(node(known), node(news), issues)
    return [issue.message for issue in issues]


@pytest.mark.parametrize(
    ("known", "news", "expected"),
    [
        ("plan: early_help", "plan: child_in_need", {"plan": "child_in_need"}),
        ("plan: early_help", "status: open", {"plan": "early_help", "status": "open"}),
        ("child: {id: a, stage: unborn}", "child: {stage: born}", {"child": {"id": "a", "stage": "born"}}),
        ("people: [{id: a, sex: male}]", "people: [{id: a, sex: female}]", {"people": [{"id": "a", "sex": "female"}]}),
        ("people: [{id: a}]", "people: [{id: b}]", {"people": [{"id": "a"}, {"id": "b"}]}),
        ("people: [{id: a}]", "people: [{id: a, label: x}]", {"people": [{"id": "a", "label": "x"}]}),
        ("plan: no_plan", "people: [{id: a}]", {"plan": "no_plan", "people": [{"id": "a"}]}),
        ("injuries: []", "injuries: [{id: a}]", {"injuries": [{"id": "a"}]}),
        ("injuries: [{id: a}]", "injuries: []", {"injuries": [{"id": "a"}]}),
        (
            "vulnerabilities: [poverty]",
            "vulnerabilities: [poverty, neglect]",
            {"vulnerabilities": ["poverty", "neglect"]},
        ),
        (
            "people: [{id: a, history: []}]",
            "people: [{id: a, history: [violence]}]",
            {"people": [{"id": "a", "history": ["violence"]}]},
        ),
        ("incomplete: [people]", "incomplete: []", {"incomplete": []}),
        ("evidence: {case.plan: {by: a}}", "evidence: {case.plan: {by: b}}", {"evidence": {"case.plan": {"by": "b"}}}),
        (
            "extra: {parking: {spaces: 1}}",
            "extra: {parking: {spaces: 2}, other: {x: 1}}",
            {"extra": {"parking": {"spaces": "2"}, "other": {"x": "1"}}},
        ),
        (
            "protective_factors: [{id: a}]",
            "protective_factors: [{id: a, what: x}]",
            {"protective_factors": [{"id": "a", "what": "x"}]},
        ),
    ],
)
def test_what_is_learned_is_laid_over_what_was_known(known: str, news: str, expected: object) -> None:
    assert learned(known, news) == expected


def test_what_is_done_once_more_is_done_on_the_later_day() -> None:
    known = "done: [{action: a, done_on: 2026-03-02}, {action: a, about: x}]"
    assert learned(known, "done: [{action: a, done_on: 2026-03-05}]") == {
        "done": [{"action": "a", "about": "x"}, {"action": "a", "done_on": "2026-03-05"}]
    }


def test_children_of_a_family_are_matched_by_their_ids_and_the_new_ones_come_last() -> None:
    known = "children: [{child: {id: a}, plan: no_plan}, {child: {id: b}}]"
    news = "children: [{child: {id: b, stage: born}}, {child: {id: c}}, {child: {id: a}, plan: early_help}]"
    assert learned(known, news) == {
        "children": [
            {"child": {"id": "a"}, "plan": "early_help"},
            {"child": {"id": "b", "stage": "born"}},
            {"child": {"id": "c"}},
        ]
    }


def test_what_is_said_for_one_child_leaves_the_others_alone() -> None:
    known = "people: [{id: p, for_children: {a: {relation: father}, b: {relation: other}}}]"
    news = "people: [{id: p, for_children: {a: {sees_child: never}, c: {relation: friend}}}]"
    assert learned(known, news) == {
        "people": [
            {
                "id": "p",
                "for_children": {
                    "a": {"relation": "father", "sees_child": "never"},
                    "b": {"relation": "other"},
                    "c": {"relation": "friend"},
                },
            }
        ]
    }


@pytest.mark.parametrize(
    ("known", "news", "expected"),
    [
        ("plan: early_help", "plan: null", "`plan` cannot become unknown by learning"),
        ("people: [{id: a, sex: male}]", "people: [{id: a, sex: null}]", "`sex` cannot become unknown by learning"),
        ("people: [{id: a}]", "people: [{label: x}]", NO_ID),
        ("people: [{id: a}]", "people: [x]", NO_ID),
        ("children: [{child: {id: a}}]", "children: [{plan: no_plan}]", NO_CHILD),
        (
            "vulnerabilities: [poverty, neglect]",
            "vulnerabilities: [neglect]",
            "`vulnerabilities` leaves out what was known: `poverty`",
        ),
        ("child: {movements: [sits]}", "child: {movements: []}", "`movements` leaves out what was known: `sits`"),
    ],
)
def test_learning_takes_nothing_back(known: str, news: str, expected: str) -> None:
    assert refused(known, news) == [expected]


def test_a_fact_that_changes_needs_evidence_anew() -> None:
    known = "people: [{id: a, sex: male, label: x}]\nevidence: {'people[a].sex': {by: a}}"
    told = "`people[a].sex` changes, and its evidence speaks of what was known before"

    assert refused(known, "people: [{id: a, sex: female}]") == [told]
    assert refused(known, "people: [{id: a, sex: male}]") == []
    assert refused(known, "people: [{id: a, sex: female}]\nevidence: {'people[a].sex': {by: b}}") == []


def test_evidence_of_a_child_is_held_against_what_is_learned_of_that_child() -> None:
    known = "children: [{child: {id: a, stage: born}, evidence: {child.stage: {by: x}}}, {child: {id: b, stage: born}}]"

    assert refused(known, "children: [{child: {id: b, stage: has_died}}]") == []
    assert len(refused(known, "children: [{child: {id: a, stage: has_died}}]")) == 1


def test_each_complaint_stands_where_it_was_written() -> None:
    issues: list[Issue] = []
    learn(node("child: {movements: [sits]}"), node("\n\nchild:\n  movements: [crawls]\n"), issues)
    assert [(issue.place.line, issue.place.column) for issue in issues] == [(4, 14)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a: 1\nb: [x]", "b: [x]\na: 1", True),
        ("a: 1", "a: '1'", False),
        ("a: [x, y]", "a: [y, x]", False),
        ("a: {b: 1}", "a: {}", False),
        ("a: [x]", "a: x", False),
    ],
)
def test_two_nodes_are_the_same_wherever_they_stand(one: str, other: str, alike: bool) -> None:
    assert same(node(one), node(f"# elsewhere\n{other}")) is alike


def test_nothing_is_the_same_as_nothing() -> None:
    assert same(None, None)
    assert not same(node("a: 1"), None)
