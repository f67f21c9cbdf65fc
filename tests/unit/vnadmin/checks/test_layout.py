"""One document that keeps every rule; each test breaks one rule and gets that finding alone."""

import pytest

from tests.builders.office_documents import (
    ANNEX,
    CERTIFICATE,
    DECISION,
    LETTER,
    LONG,
    MINUTES,
    OfficeDocument,
    P,
    article,
    run,
    section_break,
    sentence,
)
from vnadmin.checks.findings import Severity
from vnadmin.checks.layout import check_layout
from vnadmin.editions import load

ND30 = load()
ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACROSS = {"width": 16838, "height": 11906}
HEADING = "Thân văn bản, bảng 1, hàng 1, ô "
BELOW = "Thân văn bản, bảng 1, hàng 2, ô "
FOOT = "Thân văn bản, bảng 2, hàng 1, ô "
decision = OfficeDocument()


def check(document, family=""):
    return check_layout(document.read(), ND30, family)


def told(document):
    """Return severity, rule and place of each finding."""
    return [(it.severity, it.rule, str(it.place)) for it in check(document)]


@pytest.mark.parametrize("pieces", [DECISION, LETTER, MINUTES])
def test_a_document_that_keeps_every_rule_has_no_finding(pieces):
    assert check(OfficeDocument(pieces=pieces)) == ()


def test_a_certificate_may_lie_across_in_colours_and_large_letters_without_a_page_number():
    document = OfficeDocument(pieces=CERTIFICATE, section=ACROSS | {"headers": ()})

    assert check(document) == ()


def test_the_family_may_be_told_where_the_title_is_data():
    style = '<w:style w:type="paragraph" w:styleId="type_name"/>'
    document = OfficeDocument(
        pieces=CERTIFICATE, section=ACROSS | {"headers": ()}, styles=style
    ).with_(type={"text": "{{ title }}", "style": "type_name"})

    assert check(document, "certificate") == ()
    assert "layout-page-number" in {it.rule for it in check(document)}


