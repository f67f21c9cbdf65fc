from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import Conflict, InvalidInput, NotFound
from kernel.files import FileDamaged, FileStore
from ooxml.content_controls import tags
from services.archive.domain.documents import State
from services.archive.domain.registers import definitions
from services.archive.persistence.models import (
    DeliveryEventRow,
    DeliveryRow,
    DocumentRow,
    LedgerRow,
    OutboxRow,
    RegisterYearRow,
    VersionRow,
)
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.finding import show_document
from services.archive.use_cases.issuing import issue_document
from services.archive.use_cases.preparing import IssueIntent, choices_for_issue, preview_issue
from services.archive.use_cases.registers import open_register
from services.archive.use_cases.uploading import UploadVersion, upload_version
from tests.builders.archive import DISTRICT, NEIGHBOUR, PROFILE, a_draft, an_actor
from tests.support.archive import (
    FailingCommit,
    FakeConverter,
    an_issue_of,
    count,
    damage,
    deposited,
    issued,
    rows,
)


def test_issuing_stamps_number_symbol_place_and_date_into_the_chosen_bytes(deps: Deps):
    receipt = issued(deps)

    stamped = tags(deps.files.get(receipt.sha256))
    assert receipt.text == "01/BC-TĐKT"
    assert stamped == {
        "thidua.number": ["01"],
        "thidua.symbol": ["BC-TĐKT"],
        "thidua.place": ["Linh Thông"],
        "thidua.date": ["ngày 05 tháng 01 năm 2024"],
    }


def test_a_draft_in_which_the_checks_found_an_error_is_not_issued(deps: Deps):
    blocked = deposited(deps, blockers=("Danh sách: Nguyễn Văn A được đề nghị hai lần.",))
    intent = IssueIntent(version_id=blocked.version_id, issued_on=date(2024, 1, 5))

    for attempt in (
        lambda: issue_document(an_issue_of(blocked), actor=an_actor(), deps=deps),
        lambda: preview_issue(blocked.document_id, intent, actor=an_actor(), deps=deps),
    ):
        with pytest.raises(Conflict, match="được đề nghị hai lần"):
            attempt()

    assert rows(deps, RegisterYearRow) == []


def test_an_edited_draft_may_be_issued_whoever_edited_it_answers(deps: Deps):
    blocked = deposited(deps, blockers=("Danh sách: lỗi.",))
    edited = upload_version(
        UploadVersion(document_id=blocked.document_id, data=a_draft("đã sửa"), key="k"),
        actor=an_actor(),
        deps=deps,
    )

    command = an_issue_of(blocked, version_id=edited.version_id)

    assert issue_document(command, actor=an_actor(), deps=deps).text == "01/BC-TĐKT"


def test_issuing_freezes_what_the_chosen_version_says_and_not_the_latest(deps: Deps):
    first = deposited(deps, document_key="k", subject="Bản được duyệt")
    deposited(deps, document_key="k", subject="Bản sửa sau", data=a_draft("khác"))

    issue_document(an_issue_of(first), actor=an_actor(), deps=deps)

    document = show_document(first.document_id, actor=an_actor(), deps=deps).document
    assert (document.state, document.facts.subject) == (State.ISSUED, "Bản được duyệt")
    assert document.latest.source_version_id == first.version_id
    assert document.issue is not None
    assert document.issue.version_id == document.latest.id


def test_issuing_delivers_once_to_each_recipient_that_is_an_office(deps: Deps):
    receipt = issued(deps)

    sent = show_document(receipt.document_id, actor=an_actor(), deps=deps)
    assert [delivery.recipient_office_id for delivery in sent.deliveries] == [DISTRICT]
    assert [event.kind.value for event in sent.events] == ["sent"]


def test_the_same_key_gives_the_same_number_and_another_key_is_refused(deps: Deps):
    command = an_issue_of(deposited(deps))

    first = issue_document(command, actor=an_actor(), deps=deps)
    again = issue_document(command, actor=an_actor(), deps=deps)

    assert again == first
    with pytest.raises(Conflict, match="đã ban hành"):
        issue_document(replace(command, key="another"), actor=an_actor(), deps=deps)
    assert count(deps, LedgerRow) == 1


