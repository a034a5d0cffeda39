"""Every wording of reading and checking, one small function each.

The style: lower case, no full stop, one sentence and at most one line of help; the author's text in
backticks; what was expected and what was got; the nearest right word where there is one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from safeguard_rules.source import Issue, Place, Severity

_NEAR = 0.65
_LISTED = 5
_LONGEST_QUOTE = 60
_LONGEST_GUESS = 100


@dataclass(frozen=True, slots=True)
class Message:
    """What is said about a slip: a stable code, one sentence, at most one line of help."""

    code: str
    text: str
    help: str | None = None
    severity: Severity = "error"

    def at(self, place: Place) -> Issue:
        """The message as an issue at a place."""
        return Issue(place, self.code, self.text, self.help, self.severity)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like the word, or None if none is near; equal ones in order of the alphabet."""
    if len(word) > _LONGEST_GUESS:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_folded(word))
    best: tuple[float, str] | None = None
    for candidate in sorted(set(candidates)):
        matcher.set_seq1(_folded(candidate))
        if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
            continue
        ratio = matcher.ratio()
        if ratio >= _NEAR and (best is None or ratio > best[0]):
            best = (ratio, candidate)
    return best[1] if best else None


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """A line of help: the nearest candidate, else the candidates themselves if they are few."""
    known = tuple(dict.fromkeys(candidates))
    near = nearest(word, known)
    if near is not None and near != word:
        return f"did you mean `{near}`?"
    if 0 < len(known) <= _LISTED:
        return f"expected {one_of(known)}"
    return None


def one_of(words: Sequence[str]) -> str:
    """The words in backticks, joined for a sentence; after the first five it says how many more there are."""
    quoted = [quote(word) for word in words[:_LISTED]]
    more = len(words) - len(quoted)
    if more:
        quoted.append(f"{more} more")
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def expected(words: Sequence[str]) -> str | None:
    """A line of help that says what may stand there, the first five by name; None if nothing may."""
    return f"expected {one_of(words)}" if words else None


def quote(text: str) -> str:
    """The author's text in backticks, on one line, cut if it is long; empty text shows its quotes."""
    line = re.sub(r"\s+", " ", text) or '""'
    if len(line) > _LONGEST_QUOTE:
        line = line[: _LONGEST_QUOTE - 1] + "…"
    return f"`{line}`"


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


# --- reading: files


def no_such_file() -> Message:
    return Message("no-such-file", "there is no such file")


def file_not_readable() -> Message:
    return Message("file-not-readable", "the file cannot be opened", "is it a file, and may you read it?")


def file_too_large(limit: int) -> Message:
    return Message("file-too-large", f"the file is larger than {limit:,} bytes", "split it into several files")


def not_utf8() -> Message:
    return Message("not-utf-8", "the text is not in UTF-8 from here on", "save the file with the encoding UTF-8")


def unknown_suffix() -> Message:
    return Message("unknown-file-type", "expected a file whose name ends in `.yaml`, `.yml` or `.json`")


# --- reading: what YAML and JSON both refuse


def empty_text() -> Message:
    return Message("empty-file", "the file is empty", "expected `key: value` lines, or a list")


def too_deep(limit: int) -> Message:
    return Message("too-deep", f"lists and mappings are nested more than {limit} levels deep")


def double_key(key: str, first_line: int) -> Message:
    return Message("double-key", f"the key {quote(key)} occurs twice; it is already on line {first_line}")


def lone_surrogate() -> Message:
    return Message("lone-surrogate", "half of a character pair stands alone", "write the character itself")


def wrong_character(character: str) -> Message:
    return Message("wrong-character", f"the character U+{ord(character):04X} is not allowed here", "take it out")


def wrong_line_break(character: str) -> Message:
    name = {"\r": "a carriage return alone"}.get(character, f"the line break U+{ord(character):04X}")
    return Message("wrong-line-break", f"{name} cannot end a line", "end lines with LF or CRLF")


# --- reading: YAML


def not_yaml() -> Message:
    return Message(
        "not-yaml",
        "the text cannot be read as YAML from here",
        "look at this line and the one before for indentation, a missing quote, bracket or colon",
    )


def tab() -> Message:
    return Message("tab", "a tab cannot separate things or stand in unquoted text", "use spaces, or put it in quotes")


def anchor(name: str) -> Message:
    return Message("anchor", f"the anchor {quote('&' + name)} is not allowed", "write the value out where it is used")


def alias(name: str) -> Message:
    return Message("alias", f"the alias {quote('*' + name)} is not allowed", "write the value out here")


def tag(name: str) -> Message:
    written = name.replace("tag:yaml.org,2002:", "!!")
    return Message("tag", f"the tag {quote(written)} is not allowed", "leave the tag out; quotes make text")


def merge_key() -> Message:
    return Message("merge-key", "the merge key `<<` is not allowed", "write the keys out here")


def directive(line: str) -> Message:
    return Message(
        "directive", f"the directive {quote(line)} is not allowed", "leave it out; only `%YAML 1.2` may stay"
    )


def second_document() -> Message:
    return Message("second-document", "a second document starts here; a file holds one", "use a file of its own")


def empty_value(key: str) -> Message:
    return Message("empty-value", f"the key {quote(key)} has no value", "write `null`, or leave the line out")


def empty_item() -> Message:
    return Message("empty-value", "this item of the list is empty", "leave it out")


def empty_key() -> Message:
    return Message("empty-key", "the key before `:` is empty")


def key_not_text() -> Message:
    return Message("key-not-text", "a key must be text, not a list or a mapping")


def question_mark() -> Message:
    return Message("explicit-key", "a `?` cannot stand here", "put the text in quotes, or leave the `?` out")


def space_after_colon() -> Message:
    return Message("space-after-colon", "expected a space after `:`", "write `key: [` or `key: {`")


# --- reading: JSON


def not_json(expected: str, got: str) -> Message:
    return Message("not-json", f"expected {expected}, got {quote(got) if got else 'the end of the text'}")


def not_a_number(word: str) -> Message:
    return Message("not-a-number", f"{quote(word)} is not a number of JSON", "write `null` if it is not known")


# --- models: mappings to records


def unknown_key(key: str, candidates: Iterable[str]) -> Message:
    known = tuple(candidates)
    return Message("unknown-key", f"unknown key {quote(key)}", suggest(key, known) or expected(known))


def missing_key(key: str) -> Message:
    return Message("missing-key", f"the key {quote(key)} is missing here")


def wrong_shape(expected: str, got: str, hint: str | None = None) -> Message:
    return Message("wrong-shape", f"expected {expected}, got {got}", hint)


