"""What an API token (thẻ truy cập) may be used for: reading or writing, area by area."""

from collections.abc import Collection
from enum import StrEnum

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Area(StrEnum):
    """A subject of the system, as tokens are limited by it."""

    REPORTS = "reports"
    ACCOUNTS = "accounts"
    DRAFTING = "drafting"
    ARCHIVE = "archive"


class Scope(StrEnum):
    """One right of a token; writing includes reading."""

    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    DRAFTING_READ = "drafting:read"
    DRAFTING_WRITE = "drafting:write"
    ARCHIVE_READ = "archive:read"
    ARCHIVE_WRITE = "archive:write"


SCOPE_LABELS = {
    Scope.REPORTS_READ: "Tiếp nhận: chỉ đọc",
    Scope.REPORTS_WRITE: "Tiếp nhận: đọc và ghi",
    Scope.ACCOUNTS_READ: "Đơn vị và tài khoản: chỉ đọc",
    Scope.ACCOUNTS_WRITE: "Đơn vị và tài khoản: đọc và ghi",
    Scope.DRAFTING_READ: "Soạn thảo: chỉ đọc",
    Scope.DRAFTING_WRITE: "Soạn thảo: đọc và ghi",
    Scope.ARCHIVE_READ: "Lưu trữ: chỉ đọc",
    Scope.ARCHIVE_WRITE: "Lưu trữ: đọc và ghi",
}


def covers(scopes: Collection[Scope], area: Area, method: str) -> bool:
    """Say whether a token with these scopes may make a call of this method in this area."""
    writing = Scope(f"{area.value}:write")
    if method in _SAFE_METHODS:
        return writing in scopes or Scope(f"{area.value}:read") in scopes
    return writing in scopes
