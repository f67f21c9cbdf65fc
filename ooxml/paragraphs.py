"""Reading the paragraphs of one part, in order, with the cell and the controls they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ooxml.looks import CharacterLook
from ooxml.properties import is_drawn, paragraph_properties
from ooxml.structure import Cell, Field, Paragraph, Run
from ooxml.styles import StyleSheet
from ooxml.xml import MC, w

_SKIPPED = {w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr"), f"{{{MC}}}Fallback"}
_BLOCKS = {w("tbl"), w("tc"), w("p")}
_DRAWINGS = {w("drawing"), w("pict"), w("object")}
_CHARACTERS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_PAGE_BREAKS = {"page", "column"}
_LINE_SHAPES = {"line", "straightConnector1"}
# The numbers of "line" and "straight connector" among the shapes of older versions of Word.
_OLD_LINE_SHAPES = ("#_x0000_t20", "#_x0000_t32")
_SIDES = ("top", "left", "start", "bottom", "right", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What surrounds a block: its cell, the style of its table, its controls, a text box."""

    cell: Cell | None = None
    table_style: str | None = None
    controls: tuple[str, ...] = ()
    is_in_text_box: bool = False


@dataclass(slots=True)
class _OpenField:
    """A field whose end has not come yet."""

    text_before: str
    code: str = ""
    look: CharacterLook | None = None


@dataclass(slots=True)
class _Content:
    """What is gathered while walking through one paragraph."""

    runs: list[Run] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    open_fields: list[_OpenField] = field(default_factory=list)
    drawings: list[etree._Element] = field(default_factory=list)

    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def close(self, one: _OpenField) -> None:
        name = (one.code.split() or [""])[0].upper()
        self.fields.append(Field(name, one.look or CharacterLook(), one.text_before))


class PartReader:
    """Reads the paragraphs of one part; `section_ends` grows as ends of sections are passed."""

    def __init__(self, part: str, styles: StyleSheet, section: int | None = None) -> None:
        self._part, self._styles, self._fixed_section = part, styles, section
        self._tables = 0
        self.section_ends: list[etree._Element] = []

    def paragraphs(self, root: etree._Element) -> Iterator[Paragraph]:
        """Yield every paragraph below an element, those of cells and text boxes too."""
        yield from self._blocks(root, _Place())

    def _blocks(self, parent: etree._Element, place: _Place) -> Iterator[Paragraph]:
        for child in parent:
            if child.tag == w("p"):
                yield from self._paragraph(child, place)
            elif child.tag == w("tbl"):
                yield from self._table(child, place)
            elif child.tag == w("sdt"):
                yield from self._blocks(child, replace(place, controls=_with_tag(child, place)))
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self._blocks(child, place)

    def _table(self, table: etree._Element, place: _Place) -> Iterator[Paragraph]:
        self._tables += 1
        number, properties = self._tables, table.find(w("tblPr"))
        style = _attribute(properties, "tblStyle")
        bordered = _has_borders(properties, "tblBorders")
        if bordered is None:
            bordered = self._styles.table_has_borders(style)
        for row_number, row in enumerate(_below(table, w("tr")), start=1):
            for column, cell in enumerate(_below(row, w("tc")), start=1):
                here = Cell(
                    table=number,
                    row=row_number,
                    column=column,
                    is_bordered=_cell_is_bordered(cell, bordered),
                    has_border_below=_has_border_below(cell),
                    outer=place.cell,
                )
                inside = replace(place, cell=here, table_style=style, controls=_around(cell, place))
                yield from self._blocks(cell, inside)

    def _paragraph(self, element: etree._Element, place: _Place) -> Iterator[Paragraph]:
        properties = element.find(w("pPr"))
        style = self._styles.known_paragraph_style(_attribute(properties, "pStyle"))
        content = _Content()
        self._walk(element, style, place, content)
        for unfinished in content.open_fields:
            content.close(unfinished)
        section = len(self.section_ends) if self._fixed_section is None else self._fixed_section
        yield Paragraph(
            part=self._part,
            section=section,
            runs=tuple(content.runs),
            look=self._styles.paragraph_look(
                style, place.table_style, paragraph_properties(properties)
            ),
            style=style,
            style_name=self._styles.name_of(style),
            cell=place.cell,
            controls=(*place.controls, *content.controls),
            fields=tuple(content.fields),
            has_drawn_line=any(_is_line(shape) for it in content.drawings for shape in it.iter()),
            is_in_text_box=place.is_in_text_box,
        )
        for drawing in content.drawings:
            yield from self._text_boxes(drawing, place)
        end = None if properties is None else properties.find(w("sectPr"))
        if end is not None:
            self.section_ends.append(end)

    def _text_boxes(self, element: etree._Element, place: _Place) -> Iterator[Paragraph]:
        for child in element:
            if child.tag == w("txbxContent"):
                yield from self._blocks(child, replace(place, is_in_text_box=True))
            elif child.tag not in _SKIPPED:
                yield from self._text_boxes(child, place)

    def _walk(self, element: etree._Element, style: str, place: _Place, content: _Content) -> None:
        for child in element:
            if child.tag == w("r"):
                self._run(child, style, place, content)
            elif child.tag == w("fldSimple"):
                opened = _OpenField(content.text(), child.get(w("instr"), ""))
                before = len(content.runs)
                self._walk(child, style, place, content)
                opened.look = next((run.look for run in content.runs[before:]), None)
                content.close(opened)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                if child.tag == w("sdt"):
                    content.controls += _with_tag(child, _Place())
                self._walk(child, style, place, content)

    def _run(self, run: etree._Element, style: str, place: _Place, content: _Content) -> None:
        properties = run.find(w("rPr"))
        look = self._styles.character_look(
            style,
            _attribute(properties, "rStyle"),
            place.table_style,
            self._styles.run_properties(properties),
        )
        text = "".join(_pieces(run, look, content))
        if text and not look.is_hidden:
            content.runs.append(Run(text.upper() if look.is_all_caps else text, look))