def too_many(limit: int, got: int) -> Message:
    return Message("too-many", f"expected at most {limit} items in the list, got {got}")


def null_refused(name: str, expected: str) -> Message:
    return Message("null", f"{quote(name)} cannot be `null`; expected {expected}", "leave the key out, or give a value")


def nearly_null(text: str) -> Message:
    return Message("nearly-null", f"{quote(text)} is not `null`", "write `null`, or put it in quotes if it is text")


def not_a_word(text: str, name: str, words: Sequence[str]) -> Message:
    near = nearest(text, words)
    hint = f"did you mean `{near}`?" if near is not None else f"expected {one_of(words)}"
    return Message("unknown-word", f"{quote(text)} is not a word of {quote(name)}", hint)


def drop_the_quotes(text: str, expected: str) -> Message:
    return Message("quoted", f"expected {expected}, got the text {quote(text)}", f"write it without quotes: {text}")


def not_a_boolean(text: str) -> Message:
    return Message("not-a-boolean", f"expected `true` or `false`, got {quote(text)}", "write true or false")


def not_a_whole_number(text: str) -> Message:
    return Message("not-a-whole-number", f"expected a whole number, got {quote(text)}")


def number_too_large(text: str) -> Message:
    return Message("number-too-large", f"the number {quote(text)} has too many digits")


def not_a_day(text: str) -> Message:
    return Message("not-a-date", f"expected a day such as `2026-03-02`, got {quote(text)}")


def not_in_the_calendar(text: str) -> Message:
    return Message("not-a-date", f"{quote(text)} is not a day of the calendar")


def or_not_yet(text: str) -> str | None:
    """A line of help where a date or `not_yet` may stand."""
    return suggest(text, ["not_yet"]) if nearest(text, ["not_yet"]) else "or `not_yet` if it has not happened"


def put_in_brackets(text: str) -> str | None:
    """A line of help where one word stands and a list belongs."""
    if text.casefold() in ("~", "nil", "no", "none", "null", "unknown"):
        return "write `[]` if there are none, and leave it out while that is not known"
    return f"put it in brackets: `[{text}]`" if len(text) <= 30 and text.isprintable() else None


def not_parsed(reason: str) -> Message:
    return Message("wrong-value", reason)


def not_yet_refused() -> Message:
    return Message("not-yet", "`not_yet` cannot stand here", "leave the date out while it is not known")


def refused_by_model(reason: str) -> Message:
    return Message("wrong-record", reason)


def out_of_bounds(bound: str, got: object) -> Message:
    return Message("out-of-bounds", f"expected {bound}, got {quote(str(got))}")


def too_few(name: str, least: int, got: int) -> Message:
    items = "item" if least == 1 else "items"
    return Message("too-few", f"{quote(name)} needs at least {least} {items}, got {got or 'none'}")


def text_too_short(name: str, least: int) -> Message:
    if least == 1:
        return Message("empty-text", f"{quote(name)} is empty")
    return Message("text-too-short", f"{quote(name)} needs at least {least} characters")


def text_too_long(name: str, most: int) -> Message:
    return Message("text-too-long", f"{quote(name)} takes at most {most} characters")


def wrong_form(text: str, name: str) -> Message:
    return Message("wrong-form", f"{quote(text)} is not written the way {quote(name)} is written")


def not_accepted(name: str) -> Message:
    return Message("not-accepted", f"this value is not accepted for {quote(name)}")


# --- language: conditions


def condition_is_list() -> Message:
    return Message("condition", "expected a condition, got a list", "write `all: [...]` or `any: [...]` around it")


def empty_condition(what: str) -> Message:
    return Message("empty-condition", f"{quote(what)} says nothing", "write `always`, or a condition")


def operator_beside_others(operator: str) -> Message:
    return Message(
        "operator-beside-others",
        f"{quote(operator)} stands beside other keys; a mapping holds facts or one operator",
        "put the parts in a list under `all`",
    )


def expected_list_of_conditions(operator: str) -> Message:
    return Message("condition", f"{quote(operator)} takes a list of conditions", f"write `{operator}: [..., ...]`")


def nested_quantifier(name: str) -> Message:
    return Message(
        "nested-quantifier",
        f"{quote(name)} stands inside another `some`, `every` or `count`",
        "name it in a definition of the child, or use a derived fact",
    )


def quantifier_needs_mapping(name: str) -> Message:
    return Message("quantifier", f"{quote(name)} takes a mapping", f"write `{name}: {{of: injury, where: ...}}`")


def quantifier_without_list(name: str) -> Message:
    return Message("quantifier", f"{quote(name)} does not say over which records", "add `of: injury`, or another list")


def quantifier_without_where(name: str) -> Message:
    return Message("quantifier", f"{quote(name)} does not say what must hold", "add `where:` with a condition")


def unknown_list(written: str, kinds: Sequence[str], singular: str | None) -> Message:
    hint = f"write the singular, `{singular}`" if singular else suggest(written, kinds)
    return Message("unknown-list", f"there is no list of {quote(written)}", hint or f"expected {one_of(kinds)}")


def list_not_named(kinds: Sequence[str]) -> Message:
    return Message("unknown-list", "`of` names one list by its singular", f"expected {one_of(kinds)}")


def count_without_is() -> Message:
    return Message("count", "`count` does not say how many", "add `is: {at_least: a_parameter}`")


def count_needs_one_test(operators: Sequence[str]) -> Message:
    return Message("count", "`is` takes one test of a whole number", f"expected {one_of(operators)} and a parameter")


def unknown_operator(written: str, allowed: Sequence[str], where: str) -> Message:
    return Message(
        "unknown-operator",
        f"{quote(written)} is no test for {where}",
        suggest(written, allowed) or f"expected {one_of(allowed)}",
    )


def operator_not_for(name: str, fact: str, holds: str, allowed: Sequence[str]) -> Message:
    hint = f"expected {one_of(allowed)}" if allowed else None
    return Message("wrong-operator", f"{quote(name)} cannot test {quote(fact)}, which holds {holds}", hint)


def no_test_for_known(name: str) -> Message:
    return Message(
        "test-for-known",
        f"there is no test {quote(name)}: learning something must not take an answer back",
        "give the definition a `while_unknown`, or leave the rule undetermined so that it asks",
    )


def fact_without_operator(allowed: Sequence[str]) -> Message:
    if not allowed:
        return Message("fact-without-operator", "this cannot be compared with another fact")
    return Message(
        "fact-without-operator",
        "`fact` alone does not say how to compare",
        f"write {' or '.join(f'`{{{name}: {{fact: ...}}}}`' for name in allowed)}",
    )


