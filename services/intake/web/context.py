"""What a view takes from the request: the collaborators, and the mark of a repeated call."""

import hashlib
from typing import Any

from flask import current_app, g, request

from kernel.auth.principal import current_person
from services.intake.domain.receipts import Call
from services.intake.use_cases.deps import Deps


def deps() -> Deps:
    """Return the collaborators of this app."""
    found: Deps = current_app.extensions["deps"]
    return found


def this_call(key: str, *asked: Any) -> Call:
    """Return the call that this request is: whose, which key, and what it asks."""
    facts = "\n".join([request.method, request.path, *map(str, asked)])
    return Call(actor=actor(), key=key, fingerprint=hashlib.sha256(facts.encode()).hexdigest())


def actor() -> str:
    """Return who asks, as it is written down: ids only."""
    if g.caller is not None:
        return f"service:{g.caller.service}"
    return f"account:{current_person().account_id}"
