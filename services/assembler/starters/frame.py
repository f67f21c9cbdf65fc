"""The drawn frame of a certificate: a meander (hồi văn) between two lines, lotuses in the corners.

Behind the text lies a pale bronze-drum star (mặt trống đồng). Lengths are millimetres.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TypeAlias

from services.assembler.starters.drawing import Outline, Point, Shape

RED, GOLD, PALE_GOLD, PALEST_GOLD = "B3131B", "B8892B", "F4E3B5", "FBF3DF"
_OUTER, _INNER = 7.0, 12.0  # from the edge of the paper: the lines around the meander
_FRET = 0.9  # between a line and the meander
_FRET_LENGTH = 6.5
_LOTUS = 1.4  # between the inner line and the lotus
# One hook of the meander, in quarters of its length and thirds of its height.
_HOOK = ((0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.5, 1.0), (1.5, 0.0))
# Layers of petals, the hindmost first: degrees from the horizontal, and length. Petals of a layer
# hardly overlap: what two of them cover is filled by one program and left empty by another.
_PETALS = (((13, 77), 13.5), ((29, 61), 16.5), ((45,), 19.5))
_Corner: TypeAlias = tuple[Point, tuple[int, int]]  # where, and which way the page lies from there
_ROUND = 0.5523  # how far the control points of a quarter circle lie


def frame(width: float, height: float, divider_at: float) -> list[Shape]:
    """Return the shapes of a page; the divider with its star lies so far below the upper edge."""
    return [
        *_drum(width / 2, height / 2 + 8),
        Shape(
            name="Đường viền ngoài",
            outline=_rectangle(width, height, _OUTER),
            line=RED,
            line_points=2.25,
        ),
        Shape(name="Hồi văn", outline=_meander(width, height), line=GOLD, line_points=0.9),
        Shape(
            name="Đường viền trong",
            outline=_rectangle(width, height, _INNER),
            line=RED,
            line_points=1,
        ),
        *_corners(width, height),
        *_divider(width / 2, divider_at),
    ]


def _rectangle(width: float, height: float, inset: float) -> Outline:
    right, bottom = width - inset, height - inset
    return Outline().polygon([(inset, inset), (right, inset), (right, bottom), (inset, bottom)])


def _meander(width: float, height: float) -> Outline:
    """Return four runs between the corner squares, each with its foot on the outer side."""
    low, high = _OUTER + _FRET, _INNER - _FRET
    outline = Outline()
    across, along = _run(width, low, high), _run(height, low, high)
    outline.line(across)
    outline.line([(x, height - y) for x, y in across])
    outline.line([(y, x) for x, y in along])
    outline.line([(width - y, x) for x, y in along])
    return outline


def _run(length: float, low: float, high: float) -> list[Point]:
    room = length - 2 * (_INNER + 1)
    hooks = round(room / _FRET_LENGTH)
    step = room / hooks
    points = [
        (_INNER + 1 + step * (number + x / 4), low + (high - low) * y / 3)
        for number in range(hooks)
        for x, y in _HOOK
    ]
    # The last hook ends as it began, so that both ends of a side look alike.
    return [*points, (_INNER + 1 + room, low), (_INNER + 1 + room, high)]


def _corners(width: float, height: float) -> list[Shape]:
    inset = _INNER + _LOTUS
    corners = [
        ((x, y), (to_right, down))
        for x, to_right in ((inset, 1), (width - inset, -1))
        for y, down in ((inset, 1), (height - inset, -1))
    ]
    layers = [_petals(corners, degrees, length) for degrees, length in _PETALS]
    hearts, squares = Outline(), Outline()
    middle = (_OUTER + _INNER) / 2 - inset
    for corner, facing in corners:
        _quarter(hearts, corner, facing, 4.5)
        centre = (corner[0] + middle * facing[0], corner[1] + middle * facing[1])
        _diamond(squares, centre, 1.6, 1.6)
    return [
        *layers,
        Shape(name="Nhụy sen", outline=hearts, fill=RED),
        Shape(name="Góc khung", outline=squares, fill=RED),
    ]


def _petals(corners: Sequence[_Corner], degrees: Sequence[int], length: float) -> Shape:
    outline = Outline()
    for corner, facing in corners:
        for angle in degrees:
            _petal(outline, corner, facing, angle, length)
    return Shape(name="Cánh sen", outline=outline, line=GOLD, line_points=0.75, fill=PALE_GOLD)


def _petal(
    outline: Outline, corner: Point, facing: tuple[int, int], degrees: float, length: float
) -> None:
    angle = degrees * pi / 180

    def at(along: float, aside: float) -> Point:
        x = along * cos(angle) - aside * sin(angle)
        y = along * sin(angle) + aside * cos(angle)
        return corner[0] + x * facing[0], corner[1] + y * facing[1]

    wide = length * 0.19
    outline.curve(
        corner,
        (at(length * 0.35, wide), at(length * 0.75, wide), at(length, 0)),
        (at(length * 0.75, -wide), at(length * 0.35, -wide), corner),
    )


def _quarter(outline: Outline, corner: Point, facing: tuple[int, int], radius: float) -> None:
    x, y = corner
    across, down = radius * facing[0], radius * facing[1]
    outline.steps += [
        ("moveTo", (corner,)),
        ("lnTo", ((x + across, y),)),
        (
            "cubicBezTo",
            ((x + across, y + down * _ROUND), (x + across * _ROUND, y + down), (x, y + down)),
        ),
        ("close", ()),
    ]


def _divider(x: float, y: float) -> list[Shape]:
    rays, tips, star = Outline(), Outline(), Outline()
    for side in (-1, 1):
        rays.polygon([(x + side * 5, y - 0.25), (x + side * 42, y), (x + side * 5, y + 0.25)])
        _diamond(tips, (x + side * 5, y), 1.0, 0.7)
    star.polygon(_star(x, y, 2.6, 1.0, 5))
    return [
        Shape(name="Vạch trang trí", outline=rays, fill=GOLD),
        Shape(name="Đầu vạch", outline=tips, fill=GOLD),
        Shape(name="Ngôi sao", outline=star, fill=RED),
    ]


def _drum(x: float, y: float) -> list[Shape]:
    rays, rings, beads = Outline(), Outline(), Outline()
    rays.polygon(_star(x, y, 21, 9, 14))
    for radius in (24, 30, 31.5, 44, 45.5):
        _circle(rings, x, y, radius)
    for number in range(28):
        angle = 2 * pi * number / 28
        _circle(beads, x + 27 * cos(angle), y + 27 * sin(angle), 1.6)
    for number in range(42):
        angle = 2 * pi * number / 42
        _circle(beads, x + 37.75 * cos(angle), y + 37.75 * sin(angle), 1.9)
        _circle(beads, x + 37.75 * cos(angle), y + 37.75 * sin(angle), 0.6)
    return [
        Shape(name="Mặt trống đồng", outline=rays, fill=PALEST_GOLD),
        Shape(name="Vòng trống đồng", outline=rings, line=PALEST_GOLD, line_points=1.5),
        Shape(name="Hoa văn trống đồng", outline=beads, line=PALEST_GOLD, line_points=1),
    ]


def _star(x: float, y: float, long: float, short: float, points: int) -> list[Point]:
    """Return the corners of a star that stands on two of its points."""
    return [
        (x + radius * sin(angle), y - radius * cos(angle))
        for number in range(2 * points)
        for radius, angle in [((long, short)[number % 2], pi * number / points)]
    ]


def _diamond(outline: Outline, centre: Point, wide: float, tall: float) -> None:
    x, y = centre
    outline.polygon([(x - wide, y), (x, y - tall), (x + wide, y), (x, y + tall)])


def _circle(outline: Outline, x: float, y: float, radius: float) -> None:
    bend = radius * _ROUND
    right, left, top, low = x + radius, x - radius, y - radius, y + radius
    outline.curve(
        (right, y),
        ((right, y + bend), (x + bend, low), (x, low)),
        ((x - bend, low), (left, y + bend), (left, y)),
        ((left, y - bend), (x - bend, top), (x, top)),
        ((x + bend, top), (right, y - bend), (right, y)),
    )