# --- language: names in conditions


def unknown_fact(written: str, candidates: Sequence[str], operators: Sequence[str]) -> Message:
    owner, dot, name = written.rpartition(".")
    own = [path for path in candidates if dot and path.rpartition(".")[0] == owner]
    if own:
        near = nearest(name, [path.rpartition(".")[2] for path in own])
        hint = f"{owner}.{near}" if near else next((path for path in candidates if path.endswith(f".{name}")), None)
    else:
        hint = nearest(written, [*candidates, *operators])
    if hint is not None:
        return Message("unknown-fact", f"there is no fact {quote(written)}", f"did you mean {quote(hint)}?")
    rest = expected(own) or "expected a path such as `child.age`, `case.plan` or `injury.kind`"
    return Message("unknown-fact", f"there is no fact {quote(written)}", rest)


def never_read(written: str) -> Message:
    return Message("never-read", f"{quote(written)} is shown to people and read by no rule")


def no_record_here(written: str, kind: str, item: str | None) -> Message:
    inside = f" inside `of: {item}`" if item else ""
    return Message(
        "no-record-here",
        f"{quote(written)} is read where no one {kind} is meant{inside}",
        f"add `for_each: {kind}` to the rule, or `some: {{of: {kind}, where: ...}}`; records are never joined",
    )


def other_without_quantifier(written: str) -> Message:
    return Message(
        "no-record-here",
        f"{quote(written)} stands outside a `some`, `every` or `count` over the subject's own list",
        "`other.` means the other records of the list that the rule is about",
    )


def definition_without_record(written: str, kind: str) -> Message:
    return Message(
        "no-record-here",
        f"{quote(written)} is a definition of {kind}, and no one {kind} is meant here",
        f"add `for_each: {kind}` to the rule, or use it inside `some: {{of: {kind}, where: ...}}`",
    )


def unknown_name(sort: str, written: str, candidates: Sequence[str], elsewhere: Sequence[str]) -> Message:
    hint: str | None
    if elsewhere:
        hint = f"it is in {one_of(elsewhere)}; add that pack to `uses`"
    else:
        hint = suggest(written, candidates) or expected(candidates) or f"no {sort} can be named here so far"
    return Message(f"unknown-{sort}", f"there is no {sort} {quote(written)}", hint)


def unknown_variant(definition: str, written: str, candidates: Sequence[str]) -> Message:
    hint = suggest(written, candidates) or expected(candidates) or "it has no variants"
    return Message("unknown-variant", f"the definition {quote(definition)} has no variant {quote(written)}", hint)


def name_in_two_packs(sort: str, written: str, candidates: Sequence[str]) -> Message:
    return Message("ambiguous-name", f"there is more than one {sort} {quote(written)}", f"write {one_of(candidates)}")


def pack_not_used(pack: str, written: str, used: Sequence[str]) -> Message:
    near = nearest(pack, used)
    hint = f"did you mean `{near}`?" if near else f"add {quote(pack)} to `uses`"
    return Message("pack-not-used", f"{quote(written)} names a pack that is not used here", hint)


# --- language: right-hand sides


def text_is_not_tested(fact: str) -> Message:
    return Message("text-fact", f"{quote(fact)} holds text, which is shown and never tested")


def bare_list_on_set(fact: str, references: bool) -> Message:
    written = "`{includes: {fact: ...}}` or `{is: []}`"
    if not references:
        written = "`{includes_any: [...]}`, `{includes_all: [...]}`, `{only: [...]}` or `{is: []}`"
    return Message(
        "bare-list-on-set", f"a bare list does not say how to test the set {quote(fact)}", f"write {written}"
    )


def bare_word_on_set(fact: str, word: str, references: bool) -> Message:
    written = "fact: ..." if references else word
    inner = f"{{{written}}}" if references else written
    return Message(
        "bare-word-on-set",
        f"a bare word does not say how to test the set {quote(fact)}",
        f"write `{{includes: {inner}}}`",
    )


def list_on_single(fact: str, holds: str) -> Message:
    return Message("wrong-test", f"expected a test of {quote(fact)}, which holds {holds}, got a list")


def bare_quantity(fact: str, written: str) -> Message:
    return Message(
        "bare-value",
        f"{quote(fact)} is compared with {quote(written)}, which does not say how",
        "write a test and a parameter, such as `{less_than: a_parameter}` or `{at_least: a_parameter}`",
    )


def bare_reference(fact: str) -> Message:
    return Message(
        "bare-reference", f"{quote(fact)} refers to a record; cases have ids of their own", "write `{is: {fact: ...}}`"
    )


def bare_value(written: str) -> Message:
    return Message(
        "bare-value",
        f"the bare value {quote(written)} stands where a parameter belongs",
        "name it under `parameters`, with its citation, and write the name here",
    )


def unknown_word(written: str, fact: str, words: Sequence[str]) -> Message:
    return not_a_word(written, fact, words)


def expected_one_word(fact: str, words: Sequence[str]) -> Message:
    return Message("wrong-test", f"expected one word of {quote(fact)}", f"expected {one_of(words)}")


def expected_words(fact: str, written: str | None) -> Message:
    hint = put_in_brackets(written) if written is not None else None
    return Message("wrong-test", f"expected a list of words of {quote(fact)}", hint or "write `[one, another]`")


def empty_choice(fact: str) -> Message:
    return Message("empty-condition", f"an empty list of words for {quote(fact)} can never hold", "name the words")


def word_twice(word: str) -> Message:
    return Message("word-twice", f"the word {quote(word)} is in the list twice", "take one out")


def expected_flag(fact: str, written: str | None) -> Message:
    got = f", got {quote(written)}" if written is not None else ""
    return Message(
        "wrong-test", f"expected `true` or `false` for {quote(fact)}{got}", "write true or false, without quotes"
    )


def set_is_only_empty(fact: str) -> Message:
    return Message(
        "wrong-test",
        f"`is` on the set {quote(fact)} takes only `[]`",
        "write `includes_any`, `includes_all` or `only` with a list of words",
    )


def date_is_only_not_yet(fact: str, written: str | None, may_be: bool) -> Message:
    got = "this" if written is None else quote(written)
    if not may_be:
        return Message(
            "wrong-test",
            f"{quote(fact)} is a date, so it cannot be tested for {got}",
            "expected `before`, `after`, `within_last`, `more_than_ago` or `within_next`, and a parameter",
        )
    return Message(
        "wrong-test",
        f"{quote(fact)} is a date; without `before` or `after` it can be tested only for `not_yet`, got {got}",
        "write `not_yet`, or a test such as `{before: a_parameter}`",
    )


