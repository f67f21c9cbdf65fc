import json
from datetime import date

import pytest

from kernel.auth.principal import Role
from kernel.contracts.identity import office_id_for
from kernel.errors import Conflict, InvalidInput, NotFound
from services.intake.app import create_app
from services.intake.domain.forms import PeriodForm
from services.intake.persistence import MIGRATIONS
from services.intake.settings import IntakeSettings
from services.intake.use_cases.founding import (
    NewAccount,
    NewPeriod,
    NextPeriod,
    create_account,
    open_period,
    open_period_like,
    set_password,
)
from services.intake.use_cases.loading import load_office_file
from tests.builders.intake import PASSWORD, an_office_file


def _an_account(world, **changes):
    given = {
        "office_id": world.office.office_id,
        "login_name": "moi@an-phu",
        "display_name": "Người Mới",
        "password": PASSWORD,
        "role": Role.CLERK,
        **changes,
    }
    return NewAccount(**given)


def test_loading_a_file_twice_changes_nothing(world):
    again = load_office_file(an_office_file(), deps=world.deps)

    assert again == world.office


def test_a_file_brings_office_superior_units_and_period(world):
    assert world.office.office_id == office_id_for("an-phu")
    assert world.office.superior_office_id == office_id_for("huyen-an-phu")
    assert list(world.office.unit_ids) == ["van-hoa", "tai-chinh"]


@pytest.mark.parametrize("missing", ["office", "signer", "sectors", "period", "fields"])
def test_a_file_that_lacks_a_part_is_refused_by_name(world, missing):
    data = an_office_file("khac")
    del data[missing]

    with pytest.raises(InvalidInput, match=missing):
        load_office_file(data, deps=world.deps)


def test_without_a_deadline_reports_are_due_at_the_end_of_the_year(world):
    load_office_file(an_office_file("ba-xa"), deps=world.deps)
    clerk = world.person(Role.CLERK, at=load_office_file(an_office_file("ba-xa"), deps=world.deps))

    assert "31/12/2023" in world.client(clerk).get("/periods").text


def test_a_form_that_contradicts_itself_is_refused(world):
    data = an_office_file("khac")
    data["fields"][0]["indicators"] += [
        {"code": "VX1", "name": "Trùng", "sector": "khong-co", "parts": ["ZZ"]}
    ]

    with pytest.raises(InvalidInput) as refused:
        load_office_file(data, deps=world.deps)

    assert [error.pointer for error in refused.value.errors] == [
        "#/form/indicators/0/code",
        "#/form/indicators/2/code",
        "#/form/indicators/2/unit_codes",
        "#/form/indicators/2/parts",
    ]


def test_a_login_name_is_given_once_in_all_offices(world):
    create_account(_an_account(world), deps=world.deps)

    with pytest.raises(Conflict, match="đã có người dùng"):
        create_account(
            _an_account(world, office_id=world.foreign.office_id, login_name="MOI@an-phu"),
            deps=world.deps,
        )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"login_name": ""}, "#/login_name"),
        ({"login_name": "a b"}, "#/login_name"),
        ({"login_name": "a" * 201}, "#/login_name"),
        ({"password": "ngắn"}, "#/password"),
        ({"role": Role.SECTOR_OFFICER}, "#/unit_code"),
        ({"role": Role.SECTOR_OFFICER, "unit_code": "khong-co"}, "#/unit_code"),
        ({"unit_code": "van-hoa"}, "#/unit_code"),
    ],
)
def test_an_unfit_account_is_refused(world, changes, pointer):
    with pytest.raises(InvalidInput) as refused:
        create_account(_an_account(world, **changes), deps=world.deps)

    assert refused.value.errors[0].pointer == pointer


def test_an_account_needs_an_office_that_exists(world):
    with pytest.raises(NotFound):
        create_account(_an_account(world, office_id=office_id_for("khong-co")), deps=world.deps)


def test_a_password_is_not_printed(world):
    assert PASSWORD not in repr(_an_account(world))


