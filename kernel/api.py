"""JSON APIs described by OpenAPI: flask-smorest with our errors and our rule of access."""

from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any, NoReturn

from flask import Flask, Request
from flask_smorest import Api, Blueprint
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from kernel.auth.access import public
from kernel.auth.scopes import Scope
from kernel.contracts.schema import REQUIRED
from kernel.errors import InvalidInput
from kernel.problems import MEDIA_TYPE, invalid


class ProblemErrorSchema(Schema):
    """One located error."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemSchema(Schema):
    """Problem details (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    errors = fields.List(fields.Nested(ProblemErrorSchema))


class IdempotencyKeySchema(Schema):
    """Header of every call that changes something: the second one gets the first one's answer."""

    class Meta:
        """Other headers are none of our business."""

        unknown = EXCLUDE

    key = fields.String(
        required=True,
        data_key="Idempotency-Key",
        validate=validate.Regexp(
            r"[!-~]{8,100}\Z", error="Phải có từ 8 đến 100 ký tự ASCII, không có dấu cách."
        ),
        error_messages={"required": REQUIRED, "null": REQUIRED},
    )


class _Parser(FlaskParser):
    def _raw_load_json(self, req: Request) -> Any:
        """Return the JSON body; another kind of body is refused, not taken for none."""
        if not req.is_json and req.get_data(cache=True):
            raise UnsupportedMediaType
        try:
            return super()._raw_load_json(req)
        except RecursionError as exc:
            raise InvalidInput("Dữ liệu JSON lồng nhau quá sâu.") from exc
        except (JSONDecodeError, UnicodeDecodeError):
            raise
        except ValueError as exc:  # a number of more digits than Python converts
            raise InvalidInput("Dữ liệu JSON có số quá dài.") from exc

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        raise invalid(error.messages) from error

    def _handle_invalid_json_error(self, error: Any, *_: Any, **__: Any) -> NoReturn:
        raise InvalidInput("Nội dung gửi lên không phải JSON hợp lệ.") from error


class ApiBlueprint(Blueprint):
    """A group of operations; arguments that do not fit raise InvalidInput."""

    ARGUMENTS_PARSER = _Parser()


class _Api(Api):
    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave every failure to kernel.problems."""

    def _register_responses(self) -> None:
        """Describe failures as what they are: problem details."""
        described = {status.name: status.phrase for status in HTTPStatus if status >= 400}
        for name, phrase in {**described, "DEFAULT_ERROR": "Problem details"}.items():
            content = {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}
            response = {"description": phrase, "content": content}
            self.spec.components.response(name, response, lazy=True)


def init_app(app: Flask, blueprints: tuple[ApiBlueprint, ...], *, title: str) -> None:
    """Register the blueprints under /api/v1 and serve their description."""
    app.config.update(
        API_TITLE=title,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    described = {
        # A copy: apispec adds the schemas of the app to it, and several apps may share a process.
        "components": deepcopy(_SECURITY),
        "security": [{"session": []}, {"token": []}],
        # Where the paths begin: the prefix under which the app is mounted.
        "servers": [{"url": app.config["MOUNTED_AT"]}],
    }
    api = _Api(app, spec_kwargs=described)
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix="/api/v1")
    # A bound method takes no attribute: the rule of access goes on the function behind it.
    public(_Api._openapi_json)


_SECURITY: Mapping[str, Any] = {
    "securitySchemes": {
        "session": {"type": "apiKey", "in": "cookie", "name": "thidua_session"},
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "thidua_…",
            "description": "API token (thẻ truy cập) of an account, limited to its scopes: "
            + ", ".join(scope.value for scope in Scope),
        },
        "service": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    }
}
