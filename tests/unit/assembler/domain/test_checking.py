"""Findings about a dossier."""

from decimal import Decimal

import pytest

from kernel.contracts.dossier import Achievement
from services.assembler.domain.checking import check_lists, check_results
from services.assembler.domain.findings import Severity
from tests.builders.dossiers import a_dossier, a_nomination, a_sector, an_indicator


def results(*indicators):
    content = a_dossier(sectors=(a_sector(indicators=indicators),)).content
    return [(it.severity, it.rule) for it in check_results(content)]


def lists(*nominations, **changes):
    content = a_dossier(sectors=(a_sector(nominations=nominations),), **changes).content
    return check_lists(content)


def total(actual, **changes):
    usual = {"code": "T", "name": "Tổng", "base": None, "parts": ("A", "B")}
    return an_indicator(actual=Decimal(actual), **(usual | changes))


def part(code, actual):
    value = None if actual is None else Decimal(actual)
    return an_indicator(code=code, name=f"Phần {code}", base=None, actual=value)


def test_the_sample_commune_s_only_doubts_are_its_missing_figures_and_one_count():
    found = [(it.rule, it.place) for it in check_results(a_dossier().content)]

    assert found == [
        ("percent-unverified", "Thu ngân sách nhà nước"),
        ("percent-unverified", "Thu tiền thuế chuyển mục đích sử dụng đất"),
        ("percent-unverified", "Đàn trâu"),
        ("percent-unverified", "Đàn bò"),
        ("percent-unverified", "Đàn gia cầm"),
        (
            "count-not-in-award-table",
            "Ủy viên Ban Chấp hành và đảng viên hoàn thành xuất sắc nhiệm vụ được tặng giấy khen",
        ),
    ]
    assert check_lists(a_dossier().content) == []


def test_parts_that_do_not_make_their_total_are_an_error_that_shows_the_sum():
    content = a_dossier(
        sectors=(a_sector(indicators=(total(225), part("A", 159), part("B", 65))),)
    ).content

    (found,) = check_results(content)

    assert (found.severity, found.rule, found.place) == (Severity.ERROR, "sum-mismatch", "Tổng")
    assert found.message == "159 + 65 = 224, không bằng tổng số 225."


@pytest.mark.parametrize(
    ("indicators", "found"),
    [
        ((total(224), part("A", 159), part("B", 65)), []),
        ((total(224), part("A", 159)), [(Severity.WARNING, "part-missing")]),
        (
            (total(224), part("A", 159), part("B", None)),
            [(Severity.WARNING, "indicator-empty")],
        ),
    ],
)
def test_a_sum_is_compared_only_when_every_part_is_known(indicators, found):
    assert results(*indicators) == found


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("8.78", []),
        ("9", []),
        ("8.79", [(Severity.ERROR, "percent-contradicted")]),
        ("108", [(Severity.ERROR, "percent-contradicted")]),
        ("100", [(Severity.ERROR, "percent-contradicted")]),
    ],
)
def test_a_reported_percent_is_compared_to_as_many_places_as_it_has(reported, found):
    assert results(an_indicator(reported_percent=Decimal(reported))) == found


def test_an_actual_above_what_it_is_part_of_is_warned_of():
    assert results(an_indicator(actual=Decimal(741))) == [(Severity.WARNING, "indicator-over-base")]


def test_two_sectors_with_two_figures_for_one_indicator_contradict_each_other():
    sectors = (
        a_sector(indicators=(an_indicator(),)),
        a_sector(unit_name="Hội", indicators=(an_indicator(actual=Decimal(66)),)),
        a_sector(unit_name="Ban", indicators=(an_indicator(),)),
    )

    found = check_results(a_dossier(sectors=sectors).content)

    assert [it.rule for it in found] == ["indicator-contradicted"]
    assert "Văn phòng - Thống kê và Hội" in found[0].message


def test_what_no_heading_prints_is_an_error():
    sector = a_sector(
        indicators=(an_indicator(field="la"),), achievements=(Achievement(field="la", text="x"),)
    )

    (found,) = check_results(a_dossier(sectors=(sector,)).content)

    assert (found.rule, found.severity) == ("field-unknown", Severity.ERROR)


def test_one_nominee_twice_for_one_award_is_an_error_however_he_is_written():
    twice = (a_nomination(name="Nguyễn Thị Hoà"), a_nomination(name="NGUYỄN  THỊ HÒA"))

    (found,) = lists(*twice, a_nomination(name="Nguyễn Thị Hoà"))

    assert (found.severity, found.rule) == (Severity.ERROR, "nominee-repeated")


def test_namesakes_of_two_units_and_two_awards_of_one_person_are_no_repetition():
    assert lists(a_nomination(), a_nomination(unit="xóm số 2")) == []
    assert lists(a_nomination(), a_nomination(award="advanced_worker")) == []


def test_an_award_that_does_not_exist_or_is_not_for_the_nominee():
    found = lists(
        a_nomination(award="moon"), a_nomination(kind="household", award="advanced_worker")
    )

    assert [(it.severity, it.rule) for it in found] == [
        (Severity.WARNING, "award-not-for-kind"),
        (Severity.ERROR, "award-unknown"),
    ]
    assert found[0].message == "Lao động tiên tiến chỉ dành cho: cá nhân."


def test_too_many_emulation_fighters_among_advanced_workers_are_warned_of():
    workers = [a_nomination(name=f"Người {n}", award="advanced_worker") for n in range(17)]
    fighters = [
        a_nomination(name=f"Người {n}", award="grassroots_emulation_fighter") for n in range(3)
    ]

    assert lists(*workers, *fighters[:2]) == []
    (found,) = lists(*workers, *fighters)
    assert (found.rule, found.severity) == ("ratio-exceeded", Severity.WARNING)
    assert "3, vượt mức 2 (15% của 17" in found.message


def test_units_whose_report_is_missing_are_named():
    (found,) = lists(missing_units=("Trạm Y tế", "Hội Nông dân"))

    assert (found.rule, found.severity) == ("unit-missing", Severity.WARNING)
    assert "Trạm Y tế và Hội Nông dân" in found.message
