"""Rich text, and values that begin paragraphs and pages: docxtpl's objects are JSON values here."""

from typing import Any

import pytest
from docxtpl import Listing, RichText

from tests.differential.engines import by_docxtpl, by_thidua, differences_of
from tests.differential.packages import p, r, tbl, tc, template, tr

RUNS: dict[str, list[dict[str, Any]]] = {
    "plain": [{"text": "chữ thường"}],
    "bold": [{"text": "đậm", "bold": True}],
    "italic": [{"text": "nghiêng", "italic": True}],
    "strike": [{"text": "gạch", "strike": True}],
    "colour": [{"text": "đỏ", "color": "FF0000"}],
    "colour with a sign": [{"text": "đỏ", "color": "#FF0000"}],
    "highlight": [{"text": "nền", "highlight": "FFFF00"}],
    "size": [{"text": "lớn", "size": 28}],
    "superscript": [{"text": "2", "superscript": True}],
    "subscript": [{"text": "2", "subscript": True}],
    "font": [{"text": "phông", "font": "Times New Roman"}],
    "font of a region": [{"text": "phông", "font": "eastAsia:SimSun"}],
    "style": [{"text": "kiểu", "style": "Emphasis"}],
    "from right to left": [{"text": "x", "rtl": True, "bold": True, "italic": True}],
    "language": [{"text": "x", "lang": "vi-VN"}],
    "everything": [
        {"text": "đủ", "bold": True, "italic": True, "underline": "double", "strike": True}
        | {"color": "0000FF", "size": 26, "font": "Arial", "highlight": "00FF00", "style": "S"}
    ],
    "several": [{"text": "một "}, {"text": "hai", "bold": True}, {"text": " ba", "italic": True}],
    "signs": [{"text": "A & B <c> \"d\" 'e' {{ x }}", "bold": True}],
    "breaks and tabs": [{"text": "một\nhai\tba", "italic": True}],
    "spaces": [{"text": "  hai  cách  ", "bold": True}],
    "nothing": [],
    **{
        f"underline {kind}": [{"text": "gạch chân", "underline": kind}]
        for kind in ("single", "double", "thick", "dotted", "dash", "dotDash", "wave", "khác")
    },
}
PLACES = {
    "alone": template(p("{{r x }}")),
    "between text": template(p("trước {{r x }} sau")),
    "in its own run": template(p("trước ", r("{{r x }}", "<w:b/>"), " sau")),
    "in a cell": template(tbl(tr("a", tc(p("{{r x }}"))), columns=2)),
    "in a loop": template("{%p for i in [1, 2] %}", p("{{ i }}. {{r x }}"), "{%p endfor %}"),
    "in a header": template("thân", header1=p("{{r x }}")),
}


def _rich_text(runs: list[dict[str, Any]]) -> RichText:
    found = RichText()
    for run in runs:
        found.add(**run)
    return found


@pytest.mark.parametrize("name", RUNS)
def test_rich_text_gives_the_same_runs(name):
    source, runs = PLACES["between text"], RUNS[name]

    ours = by_thidua(source, {"x": {"rich_text": runs}})
    theirs = by_docxtpl(source, {"x": _rich_text(runs)})

    found = differences_of(ours, theirs)
    assert not found, found


@pytest.mark.parametrize("place", PLACES)
def test_rich_text_stands_where_docxtpls_stands(place):
    source, runs = PLACES[place], RUNS["several"]

    ours = by_thidua(source, {"x": {"rich_text": runs}})
    theirs = by_docxtpl(source, {"x": _rich_text(runs)})

    found = differences_of(ours, theirs)
    assert not found, found


LISTINGS = {
    "lines": "một\nhai\n\nbốn",
    "tabs": "một\thai",
    "paragraphs": "một\ahai\aba",
    "an empty paragraph": "một\a\aba",
    "pages": "một\fhai",
    "all": "một\nhai\tba\abốn & <năm>\fsáu\n\a",
    "at both ends": "\amột\a",
}
LISTED = {
    "in a paragraph": template(p("{{ x }}", style="center")),
    "between text": template(p("trước {{ x }} sau", style="both")),
    "formatted": template(p("trước ", r("{{ x }}", "<w:b/>"), r(" sau", "<w:i/>"))),
    "in a cell": template(tbl(tr("a", "{{ x }}"), columns=2)),
    "in a loop": template("{%p for i in [1, 2] %}", p("{{ i }}. {{ x }}"), "{%p endfor %}"),
    "in a footer": template("thân", footer1=p("{{ x }}", style="right")),
}


@pytest.mark.parametrize("place", LISTED)
@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_breaks_where_docxtpls_breaks(name, place):
    source, text = LISTED[place], LISTINGS[name]

    found = differences_of(by_thidua(source, {"x": text}), by_docxtpl(source, {"x": Listing(text)}))

    assert not found, found
