from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest

from kernel.contracts.renditions import ConversionRequest
from kernel.errors import Conflict, InvalidInput, NotFound, UpstreamUnavailable
from services.assembler.domain.jobs import JobSort, JobState
from services.assembler.use_cases.requesting import request_conversion, retry_job
from services.assembler.use_cases.running import run_job
from services.assembler.use_cases.watching import list_jobs, view_desk, view_job
from tests.builders.assembler import A_DAY, NEIGHBOUR, OFFICE, a_job, away


def fail(job_id, deps):
    def doing(work, deps):
        raise Conflict("Văn bản này đã ban hành.")

    run_job(job_id, worker="w", doing=doing, deps=deps)


def a_conversion(deps, version_id=None, *, sha256="a" * 64, office_id=OFFICE, key="key-of-call"):
    return request_conversion(
        ConversionRequest(version_id=version_id or uuid4(), sha256=sha256),
        office_id=office_id,
        idempotency_key=key,
        deps=deps,
    )


def test_a_job_is_stored_with_the_frozen_dossier_and_a_worker_is_woken(deps):
    job = a_job(deps)

    stored = view_job(job.id, office_id=OFFICE, deps=deps)
    assert (stored.state, stored.sort) == (JobState.QUEUED, JobSort.ASSEMBLE)
    assert (stored.dossier_id, stored.dossier_sha256) == (
        deps.intake.held.id,
        deps.intake.held.sha256,
    )
    assert (stored.kind, stored.on) == ("summary_report", A_DAY)
    assert deps.messenger.woken == [job.id]


def test_the_same_key_gives_the_same_job_and_freezes_nothing_again(deps):
    first = a_job(deps, key="key-of-form")

    second = a_job(deps, key="key-of-form")

    assert second.id == first.id
    assert (deps.intake.frozen, deps.messenger.woken) == (1, [first.id])


def test_the_same_key_for_another_document_is_refused(deps):
    a_job(deps, key="key-of-form")

    with pytest.raises(Conflict):
        a_job(deps, key="key-of-form", on=date(2024, 2, 1))


def test_a_double_click_in_two_threads_makes_one_job(deps):
    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(lambda _: a_job(deps, key="key-of-form"), range(4)))

    assert len({job.id for job in jobs}) == 1
    assert deps.messenger.woken == [jobs[0].id]


def test_two_offices_may_use_the_same_key(deps):
    assert (
        a_job(deps, key="key-of-form").id != a_job(deps, key="key-of-form", office_id=NEIGHBOUR).id
    )


def test_an_unknown_kind_is_an_error_at_its_field_and_leaves_no_trace(deps):
    with pytest.raises(InvalidInput) as caught:
        a_job(deps, kind="no_such_kind")

    assert [error.pointer for error in caught.value.errors] == ["#/kind"]
    assert (deps.intake.frozen, deps.messenger.woken) == (0, [])


def test_what_each_awardee_gets_is_no_document_to_ask_for(deps):
    with pytest.raises(InvalidInput, match="in riêng cho từng người") as caught:
        a_job(deps, kind="commendation_certificate")

    assert [error.pointer for error in caught.value.errors] == ["#/kind"]
    assert (deps.intake.frozen, deps.messenger.woken) == (0, [])
    offered = {template.kind for template in view_desk(office_id=OFFICE, deps=deps).templates}
    assert "commendation_certificate" not in offered
    assert "commendation_decision" in offered


def test_without_intake_no_job_is_stored(deps):
    deps.intake.failure = away("Tiếp nhận")

    with pytest.raises(UpstreamUnavailable):
        a_job(deps)

    assert list_jobs(office_id=OFFICE, before=None, deps=deps).jobs == []


def test_a_broker_that_is_away_does_not_lose_the_job(deps):
    deps.messenger.is_up = False

    job = a_job(deps)

    assert view_job(job.id, office_id=OFFICE, deps=deps).state is JobState.QUEUED


