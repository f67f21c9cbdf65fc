"""Drawn shapes behind the text: outlines and fills of our own, no image."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from ooxml.xml import MC
from services.assembler.starters.markup import element

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_EMU_PER_MM = 36_000
_EMU_PER_POINT = 12_700
_PATH_UNITS_PER_MM = 100

Point: TypeAlias = tuple[float, float]


@dataclass(slots=True)
class Outline:
    """Lines and curves in millimetres from the upper left corner of the page."""

    steps: list[tuple[str, tuple[Point, ...]]] = field(default_factory=list)

    def polygon(self, points: Iterable[Point]) -> "Outline":
        """Add a closed run of straight lines."""
        self.line(points)
        self.steps.append(("close", ()))
        return self

    def line(self, points: Iterable[Point]) -> "Outline":
        """Add an open run of straight lines."""
        first, *others = points
        self.steps.append(("moveTo", (first,)))
        self.steps += [("lnTo", (point,)) for point in others]
        return self

    def curve(self, start: Point, *curves: tuple[Point, Point, Point]) -> "Outline":
        """Add a closed run of Bézier curves; each has two control points and an end."""
        self.steps.append(("moveTo", (start,)))
        self.steps += [("cubicBezTo", curve) for curve in curves]
        self.steps.append(("close", ()))
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An outline with the colours of its line and of what it encloses; "" draws none."""

    name: str
    outline: Outline
    line: str = ""
    line_points: float = 0.75
    fill: str = ""


def behind(shapes: Sequence[Shape], width_mm: float, height_mm: float) -> etree._Element:
    """Return a run with all shapes anchored to the page behind its text, the first the lowest."""
    run = element("r")
    for number, shape in enumerate(shapes, 1):
        drawing = element("drawing")
        drawing.append(_anchor(number, shape, width_mm, height_mm))
        choice = etree.Element(f"{{{MC}}}Choice", Requires="wps", nsmap={"wps": _WPS})
        choice.append(drawing)
        alternatives = etree.SubElement(run, f"{{{MC}}}AlternateContent", nsmap={"mc": MC})
        alternatives.append(choice)
    return run


def _anchor(number: int, shape: Shape, width_mm: float, height_mm: float) -> etree._Element:
    size = {"cx": str(_emu(width_mm)), "cy": str(_emu(height_mm))}
    anchor = etree.Element(
        f"{{{_WP}}}anchor",
        {
            **dict.fromkeys(("distT", "distB", "distL", "distR", "simplePos", "locked"), "0"),
            "relativeHeight": str(number),
            "behindDoc": "1",
            "layoutInCell": "0",
            "allowOverlap": "1",
        },
        nsmap={"wp": _WP},
    )
    etree.SubElement(anchor, f"{{{_WP}}}simplePos", x="0", y="0")
    for axis in ("positionH", "positionV"):
        position = etree.SubElement(anchor, f"{{{_WP}}}{axis}", relativeFrom="page")
        etree.SubElement(position, f"{{{_WP}}}posOffset").text = "0"
    etree.SubElement(anchor, f"{{{_WP}}}extent", size)
    etree.SubElement(anchor, f"{{{_WP}}}effectExtent", dict.fromkeys("ltrb", "0"))
    etree.SubElement(anchor, f"{{{_WP}}}wrapNone")
    etree.SubElement(anchor, f"{{{_WP}}}docPr", id=str(number), name=shape.name)
    etree.SubElement(anchor, f"{{{_WP}}}cNvGraphicFramePr")
    graphic = etree.SubElement(anchor, f"{{{_A}}}graphic", nsmap={"a": _A})
    data = etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_WPS)
    drawn = etree.SubElement(data, f"{{{_WPS}}}wsp", nsmap={"wps": _WPS})
    etree.SubElement(drawn, f"{{{_WPS}}}cNvSpPr")
    drawn.append(_properties(shape, size, width_mm, height_mm))
    etree.SubElement(drawn, f"{{{_WPS}}}bodyPr")
    return anchor


def _properties(
    shape: Shape, size: dict[str, str], width_mm: float, height_mm: float
) -> etree._Element:
    properties = etree.Element(f"{{{_WPS}}}spPr")
    place = etree.SubElement(properties, f"{{{_A}}}xfrm")
    etree.SubElement(place, f"{{{_A}}}off", x="0", y="0")
    etree.SubElement(place, f"{{{_A}}}ext", size)
    geometry = etree.SubElement(properties, f"{{{_A}}}custGeom")
    for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(geometry, f"{{{_A}}}{name}")
    etree.SubElement(geometry, f"{{{_A}}}rect", l="0", t="0", r="r", b="b")
    paths = etree.SubElement(geometry, f"{{{_A}}}pathLst")
    path = etree.SubElement(paths, f"{{{_A}}}path", w=_unit(width_mm), h=_unit(height_mm))
    for name, points in shape.outline.steps:
        step = etree.SubElement(path, f"{{{_A}}}{name}")
        for x, y in points:
            etree.SubElement(step, f"{{{_A}}}pt", x=_unit(x), y=_unit(y))
    _paint(properties, shape.fill)
    line = etree.SubElement(
        properties, f"{{{_A}}}ln", w=str(round(shape.line_points * _EMU_PER_POINT))
    )
    _paint(line, shape.line)
    return properties


def _paint(holder: etree._Element, colour: str) -> None:
    if not colour:
        etree.SubElement(holder, f"{{{_A}}}noFill")
        return
    solid = etree.SubElement(holder, f"{{{_A}}}solidFill")
    etree.SubElement(solid, f"{{{_A}}}srgbClr", val=colour)


def _emu(length_mm: float) -> int:
    return round(length_mm * _EMU_PER_MM)


def _unit(length_mm: float) -> str:
    return str(round(length_mm * _PATH_UNITS_PER_MM))
