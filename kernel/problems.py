"""Every failure leaves in one shape: RFC 9457 for programs, the same facts as a page for people."""

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kernel.errors import Failure, InvalidInput, Located, NotSignedIn
from kernel.request_context import request_id

logger = logging.getLogger("thidua.problems")

MEDIA_TYPE = "application/problem+json"

_HTTP_TITLES = {
    400: ("bad-request", "Yêu cầu không hợp lệ", "Máy chủ không hiểu yêu cầu này."),
    404: ("not-found", "Không tìm thấy", "Trang này không có, hoặc bạn không được xem."),
    405: ("method-not-allowed", "Thao tác không được phép", "Địa chỉ này không nhận thao tác đó."),
    413: ("too-large", "Dữ liệu quá lớn", "Dữ liệu gửi lên vượt quá {limit} MB."),
    415: ("unsupported-media-type", "Kiểu dữ liệu không nhận", "Hãy gửi dữ liệu kiểu JSON."),
    500: ("internal", "Lỗi hệ thống", "Đã có lỗi ngoài dự kiến. Hãy thử lại."),
}


def locate(messages: Any, pointer: str = "#") -> Iterator[Located]:
    """Turn marshmallow's nested messages into located errors, in the order of the input."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = (
                "" if key in {"_schema", "json", "query", "form", "files"} else f"/{_escape(key)}"
            )
            yield from locate(inner, pointer + step)
    elif isinstance(messages, list):
        for message in messages:
            yield from locate(message, pointer)
    else:
        yield Located(pointer, str(messages))


def _escape(key: object) -> str:
    # A JSON key may hold a lone surrogate ("\ud800"), which no UTF-8 answer could repeat.
    printable = str(key).encode("utf-8", "replace").decode()
    return printable.replace("~", "~0").replace("/", "~1")


def invalid(messages: Any) -> InvalidInput:
    """Return the failure for marshmallow's messages."""
    errors = tuple(locate(messages))
    count = len(errors)
    return InvalidInput(f"Có {count} chỗ cần sửa." if count else "Dữ liệu sai.", errors=errors)


def load(schema: Schema, data: Any) -> Any:
    """Load through a schema, or raise InvalidInput with every error located."""
    try:
        return schema.load(data)
    except ValidationError as exc:
        raise invalid(exc.messages) from exc


def init_app(app: Flask, *, sign_in_path: str) -> None:
    """Answer every failure of this app in that one shape."""

    @app.errorhandler(NotSignedIn)
    def _not_signed_in(error: NotSignedIn) -> ResponseReturnValue:
        if wants_json() or request.method not in {"GET", "HEAD"}:
            return _answer(error)
        return redirect(f"{sign_in_path}?next={_here()}")

    @app.errorhandler(Failure)
    def _failure(error: Failure) -> ResponseReturnValue:
        return _answer(error)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        # A page that shows a refused form again may itself be refused: not found, not its sector's.
        original = getattr(error, "original_exception", None)
        return _answer(original) if isinstance(original, Failure) else _http_answer(error)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        logger.error("unexpected", exc_info=error, extra={"route": str(request.url_rule)})
        return _answer(
            Failure("Đã có lỗi ngoài dự kiến. Dữ liệu đã lưu không bị ảnh hưởng; hãy thử lại.")
        )


def wants_json() -> bool:
    """Say whether the one who asks is a program."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def _here() -> str:
    return quote(request.script_root + request.full_path.rstrip("?"), safe="")


def _answer(error: Failure) -> Response:
    facts = {
        **error.members,
        "type": f"/problems/{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": f"urn:request:{request_id()}",
    }
    if error.errors:
        facts["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in error.errors]
    return _render(facts)


def _http_answer(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    code, title, detail = _HTTP_TITLES.get(status, (f"http-{status}", error.name, error.name))
    response = _render(
        {
            "type": f"/problems/{code}",
            "title": title,
            "status": status,
            "detail": detail.format(limit=(request.max_content_length or 0) // (1024 * 1024)),
            "instance": f"urn:request:{request_id()}",
        }
    )
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _render(facts: dict[str, Any]) -> Response:
    status = int(facts["status"])
    if wants_json():
        body = json.dumps(facts, ensure_ascii=False)
        response = Response(body, status, mimetype=MEDIA_TYPE)
    else:
        response = Response(render_template("kernel/problem.html", problem=facts), status)
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response
