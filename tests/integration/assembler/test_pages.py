from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from kernel.contracts.renditions import ConversionRequest
from kernel.errors import Conflict
from services.assembler.app import create_app
from services.assembler.domain.jobs import JobState
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases.assembling import assemble
from services.assembler.use_cases.requesting import request_conversion
from services.assembler.use_cases.running import run_job
from services.assembler.use_cases.watching import list_jobs, view_job
from tests.builders.assembler import (
    NEIGHBOUR,
    OFFICE,
    FakeIntake,
    a_job,
    a_person,
    away,
)
from tests.builders.dossiers import a_dossier
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient


@pytest.fixture
def app(deps, tmp_path, kernel_settings):
    return create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)


@pytest.fixture
def clerk(app):
    return PageClient(app, a_person())


@pytest.fixture
def leader(app):
    return PageClient(app, a_person(Role.LEADER))


def a_form(page, **changes):
    """Return the form of the desk as a browser would send it."""
    soup = BeautifulSoup(page.text, "html.parser")
    form = soup.select_one("main form")
    data = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    for choice in form.find_all("select"):
        chosen = choice.find("option", selected=True) or choice.find("option")
        data[choice["name"]] = chosen["value"]
    return {**data, **changes}


def jobs_of(deps, office_id=OFFICE):
    return list_jobs(office_id=office_id, before=None, deps=deps).jobs


def a_failed_job(deps):
    job = a_job(deps)

    def doing(work, deps):
        raise Conflict("Văn bản này đã ban hành.")

    run_job(job.id, worker="w", doing=doing, deps=deps)
    return job


def text_of(response):
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())


def test_the_clerk_asks_for_a_document_and_follows_its_job(clerk, deps):
    form = a_form(clerk.get("/"), kind="summary_report", on="2024-01-15")

    answer = clerk.post("/jobs", form)

    (job,) = jobs_of(deps)
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.id}")
    page = clerk.get(answer.location)
    assert "Đang chờ máy soạn thảo" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text


def test_a_double_click_makes_one_job(clerk, deps):
    form = a_form(clerk.get("/"))

    first, second = clerk.post("/jobs", form), clerk.post("/jobs", form)

    assert first.location == second.location
    assert len(jobs_of(deps)) == 1


def test_looking_at_the_desk_changes_nothing(clerk, deps):
    clerk.get("/")

    assert (jobs_of(deps), deps.intake.frozen) == ([], 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("period_id", ""),
        ("period_id", "x"),
        ("kind", ""),
        ("kind", "no_such_kind"),
        ("on", ""),
        ("on", "31/02/2024"),
        ("on", "15/01/1024"),
    ],
)
def test_what_is_wrong_stands_next_to_its_field_and_the_rest_is_kept(clerk, deps, field, value):
    usual = {"kind": "summary_report", "on": "2024-01-15"}
    form = a_form(clerk.get("/"), **{**usual, field: value})

    answer = clerk.post("/jobs", form)

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.title.text.startswith("Lỗi: ")
    assert page.find(id=f"e-{field}").text
    assert page.find(id="error-summary").find("a", href=f"#f-{field}")
    assert page.find("input", {"name": "idempotency_key"})["value"] == form["idempotency_key"]
    assert page.find(id="f-on")["value"] == form["on"]
    assert jobs_of(deps) == []


def test_a_day_may_be_typed_as_people_write_it(clerk, deps):
    clerk.post("/jobs", a_form(clerk.get("/"), on="5/1/2024"))

    assert [job.on.isoformat() for job in jobs_of(deps)] == ["2024-01-05"]


def test_the_desk_without_intake_says_so_and_still_lists_jobs(clerk, deps):
    job = a_job(deps)
    deps.intake.failure = away("Tiếp nhận")

    page = clerk.get("/")

    assert page.status_code == 200
    assert "Tiếp nhận tạm thời chưa trả lời" in page.text
    assert str(job.id) in page.text


def test_what_was_filled_in_survives_intakes_absence(clerk, deps):
    form = a_form(clerk.get("/"), kind="summary_report", on="2024-02-03")
    deps.intake.failure = away("Tiếp nhận")

    answer = clerk.post("/jobs", form)

    assert answer.status_code == 503
    assert a_form(answer)["on"] == "2024-02-03"
    assert a_form(answer)["period_id"] == form["period_id"]
    deps.intake.failure = None
    assert clerk.post("/jobs", a_form(answer)).status_code == 303


def test_intakes_refusal_is_shown_on_the_desk(clerk, deps):
    form = a_form(clerk.get("/"))
    deps.intake.refusal_to_freeze = Conflict("Kỳ này chưa có báo cáo nào được duyệt.")

    answer = clerk.post("/jobs", form)

    assert answer.status_code == 409
    assert "chưa có báo cáo nào được duyệt" in answer.text


def test_empty_states_say_what_to_do_next(app, deps, tmp_path, kernel_settings):
    class NoPeriods(FakeIntake):
        def periods(self, *, office_id: UUID) -> list:
            return []

    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    without_periods = create_app(settings, replace(deps, intake=NoPeriods()))
    without_templates = create_app(settings, replace(deps, templates=TemplateLibrary(tmp_path)))

    assert "Chưa soạn văn bản nào" in PageClient(app, a_person()).get("/").text
    assert "Mở một kỳ báo cáo" in PageClient(without_periods, a_person()).get("/").text
    assert "Chưa có mẫu văn bản" in PageClient(without_templates, a_person()).get("/").text
    assert "Chưa có việc nào" in PageClient(app, a_person()).get("/jobs").text


