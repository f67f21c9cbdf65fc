import hashlib
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import docx
import pytest

from kernel.errors import Conflict
from ooxml.text import plain_text
from services.assembler.domain.jobs import (
    TOO_SLOW,
    UNEXPECTED,
    JobState,
)
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.templates import Placeholder
from services.assembler.use_cases.assembling import assemble
from services.assembler.use_cases.reconciling import reconcile
from services.assembler.use_cases.running import record_crash
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, FakeIntake, a_job, away
from tests.builders.dossiers import a_dossier


def run(job, deps, worker="worker-a"):
    assemble(job.id, worker=worker, deps=deps)
    return view_job(job.id, office_id=OFFICE, deps=deps)


def test_a_draft_is_made_and_deposited_with_all_that_issuing_needs(deps):
    job = a_job(deps)

    ended = run(job, deps)

    deposit, document = deps.archive.drafts[job.id]
    assert (ended.state, ended.progress, ended.result.version) == (JobState.DONE, 100, 1)
    assert deposit.document_key == "2023:summary_report"
    assert (deposit.document_type, deposit.register_symbol) == ("BC", "BC-TĐKT")
    assert deposit.sha256 == ended.result.sha256 == hashlib.sha256(document).hexdigest()
    assert (deposit.dossier_id, deposit.dossier_sha256) == (job.dossier_id, job.dossier_sha256)
    assert "năm 2023" in deposit.subject
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(document)).paragraphs]
    assert any("Linh Thông" in text for text in texts)


@pytest.mark.parametrize(
    ("kind", "document_type", "symbol", "power", "addressees"),
    [
        ("advanced_worker_decision", "QĐ", "QĐ-UBND", "", 0),
        ("submission_letter", "TTr", "TTr-UBND", "TM. ỦY BAN NHÂN DÂN", 2),
        ("cover_letter", "Công văn", "UBND-VX", "TM. ỦY BAN NHÂN DÂN", 1),
    ],
)
def test_each_kind_is_deposited_for_its_register_signer_and_addressees(
    deps, kind, document_type, symbol, power, addressees
):
    job = a_job(deps, kind=kind)

    ended = run(job, deps)

    deposit, _ = deps.archive.drafts[job.id]
    assert (ended.state, deposit.blockers) == (JobState.DONE, ())
    assert (deposit.document_type, deposit.register_symbol) == (document_type, symbol)
    assert deposit.signer.power == power
    assert sum(one.is_addressee for one in deposit.recipients) == addressees


def test_minutes_are_made_of_today_s_dossier_and_delivered_to_nobody_else(deps):
    job = a_job(deps, kind="council_minutes")

    ended = run(job, deps)

    deposit, document = deps.archive.drafts[job.id]
    assert ended.state is JobState.DONE
    assert (deposit.document_type, deposit.register_symbol) == ("BB", "BB-TĐKT")
    assert [one.is_file_copy for one in deposit.recipients] == [True]
    assert "…… cá nhân" in plain_text(document)


def test_running_a_finished_job_again_changes_nothing(deps):
    job = a_job(deps)
    first = run(job, deps)

    assert run(job, deps, worker="worker-b") == first
    assert len(deps.archive.drafts) == 1


def test_a_worker_lost_after_the_deposit_leaves_one_draft(deps):
    job = a_job(deps)
    deps.archive.before_answering = crash_once()
    with pytest.raises(Killed):
        run(job, deps)
    deps.now.pass_seconds(151)

    ended = run(job, deps, worker="worker-b")

    assert (ended.state, ended.attempt) == (JobState.DONE, 2)
    assert len(deps.archive.drafts) == 1


def test_a_worker_that_was_given_up_cannot_finish_the_job_of_its_successor(deps):
    job = a_job(deps)

    def let_another_take_over():
        deps.archive.before_answering = lambda: None
        deps.now.pass_seconds(151)
        with deps.database.begin() as session:
            JobQueue(session).claim(
                job.id, worker="worker-b", now=deps.now(), patience=deps.patience
            )

    deps.archive.before_answering = let_another_take_over

    assert run(job, deps).state is JobState.RUNNING


@pytest.mark.parametrize("failure", [away(), Conflict("Văn bản này đã ban hành.")])
def test_nor_can_it_record_a_failure(deps, failure):
    job = a_job(deps)

    def let_another_finish():
        deps.archive.before_answering = lambda: None
        deps.now.pass_seconds(151)
        assemble(job.id, worker="worker-b", deps=deps)
        deps.archive.failure = failure

    deps.archive.before_answering = let_another_finish

    ended = run(job, deps)

    assert (ended.state, ended.reason) == (JobState.DONE, "")