def expected_parameter(expected: str) -> Message:
    return Message("wrong-test", f"expected the name of a parameter that is {expected}")


def parameter_of_wrong_type(name: str, expected: str, value: str) -> Message:
    return Message("wrong-parameter", f"expected {expected}, but the parameter {quote(name)} is {quote(value)}")


def between_needs_two() -> Message:
    return Message("wrong-test", "`between` takes two parameters", "write `[lowest, highest]`; both are included")


def expected_fact(fact: str) -> Message:
    return Message("wrong-test", f"expected another fact to compare {quote(fact)} with", "write `{fact: ...}`")


def facts_not_comparable(left: str, holds: str, right: str, other: str) -> Message:
    return Message(
        "wrong-test", f"{quote(left)} holds {holds} and cannot be compared with {quote(right)}, which holds {other}"
    )


# --- case


def wrong_id(text: str) -> Message:
    return Message(
        "wrong-id",
        f"{quote(text)} cannot be an id",
        "use up to 80 letters, digits, `_`, `-`, `.`, `:` or `/`, with a letter or digit first",
    )


def id_twice(text: str, list_name: str) -> Message:
    return Message("double-id", f"two entries of {quote(list_name)} have the id {quote(text)}")


def no_such_id(text: str, list_name: str, ids: Sequence[str]) -> Message:
    hint = suggest(text, ids) or (f"add it to {quote(list_name)}, with whatever is known of it; an id alone will do")
    return Message("unknown-id", f"there is no {quote(text)} in {quote(list_name)}", hint)


def done_about_nothing(text: str, ids: Sequence[str]) -> Message:
    return Message("unknown-id", f"no entry of this case has the id {quote(text)}", suggest(text, ids))


def not_own_list(text: str, names: Sequence[str], owners: Sequence[str]) -> Message:
    hint = suggest(text, names) or "only a list or a set of words that stands here itself can be"
    if owners:
        hint = f"it belongs to {one_of(owners)}: say it there"
    return Message("wrong-incomplete", f"{quote(text)} cannot be incomplete here", hint)


def incomplete_not_given(text: str) -> Message:
    return Message(
        "wrong-incomplete",
        f"{quote(text)} is called incomplete and is not given",
        "leave it out here: what is not given is unknown already",
    )


def negative_number(number: int) -> Message:
    return Message("out-of-bounds", f"expected a whole number that is not negative, got {number}")


def everybody_but_incomplete() -> Message:
    return Message(
        "people-contradict",
        "everybody is said to be recorded, but the list of people is said to be incomplete",
        "say only one of the two",
    )


def everybody_but_nobody() -> Message:
    return Message(
        "people-contradict",
        "everybody is said to be recorded, but no list of people is given",
        "list the people, or write `people: []` if there is nobody",
    )


def evidence_for_no_fact(path: str, candidates: Iterable[str]) -> Message:
    return Message("wrong-evidence", f"{quote(path)} is not the path of an entered fact", suggest(path, candidates))


def evidence_for_no_entry(path: str, list_name: str, entry: str, ids: Sequence[str]) -> Message:
    near = nearest(entry, ids)
    return Message(
        "wrong-evidence",
        f"{quote(path)} has evidence, but {quote(list_name)} has no entry {quote(entry)}",
        f"did you mean `{near}`?" if near is not None else None,
    )


def evidence_empty(path: str) -> Message:
    return Message("wrong-evidence", f"the evidence of {quote(path)} is an empty list", "leave it out")


def evidence_without_value(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} has evidence but is not known",
        "give the fact, or say with `why` that it is `not_asked`, `declined` or `conflicting`",
    )


def evidence_without_complete_list(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} has evidence of being complete, but is not complete",
        "give evidence for its entries one by one, or make the list complete",
    )


def value_and_why(path: str, why: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} is known, but its evidence says {quote(why)}",
        "leave out either the value or the `why`",
    )


def basis_and_why(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"the evidence of {quote(path)} says both how it is known and why it is not",
        "leave out either `basis` or `why`",
    )


def conflict_without_accounts(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} is said to be conflicting, but fewer than two accounts are given",
        "list each under `accounts`, with its `value`, `basis` and `by`",
    )


def accounts_without_conflict(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"the evidence of {quote(path)} has accounts but does not say `why: conflicting`",
        "accounts are kept only of what is not known because they conflict",
    )


def denial_is_no_conflict(path: str) -> Message:
    return Message(
        "denial-as-conflict",
        f"{quote(path)} was seen or is in a record; that a carer says otherwise makes no conflict of it",
        "give the value that was seen or recorded, and note the denial under `disputed` in its evidence",
    )


def disputed_without_value(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} is said to be disputed, but has no value",
        "give the value that is disputed, or list the `accounts` that conflict",
    )


def done_for_which_child() -> Message:
    return Message(
        "done-for-which-child",
        "it is not said for which child this was done",
        "add `about:` with the id of the child or entry, or put it under the child",
    )


def family_file_as_case() -> Message:
    return Message("family-file", "this file holds a family; a case was expected", "read it as a family")


def case_file_as_family() -> Message:
    return Message("case-file", "this file holds one case; a family was expected", "read it as a case")


def no_children() -> Message:
    return Message("no-children", "a family needs at least one child under `children`")


def no_such_child(text: str, ids: Sequence[str]) -> Message:
    return Message("unknown-child", f"no child of this family has the id {quote(text)}", suggest(text, ids))


def child_twice(text: str) -> Message:
    return Message("double-id", f"two children have the id {quote(text)}")


def given_twice_for_child(name: str, child: str) -> Message:
    return Message(
        "given-twice",
        f"{quote(name)} is given for everybody and once more for {quote(child)}",
        "give it in one place: here if it is the same for all children, else for each child",
    )


def belongs_to_one_child(list_name: str) -> Message:
    return Message(
        "one-childs",
        f"what stands under {quote(list_name)} is about one child",
        "move it under that child; `[]` can stand here if there is none for any child",
    )


def evidence_belongs_to_child(path: str) -> Message:
    return Message(
        "wrong-evidence",
        f"{quote(path)} differs from child to child",
        "move its evidence to the `evidence` of the child",
    )


def wrong_extra_value() -> Message:
    return Message("wrong-value", "expected true, false, null, a whole number, text, or a list of these")


# --- packs: files and names


def stray_file(name: str) -> Message:
    return Message(
        "stray-file",
        f"nothing reads a file named {quote(name)} here",
        "packs hold `pack.yaml`, `*.rules.yaml`, `*.cases.yaml` and `sources/*.yaml`",
    )