@pytest.mark.parametrize(
    ("changes", "severity", "rule", "place"),
    [
        (
            {"national": {"text": "CỘNG HÒA XÃ HỘI CHỦ NGHIÃ VIỆT NAM"}},
            ERROR, "wording", HEADING + "2: “CỘNG HÒA XÃ HỘI CHỦ NGHIÃ VIỆT NAM”",
        ),
        (
            {"national": {"size": 14}},
            ERROR, "size", HEADING + "2: “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”",
        ),
        (
            {"national": {"text": "Cộng hòa xã hội chủ nghĩa Việt Nam"}},
            ERROR, "case", HEADING + "2: “Cộng hòa xã hội chủ nghĩa Việt Nam”",
        ),
        (
            {"motto": {"text": "Độc lập – Tự do – Hạnh phúc"}},
            ERROR, "wording", HEADING + "2: “Độc lập – Tự do – Hạnh phúc”",
        ),
        (
            {"motto": {"text": "Độc lập-Tự do-Hạnh phúc"}},
            ERROR, "wording", HEADING + "2: “Độc lập-Tự do-Hạnh phúc”",
        ),
        ({"motto": {"bold": False}}, ERROR, "bold", HEADING + "2: “Độc lập - Tự do - Hạnh phúc”"),
        ({"motto": {"italic": True}}, ERROR, "italic",
         HEADING + "2: “Độc lập - Tự do - Hạnh phúc”"),
        ({"motto": {"align": "left"}}, ERROR, "alignment",
         HEADING + "2: “Độc lập - Tự do - Hạnh phúc”"),
        (
            {"motto": {"run": '<w:u w:val="single"/>'}, "motto_rule": ()},
            ERROR, "underline", HEADING + "2: “Độc lập - Tự do - Hạnh phúc”",
        ),
        ({"motto_rule": ()}, WARNING, "rule-below",
         HEADING + "2: “Độc lập - Tự do - Hạnh phúc”"),
        ({"motto_rule": P(text="–––––––")}, WARNING, "rule-below",
         HEADING + "2: “Độc lập - Tự do - Hạnh phúc”"),
        ({"issuer": {"bold": False}}, ERROR, "bold",
         HEADING + "1: “ỦY BAN NHÂN DÂN XÃ LINH THÔNG”"),
        ({"issuer": {"text": "Ủy ban nhân dân xã Linh Thông"}}, ERROR, "case",
         HEADING + "1: “Ủy ban nhân dân xã Linh Thông”"),
        ({"superior": {"bold": True}}, ERROR, "bold",
         HEADING + "1: “ỦY BAN NHÂN DÂN HUYỆN ĐỊNH HÓA”"),
        ({"superior": {"size": 11}}, ERROR, "size",
         HEADING + "1: “ỦY BAN NHÂN DÂN HUYỆN ĐỊNH HÓA”"),
        ({"number": {"text": "Số: 7/QĐ-UBND"}}, ERROR, "number-form", BELOW + "1: “Số: 7/QĐ-UBND”"),
        ({"number": {"text": "Số: 07/QĐ - UBND"}}, ERROR, "number-form",
         BELOW + "1: “Số: 07/QĐ - UBND”"),
        ({"number": {"text": "Số: 07 QĐ-UBND"}}, ERROR, "number-form",
         BELOW + "1: “Số: 07 QĐ-UBND”"),
        ({"number": {"text": "SỐ: 07/QĐ-UBND"}}, ERROR, "number-form",
         BELOW + "1: “SỐ: 07/QĐ-UBND”"),
        ({"number": {"size": 14}}, ERROR, "size", BELOW + "1: “Số: 07/QĐ-UBND”"),
        ({"number": {"bold": True}}, ERROR, "bold", BELOW + "1: “Số: 07/QĐ-UBND”"),
        ({"date": {"italic": False}}, ERROR, "italic",
         BELOW + "2: “Linh Thông, ngày 05 tháng 01 năm 2024”"),
        ({"date": {"text": "Linh Thông, ngày 5 tháng 01 năm 2024"}}, ERROR, "date-form",
         BELOW + "2: “Linh Thông, ngày 5 tháng 01 năm 2024”"),
        ({"date": {"text": "Linh Thông, ngày 15 tháng 2 năm 2024"}}, ERROR, "date-form",
         BELOW + "2: “Linh Thông, ngày 15 tháng 2 năm 2024”"),
        ({"date": {"text": "Linh Thông, ngày 15 tháng 03 năm 2024"}}, WARNING, "date-form",
         BELOW + "2: “Linh Thông, ngày 15 tháng 03 năm 2024”"),
        ({"type": {"text": "Quyết định"}}, ERROR, "case", "Thân văn bản: “Quyết định”"),
        ({"type": {"size": 16}}, ERROR, "size", "Thân văn bản: “QUYẾT ĐỊNH”"),
        ({"type": {"align": "left"}}, ERROR, "alignment", "Thân văn bản: “QUYẾT ĐỊNH”"),
        ({"abstract": {"bold": False}}, ERROR, "bold",
         "Thân văn bản: “Về việc tặng Giấy khen cho các tập thể, cá nhân”"),
        ({"abstract": {"italic": True}}, ERROR, "italic",
         "Thân văn bản: “Về việc tặng Giấy khen cho các tập thể, cá nhân”"),
        ({"abstract_rule": ()}, WARNING, "rule-below",
         "Thân văn bản: “Về việc tặng Giấy khen cho các tập thể, cá nhân”"),
        ({"authority": {"bold": False}}, WARNING, "bold",
         "Thân văn bản: “CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG”"),
        ({"body": (article(1, bold=False), article(2))}, ERROR, "bold", "Thân văn bản: “Điều 1."),
        ({"recipients_label": {"bold": False}}, ERROR, "bold", FOOT + "1: “Nơi nhận:”"),
        ({"recipients_label": {"text": "Nơi nhận"}}, ERROR, "wording", FOOT + "1: “Nơi nhận”"),
        ({"addressees": (P(text="Kính gửi Sở Nội vụ"),)}, ERROR, "wording",
         "Thân văn bản: “Kính gửi Sở Nội vụ”"),
        ({"recipients_label": {"size": 13}}, ERROR, "size", FOOT + "1: “Nơi nhận:”"),
        ({"recipients_label": {"align": "center"}}, ERROR, "alignment", FOOT + "1: “Nơi nhận:”"),
        ({"recipients": (P(text="- Lưu: VT.", size=12, align="left"),)}, ERROR, "size",
         FOOT + "1: “- Lưu: VT.”"),
        ({"power": (P(text="KT. CHỦ TỊCH", bold=True), P(text="Phó Chủ tịch", bold=True))},
         ERROR, "case", FOOT + "2: “Phó Chủ tịch”"),
        ({"power": (P(text="CHỦ TỊCH"),)}, ERROR, "bold", FOOT + "2: “CHỦ TỊCH”"),
        ({"signer": {"bold": False}}, ERROR, "bold", FOOT + "2: “Lưu Viết Viên”"),
        ({"signer": {"text": "LƯU VIẾT VIÊN"}}, ERROR, "case", FOOT + "2: “LƯU VIẾT VIÊN”"),
        ({"signer": {"text": "ThS. Lưu Viết Viên"}}, ERROR, "signer",
         FOOT + "2: “ThS. Lưu Viết Viên”"),
    ],
)  # fmt: skip
def test_a_component_out_of_form_is_told_with_its_place(changes, severity, rule, place):
    ((found_severity, found_rule, found_place),) = told(decision.with_(**changes))

    assert (found_severity, found_rule) == (severity, f"layout-{rule}")
    assert found_place.startswith(place)


