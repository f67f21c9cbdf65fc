"""The starter templates keep the decree: every number is read back from the file."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import ImageFont

from ooxml.content_controls import tags
from ooxml.xml import w
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.starters import layout
from services.assembler.starters.__main__ import STARTERS, write
from services.assembler.starters.layout import Layout, OutsideTheRule, half_points, mm, within
from services.assembler.starters.styles import every_style
from tests.builders.samples import TEMPLATES
from tests.support.wordml import WordDocument
from vnadmin.editions import Alignment, Span, load

EDITION = load()
FONTS = Path(__file__).parents[2] / "services/assembler/rendering/pdf/fonts"
# The decree is about official documents; a certificate, one for each awardee, is none.
KINDS = sorted(
    template.kind
    for template in TemplateLibrary(TEMPLATES).kinds()
    if template.kind in STARTERS and not template.manifest.is_per_awardee
)
WITHOUT_ANNEX = {"cover_letter"}
WORD_ALIGNMENT = {
    Alignment.LEFT: "left",
    Alignment.CENTRE: "center",
    Alignment.JUSTIFIED: "both",
}


@pytest.fixture(params=KINDS)
def starter(request):
    return WordDocument((TEMPLATES / request.param / "template.docx").read_bytes())


def test_the_committed_templates_are_what_the_builder_makes(tmp_path):
    written = write(tmp_path)

    assert [path.parent.name for path in written] == list(STARTERS)
    for path in written:
        committed = TEMPLATES / path.parent.name / "template.docx"
        assert path.read_bytes() == committed.read_bytes(), f"build {path.parent.name} again"


def test_paper_and_margins_are_those_of_the_decree_on_every_section(starter):
    page = EDITION.page

    for section in starter.sections():
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        sides = sorted(int(size.get(w(side))) for side in ("w", "h"))
        assert sides == sorted((mm(page.width_mm), mm(page.height_mm)))
        for side in ("top", "bottom", "left", "right"):
            allowed = getattr(page, f"{side}_mm")
            assert mm(allowed.minimum) <= int(margins.get(w(side))) <= mm(allowed.maximum)


def test_pages_are_numbered_from_1_in_the_top_margin_and_the_first_shows_none(starter):
    rule = EDITION.page_number
    (look,) = [it for it in every_style(Layout(EDITION)) if it.code == "page_number"]

    for section in starter.sections():
        assert section.find(w("titlePg")) is not None
        assert section.find(w("pgNumType")).get(w("start")) == "1"
        margins = section.find(w("pgMar"))
        assert int(margins.get(w("header"))) < int(margins.get(w("top")))
    assert rule.size_pt.allows(Decimal(look.half_points) / 2)
    assert look.justification == WORD_ALIGNMENT[rule.alignment]
    first, other = (starter.package.tree(f"word/header{n}.xml") for n in (2, 1))
    assert list(first.iter(w("instrText"))) == []
    assert [code.text for code in other.iter(w("instrText"))] == ["PAGE"]


def test_document_defaults_equal_normal_in_the_prescribed_font(starter):
    for properties in (starter.defaults, starter.normal()):
        fonts = properties.find(w("rFonts"))
        assert {fonts.get(w(kind)) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            EDITION.font.name
        }
        assert properties.find(w("color")).get(w("val")) == EDITION.font.colour
        assert properties.find(w("sz")).get(w("val")) == str(
            half_points(Layout(EDITION).size_pt("body"))
        )


def test_every_component_is_set_as_the_decree_asks(starter):
    codes = {component.code: component for component in EDITION.components}
    seen = {look.style: look for look in starter.paragraphs() if look.style in codes}

    assert len(seen) > 12
    for code, look in seen.items():
        rule = codes[code]
        assert rule.size_pt.allows(Decimal(look.half_points) / 2), code
        assert look.italic == rule.is_italic, code
        # An article is bold in its label, a run of its own.
        assert look.bold == (rule.is_bold and code != "article"), code
        assert look.justification == WORD_ALIGNMENT[rule.alignment], code


def test_content_has_the_decree_s_indent_gap_and_line_spacing(starter):
    rule = EDITION.body_text

    for look in starter.looks("body") + starter.looks("legal_basis") + starter.looks("article"):
        assert mm(rule.first_line_indent_mm.minimum) <= look.first_line
        assert look.first_line <= mm(rule.first_line_indent_mm.maximum)
        assert look.after >= rule.paragraph_gap_min_pt * 20
        assert rule.line_spacing.allows(Decimal(look.line) / 240)


def test_text_in_cells_has_a_size_of_its_own(starter):
    runs = [run for cell in starter.body.iter(w("tc")) for run in cell.iter(w("r"))]

    assert runs
    assert all(run.find(f"{w('rPr')}/{w('sz')}") is not None for run in runs)


def test_rules_are_drawn_at_the_decree_s_share_of_their_line(starter):
    issuer, motto, *below_abstracts = starter.rule_lengths()
    sizes = Layout(EDITION)

    assert motto == pytest.approx(sizes.em("motto", layout.MOTTO_EM), abs=2)
    lines = [sizes.em("issuing_body", em) for em in (layout.COUNCIL_EM, layout.COMMITTEE_EM)]
    assert any(line / 3 <= issuer <= line / 2 for line in lines)
    # The abstract fills most of its line, of which the rule is to be a third to a half.
    assert all(mm(165) / 4 <= length <= mm(165) / 2 for length in below_abstracts)


@pytest.mark.parametrize(
    ("font", "text", "em"),
    [
        ("Bold", EDITION.heading.motto, layout.MOTTO_EM),
        ("Bold", "THI ĐUA - KHEN THƯỞNG", layout.COUNCIL_EM),
        ("Bold", "ỦY BAN NHÂN DÂN", layout.COMMITTEE_EM),
        ("Regular", "Kính gửi", layout.ADDRESSEES_EM),
        ("Regular", "Kính gửi: ", layout.ADDRESSEES_LABEL_EM),
        ("Regular", "- ", layout.DASH_EM),
    ],
)
def test_the_widths_that_rules_and_indents_rest_on_are_true(font, text, em):
    measured = ImageFont.truetype(FONTS / f"LiberationSerif-{font}.ttf", 1000).getlength(text)

    assert measured / 1000 == pytest.approx(float(em), abs=0.01)


def test_headings_and_the_end_of_the_text_keep_what_follows_on_their_page(starter):
    kept = {"part_label", "part_title", "numbered_section", "clause_heading", "table_head"}

    assert all(look.keeps_with_next for look in starter.paragraphs() if look.style in kept)
    ending = next(look for look in starter.paragraphs() if look.text.endswith("./."))
    assert ending.keeps_with_next


def test_rows_are_never_split_and_heads_are_repeated(starter):
    rows = starter.body.iter(w("tr"))
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)

    for table in starter.body.iter(w("tbl")):
        if table.find(f"{w('tblPr')}/{w('tblBorders')}") is None:
            continue
        first, *others = table.iter(w("tr"))
        assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in others)
        columns = [int(it.get(w("w"))) for it in table.iter(w("gridCol"))]
        assert sum(columns) == int(table.find(f"{w('tblPr')}/{w('tblW')}").get(w("w")))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_at_issue_stands_in_controls_on_page_one_and_in_the_annex(kind):
    found = tags((TEMPLATES / kind / "template.docx").read_bytes())

    times = 1 if kind in WITHOUT_ANNEX else 2
    assert {tag: len(texts) for tag, texts in found.items()} == {
        "thidua.number": times,
        "thidua.symbol": times,
        "thidua.place": 1,
        "thidua.date": times,
    }
    assert set(found["thidua.number"]) == {"……"}
    assert set(found["thidua.date"]) == {"ngày … tháng … năm {{ document.year }}"}


def test_a_choice_outside_the_rule_is_refused():
    with pytest.raises(OutsideTheRule):
        within(Span(Decimal(1), Decimal("1.5")), Decimal(2))
    with pytest.raises(OutsideTheRule):
        Layout(EDITION).rule_below("body", Fraction(10))
