"""The bench's templates in the peers' languages: the same document, other tags.

docxtpl marks a loop by a paragraph or row of its own before and after. docxtemplater wraps the
rows that it repeats; carbone writes `[i]`, and shows by one element with `[i+1]` where it ends.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from ooxml.xml import w

_DOCUMENT = "word/document.xml"
_FOR = re.compile(r"\{%(?:p|tr) for (\w+) in ([\w.]+) %\}")
_END = re.compile(r"\{%(?:p|tr) endfor %\}")
_VALUE = re.compile(r"\{\{ ([\w.]+) \}\}")


@dataclass(slots=True)
class _Loop:
    """What stands between two tags among the children of one element."""

    opener: etree._Element
    variable: str
    items: str
    inside: "list[etree._Element | _Loop]" = field(default_factory=list)
    closer: etree._Element | None = None

    @property
    def end(self) -> etree._Element:
        assert self.closer is not None, f"the loop over {self.items} has no end"
        return self.closer


def as_docxtpl(template: bytes) -> bytes:
    """Return the template as it is."""
    return template


def for_docxtemplater(template: bytes) -> bytes:
    """Return the template with `{name}`, `{#list}` and `{/list}`: names are sought in the item."""
    return _translated(template, lambda root: _to_docxtemplater(_structure(root)))


def for_carbone(template: bytes) -> bytes:
    """Return the template with `{d.list[i].name}`."""
    return _translated(template, lambda root: _to_carbone(_structure(root), {}))


def _translated(template: bytes, translate: Callable[[etree._Element], None]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == _DOCUMENT:
                root = etree.fromstring(content)
                translate(root)
                content = etree.tostring(
                    root, xml_declaration=True, encoding="UTF-8", standalone=True
                )
            new.writestr(entry.filename, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _structure(parent: etree._Element) -> list[etree._Element | _Loop]:
    """Return the children with each loop as one."""
    levels: list[list[etree._Element | _Loop]] = [[]]
    open_loops: list[_Loop] = []
    for child in parent:
        text = _text(child).strip() if child.tag in {w("p"), w("tr")} else ""
        if opened := _FOR.fullmatch(text):
            loop = _Loop(child, opened[1], opened[2])
            levels[-1].append(loop)
            levels.append(loop.inside)
            open_loops.append(loop)
        elif _END.fullmatch(text):
            open_loops.pop().closer = child
            levels.pop()
        else:
            levels[-1].append(child)
    return levels[0]


def _to_docxtemplater(items: Iterable[etree._Element | _Loop]) -> None:
    for item in items:
        if isinstance(item, _Loop):
            _wrap(item)
            _to_docxtemplater(item.inside)
        elif item.tag == w("t"):
            item.text = _VALUE.sub(lambda it: f"{{{_name(it[1])}}}", item.text)
        else:
            _to_docxtemplater(_structure(item))


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _wrap(loop: _Loop) -> None:
    name = _name(loop.items)
    begin, end = f"{{#{name}}}", f"{{/{name}}}"
    if loop.opener.tag == w("p"):
        _texts(loop.opener)[0].text, _texts(loop.end)[0].text = begin, end
        return
    first, last = _texts(_first(loop))[0], _texts(loop.end.getprevious())[-1]
    first.text, last.text = begin + (first.text or ""), (last.text or "") + end
    _remove(loop.opener)
    _remove(loop.end)


def _to_carbone(items: Iterable[etree._Element | _Loop], paths: Mapping[str, str]) -> None:
    for item in items:
        if isinstance(item, _Loop):
            path = _path(item.items, paths)
            next_one = deepcopy(_first(item))
            _to_carbone(item.inside, {**paths, item.variable: f"{path}[i]"})
            _to_carbone([next_one], {**paths, item.variable: f"{path}[i+1]"})
            item.end.getparent().replace(item.end, next_one)
            _remove(item.opener)
        elif item.tag == w("t"):
            item.text = _VALUE.sub(lambda it: f"{{{_path(it[1], paths)}}}", item.text)
        else:
            _to_carbone(_structure(item), paths)


def _path(path: str, paths: Mapping[str, str]) -> str:
    name, dot, rest = path.partition(".")
    return paths.get(name, f"d.{name}") + dot + rest


def _first(loop: _Loop) -> etree._Element:
    first = loop.inside[0]
    assert not isinstance(first, _Loop), "a loop begins with an element that prints its item"
    return first


def _texts(element: etree._Element) -> list[etree._Element]:
    return list(element.iter(w("t")))


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in _texts(element))


def _remove(element: etree._Element) -> None:
    element.getparent().remove(element)
