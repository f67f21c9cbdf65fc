"""What every form of the assembler carries besides its fields."""

from flask import request

from kernel.problems import load
from services.assembler.web.schemas import IdempotencyKeySchema


def form_key() -> str:
    """Return the key made with the form, by which a second click is recognised."""
    stated = {"Idempotency-Key": request.form.get("idempotency_key", "")}
    key: str = load(IdempotencyKeySchema(), stated)["key"]
    return key
