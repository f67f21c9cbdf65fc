"""Any text in any place: printed as it was typed, or refused by the path of its value."""

from typing import Any

import pytest
from hypothesis import given

from kernel.text import compose
from services.assembler.rendering.context import RenderingFailed, first_forbidden
from tests.differential.packages import note, p, r, tbl, template, tr
from tests.fuzz.cases import fuzzed
from tests.fuzz.properties import blocks_of, rendered
from tests.fuzz.texts import any_text, typed_text
from tests.support.unzipped import parts_in

_TAG = p("[", r("{{ x }}", "<w:b/>"), "]")
_PAIRS = ("{%tr for k, v in d.items() %}", "{%tr endfor %}")
EVERYWHERE = template(
    _TAG,
    p("{%p for one in xs %}"),
    p("[{{ one }}]"),
    p("{%p endfor %}"),
    tbl(tr(_PAIRS[0]), tr("[{{ k }}]", "[{{ v }}]"), tr(_PAIRS[1]), columns=2),
    p("[{{r rich }}]"),
    p("[{{ x ~ '' }}{% set y = x %}]"),
    header1=_TAG,
    footer1=tbl(tr("[{{ x }}]"), columns=1) + _TAG,
    footnotes=note(_TAG),
    endnotes=note(_TAG, "endnote"),
)


def everywhere(text: str) -> dict[str, Any]:
    return {"x": text, "xs": [text], "d": {text: text}, "rich": {"rich_text": [{"text": text}]}}


def as_read(text: str) -> list[str]:
    """Return the paragraphs that a reader sees of "[text]"; a page begins after one of its own."""
    return f"[{compose(text)}]".replace("\f", "\a\n\a").split("\a")


@fuzzed(250)
@given(any_text)
def test_a_text_is_printed_as_typed_or_refused_by_its_path(text):
    result = rendered(EVERYWHERE, everywhere(text))

    if first_forbidden(compose(text)):
        assert isinstance(result, RenderingFailed)
        assert result.errors[0].pointer == "#/x"
        return
    assert isinstance(result, bytes)
    lines = as_read(text)
    assert blocks_of(result) == [*lines, *lines, [[lines, lines]], *lines, *lines]
    for name in ("header1", "footnotes", "endnotes"):
        assert blocks_of(result, f"word/{name}.xml") == lines
    assert blocks_of(result, "word/footer1.xml") == [[[lines]], *lines]


@fuzzed(50)
@given(typed_text)
def test_a_text_in_a_property_is_never_markup(text):
    result = rendered(template("thân", title="[{{ x }}]"), {"x": text})

    assert isinstance(result, bytes)


@pytest.mark.parametrize("sign", ["\a", "\f"])
def test_a_property_has_no_paragraphs(sign):
    result = rendered(template("thân", title="[{{ x }}]"), {"x": f"a{sign}b"})

    assert (
        isinstance(result, RenderingFailed)
        or sign not in parts_in(result)["docProps/core.xml"].decode()
    )
