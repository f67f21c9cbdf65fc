import pytest

from ooxml.package import open_package
from ooxml.unused_styles import without_unused_styles
from ooxml.xml import w
from tests.support.word_packages import W, paragraph, word_file

STYLES = f"""<w:styles {W}>
<w:docDefaults/><w:latentStyles><w:lsdException w:name="x"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="paragraph" w:styleId="Base"><w:next w:val="Unused"/></w:style>
<w:style w:type="paragraph" w:styleId="Used">
<w:basedOn w:val="Base"/><w:link w:val="UsedChar"/></w:style>
<w:style w:type="character" w:styleId="UsedChar"/>
<w:style w:type="paragraph" w:styleId="InHeader"/>
<w:style w:type="paragraph" w:styleId="Unused"/>
<w:style w:type="table" w:styleId="Grid"/>
</w:styles>"""
STYLED = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>'


def kept(body):
    header = f"<w:hdr {W}>{STYLED.format('InHeader')}</w:hdr>"
    package = open_package(word_file(body, header1=header, styles=STYLES))
    tree = without_unused_styles(package).tree("word/styles.xml")
    return tree, [style.get(w("styleId")) for style in tree.iter(w("style"))]


def test_a_style_stays_with_those_that_it_is_based_on_or_linked_to():
    _, styles = kept(STYLED.format("Used"))

    assert styles == ["Normal", "Base", "Used", "UsedChar", "InHeader"]


def test_nothing_points_to_a_style_that_is_gone():
    tree, _ = kept(STYLED.format("Used"))

    assert tree.find(f".//{w('next')}") is None
    assert tree.find(w("latentStyles")) is None
    assert tree.find(w("docDefaults")) is not None


@pytest.mark.parametrize("field", ['TOC \\t "Unused,1"', "STYLEREF Unused"])
def test_with_a_field_that_names_styles_all_of_them_stay(field):
    _, styles = kept(f"<w:p><w:r><w:instrText>{field}</w:instrText></w:r></w:p>")

    assert len(styles) == 7


def test_other_fields_keep_none():
    _, styles = kept("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>" + paragraph("x"))

    assert styles == ["Normal", "InHeader"]
