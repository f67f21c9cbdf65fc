from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from kernel.auth.principal import Role
from kernel.errors import InvalidInput
from services.intake.domain.receipts import Call
from services.intake.gateways.passwords import Passwords
from services.intake.persistence.accounts import Accounts, FailedSignIns
from services.intake.use_cases import accounts, sessions
from services.intake.use_cases.founding import set_password
from services.intake.use_cases.own_account import ChangePassword, change_password
from services.intake.use_cases.signing_in import SignIn, sign_in
from tests.builders.intake import PASSWORD


@pytest.fixture
def visitor(world):
    return world.client()


def _try(visitor, name, password=PASSWORD, **more):
    return visitor.post("/sign-in", {"login_name": name, "password": password, **more})


@pytest.mark.parametrize(
    ("role", "unit", "place"),
    [
        (Role.CLERK, "", "/periods"),
        (Role.LEADER, "", "/overview"),
        (Role.ADMIN, "", "/periods"),
        (Role.SUPERIOR, "", "/archive/"),
        (Role.SECTOR_OFFICER, "van-hoa", "/periods/{period}/report"),
    ],
)
def test_everybody_is_led_to_his_work(world, visitor, role, unit, place):
    person = world.person(role, unit)
    answer = _try(visitor, f"{role}-{unit}@{person.office_id}")

    assert (answer.status_code, answer.location) == (303, "/")
    expected = place.format(period=world.office.period_id)
    assert visitor.get("/").location == expected


def test_the_page_asks_for_name_and_password(visitor):
    page = visitor.get("/sign-in?next=/periods")

    assert page.status_code == 200
    assert 'name="next" value="/periods"' in page.text


def test_an_officer_with_nothing_to_write_sees_his_list(world):
    from_home = world.client(world.officer())
    page = from_home.get("/reports")

    assert "Tổng kết năm 2023" in page.text
    assert "Chưa nộp" in page.text


def test_a_visitor_is_asked_to_sign_in_and_led_back(world, visitor):
    asked = visitor.get("/periods")

    assert asked.location == "/intake/sign-in?next=%2Fperiods"
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    assert _try(visitor, name, next="/periods").location == "/periods"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.vn",
        "//evil.vn",
        "/\\evil.vn",
        "/\t/evil.vn",
        "evil.vn",
        "javascript:x",
        "/\n/e",
    ],
)
def test_nobody_is_led_to_another_site(world, visitor, elsewhere):
    world.clerk()

    answer = _try(visitor, f"clerk-@{world.office.office_id}", next=elsewhere)

    assert answer.location == "/"


def test_case_and_composition_of_the_name_do_not_matter(world, visitor):
    world.clerk()

    assert _try(visitor, f"  CLERK-@{world.office.office_id} ".upper()).status_code == 303


def test_wrong_name_and_wrong_password_look_the_same(world, visitor):
    world.clerk()
    wrong = _try(visitor, f"clerk-@{world.office.office_id}", "khong phai mat khau")
    unknown = _try(visitor, "nobody@nowhere", "khong phai mat khau")

    for answer in (wrong, unknown):
        assert answer.status_code == 422
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.text
        assert "<title>Lỗi: " in answer.text
    assert "khong phai mat khau" not in wrong.text


@pytest.mark.parametrize(
    "typed",
    [
        {"login_name": "", "password": "x"},
        {"login_name": "a", "password": ""},
        {"login_name": "a\x00", "password": "x"},
        {"login_name": "a" * 300, "password": "x"},
        {"login_name": "a", "password": "x" * 2000},
        {},
    ],
)
def test_what_cannot_be_a_name_or_password_is_refused_beside_its_field(visitor, typed):
    answer = visitor.post("/sign-in", typed)

    assert answer.status_code == 422
    assert "is-invalid" in answer.text


@pytest.mark.parametrize("exists", [True, False])
def test_after_five_wrong_tries_even_the_right_password_must_wait(world, visitor, exists):
    world.clerk()
    name = f"clerk-@{world.office.office_id}" if exists else "nobody@nowhere"
    for _ in range(5):
        _try(visitor, name, "sai mat khau")

    refused = _try(visitor, name)
    world.clock.forward(minutes=1, seconds=1)
    heard = _try(visitor, name)

    assert "thử lại sau 1 phút" in refused.text
    assert heard.status_code == (303 if exists else 422)


def test_a_right_password_forgets_the_wrong_ones(world, visitor):
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    for _ in range(4):
        _try(visitor, name, "sai mat khau")
    _try(visitor, name)
    _try(visitor, name, "sai mat khau")

    assert _try(visitor, name).status_code == 303