def declared_twice(sort: str, name: str, first: Place | None) -> Message:
    where = f"; it is already in {first.text.name}, line {first.line}" if first is not None else ""
    return Message("declared-twice", f"the {sort} {quote(name)} is declared twice{where}")


def bad_name(name: str) -> Message:
    return Message(
        "bad-name", f"{quote(name)} cannot be a name", "use small letters, digits, `-` or `_`, starting with a letter"
    )


def reserved_name(name: str) -> Message:
    return Message(
        "bad-name", f"{quote(name)} has a meaning of its own in conditions and cannot be a name", "choose another name"
    )


def bad_id(name: str) -> Message:
    return Message("bad-name", f"{quote(name)} cannot be an id", "use small letters, digits, `-`, `_` and `.`")


def pack_twice(pack: str, other: str) -> Message:
    return Message("pack-twice", f"the pack {quote(pack)} is there twice; it is also in {other}")


def unknown_pack(pack: str, known: Sequence[str]) -> Message:
    return Message("unknown-pack", f"there is no pack {quote(pack)}", suggest(pack, known) or expected(known))


def packs_in_a_circle(names: Sequence[str]) -> Message:
    if len(names) == 2:
        return Message("pack-cycle", f"the pack {quote(names[0])} uses itself", "take it out of `uses`")
    return Message(
        "pack-cycle",
        f"packs use each other in a circle: {' -> '.join(quote(name) for name in names)}",
        "move what both need into a pack that both use",
    )


def pack_withdrawn(pack: str) -> Message:
    return Message("pack-withdrawn", f"the pack {quote(pack)} is withdrawn, and does not load")


def unknown_locality(area: str, known: Sequence[str]) -> Message:
    hint = suggest(area, known) or expected(known)
    return Message("unknown-locality", f"there is no locality {quote(area)}", hint or "no locality is known here")


def unknown_role(role: str, known: Sequence[str]) -> Message:
    return Message(
        "unknown-role", f"there is no role {quote(role)}", suggest(role, known) or f"expected {one_of(known)}"
    )


def locality_misnamed(id_: str, name: str) -> Message:
    return Message("locality-misnamed", f"the file of locality {quote(name)} says that it is {quote(id_)}")


# --- packs: citations


def citation_without_statement(written: str) -> Message:
    return Message("citation", f"{quote(written)} names no statement", "write `source/statement`")


def unknown_statement(statement: str, source: str, known: Sequence[str]) -> Message:
    return Message(
        "unknown-statement",
        f"the source {quote(source)} has no statement {quote(statement)}",
        suggest(statement, known) or expected(known),
    )


def statement_closed(written: str, why: str, reason: str) -> Message:
    return Message(
        "closed-statement", f"{quote(written)} cannot be cited: {why}", f"its register says why: {quote(reason)}"
    )


def form_can_be_made(written: str) -> Message:
    return Message(
        "form-can-be-made",
        f"{quote(written)} can be cited, so a form can be made of it",
        "`no_form_from` names statements whose registers say why nothing is made of them",
    )


def area_not_cited(area: str, cited: Sequence[str]) -> Message:
    return Message(
        "area-not-cited",
        f"nothing that this form cites is policy of the area {quote(area)}",
        expected(cited) if cited else "cite the area's own policy",
    )


def empty_statement(id_: str) -> Message:
    return Message("empty-statement", f"the statement {quote(id_)} says nothing")


def cited_twice(written: str) -> Message:
    return Message("cited-twice", f"{quote(written)} is cited twice", "take one out")


def must_not_carried(obligation: str, reasons: Sequence[str]) -> Message:
    weaker = obligation.replace("must", "should")
    return Message(
        "must-not-carried",
        f"nothing cited carries this {quote(obligation)}: {'; '.join(reasons)}",
        f"write {quote(weaker)}, or cite a statement with `obliges: must` that holds here",
    )


def is_a_proposal(written: str) -> str:
    """Why a statement carries no must: it is the pack's own."""
    return f"{quote(written)} is a proposal of a pack"


def does_not_oblige(written: str) -> str:
    """Why a statement carries no must: it does not say so."""
    return f"{quote(written)} does not say `obliges: must`"


def is_not_verified(written: str) -> str:
    """Why a statement carries no must: nobody has seen it."""
    return f"{quote(written)} is unverified"


def is_policy_of(written: str, area: str, areas: Sequence[str]) -> str:
    """Why a statement carries no must: it is the policy of one area, and this holds elsewhere."""
    here = f"in {one_of(areas)}" if areas else "everywhere"
    return f"{quote(written)} is policy of {quote(area)}, and this holds {here}"


def statement_not_in_force(written: str, start: object, end: object) -> Message:
    days = " ".join(f"{word} {day}" for word, day in (("from", start), ("to", end)) if day is not None)
    return Message(
        "statement-not-in-force",
        f"{quote(written)} is in force only {days}, and what cites it holds on other days too",
        "give it `from` and `to` within those days, or cite another statement",
    )


def review_overdue(kind: str, id_: str, day: object) -> Message:
    return Message(
        "review-overdue",
        f"the {kind} {quote(id_)} was to be looked through again by {day}",
        "somebody who may sign it off looks through it, and sets the next day under `review_by`",
        "warning",
    )


def pack_expired(kind: str, id_: str, day: object) -> Message:
    return Message(
        "pack-expired",
        f"the authors of the {kind} {quote(id_)} stand by it no longer than {day}; its rules still speak",
        "look for a newer version, or have it looked through again",
        "warning",
    )


def expires_before_review(last: object, review: object) -> Message:
    return Message(
        "shelf-life",
        f"it expires on {last}, before the day by which it is to be looked through again, {review}",
        "let `review_by` be no later than `expires_on`",
    )


def rests_on_nothing(sort: str, name: str, day: object, since: object) -> Message:
    when = f"before {since}" if since is not None else f"on {day}"
    return Message(
        "rests-on-nothing",
        f"nothing that the {sort} {quote(name)} cites for one thing is in force {when}, and a rule uses it then",
        "add a statement that holds on that day, or give the rule `from` and `to`",
    )


def must_second_hand(obligation: str) -> Message:
    return Message(
        "must-second-hand",
        f"this {quote(obligation)} rests on second-hand knowledge of its source only",
        "read the source, and say so under `known`",
        "warning",
    )


def proposed_without_proposal() -> Message:
    return Message(
        "proposed-time",
        "a proposed time cites the proposal that it is",
        "cite a statement of a source of force `proposal`",
    )


def sourced_by_proposal() -> Message:
    return Message("sourced-time", "a sourced time cites a source that states it", "write `basis: proposed`")


