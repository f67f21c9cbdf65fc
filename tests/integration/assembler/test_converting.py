import hashlib
from uuid import uuid4

import pytest

from kernel.contracts.renditions import ConversionRequest, RenditionOutcome
from kernel.errors import NotFound
from services.assembler.domain.jobs import LOST, JobState
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.use_cases.converting import convert
from services.assembler.use_cases.reconciling import reconcile
from services.assembler.use_cases.requesting import request_conversion
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, away

DOCUMENT = b"a Word document"


@pytest.fixture
def job(deps):
    version_id = uuid4()
    deps.archive.contents[version_id] = DOCUMENT
    sha256 = hashlib.sha256(DOCUMENT).hexdigest()
    command = ConversionRequest(version_id=version_id, sha256=sha256)
    return request_conversion(command, office_id=OFFICE, idempotency_key="a-key", deps=deps)


def run(job, deps):
    convert(job.id, worker="worker-a", deps=deps)
    return view_job(job.id, office_id=OFFICE, deps=deps)


def failure(reason):
    return RenditionOutcome(converter="", is_quick_view=False, pages=0, failure=reason)


def test_the_pdf_is_handed_to_the_archive_with_its_converter(job, deps):
    ended = run(job, deps)

    outcome = RenditionOutcome(converter="LibreOffice 7.4", is_quick_view=False, pages=3)
    assert ended.state is JobState.DONE
    assert deps.archive.outcomes == [(job.version_id, outcome, b"%PDF-1.7 fake")]


def test_what_is_wrong_with_the_fonts_travels_with_the_pdf(job, deps):
    deps.converter.notice = "Máy tạo PDF không có phông Times New Roman."

    run(job, deps)

    assert [outcome.notice for _, outcome, _ in deps.archive.outcomes] == [deps.converter.notice]


def test_a_file_that_cannot_be_converted_fails_alone_and_the_archive_hears_why(job, deps):
    deps.converter.failure = ConversionFailed("LibreOffice không xong trong 60 giây.")

    ended = run(job, deps)

    assert (ended.state, ended.reason) == (JobState.FAILED, "LibreOffice không xong trong 60 giây.")
    assert deps.archive.outcomes == [(job.version_id, failure(ended.reason), None)]


def test_bytes_that_are_not_those_of_the_version_are_not_converted(job, deps):
    deps.archive.contents[job.version_id] = b"other bytes"

    ended = run(job, deps)

    assert ended.state is JobState.FAILED
    assert deps.archive.outcomes == [(job.version_id, failure(ended.reason), None)]


def test_a_failure_that_the_archive_did_not_hear_is_told_again(job, deps):
    deps.converter.failure = ConversionFailed("hỏng")
    deps.converter.failure.add_note("the archive goes away between the two calls")
    original = deps.converter.convert

    def convert_and_lose_the_archive(docx, *, archival):
        deps.archive.failure = away()
        return original(docx, archival=archival)

    deps.converter.convert = convert_and_lose_the_archive
    run(job, deps)
    assert reconcile(deps=deps).told == 0

    deps.archive.failure = None
    deps.now.pass_seconds(30)

    assert reconcile(deps=deps).told == 1
    assert deps.archive.outcomes == [(job.version_id, failure("hỏng"), None)]
    deps.now.pass_seconds(30)
    assert reconcile(deps=deps).told == 0


def test_a_version_that_is_no_more_is_not_told_for_ever(job, deps):
    deps.archive.failure = NotFound("Không có phiên bản này.")

    assert run(job, deps).state is JobState.FAILED

    assert reconcile(deps=deps).told == 0


def test_a_conversion_whose_workers_were_all_lost_is_told_to_the_archive(job, deps):
    for _ in range(5):
        with deps.database.begin() as session:
            JobQueue(session).claim(job.id, worker="lost", now=deps.now(), patience=deps.patience)
        deps.now.pass_seconds(151)

    reconcile(deps=deps)

    assert deps.archive.outcomes == [(job.version_id, failure(LOST), None)]


def test_without_the_archive_the_conversion_waits(job, deps):
    deps.archive.failure = away()

    assert run(job, deps).state is JobState.QUEUED
