"""Signed values with a time on them, read by machines whose clocks do not agree to the second."""

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

# A cookie that intake signed a moment ago may come from the future of the archive's clock.
CLOCK_SKEW_SECONDS = 120


class PatientSigner(TimestampSigner):
    """Bears clocks that differ by two minutes; itsdangerous refuses even one second ahead."""

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        """Return the value, or raise SignatureExpired beyond age and patience."""
        value, at = super().unsign(signed_value, max_age=None, return_timestamp=True)
        if max_age is not None:
            age = self.get_timestamp() - int(at.timestamp())
            if not -CLOCK_SKEW_SECONDS <= age <= max_age + CLOCK_SKEW_SECONDS:
                raise SignatureExpired(f"age {age} seconds", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


class PatientSessions(SecureCookieSessionInterface):
    """Flask's signed session cookie, read with that patience."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the serializer of the cookie."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = PatientSigner
        return serializer
