"""A JSON part and a file in one request."""

import json
from typing import Any

from flask import request
from marshmallow import Schema

from kernel.errors import InvalidInput, Located
from kernel.problems import load

_PART = "#/metadata"


def load_metadata(schema: Schema) -> Any:
    """Return the part `metadata`, which a client may send as a field or as a file."""
    try:
        data = json.loads(_text())
    except (ValueError, RecursionError) as exc:
        raise _invalid("Phần “metadata” không phải JSON hợp lệ.") from exc
    return load(schema, data)


def _text() -> str | bytes:
    if "metadata" in request.form:
        return request.form["metadata"]
    if "metadata" in request.files:
        return request.files["metadata"].read()
    raise _invalid("Thiếu phần “metadata” trong yêu cầu.")


def _invalid(reason: str) -> InvalidInput:
    return InvalidInput(reason, errors=[Located(_PART, reason)])
