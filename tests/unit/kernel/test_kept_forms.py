"""A form that outlived its session is shown again; what another site sends is not."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup

from kernel.auth.kept_forms import LARGEST, seal, unseal
from kernel.auth.principal import facts_of
from tests.support.pages import check_page

HERE = {"Origin": "http://localhost"}
FORM = {"text": "Chất lượng nâng lên\nrõ rệt", "action": "draft", "row-0-name": "  <b>Đàn & bò</b>"}


@pytest.fixture
def visitor(app, person):
    """A browser whose page was opened in a session that has ended."""

    class Visitor:
        client = app.test_client()

        def sign_in(self, whom=person):
            with self.client.session_transaction() as stored:
                stored["person"] = facts_of(replace(whom, session_id=uuid4()))
                stored["csrf_token"] = f"{uuid4().hex}:{whom.account_id}"

        def token(self):
            return BeautifulSoup(self.client.get("/form").text, "html.parser").input["value"]

        def end(self):
            with self.client.session_transaction() as stored:
                stored.clear()

        def send(self, token, headers=HERE, **fields):
            return self.client.post(
                "/write?a=1", data={"csrf_token": token, **FORM, **fields}, headers=headers
            )

    made = Visitor()
    made.sign_in()
    return made


def kept_in(page):
    return BeautifulSoup(page.text, "html.parser").find("input", {"name": "kept"})["value"]


def test_what_was_typed_travels_in_the_sign_in_page(app, visitor, person):
    token = visitor.token()
    visitor.end()

    page = visitor.send(token)

    assert page.status_code == 401
    assert "vừa nhập vẫn còn" in page.text
    check_page(page.text)
    with app.test_request_context():
        kept = unseal(kept_in(page))
    assert (kept.path, dict(kept.fields)) == ("/write?a=1", FORM)
    assert kept.account_id == str(person.account_id)
    assert kept.typed == (FORM["text"], FORM["row-0-name"])


def test_a_session_ended_from_elsewhere_keeps_the_form_as_well(visitor, credentials):
    token = visitor.token()
    with visitor.client.session_transaction() as stored:
        credentials.ended.add(UUID(stored["person"]["session_id"]))

    assert "vừa nhập vẫn còn" in visitor.send(token).text


def test_signed_in_again_in_another_tab_the_old_form_is_offered_at_once(visitor):
    token = visitor.token()
    visitor.sign_in()

    page = visitor.send(token)
    again = BeautifulSoup(page.text, "html.parser").find("form", {"action": "/write?a=1"})
    fields = {it["name"]: it["value"] for it in again.find_all("input")}

    assert page.status_code == 409
    assert "tài khoản khác" not in page.text
    check_page(page.text)
    sent = visitor.client.post(again["action"], data=fields, headers=HERE)
    assert sent.json == FORM


def test_another_account_is_told_whose_name_would_be_written(visitor, person):
    token = visitor.token()
    visitor.sign_in(replace(person, account_id=uuid4(), name="Người Khác"))

    page = visitor.send(token)

    assert "tài khoản khác" in page.text
    assert "Người Khác" in page.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://evil.vn"}, {"Origin": "null"}, {"Referer": "http://[/x"}],
)
def test_what_another_site_sends_is_not_kept(visitor, headers):
    token = visitor.token()
    visitor.end()

    page = visitor.send(token, headers=headers)

    assert page.status_code == 403
    assert FORM["text"] not in page.text


def test_a_form_token_that_we_never_signed_keeps_nothing(visitor):
    visitor.end()

    assert visitor.send("made-up").status_code == 403


def test_a_password_is_never_kept(visitor):
    token = visitor.token()
    visitor.end()

    page = visitor.send(token, new_password="mot mat khau dai")

    assert page.status_code == 403
    assert "mot mat khau dai" not in page.text


def test_more_than_a_page_can_carry_is_not_kept(visitor):
    token = visitor.token()
    visitor.end()

    assert visitor.send(token, text="x" * (LARGEST + 1)).status_code == 403


def test_a_file_is_not_kept_and_the_page_will_say_so(app, visitor):
    token = visitor.token()
    visitor.end()

    page = visitor.send(token, file=(BytesIO(b"secret"), "a.docx"))

    with app.test_request_context():
        kept = unseal(kept_in(page))
    assert kept.had_files
    assert "file" not in dict(kept.fields)


def test_a_program_is_answered_as_before(visitor):
    token = visitor.token()
    visitor.end()

    answer = visitor.send(token, headers={**HERE, "Accept": "application/json"})

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


@pytest.mark.parametrize("sealed", ["", "x", "eyJ.a.b"])
def test_what_we_did_not_seal_is_nothing(app, sealed):
    with app.test_request_context():
        assert unseal(sealed) is None


def test_a_sealed_form_comes_back_whole(app, visitor):
    token = visitor.token()
    visitor.end()
    page = visitor.send(token)

    with app.test_request_context():
        kept = unseal(kept_in(page))
        assert unseal(seal(kept)) == kept
