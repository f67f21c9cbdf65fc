import io
import re
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from kernel.auth.principal import Role
from kernel.contracts.renditions import RenditionOutcome
from services.archive.persistence.models import DocumentRow, RegisterYearRow, VersionRow
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.rendering import RecordRendition, record_rendition
from tests.builders.archive import COMMUNE, NEIGHBOUR, OTHER_DISTRICT, a_draft, a_person
from tests.support.archive import count, deposited, issued, rows
from tests.support.pages import PageClient


def _fields(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form with that action, as a browser would send them."""
    form = BeautifulSoup(html, "html.parser").find("form", action=re.compile(f"{action}$"))
    assert form is not None, f"no form to {action}"
    return {
        str(field["name"]): str(field["value"])
        for field in form.find_all("input", type="hidden")
        if field["name"] != "csrf_token"
    }


def _alerts(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    return " ".join(item.get_text(" ", strip=True) for item in page.select("[role=alert]"))


def _issue_by_pages(clerk: PageClient, receipt: Any, **chosen: str) -> Any:
    path = f"/documents/{receipt.document_id}/issue"
    query = {"version_id": str(receipt.version_id), "issued_on": "2024-01-05", **chosen}
    preview = clerk.get(f"{path}/confirm", query_string=query)
    assert preview.status_code == 200, _alerts(preview.text)
    return clerk.post(path, _fields(preview.text, "/issue"))


def test_each_reader_is_sent_to_his_own_list(clerk: PageClient, superior: PageClient):
    assert clerk.get("/").location == "/documents"
    assert superior.get("/").location == "/inbox"


def test_nobody_reads_without_signing_in(app: Flask):
    response = PageClient(app).get("/documents")

    assert response.status_code == 302
    assert response.location.startswith("/intake/sign-in?next=")


def test_empty_lists_say_what_to_do_next(clerk: PageClient, superior: PageClient):
    assert "Soạn văn bản" in clerk.get("/documents").text
    assert "nơi nhận" in superior.get("/inbox").text
    assert "xem tất cả" in clerk.get("/documents?q=khong+co").text
    assert "xem tất cả" in superior.get("/inbox?q=khong+co").text


def test_a_clerk_goes_from_the_list_to_the_issued_number(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)

    listed = clerk.get("/documents?q=tong+ket")
    shown = clerk.get(f"/documents/{receipt.document_id}")
    choices = clerk.get(f"/documents/{receipt.document_id}/issue")
    done = _issue_by_pages(clerk, receipt)
    issued_page = clerk.get(done.location)

    assert str(receipt.document_id) in listed.text
    assert "Đang tạo PDF" in shown.text
    assert "01/BC-TĐKT" in choices.text
    assert done.status_code == 303
    assert "Đã ban hành số 01/BC-TĐKT." in issued_page.text
    assert "Ban Thi đua - Khen thưởng huyện Định Hóa" in issued_page.text


def test_the_confirmation_shows_what_will_be_stamped(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)
    query = {"version_id": str(receipt.version_id), "issued_on": "2024-01-05"}

    preview = clerk.get(f"/documents/{receipt.document_id}/issue/confirm", query_string=query)

    for text in ("01", "BC-TĐKT", "Linh Thông", "ngày 05 tháng 01 năm 2024", receipt.sha256):
        assert text in preview.text
    assert count(deps, RegisterYearRow) == 0


def test_confirming_twice_gives_one_number(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}/issue"
    query = {"version_id": str(receipt.version_id), "issued_on": "2024-01-05"}
    form = _fields(clerk.get(f"{path}/confirm", query_string=query).text, "/issue")

    answers = [clerk.post(path, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [row.next_number for row in rows(deps, RegisterYearRow)] == [2]


def test_a_number_taken_meanwhile_shows_the_preview_again_with_the_next_one(
    clerk: PageClient, deps: Deps
):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}/issue"
    query = {"version_id": str(receipt.version_id), "issued_on": "2024-01-05"}
    form = _fields(clerk.get(f"{path}/confirm", query_string=query).text, "/issue")
    issued(deps)

    again = clerk.post(path, form)
    done = clerk.post(path, _fields(again.text, "/issue"))

    assert again.status_code == 409
    assert "số tiếp theo là 02/BC-TĐKT" in _alerts(again.text)
    assert done.status_code == 303


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"issued_on": "2030-01-01"}, "issued_on"),
        ({"issued_on": ""}, "issued_on"),
        ({"issued_on": "2024-01-02"}, "backdating_reason"),
        ({"version_id": str(uuid4())}, "version_id"),
    ],
)
def test_a_refused_choice_stays_typed_with_its_error_beside_it(
    clerk: PageClient, deps: Deps, chosen: dict[str, str], field: str
):
    issued(deps)
    receipt = deposited(deps)
    query = {
        "version_id": str(receipt.version_id),
        "issued_on": "2024-01-05",
        "backdating_reason": "",
        **chosen,
    }

    response = clerk.get(f"/documents/{receipt.document_id}/issue/confirm", query_string=query)

    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    assert page.find(id=f"e-{field}") is not None
    assert page.find("input", {"name": "issued_on"})["value"] == query["issued_on"]  # type: ignore[index]
    assert page.title is not None
    assert page.title.get_text().startswith("Lỗi: ")


def test_a_day_that_became_wrong_after_the_preview_goes_back_to_step_one(
    clerk: PageClient, deps: Deps
):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}/issue"
    query = {"version_id": str(receipt.version_id), "issued_on": "2024-01-05"}
    form = _fields(clerk.get(f"{path}/confirm", query_string=query).text, "/issue")
    other = deposited(deps)
    _issue_by_pages(clerk, other, issued_on="2024-01-09")

    response = clerk.post(path, {**form, "expected_number": "2"})

    assert response.status_code == 422
    assert BeautifulSoup(response.text, "html.parser").find(id="e-backdating_reason")


def test_an_issued_document_cannot_be_issued_again(clerk: PageClient, deps: Deps):
    receipt = issued(deps)

    assert clerk.get(f"/documents/{receipt.document_id}/issue").status_code == 409
    assert "Ban hành</a>" not in clerk.get(f"/documents/{receipt.document_id}").text


def test_a_symbol_without_a_register_is_opened_on_a_page_and_then_issued(
    clerk: PageClient, deps: Deps
):
    receipt = deposited(deps, register_symbol="TB-UBND", document_type="TB")

    refused = clerk.get(f"/documents/{receipt.document_id}/issue")
    opened = clerk.post("/registers", {"symbol": "TB-UBND", "title": "Sổ thông báo"})
    done = _issue_by_pages(clerk, receipt)

    assert (refused.status_code, opened.status_code, done.status_code) == (409, 303, 303)
    assert "01/TB-UBND" in clerk.get(done.location).text


def test_a_wrong_symbol_stays_typed_with_its_error(clerk: PageClient, deps: Deps):
    response = clerk.post("/registers", {"symbol": "bc tđkt", "title": "Sổ báo cáo"})

    assert response.status_code == 422
    assert 'value="bc tđkt"' in response.text
    assert "Ví dụ đúng" in _alerts(response.text)


def test_a_clerk_uploads_an_edited_draft_and_is_told_of_known_bytes(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}/upload"

    def upload() -> str:
        key = _fields(clerk.get(path).text, "/upload")
        file = (io.BytesIO(a_draft("sửa")), "bao-cao.docx")
        done = clerk.post(path, {**key, "file": file})
        assert done.status_code == 303
        return clerk.get(done.location).text

    assert "Đã lưu bản v2" in upload()
    assert "giống hệt bản v2" in upload()
    assert count(deps, VersionRow) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "Chưa chọn tệp"),
        (b"abc", "không phải tệp Word"),
        (a_draft(without=("thidua.place",)), "Địa danh"),
    ],
)
def test_a_refused_upload_says_why_beside_the_field(
    clerk: PageClient, deps: Deps, data: bytes | None, reason: str
):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}/upload"
    form: dict[str, Any] = _fields(clerk.get(path).text, "/upload")
    if data is not None:
        form["file"] = (io.BytesIO(data), "a.docx")

    response = clerk.post(path, form)

    error = BeautifulSoup(response.text, "html.parser").find(id="e-file")
    assert response.status_code == 422
    assert error is not None
    assert reason in error.get_text()


def test_a_failed_pdf_shows_its_reason_and_a_button_to_try_again(
    clerk: PageClient, leader: PageClient, deps: Deps
):
    receipt = deposited(deps)
    outcome = RenditionOutcome(converter="", is_quick_view=False, pages=0, failure="quá 90 giây")
    record_rendition(
        RecordRendition(version_id=receipt.version_id, outcome=outcome, data=None),
        office_id=COMMUNE,
        deps=deps,
    )
    path = f"/documents/{receipt.document_id}"

    failed = clerk.get(path).text
    read_only = leader.get(path).text
    retried = clerk.post(f"/versions/{receipt.version_id}/rendition/retry")

    assert "PDF lỗi: quá 90 giây" in failed
    assert "Thử lại" in failed
    assert "Thử lại" not in read_only
    assert "Đang tạo PDF" in clerk.get(retried.location).text


def test_the_pdf_is_offered_once_it_is_there(clerk: PageClient, deps: Deps):
    receipt = issued(deps)
    path, pdf = f"/documents/{receipt.document_id}", f"/versions/{receipt.version_id}/pdf"
    before = clerk.get(path).text
    record_rendition(
        RecordRendition(
            version_id=receipt.version_id,
            outcome=RenditionOutcome(converter="LibreOffice", is_quick_view=False, pages=3),
            data=b"%PDF-1.7",
        ),
        office_id=COMMUNE,
        deps=deps,
    )

    after = clerk.get(path).text
    got = clerk.get(pdf)

    assert pdf not in before
    assert pdf in after
    assert "PDF, 3 trang" in after
    assert (got.data, got.mimetype) == (b"%PDF-1.7", "application/pdf")


def test_a_pdf_with_the_wrong_fonts_says_what_is_wrong_and_how_to_mend_it(
    clerk: PageClient, deps: Deps
):
    receipt = deposited(deps)
    notice = "Máy tạo PDF không có phông Times New Roman: dòng và trang có thể ngắt khác."
    outcome = RenditionOutcome(converter="LibreOffice", is_quick_view=False, pages=3, notice=notice)
    command = RecordRendition(version_id=receipt.version_id, outcome=outcome, data=b"%PDF-1.7")
    record_rendition(command, office_id=COMMUNE, deps=deps)

    page = clerk.get(f"/documents/{receipt.document_id}").text

    assert notice in page
    assert "PDF, 3 trang" in page
    assert "Yêu cầu tạo lại" in page


def test_a_leader_reads_and_has_no_way_to_write(leader: PageClient, deps: Deps):
    receipt = deposited(deps)
    path = f"/documents/{receipt.document_id}"

    page = leader.get(path)

    assert page.status_code == 200
    assert "/upload" not in page.text
    assert leader.get(f"{path}/issue").status_code == 403
    assert leader.post(f"{path}/issue").status_code == 403
    assert leader.get(f"{path}/upload").status_code == 403
    assert "Mở sổ mới" not in leader.get("/registers").text


def test_the_register_shows_its_numbers(clerk: PageClient, deps: Deps):
    issued(deps)
    register_id = rows(deps, RegisterYearRow)[0].register_id

    assert "Năm 2024 (1 số)" in clerk.get("/registers").text
    assert "01/BC-TĐKT" in clerk.get(f"/registers/{register_id}/2024").text
    assert "Năm này chưa cấp số nào" in clerk.get(f"/registers/{register_id}/2020").text


def test_a_superior_opens_downloads_and_acknowledges(
    superior: PageClient, clerk: PageClient, deps: Deps
):
    receipt = issued(deps)
    path = f"/inbox/{receipt.document_id}"

    inbox = superior.get("/inbox?q=tong+ket")
    page = superior.get(path)
    superior.get(f"/versions/{receipt.version_id}/docx")
    done = superior.post(f"{path}/acknowledge", _fields(page.text, "/acknowledge"))
    after = superior.get(done.location)
    sender = clerk.get(f"/documents/{receipt.document_id}")

    assert "01/BC-TĐKT" in inbox.text
    assert "UBND xã Linh Thông" in inbox.text
    assert "Đã xác nhận nhận văn bản lúc" in after.text
    for word in ("Đã mở", "Đã tải về", "Đã xác nhận", "Trần Văn Huyện"):
        assert word in sender.text


def test_wrong_filters_stay_typed_with_their_error(clerk: PageClient, superior: PageClient):
    for reader, path in ((clerk, "/documents"), (superior, "/inbox")):
        response = reader.get(f"{path}?q=abc&year=hai")

        assert response.status_code == 422
        assert 'id="e-year"' in response.text
        assert 'value="hai"' in response.text


def test_what_is_not_yours_does_not_exist(app: Flask, superior: PageClient, deps: Deps):
    receipt, draft = issued(deps), deposited(deps)
    stranger = PageClient(app, a_person(Role.SUPERIOR, OTHER_DISTRICT))
    neighbour = PageClient(app, a_person(Role.CLERK, NEIGHBOUR))

    answers = [
        stranger.get(f"/inbox/{receipt.document_id}"),
        stranger.post(f"/inbox/{receipt.document_id}/acknowledge", {"key": "k"}),
        superior.get(f"/inbox/{draft.document_id}"),
        superior.get(f"/versions/{draft.version_id}/docx"),
        neighbour.get(f"/documents/{receipt.document_id}"),
        neighbour.post(f"/versions/{draft.version_id}/rendition/retry"),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_lists_continue_on_further_pages(clerk: PageClient, superior: PageClient, deps: Deps):
    for _ in range(21):
        issued(deps)

    for reader, path in ((clerk, "/documents"), (superior, "/inbox")):
        first = BeautifulSoup(reader.get(f"{path}?q=thi").text, "html.parser")
        following = first.find("a", rel="next")
        assert following is not None
        second = reader.get(str(following["href"]))
        assert "Về đầu danh sách" in second.text
        assert "q=thi" in str(following["href"])
    assert count(deps, DocumentRow) == 21
