"""Two people at once: one wins, the other is told, nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from kernel.errors import Failure
from services.intake.domain.receipts import Call
from services.intake.persistence.documents import content_from
from services.intake.use_cases.freezing import freeze_dossier
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reporting import WriteReport, write_report
from services.intake.use_cases.reviewing import Review, accept_report, return_report
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
