"""Records as JSON and back. What is read is not believed: each value must be of the type that its field declares.

A record is a NamedTuple of strings, whole numbers from 0, booleans, IntEnums, other records, tuples of one type, and
None where that is declared. A new field, or a new record in a field, needs nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record", bound=tuple[Any, ...])
Check = Callable[[Any], Any]


def dump(record: tuple[Any, ...]) -> bytes:
    """A record is an array of its fields. Lone surrogates, which stand for broken bytes, are escaped."""
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def load(kind: type[Record], raw: bytes) -> Record:
    """Raises ValueError where `raw` is not such a record."""
    try:
        record: Record = _check(kind)(json.loads(raw))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return record


@cache
def _check(kind: Any) -> Check:
    """A function that makes of parsed JSON a value of that type, or raises ValueError."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return _optional(_check(inner))
    if origin is tuple:
        return _sequence(_check(arguments[0]))
    if issubclass(kind, IntEnum):
        return _enum(kind)
    if issubclass(kind, tuple):
        hints = get_type_hints(kind)
        return _record(kind, [_check(hints[field]) for field in kind._fields])
    return _scalar(kind)


def _optional(inner: Check) -> Check:
    return lambda value: None if value is None else inner(value)


def _sequence(item: Check) -> Check:
    return lambda value: tuple([item(element) for element in _listed(value)])


def _record(kind: Callable[..., Any], fields: list[Check]) -> Check:
    return lambda value: kind(*[field(element) for field, element in zip(fields, _listed(value), strict=True)])


def _enum(kind: type[IntEnum]) -> Check:
    whole = _scalar(int)
    return lambda value: kind(whole(value))


def _scalar(kind: type) -> Check:
    def check(value: Any) -> Any:
        if type(value) is not kind:  # not isinstance: True is an int
            raise ValueError(f"{kind.__name__} expected")
        if type(value) is int and value < 0:  # offsets, lines and columns all are counted from 0 or 1
            raise ValueError("negative")
        return value

    return check


def _listed(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("array expected")
    return value
