"""Signed times, read by machines whose clocks differ."""

import pytest
from itsdangerous import BadSignature, SignatureExpired

from kernel.auth.cookies import CLOCK_SKEW_SECONDS, PatientSigner

HOUR = 3600


class _Clocked(PatientSigner):
    """A signer of a machine whose clock a test sets."""

    at = 1_700_000_000

    def get_timestamp(self) -> int:
        return self.at


@pytest.fixture
def signer():
    return _Clocked("a secret of the test")


@pytest.mark.parametrize("later", [0, HOUR, HOUR + CLOCK_SKEW_SECONDS, -1, -CLOCK_SKEW_SECONDS])
def test_a_value_is_read_by_a_clock_that_is_a_little_off(signer, later):
    signed = signer.sign("x")
    signer.at += later

    assert signer.unsign(signed, max_age=HOUR) == b"x"


@pytest.mark.parametrize("later", [HOUR + CLOCK_SKEW_SECONDS + 1, -CLOCK_SKEW_SECONDS - 1])
def test_a_value_of_another_time_is_refused(signer, later):
    signed = signer.sign("x")
    signer.at += later

    with pytest.raises(SignatureExpired):
        signer.unsign(signed, max_age=HOUR)


def test_a_forged_value_is_refused_at_any_time(signer):
    with pytest.raises(BadSignature):
        signer.unsign(signer.sign("x")[:-1] + b"!", max_age=HOUR)


def test_the_session_cookie_is_read_with_patience(app, person):
    serializer = app.session_interface.get_signing_serializer(app)

    assert serializer.signer is PatientSigner
