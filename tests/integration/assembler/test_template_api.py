"""The workshop's main actions by API."""

import io
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from services.assembler.app import create_app
from services.assembler.use_cases import template_workshop as workshop
from tests.builders.assembler import NEIGHBOUR, OFFICE, a_person
from tests.builders.templates import the_report
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KIND = "summary_report"
KEY = {"Idempotency-Key": "key-of-this-call"}
GOOD = the_report("Báo cáo năm {{ year }}")
BROKEN = the_report("Báo cáo năm {{ yeer }}")


@pytest.fixture
def app(deps, tmp_path, kernel_settings):
    return create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)


@pytest.fixture
def clerk(app):
    return PageClient(app, a_person())


def upload(client, data, **options):
    options = {"headers": KEY, "content_type": "multipart/form-data", **options}
    form = {"file": (io.BytesIO(data), "mẫu.docx")} if data is not None else {}
    return client.api("POST", f"/api/v1/templates/{KIND}/versions", data=form, **options)


def test_kinds_and_placeholders_are_listed(clerk, deps):
    kinds = clerk.api("GET", "/api/v1/templates").json

    assert [one["kind"] for one in kinds] == [one.kind for one in deps.templates.kinds()]
    shown = clerk.api("GET", f"/api/v1/templates/{KIND}").json
    assert (shown["version_in_force"], shown["versions"]) == (None, [])
    assert shown["placeholders"][0] == {
        "path": "year",
        "type": "number",
        "label": "Năm tổng kết",
        "example": 2023,
        "optional": False,
    }


def test_a_version_is_uploaded_published_and_shown(clerk):
    answer = upload(clerk, GOOD)

    assert answer.status_code == 201
    assert (answer.json["number"], answer.json["findings"]) == (1, [])
    assert upload(clerk, GOOD).json["id"] == answer.json["id"]
    path = answer.headers["Location"]
    assert clerk.api("GET", path).json["is_in_force"] is False
    published = clerk.api("POST", f"{path}/publish", headers=KEY)
    assert (published.status_code, published.json["is_in_force"]) == (200, True)
    shown = clerk.api("GET", f"/api/v1/templates/{KIND}").json
    assert shown["version_in_force"] == answer.json["id"]


def test_a_version_with_errors_comes_with_them_and_is_not_published(clerk, deps):
    answer = upload(clerk, BROKEN)

    (found,) = answer.json["findings"]
    assert (found["severity"], found["rule"]) == ("error", "template-unknown-placeholder")
    refused = clerk.api("POST", f"{answer.headers['Location']}/publish", headers=KEY)
    assert refused.status_code == 409
    assert workshop.view_kind(KIND, office_id=OFFICE, deps=deps).in_force is None


@pytest.mark.parametrize("data", [None, b"junk"])
def test_what_is_no_word_file_is_a_problem_with_its_place(clerk, data, deps):
    answer = upload(clerk, data)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["errors"][0]["pointer"] == "#/file"
    assert workshop.view_kind(KIND, office_id=OFFICE, deps=deps).versions == ()


def test_a_leader_looks_and_changes_nothing(app, clerk):
    path = upload(clerk, GOOD).headers["Location"]
    leader = PageClient(app, a_person(Role.LEADER))

    assert leader.api("GET", path).status_code == 200
    assert upload(leader, GOOD).status_code == 403
    assert leader.api("POST", f"{path}/publish", headers=KEY).status_code == 403


def test_another_offices_version_and_an_unknown_kind_are_not_there(app, clerk):
    path = upload(clerk, GOOD).headers["Location"]
    neighbour = PageClient(app, a_person(office_id=NEIGHBOUR))

    assert neighbour.api("GET", path).status_code == 404
    assert neighbour.api("POST", f"{path}/publish", headers=KEY).status_code == 404
    assert clerk.api("GET", f"/api/v1/templates/versions/{uuid4()}").status_code == 404
    assert clerk.api("GET", "/api/v1/templates/nothing").status_code == 404


def test_an_upload_without_a_key_is_refused(clerk):
    assert upload(clerk, GOOD, headers={}).status_code == 422


def test_the_description_names_the_operations(clerk):
    paths = clerk.api("GET", "/api/v1/openapi.json").json["paths"]

    body = paths["/api/v1/templates/{kind}/versions"]["post"]["requestBody"]["content"]
    assert "multipart/form-data" in body
    assert "/api/v1/templates/versions/{version_id}/publish" in paths
