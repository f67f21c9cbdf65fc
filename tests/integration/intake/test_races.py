"""Two people at once: one wins, the other is told, nothing is written twice."""

import io
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Barrier

import pytest

from kernel.errors import Conflict, Failure, InvalidInput
from services.intake.domain.attachments import AttachmentLimits
from services.intake.domain.receipts import Call
from services.intake.persistence.attachments import Attachments
from services.intake.persistence.documents import content_from
from services.intake.persistence.rounds import Rounds, Saving
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.attaching import (
    AddFile,
    add_file,
    list_files,
    with_attachments,
)
from services.intake.use_cases.freezing import freeze_dossier
from services.intake.use_cases.opening import open_report
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reporting import (
    SubmitSaved,
    WriteReport,
    submit_saved,
    write_report,
)
from services.intake.use_cases.reviewing import Review, accept_report, return_report
from tests.builders.files import a_pdf
from tests.builders.intake import Api, a_report, accepted, submitted


def _at_once(*jobs):
    """Run the jobs at the same moment; return what each returned or raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            return job()
        except Failure as failure:
            return failure

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def _call(key):
    return Call(actor="account:x", key=key, fingerprint="f")


def _submit(world, key, text="a"):
    content = a_report(limitations=[text], indicators=[])
    command = WriteReport(
        period_id=world.office.period_id,
        content=content_from(content),
        is_final=True,
        call=_call(key),
    )
    return lambda: write_report(command, by=world.officer(), deps=world.deps)


def _statuses(outcomes):
    return sorted(it.status if isinstance(it, Failure) else 200 for it in outcomes)


def test_two_submits_at_once_are_one_report(world):
    world.officer()
    outcomes = _at_once(*(_submit(world, f"key-{n}", f"bản {n}") for n in range(4)))

    assert _statuses(outcomes) == [200, 409, 409, 409]
    winner = next(it for it in outcomes if not isinstance(it, Failure))
    stored = read_submission(winner.submission_id, by=world.officer(), deps=world.deps)
    assert stored.receipt == winner
    assert len(stored.rounds) == len(stored.moves) == 1


def test_a_double_click_gives_one_receipt_twice(world):
    world.officer()
    outcomes = _at_once(*(_submit(world, "one-key") for _ in range(4)))

    assert _statuses(outcomes) == [200] * 4
    assert len(set(outcomes)) == 1


def test_accepting_and_returning_at_once_is_one_decision(world):
    submission_id = submitted(world)
    by, deps = world.clerk(), world.deps

    def review(key, decide):
        command = Review(submission_id=submission_id, call=_call(key), reason="Thiếu")
        return lambda: decide(command, by=by, deps=deps)

    outcomes = _at_once(review("a", accept_report), review("b", return_report))

    assert _statuses(outcomes) == [200, 409]
    assert len(read_submission(submission_id, by=by, deps=deps).moves) == 2


def test_accepting_an_old_round_while_it_is_handed_in_again_is_one_of_the_two(world):
    submission_id = submitted(world)
    Api(world, world.clerk()).post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    by, deps = world.clerk(), world.deps
    command = Review(submission_id=submission_id, call=_call("late"), seen_round=1)

    outcomes = _at_once(_submit(world, "again"), lambda: accept_report(command, by=by, deps=deps))

    assert _statuses(outcomes) == [200, 409]
    stored = read_submission(submission_id, by=by, deps=deps)
    assert (stored.state, stored.current_round) == ("submitted", 2)


def test_freezing_at_once_gives_one_dossier(world):
    accepted(world)

    def freeze(key):
        return lambda: freeze_dossier(
            world.office.period_id,
            office_id=world.office.office_id,
            call=_call(key),
            deps=world.deps,
        )

    outcomes = _at_once(*(freeze(f"key-{n}") for n in range(3)))

    assert len({dossier.id for dossier in outcomes}) == 1


def _add(world, text):
    command = AddFile(
        period_id=world.office.period_id, name="Biên bản.pdf", stream=io.BytesIO(a_pdf(text))
    )
    return add_file(command, by=world.officer(), deps=world.deps)


def test_files_added_at_once_are_all_there_under_names_of_their_own(world):
    world.officer()

    added = _at_once(*(lambda text=str(n): _add(world, text) for n in range(6)))

    names = {it.file.name for it in added}
    assert names == {"Biên bản.pdf", *(f"Biên bản ({n}).pdf" for n in range(2, 7))}


def test_the_same_file_added_at_once_is_there_once(world):
    world.officer()

    added = _at_once(*[lambda: _add(world, "một")] * 4)

    assert len({it.id for it in added}) == 1


def test_no_more_files_than_a_report_may_have_come_in_at_once(world):
    few = replace(world.deps, attachment_limits=AttachmentLimits(max_count=3))
    narrow = replace(world, deps=few)
    narrow.officer()

    added = _at_once(*(lambda text=str(n): _add(narrow, text) for n in range(6)))

    assert sum(isinstance(it, InvalidInput) for it in added) == 3
    assert len(list_files(world.office.period_id, by=world.officer(), deps=few).files) == 3


def test_a_file_added_while_the_report_is_handed_in_is_in_the_round_or_refused(world):
    world.officer()
    _add(world, "trước")

    added, handed_in = _at_once(lambda: _add(world, "cùng lúc"), _submit(world, "k1"))

    read = read_submission(handed_in.submission_id, by=world.clerk(), deps=world.deps)
    kept = {it.id for it in read.content.attachments}
    files = list_files(world.office.period_id, by=world.officer(), deps=world.deps).files
    assert kept == {it.id for it in files}
    assert isinstance(added, Conflict) == (len(kept) == 1)


def _take_away(session, world, file):
    """Do what taking a file away does, and leave the transaction open."""
    attachments = Attachments(session, office_id=world.office.office_id)
    row = attachments.get(file.id)
    report = Submissions(session, office_id=world.office.office_id).get(row.submission_id)
    attachments.lock(report)
    row.removed_at = world.deps.now()
    session.flush()
    rounds = Rounds(session, report)
    content = with_attachments(session, report, content_from(rounds.latest().content))
    rounds.save(
        Saving(content=content, account_id=row.added_by, at=row.added_at, is_submitted=False)
    )


def test_what_is_handed_in_is_what_was_checked_though_a_file_is_taken_away_meanwhile(world):
    officer, deps, period_id = world.officer(), world.deps, world.office.period_id
    Api(world, officer).report(action="draft")
    file = _add(world, "kèm theo")
    checked = open_report(period_id, by=officer, deps=deps).sha256
    command = SubmitSaved(period_id=period_id, seen_sha256=checked, call=_call("a-key"))

    with ThreadPoolExecutor(1) as pool:
        with deps.database.begin() as session:
            _take_away(session, world, file)
            handing_in = pool.submit(submit_saved, command, by=officer, deps=deps)
            wait([handing_in], timeout=0.5)  # it has come as far as it can
        with pytest.raises(Conflict, match="thay đổi"):
            handing_in.result()

    assert open_report(period_id, by=officer, deps=deps).may_be_edited