@pytest.mark.parametrize(
    ("changes", "severity", "rule"),
    [
        ({"align": "left"}, ERROR, "alignment"),
        ({"size": 12}, ERROR, "size"),
        ({"size": 15}, ERROR, "size"),
        ({"italic": True}, ERROR, "italic"),
        ({"line": 400}, ERROR, "line-spacing"),
        ({"line": 220}, ERROR, "line-spacing"),
        ({"line": 300, "line_rule": "exact"}, ERROR, "line-spacing"),
        ({"line": 600, "line_rule": "atLeast"}, ERROR, "line-spacing"),
        ({"first_line": 0}, ERROR, "indent"),
        ({"first_line": 1000}, ERROR, "indent"),
        ({"after": 60}, WARNING, "paragraph-gap"),
        ({"run": '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'}, ERROR, "font"),
        ({"run": '<w:color w:val="ff0000"/>'}, ERROR, "colour"),
    ],
)
def test_a_sentence_out_of_form_is_told_with_its_place(changes, severity, rule):
    document = OfficeDocument(pieces=LETTER).with_(body=(sentence(**changes), sentence()))

    assert told(document) == [(severity, f"layout-{rule}", f"Thân văn bản: “{LONG[:79]}…”")]


@pytest.mark.parametrize(
    "kept",
    [
        {"line": 240}, {"line": 360}, {"size": 13}, {"first_line": 567}, {"after": 240},
        {"run": "<w:rFonts w:ascii='times new roman' w:hAnsi='Times New Roman'/>"},
        {"run": '<w:color w:val="000000"/>'}, {"run": '<w:color w:val="auto"/>'},
        {"text": "\t" + LONG, "first_line": 0},
        {"text": "Đoạn ngắn", "align": "left", "first_line": 0, "after": 0},
        {"line": 340, "line_rule": "exact"}, {"line": 200, "line_rule": "atLeast"},
    ],
)  # fmt: skip
def test_every_choice_that_the_decree_leaves_is_left(kept):
    document = OfficeDocument(pieces=LETTER).with_(body=(sentence(**kept), sentence()))

    assert told(document) == []


@pytest.mark.parametrize(
    ("changes", "rule", "said"),
    [
        ({"width": 12240, "height": 15840}, "paper", "215,9 mm × 279,4 mm"),
        ({"top": 850}, "margin", "Lề trên là 14,99 mm"),
        ({"bottom": 1701}, "margin", "Lề dưới là 30 mm"),
        ({"left": 1134}, "margin", "Lề trái là 20 mm"),
        ({"right": 1440}, "margin", "Lề phải là 25,4 mm"),
    ],
)
def test_paper_and_margins_are_measured(changes, rule, said):
    (found,) = check(OfficeDocument(section=changes))

    assert (found.severity, found.rule) == (ERROR, f"layout-{rule}")
    assert said in found.message
    assert str(found.place) == "Thân văn bản"
    assert found.article == "Phụ lục I, phần I, mục I.1–3 Nghị định số 30/2020/NĐ-CP"


@pytest.mark.parametrize("spelling", ["CỘNG HÒA", "CỘNG HOÀ"])
def test_both_spellings_of_the_republic_are_accepted(spelling):
    name = f"{spelling} XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    assert told(decision.with_(national={"text": name})) == []


@pytest.mark.parametrize(
    "day", ["ngày 05 tháng 01 năm 2020", "ngày 29 tháng 6 năm 2019", "ngày … tháng … năm 2024"]
)
def test_the_dates_of_the_decree_and_those_still_open_are_right(day):
    assert told(decision.with_(date={"text": f"Hà Nội, {day}"})) == []


