from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from kernel.auth.principal import Role, Service
from kernel.auth.service_tokens import issue_token
from kernel.contracts.dossier import DossierSchema
from kernel.contracts.identity import office_id_for
from services.intake.domain.office import OfficeProfile, Superior
from services.intake.domain.receipts import sha256_of
from services.intake.persistence.models import DossierRow
from services.intake.persistence.offices import Offices
from services.intake.use_cases.founding import NewPeriod, found_office, open_period
from services.intake.use_cases.watching import show_form
from tests.builders.intake import Api, accepted, submitted


def test_the_dossier_holds_what_was_accepted_and_names_who_is_missing(world, clerk_api):
    submission_id = accepted(world)
    submitted(world, "tai-chinh")

    answer = clerk_api.post(f"{world.period}/dossiers")

    assert answer.status_code == 201
    dossier = DossierSchema().load(answer.json)
    content = dossier.content
    assert [it.unit_code for it in content.sectors] == ["van-hoa"]
    assert content.sectors[0].submission_id == submission_id
    assert content.missing_units == ("Tài chính",)
    assert dossier.sha256 == sha256_of(answer.json["content"])
    assert content.office.superior_name == "Ủy ban nhân dân huyện Bình Sơn"
    assert content.office.recipients[0].office_id == office_id_for("huyen-an-phu")
    assert content.office.recipients[1].is_file_copy


def test_an_indicator_carries_what_the_form_knows_of_it(world, clerk_api):
    accepted(world)

    sector = clerk_api.post(f"{world.period}/dossiers").json["content"]["sectors"][0]

    assert sector["indicators"] == [
        {
            "code": "VX1",
            "name": "Hộ nghèo giảm",
            "field": "van-hoa-xa-hoi",
            "unit": "hộ",
            "plan": None,
            "actual": "65",
            "base": "740",
            "reported_percent": None,
            "at_least": False,
            "parts": [],
            "decimals": 2,
            "better_when_lower": False,
            "reason": "",
        }
    ]


def test_the_same_content_is_the_same_dossier(world, clerk_api):
    accepted(world)
    first = clerk_api.post(f"{world.period}/dossiers").json
    world.clock.forward(days=1)
    second = clerk_api.post(f"{world.period}/dossiers").json

    assert second == first


def test_a_later_acceptance_is_a_new_dossier_and_leaves_the_old_one(world, clerk_api):
    accepted(world)
    first = clerk_api.post(f"{world.period}/dossiers", key="first-key").json
    accepted(world, "tai-chinh")
    world.clock.forward(minutes=1)
    second = clerk_api.post(f"{world.period}/dossiers").json

    assert second["id"] != first["id"]
    assert second["content"]["missing_units"] == []
    assert clerk_api.get(f"/dossiers/{first['id']}").json == first
    assert clerk_api.get(f"{world.period}/dossier").json == second
    assert clerk_api.post(f"{world.period}/dossiers", key="first-key").json == first


def test_without_an_accepted_report_nothing_can_be_frozen(world, clerk_api):
    submitted(world)

    assert clerk_api.post(f"{world.period}/dossiers").status_code == 409
    answer = clerk_api.get(f"{world.period}/dossier")
    assert answer.status_code == 404
    assert "chốt hồ sơ" in answer.json["detail"]


def test_the_assembler_may_freeze_and_read(world, kernel_settings):
    accepted(world)
    token = issue_token(
        kernel_settings.service_key,
        caller=Service.ASSEMBLER,
        audience=Service.INTAKE,
        office_id=world.office.office_id,
    )
    client, bearer = world.app.test_client(), {"Authorization": f"Bearer {token}"}

    frozen = client.post(
        f"/api/v1{world.period}/dossiers", headers={**bearer, "Idempotency-Key": "job-1-freeze"}
    )
    read = client.get(f"/api/v1/dossiers/{frozen.json['id']}", headers=bearer)

    assert (frozen.status_code, read.status_code) == (201, 200)
    assert client.get("/api/v1/periods", headers=bearer).json[0]["accepted"] == 1
    submission = frozen.json["content"]["sectors"][0]["submission_id"]
    assert client.get(f"/api/v1/submissions/{submission}", headers=bearer).status_code == 403


