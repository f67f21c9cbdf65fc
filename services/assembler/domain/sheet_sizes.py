"""Which letters a certificate is set in, so that it stays on its one sheet.

An estimate by the number of letters, made before anything is rendered; the numbers belong to the
shipped template (Times New Roman) and a test renders what only just fits.
"""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Line:
    """How many letters a line of one text holds, and its height in millimetres."""

    letters: int
    height_mm: float

    def height_of(self, text: str) -> float:
        """Return the height of the whole text."""
        return ceil(len(text) / self.letters) * self.height_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSize:
    """One set of letters, with the height that may be filled with them."""

    code: str
    name: Line
    place: Line
    achievement: Line
    room_mm: float

    def holds(self, name: str, place: str, achievement: str) -> bool:
        """Tell whether these texts fill no more than the room."""
        return (
            self.place.height_mm  # the line of "Ông (Bà)", in the same letters
            + self.name.height_of(name)
            + self.place.height_of(place)
            + self.achievement.height_of(achievement)
            + _GAPS_MM
        ) <= self.room_mm


_GAPS_MM = 4.3
# Large letters leave more of the sheet free: full to the brim they would look crammed.
_SIZES = (
    SheetSize(
        code="large",
        name=Line(46, 11.4),
        place=Line(95, 6.5),
        achievement=Line(86, 7.2),
        room_mm=50,
    ),
    SheetSize(
        code="medium",
        name=Line(63, 8.2),
        place=Line(101, 6.1),
        achievement=Line(92, 6.7),
        room_mm=55,
    ),
    SheetSize(
        code="small",
        name=Line(74, 7.0),
        place=Line(117, 5.3),
        achievement=Line(106, 5.9),
        room_mm=59,
    ),
)


def fitting(name: str, place: str, achievement: str) -> SheetSize:
    """Return the largest letters that hold these texts, else the smallest."""
    holding = (size for size in _SIZES if size.holds(name, place, achievement))
    return next(holding, _SIZES[-1])
