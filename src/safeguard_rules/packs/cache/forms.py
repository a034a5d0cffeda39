"""How frozen values are written as JSON and read back, led by the annotations of their classes.

A value is written as a row of its fields; what stands for one of several types says which. Reading takes nothing on
trust: a value that is not of the type that its field names is refused, so that no row can make anything but the
classes named here. Statements, facts and texts, which many values share, stand in tables of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

Plain = Any
"""What JSON holds."""


class MismatchError(ValueError):
    """A value that is not of the type that was expected: it cannot be written, or is no row of ours."""


class Form(NamedTuple):
    """How values of one type are written and read."""

    write: Callable[[Any], Plain]
    read: Callable[[Plain], Any]


class Forms:
    """The forms of types, each made once; `special` are those of types that are written in a way of their own.

    `families` gives for a class that is never used itself the classes that may stand for it.
    """

    def __init__(self, special: Mapping[Any, Form], families: Mapping[type, tuple[type, ...]]) -> None:
        self._made: dict[Any, Form] = dict(special)
        self._families = families

    def of(self, annotation: Any) -> Form:
        """The form of a type; raises TypeError for one that nothing here can write."""
        found = self._made.get(annotation)
        if found is None:
            # A class may hold itself: while its form is made, others take one that looks it up later.
            self._made[annotation] = Form(partial(self._write, annotation), partial(self._read, annotation))
            found = self._made[annotation] = self._make(annotation)
        return found

    def _write(self, annotation: Any, value: Any) -> Plain:
        return self._made[annotation].write(value)

    def _read(self, annotation: Any, row: Plain) -> Any:
        return self._made[annotation].read(row)

    def _make(self, annotation: Any) -> Form:
        origin, args = get_origin(annotation), get_args(annotation)
        if annotation in (str, bool, int, NoneType):
            return _itself(annotation)
        if annotation is date:
            return Form(_written_day, date.fromisoformat)
        if origin is Literal:
            return _one_of(args)
        if origin in (Union, UnionType):
            return self._choice(args)
        if origin is tuple:
            return self._tuple(args)
        if origin is frozenset:
            return _collection(self.of(args[0]), frozenset, sorted)
        if origin is Mapping:
            return _mapping(self.of(args[0]), self.of(args[1]))
        if annotation in self._families:
            return self._family(self._families[annotation])
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return Form(lambda value: _checked(value, annotation).value, annotation)
        if isinstance(annotation, type) and is_dataclass(annotation):
            return self._row(annotation)
        raise TypeError(f"no form for {annotation!r}")

    def _row(self, cls: type) -> Form:
        hints = get_type_hints(cls)
        names = [field.name for field in fields(cls) if field.init]
        forms = [self.of(hints[name]) for name in names]
        writers, readers = [form.write for form in forms], [form.read for form in forms]

        def write(value: Any) -> Plain:
            if type(value) is not cls:
                raise MismatchError(cls.__name__)
            return [writer(getattr(value, name)) for name, writer in zip(names, writers, strict=True)]

        def read(row: Plain) -> Any:
            if type(row) is not list or len(row) != len(names):
                raise MismatchError(cls.__name__)
            return cls(*[reader(each) for reader, each in zip(readers, row, strict=True)])

        return Form(write, read)

    def _family(self, classes: tuple[type, ...]) -> Form:
        """One of several classes: its row, with the number of the class at the end."""
        numbers = {each: number for number, each in enumerate(classes)}
        forms = [self.of(each) for each in classes]

        def write(value: Any) -> Plain:
            number = numbers.get(type(value))
            if number is None:
                raise MismatchError(type(value).__name__)
            return [*forms[number].write(value), number]

        def read(row: Plain) -> Any:
            if type(row) is not list:
                raise MismatchError("a row")
            number = row.pop()
            if type(number) is not int or number < 0:
                raise MismatchError("a class")
            return forms[number].read(row)

        return Form(write, read)

    def _choice(self, types: tuple[Any, ...]) -> Form:
        if len(types) == 2 and NoneType in types:
            return _or_none(self.of(next(each for each in types if each is not NoneType)))
        forms = [self.of(each) for each in types]
        numbers = {each: number for number, each in enumerate(types) if isinstance(each, type)}

        def write(value: Any) -> Plain:
            number = numbers.get(type(value))
            if number is not None:
                return [number, forms[number].write(value)]
            for number, form in enumerate(forms):
                try:
                    return [number, form.write(value)]
                except MismatchError:
                    continue
            raise MismatchError(repr(types))

        def read(row: Plain) -> Any:
            number, written = row
            if type(number) is not int or number < 0:
                raise MismatchError(repr(types))
            return forms[number].read(written)

        return Form(write, read)

    def _tuple(self, args: tuple[Any, ...]) -> Form:
        if len(args) == 2 and args[1] is Ellipsis:
            return _collection(self.of(args[0]), tuple, tuple)
        forms = [self.of(each) for each in args]
        return Form(
            lambda value: [form.write(each) for form, each in zip(forms, _checked(value, tuple), strict=True)],
            lambda row: tuple(form.read(each) for form, each in zip(forms, _checked(row, list), strict=True)),
        )


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise MismatchError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _itself(kind: type) -> Form:
    def same(value: Any) -> Any:
        if type(value) is not kind:
            raise MismatchError(kind.__name__)
        return value

    return Form(same, same)


def _written_day(value: Any) -> Plain:
    return _checked(value, date).isoformat()


def _one_of(words: Iterable[Any]) -> Form:
    allowed = frozenset(words)

    def same(value: Any) -> Any:
        if type(value) is not str or value not in allowed:
            raise MismatchError(repr(sorted(allowed)))
        return value

    return Form(same, same)


def _or_none(form: Form) -> Form:
    write, read = form
    return Form(lambda value: None if value is None else write(value), lambda row: None if row is None else read(row))


def _collection(form: Form, kind: type, order: Callable[[Any], Iterable[Any]]) -> Form:
    write_one, read_one = form

    def write(value: Any) -> Plain:
        return [write_one(each) for each in order(_checked(value, kind))]

    def read(row: Plain) -> Any:
        if type(row) is not list:
            raise MismatchError(kind.__name__)
        return kind([read_one(each) for each in row]) if row else kind()

    return Form(write, read)


def _mapping(key: Form, value: Form) -> Form:
    return Form(
        lambda entries: [[key.write(name), value.write(each)] for name, each in _checked(entries, dict).items()],
        lambda row: {key.read(name): value.read(each) for name, each in _checked(row, list)},
    )


class Table:
    """Values of one type that many others share: each is written once, and named by its number."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._numbers: dict[Any, int] = {}
        self.rows: list[Plain] = []
        self._values: list[Any] = []
        self.form = Form(self._number, self._value)

    def fill(self, rows: Plain) -> None:
        """Reads what another table wrote."""
        self._values = [self._form.read(row) for row in _checked(rows, list)]

    def _number(self, value: Any) -> Plain:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self.rows)
            self.rows.append(self._form.write(value))
        return number

    def _value(self, row: Plain) -> Any:
        if type(row) is not int or row < 0:
            raise MismatchError("a number")
        return self._values[row]
