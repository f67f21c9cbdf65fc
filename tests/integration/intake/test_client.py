"""The client against a real intake: sign-in, a report's way, pages, refusals."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from client import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, Patience, Thidua
from client.intake import NewPeriod
from client.operations import Operation
from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from services.intake.use_cases.founding import NewPeriod as Founded
from services.intake.use_cases.founding import open_period
from services.intake.use_cases.watching import show_form
from tests.builders.intake import DUE_ON, PASSWORD, a_report

ADDRESS = "http://thidua.invalid"


@pytest.fixture
def sign_in(world):
    opened = []
    transport = httpx.WSGITransport(app=kernel_app.mount({Service.INTAKE: world.app}))

    def as_somebody(role, unit="", password=PASSWORD):
        world.person(role, unit)
        login = f"{role}-{unit}@{world.office.office_id}"
        patience = Patience(attempts=1)
        client = Thidua.signed_in(ADDRESS, login, password, transport=transport, patience=patience)
        opened.append(client)
        return client

    yield as_somebody
    for client in opened:
        client.close()


@pytest.fixture
def clerk(sign_in):
    return sign_in(Role.CLERK)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SECTOR_OFFICER, "van-hoa")


def test_a_report_goes_its_whole_way(world, clerk, officer):
    (period,) = officer.intake.periods()
    draft = officer.intake.save_draft(period.id, a_report(limitations=[]))
    receipt = officer.intake.submit(period.id, a_report())
    returned = clerk.intake.return_(receipt.submission_id, "Thiếu số liệu", seen=1)
    again = officer.intake.submit(period.id, a_report(limitations=["Đủ"]))
    clerk.intake.accept(receipt.submission_id, seen=2)
    dossier = clerk.intake.freeze(period.id)

    assert (draft.state, receipt.state, returned.state) == ("draft", "submitted", "returned")
    assert (again.round, again.submission_id) == (2, receipt.submission_id)
    assert clerk.intake.last_dossier(period.id) == clerk.intake.dossier(dossier.id) == dossier
    assert dossier.content["sectors"][0]["limitations"] == ["Đủ"]
    board = clerk.intake.board(period.id)
    assert (board.total, board.counts["accepted"], board.rows[0].state) == (2, 1, "accepted")


def test_every_round_can_be_read(clerk, officer):
    (period,) = officer.intake.periods()
    receipt = officer.intake.submit(period.id, a_report())
    clerk.intake.return_(receipt.submission_id, "Thiếu")
    officer.intake.submit(period.id, a_report(limitations=["Đủ"]))

    first = clerk.intake.submission(receipt.submission_id, number=1)
    latest = clerk.intake.submission(receipt.submission_id)

    assert (first.sha256, first.content["limitations"]) == (
        receipt.sha256,
        ["Tuyên truyền chưa thường xuyên"],
    )
    assert (latest.round, latest.content["limitations"]) == (2, ["Đủ"])
    assert [it.number for it in latest.rounds] == [1, 2]
    assert [it.reason for it in latest.moves] == ["", "Thiếu", ""]
    with pytest.raises(NotFound):
        clerk.intake.submission(receipt.submission_id, number=3)


def test_an_accepted_report_is_opened_again_with_a_reason(clerk, officer):
    (period,) = officer.intake.periods()
    receipt = officer.intake.submit(period.id, a_report())
    clerk.intake.accept(receipt.submission_id)

    with pytest.raises(Invalid) as refused:
        clerk.intake.reopen(receipt.submission_id, " ")
    assert refused.value.pointers == ("#/reason",)
    assert clerk.intake.reopen(receipt.submission_id, "Sai tên").state == "returned"
    with pytest.raises(Conflict):
        clerk.intake.reopen(receipt.submission_id, "Sai tên")


def test_submissions_are_listed_page_by_page_and_by_filter(world, sign_in, clerk, officer):
    form = show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)
    for number in range(60):
        world.clock.forward(minutes=1)
        period = Founded(
            office_id=world.office.office_id,
            code=f"P{number}",
            title="Kỳ",
            year=2023,
            due_on=DUE_ON,
            form=form,
        )
        officer.intake.save_draft(open_period(period, deps=world.deps), a_report())
    finance = sign_in(Role.SECTOR_OFFICER, "tai-chinh")
    finance.intake.submit(world.office.period_id, {"limitations": ["Thu phí thấp"]})

    lines = list(clerk.intake.submissions())
    moments = [it.updated_at for it in lines]
    assert len({it.id for it in lines}) == len(lines) == 61
    assert moments == sorted(moments, reverse=True)
    assert [it.unit.code for it in clerk.intake.submissions(state="submitted")] == ["tai-chinh"]
    assert len(list(clerk.intake.submissions(unit="van-hoa"))) == 60
    (own,) = clerk.intake.submissions(period_id=world.office.period_id)
    assert own.unit.code == "tai-chinh"
    assert {it.unit.code for it in officer.intake.submissions()} == {"van-hoa"}
    assert list(officer.intake.submissions(unit="tai-chinh")) == []


def test_another_office_lists_nothing(world, sign_in, clerk, officer):
    officer.intake.submit(world.office.period_id, a_report())
    foreign = world.foreign.period_id

    assert list(clerk.intake.submissions(period_id=foreign)) == []
    for ask in (clerk.intake.board, clerk.intake.form, clerk.intake.close_period):
        with pytest.raises(NotFound):
            ask(foreign)


def test_a_period_is_opened_closed_and_given_another_deadline(world, clerk, officer):
    (model,) = clerk.intake.periods()
    wanted = NewPeriod(
        like=model.id, code="2024", title="Tổng kết năm 2024", year=2024, due_on=DUE_ON
    )
    opened = clerk.intake.open_period(wanted, key="open-2024")
    again = clerk.intake.open_period(wanted, key="open-2024")

    assert opened == again
    assert officer.intake.form(opened.id) == officer.intake.form(model.id)
    with pytest.raises(Invalid) as refused:
        clerk.intake.open_period(wanted)
    assert refused.value.pointers == ("#/code",)

    assert clerk.intake.close_period(opened.id).status == "closed"
    with pytest.raises(Conflict, match="đã đóng"):
        officer.intake.submit(opened.id, a_report())
    with pytest.raises(Conflict):
        clerk.intake.close_period(opened.id)
    assert clerk.intake.reopen_period(opened.id, "Còn ngành chưa nộp").status == "open"
    moved = clerk.intake.move_deadline(opened.id, DUE_ON.replace(day=31), "Mưa bão")
    assert moved.due_on.day == 31
    assert officer.intake.submit(opened.id, a_report()).state == "submitted"


def test_only_the_clerk_keeps_periods(sign_in, officer):
    (period,) = officer.intake.periods()
    for client in (officer, sign_in(Role.LEADER)):
        with pytest.raises(Forbidden):
            client.intake.close_period(period.id)


def test_a_wrong_password_is_told_as_not_signed_in(sign_in):
    with pytest.raises(NotSignedIn, match="không đúng"):
        sign_in(Role.CLERK, password="mat khau khong dung")


def test_what_is_not_there_is_not_found(clerk):
    with pytest.raises(NotFound):
        clerk.intake.submission(uuid4())
    with pytest.raises(NotFound):
        clerk.download(f"/intake/submissions/{uuid4()}")


def test_a_program_with_a_token_reads_what_the_token_allows(world, clerk):
    made = clerk.intake.call(
        Operation("POST", "/me/tokens", dict[str, Any]),
        json={"name": "Một cửa", "scopes": ["reports:read"], "days": 30},
    )
    transport = httpx.WSGITransport(app=kernel_app.mount({Service.INTAKE: world.app}))
    with Thidua.with_token(ADDRESS, made["token"], transport=transport) as program:
        (period,) = program.intake.periods()
        assert program.intake.board(period.id).total == 2
        with pytest.raises(Forbidden):
            program.intake.close_period(period.id)


def test_a_page_is_read_as_a_browser_would(clerk):
    assert "<h1" in clerk.page("/intake/periods")
