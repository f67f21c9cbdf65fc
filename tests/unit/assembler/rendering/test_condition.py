import pytest

from services.assembler.rendering.pdf.condition import Condition, Way
from services.assembler.rendering.pdf.fonts import FontFault, FontFinding

RIGHT = FontFinding(fault=FontFault.NONE, family="Liberation Serif", file="/f.ttf")
WRONG = FontFinding(fault=FontFault.OTHER_WIDTHS, family="DejaVu Serif", file="/d.ttf")


@pytest.mark.parametrize(
    ("way", "fonts", "is_sound", "is_best"),
    [
        (Way.WARM, RIGHT, True, True),
        (Way.COLD, RIGHT, True, False),
        (Way.WARM, WRONG, False, False),
        (Way.QUICK_VIEW, RIGHT, False, False),
    ],
)
def test_sound_is_of_record_with_the_right_fonts(way, fonts, is_sound, is_best):
    condition = Condition(way=way, fonts=fonts)

    assert (condition.is_sound, condition.is_best) == (is_sound, is_best)


@pytest.mark.parametrize(
    ("way", "fonts", "expected"),
    [
        (Way.WARM, WRONG, "DejaVu Serif (/d.ttf) is used instead"),
        (Way.COLD, RIGHT, "install python3-uno"),
        (Way.QUICK_VIEW, RIGHT, "not of record"),
    ],
)
def test_what_is_wrong_is_said_with_what_mends_it(way, fonts, expected):
    assert expected in "\n".join(Condition(way=way, fonts=fonts).lines())
