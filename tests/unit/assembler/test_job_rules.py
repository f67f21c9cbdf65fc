from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.assembler.domain.findings import error, notice, warning
from services.assembler.domain.jobs import (
    FETCH_DOSSIER,
    STEPS,
    Job,
    JobSort,
    JobState,
    Patience,
    stored,
    told,
)
from services.assembler.web import presenters

PATIENCE = Patience(
    lease=timedelta(seconds=150),
    republish=timedelta(seconds=20),
    retry=timedelta(seconds=15),
    max_attempts=5,
)
A_JOB = Job(
    id=uuid4(),
    office_id=uuid4(),
    sort=JobSort.ASSEMBLE,
    state=JobState.QUEUED,
    progress=0,
    step="",
    attempt=0,
    created_at=datetime(2024, 1, 15, tzinfo=UTC),
    title="Báo cáo tổng kết",
)


def test_pauses_between_attempts_grow_up_to_a_quarter_of_an_hour():
    pauses = [PATIENCE.retry_after(attempt).total_seconds() for attempt in range(7)]

    assert pauses == [15, 15, 60, 240, 960, 960, 960]


def test_calls_for_a_waiting_job_become_rarer_up_to_a_limit():
    waits = [PATIENCE.republish_after(times).total_seconds() for times in (0, 1, 2, 6, 100)]

    assert waits == [20, 40, 80, 1_280, 1_280]


def test_a_long_reason_is_cut_to_what_a_page_can_show():
    assert told("ngắn") == "ngắn"
    assert len(told("x" * 5_000)) == 1_000
    assert told("x" * 5_000).endswith("…")


def test_a_job_without_what_its_sort_requires_is_loud():
    assert stored(7) == 7
    with pytest.raises(ValueError, match="without"):
        stored(None)


def test_only_errors_block_issuing():
    harmless = replace(A_JOB, findings=(warning("w", "p", "m"), notice("n", "p", "m")))

    assert not harmless.blocks_issuing
    assert replace(harmless, findings=(*harmless.findings, error("e", "p", "m"))).blocks_issuing


def test_progress_grows_with_every_step():
    for steps in STEPS.values():
        shares = [step.progress for step in steps]
        assert shares == sorted(set(shares))
        assert 0 < shares[0] < shares[-1] < 100


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Đang chờ"),
        ({"reason": "Phần Lưu trữ chưa trả lời."}, "Chờ thử lại"),
        ({"state": JobState.RUNNING}, "Đang làm"),
        ({"state": JobState.DONE}, "Xong"),
        ({"state": JobState.DONE, "findings": (error("e", "p", "m"),)}, "Xong, có lỗi phải sửa"),
        ({"state": JobState.FAILED}, "Không xong"),
    ],
)
def test_a_state_is_named_as_the_clerk_reads_it(changes, text):
    assert presenters.badge(replace(A_JOB, **changes)).text == text


def test_steps_show_where_a_job_stands():
    second = STEPS[JobSort.ASSEMBLE][1]
    running = replace(A_JOB, state=JobState.RUNNING, step=second.text)

    assert [line.status for line in presenters.steps(running)] == ["done", "now", "later", "later"]
    assert {line.status for line in presenters.steps(A_JOB)} == {"later"}
    done = replace(A_JOB, state=JobState.DONE, step="Xong")
    assert {line.status for line in presenters.steps(done)} == {"done"}
    assert presenters.steps(running)[0].text == FETCH_DOSSIER.text


def test_findings_are_grouped_the_gravest_first_without_empty_groups():
    job = replace(A_JOB, findings=(notice("n", "p", "m"), error("e", "p", "m")))

    assert [group.tone for group in presenters.finding_groups(job)] == ["danger", "info"]
