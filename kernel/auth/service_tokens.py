"""Short-lived signed tokens (RFC 7519) with which one service calls another for one office."""

from datetime import timedelta
from uuid import UUID, uuid4

import jwt

from kernel.auth.principal import Caller, Service
from kernel.clock import utc_now
from kernel.errors import NotSignedIn

LIFETIME = timedelta(seconds=60)
_ALGORITHM = "HS256"


def issue_token(key: str, *, caller: Service, audience: Service, office_id: UUID) -> str:
    """Return a token that lets `caller` ask `audience` about this office for a minute."""
    now = utc_now()
    claims = {
        "iss": caller.value,
        "aud": audience.value,
        "office": str(office_id),
        "iat": now,
        "exp": now + LIFETIME,
        "jti": uuid4().hex,
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def read_token(key: str, token: str, *, audience: Service) -> Caller:
    """Return who calls, or raise NotSignedIn: forged, expired, or meant for another service."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=audience.value,
            leeway=30,
            options={"require": ["exp", "iat", "iss", "aud", "office"]},
        )
        return Caller(service=Service(claims["iss"]), office_id=UUID(claims["office"]))
    except (jwt.PyJWTError, ValueError) as exc:
        raise NotSignedIn("Thẻ dịch vụ không hợp lệ hoặc đã hết hạn.") from exc
