import pytest

from tests.builders.office_documents import (
    DECISION,
    OfficeDocument,
    bordered,
    page_number,
    run,
    section_break,
    sentence,
)
from tests.support.word_packages import W
from vnadmin.checks.findings import Severity
from vnadmin.checks.layout import check_layout
from vnadmin.editions import load

ERROR, WARNING = Severity.ERROR, Severity.WARNING
NUMBERED = (("default", "rHeader"),)


def told(document):
    return [(it.severity, it.rule, str(it.place)) for it in check_layout(document.read(), load())]


def said(document):
    return [it.message for it in check_layout(document.read(), load())]


@pytest.mark.parametrize(
    "header",
    [
        page_number(),
        page_number(size=26),
        (
            '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f'<w:fldSimple w:instr=" PAGE  \\* MERGEFORMAT ">{run("2")}</w:fldSimple></w:p>'
        ),
        (
            '<w:p><w:pPr><w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs></w:pPr>'
            f'<w:r><w:tab/></w:r><w:fldSimple w:instr="PAGE">{run("2")}</w:fldSimple></w:p>'
        ),
        (
            '<w:p><w:pPr><w:framePr w:xAlign="center"/></w:pPr>'
            f'<w:fldSimple w:instr="PAGE">{run("2")}</w:fldSimple></w:p>'
        ),
        f"<w:sdt><w:sdtContent>{page_number()}</w:sdtContent></w:sdt><w:p/>",
    ],
)
def test_a_number_in_the_middle_of_the_top_margin_is_right_however_word_put_it_there(header):
    assert told(OfficeDocument(header=header)) == []


@pytest.mark.parametrize(
    ("header", "severity", "message"),
    [
        (page_number(align="right"), ERROR, "Số trang không canh giữa."),
        (page_number(size=24), ERROR, "Cỡ chữ của số trang là 12, phải từ 13 đến 14."),
        (page_number(more="<w:i/>"), ERROR, "Số trang in nghiêng, phải là chữ đứng."),
        (page_number(around=run("Trang ")), WARNING, "Cạnh số trang còn có chữ khác."),
    ],
)
def test_a_number_out_of_form_is_told_in_the_header(header, severity, message):
    ((found_severity, rule, place),) = told(OfficeDocument(header=header))

    assert (found_severity, rule) == (severity, "layout-page-number")
    assert place.startswith("Đầu trang: “")
    assert said(OfficeDocument(header=header)) == [message]


def test_a_number_at_the_foot_is_told_once_and_there():
    document = OfficeDocument(
        header="<w:p/>", footer=page_number(), section={"footers": (("default", "rFooter"),)}
    )

    assert told(document) == [(ERROR, "layout-page-number", "Chân trang: “2”")]


def test_no_number_at_all_is_a_warning_for_one_page_needs_none():
    assert told(OfficeDocument(section={"headers": ()})) == [
        (WARNING, "layout-page-number", "Thân văn bản")
    ]


@pytest.mark.parametrize(
    "section", [{"title_page": ""}, {"headers": (*NUMBERED, ("first", "rHeader"))}]
)
def test_the_first_page_shows_no_number(section):
    assert said(OfficeDocument(section=section)) == [
        "Trang đầu hiện số trang; số của trang thứ nhất không được hiện."
    ]


def test_an_empty_header_of_the_first_page_is_right():
    assert said(OfficeDocument(section={"headers": (*NUMBERED, ("first", "rFirst"))})) == []


def test_numbers_begin_with_1():
    document = OfficeDocument(section={"start": '<w:pgNumType w:start="5"/>'})

    assert said(document) == ["Số trang bắt đầu từ 5, phải bắt đầu từ 1."]


def test_numbers_are_arabic():
    document = OfficeDocument(section={"start": '<w:pgNumType w:fmt="lowerRoman"/>'})

    assert said(document) == ["Số trang không viết bằng chữ số Ả Rập."]


def test_even_pages_with_a_header_of_their_own_need_the_number_too():
    settings = {"word/settings.xml": f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>"}
    both = {"headers": (*NUMBERED, ("even", "rHeader"))}

    assert [it[1] for it in told(OfficeDocument(parts=settings))] == ["layout-page-number"]
    assert told(OfficeDocument(parts=settings, section=both)) == []


def with_second_section(first, second, between="", **last):
    after = section_break(**first) + between + sentence().xml()
    return OfficeDocument(pieces=DECISION, section={**second, **last}).with_(after=after)


def test_a_section_that_goes_on_on_the_same_page_or_takes_over_the_header_is_right():
    assert told(with_second_section({}, {"begins": "continuous", "headers": ()})) == []
    assert told(with_second_section({}, {"headers": (), "title_page": ""})) == []


def test_a_page_across_is_for_tables_and_its_margins_may_turn_with_it():
    across = {"width": 16838, "height": 11906, "headers": ()}
    turned = across | {"top": 1701, "right": 1134, "bottom": 850, "left": 1134}
    turned_back = across | {"top": 850, "right": 1134, "bottom": 1701, "left": 1134}
    data = bordered([[sentence("Họ và tên").xml()]])

    for section in (across, turned, turned_back):
        assert told(with_second_section({}, section, data)) == []
    assert told(with_second_section({}, across)) == [
        (WARNING, "layout-orientation", "Thân văn bản, phân đoạn (section) 2")
    ]
    wrong = told(with_second_section({}, turned | {"top": 3000}, data))
    assert {it[1] for it in wrong} == {"layout-margin"}
