"""Parameters: named thresholds, each a length of time, a whole number or a day, over time."""

from __future__ import annotations

import re

from safeguard_rules import messages
from safeguard_rules.language.tree import ParameterValue
from safeguard_rules.messages import Message
from safeguard_rules.packs.citing import Span
from safeguard_rules.packs.content import Parameter, ParameterForm
from safeguard_rules.packs.draft import Draft, PackDraft, Path
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.models import ParameterFile
from safeguard_rules.reading.nodes import Node, Scalar, kind_of
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration

_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_LENGTH = re.compile(r"[0-9]+ [a-z]+( [a-z]+)?")


def build_parameters(files: PackFiles, draft: Draft) -> None:
    """Builds one pack's parameters into the draft, and notes of which records its definitions are."""
    pack = PackDraft(files, draft)
    for part in files.parts:
        for name, written in part.model.parameters.items():
            forms = [_form(file, part, ("parameters", name, i), pack) for i, file in enumerate(written)]
            sound = tuple(form for form in forms if form is not None)
            if len(sound) == len(forms):
                draft.parameters[pack.full(name)] = Parameter(pack.full(name), sound)
        for name, definitions in part.model.definitions.items():
            draft.kinds[pack.full(name)] = definitions[0].of


def _form(file: ParameterFile, part: Part, path: Path, pack: PackDraft) -> ParameterForm | None:
    cited = pack.cites(part, file.cites, (*path, "cites"), Span(file.start, file.end, follows=True))
    value = parameter_value(file.value)
    if isinstance(value, Message):
        pack.draft.complain(value, file.value.place)
        return None
    return ParameterForm(value, cited, file.start, file.end)


def parameter_value(node: Node) -> ParameterValue | Message:
    """What a threshold's value says: a whole number, a length of time or a day; or what to say about it."""
    if not isinstance(node, Scalar):
        return messages.wrong_parameter_kind(kind_of(node))
    if _WHOLE_NUMBER.fullmatch(node.text):
        return int(node.text) if node.plain else messages.drop_the_quotes(node.text, "a whole number")
    if _LENGTH.fullmatch(node.text):
        return _length(node.text)
    try:
        when = When.parse(node.text)
    except ValueError:
        return messages.wrong_parameter_value(node.text)
    return when if when.exact else messages.not_a_whole_day(node.text)


def _length(text: str) -> Duration | Message:
    try:
        return Duration.parse(text)
    except ValueError as error:
        return messages.not_parsed(str(error))
