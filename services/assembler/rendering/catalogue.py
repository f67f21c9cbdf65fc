"""The placeholders of a kind as its author needs them: by list, with what to type in Word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.assembler.rendering.templates import Placeholder

_IRREGULAR = {"basis": "basis", "children": "child", "people": "person"}
_TYPES = {
    "text": "chữ",
    "number": "số",
    "flag": "đúng/sai",
    "rich_text": "chữ có định dạng",
}
_OTHERWISE = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One placeholder; `code` is what is typed, within the loops of its group."""

    path: str
    label: str
    type: str
    code: str
    example: str
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Placeholders that are printed at the same level; without loops for single values."""

    path: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    entries: tuple[Entry, ...]


def catalogue(placeholders: Iterable[Placeholder]) -> tuple[Group, ...]:
    """Return the placeholders by list, in the order in which the manifest names them."""
    by_list: dict[str, list[Placeholder]] = {}
    for one in placeholders:
        before, mark, _ = one.path.rpartition("[]")
        by_list.setdefault(before + mark, []).append(one)
    return tuple(_group(path, found) for path, found in by_list.items())


def _group(path: str, placeholders: Iterable[Placeholder]) -> Group:
    loops = list(_loops(path))
    last = loops[-1][0] if loops else ""
    return Group(
        path=path,
        opening=tuple(f"{{%p for {name} in {source} %}}" for name, source in loops),
        closing=("{%p endfor %}",) * len(loops),
        entries=tuple(_entry(one, path, last) for one in placeholders),
    )


def _loops(path: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the source of each loop that leads to a list, the outermost first."""
    names: list[str] = []
    for step in path.split("[]")[:-1]:
        source = f"{names[-1]}{step}" if names else step
        name = _singular(re.split(r"\.", source)[-1])
        while name in names:
            name = f"inner_{name}"
        names.append(name)
        yield name, source


def _singular(word: str) -> str:
    last = word.rpartition("_")[2]
    if last in _IRREGULAR:
        return _IRREGULAR[last]
    if last.endswith("ies"):
        return f"{last[:-3]}y"
    if last.endswith("s") and not last.endswith("ss"):
        return last[:-1]
    return _OTHERWISE


def _entry(one: Placeholder, list_path: str, name: str) -> Entry:
    said = f"{name}{one.path[len(list_path) :]}" if list_path else one.path
    codes: Mapping[str, str] = {
        "flag": f"{{%p if {said} %}} … {{%p endif %}}",
        "rich_text": f"{{{{r {said} }}}}",
    }
    return Entry(
        path=one.path,
        label=one.label,
        type=_TYPES[one.type],
        code=codes.get(one.type, f"{{{{ {said} }}}}"),
        example=_example(one.example),
        is_optional=one.optional,
    )


def _example(value: Any) -> str:
    if isinstance(value, bool):
        return "đúng" if value else "sai"
    return "" if value is None else str(value)