def test_a_key_is_not_taken_for_two_documents(deps: Deps):
    issue_document(an_issue_of(deposited(deps), key="k"), actor=an_actor(), deps=deps)

    with pytest.raises(Conflict, match="Mã yêu cầu"):
        issue_document(an_issue_of(deposited(deps), key="k"), actor=an_actor(), deps=deps)


def test_a_version_of_another_document_and_another_office_are_not_found(deps: Deps):
    mine, other = deposited(deps), deposited(deps)

    with pytest.raises(NotFound):
        issue_document(an_issue_of(mine, version_id=other.version_id), actor=an_actor(), deps=deps)
    with pytest.raises(NotFound):
        issue_document(an_issue_of(mine), actor=an_actor(NEIGHBOUR), deps=deps)
    assert count(deps, RegisterYearRow) == 0


def test_a_symbol_without_a_register_says_what_to_do(deps: Deps):
    receipt = deposited(deps, register_symbol="TB-XYZ")

    with pytest.raises(Conflict, match="Hãy mở sổ"):
        issue_document(an_issue_of(receipt), actor=an_actor(), deps=deps)


@pytest.mark.parametrize(
    ("issued_on", "field"),
    [
        (date(2024, 1, 11), "#/issued_on"),
        (date(2021, 1, 1), "#/issued_on"),
        (date(2024, 1, 4), "#/backdating_reason"),
    ],
)
def test_a_day_that_breaks_the_order_is_refused_at_its_field(
    deps: Deps, issued_on: date, field: str
):
    issued(deps)

    with pytest.raises(InvalidInput) as refused:
        issued(deps, issued_on=issued_on)

    assert [error.pointer for error in refused.value.errors] == [field]
    assert [row.next_number for row in rows(deps, RegisterYearRow)] == [2]


def test_backdating_with_a_reason_is_kept_and_does_not_move_the_order_back(deps: Deps):
    issued(deps)
    command = an_issue_of(
        deposited(deps), issued_on=date(2024, 1, 3), backdating_reason="Ký trước, vào sổ sau"
    )

    receipt = issue_document(command, actor=an_actor(), deps=deps)

    assert receipt.number == 2
    assert rows(deps, RegisterYearRow)[0].last_issued_on == date(2024, 1, 5)
    document = show_document(receipt.document_id, actor=an_actor(), deps=deps).document
    assert document.issue is not None
    assert document.issue.backdating_reason == "Ký trước, vào sổ sau"


def test_each_year_is_numbered_from_one_and_dates_go_by_their_year(deps: Deps):
    numbers = [
        issued(deps, issued_on=day).text
        for day in (date(2024, 1, 5), date(2023, 12, 31), date(2024, 1, 6))
    ]

    assert numbers == ["01/BC-TĐKT", "01/BC-TĐKT", "02/BC-TĐKT"]


def test_a_confirmed_number_that_was_taken_meanwhile_is_not_silently_replaced(deps: Deps):
    receipt = deposited(deps)
    issued(deps)

    with pytest.raises(Conflict, match="số tiếp theo là 02/BC-TĐKT"):
        issue_document(an_issue_of(receipt, expected_number=1), actor=an_actor(), deps=deps)

    assert issue_document(an_issue_of(receipt, expected_number=2), actor=an_actor(), deps=deps)


class _FullDisk(FileStore):
    """Reads what the real store holds and takes nothing more."""

    def __init__(self, real: FileStore, folder: Path) -> None:
        super().__init__(folder)
        self._real = real

    def get(self, sha256: str) -> bytes:
        return self._real.get(sha256)

    def put(self, data: bytes) -> str:
        raise OSError("disk full")


def _sabotage(step: str, deps: Deps, database_url: str, folder: Path) -> Deps:
    if step == "file":
        return replace(deps, files=_FullDisk(deps.files, folder))
    return replace(deps, sessions=FailingCommit(database_url))


