from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from services.assembler.app import create_app
from services.assembler.domain.jobs import JobState
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases.printing import print_batch, request_print
from services.assembler.use_cases.watching import list_jobs
from tests.builders.assembler import NEIGHBOUR, OFFICE, FakeIntake, a_person, away
from tests.builders.batches import (
    BRITTLE,
    CERTIFICATE,
    NUISANCE,
    a_batch,
    a_dossier_of,
    a_library,
    decisions,
    made,
    people,
    seen,
)
from tests.builders.dossiers import a_dossier, a_nomination, a_sector
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

FORM = "/batches/new/certificates"


@pytest.fixture
def deps(deps, tmp_path):
    intake = FakeIntake(a_dossier_of("An Một", NUISANCE, "Bình Hai"))
    return replace(deps, templates=a_library(tmp_path / "templates", BRITTLE), intake=intake)


@pytest.fixture
def app(deps, tmp_path, kernel_settings):
    return create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)


@pytest.fixture
def clerk(app):
    return PageClient(app, a_person())


@pytest.fixture
def leader(app):
    return PageClient(app, a_person(Role.LEADER))


def soup_of(page):
    return BeautifulSoup(page.text, "html.parser")


def text_of(page):
    return " ".join(soup_of(page).get_text(" ").split())


def form_of(page, button, **changes):
    """Return action and data of the form with this button, as a browser would send it."""
    found = next(it for it in soup_of(page).find_all("button") if it.text.strip() == button)
    form = found.find_parent("form")
    data = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }
    for choice in form.find_all("select"):
        chosen = choice.find("option", selected=True) or choice.find("option")
        data[choice["name"]] = chosen["value"]
    return form["action"], {**data, **changes}


def filled(clerk, **changes):
    usual = {"kind": CERTIFICATE, "on": "15/01/2024", "decision_number": "12/QĐ-UBND"}
    return form_of(clerk.get(FORM), "Làm giấy khen", **(usual | changes))


def jobs_of(deps):
    return list_jobs(office_id=OFFICE, before=None, deps=deps).jobs


def test_the_desk_leads_to_the_certificates_and_the_decisions_of_a_period(clerk):
    desk = soup_of(clerk.get("/"))

    links = [
        link["href"]
        for name in ("Làm giấy khen hàng loạt", "Soạn các quyết định của kỳ")
        for link in desk.find_all("a", string=name)
    ]

    pages = [soup_of(clerk.get(link)) for link in links]
    assert [page.h1.text for page in pages] == [
        "Làm giấy khen hàng loạt",
        "Soạn các quyết định của kỳ",
    ]


def test_the_desk_does_not_offer_certificates_among_the_documents_of_a_dossier(clerk):
    kinds = {option["value"] for option in soup_of(clerk.get("/")).select("#f-kind option")}

    assert "summary_report" in kinds
    assert CERTIFICATE not in kinds


def test_the_clerk_asks_for_certificates_and_follows_the_batch(clerk, deps):
    action, data = filled(clerk, first_entry="5", on_stock="true")

    answer = clerk.post(action, data)

    (job,) = jobs_of(deps)
    assert (answer.status_code, answer.location) == (303, f"/batches/{job.id}")
    page = clerk.get(answer.location)
    assert "Đang chờ máy soạn thảo" in text_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert "Số vào sổ đầu tiên 5" in text_of(page)
    assert "phôi có sẵn" in text_of(page)


def test_a_double_click_makes_one_batch(clerk, deps):
    action, data = filled(clerk)

    first, second = clerk.post(action, data), clerk.post(action, data)

    assert first.location == second.location
    assert len(jobs_of(deps)) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("period_id", ""),
        ("kind", "no_such_kind"),
        ("kind", "summary_report"),
        ("on", "31/02/2024"),
        ("on", "01/01/2001"),
        ("decision_number", "x" * 51),
        ("decision_number", "12\u202e/QĐ"),
        ("first_entry", "năm"),
        ("first_entry", "0"),
        ("first_entry", "9" * 5_000),
        ("on_stock", "chắc"),
    ],
)
def test_what_is_wrong_stands_next_to_its_field_and_the_rest_is_kept(clerk, deps, field, value):
    action, data = filled(clerk, **{"first_entry": "7", field: value})

    answer = clerk.post(action, data)

    page = soup_of(answer)
    place = {"on": "kind"}.get(field, field) if value == "01/01/2001" else field
    assert answer.status_code == 422
    assert page.title.text.startswith("Lỗi: ")
    assert page.find(id=f"e-{place}").text
    assert page.find("input", {"name": "idempotency_key"})["value"] == data["idempotency_key"]
    assert page.find(id="f-decision_number")["value"] == data["decision_number"]
    assert page.find(id="f-first_entry")["value"] == data["first_entry"]
    assert jobs_of(deps) == []


