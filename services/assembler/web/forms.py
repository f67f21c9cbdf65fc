"""What every form of the assembler carries besides its fields."""

from flask import request

from kernel.api import IdempotencyKeySchema
from kernel.problems import load


def form_key() -> str:
    """Return the key made with the form, by which a second click is recognised."""
    stated = {"Idempotency-Key": request.form.get("idempotency_key", "")}
    key: str = load(IdempotencyKeySchema(), stated)["key"]
    return key
