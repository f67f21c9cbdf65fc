"""The kinds of failure that a use case may raise; the edge gives each its status (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Located:
    """One thing that is wrong, with the place of it as a JSON pointer ("#/indicators/0/actual")."""

    pointer: str
    detail: str


class Failure(Exception):
    """A failure whose `detail` is a Vietnamese sentence written for the person who will read it."""

    status = 500
    code = "internal"
    title = "Lỗi hệ thống"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Located] = (),
        members: Mapping[str, Any] | None = None,
    ) -> None:
        """`members` are facts of this kind of failure for programs (RFC 9457, section 3.2)."""
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.members = dict(members or {})


class NotFound(Failure):
    """Absent, or not visible to the one who asks: the two are never told apart."""

    status, code, title = 404, "not-found", "Không tìm thấy"


class NotSignedIn(Failure):
    """Nobody is signed in, or the sign-in has expired."""

    status, code, title = 401, "not-signed-in", "Chưa đăng nhập"


class Forbidden(Failure):
    """Known, visible, and still not for this role."""

    status, code, title = 403, "forbidden", "Không có quyền"


class Conflict(Failure):
    """The thing is no longer in the state that the request assumed."""

    status, code, title = 409, "conflict", "Trạng thái đã thay đổi"


class InvalidInput(Failure):
    """The input cannot be accepted; every error says where."""

    status, code, title = 422, "invalid-input", "Dữ liệu chưa hợp lệ"


class UpstreamUnavailable(Failure):
    """Another service did not answer in time; trying again later may help."""

    status, code, title = 503, "upstream-unavailable", "Dịch vụ tạm thời gián đoạn"
