"""JSON into frozen dataclasses, by their type hints; what does not fit is told by its place."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")

_FROM_TEXT: Mapping[Any, Any] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
}


class UnexpectedAnswer(Exception):
    """An answer that is not what its description promises: another version answers there."""


def read(kind: type[T], data: Any, place: str = "#") -> T:
    """Return the data as that kind; fields that this client does not know are passed over."""
    return cast(T, _read(kind, data, place))


def _read(kind: Any, data: Any, place: str) -> Any:
    if kind is Any:
        return data
    if dataclasses.is_dataclass(kind):
        return _read_object(kind, data, place)
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _read_optional(kind, data, place)
    if origin is tuple:
        return _read_list(kind, data, place)
    if origin is not None:
        kind = origin
    return _read_plain(kind, data, place)


def _read_object(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise UnexpectedAnswer(f"{place} is no object")
    values = {}
    for name, (hint, needed) in _fields(kind).items():
        if name in data:
            values[name] = _read(hint, data[name], f"{place}/{name}")
        elif needed:
            raise UnexpectedAnswer(f"{place}/{name} is missing")
    return kind(**values)


def _read_optional(kind: Any, data: Any, place: str) -> Any:
    (inner,) = [one for one in get_args(kind) if one is not NoneType]
    return None if data is None else _read(inner, data, place)


def _read_list(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, list):
        raise UnexpectedAnswer(f"{place} is no list")
    inner = get_args(kind)[0]
    return tuple(_read(inner, one, f"{place}/{index}") for index, one in enumerate(data))


def _read_plain(kind: Any, data: Any, place: str) -> Any:
    if kind in _FROM_TEXT:
        try:
            return _FROM_TEXT[kind](data)
        except (TypeError, ValueError, AttributeError, InvalidOperation) as exc:
            raise UnexpectedAnswer(f"{place} is no {kind.__name__}: {data!r}") from exc
    # A truth value is an int to Python, but not to anybody who reads JSON.
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise UnexpectedAnswer(f"{place} is no {kind.__name__}: {data!r}")
    return data


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        it.name: (hints[it.name], it.default is missing and it.default_factory is missing)
        for it in dataclasses.fields(kind)
    }