def test_another_offices_job_is_not_found(deps):
    job = a_job(deps)

    with pytest.raises(NotFound):
        view_job(job.id, office_id=NEIGHBOUR, deps=deps)
    with pytest.raises(NotFound):
        retry_job(job.id, office_id=NEIGHBOUR, idempotency_key="k", deps=deps)


def test_a_failed_job_is_queued_again_with_all_its_attempts(deps):
    job = a_job(deps)
    fail(job.id, deps)

    again = retry_job(job.id, office_id=OFFICE, idempotency_key="first-click", deps=deps)

    assert (again.state, again.attempt, again.reason) == (JobState.QUEUED, 0, "")
    assert deps.messenger.woken == [job.id, job.id]


def test_a_second_click_on_retry_changes_nothing_even_after_another_failure(deps):
    job = a_job(deps)
    fail(job.id, deps)
    retry_job(job.id, office_id=OFFICE, idempotency_key="first-click", deps=deps)
    fail(job.id, deps)

    again = retry_job(job.id, office_id=OFFICE, idempotency_key="first-click", deps=deps)

    assert again.state is JobState.FAILED


def test_retrying_a_job_under_way_returns_it_as_it_is(deps):
    job = a_job(deps)

    again = retry_job(job.id, office_id=OFFICE, idempotency_key="a-click", deps=deps)

    assert again.state is JobState.QUEUED
    assert deps.messenger.woken == [job.id]


def test_a_job_that_is_done_cannot_be_retried(deps):
    job = a_job(deps)
    run_job(job.id, worker="w", doing=lambda work, deps: None, deps=deps)

    with pytest.raises(Conflict):
        retry_job(job.id, office_id=OFFICE, idempotency_key="a-click", deps=deps)


def test_a_version_has_one_conversion_whatever_key_asks_for_it(deps):
    version_id = uuid4()

    jobs = [a_conversion(deps, version_id, key=key) for key in ("key-one", "key-one", "key-two")]

    assert len({job.id for job in jobs}) == 1
    assert deps.messenger.woken == [jobs[0].id]


def test_a_failed_conversion_is_queued_again_when_asked_for_again(deps):
    version_id = uuid4()
    job = a_conversion(deps, version_id)
    fail(job.id, deps)

    again = a_conversion(deps, version_id)

    assert (again.id, again.state) == (job.id, JobState.QUEUED)
    assert deps.messenger.woken == [job.id, job.id]


def test_a_conversion_of_other_bytes_under_the_same_version_is_refused(deps):
    version_id = uuid4()
    a_conversion(deps, version_id)

    with pytest.raises(Conflict):
        a_conversion(deps, version_id, sha256="b" * 64)


def test_lists_show_the_newest_first_and_page_by_key(deps):
    jobs = []
    for _ in range(30):
        deps.now.pass_seconds(1)
        jobs.append(a_job(deps))
    a_job(deps, office_id=NEIGHBOUR)

    first = list_jobs(office_id=OFFICE, before=None, deps=deps)
    second = list_jobs(office_id=OFFICE, before=first.next_before, deps=deps)

    ids = [job.id for job in (*first.jobs, *second.jobs)]
    assert ids == [job.id for job in reversed(jobs)]
    assert second.next_before is None


def test_jobs_of_the_same_moment_are_neither_skipped_nor_shown_twice(deps):
    jobs = {a_job(deps).id for _ in range(28)}

    first = list_jobs(office_id=OFFICE, before=None, deps=deps)
    second = list_jobs(office_id=OFFICE, before=first.next_before, deps=deps)

    assert {job.id for job in (*first.jobs, *second.jobs)} == jobs


def test_the_desk_works_without_intake(deps):
    job = a_job(deps)
    a_conversion(deps)
    deps.intake.failure = away("Tiếp nhận")

    desk = view_desk(office_id=OFFICE, deps=deps)

    assert desk.periods is None
    assert [recent.id for recent in desk.recent] == [job.id]
    assert {template.kind for template in desk.templates} >= {"summary_report"}
