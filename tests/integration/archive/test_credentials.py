"""The archive goes by whoever keeps sessions and tokens: role, scope, and that one ended."""

from dataclasses import replace
from uuid import UUID

import pytest

from kernel.auth.principal import Role
from kernel.auth.scopes import Scope
from kernel.errors import UpstreamUnavailable
from services.archive.app import create_app
from services.archive.settings import ArchiveSettings
from tests.builders.archive import a_person
from tests.support.pages import PageClient, check_page

TOKEN = {"Authorization": "Bearer thidua_of-a-program"}


@pytest.fixture
def tokens(deps):
    return deps.credentials.tokens


@pytest.mark.parametrize(
    ("scopes", "role", "status"),
    [
        ({Scope.ARCHIVE_READ}, Role.CLERK, 200),
        ({Scope.ARCHIVE_WRITE}, Role.CLERK, 200),
        ({Scope.REPORTS_READ}, Role.CLERK, 403),
        ({Scope.ARCHIVE_READ}, Role.ADMIN, 403),
    ],
)
def test_a_token_is_limited_by_scope_and_role(app, tokens, scopes, role, status):
    tokens["thidua_of-a-program"] = replace(a_person(role), scopes=frozenset(scopes))

    answer = app.test_client().get("/api/v1/documents", headers=TOKEN)

    assert answer.status_code == status


def test_while_nobody_can_be_asked_a_token_waits(deps, database_url, tmp_path, kernel_settings):
    class Away:
        def session(self, session_id, claimed):
            return claimed

        def token(self, digest):
            raise UpstreamUnavailable("Chưa kiểm tra được thẻ truy cập.")

    settings = ArchiveSettings(
        kernel=kernel_settings, database_url=database_url, files_dir=tmp_path / "files"
    )
    app = create_app(settings, replace(deps, credentials=Away()))

    waiting = app.test_client().get("/api/v1/documents", headers=TOKEN)

    assert (waiting.status_code, waiting.headers["Retry-After"]) == (503, "10")
    assert PageClient(app, a_person(Role.CLERK)).get("/documents").status_code == 200


def test_an_ended_session_is_out_and_what_was_typed_is_kept(app, deps):
    clerk = PageClient(app, a_person(Role.CLERK))
    browser, token = clerk._client, clerk.csrf_token()
    with browser.session_transaction() as stored:
        session_id = stored["person"]["session_id"]
    deps.credentials.ended.add(UUID(session_id))

    page = browser.post(
        "/registers",
        data={"csrf_token": token, "title": "Sổ kế hoạch"},
        headers={"Origin": "http://localhost"},
    )

    assert page.status_code == 401
    assert "vừa nhập vẫn còn" in page.text
    assert 'action="/intake/sign-in"' in page.text
    check_page(page.text)
