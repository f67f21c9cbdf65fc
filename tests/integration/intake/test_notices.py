"""Somebody finds what waits for him and what he was told, and says how he wants it by e-mail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from services.intake.domain.mails import MailMode
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind
from services.intake.persistence.accounts import Addresses
from services.intake.use_cases.notice_preferences import show_preference
from services.intake.use_cases.notifying import tell
from services.intake.use_cases.reading_notices import count_unread
from tests.builders.intake import Api, submitted
from tests.builders.mail import with_mail


def notify(world, person, count=1, title="Mở kỳ báo cáo"):
    """Tell somebody so many things, one a second."""
    for _ in range(count):
        notice = Notice(
            office_id=person.office_id,
            kind=NoticeKind.PERIOD_OPENED,
            subject=Subject(kind=SubjectKind.REPORT, id=world.office.period_id),
            title=title,
            key=uuid4().hex,
            at=world.clock(),
        )
        with world.deps.database.begin() as session:
            tell(session, notice, [person.account_id])
        world.clock.forward(seconds=1)


def bell(page):
    count = BeautifulSoup(page.text, "html.parser").select_one(".bell-count")
    return count.get_text() if count else ""


def ids(answer):
    return [it["id"] for it in answer.json["items"]]


def test_the_bell_counts_what_was_not_read(world):
    officer = world.officer()
    client = world.client(officer)
    before = bell(client.get("/reports"))
    notify(world, officer, 3)

    after = bell(client.get("/reports"))

    assert (before, after) == ("", "3 chưa đọc")


def test_the_bell_of_many_notices_stays_small(world):
    officer = world.officer()
    notify(world, officer, 100)

    assert bell(world.client(officer).get("/reports")) == "99+ chưa đọc"


def test_a_page_about_a_failure_shows_the_bell_without_asking_the_database(world):
    officer = world.officer()
    notify(world, officer)

    page = world.client(officer).get("/submissions/00000000-0000-0000-0000-000000000000")

    assert page.status_code == 404
    assert 'href="/intake/notices"' in page.text
    assert bell(page) == ""


def test_opening_a_notice_reads_it_and_leads_to_its_subject(world):
    officer = world.officer()
    notify(world, officer)
    client, api = world.client(officer), Api(world, officer)
    (notice,) = api.get("/notices").json["items"]

    answer = client.post(f"/notices/{notice['id']}/open")

    assert (answer.status_code, answer.location) == (303, f"{world.period}/report")
    assert count_unread(by=officer, deps=world.deps) == 0
    assert api.get("/notices").json["items"][0]["read_at"] is not None


def test_reading_twice_keeps_the_first_time(world):
    officer = world.officer()
    notify(world, officer)
    api = Api(world, officer)
    (notice,) = ids(api.get("/notices"))
    first = api.post(f"/notices/{notice}/read").json["read_at"]
    world.clock.forward(hours=1)

    again = api.post(f"/notices/{notice}/read").json["read_at"]

    assert again == first


def test_all_are_read_but_those_that_came_after_the_page_was_shown(world):
    officer = world.officer()
    notify(world, officer, 3)
    shown_at = world.clock() - timedelta(milliseconds=500)
    notify(world, officer)
    client = world.client(officer)

    answer = client.post("/notices/read", {"until": shown_at.isoformat()})

    assert answer.status_code == 303
    assert "Đã đánh dấu 3 thông báo là đã đọc" in client.get("/notices").text
    assert count_unread(by=officer, deps=world.deps) == 1


def test_the_same_call_reads_all_once(world):
    officer = world.officer()
    notify(world, officer, 2)
    api, body = Api(world, officer), {"until": world.clock().isoformat()}

    answers = [api.post("/notices/read", body, key="the-one-key").json for _ in "12"]
    other = api.post("/notices/read", body).json

    assert (answers, other) == ([{"read": 2}] * 2, {"read": 0})


@pytest.mark.parametrize("until", ["", "x", "2023-12-10", "2023-12-10T00:00:00", 5, None])
def test_an_odd_moment_reads_nothing(world, until):
    officer = world.officer()
    notify(world, officer)

    answer = Api(world, officer).post("/notices/read", {"until": until})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/until"
    assert count_unread(by=officer, deps=world.deps) == 1


def test_a_notice_of_somebody_else_cannot_be_reached(world):
    officer, other = world.officer(), world.officer("tai-chinh")
    notify(world, officer)
    (notice,) = ids(Api(world, officer).get("/notices"))

    api, client = Api(world, other), world.client(other)

    assert api.get("/notices").json["items"] == []
    assert api.post(f"/notices/{notice}/read").status_code == 404
    assert client.post(f"/notices/{notice}/open").status_code == 404
    assert client.post("/notices/read", {"until": world.clock().isoformat()}).status_code == 303
    assert count_unread(by=officer, deps=world.deps) == 1


def test_the_list_is_cut_by_key_so_that_new_notices_shift_nothing(world):
    officer = world.officer()
    notify(world, officer, 25)
    api = Api(world, officer)
    first = api.get("/notices")
    notify(world, officer, 5)

    second = api.get(f"/notices?after={first.json['next'].replace('+', '%2B')}")

    assert (len(ids(first)), len(ids(second)), second.json["next"]) == (20, 5, None)
    assert set(ids(first)) & set(ids(second)) == set()


def test_the_page_leads_to_older_notices(world):
    officer = world.officer()
    notify(world, officer, 21)
    client = world.client(officer)
    page = BeautifulSoup(client.get("/notices").text, "html.parser")

    older = client.get(page.find("a", string="Thông báo cũ hơn")["href"])

    assert older.text.count("Kỳ báo cáo mới") == 1


def test_only_unread_notices_are_shown_when_asked_for(world):
    officer = world.officer()
    notify(world, officer, 2)
    api = Api(world, officer)
    api.post(f"/notices/{ids(api.get('/notices'))[0]}/read")

    assert len(ids(api.get("/notices?unread=true"))) == 1
    assert len(ids(api.get("/notices"))) == 2


@pytest.mark.parametrize(
    "query", ["unread=maybe", "after=x", "after=9999-99-99T00:00:00%2B00:00~x"]
)
def test_an_odd_question_is_refused(world, query):
    assert Api(world, world.officer()).get(f"/notices?{query}").status_code == 422
    assert world.client(world.officer()).get(f"/notices?{query}").status_code == 422


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_page_of_notices_that_says_what_will_come(world, role):
    unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""

    page = world.client(world.person(role, unit)).get("/notices")

    assert page.status_code == 200
    assert "Chưa có thông báo nào" in page.text


def test_what_awaits_stands_on_the_first_page_of_everybody(world):
    submitted(world)
    world.clock.forward(days=3)

    clerk = world.client(world.clerk()).get("/periods").text
    leader = world.client(world.person(Role.LEADER)).get("/periods").text
    officer = world.client(world.officer("tai-chinh")).get("/reports").text

    assert "Duyệt 1 báo cáo: Tổng kết năm 2023" in clerk
    assert "Đã duyệt 0/2 ngành, 1 ngành chưa nộp." in leader
    assert "Nộp báo cáo: Tổng kết năm 2023" in officer


def test_what_awaits_is_listed_for_programs(world):
    submitted(world)

    (thing,) = Api(world, world.clerk()).get("/awaited").json

    assert thing["path"] == f"{world.period}?state=submitted"
    assert thing["is_pressing"] is True
    assert Api(world, world.officer()).get("/awaited").json == []


def test_the_paths_of_what_awaits_lead_to_pages(world):
    submitted(world)
    world.clock.forward(days=5)
    people = [world.clerk(), world.person(Role.LEADER), world.officer("tai-chinh")]
    for person in people:
        things = Api(world, person).get("/awaited").json

        assert things
        assert {world.client(person).get(it["path"]).status_code for it in things} == {200}


def test_whatever_a_notice_says_is_text(world):
    officer = world.officer()
    notify(world, officer, title="<script>alert(1)</script> {{ 7*7 }}")

    page = world.client(officer).get("/notices").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page


def preference(world, person):
    shown = show_preference(by=person, deps=world.deps)
    return shown.email, shown.mode


def test_somebody_sets_where_and_how_often_he_wants_mail(world):
    officer = world.officer()
    client = world.client(officer)

    answer = client.post("/notices/settings", {"email": " a@anphu.gov.vn ", "mode": "at_once"})

    assert answer.status_code == 303
    assert preference(world, officer) == ("a@anphu.gov.vn", MailMode.AT_ONCE)
    page = client.get("/notices/settings").text
    assert "Đã lưu cách nhận thư." in page
    assert "a@anphu.gov.vn" in page


def test_who_never_chose_gets_the_digest_once_he_has_an_address(world):
    officer = world.officer()
    with world.deps.database.begin() as session:
        addresses = Addresses(session, office_id=officer.office_id)
        addresses.set(officer.account_id, "a@anphu.gov.vn", at=world.clock())

    assert preference(world, officer) == ("a@anphu.gov.vn", MailMode.DAILY)


def test_an_address_from_the_administrator_leaves_the_choice_as_it_was(world):
    officer = world.officer()
    Api(world, officer).put("/notice-preference", {"email": "a@b.vn", "mode": "none"})
    with world.deps.database.begin() as session:
        addresses = Addresses(session, office_id=officer.office_id)
        addresses.set(officer.account_id, "c@d.vn", at=world.clock())

    assert preference(world, officer) == ("c@d.vn", MailMode.NONE)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ({"email": "không phải thư", "mode": "daily"}, "email"),
        ({"email": "a@b.vn\r\nBcc: c@d.vn", "mode": "daily"}, "email"),
        ({"email": "a" * 300, "mode": "daily"}, "email"),
        ({"email": "a@b.vn", "mode": "hourly"}, "mode"),
        ({"email": "a@b.vn"}, "mode"),
    ],
)
def test_a_refused_choice_changes_nothing_and_keeps_what_was_typed(world, form, name):
    officer = world.officer()

    page = world.client(officer).post("/notices/settings", form)
    answer = Api(world, officer).put("/notice-preference", form)

    assert (page.status_code, answer.status_code) == (422, 422)
    assert f'id="e-{name}"' in page.text
    assert answer.json["errors"][0]["pointer"] == f"#/{name}"
    assert preference(world, officer) == ("", MailMode.DAILY)


def test_the_page_says_when_no_mail_is_sent_at_all(world):
    client = world.client(world.officer())
    off = client.get("/notices/settings").text
    with_mail(world)

    on = client.get("/notices/settings").text

    assert ("chưa bật gửi thư" in off, "chưa bật gửi thư" in on) == (True, False)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/notices/read"),
        ("PUT", "/notice-preference"),
        ("POST", "/mails/send-again"),
    ],
)
def test_an_unsafe_call_needs_a_key(world, method, path):
    admin = world.client(world.person(Role.ADMIN))

    answer = admin.api(method, f"/api/v1{path}", json={})

    assert answer.status_code == 422
    assert "#/headers/Idempotency-Key" in [it["pointer"] for it in answer.json["errors"]]
