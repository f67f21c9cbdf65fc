from datetime import date

import pytest

from kernel.errors import Conflict, NotFound
from services.archive.domain.deliveries import Access, InboxState
from services.archive.domain.listing import Query
from services.archive.domain.registers import definitions
from services.archive.use_cases.depositing import DepositReceipt
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.downloading import Format, download
from services.archive.use_cases.finding import show_document
from services.archive.use_cases.issuing import IssueReceipt
from services.archive.use_cases.receiving import acknowledge, list_inbox, open_received
from services.archive.use_cases.registers import open_register
from tests.builders.archive import (
    NEIGHBOUR,
    OTHER_DISTRICT,
    PROFILE,
    a_draft,
    a_reader,
    an_actor,
)
from tests.support.archive import deposited, issued


def _states(deps: Deps, **filters: object) -> list[InboxState]:
    found = list_inbox(Query(**filters), actor=a_reader(), deps=deps)  # type: ignore[arg-type]
    return [item.delivery.state for item in found.page.items]


def test_an_issued_document_is_new_then_opened_then_acknowledged(deps: Deps):
    receipt = issued(deps)
    seen = [_states(deps)]

    open_received(receipt.document_id, actor=a_reader(), deps=deps)
    seen.append(_states(deps))
    acknowledge(receipt.document_id, key="k", actor=a_reader(), deps=deps)
    seen.append(_states(deps))

    assert seen == [[InboxState.NEW], [InboxState.OPENED], [InboxState.ACKNOWLEDGED]]


def test_each_person_opens_once_and_the_first_time_stands(deps: Deps):
    receipt, first, second = issued(deps), a_reader(name="Người Một"), a_reader(name="Người Hai")

    for reader in (first, second, first):
        opened = open_received(receipt.document_id, actor=reader, deps=deps)

    sent = show_document(receipt.document_id, actor=an_actor(), deps=deps)
    assert opened.delivery.opened_by == "Người Một"
    assert [event.person for event in sent.events if event.kind is Access.OPENED] == [
        "Người Một",
        "Người Hai",
    ]


def test_acknowledging_again_gives_the_first_time_back(deps: Deps):
    receipt = issued(deps)

    first = acknowledge(receipt.document_id, key="k1", actor=a_reader(), deps=deps)
    again = acknowledge(receipt.document_id, key="k2", actor=a_reader(name="Khác"), deps=deps)

    sent = show_document(receipt.document_id, actor=an_actor(), deps=deps)
    assert (again.acknowledged_at, again.acknowledged_by) == (
        first.acknowledged_at,
        first.acknowledged_by,
    )
    assert sent.deliveries[0].acknowledged_at == first.acknowledged_at


def test_one_key_does_not_acknowledge_two_documents(deps: Deps):
    acknowledge(issued(deps).document_id, key="k", actor=a_reader(), deps=deps)

    with pytest.raises(Conflict, match="Mã yêu cầu"):
        acknowledge(issued(deps).document_id, key="k", actor=a_reader(), deps=deps)


def test_each_download_by_the_receiver_is_written_down(deps: Deps):
    receipt = issued(deps)

    for _ in range(2):
        got = download(receipt.version_id, Format.DOCX, actor=a_reader(), deps=deps)

    sent = show_document(receipt.document_id, actor=an_actor(), deps=deps)
    kinds = [event.kind for event in sent.events]
    assert (got.sha256, got.name[:12]) == (receipt.sha256, "01_BC-TĐKT_T")
    assert kinds == [Access.SENT, Access.DOWNLOADED_DOCX, Access.DOWNLOADED_DOCX]
    assert sent.deliveries[0].downloaded_by == "Trần Văn Huyện"


def test_a_pdf_that_is_not_there_is_not_counted_as_downloaded(deps: Deps):
    receipt = issued(deps)

    with pytest.raises(NotFound, match="chưa có"):
        download(receipt.version_id, Format.PDF, actor=a_reader(), deps=deps)

    sent = show_document(receipt.document_id, actor=an_actor(), deps=deps)
    assert sent.deliveries[0].downloaded_at is None


def test_another_district_reaches_nothing(deps: Deps):
    receipt, stranger = issued(deps), a_reader(OTHER_DISTRICT)

    assert list_inbox(Query(), actor=stranger, deps=deps).page.items == ()
    for attempt in (
        lambda: open_received(receipt.document_id, actor=stranger, deps=deps),
        lambda: acknowledge(receipt.document_id, key="k", actor=stranger, deps=deps),
        lambda: download(receipt.version_id, Format.DOCX, actor=stranger, deps=deps),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_draft_reaches_nobody_outside_even_where_it_names_the_district(deps: Deps):
    draft: DepositReceipt = deposited(deps)

    assert list_inbox(Query(), actor=a_reader(), deps=deps).page.items == ()
    with pytest.raises(NotFound):
        open_received(draft.document_id, actor=a_reader(), deps=deps)
    with pytest.raises(NotFound):
        download(draft.version_id, Format.DOCX, actor=a_reader(), deps=deps)


def test_the_receiver_sees_the_issued_version_only(deps: Deps):
    receipt = issued(deps)

    received = open_received(receipt.document_id, actor=a_reader(), deps=deps)

    assert [version.id for version in received.document.versions] == [receipt.version_id]
    draft_id = received.document.latest.source_version_id
    assert draft_id is not None
    with pytest.raises(NotFound):
        download(draft_id, Format.DOCX, actor=a_reader(), deps=deps)


def test_the_inbox_gathers_communes_and_filters_by_each_field(deps: Deps):
    open_register(definitions(PROFILE)[0], office_id=NEIGHBOUR, deps=deps)
    mine = issued(deps, data=a_draft("xóm Bản Chang"))
    theirs: IssueReceipt = issued(
        deps, actor=an_actor(NEIGHBOUR), issuing_body_name="UBND xã Quy Kỳ"
    )

    def ids(**filters: object) -> list[object]:
        query = Query(**filters)  # type: ignore[arg-type]
        found = list_inbox(query, actor=a_reader(), deps=deps).page.items
        return [item.document.id for item in found]

    assert ids() == [theirs.document_id, mine.document_id]
    assert ids(office_id=NEIGHBOUR) == [theirs.document_id]
    assert ids(text="ban chang") == [mine.document_id]
    assert ids(year=2024, document_type="BC", number=1) == ids()
    assert ids(year=2019) == ids(document_type="QĐ") == ids(number=9) == []
    senders = list_inbox(Query(), actor=a_reader(), deps=deps).senders
    assert {sender.name for sender in senders} == {"UBND xã Linh Thông", "UBND xã Quy Kỳ"}


def test_the_inbox_is_filtered_by_state_and_paged_by_key(deps: Deps):
    receipts = [issued(deps, issued_on=date(2024, 1, 5)) for _ in range(22)]
    open_received(receipts[0].document_id, actor=a_reader(), deps=deps)

    first = list_inbox(Query(), actor=a_reader(), deps=deps).page
    second = list_inbox(Query(after=first.next), actor=a_reader(), deps=deps).page

    assert (len(first.items), len(second.items), second.next) == (20, 2, None)
    assert {item.document.id for item in (*first.items, *second.items)} == {
        receipt.document_id for receipt in receipts
    }
    assert _states(deps, state="opened") == [InboxState.OPENED]
    assert _states(deps, state="acknowledged") == []
