from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from kernel.contracts.renditions import RenditionOutcome
from kernel.errors import Conflict, InvalidInput, NotFound
from services.archive.domain.documents import RenditionState
from services.archive.persistence.models import OutboxRow, RenditionRow
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.downloading import Format, download, version_content
from services.archive.use_cases.pushing import PushResult, push_outbox
from services.archive.use_cases.rendering import (
    RecordRendition,
    record_rendition,
    retry_rendition,
)
from tests.builders.archive import COMMUNE, NEIGHBOUR, an_actor
from tests.support.archive import FakeConverter, count, deposited, issued, rows

PDF = b"%PDF-1.7 fake"
OF_RECORD = RenditionOutcome(converter="LibreOffice 7.4", is_quick_view=False, pages=3)
WRONG_FONTS = replace(OF_RECORD, notice="Máy tạo PDF không có phông Times New Roman.")
QUICK = RenditionOutcome(converter="dxpdf", is_quick_view=True, pages=3)
FAILED = RenditionOutcome(converter="", is_quick_view=False, pages=0, failure="quá 90 giây")


def _record(deps: Deps, version_id, outcome: RenditionOutcome, data: bytes | None = PDF):
    command = RecordRendition(
        version_id=version_id, outcome=outcome, data=None if outcome.failure else data
    )
    return record_rendition(command, office_id=COMMUNE, deps=deps)


@pytest.mark.parametrize(
    ("outcomes", "stands"),
    [
        ([OF_RECORD], RenditionState.OF_RECORD),
        ([QUICK, OF_RECORD], RenditionState.OF_RECORD),
        ([FAILED, OF_RECORD], RenditionState.OF_RECORD),
        ([FAILED, QUICK], RenditionState.QUICK_VIEW),
        ([OF_RECORD, QUICK], RenditionState.OF_RECORD),
        ([OF_RECORD, FAILED], RenditionState.OF_RECORD),
        ([QUICK, FAILED], RenditionState.QUICK_VIEW),
        ([FAILED, FAILED], RenditionState.FAILED),
        ([WRONG_FONTS, QUICK], RenditionState.OF_RECORD),
    ],
)
def test_the_better_outcome_stands_in_whatever_order_they_come(
    deps: Deps, outcomes: list[RenditionOutcome], stands: RenditionState
):
    version_id = deposited(deps).version_id

    for outcome in outcomes:
        last = _record(deps, version_id, outcome)

    assert last.state is stands
    assert [row.state for row in rows(deps, RenditionRow)] == [stands.value]


@pytest.mark.parametrize("outcomes", [[WRONG_FONTS, OF_RECORD], [OF_RECORD, WRONG_FONTS]])
def test_a_pdf_with_the_right_fonts_stands_before_one_without(deps: Deps, outcomes):
    version_id = deposited(deps).version_id

    for outcome in outcomes:
        last = _record(deps, version_id, outcome)

    assert last.is_final
    assert [row.notice for row in rows(deps, RenditionRow)] == [""]


def test_a_pdf_with_the_wrong_fonts_may_be_asked_for_again(deps: Deps, converter: FakeConverter):
    version_id = deposited(deps).version_id
    assert not _record(deps, version_id, WRONG_FONTS).is_final
    converter.asked.clear()

    retry_rendition(version_id, actor=an_actor(), deps=deps)

    # Until then the one that is there stays.
    assert [row.state for row in rows(deps, RenditionRow)] == ["of-record"]
    assert [request.version_id for _, request in converter.asked] == [version_id]


def test_outcomes_that_come_at_once_leave_the_best(deps: Deps):
    version_id = deposited(deps).version_id
    _record(deps, version_id, FAILED)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda it: _record(deps, version_id, it), [QUICK, OF_RECORD, FAILED] * 2))

    assert [row.state for row in rows(deps, RenditionRow)] == ["of-record"]


