"""Tiny packs written as text, read from real folders: what the tests of decisions and promises stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from safeguard_rules import Case, Evaluation, Finding, Question, RecommendedAction, Rulebook
from safeguard_rules.packs.loading import load as load_packs
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.reports.as_text import evaluation_text

TODAY = "2026-03-02"
CITED = "cites: [law/duty]"

REGISTERS = {
    "law": """
        language: 1
        source: law
        title: A statute
        publisher: Parliament
        url: null
        force: statute
        known: read in full
        statements:
          duty: {at: section 1, says: It has to be done., obliges: must}
        """,
    "advice": """
        language: 1
        source: advice
        title: Advice of a charity
        publisher: A charity
        url: null
        force: charity advice
        known: read in full
        statements:
          tip: {at: page 1, says: It is a good thing to do., obliges: should}
        """,
    "ours": """
        language: 1
        source: ours
        title: What this pack proposes
        publisher: the authors of this pack
        url: null
        force: proposal
        known: read in full
        statements:
          choice: {at: A choice, says: "It is proposed, for a reason."}
        """,
}


@dataclass(frozen=True)
class Piece:
    """One entry of a section of a pack."""

    section: str
    text: str


def rule(name: str, when: str, then: str = "{should: act}", more: str = "") -> Piece:
    """A rule; `when` and `then` in one line each, `more` are further lines of it."""
    lines = [f"{name}:", f"  title: Rule {name}", f"  when: {when}", f"  then: [{then}]"]
    lines += ["  because: There is a reason.", f"  {CITED}", indent(dedent(more).strip(), "  ")]
    return Piece("rules", "\n".join(lines))


def definition(name: str, when: str, of: str = "child", more: str = "") -> Piece:
    """A definition; `more` are further lines, such as `while_unknown`."""
    lines = [f"{name}:", f"  of: {of}", f"  reads: {name.replace('_', ' ')} holds", f"  when: {when}", f"  {CITED}"]
    return Piece("definitions", "\n".join([*lines, indent(dedent(more).strip(), "  ")]))


def assumed(value: str, exception: bool = False, ask_unless: str | None = None) -> str:
    """The `while_unknown` line of a definition."""
    taken = ", as: exception" if exception else ""
    asked = f", ask_unless: {ask_unless}" if ask_unless else ""
    return f"while_unknown: {{value: {value}{taken}{asked}, cites: [ours/choice]}}"


def parameter(name: str, value: str) -> Piece:
    """A threshold that holds on every day."""
    return Piece("parameters", f"{name}: {{value: {value}, {CITED}}}")


def action(name: str, more: str = "", about: str = "child") -> Piece:
    """An action; `more` are further lines of it."""
    lines = [f"{name}:", f"  do: Do {name}", f"  about: {about}", f"  {CITED}", indent(dedent(more).strip(), "  ")]
    return Piece("actions", "\n".join(lines))


def section(name: str, text: str) -> Piece:
    """Any other entry of a section, as it is written."""
    return Piece(name, dedent(text).strip())


def pack_text(pieces: tuple[Piece, ...], name: str = "tiny", version: str = "0.1.0") -> str:
    """The text of a `pack.yaml`; the action `act` is always there."""
    sections: dict[str, list[str]] = {}
    for piece in (action("act"), *pieces):
        sections.setdefault(piece.section, []).append(indent(piece.text, "  "))
    head = ["language: 1", f"pack: {name}", "title: A tiny pack", f"version: {version}", "status: draft"]
    head.append("assume_born: {cites: [ours/choice]}")
    return "\n".join([*head, *(f"{key}:\n" + "\n".join(texts) for key, texts in sections.items())]) + "\n"


def write_pack(folder: Path, *pieces: Piece, name: str = "tiny", version: str = "0.1.0") -> Path:
    """A pack in a new folder below this one, with its sources."""
    home = folder / name
    (home / "sources").mkdir(parents=True)
    (home / "pack.yaml").write_text(pack_text(pieces, name, version), encoding="utf-8")
    for source, text in REGISTERS.items():
        (home / "sources" / f"{source}.yaml").write_text(dedent(text).lstrip(), encoding="utf-8")
    return home


def write_locality(folder: Path, text: str, name: str = "here") -> Path:
    """A locality over the tiny pack."""
    head = f"language: 1\nlocality: {name}\ntitle: Here\nversion: 0.1.0\nstatus: draft\nuses: [tiny]\n"
    file = folder / f"{name}.yaml"
    file.write_text(head + dedent(text), encoding="utf-8")
    return file


def load(
    folder: Path, *pieces: Piece, locality: str | None = None, areas: tuple[str, ...] = (), version: str = "0.1.0"
) -> Rulebook:
    """The rulebook of a tiny pack, with a locality over it if its text is given; `areas` are others that there are."""
    home = write_pack(folder, *pieces, version=version)
    place = write_locality(folder, locality) if locality is not None else None
    plugins = no_bundled_packs()
    if areas:
        files = tuple(("tests", write_locality(folder, "contacts: {}\n", area)) for area in areas)
        plugins = replace(plugins, localities=files)
    return Rulebook(load_packs([home], place, plugins))


@cache
def no_bundled_packs() -> Plugins:
    """What gives nothing: the bundled packs are not even read, which makes a tiny pack load in no time."""
    return replace(activate(), packs=(), localities=())


def case(text: str = "") -> Case:
    """A case from YAML; a born child where nothing else is said of the child."""
    told = dedent(text).strip()
    child = "" if told.startswith("child:") or "\nchild:" in told else "child: {id: baby, stage: born}\n"
    return Case.from_yaml(child + told + "\n")


def evaluate(rulebook: Rulebook, text: str = "", as_of: str = TODAY, role: str | None = None) -> Evaluation:
    """The evaluation of a case that is written as YAML."""
    return rulebook.evaluate(case(text), as_of=as_of, role=role)


def finding(evaluation: Evaluation, name: str = "r", subject: str | None = None) -> Finding:
    """The one finding of a rule, or the one about a subject."""
    found = [each for each in evaluation.findings.about(name) if subject in (None, subject_id(each))]
    assert len(found) == 1, found
    return found[0]


def subject_id(each: Finding) -> str:
    """The id of a finding's subject: `child`, a record's id, `?` or `none`."""
    return "child" if each.subject.kind == "child" else each.subject.id or "none"


def outcomes(evaluation: Evaluation, name: str = "r") -> dict[str, str]:
    """What a rule came to, by subject."""
    return {subject_id(each): each.outcome for each in evaluation.findings.about(name)}


def outcome(evaluation: Evaluation, name: str = "r") -> str:
    """What a rule without subjects came to."""
    return finding(evaluation, name).outcome


def asked(evaluation: Evaluation) -> list[str]:
    """The paths that are asked for, in their order."""
    return [question.path for question in evaluation.questions]


def question(evaluation: Evaluation, path: str) -> Question:
    """The question for a path."""
    return next(each for each in evaluation.questions if each.path == path)


def recommended(evaluation: Evaluation, name: str = "act") -> RecommendedAction:
    """The one recommended action of this name."""
    found = [each for each in evaluation.actions if each.action == f"tiny:{name}"]
    assert len(found) == 1, found
    return found[0]


def names(evaluation: Evaluation) -> list[str]:
    """The short names of the recommended actions, in their order."""
    return [each.action.rpartition(":")[2] for each in evaluation.actions]


def text_of(evaluation: Evaluation, width: int = 200) -> str:
    """The text form of an evaluation."""
    return evaluation_text(evaluation.document(), width=width)


def part_of_text(evaluation: Evaluation, heading: str) -> list[str]:
    """The lines under a heading of the text form."""
    lines = text_of(evaluation).splitlines()
    start = next(n for n, line in enumerate(lines) if line.casefold().startswith(heading))
    rest = lines[start + 1 :]
    end = next((n for n, line in enumerate(rest) if line and not line.startswith(" ")), len(rest))
    return [line for line in rest[:end] if line.strip()]
