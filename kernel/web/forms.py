"""Flat HTML form fields and the nested data that schemas load, in both directions.

`movements-0-name` is `{"movements": [{"name": …}]}`; the error at `#/movements/0/name` belongs to
the field `movements-0-name`. Schemas therefore serve pages and APIs alike.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.errors import Located

# No form of ours is deeper; a name beyond it is kept in one piece, as a field that nobody knows.
_DEEPEST = 8
_LONGEST_ROW_NUMBER = 9


def nest(form: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the nested data of a form; rows in which nothing was typed are left out."""
    tree: dict[str, Any] = {}
    for name, value in form:
        *path, last = name.split("-", _DEEPEST)
        node = tree
        for step in path:
            inner = node.setdefault(step, {})
            node = inner if isinstance(inner, dict) else {}
        node[last] = value
    return {key: _lists(value) for key, value in tree.items()}


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(_is_row_number(key) for key in node):
        rows = [_lists(node[key]) for key in sorted(node, key=int)]
        return [row for row in rows if not _is_blank(row)]
    return {key: _lists(value) for key, value in node.items()}


def _is_row_number(key: str) -> bool:
    return key.isdecimal() and len(key) <= _LONGEST_ROW_NUMBER


def _is_blank(node: Any) -> bool:
    if isinstance(node, Mapping):
        return all(_is_blank(value) for value in node.values())
    if isinstance(node, list):
        return all(_is_blank(value) for value in node)
    return not str(node).strip()


def by_field(errors: Iterable[Located]) -> dict[str, str]:
    """Return the errors by the name of the form field they belong to."""
    found: dict[str, str] = {}
    for error in errors:
        name = error.pointer.removeprefix("#/").replace("/", "-")
        found.setdefault(name, error.detail)
    return found