def test_a_finished_job_leads_to_its_draft_and_shows_the_findings(clerk, deps):
    job = a_job(deps)
    assemble(job.id, worker="w", deps=deps)

    page = clerk.get(f"/jobs/{job.id}")

    result = view_job(job.id, office_id=OFFICE, deps=deps).result
    assert f'href="/archive/documents/{result.document_id}"' in page.text
    assert "Dự thảo đã soạn xong" in page.text
    assert "http-equiv" not in page.text


def test_errors_that_block_issuing_are_told_with_how_to_mend_them(app, deps):
    content = a_dossier().content
    sectors = tuple(replace(it, nominations=()) for it in content.sectors)
    deps = replace(deps, intake=FakeIntake(a_dossier(sectors=sectors)))
    job = a_job(deps, kind="commendation_decision")
    assemble(job.id, worker="w", deps=deps)

    page = PageClient(app, a_person()).get(f"/jobs/{job.id}")

    assert "còn lỗi chặn ban hành" in text_of(page)
    assert "Lỗi chặn ban hành" in text_of(page)
    assert "Cách sửa" in text_of(page)


def test_a_failed_job_shows_its_reason_and_a_button_to_try_again(clerk, deps):
    job = a_failed_job(deps)

    page = clerk.get(f"/jobs/{job.id}")
    assert "Văn bản này đã ban hành." in text_of(page)
    answer = clerk.post(f"/jobs/{job.id}/retry", a_form(page))

    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.id}")
    assert view_job(job.id, office_id=OFFICE, deps=deps).state is JobState.QUEUED


def test_a_waiting_job_says_what_it_waits_for_and_until_when(clerk, deps):
    job = a_job(deps)
    deps.archive.failure = away()
    assemble(job.id, worker="w", deps=deps)

    page = clerk.get(f"/jobs/{job.id}")

    assert deps.archive.failure.detail in text_of(page)
    assert "Sẽ tự thử lại lúc 09:00 ngày 15/01/2024" in text_of(page)


def test_a_conversion_has_a_page_too(clerk, deps):
    command = ConversionRequest(version_id=uuid4(), sha256="a" * 64)
    job = request_conversion(command, office_id=OFFICE, idempotency_key="a-key", deps=deps)

    assert "Tạo bản PDF" in clerk.get(f"/jobs/{job.id}").text
    deps.archive.contents[command.version_id] = b"x"
    run_job(job.id, worker="w", doing=lambda work, deps: None, deps=deps)
    assert "Bản PDF đã được tạo" in clerk.get(f"/jobs/{job.id}").text


def test_the_list_pages_through_all_jobs(clerk, deps):
    for _ in range(30):
        deps.now.pass_seconds(1)
        a_job(deps)

    first = clerk.get("/jobs")
    older = BeautifulSoup(first.text, "html.parser").find("a", string="Cũ hơn")
    second = clerk.get(older["href"])

    assert first.text.count('href="/jobs/') == 25
    assert second.text.count('href="/jobs/') == 5
    assert "Mới nhất" in second.text


def test_the_leader_reads_but_cannot_ask(leader, deps):
    job = a_failed_job(deps)

    assert "<main" in leader.get("/").text
    assert "Soạn văn bản mới" not in leader.get("/").text
    assert "Thử lại" not in leader.get(f"/jobs/{job.id}").text
    assert leader.post("/jobs", {"idempotency_key": "a-good-key"}).status_code == 403
    refused = leader.post(f"/jobs/{job.id}/retry", {"idempotency_key": "a-good-key"})
    assert refused.status_code == 403


def test_the_leaders_empty_desk_says_who_acts(leader):
    assert "Văn thư soạn văn bản" in leader.get("/").text


@pytest.mark.parametrize("role", [Role.SECTOR_OFFICER, Role.SUPERIOR, Role.ADMIN])
def test_nobody_else_enters(app, role):
    assert PageClient(app, a_person(role)).get("/").status_code == 403


def test_another_offices_job_is_not_found(app, deps):
    job = a_failed_job(deps)
    stranger = PageClient(app, a_person(office_id=NEIGHBOUR))

    assert stranger.get(f"/jobs/{job.id}").status_code == 404
    retried = stranger.post(f"/jobs/{job.id}/retry", {"idempotency_key": "a-good-key"})
    assert retried.status_code == 404
    assert view_job(job.id, office_id=OFFICE, deps=deps).state is JobState.FAILED


def test_a_visitor_is_led_to_the_sign_in(app):
    assert PageClient(app).get("/").location.startswith("/intake/sign-in?next=")


def test_the_script_is_served_as_a_file_of_its_own(clerk, deps):
    job = a_job(deps)
    page = BeautifulSoup(clerk.get(f"/jobs/{job.id}").text, "html.parser")

    sources = [script["src"] for script in page.find_all("script")]

    script = clerk.get(next(source for source in sources if source.endswith("job.js")))
    assert (script.status_code, script.mimetype) == (200, "text/javascript")
    assert b"follow" in script.get_data()
    script.close()
