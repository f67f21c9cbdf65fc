import httpx
import pytest

from client import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Patience,
    Refused,
    Thidua,
    Unavailable,
    UnexpectedAnswer,
)
from client.intake import Period

ADDRESS = "http://thidua.invalid"
PERIOD = {
    "id": "6a3f9a5e-8a38-4fd4-9f2c-1a3a0b9d0f11",
    "code": "2023",
    "title": "Tổng kết năm 2023",
    "year": 2023,
    "due_on": "2023-12-15",
    "status": "open",
    "accepted": 1,
    "total": 2,
}
PROBLEM = {
    "type": "/problems/invalid-input",
    "title": "Dữ liệu chưa hợp lệ",
    "status": 422,
    "detail": "Có 1 chỗ cần sửa.",
    "instance": "urn:request:1",
    "errors": [{"pointer": "#/content/indicators/0/actual", "detail": "Phải là một số."}],
}


class Service:
    """The other side: gives these answers in turn, and keeps what it received."""

    def __init__(self, *answers):
        self._answers, self.received, self.waits = list(answers), [], []
        transport = httpx.MockTransport(self._answer)
        patience = Patience(sleep=self.waits.append)
        self.client = Thidua.with_token(ADDRESS, "t0ken", patience=patience, transport=transport)

    def _answer(self, request):
        self.received.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sent(self, header):
        return [it.headers.get(header) for it in self.received]


def a_problem(status, **changes):
    headers = {"content-type": "application/problem+json"}
    return httpx.Response(status, json={**PROBLEM, "status": status, **changes}, headers=headers)


def test_a_token_goes_with_every_call():
    service = Service(httpx.Response(200, json=[PERIOD]))

    (period,) = service.client.intake.periods()

    assert isinstance(period, Period)
    assert (period.code, period.due_on.isoformat()) == ("2023", "2023-12-15")
    assert service.sent("Authorization") == ["Bearer t0ken"]
    assert service.sent("Idempotency-Key") == [None]
    assert str(service.received[0].url) == f"{ADDRESS}/intake/api/v1/periods"


@pytest.mark.parametrize(
    "silence", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), a_problem(503)]
)
def test_a_call_without_an_answer_is_sent_again_under_the_same_key_after_growing_waits(silence):
    shown = ("id", "code", "title", "year", "due_on", "status")
    closed = {**{name: PERIOD[name] for name in shown}, "needs_second": False}
    service = Service(silence, silence, silence, httpx.Response(200, json=closed))

    service.client.intake.close_period(PERIOD["id"])

    keys = service.sent("Idempotency-Key")
    assert len(keys) == 4
    assert len(set(keys)) == 1
    assert service.waits == [0.5, 1.0, 2.0]


def test_a_service_may_ask_for_a_longer_wait_but_not_for_any():
    answers = [
        httpx.Response(503, headers={"Retry-After": "10"}),
        httpx.Response(503, headers={"Retry-After": "86400"}),
        httpx.Response(200, json=[]),
    ]
    service = Service(*answers)

    assert service.client.intake.periods() == ()
    assert service.waits == [10.0, 30.0]


def test_two_calls_have_two_keys_unless_the_caller_says_they_are_one():
    service = Service(*[a_problem(409)] * 4)
    for key in (None, None, "mine-alone", "mine-alone"):
        with pytest.raises(Conflict):
            service.client.intake.freeze(PERIOD["id"], key=key)

    first, second, *same = service.sent("Idempotency-Key")
    assert first != second
    assert same == ["mine-alone"] * 2


def test_patience_ends():
    service = Service(*[httpx.ConnectError("refused")] * 4)

    with pytest.raises(Unavailable) as refused:
        service.client.intake.periods()

    assert "refused" in str(refused.value)
    assert len(service.received) == 4


KINDS = {
    400: Invalid,
    401: NotSignedIn,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    500: Refused,
    502: Refused,
}


@pytest.mark.parametrize(("status", "kind"), KINDS.items())
def test_each_refusal_is_of_its_kind_and_is_not_asked_again(status, kind):
    service = Service(a_problem(status))

    with pytest.raises(Refused) as refused:
        service.client.intake.periods()

    assert type(refused.value) is kind
    assert (refused.value.problem.status, refused.value.problem.title) == (status, PROBLEM["title"])
    assert len(service.received) == 1


def test_a_refusal_says_where_something_is_wrong():
    service = Service(a_problem(422))

    with pytest.raises(Invalid) as refused:
        service.client.intake.submit(PERIOD["id"], {})

    assert refused.value.pointers == ("#/content/indicators/0/actual",)
    assert refused.value.problem.errors[0].detail == "Phải là một số."
    assert str(refused.value).splitlines() == [
        f"POST /intake/api/v1/periods/{PERIOD['id']}/submissions: 422 Có 1 chỗ cần sửa.",
        "  #/content/indicators/0/actual: Phải là một số.",
    ]


def test_a_refusal_by_something_between_is_one_too():
    service = Service(httpx.Response(404, text="<h1>nginx</h1>"))

    with pytest.raises(NotFound) as refused:
        service.client.intake.periods()

    assert refused.value.problem.title == "Not Found"


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ([{**PERIOD, "year": "2023"}], "#/0/year"),
        ([{**PERIOD, "year": True}], "#/0/year"),
        ([{**PERIOD, "due_on": "hôm nay"}], "#/0/due_on"),
        ([{**PERIOD, "id": 7}], "#/0/id"),
        ([{**PERIOD, "title": None}], "#/0/title"),
        ([{it: PERIOD[it] for it in PERIOD if it != "total"}], "#/0/total"),
        ([7], "#/0"),
        ({"items": []}, "#"),
    ],
)
def test_an_answer_that_is_not_what_was_promised_is_told_by_its_place(answer, place):
    service = Service(httpx.Response(200, json=answer))

    with pytest.raises(UnexpectedAnswer, match=f"^{place} "):
        service.client.intake.periods()


def test_an_answer_without_json_is_told():
    service = Service(httpx.Response(200, text="<h1>Cổng thông tin</h1>"))

    with pytest.raises(UnexpectedAnswer, match="200 without JSON"):
        service.client.intake.periods()


def test_what_a_newer_service_says_besides_is_passed_over():
    service = Service(httpx.Response(200, json=[{**PERIOD, "mood": "vui"}]))

    assert service.client.intake.periods()[0].code == "2023"


def test_pages_are_fetched_as_they_are_reached():
    def line(number):
        return {
            "position": number,
            "label": "Nguyễn Thị Một",
            "kind": "commendation_certificate",
            "state": "done",
            "reason": "",
            "warning": "",
            "sha256": "",
            "blockers": 0,
        }

    service = Service(
        httpx.Response(200, json={"items": [line(1), line(2)], "next_after": 2}),
        httpx.Response(200, json={"items": [line(3)], "next_after": None}),
    )
    items = service.client.assembler.items(PERIOD["id"])

    first = next(items)
    assert len(service.received) == 1
    assert [it.position for it in (first, *items)] == [1, 2, 3]
    assert [it.url.query for it in service.received] == [b"", b"after=2"]
