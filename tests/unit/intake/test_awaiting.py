from datetime import date
from uuid import UUID

import pytest

from kernel.auth.principal import Role
from services.intake.domain.awaiting import OpenPeriod, Situation, awaited, time_left
from services.intake.domain.moves import State

UNITS = (UUID(int=1), UUID(int=2), UUID(int=3))
PERIOD = OpenPeriod(
    id=UUID(int=9), title="Tổng kết năm 2023", due_on=date(2023, 12, 15), unit_ids=UNITS
)


def a_situation(*states, today=date(2023, 12, 1), **changes):
    kept = {(PERIOD.id, unit): state for unit, state in zip(UNITS, states, strict=False)}
    facts = {"today": today, "periods": (PERIOD,), "states": kept}
    return Situation(**{**facts, **changes})


def things(situation, role, unit_id=None):
    return [(it.title, it.is_pressing) for it in awaited(situation, role=role, unit_id=unit_id)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.NOT_BEGUN, [("Nộp báo cáo: Tổng kết năm 2023", False)]),
        (State.DRAFT, [("Nộp báo cáo: Tổng kết năm 2023", False)]),
        (State.RETURNED, [("Sửa và nộp lại báo cáo: Tổng kết năm 2023", True)]),
        (State.SUBMITTED, []),
        (State.ACCEPTED, []),
    ],
)
def test_an_officer_is_awaited_by_the_report_of_his_unit(state, expected):
    situation = a_situation(state, State.RETURNED, State.RETURNED)

    assert things(situation, Role.SECTOR_OFFICER, UNITS[0]) == expected


@pytest.mark.parametrize(
    ("today", "is_pressing", "said"),
    [
        (date(2023, 12, 11), False, "còn 4 ngày"),
        (date(2023, 12, 12), True, "còn 3 ngày"),
        (date(2023, 12, 15), True, "hôm nay là hạn cuối"),
        (date(2023, 12, 18), True, "đã quá hạn 3 ngày"),
    ],
)
def test_a_near_deadline_presses(today, is_pressing, said):
    (thing,) = awaited(a_situation(today=today), role=Role.SECTOR_OFFICER, unit_id=UNITS[0])

    assert thing.is_pressing == is_pressing
    assert thing.detail == f"Hạn nộp 15/12/2023, {said}."
    assert thing.path == f"/periods/{PERIOD.id}/report"


def test_clerks_are_awaited_by_what_was_submitted_and_near_the_end_by_what_is_missing():
    situation = a_situation(State.SUBMITTED, State.ACCEPTED, today=date(2023, 12, 14))

    assert things(situation, Role.CLERK) == [
        ("Duyệt 1 báo cáo: Tổng kết năm 2023", True),
        ("1 ngành chưa nộp: Tổng kết năm 2023", True),
    ]
    assert things(a_situation(), Role.CLERK) == []


def test_a_leader_sees_how_far_it_is_until_all_is_accepted():
    situation = a_situation(State.ACCEPTED, State.SUBMITTED)
    (thing,) = awaited(situation, role=Role.LEADER, unit_id=None)

    assert thing.detail.startswith("Đã duyệt 1/3 ngành, 1 ngành chưa nộp.")
    assert things(a_situation(*[State.ACCEPTED] * 3), Role.LEADER) == []


def test_a_leader_is_awaited_by_reports_that_need_a_second_word():
    situation = a_situation(State.PROPOSED, State.ACCEPTED, State.PROPOSED)

    first = awaited(situation, role=Role.LEADER, unit_id=None)[0]

    assert first.title == "Xác nhận duyệt 2 báo cáo: Tổng kết năm 2023"
    assert (first.path, first.is_pressing) == (f"/overview?period={PERIOD.id}", True)


def test_an_administrator_is_awaited_by_mails_that_could_not_be_sent():
    assert things(a_situation(failed_mails=2), Role.ADMIN) == [("2 thư không gửi được", True)]
    assert things(a_situation(), Role.ADMIN) == []


def test_nothing_awaits_a_superior_or_an_office_without_open_periods():
    assert things(a_situation(), Role.SUPERIOR) == []
    assert things(a_situation(periods=()), Role.SECTOR_OFFICER, UNITS[0]) == []


def test_pressing_things_come_first():
    later = OpenPeriod(id=UUID(int=8), title="Quý I", due_on=date(2024, 3, 15), unit_ids=UNITS)
    situation = a_situation(today=date(2023, 12, 14), periods=(later, PERIOD))

    found = things(situation, Role.SECTOR_OFFICER, UNITS[0])

    assert [pressing for _, pressing in found] == [True, False]


def test_time_left_is_said_in_days():
    assert [time_left(days) for days in (2, 0, -1)] == [
        "còn 2 ngày",
        "hôm nay là hạn cuối",
        "đã quá hạn 1 ngày",
    ]
