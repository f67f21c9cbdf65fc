"""What a template may count on: the shape of its data, as manifest.yml declares it path by path."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from kernel.errors import InvalidInput, Located

TYPES = ("text", "number", "flag", "rich_text")
_PATH = re.compile(r"[a-z][a-z0-9_]*(\[\])*(\.[a-z][a-z0-9_]*(\[\])*)*")
_STEP = re.compile(r"\[\]|[a-z][a-z0-9_]*")
_REQUIRED = "Thiếu giá trị này."
_NO_GROUP = "Phải là một nhóm giá trị."
_RICH_TEXT = "rich_text"


class DataRefused(InvalidInput):
    """The data does not have the shape that the template was written for."""

    code = "data-refused"
    title = "Dữ liệu không khớp với mẫu"


@dataclass(slots=True)
class Shape:
    """A value of the context: a leaf with its type, a group with its names, or a list."""

    type: str = ""
    is_optional: bool = False
    names: dict[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None

    def at(self, path: str) -> "Shape | None":
        """Return the shape at a path (`awards[].members[].name`), None where there is none."""
        found: Shape | None = self
        for step in _STEP.findall(path):
            if found is None:
                return None
            found = found.item if step == "[]" else found.names.get(step)
        return found

    def paths(self, prefix: str = "") -> Iterator[str]:
        """Yield every path below this one."""
        if self.item is not None:
            yield f"{prefix}[]"
            yield from self.item.paths(f"{prefix}[]")
        for name, inner in self.names.items():
            path = f"{prefix}.{name}" if prefix else name
            yield path
            yield from inner.paths(path)


def shape_of(declared: Iterable[Any]) -> Shape:
    """Return the shape that placeholders declare; raises ValidationError for a contradiction."""
    root = Shape()
    for one in declared:
        if not _PATH.fullmatch(one.path):
            raise ValidationError(f"“{one.path}” không phải đường dẫn hợp lệ.")
        shape = _grown(root, one.path)
        if shape.type or shape.names or shape.item:
            raise ValidationError(
                f"“{one.path}” được khai hai lần, hoặc vừa là giá trị vừa là nhóm."
            )
        shape.type, shape.is_optional = one.type, one.optional
    return root


def _grown(root: Shape, path: str) -> Shape:
    shape = root
    for step in _STEP.findall(path):
        if shape.type or (shape.names if step == "[]" else shape.item):
            raise ValidationError(f"“{path}” đi qua một chỗ điền đã khai là giá trị hay danh sách.")
        if step == "[]":
            shape.item = shape.item or Shape()
            shape = shape.item
        else:
            shape = shape.names.setdefault(step, Shape())
    return shape


def check_context(declared: Iterable[Any], context: Mapping[str, Any]) -> None:
    """Raise DataRefused with every value that is missing or of another type.

    What the template does not declare is no matter: one context serves every kind.
    """
    terms = tuple(_Term(one.path, one.type, one.optional) for one in declared)
    errors = _schema_of(terms)().validate(context)
    located = tuple(_located(errors, ()))
    if located:
        raise DataRefused(located[0].detail, errors=located)


class _Term(NamedTuple):
    path: str
    type: str
    optional: bool


@lru_cache(maxsize=32)
def _schema_of(terms: tuple[_Term, ...]) -> type[Schema]:
    """Return the schema; a batch asks for the same one a thousand times."""
    return _schema(shape_of(terms))


def _schema(shape: Shape) -> type[Schema]:
    declared = {name: _field(inner) for name, inner in shape.names.items()}
    made = Schema.from_dict(dict[str, Any](declared), name="ContextSchema")
    # Read at each loading; from_dict takes no Meta.
    own = {"Meta": type("Meta", (), {"unknown": EXCLUDE}), "error_messages": {"type": _NO_GROUP}}
    return type("ContextSchema", (made,), own)


def _field(shape: Shape) -> fields.Field[Any]:
    options: dict[str, Any] = {
        "required": not shape.is_optional,
        "allow_none": shape.is_optional,
        "error_messages": {"required": _REQUIRED, "null": _REQUIRED},
    }
    if shape.item is not None:
        return _List(_field(shape.item), **options)
    if shape.names:
        if all(inner.is_optional for inner in shape.names.values()):
            options["required"] = False
        return fields.Nested(_schema(shape), **options)
    return _LEAVES[shape.type](**options)


class _List(fields.List[Any]):
    default_error_messages = {"invalid": "Phải là một danh sách."}


class _Text(fields.Field[str]):
    default_error_messages = {"text": "Phải là văn bản."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        return value


class _Number(fields.Field[float]):
    default_error_messages = {"number": "Phải là một số."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("number")
        return value


class _Flag(fields.Field[bool]):
    default_error_messages = {"flag": "Phải là đúng hoặc sai (true, false)."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("flag")
        return value


class _RichText(fields.Field[Any]):
    default_error_messages = {
        "rich_text": 'Phải là văn bản có định dạng: {{"rich_text": [{{"text": "…"}}]}}.'
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        runs = value.get(_RICH_TEXT) if isinstance(value, Mapping) and len(value) == 1 else None
        is_list = isinstance(runs, list) and all(isinstance(one, Mapping) for one in runs)
        if not is_list or not all(isinstance(one.get("text"), str) for one in runs or ()):
            raise self.make_error("rich_text")
        return value


_LEAVES: Mapping[str, type[fields.Field[Any]]] = {
    "text": _Text,
    "number": _Number,
    "flag": _Flag,
    "rich_text": _RichText,
}


def _located(messages: Any, steps: tuple[str | int, ...]) -> Iterator[Located]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _located(inner, steps if key == "_schema" else (*steps, key))
        return
    pointer = "#/" + "/".join(map(str, steps))
    path = "".join(f"[{it}]" if isinstance(it, int) else f".{it}" for it in steps).lstrip(".")
    for message in messages:
        yield Located(pointer, f"Giá trị “{path}”: {message[0].lower()}{message[1:]}")