def derived_not_cited(fact: str, cited: str) -> Message:
    return Message(
        "derived-fact-not-cited",
        f"the derived fact {quote(fact)} rests on {quote(cited)}, and there is no such statement to cite",
        "put the statement back: what a derived fact means is cited like a rule",
    )


# --- packs: parameters, definitions, actions, rules


def wrong_parameter_value(written: str) -> Message:
    return Message(
        "wrong-parameter",
        f"expected a length of time, a whole number or a day, got {quote(written)}",
        "for example `6 weeks`, `14` or `2026-03-02`",
    )


def not_a_whole_day(written: str) -> Message:
    return Message("wrong-parameter", f"expected one day, got {quote(written)}", "for example `2026-03-02`")


def wrong_parameter_kind(kind: str) -> Message:
    return Message("wrong-parameter", f"expected a length of time, a whole number or a day, got {kind}")


def other_kind_of_parameter(name: str, old: str, new: str) -> Message:
    return Message(
        "wrong-parameter", f"{quote(name)} is {quote(old)}, and {quote(new)} is another kind of value", "keep the kind"
    )


def definition_of_changes(of: str, other: str) -> Message:
    return Message(
        "definition-of",
        f"the first form of this definition is of {quote(of)}, and this one of {quote(other)}",
        "a definition of something else needs a name of its own",
    )


def one_obligation(named: Sequence[str], obligations: Sequence[str]) -> Message:
    got = " and ".join(quote(word) for word in named) if named else "none"
    return Message("one-obligation", f"expected one of {one_of(obligations)}, got {got}")


def wrong_time(written: str, words: Sequence[str]) -> Message:
    near = nearest(written, words)
    hint = f"did you mean `{near}`?" if near else "write a length such as `4 hours`, or a word such as `at once`"
    return Message("wrong-time", f"{quote(written)} is no time", hint)


def time_from_no_date(fact: str) -> Message:
    return Message("time-from", f"a time is counted from a date, and {quote(fact)} is no date")


def about_needs_subject(action: str, about: str, for_each: str | None) -> Message:
    got = f"each {for_each}" if for_each else "the child"
    return Message(
        "action-about",
        f"{quote(action)} is about one {about}, and this rule looks at {got}",
        f"add `about:` with a fact that refers to one {about}, or `for_each: {about}` to the rule",
    )


def about_wrong_reference(fact: str, action: str, about: str) -> Message:
    return Message("action-about", f"{quote(action)} is about one {about}, and {quote(fact)} does not refer to one")


def ends_before_start(start: object, end: object) -> Message:
    return Message("dates-of-force", f"it ends on {end}, before it starts on {start}")


def bank_holidays_twice(first: Place) -> Message:
    where = f"{first.text.name}, line {first.line}"
    return Message(
        "bank-holidays",
        f"a rulebook has one list of bank holidays, and there is one in {where}",
        "leave one of them out",
    )


def bank_holiday_not_covered(day: str, first: object, last: object) -> Message:
    return Message("bank-holidays", f"{quote(day)} is not one of the days from {first} to {last}")


def bank_holiday_at_weekend(day: str, weekday: str) -> Message:
    return Message(
        "bank-holidays",
        f"{quote(day)} is a {weekday}, which is no working day in any case",
        "name the weekday that is kept in its place, if there is one",
    )


def year_without_bank_holidays(year: int) -> Message:
    return Message("bank-holidays", f"no bank holiday of {year} is named", "add them, or end the list before that year")


def no_bank_holidays(length: str) -> Message:
    return Message(
        "no-bank-holidays",
        f"{quote(length)} cannot be counted, for no pack in force names the bank holidays",
        "use a pack that has `bank_holidays`",
        "warning",
    )


def bank_holidays_end(last: object, over: bool) -> Message:
    return Message(
        "bank-holidays-end",
        f"the bank holidays {'ended' if over else 'end'} on {last}, after which working days cannot be counted",
        "add the days of the years to come",
        "warning",
    )


def two_forms(day: object) -> Message:
    return Message(
        "dates-of-force", f"two forms of it are in force on {day}", "end one on the day before the next starts"
    )


def nothing_in_force(sort: str, name: str, day: object, since: object) -> Message:
    when = f"before {since}" if since is not None else f"on {day}"
    return Message(
        "dates-of-force",
        f"the {sort} {quote(name)} has no form {when}, and this rule is in force then",
        "add a form for those days, or give the rule `from` and `to`",
    )


def cycle(what: str, names: Sequence[str]) -> Message:
    return Message("cycle", f"{what} in a circle: {' -> '.join(quote(name) for name in names)}")


def definitions_too_deep(limit: int) -> Message:
    return Message("too-deep", f"more than {limit} definitions use one another in a row")


def nested_by_definition(definition: str) -> Message:
    return Message(
        "nested-quantifier",
        f"{quote(definition)} ranges over a list and stands inside a `some`, `every` or `count`",
        "make it a definition of the child, or use a derived fact",
    )


def assumes_a_list() -> Message:
    return Message(
        "assumes-a-list",
        "a definition that ranges over a list can be assumed only as an exception: a list is never assumed",
        "write `as: exception`, or take `while_unknown` out and let it ask",
    )


def fact_outside_stage(fact: str, stages: Sequence[str], exists: Sequence[str]) -> Message:
    return Message(
        "fact-outside-stage",
        f"{quote(fact)} does not exist in the stages of this rule, {one_of(stages)}",
        f"it exists in {one_of(exists)}",
    )


def same_wording(do: str, other: str) -> Message:
    return Message(
        "same-wording",
        f"{quote(do)} is also what {quote(other)} says, in another pack; both would be shown",
        "share one action in a pack that both use",
        "warning",
    )


def stage_not_assumed() -> Message:
    return Message(
        "stage-not-assumed",
        "nothing says what lets this rule go on while it is not known whether the child is born",
        "use a pack with `assume_born`, or write `never_assume: [child.stage]`",
    )


# --- packs: sign-off


def reviewed_by_nobody(kind: str) -> Message:
    return Message(
        "not-reviewed",
        "`status: reviewed` needs `reviewed`: by whom, on which day, and the meaning that was reviewed",
        f"`safeguard-rules sign-off` writes it into a {kind}; until then write `status: draft`",
    )


def no_meaning_digest(written: str, form: str) -> Message:
    return Message(
        "not-a-meaning",
        f"expected the digest of a meaning, such as `sha256:{form}:` and 64 digits or small letters up to `f`, "
        f"got {quote(written)}",
        "`safeguard-rules sign-off` writes it, and `safeguard-rules packs show --format json` shows it",
    )