def test_another_office_finds_no_dossier(world, clerk_api):
    accepted(world)
    dossier_id = clerk_api.post(f"{world.period}/dossiers").json["id"]
    foreign = Api(world, world.person(Role.CLERK, at=world.foreign))

    assert foreign.get(f"/dossiers/{dossier_id}").status_code == 404


def test_a_frozen_dossier_cannot_be_rewritten(world, clerk_api):
    accepted(world)
    clerk_api.post(f"{world.period}/dossiers")

    for statement in (update(DossierRow).values(sha256="0"), delete(DossierRow)):
        with (
            pytest.raises(DBAPIError, match="written once"),
            world.deps.database.begin() as session,
        ):
            session.execute(statement)


def test_the_page_shows_what_would_be_frozen_and_what_was(world):
    page = world.client(world.clerk())
    assert "Chưa chốt được" in page.get(f"{world.period}/dossier").text
    accepted(world)
    before = page.get(f"{world.period}/dossier").text
    page.post(f"{world.period}/dossier", {"idempotency_key": "k" * 20})
    after = page.get(f"{world.period}/dossier").text

    assert "Chốt hồ sơ tổng hợp" in before
    assert "Trùng với bản đã chốt" in after


def test_a_leader_sees_the_dossier_without_the_button(world):
    accepted(world)

    page = world.client(world.person(Role.LEADER)).get(f"{world.period}/dossier")

    assert page.status_code == 200
    assert '<button class="btn btn-primary"' not in page.text


def test_an_office_without_a_signer_cannot_freeze(world, clerk_api):
    accepted(world)
    with world.deps.database.begin() as session:
        office = Offices(session).get(world.office.office_id)
        office.letterhead = {**office.letterhead, "signer": None}

    answer = clerk_api.post(f"{world.period}/dossiers")

    assert answer.status_code == 409
    assert "chưa khai báo người ký" in answer.json["detail"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 1, 1), "huyen-an-phu"),
        (date(2025, 6, 30), "huyen-an-phu"),
        (date(2026, 1, 1), "huyen-an-phu"),
    ],
)
def test_the_superior_is_that_of_the_day_or_the_last_one_known(world, on, expected):
    with world.deps.database.read() as session:
        superior = Offices(session).superior_on(world.office.office_id, on)

    assert superior.code == expected


def test_a_successor_takes_over_on_its_day(world):
    for code in ("huyen", "tinh"):
        found_office(
            OfficeProfile(code=code, name=code, short_name=code, place=code, level="province"),
            deps=world.deps,
        )
    found_office(
        OfficeProfile(
            code="xa",
            name="Xã",
            short_name="Xã",
            place="Xã",
            superiors=(
                Superior(code="huyen", valid_to=date(2025, 6, 30)),
                Superior(code="tinh", valid_from=date(2025, 7, 1)),
            ),
        ),
        deps=world.deps,
    )

    with world.deps.database.read() as session:
        codes = [
            Offices(session).superior_on(office_id_for("xa"), on).code
            for on in (date(2025, 6, 30), date(2025, 7, 1))
        ]
        nobody = Offices(session).superior_on(office_id_for("tinh"), date(2025, 7, 1))

    assert codes == ["huyen", "tinh"]
    assert nobody is None


def test_a_second_period_has_its_own_dossier(world, clerk_api):
    accepted(world)
    form = show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)
    second = open_period(
        NewPeriod(
            office_id=world.office.office_id,
            code="2024",
            title="Năm 2024",
            year=2024,
            due_on=date(2024, 12, 15),
            form=form,
        ),
        deps=world.deps,
    )
    clerk_api.post(f"{world.period}/dossiers")

    assert clerk_api.get(f"/periods/{second}/dossier").status_code == 404
