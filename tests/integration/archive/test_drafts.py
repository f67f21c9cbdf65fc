import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kernel.errors import Conflict, InvalidInput, NotFound
from services.archive.persistence.models import DocumentRow, RecipientRow, VersionRow
from services.archive.use_cases.depositing import deposit_draft
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.finding import show_document
from services.archive.use_cases.uploading import UploadVersion, upload_version
from tests.builders.archive import COMMUNE, NEIGHBOUR, a_deposit_of, a_draft, an_actor
from tests.support.archive import FakeConverter, count, deposited, issued, rows


def test_a_deposit_makes_a_document_and_its_pdf_is_asked_for(deps: Deps, converter: FakeConverter):
    receipt = deposited(deps)

    document = show_document(receipt.document_id, actor=an_actor(), deps=deps).document
    assert (receipt.version, document.office_name) == (1, "UBND xã Linh Thông")
    assert [(office, ask.version_id) for office, ask in converter.asked] == [
        (COMMUNE, receipt.version_id)
    ]


def test_the_same_deposit_again_gives_the_same_receipt(deps: Deps):
    command = a_deposit_of()

    first = deposit_draft(command, office_id=COMMUNE, deps=deps)
    again = deposit_draft(command, office_id=COMMUNE, deps=deps)

    assert first == again
    assert count(deps, VersionRow) == 1


def test_the_same_deposit_twice_at_once_makes_one_version(deps: Deps):
    command, together = a_deposit_of(), threading.Barrier(4)

    def deposit(_: int) -> object:
        together.wait()
        return deposit_draft(command, office_id=COMMUNE, deps=deps)

    with ThreadPoolExecutor(4) as pool:
        receipts = set(pool.map(deposit, range(4)))

    assert (len(receipts), count(deps, DocumentRow), count(deps, VersionRow)) == (1, 1, 1)


def test_other_bytes_under_the_same_key_are_a_conflict(deps: Deps):
    deposit_draft(a_deposit_of(key="k"), office_id=COMMUNE, deps=deps)

    with pytest.raises(Conflict, match="tệp khác"):
        deposit_draft(a_deposit_of(a_draft("khác"), key="k"), office_id=COMMUNE, deps=deps)


def test_a_second_deposit_of_a_document_becomes_its_next_version(deps: Deps):
    first = deposited(deps, document_key="k")

    second = deposited(deps, document_key="k", data=a_draft("lần hai"), subject="Trích yếu mới")

    document = show_document(first.document_id, actor=an_actor(), deps=deps).document
    assert (second.document_id, second.version) == (first.document_id, 2)
    assert document.facts.subject == "Trích yếu mới"
    assert [version.ordinal for version in document.versions] == [2, 1]
    assert [row.ordinal for row in rows(deps, RecipientRow)] == [1, 2, 3]


def test_the_same_key_in_two_offices_is_two_documents(deps: Deps):
    command = a_deposit_of()

    mine = deposit_draft(command, office_id=COMMUNE, deps=deps)
    theirs = deposit_draft(command, office_id=NEIGHBOUR, deps=deps)

    assert mine.document_id != theirs.document_id


def test_an_issued_document_takes_no_more_drafts_but_repeats_its_receipt(deps: Deps):
    command = a_deposit_of(document_key="k")
    receipt = deposit_draft(command, office_id=COMMUNE, deps=deps)
    issued(deps, document_key="k", data=a_draft("duyệt"))

    assert deposit_draft(command, office_id=COMMUNE, deps=deps) == receipt
    with pytest.raises(Conflict, match="đã ban hành số 01/BC-TĐKT"):
        deposited(deps, document_key="k", data=a_draft("muộn"))


def test_a_deposit_whose_hash_does_not_fit_is_refused(deps: Deps):
    command = replace(a_deposit_of(), data=a_draft("khác"))

    with pytest.raises(InvalidInput) as refused:
        deposit_draft(command, office_id=COMMUNE, deps=deps)

    assert refused.value.errors[0].pointer == "#/sha256"
    assert count(deps, DocumentRow) == 0


def test_a_deposit_without_its_boxes_is_refused_and_leaves_no_trace(deps: Deps):
    command = a_deposit_of(a_draft(without=("thidua.date",)))

    with pytest.raises(InvalidInput, match="Ngày ban hành"):
        deposit_draft(command, office_id=COMMUNE, deps=deps)

    assert count(deps, DocumentRow) == 0


def test_an_upload_becomes_the_next_version_with_its_author_and_its_source(deps: Deps):
    receipt = deposited(deps)
    command = UploadVersion(document_id=receipt.document_id, data=a_draft("sửa"), key="u1")

    uploaded = upload_version(command, actor=an_actor(), deps=deps)

    latest = show_document(receipt.document_id, actor=an_actor(), deps=deps).document.latest
    assert (uploaded.version, uploaded.is_new, latest.id) == (2, True, uploaded.version_id)
    assert (latest.author, latest.source_version_id) == ("Nguyễn Thị Văn Thư", receipt.version_id)


def test_uploading_known_bytes_makes_no_version_and_says_which_it_is(deps: Deps):
    data = a_draft()
    receipt = deposited(deps, data=data)
    command = UploadVersion(document_id=receipt.document_id, data=data, key="u1")

    uploaded = upload_version(command, actor=an_actor(), deps=deps)

    assert (uploaded.version, uploaded.is_new, count(deps, VersionRow)) == (1, False, 1)


def test_an_upload_sent_twice_answers_the_same_both_times(deps: Deps):
    receipt = deposited(deps)
    command = UploadVersion(document_id=receipt.document_id, data=a_draft("sửa"), key="u1")

    first = upload_version(command, actor=an_actor(), deps=deps)

    assert upload_version(command, actor=an_actor(), deps=deps) == first


def test_an_uploads_key_is_not_good_for_another_file_or_document(deps: Deps):
    receipt = deposited(deps)
    other = deposited(deps)
    command = UploadVersion(document_id=receipt.document_id, data=a_draft("sửa"), key="u1")
    upload_version(command, actor=an_actor(), deps=deps)

    for again in (
        replace(command, data=a_draft("sửa nữa")),  # a form taken back and sent with another file
        replace(command, document_id=other.document_id),
    ):
        with pytest.raises(Conflict, match="tệp khác"):
            upload_version(again, actor=an_actor(), deps=deps)

    assert count(deps, VersionRow) == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"khong phai zip", "không phải tệp Word"),
        (a_draft(without=("thidua.number", "thidua.date")), "Hãy tải lại bản v1"),
    ],
)
def test_an_upload_that_is_no_draft_says_why_and_keeps_nothing(
    deps: Deps, data: bytes, reason: str
):
    receipt = deposited(deps)
    command = UploadVersion(document_id=receipt.document_id, data=data, key="u1")

    with pytest.raises(InvalidInput, match=reason) as refused:
        upload_version(command, actor=an_actor(), deps=deps)

    assert refused.value.errors[0].pointer == "#/file"
    assert count(deps, VersionRow) == 1


def test_an_upload_to_an_issued_or_foreign_document_is_refused(deps: Deps):
    done, draft = issued(deps), deposited(deps)

    with pytest.raises(Conflict, match="không nhận thêm bản mới"):
        upload_version(
            UploadVersion(document_id=done.document_id, data=a_draft("x"), key="u"),
            actor=an_actor(),
            deps=deps,
        )
    with pytest.raises(NotFound):
        upload_version(
            UploadVersion(document_id=draft.document_id, data=a_draft("x"), key="u"),
            actor=an_actor(NEIGHBOUR),
            deps=deps,
        )