def test_without_the_archive_the_job_waits_and_is_done_later(deps):
    job = a_job(deps)
    deps.archive.failure = away()
    waiting = run(job, deps)
    assert (waiting.state, waiting.reason) == (JobState.QUEUED, deps.archive.failure.detail)

    deps.archive.failure = None
    deps.now.pass_seconds(31)
    reconcile(deps=deps)
    ended = run(job, deps)

    assert deps.messenger.woken == [job.id, job.id]
    assert (ended.state, ended.reason) == (JobState.DONE, "")


def test_a_service_that_stays_away_fails_the_job_in_the_end(deps):
    job = a_job(deps)
    deps.intake.failure = away("Tiếp nhận")
    for _ in range(4):
        assert run(job, deps).state is JobState.QUEUED
        deps.now.pass_seconds(3_600)

    ended = run(job, deps)

    assert (ended.state, ended.attempt) == (JobState.FAILED, 5)
    assert ended.reason == deps.intake.failure.detail


def test_the_archives_refusal_is_shown_in_its_own_words(deps):
    job = a_job(deps)
    deps.archive.failure = Conflict("Văn bản này đã ban hành, không nhận dự thảo mới.")

    ended = run(job, deps)

    assert (ended.state, ended.reason) == (JobState.FAILED, deps.archive.failure.detail)


def test_errors_found_do_not_stop_the_draft_but_mark_it(deps):
    without_nominee = a_dossier(
        sectors=tuple(replace(it, nominations=()) for it in a_dossier().content.sectors)
    )
    deps = replace(deps, intake=FakeIntake(without_nominee))
    job = a_job(deps, kind="commendation_decision")

    ended = run(job, deps)

    assert ended.state is JobState.DONE
    assert ended.blocks_issuing
    assert "decision-without-nominee" in {finding.rule for finding in ended.findings}
    deposit, _ = deps.archive.drafts[job.id]
    assert len(deposit.blockers) == 1


def test_what_cannot_be_composed_fails_with_a_sentence(deps):
    content = a_dossier().content
    homeless = a_dossier(office=replace(content.office, issuing_bodies=()))
    deps = replace(deps, intake=FakeIntake(homeless))
    job = a_job(deps)

    ended = run(job, deps)

    assert ended.state is JobState.FAILED
    assert ended.reason.startswith("Không soạn được văn bản từ hồ sơ này")


def test_data_without_what_the_manifest_promises_fails_with_its_path(deps):
    job = a_job(deps)

    ended = run(job, replace(deps, templates=_Promising(deps.templates)))

    assert ended.state is JobState.FAILED
    assert ended.reason == "Giá trị “awards.rows[0].medal”: thiếu giá trị này."
    assert deps.archive.drafts == {}


class _Promising:
    """The shipped templates, whose manifests declare a value that nobody composes."""

    def __init__(self, templates):
        self._templates = templates

    def get(self, kind):
        template = self._templates.get(kind)
        medal = Placeholder(path="awards.rows[].medal", type="text", label="Huân chương")
        declared = (*template.manifest.placeholders, medal)
        return replace(template, manifest=replace(template.manifest, placeholders=declared))


def test_another_dossier_than_the_frozen_one_is_refused(deps):
    job = a_job(deps)
    deps.intake.held = replace(deps.intake.held, sha256="f" * 64)

    assert "không khớp" in run(job, deps).reason


def test_a_crash_is_recorded_and_the_job_tried_again_after_a_pause(deps):
    job = a_job(deps)
    deps.archive.before_answering = crash_once()
    with pytest.raises(Killed):
        run(job, deps)

    record_crash(job.id, worker="worker-a", reason=UNEXPECTED, may_repeat=True, deps=deps)

    waiting = view_job(job.id, office_id=OFFICE, deps=deps)
    assert (waiting.state, waiting.reason) == (JobState.QUEUED, UNEXPECTED)
    deps.now.pass_seconds(15)
    assert run(job, deps).state is JobState.DONE


def test_a_job_over_the_time_limit_is_failed_and_may_be_retried_by_hand(deps):
    job = a_job(deps)
    deps.archive.before_answering = crash_once()
    with pytest.raises(Killed):
        run(job, deps)

    record_crash(job.id, worker="worker-a", reason=TOO_SLOW, may_repeat=False, deps=deps)

    ended = view_job(job.id, office_id=OFFICE, deps=deps)
    assert (ended.state, ended.reason) == (JobState.FAILED, TOO_SLOW)


def test_a_crash_of_a_worker_that_holds_nothing_is_not_recorded(deps):
    job = a_job(deps)

    record_crash(job.id, worker="worker-a", reason=UNEXPECTED, may_repeat=True, deps=deps)

    assert view_job(job.id, office_id=OFFICE, deps=deps).reason == ""


def test_an_unknown_job_is_nobodys(deps):
    assemble(uuid4(), worker="worker-a", deps=deps)

    assert deps.archive.drafts == {}


class Killed(BaseException):
    """As sudden as a signal."""


def crash_once():
    calls = []

    def crash():
        calls.append(1)
        if len(calls) == 1:
            raise Killed

    return crash
