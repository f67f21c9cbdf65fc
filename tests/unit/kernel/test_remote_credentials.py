"""What another service believes while intake answers, and while it does not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from kernel.auth.credentials import digest_of
from kernel.auth.principal import Person, Role, Service
from kernel.auth.remote import FRESH_SECONDS, PAUSE_SECONDS, RemoteCredentials
from kernel.auth.scopes import Scope
from kernel.contracts.credentials import Introspection, IntrospectionSchema
from kernel.errors import UpstreamUnavailable
from kernel.http_client import ServiceClient

NOW = datetime(2026, 1, 5, tzinfo=UTC)


class FakeIntake:
    """Answers what it is told to, and counts."""

    def __init__(self) -> None:
        self.answer: Introspection | None = Introspection(active=False)
        self.raw: str | None = None
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.raw is not None:
            return httpx.Response(200, text=self.raw)
        if self.answer is None:
            raise httpx.ConnectError("away")
        return httpx.Response(200, json=IntrospectionSchema().dump(self.answer))


class Watch:
    """A monotonic clock that a test sets."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def intake():
    return FakeIntake()


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def credentials(intake, watch):
    client = ServiceClient(
        "http://intake.invalid",
        caller=Service.ARCHIVE,
        audience=Service.INTAKE,
        service_key="k" * 40,
        transport=httpx.MockTransport(intake),
    )
    return RemoteCredentials(client, monotonic=watch, now=lambda: NOW)


@pytest.fixture
def claimed(person):
    return Person(
        account_id=person.account_id,
        office_id=person.office_id,
        role=Role.CLERK,
        name="Tên cũ",
        office_name="UBND xã",
        session_id=uuid4(),
    )


def good(person, **changes):
    return Introspection(active=True, person=person, expires_at=NOW + timedelta(days=1), **changes)


def test_the_account_is_believed_as_intake_knows_it_now(credentials, intake, claimed, person):
    intake.answer = good(person)

    assert credentials.session(claimed.session_id, claimed).name == person.name


def test_an_answer_is_good_for_half_a_minute(credentials, intake, watch, claimed):
    intake.answer = good(claimed)
    for _ in range(3):
        credentials.session(claimed.session_id, claimed)
    assert len(intake.asked) == 1

    intake.answer = Introspection(active=False)
    watch.at = FRESH_SECONDS + 1
    assert credentials.session(claimed.session_id, claimed) is None
    assert len(intake.asked) == 2


def test_while_intake_is_away_its_last_word_holds(credentials, intake, watch, claimed):
    credentials.session(claimed.session_id, claimed)
    intake.answer = None
    watch.at = FRESH_SECONDS * 100

    assert credentials.session(claimed.session_id, claimed) is None


def test_a_session_never_asked_about_is_believed_while_intake_is_away(credentials, intake, claimed):
    intake.answer = None

    assert credentials.session(claimed.session_id, claimed) == claimed


def test_an_intake_that_is_away_is_not_asked_at_every_click(credentials, intake, watch, claimed):
    intake.answer = None
    for _ in range(5):
        credentials.session(uuid4(), claimed)
    assert len(intake.asked) == 1

    watch.at = PAUSE_SECONDS + 1
    credentials.session(uuid4(), claimed)
    assert len(intake.asked) == 2


def test_a_token_never_asked_about_must_wait_for_intake(credentials, intake):
    intake.answer = None

    with pytest.raises(UpstreamUnavailable, match="thẻ truy cập"):
        credentials.token(digest_of("thidua_x"))


def test_a_known_token_works_on_while_intake_is_away(credentials, intake, watch, person):
    intake.answer = good(person)
    credentials.token(digest_of("thidua_x"))
    intake.answer = None
    watch.at = FRESH_SECONDS + 1

    assert credentials.token(digest_of("thidua_x")).account_id == person.account_id


def test_a_token_ends_on_its_hour_although_intake_is_away(intake, person):
    intake.answer = Introspection(active=True, person=person, expires_at=NOW)
    client = ServiceClient(
        "http://intake.invalid",
        caller=Service.ARCHIVE,
        audience=Service.INTAKE,
        service_key="k" * 40,
        transport=httpx.MockTransport(intake),
    )

    assert RemoteCredentials(client, now=lambda: NOW).token(digest_of("thidua_x")) is None


def test_the_token_itself_is_never_sent(credentials, intake, person):
    intake.answer = good(person)
    credentials.token(digest_of("thidua_secret"))

    assert intake.asked == [f"/api/v1/introspection/tokens/{digest_of('thidua_secret')}"]


@pytest.mark.parametrize("raw", ["", "{}", "[]", '{"active": "perhaps"}'])
def test_an_answer_that_is_none_counts_as_no_answer(credentials, intake, claimed, raw):
    intake.raw = raw

    assert credentials.session(claimed.session_id, claimed) == claimed


def test_scopes_of_a_newer_intake_are_passed_over(credentials, intake, person):
    facts = IntrospectionSchema().dump(good(person))
    facts["person"]["scopes"] = ["reports:read", "moon:write"]
    intake.raw = httpx.Response(200, json=facts).text

    assert credentials.token("0" * 64).scopes == frozenset({Scope.REPORTS_READ})
