"""What every service reads from its environment, once, into one frozen value."""

from dataclasses import dataclass
from typing import Any, Self

from environs import Env
from marshmallow.validate import Length, Range

SECRET = Length(min=32, error="Must have at least 32 characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelSettings:
    """Shared by the three services; no secret has a default."""

    secret_key: str
    """Signs the one session cookie and the form tokens."""
    service_key: str
    """Signs the short-lived tokens with which services call each other."""
    intake_url: str
    assembler_url: str
    archive_url: str
    secure_cookies: bool
    """False only where the pages are served over plain HTTP on a loopback address."""
    trusted_proxies: int
    session_hours: int
    log_level: str

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the THIDUA_ variables; a missing secret stops the start with its name."""
        with env.prefixed("THIDUA_"):
            return cls(
                secret_key=env.str("SECRET_KEY", validate=SECRET),
                service_key=env.str("SERVICE_KEY", validate=SECRET),
                intake_url=env.str("INTAKE_URL"),
                assembler_url=env.str("ASSEMBLER_URL"),
                archive_url=env.str("ARCHIVE_URL"),
                secure_cookies=env.bool("SECURE_COOKIES", True),
                trusted_proxies=env.int("TRUSTED_PROXIES", 0, validate=Range(min=0, max=5)),
                session_hours=env.int("SESSION_HOURS", 10, validate=Range(min=1, max=72)),
                log_level=env.str("LOG_LEVEL", "INFO"),
            )

    def for_flask(self) -> dict[str, Any]:
        """Return the Flask configuration that follows from these settings."""
        return {
            "SECRET_KEY": self.secret_key,
            "SESSION_COOKIE_NAME": "thidua_session",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "PERMANENT_SESSION_LIFETIME": self.session_hours * 3600,
            "SESSION_REFRESH_EACH_REQUEST": True,
            "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
            "MAX_FORM_PARTS": 20_000,
            "WTF_CSRF_CHECK_DEFAULT": False,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": self.secure_cookies,
            "BOOTSTRAP_SERVE_LOCAL": True,
        }
