"""Figures, ratios, goals, and the tables and the picture that are made of them."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.contest import Contest, NotThereError
from benchmarks.goals import GOALS, Goal, Reached, reached, worst_line
from benchmarks.measuring import Figure, Loop, Progress, in_turns, ratio
from benchmarks.picture import LETTER, bars
from benchmarks.profile_of_one import EVALUATING, MODULES, PARTS, READING, REASONS, SOURCE, WRITING, part_of
from benchmarks.report import (
    amount,
    beside_table,
    contest_table,
    goals_table,
    goals_text,
    machine,
    plain_table,
    put,
    times,
)
from benchmarks.screening import told_in_words, understood

AT_MOST = Goal("1", "ours beside theirs", "ours", "theirs", 1.5)
AT_LEAST = Goal("2", "theirs beside ours", "theirs", "ours", 4, at_most=False)


def figures(ours: float, theirs: float) -> dict[str, Figure]:
    return {"ours": Figure((ours, ours * 2, ours * 2)), "theirs": Figure((theirs, theirs * 2, theirs * 2))}


# --- measuring


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    one, other = Figure((2.0, 30.0, 8.0)), Figure((1.0, 10.0, 2.0))
    assert ratio(one, other) == 3.0
    assert ratio(Figure((6.0,)), other) == 3.0  # not in turns: the medians


def test_noise_is_the_range_of_the_middle_half() -> None:
    assert Figure((1.0, 1.0, 1.0, 1.0, 9.0)).noise == pytest.approx(4.0)
    assert Figure((1.0,) * 9).noise == 0
    assert Figure((1.0, 2.0)).noise == pytest.approx(1 / 1.5)


def test_a_loop_takes_its_inputs_in_turn_and_counts_the_cases_of_each() -> None:
    seen: list[int] = []
    loop = Loop(seen.append, [1, 2, 3, 4, 5], cases=10, block=2)
    for _ in range(3):
        assert loop.slice(0) > 0
    assert seen == [1, 2, 3, 4, 1, 2]


def test_everybody_runs_once_in_each_round_after_one_to_warm_up() -> None:
    order: list[str] = []

    class Told:
        def __init__(self, name: str) -> None:
            self.name = name

        def slice(self, seconds: float) -> float:
            order.append(self.name)
            return seconds

    found = in_turns({name: Told(name) for name in "ab"}, 3, 0.5, Progress(shown=False), "test")
    assert "".join(order) == "ba" + "ab" + "ba" + "ab"
    assert found == {"a": Figure((0.5,) * 3), "b": Figure((0.5,) * 3)}


def test_what_is_not_there_is_a_row_that_says_so() -> None:
    def missing() -> Loop[int]:
        raise NotThereError("it is not built yet")

    contest = Contest("test")
    contest.add("ours", "**ours**", missing)
    contest.add("other", "another", lambda: Loop(abs, [1]))
    contest.run(2, 0, Progress(shown=False))
    assert set(contest.figures) == {"other"}
    assert contest_table(contest, "ours")[-1] == "| **ours** | left out | it is not built yet |  |"
    assert plain_table(contest)[-1] == "| **ours** | left out | it is not built yet |"


# --- goals


@pytest.mark.parametrize(
    ("ours", "theirs", "shares", "met"),
    [
        (3.0, 2.0, (1.0, 6.0), (True, False)),
        (1.0, 8.0, (0.125 / 1.5, 0.5), (True, True)),
        (4.0, 2.0, (2 / 1.5, 8.0), (False, False)),
    ],
)
def test_a_goal_says_how_much_of_it_is_used_up(
    ours: float, theirs: float, shares: tuple[float, float], met: tuple[bool, bool]
) -> None:
    found = reached(figures(ours, theirs), (AT_MOST, AT_LEAST))
    assert [each.share for each in found] == pytest.approx(shares)
    assert tuple(each.met for each in found) == met


def test_the_worst_ratio_is_told_last_with_its_goal() -> None:
    found = reached(figures(1.0, 2.0), (AT_MOST, AT_LEAST))
    assert goals_text(found) == [
        "goal 1: ours beside theirs: 0.50 (wanted at most 1.5): met, with 3 times to spare",
        "goal 2: theirs beside ours: 2.00 (wanted at least 4): missed by a factor of 2.00",
        "our worst ratio against its goal: 2.00 (goal 2, theirs beside ours: 2, wanted at least 4)",
    ]


def test_a_goal_that_was_not_measured_is_not_met_and_is_told() -> None:
    found = reached({"ours": Figure((1.0,))}, (AT_MOST,))
    assert found == [Reached(AT_MOST, None)]
    assert not found[0].met
    assert goals_table(found)[-1] == "| 1. ours beside theirs | at most 1.5 |  | not measured |"
    assert worst_line(found) == "our worst ratio against its goal: nothing was measured"
    both = reached(figures(1.0, 1.0), (AT_MOST, Goal("3", "another", "x", "ours", 1)))
    assert worst_line(both).endswith("; 1 not measured")


def test_all_six_goals_are_there() -> None:
    assert sorted({goal.number for goal in GOALS}) == ["1", "2", "3", "4", "5", "6"]


# --- screening, which has a benchmark of its own


def test_what_the_benchmark_of_screening_prints_is_understood() -> None:
    told = (
        "time: 2,412 s, 415 cases a second with 2 processes\n"
        "memory: 512 MiB above the interpreter's start, of 1024\n"
        "sample: 3 of 10,000 rows differ from the path of a single case\n"
    )
    assert understood(told) == (2412.0, 512 * 2**20, 3)
    assert understood("time: 3 s") is None


def test_a_screening_is_told_in_a_sentence() -> None:
    contest = Contest("screening")
    assert told_in_words(contest) == "`safeguard-rules screen` was not measured."
    contest.note("screen", "screen", Figure((1e-5,)))
    contest.note("screen-memory", "memory", Figure((512.0 * 2**20,)))
    assert "10.0 µs per case (100,000 cases a second) and at most 512 MiB" in told_in_words(contest)


# --- tables and their place


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(12.3456, "12.3 s"), (0.00151, "1.51 ms"), (9.3e-6, "9.30 µs"), (135e-9, "135 ns"), (1234.5, "1,234 s")],
)
def test_times_are_told_in_the_unit_that_suits_them(seconds: float, text: str) -> None:
    assert amount(seconds) == text


def test_ratios_keep_two_or_three_figures() -> None:
    assert [times(each) for each in (0.00456, 0.5, 4.123, 71.55, 1811.2)] == ["0.0046", "0.50", "4.12", "71.5", "1,811"]


def test_a_table_has_the_quickest_first_and_all_beside_ours() -> None:
    contest = Contest("test")
    contest.note("slow", "slow", Figure((4e-6, 4e-6)))
    contest.note("ours", "**ours**", Figure((1e-6, 1e-6)))
    assert contest_table(contest, "ours") == [
        "| who | per case | beside ours | noise |",
        "| --- | ---: | ---: | ---: |",
        "| **ours** | 1.00 µs | 1.00 | 0% |",
        "| slow | 4.00 µs | 4.00 | 0% |",
    ]


def test_a_row_can_stand_beside_the_one_whose_key_it_carries_on() -> None:
    contest = Contest("test")
    contest.note("quiet-case", "ours", Figure((2e-6,)))
    contest.note("quiet-case-walk", "the walk", Figure((5e-6,)))
    assert beside_table(contest)[2:] == ["| ours | 2.00 µs | 1.00 | 0% |", "| the walk | 5.00 µs | 2.50 | 0% |"]


def test_a_run_names_its_day_and_its_machine() -> None:
    assert machine(date(2026, 3, 2)).startswith("Measured on 2 March 2026 on ")
    assert "Python 3." in machine(date(2026, 3, 2))


def test_tables_go_between_their_marks_and_leave_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text("before\n<!-- x: start -->\n\nold\n\n<!-- x: end -->\nafter\n", encoding="utf-8")
    put(page, "x", ["new", "lines"])
    put(page, "x", ["new", "lines"])
    assert page.read_text(encoding="utf-8") == "before\n<!-- x: start -->\n\nnew\nlines\n\n<!-- x: end -->\nafter\n"
    with pytest.raises(ValueError, match=r"speed\.md has no place between <!-- y: start --> and <!-- y: end -->"):
        put(page, "y", [])


def test_the_page_on_speed_has_a_place_for_both_tables() -> None:
    text = (Path(__file__).parents[2] / "docs" / "speed.md").read_text(encoding="utf-8")
    for name in ("benchmarks", "profile"):
        assert text.index(f"<!-- {name}: start -->") < text.index(f"<!-- {name}: end -->")


# --- the picture


def test_bars_stand_in_order_on_a_logarithmic_scale_and_no_text_lies_on_another() -> None:
    rows = [("a very long label, as long as the longest of ours & more", 5e-3, False), ("ours", 2e-6, True)]
    image = ElementTree.fromstring(bars("a title", rows))
    width = float(image.attrib["viewBox"].split()[2])
    texts = [each for each in image.iter() if each.tag.endswith("text")]
    assert [each.text for each in texts[-4:]] == ["ours", "2.00 µs", rows[0][0], "5.00 ms"]
    for label in (texts[-4], texts[-2]):
        assert float(label.attrib["x"]) - LETTER * len(label.text or "") > 0
    for number in (texts[-3], texts[-1]):
        assert float(number.attrib["x"]) + LETTER * len(number.text or "") < width
    wide = [float(each.attrib["width"]) for each in image.iter() if each.attrib.get("class") in ("ours", "others")]
    assert wide[0] < wide[1]
    steps = [each.text for each in texts if each.attrib.get("text-anchor") == "middle"]
    assert steps == ["1 µs", "10 µs", "100 µs", "1 ms", "10 ms"]


def test_the_picture_can_be_read_in_light_and_in_dark() -> None:
    image = bars("a title", [("ours", 2e-6, True)])
    light, _, dark = image.partition("prefers-color-scheme: dark")
    assert re.findall(r"\.back { fill: (\S+) }", light + dark) == ["#ffffff", "#0d1117"]


# --- the profile


def test_what_runs_counts_for_its_part_of_the_work() -> None:
    assert part_of(SOURCE + "case/reading.py") == READING
    assert part_of(SOURCE + "engine/outcomes.py") == EVALUATING
    assert part_of("<compiled condition>") == EVALUATING
    assert part_of(SOURCE + "engine/explaining.py") == REASONS
    assert part_of(SOURCE + "values/json_text.py") == WRITING
    assert [part_of(file) for file in (SOURCE + "values/dates.py", "<string>", "/usr/lib/json/decoder.py")] == [
        None
    ] * 3
    assert set(MODULES.values()) == set(PARTS)
