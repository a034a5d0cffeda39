"""Decision 24a: `after` orders and words, hides nothing, and never puts what is urgent below what may wait."""

from pathlib import Path

from tests.packs_in_text import action, assumed, definition, evaluate, load, names, recommended, rule, text_of

AFTER = [action("first"), action("second", "after: [first]")]


def test_decision_24a_after_orders_two_actions_of_one_rank(tmp_path: Path) -> None:
    pieces = [rule("a", "always", "{should: second}"), rule("b", "always", "{should: first}")]
    found = evaluate(load(tmp_path, *AFTER, *pieces))
    assert names(found) == ["first", "second"]
    assert recommended(found, "second").after == ("tiny:first",)


def test_decision_24a_what_must_be_done_now_is_not_placed_below_what_may_wait(tmp_path: Path) -> None:
    pieces = [
        action("third"),
        rule("a", "always", "{must: second}"),
        rule("b", "always", "{consider: first}"),
        rule("c", "always", "{should: third}"),
    ]
    order = names(evaluate(load(tmp_path, *AFTER, *pieces)))
    assert order.index("second") < order.index("third")
    # what it comes after is lifted, or stands below it; it is never dropped
    assert sorted(order) == ["first", "second", "third"]


def test_decision_24a_after_hides_nothing(tmp_path: Path) -> None:
    """`second` is recommended also where nobody recommends `first`, or only as a precaution."""
    alone = evaluate(load(tmp_path / "1", *AFTER, rule("a", "always", "{should: second}")))
    assert names(alone) == ["second"]
    assert recommended(alone, "second").after == ()
    maybe = definition("p", "{child.disabled: true}", more=assumed("true"))
    both = [rule("a", "always", "{should: second}"), rule("b", "p", "{should: first}")]
    assert sorted(names(evaluate(load(tmp_path / "2", *AFTER, maybe, *both)))) == ["first", "second"]


def test_decision_24a_what_is_not_to_be_done_is_no_first_step(tmp_path: Path) -> None:
    pieces = [rule("a", "always", "{should: second}"), rule("b", "always", "{must_not: first}")]
    found = evaluate(load(tmp_path, *AFTER, *pieces))
    assert recommended(found, "second").after == ()


def test_decision_24a_the_order_is_worded(tmp_path: Path) -> None:
    pieces = [rule("a", "always", "{should: second}"), rule("b", "always", "{should: first}")]
    text = text_of(evaluate(load(tmp_path, *AFTER, *pieces)))
    assert "only after: “Do first”" in text
