"""What two states say differently, from arrays that are made by hand."""

import numpy as np
import pyarrow as pa

from safeguard_rules.interop.changed import changed_column
from safeguard_rules.interop.found import APPLIES, UNDETERMINED, Found


def found(entries: list[tuple[int, int, str, int]], rows: int) -> Found:
    """Findings as row, rule, subject and outcome."""
    numbers = np.array([(row, rule, code) for row, rule, _, code in entries], np.int64).reshape(-1, 3)
    names = pa.array([subject for _, _, subject, _ in entries], pa.string())
    return Found(
        pa.nulls(rows, pa.string()),
        (None,) * rows,
        numbers[:, 0],
        numbers[:, 1],
        np.arange(len(entries)),
        numbers[:, 2],
        names,
    )


def test_only_what_differs_is_told_by_row_rule_and_subject() -> None:
    before = found(
        [
            (0, 0, "child", APPLIES),
            (0, 1, "injuries[b]", UNDETERMINED),
            (0, 1, "injuries[a]", APPLIES),
            (2, 0, "child", UNDETERMINED),
        ],
        4,
    )
    after = found([(0, 0, "injuries[b]", APPLIES), (0, 1, "child", APPLIES), (1, 1, "child", UNDETERMINED)], 4)
    column = changed_column(before, after, (("p:a", "p:b"), ("p:b", "p:c")), (None, None, None, "no case"), True)
    told = [
        None if row is None else [(e["rule"], e["subject"], e["before"], e["after"]) for e in row]
        for row in column.to_pylist()
    ]
    assert told == [
        [
            ("p:a", "child", "applies", None),
            ("p:b", "injuries[a]", "applies", "does_not_apply"),
            ("p:b", "injuries[b]", "undetermined", "applies"),
            ("p:c", "child", None, "applies"),
        ],
        [("p:c", "child", None, "undetermined")],
        [("p:a", "child", "undetermined", None)],
        None,
    ]


def test_states_that_say_the_same_change_nothing() -> None:
    one = found([(0, 0, "child", APPLIES)], 2)
    other = found([(0, 1, "child", APPLIES)], 2)
    column = changed_column(one, other, (("p:a",), ("p:0", "p:a")), (None, None), False)
    assert column.to_pylist() == [[], []]
    nothing = found([], 1)
    assert changed_column(nothing, nothing, ((), ()), (None,), True).to_pylist() == [[]]
