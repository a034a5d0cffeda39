"""The texts of keys: each belongs to a key of a model, and none stands beside a text of the model's own."""

from safeguard_rules.schemas.texts import TEXTS
from tests.language_keys import models


def keys_without_text() -> set[tuple[str, str]]:
    return {
        (model.__name__, declared.alias or name)
        for model in models()
        for name, declared in model.model_fields.items()
        if not declared.description
    }


def test_each_key_of_which_the_model_says_nothing_has_a_text_here() -> None:
    """If this fails for a new key: give its field a `description`, which goes before this table."""
    assert sorted(keys_without_text() - {(model, key) for model, keys in TEXTS.items() for key in keys}) == []


def test_no_text_stands_for_a_key_that_there_is_not_or_that_says_what_it_means() -> None:
    known = keys_without_text()
    assert [(model, key) for model, keys in TEXTS.items() for key in keys if (model, key) not in known] == []


def test_every_text_is_one_or_more_sentences() -> None:
    assert [text for keys in TEXTS.values() for text in keys.values() if not text.endswith(".")] == []
