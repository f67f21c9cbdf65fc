"""The real template of minutes, filled in from a dossier on which the council has voted."""

from datetime import date

import pytest

from kernel.contracts.dossier import Nomination
from ooxml.text import plain_text
from services.assembler.domain.composing import compose
from services.assembler.domain.council_session import session_of
from services.assembler.rendering.contract import check_context
from services.assembler.rendering.docx import render
from services.assembler.rendering.templates import TemplateLibrary
from tests.builders.council import a_record, a_result, reviewed
from tests.builders.dossiers import a_dossier, linh_thong
from tests.builders.samples import TEMPLATES

LIBRARY = TemplateLibrary(TEMPLATES)
ON = date(2024, 1, 15)
REFUSED = "Ma Lệ Uyên"
DOSSIER = a_dossier(reviewed(linh_thong(), refused=(REFUSED,)))
KINDS = (
    "council_minutes",
    "summary_report",
    "commendation_decision",
    "advanced_worker_decision",
    "submission_letter",
    "cover_letter",
)


def text_of(kind):
    template = LIBRARY.get(kind)
    context = compose(DOSSIER, on=ON, kind=template.manifest).context
    check_context(template.manifest.placeholders, context)
    return plain_text(render(template.data, context))


def test_minutes_print_time_members_and_votes_of_the_session():
    text = text_of("council_minutes")

    for told in (
        "08 giờ 00 phút, ngày 08 tháng 01 năm 2024",
        "11 giờ 30 phút",
        "Phòng họp Ủy ban nhân dân xã",
        "Mông Văn Mẫu, Trưởng Công an xã, Ủy viên (đi công tác)",
        "Ưu tiên người trực tiếp lao động",
        "bỏ phiếu kín",
        "từ 70% tổng số thành viên",
    ):
        assert told in text
    (row,) = [line.split("\t") for line in text.splitlines() if REFUSED in line]
    assert row[3:] == ["05", "02", "03", "01", "33,33%", "Không đạt"]


def test_who_was_voted_down_stands_only_in_the_minutes():
    assert REFUSED in text_of("council_minutes")
    assert REFUSED not in text_of("submission_letter")


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_is_filled_in_from_a_reviewed_dossier(kind):
    text = text_of(kind)

    assert "{{" not in text
    assert "…… giờ" not in text


def test_an_outcome_against_the_votes_is_told_with_its_reason():
    nominee = Nomination(kind="individual", name="Ma Văn Mẫu", award="x", unit="Xóm 1")
    agreed = a_result(nominee, in_favour=1, against=4, reason="Kiểm phiếu lại")
    usual = a_result(Nomination(kind="individual", name="Lý Văn Mẫu", award="x"))

    session = session_of(a_record(agreed, usual))

    assert session.opinions == (
        "Ưu tiên người trực tiếp lao động",
        (
            "Trường hợp Ma Văn Mẫu, Xóm 1: Hội đồng thống nhất đề nghị, khác kết quả phiếu. "
            "Lý do: Kiểm phiếu lại"
        ),
    )