@pytest.mark.parametrize("step", ["file", "commit"])
def test_a_failure_at_any_step_takes_no_number_and_leaves_no_row(
    deps: Deps, database_url: str, tmp_path: Path, step: str
):
    receipt = deposited(deps)
    broken = _sabotage(step, deps, database_url, tmp_path)

    with pytest.raises(OSError, match=r"failed|full"):
        issue_document(an_issue_of(receipt), actor=an_actor(), deps=broken)

    broken.sessions.dispose()
    _assert_untouched(deps)
    assert issue_document(an_issue_of(receipt), actor=an_actor(), deps=deps).number == 1


def test_a_document_that_cannot_be_stamped_takes_no_number(deps: Deps, tmp_path: Path):
    receipt = deposited(deps)
    damage(tmp_path, receipt.sha256)

    with pytest.raises(FileDamaged, match="không còn nguyên vẹn"):
        issue_document(an_issue_of(receipt), actor=an_actor(), deps=deps)

    _assert_untouched(deps)


def _assert_untouched(deps: Deps) -> None:
    assert [row.state for row in rows(deps, DocumentRow)] == ["draft"]
    for table in (RegisterYearRow, LedgerRow, DeliveryRow, DeliveryEventRow):
        assert count(deps, table) == 0
    assert (count(deps, VersionRow), count(deps, OutboxRow)) == (1, 1)


def test_fifty_issues_at_once_take_the_numbers_one_to_fifty(deps: Deps):
    receipts = [deposited(deps) for _ in range(50)]

    def issue(receipt: Any) -> int:
        return issue_document(an_issue_of(receipt), actor=an_actor(), deps=deps).number

    with ThreadPoolExecutor(50) as pool:
        numbers = list(pool.map(issue, receipts))

    assert sorted(numbers) == list(range(1, 51))
    assert sorted(row.sequence for row in rows(deps, LedgerRow)) == list(range(1, 51))


def test_two_clerks_who_issue_one_document_at_once_give_it_one_number(deps: Deps):
    receipt = deposited(deps)

    def issue(key: str) -> str:
        try:
            command = an_issue_of(receipt, key=key)
            return issue_document(command, actor=an_actor(), deps=deps).text
        except Conflict:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(issue, ("first", "second")))

    assert outcomes == ["01/BC-TĐKT", "refused"]


def test_what_comes_after_the_commit_cannot_undo_it(deps: Deps, converter: FakeConverter):
    converter.is_down = True

    receipt = issued(deps)

    assert receipt.number == 1
    assert [row.sent_at for row in rows(deps, OutboxRow)] == [None, None]


def test_the_preview_shows_exactly_what_is_then_stamped(deps: Deps):
    receipt = deposited(deps)
    intent = IssueIntent(version_id=receipt.version_id, issued_on=date(2024, 1, 5))

    choices = choices_for_issue(receipt.document_id, actor=an_actor(), deps=deps)
    preview = preview_issue(receipt.document_id, intent, actor=an_actor(), deps=deps)
    done = issue_document(an_issue_of(receipt), actor=an_actor(), deps=deps)

    assert choices.series[0].next_text == preview.series.next_text == done.text
    printed = [texts[0] for texts in tags(deps.files.get(done.sha256)).values()]
    assert [text for _, text in preview.stamped] == printed


def test_the_preview_refuses_what_issuing_would_refuse(deps: Deps):
    receipt, other = deposited(deps), deposited(deps)
    bad_day = IssueIntent(version_id=receipt.version_id, issued_on=date(2025, 1, 1))
    foreign = IssueIntent(version_id=other.version_id, issued_on=date(2024, 1, 5))

    for intent in (bad_day, foreign):
        with pytest.raises(InvalidInput):
            preview_issue(receipt.document_id, intent, actor=an_actor(), deps=deps)
    done = issued(deps)
    with pytest.raises(Conflict, match="đã ban hành"):
        choices_for_issue(done.document_id, actor=an_actor(), deps=deps)


def test_numbers_of_two_offices_do_not_touch(deps: Deps):
    open_register(definitions(PROFILE)[0], office_id=NEIGHBOUR, deps=deps)

    assert (issued(deps).number, issued(deps, actor=an_actor(NEIGHBOUR)).number) == (1, 1)
