"""The council's session on the commune's real figures, held through the client as the demo does."""

import httpx
import pytest

from client import Thidua
from embedded.journey.council import hold_session
from embedded.sample import Sample
from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from services.intake.use_cases.loading import load_office_file
from tests.builders.intake import DUE_ON, PASSWORD

pytestmark = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


@pytest.fixture
def sample():
    return Sample.load()


@pytest.fixture
def office(world, sample):
    return load_office_file(sample.commune, deps=world.deps, due_on=DUE_ON)


@pytest.fixture
def sign_in(world, office):
    transport = httpx.WSGITransport(app=kernel_app.mount({Service.INTAKE: world.app}))

    def as_somebody(role, unit=""):
        world.person(role, unit, at=office)
        login = f"{role}-{unit}@{office.office_id}"
        return Thidua.signed_in("http://thidua.invalid", login, PASSWORD, transport=transport)

    return as_somebody


def test_the_sample_s_nominees_are_voted_on_and_stand_in_the_dossier(sample, office, sign_in):
    clerk = sign_in(Role.CLERK)
    for sector in sample.commune["sectors"]:
        officer = sign_in(Role.SECTOR_OFFICER, sector["code"])
        content = sample.submission(sector["code"])
        receipt = officer.intake.submit(office.period_id, content)
        clerk.intake.accept(receipt.submission_id)

    voted = hold_session(clerk, office.period_id)

    assert voted == 117
    (record,) = clerk.intake.freeze(office.period_id).content["council"]
    assert [(it["award"], it["authority"], len(it["results"])) for it in record["groups"]] == [
        ("provincial_certificate_of_merit", "province", 2),
        ("district_commendation", "district", 7),
        ("grassroots_emulation_fighter", "district", 2),
        ("advanced_worker", "commune", 17),
        ("commune_commendation", "commune", 89),
    ]
    assert len(record["members"]) == 15
    assert sum(it["is_present"] for it in record["members"]) == 13
