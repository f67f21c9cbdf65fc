"""Documents that are damaged, empty or full of nonsense: findings perhaps, never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooxml.package import open_package
from ooxml.reading import read_document
from ooxml.structure import Document
from tests.builders.office_documents import DECISION, OfficeDocument, P, sentence
from tests.support.word_packages import W, word_file
from vnadmin.checks.findings import MAX_EXCERPT
from vnadmin.checks.layout import check_layout
from vnadmin.editions import load

ND30 = load()
HUGE = "9" * 40


def rules(document):
    return {it.rule for it in check_layout(document, ND30)}


def test_a_document_of_nothing_lacks_everything():
    assert rules(Document(paragraphs=(), sections=())) == {"layout-missing"}


def test_a_document_without_styles_or_section_has_no_paper():
    document = read_document(open_package(word_file()))

    found = rules(document)

    assert {"layout-paper", "layout-margin", "layout-missing"} <= found


@pytest.mark.parametrize(
    "properties",
    [
        f'<w:spacing w:line="{HUGE}" w:after="{HUGE}"/>',
        '<w:spacing w:line="0" w:lineRule="exact"/>',
        '<w:spacing w:line="-5000000" w:lineRule="exact"/>',
        f'<w:ind w:firstLine="{HUGE}" w:left="x"/>',
        '<w:ind w:firstLine="1cm" w:hanging="-7"/>',
        '<w:jc w:val="nowhere"/>',
        f'<w:numPr><w:numId w:val="{HUGE}"/></w:numPr>',
        '<w:pStyle w:val="gone"/>',
        "<w:framePr/><w:pBdr/><w:tabs/>",
    ],
)
@pytest.mark.parametrize("run", ["", f'<w:sz w:val="{HUGE}"/>', '<w:sz w:val="0"/><w:u/>'])
def test_nonsense_in_properties_is_measured_or_ignored(properties, run):
    text = sentence().text
    paragraph = (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )
    document = OfficeDocument().with_(body=paragraph)

    assert all(it.startswith("layout-") for it in rules(document.read()))


def test_a_circle_of_styles_ends():
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    document = OfficeDocument(styles=circle).with_(type={"style": "a"})

    assert rules(document.read()) == set()


def test_an_excerpt_is_short_whatever_the_text():
    document = OfficeDocument().with_(body=(P(text="x\ty\n" * 500, run='<w:color w:val="red"/>'),))

    (found,) = [it for it in check_layout(document.read(), ND30) if it.rule == "layout-colour"]

    assert len(found.place.excerpt) <= MAX_EXCERPT


@pytest.mark.parametrize(
    ("piece", "text"),
    [("number", "{{ number }}"), ("date", "{{ place_and_date }}"), ("signer", "")],
)
def test_a_component_known_by_its_style_may_say_anything(piece, text):
    codes = {"number": "number_and_symbol", "date": "place_and_date", "signer": "signer_name"}
    styles = f'<w:style w:type="paragraph" w:styleId="{codes[piece]}"/>'
    document = OfficeDocument(styles=styles).with_(**{piece: {"text": text, "style": codes[piece]}})

    assert rules(document.read()) <= {"layout-missing"}


WORDS = st.sampled_from(
    [
        *[piece.text for piece in DECISION.values() if isinstance(piece, P)],
        "TM. ",
        "Kính gửi:",
        "- x",
        "Phụ lục I",
        "Phần I",
        "Mục 1",
        "I. X",
        "V/v",
        "Căn cứ a;",
        "{%p if x %}",
        "{{ x }}",
        "\t",
        "\n",
        "Số:",
        "Nơi nhận:",
        "(Kèm theo x)",
        "Điều 1. ",
        "",
    ]
)
PARAGRAPHS = st.lists(
    st.builds(
        P,
        text=st.lists(WORDS, max_size=4).map("".join),
        size=st.sampled_from([0, 1, 12, 14, 99]),
        bold=st.booleans(),
        italic=st.booleans(),
        align=st.sampled_from(["left", "center", "both"]),
    ),
    max_size=6,
).map(tuple)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(DECISION)), PARAGRAPHS, max_size=8))
def test_components_in_any_order_never_raise(pieces):
    document = OfficeDocument(parts={"word/settings.xml": f"<w:settings {W}/>"}).with_(**pieces)

    for finding in check_layout(document.read(), ND30):
        assert finding.message
        assert str(finding.place)
        assert finding.suggestion
        assert "30/2020/NĐ-CP" in finding.article
