"""Accounts by invitation: opened, changed, shut, reset; never without an administrator."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kernel.auth.principal import Role
from kernel.errors import Conflict
from services.intake.persistence.accounts import Accounts
from services.intake.use_cases import accounts, founding
from tests.builders.intake import PASSWORD, Api

NEW_PASSWORD = "ao xanh qua doi nui"


@pytest.fixture
def admin(world):
    return world.person(Role.ADMIN)


@pytest.fixture
def pages(world, admin):
    return world.client(admin)


@pytest.fixture
def api(world, admin):
    return Api(world, admin)


def a_new_account(**changes):
    return {
        "login_name": "moi@an-phu",
        "display_name": "Đỗ Thị Mới",
        "role": "sector_officer",
        "unit_code": "van-hoa",
        "email": "moi@example.vn",
        "idempotency_key": "a-key-of-this-form",
        **changes,
    }


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def link_in(page):
    return path_of(re.search(r"https?://\S+/invitations/[\w-]+", page.text).group())


def invited(api, **changes):
    body = a_new_account(**changes)
    del body["idempotency_key"]
    answer = api.post("/accounts", body)
    assert answer.status_code == 201, answer.json
    return answer.json


def accept(world, link, password=NEW_PASSWORD, again=None):
    return world.client().post(
        path_of(link), {"password": password, "password_again": again or password}
    )


def try_sign_in(world, name, password):
    return world.client().post("/sign-in", {"login_name": name, "password": password})


def test_the_invited_person_sets_his_own_password_once(world, pages):
    link = link_in(pages.post("/accounts/new", a_new_account()))

    assert "Đỗ Thị Mới" in world.client().get(link).text
    assert accept(world, link).status_code == 303
    assert try_sign_in(world, "moi@an-phu", NEW_PASSWORD).status_code == 303
    assert accept(world, link).status_code == 404


def test_a_double_click_opens_one_account_and_shows_its_link_once(pages):
    first = pages.post("/accounts/new", a_new_account())
    second = pages.post("/accounts/new", a_new_account())

    assert first.status_code == 200
    assert (second.status_code, "/accounts/" in second.location) == (303, True)


def test_a_link_ends_after_a_week(world, api):
    link = invited(api)["link"]
    world.clock.forward(days=7, seconds=1)

    assert world.client().get(path_of(link)).status_code == 404


def test_a_new_link_makes_the_old_one_useless(world, api):
    made = invited(api)
    again = api.post(f"/accounts/{made['account']['id']}/reset").json

    assert world.client().get(path_of(made["link"])).status_code == 404
    assert world.client().get(path_of(again["link"])).status_code == 200


def test_neither_link_nor_password_is_in_the_database(world, api):
    secret = invited(api)["link"].rpartition("/")[2]

    with world.deps.database.read() as session:
        held = session.connection().exec_driver_sql("SELECT digest FROM invitation").all()
    assert secret not in str(held)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngan", "ít nhất 10 ký tự"),
        ("moi@an-phu", "tên đăng nhập"),
        ("1234567890", "dễ đoán"),
        ("matkhau1234", "dễ đoán"),
        ("Mật khẩu 123", "dễ đoán"),
        ("aaaaaaaaaaaaaaa", "dễ đoán"),
        ("dothimoi1", "ít nhất 10 ký tự"),
        ("dothimoi2024", "dễ đoán"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_beside_its_field(world, api, password, said):
    link = invited(api)["link"]

    answer = accept(world, link, password)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-describedby="e-password' in answer.text
    assert world.client().get(path_of(link)).status_code == 200


def test_two_passwords_that_differ_are_told(world, api):
    answer = accept(world, invited(api)["link"], again="khac han nhau roi")

    assert (answer.status_code, "không giống nhau" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"login_name": "co dau cach"}, "login_name"),
        ({"login_name": ""}, "login_name"),
        ({"display_name": "  "}, "display_name"),
        ({"role": "emperor"}, "role"),
        ({"role": "superior", "unit_code": ""}, "role"),
        ({"unit_code": "khong-co"}, "unit_code"),
        ({"unit_code": ""}, "unit_code"),
        ({"role": "clerk"}, "unit_code"),
        ({"email": "khong phai thu"}, "email"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_opens_nothing(world, pages, changes, field):
    answer = pages.post("/accounts/new", a_new_account(**changes))

    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with world.deps.database.read() as session:
        assert Accounts(session).find("moi@an-phu") is None


def test_a_name_that_is_taken_in_any_office_is_refused(world, api, pages):
    invited(api)

    answer = pages.post("/accounts/new", a_new_account(idempotency_key="another-key"))

    assert (answer.status_code, "đã có người dùng" in answer.text) == (422, True)


def test_the_list_is_found_by_folded_text_role_and_state(world, api, pages):
    invited(api)

    assert "Đỗ Thị Mới" in pages.get("/accounts?q=do+thi&role=sector_officer&state=invited").text
    assert "Đỗ Thị Mới" not in pages.get("/accounts?q=do+thi&state=active").text
    assert pages.get("/accounts?role=x&state=%00&q=%00").status_code in {200, 422}


def test_a_shut_account_is_out_at_its_next_click_and_its_work_stays(world, api, pages):
    officer = world.officer()
    working = world.client(officer)
    assert working.get("/reports").status_code == 200

    assert pages.post(f"/accounts/{officer.account_id}/deactivate").status_code == 303

    assert working.get("/reports").status_code == 302
    assert try_sign_in(world, f"sector_officer-van-hoa@{officer.office_id}", PASSWORD).status_code
    api.post(f"/accounts/{officer.account_id}/reactivate")
    name = f"sector_officer-van-hoa@{officer.office_id}"
    assert try_sign_in(world, name, PASSWORD).status_code == 303


def test_the_last_administrator_cannot_shut_or_demote_himself(world, admin, pages, api):
    shut = pages.post(f"/accounts/{admin.account_id}/deactivate")
    demoted = api._client.api(
        "PUT",
        f"/api/v1/accounts/{admin.account_id}",
        json={"display_name": "x", "role": "clerk"},
        headers={"Idempotency-Key": "a-key-of-mine"},
    )

    assert shut.status_code == 303
    assert "quản trị duy nhất" in pages.get(shut.location).text
    assert demoted.status_code == 409
    with world.deps.database.read() as session:
        row = Accounts(session).get(admin.account_id)
        assert (row.is_active, row.role) == (True, "admin")


def test_an_invited_administrator_does_not_count_until_he_can_sign_in(world, admin, api):
    link = invited(api, role="admin", unit_code="")["link"]
    assert api.post(f"/accounts/{admin.account_id}/deactivate").status_code == 409

    accept(world, link)

    assert api.post(f"/accounts/{admin.account_id}/deactivate").status_code == 204


def test_two_administrators_who_shut_each_other_at_once_leave_one(world, admin):
    other = founding.create_account(
        founding.NewAccount(
            office_id=admin.office_id,
            login_name="hai@an-phu",
            display_name="Quản trị Hai",
            password=PASSWORD,
            role=Role.ADMIN,
        ),
        deps=world.deps,
    )
    second = replace(admin, account_id=other)

    def shut(by, whom):
        try:
            accounts.deactivate_account(whom, by=by, deps=world.deps)
        except Conflict:
            return "refused"
        return "shut"

    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(shut, admin, second.account_id),
            pool.submit(shut, second, admin.account_id),
        ]
    assert sorted(it.result() for it in done) == ["refused", "shut"]


def test_a_reset_takes_the_password_and_the_sessions(world, api):
    officer = world.officer()
    working = world.client(officer)
    name = f"sector_officer-van-hoa@{officer.office_id}"

    link = api.post(f"/accounts/{officer.account_id}/reset").json["link"]

    assert working.get("/reports").status_code == 302
    assert try_sign_in(world, name, PASSWORD).status_code == 422
    accept(world, link)
    assert try_sign_in(world, name, NEW_PASSWORD).status_code == 303


def test_nobody_resets_himself(admin, api):
    assert api.post(f"/accounts/{admin.account_id}/reset").status_code == 409


def test_a_new_role_holds_from_the_next_click(world, api):
    clerk = world.clerk()
    working = world.client(clerk)
    assert working.get("/accounts").status_code == 403

    api._client.api(
        "PUT",
        f"/api/v1/accounts/{clerk.account_id}",
        json={"display_name": "Tên Khác", "role": "admin"},
        headers={"Idempotency-Key": "a-key-of-mine"},
    )

    page = working.get("/accounts")
    assert (page.status_code, "Tên Khác" in page.text) == (200, True)


def test_who_must_wait_is_seen_and_let_in_by_the_administrator(world, pages):
    officer = world.officer()
    name = f"sector_officer-van-hoa@{officer.office_id}"
    for _ in range(5):
        try_sign_in(world, name, "sai mat khau roi")
    assert "phải chờ đến" in pages.get(f"/accounts/{officer.account_id}").text

    pages.post(f"/accounts/{officer.account_id}/unlock")

    assert "phải chờ đến" not in pages.get(f"/accounts/{officer.account_id}").text
    assert try_sign_in(world, name, PASSWORD).status_code == 303


def test_another_offices_account_is_not_found(world, pages, api):
    stranger = world.person(Role.CLERK, at=world.foreign)

    assert pages.get(f"/accounts/{stranger.account_id}").status_code == 404
    for act in ("deactivate", "reactivate", "reset", "unlock", "sessions/end"):
        assert api.post(f"/accounts/{stranger.account_id}/{act}").status_code == 404, act
    with world.deps.database.read() as session:
        assert Accounts(session).get(stranger.account_id).is_active


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.SECTOR_OFFICER])
def test_only_administrators_see_accounts(world, role):
    person = world.person(role, "van-hoa" if role is Role.SECTOR_OFFICER else "")

    assert world.client(person).get("/accounts").status_code == 403
    assert Api(world, person).get("/accounts").status_code == 403


def test_the_api_lists_accounts_by_pieces(world, api, admin):
    world.officer()
    answer = api.get("/accounts").json

    assert [it["role"] for it in answer["items"]] == ["admin", "sector_officer"]
    assert answer["next"] is None
    after = answer["items"][0]["login_name"]
    assert [it["role"] for it in api.get(f"/accounts?after={after}").json["items"]] == [
        "sector_officer"
    ]


def test_changing_a_password_ends_the_other_sessions_and_not_this_one(world):
    officer = world.officer()
    here, there = world.client(officer), world.client(officer)
    form = {
        "old_password": PASSWORD,
        "new_password": NEW_PASSWORD,
        "password_again": NEW_PASSWORD,
    }

    assert here.post("/me/password", form).status_code == 303

    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302


def test_a_wrong_old_password_is_told_and_counted(world):
    here = world.client(world.officer())
    form = {
        "old_password": "khong phai cai nay",
        "new_password": NEW_PASSWORD,
        "password_again": NEW_PASSWORD,
    }
    for _ in range(5):
        assert "hiện tại không đúng" in here.post("/me/password", form).text

    waiting = here.post("/me/password", {**form, "old_password": PASSWORD})

    assert (waiting.status_code, "thử lại sau" in waiting.text) == (422, True)
    assert NEW_PASSWORD not in waiting.text


def test_my_sessions_are_listed_and_one_is_ended(world):
    officer = world.officer()
    here, there = world.client(officer), world.client(officer)
    assert here.get("/me").text.count("Phiên này") == 1
    api = Api(world, officer)
    assert len(api.get("/me/sessions").json) == 3
    mine = next(it["id"] for it in Api(world, officer).get("/me/sessions").json if it["is_this"])

    assert api.post(f"/me/sessions/{mine}/end").status_code == 204

    assert mine not in {it["id"] for it in api.get("/me/sessions").json}
    assert [it.get("/me").status_code for it in (here, there)] == [200, 200]


def test_signing_out_everywhere_ends_every_session(world):
    officer = world.officer()
    here, there = world.client(officer), world.client(officer)

    assert here.post("/me/sessions/end").location == "/sign-in"

    assert (here.get("/me").status_code, there.get("/me").status_code) == (302, 302)


def test_nobody_ends_anothers_session(world):
    stranger = world.person(Role.CLERK, at=world.foreign)
    strangers = world.client(stranger)
    theirs = Api(world, stranger).get("/me/sessions").json[0]["id"]

    assert Api(world, world.officer()).post(f"/me/sessions/{theirs}/end").status_code == 404
    assert strangers.get("/me").status_code == 200


def test_the_administrator_ends_all_sessions_of_an_account(world, pages):
    officer = world.officer()
    working = world.client(officer)

    pages.post(f"/accounts/{officer.account_id}/sessions/end")

    assert working.get("/me").status_code == 302
