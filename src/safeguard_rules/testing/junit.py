"""Runs of cases as JUnit XML, which build servers read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from safeguard_rules.testing.runner import CaseResult, CaseRun


def junit_xml(runs: Sequence[CaseRun]) -> str:
    """One `testsuite` for each pack, one `testcase` for each case, and one for each rule that no case shows whole.

    There are no times in it, so that the same packs give the same bytes.
    """
    root = ElementTree.Element("testsuites", name="safeguard-rules")
    for run in runs:
        failures = len(run.failed) + len(run.uncovered)
        tests = len(run.results) + len(run.uncovered)
        suite = ElementTree.SubElement(root, "testsuite", name=run.pack, tests=str(tests), failures=str(failures))
        for result in run.results:
            _case(suite, result)
        for rule in run.uncovered:
            told = f"no case shows {' or '.join(rule.missing)}"
            _failed(suite, {"classname": run.pack, "name": f"outcomes of {rule.rule}"}, told, told)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _case(suite: ElementTree.Element, result: CaseResult) -> None:
    named = {"classname": result.file, "name": result.title, "file": result.file, "line": str(result.line)}
    if result.passed:
        ElementTree.SubElement(suite, "testcase", named)
    else:
        _failed(suite, named, result.misses[0].expectation, "\n".join(str(miss) for miss in result.misses))


def _failed(suite: ElementTree.Element, named: dict[str, str], message: str, text: str) -> None:
    case = ElementTree.SubElement(suite, "testcase", named)
    ElementTree.SubElement(case, "failure", message=message).text = text
