"""Figures that do not agree: refused at first, accepted with a reason, told when frozen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from services.intake.domain.content import ReportContent
from services.intake.domain.findings import Severity
from services.intake.persistence.offices import Units
from services.intake.use_cases.founding import NewPeriod, open_period
from services.intake.use_cases.freezing import preview_dossier
from services.intake.use_cases.opening import open_report
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reporting import WriteReport, write_report
from services.intake.use_cases.watching import show_form
from tests.builders.intake import Api, a_part_form

RULES = {
    "VX1": {"within_base": True, "jump_bound": Decimal(20)},
    "VX2": {},
    # What finance counts is made of what culture counts.
    "KT1": {"parts": ("VX1",)},
}


@pytest.fixture
def period(world):
    """This year's period, whose form has rules; the world's own is last year's."""
    form = show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)
    ruled = tuple(replace(it, **RULES[it.code]) for it in form.indicators)
    return open_period(
        NewPeriod(
            office_id=world.office.office_id,
            code="2024",
            title="Tổng kết năm 2024",
            year=2024,
            due_on=date(2024, 12, 15),
            form=replace(form, indicators=ruled),
        ),
        deps=world.deps,
    )


@pytest.fixture
def officer(world, period):
    return Reporter(world, period, "van-hoa")


@pytest.fixture
def finance(world, period):
    return Reporter(world, period, "tai-chinh")


class Reporter:
    """An officer who reports one figure."""

    def __init__(self, world, period, unit):
        self.api, self.period = Api(world, world.officer(unit)), period

    def report(self, code, actual, *, action="submit", period=None, **changes):
        row = {"code": code, "actual": actual, **changes}
        body = {"action": action, "content": {"indicators": [row]}}
        return self.api.post(f"/periods/{period or self.period}/submissions", body)


def accept(world, submission_id, **body):
    return Api(world, world.clerk()).post(f"/submissions/{submission_id}/accept", body)


def last_years(world, actual):
    """Have last year's figure of culture accepted."""
    answer = Reporter(world, world.office.period_id, "van-hoa").report("VX1", actual)
    assert accept(world, answer.json["submission_id"]).status_code == 200


def test_figures_beyond_the_base_are_refused_when_handed_in_and_kept_in_a_draft(officer):
    refused = officer.report("VX1", 800)

    assert refused.status_code == 422
    assert refused.json["errors"] == [
        {
            "pointer": "#/content/indicators/0/actual",
            "detail": "Số thực hiện 800 hộ lớn hơn tổng số 740 hộ.",
        }
    ]
    assert officer.report("VX1", 800, action="draft").status_code == 201


def test_a_stated_percentage_is_refused_once_and_with_the_computed_one(officer):
    refused = officer.report("VX1", 65, reported_percent=9)

    assert refused.json["errors"] == [
        {
            "pointer": "#/content/indicators/0/reported_percent",
            "detail": "Tỷ lệ đã ghi 9%, tính từ số liệu là 8,78% tổng số.",
        }
    ]


def test_a_jump_against_last_years_accepted_figure_needs_a_reason(world, officer):
    last_years(world, 100)
    refused = officer.report("VX1", 150)

    assert [it["pointer"] for it in refused.json["errors"]] == ["#/content/indicators/0/reason"]
    assert "tăng 50% so với năm trước (100 hộ)" in refused.json["errors"][0]["detail"]
    taken = officer.report("VX1", 150, reason="Rà soát lại theo chuẩn nghèo mới")
    assert taken.status_code == 201
    (finding,) = read_submission(
        UUID(taken.json["submission_id"]), by=world.clerk(), deps=world.deps
    ).findings
    assert finding.severity is Severity.HINT
    assert accept(world, taken.json["submission_id"]).status_code == 200


def test_what_was_not_accepted_is_no_measure(world, officer):
    Reporter(world, world.office.period_id, "van-hoa").report("VX1", 100)

    assert officer.report("VX1", 150).status_code == 201


def test_the_pages_say_last_years_figure_and_where_the_reason_is_missing(world, officer):
    last_years(world, 100)
    client = world.client(world.officer())
    report = f"/periods/{officer.period}/report"
    part = f"{report}/parts/indicators"
    typed = {"indicators-0-actual": "150", "indicators-1-actual": ""}

    saved = client.post(part, a_part_form("indicators", **typed))
    page, check = client.get(saved.location).text, client.get(f"{report}/check").text
    assert "Năm trước: <strong>100</strong>" in page
    assert "tăng 50% so với năm trước" in page
    assert "hãy nêu lý do" in check
    assert "Nộp báo cáo</button>" not in check

    explained = {**typed, "version": "1", "indicators-0-reason": "Chuẩn nghèo mới"}
    client.post(part, a_part_form("indicators", **explained))
    assert "đã nêu lý do" in client.get(f"{report}/check").text