@pytest.mark.parametrize(
    "number",
    ["Số: 01/BC-TĐKT", "Số: 15/QĐ-BNV", "Số:      /QĐ-UBND", "Số: ……/QĐ-UBND", "Số: .../...",
     "Số: {{ number }}", "Số: {{ number }}/QĐ-UBND", "Số: …/{{ document.symbol }}"],
)  # fmt: skip
def test_numbers_as_the_decree_writes_them_and_those_still_open_are_right(number):
    assert told(decision.with_(number={"text": number})) == []


@pytest.mark.parametrize("missing", ["national", "motto", "number", "date", "type"])
def test_a_missing_component_is_told(missing):
    pieces = {missing: ()} | ({"motto_rule": ()} if missing == "motto" else {})
    found = [it for it in check(decision.with_(**pieces)) if it.rule == "layout-missing"]

    assert {it.severity for it in found} == {WARNING}
    assert len(found) >= 1


def test_every_component_may_be_missing_at_once():
    empty = OfficeDocument(pieces=dict.fromkeys(DECISION, ()))

    missing = [it.message for it in check(empty) if it.rule == "layout-missing"]

    assert len(missing) == len(ND30.family("named").required)
    assert "Không nhận ra thành phần “Quốc hiệu”." in missing


def test_an_annex_is_numbered_on_its_own_and_says_what_it_belongs_to():
    own = {"start": '<w:pgNumType w:start="1"/>'}
    annexed = decision.with_(after=section_break() + "".join(it.xml() for it in ANNEX.values()))

    assert told(OfficeDocument(pieces=annexed.pieces, section=own)) == []
    assert told(annexed) == [
        (ERROR, "layout-page-number", "Thân văn bản, phân đoạn (section) 2"),
    ]


@pytest.mark.parametrize(
    ("gone", "said"),
    [("title", "tiêu đề của phụ lục"), ("reference", "dòng kèm theo văn bản")],
)
def test_an_annex_without_its_title_or_reference_is_told(gone, said):
    rest = "".join(it.xml() for name, it in ANNEX.items() if name != gone)
    document = decision.with_(after=section_break() + rest + sentence().xml())
    document = OfficeDocument(
        pieces=document.pieces, section={"start": '<w:pgNumType w:start="1"/>'}
    )

    (found,) = check(document)

    assert (found.severity, found.rule) == (WARNING, "layout-annex")
    assert said in found.message
    assert str(found.place) == "Thân văn bản: “Phụ lục I”"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"label": {"text": "PHỤ LỤC I"}}, "case"),
        ({"label": {"size": 13}}, "size"),
        ({"title": {"text": "Danh sách khen thưởng"}}, "case"),
        ({"reference": {"italic": False}}, "italic"),
    ],
)
def test_an_annex_out_of_form_is_told(changes, rule):
    annex = OfficeDocument(pieces=ANNEX).with_(**changes).pieces
    document = decision.with_(after=tuple(annex.values()))

    assert [it[1] for it in told(document)] == [f"layout-{rule}"]


def test_findings_that_differ_only_in_place_are_one_with_their_number():
    three = (sentence(size=12), sentence("Đoạn khác. " * 9, size=12), sentence(size=12))
    document = OfficeDocument(pieces=LETTER).with_(body=three)

    (found,) = check(document)

    assert found.message.endswith("là 12, phải từ 13 đến 14. Còn 2 chỗ nữa như vậy.")


def test_the_run_that_differs_is_found_within_a_sentence():
    runs = run(LONG[:60]) + run(LONG[60:], size=11)
    document = OfficeDocument(pieces=LETTER).with_(body=(sentence(runs=runs), sentence()))

    assert [it[1] for it in told(document)] == ["layout-size"]


def test_a_letter_is_held_to_the_rules_of_letters():
    letter = OfficeDocument(pieces=LETTER)

    assert [it.message for it in check(letter.with_(addressees=()))] == [
        "Không nhận ra thành phần “Kính gửi”."
    ]
    (found,) = check(letter.with_(below_number=(P(text="V/v tổng kết", size=14),)))
    assert found.rule == "layout-size"


def test_several_addressees_stand_below_the_label_as_they_like():
    listed = (
        P(text="Kính gửi:", align="left"),
        P(text="- Ủy ban nhân dân tỉnh;", align="left"),
        P(text="- Sở Nội vụ tỉnh Thái Nguyên, là nơi tổng hợp hồ sơ khen thưởng của các xã, phường "
          "trên địa bàn tỉnh.", align="left"),
    )  # fmt: skip

    assert told(OfficeDocument(pieces=LETTER).with_(addressees=listed)) == []