def meaning_changed(kind: str, by: str, day: object) -> Message:
    return Message(
        "meaning-changed",
        f"this {kind} means something else than what {by} reviewed on {day}, so it counts as a draft",
        "have it reviewed again, then run `safeguard-rules sign-off`",
        "warning",
    )


# --- packs: localities


def contact_missing(contact: str, action: str, near: str | None) -> Message:
    hint = f"is {quote(near)} meant to be it?" if near else f"add {quote(contact + ':')} under `contacts`"
    return Message("contact-missing", f"the contact {quote(contact)} is missing, which {quote(action)} needs", hint)


def hours_without_times(key: str) -> Message:
    hint = "leave out a day on which it is closed; where nobody knows the hours, write `hours: null`"
    return Message("opening-hours", f"{quote(key)} names no time at which it is open", hint)


def no_day_of_the_week(text: str, days: Sequence[str]) -> Message:
    near = nearest(text, days)
    hint = f"did you mean {quote(near)}?" if near else "write a day or days in a row, such as `Monday to Thursday`"
    return Message("opening-hours", f"{quote(text)} is not a day of the week", hint)


def days_go_back(text: str) -> Message:
    hint = "write a line for each run of days, or one day alone"
    return Message("opening-hours", f"{quote(text)} does not go forward in the week, which starts on Monday", hint)


def day_in_two_openings(day: str, other: str) -> Message:
    return Message(
        "opening-hours", f"{quote(day)} stands in {quote(other)} already", "write all times of a day together"
    )


def wrong_opening_times(text: str) -> Message:
    hint = "times have four figures, from `00:00` to `24:00`"
    return Message("opening-hours", f"expected times such as `08:45 to 17:00`, got {quote(text)}", hint)


def closes_before_it_opens(text: str) -> Message:
    hint = "what goes past midnight is two stretches, to `24:00` and on the next day from `00:00`"
    return Message("opening-hours", f"{quote(text)} does not end later than it starts", hint)


def opening_times_overlap(text: str, other: str) -> Message:
    return Message("opening-hours", f"{quote(text)} overlaps {quote(other)}")


def out_of_hours_without_hours() -> Message:
    hint = "add `hours`, or give the number as `phone`"
    return Message("opening-hours", "`out_of_hours` needs `hours`, which say when it is to be used", hint)


def adopts_one() -> Message:
    return Message("adopts", "a locality adopts a `variant`, or says why its own form is `not_known`")


def weakens(definition: str, direction: int) -> Message:
    how = {1: "at least as wide as", -1: "at least as narrow as", 0: "the same as"}[direction]
    return Message(
        "weakens",
        f"this form of {quote(definition)} cannot be shown to be {how} the shared one, so it may ask for less",
        "a locality only tightens; to weaken, add a waiver with its citation and its dates",
    )


def cannot_widen(definition: str, direction: int) -> Message:
    why = "only under `not`, where it asks for less" if direction < 0 else "both plainly and under `not`"
    return Message("weakens", f"{quote(definition)} cannot be widened: it is used {why}", "narrow it, or add a waiver")


def cannot_narrow(definition: str, direction: int) -> Message:
    why = "plainly, where it asks for less" if direction > 0 else "both plainly and under `not`"
    return Message("weakens", f"{quote(definition)} cannot be narrowed: it is used {why}", "widen it, or add a waiver")


def weakens_parameter(parameter: str, direction: int) -> Message:
    how = {
        1: "can only be raised, for lowering it asks for less",
        -1: "can only be lowered, for raising it asks for less",
        0: "cannot be moved, for its uses do not all ask for more in one direction",
    }[direction]
    return Message("weakens", f"{quote(parameter)} {how}", "to weaken, add a waiver with its citation and its dates")


def waiver_says_one(given: Sequence[str]) -> Message:
    got = " and ".join(quote(word) for word in given) if given else "none"
    return Message(
        "waiver",
        f"a waiver says one thing that holds instead, got {got}",
        "write one of `adopts`, `value`, `or_if` and `and_only_if`",
    )


def waivers_meet(name: str) -> Message:
    return Message(
        "waiver", f"two waivers of {quote(name)} hold on the same days", "end one on the day before the other starts"
    )


# --- cases beside the rules


def expects_nothing() -> Message:
    return Message("expects-nothing", "nothing is expected of this case", "name findings, actions or questions")


def no_such_subject(text: str, rule: str, subjects: Sequence[str]) -> Message:
    hint = suggest(text, subjects) or f"expected {one_of(subjects)}"
    return Message("unknown-subject", f"{quote(rule)} has no finding about {quote(text)} here", hint)


def subject_expected_twice(text: str) -> Message:
    return Message("double-subject", f"{quote(text)} is expected to have two outcomes")


def no_such_path(path: str, candidates: Iterable[str]) -> Message:
    return Message("unknown-path", f"{quote(path)} is not the path of anything in this case", suggest(path, candidates))


def no_such_contact(text: str, contacts: Sequence[str]) -> Message:
    hint = suggest(text, contacts) or (None if contacts else "a contact is named by a locality, and this case has none")
    return Message("unknown-contact", f"there is no contact {quote(text)} here", hint)


def contact_without_a_time(as_of: object) -> Message:
    hint = "add one with its offset, such as `2026-03-02T10:00Z`"
    return Message(
        "contact-without-a-time", f"`contacts` needs a time of day, which {quote(str(as_of))} does not have", hint
    )


def assumed_without_applies(key: str) -> Message:
    return Message(
        "assumes-for-nothing", f"{quote(key)} is about findings that apply", "add `applies` with its subjects"
    )


def rule_expects_nothing(rule: str) -> Message:
    outcomes = ("applies", "undetermined", "does_not_apply")
    return Message("expects-nothing", f"nothing is expected of {quote(rule)}", f"add {one_of(outcomes)}")


# --- lints: what is no error, and what a colleague would ask about


def true_of_nothing(of: str, every: bool, rule: str) -> Message:
    written = "`every`" if every else "`not: {some: {where: {not: ...}}}`"
    return Message(
        "true-of-nothing",
        f"with no {of} at all this {written} is true, and {quote(rule)} can apply because of it",
        f"if there has to be one, add `some: {{of: {of}}}` beside it under `all`",
        "warning",
    )


def list_left_open(of: str) -> Message:
    return Message(
        "list-left-open",
        f"this helps a rule to apply only where a case says that it names every {of}, which few cases do",
        f"look at one {of} at a time with `for_each: {of}`, or say in `while_unknown` what to go by",
        "warning",
    )