def test_a_period_without_awardees_is_told_at_its_kind(clerk, deps):
    action, data = filled(clerk)
    deps.intake.held = a_dossier_of()

    answer = clerk.post(action, data)

    assert answer.status_code == 422
    assert "chưa có ai được đề nghị" in soup_of(answer).find(id="e-kind").text


def test_what_was_filled_in_survives_intakes_absence(clerk, deps):
    action, data = filled(clerk, first_entry="9", on_stock="true")
    deps.intake.failure = away("Tiếp nhận")

    answer = clerk.post(action, data)

    assert answer.status_code == 503
    _, kept = form_of(answer, "Làm giấy khen")
    assert {**kept, "csrf_token": ""} == {**data, "csrf_token": ""}


def test_a_batch_that_ended_shows_what_failed_and_why_and_what_to_do(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)

    page = clerk.get(f"/batches/{batch.job.id}")

    assert "2 xong, 1 lỗi." in text_of(page)
    failed = soup_of(page).find(id="failed").find_next("ul").find_all("li")
    assert [NUISANCE in it.text and "awardee.nothing" in it.text for it in failed] == [True]
    assert "http-equiv" not in page.text
    assert "Tải một tệp Word" in text_of(page)
    again = soup_of(page).find("a", string="Lập đợt mới từ số liệu hiện tại")
    _, form = form_of(clerk.get(again["href"]), "Làm giấy khen")
    assert (form["decision_number"], form["on"]) == ("12/QĐ-UBND", "15/01/2024")


def test_the_button_queues_only_what_failed(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)
    action, data = form_of(clerk.get(f"/batches/{batch.job.id}"), "Thử lại các mục chưa xong")

    answers = [clerk.post(action, data) for _ in range(2)]

    assert {it.location for it in answers} == {f"/batches/{batch.job.id}"}
    view = seen(batch, deps)
    assert (view.batch.tally.queued, view.batch.tally.done) == (1, 2)
    assert "Đang chờ máy soạn thảo" in text_of(clerk.get(answers[0].location))


def test_a_batch_under_way_shows_how_far_it_is(clerk, deps):
    deps = replace(deps, patience=replace(deps.patience, turn=deps.patience.retry * 0))
    batch = a_batch(deps)
    made(batch, deps)

    page = clerk.get(f"/batches/{batch.job.id}")

    assert "Đã làm 1/3…" in text_of(page)
    assert soup_of(page).find(role="progressbar")["aria-valuenow"] == "33"


def test_the_pdf_is_asked_for_followed_and_taken_on_the_page(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)
    path = f"/batches/{batch.job.id}"
    action, data = form_of(clerk.get(path), "Tạo một tệp PDF của cả đợt")

    assert clerk.post(action, data).location == path
    waiting = clerk.get(path)
    print_batch(seen(batch, deps).printed.id, worker="w", deps=deps)
    page = clerk.get(path)

    assert "Đang chờ máy tạo PDF" in text_of(waiting)
    link = soup_of(page).find("a", string="Tải một tệp PDF (3 trang)")
    assert clerk.get(link["href"]).data == b"%PDF-1.7 fake"


def test_a_pdf_that_failed_shows_its_reason_and_a_button(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)
    deps.converter.failure = ConversionFailed("LibreOffice dừng giữa chừng.")
    print_batch(printed.id, worker="w", deps=deps)

    page = clerk.get(f"/batches/{batch.job.id}")
    action, data = form_of(page, "Thử tạo lại tệp PDF")
    clerk.post(action, data)

    assert "LibreOffice dừng giữa chừng." in text_of(page)
    assert seen(batch, deps).printed.state is JobState.QUEUED


@pytest.mark.parametrize("path", ["documents.zip", "merged.docx", "items/1.docx"])
def test_files_are_attachments_with_vietnamese_names_that_no_cache_keeps(clerk, deps, path):
    batch = a_batch(deps)
    made(batch, deps)

    answers = [clerk.get(f"{base}/batches/{batch.job.id}/{path}") for base in ("", "/api/v1")]

    for answer in answers:
        disposition = answer.headers["Content-Disposition"]
        assert answer.status_code == 200
        assert disposition.startswith("attachment; filename=")
        assert disposition.isascii()
        assert answer.headers["Cache-Control"] == "private, no-store"
        name = unquote(disposition.partition("filename*=UTF-8''")[2])
        assert name in {
            "Giấy khen hàng loạt 12-QĐ-UBND.zip",
            "Giấy khen hàng loạt 12-QĐ-UBND.docx",
            "001-binh-hai-hoi-vien-xom-so-1.docx",
        }
    first, second = [taken(answer) for answer in answers]
    assert first == second


