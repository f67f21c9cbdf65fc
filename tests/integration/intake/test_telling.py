"""What happens is told to whom it concerns, in the same transaction, once."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind
from services.intake.persistence.notices import Notices
from services.intake.use_cases.founding import NextPeriod, open_period_like
from services.intake.use_cases.notifying import tell, tell_clerks, tell_officers, tell_unit
from tests.builders.intake import Api, accepted, submitted


def told(world, person):
    with world.deps.database.read() as session:
        return Notices(session, account_id=person.account_id).page().items


def a_notice(world, **changes):
    return replace(
        Notice(
            office_id=world.office.office_id,
            kind=NoticeKind.PERIOD_OPENED,
            subject=Subject(kind=SubjectKind.REPORT, id=world.office.period_id),
            title="Mở kỳ báo cáo",
            key="a-key",
            at=world.clock(),
        ),
        **changes,
    )


def test_the_clerks_are_told_of_a_report_that_was_submitted(world):
    clerk, other_unit = world.clerk(), world.officer("tai-chinh")

    submission_id = submitted(world)

    (notice,) = told(world, clerk)
    assert (notice.kind, notice.subject.id) == (NoticeKind.SUBMITTED, submission_id)
    assert notice.title == "Ban Văn hóa đã nộp báo cáo: Tổng kết năm 2023"
    assert told(world, other_unit) == told(world, world.officer()) == ()


def test_the_unit_is_told_why_its_report_was_returned(world, clerk_api):
    submission_id = submitted(world)

    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu số liệu quý IV"})

    (notice,) = told(world, world.officer())
    assert (notice.kind, notice.detail) == (NoticeKind.RETURNED, "Thiếu số liệu quý IV")
    assert notice.subject.path == f"{world.period}/report"


def test_the_unit_is_told_that_its_report_was_accepted(world):
    submission_id = accepted(world)

    (notice,) = told(world, world.officer())
    assert (notice.kind, notice.subject.id) == (NoticeKind.ACCEPTED, submission_id)


def test_every_round_that_is_submitted_is_told(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    world.clock.forward(minutes=1)

    officer_api.report()

    assert [it.detail for it in told(world, world.clerk())] == ["Nộp lại, lượt 2.", ""]


def test_the_same_call_twice_is_told_once(world):
    clerk, api = world.clerk(), Api(world, world.officer())

    answers = [api.report(key="the-one-key") for _ in "12"]

    assert [it.status_code for it in answers] == [201, 201]
    assert len(told(world, clerk)) == 1


def test_a_draft_and_a_refused_report_are_told_to_nobody(world, officer_api):
    clerk = world.clerk()

    officer_api.report(action="draft")
    officer_api.report({"movements": [{"name": "", "result": ""}]})

    assert told(world, clerk) == ()


def test_all_officers_are_told_of_a_period_that_opens(world):
    people = [world.officer(), world.officer("tai-chinh"), world.clerk()]
    foreign = world.person(Role.SECTOR_OFFICER, "van-hoa", at=world.foreign)
    period = NextPeriod(
        office_id=world.office.office_id,
        model_code="2023",
        code="2024",
        title="Tổng kết năm 2024",
        year=2024,
        due_on=date(2024, 12, 15),
    )

    for _ in "12":
        open_period_like(period, deps=world.deps)

    assert [len(told(world, it)) for it in (*people, foreign)] == [1, 1, 0, 0]
    assert told(world, people[0])[0].detail == "Hạn nộp 15/12/2024."


def test_what_is_undone_was_never_told(world):
    clerk = world.clerk()

    def tell_and_fail():
        with world.deps.database.begin() as session:
            tell_clerks(session, a_notice(world))
            raise LookupError

    with pytest.raises(LookupError):
        tell_and_fail()

    assert told(world, clerk) == ()


def test_a_key_is_told_once_to_each_account(world):
    first, second = world.officer(), world.officer("tai-chinh")
    with world.deps.database.begin() as session:
        counts = [
            tell_unit(session, first.unit_id, a_notice(world)),
            tell_officers(session, a_notice(world)),
            tell_officers(session, a_notice(world)),
        ]

    assert counts == [1, 1, 0]
    assert [len(told(world, it)) for it in (first, second)] == [1, 1]


def test_nobody_is_told_of_what_he_did_himself(world):
    clerk = world.clerk()

    with world.deps.database.begin() as session:
        count = tell_clerks(session, a_notice(world, by=clerk.account_id))

    assert (count, told(world, clerk)) == (0, ())


def test_nobody_in_another_office_is_told(world):
    foreign = world.person(Role.CLERK, at=world.foreign)

    submitted(world)

    assert told(world, foreign) == ()


@pytest.mark.parametrize("kind", SubjectKind)
def test_every_subject_has_a_page(world, kind):
    path = Subject(kind=kind, id=uuid4()).path

    endpoint, arguments = world.app.url_map.bind("x").match(path)

    assert endpoint
    assert arguments


def test_every_kind_of_notice_has_a_name():
    assert all(kind.label for kind in NoticeKind)


def test_an_unknown_account_is_an_error_not_a_silence(world):
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        world.deps.database.begin() as session,
    ):
        tell(session, a_notice(world), [uuid4()])
