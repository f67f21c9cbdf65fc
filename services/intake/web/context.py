"""What a view takes from the request: the collaborators, and the mark of a repeated call."""

import hashlib
import re
from typing import Any

from flask import current_app, g, request

from kernel.auth.principal import current_person
from kernel.errors import InvalidInput, Located
from services.intake.domain.receipts import Call
from services.intake.use_cases.deps import Deps

_FORM_KEY = re.compile(r"[!-~]{0,100}")


def deps() -> Deps:
    """Return the collaborators of this app."""
    found: Deps = current_app.extensions["deps"]
    return found


def this_call(key: str, *asked: Any) -> Call:
    """Return the call that this request is: whose, which key, and what it asks."""
    facts = "\n".join([request.method, request.path, *map(str, asked)])
    return Call(actor=actor(), key=key, fingerprint=hashlib.sha256(facts.encode()).hexdigest())


def form_key() -> str:
    """Return the key that the form carries; what no page of ours writes there is refused."""
    key = request.form.get("idempotency_key", "")
    if not _FORM_KEY.fullmatch(key):
        detail = "Biểu mẫu gửi lên không đầy đủ. Hãy tải lại trang rồi gửi lại."
        raise InvalidInput(detail, errors=[Located("#/idempotency_key", detail)])
    return key


def actor() -> str:
    """Return who asks, as it is written down: ids only."""
    if g.caller is not None:
        return f"service:{g.caller.service}"
    return f"account:{current_person().account_id}"