def complementary_tests(what: str, under_any: bool) -> Message:
    how = "never be false" if under_any else "never be true"
    why = "and while it is unknown they stay open, whatever the answer" if under_any else "so the rule is dead here"
    return Message(
        "complementary-tests",
        f"the parts about {quote(what)} can together {how}, {why}",
        "take these parts out" if under_any else "take one of them out, or join them with `any`",
        "warning",
    )


def part_says_nothing(under_any: bool, line: int) -> Message:
    how = "is true only where" if under_any else "is true wherever"
    return Message(
        "part-says-nothing",
        f"this part changes nothing: it {how} the part on line {line} is",
        "take it out, or look whether something else was meant",
        "warning",
    )


def never_asked() -> Message:
    return Message(
        "never-asked",
        "this holds in every case, so nobody is ever asked about the definition",
        "write a condition that holds in some cases, or leave `ask_unless` out",
        "warning",
    )


def idle_assumption(value: bool) -> Message:
    used = "only under `not`" if value else "never under `not`"
    taken = "true" if value else "false"
    return Message(
        "idle-assumption",
        f"the definition is used {used}, so taking it as `{taken}` can never make a rule apply",
        f"take it as `{'false' if value else 'true'}`, or leave `while_unknown` out so that it asks",
        "warning",
    )


def applies_to_everybody(rule: str) -> Message:
    return Message(
        "applies-to-everybody",
        f"with nothing known at all {quote(rule)} applies to every child in its stage",
        "ask for something that only some children have, or make its actions standing advice with `repeat`",
        "warning",
    )


def proposed_time(time: str) -> Message:
    return Message(
        "proposed-time", f"the time {quote(time)} is the pack's own proposal; no source states it", severity="note"
    )


def weaker_than_source(cited: str, force: str) -> Message:
    return Message(
        "weaker-than-source",
        f"this rule only asks to consider, and cites {quote(cited)}, which obliges by {force}",
        "demand what the source does, or cite the statement that leaves it open",
        "warning",
    )


def contact_not_checked(name: str) -> Message:
    return Message(
        "contact-not-checked",
        f"nobody has checked the contact {quote(name)}, and every result says so",
        "open its page, and write the day under `checked_on`",
        "note",
    )


def same_rule(other: str) -> Message:
    return Message(
        "same-rule",
        f"{quote(other)} asks for the same, under the same condition",
        "make one rule of the two, with the citations of both",
        "warning",
    )


def same_definition(other: str) -> Message:
    return Message(
        "same-definition",
        f"{quote(other)} means the same",
        "keep one, in a pack that both use, or a locality will change only one of them",
        "warning",
    )


def same_title(other: str) -> Message:
    return Message(
        "same-title", f"{quote(other)} has the same title", "say in the title what tells them apart", "warning"
    )


def unused(sort: str, name: str) -> Message:
    short = name.rpartition(":")[2]
    why = {"definition": "no rule reaches", "action": "no rule recommends", "parameter": "no condition reads"}
    return Message(
        "unused",
        f"{why.get(sort, 'nothing uses')} the {sort} {quote(short)}",
        "take it out, or look whether a rule lacks it",
        "warning",
    )


def too_long(key: str, length: int, most: int) -> Message:
    return Message(
        "too-long",
        f"{quote(key)} has {length} characters; more than {most} cannot be read in a hurry",
        "say the rest under `details`" if key == "do" else "leave out what `because` says",
        "warning",
    )


def because_repeats_title() -> Message:
    return Message(
        "because-repeats-title",
        "`because` only repeats the title",
        "say why, for somebody who has to explain it to a parent",
        "warning",
    )


def accepts_nothing(code: str) -> Message:
    return Message("accepts-nothing", f"the lint {quote(code)} does not occur here", "take the line out", "warning")


# --- stories over time


def story_file_as_case() -> Message:
    return Message("story-file", "this file tells a story over several days", "`safeguard-rules timeline` reads it")


def first_day_learns(key: str) -> Message:
    return Message(
        "first-day", f"the first day has no {quote(key)}: it starts from what is given", "put this under `given`"
    )


def day_without_news() -> Message:
    return Message(
        "missing-key",
        "this day does not say what was learned",
        "name it under `learned`; `learned: {}` says that only time has passed",
    )


def day_not_later(day: str, before: str) -> Message:
    return Message("not-later", f"{quote(day)} is not after the day before it in the story, {quote(before)}")


def nothing_learned() -> Message:
    return Message(
        "nothing-learned",
        "this says nothing that was not known before",
        "write `learned: {}` if only time has passed",
    )


def learned_null(name: str) -> Message:
    return Message(
        "null-refused", f"{quote(name)} cannot become unknown by learning", "name its path under `taken_back`"
    )


def learned_without_id(list_name: str) -> Message:
    return Message("no-id", f"an entry learned for {quote(list_name)} has no `id`, so nobody can tell which one it is")


def learned_without_child() -> Message:
    return Message("no-id", "a child has no `child: {id: ...}`, so nobody can tell which one it is")


def words_dropped(name: str, words: Sequence[str]) -> Message:
    return Message(
        "words-dropped",
        f"{quote(name)} leaves out what was known: {one_of(words)}",
        "write all of it; to take it back, name its path under `taken_back` as well",
    )


def evidence_of_before(path: str) -> Message:
    return Message(
        "old-evidence",
        f"{quote(path)} changes, and its evidence speaks of what was known before",
        "say under `evidence` how it is known now",
    )


def not_a_path(path: str, candidates: Iterable[str]) -> Message:
    near = nearest(path, candidates)
    hint = f"did you mean `{near}`?" if near else "write it as `child.movements`, `injuries[cheek].kind` or `injuries`"
    return Message("unknown-path", f"{quote(path)} is not the path of a fact, a record or a list", hint)


def nothing_to_take_back(path: str) -> Message:
    return Message("unknown-path", f"{quote(path)} cannot be taken back: nothing was known there before this day")


def story_expects_nothing() -> Message:
    return Message("expects-nothing", "nothing is expected of this day", "name changes or actions, or leave it out")


def nothing_and_something() -> Message:
    return Message("expects-nothing", "`nothing: true` says that no action changes, and changes are expected too")


def no_change_on_first_day(key: str) -> Message:
    return Message(
        "first-day", f"the first day has nothing before it, so {quote(key)} can never come about", "use `recommended`"
    )


def nobody_of_that_id(text: str, ids: Sequence[str]) -> Message:
    return Message("unknown-id", f"nothing in the story has the id {quote(text)} by this day", suggest(text, ids))


def wrong_action_form(text: str) -> Message:
    return Message(
        "wrong-form", f"expected an action such as `assess-person` or `assess-person[partner]`, got {quote(text)}"
    )