def test_only_an_account_that_exists_gets_a_new_password(world):
    with pytest.raises(NotFound):
        set_password("khong-co", PASSWORD, deps=world.deps)
    world.clerk()
    with pytest.raises(InvalidInput):
        set_password(str(f"{Role.CLERK}-@{world.office.office_id}"), "ngắn", deps=world.deps)


def test_a_period_is_opened_once_and_keeps_its_form(world):
    same = NewPeriod(
        office_id=world.office.office_id,
        code="2023",
        title="Khác",
        year=2023,
        due_on=date(2024, 1, 1),
        form=PeriodForm(),
    )

    assert open_period(same, deps=world.deps) == world.office.period_id


def test_next_year_may_ask_what_this_year_asked(world):
    next_year = NextPeriod(
        office_id=world.office.office_id,
        model_code="2023",
        code="2024",
        title="Năm 2024",
        year=2024,
        due_on=date(2024, 12, 15),
    )
    period_id = open_period_like(next_year, deps=world.deps)
    form = world.client(world.officer()).get(f"/periods/{period_id}/report/parts/indicators")

    assert "Hộ nghèo giảm" in form.text
    with pytest.raises(NotFound):
        open_period_like(
            NextPeriod(**{**_fields(next_year), "model_code": "1999"}), deps=world.deps
        )


def _fields(command):
    return {name: getattr(command, name) for name in command.__slots__}


@pytest.fixture
def cli(world):
    runner = world.app.test_cli_runner()
    return lambda *args, **options: runner.invoke(args=["intake", *args], **options)


def test_operators_load_an_office_and_open_accounts(world, cli, tmp_path):
    file = tmp_path / "xa.json"
    file.write_text(json.dumps(an_office_file("xa-moi")), "utf-8")

    loaded = cli("load-office", str(file), "--due-on", "2023-12-20")
    created = cli(
        "create-account", "ab@xa-moi", "--office", "xa-moi", "--role", "clerk", "--name", "Ai Đó",
        input=f"{PASSWORD}\n{PASSWORD}\n",
    )  # fmt: skip
    changed = cli("set-password", "ab@xa-moi", input=f"{PASSWORD}2\n{PASSWORD}2\n")
    opened = cli(
        "open-period", "2024", "--office", "xa-moi", "--like", "2023", "--title", "Năm 2024",
        "--year", "2024", "--due-on", "2024-12-20",
    )  # fmt: skip

    assert [it.exit_code for it in (loaded, created, changed, opened)] == [0] * 4
    assert "2 ngành" in loaded.output
    assert PASSWORD not in created.output
    visitor = world.client()
    form = {"login_name": "ab@xa-moi", "password": f"{PASSWORD}2"}
    assert visitor.post("/sign-in", form).status_code == 303


def test_a_failure_is_said_in_words_and_ends_with_one(world, cli):
    world.clerk()
    known = f"{Role.CLERK}-@{world.office.office_id}"
    failed = cli("set-password", "khong-co", input=f"{PASSWORD}\n{PASSWORD}\n")
    located = cli("set-password", known, input="ngan\nngan\n")

    assert (failed.exit_code, located.exit_code) == (1, 1)
    assert "Không có tài khoản khong-co." in failed.output
    assert "#/password" in located.output


def test_an_app_is_ready_only_once_migrated(tmp_path, kernel_settings):
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    app = create_app(
        IntakeSettings(kernel=kernel_settings, database_url=url, files_dir=tmp_path / "files")
    )

    before = app.test_client().get("/health/ready")
    migrated = app.test_cli_runner().invoke(args=["intake", "migrate"])
    after = app.test_client().get("/health/ready")
    app.extensions["deps"].database.dispose()

    assert (before.status_code, migrated.exit_code, after.status_code) == (503, 0, 200)
    assert after.json["checks"] == {"database": True, "migrations": True, "files": True}
    assert MIGRATIONS.is_dir()
