"""Promise 11: a result carries all that is needed to replay it, and the same inputs give the same bytes."""

from importlib.metadata import version
from pathlib import Path

import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.reading import read_case_file
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import TODAY, evaluate, load, rule


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_11_the_record_names_everything(example: Example) -> None:
    header = example.file().header
    for evaluation in example.evaluations():
        record = evaluation.record
        assert record.engine == version("safeguard-rules")
        assert (record.as_of, record.locality, record.role) == (str(header.as_of), header.locality, header.role)
        ids = [pack.id for pack in record.packs if pack.kind == "pack"]
        assert ids == sorted(ids)
        assert {"guidance", "non-mobile-injury"} <= set(ids)
        for pack in record.packs:
            assert pack.version
            assert pack.status
            assert pack.digest.startswith("sha256:")
            assert pack.meaning.startswith("sha256:")
        assert record.case == evaluation.case.digest()
        assert (record.replayable, record.why_not_replayable) == (True, None)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_11_replaying_a_record_gives_the_same_bytes(example: Example) -> None:
    """From a fresh reading of the packs and the file, with what the record says and nothing else."""
    for evaluation in example.evaluations():
        record = evaluation.record
        packs = [pack.id for pack in record.packs if pack.kind == "pack"]
        rulebook = Rulebook.load(packs, locality=record.locality)
        read = read_case_file(example.path).case
        cases = (read,) if isinstance(read, Case) else read.cases()
        (same,) = [case for case in cases if case.digest() == record.case]
        replayed = rulebook.evaluate(same, as_of=record.as_of, role=record.role)
        assert replayed.to_json().encode() == evaluation.to_json().encode()


def test_promise_11_another_pack_another_digest(tmp_path: Path) -> None:
    one = evaluate(load(tmp_path / "1", rule("r", "{child.disabled: true}"))).record
    other = evaluate(load(tmp_path / "2", rule("r", "{child.disabled: false}"))).record
    again = evaluate(load(tmp_path / "3", rule("r", "{child.disabled: true}"))).record
    assert [pack.digest for pack in one.packs] != [pack.digest for pack in other.packs]
    assert [pack.meaning for pack in one.packs] != [pack.meaning for pack in other.packs]
    assert one == again


def test_promise_11_another_case_another_digest(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))
    known = evaluate(book, "child: {id: baby, stage: born, disabled: true}").record.case
    assert known != evaluate(book, "child: {id: baby, stage: born, disabled: false}").record.case
    assert known == evaluate(book, "child: {stage: born, disabled: true, id: baby}", TODAY).record.case