def test_sums_over_sectors_are_accepted_only_with_a_reason(world, officer, finance):
    first = officer.report("VX1", 65).json["submission_id"]
    second = finance.report("KT1", 70).json["submission_id"]
    assert accept(world, first).status_code == 200

    refused = accept(world, second)
    assert refused.status_code == 422
    assert [it["pointer"] for it in refused.json["errors"]] == ["#/findings_reason"]
    assert "(Hộ nghèo giảm 65) là 65, khác số thực hiện 70." in refused.json["detail"]

    taken = accept(world, second, findings_reason="Chênh 5 hộ do số liệu chốt khác ngày")
    assert taken.status_code == 200
    moves = read_submission(UUID(second), by=world.clerk(), deps=world.deps).moves
    assert moves[-1].reason == "Chênh 5 hộ do số liệu chốt khác ngày"


def test_the_clerk_sees_what_does_not_agree_and_says_why_on_the_page(world, officer, finance):
    accept(world, officer.report("VX1", 65).json["submission_id"])
    submission_id = finance.report("KT1", 70).json["submission_id"]
    client = world.client(world.clerk())
    form = {"idempotency_key": "k" * 20, "round": "1"}
    path = f"/submissions/{submission_id}"

    assert "khác số thực hiện 70" in client.get(path).text
    refused = client.post(f"{path}/accept", data=form)
    assert refused.status_code == 422
    assert 'id="e-findings_reason"' in refused.text
    done = client.post(f"{path}/accept", data={**form, "findings_reason": "Chốt khác ngày"})
    assert done.status_code == 303
    assert "Chốt khác ngày" in client.get(path).text


def test_what_agrees_is_accepted_without_a_word(world, officer, finance):
    for answer in (officer.report("VX1", 65), finance.report("KT1", 65)):
        assert accept(world, answer.json["submission_id"]).status_code == 200


def test_freezing_tells_what_does_not_agree_between_sectors(world, officer, finance):
    accept(world, officer.report("VX1", 65).json["submission_id"])
    submission_id = finance.report("KT1", 70).json["submission_id"]
    accept(world, submission_id, findings_reason="Chốt khác ngày")

    preview = preview_dossier(officer.period, office_id=world.office.office_id, deps=world.deps)

    assert [it.severity for it in preview.findings] == [Severity.ERROR]
    page = world.client(world.clerk()).get(f"/periods/{officer.period}/dossier")
    assert "khác số thực hiện 70" in page.text


def test_the_api_tells_the_findings_of_a_submission(world, officer, finance):
    accept(world, officer.report("VX1", 65).json["submission_id"])
    submission_id = finance.report("KT1", 70).json["submission_id"]

    shown = Api(world, world.clerk()).get(f"/submissions/{submission_id}").json

    assert [(it["severity"], it["rule"], it["code"]) for it in shown["findings"]] == [
        ("error", "parts", "KT1")
    ]


def test_another_unit_and_another_measure_are_no_last_year(world, officer):
    last_years(world, 100)
    report = open_report(officer.period, by=world.officer(), deps=world.deps)
    other = open_report(officer.period, by=world.officer("tai-chinh"), deps=world.deps)

    assert report.last_year == {"VX1": Decimal(100)}
    assert other.last_year == {}


def test_a_unit_is_compared_with_those_whose_successor_it_is(world, period, officer):
    last_years(world, 100)
    with world.deps.database.begin() as session:
        units = Units(session, office_id=world.office.office_id)
        units.get(world.office.unit_ids["van-hoa"]).successor_id = world.office.unit_ids[
            "tai-chinh"
        ]

    taking_over = open_report(period, by=world.officer("tai-chinh"), deps=world.deps)

    assert taking_over.last_year == {"VX1": Decimal(100)}


def test_a_draft_is_never_refused_for_its_figures(world, period):
    content = ReportContent()
    command = WriteReport(period_id=period, content=content, is_final=False)

    assert write_report(command, by=world.officer(), deps=world.deps).state == "draft"