def taken(answer):
    with answer:
        return answer.data


def test_the_jobs_pages_lead_to_the_batch(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)
    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="key-1", deps=deps)

    assert "Giấy khen hàng loạt" in text_of(clerk.get("/"))
    assert "Xong, có mục lỗi" in text_of(clerk.get("/jobs"))
    for job in (batch.job, printed):
        assert clerk.get(f"/jobs/{job.id}").location == f"/batches/{batch.job.id}"


def test_decisions_lead_to_their_drafts(clerk, deps):
    action, data = form_of(
        clerk.get("/batches/new/decisions"), "Soạn các quyết định", on="15/01/2024"
    )
    answer = clerk.post(action, data)
    (job,) = jobs_of(deps)
    batch = decisions(deps, key=data["idempotency_key"], period_id=job.period_id)
    made(batch, deps)

    page = clerk.get(answer.location)

    place = seen(batch, deps).page.items[0].place
    assert f'href="/archive/documents/{place.document_id}"' in page.text
    assert "Tải một tệp Word" not in text_of(page)
    assert "Tải tệp ZIP" in text_of(page)


def test_what_should_be_looked_at_before_it_is_used_says_so(clerk, deps):
    sector = a_sector(nominations=(a_nomination(achievement="Có thành tích rất dài. " * 40),))
    deps.intake.held = replace(a_dossier(), content=replace(a_dossier().content, sectors=(sector,)))
    batch = a_batch(deps)
    made(batch, deps)

    page = text_of(clerk.get(f"/batches/{batch.job.id}"))

    assert page.count("Cần xem lại") == 2
    assert "có thể không vừa một trang" in page


def test_long_batches_are_shown_by_pages(clerk, deps):
    deps.intake.held = a_dossier_of(*people(205))
    batch = a_batch(deps)

    first = clerk.get(f"/batches/{batch.job.id}")
    link = soup_of(first).find("a", string="Tiếp theo")
    second = clerk.get(link["href"])

    shown = [len(soup_of(page).select("[data-item]")) for page in (first, second)]
    assert shown == [200, 5]
    assert soup_of(second).find("a", string="Từ đầu")


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40])
def test_a_strange_page_key_is_no_failure(clerk, deps, after):
    batch = a_batch(deps)

    assert clerk.get(f"/batches/{batch.job.id}?after={after}").status_code == 200


def test_without_a_template_or_a_period_the_form_says_what_to_do(deps, tmp_path, kernel_settings):
    class NoPeriods(FakeIntake):
        def periods(self, *, office_id):
            return []

    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    bare = create_app(settings, replace(deps, templates=TemplateLibrary(tmp_path / "nowhere")))
    early = create_app(settings, replace(deps, intake=NoPeriods()))

    assert "Chưa có mẫu giấy khen" in PageClient(bare, a_person()).get(FORM).text
    assert "Mở một kỳ báo cáo" in PageClient(early, a_person()).get(FORM).text


def test_the_leader_reads_and_takes_but_does_not_ask(leader, deps):
    batch = a_batch(deps)
    made(batch, deps)
    path = f"/batches/{batch.job.id}"
    key = {"idempotency_key": "a-good-key"}

    page = leader.get(path)

    assert soup_of(page).find("main").find("button") is None
    assert taken(leader.get(f"{path}/documents.zip")).startswith(b"PK")
    assert leader.get(FORM).status_code == 403
    for asked in (FORM, f"{path}/retry", f"{path}/pdf"):
        assert leader.post(asked, key).status_code == 403


def test_another_offices_batch_is_not_found(app, deps):
    batch = a_batch(deps)
    made(batch, deps)
    stranger = PageClient(app, a_person(office_id=NEIGHBOUR))
    path = f"/batches/{batch.job.id}"

    for ending in ("", "/documents.zip", "/merged.docx", "/merged.pdf", "/items/1.docx"):
        assert stranger.get(path + ending).status_code == 404
    for ending in ("/retry", "/pdf"):
        assert stranger.post(path + ending, {"idempotency_key": "a-good-key"}).status_code == 404


@pytest.mark.parametrize("role", [Role.SECTOR_OFFICER, Role.SUPERIOR, Role.ADMIN])
def test_nobody_else_enters(app, deps, role):
    batch = a_batch(deps)

    assert PageClient(app, a_person(role)).get(f"/batches/{batch.job.id}").status_code == 403


def test_a_subject_that_is_none_is_not_found(clerk):
    assert clerk.get("/batches/new/letters").status_code == 404
