"""The styles of a document: each resolved through what it is based on, the theme and the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ooxml.looks import CharacterLook, ParagraphLook
from ooxml.properties import (
    TOGGLES,
    Properties,
    is_drawn,
    paragraph_properties,
    run_properties,
)
from ooxml.theme import Theme
from ooxml.xml import w

_NOTHING: Properties = {}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    paragraph: Properties
    run: Properties
    has_borders: bool | None = None


_NO_STYLE = _Style("", "", _NOTHING, _NOTHING)


class StyleSheet:
    """Answers how text looks in a paragraph style, a character style, a table style."""

    def __init__(
        self,
        root: etree._Element | None,
        theme: Theme,
        lists: Mapping[tuple[int, int], Properties],
    ) -> None:
        self._theme, self._lists = theme, lists
        self._defaults = _NO_STYLE
        self._styles: dict[tuple[str, str], _Style] = {}
        self._default_ids: dict[str, str] = {}
        self._resolved: dict[tuple[str, str], _Style] = {}
        if root is not None:
            self._read(root)

    @property
    def default_paragraph_style(self) -> str:
        """Return the id of the style of paragraphs that name none; "" where there is none."""
        return self._default_ids.get("paragraph", "")

    def known_paragraph_style(self, style_id: str) -> str:
        """Return the id, or that of the default style in place of one that does not exist."""
        if ("paragraph", style_id) in self._styles:
            return style_id
        return self.default_paragraph_style

    def name_of(self, style_id: str) -> str:
        """Return the name that Word shows for a paragraph style."""
        return self._styles.get(("paragraph", style_id), _NO_STYLE).name

    def table_has_borders(self, style_id: str) -> bool:
        """Tell whether a table style draws lines."""
        return bool(self._resolve("table", style_id).has_borders)

    def run_properties(self, element: etree._Element | None) -> dict[str, Any]:
        """Return what a w:rPr states, with the theme's fonts by name."""
        return run_properties(element, self._theme.font)

    def character_look(
        self,
        paragraph_style: str,
        character_style: str,
        table_style: str | None,
        direct: Properties,
    ) -> CharacterLook:
        """Return the look of a run; outside tables there is not even a default table style."""
        layers = [
            _NOTHING if table_style is None else self._resolve("table", table_style).run,
            self._resolve("paragraph", paragraph_style).run,
            self._resolve("character", character_style).run,
        ]
        defaults = self._defaults.run
        merged = {**defaults, **layers[0], **layers[1], **layers[2]}
        for toggle in TOGGLES:
            # Two styles that both say bold give upright weight again; direct formatting is final.
            said = [layer[toggle] for layer in layers if toggle in layer]
            merged[toggle] = sum(said) % 2 == 1 or bool(defaults.get(toggle))
        return CharacterLook(**{**merged, **direct})

    def paragraph_look(
        self, paragraph_style: str, table_style: str | None, direct: Properties
    ) -> ParagraphLook:
        """Return the look of a paragraph; a list's indents stand just below who asks for it."""
        table = _NOTHING if table_style is None else self._resolve("table", table_style).paragraph
        style = self._resolve("paragraph", paragraph_style).paragraph
        merged = {
            **self._defaults.paragraph,
            **table,
            **self._list_level(style, style),
            **style,
            **self._list_level(direct, {**style, **direct}),
            **direct,
        }
        return ParagraphLook(**merged)

    def _list_level(self, asking: Properties, stated: Properties) -> Properties:
        if "list_id" not in asking:
            return _NOTHING
        key = (stated["list_id"], stated.get("list_level", 0))
        return self._lists.get(key, _NOTHING)

    def _read(self, root: etree._Element) -> None:
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            run = defaults.find(f"{w('rPrDefault')}/{w('rPr')}")
            paragraph = defaults.find(f"{w('pPrDefault')}/{w('pPr')}")
            self._defaults = _Style(
                "", "", paragraph_properties(paragraph), self.run_properties(run)
            )
        for element in root.iterfind(w("style")):
            kind, style_id = element.get(w("type"), "paragraph"), element.get(w("styleId"), "")
            self._styles[kind, style_id] = self._style(element)
            if element.get(w("default"), "0") in {"1", "true", "on"}:
                self._default_ids[kind] = style_id

    def _style(self, element: etree._Element) -> _Style:
        borders = element.find(f"{w('tblPr')}/{w('tblBorders')}")
        return _Style(
            name=_value(element, "name"),
            based_on=_value(element, "basedOn"),
            paragraph=paragraph_properties(element.find(w("pPr"))),
            run=self.run_properties(element.find(w("rPr"))),
            has_borders=None if borders is None else any(is_drawn(side) for side in borders),
        )

    def _resolve(self, kind: str, style_id: str) -> _Style:
        wanted = style_id if (kind, style_id) in self._styles else self._default_ids.get(kind, "")
        key = (kind, wanted)
        if key not in self._resolved:
            self._resolved[key] = self._merged(kind, wanted)
        return self._resolved[key]

    def _merged(self, kind: str, style_id: str) -> _Style:
        """Return the style with all that it inherits; a circle of styles ends where it closes."""
        chain: list[str] = []
        while (kind, style_id) in self._styles and style_id not in chain:
            chain.append(style_id)
            style_id = self._styles[kind, style_id].based_on
        paragraph: dict[str, Any] = {}
        run: dict[str, Any] = {}
        has_borders = None
        for one in (self._styles[kind, style_id] for style_id in reversed(chain)):
            paragraph.update(one.paragraph)
            run.update(one.run)
            has_borders = has_borders if one.has_borders is None else one.has_borders
        return _Style("", "", paragraph, run, has_borders)


def _value(element: etree._Element, tag: str) -> str:
    found = element.find(w(tag))
    return "" if found is None else found.get(w("val"), "")