def test_old_failures_are_forgotten(world):
    failed = SignIn(login_name="ai-do", password="x", address="10.0.0.1")
    with world.deps.database.begin() as session:
        FailedSignIns(session).count("x", at=world.clock())
    world.clock.forward(days=2)
    with world.deps.database.begin() as session:
        assert FailedSignIns(session).count("x", at=world.clock()).failures == 1
    assert len(failed.throttles()) == 2


def test_an_inactive_account_is_like_none(world, visitor):
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    with world.deps.database.begin() as session:
        Accounts(session).find(name).is_active = False

    assert "không đúng" in _try(visitor, name).text


def test_a_new_password_is_heard_at_once(world, visitor):
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    set_password(name, "mat khau moi tinh", deps=world.deps)

    assert _try(visitor, name).status_code == 422
    assert _try(visitor, name, "mat khau moi tinh").status_code == 303


def test_a_new_password_lifts_the_wait_that_wrong_ones_earned(world, visitor):
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    for _ in range(6):
        _try(visitor, name, "sai mat khau")

    set_password(name, "mat khau moi tinh", deps=world.deps)

    assert _try(visitor, name, "mat khau moi tinh").status_code == 303


def test_a_hash_of_weaker_days_is_renewed(world):
    world.clerk()
    name = f"clerk-@{world.office.office_id}"
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    deps = replace(world.deps, passwords=stronger)

    sign_in(SignIn(login_name=name, password=PASSWORD, address="a"), deps=deps)

    with world.deps.database.read() as session:
        assert "t=2" in Accounts(session).find(name).password_hash


class _Meanwhile(Passwords):
    """Something happens while the first password that fits is being checked."""

    def __init__(self, event):
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self._events = [event]

    def fits(self, stored, password):
        found = super().fits(stored, password)
        if self._events:
            self._events.pop()()
        return found


@pytest.mark.parametrize("change", [accounts.reset_account, accounts.deactivate_account])
def test_who_is_shut_out_while_he_signs_in_stays_out(world, change):
    clerk, admin = world.clerk(), world.person(Role.ADMIN)
    call = [Call(actor="a", key="a-key", fingerprint="f")]
    more = call if change is accounts.reset_account else []
    passwords = _Meanwhile(lambda: change(clerk.account_id, *more, by=admin, deps=world.deps))
    typed = SignIn(login_name=f"clerk-@{clerk.office_id}", password=PASSWORD, address="a")

    with pytest.raises(InvalidInput, match="không đúng"):
        sign_in(typed, deps=replace(world.deps, passwords=passwords))

    assert sessions.list_sessions_of(clerk.account_id, by=admin, deps=world.deps) == ()


def test_a_hash_renewed_by_another_sign_in_meanwhile_lets_both_in(world):
    clerk = world.clerk()
    typed = SignIn(login_name=f"clerk-@{clerk.office_id}", password=PASSWORD, address="a")
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    passwords = _Meanwhile(
        lambda: sign_in(typed, deps=replace(world.deps, passwords=stronger)),
    )

    person = sign_in(typed, deps=replace(world.deps, passwords=passwords))

    assert person.account_id == clerk.account_id
    listed = sessions.list_sessions_of(clerk.account_id, by=clerk, deps=world.deps)
    assert len(listed) == 2


def test_a_password_that_was_taken_meanwhile_is_not_replaced(world):
    clerk, admin = world.clerk(), world.person(Role.ADMIN)
    call = Call(actor="a", key="a-key", fingerprint="f")
    passwords = _Meanwhile(
        lambda: accounts.reset_account(clerk.account_id, call, by=admin, deps=world.deps)
    )
    command = ChangePassword(old=PASSWORD, new="ao xanh qua doi nui", address="a")

    with pytest.raises(InvalidInput, match="vừa được đổi"):
        change_password(command, by=clerk, deps=replace(world.deps, passwords=passwords))

    with world.deps.database.read() as session:
        assert Accounts(session).get(clerk.account_id).password_hash == ""


def test_signing_out_ends_the_session(world):
    browser = world.client(world.clerk())

    assert browser.post("/sign-out").location == "/sign-in"
    assert browser.get("/periods").status_code == 302


def test_signing_in_again_ends_the_session_that_the_browser_had(world):
    clerk = world.clerk()
    browser, copy = world.client(clerk), world.app.test_client()
    copy.set_cookie("thidua_session", browser.cookie())
    assert copy.get("/periods").status_code == 200

    _try(browser, f"clerk-@{clerk.office_id}")

    assert browser.get("/periods").status_code == 200
    assert copy.get("/periods").status_code == 302


def test_a_form_without_its_token_is_refused(world):
    answer = world.app.test_client().post("/sign-in", data={"login_name": "a", "password": "b"})

    assert answer.status_code == 403


def test_a_stored_hash_that_is_none_fits_nothing(world):
    assert not world.deps.passwords.fits("no hash at all", "x")
