"""Rows of many fields to one JSON column and back, without loss: each noun with its name, spans with their words."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from reaffirm.model import MetaField, PackEntry, Receipt, Span
from reaffirm.readings import Call, Commitment, Demand, Duty, Filing, Force, Telling
from reaffirm.store.codec import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOUNS: dict[str, Callable[..., object]] = {
    noun.__name__: noun for noun in (Span, MetaField, PackEntry, Receipt, Force, Telling, Commitment, Duty, Demand, Call, Filing)
}
T = TypeVar("T")
NOUN = "is"  # the key that names a noun; no field is called so


def encode(row: object) -> str:
    """A row as canonical JSON."""
    return dump(_value(row))


def _value(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {NOUN: type(value).__name__, **{f.name: _value(getattr(value, f.name)) for f in fields(value)}}
    return [_value(item) for item in value] if isinstance(value, tuple) else value


def decode(noun: type[T], column: str) -> T:
    """The row of a column; a `ValueError` when it is of another noun."""
    row = _read(json.loads(column))
    if not isinstance(row, noun):
        message = f"a {type(row).__name__} stands where a {noun.__name__} belongs"
        raise ValueError(message)  # noqa: TRY004 - what a damaged ledger holds is a value
    return row


def _read(value: object) -> object:
    if isinstance(value, list):
        return tuple(_read(item) for item in value)
    if isinstance(value, dict):
        named = cast("dict[str, object]", value)
        return NOUNS[str(named[NOUN])](**{key: _read(item) for key, item in named.items() if key != NOUN})
    return value


def spans_in(value: object) -> Iterator[Span]:
    """All spans in a row, in the order of its fields."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from spans_in(getattr(value, f.name))
