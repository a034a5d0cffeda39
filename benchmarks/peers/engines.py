"""The engines beside which we are measured, each in its best form, with the rules as formulas.

An engine that is not installed raises `ImportError` when it is built, and is named as left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers import infix
from benchmarks.peers.json_logic import rule_list
from benchmarks.peers.lowering import RuleFormulas
from benchmarks.peers.ready import Ready, ready, with_outer

Codes = Sequence[int]
Decide = Callable[[Any], Codes]
HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent


@dataclass(frozen=True)
class Engine:
    """An engine: how it is built from rules, what it is handed, and up to how many rules it is measured."""

    key: str
    label: str
    package: str
    build: Callable[[Sequence[RuleFormulas]], Decide]
    shape: Callable[[Ready], Any] = lambda case: case
    most_rules: int = 10_000

    @property
    def version(self) -> str:
        """The version that is installed."""
        return version(self.package)


def _zen(rules: Sequence[RuleFormulas]) -> Decide:
    import zen

    decide: Decide = zen.compile_expression(infix.one_list(infix.ZEN, rules, infix.CHOICE)).evaluate
    return decide


def _zen_decision(rules: Sequence[RuleFormulas]) -> Decide:
    """The usual form of zen: a decision model with one node, loaded once."""
    import zen

    node = {
        "id": "rules",
        "type": "expressionNode",
        "name": "rules",
        "content": {
            "expressions": [{"id": "1", "key": "codes", "value": infix.one_list(infix.ZEN, rules, infix.CHOICE)}]
        },
    }
    ends = [{"id": kind, "type": f"{kind}Node", "name": kind} for kind in ("input", "output")]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"}
        for a, b in (("input", "rules"), ("rules", "output"))
    ]
    model = {"nodes": [ends[0], node, ends[1]], "edges": edges}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": model}}})
    return lambda case: engine.evaluate("rules", case)["result"]["codes"]  # a decision got once compiles each time


RULES_PER_TEXT = 100
"""cel-expr-python takes texts of up to 100 kB."""


def _cel_cpp(rules: Sequence[RuleFormulas]) -> Decide:
    from cel_expr_python import cel

    names = ready({})
    records = cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN))
    types = {name: _cel_type(cel, records, name, value) for name, value in names.items()}
    environment = cel.NewEnv(variables=types)
    texts = [
        infix.one_list(infix.CEL, rules[start : start + RULES_PER_TEXT], infix.CHOICE)
        for start in range(0, len(rules), RULES_PER_TEXT)
    ]
    expressions = [environment.compile(text) for text in texts]
    if len(expressions) == 1:
        only = expressions[0]
        return lambda case: only.eval(data=case).plain_value()

    def decide(case: Any) -> Codes:
        at_hand = environment.Activation(case)
        return [code for each in expressions for code in each.eval(at_hand).plain_value()]

    return decide


def _cel_type(cel: Any, records: Any, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return records
    if isinstance(value, bool):
        return cel.Type.BOOL
    return cel.Type.INT if name == "today" else cel.Type.DYN


def _cel_rust(rules: Sequence[RuleFormulas]) -> Decide:
    import cel

    decide: Decide = cel.compile(infix.one_list(infix.CEL, rules, infix.CHOICE)).execute
    return decide


def _datalogic(rules: Sequence[RuleFormulas]) -> Decide:
    import datalogic_py

    engine = datalogic_py.Engine()
    session, compiled = engine.session(), engine.compile(rule_list(rules))
    return lambda case: session.evaluate(compiled, case)


def _datalogic_text(rules: Sequence[RuleFormulas]) -> Decide:
    import datalogic_py

    engine = datalogic_py.Engine()
    session, compiled = engine.session(), engine.compile(rule_list(rules))
    return lambda case: json.loads(session.evaluate_str(compiled, case))


def datalogic_batch(rules: Sequence[RuleFormulas], cases: Sequence[Ready]) -> tuple[Decide, Sequence[Any]]:
    """The best form for many cases: all in one call, each parsed beforehand. What to run, and its handles."""
    import datalogic_py

    engine = datalogic_py.Engine()
    session, compiled = engine.session(), engine.compile(rule_list(rules))
    handles = [datalogic_py.DataHandle(json.dumps(with_outer(case))) for case in cases]
    return lambda batch: session.evaluate_batch(compiled, batch), handles


RULE_ENGINE = infix.Syntax(
    *("and", "or", "==", "!=", "null", "true", "false", "i['{}']"),
    exists=lambda of, body: f"$any([{body} for i in {of}])",
    for_all=lambda of, body: f"$all([{body} for i in {of}])",
    number=lambda of, body: f"[i for i in {of} if {body}].length",
    has_any=lambda name, words: f"$any([w in {words} for w in {name}])",
    has_none=lambda name, words: f"not $any([w in {words} for w in {name}])",
    not_in=lambda name, words: f"not ({name} in {words})",
)


def _rule_engine(rules: Sequence[RuleFormulas]) -> Decide:
    import rule_engine

    choice = infix.conditional("({false})", "0", infix.conditional("({true})", "2", "1"))
    decide: Decide = rule_engine.Rule(infix.one_list(RULE_ENGINE, rules, choice)).evaluate
    return decide


ENGINES = (
    Engine("zen", "zen-engine, one compiled list expression", "zen-engine", _zen),
    Engine("zen-decision", "zen-engine, a decision model", "zen-engine", _zen_decision),
    Engine("cel", "cel-expr-python, one list expression", "cel-expr-python", _cel_cpp),
    Engine("datalogic", "datalogic-py, from a dictionary", "datalogic-py", _datalogic, with_outer),
    Engine(
        "datalogic-text",
        "datalogic-py, from JSON text",
        "datalogic-py",
        _datalogic_text,
        lambda case: json.dumps(with_outer(case)),
    ),
    Engine("cel-rust", "common-expression-language", "common-expression-language", _cel_rust),
    Engine("rule-engine", "rule-engine", "rule-engine", _rule_engine, most_rules=400),
)


class Node:
    """json-logic-engine in a process of Node's, which is asked in turns with the others."""

    key = "json-logic-engine"
    label = "json-logic-engine, compiled, in Node"

    def __init__(self, rules: Sequence[RuleFormulas], cases: Sequence[Ready]) -> None:
        """Starts it; raises ImportError where Node or the package is missing."""
        node = shutil.which("node")
        if node is None:
            raise ImportError("node is not installed")
        if not (FOLDER / "node_modules" / "json-logic-engine").is_dir():
            raise ImportError("json-logic-engine is not installed (npm ci in benchmarks)")
        self.process = subprocess.Popen(
            [node, str(HERE / "json_logic_engine.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        answer = self._ask({"load": {"rules": rule_list(rules), "cases": [with_outer(case) for case in cases]}})
        self.verdicts: list[Codes] = answer["verdicts"]

    @property
    def version(self) -> str:
        """The version that is installed."""
        about = FOLDER / "node_modules" / "json-logic-engine" / "package.json"
        return str(json.loads(about.read_text(encoding="utf-8"))["version"])

    def slice(self, seconds: float) -> float:
        """Runs for about so long; gives the seconds per case."""
        answer = self._ask({"run": seconds})
        return float(answer["seconds"]) / float(answer["cases"])

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()  # type: ignore[union-attr]
        self.process.wait(timeout=10)

    def _ask(self, question: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("json-logic-engine ended")
        return json.loads(line)
