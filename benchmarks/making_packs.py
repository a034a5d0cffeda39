"""Packs of any number of rules, made from `benchmarks/forty` by seeded chance: other thresholds, words, facts, counts.

    python -m benchmarks.making_packs 10000 /some/folder --seed 7

The folder holds a pack in the language of the forty, its rules split over `*.rules.yaml` files. The first forty rules
are the forty themselves, so that a pack of 40 is the same work. Cases of `benchmarks.making_cases` fit all of them.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary

FORTY = Path(__file__).parent / "forty"
RULES_PER_FILE = 400
RANGES = {"days": (1, 180), "weeks": (3, 60), "count": (0, 6), "grams": (1500, 4200)}
"""From where to where a threshold of a unit may be moved."""

Tree = Any
"""YAML as read: mappings, lists and words."""


class _WrittenOut(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes without anchors, which the language of packs does not take."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


def write_pack(folder: Path, rules: int, seed: int = 1) -> Path:
    """Writes a pack of so many rules into a folder, which must not be there; returns the folder."""
    made = {f"example-{number:05d}": rule for number, rule in enumerate(_rules(rules, seed), start=1)}
    head = _read(FORTY / "pack.yaml")
    head["parameters"] = {name: _parameter(name) for name in sorted(_thresholds(list(made.values())))}
    folder.mkdir(parents=True)
    shutil.copytree(FORTY / "sources", folder / "sources")
    _write(folder / "pack.yaml", head)
    names = list(made)
    for start in range(0, rules, RULES_PER_FILE):
        part = {name: made[name] for name in names[start : start + RULES_PER_FILE]}
        _write(folder / f"part-{start // RULES_PER_FILE + 1:03d}.rules.yaml", {"language": 1, "rules": part})
    return folder


def _rules(count: int, seed: int) -> Iterator[Tree]:
    originals = [
        rule
        for path in sorted(FORTY.glob("*.rules.yaml"), key=lambda path: min(_read(path)["rules"]))
        for rule in _read(path)["rules"].values()
    ]
    change = Changes(Random(seed))
    for number in range(count):
        rule = {key: value for key, value in originals[number % 40].items() if key != "accept"}
        if number >= 40:
            rule |= {"title": f"{rule['title']}, {number + 1}", "when": change.condition(rule["when"])}
        yield rule


class Changes:
    """Conditions changed by chance, so that they stay valid and read the same lists."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.vocabulary = Vocabulary.standard()
        used = {path for file in FORTY.glob("*.rules.yaml") for path in _facts(_read(file)["rules"])}
        self.used = [self.vocabulary.facts[path] for path in sorted(used)]

    def condition(self, tree: Tree) -> Tree:
        """A condition like this one."""
        if "all" in tree or "any" in tree:
            (operator, parts), *_ = tree.items()
            return {operator: [self.condition(part) for part in parts]}
        if "not" in tree:
            return {"not": self.condition(tree["not"])}
        for operator in ("some", "every", "count"):
            if operator in tree:
                return {operator: self._quantified(tree[operator])}
        return dict(self._test(path, test) for path, test in tree.items())

    def _quantified(self, body: Tree) -> Tree:
        changed = dict(body)
        if "where" in body:
            changed["where"] = self.condition(body["where"])
        if "is" in body:
            changed["is"] = self._operand(None, body["is"])
        return changed

    def _test(self, path: str, test: Tree) -> tuple[str, Tree]:
        fact = self.vocabulary.facts[path]
        if self.chance.random() < 0.3:
            fact = self.chance.choice([each for each in self.used if self._alike(fact, each, test)])
        return fact.path, self._operand(fact, test)

    def _alike(self, fact: Fact, other: Fact, test: Tree) -> bool:
        """Whether the other fact takes the same test, of the same record."""
        if fact is other or (fact.owner, fact.kind) != (other.owner, other.kind):
            return fact is other
        if fact.kind in (Kind.WORD, Kind.WORDS):
            return True
        if test == "not_yet":
            return other.may_be_not_yet
        return fact.kind not in (Kind.NUMBER, Kind.LENGTH)

    def _operand(self, fact: Fact | None, test: Tree) -> Tree:
        if isinstance(test, dict):
            return {name: self._operand(fact, value) for name, value in test.items()} if "fact" not in test else test
        if isinstance(test, bool):
            return test if self.chance.random() < 0.7 else not test
        if isinstance(test, list) and test[0].partition("_")[0] in RANGES:
            return sorted((self._threshold(name) for name in test), key=_amount)
        if isinstance(test, list):
            assert fact is not None
            size = max(1, min(len(fact.words), len(test) + self.chance.choice((-1, 0, 0, 1))))
            keep = [word for word in test if word in fact.words and self.chance.random() < 0.6]
            others = [word for word in fact.words if word not in keep]
            return sorted(keep[:size] + self.chance.sample(others, max(0, size - len(keep))), key=fact.words.index)
        if test == "not_yet":
            return test
        if test.partition("_")[0] in RANGES:
            return self._threshold(test)
        assert fact is not None
        return test if test in fact.words and self.chance.random() < 0.4 else self.chance.choice(fact.words)

    def _threshold(self, name: str) -> str:
        unit = name.partition("_")[0]
        low, high = RANGES[unit]
        if self.chance.random() < 0.3:
            return name
        near = _amount(name) + self.chance.choice((-2, -1, 1, 2)) * (50 if unit == "grams" else 1)
        return f"{unit}_{min(high, max(low, near if self.chance.random() < 0.5 else self.chance.randint(low, high)))}"


def _amount(name: str) -> int:
    return int(name.partition("_")[2])


def _parameter(name: str) -> Tree:
    unit, _, amount = name.partition("_")
    value: Tree = f"{amount} {unit if amount != '1' else unit[:-1]}" if unit in ("days", "weeks") else int(amount)
    return {"value": value, "cites": ["made-for-measuring/thresholds"]}


def _words(tree: Tree) -> Iterator[str]:
    """All texts in a tree, keys included."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _words(value)
    elif isinstance(tree, list):
        for part in tree:
            yield from _words(part)
    elif isinstance(tree, str):
        yield tree


def _matching(tree: Tree, fits: Callable[[str], bool]) -> set[str]:
    return {word for word in _words(tree) if fits(word)}


def _thresholds(tree: Tree) -> set[str]:
    return _matching(tree, lambda word: word.partition("_")[0] in RANGES and word.partition("_")[2].isdigit())


def _facts(tree: Tree) -> set[str]:
    known = Vocabulary.standard().facts
    return _matching(tree, lambda word: word in known)


def _read(path: Path) -> Tree:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write(path: Path, tree: Tree) -> None:
    text = yaml.dump(tree, Dumper=_WrittenOut, sort_keys=False, width=200, default_flow_style=None)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Writes a pack."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("rules", type=int)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    write_pack(given.folder, given.rules, given.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
