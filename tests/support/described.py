"""What an OpenAPI description promises, held against the dataclasses that read it."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from flask import Flask

from kernel.auth.access import Access, access_of

_PLACE = re.compile(r"<(?:[^<>]*:)?([a-z_]+)>")

_WORDS: Mapping[Any, set[tuple[str, str]]] = {
    UUID: {("string", "uuid")},
    datetime: {("string", "date-time")},
    date: {("string", "date")},
    Decimal: {("number", ""), ("string", "")},  # written as a string, so that it stays exact
    str: {("string", "")},
    int: {("integer", "")},
    bool: {("boolean", "")},
}


class Description:
    """The description of one service."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """Return an operation by its path below /api/v1."""
        found: dict[str, Any] | None = (
            self.document["paths"].get(f"/api/v1{path}", {}).get(method.lower())
        )
        return found

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield method, path and description of every operation."""
        for path, methods in self.document["paths"].items():
            for method, described in methods.items():
                if method in {"get", "post", "put", "patch", "delete"}:
                    yield method.upper(), path.removeprefix("/api/v1"), described

    def answer(self, operation: Mapping[str, Any]) -> dict[str, Any]:
        """Return the schema of the answer that says all went well."""
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                schema: dict[str, Any] = response["content"]["application/json"]["schema"]
                return self.resolved(schema)
        raise AssertionError("no answer is described")

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow references, and what wraps one so that it may be null."""
        for wrapper in ("allOf", "anyOf"):
            inner = [it for it in schema.get(wrapper, ()) if it.get("type") != "null"]
            if len(inner) == 1:
                return self.resolved(inner[0])
        if "$ref" not in schema:
            return schema
        name = schema["$ref"].rpartition("/")[2]
        return self.resolved(self.document["components"]["schemas"][name])

    def differences(self, kind: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        """Yield where a type and a schema say different things."""
        inner, may_be_none = _without_none(kind)
        if _is_nullable(schema) and not may_be_none:
            yield f"{place} may be null"
        schema = self.resolved(schema)
        if dataclasses.is_dataclass(inner):
            yield from self._of_object(inner, schema, place)
        elif get_origin(inner) is tuple:
            if schema.get("type") != "array":
                yield f"{place} is {schema.get('type')}, no list"
            else:
                yield from self.differences(get_args(inner)[0], schema["items"], f"{place}[]")
        else:
            yield from _of_plain(inner, schema, place)

    def _of_object(self, kind: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        hints, properties = get_type_hints(kind), schema.get("properties", {})
        own = {it.name for it in dataclasses.fields(kind)}
        yield from (f"{place}/{name} is not described" for name in sorted(own - set(properties)))
        yield from (f"{place}/{name} is not read" for name in sorted(set(properties) - own))
        for name in sorted(own & set(properties)):
            yield from self.differences(hints[name], properties[name], f"{place}/{name}")


def _of_plain(kind: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    types = schema.get("type", "")
    said = next(iter(it for it in types if it != "null")) if isinstance(types, list) else types
    if get_origin(kind) is not None:  # a mapping, read as it is
        if said != "object":
            yield f"{place} is {said}, no object"
    elif kind is not Any and (said, schema.get("format", "")) not in _WORDS[kind]:
        yield f"{place} is {said} {schema.get('format', '')}, not {kind.__name__}"


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) not in {Union, UnionType}:
        return kind, False
    (inner,) = [one for one in get_args(kind) if one is not NoneType]
    return inner, True


def _is_nullable(schema: dict[str, Any]) -> bool:
    types = schema.get("type", ())
    return "null" in (types if isinstance(types, list) else [types]) or any(
        it.get("type") == "null" for it in schema.get("anyOf", ())
    )


def rules_of(app: Flask) -> dict[str, Access]:
    """Return who may use each operation of the API, by method and path as the API describes it."""
    rules = {}
    for rule in app.url_map.iter_rules():
        allowed = access_of(app.view_functions[rule.endpoint])
        if rule.rule.startswith("/api/v1") and allowed is not None:
            path = _PLACE.sub(r"{\1}", rule.rule.removeprefix("/api/v1"))
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                rules[f"{method} {path}"] = allowed
    return rules