def _pieces(element: etree._Element, look: CharacterLook, content: _Content) -> Iterator[str]:
    """Yield the text of a run; fields and drawings that begin in it go to the content."""
    for child in element:
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag == w("br"):
            yield "" if child.get(w("type")) in _PAGE_BREAKS else "\n"
        elif child.tag in _DRAWINGS:
            content.drawings.append(child)
        elif child.tag in {w("fldChar"), w("instrText")}:
            _follow_field(child, look, content)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield _CHARACTERS.get(child.tag, "")
            yield from _pieces(child, look, content)


def _follow_field(element: etree._Element, look: CharacterLook, content: _Content) -> None:
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        content.open_fields.append(_OpenField(content.text()))
    elif content.open_fields and kind == "end":
        content.close(content.open_fields.pop())
    elif content.open_fields:
        content.open_fields[-1].code += element.text or ""
        content.open_fields[-1].look = look


def _below(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row; a control may stand around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED | _BLOCKS:
            yield from _below(child, tag)


def _around(cell: etree._Element, place: _Place) -> tuple[str, ...]:
    tags = list(place.controls)
    for control in cell.iterancestors(w("sdt"), w("tbl")):
        if control.tag == w("tbl"):
            break
        tags += _with_tag(control, _Place())
    return tuple(tags)


def _with_tag(control: etree._Element, place: _Place) -> tuple[str, ...]:
    tag = _attribute(control.find(w("sdtPr")), "tag")
    return (*place.controls, tag) if tag else place.controls


def _has_borders(properties: etree._Element | None, tag: str) -> bool | None:
    borders = None if properties is None else properties.find(w(tag))
    return None if borders is None else any(is_drawn(side) for side in borders)


def _cell_is_bordered(cell: etree._Element, in_table: bool) -> bool:
    borders = cell.find(f"{w('tcPr')}/{w('tcBorders')}")
    if borders is None:
        return in_table
    sides = [it for it in borders if it.tag in {w(side) for side in _SIDES}]
    # A table whose lines were taken away side by side is as bare as one that never had any.
    return any(is_drawn(side) for side in sides) or (in_table and len(sides) < 4)


def _has_border_below(cell: etree._Element) -> bool:
    return is_drawn(cell.find(f"{w('tcPr')}/{w('tcBorders')}/{w('bottom')}"))


def _is_line(shape: etree._Element) -> bool:
    if not isinstance(shape.tag, str):
        return False
    name = etree.QName(shape).localname
    if name == "prstGeom":
        return shape.get("prst") in _LINE_SHAPES
    return name == "line" or (name == "shape" and shape.get("type", "") in _OLD_LINE_SHAPES)


def _attribute(properties: etree._Element | None, tag: str) -> str:
    found = None if properties is None else properties.find(w(tag))
    return "" if found is None else found.get(w("val"), "")