def test_recording_twice_changes_nothing(deps: Deps):
    version_id = deposited(deps).version_id

    first = _record(deps, version_id, OF_RECORD)

    assert _record(deps, version_id, OF_RECORD, b"%PDF-1.7 other") == first
    got = download(version_id, Format.PDF, actor=an_actor(), deps=deps)
    assert (got.data, got.name) == (
        PDF,
        "Dự thảo v1_Báo cáo_Tổng kết phong trào thi đua yêu nước năm 2023.pdf",
    )


@pytest.mark.parametrize(
    ("outcome", "data"), [(OF_RECORD, None), (OF_RECORD, b"<html>"), (FAILED, PDF)]
)
def test_an_outcome_that_does_not_fit_its_file_is_refused(
    deps: Deps, outcome: RenditionOutcome, data: bytes | None
):
    version_id = deposited(deps).version_id
    command = RecordRendition(version_id=version_id, outcome=outcome, data=data)

    with pytest.raises(InvalidInput):
        record_rendition(command, office_id=COMMUNE, deps=deps)

    assert count(deps, RenditionRow) == 0


def test_a_version_of_another_office_takes_no_rendition_and_gives_no_bytes(deps: Deps):
    receipt = deposited(deps)
    command = RecordRendition(version_id=receipt.version_id, outcome=OF_RECORD, data=PDF)

    with pytest.raises(NotFound):
        record_rendition(command, office_id=NEIGHBOUR, deps=deps)
    with pytest.raises(NotFound):
        version_content(receipt.version_id, office_id=NEIGHBOUR, deps=deps)
    assert version_content(receipt.version_id, office_id=COMMUNE, deps=deps)


def test_a_failed_pdf_can_be_asked_for_again(deps: Deps, converter: FakeConverter):
    receipt = deposited(deps)
    _record(deps, receipt.version_id, FAILED)

    document_id = retry_rendition(receipt.version_id, actor=an_actor(), deps=deps)

    assert document_id == receipt.document_id
    assert [ask.version_id for _, ask in converter.asked] == [receipt.version_id] * 2
    assert (count(deps, RenditionRow), count(deps, OutboxRow)) == (0, 1)


def test_a_quick_view_stays_readable_while_a_better_pdf_is_asked_for(deps: Deps):
    version_id = deposited(deps).version_id
    _record(deps, version_id, QUICK)

    retry_rendition(version_id, actor=an_actor(), deps=deps)

    assert download(version_id, Format.PDF, actor=an_actor(), deps=deps).data == PDF


def test_a_pdf_of_record_is_not_asked_for_again_and_foreign_ones_are_not_found(deps: Deps):
    version_id = deposited(deps).version_id
    _record(deps, version_id, OF_RECORD)

    with pytest.raises(Conflict):
        retry_rendition(version_id, actor=an_actor(), deps=deps)
    with pytest.raises(NotFound):
        retry_rendition(uuid4(), actor=an_actor(), deps=deps)


def test_what_could_not_be_sent_is_sent_by_the_next_push(deps: Deps, converter: FakeConverter):
    converter.is_down = True
    receipt = issued(deps)
    converter.is_down = False

    result = push_outbox(deps=deps)

    assert result == PushResult(sent=2, failed=0)
    assert receipt.version_id in {ask.version_id for _, ask in converter.asked}
    assert push_outbox(deps=deps) == PushResult(sent=0, failed=0)


def test_a_push_gives_up_early_and_keeps_the_reason(deps: Deps, converter: FakeConverter):
    converter.is_down = True
    for _ in range(4):
        deposited(deps)

    result = push_outbox(deps=deps)

    assert result == PushResult(sent=0, failed=2)
    assert {row.last_error for row in rows(deps, OutboxRow)} == {"Dịch vụ soạn thảo chưa trả lời."}


def test_a_mistake_of_ours_while_sending_is_kept_and_not_raised(
    deps: Deps, converter: FakeConverter
):
    def ask(*_: object, **__: object) -> None:
        raise RuntimeError("401")

    converter.ask = ask  # type: ignore[method-assign]

    receipt = issued(deps)

    assert receipt.number == 1
    assert {row.last_error for row in rows(deps, OutboxRow)} == {"RuntimeError"}
