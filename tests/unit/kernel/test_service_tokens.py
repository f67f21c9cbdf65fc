from datetime import timedelta
from uuid import uuid4

import jwt
import pytest

from kernel.auth.principal import Caller, Service
from kernel.auth.service_tokens import issue_token, read_token
from kernel.clock import utc_now
from kernel.errors import NotSignedIn

KEY = "k" * 40
OFFICE = uuid4()


def token(key=KEY, audience=Service.INTAKE):
    return issue_token(key, caller=Service.ASSEMBLER, audience=audience, office_id=OFFICE)


def test_a_token_says_who_calls_and_for_which_office():
    caller = read_token(KEY, token(), audience=Service.INTAKE)

    assert caller == Caller(service=Service.ASSEMBLER, office_id=OFFICE)


@pytest.mark.parametrize(
    "bad",
    [
        token(key="another-key-another-key-another-key-x"),
        token(audience=Service.ARCHIVE),
        "not a token",
        jwt.encode({"iss": "assembler", "aud": "intake"}, KEY, algorithm="HS256"),
        jwt.encode(
            {
                "iss": "assembler",
                "aud": "intake",
                "office": str(OFFICE),
                "iat": utc_now() - timedelta(hours=1),
                "exp": utc_now() - timedelta(minutes=50),
            },
            KEY,
            algorithm="HS256",
        ),
        jwt.encode({"office": str(OFFICE)}, None, algorithm="none"),
    ],
    ids=["forged", "for another service", "garbage", "incomplete", "expired", "unsigned"],
)
def test_any_other_token_is_nobody(bad):
    with pytest.raises(NotSignedIn):
        read_token(KEY, bad, audience=Service.INTAKE)
