"""The rules of a form on figures: what is found, how grave, and the numbers in the sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.findings import Rule, Severity, open_among
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.reconciling import findings_in
from services.intake.domain.reconciling_across import concerns, findings_across

UNIT, OTHER = "ntm", "van-phong"


def asked(code, **changes):
    usual = {"name": f"Chỉ tiêu {code}", "field": "kinh-te", "unit_codes": (UNIT,)}
    return AskedIndicator(code=code, **{**usual, **changes})


def reported(code, actual=None, **changes):
    figures = {
        name: None if value is None else Decimal(value)
        for name, value in {"actual": actual, **changes}.items()
        if name in {"actual", "plan", "reported_percent"}
    }
    rest = {name: value for name, value in changes.items() if name not in figures}
    return ReportedIndicator(code=code, **figures, **rest)


def found(form, *rows, last_year=None):
    last = {code: Decimal(value) for code, value in (last_year or {}).items()}
    content = ReportContent(indicators=rows)
    return findings_in(content, PeriodForm(indicators=form), UNIT, last)


WHOLE = (
    asked("T", name="Tổng vốn", unit="tỷ đồng", parts=("A", "B")),
    asked("A", name="Ngân sách", unit="tỷ đồng"),
    asked("B", name="Dân góp", unit="tỷ đồng"),
)


def test_parts_that_make_the_whole_are_in_order():
    rows = reported("T", "224"), reported("A", "159"), reported("B", "65")

    assert found(WHOLE, *rows) == ()


def test_parts_that_do_not_are_an_error_with_both_numbers():
    (finding,) = found(WHOLE, reported("A", "159"), reported("B", "65.5"), reported("T", "224"))

    assert (finding.severity, finding.rule) == (Severity.ERROR, Rule.PARTS)
    assert finding.pointer == "#/indicators/2/actual"
    assert finding.message == (
        "Tổng các thành phần (Ngân sách 159 + Dân góp 65,5) là 224,5 tỷ đồng, "
        "khác số thực hiện 224 tỷ đồng."
    )


@pytest.mark.parametrize(
    ("whole", "part", "is_in_order"),
    [
        (("220", True), ("65", False), True),
        (("230", True), ("65", False), False),
        (("224", False), ("60", True), True),
        (("224", False), ("70", True), False),
        (("500", True), ("70", True), True),
    ],
)
def test_more_than_is_a_bound_and_no_number(whole, part, is_in_order):
    rows = (
        reported("T", whole[0], at_least=whole[1]),
        reported("A", "159"),
        reported("B", part[0], at_least=part[1]),
    )

    assert (found(WHOLE, *rows) == ()) is is_in_order


def test_a_part_without_a_figure_is_only_a_hint():
    (finding,) = found(WHOLE, reported("T", "224"), reported("A", "159"))

    assert finding.severity is Severity.HINT
    assert finding.message == "Chưa có số của Dân góp nên chưa đối chiếu được tổng."
    assert open_among((finding,)) == ()


def test_more_than_the_base_is_an_error_where_the_form_forbids_it():
    form = (asked("H", unit="hộ", base=Decimal(740), within_base=True),)

    assert found(form, reported("H", "740")) == ()
    (finding,) = found(form, reported("H", "12500"))
    assert finding.message == "Số thực hiện 12.500 hộ lớn hơn tổng số 740 hộ."
    assert found((replace(form[0], within_base=False),), reported("H", "12500")) == ()


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("8.78", None),
        ("8.8", "Tỷ lệ đã ghi 8,8%, tính từ số liệu là 8,78% tổng số."),
        ("9", "Tỷ lệ đã ghi 9%, tính từ số liệu là 8,78% tổng số."),
    ],
)
def test_a_stated_percentage_is_computed_again(stated, message):
    form = (asked("H", unit="hộ", base=Decimal(740)),)

    findings = found(form, reported("H", "65", reported_percent=stated))

    assert [it.message for it in findings] == ([message] if message else [])
    assert {it.pointer for it in findings} <= {"#/indicators/0/reported_percent"}


def test_a_percentage_that_cannot_be_computed_is_taken_as_it_is():
    assert found((asked("H"),), reported("H", reported_percent="158")) == ()


JUMPING = (asked("H", unit="hộ", jump_bound=Decimal(20)),)


@pytest.mark.parametrize("actual", ["80", "100", "120"])
def test_a_figure_within_the_bound_needs_no_reason(actual):
    assert found(JUMPING, reported("H", actual), last_year={"H": "100"}) == ()


@pytest.mark.parametrize(
    ("actual", "last", "message"),
    [
        ("121", "100", "Thực hiện 121 hộ, tăng 21% so với năm trước (100 hộ), quá mức 20%"),
        ("65", "120", "Thực hiện 65 hộ, giảm 45,83% so với năm trước (120 hộ), quá mức 20%"),
        ("5", "0", "Thực hiện 5 hộ, tăng so với năm trước (0 hộ), quá mức 20%"),
    ],
)
def test_a_jump_beyond_the_bound_asks_for_a_reason(actual, last, message):
    (finding,) = found(JUMPING, reported("H", actual), last_year={"H": last})

    assert (finding.severity, finding.rule) == (Severity.REASON, Rule.JUMP)
    assert finding.pointer == "#/indicators/0/reason"
    assert finding.message == f"{message}; hãy nêu lý do."


def test_a_jump_that_is_explained_is_only_said():
    row = reported("H", "200", reason="Sáp nhập hai xóm")

    (finding,) = found(JUMPING, row, last_year={"H": "100"})

    assert finding.severity is Severity.HINT
    assert finding.message.endswith("; đã nêu lý do.")


def test_without_a_bound_or_last_year_nothing_is_asked():
    assert found((asked("H"),), reported("H", "500"), last_year={"H": "1"}) == ()
    assert found(JUMPING, reported("H", "500")) == ()


def test_long_figures_are_compared_exactly():
    last, just_within = "999999999999999.999999", "1199999999999999.999998"
    form = (asked("H", jump_bound=Decimal("20")),)

    assert found(form, reported("H", just_within), last_year={"H": last}) == ()
    beyond = str(Decimal(just_within) + Decimal("0.000001"))
    assert len(found(form, reported("H", beyond), last_year={"H": last})) == 1


ACROSS = PeriodForm(
    indicators=(
        asked("HV", name="Hội viên toàn xã", unit_codes=(OTHER,), parts=("PN", "ND")),
        asked("PN", name="Hội viên phụ nữ", unit_codes=("phu-nu",)),
        asked("ND", name="Hội viên nông dân", unit_codes=("nong-dan", "hop-tac-xa")),
    )
)


def reports(**figures):
    units = {"phu_nu": "PN", "nong_dan": "ND", "hop_tac_xa": "ND", "van_phong": "HV"}
    return {
        unit.replace("_", "-"): ReportContent(indicators=(reported(units[unit], value),))
        for unit, value in figures.items()
    }


def test_parts_of_several_sectors_make_the_whole_of_another():
    right = reports(van_phong="400", phu_nu="150", nong_dan="200", hop_tac_xa="50")

    assert findings_across(right, ACROSS) == ()


def test_parts_of_several_sectors_that_do_not_are_an_error_with_both_numbers():
    wrong = reports(van_phong="500", phu_nu="150", nong_dan="200", hop_tac_xa="50")

    (finding,) = findings_across(wrong, ACROSS)

    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "Tổng các thành phần (Hội viên phụ nữ 150 + Hội viên nông dân 250) là 400, "
        "khác số thực hiện 500."
    )
    concerned = {"van-phong", "phu-nu", "nong-dan", "hop-tac-xa"}
    assert {it for it in (*concerned, UNIT) if concerns(finding, ACROSS, it)} == concerned


def test_while_a_sector_is_missing_it_is_only_a_hint():
    early = reports(van_phong="400", phu_nu="150", nong_dan="200")

    (finding,) = findings_across(early, ACROSS)

    assert finding.severity is Severity.HINT
    assert findings_across(reports(van_phong="400"), ACROSS) == ()


def test_what_a_unit_sees_for_itself_is_not_found_again_across():
    content = ReportContent(indicators=(reported("T", "1"), reported("A", "2"), reported("B", "3")))

    assert findings_across({UNIT: content}, PeriodForm(indicators=WHOLE)) == ()
